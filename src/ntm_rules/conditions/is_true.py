"""``is_true``: met when the answer is yes (đạt)."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator, by_the_ends
from ntm_rules.values import Bilingual


def _short(value: Decimal, bound: Decimal) -> None:
    """Yes and no have no distance."""
    return None


IS_TRUE = Operator("is_true", "=", 1, operator.is_, _short, Bilingual("{}", "{}"), by_the_ends(operator.is_))
