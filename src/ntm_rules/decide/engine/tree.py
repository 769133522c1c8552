"""Nodes of a decision: one for the set, one for each criterion, one for each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

from ntm_rules.conditions import COMBINATIONS, OPERATORS, Operator
from ntm_rules.labels import UNITS
from ntm_rules.model.figures import Source
from ntm_rules.values import Bilingual, Lang, NotApplicable, Outcome, SourceLevel, Unknown, shown

SCORE: Final = "score"  # in the place of a combination: the points decide, and not how many parts are met
SCORE_WORDS: Final = Bilingual("đủ điểm và đủ dấu sao của hạng được công nhận", "points and star marks of a class that is recognised")
AT_MOST_POINTS: Final = Bilingual("tối đa {} điểm", "at most {} points")
_OR: Final = Bilingual("hoặc", "or")
_BY: Final = Bilingual("{}, tùy theo: {}", "{}, by: {}")

MEASURED: Final = "measured"
ATTESTED: Final = "attested"
DERIVED: Final = "derived"
STATED: Final = "stated"


@dataclass(frozen=True, slots=True)
class Face:
    """What a node shows that does not depend on the values of the subject.

    Attributes:
        id: number of the criterion or indicator; empty for the set.
        kind: ``set``, ``condition``, ``criterion``, ``indicator``, or ``score`` (a scored criterion).
        operator: an operator of an indicator, or how parts combine.
        required: the bound: a Decimal, ``True``, a grade, a tuple of these; None where it is not known, or which of several holds.
        told: what explanations say of it whatever the subject, once they have said it.
        possible: the bounds of which one holds, while the column is not known and the columns differ; None among them is a figure
            that is not known.
        level: source level of the figure of an indicator.
        source: instrument and place of the figure.
        columns: the columns of the table that the figure was read from.
        waits_for: attributes, with their titles, without which it is open what applies.
        k: how many parts must be met, or the most points of what is scored.
        status: the recognised status that an indicator asks for.
        least: the fewest points that can be given.
        marks: the star marks beside its levels: class and least points (None where the sheet does not say).
        one_case: of the parts exactly one is scored.
    """

    id: str
    title: Bilingual
    kind: Literal["set", "condition", "criterion", "indicator", "score"]
    operator: str
    required: Any = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    level: SourceLevel | None = None
    source: Source | None = None
    columns: tuple[str, ...] = ()
    k: int = 0
    waits_for: tuple[tuple[str, Bilingual], ...] = ()
    status: str = ""
    least: int = 0
    marks: tuple[tuple[int, int | None], ...] = ()
    one_case: bool = False
    possible: tuple[Any, ...] = ()
    told: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def waiting(self) -> Bilingual:
        """The titles of the attributes that it waits for."""
        return Bilingual.join(title for _, title in self.waits_for)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How the places of a set hang together: the whole is place 0, each part follows what it is part of.

    Attributes:
        parts: the places of the parts of each place.
        reads: which value each place observes; -1 for a whole, which observes none.
    """

    parts: tuple[tuple[int, ...], ...]
    reads: tuple[int, ...]


@dataclass(slots=True)
class Note:
    """What is to be said of a place where it is not plain that a value met its bound or failed it, or parts made a whole.

    Attributes:
        observed: the value; a grade as its place in the order.
        basis: ``measured``, ``attested``, ``derived`` (from parts), ``stated`` (not applicable); None while undetermined.
        reason: why, where the values alone do not say it.
        conflict: what contradicts the outcome.
    """

    observed: Any = None
    basis: str | None = None
    reason: Bilingual | None = None
    conflict: Bilingual | None = None


@dataclass(slots=True, eq=False)
class Judged:
    """What judging came to: the outcome of every place, and notes where something is not plain.

    Attributes:
        shape: how the places hang together.
        faces: what each place shows whatever the values.
        outcomes: by place.
        values: what was read of the subject, in the order of the inputs.
        notes: by place, where there is one.
    """

    shape: Shape
    faces: Sequence[Face]
    outcomes: list[Outcome]
    values: Sequence[Any]
    notes: dict[int, Note]
    _levels: dict[int, SourceLevel | None] | None = field(default=None, init=False, repr=False)  # of the wholes, once asked for

    def observed(self, place: int) -> Any:
        """The value that a place observes; a grade as its place in the order."""
        note = self.notes.get(place)
        if note is not None:
            return note.observed
        index = self.shape.reads[place]
        return None if index < 0 else self.values[index]

    def basis(self, place: int) -> str | None:
        """On what the outcome of a place rests; see :class:`Note`."""
        note = self.notes.get(place)
        if note is not None:
            return note.basis
        return DERIVED if self.shape.reads[place] < 0 else MEASURED

    def level(self, place: int) -> SourceLevel | None:
        """The weakest source level on the path that decided a place; see :attr:`Node.level`."""
        parts = self.shape.parts[place]
        if not parts:
            return self.level_from(place, ())
        if self._levels is None:
            self._levels = {}
        if place not in self._levels:
            self._levels[place] = self.level_from(place, [self.level(part) for part in parts])
        return self._levels[place]

    def level_from(self, place: int, levels: Sequence[SourceLevel | None]) -> SourceLevel | None:
        """The level of a place, from those of its parts in order."""
        face, outcome, outcomes = self.faces[place], self.outcomes[place], self.outcomes
        if outcome is Outcome.NOT_APPLICABLE or (place in self.notes and self.notes[place].basis == ATTESTED):
            return None
        if face.kind in ("indicator", "score"):
            return face.level
        if face.operator == SCORE:
            return max(levels, key=_weakness, default=None)
        parts = self.shape.parts[place]
        ranks = [-1 if level is None else level.rank for level, part in zip(levels, parts, strict=True) if outcomes[part] is outcome]
        if outcome is not Outcome.UNDETERMINED:  # what is open rests on all that leaves it so
            applying = sum(outcomes[part] is not Outcome.NOT_APPLICABLE for part in parts)
            k = COMBINATIONS[face.operator].needs(applying, face.k)
            enough = k if outcome is Outcome.MET else applying - k + 1
            if enough < 1:  # too few apply at all: any part known to apply shows it
                ranks, enough = [_weakness(level) for level, part in zip(levels, parts, strict=True) if outcomes[part] in _KNOWN], 1
            ranks = sorted(ranks)[:enough]
        return _BY_RANK[max(ranks)] if ranks else None


class Node:
    """One node of a decision: the set, a criterion or an indicator. A view of one place of what was judged.

    Examples:
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "year": 2024, "area": "I"}
        >>> node = rules.evaluate(ntm.Subject(id="1", kind="commune", attributes=where, values={"10.1": "44.5"}))["10.1"]
        >>> node.outcome.value, node.observed, node.required, node.gap
        ('not_met', Decimal('44.5'), Decimal('50'), Decimal('5.5'))
    """

    __slots__ = ("_judged", "_place")

    def __init__(self, judged: Judged, place: int) -> None:
        self._judged = judged
        self._place = place

    @property
    def face(self) -> Face:
        """What the node shows that does not depend on the values of the subject."""
        return self._judged.faces[self._place]

    @property
    def outcome(self) -> Outcome:
        """One of the four outcomes."""
        return self._judged.outcomes[self._place]

    @property
    def basis(self) -> str | None:
        """``measured``, ``attested``, ``derived`` (from parts), ``stated`` (not applicable); None while undetermined."""
        return self._judged.basis(self._place)

    @property
    def reason(self) -> Bilingual | None:
        """Why, where the values alone do not say it."""
        note = self._judged.notes.get(self._place)
        return None if note is None else note.reason

    @property
    def conflict(self) -> Bilingual | None:
        """What contradicts the outcome, if anything does."""
        note = self._judged.notes.get(self._place)
        return None if note is None else note.conflict

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts, in order."""
        judged, places = self._judged, self._judged.shape.parts[self._place]
        return tuple([Node(judged, place) for place in places]) if places else ()

    def count(self, outcome: Outcome | str) -> int:
        """How many of its parts have ``outcome``.

        Raises:
            ValueError: ``outcome`` is none of the four.
        """
        wanted = Outcome(outcome)
        return sum(part.outcome is wanted for part in self.parts)

    @property
    def id(self) -> str:
        """Number of the criterion or indicator as in the decision of the authority; empty for the whole set."""
        return self.face.id

    @property
    def title(self) -> Bilingual:
        """Title in both languages."""
        return self.face.title

    @property
    def observed(self) -> Decimal | bool | str | Unknown | NotApplicable | None:
        """The value as given: exact number, answer, grade, an absence with its reason, or None where nothing was given."""
        value = self._judged.observed(self._place)
        choices = self.face.choices
        return choices[value] if choices and value.__class__ is int else value

    @property
    def required(self) -> Any:
        """The bound the value is compared with (Decimal, True, grade or tuple); None where the figure, or which one holds, is not known."""
        return self.face.required

    @property
    def gap(self) -> Decimal | None:
        """By how much the value misses the bound, in the unit of the indicator: 0 when met, None where no amount says it.

        It falls short of a lower limit and exceeds an upper one; :meth:`missed_by` says so.
        """
        value, bound = self._judged.observed(self._place), self.face.required
        if value.__class__ is not Decimal or bound is None or self.outcome is Outcome.UNDETERMINED:
            return None
        return OPERATORS[self.face.operator].short(value, bound)

    def missed_by(self, lang: Lang = "vi") -> str:
        """The gap in words: ``còn thiếu 5,5 triệu đồng/người/năm``, ``vượt 3,5 điểm phần trăm``; empty where there is none."""
        return gap_text(self.gap, self.face.operator, self.unit, lang)

    @property
    def unit(self) -> Bilingual:
        """Unit of value, bound and gap; empty for answers and grades."""
        unit = self.face.unit
        return UNITS.get(unit) or Bilingual(unit)

    @property
    def source(self) -> Source | None:
        """Instrument and place of the figure; None for a whole."""
        return self.face.source

    @property
    def level(self) -> SourceLevel | None:
        """The weakest source level on the path that decided: of the figure itself, or of the parts that carry the outcome.

        Where fewer parts than there are would carry it, the best-founded ones count: one failed part is enough to fail *all of*.
        So a settled outcome stands under ``accept=`` its level and under every weaker one, and under no stronger. None where no figure
        decided, as with attestations.
        """
        return self._judged.level(self._place)

    def requirement(self, lang: Lang = "vi") -> str:
        """What is required, in words: ``từ 50 triệu đồng/người/năm trở lên``."""
        face = self.face
        if face.operator == SCORE:
            return SCORE_WORDS.say(lang)
        if face.kind == "score" and face.required is None:
            return AT_MOST_POINTS.fill(face.k).say(lang)
        if face.kind not in ("indicator", "score"):
            return COMBINATIONS[face.operator].words.say(lang).format(k=face.k, n=len(self.parts))
        operator = OPERATORS[face.operator]
        if face.possible:
            by = Bilingual.join(title for _, title in face.waits_for)
            return _BY.fill(_one_of_these(operator, face.possible, self.unit, lang), by).say(lang)
        if face.required is None:
            return NO_FIGURE.say(lang)
        return _asked(operator, face.required, self.unit, lang)

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in order."""
        judged, below = self._judged, self._judged.shape.parts
        waiting = [self._place]
        while waiting:
            place = waiting.pop()
            yield Node(judged, place)
            waiting += below[place][::-1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((self.id, self.outcome))

    def _content(self) -> tuple[Any, ...]:
        return self.face, self.outcome, self._judged.observed(self._place), self.basis, self.reason, self.conflict, self.parts

    def __repr__(self) -> str:
        return f"Node({self.id or 'set'!r}, {self.outcome.value!r})"


def leaves_of(node: Node) -> Iterator[Node]:
    """The nodes that carry an outcome of their own: indicators, and criteria attested or without content."""
    judged = node._judged
    below, notes, faces = judged.shape.parts, judged.notes, judged.faces
    waiting = [node._place]
    while waiting:
        place = waiting.pop()
        parts = below[place]
        if parts and (place not in notes or notes[place].basis != ATTESTED):
            waiting += parts[::-1]
        elif faces[place].id:
            yield Node(judged, place)


def _weakness(level: SourceLevel | None) -> int:
    return -1 if level is None else level.rank


NO_FIGURE: Final = Bilingual("chưa có mức đạt", "figure not available")
_POINTS: Final = Bilingual("điểm phần trăm", "percentage points")  # between two percentages lies no percentage
_NO_FIGURE_THERE: Final = Bilingual("một mức chưa có số liệu", "a figure that is not available")
_MANY: Final = 4
_KNOWN: Final = (Outcome.MET, Outcome.NOT_MET)
_BY_RANK: Final = (*SourceLevel, None)  # and none at all at -1


def gap_text(gap: Decimal | None, operator: str, unit: Bilingual, lang: Lang) -> str:
    """By how much a value misses its bound, in words; empty where it does not, or no amount says it."""
    if not gap:
        return ""
    amount = value_text(gap, _POINTS if unit.vi == "%" else unit, lang)
    return OPERATORS[operator].missed_by.say(lang).format(amount)


def _asked(operator: Operator, bound: Any, unit: Bilingual, lang: Lang) -> str:
    bounds = bound if isinstance(bound, tuple) else (bound,)
    return operator.phrase([value_text(one, unit, lang) for one in bounds], lang)


def _one_of_these(operator: Operator, possible: tuple[Any, ...], unit: Bilingual, lang: Lang) -> str:
    """What may be asked: ``từ 45 hoặc 50 triệu đồng/người/năm trở lên``; of many numbers, from the least to the greatest."""
    known = [bound for bound in possible if bound is not None]
    single = operator.places == 1
    if single:
        said = [*(value_text(bound, None, lang) for bound in known[:-1]), value_text(known[-1], unit, lang)]
        if len(known) > _MANY and isinstance(known[0], Decimal):
            said = [f"{said[0]}–{said[-1]}"]
    else:
        said = [_asked(operator, bound, unit, lang) for bound in known]
    if None in possible:
        said.append(_NO_FIGURE_THERE.say(lang))
    text = f"{', '.join(said[:-1])} {_OR.say(lang)} {said[-1]}" if len(said) > 1 else said[0]
    return operator.phrase([text], lang) if single else text


def value_text(value: Any, unit: Bilingual | None, lang: Lang) -> str:
    """A value or bound for people: number with unit, ``đạt``/``chưa đạt``, a grade, the reason of an absence."""
    if isinstance(value, bool):
        return (Outcome.MET if value else Outcome.NOT_MET).label.say(lang)
    if isinstance(value, Decimal):
        words = unit.say(lang) if unit else ""
        return shown(value, lang) + (words if words in ("", "%") else f" {words}")
    if isinstance(value, tuple):
        return ", ".join(value_text(item, unit, lang) for item in value)
    if isinstance(value, (Unknown, NotApplicable)):
        return value.reason
    return "–" if value is None else str(value)
