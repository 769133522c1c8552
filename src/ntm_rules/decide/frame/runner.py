"""Dataframes: every row decided, the results as a frame of the same library, one row for each row given."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

import narwhals as nw

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame.asked import Asked, headers_of
from ntm_rules.decide.frame.decider import Decider
from ntm_rules.decide.frame.intake import as_read, given, plain
from ntm_rules.decide.written.header import Header

_BY_PARTS: Final = {
    "spark": (nw.dependencies.is_pyspark_dataframe, nw.dependencies.is_pyspark_connect_dataframe),
    "dask": (nw.dependencies.is_dask_dataframe,),
}


def evaluate_frame(asked: Asked, frame: Any) -> Any:
    """Decide every row of a dataframe: see :meth:`ntm_rules.RuleSet.evaluate_frame`."""
    for library, looks_like in _BY_PARTS.items():
        if any(is_one(frame) for is_one in looks_like):
            return _door(library).evaluate_parts(asked, frame)
    held = given(frame)
    if not hasattr(held, "collect"):
        return _decide(asked, held)
    names = tuple(held.collect_schema().names())
    header = asked.header(names)
    if held.implementation is nw.Implementation.POLARS:
        return frame.map_batches(
            lambda whole: _decide(asked, nw.from_native(whole), header),
            schema=answers.schema(asked.columns),
            **dict.fromkeys(("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False),
        )
    door = _door("duckdb") if held.implementation is nw.Implementation.DUCKDB else None
    if door and (answer := door.evaluate_parts(asked, frame)) is not None:
        return answer
    found = _decide(asked, held.collect(), header)  # ids that stand twice concern the whole
    return door.answered(asked, frame, found) if door else found


def _door(library: str) -> Any:
    return import_module(f"ntm_rules.decide.frame.{library}")


def _decide(asked: Asked, eager: Any, header: tuple[Header, dict[str, Any]] | None = None) -> Any:
    index = nw.maybe_get_index(eager)
    read = plain(eager, index, headers_of(asked.rules, asked.ignore))
    heading, shared = header or asked.header(tuple(str(name) for name in read.columns))
    decider = Decider(asked, read, heading, shared)
    columns = decider.columns()
    decider.tell_provinces()
    decider.tell_units()
    if decider.read is not None:
        asked.tell_cells(decider.read.values)
    if asked.long and index is not None:
        index = index.repeat(len(asked.numbers) + 1)
    return answers.to_frame(columns, eager.implementation, index)


def explain_rows(asked: Asked, frame: Any, ids: Iterable[str], made: type[Decided]) -> dict[str, Any]:
    """Full decisions of chosen rows: see :meth:`ntm_rules.RuleSet.explain_rows`."""
    _, read, _ = as_read(asked, frame)
    header, shared = asked.header(tuple(str(name) for name in read.columns))
    return Decider(asked, read, header, shared).explained([str(one) for one in ids], made)
