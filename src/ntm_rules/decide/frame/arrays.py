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
_FEW: Final = 1_000  # texts that are quicker looked up one by one
_PLAIN: Final = r"^[0-9]{1,11}(\.[0-9]{1,4})?$"
_NUMBERS: Final = (nw.Float64, nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32, nw.UInt64)
ODD_TYPES: Final = (nw.Object, nw.Unknown, nw.List, nw.Struct, nw.Array)


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct cells of a column, and which of them each row holds."""

    places: Any
    cells: list[Any]


def is_number(kind: Any) -> bool:
    """Whether a column of this type holds doubles or whole numbers."""
    return isinstance(kind, _NUMBERS)


class Numbers:
    """The number columns of a frame, every gap filled with NaN: all of them at once, a slice at a time, so that a copy is never larger.

    Two threads that read different slices do not disturb each other.
    """

    def __init__(self, frame: Any, names: Sequence[str]) -> None:
        self._names = frozenset(names)
        self._plain: dict[str, Any] = {}
        gaps = {}
        columns = _native_columns(frame)
        for name in names:
            values = columns(name)
            kind = getattr(values, "dtype", None)
            if isinstance(kind, np.dtype) and kind.kind in "fiu":
                self._plain[name] = values.to_numpy()
                continue
            column = values if isinstance(values, pl.Series) else frame.get_column(name).to_polars()
            if column.null_count() or column.n_chunks() > 1:
                gaps[name] = column
            else:
                self._plain[name] = column.to_numpy()
        self._gaps = pl.DataFrame(gaps)
        self._filled = self._gaps.columns and pl.all().cast(pl.Float64).fill_null(math.nan)
        self._local = threading.local()

    def __contains__(self, name: str) -> bool:
        return name in self._names

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


def _native_columns(frame: Any) -> Callable[[str], Any]:
    """How a column is had as its own library has it: of polars without a wrapper for each."""
    native = frame.to_native()
    return native.get_column if isinstance(native, pl.DataFrame) else lambda name: frame.get_column(name).to_native()


def distinct(series: Any) -> Distinct:
    """The distinct cells of a column. Cells of one text, number or answer are one; what cannot be compared is each its own."""
    if series.dtype in ODD_TYPES:
        return _of_objects(series.to_list())
    column = series.to_polars()
    if column.dtype == pl.Boolean:
        return Distinct(_filled(column.cast(pl.UInt8), 2).astype(np.uint8, copy=False), [False, True, None])
    if column.dtype in (pl.Object, pl.Null) or (column.dtype == pl.String and len(column) <= _FEW):
        return _of_objects(column.to_list())
    if column.dtype == pl.String:
        coded = column.cast(pl.Categorical)
        held = coded.unique()
        places = held.to_physical()
        table = np.zeros(int(places.max() or 0) + 2, np.int32)
        table[_filled(places, len(table) - 1)] = np.arange(len(held), dtype=np.int32)
        return Distinct(table[_filled(coded.to_physical(), len(table) - 1)], held.cast(pl.String).to_list())
    held = column.unique()
    numbered = held.alias("cell").to_frame().with_row_index("place")
    joined = column.alias("cell").to_frame().join(numbered, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return Distinct(joined["place"].to_numpy().astype(np.int32), [cell_of(value) for value in held.to_list()])


def _filled(places: Any, nothing: int) -> Any:
    """Small whole numbers, another in place of null; a series would build a query for it."""
    if not places.null_count():
        return places.to_numpy()
    return np.nan_to_num(places.to_numpy(), nan=nothing).astype(np.intp)


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text as numbers.

    Attributes:
        doubles: those of plain numbers of at most fifteen digits, which a double holds; NaN elsewhere.
        others: the rows with any other text.
    """

    doubles: Any
    others: Any


def texts(frame: Any, names: Sequence[str]) -> dict[str, Texts]:
    """Columns of text as numbers, all in one go."""
    held = pl.DataFrame({name: frame.get_column(name).to_polars() for name in names})
    made = held.select(
        pl.when(pl.col(name).str.contains(_PLAIN)).then(pl.col(name).cast(pl.Float64, strict=False)).alias(name) for name in names
    )
    nothing = np.empty(0, np.intp)
    found = {}
    for text, number in zip(held, made, strict=True):
        some = number.null_count() != text.null_count()
        others = np.flatnonzero((number.is_null() & text.is_not_null()).to_numpy()) if some else nothing
        doubles = number.to_numpy()
        found[text.name] = Texts(doubles if doubles.flags.writeable else doubles.copy(), others)
    return found


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
