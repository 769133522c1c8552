"""``at_least``: met from the bound upwards (≥), as in *từ 80% trở lên*."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator, by_the_ends
from ntm_rules.values import Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal:
    return max(bound - value, Decimal(0))


AT_LEAST = Operator("at_least", "≥", 1, operator.ge, _short, Bilingual("từ {} trở lên", "at least {}"), by_the_ends(operator.ge))
