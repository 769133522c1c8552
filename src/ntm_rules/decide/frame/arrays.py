"""Columns of a dataframe as arrays, whatever library it is of: numbers in blocks, all else as distinct cells and places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.decide.written.grid import cell_of

Block = Callable[[int, int], Any]

_SLICE: Final = 1 << 17  # a multiple of the rows that are judged at once
_NUMBERS: Final = (nw.Float64, nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)
ODD_TYPES: Final = (nw.Object, nw.Unknown, nw.List, nw.Struct, nw.Array)


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct cells of a column, and which of them each row holds."""

    places: Any
    cells: list[Any]


def is_number(series: Any) -> bool:
    """Whether a column holds doubles or whole numbers."""
    return series.dtype in _NUMBERS


def numbers(series: Any) -> Block:
    """The doubles of a number column, from one row to another; NaN where there is none."""
    native = series.to_native()
    kind = getattr(native, "dtype", None)
    if isinstance(kind, np.dtype) and kind.kind in "fiu":
        values = native.to_numpy()
    else:
        column = series.to_polars()
        if column.null_count() or column.n_chunks() > 1:
            return _in_slices(column)
        values = column.to_numpy()
    return lambda start, end: values[start:end].astype(np.float64, copy=False)


def _in_slices(column: Any) -> Block:
    """A column that must be copied to be looked at is copied a slice at a time."""
    kept: tuple[int, Any] = (-1, None)

    def block(start: int, end: int) -> Any:
        nonlocal kept
        if start // _SLICE != (end - 1) // _SLICE:
            return column[start:end].to_numpy().astype(np.float64, copy=False)
        first = start // _SLICE * _SLICE
        if kept[0] != first:
            kept = first, column[first : first + _SLICE].to_numpy().astype(np.float64, copy=False)
        return kept[1][start - first : end - first]

    return block


def distinct(series: Any) -> Distinct:
    """The distinct cells of a column. Cells of one text, number or answer are one; what cannot be compared is each its own."""
    if series.dtype in ODD_TYPES:
        return _of_objects(series.to_list())
    column = series.to_polars()
    if column.dtype == pl.Boolean:
        places = column.cast(pl.UInt8 if not column.null_count() else pl.Float32).to_numpy()
        return Distinct(np.where(places != places, 2, places).astype(np.uint8), [False, True, None])
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
