"""A checklist that came back: which figures were read in the signed text, and everything that keeps it from being a certificate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from ntm_rules.conditions import AT_LEAST, OPERATORS
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.engine.method import Input
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.cells import read_value
from ntm_rules.figures.checklist import COLUMNS, IDENTITY, NONE, PROVINCE, RIGHT, TICKS, figures_of_instrument, key_of
from ntm_rules.figures.held import YES, Cell, Held
from ntm_rules.model.certificate import Reading
from ntm_rules.model.measures import Measure
from ntm_rules.model.sheet_figures import SCORES
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.days import read_day
from ntm_rules.tables.read.plain_tables import Cells, read_plain
from ntm_rules.values import Bilingual, plain

_WORDS: Final = {word: tick for tick, said in TICKS.items() for word in (said.vi, said.en)}
_PARTS: Final = re.compile(r"[|;\n]")
_GRADES: Final = re.compile(r"[|;,\n]")
_POINTS: Final = Measure.model_validate({"unit": "điểm", "from": "0"})
_FILLED: Final = ("tick", "value", "page")


@dataclass(slots=True)
class Returned:
    """A checklist as it came back.

    Attributes:
        edition: the set whose figures it lists.
        version: of the set when it was made.
        day: the day of the law; None where the set was taken as last amended.
        province: whose overlays were applied.
        instrument: the document whose figures they are.
        document: the sha256 of the signed text it was made for; empty where none was named.
        rows: its rows.
        problems: what is wrong with the file and with rows of another checklist.
    """

    edition: str
    version: str
    day: date | None
    province: str | None
    instrument: str
    document: str
    rows: Sequence[Cells]
    problems: list[Problem]


@dataclass(slots=True)
class Compared:
    """What was read, figure by figure.

    Attributes:
        readings: what stands in the document.
        absent: the figures that it does not have.
        untouched: how many rows were not looked at.
        problems: what must be mended before anything is certified.
        notes: what is told and need not be mended.
    """

    readings: list[Reading] = field(default_factory=list)
    absent: list[Held] = field(default_factory=list)
    untouched: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_checklist(path: Path) -> Returned:
    """A checklist that was filled: XLSX, or what a spreadsheet saves instead.

    Raises:
        TableError: the file cannot be read, lacks a column that it was written with, or holds no row.
        MissingExtra: openpyxl is not installed.
    """
    table = read_plain(path, COLUMNS, ("key", "was", "tick", "page", "value", "edition", "instrument"))
    problems = [*table.problems, *table.merged]
    if not table.rows:
        raise TableError([Problem("NTM-883", Place(str(path))), *problems])
    identities = [tuple(row[name] for name in IDENTITY) for row in table.rows]
    first = max(dict.fromkeys(identities), key=identities.count)  # a row that strayed in must not make strangers of all others
    for row, own in zip(table.rows, identities, strict=True):
        problems += row.problems
        if own != first:
            problems.append(Problem("NTM-872", row.place, {"got": _said(own), "expected": _said(first)}))
    rows = [row for row, own in zip(table.rows, identities, strict=True) if own == first]
    said = dict(zip(IDENTITY, first, strict=True))
    return Returned(
        said["edition"],
        said["version"],
        read_day(said["day"]),
        said["province"] or None,
        said["instrument"],
        said["document"].lower(),
        rows,
        problems,
    )


def _said(identity: Sequence[str]) -> str:
    edition, version, *_, instrument, _ = identity
    return f"{edition or '–'} {version}, {instrument or '–'}".replace(" ,", ",")


def compared(returned: Returned, rules: RuleSet) -> Compared:
    """What a checklist says of the figures as the set holds them now.

    Raises:
        NotFound: the set has no figure of that document any more.
    """
    figures = {key_of(one): one for one in figures_of_instrument(rules, returned.instrument)}
    inputs = {} if rules.sheets else {one.indicator: one for one in rules.inputs}
    found = Compared(problems=list(returned.problems))
    taken: dict[Cell, Cells] = {}
    for row in returned.rows:
        one = figures.get(row["key"])
        if not any(row[name] for name in _FILLED):
            found.untouched += 1
        elif one is None:
            words = {"got": row["key"] or "–", "edition": rules.id, "instrument": returned.instrument}
            found.problems.append(Problem("NTM-873", row.at("key"), words))
        elif one.cell in taken:
            words = {"cell": one.where, "first": taken[one.cell].place.path}
            found.problems.append(Problem("NTM-880", row.at("tick"), words))
        else:
            taken[one.cell] = row
            _take(row, one, inputs.get(one.number) or _points(one), found)
    if not found.readings and not found.problems:
        found.problems.append(Problem("NTM-883", Place(returned.rows[0].place.file)))
    if returned.version != rules.version and not found.problems:
        place = returned.rows[0].at("version")
        found.notes.append(Problem("NTM-261", place, {"got": returned.version or "–", "now": rules.version}))
    return found


def _points(one: Held) -> Input:
    """What a figure of a score sheet is asked as: a number of points."""
    return Input(one.number, one.title, _POINTS, AT_LEAST.name)


def _take(row: Cells, one: Held, asked: Input, found: Compared) -> None:
    """One row that was filled: a reading, something absent, or what is wrong with it, all of it."""
    before = len(row.problems)
    tick = row.one_of("tick", COLUMNS["tick"][0], _WORDS, "")
    wrong = found.problems
    wrong += row.problems[before:]
    if row["was"] != one.value and not _same(asked, row["was"], one.value):
        wrong.append(Problem("NTM-874", row.at("held"), {"cell": one.where, "was": row["was"] or "–", "now": one.value or "–"}))
        return
    then = replace(one, value=row["was"])  # the same figure, spelt as it was when the checklist was made
    held = PROVINCE if one.delegated else Bilingual(then.shown("vi"), then.shown("en"))
    if row["held"] and row["held"] not in (held.vi, held.en):  # a tick agrees with what stands beside it
        wrong.append(Problem("NTM-723", row.at("held"), {"column": Bilingual(*COLUMNS["held"]), "got": row["held"], "expected": held}))
        return
    if not tick:
        if not row["tick"]:
            wrong.append(Problem("NTM-878", row.at("tick"), {"cell": one.where}))
        return
    if tick != NONE and one.delegated:
        wrong.append(Problem("NTM-879", row.at("tick"), {"cell": one.where}))
        return
    value = _value(row, one, asked, found) if row["value"] else ""
    if value is None:
        return
    if value and one.compares in SCORES and not value.isdigit():
        wrong.append(Problem("NTM-730", row.at("value"), {"got": row["value"]}))
        return
    stands = YES if one.value and not asked_for_more(asked) else one.value or "–"
    contradiction = {"cell": one.where, "tick": tick, "got": row["value"] or "–", "held": stands}
    if tick == NONE:
        if value:
            wrong.append(Problem("NTM-877", row.at("value"), contradiction))
            return
        found.absent.append(one)
        found.notes.append(Problem("NTM-886", row.at("tick"), {"cell": one.where, "held": stands}))
        return
    same = value == one.value or _same(asked, value, one.value)
    if not row["page"]:
        wrong.append(Problem("NTM-875", row.at("page"), {"cell": one.where, "tick": tick}))
    if tick == RIGHT:
        if not one.value or (value and not same):
            wrong.append(Problem("NTM-877", row.at("value"), contradiction))
            return
        value = one.value
    elif one.value and not asked_for_more(asked):
        wrong.append(Problem("NTM-884", row.at("tick"), {"cell": one.where}))
        return
    elif not value:
        wrong.append(Problem("NTM-876", row.at("value"), {"cell": one.where}))
        return
    elif same:
        wrong.append(Problem("NTM-877", row.at("value"), contradiction))
        return
    if row["page"]:
        parts: Any = tuple(value.split(" | ")) if OPERATORS[asked.operator].many else value
        found.readings.append(Reading(at=one.number, column=one.column, compares=one.compares, value=parts, page=row["page"]))


def asked_for_more(asked: Input) -> bool:
    """Whether there is a figure that could differ: an indicator that asks for yes has none."""
    return OPERATORS[asked.operator].places > 0


def _value(row: Cells, one: Held, asked: Input, found: Compared) -> str | None:
    """What the page says, as a figure is written, the parts of a list between bars; None where it cannot be a figure here."""
    if not asked_for_more(asked) and one.value:
        return _answer(row["value"], asked)
    many = OPERATORS[asked.operator].many
    marks = _GRADES if asked.measure.kind == "choice" else _PARTS
    texts = [part.strip() for part in marks.split(row["value"]) if part.strip()] if many else [row["value"]]
    reader = Reader(asked.measure)
    read = []
    for text in texts:
        try:
            value = read_value(text, asked, reader)
        except Unreadable as error:
            found.problems.append(Problem(error.code, row.at("value"), error.words))
            return None
        if not asked_for_more(asked) and not reader.read(value):
            found.problems.append(Problem("NTM-884", row.at("value"), {"cell": one.where}))
            return None
        read.append("true" if not asked_for_more(asked) else value if isinstance(value, str) else plain(value))
        if "," in text:
            found.notes.append(Problem("NTM-885", row.at("value"), {"cell": one.where, "got": text, "read": read[-1]}))
    return " | ".join(read)


def _answer(text: str, asked: Input) -> str:
    """What the page asks where an answer is asked for: yes in any of its spellings, or the words as they are."""
    reader = Reader(asked.measure)
    try:
        return "true" if reader.read(read_value(text, asked, reader)) else text
    except Unreadable:
        return text


def _same(asked: Input, value: str, held: str) -> bool:
    """Whether two figures are one: ``50`` and ``50.0``, grades in another order."""
    if not value or not held or not asked_for_more(asked):
        return bool(value) and value == held

    def parts(text: str) -> Any:
        return set(asked.measure.comparable(tuple(text.split(" | "))))

    try:
        return bool(parts(value) == parts(held))
    except (ValueError, TypeError):
        return False
