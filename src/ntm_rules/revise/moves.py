"""The same subjects under two texts: who gains, who loses, and by which indicator.

Within one edition (two versions, two days, with and without a draft or a province) every number stays what it is, and what an authority
attested of it is still attested. Between two editions a value serves the new text only where a mapping says so, and no attestation does:
each speaks of its own edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.given import NOT_GIVEN
from ntm_rules.model.subject import Subject, not_read
from ntm_rules.revise.through import least_through
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel, Unknown


class Move(StrEnum):
    """What becomes of a unit, a criterion or an indicator between two texts."""

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
    """One indicator between the two texts.

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
class Affected:
    """One subject under both texts.

    Attributes:
        before: the decision under the older text.
        after: the decision under the newer text.
        figures: of a product, the figures of its sheet that move it; None where it is not asked or does not move.
    """

    before: Decision
    after: Decision
    figures: tuple[str, ...] | None = field(default=None, kw_only=True)

    @property
    def changed(self) -> tuple[str, ...]:
        """The numbers of the criteria and indicators whose outcome differs, those of one text alone left out."""
        old = {node.id: node.outcome for node in self.before.root.walk() if node.id}
        new = {node.id: node.outcome for node in self.after.root.walk() if node.id}
        return tuple(number for number, outcome in new.items() if number in old and old[number] is not outcome)

    @property
    def is_affected(self) -> bool:
        """Whether anything about the subject differs: the outcome, a criterion, the stars."""
        return self.before.outcome is not self.after.outcome or self.before.stars != self.after.stars or bool(self.changed)

    @property
    def through(self) -> tuple[str, ...]:
        """The indicators that move it, the least that suffice (:func:`~ntm_rules.revise.through.least_through`); of a product its figures.

        Where the whole stays as it was: those that differ and now stand as the whole does; all where none does.
        """
        least = least_through(self.before, self.after) if self.figures is None else self.figures
        if least is not None:
            return least
        leaves = {node.id: node.outcome for node in self.after.indicators}
        moved = [number for number in self.changed if number in leaves]
        carrying = tuple(number for number in moved if leaves[number] is self.after.outcome)
        return carrying or tuple(moved)

    def sentence(self, lang: Lang = "vi") -> str:
        """The subject in a sentence: ``23311 Đắk Cấm: đạt → chưa đạt (10, 10.1)``."""
        subject = self.before.subject
        name = " ".join(dict.fromkeys(filter(None, (subject.id, subject.name))))  # once, where a table has no ids but names
        words = " → ".join(_outcome(decision, lang) for decision in (self.before, self.after))
        return f"{name}: {words}" + (f" ({', '.join(self.changed)})" if self.changed else "")

    def as_dict(self) -> dict[str, Any]:
        """The subject as plain data."""
        ranked = any(decision.stars_possible for decision in (self.before, self.after))
        return {
            "id": self.before.subject.id,
            "before": self.before.outcome.value,
            "after": self.after.outcome.value,
            "stars": [self.before.stars, self.after.stars] if ranked else None,
            "changed": list(self.changed),
            "through": list(self.through),
        }


def _outcome(decision: Decision, lang: Lang) -> str:
    """The class where the text ranks, the outcome where it does not or where the class is open."""
    return decision.outcome.label.say(lang) if decision.stars is None else f"{decision.stars} ★"


@dataclass(frozen=True, slots=True)
class Change(Affected):
    """One subject under both texts, step by step.

    Attributes:
        steps: every indicator of the newer text with its older one, then the older ones that no newer one follows.
    """

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


def both(
    old: RuleSet,
    new: RuleSet,
    subjects: Iterable[Subject],
    *,
    mapping: Mapping[str, str] | None = None,
    new_subjects: Mapping[str, Subject] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
) -> Iterator[Change]:
    """Evaluate the same subjects under two texts, one after another.

    Args:
        old: the text before.
        new: the text after.
        subjects: what is known of each, as it is asked for by the text before.
        mapping: for two editions, the old indicator for each new one that takes its value; within one edition nothing need be said.
        new_subjects: what is known under the text after, by id; it counts before what is carried.
        accept: the weakest source level that may decide.

    Raises:
        ValueError: the texts are of two editions and no mapping is given.
        SubjectError: a value, an attribute or an attestation cannot be taken.
    """
    if mapping is None and old.id != new.id:
        raise ValueError(f"{old.id} → {new.id}: cần mapping (a mapping is needed between two editions)")
    numbers = (_numbers(old), _numbers(new))
    joined = mapping if mapping is not None and old.id != new.id else {one.indicator: one.indicator for one in new.inputs}
    for subject in subjects:
        if not isinstance(subject, Subject):
            raise not_read(subject)
        further = (new_subjects or {}).get(subject.id)
        if old.id == new.id:
            known, now = (_fitting(subject, *pair) for pair in (numbers, numbers[::-1]))
        else:
            known, now = subject, _mapped(subject, joined, new)
        carried = frozenset(number for number, value in now.values.items() if not isinstance(value, Unknown))
        if further is not None:
            now, carried = _with(now, further)
        before, after = old.evaluate(known, accept=accept), new.evaluate(now, accept=accept)
        yield Change(before, after, _steps(before, after, joined, carried))


def transition(
    old_rules: RuleSet,
    new_rules: RuleSet,
    subjects: Iterable[Subject],
    mapping: Mapping[str, str] | None = None,
    *,
    new_subjects: Mapping[str, Subject] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
) -> tuple[Change, ...]:
    """Evaluate the same units under two texts, step by step; the arguments and errors are those of :func:`both`."""
    return tuple(both(old_rules, new_rules, subjects, mapping=mapping, new_subjects=new_subjects, accept=accept))


def _numbers(rules: RuleSet) -> frozenset[str]:
    """Whatever a value or an attestation can be given for."""
    return frozenset(one.indicator for one in rules.inputs).union(section.criterion for section in rules.document.sections)


def _fitting(subject: Subject, own: frozenset[str], other: frozenset[str]) -> Subject:
    """The subject as one text of an edition asks for it: without what only the other text has."""
    alien = other - own
    if alien.isdisjoint(subject.values) and alien.isdisjoint(subject.attested):
        return subject
    values = {number: value for number, value in subject.values.items() if number not in alien}
    attested = {number: answer for number, answer in subject.attested.items() if number not in alien}
    return subject.model_copy(update={"values": values, "attested": attested})


def _mapped(subject: Subject, mapping: Mapping[str, str], rules: RuleSet) -> Subject:
    """The subject under another edition: the values that the mapping declares, what it is, and nothing that anybody attested."""
    given = {number: subject.values.get(source, NOT_GIVEN) for number, source in mapping.items()}
    values = {number: value for number, value in given.items() if not isinstance(value, Unknown)}
    return Subject(id=subject.id, kind=rules.kind, name=subject.name, attributes=subject.attributes, values=values, members=subject.members)


def _with(subject: Subject, further: Subject) -> tuple[Subject, frozenset[str]]:
    """The subject with what else is known of it, which counts first; and the numbers whose value is still the carried one."""
    told = {number: value for number, value in further.values.items() if not isinstance(value, Unknown) or number not in subject.values}
    update = {
        "attributes": {**subject.attributes, **further.attributes},
        "values": {**subject.values, **told},
        "attested": {**subject.attested, **further.attested},
    }
    return subject.model_copy(update=update), frozenset(number for number in subject.values if number not in told)


def _steps(before: Decision, after: Decision, joined: Mapping[str, str], carried: frozenset[str]) -> tuple[Step, ...]:
    old = {node.id: node for node in before.indicators}
    steps = [Step(old.get(joined.get(node.id, "")), node, node.id in carried) for node in after.indicators]
    followed = {step.old.id for step in steps if step.old is not None}
    return (*steps, *(Step(node, None) for number, node in old.items() if number not in followed))


def moves(changes: Iterable[Change]) -> Counter[Move]:
    """How many units make each move."""
    return Counter(change.move for change in changes)
