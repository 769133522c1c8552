"""``all_of``: met when every part that applies is met."""

from __future__ import annotations

from ntm_rules.conditions.combination import MET, NOT_APPLICABLE, NOT_MET, UNDETERMINED, CombinationRule
from ntm_rules.values import Bilingual

ALL_OF = CombinationRule(
    name="all_of",
    cases=(
        (lambda met, failed, unknown, k: failed > 0, NOT_MET),
        (lambda met, failed, unknown, k: unknown > 0, UNDETERMINED),
        (lambda met, failed, unknown, k: met > 0, MET),
    ),
    otherwise=NOT_APPLICABLE,
    needs=lambda n, k: n,
    adding="stricter",
    words=Bilingual("đạt tất cả", "all must be met"),
    brief=Bilingual("tất cả", "all"),
)
