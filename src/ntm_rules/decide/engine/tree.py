"""Nodes of a decision: one for the set, one for each criterion, one for each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final, Literal

from ntm_rules.conditions import COMBINATIONS, OPERATORS, Operator
from ntm_rules.labels import UNITS
from ntm_rules.model.figures import Source
from ntm_rules.values import Bilingual, Lang, NotApplicable, Outcome, SourceLevel, Unknown, shown

SCORE: Final = "score"  # in the place of a combination: the points decide, and not how many parts are met
SCORE_WORDS: Final = Bilingual("đủ điểm và đủ dấu sao của hạng được công nhận", "points and star marks of a class that is recognised")

Judged = tuple[Any, ...]  # (face, outcome, observed, basis, reason, conflict, parts)


@dataclass(frozen=True, slots=True)
class Face:
    """What a node shows that does not depend on the values of the subject.

    Attributes:
        id: number of the criterion or indicator; empty for the set.
        kind: ``set``, ``condition``, ``criterion``, ``indicator``, or ``score`` (a scored criterion).
        operator: an operator of an indicator, or how parts combine.
        required: the bound: a Decimal, ``True``, a grade, a tuple of these; None where it is not known, or which of several holds.
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


class Node(Judged):
    """One node of a decision.

    Underneath it is the plain tuple that judging makes for every indicator, since nothing is made faster; this class is its face.
    """

    __slots__ = ()

    face: Face = property(itemgetter(0))  # type: ignore[assignment]
    outcome: Outcome = property(itemgetter(1), doc="One of the four outcomes.")  # type: ignore[assignment]
    basis: str | None = property(  # type: ignore[assignment]
        itemgetter(3),
        doc="``measured``, ``attested``, ``derived`` (from parts), ``stated`` (not applicable); None while undetermined.",
    )
    reason: Bilingual | None = property(itemgetter(4), doc="Why, where the values alone do not say it.")  # type: ignore[assignment]
    conflict: Bilingual | None = property(itemgetter(5), doc="What contradicts the outcome, if anything does.")  # type: ignore[assignment]

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts, in order."""
        return tuple([new_node(Node, part) for part in self[6]])

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
        value = self[2]
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
        value, bound = self[2], self.face.required
        if value.__class__ is not Decimal or bound is None or self.outcome is Outcome.UNDETERMINED:
            return None
        return OPERATORS[self.face.operator].short(value, bound)

    def missed_by(self, lang: Lang = "vi") -> str:
        """The gap in words: ``còn thiếu 5,5 triệu đồng/người/năm``, ``vượt 3,5 điểm phần trăm``; empty where there is none."""
        return gap_text(self.gap, self.face.operator, self.unit, lang)

    @property
    def unit(self) -> Bilingual:
        """Unit of value, bound and gap; empty for answers and grades."""
        return UNITS.get(self.face.unit, Bilingual(self.face.unit))

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
        return level_of(self, [part.level for part in self.parts])

    def requirement(self, lang: Lang = "vi") -> str:
        """What is required, in words: ``từ 50 triệu đồng/người/năm trở lên``."""
        face = self.face
        if face.operator == SCORE:
            return SCORE_WORDS.say(lang)
        if face.kind == "score" and face.required is None:
            return f"tối đa {face.k} điểm" if lang == "vi" else f"at most {face.k} points"
        if face.kind not in ("indicator", "score"):
            return COMBINATIONS[face.operator].words.say(lang).format(k=face.k, n=len(self.parts))
        operator = OPERATORS[face.operator]
        if face.possible:
            by = ", ".join(title.say(lang) for _, title in face.waits_for)
            text = _one_of_these(operator, face.possible, self.unit, lang)
            return f"{text}, tùy theo: {by}" if lang == "vi" else f"{text}, by: {by}"
        if face.required is None:
            return NO_FIGURE.say(lang)
        return _asked(operator, face.required, self.unit, lang)

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __repr__(self) -> str:
        return f"Node({self.id or 'set'!r}, {self.outcome.value!r})"


def level_of(node: Judged, levels: Sequence[SourceLevel | None]) -> SourceLevel | None:
    """The level of a node, from those of its parts in order; see :attr:`Node.level`."""
    face, outcome, _, basis, _, _, parts = node
    if outcome is Outcome.NOT_APPLICABLE or basis == "attested":
        return None
    if face.kind in ("indicator", "score"):
        return face.level  # type: ignore[no-any-return]
    if face.operator == SCORE:
        return max(levels, key=_weakness, default=None)
    ranks = [-1 if level is None else level.rank for level, part in zip(levels, parts, strict=True) if part[1] is outcome]
    if outcome is not Outcome.UNDETERMINED:  # what is open rests on all that leaves it so
        applying = sum(part[1] is not Outcome.NOT_APPLICABLE for part in parts)
        k = COMBINATIONS[face.operator].needs(applying, face.k)
        enough = k if outcome is Outcome.MET else applying - k + 1
        if enough < 1:  # too few apply at all: any part known to apply shows it
            ranks, enough = [_weakness(level) for level, part in zip(levels, parts, strict=True) if part[1] in _KNOWN], 1
        ranks = sorted(ranks)[:enough]
    return _BY_RANK[max(ranks)] if ranks else None


def _weakness(level: SourceLevel | None) -> int:
    return -1 if level is None else level.rank


NO_FIGURE: Final = Bilingual("chưa có mức đạt", "figure not available")
_POINTS: Final = Bilingual("điểm phần trăm", "percentage points")  # between two percentages lies no percentage
_NO_FIGURE_THERE: Final = Bilingual("một mức chưa có số liệu", "a figure that is not available")
_MANY: Final = 4
_KNOWN: Final = (Outcome.MET, Outcome.NOT_MET)
_BY_RANK: Final = (*SourceLevel, None)  # and none at all at -1
new_node: Final = tuple.__new__


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
    text = f"{', '.join(said[:-1])} {'hoặc' if lang == 'vi' else 'or'} {said[-1]}" if len(said) > 1 else said[0]
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
