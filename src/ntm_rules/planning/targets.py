"""How a province stands to its targets: counted from a register and decisions, beside the totals it published.

A target is a criterion of an ordinary ruleset (``targets/kon-tum-2024``), so it is decided like any other, with the same explanation. What
is added here is the subject: the province with its units as parts, each with the statuses it holds on the day and the criteria it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.attributes import decide_condition, read_attributes
from ntm_rules.decide.engine.members import Between, derive
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import Condition, attributes_of
from ntm_rules.model.subject import Member, Subject
from ntm_rules.published.statistics import criteria_range
from ntm_rules.register.acts import Unit
from ntm_rules.register.book import Register
from ntm_rules.values import Bilingual, Lang, Outcome, Unknown, shown


@dataclass(frozen=True, slots=True)
class Target:
    """One target on a day.

    Attributes:
        id: number of the indicator.
        title: what is to be reached.
        counted: the node decided from register and decisions.
        between: the count or share, as a range; None where it is not counted from units.
        stated: the node decided from the published value; None where none was given.
    """

    id: str
    title: Bilingual
    counted: Node
    between: Between | None
    stated: Node | None

    @property
    def outcome(self) -> Outcome:
        """Counted, where counting settles it; else as the published value says."""
        if self.counted.outcome is not Outcome.UNDETERMINED or self.stated is None:
            return self.counted.outcome
        return self.stated.outcome

    @property
    def basis(self) -> str:
        """``counted``, ``published``, or empty where nothing settles it."""
        if self.counted.outcome is not Outcome.UNDETERMINED:
            return "counted"
        return "published" if self.stated is not None and self.stated.outcome is not Outcome.UNDETERMINED else ""

    @property
    def conflict(self) -> bool:
        """Whether the published value is none that counting allows."""
        value = self.stated.observed if self.stated is not None else None
        if self.between is None or not isinstance(value, Decimal):
            return False
        return not _two(self.between.low) <= _two(value) <= _two(self.between.high)

    def counted_text(self, lang: Lang) -> str:
        """The count or share for people: ``26–85``, ``30,59%–100%``; empty where it is not counted."""
        if self.between is None:
            return ""
        low, high = _number(self.between.low, lang), _number(self.between.high, lang)
        unit = "%" if self.counted.unit.vi == "%" else ""
        return f"{low}{unit}" if self.between.low == self.between.high else f"{low}{unit}–{high}{unit}"

    def as_dict(self) -> dict[str, Any]:
        """The target as plain data; numbers as text."""
        value = self.stated.observed if self.stated is not None else None
        required = self.counted.required
        counted = None
        if self.between is not None:
            counted = {"low": str(self.between.low), "high": str(self.between.high), "open": self.between.open}
        return {
            "id": self.id,
            "title": {"vi": self.title.vi, "en": self.title.en},
            "required": str(required) if isinstance(required, Decimal) else required,
            "counted": counted,
            "counted_outcome": self.counted.outcome.value,
            "published": str(value) if isinstance(value, Decimal) else None,
            "outcome": self.outcome.value,
            "basis": self.basis or None,
            "conflict": self.conflict,
        }


def _two(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _number(number: Decimal, lang: Lang) -> str:
    return shown(number.to_integral_value() if number == number.to_integral_value() else _two(number), lang)


def against_targets(
    rules: RuleSet,
    register: Register,
    on: date,
    *,
    decisions: Mapping[str, Decision] | None = None,
    values: Mapping[str, Any] | None = None,
    province: str | None = None,
) -> tuple[Target, ...]:
    """Every target of a set on a day.

    Args:
        rules: the set of targets.
        register: the acts on record, with the list of units.
        on: the day.
        decisions: what the communes meet, by their codes.
        values: published values, by the number of the indicator.
        province: the province, by slug or official name, where the set does not say it.

    Raises:
        NotFound: the province is not on the list.
        SubjectError: a value or an attribute of a unit cannot be read.
    """
    if province is not None and rules.provinces is not None:
        province = rules.provinces.require(province)
    who = province or rules.document.province or "province"
    parts = list(_parts(register, on, decisions or {}))
    stated = rules.evaluate(Subject(id=who, kind="province", values=dict(values))) if values else None
    plain = _province(who, parts, None, rules)
    whole = rules.evaluate(plain)
    ranged = any(part.criteria is not None and part.criteria[0] < part.criteria[1] for part in parts)
    found = []
    for indicator in rules.indicators:
        measure = indicator.measure
        subject, decision = plain, whole
        if measure.counted and ranged:  # what is open of a part may be settled for this measure alone
            others = {one.indicator: _ELSEWHERE for one in rules.inputs if one.measure.counted and one.indicator != indicator.indicator}
            subject = _province(who, parts, measure, rules, others)
            decision = rules.evaluate(subject)
        counted = decision[indicator.indicator]
        derived = derive(measure, subject.members, rules.declared) if measure.counted and subject.members else None
        between = derived if isinstance(derived, Between) else None
        own = stated[indicator.indicator] if stated is not None and values and indicator.indicator in values else None
        found.append(Target(indicator.indicator, indicator.title, counted, between, own))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Part:
    unit: Unit
    attributes: dict[str, Any]
    criteria: tuple[int, int] | None


def _parts(register: Register, on: date, decisions: Mapping[str, Decision]) -> Iterable[_Part]:
    """Every unit that exists on the day, with what is known of it."""
    for unit in register.existing(on):
        if unit.kind == "province":
            continue
        held = {status: holds for status, holds in register.holds(unit.id, on).items() if holds is not None}
        yield _Part(unit, {**unit.attributes, **held}, criteria_range(unit, decisions.get(unit.id)))


_ELSEWHERE = Unknown("xét riêng")


def _province(
    who: str, parts: Iterable[_Part], measure: Measure | None, rules: RuleSet, values: Mapping[str, Any] | None = None
) -> Subject:
    members = [
        Member(id=part.unit.id, kind=part.unit.kind, name=part.unit.name, attributes=_attributes(part, measure, rules))
        for part in parts
        if measure is None or part.unit.kind == measure.counted
    ]
    return Subject(id=who, kind="province", members=members, values=dict(values or {}))


def _attributes(part: _Part, measure: Measure | None, rules: RuleSet) -> dict[str, Any]:
    """The attributes of a part.

    Where it is open how many criteria it meets, but not what that means for this measure, any number of them will do.
    """
    attributes = {name: value for name, value in part.attributes.items() if name != "criteria_met" and name in rules.declared}
    if part.criteria is None:
        return attributes
    low, high = part.criteria
    ways = range(low, high + 1)
    if low == high or (measure is not None and len({_counts(measure, {**attributes, "criteria_met": n}, rules) for n in ways}) == 1):
        return {**attributes, "criteria_met": Decimal(low)}
    return {**attributes, "criteria_met": Unknown(f"{low}–{high}")}


def _counts(measure: Measure, attributes: Mapping[str, Any], rules: RuleSet) -> tuple[Outcome, ...]:
    """Whether a part with these attributes is looked at, and whether it counts."""
    conditions = [condition for condition in (measure.among, measure.where) if condition is not None]
    return tuple(condition_holds(condition, attributes, rules) for condition in conditions)


def condition_holds(condition: Condition, attributes: Mapping[str, Any], rules: RuleSet) -> Outcome:
    """Whether a condition of a set holds of a unit with these attributes; what is not given is not known, whatever the set presumes."""
    names = sorted(attributes_of(condition))
    declared = {name: rules.declared[name].model_copy(update={"unless_stated": None}) for name in names}
    known, _, _ = read_attributes({name: value for name, value in attributes.items() if name in declared}, declared, names, "")
    return decide_condition(condition, known, rules.declared).outcome
