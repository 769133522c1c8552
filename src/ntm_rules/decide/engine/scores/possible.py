"""The classes of stars that can still come out of a sheet, exactly: over every way to score what is open.

Points are whole numbers for each member, so every total is a whole number of n-th parts of a point, n being the members. For each set of
classes that some mark holds back, the totals that can be reached with it are kept as the bits of one number; scoring a criterion shifts
them. What a sheet does not say (the level a star stands beside) falls either way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ntm_rules.decide.engine.scores.sheet import Item, ReadySheet

Ways = Mapping[int, int]  # the classes held back, as bits, to the totals reached with them, as bits


def classes_possible(
    ready: ReadySheet, points: Sequence[Sequence[int | None]], aside: frozenset[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Every class that some completion comes to, lowest first; and every class that its total alone comes to, highest first.

    Args:
        ready: the sheet.
        points: what each member gave for each criterion, None where that is open; as many members everywhere.
        aside: the criteria that do not count.
    """
    members = len(points[0])
    each = ready.score.readings.marks_tested_on == "each_member"
    ways: Ways = {0: 1}
    of_cases = {item.index for _, items in ready.cases for item in items}
    for item in ready.items:
        if item.index not in of_cases:
            ways = _and_then(ways, _ways(item, points[item.index], each))
    for _, items in ready.cases:  # exactly one case counts
        either: dict[int, int] = {}
        for item in items:
            if item.index not in aside:
                for held, totals in _ways(item, points[item.index], each).items():
                    either[held] = either.get(held, 0) | totals
        ways = _and_then(ways, either)
    found: set[int] = set()
    by_total: list[int] = []
    above = None
    for band, start in ready.stars:  # high to low
        first = -(-start.numerator * members // start.denominator)
        window = (1 << above) - 1 if above is not None else -1
        reached = [held for held, totals in ways.items() if (totals & window) >> first]
        found.update(ready.highest(band, {star for star in ready.classes if held >> star & 1}) for held in reached)
        by_total += [band] if reached else []
        above = first
    return tuple(sorted(found)), tuple(by_total)


def _and_then(ways: Ways, more: Ways) -> Ways:
    """The ways of one part of the sheet followed by those of another."""
    found: dict[int, int] = {}
    for held, totals in ways.items():
        for also, points in more.items():
            reached = 0
            while points:
                low = points & -points
                reached |= totals * low
                points ^= low
            found[held | also] = found.get(held | also, 0) | reached
    return found


def _ways(item: Item, points: Sequence[int | None], each: bool) -> Ways:
    """The ways to score one criterion: by n-th parts of a point, and the classes that its marks hold back then."""
    known = [one for one in points if one is not None]
    sums = {(sum(known), min(known, default=item.best) if each else 0)}
    for _ in range(len(points) - len(known)):
        sums = {(total + level, min(lowest, level)) for total, lowest in sums for level in item.levels}
    found: dict[int, int] = {}
    for total, lowest in sums:
        tested = Fraction(lowest) if each else Fraction(total, len(points))
        for held in _held(item, tested):
            found[held] = found.get(held, 0) | 1 << total
    return found


def _held(item: Item, tested: Fraction) -> set[int]:
    """The sets of classes that the marks of a criterion may hold back at these points."""
    found = {0}
    for star, least in item.marks.items():
        fails = {tested < least} if least is not None else {not tested, tested < item.best}
        found = {held | (fail << star) for held in found for fail in fails}
    return found
