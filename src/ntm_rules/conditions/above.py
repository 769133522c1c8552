"""``above``: met only beyond the bound (>), as in *trên 80%*."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Ordered
from ntm_rules.values import Bilingual

ABOVE = Ordered(
    name="above",
    sign=">",
    low=True,
    holds=operator.gt,
    words=Bilingual("trên {}", "more than {}"),
    help="Đạt khi giá trị lớn hơn mức này (>).",
)
