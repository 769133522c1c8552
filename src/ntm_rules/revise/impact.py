"""What a change of text does to subjects: who would gain, who would lose, by which criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.values import Lang, Outcome, SourceLevel


@dataclass(frozen=True, slots=True)
class Affected:
    """One subject under both texts.

    Attributes:
        before: the decision under the older text.
        after: the decision under the newer text.
    """

    before: Decision
    after: Decision

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

    def sentence(self, lang: Lang = "vi") -> str:
        """The subject in a sentence: ``23311 Đắk Cấm: đạt → chưa đạt (10, 10.1)``."""
        name = f"{self.before.subject.id} {self.before.subject.name}".strip()
        words = " → ".join(_outcome(decision, lang) for decision in (self.before, self.after))
        return f"{name}: {words}" + (f" ({', '.join(self.changed)})" if self.changed else "")

    def as_dict(self) -> dict[str, Any]:
        """The subject as plain data."""
        return {
            "id": self.before.subject.id,
            "before": self.before.outcome.value,
            "after": self.after.outcome.value,
            "stars": [self.before.stars, self.after.stars] if self.before.score is not None else None,
            "changed": list(self.changed),
        }


def _outcome(decision: Decision, lang: Lang) -> str:
    if decision.score is not None:
        return f"{decision.stars} ★" if decision.stars is not None else decision.outcome.label.say(lang)
    return decision.outcome.label.say(lang)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of text does to a list of subjects.

    Attributes:
        subjects: every subject, in order.
    """

    subjects: tuple[Affected, ...]

    def __iter__(self) -> Iterator[Affected]:
        return iter(self.affected)

    def __len__(self) -> int:
        return len(self.affected)

    @property
    def affected(self) -> tuple[Affected, ...]:
        """The subjects about which something differs."""
        return tuple(one for one in self.subjects if one.is_affected)

    @property
    def moves(self) -> Counter[tuple[Outcome, Outcome]]:
        """How many subjects go from each outcome to each."""
        return Counter((one.before.outcome, one.after.outcome) for one in self.subjects)

    @property
    def gained(self) -> tuple[str, ...]:
        """The ids of those that come to meet the set."""
        return tuple(one.before.subject.id for one in self.subjects if not _meets(one.before) and _meets(one.after))

    @property
    def lost(self) -> tuple[str, ...]:
        """The ids of those that no longer meet the set for certain."""
        return tuple(one.before.subject.id for one in self.subjects if _meets(one.before) and not _meets(one.after))

    def text(self, lang: Lang = "vi") -> str:
        """A line for each move, then a line for each affected subject."""
        lines = [f"{old.label.say(lang)} → {new.label.say(lang)}: {count}" for (old, new), count in sorted(self.moves.items())]
        return "\n".join([*lines, *(f"  {one.sentence(lang)}" for one in self.affected)])

    def as_dict(self) -> dict[str, Any]:
        """The impact as plain data."""
        moves = [{"before": old.value, "after": new.value, "count": count} for (old, new), count in sorted(self.moves.items())]
        return {"moves": moves, "gained": list(self.gained), "lost": list(self.lost), "affected": [one.as_dict() for one in self.affected]}


def _meets(decision: Decision) -> bool:
    return decision.outcome is Outcome.MET


def impact(
    old: RuleSet,
    new: RuleSet,
    subjects: Iterable[Subject],
    *,
    mapping: Mapping[str, str] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
) -> Impact:
    """Evaluate the same subjects under two texts.

    Two texts of one edition (versions, before and after an amendment, with and without a draft) share their numbers, so the facts serve
    both; a value or attestation of a number that the other text does not have is left out there. Between two editions give ``mapping``,
    the old number for each new one that takes its value; attestations are then not carried.

    Args:
        old: the text before.
        new: the text after.
        subjects: what is known of each.
        mapping: for two editions, which old value serves which new indicator.
        accept: the weakest source level that may decide.

    Raises:
        ValueError: the texts are of two editions and no mapping is given.
        SubjectError: a value, an attribute or an attestation cannot be taken.
    """
    if mapping is None and old.id != new.id:
        raise ValueError(f"{old.id} → {new.id}: cần mapping (a mapping is needed between two editions)")
    found = []
    for subject in subjects:
        before = old.evaluate(_fitting(subject, old), accept=accept)
        now = _fitting(subject, new) if mapping is None else _mapped(subject, mapping, new)
        found.append(Affected(before, new.evaluate(now, accept=accept)))
    return Impact(tuple(found))


def _fitting(subject: Subject, rules: RuleSet) -> Subject:
    """The subject without values and attestations of numbers that the text does not have."""
    if rules.document.score is not None:
        return subject
    numbers = {one.indicator for one in rules.inputs}
    known = numbers | {section.criterion for section in rules.document.sections}
    values = {number: value for number, value in subject.values.items() if number in numbers}
    attested = {number: answer for number, answer in subject.attested.items() if number in known}
    if len(values) == len(subject.values) and len(attested) == len(subject.attested):
        return subject
    return subject.model_copy(update={"values": values, "attested": attested})


def _mapped(subject: Subject, mapping: Mapping[str, str], rules: RuleSet) -> Subject:
    values = {new: subject.values[old] for new, old in mapping.items() if old in subject.values}
    return Subject(id=subject.id, kind=rules.kind, name=subject.name, attributes=subject.attributes, values=values, members=subject.members)
