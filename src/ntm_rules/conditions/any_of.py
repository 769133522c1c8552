"""``any_of``: met when one part is met."""

from __future__ import annotations

from ntm_rules.conditions.combination import MET, NOT_APPLICABLE, NOT_MET, UNDETERMINED, CombinationRule
from ntm_rules.values import Bilingual

ANY_OF = CombinationRule(
    name="any_of",
    cases=(
        (lambda met, failed, unknown, k: met > 0, MET),
        (lambda met, failed, unknown, k: unknown > 0, UNDETERMINED),
        (lambda met, failed, unknown, k: failed > 0, NOT_MET),
    ),
    otherwise=NOT_APPLICABLE,
    needs=lambda n, k: 1,
    adding="looser",
    words=Bilingual("đạt một trong các phần", "one must be met"),
    brief=Bilingual("một trong", "any"),
)
