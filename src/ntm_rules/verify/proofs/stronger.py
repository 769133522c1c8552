"""A set that builds on another: it asks for the status the other gives, and where both measure the same it asks for no less."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.model.ruleset import Indicator, Period, RuleSetDocument
from ntm_rules.problems import NtmError
from ntm_rules.values import Bilingual, folded
from ntm_rules.verify.compared import Cell, cells
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.proofs import solver
from ntm_rules.verify.proofs.obligation import Obligation, State
from ntm_rules.verify.proofs.witness import boundary_example

IMPLIES: Final = Bilingual("bộ nâng cao đòi danh hiệu của bộ nền", "an advanced set asks for the status of the basic one")
STRONGER: Final = Bilingual("cùng chỉ tiêu thì bộ nâng cao không nhẹ hơn", "where both measure the same the advanced set asks for no less")
NOT_ASKED: Final = Bilingual("đạt bộ này mà không cần có {}", "the set can be met without holding {}")
WEAKER: Final = Bilingual("{} ở đây, {} trong {}", "{} here, {} in {}")


def implied(bench: Bench) -> Iterator[Obligation]:
    """Whoever meets the set holds the status that one of its conditions asks for."""
    document = bench.document
    if bench.entry.kind != "ruleset":
        return
    parts = len(document.sections)
    whole = COMBINATIONS[document.passes.rule].needs(parts, document.passes.k) == parts
    for section in document.conditions:
        own = COMBINATIONS[section.passes.rule].needs(len(section.indicators), section.passes.k) == len(section.indicators)
        for one in section.indicators:
            if one.measure.holds_status is not None:
                sure = whole and own and one.applies_when is None and one.may_not_apply is None and section.applies_when is None
                detail = Bilingual("") if sure else NOT_ASKED.fill(one.measure.holds_status)
                yield Obligation("implies", one.indicator, (), State.PROVEN if sure else State.OPEN, detail)


def stronger(bench: Bench) -> Iterator[Obligation]:
    """Each figure is met by no value that fails the figure of the basic set for the same thing in the same column."""
    for basic in _basics(bench):
        known = {(cell.indicator.indicator, cell.column): cell for cell in cells(basic)}
        for cell in cells(bench.document):
            base = known.get((cell.indicator.indicator, cell.column))
            if base is not None and _same(cell.indicator, base.indicator):
                yield _compared(bench, cell, base, basic.ruleset)


def _same(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators of one number measure one thing: in one unit, under titles of which one begins with the other.

    A number alone says little: 15.1 is health insurance in one set and something else in the next.
    """
    titles = sorted((folded(one.title.vi), folded(other.title.vi)), key=len)
    scales = [(measure.kind, measure.unit, measure.choices) for measure in (one.measure, other.measure)]
    return titles[1].startswith(titles[0]) and scales[0] == scales[1]


def _basics(bench: Bench) -> Iterator[RuleSetDocument]:
    """The sets of the same kind of subject, and of the same days, that grant a status this one asks for."""
    document = bench.document
    held = {one.measure.holds_status for section in document.conditions for one in section.indicators if one.measure.holds_status}
    for name in bench.catalogue.rulesets if held else ():
        try:
            other = bench.catalogue.ruleset(name)
        except NtmError:
            continue
        same = other.subject == document.subject and other.grants in held and other.province in (None, document.province)
        if same and _overlap(document.in_force, other.in_force):
            yield other


def _overlap(first: Period, second: Period) -> bool:
    ends = [(one.start, other.until) for one, other in ((first, second), (second, first))]
    return all(start is None or until is None or start <= until for start, until in ends)


def _compared(bench: Bench, cell: Cell, base: Cell, name: str) -> Obligation:
    place = ("stronger", cell.indicator.indicator, cell.column)
    counter: Any = None
    if cell.operator is base.operator:
        sure: bool | None = cell.operator.stricter(cell.bound, base.bound)
        counter = cell.bound[0] if isinstance(cell.bound, tuple) else cell.bound
    elif cell.indicator.measure.kind == "number":
        measure = cell.indicator.measure
        answer = solver.follows((cell.operator, cell.bound), (base.operator, base.bound), measure.lowest, measure.highest)
        sure, counter = (False, answer) if isinstance(answer, Decimal) else (answer, None)
    else:
        every: list[Any] = [True, False] if cell.indicator.measure.kind == "yes_no" else list(range(len(cell.indicator.measure.choices)))
        against = [one for one in every if cell.operator.holds(one, cell.bound) and not base.operator.holds(one, base.bound)]
        sure, counter = not against, next(iter(against), None)
    if sure:
        return Obligation(*place, State.PROVEN)
    here, there = (f"{one.operator.sign} {_shown(one)}" for one in (cell, base))
    example = None if counter is None else boundary_example(bench, cell, [counter])
    return Obligation(*place, State.OPEN if sure is None else State.REFUTED, WEAKER.fill(here, there, name), example)


def _shown(cell: Cell) -> str:
    value = cell.figure.value
    return cell.operator.listed(value) if isinstance(value, tuple) else str(value)
