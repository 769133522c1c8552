"""What is wrong with a register: acts that contradict each other, their edition, or the list of units. Nothing is mended by guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Problem, nearest
from ntm_rules.register.acts import ACT_LABELS, KIND_LABELS, REGISTERED, Act, kind_of_status
from ntm_rules.register.book import Register
from ntm_rules.values import folded


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a register, and the recognition that can therefore not be judged.

    Attributes:
        problem: what is wrong, with its row.
        unit: the unit concerned.
        status: its status concerned; empty where it is no single one.
        fatal: whether what follows from the act is open because of it; otherwise it is a warning.
    """

    problem: Problem
    unit: str
    status: str = ""
    fatal: bool = True


def check_register(register: Register, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Everything wrong with a register, in the order of its rows.

    Overlapping recognitions, recognition before the edition existed or under one that grants something else, an end before the issue,
    an act on a unit that no longer existed, a revocation of what was not recognised, a code that does not join, a name that differs.
    """
    kinds = {unit.kind for unit in register.units.values()}
    found = [finding for act in register.acts for finding in _of_act(act, register, catalogue, act.unit_kind in kinds)]
    found += _overlaps(register)
    rows = {act.place: number for number, act in enumerate(register.acts)}
    return tuple(sorted(found, key=lambda finding: rows[finding.problem.place]))


def doubtful(findings: Iterable[Finding]) -> Mapping[tuple[str, str], tuple[Problem, ...]]:
    """The recognitions that the register itself contradicts, with what is wrong."""
    found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for finding in findings:
        if finding.fatal:
            found[finding.unit, finding.status].append(finding.problem)
    return {key: tuple(problems) for key, problems in found.items()}


def _of_act(act: Act, register: Register, catalogue: Catalogue, is_listed: bool) -> Iterator[Finding]:
    who = {"unit": act.unit, "name": act.name or "…"}

    def finding(code: str, fatal: bool = True, **words: object) -> Finding:
        return Finding(Problem(code, act.place, {**who, **words}), act.unit, act.status, fatal)

    kind = kind_of_status(act.status) if act.status else act.unit_kind
    if act.status and kind != act.unit_kind:
        expected = KIND_LABELS[kind].vi if kind else "–"
        yield finding("NTM-817", status=REGISTERED[act.status].vi, got=KIND_LABELS[act.unit_kind].vi, expected=expected)
    if act.until is not None and act.day is not None and act.until < act.day:
        yield finding("NTM-807", until=act.until, day=act.day)
    if act.edition:
        yield from _edition(act, catalogue, finding)
    merged = next((other for other in register.of(act.unit) if other.kind == "merge" and other is not act), None)
    if merged is not None and merged.day is not None and act.day is not None and act.day > merged.day:
        yield finding("NTM-808", act=ACT_LABELS[act.kind].vi, day=act.day, merged=merged.day, into=merged.into_name or merged.into or "…")
    if act.kind == "revocation" and not any(
        other.kind == "recognition" and other.status == act.status and _not_after(other, act) for other in register.of(act.unit)
    ):
        yield finding("NTM-813", fatal=False, status=REGISTERED[act.status].vi)
    if is_listed:
        listed = register.units.get(act.unit)
        if listed is None:
            guess = nearest(act.unit, register.units) or _by_name(act, register)
            yield finding("NTM-810", guess=guess)
        elif act.name and folded(act.name) not in {folded(name) for name in (listed.name, *listed.other_names)}:
            yield finding("NTM-811", fatal=False, listed=listed.name)


def _not_after(first: Act, second: Act) -> bool:
    return first.certain_from is None or second.certain_from is None or first.certain_from <= second.certain_from


def _by_name(act: Act, register: Register) -> str | None:
    same = [unit.id for unit in register.units.values() if folded(act.name) in {folded(name) for name in (unit.name, *unit.other_names)}]
    return same[0] if act.name and len(same) == 1 else None


def _edition(act: Act, catalogue: Catalogue, finding: object) -> Iterator[Finding]:
    assert callable(finding)
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


def _overlaps(register: Register) -> Iterator[Finding]:
    """Recognitions of one status that run at the same time, unless a later edition recognises anew."""
    for unit, status in register.recognised():
        acts = [act for act in register.of(unit) if act.status == status and act.kind in ("recognition", "revocation")]
        for first, second in pairwise(acts):
            if first.kind != "recognition" or second.kind != "recognition":
                continue
            if first.edition and second.edition and first.edition != second.edition:
                continue
            if first.until is not None and second.day is not None and first.until < second.day:
                continue
            words = {"unit": unit, "status": REGISTERED[status].vi, "first": first.place.path or first.label, "until": first.until or "…"}
            yield Finding(Problem("NTM-805", second.place, words), unit, status)
