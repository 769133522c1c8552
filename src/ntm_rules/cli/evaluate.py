"""``ntm-rules evaluate``: decide every row of one or more tables."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end, once
from ntm_rules.cli.pipe import answer
from ntm_rules.cli.screen import Screen, lasting, outcome_text
from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import NtmError, Problem
from ntm_rules.tables.read.table import Table, read_table
from ntm_rules.tables.results import NOT_DECIDED, Result, evaluate_tables
from ntm_rules.tables.write.open import RESULTS, results_writer
from ntm_rules.tables.write.to_json import JsonWriter
from ntm_rules.values import Bilingual, Outcome, SourceLevel


@command("evaluate")
def evaluate(
    call: Call,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Bảng: CSV, XLSX, JSON, Parquet; «-»: JSON từ stdin. / Tables; - for JSON on stdin."),
    ],
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=f"Ghi kết quả: {' '.join(RESULTS)}. / Write the results; repeatable.")
    ] = None,
    sheet: options.SheetOption = None,
    ignore: options.IgnoreOption = None,
) -> None:
    """Đánh giá mọi dòng của một hay nhiều bảng. / Evaluate every row of one or more tables.

    Mã thoát: 0 xong; 1 có dòng cần sửa số liệu; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 rows with problems, 2 a wrong call or file.
    """
    screen, files_out = call.screen, output or []
    piped = Path("-") in files
    if piped and (len(files) > 1 or output or sheet or ignore):
        raise NtmError.one("NTM-707", expected=_ALONE)
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    constants = options.constants_of(with_, province, rules)
    by_province = ByProvince(rules, call.catalogue)
    if piped:
        shared = read_constants(constants, Headers(rules), "--with")
        raise typer.Exit(answer(sys.stdin.buffer, sys.stdout, rules, shared, accept, by_province=by_province))
    tables, refused = read_all(files, rules, constants, sheet, ignore or [], by_province)
    if not tables:
        raise NtmError(refused)
    general = [*refused, *(problem for table in tables for problem in table.problems)]
    lines: list[list[str | Text]] = []
    outcomes: Counter[Outcome | None] = Counter()
    problems = list(general)
    total = sum(len(table.rows) for table in tables)
    with ExitStack() as stack:
        writers = [stack.enter_context(results_writer(path, rules, lang=call.lang)) for path in files_out]
        for writer in writers:
            writer.note(general)
        stream = JsonWriter(lasting(sys.stdout) if writers else sys.stdout, rules) if call.as_json else None
        results = evaluate_tables(tables, accept=accept)
        for result in screen.progress(results, total, _EVALUATING.say(call.lang)):
            for writer in writers:
                writer.add(result)
            if stream is not None:
                stream.add(result)
            outcomes[result.outcome] += 1
            problems += result.problems
            lines.append(_line(result, rules, screen))
    if stream is not None:
        stream.note(general)
        stream.finish()
    _show(screen, rules, lines, outcomes)
    notes = [note for table in tables for note in table.notes]
    end(call, once(problems), files_out, failed=bool(problems), code=2 if refused else 1, notes=notes, remark=_TO_MEND)


def read_all(
    files: list[Path], rules: RuleSet, constants: dict[str, Any], sheet: str | None, ignore: list[str], by_province: ByProvince
) -> tuple[list[Table], list[Problem]]:
    """The tables that can be read, and what is wrong with the files that cannot."""
    tables: list[Table] = []
    refused: list[Problem] = []
    for path in files:
        try:
            tables.append(read_table(path, rules, constants=constants, sheet=sheet, information=ignore, by_province=by_province))
        except NtmError as error:
            refused += error.problems
    return tables, refused


def _line(result: Result, rules: RuleSet, screen: Screen) -> list[str | Text]:
    outcome = result.outcome
    words = (outcome.label if outcome else NOT_DECIDED).say(screen.lang)
    count = f"{result.met}/{result.total}" if result.decision else "–"
    head: list[str | Text] = [result.id or f"#{result.row}", result.name, outcome_text(outcome, words)]
    if result.decision is not None and (extras := rules.method.extras):
        unscored = [node.id for node in result.decision.indicators if node.observed is None]
        return [*head, *(extra.text(result.decision, screen.lang) for extra in extras), ", ".join(unscored)]
    return [
        *head,
        count,
        ", ".join(result.failed),
        ", ".join(result.undetermined),
    ]


def _show(screen: Screen, rules: RuleSet, lines: list[list[str | Text]], outcomes: Counter[Outcome | None]) -> None:
    day = f", {rules.on}" if rules.on else ""
    screen.say(f"{rules.title.say(screen.lang)} ({rules.id} {rules.version}{day})", "bold")
    extras = rules.method.extras
    heads = (*_HEADS, *(extra.title for extra in extras), _UNSCORED) if extras else (*_HEADS, *_JUDGED)
    screen.table([head.say(screen.lang) for head in heads], lines, right=(3, 4) if extras else (3,))
    counts = [f"{outcomes[o]} {(o.label if o else NOT_DECIDED).say(screen.lang)}" for o in (*Outcome, None) if outcomes[o]]
    screen.say(screen.words("Tổng cộng: ", "In all: ") + ", ".join(counts))


_TO_MEND = Bilingual("{} lỗi số liệu cần sửa.", "{} problems with the data to be mended.")
_ALONE = Bilingual(
    "«evaluate -» một mình, không kèm tệp khác, -o, --sheet hay --ignore", "«evaluate -» alone, without files, -o, --sheet, --ignore"
)
_EVALUATING = Bilingual("Đánh giá", "Evaluating")
_HEADS = (Bilingual("Mã", "Id"), Bilingual("Tên", "Name"), Bilingual("Kết quả", "Outcome"))
_JUDGED = (
    Bilingual("Đạt", "Met"),
    Bilingual("Tiêu chí chưa đạt", "Criteria not met"),
    Bilingual("Tiêu chí chưa xác định", "Criteria undetermined"),
)
_UNSCORED = Bilingual("Chưa chấm", "Not scored")
