"""Records of settling: what has still to be looked at of a unit, and what it was last decided by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ntm_rules.decide.ruleset import RuleSet


@dataclass(slots=True)
class Pending:
    """What has still to be looked at of one unit.

    Attributes:
        families: those to decide it under, and whether something was told of it there.
        anyway: families whose decision goes to the chain although it is unchanged: it meets another status.
        moved: what changed of it, and its kind.
        left: the wholes it was a part of, and their kinds.
        certificates: the phases that certificates left and entered.
        standings: whether its standings are to be looked at anew, whatever is decided.
    """

    families: dict[str, bool] = field(default_factory=dict)
    anyway: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, tuple[int, int]] = field(default_factory=dict)
    standings: bool = False


class Under(NamedTuple):
    """What a unit was last decided by: the family, the set, and the shares observed before."""

    family: str
    rules: RuleSet
    before: tuple[str, ...]
