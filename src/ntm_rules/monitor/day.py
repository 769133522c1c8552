"""Which edition judges a unit on the day watched, and the days on which that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.resolve import edition_on
from ntm_rules.model.ruleset import Period, family_of
from ntm_rules.monitor.errors import refusal
from ntm_rules.monitor.told import Recognition
from ntm_rules.problems import NotInForce, nearest
from ntm_rules.register.acts import PRODUCT_STATUSES, REGISTERED, Act
from ntm_rules.register.judgement import LawOn
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.validity import Term, term_of
from ntm_rules.values import Bilingual, SubjectKind


class Law:
    """The law of one day after another, each edition loaded once as long as nothing of it changes."""

    def __init__(self, catalogue: Catalogue, on: date, readings: Mapping[str, str] | None = None) -> None:
        self.catalogue = catalogue
        self.on: date = on
        self.began: date = on  # the first day watched
        self._rules: dict[tuple[str, str | None], RuleSet | None] = {}
        self._named: dict[tuple[str, str | None], RuleSet] = {}
        entries = (*catalogue.rulesets.values(), *catalogue.overlays.values())
        self._provinces = {entry.header.get("province") for entry in entries} - {None}
        self._turns: dict[str, frozenset[date]] = {}
        self.revocation: RevocationLaw = RevocationLaw.of(catalogue, readings)
        self.all_turns: frozenset[date] = frozenset(
            (*self._find_revocation_turns(), *(turn for entry in entries for turn in _turns_of(entry.in_force)))
        )
        self.judged: LawOn = LawOn(catalogue, self.revocation, on)
        self._granted: dict[str, set[SubjectKind]] = {}
        for entry in catalogue.rulesets.values():
            if entry.header.get("grants"):
                self._granted.setdefault(entry.header["grants"], set()).add(entry.header["subject"])

    def move(self, on: date) -> None:
        """Another day: what does not change on the way is kept."""
        low, high = sorted((self.on, on))
        self.on = on
        self.judged = LawOn(self.catalogue, self.revocation, on)
        for family, province in list(self._rules):
            if any(low < turn <= high for turn in self.turns(family)):
                del self._rules[family, province]

    def rules(self, family: str, province: str | None) -> RuleSet | None:
        """The edition of a family in force on the day, as amended there; None where none is in force, or where two are.

        The name of an edition stands for that edition while it is in force.

        Raises:
            NotFound: no family has that name.
            RulesetError: a file is wrong.
        """
        key = (family, province if province in self._provinces else None)
        if key not in self._rules:
            try:
                name = family if "/" in family else edition_on(self.catalogue, family, self.on, key[1])
                self._rules[key] = load(name, on=self.on, province=key[1], catalogue=self.catalogue)
            except NotInForce:
                self._rules[key] = None
        return self._rules[key]

    def named(self, edition: str, province: str | None) -> RuleSet:
        """An edition by its name, whatever the day, to read facts against.

        Raises:
            NotFound: no edition has that name.
            RulesetError: a file is wrong.
        """
        key = (edition, province if province in self._provinces else None)
        if key not in self._named:
            self._named[key] = load(edition, province=key[1], catalogue=self.catalogue)
        return self._named[key]

    def lasts(self, edition: str, day: date) -> bool:
        """Whether an edition is still in force on a later day, as far as is known today."""
        until = self.catalogue.rulesets[edition].in_force.until
        return until is None or day <= until

    def check_status(self, status: str, kind: SubjectKind) -> None:
        """Whether a unit of a kind can hold a status: one that a set of the catalogue grants, or a known one that none does.

        Raises:
            MonitorError: no set and no text knows it, or only of other units.
        """
        known = {*self._granted, *REGISTERED}
        if status not in known:
            detail = Bilingual(f"không có danh hiệu «{status}»", f"there is no status «{status}»")
            raise refusal("NTM-854", "status", detail=detail, guess=nearest(status, known))
        kinds = {"product"} if status in PRODUCT_STATUSES else self._granted.get(status, {kind})
        if kind not in kinds:
            wrong = Bilingual(f"danh hiệu «{status}» không dành cho «{kind}»", f"«{status}» is no status of a «{kind}»")
            raise refusal("NTM-854", "status", detail=wrong)

    def term(self, told: Recognition, on: date) -> Term:
        """How long the certificate of a product runs, seen on a day."""
        if told.status in PRODUCT_STATUSES:  # a class that is waited for has no certificate yet
            return Term(told.until)
        status = f"{told.status}-{told.stars}" if told.stars is not None else told.status
        act = Act("recognition", told.subject, "product", status=status, edition=told.ruleset or "", day=told.on, until=told.until)
        return term_of(act, on, self.catalogue, told.status)

    def turns(self, family: str) -> frozenset[date]:
        """The days from which another edition of a family, or another text of it, is in force."""
        if family not in self._turns:
            self._turns[family] = frozenset(self._find_turns(family))
        return self._turns[family]

    def _find_turns(self, family: str) -> Iterator[date]:
        own = {name for name in self.catalogue.rulesets if family in (name, family_of(name))}
        entries = [self.catalogue.rulesets[name] for name in own]
        entries += [overlay for overlay in self.catalogue.overlays.values() if overlay.header.get("amends") in own]
        for entry in entries:
            yield from _turns_of(entry.in_force)

    def _find_revocation_turns(self) -> Iterator[date]:
        for document in self.revocation.documents:
            for period in (*(text.in_force for text in document.texts), *(effect.in_force for effect in document.effects)):
                yield from _turns_of(period)


def _turns_of(period: Period) -> Iterator[date]:
    if period.start is not None:
        yield period.start
    if period.until is not None and period.until < date.max:
        yield period.until + timedelta(days=1)


def reassess_days(catalogue: Catalogue) -> frozenset[int]:
    """How many days before their end certificates may first be assessed again, under any edition on record."""
    scored = [name for name, entry in catalogue.rulesets.items() if entry.header.get("subject") == "product"]
    found = [catalogue.ruleset(name).score for name in scored]
    days = [score.validity.reassess_from_days for score in found if score is not None and score.validity is not None]
    return frozenset(number for number in days if number is not None)
