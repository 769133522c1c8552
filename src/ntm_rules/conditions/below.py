"""``below``: met only under the bound (<), as in *dưới 10%*."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Ordered
from ntm_rules.values import Bilingual

BELOW = Ordered(
    name="below",
    sign="<",
    high=True,
    holds=operator.lt,
    words=Bilingual("dưới {}", "less than {}"),
    help="Đạt khi giá trị nhỏ hơn mức này (<).",
)
