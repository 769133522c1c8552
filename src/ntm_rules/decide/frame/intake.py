"""A frame as it was given, and as its cells are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import narwhals as nw

from ntm_rules.decide.frame.aside import NAME
from ntm_rules.decide.frame.asked import Asked, headers_of
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import Place, Problem, TableError

# What lets two columns have one name, pandas aside, and what lists its names.
_TWICE: Final = ((nw.dependencies.is_pyarrow_table, "column_names"), (nw.dependencies.is_duckdb_relation, "columns"))


def by_texts(frame: Any) -> Any:
    """A frame of pandas with its columns named by texts, so that 10.1 is «10.1»; any other frame as it is, its names looked at.

    Raises:
        TableError: two columns of one name.
    """
    if not nw.dependencies.is_pandas_like_dataframe(frame):
        for looks_like, listed in _TWICE:
            names_of(getattr(frame, listed) if looks_like(frame) else ())
        return frame
    names = names_of(frame.columns)
    return frame if names == list(frame.columns) else frame.set_axis(names, axis=1)


def given(frame: Any) -> Any:
    """A frame, in memory or not, behind the one interface of narwhals; of pandas with its columns named by texts.

    Raises:
        TableError: it is no frame; two columns of one name.
    """
    try:
        found: Any = nw.from_native(by_texts(frame))
    except TypeError:
        kind = frame.__class__
        raise TableError([Problem("NTM-431", Place(NAME), {"got": f"{kind.__module__.partition('.')[0]}.{kind.__name__}"})]) from None
    return found


def names_of(columns: Iterable[Any]) -> list[str]:
    """The names of columns as texts; of headings in several rows the lowest, or all of them where that alone names two columns.

    Raises:
        TableError: two columns of one name.
    """
    levels = [[str(part) for part in name if str(part) and not str(part).startswith("Unnamed:")] for name in map(_levels, columns)]
    lowest = [parts[-1] if parts else "" for parts in levels]
    names = [low if lowest.count(low) == 1 else " ".join(parts) for low, parts in zip(lowest, levels, strict=True)]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    if twice:
        place = Place(NAME)
        raise TableError([Problem("NTM-502", place, {"target": name, "first": name, "second": name}) for name in twice])
    return names


def _levels(name: Any) -> tuple[Any, ...]:
    return name if isinstance(name, tuple) else (name,)


def plain(eager: Any, index: Any, headers: Headers) -> Any:
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
    held = given(frame)
    eager = held.collect() if hasattr(held, "collect") else held
    index = nw.maybe_get_index(eager)
    return eager, plain(eager, index, headers_of(asked.rules, asked.ignore)), index
