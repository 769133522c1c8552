"""Options of the commands that work on a register, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import options
from ntm_rules.cli.screen import Screen
from ntm_rules.decide.choose import ByProvince, applicable
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.method import other_kind
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.book import Register
from ntm_rules.register.files import RegisterFile, read_register
from ntm_rules.register.joining import Joiner
from ntm_rules.tables.read.mapping_file import TableMapping
from ntm_rules.tables.read.plain_tables import read_plain
from ntm_rules.tables.read.table import Row, Table, read_table
from ntm_rules.tables.results import Decide
from ntm_rules.tables.write.open import REPORTS
from ntm_rules.values import Bilingual, SourceLevel

RegisterArgument = Annotated[
    list[Path], typer.Argument(metavar="REGISTER…", help="Sổ công nhận: CSV, XLSX, JSON, Parquet. / Registers of recognitions.")
]
UnitsOption = Annotated[
    list[Path] | None, typer.Option("--units", metavar="FILE", help="Danh sách đơn vị; dùng nhiều lần được. / Lists of units; repeatable.")
]
CompleteOption = Annotated[
    bool, typer.Option("--complete", help="Sổ ghi đủ mọi quyết định công nhận. / The register names every recognition.")
]
ValuesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--values",
        metavar="[FAMILY=]FILE",
        help="Bảng số liệu của bộ có hiệu lực ngày đó; không ghi họ thì là commune-ntm. / Tables read for the set in force.",
    ),
]
OutputOption = Annotated[
    list[Path] | None, typer.Option("--output", "-o", help=f"Ghi kết quả: {' '.join(REPORTS)}. / Write the results; repeatable.")
]


DepartmentsOption = Annotated[
    Path | None, typer.Option("--departments", metavar="FILE", help="Tiêu chí nào cơ quan nào phụ trách. / Who is in charge of what.")
]


class CountsFrom(StrEnum):
    """From when the class that a recognition gives counts in an assessment."""

    next_year = "next_year"
    at_once = "at_once"


CountsFromOption = Annotated[
    CountsFrom | None,
    typer.Option(
        "--counts-from",
        help="Khu vực đổi do được công nhận tính từ năm xét kế tiếp hay ngay từ ngày công nhận; không ghi thì theo văn bản đã ghi."
        " / From when a change of class by recognition counts; left out, as the text on record declares.",
    ),
]
DayOption = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Ngày xét. / The day looked at.")]


def needed_day(text: str, option: str = "--on") -> date:
    """A day that must be given.

    Raises:
        NtmError: not a day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NtmError([Problem("NTM-207", Place(path=option), {"got": text})]) from None


def departments_of(path: Path | None) -> tuple[dict[str, str], list[Problem]]:
    """Who is in charge of each criterion."""
    if path is None:
        return {}, []
    table = read_plain(path, _DEPARTMENT_COLUMNS, ("criterion", "department"))
    return {row["criterion"]: row["department"] for row in table.rows}, [*table.problems, *(p for row in table.rows for p in row.problems)]


def register_of(files: list[Path], units: list[Path] | None, complete: bool, catalogue: Catalogue) -> RegisterFile:
    """The register the options name; its list of units may say whatever sets of provinces count of units."""
    counted: dict[str, Attribute] = {}
    for entry in catalogue.rulesets.values() if units else ():
        if entry.header.get("subject") == "province":
            counted |= catalogue.ruleset(entry.id).attributes
    return read_register(files, units=units or (), complete=complete, attributes=counted)


def deciding(book: Register, on: date, catalogue: Catalogue, accept: SourceLevel) -> Decide:
    """Decides what a row says of a unit together with what register and list know of it."""
    joiner = Joiner.of(book, on, catalogue)

    def decide(rules: RuleSet, subject: Subject, place: Place) -> tuple[Decision | None, tuple[Problem, ...]]:
        listed = book.listed(subject.id, on)
        if listed is not None and listed.kind != rules.kind:
            return None, (other_kind(listed.kind, rules.kind, place),)
        return joiner.decide(subject.id, rules, subject, accept)

    return decide


@dataclass(frozen=True, slots=True)
class Values:
    """What tables know of the units.

    Attributes:
        subjects: by unit and family of sets.
        problems: what is wrong with their rows, or does not join the list of units.
        notes: what is told of the tables and is no problem.
        sets: the sets that the tables were read for.
        unread: how many rows have problems and could not be taken.
        unjoined: how many could be read, and are of no unit of the list as it is on the day.
    """

    subjects: Mapping[tuple[str, str], Subject]
    problems: list[Problem]
    notes: list[Problem]
    sets: list[str]
    unread: int = 0
    unjoined: int = 0


def values_of(
    given: list[str] | None,
    on: date,
    province: str | None,
    catalogue: Catalogue,
    with_: list[str] | None,
    register: Register,
    ignore: list[str] | None,
    mappings: Mapping[str, TableMapping],
    screen: Screen,
) -> Values:
    """What the tables that an option names know of the units.

    Raises:
        NtmError: a table cannot be read, or no set of its family is in force that day.
    """
    found: dict[tuple[str, str], Subject] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    sets: list[str] = []
    unread = strangers = 0
    for item in given or []:
        family, equals, file = item.partition("=")
        if not equals:
            family, file = "commune-ntm", item
        rules = applicable(family, on=on, province=province, catalogue=catalogue)
        sets.append(rules.id)
        shared, own = options.constants_of(with_, province, rules), ByProvince(rules, catalogue)
        fixed, watch = mappings.get(rules.id), screen.reading(file)
        table = read_table(file, rules, constants=shared, by_province=own, information=ignore or [], mapping=fixed, watch=watch)
        strange = unjoined(table, register, on)
        problems += [*table.all_problems, *strange.values()]
        notes += table.notes
        readable = [row for row in table.rows if row.subject is not None]
        rows = [row for row in readable if row.id not in aside(strange)]
        unread += len(table.rows) - len(readable)
        strangers += sum(row.id in strange for row in readable)
        chosen, told = of_one_year(rows, on)
        notes += told
        found |= {(row.id, family): row.subject for row in chosen if row.subject is not None}
    return Values(found, problems, notes, sets, unread, strangers)


def of_one_year(rows: Iterable[Row], on: date | None) -> tuple[list[Row], list[Problem]]:
    """The row of each unit that a day looks at: of the newest year that had begun (without a day, of the newest), else of the first.

    Who has rows of several years is told. Rows that could not be read are left out.
    """
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        if row.subject is not None:
            by_unit.setdefault(row.id, []).append(row)
    chosen: list[Row] = []
    several: dict[tuple[str, int], list[Row]] = {}
    for own in by_unit.values():
        begun = [row for row in own if on is None or _year(row) <= on.year]
        chosen.append(max(begun, key=_year) if begun else min(own, key=_year))
        years = sorted({_year(row) for row in own})
        if len(years) > 1:
            several.setdefault((", ".join(map(str, filter(None, years))), _year(chosen[-1])), []).append(chosen[-1])
    told = []
    for (stated, year), units in several.items():
        names = [row.name or row.id for row in units[:_MOST]] + ["…"] * (len(units) > _MOST)
        told.append(Problem("NTM-837", units[0].place, {"count": len(units), "years": stated, "year": year, "units": ", ".join(names)}))
    return chosen, told


def _year(row: Row) -> int:
    """The year that a row is of; a row that names none is of no later year than any other."""
    year = row.subject.attributes.get("year") if row.subject is not None else None
    return int(year) if isinstance(year, (int, Decimal)) else 0


def of_the_list(rules: RuleSet, register: Register, on: date) -> Table:
    """The units of the list of the kind that a set judges, of which no table says anything, as rows."""
    rows: list[Row] = []
    for unit in register.existing(on):
        if unit.kind == rules.kind and (unit.is_commune or unit.kind != "commune"):
            subject = Subject(id=unit.id, kind=unit.kind, name=unit.name)
            rows.append(Row(len(rows) + 1, unit.id, unit.name, subject, (), unit.place))
    return Table("--units", rules, tuple(rows), () if rows else (Problem("NTM-523", Place("--units")),))


def unjoined(table: Table, register: Register, on: date | None) -> dict[str, Problem]:
    """By code, the rows of a table that are not of a unit of the list as it is on the day: the code is not there, its unit is of another
    kind, had ceased to exist, is a ward or township, or began after the year that the figures are of."""
    kinds = {unit.kind for unit in register.units.values()}
    coded = {act.unit for act in register.acts}
    twins = {code.lstrip("0"): code for code in coded}  # 679 lost the zeros of 00679
    found = {}
    for row in table.rows:
        if row.subject is None:
            continue
        who = {"unit": row.id, "name": row.name or "…"}
        life = register.life(row.id, on) if on is not None else None
        merged = life.merged(on) if life is not None and on is not None else None
        listed, year = register.listed(row.id, on), row.subject.attributes.get("year")
        other = listed or register.listed(row.id)
        if table.rules.kind in kinds and other is None:
            found[row.id] = Problem("NTM-810", row.place, who)
        elif other is not None and other.kind != table.rules.kind:
            found[row.id] = other_kind(other.kind, table.rules.kind, row.place)
        elif table.rules.kind not in kinds and row.id not in coded and row.id.lstrip("0") in twins:
            found[row.id] = Problem("NTM-810", row.place, {**who, "guess": twins[row.id.lstrip("0")]})
        elif merged is not None:
            into = merged.into_name or merged.into or "…"
            found[row.id] = Problem("NTM-808", row.place, {**who, "act": _VALUES, "day": on, "merged": merged.certain_from, "into": into})
        elif listed is not None and table.rules.kind == "commune" == listed.kind and not listed.is_commune:
            found[row.id] = Problem("NTM-830", row.place, {**who, "kind": _NO_COMMUNE[listed.attributes["unit_type"]]})
        elif life is not None and life.begins is not None and isinstance(year, (int, Decimal)) and year < life.begins.year:
            found[row.id] = Problem("NTM-831", row.place, {**who, "year": year, "begins": life.begins})
    return found


def aside(problems: Mapping[str, Problem]) -> set[str]:
    """The codes whose figures are of another unit than the one that has the code that day: nothing is judged by them."""
    return {code for code, problem in problems.items() if problem.code != "NTM-810"}


_MOST = 5  # units named in one sentence
_NO_COMMUNE = {"phường": Bilingual("phường", "ward"), "thị trấn": Bilingual("thị trấn", "township")}
_VALUES = Bilingual("số liệu", "values")
_DEPARTMENT_COLUMNS = {
    "criterion": ("tiêu chí", "số tiêu chí", "criterion"),
    "department": ("cơ quan", "cơ quan phụ trách", "sở", "department"),
}
