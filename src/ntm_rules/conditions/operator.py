"""What an operator is: one comparison of the law with all its faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison of a value with a bound.

    Attributes:
        name: the key in a ruleset.
        sign: how it is printed before a bound.
        direction: +1 when more is better, -1 when less is better, 0 when neither.
        holds: ``holds(value, bound)``; both exact numbers, or places in an order of grades, or answers.
        short: by how much a number fails the bound, in the unit of the measure; 0 when it holds, None where no amount says it.
        words: how a requirement reads, with ``{}`` for the bound.
        over: ``over(low, high, whole, bound)``: whether every number from ``low`` to ``high`` holds, none does, or some do (None).
            ``whole`` says that only whole numbers count.
    """

    name: str
    sign: str
    direction: Literal[1, 0, -1]
    holds: Callable[[Any, Any], bool]
    short: Callable[[Decimal, Decimal], Decimal | None]
    words: Bilingual
    over: Callable[[Decimal, Decimal, bool, Any], bool | None]

    @property
    def missed_by(self) -> Bilingual:
        """How a gap reads, with ``{}`` for the amount: a lower limit is fallen short of, an upper one exceeded, an exact one missed."""
        return _MISSED_BY[self.direction]


_MISSED_BY: Final = {
    1: Bilingual("còn thiếu {}", "short by {}"),
    -1: Bilingual("vượt {}", "over by {}"),
    0: Bilingual("chênh {}", "off by {}"),
}


def by_the_ends(holds: Callable[[Any, Any], bool]) -> Callable[[Decimal, Decimal, bool, Any], bool | None]:
    """``over`` of a comparison with a direction: both ends of a range speak for all between them."""

    def over(low: Decimal, high: Decimal, whole: bool, bound: Any) -> bool | None:
        first, last = holds(low, bound), holds(high, bound)
        return first if first is last else None

    return over


def among(low: Decimal, high: Decimal, whole: bool, listed: Iterable[Decimal]) -> bool | None:
    """``over`` of a comparison with single numbers: none of them in the range fails; only they in it, and it is met."""
    inside = {number for number in listed if low <= number <= high and not (whole and number % 1)}
    if not inside:
        return False
    return True if len(inside) == high - low + 1 and (whole or low == high) else None
