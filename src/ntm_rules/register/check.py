"""What is wrong with a register: acts that contradict each other, their edition, or the list of units. Nothing is mended by guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ntm_rules.labels import KINDS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Problem, nearest
from ntm_rules.register.acts import ACT_LABELS, REGISTERED, Act, Unit, kind_of_status
from ntm_rules.register.book import Register
from ntm_rules.register.editions import needed
from ntm_rules.register.lives import Life
from ntm_rules.register.validity import term_of
from ntm_rules.values import Bilingual, folded


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a register, and the recognition that can therefore not be judged.

    Attributes:
        problem: what is wrong, with its row.
        unit: the unit concerned.
        status: its status concerned; empty where it is no single one.
        life: the unit that the act is on.
        fatal: whether what follows from the act is open because of it; otherwise it is a warning.
    """

    problem: Problem
    unit: str
    life: Life
    status: str = ""
    fatal: bool = True


def check_register(register: Register, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Everything wrong with a register, in the order of its rows.

    Overlapping recognitions, recognition before the edition existed or under one that grants something else, an end before the issue,
    an act on a unit that no longer existed, a revocation of what was not recognised, a status without the one it builds on, a code that
    does not join, a name that differs.
    """
    kinds = {unit.kind for unit in register.units.values()}
    names: dict[str, list[str]] = defaultdict(list)
    for unit in register.units.values():
        for name in dict.fromkeys(folded(name) for name in (unit.name, *unit.other_names)):
            names[name].append(unit.id)
    found = [finding for act in register.acts for finding in _of_act(act, register, catalogue, act.unit_kind in kinds, names)]
    found += [*_overlaps(register, catalogue), *_built_on_nothing(register, catalogue)]
    rows = {act.place: number for number, act in enumerate(register.acts)}
    return tuple(sorted(found, key=lambda finding: rows[finding.problem.place]))


def told_of_list(register: Register, on: date, province: str | None, catalogue: Catalogue) -> list[Problem]:
    """What should be known of the list of units as it is on a day, before it is counted: units of another province than the one asked for,
    and units of a whole that is not on the list, where those of others are."""
    units, provinces = register.existing(on), catalogue.provinces
    asked = provinces.slug(province) if province is not None else None
    if asked is not None and provinces.on(asked, on) is None:
        asked = None  # there is none any more, and its units are of another since
    strange: dict[str, list[Unit]] = defaultdict(list)
    nowhere: dict[str, list[Unit]] = defaultdict(list)
    held = {unit.kind for unit in units if unit.whole and register.listed(unit.whole, on) is not None}
    for unit in units:
        own = unit.attributes.get("province")
        if asked is not None and unit.kind != "province" and own in provinces.by_slug and own != asked:
            strange[str(own)].append(unit)
        if unit.whole and unit.kind in held and register.listed(unit.whole) is None:
            nowhere[unit.whole].append(unit)
    told = []
    for own, found in strange.items():
        words = {"count": len(found), "first": found[0].name, "got": provinces.name(own), "asked": provinces.name(asked or own)}
        told.append(Problem("NTM-452", found[0].place, words))
    for code, found in nowhere.items():
        told.append(Problem("NTM-453", found[0].place, {"count": len(found), "first": found[0].name, "whole": code}))
    return told


def doubtful(findings: Iterable[Finding]) -> Mapping[tuple[Life, str], tuple[Problem, ...]]:
    """The recognitions that the register itself contradicts, with what is wrong."""
    found: dict[tuple[Life, str], list[Problem]] = defaultdict(list)
    for finding in findings:
        if finding.fatal:
            found[finding.life, finding.status].append(finding.problem)
    return {key: tuple(problems) for key, problems in found.items()}


def _of_act(act: Act, register: Register, catalogue: Catalogue, is_listed: bool, names: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    who = {"unit": act.unit, "name": act.name or "…"}
    life = register.life_of(act)

    def finding(code: str, fatal: bool = True, **words: object) -> Finding:
        return Finding(Problem(code, act.place, {**who, **words}), life.code, life, act.status, fatal)

    kind = kind_of_status(act.status) or "commune" if act.status else act.unit_kind  # wards and townships stand on the list of communes
    if kind != act.unit_kind:
        yield finding("NTM-817", status=REGISTERED[act.status], got=KINDS[act.unit_kind].one, expected=KINDS[kind].one)
    if act.until is not None and act.day is not None and act.until < act.day:
        yield finding("NTM-807", until=act.until, day=act.day)
    if act.edition:
        yield from _edition(act, catalogue, finding)
    yield from _of_a_merged_unit(act, register, finding)
    if act.kind == "revocation" and not any(
        other.kind == "recognition" and other.status == act.status and _not_after(other, act) for other in life.acts
    ):
        yield finding("NTM-813", fatal=False, status=REGISTERED[act.status])
    if is_listed:
        listed = register.listed(life)
        later = register.listed(act.unit)
        if listed is None and later is not None and later.begins is not None and act.day is not None and act.day < later.begins:
            yield finding("NTM-839", act=ACT_LABELS[act.kind], day=act.day, begins=later.begins)
        elif listed is None:
            yield finding("NTM-810", guess=_only(names.get(folded(act.name), ())))
        elif act.name and folded(act.name) not in _names(act, register):
            yield finding("NTM-811", fatal=False, listed=listed.name)
        if act.into and register.listed(act.into) is None:
            guess = _only(names.get(folded(act.into_name), ()))
            yield finding("NTM-810", fatal=False, unit=act.into, name=act.into_name or "…", guess=guess)


def _of_a_merged_unit(act: Act, register: Register, finding: Callable[..., Finding]) -> Iterator[Finding]:
    """An act on a unit that no longer existed, or a merger into one."""
    if act.day is None:
        return
    merges = [other for other in register.life_of(act).acts if other.kind == "merge" and other is not act and other.day is not None]
    first = merges[0].day if merges else None
    if first is not None and (act.day > first or (act.day == first and act.kind != "merge")):
        into = merges[0].into_name or merges[0].into or "…"
        yield finding("NTM-808", act=ACT_LABELS[act.kind], day=act.day, merged=first, into=into)
    gone = register.ended(act.into, act.day) if act.kind == "merge" and act.into else None
    if gone is not None and gone is not act and gone.day is not None:
        into = gone.into_name or gone.into or "…"
        yield finding(
            "NTM-808", unit=act.into, name=act.into_name or "…", act=ACT_LABELS[act.kind], day=act.day, merged=gone.day, into=into
        )


def _not_after(first: Act, second: Act) -> bool:
    return first.certain_from is None or second.certain_from is None or first.certain_from <= second.certain_from


def _only(codes: Sequence[str]) -> str | None:
    """The one code there is; None where a name is nobody's or shared."""
    return codes[0] if len(codes) == 1 else None


def _names(act: Act, register: Register) -> set[str]:
    """Every name a unit has on the list, under any of its codes, or was given by an act."""
    life = register.life_of(act)
    listed = [unit for code in life.codes for unit in register.listing.get(code, ())]
    given = [name for other in life.acts if other.kind == "rename" for name in (other.name, other.into_name)]
    given += [other.into_name for other in life.made_by if other.into_name]
    return {folded(name) for name in (*given, *(name for unit in listed for name in (unit.name, *unit.other_names)))}


def _edition(act: Act, catalogue: Catalogue, finding: Callable[..., Finding]) -> Iterator[Finding]:
    entry = catalogue.rulesets.get(act.edition)
    if entry is None:
        yield finding("NTM-812", got=act.edition, guess=nearest(act.edition, catalogue.rulesets))
        return
    grants = entry.header.get("grants")
    expected = "ocop" if act.status.startswith("ocop-") else act.status
    if act.kind == "recognition" and grants != expected:
        yield finding("NTM-812", got=act.edition, guess=None)
    start = entry.in_force.start
    if act.day is not None and start is not None and act.day < start:
        yield finding("NTM-806", day=act.day, edition=act.edition, start=start)


_NOW = Bilingual("nay", "now")


def _overlaps(register: Register, catalogue: Catalogue) -> Iterator[Finding]:
    """Recognitions of one status that run at the same time, unless a later edition recognises anew or a certificate was due again."""
    for life, status in register.recognised():
        acts = [act for act in life.acts if act.status == status and act.kind in ("recognition", "revocation")]
        for first, second in pairwise(acts):
            if first.kind != "recognition" or second.kind != "recognition":
                continue
            if first.edition and second.edition and first.edition != second.edition:
                continue
            if second.day is not None and _over_or_due(first, second.day, catalogue):
                continue
            words = {
                "unit": life.code,
                "status": REGISTERED[status],
                "first": str(first.place) or first.label,
                "until": first.until or _NOW,
            }
            yield Finding(Problem("NTM-805", second.place, words), life.code, life, status)


def _built_on_nothing(register: Register, catalogue: Catalogue) -> Iterator[Finding]:
    """Statuses held without the one that their set asks for: never recognised, or revoked while they stand."""
    builds_on = {status: needed(catalogue, status) for status in dict.fromkeys(status for _, status in register.recognised())}
    for life, status in register.recognised():
        acts = [act for act in life.acts if act.kind == "recognition" and act.status == status]
        for base in sorted(builds_on[status]):
            acts_on_base = [act for act in life.acts if act.kind == "revocation" and act.status == base]
            for act in (*acts, *acts_on_base):
                day = act.certain_from
                if day is None or life.has_ended(day) or not register.standing(life, status, day).holds:
                    continue
                if register.standing(life, base, day).holds is False:
                    words = {"unit": life.code, "name": act.name or "…", "day": day}
                    words |= {"status": REGISTERED[status], "needed": REGISTERED.get(base, base)}
                    yield Finding(Problem("NTM-826", act.place, words), life.code, life, status, fatal=False)


def _over_or_due(act: Act, on: date, catalogue: Catalogue) -> bool:
    """Whether a recognition had ended by a day, or its certificate was to be assessed again by then."""
    if act.unit_kind != "product":
        return act.until is not None and act.until < on
    term = term_of(act, on, catalogue)
    return term.until is not None and (on > term.until or (term.window is not None and on >= term.window[0]))
