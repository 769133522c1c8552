"""``below``: met only under the bound (<), as in *dưới 10%*."""

from __future__ import annotations

import operator
from decimal import Decimal

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import ARITHMETIC, Bilingual


def _short(value: Decimal, bound: Decimal) -> Decimal | None:
    """At the bound itself no amount says how much is missing: any step under it will do."""
    return Decimal(0) if value < bound else ARITHMETIC.subtract(value, bound) or None


BELOW = Operator("below", "<", -1, operator.lt, _short, Bilingual("dưới {}", "less than {}"))
