"""The plan: which units are nearest to a standard, and the least number of indicators to raise so that enough of them meet it.

Units do not share indicators, so a least plan takes those with the least to raise; its size is exact. What is not known of a unit
makes its distance a range: *least* if everything unknown turns out well, *most* if nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import SCORE, Node
from ntm_rules.decide.explain.fixes import Fix, smallest_fixes
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.values import Bilingual, Outcome


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit that does not count yet, and how far it is from the standard.

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
    def label(self) -> str:
        """What people call it."""
        return self.name or self.unit

    @property
    def order(self) -> tuple[Any, ...]:
        """The nearer comes first."""
        return self.most, self.least, self.criteria, self.unit

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
            "fixes": _plain_fixes(self.fixes),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion of one unit that is not surely met, and how far it is from that.

    Attributes:
        unit: code of the unit.
        name: its name.
        criterion: the number of the criterion; empty where only the number of criteria met is known, so which one it is is open.
        least: the fewest indicators to raise, if everything unknown turns out to be met.
        most: the fewest, if nothing unknown turns out to be met.
        fixes: the indicators; empty where which criterion it is is open.
        failed: whether it is surely not met.
    """

    unit: str
    name: str
    criterion: str
    least: int
    most: int
    fixes: tuple[Fix, ...] = ()
    failed: bool = True

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.name or self.unit} · {self.criterion or '?'}"

    @property
    def order(self) -> tuple[Any, ...]:
        """The nearer comes first."""
        return self.most, self.least, self.failed, self.unit, self.criterion

    def as_dict(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "unit": self.unit,
            "name": self.name,
            "criterion": self.criterion or None,
            "indicators": [self.least, self.most],
            "criteria": [int(self.failed), 1],
            "fixes": _plain_fixes(self.fixes),
        }


def _plain_fixes(fixes: Iterable[Fix]) -> list[dict[str, Any]]:
    return [{"id": fix.id, "outcome": fix.outcome.value, "gap": None if fix.gap is None else str(fix.gap)} for fix in fixes]


Raised = TypeVar("Raised", Candidate, Step)  # what a plan raises: whole units, or single criteria of them


@dataclass(frozen=True, slots=True)
class Plan(Generic[Raised]):
    """A least plan, of units or of criteria.

    Attributes:
        goal: how many are to count.
        counted: the units that count already; of criteria, the unit of each that is met.
        chosen: those to raise, nearest first.
        ties: those left out that are as near as the last one chosen; each could take its place.
        others: those further away.
        reachable: whether there are enough at all.
    """

    goal: int
    counted: tuple[str, ...]
    chosen: tuple[Raised, ...]
    ties: tuple[Raised, ...]
    others: tuple[Raised, ...]
    reachable: bool

    @property
    def most(self) -> int:
        """How many indicators the plan raises, if nothing unknown turns out to be met. No plan is sure to need fewer."""
        return sum(one.most for one in self.chosen)

    @property
    def least(self) -> int:
        """The fewest indicators by which the goal may be reached, if everything unknown turns out to be met."""
        every = sorted(one.least for one in (*self.chosen, *self.ties, *self.others))
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


def candidate_of(decision: Decision, name: str = "", criteria: int | None = None) -> Candidate:
    """How far a decided unit is from its standard, or from so many criteria of it.

    Args:
        decision: the unit, decided.
        name: its name.
        criteria: how many criteria it has to meet; left out, the whole set.
    """
    failed, unknown = decision.count(Outcome.NOT_MET), decision.count(Outcome.UNDETERMINED)
    met = decision.count(Outcome.MET) + decision.count(Outcome.NOT_APPLICABLE)
    if criteria is None:
        fixes = decision.smallest_fixes()
        least = min(_if_all_goes_well(decision.root), len(fixes))
        return Candidate(decision.subject.id, name, least, len(fixes), (failed, failed + unknown), fixes, (met, met + unknown))
    steps = steps_of(decision)
    lacking = max(criteria - met, 0), max(criteria - met - unknown, 0)
    fixes = tuple(fix for step in sorted(steps, key=lambda step: step.most)[: lacking[0]] for fix in step.fixes)
    least = sum(sorted(step.least for step in steps if step.least)[: lacking[1]])
    return Candidate(decision.subject.id, name, least, len(fixes), (lacking[1], lacking[0]), fixes, (met, met + unknown))


def steps_of(decision: Decision, name: str = "") -> tuple[Step, ...]:
    """The criteria a decided unit does not surely meet, each as far as it is from being met."""
    found = []
    for node in decision.criteria:
        if node.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED):
            fixes, failed = smallest_fixes(node), node.outcome is Outcome.NOT_MET
            least = min(_if_all_goes_well(node), len(fixes))
            found.append(Step(decision.subject.id, name, node.id, least, len(fixes), fixes, failed))
    return tuple(found)


def candidate_of_count(unit: str, name: str, met: int | None, rules: RuleSet, criteria: int | None = None) -> Candidate:
    """How far a unit is of which only the number of criteria met is known: one indicator a criterion at least, all of them at most.

    Args:
        unit: its code.
        name: its name.
        met: how many criteria it meets; None where not even that is known.
        rules: the set.
        criteria: how many criteria it has to meet; left out, the whole set.
    """
    total = len(rules.criteria)
    wanted = total if criteria is None else criteria
    low, high = (0, total) if met is None else (met, met)
    lacking = max(wanted - high, 0), max(wanted - low, 0)
    # at worst those that fail are the largest; of them, the smallest are raised
    sizes = sorted((max(len(criterion.indicators), 1) for criterion in rules.criteria), reverse=True)
    most = sum(sizes[max(total - wanted, 0) : max(total - low, 0)])
    return Candidate(unit, name, lacking[0], most, lacking, (), (low, high))


def steps_of_count(unit: str, name: str, met: int | None, rules: RuleSet) -> tuple[Step, ...]:
    """The criteria a unit lacks of which only the number met is known; which ones they are is open."""
    sizes = sorted((max(len(criterion.indicators), 1) for criterion in rules.criteria), reverse=True)
    least = 0 if met is None else 1
    return tuple(Step(unit, name, "", least, size, (), met is not None) for size in sizes[: len(sizes) - (met or 0)])


def _if_all_goes_well(node: Node) -> int:
    """The least number of leaves to raise for a node to be met, if every unknown leaf turns out to be met."""
    if node.outcome is not Outcome.NOT_MET:
        return 0  # open: some way the unknown can turn out meets it
    ways = sorted(_if_all_goes_well(part) for part in node.parts if part.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED))
    if not ways or node.reason is not None or node.face.operator == SCORE:
        return 1
    met = sum(part.outcome is Outcome.MET for part in node.parts)
    lacking = COMBINATIONS[node.face.operator].needs(met + len(ways), node.face.k) - met
    return sum(ways[:lacking]) if lacking <= len(ways) else 1


def make_plan(candidates: Iterable[Raised], goal: int, counted: Sequence[str] = ()) -> Plan[Raised]:
    """The least plan by which ``goal`` units, or criteria of units, count.

    Args:
        candidates: what does not count yet.
        goal: how many are to count.
        counted: the units that count already; of criteria, the unit of each that is met.
    """
    ordered = sorted(candidates, key=lambda one: one.order)
    need = max(goal - len(counted), 0)
    chosen, rest = ordered[:need], ordered[need:]
    last = chosen[-1].most if chosen else -1
    ties = [one for one in rest if one.most == last]
    others = [one for one in rest if one.most != last]
    return Plan(goal, tuple(counted), tuple(chosen), tuple(ties), tuple(others), need <= len(ordered))


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
