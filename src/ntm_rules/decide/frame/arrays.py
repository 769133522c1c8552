"""Columns of a dataframe as arrays, whatever library it is of: numbers in blocks, all else as distinct cells and places."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.decide.written.grid import cell_of

Block = Callable[[int, int], Any]

SLICE: Final = 1 << 16  # a multiple of the rows that are judged at once
_NUMBERS: Final = (nw.Float64, nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)
ODD_TYPES: Final = (nw.Object, nw.Unknown, nw.List, nw.Struct, nw.Array)


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct cells of a column, and which of them each row holds."""

    places: Any
    cells: list[Any]


def is_number(kind: Any) -> bool:
    """Whether a column of this type holds doubles or whole numbers."""
    return kind in _NUMBERS


class Numbers:
    """The number columns of a frame, every gap filled with NaN: all of them at once, a slice at a time, so that a copy is never larger.

    Two threads that read different slices do not disturb each other.
    """

    def __init__(self, frame: Any, names: Sequence[str]) -> None:
        self._held = {name: frame.get_column(name) for name in names}
        self._plain: dict[str, Any] = {}
        gaps = {}
        for name, series in self._held.items():
            values = series.to_native()
            kind = getattr(values, "dtype", None)
            if isinstance(kind, np.dtype) and kind.kind in "fiu":
                self._plain[name] = values.to_numpy()
                continue
            column = series.to_polars()
            if column.null_count() or column.n_chunks() > 1:
                gaps[name] = column
            else:
                self._plain[name] = column.to_numpy()
        self._gaps = pl.DataFrame(gaps)
        self._filled = self._gaps.columns and pl.all().cast(pl.Float64).fill_null(math.nan)
        self._local = threading.local()

    def __contains__(self, name: str) -> bool:
        return name in self._held

    def block(self, name: str) -> Block:
        """The doubles of a column, from one row to another; NaN where there is none."""
        values = self._plain.get(name)
        if values is not None:
            return lambda start, end: values[start:end].astype(np.float64, copy=False)
        return lambda start, end: self._part(name, start, end)

    def _part(self, name: str, start: int, end: int) -> Any:
        first = start // SLICE * SLICE
        if getattr(self._local, "first", -1) != first:
            part = self._gaps.slice(first, SLICE).select(self._filled).rechunk()
            self._local.first, self._local.columns = first, {one.name: one.to_numpy() for one in part}
        return self._local.columns[name][start - first : end - first]


def distinct(series: Any) -> Distinct:
    """The distinct cells of a column. Cells of one text, number or answer are one; what cannot be compared is each its own."""
    if series.dtype in ODD_TYPES:
        return _of_objects(series.to_list())
    column = series.to_polars()
    if column.dtype == pl.Boolean:
        return Distinct(column.cast(pl.UInt8).fill_null(2).to_numpy(), [False, True, None])
    if column.dtype in (pl.Object, pl.Null):
        return _of_objects(column.to_list())
    if column.dtype == pl.String and len(column) > 1_000:
        coded = column.cast(pl.Categorical)
        held = coded.unique()
        places = held.to_physical()
        table = np.zeros(int(places.max() or 0) + 2, np.int32)
        table[places.fill_null(len(table) - 1).to_numpy()] = np.arange(len(held), dtype=np.int32)
        return Distinct(table[coded.to_physical().fill_null(len(table) - 1).to_numpy()], held.cast(pl.String).to_list())
    held = column.unique()
    numbered = held.alias("cell").to_frame().with_row_index("place")
    joined = column.alias("cell").to_frame().join(numbered, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return Distinct(joined["place"].to_numpy().astype(np.int32), [cell_of(value) for value in held.to_list()])


def _of_objects(values: list[Any]) -> Distinct:
    found: dict[Any, int] = {}
    cells: list[Any] = []
    places = np.empty(len(values), np.int32)
    for i, value in enumerate(values):
        key: Any = (value.__class__, value)
        try:
            place = found.get(key)
        except TypeError:
            place, key = None, (i,)
        if place is None:
            place = found[key] = len(cells)
            cells.append(cell_of(value))
        places[i] = place
    return Distinct(places, cells)
