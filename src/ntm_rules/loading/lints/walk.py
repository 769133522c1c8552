"""A ruleset laid out for lints: every part with the path that leads to it, gathered in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ntm_rules.conditions import ALL_OF, ANY_OF, AT_LEAST_K_OF, COMBINATIONS, OPERATORS, Operator
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.base import Model
from ntm_rules.model.figures import Figure, Source, Table, figures_of
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import AllOf, AnyOf, AtLeastKOf, AttributeTest, Requirement
from ntm_rules.model.ruleset import Attribute, Criterion, Dimension, Indicator, RuleSetDocument
from ntm_rules.model.vocabulary import STANDARD_ATTRIBUTES


class PlacedFigure(NamedTuple):
    """A figure where it stands: what it is compared with, and whose source it takes where it states none."""

    path: Path_
    figure: Figure
    measure: Measure
    source: Source | None
    of_law: bool
    operator: Operator


class Compared(NamedTuple):
    """An operator where it stands, with the measure of what it compares."""

    path: Path_
    requirement: Requirement
    measure: Measure

    @property
    def has_one(self) -> bool:
        """Whether exactly one operator is given."""
        return len(self.requirement.operators) == 1

    @property
    def fits(self) -> bool:
        """Whether the operator can compare such a value; an attribute is compared with one figure, never with a table of them."""
        of_law = isinstance(self.requirement, Indicator)
        fits = OPERATORS[self.requirement.operator].fits
        return self.measure.kind in fits and (of_law or isinstance(self.requirement.bound, Figure))


class Count(NamedTuple):
    """How many of how many parts must hold."""

    path: Path_
    k: int
    parts: int


class Walk:
    """Every part of a ruleset with its path.

    Attributes:
        document: the ruleset.
        instruments: every instrument on record, by its key.
    """

    def __init__(self, document: RuleSetDocument, instruments: Mapping[str, Instrument]) -> None:
        self.document = document
        self.instruments = instruments
        self.attributes: dict[str, Attribute] = {**STANDARD_ATTRIBUTES, **document.attributes}
        self.dimensions: list[tuple[Path_, str, Dimension]] = []
        self.sections: list[tuple[Path_, Criterion]] = []
        self.indicators: list[tuple[Path_, Indicator]] = []
        self.named: list[tuple[Path_, str]] = []  # the attributes that are looked at
        self.sources: list[tuple[Path_, Source]] = []
        self.counts: list[Count] = []
        self.compared: list[Compared] = []
        self.tables: list[tuple[Path_, Table]] = []
        self.figures: list[PlacedFigure] = []
        self._gather()

    def _gather(self) -> None:
        document = self.document
        for name, dimension in document.dimensions.items():
            self._dimension(("dimensions", name), name, dimension)
        if COMBINATIONS[document.passes.rule].counts:
            self.counts.append(Count(("passes",), document.passes.k, len(document.criteria)))
        for i, row in enumerate(document.follows):
            self.sources.append((("follows", i, "source"), row.source))
            if row.met:  # from none at all is always reached
                self.counts.append(Count(("follows", i, "met"), row.met, len(document.criteria)))
        for key, sections in (("conditions", document.conditions), ("criteria", document.criteria)):
            for i, section in enumerate(sections):
                self._section((key, i), section)

    def _dimension(self, path: Path_, name: str, dimension: Dimension) -> None:
        self.dimensions.append((path, name, dimension))
        self.named.append(((*path, "attribute"), dimension.attribute))
        for i, redirect in enumerate(dimension.redirect):
            self._condition((*path, "redirect", i, "when"), redirect.when)
            self.sources.append(((*path, "redirect", i, "source"), redirect.source))

    def _section(self, path: Path_, section: Criterion) -> None:
        self.sections.append((path, section))
        if section.indicators and COMBINATIONS[section.passes.rule].counts:
            self.counts.append(Count((*path, "passes"), section.passes.k, len(section.indicators)))
        self._part(path, section)
        for i, indicator in enumerate(section.indicators):
            self._indicator((*path, "indicators", i), indicator)

    def _part(self, path: Path_, part: Criterion | Indicator) -> None:
        if part.applies_when is not None:
            self._condition((*path, "applies_when"), part.applies_when)
        if part.source is not None:
            self.sources.append(((*path, "source"), part.source))

    def _indicator(self, path: Path_, indicator: Indicator) -> None:
        measure = indicator.measure
        self.indicators.append((path, indicator))
        self._part(path, indicator)
        for key in ("where", "among"):
            condition = getattr(measure, key)
            if condition is not None:
                self._condition((*path, "measure", key), condition)
        if not self._compares(path, indicator, measure):
            return
        where = (*path, indicator.operator)
        if isinstance(indicator.bound, Table):
            self.tables.append((where, indicator.bound))
        for keys, figure in figures_of(indicator.bound):
            self.figures.append(
                PlacedFigure((*where, *keys), figure, measure, indicator.source, of_law=True, operator=OPERATORS[indicator.operator])
            )

    def _compares(self, path: Path_, requirement: Requirement, measure: Measure) -> bool:
        """Whether it compares with figures that can be looked at."""
        compared = Compared(path, requirement, measure)
        self.compared.append(compared)
        return compared.has_one and compared.fits

    def _condition(self, path: Path_, condition: Model) -> None:
        for where, part in _tests(path, condition):
            if isinstance(part, Count):
                self.counts.append(part)
            else:
                self._test(where, part)

    def _test(self, path: Path_, test: AttributeTest) -> None:
        self.named.append(((*path, "attribute"), test.attribute))
        if test.attribute not in self.attributes:
            return
        measure = measure_of(self.attributes[test.attribute])
        if self._compares(path, test, measure):
            assert isinstance(test.bound, Figure)
            operator = OPERATORS[test.operator]
            self.figures.append(PlacedFigure((*path, test.operator), test.bound, measure, None, of_law=False, operator=operator))


def _tests(path: Path_, condition: Model) -> Iterator[tuple[Path_, AttributeTest | Count]]:
    """Every test on an attribute, and every count, that a condition is built from."""
    parts: tuple[Model, ...] = ()
    if isinstance(condition, AllOf):
        path, parts = (*path, ALL_OF.name), condition.all_of
    elif isinstance(condition, AnyOf):
        path, parts = (*path, ANY_OF.name), condition.any_of
    elif isinstance(condition, AtLeastKOf):
        inner = condition.at_least_k_of
        path, parts = (*path, AT_LEAST_K_OF.name), inner.of
        yield path, Count((*path, "k"), inner.k, len(parts))
        path = (*path, "of")
    else:
        assert isinstance(condition, AttributeTest)
        yield path, condition
    for i, part in enumerate(parts):
        yield from _tests((*path, i), part)


def measure_of(attribute: Attribute) -> Measure:
    """How an attribute is compared in a condition: yes or no, a number, one of its values or any text."""
    return _measure("yes_no" if attribute.yes_no else "number" if attribute.whole_number else "choice", attribute.one_of)


@lru_cache(256)  # a few attributes stand in every condition
def _measure(kind: str, choices: tuple[str, ...]) -> Measure:
    return Measure.model_validate({"kind": kind, "choices": choices if kind == "choice" else ()})
