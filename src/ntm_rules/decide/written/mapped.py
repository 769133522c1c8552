"""A form as an office has fixed it: what its headings stand for comes before every vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.headings import Column, Fixed, FixedColumn, Headers
from ntm_rules.decide.written.money import power_between
from ntm_rules.decide.written.words import sounded
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.mapping import MappedColumn, MappingDocument
from ntm_rules.problems import Place, Problem, TableError, nearest

ASIDE: Final = "aside"
_ASIDE: Final = frozenset({ASIDE, sounded("bỏ qua")})
_OF_ONE: Final = frozenset({"0-1", "0–1"})  # shares of one
_MOST_ROWS: Final = 1_000


def mapped(document: MappingDocument, rules: Judging, place: Callable[[Path_], Place], information: Sequence[str] = ()) -> Headers:
    """What headings say under a set, with what a mapping fixes before it.

    Args:
        document: the mapping.
        rules: the set that tables are read for.
        place: where a part of the mapping stands.
        information: headers of further columns that are for people only.

    Raises:
        TableError: the mapping is of another set, or says what the set does not know.
    """
    headers = Headers(rules, information)
    if document.ruleset != rules.id:
        raise TableError([Problem("NTM-538", place(("set",)), {"got": document.ruleset, "set": rules.id})])
    problems = list(_unfit(document, place))
    columns: list[FixedColumn] = []
    for index, given in enumerate(document.columns):
        found = _column(given, headers, place, ("columns", index))
        if isinstance(found, Problem):
            problems.append(found)
            continue
        twice = next((one for one in columns if (one.words, one.at) == (found.words, found.at)), None)
        if twice is not None:
            problems.append(Problem("NTM-541", found.place, {"heading": given.heading}))
        columns.append(found)
    if problems:
        raise TableError(problems)
    headers.fix(Fixed(tuple(columns), document.layout or "", document.headings, place(())))
    return headers


def _unfit(document: MappingDocument, place: Callable[[Path_], Place]) -> Iterator[Problem]:
    """What a mapping says that goes together with no table."""
    if document.headings and document.layout not in (None, "rows"):
        yield Problem("NTM-203", place(("headings",)), {"expected": "layout: rows", "got": document.layout})
    wrong = [row for row in document.headings if not 0 < row <= _MOST_ROWS]
    if wrong:
        yield Problem("NTM-203", place(("headings",)), {"expected": f"1 … {_MOST_ROWS}", "got": wrong[0]})
    for index, column in enumerate(document.columns):
        if column.column is not None:
            where = place(("columns", index, "column"))
            if document.layout not in (None, "rows"):
                yield Problem("NTM-203", where, {"expected": "layout: rows", "got": document.layout})
            elif _at(column.column) is None:
                yield Problem("NTM-203", where, {"expected": "A … XFD", "got": column.column})


def _at(letters: str) -> int | None:
    """The place of a column from 0, by its letters."""
    if not (letters.isascii() and letters.isalpha() and len(letters) < 4):
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(given: MappedColumn, headers: Headers, place: Callable[[Path_], Place], path: Path_) -> FixedColumn | Problem:
    """What a mapping says of one column."""
    at = None if given.column is None else _at(given.column)
    words = sounded(given.heading)
    if sounded(given.stands_for) in _ASIDE:
        return FixedColumn(words, given.heading, "information", "", None, "", at, place(path))
    column = headers.read(given.stands_for, 0)
    if column is None:
        guess = nearest(given.stands_for, headers.names())
        return Problem("NTM-539", place((*path, "is")), {"got": given.stands_for, "guess": guess})
    power = _power(given.unit, column)
    if isinstance(power, str):
        about = {"got": given.unit, "target": column.key, "unit": power}
        return Problem("NTM-542", place((*path, "unit")), about)
    return FixedColumn(words, given.heading, column.role, column.key, power, given.unit or "", at, place(path))


def _power(unit: str | None, column: Column) -> int | str | None:
    """The power of ten from a stated unit to that of the indicator, None where none is stated; the right unit where there is no such."""
    if unit is None:
        return None
    if column.indicator is None:
        return "–"
    own = column.indicator.measure.unit_words
    stated = sounded(unit)
    if stated in {sounded(own.vi), sounded(own.en), sounded(column.indicator.measure.unit or "")} - {""}:
        return 0
    if column.indicator.measure.unit == "%" and stated in _OF_ONE:
        return 2
    power = power_between(unit, own.vi)
    return own.vi or "–" if power is None else power
