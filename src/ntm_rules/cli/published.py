"""``ntm-rules published``: published verdicts beside ours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.published.compare import compare_published
from ntm_rules.published.page import published_words, reasons, summary_lines, view_words, write_published


def published(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp các trường hợp, như examples/published/cases.yaml. / The cases.")],
    output: Annotated[list[Path] | None, typer.Option("--output", "-o", help="Ghi báo cáo: .md .html. / Write the report.")] = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """So kết quả đã công bố với kết quả tính được. / Compare published verdicts with ours.

    Mã thoát 1 khi có trường hợp khác nhau. / Exit 1 where a verdict differs.
    """
    screen = Screen(lang.value, as_json)
    found = list(compare_published(file, catalogue=options.catalogue_of(rulesets)))
    for path in output or []:
        write_published(found, path, lang=lang.value)
    if as_json:
        screen.data([comparison.as_dict() for comparison in found])
    vi = ("Trường hợp", "Đã công bố", "Từ số liệu đã công bố", "Thêm xác nhận từng tiêu chí", "Vì sao")
    en = ("Case", "Published", "From the published values", "With the published criterion verdicts", "Why")
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
    screen.table(vi if screen.lang == "vi" else en, rows)
    for line in summary_lines(found, screen.lang):
        screen.say(line)
    for path in output or []:
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    differs = any(view.agreement == "differs" for comparison in found for view in (comparison.values, comparison.attested))
    raise typer.Exit(1 if differs else 0)
