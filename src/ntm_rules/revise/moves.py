"""From one edition to the next: the same units under both, who gains, who loses, and by which indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.given import NOT_GIVEN
from ntm_rules.model.subject import Subject
from ntm_rules.values import Bilingual, Outcome, SourceLevel, SubjectKind, Unknown


class Move(StrEnum):
    """What becomes of a unit, a criterion or an indicator between two editions."""

    GAINS = "gains"
    LOSES = "loses"
    STAYS_MET = "stays_met"
    STAYS_NOT_MET = "stays_not_met"
    OPEN = "open"
    NEW = "new"
    DROPPED = "dropped"

    @property
    def label(self) -> Bilingual:
        """The move in words."""
        return _LABELS[self]


_LABELS: Final = {
    Move.GAINS: Bilingual("thành đạt", "gains"),
    Move.LOSES: Bilingual("thành chưa đạt", "loses"),
    Move.STAYS_MET: Bilingual("vẫn đạt", "still met"),
    Move.STAYS_NOT_MET: Bilingual("vẫn chưa đạt", "still not met"),
    Move.OPEN: Bilingual("chưa xác định", "undetermined"),
    Move.NEW: Bilingual("mới có", "new"),
    Move.DROPPED: Bilingual("không còn", "dropped"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator between the two editions.

    Attributes:
        old: the node before; None where the indicator is new, or no line of the mapping joins it.
        new: the node after; None where it was dropped, or no line joins it.
        carried: whether the new value is the old one.
    """

    old: Node | None
    new: Node | None
    carried: bool = False

    @property
    def move(self) -> Move:
        """What becomes of it."""
        if self.old is None:
            return Move.NEW
        if self.new is None:
            return Move.DROPPED
        return move_between(self.old.outcome, self.new.outcome)


@dataclass(frozen=True, slots=True)
class Change:
    """One unit under both editions."""

    before: Decision
    after: Decision
    steps: tuple[Step, ...]

    @property
    def move(self) -> Move:
        """What becomes of the unit."""
        return move_between(self.before.outcome, self.after.outcome)

    @property
    def why(self) -> tuple[Step, ...]:
        """The indicators that differ between the two, and the new ones that are not met."""
        return tuple(step for step in self.steps if step.move in (Move.GAINS, Move.LOSES) or (step.move is Move.NEW and _fails(step.new)))

    @property
    def failed(self) -> tuple[str, ...]:
        """The criteria that are not met after, some perhaps attested as a whole, so that no indicator says why."""
        return tuple(node.id for node in self.after.criteria if node.outcome is Outcome.NOT_MET)

    @property
    def carried(self) -> int:
        """How many values serve both editions."""
        return sum(step.carried for step in self.steps)

    def as_dict(self) -> dict[str, Any]:
        """The change as plain data."""
        return {
            "unit": self.before.subject.id,
            "name": self.before.subject.name,
            "move": self.move.value,
            **{
                key: {"ruleset": decision.ruleset.id, "outcome": decision.outcome.value, "met": decision.count(Outcome.MET)}
                for key, decision in (("before", self.before), ("after", self.after))
            },
            "failed": list(self.failed),
            "steps": [
                {
                    "old": step.old.id if step.old else None,
                    "new": step.new.id if step.new else None,
                    "move": step.move.value,
                    "carried": step.carried,
                }
                for step in self.steps
            ],
        }


def move_between(before: Outcome, after: Outcome) -> Move:
    """What becomes of one outcome; what does not apply asks for nothing, so it counts as met."""
    if Outcome.UNDETERMINED in (before, after):
        return Move.OPEN
    was, now = (outcome in (Outcome.MET, Outcome.NOT_APPLICABLE) for outcome in (before, after))
    if was:
        return Move.STAYS_MET if now else Move.LOSES
    return Move.GAINS if now else Move.STAYS_NOT_MET


def _fails(node: Node | None) -> bool:
    return node is not None and node.outcome is Outcome.NOT_MET


def carry(old: Subject, mapping: Mapping[str, str], new: Subject | None, kind: SubjectKind) -> tuple[Subject, frozenset[str]]:
    """The unit as it is known under the new edition, and the new indicators whose value is an old one.

    A value given for the new edition counts before a carried one. Attestations are not carried: each speaks of its own edition.

    Args:
        old: the unit under the old edition.
        mapping: the old indicator for each new one that takes its value.
        new: what is known under the new edition, if anything.
        kind: the kind of the new subject.
    """
    given = dict(new.values) if new is not None else {}
    absent = {number for number in mapping if isinstance(given.get(number, NOT_GIVEN), Unknown)}
    values = {number: old.values.get(source, NOT_GIVEN) for number, source in mapping.items() if number in absent}
    taken = {number: value for number, value in values.items() if not isinstance(value, Unknown)}
    attributes = {**old.attributes, **(new.attributes if new is not None else {})}
    attested = dict(new.attested) if new is not None else {}
    subject = Subject(
        id=old.id, kind=kind, name=old.name, attributes=attributes, values={**given, **taken}, attested=attested, members=old.members
    )
    return subject, frozenset(taken)


def transition(
    old_rules: RuleSet,
    new_rules: RuleSet,
    subjects: Iterable[Subject],
    mapping: Mapping[str, str],
    *,
    new_subjects: Mapping[str, Subject] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
) -> tuple[Change, ...]:
    """Evaluate the same units under two editions.

    Args:
        old_rules: the edition before.
        new_rules: the edition after.
        subjects: the units as known under the edition before.
        mapping: the old indicator for each new one that takes its value, as :func:`~ntm_rules.loading.transition.find_mapping` gives it.
        new_subjects: what is known under the edition after, by code.
        accept: the weakest source level that may decide.

    Raises:
        SubjectError: a value, an attribute or an attestation cannot be taken.
    """
    found = []
    for subject in subjects:
        before = old_rules.evaluate(subject, accept=accept)
        now, carried = carry(subject, mapping, (new_subjects or {}).get(subject.id), new_rules.kind)
        after = new_rules.evaluate(now, accept=accept)
        found.append(Change(before, after, _steps(before, after, mapping, carried)))
    return tuple(found)


def _steps(before: Decision, after: Decision, mapping: Mapping[str, str], carried: frozenset[str]) -> tuple[Step, ...]:
    """Every indicator of the new edition with its old one, then the old ones that no new one follows."""
    old = {node.id: node for node in before.indicators}
    steps = [Step(old.get(mapping.get(node.id, "")), node, node.id in carried) for node in after.indicators]
    followed = {step.old.id for step in steps if step.old is not None}
    return (*steps, *(Step(node, None) for number, node in old.items() if number not in followed))


def moves(changes: Iterable[Change]) -> Counter[Move]:
    """How many units make each move."""
    return Counter(change.move for change in changes)
