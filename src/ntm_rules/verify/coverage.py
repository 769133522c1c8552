"""What the examples of a set reach: each outcome of each criterion, both sides of each figure, each class and mark of score sheets.

Reaching is counted where something is promised: a value at a bound is tried only if the outcome of its indicator, or of the criterion it
belongs to, is promised for it. Everything is counted one by one, in whole numbers; nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.model.ruleset import Criterion, RuleSetDocument
from ntm_rules.model.score import Score
from ntm_rules.problems import NtmError
from ntm_rules.values import Bilingual, Lang, Outcome
from ntm_rules.verify.compared import Cell, cells, judged_by, levels, own_document, scored
from ntm_rules.verify.sheets import hand_made
from ntm_rules.verify.trials import Trial


class Aspect(StrEnum):
    """What sort of thing examples are to reach."""

    OUTCOME = "outcome"
    BOUNDARY = "boundary"
    BAND = "band"
    MARK = "mark"

    @property
    def label(self) -> Bilingual:
        """The sort in words."""
        return _LABELS[self]


_LABELS: Final = {
    Aspect.OUTCOME: Bilingual("kết quả của tiêu chí", "outcomes of criteria"),
    Aspect.BOUNDARY: Bilingual("hai phía của mức đạt", "sides of figures"),
    Aspect.BAND: Bilingual("hai phía của ngưỡng hạng sao", "sides of classes"),
    Aspect.MARK: Bilingual("hai phía của dấu sao", "sides of marks"),
}
MET_SIDE: Final = Bilingual("vừa đủ", "just met")
FAILED_SIDE: Final = Bilingual("vừa thiếu", "just missed")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an example is to reach.

    Attributes:
        aspect: what sort.
        at: the number of the criterion or indicator; empty for the whole; of a sheet ``7: 2.3``.
        column: the cell of a table.
        what: what is to come out there, for people.
    """

    aspect: Aspect
    at: str
    column: tuple[str, ...]
    what: Bilingual

    def sentence(self, lang: Lang) -> str:
        """The point in a line: ``10.1 (tay-nguyen, 2024): vừa thiếu 47``."""
        where = f"{self.at} ({', '.join(self.column)})" if self.column else self.at
        return f"{where}: {self.what.say(lang)}" if where else self.what.say(lang)

    def as_dict(self) -> dict[str, Any]:
        """The point as plain data."""
        return {"aspect": self.aspect.value, "at": self.at, "column": list(self.column), "what": self.what.both()}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the examples of one document reach.

    Attributes:
        id: the document.
        points: everything there is to reach, in the order of the set.
        reached: what is reached of it.
    """

    id: str
    points: tuple[Point, ...]
    reached: frozenset[Point]

    @property
    def missed(self) -> tuple[Point, ...]:
        """What no example reaches."""
        return tuple(point for point in self.points if point not in self.reached)

    def count(self, aspect: Aspect | None = None) -> tuple[int, int]:
        """How many points are reached, and of how many; of one sort or of all."""
        asked = [point for point in self.points if aspect in (None, point.aspect)]
        return sum(point in self.reached for point in asked), len(asked)

    def as_dict(self) -> dict[str, Any]:
        """The coverage as plain data: whole numbers, and what is missed."""
        counts = {aspect.value: dict(zip(("reached", "of"), self.count(aspect), strict=True)) for aspect in Aspect}
        return {"id": self.id, **counts, "missed": [point.as_dict() for point in self.missed]}


def coverage(catalogue: Catalogue) -> Iterator[Coverage]:
    """The coverage of every document of a catalogue, one after another."""
    for entry in (*catalogue.rulesets.values(), *catalogue.overlays.values()):
        yield coverage_of(catalogue, entry)


def coverage_of(catalogue: Catalogue, entry: Entry) -> Coverage:
    """What the examples beside one document reach of it.

    Raises:
        RulesetError: the document, or a sheet of it, is wrong.
    """
    document = own_document(catalogue, entry)
    points = dict.fromkeys(_points(catalogue, entry, document))
    known = {(cell.indicator.indicator, cell.column): cell for cell in cells(document)}
    homes = {one.indicator: section.criterion for section in document.sections for one in section.indicators}
    reached: set[Point] = set()
    for trial, rules in ((trial, book.rules[trial.text]) for book in hand_made(catalogue, entry) for trial in book.trials):
        try:
            decision = rules.evaluate(trial.subject)
        except NtmError:
            continue
        promised = {promise.at for promise in trial.promises if promise.key[0] == "expect"}
        reached |= {_outcome(promise.at, promise.expected) for promise in trial.promises if promise.key[0] == "expect"}
        for number, home in homes.items():
            if number in promised or home in promised:
                reached |= _of_node(decision, number, rules.document, known)
        if document.score is not None:
            reached |= _of_scored(trial, decision, document.score)
    return Coverage(entry.id, tuple(points), frozenset(reached & points.keys()))


def _points(catalogue: Catalogue, entry: Entry, document: RuleSetDocument) -> Iterator[Point]:
    whole = entry.kind == "ruleset" and (document.score is not None or document.sections)
    if whole:
        for outcome in _possible(document) if document.score is None else (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED):
            yield _outcome("", outcome)
    for section in document.sections:
        for outcome in _possible_of(section):
            yield _outcome(section.criterion, outcome)
    for cell in cells(document):
        yield from (_side(cell, met) for met in (True, False) if any(True for _ in _values(cell, met)))
    if document.score is not None and entry.kind == "ruleset":
        yield from _of_score(document.score)
        sheets = catalogue.sheets(entry.id)
        for number in sheets.numbers:
            for criterion in scored(sheets.sheet(number)):
                for star, least in criterion.marks.items():
                    if isinstance(least, int):
                        lower = any(level < least for level in levels(criterion))
                        yield from (_mark(number, criterion.criterion, star, met) for met in (True, False) if met or lower)


def _possible(document: RuleSetDocument) -> tuple[Outcome, ...]:
    """The outcomes a set can come to; a set of which nothing is written is open."""
    aside = all(Outcome.NOT_APPLICABLE in _possible_of(section) for section in document.sections)
    return tuple(outcome for outcome in Outcome if outcome is not Outcome.NOT_APPLICABLE or aside)


def _possible_of(section: Criterion) -> tuple[Outcome, ...]:
    """The outcomes a criterion can come to: what is open, met and failed can always be attested or left unsaid."""
    leave = [one.may_not_apply is not None or one.applies_when is not None for one in section.indicators]
    aside = section.applies_when is not None or (bool(leave) and all(leave) and section.missing is None)
    return tuple(outcome for outcome in Outcome if outcome is not Outcome.NOT_APPLICABLE or aside)


def _outcome(at: str, outcome: Outcome) -> Point:
    return Point(Aspect.OUTCOME, at, (), outcome.label)


def _side(cell: Cell, met: bool) -> Point:
    required = cell.operator.listed(
        [str(one) for one in cell.figure.value] if isinstance(cell.figure.value, tuple) else [str(cell.figure.value)]
    )
    side = MET_SIDE if met else FAILED_SIDE
    return Point(Aspect.BOUNDARY, cell.indicator.indicator, cell.column, Bilingual.join([side, required], " "))


def _values(cell: Cell, met: bool) -> Iterator[Any]:
    """Values on one side of a figure that could be given: grades and answers; of numbers the bound and a step off it."""
    measure, holds = cell.indicator.measure, cell.operator.holds
    every: list[Any]
    if measure.kind == "yes_no":
        every = [True, False]
    elif measure.kind == "choice":
        every = list(range(len(measure.choices)))
    else:
        bounds = cell.bound if isinstance(cell.bound, tuple) else (cell.bound,)
        every = [bound + move for move in (Decimal(0), -cell.step, cell.step) for bound in bounds]
        every = [
            one
            for one in every
            if (measure.lowest is None or one >= measure.lowest) and (measure.highest is None or one <= measure.highest)
        ]
    yield from (one for one in every if holds(one, cell.bound) is met)


def _of_node(decision: Decision, number: str, document: RuleSetDocument, known: dict[tuple[str, tuple[str, ...]], Cell]) -> set[Point]:
    """The side of its figure that a value was tried at, where it stands within a step of the bound."""
    node: Node = decision[number]
    value, column = _compared(node), judged_by(node, document) if number in document.indicators else None
    cell = None if column is None else known.get((number, column))
    if cell is None or value.__class__ not in (Decimal, bool, int):
        return set()
    if document.indicators[number].bound != cell.indicator.bound and node.required != cell.bound:
        return set()  # another text stands there on that day
    met = cell.operator.holds(value, cell.bound)
    return {_side(cell, met)} if _near(cell, value, met) else set()


def _compared(node: Node) -> Any:
    """The value of a node as it is compared: of a grade its place in their order."""
    choices, value = node.face.choices, node.observed
    return choices.index(value) if choices and isinstance(value, str) else value


def _near(cell: Cell, value: Any, met: bool) -> bool:
    """Whether the smallest change of the figure that can be written would turn the outcome of the value."""
    if not isinstance(value, Decimal):
        other = list(_values(cell, not met))
        return not other or isinstance(value, bool) or cell.operator.bound == "list" or min(abs(value - one) for one in other) == 1
    bounds = cell.bound if isinstance(cell.bound, tuple) else (cell.bound,)
    return any(abs(value - bound) <= cell.step for bound in bounds)


def _of_score(score: Score) -> Iterator[Point]:
    for star in score.stars:
        if star.start > 0:
            yield from (_band(star.stars, met) for met in (True, False))


def _band(stars: int, met: bool) -> Point:
    return Point(Aspect.BAND, f"{stars} ★", (), MET_SIDE if met else FAILED_SIDE)


def _mark(sheet: str, criterion: str, stars: str | int, met: bool) -> Point:
    return Point(Aspect.MARK, f"{sheet}: {criterion}", (f"{stars} ★",), MET_SIDE if met else FAILED_SIDE)


def _of_scored(trial: Trial, decision: Decision, score: Score) -> set[Point]:
    """The classes whose edge a total stands at, where the class that comes out is promised; and the marks met or missed by one level."""
    promised = {promise.at for promise in trial.promises}
    found: set[Point] = set()
    lower = dict(zip([star.stars for star in score.stars], [star.stars for star in score.stars][1:], strict=False))
    if "stars" in promised and decision.total is not None:
        for star in score.stars:
            if star.start <= decision.total < star.start + 1 and decision.stars == star.stars:
                found.add(_band(star.stars, True))
            if star.start - 1 <= decision.total < star.start and decision.stars == lower.get(star.stars):
                found.add(_band(star.stars, False))
    if promised & {"stars", "held_back_by", "stars_possible"}:
        number = str(trial.subject.attributes.get("product_set"))
        for node in decision.indicators:
            if isinstance(value := node.observed, Decimal):
                found |= {_mark(number, node.id, star, value >= least) for star, least in node.face.marks if least is not None}
    return found
