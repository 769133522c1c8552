"""What a change of text does to subjects: who would gain, who would lose, by which criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Problem
from ntm_rules.revise.moves import Affected, both
from ntm_rules.revise.through_scores import ScoreChanges
from ntm_rules.values import Lang, Outcome, SourceLevel

Texts = tuple[RuleSet, RuleSet]  # the text before and the text after


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
    both; a value or attestation of a number that only the other text has is left out. Between two editions give ``mapping``, the old
    number for each new one that takes its value; attestations are then not carried.

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
    return Impact(tuple(_affected(old, new, subjects, mapping, accept, ScoreChanges(old, new))))


def _affected(
    old: RuleSet,
    new: RuleSet,
    subjects: Iterable[Subject],
    mapping: Mapping[str, str] | None,
    accept: SourceLevel | str,
    scored: ScoreChanges,
) -> Iterator[Affected]:
    for one in both(old, new, subjects, mapping=mapping, accept=accept):
        yield Affected(one.before, one.after, figures=scored.through(one.before, one.after) if old.id == new.id else None)


def impact_of_each(
    old: RuleSet,
    new: RuleSet,
    subjects: Iterable[Subject],
    *,
    mapping: Mapping[str, str] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    own: Callable[[Subject], Texts] | None = None,
) -> tuple[Impact, list[Problem]]:
    """As :func:`impact`, where one subject that cannot be decided must not hide the others: what is wrong with it stands beside.

    Args:
        old: the text before.
        new: the text after.
        subjects: what is known of each.
        mapping: as for :func:`impact`.
        accept: the weakest source level that may decide.
        own: both texts as they are for a subject, where not all are judged by ``old`` and ``new``.

    Raises:
        ValueError: the texts are of two editions and no mapping is given.
    """
    affected: list[Affected] = []
    problems: list[Problem] = []
    scored: dict[tuple[int, int], ScoreChanges] = {}
    for subject in subjects:
        try:
            before, after = (old, new) if own is None else own(subject)
            changes = scored.setdefault((id(before), id(after)), ScoreChanges(before, after))  # which holds both, so that an id stays one's
            affected += _affected(before, after, [subject], mapping, accept, changes)
        except NtmError as error:
            problems += error.problems
    return Impact(tuple(affected)), problems
