"""``ntm-rules units``: what a unit was, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.labels import KINDS
from ntm_rules.problems import NtmError, Place, Problem, nearest
from ntm_rules.register.acts import Unit
from ntm_rules.register.succession import Period, Successions
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, folded

RegisterOption = Annotated[
    list[Path] | None,
    typer.Option("--register", metavar="FILE", help="Sổ có thêm việc sáp nhập, đổi tên. / A register that tells of further mergers."),
]


@command("units", rulesets=False)
def units(
    call: Call,
    asked: Annotated[
        str, typer.Argument(metavar="CODE|NAME", help="Mã, hoặc tên như «Tân Lập, Kon Rẫy». / A code, or a name as «Tân Lập, Kon Rẫy».")
    ],
    units: Annotated[
        list[Path], typer.Option("--units", metavar="FILE", help="Danh sách đơn vị; dùng nhiều lần được. / Lists of units; repeatable.")
    ],
    register: RegisterOption = None,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Chỉ xem ngày này. / Look at this day alone.")] = None,
    output: office.OutputOption = None,
) -> None:
    """Một đơn vị trước kia là gì và đã thành gì. / What a unit was, and what became of it.

    Mã thoát: 0 xong; 1 tên có ở nhiều nơi, hoặc tệp có chỗ cần sửa; 2 lệnh sai, hoặc không có đơn vị này.
    / Exit: 0 done, 1 places share the name, or the files have problems, 2 a wrong call or no such unit.
    """
    day = options.day_of(on)
    read = office.register_of(register or [], units, False, call.catalogue)
    known = Successions(read.register)
    periods = {code: found for code in known.find(asked.strip(), day) if (found := known.periods(code, day))}
    codes = list(periods)
    if not codes:
        near = nearest(asked, known.words)
        words = {"got": asked, "day": on or "…", "guess": near if near != asked else None}
        raise NtmError([Problem("NTM-827", Place(path=asked), words)])
    lang = call.lang
    problems = list(read.problems)
    if len(codes) > 1:
        problems.append(Problem("NTM-828", Place(path=asked), {"got": asked, "count": len(codes)}))
    section = _section(periods[codes[0]], lang) if len(codes) == 1 else _choice(periods, lang)
    data = {"asked": asked, "units": [{"code": code, "periods": [one.as_dict() for one in found]} for code, found in periods.items()]}
    finish(call, Report(_TITLE.fill(asked).say(lang), [section], data, problems=problems), output, notes=read.notes)


def _choice(periods: Mapping[str, tuple[Period, ...]], lang: Lang) -> Section:
    """The units that share a name, to be chosen from by code."""
    rows = [[code, called(one.unit, lang), _of(one, lang), _days(one, lang)] for code, found in periods.items() for one in found]
    return Section("", [head.say(lang) for head in (_CODE, _UNIT, _PART_OF, _WHEN)], rows)


def _section(periods: Sequence[Period], lang: Lang) -> Section:
    """A period a column: what the unit was, from what it came and what became of it."""
    lines: list[tuple[Bilingual, list[str]]] = [
        (_UNIT, [called(one.unit, lang) for one in periods]),
        (_CODE, [one.unit.id for one in periods]),
        (_PART_OF, [_of(one, lang) for one in periods]),
        (_SAME, [_YES.say(lang) if one.same else "" for one in periods]),
    ]
    for head, name in ((_FROM, "came_from"), (_MAY_FROM, "may_come_from"), (_INTO, "went_into"), (_MAY_INTO, "may_go_into")):
        lines.append((head, ["\n".join(f"{part.id} {called(part, lang)}" for part in getattr(one, name)) for one in periods]))
    rows = [[head.say(lang), *cells] for head, cells in lines if any(cells)]
    return Section("", [_WHEN.say(lang), *(_days(one, lang) for one in periods)], rows)


def called(unit: Unit, lang: Lang) -> str:
    """A unit with its kind before its name."""
    kind = unit.attributes.get("unit_type")
    if kind is None and unit.kind in ("commune", "province", "district"):
        return unit.name  # its kind stands in the name, or the list has no word for it
    word = Bilingual(str(kind), _ENGLISH.get(str(kind), str(kind))) if kind else KINDS[unit.kind].one
    if not unit.name or folded(unit.name).startswith(f"{kind} "):
        return unit.name or unit.id
    return _NAMED.fill(kind=word, name=unit.name).say(lang)


def _of(one: Period, lang: Lang) -> str:
    """What it is part of; the code, where the list has no name for it; its province, where it says no more."""
    if one.whole is not None:
        return called(one.whole, lang) or one.whole.id
    province = one.unit.attributes.get("province")
    return str(province) if province and one.unit.kind != "province" else ""


def _days(one: Period, lang: Lang) -> str:
    begins, until = (Bilingual(f"{day:%d/%m/%Y}", f"{day}") if day else None for day in (one.begins, one.until))
    if begins and until:
        return _FROM_TO.fill(begins, until).say(lang)
    if begins or until:
        return (_SINCE.fill(begins) if begins else _TO.fill(until)).say(lang)
    return _ALWAYS.say(lang)


_ENGLISH = {"xã": "commune", "phường": "ward", "thị trấn": "township", "huyện": "district", "thị xã": "town", "thành phố": "city"}
_TITLE = Bilingual("Đơn vị «{}»", "The unit «{}»")
_NAMED = Bilingual("{kind} {name}", "{name} {kind}")
_CODE, _UNIT = Bilingual("Mã", "Code"), Bilingual("Đơn vị", "Unit")
_PART_OF, _WHEN = Bilingual("Thuộc", "Part of"), Bilingual("Thời gian", "Time")
_SAME = Bilingual("Vẫn là đơn vị trước", "Still the unit before")
_YES = Bilingual("có: giữ danh hiệu đang có", "yes: it keeps what it holds")
_FROM, _INTO = Bilingual("Lập từ", "Made from"), Bilingual("Nhập vào", "Merged into")
_MAY_FROM = Bilingual("Có thể cả từ (trùng tên)", "Perhaps from (names are shared)")
_MAY_INTO = Bilingual("Vào một hoặc nhiều đơn vị này (trùng tên)", "Into one or more of these (names are shared)")
_FROM_TO, _SINCE, _TO = Bilingual("{} đến {}", "{} to {}"), Bilingual("từ {}", "since {}"), Bilingual("đến {}", "until {}")
_ALWAYS = Bilingual("không ghi ngày", "no days stated")
