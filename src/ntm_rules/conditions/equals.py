"""``equals``: met at the bound alone (=)."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Ordered
from ntm_rules.values import Bilingual

EQUALS = Ordered(
    name="equals",
    sign="=",
    low=True,
    high=True,
    holds=operator.eq,
    words=Bilingual("bằng {}", "equal to {}"),
    help="Đạt khi giá trị đúng bằng mức này (=).",
    stated=Bilingual("là {}", "is {}"),
)
