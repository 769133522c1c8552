"""Which parts of a whole stand in the way of a condition that counts them: the communes of a district that lack a status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.members import Between, Uncounted, derive
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Member
from ntm_rules.values import Outcome


@dataclass(frozen=True, slots=True)
class Lack:
    """What a share or a count over parts still lacks.

    Attributes:
        node: the indicator, as decided.
        missing: the parts that surely do not count.
        open: the parts of which that is not known.
    """

    node: Node
    missing: tuple[Member, ...]
    open: tuple[Member, ...]


def lacking(decision: Decision, rules: RuleSet) -> Iterator[Lack]:
    """For each indicator that counts parts and is not met: which of them do not count, and of which it is not known."""
    for indicator in rules.inputs if decision.subject.members else ():
        if not indicator.measure.counted:
            continue
        node = decision[indicator.indicator]
        if node.outcome not in (Outcome.NOT_MET, Outcome.UNDETERMINED):
            continue
        missing, open_ = [], []
        for member in decision.subject.members:
            alone = derive(indicator.measure, (member,), rules.declared)
            if isinstance(alone, Between) and not alone.high:
                missing.append(member)
            elif alone is Uncounted.MAYBE_NONE or (isinstance(alone, Between) and alone.low < alone.high):
                open_.append(member)
        yield Lack(node, tuple(missing), tuple(open_))
