"""What is known of the units watched, and the subjects that the core decides made from it. Nothing here decides or tells anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Table
from ntm_rules.model.given import NotedValues
from ntm_rules.model.ruleset import family_of
from ntm_rules.model.subject import Member, Subject
from ntm_rules.monitor.definitions import counted_attributes
from ntm_rules.monitor.errors import refusal
from ntm_rules.monitor.figure import Figure, Slip, since
from ntm_rules.monitor.seen import Seen
from ntm_rules.monitor.told import Filing, Merge, Recognition, Rename, Revocation, Unit
from ntm_rules.register.acts import PRODUCT_STATUSES, stars_of
from ntm_rules.values import Bilingual, Unknown

WAITED_FOR: Final = frozenset(status for status in PRODUCT_STATUSES if stars_of(status) is None)
_NOT_TOLD = Bilingual("chưa báo đơn vị này", "this unit was not told")


@dataclass(slots=True)
class Watched:
    """One unit: what was told of it, and what was last found."""

    unit: Unit
    values: dict[str, dict[str, Figure]] = field(default_factory=dict)
    attested: dict[str, dict[str, Figure]] = field(default_factory=dict)
    recognised: dict[tuple[str, date], Recognition] = field(default_factory=dict)
    revoked: dict[tuple[str, date], Revocation] = field(default_factory=dict)
    ends: dict[tuple[str, date], date] = field(default_factory=dict)
    merged: Merge | None = None  # into another unit
    made: dict[tuple[date, tuple[str, ...]], Merge] = field(default_factory=dict)  # mergers into its code, each the beginning of a unit
    renamed: dict[date, Rename] = field(default_factory=dict)
    filed: dict[date, Filing] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    # what was found
    exists: bool = False
    seen: dict[str, Seen] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)
    phases: dict[str, int] = field(default_factory=dict)
    standings: dict[str, int] = field(default_factory=dict)
    judged: tuple[str, ...] = ()
    begins: date | None = None
    derived: dict[str, Any] = field(default_factory=dict)
    derived_in: dict[int, dict[str, Any]] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    criteria_met: int | None = None
    members: dict[str, Member] = field(default_factory=dict)

    def copy(self) -> Watched:
        """A copy that changes of the original leave alone."""
        return replace(
            self,
            values={edition: dict(values) for edition, values in self.values.items()},
            attested={edition: dict(values) for edition, values in self.attested.items()},
            recognised=dict(self.recognised),
            revoked=dict(self.revoked),
            ends=dict(self.ends),
            made=dict(self.made),
            renamed=dict(self.renamed),
            filed=dict(self.filed),
            parts=set(self.parts),
            seen=dict(self.seen),
            held=dict(self.held),
            phases=dict(self.phases),
            standings=dict(self.standings),
            slips=dict(self.slips),
            derived_in=dict(self.derived_in),
            members=dict(self.members),
        )

    @property
    def families(self) -> tuple[str, ...]:
        """What it is decided under: families of sets, and single editions that are named."""
        if not self.values and not self.attested and not self.recognised:
            return self.unit.watch
        found = dict.fromkeys(self.unit.watch)
        for name in (*self.values, *self.attested, *[act.ruleset for act in self.recognised.values() if act.ruleset]):
            if name not in found:
                found[family_of(name)] = None
        return (*found, *[name for name in self.judged if name not in found])

    def under(self, family: str) -> tuple[str, ...]:
        """Those of :attr:`families` that belong to a family."""
        return tuple(name for name in self.families if family_of(name) == family)

    @property
    def has_acts(self) -> bool:
        """Whether authorities did anything to it."""
        return bool(self.recognised or self.revoked or self.made or self.merged is not None or self.renamed or self.filed)

    def called(self, on: date) -> str:
        """What it is called on a day: its last new name, or the name it was told with."""
        days = [day for day in self.renamed if day <= on]
        return self.renamed[max(days)].name if days else self.unit.name

    def awaited(self, act: Recognition, on: date) -> bool:
        """Whether a dossier was filed by a day to have the certificate of an act assessed again, before its end."""
        until = self.until(act)
        return any(act.on < day <= on and (until is None or day <= until) for day in self.filed)

    def stands(self, on: date) -> bool:
        """Whether the unit exists on a day: between its first and last, not merged into another one, nor still to be made by a merger."""
        if self.has_ended(on) or (self.unit.begins is not None and on < self.unit.begins):
            return False
        return not self.made or self.begun(on) is not None or self._was_before(min(day for day, _ in self.made))

    def has_ended(self, on: date) -> bool:
        """Whether it was merged into another unit, or its last day was over, by a day."""
        return (self.merged is not None and self.merged.on <= on) or (self.unit.until is not None and self.unit.until < on)

    def begun(self, on: date) -> date | None:
        """The day on which the unit that has the code on a day began; None where no merger made it."""
        return max((day for day, _ in self.made if day <= on), default=None)

    def _was_before(self, first: date) -> bool:
        """Whether an act says that a unit had the code before the first merger into it, or that merger names it among the old."""
        itself = any(self.unit.id in merge.old for (day, _), merge in self.made.items() if day == first)
        return itself or any(day < first for _, day in (*self.recognised, *self.revoked))

    def act(self, status: str, on: date) -> Recognition | None:
        """The latest recognition for a status that took effect by a day, of the unit that has the code on that day."""
        begun = self.begun(on) or date.min
        days = [day for name, day in self.recognised if name == status and begun <= day <= on]
        return self.recognised[status, max(days)] if days else None

    def until(self, act: Recognition) -> date | None:
        """The last day of a recognition: as told, or by the validity of the edition that it was given under."""
        return act.until or self.ends.get((act.status, act.on))

    def holds(self, on: date) -> dict[str, bool]:
        """The statuses that acts say it holds, or no longer holds, on a day. What no act says is not in it."""
        found = {}
        begun, ended = self.begun(on) or date.min, self.has_ended(on)
        for status in sorted({name for name, _ in self.recognised}):
            act = self.act(status, on)
            if act is not None:
                until = self.until(act)
                lapsed = until is not None and until < on
                revoked = any(name == status and act.on <= day <= on for name, day in self.revoked)
                found[status] = not (lapsed or revoked or ended or self._given(act, on))
        for status, day in self.revoked:  # a revocation tells that it is not held, whatever is known of the recognition
            if status not in found and begun <= day <= on:
                found[status] = False
        return found

    def _given(self, act: Recognition, on: date) -> bool:
        """Whether a class that was waited for was decided since."""
        latest = self.act("ocop", on) if act.status in WAITED_FOR else None
        return latest is not None and latest.on > act.on

    def figures(self, edition: str) -> Mapping[str, Figure]:
        """The figures told of the unit that has the code now, by number, each the latest; those of the unit before it aside."""
        given = self.values.get(edition, {})
        if self.begins is None:
            return given
        kept = ((number, since(figure, self.begins)) for number, figure in given.items())
        return {number: figure for number, figure in kept if figure is not None}

    def outcomes(self, edition: str) -> dict[str, bool]:
        """The attested outcomes of the unit that has the code now."""
        begins = self.begins or date.min
        return {number: figure.value for number, figure in self.attested.get(edition, {}).items() if figure.told >= begins}

    def years(self) -> frozenset[int]:
        """The years of which anything was told."""
        given = (*self.values.values(), *self.attested.values())
        return frozenset(one.year for figures in given for figure in figures.values() for one in figure.all())


@lru_cache(maxsize=256)
def yearly(rules: RuleSet) -> frozenset[str]:
    """The indicators whose bound is looked up by the year assessed."""
    dimensions = rules.document.dimensions
    return frozenset(
        one.indicator
        for one in (indicator for section in rules.document.sections for indicator in section.indicators)
        if isinstance(one.bound, Table) and any(dimensions[name].attribute == "year" for name in one.bound.by)
    )


class Units:
    """All units, with a way back: changes since :meth:`begin` can be undone."""

    def __init__(self) -> None:
        self.units: dict[str, Watched] = {}
        self.dawn: dict[str, Watched | None] | None = None  # as they were when the day began, of those that changed since; where kept
        self._before: dict[str, Watched | None] = {}

    def __getitem__(self, unit: str) -> Watched:
        try:
            return self.units[unit]
        except KeyError:
            raise refusal("NTM-855", unit, got=unit, detail=_NOT_TOLD) from None

    def change(self, unit: str) -> Watched:
        """A unit that is about to change; as it was, it can be brought back."""
        watched = self[unit]
        if unit not in self._before:
            self._before[unit] = copy = watched.copy()
            if self.dawn is not None:
                self.dawn.setdefault(unit, copy)
        elif self.dawn is not None and unit not in self.dawn:
            self.dawn[unit] = watched.copy()
        return watched

    def enrol(self, told: Unit) -> Watched:
        """A new unit, or new words about a known one; its place among the others follows.

        Raises:
            MonitorError: it is known as another kind of unit, or would be a part of itself.
        """
        known = self.units.get(told.id)
        if known is not None and known.unit.kind != told.kind:
            was = known.unit.kind
            raise refusal("NTM-855", told.id, got=told.id, detail=Bilingual(f"đã báo là «{was}»", f"was told as a «{was}»"))
        above = told.part_of
        if above is not None and above not in self.units:
            raise refusal("NTM-855", told.id, got=above, detail=_NOT_TOLD)
        while above is not None:
            if above == told.id:
                itself = Bilingual("sẽ là một phần của chính nó", "would be a part of itself")
                raise refusal("NTM-855", told.id, got=told.id, detail=itself)
            above = self.units[above].unit.part_of
        if known is None:
            self._before.setdefault(told.id, None)
            if self.dawn is not None:
                self.dawn.setdefault(told.id, None)
            known = self.units[told.id] = Watched(told)
        else:
            known = self.change(told.id)
            if known.unit.part_of is not None:
                self.change(known.unit.part_of).parts.discard(told.id)
            known.unit = told
            known.members.clear()
        if told.part_of is not None:
            self.change(told.part_of).parts.add(told.id)
        return known

    def remove(self, unit: str) -> None:
        """Forget a unit of which nothing else is known.

        Raises:
            MonitorError: it still has parts, figures or acts.
        """
        watched = self.change(unit)
        known = watched.parts or watched.values or watched.attested or watched.has_acts
        if known:
            vi, en = f"«{unit}» còn đơn vị con, số liệu hoặc quyết định", f"«{unit}» still has parts, figures or acts"
            raise refusal("NTM-856", unit, detail=Bilingual(vi, en))
        if watched.unit.part_of is not None:
            self.change(watched.unit.part_of).parts.discard(unit)
        del self.units[unit]

    def begin(self) -> None:
        """From here on, changes can be undone."""
        self._before.clear()

    def undo(self) -> None:
        """Everything as it was at :meth:`begin`."""
        for unit, before in self._before.items():
            if before is None:
                self.units.pop(unit, None)
            else:
                self.units[unit] = before
        self._before.clear()

    # --- what the core decides ---------------------------------------------------------------------------------------

    def wholes(self, unit: str) -> Iterator[str]:
        """Every unit that it is a part of, the nearest first."""
        above = self.units[unit].unit.part_of if unit in self.units else None
        while above is not None:
            yield above
            above = self.units[above].unit.part_of

    def below(self, unit: str) -> Iterator[str]:
        """Every unit that is a part of it, or of a part of it, in order of code."""
        for part in sorted(self.units[unit].parts):
            yield part
            yield from self.below(part)

    def subject(self, unit: str, rules: RuleSet, on: date) -> Subject:
        """What is known of a unit on a day, as the subject that an edition decides.

        Raises:
            SubjectError: something that was told of it cannot be read.
        """
        watched = self[unit]
        told = watched.unit
        looked_at = rules.attributes
        year, values = self._assessed(watched, rules, on)
        attributes = {**told.attributes, **(watched.derived if year == on.year else watched.derived_in.get(year, watched.derived))}
        attributes.update((status, holds) for status, holds in watched.holds(on).items() if status in looked_at)
        if told.province is not None and "province" in looked_at:
            attributes.setdefault("province", told.province)
        if "year" in looked_at:
            attributes.setdefault("year", year)
        return Subject(
            id=told.id,
            kind=told.kind,
            name=watched.called(on),
            attributes=attributes,
            values=values,
            attested=watched.outcomes(rules.id),
            members=self._members(unit, rules, on),
        )

    def _assessed(self, watched: Watched, rules: RuleSet, on: date) -> tuple[int, Mapping[str, Any]]:
        """The year that a unit is assessed for, and its figures: the latest year of those whose bound changes with it.

        A figure is held against the bound of its own year. So the first of January by itself makes nobody fail, and a figure of last year
        told late is judged by last year; beside a figure of the new year, one of the old year is no figure.
        """
        figures = watched.figures(rules.id)
        bound = yearly(rules) & figures.keys()
        stated = watched.unit.attributes.get("year")
        year = int(stated) if isinstance(stated, (int, Decimal)) else max((figures[number].year for number in bound), default=on.year)
        values = {number: figure.value for number, figure in figures.items()}
        notes = {number: figure.note for number, figure in figures.items() if figure.note is not None}
        for number in bound:
            own = figures[number].of(year)
            values[number] = own.value if own is not None else Unknown(f"chưa có số liệu năm {year}")
            if number in notes and own is not figures[number]:
                del notes[number]
            if own is not None and own.note is not None:
                notes[number] = own.note
        return year, NotedValues(values, notes) if notes else values

    def _members(self, unit: str, rules: RuleSet, on: date) -> tuple[Member, ...]:
        counted: dict[str, set[str]] = {}
        for kind, name in counted_attributes(rules):
            counted.setdefault(kind, set()).add(name)
        if not counted:
            return ()
        parts = ((part, self.units[part]) for part in self.below(unit))
        return tuple(_member(part, counted[part.unit.kind], on) for _, part in parts if part.unit.kind in counted and part.stands(on))


def _member(part: Watched, names: set[str], on: date) -> Member:
    """A part as the whole counts it: what was stated of it, before that what acts say and how many criteria it meets."""
    key = " ".join(sorted(names))
    member = part.members.get(key)
    if member is None:
        known: Mapping[str, Any] = {**part.unit.attributes, **part.derived, **part.holds(on)}
        if part.criteria_met is not None:
            known = {**known, "criteria_met": part.criteria_met}
        told = {name: value for name, value in known.items() if name in names}
        member = part.members[key] = Member(id=part.unit.id, kind=part.unit.kind, name=part.called(on), attributes=told)
    return member
