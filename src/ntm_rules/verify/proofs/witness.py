"""Examples that show what refutes an obligation: they run, and hold as long as the fault does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Table
from ntm_rules.model.ruleset import Criterion
from ntm_rules.verify.compared import Cell, cells, levels, scored
from ntm_rules.verify.killers import as_written, reading, texts_of
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.trials import Text, example_subject


def extremes(cell: Cell) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value that the indicator can have."""
    measure = cell.indicator.measure
    return measure.lowest, measure.highest


def boundary_example(bench: Bench, cell: Cell, values: Iterable[Any]) -> dict[str, Any] | None:
    """The outcomes of an indicator at some values, for a subject that reads the cell."""
    one, text = cell.indicator, texts_of(bench, [])[-1]
    rules = RuleSet(bench.effective(text))
    attributes = reading(bench, one.bound, cell.column) if isinstance(one.bound, Table) else {}
    expect = {}
    for value in values:
        written = as_written(one, value)
        given = {"attributes": attributes, "values": {one.indicator: written}}
        key = str(written).lower() if isinstance(written, bool) else written
        expect[key] = rules.evaluate(example_subject(given, rules.kind))[one.indicator].outcome.value
    if not expect:
        return None
    head: dict[str, Any] = {"boundary": one.indicator}
    head |= {"on": text.on} if text.on else {}
    head |= {"province": text.province} if text.province else {}
    return {**head, **({"attributes": attributes} if attributes else {}), "expect": expect}


def _every(cell: Cell) -> list[Any]:
    """The answers, the grades, or the ends of the range of numbers."""
    measure = cell.indicator.measure
    if measure.kind == "yes_no":
        return [False, True]
    return list(range(len(measure.choices))) or [cell.bound, *(end for end in extremes(cell) if end is not None)]


def criterion_example(bench: Bench, section: Criterion) -> dict[str, Any]:
    """What comes out of a criterion at the end of the range of each of its indicators where they are met, if they can be."""
    text = texts_of(bench, [])[-1]
    rules = RuleSet(bench.effective(text))
    attributes: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for cell in cells(bench.document):
        one = cell.indicator
        if one not in section.indicators or one.indicator in values:
            continue
        attributes |= reading(bench, one.bound, cell.column) if isinstance(one.bound, Table) else {}
        values[one.indicator] = as_written(one, max(_every(cell), key=lambda value: cell.operator.holds(value, cell.bound)))
    given = {"attributes": attributes, "values": values}
    outcome = rules.evaluate(example_subject(given, rules.kind))[section.criterion].outcome.value
    head = {"example": section.criterion, **({"on": text.on} if text.on else {}), **({"province": text.province} if text.province else {})}
    return {**head, "subject": {key: value for key, value in given.items() if value}, "expect": {section.criterion: outcome}}


def product_example(bench: Bench, number: str, text: Text, *, best: bool) -> dict[str, Any]:
    """The class of the best product there can be by a sheet, or of the worst."""
    rules = RuleSet(bench.effective(text))
    sheet = rules.scores.sheet(number)
    points = rules.scores.best(number)
    worst = {one.criterion: levels(one)[0] for one in scored(sheet) if one.criterion in points}
    but = {} if best else {key: value for key, value in worst.items() if str(value) != points[key]}
    values = {key: str(value) for key, value in {**points, **but}.items()}
    decision = rules.evaluate(example_subject({"attributes": {"product_set": number}, "values": values}, rules.kind))
    return {"example": f"{number}: {sheet.title}", "best_of": number, "but": but, "stars": decision.stars}
