"""Dataframes: every row decided, the results as a frame of the same library, one row for each row given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame.aside import NAME
from ntm_rules.decide.frame.asked import Asked, asked_of, headers_of
from ntm_rules.decide.frame.decider import Decider
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import Place, Problem, TableError

__all__ = ["asked_of", "evaluate_frame", "explain_rows"]


def evaluate_frame(asked: Asked, frame: Any) -> Any:
    """Decide every row of a dataframe: see :meth:`ntm_rules.RuleSet.evaluate_frame`."""
    given: Any = nw.from_native(_by_texts(frame))
    if not hasattr(given, "collect"):
        return _decide(asked, given)
    names = tuple(given.collect_schema().names())
    header = asked.header(names)
    if given.implementation is nw.Implementation.POLARS:
        return frame.map_batches(
            lambda whole: _decide(asked, nw.from_native(whole), header),
            schema=answers.schema(asked.columns),
            **dict.fromkeys(("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False),
        )
    found = _decide(asked, given.collect(), header)
    if given.implementation is nw.Implementation.DUCKDB:
        return given.implementation.to_native_namespace().from_arrow(found)
    return found


def _by_texts(frame: Any) -> Any:
    """A frame of pandas with its columns named by texts, so that 10.1 is «10.1»; any other frame as it is.

    Raises:
        TableError: two columns of one name.
    """
    if not nw.dependencies.is_pandas_like_dataframe(frame):
        return frame
    names = [str(name) for name in frame.columns]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    if twice:
        place = Place(NAME)
        raise TableError([Problem("NTM-502", place, {"target": name, "first": name, "second": name}) for name in twice])
    return frame if names == list(frame.columns) else frame.set_axis(names, axis=1)


def _decide(asked: Asked, eager: Any, header: tuple[Header, dict[str, Any]] | None = None) -> Any:
    index = nw.maybe_get_index(eager)
    plain = _plain(eager, index, headers_of(asked.rules, asked.ignore))
    heading, shared = header or asked.header(tuple(str(name) for name in plain.columns))
    columns = Decider(asked, plain, heading, shared).columns()
    if asked.long and index is not None:
        index = index.repeat(len(asked.numbers) + 1)
    return answers.to_frame(columns, eager.implementation, index)


def _plain(eager: Any, index: Any, headers: Headers) -> Any:
    """The frame as its cells are read: 32-bit floats as they print, named levels of an index as columns where they say something."""
    if index is not None:
        native = eager.to_native()
        taken = {headers.target(name) for name in native.columns}
        levels = [name for name in index.names if name is not None and headers.target(name) not in (None, *taken)]
        eager = nw.from_native(native.reset_index(level=levels)) if levels else eager
    narrow = [name for name, kind in eager.schema.items() if kind == nw.Float32]
    return eager.with_columns(nw.col(*narrow).cast(nw.String)) if narrow else eager


def as_read(asked: Asked, frame: Any) -> tuple[Any, Any, Any]:
    """A frame in memory, the same with its cells as they are read, and its index."""
    given: Any = nw.from_native(_by_texts(frame))
    eager = given.collect() if hasattr(given, "collect") else given
    index = nw.maybe_get_index(eager)
    return eager, _plain(eager, index, headers_of(asked.rules, asked.ignore)), index


def explain_rows(asked: Asked, frame: Any, ids: Iterable[str], made: type[Decided]) -> dict[str, Any]:
    """Full decisions of chosen rows: see :meth:`ntm_rules.RuleSet.explain_rows`."""
    _, plain, _ = as_read(asked, frame)
    header, shared = asked.header(tuple(str(name) for name in plain.columns))
    return Decider(asked, plain, header, shared).explained([str(one) for one in ids], made)
