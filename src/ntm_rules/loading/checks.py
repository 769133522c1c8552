"""What a well-formed ruleset must also satisfy: names that exist, figures that are possible and have a source, operators that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ntm_rules.loading.yaml_text import Parsed, Path_
from ntm_rules.model.base import Model
from ntm_rules.model.figures import Figure, Source, Table, figures_of
from ntm_rules.model.instrument import Instrument
from ntm_rules.model.measures import UNITS, Measure
from ntm_rules.model.requirements import OPERATORS, AllOf, AnyOf, AtLeastKOf, AttributeTest, Requirement
from ntm_rules.model.ruleset import Attribute, Combination, Criterion, Dimension, Indicator, Period, RuleSetDocument
from ntm_rules.model.vocabulary import REGIONS, STANDARD_ATTRIBUTES, STATUSES
from ntm_rules.problems import nearest
from ntm_rules.values import Bilingual, SourceLevel, exact, plain

VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
_SET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_NUMBERED = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*", re.ASCII)
_FITS = {
    "number": ("at_least", "at_most", "above", "below", "equals", "one_of"),
    "choice": ("at_least", "at_most", "above", "below", "equals", "one_of"),
    "yes_no": ("is_true",),
}


def check_name(parsed: Parsed, name: str, path: Path_) -> None:
    """A ruleset is named ``family/edition`` in lower case, digits and hyphens."""
    if not _SET.fullmatch(name):
        parsed.report("NTM-223", path, got=name, expected="commune-ntm/2021-2025")


def check_version(parsed: Parsed, version: str) -> None:
    """A version is three whole numbers."""
    if not VERSION.fullmatch(version):
        parsed.report("NTM-223", ("version",), got=version, expected="1.0.0")


def check_period(parsed: Parsed, period: Period, path: Path_) -> None:
    """A period does not end before it starts."""
    if period.start and period.until and period.until < period.start:
        parsed.report("NTM-220", (*path, "until"), until=period.until, start=period.start)


def check_instruments(parsed: Parsed, given: Iterable[tuple[Path_, str | None]], known: Mapping[str, Instrument]) -> None:
    """Every instrument named is in instruments.yaml."""
    for path, key in given:
        if key is not None and key not in known:
            parsed.report("NTM-215", path, got=key, guess=nearest(key, known))


def check_ruleset(document: RuleSetDocument, parsed: Parsed, instruments: Mapping[str, Instrument]) -> None:
    """Note everything wrong with the meaning of a ruleset on ``parsed``."""
    check_name(parsed, document.ruleset, ("ruleset",))
    check_version(parsed, document.version)
    check_period(parsed, document.in_force, ("in_force",))
    check_instruments(parsed, [(("instrument",), document.instrument)], instruments)
    _Check(document, parsed, instruments).run()


class _Check:
    def __init__(self, document: RuleSetDocument, parsed: Parsed, instruments: Mapping[str, Instrument]) -> None:
        self.document = document
        self.parsed = parsed
        self.instruments = instruments
        self.attributes: dict[str, Attribute] = {**STANDARD_ATTRIBUTES, **document.attributes}

    def run(self) -> None:
        for name, attribute in self.document.attributes.items():
            if attribute.unless_stated is not None and not attribute.yes_no:
                self.parsed.report("NTM-235", ("attributes", name, "unless_stated"))
        for name, dimension in self.document.dimensions.items():
            self.dimension(dimension, ("dimensions", name))
        self.combination(self.document.passes, len(self.document.criteria), ("passes",))
        if self.document.conditions and self.document.passes.rule != "all_of":
            self.parsed.report("NTM-230", ("passes",))
        seen: dict[str, Path_] = {}
        placed = [(("conditions", i), given) for i, given in enumerate(self.document.conditions)]
        placed += [(("criteria", i), given) for i, given in enumerate(self.document.criteria)]
        for path, criterion in placed:
            self.number(criterion.criterion, (*path, "criterion"), seen)
            self.criterion(criterion, path)
            for j, indicator in enumerate(criterion.indicators):
                inner: Path_ = (*path, "indicators", j)
                self.number(indicator.indicator, (*inner, "indicator"), seen)
                self.indicator(indicator, inner)

    def number(self, number: str, path: Path_, seen: dict[str, Path_]) -> None:
        if not _NUMBERED.fullmatch(number):
            self.parsed.report("NTM-223", path, got=number, expected="17, 17.2")
        if number in seen:
            self.parsed.report("NTM-214", path, got=number)
        seen.setdefault(number, path)

    def combination(self, passes: Combination, parts: int, path: Path_) -> None:
        if passes.rule == "at_least_k_of" and not 1 <= passes.k <= parts:
            self.parsed.report("NTM-224", path, k=passes.k, n=parts)

    def criterion(self, criterion: Criterion, path: Path_) -> None:
        if not criterion.indicators and criterion.missing is None:
            self.parsed.report("NTM-221", path)
        if criterion.indicators:
            self.combination(criterion.passes, len(criterion.indicators), (*path, "passes"))
        if criterion.applies_when is not None:
            self.condition(criterion.applies_when, (*path, "applies_when"))
        self.source(criterion.source, (*path, "source"))

    def indicator(self, indicator: Indicator, path: Path_) -> None:
        if indicator.applies_when is not None:
            self.condition(indicator.applies_when, (*path, "applies_when"))
        self.source(indicator.source, (*path, "source"))
        self.measure(indicator.measure, (*path, "measure"))
        if self.one_operator(indicator, path, OPERATORS):
            fits = _FITS[indicator.measure.kind]
            if indicator.operator not in fits:
                kind = indicator.measure.kind
                self.parsed.report("NTM-213", (*path, indicator.operator), operator=indicator.operator, measure=kind)
                return
            self.bound(indicator, indicator.measure, indicator.source, path)

    def one_operator(self, requirement: Requirement, path: Path_, allowed: tuple[str, ...]) -> bool:
        if len(requirement.operators) == 1:
            return True
        self.parsed.report("NTM-212", path, got=", ".join(requirement.operators) or "–", allowed=", ".join(allowed))
        return False

    def measure(self, measure: Measure, path: Path_) -> None:
        for key in ("where", "among"):
            condition = getattr(measure, key)
            if condition is not None:
                self.condition(condition, (*path, key))
        if measure.counted and measure.where is None:
            self.parsed.report("NTM-202", path, key="where")
        if measure.holds_status is not None and measure.holds_status not in STATUSES:
            guess = nearest(measure.holds_status, STATUSES)
            self.parsed.report("NTM-206", (*path, "holds_status"), got=measure.holds_status, allowed=", ".join(STATUSES), guess=guess)
        if measure.kind == "number" and measure.unit not in UNITS:
            guess = nearest(measure.unit or "", UNITS)
            self.parsed.report("NTM-209", (*path, "unit"), got=measure.unit or "–", guess=guess)

    def bound(self, requirement: Requirement, measure: Measure, source: Source | None, path: Path_) -> None:
        bound, operator = requirement.bound, requirement.operator
        if isinstance(bound, Table):
            self.table(bound, (*path, operator))
        for keys, figure in figures_of(bound):
            where = (*path, operator, *keys)
            self.figure(figure, measure, where, is_list=operator == "one_of")
            self.figure_source(figure, source, where)

    def table(self, table: Table, path: Path_) -> None:
        for depth, name in enumerate(table.by):
            dimension = self.document.dimensions.get(name)
            if dimension is None:
                guess = nearest(name, self.document.dimensions)
                self.parsed.report("NTM-217", (*path, "by", depth), got=name, guess=guess)
                return
            for keys in {keys[: depth + 1] for keys, _ in figures_of(table)}:
                self.table_key(keys, depth, name, dimension, path)
        for keys, _ in figures_of(table):
            if len(keys) != len(table.by):
                expected = f"{len(table.by)} × {list(table.by)}"
                self.parsed.report("NTM-203", (*path, *keys), expected=expected, got=" / ".join(keys))

    def table_key(self, keys: tuple[str, ...], depth: int, name: str, dimension: Dimension, path: Path_) -> None:
        if len(keys) <= depth or keys[depth] == "others":
            return
        allowed = dimension.values or self.attributes.get(dimension.attribute, _OPEN).one_of
        if allowed and keys[depth] not in allowed:
            guess = nearest(keys[depth], allowed)
            self.parsed.report("NTM-208", (*path, *keys), at_key=True, got=keys[depth], dimension=name, guess=guess)

    def figure(self, figure: Figure, measure: Measure, path: Path_, *, is_list: bool) -> None:
        if figure.value is None:
            return
        if is_list != isinstance(figure.value, tuple):
            self.parsed.report("NTM-203", path, expected="[…]" if is_list else "text", got=str(figure.value)[:60])
            return
        for value in figure.value if isinstance(figure.value, tuple) else (figure.value,):
            self.figure_value(value, measure, path)

    def figure_value(self, value: str, measure: Measure, path: Path_) -> None:
        if measure.kind == "yes_no":
            if value != "true":
                self.parsed.report("NTM-206", path, got=value, allowed="true, missing, delegated")
        elif measure.kind == "choice":
            if measure.choices and value not in measure.choices:
                allowed = ", ".join(measure.choices)
                self.parsed.report("NTM-206", path, got=value, allowed=allowed, guess=nearest(value, measure.choices))
        else:
            self.figure_number(value, measure, path)

    def figure_number(self, value: str, measure: Measure, path: Path_) -> None:
        try:
            number = exact(value)
        except ValueError:
            if "," in value:
                self.parsed.report("NTM-205", path, got=value, fixed=value.replace(",", "."))
            else:
                self.parsed.report("NTM-204", path, got=value)
            return
        low, high = measure.lowest, measure.highest
        if (low is not None and number < low) or (high is not None and number > high):
            self.parsed.report("NTM-211", path, got=plain(number), unit=measure.unit, low=_edge(low), high=_edge(high))

    def figure_source(self, figure: Figure, source: Source | None, path: Path_) -> None:
        self.source_instrument(figure.instrument, path)
        if figure.value is None:
            return
        level = figure.level or (source.level if source else None)
        if level is None:
            self.parsed.report("NTM-210", path)
        elif level is SourceLevel.MISSING:
            self.parsed.report("NTM-219", path)
        elif level in (SourceLevel.PUBLISHED, SourceLevel.OFFICIAL) and not (figure.seen or (source.seen if source else ())):
            self.parsed.report("NTM-218", path, level=level)

    def source(self, source: Source | None, path: Path_) -> None:
        if source is not None:
            self.source_instrument(source.instrument, path)

    def source_instrument(self, instrument: str | None, path: Path_) -> None:
        check_instruments(self.parsed, [((*path, "instrument"), instrument)], self.instruments)

    def dimension(self, dimension: Dimension, path: Path_) -> None:
        self.attribute_name(dimension.attribute, (*path, "attribute"))
        if dimension.attribute == "region":
            for i, value in enumerate(dimension.values):
                if value not in REGIONS:
                    self.parsed.report("NTM-208", (*path, "values", i), got=value, dimension="region", guess=nearest(value, REGIONS))
        columns = dimension.values or self.attributes.get(dimension.attribute, _OPEN).one_of
        for i, redirect in enumerate(dimension.redirect):
            inner: Path_ = (*path, "redirect", i)
            if columns and redirect.use not in columns:
                guess = nearest(redirect.use, columns)
                self.parsed.report("NTM-208", (*inner, "use"), got=redirect.use, dimension=path[-1], guess=guess)
            self.condition(redirect.when, (*inner, "when"))
            self.source(redirect.source, (*inner, "source"))
            if redirect.source.level is None:
                self.parsed.report("NTM-210", (*inner, "source"))

    def condition(self, condition: Model, path: Path_) -> None:
        if isinstance(condition, AllOf):
            self.conditions(condition.all_of, (*path, "all_of"))
        elif isinstance(condition, AnyOf):
            self.conditions(condition.any_of, (*path, "any_of"))
        elif isinstance(condition, AtLeastKOf):
            inner = condition.at_least_k_of
            self.conditions(inner.of, (*path, "at_least_k_of", "of"))
            if inner.k > len(inner.of):
                self.parsed.report("NTM-224", (*path, "at_least_k_of", "k"), k=inner.k, n=len(inner.of))
        else:
            assert isinstance(condition, AttributeTest)
            self.attribute_test(condition, path)

    def conditions(self, conditions: tuple[Model, ...], path: Path_) -> None:
        for i, condition in enumerate(conditions):
            self.condition(condition, (*path, i))

    def attribute_name(self, name: str, path: Path_) -> bool:
        if name in self.attributes:
            return True
        self.parsed.report("NTM-216", path, got=name, guess=nearest(name, self.attributes))
        return False

    def attribute_test(self, test: AttributeTest, path: Path_) -> None:
        if not self.attribute_name(test.attribute, (*path, "attribute")) or not self.one_operator(test, path, OPERATORS):
            return
        measure = measure_of(self.attributes[test.attribute])
        where = (*path, test.operator)
        if test.operator not in _FITS[measure.kind] or isinstance(test.bound, Table):
            self.parsed.report("NTM-213", where, operator=test.operator, measure=measure.kind)
            return
        self.figure(test.bound, measure, where, is_list=test.operator == "one_of")


_OPEN = Attribute.model_construct(title=Bilingual(""), one_of=())


def _edge(limit: Decimal | None) -> str:
    return "∞" if limit is None else plain(limit)


def measure_of(attribute: Attribute) -> Measure:
    """How an attribute is compared in a condition: yes or no, a number, one of its values or any text."""
    if attribute.yes_no:
        return Measure(kind="yes_no")
    if attribute.whole_number:
        return Measure(kind="number")
    return Measure(kind="choice", choices=attribute.one_of)
