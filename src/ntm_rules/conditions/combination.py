"""What a combination is: how the outcomes of parts make the outcome of a whole, in three-valued logic.

A part that is *not applicable* does not count. A whole of which nothing counts is itself not applicable. A known failure (or success)
decides where the rest cannot change it; otherwise an unknown part leaves the whole undetermined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal

from ntm_rules.values import Bilingual, Outcome

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Outcome

Test = Callable[[Any, Any, Any, Any], Any]
_REMEMBERED: Final = 4096  # outcomes of a combination; a set has some dozens of wholes of some few parts


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationRule:
    """One way to combine parts, as ordered cases over how many of them are met, failed and unknown.

    Attributes:
        name: the key in a ruleset.
        cases: a test of ``met, failed, unknown, k`` and what follows where it is the first to hold. The tests add and compare and do
            nothing else, so that they can be asked of numbers, of columns of a dataframe and of terms of a solver.
        otherwise: what follows where no case holds.
        needs: ``needs(n, k)``, how many of ``n`` parts that apply must be met.
        adding: what one more part does to the whole: harder to meet (``stricter``) or easier.
        words: how it reads, with ``{k}`` and ``{n}``.
        brief: how it reads in a table, with ``{k}``.
        counts: whether a number ``k`` is written with it.
        combine: ``combine(met, failed, unknown, k)``, the outcome of a whole with so many parts of each; parts that do not apply are
            not counted.
    """

    name: str
    cases: tuple[tuple[Test, Outcome], ...]
    otherwise: Outcome
    needs: Callable[[int, int], int]
    adding: Literal["stricter", "looser"]
    words: Bilingual
    brief: Bilingual
    counts: bool = False
    combine: Callable[[int, int, int, int], Outcome] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "combine", lru_cache(_REMEMBERED)(self.decide))  # deciding a commune asks some twenty times

    def decide(self, met: int, failed: int, unknown: int, k: int) -> Outcome:
        """The outcome of the first case that holds."""
        return next((outcome for test, outcome in self.cases if test(met, failed, unknown, k)), self.otherwise)
