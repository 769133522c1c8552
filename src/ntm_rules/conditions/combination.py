"""What a combination is: how the outcomes of parts make the outcome of a whole, in three-valued logic.

A part that is *not applicable* does not count. A whole of which nothing counts is itself not applicable. A known failure (or success)
decides where the rest cannot change it; otherwise an unknown part leaves the whole undetermined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ntm_rules.values import Bilingual, Outcome


@dataclass(frozen=True, slots=True)
class CombinationRule:
    """One way to combine parts.

    Attributes:
        name: the key in a ruleset.
        combine: ``combine(met, failed, unknown, k)``, the outcome of a whole with so many parts of each; parts that do not apply are
            not counted.
        words: how it reads, with ``{k}`` and ``{n}``.
    """

    name: str
    combine: Callable[[int, int, int, int], Outcome]
    words: Bilingual
