"""What a table says of a unit, joined with what the register and the list of units know of it: statuses, class, province, parts.

One office has one answer: whoever judges a unit on a day (a review, an assessment, a plan, a report) judges the subject made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.members import Uncounted, derive
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.subject import Subject
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.acts import REGISTERED, Unit
from ntm_rules.register.area import attribute_on
from ntm_rules.register.book import Register
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.lives import Life
from ntm_rules.values import Bilingual, NotApplicable, SourceLevel, Unknown


@dataclass(frozen=True, slots=True)
class Joined:
    """A subject as table, list and register have it together.

    Attributes:
        subject: the subject, with the attributes and parts that the set looks at.
        reasons: what a recognition changes of it.
        instruments: what that rests on.
        problems: where table, list and register say otherwise; the unit is then not judged.
    """

    subject: Subject
    reasons: tuple[Bilingual, ...] = ()
    instruments: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins what is known of units with a register, on a day.

    Attributes:
        register: the acts on record, with the list of units.
        on: the day.
        law: what a recognition brings about.
        catalogue: the rulesets.
    """

    register: Register
    on: date
    law: RevocationLaw
    catalogue: Catalogue
    _own: dict[RuleSet, ByProvince] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, register: Register, on: date, catalogue: Catalogue) -> Joiner:
        """Joins by the law on record, read as it declares itself to be read."""
        return cls(register, on, RevocationLaw.of(catalogue), catalogue)

    def decide(
        self, unit: str, rules: RuleSet, given: Subject, accept: SourceLevel = SourceLevel.RECALLED
    ) -> tuple[Decision | None, tuple[Problem, ...]]:
        """What the set, as it is in the province of the unit, says of it on the day; or what keeps it from being decided."""
        try:
            own = self._in_its_province(unit, rules, given)
            joined = self.join(unit, own, given)
            if joined.problems:
                return None, joined.problems
            return own.evaluate(joined.subject, accept=accept), ()
        except NtmError as error:
            return None, tuple(error.problems)

    def _in_its_province(self, unit: str, rules: RuleSet, given: Subject) -> RuleSet:
        """The set with what the province of the unit adds to it: of the list, or else of the table."""
        listed = self.register.listed(unit, self.on)
        said = next((one.attributes["province"] for one in (listed, given) if one and one.attributes.get("province")), None)
        if not isinstance(said, str) or self.catalogue.provinces.require(said) == rules.province:
            return rules
        return self._own.setdefault(rules, ByProvince(rules, self.catalogue)).of(said)

    def join(self, unit: str | Life, rules: RuleSet, given: Subject | None = None, *, place: Place | None = None) -> Joined:
        """The subject that a set judges on the day.

        Args:
            unit: its code, or the unit itself.
            rules: the set.
            given: what a table knows of it.
            place: where a disagreement is told; left out, where the unit stands on the list.
        """
        life = self.register.life(unit, self.on)
        listed = life.described(self.on)
        here = place or (listed.place if listed else Place())
        attributes: dict[str, Any] = {**(listed.attributes if listed else {}), **(given.attributes if given else {})}
        wanted = rules.declared
        problems, reasons, instruments = [*self._disagreements(life, listed, given)], list[Bilingual](), list[str]()
        for status, holds in self.register.holds(life, self.on).items():
            if status not in wanted or holds is None:
                continue
            if attributes.get(status) not in (None, holds) and not isinstance(attributes[status], Unknown):
                words = {"unit": life.code, "status": REGISTERED[status], "register": _yes(holds), "table": _yes(not holds)}
                problems.append(Problem("NTM-809", here, words))
            attributes[status] = holds
        stated = dict(attributes)
        for name in self.law.changed:
            if stated.get(name) is None or name not in rules.attributes:
                continue
            derived = attribute_on(self.register, life.code, name, self.on, self.law, stated)
            attributes[name] = derived.value
            if derived.reason is not None:
                reasons.append(derived.reason)
            if derived.effect is not None and derived.effect.source.instrument:
                instruments.append(derived.effect.source.instrument)
        known = {name: value for name, value in attributes.items() if name in wanted}
        base = given.plain_data() if given else {"id": life.code, "kind": rules.kind, "name": self.register.name(life, self.on)}
        if not base.get("members"):
            base = {**base, "members": self._members(life, rules)}
        subject = Subject.read({**base, "attributes": known})
        return Joined(_without_parts_that_are_none(subject, rules), tuple(reasons), tuple(instruments), tuple(problems))

    def _members(self, life: Life, rules: RuleSet) -> list[dict[str, Any]]:
        """The units of the list that are part of the unit, with the statuses they hold, where the set counts such parts."""
        counted = {indicator.measure.counted for indicator in rules.inputs} - {None}
        found = []
        for part in self.register.parts(life.code, self.on) if counted else ():
            if part.kind in counted:
                held = {status: holds for status, holds in self.register.holds(part.id, self.on).items() if holds is not None}
                attributes = {name: value for name, value in {**part.attributes, **held}.items() if name in rules.declared}
                found.append({"id": part.id, "kind": part.kind, "name": part.name, "attributes": attributes})
        return found

    def _disagreements(self, life: Life, listed: Unit | None, given: Subject | None) -> Iterator[Problem]:
        """What the list of units and the table say otherwise about the unit; its class may be the one that followed recognition at once."""
        if listed is None or given is None:
            return
        at_once = replace(self.law, counts_from="at_once")
        for name in ("province", "region", "area", "unit_type"):
            first, second = listed.attributes.get(name), given.attributes.get(name)
            if None in (first, second) or first == second or isinstance(first, Unknown) or isinstance(second, Unknown):
                continue
            if attribute_on(self.register, life.code, name, self.on, at_once, listed.attributes).value != second:
                title = STANDARD_ATTRIBUTES[name].title
                yield Problem("NTM-823", listed.place, {"unit": life.code, "attribute": title, "listed": first, "table": second})


def _without_parts_that_are_none(subject: Subject, rules: RuleSet) -> Subject:
    """The subject with «does not apply» for a share of parts that it surely has none of, as townships, where the set gives leave."""
    found = {}
    for indicator in rules.document.indicators.values() if subject.members else ():
        if indicator.may_not_apply is None or not indicator.measure.counted or indicator.indicator in subject.values:
            continue
        if derive(indicator.measure, subject.members, rules.declared) is Uncounted.NONE_IN_BASE:
            found[indicator.indicator] = NotApplicable(Uncounted.NONE_IN_BASE.value.vi)
    return subject.model_copy(update={"values": {**subject.values, **found}}) if found else subject


def _yes(answer: bool) -> Bilingual:
    return Bilingual("có", "yes") if answer else Bilingual("không", "no")
