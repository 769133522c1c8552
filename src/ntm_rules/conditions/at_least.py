"""``at_least``: met from the bound upwards (≥), as in *từ 80% trở lên*."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import ARITHMETIC, Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal:
    return max(ARITHMETIC.subtract(bound, value), Decimal(0))


AT_LEAST = Operator("at_least", "≥", 1, operator.ge, _short, Bilingual("từ {} trở lên", "at least {}"))
