"""Rows for a set under its own numbers, and what the core says of them: what frames of every library are held against."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import ntm_rules as ntm
from ntm_rules.loading.catalogue import bundled
from ntm_rules.problems import SubjectError

SETS = sorted(bundled().rulesets)
ROWS = 10
BACKENDS: dict[str, Any] = {
    "polars": pl.DataFrame,
    "lazy": lambda data: pl.DataFrame(data).lazy(),
    "pandas": pd.DataFrame,
    "pyarrow": pa.table,
    "duckdb": lambda data: duckdb.from_arrow(pa.table(data)),
}
EMPTY = ("", None, None)
FAR = ntm.Unknown("đang rà soát")
NONE = ntm.NotApplicable("không có làng nghề")


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer, whatever the library; what is null is None."""
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    if isinstance(answer, duckdb.DuckDBPyRelation):
        answer = answer.to_arrow_table()
    rows = answer.to_dict("records") if isinstance(answer, pd.DataFrame) else pl.DataFrame(answer).to_dicts()
    return [{key: None if value != value else value for key, value in row.items()} for row in rows]


def numbers_in(data: Any) -> Iterator[Decimal]:
    """Every number that stands in the definition of an indicator: its thresholds are among them."""
    if isinstance(data, dict):
        for value in data.values():
            yield from numbers_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from numbers_in(value)
    elif isinstance(data, Decimal):
        yield data
    elif isinstance(data, str) and data.replace(".", "", 1).isdigit():
        yield Decimal(data)


class Maker:
    """Makes rows for one set: what stands in the cells, and the subject that means the same."""

    def __init__(self, rules: ntm.RuleSet, rng: random.Random) -> None:
        self.rules, self.rng = rules, rng
        indicators = [one for section in rules.document.sections for one in section.indicators]
        self.near = {
            one.indicator: sorted({*numbers_in(one.model_dump(mode="json"))} - {Decimal(0)}) or [Decimal(10)] for one in indicators
        }
        self.scored = rules.document.score is not None

    def rows(self) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
        """The columns of a table with every number of the set for a heading, and what each row is given to the core as."""
        cells, facts = zip(*[self._row(f"U{i}") for i in range(ROWS)], strict=True)
        names = list(dict.fromkeys(name for row in cells for name in row))
        self.rng.shuffle(names)
        return {name: [row.get(name) for row in cells] for name in names}, list(facts)

    def _row(self, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
        cells: dict[str, Any] = {"id": code}
        attributes: dict[str, Any] = {}
        for name, attribute in self.rules.attributes.items():
            cells[name] = self.rng.choice(EMPTY)
            if self.rng.random() < 0.1:
                continue
            choices: Any = (True, False) if attribute.yes_no else attribute.one_of or range(2016, 2027)
            attributes[name] = self.rng.choice(choices)
            cells[name] = (
                {True: "có", False: "không"}.get(attributes[name], str(attributes[name])) if attribute.yes_no else attributes[name]
            )
            cells[name] = str(cells[name])
        values = self._points(cells, attributes) if self.scored else self._values(cells)
        attested = {} if self.scored else self._attested(cells)
        given = {"attributes": attributes, "values": values, "attested": attested}
        return cells, {"id": code, "kind": self.rules.kind, **given}

    def _values(self, cells: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for one in self.rules.inputs:
            number, measure = one.indicator, one.measure
            cells[number] = self.rng.choice(EMPTY)
            chance = self.rng.random()
            if chance < 0.2:
                continue
            if chance < 0.25:
                values[number], cells[number] = FAR, f"chưa có số liệu: {FAR.reason}"
            elif chance < 0.3:
                values[number], cells[number] = NONE, f"không áp dụng: {NONE.reason}"
            elif measure.kind == "yes_no":
                cells[number] = values[number] = self.rng.choice(("đạt", "chưa đạt"))
            elif measure.kind == "choice":
                cells[number] = values[number] = self.rng.choice(measure.choices)
            else:
                at = self.rng.choice(self.near[number]) + self.rng.choice((Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal(3)))
                low, high = measure.lowest, measure.highest
                values[number] = max(at if low is None else low, min(at, at if high is None else high))
                cells[number] = f"{values[number]}%" if measure.unit == "%" else str(values[number])
        return values

    def _attested(self, cells: dict[str, Any]) -> dict[str, bool]:
        attested = {}
        for section in self.rules.document.sections:
            for number in (section.criterion, *(one.indicator for one in section.indicators)):
                cells[f"attested:{number}"] = self.rng.choice(EMPTY)
                if self.rng.random() < (0.1 if section.indicators else 0.8):
                    attested[number] = self.rng.random() < 0.7
                    cells[f"attested:{number}"] = "đạt" if attested[number] else "chưa đạt"
        return attested

    def _points(self, cells: dict[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
        number = attributes["product_set"] = int(self.rng.choice(self.rules.scores.product_sets))
        cells["product_set"] = str(number)
        best = self.rules.scores.best(number)
        levels = dict(levels_of([one for part in self.rules.scores.sheet(number).parts for one in part.criteria]))
        return {
            key: cells.setdefault(key, self.rng.choice(levels[key]) if self.rng.random() < 0.98 else "7")
            for key in best
            if self.rng.random() < 0.9
        }


def levels_of(criteria: Any) -> Iterator[tuple[str, list[str]]]:
    """The points that each criterion of a score sheet may be given."""
    for one in criteria:
        yield from levels_of(one.of)
        if not one.of:
            yield one.criterion, [str(option.points) for option in one.options]


def core(rules: ntm.RuleSet, facts: dict[str, Any]) -> dict[str, Any] | None:
    """What the core says of a subject; None where it refuses it."""
    try:
        decision = rules.evaluate(ntm.Subject(**facts))
    except SubjectError:
        return None
    nodes = {node.id: node.outcome.value for node in decision.root.walk() if node.id}
    stars = {"stars": decision.stars, "total": None if decision.total is None else str(decision.total), "standing": decision.standing}
    stars["stars_possible"] = ", ".join(str(one) for one in decision.stars_possible)
    stars |= {f"part:{part}": None if points is None else str(points) for part, points in decision.parts.items()}
    gaps = {f"gap:{node.id}": None if node.gap is None else float(node.gap) for node in decision.indicators}
    gaps |= {f"gap:{node.id}": None if node.gap is None else float(node.gap) for part in decision.conditions for node in part.parts}
    levels = {f"level:{node.id}": node.level and node.level.value for node in decision.root.walk() if node.id}
    return {
        "outcome": decision.outcome.value,
        "criteria_met": decision.count("met"),
        "criteria": decision.count(),
        "level": decision.level and decision.level.value,
        **nodes,
        **gaps,
        **levels,
        **(stars if decision.score else {}),
    }
