"""What is known of a unit under a set: decided, with statuses, class and province as the register has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.register.acts import REGISTERED, Act, Unit, is_first
from ntm_rules.register.area import attribute_on
from ntm_rules.register.book import Register
from ntm_rules.register.editions import Found
from ntm_rules.register.law import RevocationLaw
from ntm_rules.values import Bilingual, Outcome, SourceLevel, Unknown

Values = Mapping[tuple[str, str], Subject]  # what is known of a unit, by unit and family of the set it was read for


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts about a unit come to under one set: a decision, or only a number of criteria met, or problems."""

    decision: Decision | None
    reasons: tuple[Bilingual, ...] = ()
    instruments: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    count: int | None = None
    total: int = 0
    empty: bool = False


class Knowledge:
    """What is known of the units of a register on a day.

    Args:
        register: the acts on record.
        on: the day.
        values: what is known of the units, by unit and family of sets.
        catalogue: the rulesets.
        law: what a recognition brings about.
        accept: the weakest source level that may decide.
    """

    def __init__(self, register: Register, on: date, values: Values, catalogue: Catalogue, law: RevocationLaw, accept: SourceLevel) -> None:
        self.register: Register = register
        self.on: date = on
        self.values: Values = values
        self.catalogue: Catalogue = catalogue
        self.law: RevocationLaw = law
        self.accept: SourceLevel = accept
        self._rules: dict[tuple[str, str | None], RuleSet] = {}

    def of(self, act: Act, found: Found, province: str | None) -> Known:
        """What is known of the unit under a set, decided: with statuses, class and province as the register has them."""
        assert found.name is not None
        rules = self._load(found.name, province)
        given = self.given(act, found.family)
        subject, reasons, instruments, problems = self._subject(act, rules, given)
        if problems:
            return Known(None, problems=problems)
        count, total = subject.attributes.get("criteria_met"), len(rules.criteria)
        if not subject.values and not subject.attested and isinstance(count, (int, Decimal)) and is_first(act.status):
            if int(count) > total:
                return Known(None, problems=(Problem("NTM-824", self._place(act), {"unit": act.unit, "count": count, "total": total}),))
            return Known(None, reasons, (*rules.identity.instruments, *instruments), count=int(count), total=total)
        try:
            decision = rules.evaluate(subject, accept=self.accept)
        except SubjectError as error:
            return Known(None, problems=error.problems)
        return Known(decision, reasons, instruments, empty=given is None)

    def _subject(
        self, act: Act, rules: RuleSet, given: Subject | None
    ) -> tuple[Subject, tuple[Bilingual, ...], tuple[str, ...], tuple[Problem, ...]]:
        life = self.register.life_of(act)
        listed = life.described(self.on)
        attributes: dict[str, Any] = {**(listed.attributes if listed else {}), **(given.attributes if given else {})}
        wanted = rules.declared
        problems, reasons, instruments = [*self._disagreements(act, listed, given)], [], []
        for status, holds in self.register.holds(life, self.on).items():
            if status not in wanted or holds is None:
                continue
            if attributes.get(status) not in (None, holds) and not isinstance(attributes[status], Unknown):
                words = {"unit": act.unit, "status": REGISTERED[status], "register": _yes(holds), "table": _yes(not holds)}
                problems.append(Problem("NTM-809", act.place, words))
            attributes[status] = holds
        stated = dict(attributes)
        for name in self.law.changed:
            if stated.get(name) is None or name not in rules.attributes:
                continue
            derived = attribute_on(self.register, act.unit, name, self.on, self.law, stated)
            attributes[name] = derived.value
            if derived.reason is not None:
                reasons.append(derived.reason)
            if derived.effect is not None and derived.effect.source.instrument:
                instruments.append(derived.effect.source.instrument)
        known = {name: value for name, value in attributes.items() if name in wanted}
        base = given.plain_data() if given else {"id": act.unit, "kind": rules.kind, "name": self.register.name(life, self.on)}
        if not base.get("members"):
            base = {**base, "members": self._members(act, rules)}
        subject = Subject.read({**base, "attributes": known})
        return subject, tuple(reasons), tuple(instruments), tuple(problems)

    def given(self, act: Act, family: str) -> Subject | None:
        """What the tables know of the unit, under any of its codes."""
        codes = reversed(self.register.life_of(act).codes)
        return next((self.values[code, family] for code in codes if (code, family) in self.values), None)

    def _members(self, act: Act, rules: RuleSet) -> list[dict[str, Any]]:
        """The units of the list that are part of the unit, with the statuses they hold, where the set counts such parts."""
        counted = {indicator.measure.counted for indicator in rules.inputs} - {None}
        found = []
        for part in self.register.parts(act.unit, self.on) if counted else ():
            if part.kind in counted:
                held = {status: holds for status, holds in self.register.holds(part.id, self.on).items() if holds is not None}
                attributes = {name: value for name, value in {**part.attributes, **held}.items() if name in rules.declared}
                found.append({"id": part.id, "kind": part.kind, "name": part.name, "attributes": attributes})
        return found

    def _place(self, act: Act) -> Place:
        """Where the unit stands on the list, or else the act in the register."""
        listed = self.register.listed(self.register.life_of(act), self.on)
        return listed.place if listed else act.place

    def _disagreements(self, act: Act, listed: Unit | None, given: Subject | None) -> Iterator[Problem]:
        """What the list of units and the table say otherwise about the unit; its class may be the one that followed recognition at once."""
        if listed is None or given is None:
            return
        at_once = replace(self.law, counts_from="at_once")
        for name in ("province", "region", "area", "unit_type"):
            first, second = listed.attributes.get(name), given.attributes.get(name)
            if None in (first, second) or first == second or isinstance(first, Unknown) or isinstance(second, Unknown):
                continue
            if attribute_on(self.register, act.unit, name, self.on, at_once, listed.attributes).value != second:
                title = STANDARD_ATTRIBUTES[name].title
                yield Problem("NTM-823", listed.place, {"unit": act.unit, "attribute": title, "listed": first, "table": second})

    def _load(self, name: str, province: str | None) -> RuleSet:
        key = (name, province)
        if key not in self._rules:
            self._rules[key] = load(name, on=self.on, province=province, catalogue=self.catalogue)
        return self._rules[key]


def _yes(answer: bool) -> Bilingual:
    return Bilingual("có", "yes") if answer else Bilingual("không", "no")


def criteria_range(unit: Unit | None, decision: Decision | None) -> tuple[int, int] | None:
    """How many criteria a unit meets, least and most: by its decision, or as counted by a source; None where neither says."""
    if decision is not None:
        met = decision.count(Outcome.MET) + decision.count(Outcome.NOT_APPLICABLE)
        return met, met + decision.count(Outcome.UNDETERMINED)
    said = unit.attributes.get("criteria_met") if unit is not None else None
    return None if said is None or isinstance(said, Unknown) else (int(said), int(said))
