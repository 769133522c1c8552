"""``one_of``: met when the value is in the list (∈)."""

from __future__ import annotations

import functools
import operator
from decimal import Decimal
from typing import Any

from ntm_rules.conditions.operator import Operator, Steps
from ntm_rules.values import Bilingual


def _holds(value: Any, bound: Any) -> bool:
    return value in bound


def _across(value: Any, bound: Any) -> Any:
    return functools.reduce(operator.or_, [value == item for item in bound])


class _Listed(Operator):
    """Its values lie apart: a shorter list is stricter, and no distance leads to one of them."""

    __slots__ = ()

    def possible(self, bound: Any) -> bool:
        """Whether there is anything in the list."""
        return bool(bound)

    def over(self, low: Decimal | None, high: Decimal | None, bound: Any, *, ends: bool = True, steps: Steps | None = None) -> bool | None:
        """A range of many values holds more than a list does, unless all that can come out stand in the list.

        None of it holds where no item of the list can come out.
        """
        if ends and low is not None and low == high:
            return low in bound
        before = operator.le if ends else operator.lt
        within = {item for item in bound if (low is None or before(low, item)) and (high is None or before(item, high))}
        ways = len(within) if steps is None else sum(steps.within(item, item) for item in within)
        if not ways:
            return False
        return True if steps is not None and ways == steps.ways else None

    def stricter(self, new: Any, old: Any) -> bool:
        """Whether the new list has nothing that the old one has not."""
        return set(new) <= set(old)


ONE_OF = _Listed(
    name="one_of",
    sign="∈",
    holds=_holds,
    words=Bilingual("thuộc {}", "one of {}"),
    help="Đạt khi giá trị thuộc danh sách này.",
    bound="list",
    stated=Bilingual("là {}", "is {}"),
    across=_across,
)
