"""``ntm-rules transition``: the same units under two editions, or before and after an amendment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.decide.choose import load
from ntm_rules.loading.transition import find_mapping
from ntm_rules.problems import NtmError, Problem
from ntm_rules.revise.moves import Change, transition
from ntm_rules.revise.own import OwnTexts
from ntm_rules.revise.report import transition_report
from ntm_rules.tables.read.table import read_table
from ntm_rules.values import SourceLevel


@command("transition")
def transition_(
    call: Call,
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
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Đánh giá cùng các đơn vị theo hai bộ tiêu chí: ai được, ai mất, vì chỉ tiêu nào. / Who gains and who loses between two editions.

    Mã thoát: 0 xong; 1 số liệu có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 problems with the data, 2 a wrong call.
    """
    old = load(set_, on=options.day_of(on), province=province, catalogue=call.catalogue)
    new = load(to, on=options.day_of(to_on), province=province, catalogue=call.catalogue)
    carried = find_mapping(call.catalogue, old.id, new.id)
    fixed = options.mappings_of(mapping, old, new)
    people = ignore or []
    shared, watch = options.constants_of(with_, province, old), call.screen.reading
    own = OwnTexts(old, new, call.catalogue, call.catalogue)
    table = read_table(
        file, old, constants=shared, by_province=own.before, information=people, mapping=fixed.get(old.id), watch=watch(file)
    )
    problems, notes = list(table.all_problems), [*table.notes, *own.told(table)]
    newer = {}
    if new_values is not None:
        shared = options.constants_of(with_, province, new)
        second = read_table(
            new_values, new, constants=shared, by_province=own.after, information=people, mapping=fixed.get(new.id), watch=watch(new_values)
        )
        problems += second.all_problems
        notes += second.notes
        rows, told = office.of_one_year(second.rows, new.on)
        notes += told
        newer = {row.id: row.subject for row in rows if row.subject is not None}
        known = {row.id for row in table.rows}
        problems += [Problem("NTM-810", row.place, {"unit": row.id, "name": row.name or "…"}) for row in second.rows if row.id not in known]
    changes: list[Change] = []
    rows, told = office.of_one_year(table.rows, old.on)
    notes += told
    for row in call.screen.deciding(rows):
        if row.subject is not None:
            try:
                changes += transition(*own(row.subject), [row.subject], carried, new_subjects=newer, accept=accept)
            except NtmError as error:
                problems += error.problems
    finish(call, transition_report(changes, old, new, call.lang, problems), output, key="changes", notes=notes)
