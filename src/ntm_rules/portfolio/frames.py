"""Dataframes: every row decided, the results as a frame of the same library, one row for each row given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.portfolio.grid import Broken, Grid, Line, needs
from ntm_rules.portfolio.results import Result, evaluate_table
from ntm_rules.portfolio.table import read_grid
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.values import Lang, NotApplicable, Outcome, SourceLevel, Unknown

NAME = "frame"


def evaluate_frame(
    rules: RuleSet,
    frame: Any,
    *,
    constants: Mapping[str, Any] | None = None,
    accept: SourceLevel | str = SourceLevel.RECALLED,
    lang: Lang = "vi",
) -> Any:
    """Decide every row of a dataframe: polars, pandas, pyarrow, and what else narwhals reads eagerly or collects (a relation of duckdb is
    answered as a table of pyarrow, a lazy frame of polars as a frame).

    Columns are recognised as in tables. Each row of the answer stands for the row in its place: ``id``, ``name``, ``outcome``,
    ``criteria_met``, ``criteria``, ``failed``, ``undetermined``, ``problems``, then the outcome of each criterion under its number; for
    sets that score also ``stars``, ``total``, ``standing``. A row that cannot be taken has no outcome and says why in ``problems``.

    Args:
        rules: the ruleset.
        frame: the dataframe.
        constants: attributes that all rows share, as ``{"year": 2024}``.
        accept: the weakest source level that may decide.
        lang: the language of ``problems``.

    Raises:
        TableError: no column can be recognised, or two are for one thing; a constant is no attribute.
        MissingExtra: narwhals is not installed.
        TypeError: not a dataframe.
    """
    narwhals = needs("narwhals", "frames")
    given = narwhals.from_native(frame)
    eager = given.collect() if hasattr(given, "collect") else given
    headers = tuple(str(name) for name in eager.columns)
    if not headers:
        raise TableError([Problem("NTM-503", Place(NAME))])
    narrow = [name for name, kind in eager.schema.items() if kind == narwhals.Float32]
    plain = eager.with_columns(narwhals.col(*narrow).cast(narwhals.String)) if narrow else eager
    table = read_grid(Grid(NAME, _lines(plain), headers=headers), rules, constants=constants)
    height = len(eager)
    answers = {result.row: _row(result, lang) for result in evaluate_table(table, accept=accept)}
    names = _names(rules)
    rows = [answers.get(number, {}) for number in range(1, height + 1)]
    columns = {name: [row.get(name) for row in rows] for name in names}
    schema = {name: narwhals.Int64 if name in _COUNTS else narwhals.String for name in names}
    if eager.implementation.is_pandas_like():  # its integers have no null
        schema = {}
    return narwhals.from_dict(columns, schema or None, backend=eager.implementation).to_native()


def _lines(frame: Any) -> Iterator[Line]:
    for number, row in enumerate(frame.iter_rows(), 1):
        yield Line(number, [_cell(value) for value in row])


def _cell(value: Any) -> Any:
    """A cell as tables have it: what a frame calls null or NaN is empty."""
    if value is None or (value.__class__ is float and value != value):
        return None
    if isinstance(value, (str, bool, int, float, Decimal, Unknown, NotApplicable)):
        return value
    if hasattr(value, "item"):  # a scalar of numpy
        return _cell(value.item())
    if hasattr(value, "isoformat"):
        return Broken("NTM-512", str(value))
    return None if str(value) in ("<NA>", "NaT") else str(value)


_HEAD = ("id", "name", "outcome", "criteria_met", "criteria", "failed", "undetermined", "problems")
_COUNTS = ("criteria_met", "criteria", "stars")


def _names(rules: RuleSet) -> tuple[str, ...]:
    """The columns of the answer."""
    if rules.document.score is not None:
        return (*_HEAD, "stars", "total", "standing")
    return (*_HEAD, *(criterion.criterion for criterion in rules.criteria))


def _row(result: Result, lang: Lang) -> dict[str, Any]:
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
        return {**row, "stars": decision.stars, "total": None if total is None else str(total), "standing": decision.standing}
    return {**row, **{number: outcome.value for number, outcome in outcomes.items()}}
