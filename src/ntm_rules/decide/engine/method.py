"""A way of judging: what it asks for, how it reads a subject, how it decides, and what it says beside the outcome.

A text is judged by exactly one method, composed into its face: by criteria, or by score sheets.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.labels import KINDS
from ntm_rules.loading.edition import Edition
from ntm_rules.model.measures import Measure
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel, SubjectKind

Read = TypeVar("Read")
D = TypeVar("D", bound=Decided)


@dataclass(frozen=True, slots=True)
class Input:
    """Something that a value can be given for.

    Attributes:
        indicator: its number, as in the decision of the authority.
        title: what it is.
        measure: what a value of it may be, and its unit.
        operator: how it is compared.
    """

    indicator: str
    title: Bilingual
    measure: Measure
    operator: str


@dataclass(frozen=True, slots=True)
class Extra:
    """One thing that results of a method say beside the outcome and the criteria.

    Attributes:
        name: its name in data.
        title: its heading for people.
        value: it, as data: a number, a text, or None.
        text: it, for people; empty where there is nothing to say.
    """

    name: str
    title: Bilingual
    value: Callable[[Decided], Any]
    text: Callable[[Decided, Lang], str]


class Method(Protocol[Read]):
    """One way of judging. Reading and deciding are apart, so that a row is read once, whatever is then asked of it.

    Attributes:
        name: ``criteria`` or ``scores``.
    """

    name: str

    @property
    @abstractmethod
    def inputs(self) -> tuple[Input, ...]:
        """Everything that a value can be given for, in order."""

    @property
    @abstractmethod
    def extras(self) -> tuple[Extra, ...]:
        """What results say beside the outcome and the criteria."""

    @abstractmethod
    def read(self, subject: Subject) -> Read:
        """The subject read against the text: exact values in range, in the order of the inputs.

        Raises:
            SubjectError: it is of another kind, or a value, attribute or attestation cannot be taken; all problems together.
        """

    @abstractmethod
    def decide(self, read: Read, accept: SourceLevel, made: type[D]) -> D:
        """What the text says of what was read, with the full tree of reasons."""

    @abstractmethod
    def outcome(self, read: Read, accept: SourceLevel) -> Outcome:
        """The outcome alone."""


def other_kind(got: SubjectKind, expected: SubjectKind, place: Place) -> Problem:
    """That facts are about another kind of unit than a set judges."""
    return Problem("NTM-408", place, {"got": KINDS[got].one, "expected": KINDS[expected].one})


def certificates_behind(edition: Edition, places: Iterable[str]) -> tuple[str, ...]:
    """The certificates behind what figures were seen in, by name."""
    return tuple(sorted({name for place in places for name in edition.certified.get(place, ())}))
