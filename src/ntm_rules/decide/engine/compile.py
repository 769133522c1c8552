"""A plan: a ruleset made ready for one kind of subject, with every table looked up and every bound an exact value.

Subjects that agree in the attributes a set looks at share one plan, so that deciding is comparing and nothing else.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ntm_rules.conditions import COMBINATIONS, OPERATORS, CombinationRule, Operator
from ntm_rules.decide.engine.attributes import Answer, decide_condition
from ntm_rules.decide.engine.inputs import Reader
from ntm_rules.decide.engine.tree import Face
from ntm_rules.model.figures import Figure, Row, Source, Table
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import Condition
from ntm_rules.model.ruleset import Attribute, Criterion, Dimension, Indicator, RuleSetDocument
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import Bilingual, Outcome, SourceLevel


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

    ``heard`` is the same with figures of every source level, where some here are too weak to be accepted.
    """

    id: str
    face: Face
    index: int
    measure: Measure
    operator: Operator
    bounds: tuple[Bound, ...]
    applies: Answer | None
    may_not_apply: Bilingual | None
    reader: Reader
    heard: Leaf | None = None

    @property
    def bound(self) -> Bound:
        """The bound; while several may hold, the first of them."""
        return self.bounds[0]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A whole with parts: the set over its criteria, a criterion over its indicators; ``heard`` as of a leaf."""

    id: str
    face: Face
    rule: CombinationRule
    k: int
    parts: tuple[Leaf | Group, ...]
    rows: tuple[tuple[Any, ...], ...]  # (part, face, index, class, holds, bound) of each part; class None: no short cut
    missing: Bilingual | None
    applies: Answer | None
    heard: Group | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Everything that deciding needs, for subjects with these attributes."""

    root: Group
    leaves: tuple[Leaf, ...]
    reading: tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Any], type], ...]  # number, remembered texts, reader, class
    columns: tuple[Column, ...]
    known: Mapping[str, Any]
    presumed: tuple[Presumption, ...]
    derived: Mapping[int, Measure]


def make_plan(
    document: RuleSetDocument,
    declared: Mapping[str, Attribute],
    known: Mapping[str, Any],
    presumed: Mapping[str, bool],
    accept: SourceLevel,
    readers: Callable[[Measure], Reader],
) -> Plan:
    """The plan of a ruleset for what is known of a subject's attributes."""
    columns = {name: _column(name, dimension, known, declared) for name, dimension in document.dimensions.items()}
    leaves: list[Leaf] = []

    def answer(condition: Condition | None) -> Answer | None:
        if condition is None:
            return None
        decided = decide_condition(condition, known, declared)
        return None if decided.outcome is Outcome.MET else decided

    def titles(names: tuple[str, ...]) -> tuple[tuple[str, Bilingual], ...]:
        return tuple((name, declared[name].title) for name in dict.fromkeys(names))

    def leaf(indicator: Indicator) -> Leaf:
        bounds = tuple(_bounds(document, indicator, columns, accept))
        by = indicator.bound.by if isinstance(indicator.bound, Table) else ()
        applies = answer(indicator.applies_when)
        waits = tuple(name for dim in by for name, _ in columns[dim].waits_for)
        status = indicator.measure.holds_status
        if status is not None and status not in known:
            waits = (*waits, status)
        made = Leaf(
            indicator.indicator,
            _leaf_face(indicator, bounds, titles((*waits, *(applies.waits_for if applies else ())))),
            len(leaves),
            indicator.measure,
            OPERATORS[indicator.operator],
            bounds,
            applies,
            indicator.may_not_apply,
            readers(indicator.measure),
        )
        if any(bound.weak for bound in bounds):
            made = replace(made, heard=replace(made, bounds=tuple(_bounds(document, indicator, columns, SourceLevel.RECALLED))))
        leaves.append(made)
        return made

    def section(given: Criterion, kind: Literal["condition", "criterion"]) -> Group:
        parts = tuple(leaf(indicator) for indicator in given.indicators)
        passes = given.passes
        applies = answer(given.applies_when)
        waits_for = titles(applies.waits_for if applies else ())
        face = Face(given.criterion, given.title, kind, passes.rule, k=passes.k, waits_for=waits_for)
        return _group(face, parts, given.missing, applies)

    conditions = tuple(section(given, "condition") for given in document.conditions)
    parts = (*conditions, *(section(given, "criterion") for given in document.criteria))
    nothing = None if parts else Bilingual("bộ tiêu chí chưa có nội dung", "the set has no content yet")
    face = Face("", document.title, "set", document.passes.rule, k=document.passes.k)
    root = _group(face, parts, nothing, None)
    reading = tuple((leaf.id, leaf.reader.memo.get, leaf.reader.read, leaf.reader.kind) for leaf in leaves)
    taken = tuple(Presumption(name, declared[name].title, value) for name, value in sorted(presumed.items()))
    derived = {leaf.index: leaf.measure for leaf in leaves if leaf.measure.holds_status or leaf.measure.counted}
    return Plan(root, tuple(leaves), reading, tuple(columns.values()), known, taken, derived)


def _group(face: Face, parts: tuple[Leaf | Group, ...], missing: Bilingual | None, applies: Answer | None) -> Group:
    heard = None
    if any(part.heard for part in parts):
        heard = _group(face, tuple(part.heard or part for part in parts), missing, applies)
    rows = tuple(_row(part) for part in parts)
    return Group(face.id, face, COMBINATIONS[face.operator], face.k, parts, rows, missing, applies, heard)


def _row(part: Leaf | Group) -> tuple[Any, ...]:
    """A part with what the short cut needs: a value of this class, compared with this one bound, decides."""
    if isinstance(part, Group):
        return part, part.face, -1, None, None, None
    simple = len(part.bounds) == 1 and part.bound.value is not None and part.applies is None
    return part, part.face, part.index, part.reader.kind if simple else None, part.operator.holds, part.bound.value


def _leaf_face(indicator: Indicator, bounds: tuple[Bound, ...], waits_for: tuple[tuple[str, Bilingual], ...]) -> Face:
    choices = indicator.measure.choices

    def written(bound: Bound) -> Any:
        if not choices or bound.value is None:
            return bound.value
        return tuple(choices[i] for i in bound.value) if isinstance(bound.value, tuple) else choices[bound.value]

    sure = len(bounds) == 1
    figures = [bound.figure for bound in bounds]
    # While several columns may be the subject's, what stands in one of them alone is nothing to show.
    common = {key: value for key, value in _place(figures[0]).items() if all(_place(figure)[key] == value for figure in figures)}
    return Face(
        indicator.indicator,
        indicator.title,
        "indicator",
        indicator.operator,
        required=written(bounds[0]) if sure else None,
        unit=indicator.measure.unit or "",
        choices=choices,
        status=indicator.measure.holds_status or "",
        level=max((bound.level for bound in bounds), key=lambda level: level.rank),
        source=Source(**common),
        columns=tuple(key for key in bounds[0].columns if all(key in bound.columns for bound in bounds)),
        waits_for=waits_for,
        possible=() if sure else tuple(written(bound) for bound in sorted(bounds, key=_by_size)),
    )


def _place(figure: Figure) -> dict[str, Any]:
    return {"instrument": figure.instrument, "at": figure.at, "seen": figure.seen, "note": figure.note}


def _by_size(bound: Bound) -> tuple[bool, Any]:
    """Smaller figures first, one that is not known last."""
    return bound.value is None, 0 if bound.value is None else bound.value


def _column(name: str, dimension: Dimension, known: Mapping[str, Any], declared: Mapping[str, Attribute]) -> Column:
    value = known.get(dimension.attribute)
    own = None if value is None else str(value)
    candidates = (own,) if own is not None else declared[dimension.attribute].one_of or dimension.values
    waits: dict[str, None] = {} if own is not None else {dimension.attribute: None}
    asked: dict[str, None] = {}
    possible: list[str] = []

    def titled(names: Iterable[str]) -> tuple[tuple[str, Bilingual], ...]:
        return tuple((name, declared[name].title) for name in names)

    for redirect in dimension.redirect:
        answer = decide_condition(redirect.when, known, declared)
        if answer.outcome is Outcome.MET:
            reasons = (redirect.title,) if redirect.title else ()
            keys = _distinct((redirect.use, *possible))
            if len(keys) == 1:
                return Column(name, dimension.title, keys, own, (*reasons, *answer.because), redirect.source)
            waits.pop(dimension.attribute, None)  # the subject's own column is not read, whichever it is
            return Column(name, dimension.title, keys, own, waits_for=titled({**waits, **asked}))
        if answer.outcome is Outcome.UNDETERMINED:
            possible.append(redirect.use)
            asked.update(dict.fromkeys(answer.waits_for))
    keys = _distinct((*candidates, *possible)) if candidates else ()
    return Column(name, dimension.title, keys, own, waits_for=titled({**waits, **asked}) if len(keys) != 1 else ())


def _distinct(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


NO_CELL = Bilingual("bảng của quyết định không có ô cho {}", "the table of the decision has no cell for {}")
WEAK = Bilingual("nguồn của con số là «{}», yếu hơn mức chấp nhận «{}»", "the figure's source is «{}», weaker than the accepted «{}»")


def _bounds(document: RuleSetDocument, indicator: Indicator, columns: Mapping[str, Column], accept: SourceLevel) -> Iterator[Bound]:
    """The bounds that may hold: one, unless a column is not known. Equal ones are given once."""
    given = indicator.bound
    if isinstance(given, Figure):
        yield _bound(document, indicator, given, (), accept)
        return
    known = [columns[dimension].keys for dimension in given.by]
    found: dict[Any, Bound] = {}
    for keys in itertools.product(*(keys or _keys_at(given, depth) for depth, keys in enumerate(known))):
        bound = _bound(document, indicator, _cell(given, keys), keys, accept)
        first = found.setdefault(bound.value, bound)
        if bound.level.rank > first.level.rank or bound.weak:  # the outcome rests on the weakest of equal figures
            level = max(first.level, bound.level, key=lambda level: level.rank)
            found[bound.value] = replace(first, level=level, weak=first.weak or bound.weak)
    if None in found and not all(known):  # for some column of those not known there is no figure
        names = [columns[dimension].title for dimension, keys in zip(given.by, known, strict=True) if not keys]
        vi, en = ", ".join(name.vi for name in names), ", ".join(name.en for name in names)
        nothing = Figure(missing=Bilingual(f"cần biết: {vi}", f"needs: {en}"))
        yield replace(_bound(document, indicator, nothing, (), accept), weak=found[None].weak)
        return
    yield from found.values()


def _keys_at(row: Row, depth: int) -> tuple[str, ...]:
    """Every column that a table can be read at, at a depth: those it lists, and the others."""
    rows = [row]
    for _ in range(depth):
        rows = [cell for one in rows for cell in one.cells().values() if isinstance(cell, Row)]
    return _distinct((*(key for one in rows for key in one.cells()), "others"))


def _cell(table: Table, keys: tuple[str, ...]) -> Figure:
    cell: Figure | Row = table
    for key in keys:
        assert isinstance(cell, Row)
        cells = cell.cells()
        found = cells.get(key, cells.get("others"))
        if found is None:
            labels = [column_label(part) for part in keys]
            vi, en = " / ".join(label.vi for label in labels), " / ".join(label.en for label in labels)
            return Figure(missing=Bilingual(NO_CELL.vi.format(vi), NO_CELL.en.format(en)))
        cell = found
    assert isinstance(cell, Figure)
    return cell


def _bound(document: RuleSetDocument, indicator: Indicator, figure: Figure, columns: tuple[str, ...], accept: SourceLevel) -> Bound:
    own = indicator.source or Source()
    whole = Figure(
        value=figure.value,
        missing=figure.missing,
        delegated=figure.delegated,
        instrument=figure.instrument or own.instrument or document.instrument,
        at=figure.at or own.at,
        seen=figure.seen or own.seen,
        note=figure.note or own.note,
    )
    if figure.value is None:
        return Bound(None, whole, SourceLevel.MISSING, columns, figure.missing)
    level = figure.level or own.level or SourceLevel.MISSING
    if level.rank > accept.rank:
        vi, en = WEAK.vi.format(level.label.vi, accept.label.vi), WEAK.en.format(level.label.en, accept.label.en)
        return Bound(None, whole, level, columns, Bilingual(vi, en), weak=True)
    return Bound(indicator.measure.comparable(figure.value), whole, level, columns, None)
