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

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.choose import applicable
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.members import Between, derive
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.subject import Member, Subject
from ntm_rules.planning.counted_parts import Part, counts, parts_of
from ntm_rules.planning.counting import between, goal_of
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.acts import FIRST_STATUS
from ntm_rules.register.book import Register
from ntm_rules.register.joining import Joiner
from ntm_rules.register.review import Watch
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel, SubjectKind, Unknown, shown


@dataclass(frozen=True, slots=True)
class Target:
    """One target on a day.

    Attributes:
        id: number of the indicator.
        title: what is to be reached.
        counted: the node decided from register and decisions.
        between: the count or share, as a range; None where it is not counted from units.
        stated: the node decided from the published value; None where none was given.
        short: by how many units the count misses the target, at least and at most; None where it is not counted from units, or it is
            open of how many.
        kind: the kind of unit that is counted, if any is.
    """

    id: str
    title: Bilingual
    counted: Node
    between: Between | None
    stated: Node | None
    short: tuple[int, int] | None = None
    kind: SubjectKind | None = None

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

    @property
    def contradiction(self) -> Problem:
        """The published value beside what counting allows; for a target in conflict."""
        assert self.between is not None
        assert self.stated is not None
        words = {"unit": self.title, "published": self.stated.observed, "low": _both(self.between.low), "high": _both(self.between.high)}
        return Problem("NTM-821", Place(path=self.id), words)

    def counted_text(self, lang: Lang) -> str:
        """The count or share for people: ``26–85``, ``30,59%–100%``; empty where it is not counted."""
        if self.between is None:
            return ""
        low, high = _number(self.between.low, lang), _number(self.between.high, lang)
        unit = "%" if self.counted.unit.vi == "%" else ""
        return f"{low}{unit}" if self.between.low == self.between.high else f"{low}{unit}–{high}{unit}"

    def missed_by(self, lang: Lang) -> str:
        """What is missing, in units where units are counted: ``còn thiếu 29 xã``; empty where nothing is, or it is open."""
        node = self.stated if self.basis == "published" and self.stated is not None else self.counted
        if self.short is None or self.kind is None or self.basis != "counted":
            return node.missed_by(lang)
        low, high = self.short
        if self.outcome is not Outcome.NOT_MET or not high:
            return ""
        amount = Bilingual("{} {}").fill(between(low, high), KINDS[self.kind].many)
        return OPERATORS[node.face.operator].missed_by.fill(amount).say(lang)

    def as_dict(self) -> dict[str, Any]:
        """The target as plain data; numbers as text, ``short`` in units."""
        value = self.stated.observed if self.stated is not None else None
        required = self.counted.required
        counted = None
        if self.between is not None:
            counted = {"low": str(self.between.low), "high": str(self.between.high), "open": self.between.open}
        return {
            "id": self.id,
            "title": self.title.both(),
            "required": str(required) if isinstance(required, Decimal) else required,
            "counted": counted,
            "counted_outcome": self.counted.outcome.value,
            "published": str(value) if isinstance(value, Decimal) else None,
            "outcome": self.outcome.value,
            "basis": self.basis or None,
            "short": list(self.short) if self.short is not None else None,
            "conflict": self.conflict,
        }


def _two(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _number(number: Decimal, lang: Lang) -> str:
    return shown(number.to_integral_value() if number == number.to_integral_value() else _two(number), lang)


def _both(number: Decimal) -> Bilingual:
    return Bilingual(_number(number, "vi"), _number(number, "en"))


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
    parts = list(parts_of(register, on, decisions or {}))
    stated = rules.evaluate(Subject(id=who, kind="province", values=dict(values))) if values else None
    plain = _province(who, parts, None, rules)
    whole = rules.evaluate(plain)
    ranged = any(part.is_open for part in parts)
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
        counted_as = derived if isinstance(derived, Between) else None
        own = stated[indicator.indicator] if stated is not None and values and indicator.indicator in values else None
        short = _short(indicator, counted.required, subject, rules) if counted_as is not None else None
        found.append(Target(indicator.indicator, indicator.title, counted, counted_as, own, short, measure.counted))
    return tuple(found)


def _short(indicator: Indicator, required: Any, subject: Subject, rules: RuleSet) -> tuple[int, int] | None:
    """By how many units a count or a share misses its bound: at least, if all that is open counts; at most, if nothing of it does."""
    measure, known = indicator.measure, Outcome.MET
    base = sure = may = doubtful = 0
    for member in subject.members:
        if member.kind == measure.counted:
            among, where = counts(measure, member.attributes, rules)
            base += among is known
            doubtful += among is Outcome.UNDETERMINED
            sure += among is known and where is known
            may += Outcome.NOT_MET not in (among, where)
    if doubtful and (measure.share_of or OPERATORS[indicator.operator].direction <= 0):
        return None
    try:
        goal = goal_of(indicator, required, base)
    except NtmError:
        return None
    if OPERATORS[indicator.operator].direction <= 0:  # so many are to be left at most: the others count
        sure, may = base - may, base - sure
    return max(goal - may, 0), max(goal - sure, 0)


def decided(
    known: Mapping[tuple[str, str], Subject],
    register: Register,
    on: date,
    *,
    catalogue: Catalogue,
    province: str | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    watch: Watch = iter,
) -> tuple[dict[str, Decision], list[Problem]]:
    """What units meet of the sets whose criteria targets count, in force on a day; and what keeps others from being decided.

    Args:
        known: what is known of the units, by their codes and the family of sets it was read for.
        register: the acts on record, with the list of units.
        on: the day.
        catalogue: the rulesets.
        province: slug of the province.
        accept: the weakest source level that may decide.
        watch: sees every unit pass as it is judged, to show how far it has come; it hands on all of them.

    Raises:
        NtmError: no set of a family is in force that day.
    """
    families = {family: applicable(family, on=on, province=province, catalogue=catalogue) for family in dict.fromkeys(f for _, f in known)}
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    joiner = Joiner.of(register, on, catalogue)
    for (unit, family), subject in watch(known.items()):
        if families[family].document.grants == FIRST_STATUS:
            decision, wrong = joiner.decide(unit, families[family], subject, SourceLevel(accept))
            problems += wrong
            if decision is not None:
                found[unit] = decision
    return found, problems


_ELSEWHERE = Unknown("xét riêng")


def _province(who: str, parts: Iterable[Part], measure: Measure | None, rules: RuleSet, values: Mapping[str, Any] | None = None) -> Subject:
    members = [
        Member(id=part.unit.id, kind=part.unit.kind, name=part.unit.name, attributes=part.attributes_for(measure, rules))
        for part in parts
        if measure is None or part.unit.kind == measure.counted
    ]
    return Subject(id=who, kind="province", members=members, values=dict(values or {}))
