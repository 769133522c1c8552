"""What the register would say is wrong with an act that is told: the act is taken all the same, since an authority did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ntm_rules.monitor.day import Law
from ntm_rules.monitor.standing import acts_of, listed
from ntm_rules.monitor.told import Recognition, Told
from ntm_rules.monitor.watched import Units, Watched
from ntm_rules.problems import Place, Problem
from ntm_rules.register.acts import REGISTERED, Act
from ntm_rules.register.book import Register
from ntm_rules.register.check import check_register
from ntm_rules.register.editions import needed


def doubts_of(told: Told, before: list[Problem], units: Units, law: Law) -> list[Problem]:
    """What is wrong with the acts on the units of an act just told, and was not before it."""
    found = [problem for problem in wrong_with(told, units, law) if problem not in before]
    if isinstance(told, Recognition) and not any(problem.code == "NTM-826" for problem in found):
        found += _built_on_what_is_denied(told, units[told.subject], law)
    return found


def wrong_with(told: Told, units: Units, law: Law) -> list[Problem]:
    """What the register says of the acts on the units that an act is about."""
    concerned = [units[unit] for unit in told.units if unit in units.units]
    acts = dict.fromkeys(act for watched in concerned for act in acts_of(watched) if not act.status or act.status in REGISTERED)
    if not acts:
        return []
    register = Register((_placed(act, units) for act in acts), map(listed, concerned))
    findings = check_register(register, law.catalogue)
    return [one.problem for one in findings if not (one.problem.code == "NTM-813" and units[one.unit].unit.attributes.get(one.status))]


def _placed(act: Act, units: Units) -> Act:
    """An act with the name of its unit, and a place of its own, so that two do not count as one row."""
    place = Place(path=" ".join(map(str, (act.unit, act.kind, act.status or act.into, act.day))))
    into = units[act.into].unit.name if act.into in units.units else ""
    return replace(act, name=units[act.unit].unit.name, into_name=into, place=place)


def _built_on_what_is_denied(told: Recognition, watched: Watched, law: Law) -> Iterator[Problem]:
    """A status recognised while the one that its set asks for is said not to be held: by an act, or of the unit."""
    if told.status not in REGISTERED:
        return
    for base in sorted(needed(law.catalogue, told.status)):
        if watched.holds(told.on).get(base, watched.unit.attributes.get(base)) is False:
            words = {"unit": told.subject, "name": watched.unit.name or "…", "day": told.on}
            yield Problem(
                "NTM-826", Place(path=told.subject), {**words, "status": REGISTERED[told.status], "needed": REGISTERED.get(base, base)}
            )
