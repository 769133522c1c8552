"""``is_true``: met when the answer is yes (đạt)."""

from __future__ import annotations

import operator

from ntm_rules.conditions.operator import Operator
from ntm_rules.values import Bilingual

IS_TRUE = Operator(
    name="is_true",
    sign="=",
    holds=operator.is_,
    words=Bilingual("đạt", "met"),
    help="Đạt khi câu trả lời là có.",
    fits=("yes_no",),
    bound="none",
    alone=Bilingual("câu trả lời là có", "the answer is yes"),
    stated=Bilingual(""),
    across=operator.eq,
)
