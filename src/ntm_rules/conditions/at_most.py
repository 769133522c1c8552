"""``at_most``: met up to the bound (≤), as in *không quá 5%*."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import ARITHMETIC, Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal:
    return max(ARITHMETIC.subtract(value, bound), Decimal(0))


AT_MOST = Operator("at_most", "≤", -1, operator.le, _short, Bilingual("không quá {}", "at most {}"))
