"""A program: a ruleset made ready for subjects with the same attributes, every table looked up and every bound an exact value.

Whoever runs it compares and counts, and nothing else: for one subject (:mod:`~ntm_rules.decide.engine.judge`), for the rows of a
dataframe, for a solver.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from ntm_rules.conditions import ALL_OF, CombinationRule, Operator
from ntm_rules.decide.engine.attributes import Answer
from ntm_rules.decide.engine.tree import Face, Note, Shape
from ntm_rules.model.figures import Figure, Source
from ntm_rules.model.measures import Measure
from ntm_rules.values import Bilingual, Outcome, SourceLevel

NOT_GIVEN: Final = Bilingual("chưa có số liệu", "no value was given")
NO_FIGURE: Final = Bilingual("chưa có mức đạt: {}", "no figure to compare with: {}")
OPEN_COLUMN: Final = Bilingual("mức đạt tùy thuộc điều chưa biết: {}", "what is required depends on what is not known: {}")


@dataclass(frozen=True, slots=True)
class Column:
    """Which column of a dimension a subject reads, or which it may read while an attribute is not known."""

    dimension: str
    title: Bilingual
    keys: tuple[str, ...]  # one: known; several: any of these; none: not known at all
    own: str | None
    why: tuple[Bilingual, ...] = ()
    source: Source | None = None
    waits_for: tuple[tuple[str, Bilingual], ...] = ()


@dataclass(frozen=True, slots=True)
class Presumption:
    """An attribute that was not stated, and how the set says to take that: not on a closed list, for instance."""

    name: str
    title: Bilingual
    value: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound that may hold for a subject: its exact value or None, and the figure it comes from.

    ``absent`` says why there is no value, ``weak`` that there would be one if a weaker source were accepted.
    """

    value: Any
    figure: Figure
    level: SourceLevel
    columns: tuple[str, ...]
    absent: Bilingual | None
    weak: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An indicator made ready: one bound, or several while a column is not known.

    Attributes:
        id: its number.
        place: its place among all parts of the set, the whole first.
        index: the place of its value among the inputs.
        face: what it shows whatever the value.
        measure: what a value of it may be.
        operator: how it is compared.
        bounds: the bounds that may hold.
        kind: the class of its values as they are compared.
        applies: whether it applies, where that is not certain; None where it does.
        may_not_apply: the leave not to apply.
        why_open: why a value cannot be compared: a figure is missing or too weak, or the column is not known; None where it can.
        stays_open: whether no value can be compared, whatever it is, and nothing else need be asked.
        not_given: what is said where there is no value.
    """

    id: str
    place: int
    index: int
    face: Face
    measure: Measure
    operator: Operator
    bounds: tuple[Bound, ...]
    kind: type
    applies: Answer | None
    may_not_apply: Bilingual | None
    why_open: Bilingual | None = field(init=False)
    stays_open: bool = field(init=False)
    not_given: Note = field(init=False)

    def __post_init__(self) -> None:
        sure, absent = len(self.bounds) == 1, self.bound.absent
        why = OPEN_COLUMN.fill(self.face.waiting) if not sure else None if absent is None else NO_FIGURE.fill(absent)
        object.__setattr__(self, "why_open", why)
        object.__setattr__(self, "stays_open", sure and self.bound.value is None and self.applies is None)
        object.__setattr__(self, "not_given", Note(reason=why or NOT_GIVEN))

    @property
    def bound(self) -> Bound:
        """The bound; while several may hold, the first of them."""
        return self.bounds[0]

    @property
    def is_plain(self) -> bool:
        """Whether a value compared with the one bound decides, and nothing else need be asked."""
        return len(self.bounds) == 1 and self.bound.value is not None and self.applies is None


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A whole with parts: the set over its criteria, a criterion over its indicators.

    Attributes:
        id: its number; empty for the set.
        place: its place among all parts of the set.
        face: what it shows.
        rule: how its parts combine.
        k: how many of them must be met, where the rule says so.
        missing: why its content is not known.
        applies: as of a leaf.
        size: how many parts it has.
        leaves: its indicators; none for the set.
        all_met: what its parts come to where every one is met.
        odd: whether more than its parts decides, attestations aside: content that is missing, or a whole that may not apply.
    """

    id: str
    place: int
    face: Face
    rule: CombinationRule
    k: int
    missing: Bilingual | None
    applies: Answer | None
    size: int
    leaves: tuple[Leaf, ...] = ()
    all_met: Outcome = field(init=False)
    odd: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_met", self.rule.combine(self.size, 0, 0, self.k))
        object.__setattr__(self, "odd", self.missing is not None or self.applies is not None)


@dataclass(frozen=True, eq=False)
class Program:
    """Everything that deciding needs, for subjects with these attributes, at one accepted source level.

    Attributes:
        root: the set.
        sections: its conditions and criteria, in order.
        columns: which column of each dimension is read.
        presumed: attributes that were not stated.
        heard: the same with figures of every source level, where some here are too weak to be accepted.
    """

    root: Whole
    sections: tuple[Whole, ...]
    columns: tuple[Column, ...]
    presumed: tuple[Presumption, ...]
    heard: Program | None = None

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every indicator, in the order of the inputs."""
        return tuple(leaf for section in self.sections for leaf in section.leaves)

    @cached_property
    def tests(self) -> tuple[tuple[Any, ...], ...]:
        """For every value, in the order of the inputs: the class of value for which the one bound decides (None: never), how it is compared
        and with what, its indicator, and the whole that this is part of."""
        rows = [
            (leaf.kind if leaf.is_plain else None, leaf.operator.holds, leaf.bound.value, leaf, section)
            for section in self.sections
            for leaf in section.leaves
        ]
        return tuple(zip(*rows, strict=True)) or ((),) * 5

    @cached_property
    def odd(self) -> tuple[Whole, ...]:
        """The conditions and criteria of which more than their parts decides."""
        return tuple(section for section in self.sections if section.odd)

    @cached_property
    def is_strict(self) -> bool:
        """Whether one indicator that is not met is enough, whatever the others are: every part of every whole must be met."""
        return all(whole.rule is ALL_OF and not whole.odd for whole in (self.root, *self.sections))

    @cached_property
    def all_met(self) -> list[Outcome]:
        """The outcome of every place where every indicator is met and nothing else decides."""
        outcomes = [Outcome.MET] * len(self.faces)
        for section in self.sections:
            outcomes[section.place] = section.all_met
        parts = [section.all_met for section in self.sections]
        met, failed, unknown = map(parts.count, (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED))
        outcomes[0] = self.root.rule.combine(met, failed, unknown, self.root.k)
        return outcomes

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """What each place shows."""
        return (self.root.face, *(face for one in self.sections for face in (one.face, *(leaf.face for leaf in one.leaves))))

    @cached_property
    def shape(self) -> Shape:
        """How the places hang together."""
        below: list[tuple[int, ...]] = [tuple(section.place for section in self.sections)]
        reads = [-1]
        for section in self.sections:
            below.append(tuple(leaf.place for leaf in section.leaves))
            below += [()] * len(section.leaves)
            reads += [-1, *(leaf.index for leaf in section.leaves)]
        return Shape(tuple(below), tuple(reads))
