"""``ntm-rules review``: judge everything that is recognised again, under the law in force on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.register.check import check_register
from ntm_rules.register.report import review_report
from ntm_rules.register.review import review_register
from ntm_rules.values import SourceLevel


@command("review")
def review(
    call: Call,
    register: office.RegisterArgument,
    on: office.DayOption,
    units: office.UnitsOption = None,
    values: office.ValuesOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    complete: office.CompleteOption = False,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    counts_from: office.CountsFromOption = None,
    output: office.OutputOption = None,
    full: Annotated[bool, typer.Option("--full", help="Mọi lý do của từng đơn vị. / Every reason of each unit.")] = False,
) -> None:
    """Xét lại mọi đơn vị đang được công nhận theo luật của một ngày. / Judge every recognition again under the law of a day.

    Mã thoát: 0 xong; 1 sổ hoặc số liệu có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 problems in the files, 2 a wrong call.
    """
    day = office.needed_day(on)
    read = office.register_of(register, units, complete, call.catalogue)
    fixed = options.mappings_of(mapping)
    known = office.values_of(values, day, province, call.catalogue, with_, read.register, ignore, fixed, call.screen)
    options.refuse_idle(fixed, known.sets)
    readings = {"counts_from": counts_from.value} if counts_from else None
    found = review_register(
        read.register,
        on=day,
        values=known.subjects,
        catalogue=call.catalogue,
        province=province,
        accept=accept,
        readings=readings,
        watch=call.screen.deciding,
    )
    wrong = [finding.problem for finding in check_register(read.register, call.catalogue)]
    report = review_report(found, day, call.lang, full=full, problems=[*read.problems, *known.problems, *wrong])
    finish(call, report, output, key="reviews", notes=[*read.notes, *known.notes])
