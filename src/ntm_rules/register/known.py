"""What is known of a unit under a set: decided, with statuses, class and province as the register has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.register.acts import Act, Unit, is_first
from ntm_rules.register.book import Register
from ntm_rules.register.editions import Found
from ntm_rules.register.joining import Joiner
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
        drafts: drafts that the sets are rehearsed with, by name.
    """

    def __init__(
        self,
        register: Register,
        on: date,
        values: Values,
        catalogue: Catalogue,
        law: RevocationLaw,
        accept: SourceLevel,
        drafts: tuple[str, ...] = (),
    ) -> None:
        self.register: Register = register
        self.on: date = on
        self.values: Values = values
        self.catalogue: Catalogue = catalogue
        self.joiner: Joiner = Joiner(register, on, law, catalogue)
        self.accept: SourceLevel = accept
        self.drafts: tuple[str, ...] = drafts
        self._rules: dict[tuple[str, str | None], RuleSet] = {}

    def of(self, act: Act, found: Found, province: str | None) -> Known:
        """What is known of the unit under a set, decided: with statuses, class and province as the register has them."""
        assert found.name is not None
        rules = self._load(found.name, province)
        given = self.given(act, found.family)
        joined = self.joiner.join(self.register.life_of(act), rules, given, place=act.place)
        subject, reasons, instruments = joined.subject, joined.reasons, joined.instruments
        if joined.problems:
            return Known(None, problems=joined.problems)
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

    def given(self, act: Act, family: str) -> Subject | None:
        """What the tables know of the unit, under any of its codes."""
        codes = reversed(self.register.life_of(act).codes)
        return next((self.values[code, family] for code in codes if (code, family) in self.values), None)

    def _place(self, act: Act) -> Place:
        """Where the unit stands on the list, or else the act in the register."""
        listed = self.register.listed(self.register.life_of(act), self.on)
        return listed.place if listed else act.place

    def _load(self, name: str, province: str | None) -> RuleSet:
        key = (name, province)
        if key not in self._rules:
            drafts = [draft for draft in self.drafts if self.catalogue.entry("overlay", draft).header.get("amends") == name]
            self._rules[key] = load(name, on=self.on, province=province, drafts=drafts, catalogue=self.catalogue)
        return self._rules[key]


def criteria_range(unit: Unit | None, decision: Decision | None) -> tuple[int, int] | None:
    """How many criteria a unit meets, least and most: by its decision, or as counted by a source; None where neither says."""
    if decision is not None:
        met = decision.count(Outcome.MET) + decision.count(Outcome.NOT_APPLICABLE)
        return met, met + decision.count(Outcome.UNDETERMINED)
    said = unit.attributes.get("criteria_met") if unit is not None else None
    return None if said is None or isinstance(said, Unknown) else (int(said), int(said))
