"""The plan: which communes are nearest to a standard, and the least number of indicators to raise so that enough of them meet it.

Communes do not share indicators, so a least plan takes those with the least to raise; its size is exact. What is not known of a commune
makes its distance a range: *least* if everything unknown turns out well, *most* if nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.fixes import Fix
from ntm_rules.decide.node import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.ruleset import Indicator
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.values import Bilingual, Outcome


@dataclass(frozen=True, slots=True)
class Candidate:
    """One commune that does not count yet, and how far it is from the standard.

    Attributes:
        unit: its code.
        name: its name.
        least: the fewest indicators it must raise, if everything unknown turns out to be met.
        most: the fewest it must raise, if nothing unknown turns out to be met.
        criteria: criteria not met, at least and at most.
        fixes: the indicators that stand between it and the standard; empty where only a number of criteria is known.
        met: criteria met, at least and at most.
    """

    unit: str
    name: str
    least: int
    most: int
    criteria: tuple[int, int]
    fixes: tuple[Fix, ...] = ()
    met: tuple[int, int] = (0, 0)

    @property
    def exact(self) -> bool:
        """Whether the distance is one number."""
        return self.least == self.most

    def years(self, per_year: int) -> tuple[int, int]:
        """How many years it takes to gain the criteria it lacks, least and most, at so many a year."""
        low, high = (-(-lacking // per_year) for lacking in self.criteria)
        return low, high

    def as_dict(self) -> dict[str, Any]:
        """The candidate as plain data."""
        return {
            "unit": self.unit,
            "name": self.name,
            "indicators": [self.least, self.most],
            "criteria": list(self.criteria),
            "fixes": [{"id": fix.id, "outcome": fix.outcome.value, "gap": None if fix.gap is None else str(fix.gap)} for fix in self.fixes],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A least plan.

    Attributes:
        goal: how many units are to count.
        counted: units that count already.
        chosen: those to raise, nearest first.
        ties: units left out that are as near as the last one chosen; each could take its place.
        others: the units further away.
        reachable: whether there are enough units at all.
    """

    goal: int
    counted: tuple[str, ...]
    chosen: tuple[Candidate, ...]
    ties: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    reachable: bool

    @property
    def most(self) -> int:
        """How many indicators the plan raises, if nothing unknown turns out to be met. No plan is sure to need fewer."""
        return sum(candidate.most for candidate in self.chosen)

    @property
    def least(self) -> int:
        """The fewest indicators by which the goal may be reached, if everything unknown turns out to be met."""
        every = sorted(candidate.least for candidate in (*self.chosen, *self.ties, *self.others))
        return sum(every[: len(self.chosen)])

    @property
    def exact(self) -> bool:
        """Whether the size of the plan is one number."""
        return self.least == self.most

    def as_dict(self) -> dict[str, Any]:
        """The plan as plain data."""
        return {
            "goal": self.goal,
            "counted": len(self.counted),
            "reachable": self.reachable,
            "indicators": [self.least, self.most],
            "chosen": [one.as_dict() for one in self.chosen],
            "ties": [one.as_dict() for one in self.ties],
            "others": [one.as_dict() for one in self.others],
        }


def candidate_of(decision: Decision, name: str = "") -> Candidate:
    """How far a decided unit is from its standard."""
    failed, unknown = decision.count(Outcome.NOT_MET), decision.count(Outcome.UNDETERMINED)
    met = decision.count(Outcome.MET) + decision.count(Outcome.NOT_APPLICABLE)
    fixes = decision.smallest_fixes()
    least = min(_if_all_goes_well(decision.root), len(fixes))
    return Candidate(decision.subject.id, name, least, len(fixes), (failed, failed + unknown), fixes, (met, met + unknown))


def candidate_of_count(unit: str, name: str, met: int, rules: RuleSet) -> Candidate:
    """How far a unit is of which only the number of criteria met is known: one indicator a criterion at least, all of them at most."""
    lacking = max(len(rules.criteria) - met, 0)
    sizes = sorted((max(len(criterion.indicators), 1) for criterion in rules.criteria), reverse=True)
    return Candidate(unit, name, lacking, sum(sizes[:lacking]), (lacking, lacking), (), (met, met))


def _if_all_goes_well(node: Node) -> int:
    """The least number of leaves to raise for a node to be met, if every unknown leaf turns out to be met."""
    if node.outcome is not Outcome.NOT_MET:
        return 0  # open: some way the unknown can turn out meets it
    ways = sorted(_if_all_goes_well(part) for part in node.parts if part.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED))
    if not ways or node.reason is not None:
        return 1
    if node.face.operator == "all_of":
        return sum(ways)
    met = sum(part.outcome is Outcome.MET for part in node.parts)
    lacking = 1 if node.face.operator == "any_of" else node.face.k - met
    return sum(ways[:lacking]) if lacking <= len(ways) else 1


def make_plan(candidates: Iterable[Candidate], goal: int, counted: Sequence[str] = ()) -> Plan:
    """The least plan by which ``goal`` units count.

    Args:
        candidates: the units that do not count yet.
        goal: how many are to count.
        counted: the units that count already.
    """
    ordered = sorted(candidates, key=lambda one: (one.most, one.least, one.criteria, one.unit))
    need = max(goal - len(counted), 0)
    chosen, rest = ordered[:need], ordered[need:]
    last = chosen[-1].most if chosen else -1
    ties = [one for one in rest if one.most == last]
    others = [one for one in rest if one.most != last]
    return Plan(goal, tuple(counted), tuple(chosen), tuple(ties), tuple(others), need <= len(ordered))


def goal_of(indicator: Indicator, required: Any, total: int, place: Place = Place()) -> int:  # noqa: B008 - Place is immutable
    """The number of units that a target asks for: a count, or the fewest units that make a share.

    53 of 85 are 62.3529 %, so a share of 62.35 % asks for 53.

    Raises:
        NtmError: the indicator counts no units, or its bound is not known.
    """
    if indicator.measure.counted is None or not isinstance(required, Decimal) or indicator.operator not in ("at_least", "above"):
        raise NtmError([Problem("NTM-818", place, {"target": indicator.indicator})])
    bound = required if indicator.measure.count_of else required * total / 100
    goal = int(bound.to_integral_value(ROUND_CEILING))
    return goal + 1 if indicator.operator == "above" and goal == bound else goal


def years_until(on: date, deadline: date) -> int:
    """How many ends of a year lie after a day, up to a deadline: two from 2023-12-31 to 2025-12-31."""
    first = on.year if (on.month, on.day) < (12, 31) else on.year + 1
    last = deadline.year if (deadline.month, deadline.day) == (12, 31) else deadline.year - 1
    return max(last - first + 1, 0)


def feasible(candidate: Candidate, years: int, per_year: int) -> bool | None:
    """Whether a unit can gain the criteria it lacks in so many years at so many a year; None where that is open."""
    low, high = candidate.years(per_year)
    if high <= years:
        return True
    return False if low > years else None


FEASIBLE: Mapping[bool | None, Bilingual] = {
    True: Bilingual("kịp", "in time"),
    False: Bilingual("không kịp", "not in time"),
    None: Bilingual("chưa rõ", "open"),
}
