"""``at_least_k_of``: met when ``k`` parts are met; not met once that many no longer can be."""

from __future__ import annotations

from ntm_rules.conditions.combination import CombinationRule
from ntm_rules.values import Bilingual, Outcome


def _combine(met: int, failed: int, unknown: int, k: int) -> Outcome:
    if met >= k:
        return Outcome.MET
    if not met and not failed:  # nothing known applies: it may yet turn out that nothing does
        return Outcome.UNDETERMINED if unknown else Outcome.NOT_APPLICABLE
    return Outcome.UNDETERMINED if met + unknown >= k else Outcome.NOT_MET


AT_LEAST_K_OF = CombinationRule("at_least_k_of", _combine, Bilingual("đạt ít nhất {k} trong {n}", "at least {k} of {n} must be met"))
