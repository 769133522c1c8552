"""``all_of``: met when every part that applies is met."""

from __future__ import annotations

from ntm_rules.conditions.combination import CombinationRule
from ntm_rules.values import Bilingual, Outcome


def _combine(met: int, failed: int, unknown: int, k: int) -> Outcome:
    if failed:
        return Outcome.NOT_MET
    if unknown:
        return Outcome.UNDETERMINED
    return Outcome.MET if met else Outcome.NOT_APPLICABLE


ALL_OF = CombinationRule("all_of", _combine, Bilingual("đạt tất cả", "all must be met"))
