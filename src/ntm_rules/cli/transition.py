"""``ntm-rules transition``: the same units under two editions, or before and after an amendment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.decide.choose import load
from ntm_rules.loading.transition import find_mapping
from ntm_rules.problems import Problem, SubjectError
from ntm_rules.revise.moves import Change, Move, Step, moves, transition
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.listing import Section, write_listing
from ntm_rules.values import Lang, Outcome, SourceLevel


def transition_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Bảng số liệu theo bộ cũ. / A table read for the edition before.")],
    set_: Annotated[str, typer.Option("--set", metavar="NAME", help="Bộ cũ. / The edition before.")],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Bộ mới; có thể là chính bộ cũ. / The edition after.")],
    on: options.OnOption = None,
    to_on: Annotated[str | None, typer.Option("--to-on", metavar="YYYY-MM-DD", help="Ngày của luật mới. / The day of the new law.")] = None,
    new_values: Annotated[
        Path | None, typer.Option("--new-values", metavar="FILE", help="Bảng số liệu theo bộ mới. / A table read for the edition after.")
    ] = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="Ghi kết quả: .html .csv .json. / Write the results; repeatable.")
    ] = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Đánh giá cùng các đơn vị theo hai bộ tiêu chí: ai được, ai mất, vì chỉ tiêu nào. / Who gains and who loses between two editions.

    Mã thoát: 0 xong; 1 số liệu có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 problems with the data, 2 a wrong call.
    """
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(rulesets)
    old = load(set_, on=options.day_of(on), province=province, catalogue=catalogue)
    new = load(to, on=options.day_of(to_on), province=province, catalogue=catalogue)
    mapping = find_mapping(catalogue, old.id, new.id)
    table = read_table(file, old, constants=options.constants_of(with_, province, old))
    problems = list(table.all_problems)
    newer = {}
    if new_values is not None:
        second = read_table(new_values, new, constants=options.constants_of(with_, province, new))
        problems += second.all_problems
        newer = {row.id: row.subject for row in second.rows if row.subject is not None}
        known = {row.id for row in table.rows}
        problems += [Problem("NTM-810", row.place, {"unit": row.id, "name": row.name or "…"}) for row in second.rows if row.id not in known]
    changes: list[Change] = []
    for row in table.rows:
        if row.subject is not None:
            try:
                changes += transition(old, new, [row.subject], mapping, new_subjects=newer, accept=accept)
            except SubjectError as error:
                problems += error.problems
    if as_json:
        screen.data({"changes": [change.as_dict() for change in changes], "problems": [problem.as_dict() for problem in problems]})
    sections = _sections(changes, screen.lang)
    names = [f"{rules.id}{f', {rules.on}' if rules.on else ''}" for rules in (old, new)]
    screen.say(" → ".join(names), "bold")
    for section in sections:
        screen.say(section.title, "bold")
        screen.table(section.headings, section.rows)
        for note in section.notes:
            screen.say(note)
    for path in output or []:
        write_listing(path, " → ".join(names), sections, [change.as_dict() for change in changes], lang=screen.lang, problems=problems)
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    screen.problems(problems)
    raise typer.Exit(1 if problems else 0)


def _sections(changes: Sequence[Change], lang: Lang) -> list[Section]:
    vi = lang == "vi"
    counted = moves(changes)
    summary = [[move.label.say(lang), str(counted[move])] for move in Move if counted[move]]
    heads = (
        ["Mã", "Tên", "Trước", "Sau", "Kết quả", "Tiêu chí chưa đạt sau", "Vì chỉ tiêu nào", "Số liệu dùng lại"]
        if vi
        else ["Code", "Name", "Before", "After", "Move", "Criteria not met after", "By which indicators", "Values carried"]
    )
    rows = [
        [
            change.before.subject.id,
            change.before.subject.name,
            *(f"{decision.count(Outcome.MET)}/{decision.count()}" for decision in (change.before, change.after)),
            change.move.label.say(lang),
            ", ".join(change.failed) or "–",
            "\n".join(_step(step, lang) for step in change.why) or "–",
            f"{change.carried}/{len(list(change.after.indicators))}",
        ]
        for change in changes
    ]
    note = (
        "Chỉ số liệu mà tệp ánh xạ nói là cùng một đại lượng mới dùng lại; xác nhận của cơ quan không chuyển sang bộ mới."
        if vi
        else "Only values that the mapping declares to be one quantity are carried; attestations are not."
    )
    head = ["Kết quả", "Số đơn vị"] if vi else ["Move", "Units"]
    return [Section("Tổng hợp" if vi else "Summary", head, summary), Section("Từng đơn vị" if vi else "Unit by unit", heads, rows, [note])]


def _step(step: Step, lang: Lang) -> str:
    old = f"{step.old.id} {step.old.requirement(lang)}" if step.old is not None else "–"
    new = f"{step.new.id} {step.new.requirement(lang)}" if step.new is not None else "–"
    return f"{old} → {new}: {step.move.label.say(lang)}"
