"""``equals``: met at the bound alone (=)."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator, among
from ntm_rules.values import Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal:
    return abs(value - bound)


def _over(low: Decimal, high: Decimal, whole: bool, bound: Decimal) -> bool | None:
    return among(low, high, whole, (bound,))


EQUALS = Operator("equals", "=", 0, operator.eq, _short, Bilingual("bằng {}", "equal to {}"), _over)
