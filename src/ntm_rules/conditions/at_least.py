"""``at_least``: met from the bound upwards (≥), as in *từ 80% trở lên*."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Ordered
from ntm_rules.values import Bilingual

AT_LEAST = Ordered(
    name="at_least",
    sign="≥",
    low=True,
    holds=operator.ge,
    words=Bilingual("từ {} trở lên", "at least {}"),
    help="Đạt khi giá trị từ mức này trở lên (≥).",
)
