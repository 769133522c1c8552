"""``ntm-rules published``: published verdicts beside ours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.published.compare import compare_published
from ntm_rules.published.page import HEADINGS, published_words, reasons, summary_lines, view_words, write_published
from ntm_rules.tables.write.open import REPORTS


@command("published")
def published(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp các trường hợp, như examples/published/cases.yaml. / The cases.")],
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=f"Ghi báo cáo: {' '.join(REPORTS)}. / Write the report; repeatable.")
    ] = None,
) -> None:
    """So kết quả đã công bố với kết quả tính được. / Compare published verdicts with ours.

    Mã thoát: 0 không khác; 1 có trường hợp khác nhau; 2 lệnh hoặc tệp sai. / Exit: 0 none differs, 1 a verdict differs, 2 a wrong call.
    """
    screen = call.screen
    found = list(compare_published(file, catalogue=call.catalogue))
    for path in output or []:
        write_published(found, path, lang=call.lang)
    if call.as_json:
        screen.data([comparison.as_dict() for comparison in found])
    rows = [
        [
            f"{comparison.case.case} {comparison.case.name}",
            published_words(comparison, screen.lang),
            view_words(comparison.values, screen.lang),
            view_words(comparison.attested, screen.lang),
            "\n".join(reasons(comparison, screen.lang)),
        ]
        for comparison in found
    ]
    screen.table([head.say(call.lang) for head in HEADINGS], rows)
    for line in summary_lines(found, screen.lang):
        screen.say(line)
    differs = any(view.agreement == "differs" for comparison in found for view in (comparison.values, comparison.attested))
    end(call, outputs=output or (), failed=differs)
