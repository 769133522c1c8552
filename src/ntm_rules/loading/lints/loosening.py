"""What a province may change: fill what is delegated to it and tighten the rest, never loosen. What it set itself it may set anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.figures import Figure, Row, Table, figures_of
from ntm_rules.model.overlay import Change
from ntm_rules.model.ruleset import Indicator, RuleSetDocument

_OF_A_PROVINCE = {*OPERATORS, "source", "note", "verified_by"}  # what a province may set of an indicator


@dataclass(frozen=True)
class Applied:
    """A change of a province, where it stands in its file, with the edition as the nation has it and after the change."""

    national: RuleSetDocument
    after: RuleSetDocument
    change: Change
    path: Path_

    @cached_property
    def pair(self) -> tuple[Indicator | None, Indicator | None]:
        """The indicator that is set, as the nation has it and after the change."""
        return _numbered(self.national, self.change.set), _numbered(self.after, self.change.set)


def _numbered(document: RuleSetDocument, number: str | None) -> Indicator | None:
    return next((one for section in document.sections for one in section.indicators if one.indicator == number), None)


def _not_its_own(applied: Applied) -> Iterator[Finding]:
    """A key that is not a province's to set."""
    old, new = applied.pair
    if old is None and new is not None:  # an indicator that the province itself added
        return
    filling = old is not None and not any(figure.is_known for _, figure in figures_of(old.bound))
    number = applied.change.set
    allowed = (
        {"council", "councils"}
        if number == "score"
        else {"note"}
        if old is None
        else _OF_A_PROVINCE | {"measure"}
        if filling
        else _OF_A_PROVINCE
    )
    for key in applied.change.fields.keys() - allowed:
        yield at((*applied.path, key), at_key=True, target=number, got=key, national="–")
    if number == "score" and "centre" in applied.change.fields.get("councils", ()):
        yield at((*applied.path, "councils", "centre"), at_key=True, target=number, got="centre", national="–")


def _weaker(applied: Applied) -> Iterator[Finding]:
    """A figure that is easier to reach than the national one it takes the place of."""
    old, new = applied.pair
    if old is None or new is None or not OPERATORS.keys() & applied.change.fields.keys():
        return
    seen: set[tuple[str, str]] = set()
    same = old.operator == new.operator and old.measure == new.measure
    for keys, figure, national in _replaced(old.bound, new.bound):
        if not national.is_known or (same and _as_strict(new, figure, national)):
            continue
        got, wanted = _said(new, figure), _said(old, national)
        if (got, wanted) not in seen:
            seen.add((got, wanted))
            yield at((*applied.path, new.operator, *keys), target=applied.change.set, got=got, national=wanted)


def _idle(applied: Applied) -> Iterator[Finding]:
    """A figure set to what the nation asks for already."""
    old, new = applied.pair
    if old is not None and new is not None and OPERATORS.keys() & applied.change.fields.keys() and old.operator == new.operator:
        pairs = [(figure.value, national.value) for _, figure, national in _replaced(old.bound, new.bound)]
        if pairs and all(got is not None and got == national for got, national in pairs):
            yield at((*applied.path, new.operator), target=applied.change.set, got=_said(new, next(f for _, f in figures_of(new.bound))))


def _said(indicator: Indicator, figure: Figure) -> str:
    value = figure.value
    return OPERATORS[indicator.operator].listed(value) if isinstance(value, tuple) else value or "missing"


def _replaced(old: Figure | Table, new: Figure | Table) -> Iterator[tuple[tuple[str, ...], Figure, Figure]]:
    """Every new figure with each national one it takes the place of, and where it stands."""
    if isinstance(old, Table) and isinstance(new, Table) and old.by == new.by:
        for keys, figure in figures_of(new):
            if national := _figure_at(old, keys):
                yield keys, figure, national
        for keys, national in figures_of(old):  # what was listed may now fall under `others`
            if fallen := _figure_at(new, keys):
                yield keys, fallen, national
    else:  # cells cannot be told apart: any may stand for any
        for keys, figure in figures_of(new):
            yield from ((keys, figure, national) for _, national in figures_of(old))


def _figure_at(table: Table, keys: tuple[str, ...]) -> Figure | None:
    """The figure that holds where the keys lead, if any does."""
    cell: Figure | Row | None = table
    for key in keys:
        cells = cell.cells() if isinstance(cell, Row) else {}
        cell = cells.get(key, cells.get("others"))
    return cell if isinstance(cell, Figure) else None


def _as_strict(indicator: Indicator, new: Figure, old: Figure) -> bool:
    if new.value is None or old.value is None:
        return False
    comparable = indicator.measure.comparable
    return OPERATORS[indicator.operator].stricter(comparable(new.value), comparable(old.value))


KEY = Lint(
    "NTM-303", _not_its_own, 'set: "2.2"\n    ¦title: {vi: Khác, en: Other}', 'set: "2.2"\n    note: {vi: Của tỉnh, en: Of the province}'
)
WEAKER = Lint("NTM-303", _weaker, "at_least: ¦60", "at_least: 85")
IDLE = Lint("NTM-248", _idle, "at_least: ¦80", "at_least: 85", Level.WARNS)
