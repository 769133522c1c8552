"""``equals``: met at the bound alone (=)."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import ARITHMETIC, Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal:
    return ARITHMETIC.subtract(value, bound).copy_abs()


EQUALS = Operator("equals", "=", 0, operator.eq, _short, Bilingual("bằng {}", "equal to {}"))
