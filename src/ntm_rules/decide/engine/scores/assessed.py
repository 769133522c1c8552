"""Points as given: one assessor's or several members', and how they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, Final

from ntm_rules.decide.engine.scores.sheet import Item
from ntm_rules.values import Bilingual, Unknown

Points = int | Fraction
NOT_SCORED: Final = Bilingual("chưa chấm", "not scored")
_CONTEXT: Final = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Given:
    """The points of one criterion: as they count, and the range of the lowest member's, which decides where marks are tested on each."""

    low: Points
    high: Points
    least_low: Points
    least_high: Points
    observed: Any
    members: tuple[int | None, ...] = ()


def mean(points: Sequence[int | None], item: Item) -> Given:
    """The points of several members as they count: their mean; who has not scored may still give any level."""
    lows = [item.least if one is None else one for one in points]
    highs = [item.best if one is None else one for one in points]
    n = len(points)
    low, high = Fraction(sum(lows), n), Fraction(sum(highs), n)
    observed = as_decimal(low) if None not in points else Unknown(NOT_SCORED.vi)
    return Given(low, high, min(lows), min(highs), observed, tuple(points))


def as_decimal(points: Points) -> Decimal:
    """Points as a Decimal: exact where the fraction ends, else to 28 digits."""
    if isinstance(points, int):
        return Decimal(points)
    return _CONTEXT.divide(Decimal(points.numerator), Decimal(points.denominator))
