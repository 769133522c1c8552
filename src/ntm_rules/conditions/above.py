"""``above``: met only beyond the bound (>), as in *trên 80%*."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import ARITHMETIC, Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal | None:
    """At the bound itself no amount says how much is missing: any step beyond it will do."""
    return Decimal(0) if value > bound else ARITHMETIC.subtract(bound, value) or None


ABOVE = Operator("above", ">", 1, operator.gt, _short, Bilingual("trên {}", "more than {}"))
