"""Telling: what a fact changes in what is known, and whom it concerns."""

from __future__ import annotations

import json
from typing import Any

from ntm_rules.model.given import value_data
from ntm_rules.model.ruleset import family_of
from ntm_rules.model.subject import Subject
from ntm_rules.monitor.day import Law
from ntm_rules.monitor.errors import MonitorError, refusal
from ntm_rules.monitor.settle import Settling
from ntm_rules.monitor.told import Attestation, Measurement, Merge, Recognition, Revocation, Told, Unit
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.problems import Place
from ntm_rules.values import Bilingual, SourceLevel


class Telling:
    """Takes facts and takes them back; whom that concerns goes to ``work``."""

    def __init__(self, facts: Units, law: Law, work: Settling, accept: SourceLevel) -> None:
        self._facts, self._law, self._work, self._accept = facts, law, work, accept

    def tell(self, told: Told) -> None:
        """Take a fact.

        Raises:
            MonitorError: it is about a unit that was not told, or contradicts what was told of it.
            SubjectError: the value, attribute or attestation cannot be read.
            NotFound: no ruleset has that name.
        """
        match told:
            case Unit():
                self._tell_unit(told)
            case Measurement():
                watched = self._for_edition(told.subject, told.ruleset)
                watched.values.setdefault(told.ruleset, {})[told.indicator] = told.value
                self._read(watched, told.ruleset, values={told.indicator: told.value})
                self._work.told_by = (told.ruleset, told.indicator, value_data(told.value))
                self._decide(told.subject, told.ruleset, told=True)
            case Attestation():
                watched = self._for_edition(told.subject, told.ruleset)
                watched.attested.setdefault(told.ruleset, {})[told.number] = told.holds
                self._read(watched, told.ruleset, attested={told.number: told.holds})
                self._work.told_by = (told.ruleset, told.number, told.holds)
                self._decide(told.subject, told.ruleset, told=True)
            case Recognition():
                if told.until is not None and told.until < told.on:
                    raise refusal("NTM-854", told.subject, detail=_before(told))
                self._law.check_status(told.status, self._facts[told.subject].unit.kind)
                watched = self._for_edition(told.subject, told.ruleset) if told.ruleset else self._facts.change(told.subject)
                watched.recognised[told.status, told.on] = told
                watched.ends.pop((told.status, told.on), None)
                if watched.unit.kind == "product" and told.until is None and (until := self._law.term(told, told.on).until) is not None:
                    watched.ends[told.status, told.on] = until
                self._work.acts(told.subject)
            case Revocation():
                self._law.check_status(told.status, self._facts[told.subject].unit.kind)
                self._facts.change(told.subject).revoked[told.status, told.on] = told
                self._work.acts(told.subject)
            case Merge():
                self._merge(told)
            case _:
                raise refusal(
                    "NTM-854", detail=Bilingual(f"{told!r:.60} không phải là điều báo được", f"{told!r:.60} is nothing that can be told")
                )

    def _tell_unit(self, told: Unit) -> None:
        known = self._facts.units.get(told.id)
        before = known.unit if known is not None else None
        provinces = self._law.catalogue.provinces
        if told.province is not None and told.province not in provinces.by_slug:
            raise MonitorError([provinces.unlisted(told.province, Place(path=f"{told.id}: province"))])
        for family in told.watch:
            editions = [name for name in self._law.catalogue.rulesets if family in (name, family_of(name))]
            if not editions:
                self._law.rules(family, told.province)  # says that there is none, and names the nearest
            elif self._law.named(editions[0], told.province).kind != told.kind:
                wrong = Bilingual(f"bộ «{family}» không dành cho «{told.kind}»", f"«{family}» is not for a «{told.kind}»")
                raise refusal("NTM-855", told.id, got=told.id, detail=wrong)
        if before is not None:
            self._work.part_of(told.id)  # the wholes it leaves
        self._facts.enrol(told)
        self._work.unit(told.id, before)

    def _merge(self, told: Merge) -> None:
        if told.new in told.old:
            raise refusal("NTM-854", told.new, detail=Bilingual("nhập vào chính nó", "would be merged into itself"))
        new = self._facts[told.new]
        for old in told.old:
            watched = self._facts.change(old)
            if watched.merged is not None and not watched.merged.says(told):
                into = watched.merged.new
                raise refusal(
                    "NTM-855", old, got=old, detail=Bilingual(f"đã báo nhập vào «{into}»", f"told before as merged into «{into}»")
                )
            if watched.unit.kind != new.unit.kind:
                wrong = Bilingual(f"không cùng loại với «{told.new}»", f"is not of the kind of «{told.new}»")
                raise refusal("NTM-855", old, got=old, detail=wrong)
            watched.merged = told
            self._work.acts(old)
        into = told.new
        while (merged := self._facts[into].merged) is not None:
            into = merged.new
            if into in told.old:
                raise refusal("NTM-855", into, got=into, detail=Bilingual("nhập vào chính nó", "would be merged into itself"))

    def retract(self, told: Told) -> None:
        """Take back a fact that stands.

        Raises:
            MonitorError: it does not stand, or something else stands in its place.
        """
        match told:
            case Unit():
                _need_standing(told, self._facts[told.id].unit)
                self._work.gone(told.id)
                self._facts.remove(told.id)
            case Measurement():
                values = self._facts.change(told.subject).values.get(told.ruleset, {})
                _need_value(told, told.value, values, told.indicator)
                self._work.taken_back = (told.ruleset, told.indicator, value_data(told.value))
                self._tidy(told.subject, told.ruleset)
            case Attestation():
                attested = self._facts.change(told.subject).attested.get(told.ruleset, {})
                _need_value(told, told.holds, attested, told.number)
                self._work.taken_back = (told.ruleset, told.number, told.holds)
                self._tidy(told.subject, told.ruleset)
            case Recognition():
                recognised = self._facts.change(told.subject).recognised
                _need_standing(told, recognised.get((told.status, told.on)))
                del recognised[told.status, told.on]
                self._facts[told.subject].ends.pop((told.status, told.on), None)
                self._work.acts(told.subject)
            case Revocation():
                revoked = self._facts.change(told.subject).revoked
                _need_standing(told, revoked.get((told.status, told.on)))
                del revoked[told.status, told.on]
                self._work.acts(told.subject)
            case Merge():
                for old in told.old:
                    watched = self._facts.change(old)
                    _need_standing(told, watched.merged)
                    watched.merged = None
                    self._work.acts(old)
            case _:
                raise refusal(
                    "NTM-854", detail=Bilingual(f"{told!r:.60} không phải là điều báo được", f"{told!r:.60} is nothing that can be told")
                )

    def _tidy(self, unit: str, edition: str) -> None:
        watched = self._facts[unit]
        if not watched.values.get(edition, True):
            del watched.values[edition]
        if not watched.attested.get(edition, True):
            del watched.attested[edition]
        self._decide(unit, edition)

    def _decide(self, unit: str, edition: str, *, told: bool = False) -> None:
        for family in dict.fromkeys((family_of(edition), *self._facts[unit].under(family_of(edition)))):
            self._work.decide(unit, family, told=told)

    def _for_edition(self, unit: str, edition: str) -> Watched:
        watched = self._facts.change(unit)
        kind = self._law.named(edition, watched.unit.province).kind
        if kind != watched.unit.kind:
            is_for = Bilingual(
                f"là «{watched.unit.kind}», «{edition}» dành cho «{kind}»", f"is a «{watched.unit.kind}», «{edition}» is for a «{kind}»"
            )
            raise refusal("NTM-855", unit, got=unit, detail=is_for)
        return watched

    def _read(self, watched: Watched, edition: str, **given: Any) -> None:
        """Whether a fact can be read against its edition, even when the unit is not decided under that today."""
        province = watched.unit.province
        today = (self._law.rules(family, province) for family in watched.under(family_of(edition)))
        if watched.exists and any(rules is not None and rules.id == edition for rules in today):
            return
        rules = self._law.rules(edition, province) or self._law.named(edition, province)
        subject = self._facts.subject(watched.unit.id, rules, self._law.on)
        rules.evaluate(Subject(id=subject.id, kind=subject.kind, attributes=subject.attributes, **given), accept=self._accept)


def _before(told: Recognition) -> Bilingual:
    return Bilingual(f"hết hạn {told.until} trước ngày công nhận {told.on}", f"its last day {told.until} is before its first, {told.on}")


def _need_standing(told: Told, stands: Told | None) -> None:
    if stands is None:
        raise _not_standing(told)
    if not stands.says(told):
        raise _not_standing(told, json.dumps(stands.line(), ensure_ascii=False))


def _need_value(told: Told, wanted: object, standing: dict[str, Any], number: str) -> None:
    """Take a value or an outcome out of those that stand."""
    if number not in standing:
        raise _not_standing(told)
    if value_data(standing[number]) != value_data(wanted):
        raise _not_standing(told, f"{value_data(standing[number])}")
    del standing[number]


def _not_standing(told: Told, stands: str = "") -> MonitorError:
    detail = Bilingual("chưa báo, hoặc đã rút", "it was not told, or was retracted")
    if stands:
        detail = Bilingual(f"điều đang đứng vững là {stands:.200}", f"what stands is {stands:.200}")
    return refusal("NTM-856", ".".join(told.units), detail=detail)
