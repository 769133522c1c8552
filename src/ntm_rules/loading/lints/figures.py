"""The figures: of the shape that the operator takes, a number where numbers are measured, and one that can occur."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import PlacedFigure, Walk
from ntm_rules.model.measures import Measure
from ntm_rules.problems import nearest
from ntm_rules.values import decimal_comma, exact, plain

_THOUSAND: Final = re.compile(r"\d{1,3}\.000")


def _well_shaped(placed: PlacedFigure) -> bool:
    return placed.operator.takes(placed.figure.value)


def _misshapen(walk: Walk) -> Iterator[Finding]:
    """Not of the form that the operator compares with, or such that no value at all can meet it."""
    for placed in walk.figures:
        value = placed.figure.value
        if value is not None and not (_well_shaped(placed) and _possible(placed, value)):
            yield at(placed.path, expected=placed.operator.form, got=(f"[{', '.join(value)}]" if isinstance(value, tuple) else value)[:60])


def _possible(placed: PlacedFigure, value: str | tuple[str, ...]) -> bool:
    """Whether any value can meet the figure; what cannot be read is told by itself."""
    try:
        return placed.operator.possible(placed.measure.comparable(value))
    except ValueError:
        return True


def _values(walk: Walk) -> Iterator[tuple[PlacedFigure, str]]:
    """Every value of the figures of the right shape, one by one where they are lists."""
    for placed in walk.figures:
        value = placed.figure.value
        if value is not None and _well_shaped(placed):
            yield from ((placed, one) for one in (value if isinstance(value, tuple) else (value,)))


def _not_allowed(walk: Walk) -> Iterator[Finding]:
    for placed, value in _values(walk):
        kind, choices = placed.measure.kind, placed.measure.choices
        if kind == "yes_no" and value != "true":
            yield at(placed.path, got=value, allowed="true, missing, delegated")
        elif kind == "choice" and choices and value not in choices:
            yield at(placed.path, got=value, allowed=", ".join(choices), guess=nearest(value, choices))


def number(value: str) -> Decimal | None:
    """The number that a figure is; None where it is none."""
    try:
        return exact(value)
    except ValueError:
        return None


def numbers(walk: Walk) -> Iterator[tuple[PlacedFigure, str, Decimal | None]]:
    """Every value that has to be a number, as written and as a number."""
    return ((placed, value, number(value)) for placed, value in _values(walk) if placed.measure.kind == "number")


def _no_number(walk: Walk) -> Iterator[Finding]:
    found = ((placed, value) for placed, value, number in numbers(walk) if number is None and "," not in value)
    return (at(placed.path, got=value, guess=meant(value)) for placed, value in found)


def _written_as_a_thousand(walk: Walk) -> Iterator[Finding]:
    """A point that a Vietnamese reader takes for that of thousands: 1.000 is read as 1."""
    for placed, value, number in numbers(walk):
        if number is not None and number and _THOUSAND.fullmatch(value):
            yield at(placed.path, got=value, number=value.partition(".")[0], thousand=value.replace(".", ""))


def meant(value: str) -> str | None:
    """The number that somebody meant who wrote its unit, blanks, points of thousands, curly quotes or wide digits along."""
    plain_signs = unicodedata.normalize("NFKC", value).strip(" “”„‘’\"'\u200b")
    bare = re.sub(r"(?<=\d)[ .](?=\d{3}(?!\d))", "", plain_signs).rstrip(" %").lstrip("≥≤> <=")
    bare = decimal_comma(bare) or bare
    return bare if bare != value and number(bare) is not None else None


def _comma(walk: Walk) -> Iterator[Finding]:
    for placed, value, number in numbers(walk):
        if number is None and "," in value:
            yield at(placed.path, got=value, fixed=meant(value) or value.replace(",", "."))


def beyond(measure: Measure, number: Decimal) -> dict[str, Any] | None:
    """What is to be said of a number that the measure cannot have; None of one that it can."""
    low, high = measure.lowest, measure.highest
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    return {"got": plain(number), "unit": measure.unit, "low": _edge(low), "high": _edge(high)}


def _out_of_range(walk: Walk) -> Iterator[Finding]:
    for placed, _, number in numbers(walk):
        if number is not None and (words := beyond(placed.measure, number)):
            yield at(placed.path, **words)


def _edge(limit: Decimal | None) -> str:
    return "∞" if limit is None else plain(limit)


SHAPE = Lint("NTM-203", _misshapen, "one_of: ¦Khá", "one_of: [Khá, Tốt]")
ALLOWED = Lint("NTM-206", _not_allowed, "one_of: ¦[Khá, Tót]", "one_of: [Khá, Tốt]")
NUMBER = Lint("NTM-204", _no_number, "at_least: ¦tám mươi", "at_least: 80")
COMMA = Lint("NTM-205", _comma, "at_least: ¦62,35", "at_least: 62.35")
RANGE = Lint("NTM-211", _out_of_range, "at_least: ¦140", "at_least: 80")
THOUSAND = Lint("NTM-249", _written_as_a_thousand, "at_least: ¦80.000", "at_least: 80", Level.WARNS)
