"""Scoring: points of a sheet to a total, to stars, and to what holds the product back.

A class of stars is reached when the total reaches its points **and** the marks of the class (and, unless read otherwise, of the lower
classes) are met; the product has the highest class for which both hold. What is not scored leaves ranges: the least and the greatest
total, and the stars still possible between them. Means over members are exact fractions; nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ntm_rules.decide.engine.scores.assessed import Given, Points, as_decimal
from ntm_rules.decide.engine.scores.judge_sheet import judge_sheet
from ntm_rules.decide.engine.scores.possible import classes_possible
from ntm_rules.decide.engine.scores.scored import Mark, Scored
from ntm_rules.decide.engine.scores.sheet import Item, Plain, ReadySheet
from ntm_rules.decide.engine.tree import Judged
from ntm_rules.values import NotApplicable, Outcome, Unknown

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Outcome

_DECIMALS = [Decimal(points) for points in range(1001)]


def score_sheet(ready: ReadySheet, values: Sequence[Given | NotApplicable | Unknown | None]) -> tuple[Judged, Scored]:
    """The node of a sheet with all its parts, and what the points come to. ``values`` in the order of the scored criteria."""
    aside = _aside(ready, values)
    ranges = [_range(ready, i, values[i], aside) for i in range(len(values))]
    low, high = _totals(ready, ranges, aside, 0), _totals(ready, ranges, aside, 1)
    band_low, band_high = _class(ready, low), _class(ready, high)
    each = ready.score.readings.marks_tested_on == "each_member"
    tested = [(g.least_low, g.least_high) if each else (g.low, g.high) for g in ranges]
    stars_low = _stars(ready, band_low, tested, aside, 0)
    stars_high = _stars(ready, band_high, tested, aside, 1)
    possible: tuple[int, ...] = (stars_low,)
    bands: tuple[int, ...] = (band_low,)
    if (stars_low, band_low) != (stars_high, band_high):
        possible, bands = classes_possible(ready, _by_member(values), aside)
    stars_low, stars_high = possible[0], possible[-1]
    open_ = {item.index for item in ready.items if item.index not in aside and _is_open(values[item.index])}
    missed = tuple(_missed(ready, tested, values, aside, stars_low, band_high))
    parts = {part.part: as_decimal(_sum(ready, ranges, aside, 0, part.part)) for part in ready.sheet.parts}
    for item in ready.items:
        if item.index in open_:
            parts[item.part] = None  # type: ignore[assignment]
    judged = judge_sheet(ready, values, tested, aside, bands)
    judged.outcomes[0] = _outcome(ready, stars_low, stars_high)
    scored = Scored(
        None if open_ else as_decimal(low),
        (as_decimal(low), as_decimal(high)),
        parts,
        band_low if band_low == band_high else None,
        stars_low if stars_low == stars_high else None,
        possible,
        missed,
        None,
        None,
        (),
        ready.readings,
        ready.bands,
        ready.score.certified_from,
    )
    return judged, scored


def score_plain(ready: ReadySheet, plain: Plain, points: Sequence[int], level: str | None) -> tuple[Judged, Scored]:
    """:func:`score_sheet` for the common case, at a tenth of its cost. Equal to it, which a property test holds it to."""
    total = sum(points)
    band = plain.bands[total]
    missed = [i for i, (value, asked) in enumerate(zip(points, plain.asked[band], strict=True)) if value < asked]
    outcomes = [MET] * len(plain.faces[band])
    for i in missed:
        own, over = plain.places[i]
        outcomes[own] = outcomes[over] = NOT_MET
    stars = band
    held: tuple[Mark, ...] = ()
    if missed:
        lost = [mark for mark in plain.marks if mark[0] <= band and points[mark[1]] < mark[2]]
        stars = ready.highest(band, {star for star, _, _ in lost})
        held = tuple([_mark(ready.items[i], star, least, _DECIMALS[points[i]]) for star, i, least in lost if star > stars])
    exact = _DECIMALS[total]
    sums = {part: _DECIMALS[sum(points[first:last])] for part, first, last in plain.slices}
    certified = ready.certified_from
    scored = Scored(
        exact,
        (exact, exact),
        sums,
        band,
        stars,
        (stars,),
        held,
        standing_of(ready, total, stars, level),
        ready.granted_by[stars],
        (),
        ready.readings,
        ready.bands,
        certified,
    )
    outcomes[0] = MET if stars >= certified else NOT_MET
    return Judged(ready.shape, plain.faces[band], outcomes, [_DECIMALS[value] for value in points], {}), scored


def standing_of(ready: ReadySheet, least_total: Points, stars: int | None, level: str | None) -> str | None:
    """Where the dossier goes: a district passes high scores to the province, any but the centre a product of the top class to the centre.

    Potential is a product of which nothing but the centre's act is open: the points, and every mark of the top class with them.
    """
    if level == "district" and ready.beyond_district is not None and least_total >= ready.beyond_district:
        return "to-province"
    top = stars == ready.score.stars[0].stars
    if top and ready.potential_from is not None and least_total >= ready.potential_from and level != "centre":
        return "potential-5-star"
    return None


def _mark(item: Item, star: int, least: int | None, observed: Decimal | None) -> Mark:
    return Mark(item.id, item.faces[0].title, star, None if least is None else _DECIMALS[least], observed)


def _outcome(ready: ReadySheet, low: int, high: int) -> Outcome:
    """Met from the lowest class that is recognised."""
    if low >= ready.score.certified_from:
        return MET
    return NOT_MET if high < ready.score.certified_from else UNDETERMINED


def _by_member(values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What each member gave, None where that is open; one number stands for all."""
    members = max((len(given.members) for given in values if given.__class__ is Given), default=0) or 1
    return [(given.members or (given.low,) * members) if given.__class__ is Given else (None,) * members for given in values]


def _aside(ready: ReadySheet, values: Sequence[Any]) -> frozenset[int]:
    """The criteria that do not count: of a choice of cases, those beside the one that is scored."""
    found: set[int] = set()
    for _, items in ready.cases:
        if any(values[item.index].__class__ is Given for item in items):
            found.update(item.index for item in items if values[item.index].__class__ is not Given)
    return frozenset(found)


def _is_open(given: Any) -> bool:
    """Whether somebody has still to score a criterion, be it that only one level is left to give."""
    return given.__class__ is not Given or None in given.members


def _range(ready: ReadySheet, i: int, given: Any, aside: frozenset[int]) -> Given:
    if given.__class__ is Given:
        return given
    item = ready.items[i]
    if i in aside:
        return Given(0, 0, 0, 0, None)
    return Given(item.least, item.best, item.least, item.best, None)


def _sum(ready: ReadySheet, ranges: Sequence[Given], aside: frozenset[int], end: int, part: str | None) -> Points:
    total: Points = 0
    of_cases = {item.index for _, items in ready.cases for item in items}
    for item in ready.items:
        if item.index not in of_cases and part in (None, item.part):
            given = ranges[item.index]
            total += given.high if end else given.low
    for _, items in ready.cases:  # exactly one case counts: the scored one, or any while none is
        if part in (None, items[0].part):
            counting = [ranges[item.index] for item in items if item.index not in aside]
            total += max(given.high for given in counting) if end else min(given.low for given in counting)
    return total


def _totals(ready: ReadySheet, ranges: Sequence[Given], aside: frozenset[int], end: int) -> Points:
    if not ready.cases:
        return sum([given.high for given in ranges] if end else [given.low for given in ranges])
    return _sum(ready, ranges, aside, end, None)


def _class(ready: ReadySheet, total: Points) -> int:
    """The class of a total, whatever the marks."""
    return next(stars for stars, start in ready.stars if total >= start)  # the lowest class starts at 0


def _holds(item: Item, star: int, least: int | None, points: Points, end: int) -> bool:
    """Whether a mark is met: surely (``end`` 0), or possibly (``end`` 1)."""
    if least is not None:
        return points >= least
    return points >= item.best if end == 0 else points > 0


def _stars(ready: ReadySheet, band: int, tested: Sequence[tuple[Points, Points]], aside: frozenset[int], end: int) -> int:
    """The highest class within the band whose marks are met."""
    failed: set[int] = set()
    for item in ready.items:
        if item.marks and item.index not in aside:
            points = tested[item.index][end]
            failed.update(star for star, least in item.marks.items() if not _holds(item, star, least, points, end))
    return ready.highest(band, failed)


def _missed(
    ready: ReadySheet, tested: Sequence[tuple[Points, Points]], values: Sequence[Any], aside: frozenset[int], reached: int, band: int
) -> list[Mark]:
    """The marks missed, whatever is still to be scored, of the classes above the one reached that the total can come to."""
    found = []
    for item in ready.items:
        if item.index in aside:
            continue
        for star, least in sorted(item.marks.items()):
            if reached < star <= band and not _holds(item, star, least, tested[item.index][1], 1):
                given = values[item.index]
                observed = given.observed if given.__class__ is Given and isinstance(given.observed, Decimal) else None
                found.append(_mark(item, star, least, observed))
    return sorted(found, key=lambda mark: mark.stars)
