"""How far a district or a province is from recognition: its set's conditions and criteria, and which communes stand in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Problem
from ntm_rules.register.acts import Unit
from ntm_rules.register.editions import edition_granting
from ntm_rules.register.joining import Joiner
from ntm_rules.tables.to_do import Lacked, lacks
from ntm_rules.values import Bilingual, Outcome, SourceLevel, SubjectKind

_CITIES: Final = ("thành phố", "thị xã")  # these complete the task, they are not recognised as new rural districts


@dataclass(frozen=True, slots=True)
class Dossier:
    """A unit that is not recognised yet, under the set that would have it recognised.

    Attributes:
        unit: its code.
        rules: the set; None where none, or none alone, is in force for it that day.
        decision: what the set says of it, with its communes as register and list have them; None where it could not be decided.
        reason: why there is no set; None where there is one.
    """

    unit: str
    rules: RuleSet | None = None
    decision: Decision | None = None
    reason: Bilingual | None = None

    @property
    def lacking(self) -> tuple[Lacked, ...]:
        """Each indicator in the way, with the communes that lack it."""
        return tuple(lacks(self.decision, self.rules)) if self.decision is not None and self.rules is not None else ()

    @property
    def outcome(self) -> Outcome:
        """Whether it has all that recognition asks for; meeting the set is no recognition."""
        return self.decision.outcome if self.decision is not None else Outcome.UNDETERMINED


def dossiers_of(
    joiner: Joiner,
    facts: Mapping[tuple[str, str], Subject],
    decisions: Mapping[str, Mapping[str, Decision]],
    province: str | None,
    accept: SourceLevel,
    problems: list[Problem],
) -> Iterator[Dossier]:
    """The dossiers of the districts and provinces of the list that the register does not have as recognised.

    Args:
        joiner: the register on the day.
        facts: what tables know of the units, by unit and family of sets.
        decisions: what is decided or stored already, by family and unit.
        province: whose sets apply, where the list does not say.
        accept: the weakest source level that may decide.
        problems: where what keeps one from being decided is added.
    """
    register, on, read = joiner.register, joiner.on, dict[str, RuleSet]()
    for unit in register.existing(on):
        status = _status(unit)
        if not status or register.standing(unit.id, status, on).holds:
            continue
        own = unit.attributes.get("province") or province
        parts: frozenset[SubjectKind] = frozenset(part.kind for part in register.parts(unit.id, on))
        found = edition_granting(joiner.catalogue, status, on, own if isinstance(own, str) else province, parts=parts)
        if found.name is None:
            yield Dossier(unit.id, reason=found.reason)
            continue
        if found.name not in read:
            read[found.name] = load(found.name, on=on, province=province, catalogue=joiner.catalogue)
        rules = read[found.name]
        decision = decisions.get(found.family, {}).get(unit.id)
        if decision is None:
            given = facts.get((unit.id, found.family)) or Subject(id=unit.id, kind=unit.kind, name=unit.name)
            decision, wrong = joiner.decide(unit.id, rules, given, accept)
            problems += _told_before(wrong, problems)
        yield Dossier(unit.id, rules, decision)


def _status(unit: Unit) -> str:
    if unit.kind == "province":
        return "province-completed"
    if unit.kind == "district":
        return "city-completed" if unit.attributes.get("unit_type") in _CITIES else "district-ntm"
    return ""


def _told_before(found: Iterable[Problem], told: list[Problem]) -> list[Problem]:
    """What was not told yet: a district that a table names was decided before, and its problems were told then."""
    return [one for one in found if one not in told]
