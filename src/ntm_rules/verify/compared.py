"""The places of a set where it decides: every cell of every indicator, and which of them a subject was judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntm_rules.conditions import OPERATORS, Operator
from ntm_rules.decide.engine.tree import Node
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.resolve import resolve
from ntm_rules.model.figures import Figure, Row, figures_of
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.model.score import ScoreCriterion, Sheet


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that values are compared with.

    Attributes:
        indicator: the indicator it belongs to.
        column: the keys that lead to it, outermost first; empty where there is no table.
        figure: the figure, with a value.
    """

    indicator: Indicator
    column: tuple[str, ...]
    figure: Figure

    @property
    def operator(self) -> Operator:
        """How values are compared with it."""
        return OPERATORS[self.indicator.operator]

    @property
    def bound(self) -> Any:
        """The figure as values are compared with it."""
        assert self.figure.value is not None
        return self.indicator.measure.comparable(self.figure.value)

    @property
    def step(self) -> Decimal:
        """The smallest step that the figure is written to: 1 for ``80``, 0.1 for ``46.5``; for a list that of its finest number."""
        bounds = self.bound if isinstance(self.bound, tuple) else (self.bound,)
        return min(
            (Decimal(1).scaleb(min(0, int(one.as_tuple().exponent))) for one in bounds if isinstance(one, Decimal)), default=Decimal(1)
        )


def cells(document: RuleSetDocument) -> Iterator[Cell]:
    """Every known figure of every indicator, in the order of the set."""
    for indicator in document.indicators.values():
        for column, figure in figures_of(indicator.bound):
            if figure.is_known:
                yield Cell(indicator, column, figure)


def column_of(bound: Figure | Row, keys: tuple[str, ...]) -> tuple[str, ...] | None:
    """The path of the cell that a subject's columns lead to: its own key where the table lists it, else ``others``."""
    path: list[str] = []
    for key in keys:
        assert isinstance(bound, Row)
        under = bound.cells()
        found = key if key in under else "others"
        if found not in under:
            return None
        path.append(found)
        bound = under[found]
    return tuple(path) if isinstance(bound, Figure) else None


def judged_by(node: Node, document: RuleSetDocument) -> tuple[str, ...] | None:
    """The cell that an indicator's node was judged by; None while several may be the subject's."""
    if node.face.possible or node.required is None:
        return None
    return column_of(document.indicators[node.id].bound, node.face.columns)


def own_document(catalogue: Catalogue, entry: Entry) -> RuleSetDocument:
    """What one document says: an edition as written; of an overlay what it names and leaves otherwise, on its first day, in its province.

    What other texts in force on that day change is theirs.
    """
    if entry.kind == "ruleset":
        return catalogue.ruleset(entry.id)
    base = catalogue.ruleset(str(entry.header["amends"]))
    drafts = (entry.id,) if entry.header.get("kind") == "draft" else ()
    document = resolve(catalogue, base.ruleset, on=entry.in_force.start, province=entry.province, drafts=drafts).document
    named = {name for change in catalogue.overlay(entry.id).changes for name in (change.target, change.under)}
    changed = {name: one for name, one in document.dimensions.items() if name in named and base.dimensions.get(name) != one}
    conditions, criteria = (tuple(_changed(base, sections, named)) for sections in (document.conditions, document.criteria))
    return document.model_copy(update={"conditions": conditions, "criteria": criteria, "dimensions": changed})


def _changed(base: RuleSetDocument, sections: tuple[Criterion, ...], named: set[str | None]) -> Iterator[Criterion]:
    """The criteria named that are not as in the edition, each with those of its indicators that are not."""
    was = {section.criterion: section for section in base.sections}
    for section in sections:
        whole = section.criterion in named
        if not whole and not named & {one.indicator for one in section.indicators}:
            continue
        if section.criterion not in was:
            yield section
        elif section != was[section.criterion]:
            known = was[section.criterion].indicators
            own = tuple(one for one in section.indicators if one not in known and (whole or one.indicator in named))
            yield section.model_copy(update={"indicators": own})


def scored(sheet: Sheet) -> Iterator[ScoreCriterion]:
    """Every criterion of a sheet that is scored, in order."""

    def walk(criteria: tuple[ScoreCriterion, ...]) -> Iterator[ScoreCriterion]:
        for one in criteria:
            if one.of:
                yield from walk(one.of)
            else:
                yield one

    for part in sheet.parts:
        yield from walk(part.criteria)


def levels(criterion: ScoreCriterion) -> tuple[int, ...]:
    """The points that its levels give, fewest first."""
    return tuple(sorted({option.points for option in criterion.options}))
