"""Compiling: a ruleset and what is known of a subject's attributes to a program."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.engine.attributes import Answer, decide_condition
from ntm_rules.decide.engine.inputs import KINDS
from ntm_rules.decide.engine.program import Bound, Column, Leaf, Presumption, Program, Whole
from ntm_rules.decide.engine.tree import Face
from ntm_rules.model.figures import Figure, Row, Source, Table
from ntm_rules.model.requirements import Condition
from ntm_rules.model.ruleset import Attribute, Criterion, Dimension, Indicator, RuleSetDocument
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import Bilingual, Outcome, SourceLevel

NOTHING = Bilingual("bộ tiêu chí chưa có nội dung", "the set has no content yet")


def compile_program(
    document: RuleSetDocument,
    declared: Mapping[str, Attribute],
    known: Mapping[str, Any],
    presumed: Mapping[str, bool],
    accept: SourceLevel,
) -> Program:
    """The program of a ruleset for what is known of a subject's attributes.

    Args:
        document: the text as it holds on the day.
        declared: every attribute that a subject of it may have.
        known: the attributes that are known, those presumed included.
        presumed: those that were not stated, as the set says to take them.
        accept: the weakest source level that may decide.
    """
    columns = {name: _column(name, dimension, known, declared) for name, dimension in document.dimensions.items()}
    sections = [("condition", given) for given in document.conditions] + [("criterion", given) for given in document.criteria]
    face = Face("", document.title, "set", document.passes.rule, k=document.passes.k)
    root = Whole("", 0, face, COMBINATIONS[face.operator], face.k, None if sections else NOTHING, None, len(sections))
    taken = tuple(Presumption(name, declared[name].title, value) for name, value in sorted(presumed.items()))

    def made(accept: SourceLevel) -> Program:
        step = _Compiler(document, declared, known, columns, accept)
        return Program(root, tuple(step.section(kind, given) for kind, given in sections), tuple(columns.values()), taken)

    program = made(accept)
    if any(bound.weak for leaf in program.leaves for bound in leaf.bounds):
        return replace(program, heard=made(SourceLevel.RECALLED))
    return program


@dataclass(slots=True)
class _Compiler:
    """What compiling a section needs, and how far it has come."""

    document: RuleSetDocument
    declared: Mapping[str, Attribute]
    known: Mapping[str, Any]
    columns: Mapping[str, Column]
    accept: SourceLevel
    place: int = 0
    index: int = -1

    def section(self, kind: Any, given: Criterion) -> Whole:
        """A condition or criterion with its indicators."""
        self.place += 1
        place, rule = self.place, given.passes
        applies = self._applies(given.applies_when)
        face = Face(given.criterion, given.title, kind, rule.rule, k=rule.k, waits_for=self._titles(applies.waits_for if applies else ()))
        leaves = tuple(self._leaf(indicator) for indicator in given.indicators)
        return Whole(face.id, place, face, COMBINATIONS[rule.rule], rule.k, given.missing, applies, len(leaves), leaves)

    def _leaf(self, indicator: Indicator) -> Leaf:
        self.place += 1
        self.index += 1
        bounds = tuple(_bounds(self.document, indicator, self.columns, self.accept))
        applies = self._applies(indicator.applies_when)
        by = indicator.bound.by if isinstance(indicator.bound, Table) else ()
        waits = [name for dimension in by for name, _ in self.columns[dimension].waits_for]
        status = indicator.measure.holds_status
        if status is not None and status not in self.known:
            waits.append(status)
        waits += applies.waits_for if applies else ()
        return Leaf(
            id=indicator.indicator,
            place=self.place,
            index=self.index,
            face=_leaf_face(indicator, bounds, self._titles(waits)),
            measure=indicator.measure,
            operator=OPERATORS[indicator.operator],
            bounds=bounds,
            kind=KINDS[indicator.measure.kind],
            applies=applies,
            may_not_apply=indicator.may_not_apply,
        )

    def _applies(self, condition: Condition | None) -> Answer | None:
        if condition is None:
            return None
        answer = decide_condition(condition, self.known, self.declared)
        return None if answer.outcome is Outcome.MET else answer

    def _titles(self, names: Iterable[str]) -> tuple[tuple[str, Bilingual], ...]:
        return tuple((name, self.declared[name].title) for name in dict.fromkeys(names))


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


def _place(source: Source) -> dict[str, Any]:
    return {"instrument": source.instrument, "at": source.at, "seen": source.seen, "note": source.note}


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
NEEDS = Bilingual("cần biết: {}", "needs: {}")
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
        nothing = Figure(missing=NEEDS.fill(Bilingual.join(names)))
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
            return Figure(missing=NO_CELL.fill(Bilingual.join(map(column_label, keys), " / ")))
        cell = found
    assert isinstance(cell, Figure)
    return cell


def _bound(document: RuleSetDocument, indicator: Indicator, figure: Figure, columns: tuple[str, ...], accept: SourceLevel) -> Bound:
    source = figure.source_within(indicator.source, document.instrument)
    whole = Figure(value=figure.value, missing=figure.missing, delegated=figure.delegated, **_place(source))
    level = source.level or SourceLevel.MISSING
    if figure.value is None:
        return Bound(None, whole, level, columns, figure.missing)
    if level.rank > accept.rank:
        return Bound(None, whole, level, columns, WEAK.fill(level.label, accept.label), weak=True)
    return Bound(indicator.measure.comparable(figure.value), whole, level, columns, None)
