"""``any_of``: met when one part is met."""

from __future__ import annotations

from ntm_rules.conditions.combination import CombinationRule
from ntm_rules.values import Bilingual, Outcome


def _combine(met: int, failed: int, unknown: int, k: int) -> Outcome:
    if met:
        return Outcome.MET
    if unknown:
        return Outcome.UNDETERMINED
    return Outcome.NOT_MET if failed else Outcome.NOT_APPLICABLE


ANY_OF = CombinationRule("any_of", _combine, Bilingual("đạt một trong các phần", "one must be met"))
