"""Dataframes: every row decided, the results as a frame of the same library, one row for each row given."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import Grid, Line, cell_of, needs
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.table import read_grid
from ntm_rules.tables.results import Result, evaluate_table
from ntm_rules.values import Lang, Outcome, SourceLevel

Nodes = Literal["criteria", "indicators"]
NAME = "frame"
_LOG = logging.getLogger("ntm_rules")
_NO_FAULT = ("NTM-523",)  # a frame without rows is answered by one
_MOST = 12


def evaluate_frame(
    rules: RuleSet,
    frame: Any,
    *,
    constants: Mapping[str, Any] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    lang: Lang = "vi",
    ignore: Sequence[str] = (),
    nodes: Nodes = "criteria",
) -> Any:
    """Decide every row of a dataframe: polars, pandas, pyarrow, and what else narwhals reads eagerly or collects (a relation of duckdb is
    answered as a table of pyarrow, a lazy frame of polars as a frame).

    Columns are recognised as in tables. Each row of the answer stands for the row in its place, and of pandas under the same index:
    ``id``, ``name``, ``outcome``, ``criteria_met``, ``criteria``, ``failed``, ``undetermined``, ``problems``, then the outcome of each
    criterion under its number; for sets that score ``stars``, ``total``, ``standing`` instead. A row that cannot be taken has no outcome
    and says why in ``problems``. What the set looks at and no column states is told once, as a warning of the logger ``ntm_rules``.

    Args:
        rules: the ruleset.
        frame: the dataframe. Of pandas, levels of the index with a name that is recognised are read as columns.
        constants: attributes that all rows share, as ``{"year": 2024}``.
        accept: the weakest source level that may decide.
        lang: the language of ``problems``.
        ignore: headers of columns that are for people only.
        nodes: ``criteria``, or ``indicators`` for the outcome of every condition, criterion and indicator.

    Raises:
        TableError: a column cannot be recognised, or two are for one thing; a constant is no attribute.
        MissingExtra: narwhals is not installed.
        TypeError: not a dataframe.
        ValueError: ``nodes`` is neither of the two.
    """
    if nodes not in get_args(Nodes):
        raise ValueError(f"nodes: {', '.join(get_args(Nodes))} (got {nodes})")
    narwhals = needs("narwhals", "frames")
    given = narwhals.from_native(frame)
    eager = given.collect() if hasattr(given, "collect") else given
    index = narwhals.maybe_get_index(eager)
    plain = _plain(narwhals, eager, index, Headers(rules, ignore))
    headers = tuple(str(name) for name in plain.columns)
    if not headers:
        raise TableError([Problem("NTM-503", Place(NAME))])
    table = read_grid(Grid(NAME, _lines(plain), headers=headers), rules, constants=constants, information=ignore)
    if wrong := [problem for problem in table.problems if problem.code not in _NO_FAULT]:
        raise TableError(wrong)
    if table.lacking:
        words = {"count": len(table.lacking), "names": ", ".join(table.lacking[:_MOST]) + (", …" if len(table.lacking) > _MOST else "")}
        _LOG.warning(Problem("NTM-533", Place(NAME), words).line(lang))
    answers = {result.row: _row(result, lang, nodes) for result in evaluate_table(table, accept=accept)}
    names = _names(rules, nodes)
    rows = [answers.get(number, {}) for number in range(1, len(eager) + 1)]
    columns = {name: [row.get(name) for row in rows] for name in names}
    if index is None:
        schema = {name: narwhals.Int64 if name in _COUNTS else narwhals.String for name in names}
        return narwhals.from_dict(columns, schema, backend=eager.implementation).to_native()
    answer = narwhals.from_dict(columns, backend=eager.implementation).to_native()  # its integers have no null: no schema
    return answer.set_axis(index, axis=0)


def _plain(narwhals: Any, eager: Any, index: Any, headers: Headers) -> Any:
    """The frame as its cells are read: 32-bit floats as they print, named levels of an index as columns where they say something."""
    native = eager.to_native()
    if index is not None:
        taken = {headers.target(name) for name in native.columns}
        levels = [name for name in index.names if name is not None and headers.target(name) not in (None, *taken)]
        eager = narwhals.from_native(native.reset_index(level=levels)) if levels else eager
    narrow = [name for name, kind in eager.schema.items() if kind == narwhals.Float32]
    return eager.with_columns(narwhals.col(*narrow).cast(narwhals.String)) if narrow else eager


def _lines(frame: Any) -> Iterator[Line]:
    for number, row in enumerate(frame.iter_rows(), 1):
        yield Line(number, [cell_of(value) for value in row])


_HEAD = ("id", "name", "outcome", "criteria_met", "criteria", "failed", "undetermined", "problems")
_COUNTS = ("criteria_met", "criteria", "stars")


def _names(rules: RuleSet, nodes: Nodes) -> tuple[str, ...]:
    """The columns of the answer."""
    scored = rules.document.score is not None
    head = (*_HEAD, "stars", "total", "standing") if scored else _HEAD
    if nodes == "criteria":
        return head if scored else (*head, *(criterion.criterion for criterion in rules.criteria))
    numbers = [number for part in rules.document.sections for number in (part.criterion, *(one.indicator for one in part.indicators))]
    return tuple(dict.fromkeys((*head, *(numbers or (one.indicator for one in rules.inputs)))))


def _row(result: Result, lang: Lang, nodes: Nodes) -> dict[str, Any]:
    """One row of the answer; what it does not hold is null."""
    row: dict[str, Any] = {"id": result.id, "name": result.name}
    if result.problems:
        row["problems"] = "; ".join(problem.line(lang) for problem in result.problems)
    decision = result.decision
    if decision is None:
        return row
    outcomes = {node.id: node.outcome for node in decision.criteria}
    row["outcome"] = decision.outcome.value
    row["criteria"] = len(outcomes)
    row["criteria_met"] = sum(outcome is Outcome.MET for outcome in outcomes.values())
    for name, wanted in (("failed", Outcome.NOT_MET), ("undetermined", Outcome.UNDETERMINED)):
        row[name] = ", ".join(number for number, outcome in outcomes.items() if outcome is wanted)
    if decision.score is not None:
        total = decision.total
        row |= {"stars": decision.stars, "total": None if total is None else str(total), "standing": decision.standing}
    if nodes == "indicators":
        outcomes = {node.id: node.outcome for node in decision.root.walk() if node.id}
    return {**row, **{number: outcome.value for number, outcome in outcomes.items()}}
