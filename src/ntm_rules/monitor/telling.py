"""Telling: what a fact changes in what is known, and whom it concerns."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeVar

from ntm_rules.model.given import Note, value_data
from ntm_rules.model.ruleset import family_of
from ntm_rules.model.subject import Subject
from ntm_rules.monitor.day import Law
from ntm_rules.monitor.doubts import doubts_of, wrong_with
from ntm_rules.monitor.errors import MonitorError, refusal
from ntm_rules.monitor.figure import Figure, Said
from ntm_rules.monitor.settle import Settling
from ntm_rules.monitor.told import Attestation, Filing, Measurement, Merge, Recognition, Rename, Revocation, Told, Unit
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.problems import Place, Problem
from ntm_rules.register.acts import stars_of
from ntm_rules.values import Bilingual, SourceLevel

A = TypeVar("A", Recognition, Revocation)
ACTS = (Recognition, Revocation, Merge, Rename, Filing)


_NO_PRODUCT = Bilingual("chỉ sản phẩm nộp hồ sơ đánh giá lại", "only a product is filed for re-assessment")
_LAST_FIRST = Bilingual("ngày cuối {last} trước ngày đầu {first}", "its last day {last} is before its first, {first}")


class Telling:
    """Takes facts and takes them back; whom that concerns goes to ``work``.

    What can be taken in part only goes to ``doubts``; without such a list it is refused.
    """

    def __init__(self, units: Units, law: Law, work: Settling, accept: SourceLevel, doubts: list[Problem] | None = None) -> None:
        self._units, self._law, self._work, self._accept, self._doubts = units, law, work, accept, doubts

    def tell(self, told: Told) -> None:
        """Take a fact.

        Raises:
            MonitorError: it is about a unit that was not told, or contradicts what was told of it.
            SubjectError: the value, attribute or attestation cannot be read.
            NotFound: no ruleset has that name.
        """
        before = wrong_with(told, self._units, self._law) if isinstance(told, ACTS) else []
        self._tell(told)
        match told:
            case Merge() | Rename() | Filing():
                self._work.act(told)
            case Recognition():
                self._work.act(_granted(told))
            case Revocation():
                self._work.act(_granted(told))
            case _:
                return
        self._work.doubts += doubts_of(told, before, self._units, self._law)

    def _tell(self, told: Told) -> None:
        match told:
            case Unit():
                self._tell_unit(told)
            case Measurement():
                watched = self._for_edition(told.subject, told.ruleset)
                year = self._year(watched, told)
                _put(watched.values, told.ruleset, told.indicator, Figure(told.value, year, self._law.on, note=_note(told, year)))
                self._read(watched, told.ruleset, values={told.indicator: told.value})
                self._work.said = Said(told.ruleset, told.indicator, value_data(told.value), year, corrects=True)
                self._decide(told.subject, told.ruleset, told=True)
            case Attestation():
                watched = self._for_edition(told.subject, told.ruleset)
                year = self._year(watched)
                watched.attested.setdefault(told.ruleset, {})[told.number] = Figure(told.holds, year, self._law.on)
                self._read(watched, told.ruleset, attested={told.number: told.holds})
                self._work.said = Said(told.ruleset, told.number, told.holds, year)
                self._decide(told.subject, told.ruleset, told=True)
            case Recognition():
                if told.until is not None and told.until < told.on:
                    raise refusal("NTM-854", told.subject, detail=_before(told))
                self._law.check_status(told.status, self._units[told.subject].unit.kind)
                watched = self._for_edition(told.subject, told.ruleset) if told.ruleset else self._units.change(told.subject)
                told = _granted(told)
                watched.recognised[told.status, told.on] = told
                watched.ends.pop((told.status, told.on), None)
                if watched.unit.kind == "product" and told.until is None and (until := self._law.term(told, told.on).until) is not None:
                    watched.ends[told.status, told.on] = until
                self._work.acts(told.subject)
            case Revocation():
                self._law.check_status(told.status, self._units[told.subject].unit.kind)
                told = _granted(told)
                self._units.change(told.subject).revoked[told.status, told.on] = told
                self._work.acts(told.subject)
            case Merge():
                self._merge(told)
            case Rename():
                self._units.change(told.subject).renamed[told.on] = told
                self._work.acts(told.subject)
            case Filing():
                if self._units[told.subject].unit.kind != "product":
                    raise refusal("NTM-855", told.subject, got=told.subject, detail=_NO_PRODUCT)
                self._units.change(told.subject).filed[told.on] = told
                self._work.acts(told.subject)
            case _:
                raise refusal(
                    "NTM-854", detail=Bilingual(f"{told!r:.60} không phải là điều báo được", f"{told!r:.60} is nothing that can be told")
                )

    def _placed(self, told: Unit) -> Unit:
        """A unit with the slug of its province. One that is on no list is refused, or, in a journal of old, told and left out.

        Raises:
            MonitorError: it is no province of the list.
        """
        if told.province is None:
            return told
        provinces = self._law.catalogue.provinces
        slug = provinces.slug(told.province)
        if slug is None:
            problem = provinces.unlisted(told.province, Place(path=f"{told.id}: province"))
            if self._doubts is None:
                raise MonitorError([problem])
            self._doubts.append(problem)
        return told if slug == told.province else told.model_copy(update={"province": slug})

    def _tell_unit(self, told: Unit) -> None:
        known = self._units.units.get(told.id)
        before = known.unit if known is not None else None
        told = self._placed(told)
        if told.begins is not None and told.until is not None and told.until < told.begins:
            raise refusal("NTM-854", told.id, detail=_LAST_FIRST.fill(last=told.until, first=told.begins))
        for family in told.watch:
            editions = [name for name in self._law.catalogue.rulesets if family in (name, family_of(name))]
            if not editions:
                self._law.rules(family, told.province)  # says that there is none, and names the nearest
            elif self._law.named(editions[0], told.province).kind != told.kind:
                wrong = Bilingual(f"bộ «{family}» không dành cho «{told.kind}»", f"«{family}» is not for a «{told.kind}»")
                raise refusal("NTM-855", told.id, got=told.id, detail=wrong)
        if before is not None:
            self._work.part_of(told.id)  # the wholes it leaves
        self._units.enrol(told)
        self._work.unit(told.id, before)

    def _year(self, watched: Watched, told: Measurement | None = None) -> int:
        """The year a figure is of: as it says, as is stated of the unit, or that of the day watched."""
        stated = watched.unit.attributes.get("year")
        year = int(stated) if isinstance(stated, (int, Decimal)) else self._law.on.year
        if told is None or told.year is None:
            return year
        if told.year > max(year, self._law.on.year):
            later = Bilingual("năm {year} sau ngày đang xét, {on}", "the year {year} is after the day watched, {on}")
            raise refusal("NTM-854", told.subject, detail=later.fill(year=told.year, on=self._law.on))
        return told.year

    def _merge(self, told: Merge) -> None:
        others = [old for old in told.old if old != told.new]
        if not others:
            raise refusal("NTM-854", told.new, detail=Bilingual("nhập vào chính nó", "would be merged into itself"))
        new = self._units.change(told.new)
        for old in others:
            watched = self._units.change(old)
            if watched.merged is not None and not watched.merged.says(told):
                into = watched.merged.new
                raise refusal(
                    "NTM-855", old, got=old, detail=Bilingual(f"đã báo nhập vào «{into}»", f"told before as merged into «{into}»")
                )
            if watched.unit.kind != new.unit.kind:
                wrong = Bilingual(f"không cùng loại với «{told.new}»", f"is not of the kind of «{told.new}»")
                raise refusal("NTM-855", old, got=old, detail=wrong)
            watched.merged = told
        new.made[told.on, told.old] = told
        for unit in (*others, told.new):
            self._work.acts(unit)
        into = told.new
        while (merged := self._units[into].merged) is not None:
            into = merged.new
            if into in others:
                raise refusal("NTM-855", into, got=into, detail=Bilingual("nhập vào chính nó", "would be merged into itself"))

    def retract(self, told: Told) -> None:
        """Take back a fact that stands.

        Raises:
            MonitorError: it does not stand, or something else stands in its place.
        """
        match told:
            case Unit():
                _need_standing(self._placed(told), self._units[told.id].unit)
                self._work.gone(told.id)
                self._units.remove(told.id)
            case Measurement():
                values = self._units.change(told.subject).values.get(told.ruleset, {})
                year = _need_figure(told, told.value, values, told.indicator, told.year)
                self._work.taken_back = Said(told.ruleset, told.indicator, value_data(told.value), year)
                self._tidy(told.subject, told.ruleset)
            case Attestation():
                attested = self._units.change(told.subject).attested.get(told.ruleset, {})
                year = _need_figure(told, told.holds, attested, told.number, None)
                self._work.taken_back = Said(told.ruleset, told.number, told.holds, year)
                self._tidy(told.subject, told.ruleset)
            case Recognition():
                recognised = self._units.change(told.subject).recognised
                told = _granted(told)
                _need_standing(told, recognised.get((told.status, told.on)))
                del recognised[told.status, told.on]
                self._units[told.subject].ends.pop((told.status, told.on), None)
                self._work.acts(told.subject)
            case Revocation():
                revoked = self._units.change(told.subject).revoked
                told = _granted(told)
                _need_standing(told, revoked.get((told.status, told.on)))
                del revoked[told.status, told.on]
                self._work.acts(told.subject)
            case Rename():
                watched = self._units.change(told.subject)
                _need_standing(told, watched.renamed.get(told.on))
                del watched.renamed[told.on]
                watched.members.clear()
                self._work.acts(told.subject)
            case Filing():
                filed = self._units.change(told.subject).filed
                _need_standing(told, filed.get(told.on))
                del filed[told.on]
                self._work.acts(told.subject)
            case Merge():
                made = self._units.change(told.new).made if told.new in self._units.units else {}
                _need_standing(told, made.get((told.on, told.old)))
                del made[told.on, told.old]
                for unit in told.units:
                    if unit != told.new:
                        self._units.change(unit).merged = None
                    self._work.acts(unit)
            case _:
                raise refusal(
                    "NTM-854", detail=Bilingual(f"{told!r:.60} không phải là điều báo được", f"{told!r:.60} is nothing that can be told")
                )

    def _tidy(self, unit: str, edition: str) -> None:
        watched = self._units[unit]
        if not watched.values.get(edition, True):
            del watched.values[edition]
        if not watched.attested.get(edition, True):
            del watched.attested[edition]
        self._decide(unit, edition)

    def _decide(self, unit: str, edition: str, *, told: bool = False) -> None:
        for family in dict.fromkeys((family_of(edition), *self._units[unit].under(family_of(edition)))):
            self._work.decide(unit, family, told=told)

    def _for_edition(self, unit: str, edition: str) -> Watched:
        watched = self._units.change(unit)
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
        subject = self._units.subject(watched.unit.id, rules, self._law.on)
        rules.evaluate(Subject(id=subject.id, kind=subject.kind, attributes=subject.attributes, **given), accept=self._accept)


def _before(told: Recognition) -> Bilingual:
    return Bilingual(f"hết hạn {told.until} trước ngày công nhận {told.on}", f"its last day {told.until} is before its first, {told.on}")


def _need_standing(told: Told, stands: Told | None) -> None:
    if stands is None:
        raise _not_standing(told)
    if not stands.says(told):
        raise _not_standing(told, json.dumps(stands.line(), ensure_ascii=False))


def _put(given: dict[str, dict[str, Figure]], edition: str, number: str, new: Figure) -> None:
    """Add a figure to those told of an edition."""
    figures = given.setdefault(edition, {})
    known = figures.get(number)
    figures[number] = known.put(new) if known is not None else new


def _note(told: Measurement, year: int) -> Note | None:
    """What is said of a figure beside it, where anything is."""
    return Note(year, told.stated_by, told.evidence) if told.stated_by or told.evidence else None


def _need_figure(told: Told, wanted: object, standing: dict[str, Figure], number: str, year: int | None) -> int:
    """Take a figure or an outcome out of those that stand: that of the year, or the latest. The year it was of."""
    figure = standing.get(number)
    found = figure.of(year) if figure is not None and year is not None else figure
    if figure is None or found is None:
        raise _not_standing(told)
    if value_data(found.value) != value_data(wanted):
        raise _not_standing(told, f"{value_data(found.value)}")
    left = figure.without(found.year)
    if left is None:
        del standing[number]
    else:
        standing[number] = left
    return found.year


def _granted(told: A) -> A:
    """An act in the words of the set that grants the status: a class of the register, as «ocop-4», is the status with its stars."""
    stars = stars_of(told.status)
    if stars is None:
        return told
    if isinstance(told, Recognition):
        if told.stars not in (None, stars):
            wrong = Bilingual("«{status}» không phải {stars} sao", "«{status}» is not a class of {stars} stars")
            raise refusal("NTM-854", told.subject, detail=wrong.fill(status=told.status, stars=told.stars))
        return told.model_copy(update={"status": "ocop", "stars": stars})
    return told.model_copy(update={"status": "ocop"})


def _not_standing(told: Told, stands: str = "") -> MonitorError:
    detail = Bilingual("chưa báo, hoặc đã rút", "it was not told, or was retracted")
    if stands:
        detail = Bilingual(f"điều đang đứng vững là {stands:.200}", f"what stands is {stands:.200}")
    return refusal("NTM-856", ".".join(told.units), detail=detail)
