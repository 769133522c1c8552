"""What offices read of one figure, weighed: it stands as we hold it, otherwise, or two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ntm_rules.model.certificate import DIFFERING, Certifying, Reading
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.problems import Place, Problem
from ntm_rules.values import SourceLevel, folded

Spot = tuple[str, tuple[str, ...]]  # number of the indicator, keys of the column
Read = tuple[OverlayDocument, Certifying, Reading]  # one reading, of which certificate
CONFIRMED: Final = 2  # offices that must have read an erratum alike before it is official


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the readings of one figure come to.

    Attributes:
        agrees: whether the figure stands as we hold it.
        level: how far it is checked now.
        places: where it was read; where two readings differ, one line that tells both.
        differing: two that differ, if two do; the figure then stays as it is.
    """

    agrees: bool
    level: SourceLevel
    places: tuple[str, ...]
    differing: Problem | None


def weigh(name: str, mine: Sequence[Read], values: Sequence[Any], held: Any, text: str, level: SourceLevel) -> Weighed:
    """Readings of one figure beside the figure we hold.

    Args:
        name: of the set.
        mine: the readings.
        values: what was read, as it compares.
        held: the figure we hold, as it compares; None where we hold none.
        text: the same as written.
        level: how far it was checked before.
    """
    agrees = held is not None and values[0] == held
    offices = {folded(given.by) for _, given, _ in mine}  # «Sở  A» and «sở A» are one
    differing = _two(name, mine, values)
    if differing is None and not agrees and len(offices) < CONFIRMED and level is SourceLevel.OFFICIAL:
        words = {"first": mine[0][0].overlay, "got": text_of(mine[0][2]), "held": text}
        differing = Problem("NTM-245", _place(name, mine[0][2]), words)
    if differing is not None:
        each = (f"{text_of(reading)} (trang {reading.page}, {given.who})" for _, given, reading in mine)
        less = SourceLevel.PUBLISHED if level is SourceLevel.OFFICIAL else level
        return Weighed(False, less, (f"{DIFFERING}{'; '.join(each)}",), differing)
    level = SourceLevel.OFFICIAL if agrees or len(offices) >= CONFIRMED else SourceLevel.PUBLISHED
    return Weighed(agrees, level, places_of(mine), None)


@lru_cache(1024)  # of many figures the same
def as_it_stands(places: tuple[str, ...]) -> Weighed:
    """A figure that everybody read at these places letter for letter as we hold it."""
    return Weighed(True, SourceLevel.OFFICIAL, places, None)


def places_of(mine: Sequence[Read]) -> tuple[str, ...]:
    """Where the figure was read, reading by reading."""
    return tuple([_place_of(reading.page, given.who) for _, given, reading in mine])


@lru_cache(1024)  # an office reads many figures on one page
def _place_of(page: str, who: str) -> str:
    return f"trang {page}, {who}"


def _two(name: str, mine: Sequence[Read], values: Sequence[Any]) -> Problem | None:
    """The first reading and one that differs from it."""
    other = next((each for each, value in zip(mine, values, strict=True) if value != values[0]), None)
    if other is None:
        return None
    words = {"first": mine[0][0].overlay, "second": other[0].overlay, "got": text_of(mine[0][2]), "other": text_of(other[2])}
    return Problem("NTM-321", _place(name, mine[0][2]), words)


def _place(name: str, reading: Reading) -> Place:
    return Place(path=" / ".join((name, reading.at, *reading.column)))


def text_of(reading: Reading) -> str:
    """What was read, the parts of a list between bars."""
    return " | ".join(reading.value) if isinstance(reading.value, tuple) else reading.value
