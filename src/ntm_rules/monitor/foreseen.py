"""What is said of a day itself: acts that took effect, recognitions about to end, next year's levels, figures not told yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.monitor.day import Law
from ntm_rules.monitor.told import Filing, Merge, Recognition, Rename, Revocation
from ntm_rules.monitor.watched import Units, Watched, yearly
from ntm_rules.values import Bilingual, Outcome, SourceLevel

Acted = Recognition | Revocation | Merge | Rename | Filing
AHEAD: Final = (90, 60, 30)  # days before
_UNITS: Final = Bilingual("{} đơn vị", "units: {}")
_BELOW: Final = Bilingual("chỉ tiêu {} yêu cầu {}", "indicator {} asks for {}")


def warning_days(year: int) -> tuple[date, ...]:
    """The days of a year on which next year's levels are looked at."""
    return tuple(date(year + 1, 1, 1) - timedelta(days=number) for number in AHEAD)


def said_of(told: Acted, units: Units) -> Iterator[dict[str, Any]]:
    """That an authority recognised, revoked, merged or renamed, or that a dossier was filed."""
    if isinstance(told, Merge):
        into = units[told.new].called(told.on) or told.new
        for old in told.old:
            if old != told.new:
                yield {"kind": "merged", **_who(units[old], told.on), "observed": Bilingual(into), "since": told.on}
    elif isinstance(told, Rename):
        before = units[told.subject].called(told.on - timedelta(days=1))
        yield {"kind": "renamed", "subject": told.subject, "name": before, "observed": Bilingual(told.name), "since": told.on}
    elif isinstance(told, Filing):
        yield {"kind": "filed", **_who(units[told.subject], told.on), "since": told.on}
    else:
        kind = "recognised" if isinstance(told, Recognition) else "revoked"
        yield {"kind": kind, **_who(units[told.subject], told.on), "status": told.status, "since": told.on}


def foreseen(concerned: Iterable[str], units: Units, law: Law, accept: SourceLevel) -> Iterator[dict[str, Any]]:
    """What a day that begins brings by itself: acts that take effect, last days that come near, levels of the year to come.

    Args:
        concerned: the units on which acts take effect or end on the day, or soon after.
        units: all units.
        law: the law of the day.
        accept: the weakest source level that may decide.
    """
    on = law.on
    for unit in sorted(concerned):
        watched = units[unit]
        acts: tuple[Acted, ...] = (
            *watched.recognised.values(),
            *watched.revoked.values(),
            *watched.renamed.values(),
            *watched.filed.values(),
        )
        acts += (watched.merged,) if watched.merged else ()
        for told in acts:
            if told.on == on:
                yield from (one for one in said_of(told, units) if one["subject"] == unit)
        yield from ({**_who(watched, on), **one} for one in _endings(watched, on))
    if on in warning_days(on.year):
        for _, watched in sorted(units.units.items()):
            if watched.exists and watched.recognised:
                yield from ({**_who(watched, on), **one} for one in _next_levels(units, watched, law, accept))


def without_figures(units: Units, law: Law) -> Iterator[dict[str, Any]]:
    """A year began: how many units have no figure of it where one goes by the year, once for the whole that they are part of."""
    for unit, watched in sorted(units.units.items()):
        if watched.unit.part_of is None:
            known = [units[one] for one in (unit, *units.below(unit))]
            waiting = [one for one in known if one.exists and (last := _latest(one, law)) is not None and last < law.on.year]
            if waiting:
                yield {"kind": "no-figures", **_who(watched, law.on), "observed": _UNITS.fill(len(waiting))}


def _latest(watched: Watched, law: Law) -> int | None:
    """The latest year of which a figure that goes by the year was told; None where none was."""
    found = []
    for edition in watched.values:
        figures = watched.figures(edition)
        found += [figures[number].year for number in yearly(law.named(edition, watched.unit.province)) & figures.keys()]
    return max(found, default=None)


def _who(watched: Watched, on: date) -> dict[str, Any]:
    return {"subject": watched.unit.id, "name": watched.called(on)}


def _endings(watched: Watched, on: date) -> Iterator[dict[str, Any]]:
    """The statuses held of which the last day is so many days ahead, but for those of which a dossier was filed."""
    for status in sorted(status for status, holds in watched.held.items() if holds):
        act = watched.act(status, on)
        until = watched.until(act) if act is not None else None
        if act is not None and until is not None and (until - on).days in AHEAD and not watched.awaited(act, on):
            yield {"kind": "ending", "status": status, "until": until}


def _next_levels(units: Units, watched: Watched, law: Law, accept: SourceLevel) -> Iterator[dict[str, Any]]:
    """The criteria of statuses held that this year's figures meet, and would not meet by the bound of next year."""
    if "year" in watched.unit.attributes:
        return  # the year that it is assessed for was stated
    for family in watched.families:
        rules = law.rules(family, watched.unit.province)
        if rules is None or not watched.held.get(rules.document.grants or ""):
            continue
        figures = watched.figures(rules.id)
        bound = [number for number in yearly(rules) if number in figures and figures[number].year == law.on.year]
        if bound and law.lasts(rules.id, date(law.on.year + 1, 1, 1)):
            yield from _below(units, watched, rules, sorted(bound), law, accept)


def _below(units: Units, watched: Watched, rules: RuleSet, bound: list[str], law: Law, accept: SourceLevel) -> Iterator[dict[str, Any]]:
    subject = units.subject(watched.unit.id, rules, law.on)
    later = subject.replace(attributes={"year": law.on.year + 1})
    this, next_ = (rules.evaluate(one, accept=accept) for one in (subject, later))
    lost: dict[str, list[Bilingual]] = {}
    for number in bound:
        node = next_[number]
        if this[number].outcome is Outcome.MET and node.outcome is Outcome.NOT_MET:
            section = next(part for part in next_.root.parts if any(one.id == number for one in part.walk()))
            asks = Bilingual(node.requirement("vi"), node.requirement("en"))
            lost.setdefault(section.id, []).append(_BELOW.fill(number, asks))
    for criterion, reasons in lost.items():
        words = {"ruleset": rules.id, "status": rules.document.grants, "criterion": criterion, "title": next_[criterion].title}
        yield {"kind": "next-level", **words, "reason": Bilingual.join(reasons, "; ")}
