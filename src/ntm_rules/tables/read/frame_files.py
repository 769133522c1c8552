"""Tables in Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ntm_rules.decide.written.grid import Grid, Line, cell_of, needs
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.text_files import unopened

_SLICE = 10_000


def parquet_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None) -> list[Grid]:
    """A Parquet file, read slice by slice. A 32-bit float is taken as it prints, ``62.35``, not as its widened neighbour.

    Raises:
        TableError: not a readable Parquet file.
        MissingExtra: polars is not installed.
    """
    polars = needs("polars", "frames")
    try:
        with path.open("rb"):
            pass
        frame = polars.scan_parquet(path)
        schema = frame.collect_schema()
    except OSError as error:
        raise unopened(path, error) from None
    except polars.exceptions.PolarsError as error:
        raise TableError([Problem("NTM-516", Place(str(path)), {"detail": str(error).split("\n")[0][:120]})]) from None
    narrow = [name for name, kind in schema.items() if kind == polars.Float32]
    headers = tuple(schema.names())
    grid = Grid(str(path), iter(()), headers=headers)
    grid.lines = _lines(frame.with_columns(polars.col(narrow).cast(polars.String)) if narrow else frame)
    return [grid]


def _lines(frame: Any) -> Iterator[Line]:
    number = 0
    while True:
        rows = frame.slice(number, _SLICE).collect().rows()
        if not rows:
            return
        for row in rows:
            number += 1
            yield Line(number, [cell_of(value) for value in row])
