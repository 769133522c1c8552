"""A plan for the units of a place: what is known of them from decisions, from a list and from a register, and what they are to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.model.ruleset import Indicator
from ntm_rules.planning.counting import condition_holds, goal_of
from ntm_rules.planning.goal import belongs, criteria_asked, find_target, required_of
from ntm_rules.planning.least import Candidate, Plan, Step, candidate_of, candidate_of_count, make_plan, steps_of, steps_of_count
from ntm_rules.register.acts import is_first
from ntm_rules.register.book import Register
from ntm_rules.register.known import criteria_range
from ntm_rules.register.review import Watch
from ntm_rules.values import Outcome


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached.

    Attributes:
        units: how many units are to count; None where the target of a set says it.
        criteria: how many criteria a unit has to meet in order to count; None: the whole set.
        targets: a set of targets.
        indicator: the number of the target in it.
    """

    units: int | None = None
    criteria: int | None = None
    targets: RuleSet | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a unit: its decision, or how many criteria it meets, or nothing; and the statuses it holds."""

    unit: str
    name: str
    decision: Decision | None
    count: int | None
    attributes: Mapping[str, Any]

    def candidate(self, rules: RuleSet, criteria: int | None) -> Candidate:
        """How far it is."""
        if self.decision is not None:
            return candidate_of(self.decision, self.name, criteria)
        return candidate_of_count(self.unit, self.name, self.count, rules, criteria)

    def steps(self, rules: RuleSet) -> tuple[Step, ...]:
        """The criteria it may lack, each by itself."""
        if self.decision is not None:
            return steps_of(self.decision, self.name)
        return steps_of_count(self.unit, self.name, self.count, rules)


def known_units(rules: RuleSet, register: Register, on: date | None, decisions: Mapping[str, Decision]) -> tuple[Known, ...]:
    """The units of the kind of a set: those on the list that exist on the day, and those that were decided.

    Args:
        rules: the set whose indicators are to be raised.
        register: the acts on record, with the list of units; where it has acts, the day is needed.
        on: the day.
        decisions: what the units meet, by their codes.

    A number of criteria on the list speaks of the first set of a unit only, as in the review of the register.
    """
    day = on or date.max
    listed = {unit.id: unit for unit in register.existing(day) if unit.kind == rules.kind and (unit.is_commune or unit.kind != "commune")}
    counted = rules.document.grants is not None and is_first(rules.document.grants)
    found = []
    for code in dict.fromkeys((*decisions, *listed)):
        unit, decision = listed.get(code), decisions.get(code)
        held = {status: holds for status, holds in register.holds(code, day).items() if holds is not None} if register.acts else {}
        said = criteria_range(unit, None) if counted else None
        name = (unit.name if unit else "") or (decision.subject.name if decision else "")
        attributes = {**(unit.attributes if unit else {}), **(decision.subject.attributes if decision else {}), **held}
        found.append(Known(code, name, decision, said[0] if said else None, attributes))
    return tuple(found)


def plan_for(
    goal: Goal,
    rules: RuleSet,
    units: tuple[Known, ...],
    *,
    catalogue: Catalogue | None = None,
    province: str | None = None,
    watch: Watch = iter,
) -> tuple[Plan[Candidate], int | None]:
    """The least plan by which enough units count, and how many criteria makes a unit count (None: the whole set).

    Args:
        goal: what is to be reached.
        rules: the set whose indicators are to be raised.
        units: what is known of the units.
        catalogue: the rulesets; left out, those that come with the library.
        province: code of the province of the targets.
        watch: sees the units pass as the least to raise of each is sought; it hands on all of them.

    Raises:
        NtmError: no plan of this set can be made for the target.
    """
    criteria, wanted = goal.criteria, goal.units
    indicator: Indicator | None = None
    if goal.targets is not None:
        indicator = find_target(goal.targets, goal.indicator)
        criteria = criteria_asked(indicator, goal.targets, rules, catalogue or bundled())
        units = tuple(one for one in units if belongs(indicator, one.attributes, goal.targets))
        wanted = goal_of(indicator, required_of(goal.targets, indicator, province), len(units))
    counted, candidates = [], []
    for one in watch(units):
        candidate = one.candidate(rules, criteria)
        if candidate.most == 0 or _holds(one, rules, criteria, indicator, goal.targets):
            counted.append(one.unit)
        else:
            candidates.append(candidate)
    return make_plan(candidates, wanted if wanted is not None else len(units), counted), criteria


def _holds(one: Known, rules: RuleSet, criteria: int | None, indicator: Indicator | None, targets: RuleSet | None) -> bool:
    """Whether a unit counts by a status it holds."""
    if indicator is not None and targets is not None and indicator.measure.where is not None:
        held = {name: value for name, value in one.attributes.items() if isinstance(value, bool)}
        return condition_holds(indicator.measure.where, held, targets) is Outcome.MET
    return criteria is None and one.attributes.get(rules.document.grants or "") is True


def mean_plan(mean: Decimal, rules: RuleSet, units: tuple[Known, ...], watch: Watch = iter) -> Plan[Step]:
    """The least plan by which the units meet so many criteria on average: the cheapest criteria, wherever they are.

    The plan counts criteria, not units: each step is one criterion of one unit.

    Args:
        mean: the mean to reach, compared exactly.
        rules: the set whose indicators are to be raised.
        units: what is known of the units.
        watch: as in :func:`plan_for`.
    """
    steps = {one.unit: one.steps(rules) for one in watch(units)}
    met = [code for code, own in steps.items() for _ in range(len(rules.criteria) - len(own))]
    goal = int((mean * len(units)).to_integral_value(ROUND_CEILING))
    return make_plan((step for own in steps.values() for step in own), goal, met)
