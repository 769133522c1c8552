"""``at_most``: met up to the bound (≤), as in *không quá 5%*."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Ordered
from ntm_rules.values import Bilingual

AT_MOST = Ordered(
    name="at_most",
    sign="≤",
    high=True,
    holds=operator.le,
    words=Bilingual("không quá {}", "at most {}"),
    help="Đạt khi giá trị không quá mức này (≤).",
)
