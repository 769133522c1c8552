"""``at_least_k_of``: met when ``k`` parts are met; not met once that many no longer can be."""

from __future__ import annotations

from ntm_rules.conditions.combination import MET, NOT_APPLICABLE, NOT_MET, UNDETERMINED, CombinationRule
from ntm_rules.values import Bilingual

AT_LEAST_K_OF = CombinationRule(
    name="at_least_k_of",
    cases=(
        (lambda met, failed, unknown, k: met >= k, MET),
        (lambda met, failed, unknown, k: met + failed + unknown == 0, NOT_APPLICABLE),
        (lambda met, failed, unknown, k: met + failed == 0, UNDETERMINED),  # nothing known applies: perhaps nothing does
        (lambda met, failed, unknown, k: met + unknown >= k, UNDETERMINED),
    ),
    otherwise=NOT_MET,
    needs=lambda n, k: k,
    adding="looser",
    words=Bilingual("đạt ít nhất {k} trong {n}", "at least {k} of {n} must be met"),
    brief=Bilingual("ít nhất {k}", "at least {k}"),
    counts=True,
)
