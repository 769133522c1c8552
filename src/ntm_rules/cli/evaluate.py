"""``ntm-rules evaluate``: decide every row of one or more tables."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end, once
from ntm_rules.cli.pipe import answer
from ntm_rules.cli.piped import ByName, as_file, head_of, kind_of
from ntm_rules.cli.screen import Screen, lasting, outcome_text
from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import NtmError, Problem
from ntm_rules.register.check import check_register
from ntm_rules.tables.read.mapping_file import TableMapping
from ntm_rules.tables.read.table import Table, read_table
from ntm_rules.tables.results import NOT_DECIDED, Decide, Result, evaluate_tables
from ntm_rules.tables.to_do import ToDo
from ntm_rules.tables.write.open import RESULTS, results_writers
from ntm_rules.tables.write.to_json import JsonWriter
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel


@command("evaluate")
def evaluate(
    call: Call,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Bảng: CSV, XLSX, JSON, Parquet; «-»: từ stdin. / Tables; - for stdin."),
    ] = None,
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    register: Annotated[
        list[Path] | None,
        typer.Option("--register", metavar="FILE", help="Sổ công nhận: danh hiệu của đơn vị và của các xã trong huyện. / A register."),
    ] = None,
    units: office.UnitsOption = None,
    complete: office.CompleteOption = False,
    departments: office.DepartmentsOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=f"Ghi kết quả: {' '.join(RESULTS)}. / Write the results; repeatable.")
    ] = None,
    sheet: options.SheetOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
) -> None:
    """Đánh giá mọi dòng của một hay nhiều bảng. / Evaluate every row of one or more tables.

    Mã thoát: 0 xong; 1 có dòng cần sửa số liệu; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 rows with problems, 2 a wrong call or file.
    """
    screen, files_out, files = call.screen, output or [], files or []
    piped, joins = Path("-") in files, bool(register or units)
    suffix = kind_of(head_of(sys.stdin.buffer)) if files == [Path("-")] else ""
    if piped and not suffix and (len(files) > 1 or output or sheet or ignore or joins or mapping):
        raise NtmError.one("NTM-707", expected=_ALONE)
    if not files and not joins:
        raise NtmError.one("NTM-707", expected=_FILES)
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    constants = options.constants_of(with_, province, rules)
    by_province = ByProvince(rules, call.catalogue)
    if piped and not suffix:
        shared = read_constants(constants, Headers(rules), "--with")
        raise typer.Exit(answer(sys.stdin.buffer, sys.stdout, rules, shared, accept, by_province=by_province))
    fixed = options.mappings_of(mapping, rules).get(rules.id)
    with ExitStack() as stack:
        given = [stack.enter_context(as_file(sys.stdin.buffer, suffix))] if suffix else files
        tables, refused = read_all(screen, given, rules, constants, sheet, ignore or [], by_province, fixed)
        if suffix:
            named = ByName(given[0])
            tables, refused = list(map(named.table, tables)), [*named.problems(refused)]
    if files and not tables:
        raise NtmError(refused)
    notes = [note for table in tables for note in table.notes]
    general = [*refused, *(problem for table in tables for problem in table.problems)]
    decide: Decide | None = None
    if joins:
        if rules.on is None:
            raise NtmError.one("NTM-702")
        book = office.register_of(register or [], units, complete, call.catalogue)
        general += [*book.problems, *(found.problem for found in check_register(book.register, call.catalogue))]
        notes += book.notes
        strange = [problem for table in tables for problem in office.unjoined(table, book.register, rules.on).values()]
        general += [problem for problem in strange if problem.code != "NTM-408"]  # which deciding tells of the row itself
        if not tables:
            tables = [office.of_the_list(rules, book.register, rules.on)]
            general += tables[0].problems
        decide = office.deciding(book.register, rules.on, call.catalogue, accept)
    lines: list[list[str | Text]] = []
    outcomes: Counter[Outcome | None] = Counter()
    against: list[_Against] = []
    in_charge, unread = office.departments_of(departments)
    general += unread
    left = ToDo(rules, in_charge)
    problems = list(general)
    total = sum(len(table.rows) for table in tables)
    with ExitStack() as shown, ExitStack() as stack:
        writers = stack.enter_context(results_writers(files_out, rules, lang=call.lang))
        for writer in writers:
            writer.note(general)
        stream = JsonWriter(lasting(sys.stdout) if writers else sys.stdout, rules) if call.as_json else None
        results = evaluate_tables(tables, accept=accept, decide=decide)
        for result in screen.deciding(results, total):
            for writer in writers:
                writer.add(result)
            if stream is not None:
                stream.add(result)
            outcomes[result.outcome] += 1
            problems += result.problems
            lines.append(_line(result, rules, screen))
            against += [_Against(result, number) for number in result.conflicts]
            left.add(result)
        shown.enter_context(screen.writing(total if writers else 0))
        for writer in writers:
            writer.beside(left.sections(call.lang))
    if stream is not None:
        stream.note(general)
        stream.finish()
    _show(screen, rules, lines, outcomes)
    for section in (
        *left.dossiers(call.lang),
        *(left.work(call.lang) if in_charge else ()),
    ):  # the whole list of work only where it was asked for
        screen.say(section.title, "bold")
        for note in section.notes:
            screen.say(note)
        screen.table(section.headings, section.texts(call.lang))
    if against:
        screen.say(_CONFLICTS.fill(len(against), len({one.result.id for one in against})).say(screen.lang), "bold")
        for one in against[:_SHOWN]:
            screen.say(one.say(screen.lang))
        if len(against) > _SHOWN:
            screen.say(_MORE.fill(len(against) - _SHOWN).say(screen.lang))
    end(call, once(problems), files_out, failed=bool(problems), code=2 if refused else 1, notes=notes, remark=_TO_MEND)


@dataclass(frozen=True, slots=True)
class _Against:
    """An attestation that says otherwise than the values."""

    result: Result
    number: str

    def say(self, lang: Lang) -> str:
        """Which unit, which number, and what contradicts what."""
        assert self.result.decision is not None
        node = self.result.decision[self.number]
        assert node.conflict is not None
        return f"– {self.result.name or self.result.id} ({self.result.id}): {node.id} {node.title.say(lang)}: {node.conflict.say(lang)}"


def read_all(
    screen: Screen,
    files: list[Path],
    rules: RuleSet,
    constants: dict[str, Any],
    sheet: str | None,
    ignore: list[str],
    by_province: ByProvince,
    mapping: TableMapping | None = None,
) -> tuple[list[Table], list[Problem]]:
    """The tables that can be read, and what is wrong with the files that cannot."""
    tables: list[Table] = []
    refused: list[Problem] = []
    for path in files:
        try:
            given: dict[str, Any] = {"constants": constants, "sheet": sheet, "information": ignore}
            tables.append(
                read_table(
                    path,
                    rules,
                    **given,
                    by_province=by_province,
                    mapping=mapping,
                    watch=screen.reading(path),
                )
            )
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


_SHOWN = 20
_FILES = Bilingual("bảng số liệu, hoặc danh sách đơn vị (--units)", "tables, or a list of units (--units)")
_CONFLICTS = Bilingual(
    "Xác nhận trái với số liệu: {} chỗ, ở {} đơn vị; số liệu quyết định.",
    "Attestations against values: {}, in {} units; values decide.",
)
_MORE = Bilingual("… và {} chỗ nữa.", "… and {} more.")
_TO_MEND = Bilingual("{} lỗi số liệu cần sửa.", "{} problems with the data to be mended.")
_ALONE = Bilingual(
    "«evaluate -» một mình, không kèm tệp khác; với JSON cũng không kèm -o, --sheet, --ignore hay --mapping",
    "«evaluate -» alone, without files; for JSON also without -o, --sheet, --ignore, --mapping",
)
_HEADS = (Bilingual("Mã", "Id"), Bilingual("Tên", "Name"), Bilingual("Kết quả", "Outcome"))
_JUDGED = (
    Bilingual("Đạt", "Met"),
    Bilingual("Tiêu chí chưa đạt", "Criteria not met"),
    Bilingual("Tiêu chí chưa xác định", "Criteria undetermined"),
)
_UNSCORED = Bilingual("Chưa chấm", "Not scored")
