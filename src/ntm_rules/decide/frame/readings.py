"""Columns of a frame as the core reads them: each distinct cell read once, by what reads the cells of any table.

A row with anything unusual, a cell that cannot be read, a share that may be meant otherwise, an id that stands twice, is *aside*: it is
read and decided as a row of a table is, with every problem told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.engine.method import Input
from ntm_rules.decide.frame import arrays
from ntm_rules.decide.frame.steps import number_of, refused
from ntm_rules.decide.written.cells import absence, grade, is_doubtful, read_attestation, read_attribute, read_kind, read_value, verdict
from ntm_rules.decide.written.grid import is_empty
from ntm_rules.decide.written.headings import Column
from ntm_rules.decide.written.said import take
from ntm_rules.model.ruleset import Attribute
from ntm_rules.values import NotApplicable, Unknown

EMPTY, LEFT, YES, NO, ASIDE = range(5)  # what a cell says that is no value: nothing, not applicable, attested, attested against
READ: Final = 5  # and from here on the values that stand in a column of answers or grades
_ALL: Final = (-math.inf, math.inf)
_TURNS: Final = (Decimal(0), Decimal(1), Decimal(1000))  # where reading a number may turn to asking about it


@dataclass(slots=True)
class Values:
    """The values of an input.

    Attributes:
        numbers: a column of numbers as doubles, in blocks; None for answers and grades.
        states: what each row says that is no value (see above), or ``READ`` and the place of the value; None where all are numbers
            or empty.
        values: the values of answers and grades, by place.
        odd: stretches of doubles that are not taken as they are.
        taken: a stretch between them, the widest.
        attests: whether some cell attests in the place of a value.
        told: cells read in a way that people should look at: the code that says how, the cell, in how many rows.
        share: whether a share of 1 may be meant where one of 100 is asked.
    """

    numbers: arrays.Block | None = None
    states: Any = None
    values: list[Any] = field(default_factory=list)
    odd: tuple[tuple[float, float], ...] = ()
    taken: tuple[float, float] = _ALL
    share: bool = False
    attests: bool = False
    told: list[tuple[str, Any, int]] = field(default_factory=list)


def read_doubles(asked: Input, numbers: arrays.Block) -> Values:
    """The values of an input measured in numbers, of which a column holds the doubles."""
    odd, taken, is_share = _of_numbers(asked)
    return Values(numbers, odd=odd, taken=taken, share=is_share)


@lru_cache(4096)
def _of_numbers(asked: Input) -> tuple[tuple[tuple[float, float], ...], tuple[float, float], bool]:
    return *_not_taken(asked), _is_share(asked)


def _is_share(asked: Input) -> bool:
    return asked.measure.kind == "number" and asked.measure.unit == "%" and not OPERATORS[asked.operator].low


def read_texts(series: Any, asked: Input, texts: arrays.Texts) -> Values:
    """The values of an input measured in numbers, of a column of texts that are such for the most part."""
    return read_values(arrays.distinct(series[texts.others]), asked, texts)


def read_values(held: arrays.Distinct, asked: Input, texts: arrays.Texts | None = None) -> Values:
    """The values of an input as the cells of a column give them; those of ``texts`` that are no plain numbers, beside these."""
    numeric = asked.measure.kind == "number"
    reader = Reader(asked.measure)
    found: dict[tuple[type, Any], int] = {}
    states = np.empty(len(held.cells), np.uint8)
    doubles = np.full(len(held.cells), np.nan)
    told: list[tuple[str, Any, int]] = []
    for place, cell in enumerate(held.cells):
        said = _said(cell, asked, reader)
        if code := _told(cell, said):
            told.append((code, cell, int((held.places == place).sum())))
        if said.__class__ is not tuple:
            states[place] = said
        elif not numeric:
            among = found.setdefault((said[0].__class__, said[0]), READ + len(found))
            states[place] = among if among < 255 else ASIDE
        elif (double := number_of(said[0])) is None:
            states[place] = ASIDE
        else:
            states[place], doubles[place] = EMPTY, double
    plain = numeric and not states.any()
    read, each = doubles.take(held.places) if numeric else None, None if plain else states.take(held.places)
    odd, taken = _not_taken(asked) if texts is not None else ((), _ALL)
    if texts is not None:
        texts.doubles[texts.others], read = read, texts.doubles
        if each is not None:
            of_others, each = each, np.zeros(len(read), np.uint8)
            each[texts.others] = of_others
    return Values(
        None if read is None else lambda start, end: read[start:end],
        each,
        [value for _, value in found],
        odd=odd,
        taken=taken,
        share=_is_share(asked),
        attests=bool(((states == YES) | (states == NO)).any()),
        told=told,
    )


def _told(cell: Any, said: Any) -> str:
    """The code by which people are told how a cell was read; empty where it reads plainly."""
    if cell.__class__ is not str:
        return ""
    if said.__class__ is tuple:
        return "NTM-529" if isinstance(said[0], Decimal) and "," in cell else ""
    return "NTM-896" if said in (YES, NO) else "NTM-531" if said == EMPTY and is_doubtful(cell) else ""


def _said(cell: Any, asked: Input, reader: Reader) -> Any:
    """What a cell says: a value in a tuple, or one of the states."""
    if is_empty(cell):
        return EMPTY
    absent = absence(cell, "")
    if absent is not None:
        return LEFT if absent.__class__ is NotApplicable else EMPTY
    stated = None if grade(cell, asked) else verdict(cell)
    if stated is not None and asked.measure.kind != "yes_no":
        return YES if stated else NO
    try:
        return (reader.read(read_value(cell, asked, reader)),)
    except Unreadable:
        return ASIDE


@lru_cache(4096)
def _not_taken(asked: Input) -> tuple[tuple[tuple[float, float], ...], tuple[float, float]]:
    """The stretches of doubles that are not taken as they are, and the widest between them."""
    reader = Reader(asked.measure)

    def takes(number: float) -> bool:
        try:
            read_value(number, asked, reader)
        except Unreadable:
            return False
        return True

    limits = (limit for limit in (reader.low, reader.high) if limit is not None)
    odd = refused((*_TURNS, *limits), takes)
    between = [(math.nextafter(end, math.inf), math.nextafter(start, -math.inf)) for (_, end), (start, _) in pairwise(odd)]
    return odd, max(between, key=lambda one: one[1] - one[0])


def states_of(held: arrays.Distinct, read: Callable[[Any], int]) -> Any:
    """One state a row, from what each distinct cell says; what cannot be read is aside."""
    states = np.empty(len(held.cells), np.uint8)
    for place, cell in enumerate(held.cells):
        try:
            states[place] = read(cell)
        except Unreadable:
            states[place] = ASIDE
    return states.take(held.places)


def read_attested(held: arrays.Distinct, key: str) -> Any:
    """What an authority has stated of each row."""
    return states_of(held, lambda cell: {None: EMPTY, True: YES, False: NO}[read_attestation(cell, key)])


def read_kinds(held: arrays.Distinct, kind: Any) -> Any:
    """Rows about another kind of unit are aside."""

    def read(cell: Any) -> int:
        read_kind(cell, kind)
        return EMPTY

    return states_of(held, read)


def read_said(held: arrays.Distinct, key: str) -> Any:
    """What is said of figures changes no outcome; rows where it cannot be read are aside."""

    def read(cell: Any) -> int:
        take({}, key, cell)
        return EMPTY

    return states_of(held, read)


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute of every row: the place of its value among those that occur, None among them where it is not stated.

    Attributes:
        places: the place of each row; -1 where the row is aside.
        values: what occurs.
    """

    places: Any
    values: list[Any]


@lru_cache(4096)
def _attribute(kind: type, cell: Any, key: str, attribute: Attribute) -> Any:
    return read_attribute(cell, key, attribute)


def read_attributes(held: arrays.Distinct, column: Column, shared: Mapping[str, Any]) -> Attributes:
    """An attribute of every row; a cell that says otherwise than what all rows share puts its row aside."""
    assert column.attribute is not None
    found: dict[tuple[type, Any], int] = {}
    places = np.empty(len(held.cells), np.int64)
    for place, cell in enumerate(held.cells):
        try:
            value: Any = shared.get(column.key)
            if not is_empty(cell):
                absent = absence(cell, "")
                asked: Any = column.attribute  # frozen, so it has a hash, though no checker knows
                value = Unknown("–") if absent.__class__ is Unknown else _attribute(cell.__class__, cell, column.key, asked)
                if column.key in shared and value != shared[column.key]:
                    raise Unreadable("NTM-520")
            places[place] = found.setdefault((value.__class__, value), len(found))
        except Unreadable:
            places[place] = -1
    return Attributes(places.take(held.places), [value for _, value in found])
