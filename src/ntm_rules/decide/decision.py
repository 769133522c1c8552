"""A decision: the outcome for one subject under one ruleset, with everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ntm_rules.decide.node import Node
from ntm_rules.loading.canonical import canonical
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NotFound, Place, Problem, SubjectError, nearest
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel

if TYPE_CHECKING:
    from ntm_rules.decide.fixes import Fix
    from ntm_rules.decide.identity import Identity
    from ntm_rules.decide.needed import Need
    from ntm_rules.decide.plan import Column, Presumption
    from ntm_rules.decide.scoring import Mark, Scored
    from ntm_rules.loading.catalogue import Catalogue

Format = Literal["text", "markdown", "html"]


class Decision:
    """What a ruleset says of a subject, and why.

    Attributes:
        ruleset: which ruleset decided: id, version, sha256 of its canonical JSON, day, province, overlays.
        subject: the evaluated facts.
        accept: the weakest source level that was allowed to decide.
        root: the node of the whole set; criteria are its parts, indicators theirs.
        columns: which column of each table dimension the subject reads, and why.
        presumed: attributes that were not stated and that the set says how to take (closed lists).
        score: what a score sheet came to; None for sets that do not score.
    """

    __slots__ = ("_by_id", "_text", "accept", "columns", "presumed", "root", "ruleset", "score", "subject")

    ruleset: Identity
    subject: Subject
    accept: SourceLevel
    root: Node
    columns: tuple[Column, ...]
    presumed: tuple[Presumption, ...]
    score: Scored | None

    def __init__(
        self,
        ruleset: Identity,
        subject: Subject,
        accept: SourceLevel,
        root: Node,
        columns: tuple[Column, ...],
        presumed: tuple[Presumption, ...],
        text: str | None = None,
        score: Scored | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.subject = subject
        self.accept = accept
        self.root = root
        self.columns = columns
        self.presumed = presumed
        self.score = score
        self._by_id: dict[str, Node] | None = None
        self._text = text

    @property
    def outcome(self) -> Outcome:
        """Whether the subject meets the standard. Meeting it is not being recognised: that is an act of an authority."""
        return self.root.outcome

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
        return tuple(part for part in self.root.parts if part.face.kind in ("criterion", "score"))

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
    def conflicts(self) -> tuple[Node, ...]:
        """The nodes where an attestation contradicts the measured values (the values decide)."""
        return tuple(node for node in self if node.conflict is not None)

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments the decision rests on: of the set, its overlays, its columns and the figures of its indicators."""
        sources = [column.source for column in self.columns] + [node.source for node in self if node.face.source]
        named = [source.instrument for source in sources if source and source.instrument]
        return tuple(dict.fromkeys([*self.ruleset.instruments, *named]))

    def count(self, outcome: Outcome | str | None = None) -> int:
        """How many criteria have ``outcome``; without it, how many there are.

        Raises:
            ValueError: ``outcome`` is none of the four.
        """
        if outcome is None:
            return len(self.criteria)
        wanted = Outcome(outcome)
        return sum(criterion.outcome is wanted for criterion in self.criteria)

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
            words = {"got": number, "guess": nearest(str(number), self._by_id)}
            raise NotFound([Problem("NTM-603", Place(path=self.ruleset.id), words)]) from None

    def explain(self, lang: Lang = "vi", format: Format = "text", *, full: bool = False, of: str | None = None) -> str:
        """The decision in words: verdict, what failed, what is unknown; with ``full`` every node, its figure and its source.

        Args:
            lang: ``vi`` or ``en``.
            format: ``text``, ``markdown`` or ``html`` (a fragment; text in it is escaped).
            full: every criterion and indicator, not only those that stand in the way.
            of: the number of one criterion or indicator, to explain it alone and whole.

        Raises:
            ValueError: an unknown language or format.
            NotFound: the set has no criterion or indicator of that number.
        """
        from ntm_rules.decide.explain import explain

        return explain(self, lang, format, full=full, of=of)

    def needed(self) -> tuple[Need, ...]:
        """Which missing inputs would settle the decision, most decisive first; nothing when it is settled."""
        if self.score is not None:
            from ntm_rules.decide.score_next import score_needed

            return score_needed(self, self.score)
        from ntm_rules.decide.needed import needed

        return needed(self)

    def smallest_fixes(self, stars: int | None = None) -> tuple[Fix, ...]:
        """A least set of indicators (or attested criteria) that must become met for the whole to be met.

        No smaller set does. Empty when the whole is met or not applicable. Where stars are scored: the criteria to raise for
        ``stars``, or for the next class that is recognised.
        """
        if self.score is not None:
            from ntm_rules.decide.score_next import score_fixes

            return score_fixes(self, self.score, stars)
        from ntm_rules.decide.fixes import smallest_fixes

        return smallest_fixes(self.root)

    def to_json(self) -> str:
        """The decision as canonical JSON (schema ``ntm-rules/decision/v1``)."""
        if self._text is None:
            from ntm_rules.decide.record import record_data

            self._text = canonical(record_data(self))
        return self._text

    @classmethod
    def from_json(cls, text: str | bytes) -> Decision:
        """A stored decision, as it was; nothing is evaluated again.

        Raises:
            DecisionError: the text is no decision of this schema.
        """
        from ntm_rules.decide.record import read_record

        return read_record(text)

    def verify(self, catalogue: Catalogue | None = None) -> bool:
        """Whether evaluating the stored facts again, under the very versions named, gives the same JSON byte for byte.

        Args:
            catalogue: where to find the ruleset; left out, the one that comes with the library.

        Raises:
            NotFound: the ruleset, an overlay or the named version is not in the catalogue.
        """
        from ntm_rules.decide.ruleset import RuleSet

        rules = RuleSet.of_identity(self.ruleset, catalogue)
        try:
            again = rules.evaluate(self.subject, accept=self.accept)
        except SubjectError:  # these facts were never evaluated
            return False
        return again.to_json() == self.to_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        return f"Decision({self.ruleset.id!r}, {self.subject.id!r}, {self.outcome.value!r})"


def counts(decision: Decision) -> dict[str, int]:
    """How many criteria have each outcome."""
    return {outcome.value: decision.count(outcome) for outcome in Outcome}
