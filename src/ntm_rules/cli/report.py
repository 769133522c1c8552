"""``ntm-rules report``: everything that an office knows of a day, in one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NotInForce, NtmError, Place, Problem
from ntm_rules.register.check import check_register, told_of_list
from ntm_rules.report.before import read_before, read_decisions
from ntm_rules.report.document import report_of
from ntm_rules.report.product import read_products
from ntm_rules.report.situation import NEAR, Asked, gather
from ntm_rules.values import SourceLevel, exact


@command("report")
def report(
    call: Call,
    on: office.DayOption,
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[[FAMILY=]FILE…]",
            help="Bảng số liệu, hoặc kết quả đã lưu (JSON); không ghi họ thì là commune-ntm. / Tables of figures, or stored decisions.",
        ),
    ] = None,
    register: Annotated[list[Path] | None, typer.Option("--register", metavar="FILE", help="Sổ công nhận. / A register.")] = None,
    units: office.UnitsOption = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME", help="Bộ mục tiêu, như targets/kon-tum-2024. / A set of targets.")
    ] = None,
    products: Annotated[
        list[Path] | None, typer.Option("--products", metavar="FILE", help="Sản phẩm: mã, chủ thể, nhóm. / Products: makers, groups.")
    ] = None,
    departments: office.DepartmentsOption = None,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="FILE", help="Báo cáo trước (JSON), hoặc kết quả đã lưu. / The last report, as JSON.")
    ] = None,
    near: Annotated[
        str, typer.Option("--near", metavar="PERCENT", help="Sát mức là chỉ dư từng này phần trăm của mức. / What is near a bound.")
    ] = str(NEAR),
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    complete: office.CompleteOption = False,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Báo cáo cả văn phòng trong một ngày: huyện, tiêu chí, mục tiêu, kế hoạch, OCOP, rủi ro. / One report of a day, with the names.

    Mã thoát: 0 xong; 1 có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 problems in the files, 2 a wrong call.
    """
    day, tightness = office.needed_day(on), _percent(near)
    read = office.register_of(register or [], units, complete, call.catalogue)
    problems = [*read.problems, *(finding.problem for finding in check_register(read.register, call.catalogue))]
    notes = [*read.notes, *told_of_list(read.register, day, province, call.catalogue)]
    stored: list[Decision] = []
    raw: list[str] = []
    for item in tables or []:
        decisions = read_decisions(Path(item))
        stored += decisions or []
        raw += [item] if decisions is None else []
    subjects: dict[tuple[str, str], Subject] = {}
    stands_in: dict[tuple[str, str], str] = {}
    fixed, sets = options.mappings_of(mapping), list[str]()
    unread, unjoined = 0, 0
    for item in raw:
        try:
            known = office.values_of([item], day, province, call.catalogue, with_, read.register, ignore, fixed, call.screen)
        except NotInForce as error:  # the rest of the report can still be made
            problems += error.problems
            continue
        sets += known.sets
        unread += known.unread
        unjoined += known.unjoined
        problems += _twice(known.subjects, stands_in, item)
        subjects = {**known.subjects, **subjects}
        stands_in = {**dict.fromkeys(known.subjects, item), **stands_in}
        problems += known.problems
        notes += known.notes
    options.refuse_idle(fixed, sets)
    listed, wrong = read_products(products or [])
    in_charge, unknown = office.departments_of(departments)
    asked = Asked(
        day,
        province,
        [load(name, province=province, catalogue=call.catalogue) for name in set_ or []],
        accept,
        tightness,
        in_charge,
        listed,
        read_before(since) if since is not None else None,
        [str(one) for one in (*(register or []), *(units or []), *(tables or []), *(products or []), *([since] if since else []))],
        unread,
        unjoined,
    )
    found = gather(read.register, asked, values=subjects, stored=stored, catalogue=call.catalogue, watch=call.screen.deciding)
    finish(call, report_of(found, call.lang, [*problems, *wrong, *unknown]), output, notes=notes)


def _twice(found: Iterable[tuple[str, str]], stands_in: Mapping[tuple[str, str], str], file: str) -> list[Problem]:
    """The units of a table that an earlier one has already; the first counts."""
    twice = [(key[0], stands_in[key]) for key in found if key in stands_in]
    return [Problem("NTM-505", Place(file), {"id": unit, "count": 2, "rows": f"{first}, {file}"}) for unit, first in twice]


def _percent(text: str) -> Decimal:
    try:
        return exact(text.removesuffix("%"))
    except ValueError:
        raise NtmError([Problem("NTM-816", Place(path="--near"), {"got": text, "column": "--near"})]) from None
