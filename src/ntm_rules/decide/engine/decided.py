"""What was decided: the outcome for one subject under one text, with everything it rests on. Data and navigation; it does not speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.engine.program import Column, Presumption
from ntm_rules.decide.engine.scores.scored import Mark, Scored
from ntm_rules.decide.engine.tree import MEASURED, Judged, Node
from ntm_rules.loading.identity import Identity
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NotFound, Place, Problem, nearest
from ntm_rules.values import Bilingual, Outcome, SourceLevel

MEANING: Final = 2  #: the meaning of the rule language that decides now; what each one changed stands in ``decide/meaning.py``
_COUNTED: Final = ("criterion", "score")


class Decided:
    """What a ruleset says of a subject, and why.

    Attributes:
        ruleset: which ruleset decided: id, version, sha256 of its canonical JSON, day, province, overlays.
        subject: the evaluated facts.
        accept: the weakest source level that was allowed to decide.
        judged: the outcome of every place of the set.
        columns: which column of each table dimension the subject reads, and why.
        presumed: attributes that were not stated and that the set says how to take (closed lists).
        score: what a score sheet came to; None for sets that do not score.
        meaning: which meaning of the rule language decided: 1 for decisions stored before it had a number, else as they say.
        certificates: the layers of rules of one's own that a source level rests on, by name.
        follows: what the number of criteria met leads to, where the set says so; several while it is open. It grants nothing.
    """

    __slots__ = (
        "_by_id",
        "_text",
        "_unread",
        "accept",
        "certificates",
        "columns",
        "follows",
        "judged",
        "meaning",
        "presumed",
        "ruleset",
        "score",
        "subject",
    )

    ruleset: Identity
    subject: Subject
    accept: SourceLevel
    judged: Judged
    columns: tuple[Column, ...]
    presumed: tuple[Presumption, ...]
    score: Scored | None
    meaning: int
    certificates: tuple[str, ...]
    follows: tuple[Bilingual, ...]

    def __init__(
        self,
        ruleset: Identity,
        subject: Subject,
        accept: SourceLevel,
        judged: Judged,
        columns: tuple[Column, ...],
        presumed: tuple[Presumption, ...],
        text: str | None = None,
        score: Scored | None = None,
        *,
        meaning: int = MEANING,
        certificates: tuple[str, ...] = (),
        unread: tuple[tuple[str, Bilingual], ...] = (),
        follows: tuple[Bilingual, ...] = (),
    ) -> None:
        self.ruleset = ruleset
        self.subject = subject
        self.accept = accept
        self.judged = judged
        self.columns = columns
        self.presumed = presumed
        self.score = score
        self._by_id: dict[str, Node] | None = None
        self._text = text
        self.meaning = meaning
        self.certificates = certificates
        self._unread = unread
        self.follows = follows

    @property
    def root(self) -> Node:
        """The node of the whole set; criteria are its parts, indicators theirs."""
        return Node(self.judged, 0)

    @property
    def outcome(self) -> Outcome:
        """Whether the subject meets the standard. Meeting it is not being recognised: that is an act of an authority."""
        return self.judged.outcomes[0]

    @property
    def reason(self) -> Bilingual | None:
        """Why the whole has this outcome, where its parts do not say it."""
        return self.root.reason

    @property
    def level(self) -> SourceLevel | None:
        """The weakest source level on the path that decided."""
        return self.root.level

    @property
    def criteria(self) -> tuple[Node, ...]:
        """The criteria, in the order of the set."""
        return tuple([Node(self.judged, place) for place in self._criteria()])

    def _criteria(self) -> list[int]:
        """The places of the criteria."""
        faces = self.judged.faces
        return [place for place in self.judged.shape.parts[0] if faces[place].kind in _COUNTED]

    @property
    def conditions(self) -> tuple[Node, ...]:
        """What must hold besides the criteria, such as a status the set builds on."""
        return tuple(part for part in self.root.parts if part.face.kind == "condition")

    @property
    def indicators(self) -> tuple[Node, ...]:
        """The indicators of the criteria (of a score sheet: what is scored), in the order of the set."""
        return tuple(node for part in self.criteria for node in part.walk() if node.face.kind in ("indicator", "score"))

    @property
    def stars(self) -> int | None:
        """The class of stars that the sheet gives, 1 to 5; None while undetermined, for excluded products and sets that do not score.

        A class of ours, not a recognition: see :attr:`standing` and :attr:`granted_by`.
        """
        return self.score.stars if self.score else None

    @property
    def stars_possible(self) -> tuple[int, ...]:
        """The classes still possible, lowest first; exactly one when settled, none for excluded products."""
        return self.score.stars_possible if self.score else ()

    @property
    def total(self) -> Decimal | None:
        """Points in all, the mean over the members where there are several; None while a criterion is not scored."""
        return self.score.total if self.score else None

    @property
    def parts(self) -> Mapping[str, Decimal | None]:
        """Points of each part of the sheet (A, B, C)."""
        return self.score.parts if self.score else {}

    @property
    def held_back_by(self) -> tuple[Mark, ...]:
        """The star marks missed of the classes that the total can reach."""
        return self.score.held_back_by if self.score else ()

    @property
    def standing(self) -> str | None:
        """``potential-5-star`` while a score of the top class waits for the centre, ``to-province``, ``rejected``, or None."""
        return self.score.standing if self.score else None

    @property
    def granted_by(self) -> str | None:
        """The authority that recognises the class on that day: ``district``, ``province`` or ``centre``."""
        return self.score.granted_by if self.score else None

    @property
    def unread(self) -> tuple[tuple[str, Bilingual], ...]:
        """The attributes that were stated and that nothing in the set reads, with their titles. Under meaning 1 this was not said."""
        return self._unread if self.meaning > 1 else ()

    @property
    def small_shares(self) -> tuple[tuple[str, Decimal], ...]:
        """The indicators in % that were given at most 1 and come out otherwise with a hundred times as much, and that: 62 for 0.62.

        What was given counts as it stands. This follows from the nodes, so it is said in words and not stored.
        """
        judged = self.judged
        given = judged.values or [note.observed for note in judged.notes.values()]
        if not any(value.__class__ is Decimal and 0 < value <= 1 for value in given):
            return ()
        return tuple((node.id, meant) for node in self if (meant := _meant(node)) is not None)

    @property
    def conflicts(self) -> tuple[Node, ...]:
        """The nodes where an attestation contradicts the measured values (the values decide)."""
        if all(note.conflict is None for note in self.judged.notes.values()):
            return ()
        return tuple(node for node in self if node.conflict is not None)

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments the decision rests on: of the set, its overlays, its columns and the figures of its indicators."""
        sources = [*(column.source for column in self.columns), *(face.source for face in self.judged.faces)]
        named = [source.instrument for source in sources if source and source.instrument]
        return tuple(dict.fromkeys([*self.ruleset.instruments, *named]))

    def count(self, outcome: Outcome | str | None = None) -> int:
        """How many criteria have ``outcome``; without it, how many there are.

        Raises:
            ValueError: ``outcome`` is none of the four.
        """
        if outcome is None:
            return len(self._criteria())
        wanted, outcomes = Outcome(outcome), self.judged.outcomes
        return sum([outcomes[place] is wanted for place in self._criteria()])

    def __iter__(self) -> Iterator[Node]:
        return self.root.walk()

    def __getitem__(self, number: str) -> Node:
        """The criterion or indicator of that number.

        Raises:
            NotFound: the set has none.
        """
        if self._by_id is None:
            self._by_id = {node.id: node for node in self}
        try:
            return self._by_id[number]
        except KeyError:
            near = nearest(str(number), self._by_id)
            words = {"got": number, "guess": near if type(number) is str else near and repr(near)}  # numbers are text
            raise NotFound([Problem("NTM-603", Place(path=self.ruleset.id), words)]) from None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.ruleset.id!r}, {self.subject.id!r}, {self.outcome.value!r})"


def _meant(node: Node) -> Decimal | None:
    """A hundred times the share that a node was measured by, where that comes out otherwise."""
    value, face = node.observed, node.face
    if not isinstance(value, Decimal) or face.unit != "%" or node.basis != MEASURED or not 0 < value <= 1:
        return None
    sign, digits, exponent = value.as_tuple()
    meant = Decimal((sign, digits, int(exponent) + 2))  # exactly, whatever the precision of the caller's arithmetic
    holds = OPERATORS[face.operator].holds
    bounds = [bound for bound in face.possible or (face.required,) if bound is not None]
    return meant if any(holds(value, bound) is not holds(meant, bound) for bound in bounds) else None
