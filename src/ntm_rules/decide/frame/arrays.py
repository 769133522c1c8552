"""Columns of a dataframe as arrays, whatever library it is of: numbers in blocks, all else as distinct cells and places."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.decide.written.grid import cell_of

Block = Callable[[int, int], Any]

SLICE: Final = 1 << 16  # a multiple of the rows that are judged at once
_FEW: Final = 1_000  # texts that are quicker looked up one by one
_COMPARED: Final = 8  # texts that a row is compared with
_OTHER: Final = 255  # the place of a text that is none of them
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

    Columns of plain numbers in text are read with them. Two threads that read different slices do not disturb each other.
    """

    def __init__(self, frame: Any, names: Sequence[str], in_text: Mapping[str, Any]) -> None:
        self._names = frozenset((*names, *in_text))
        self._plain: dict[str, Any] = {}
        gaps = dict(in_text)
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


def distincts(frame: Any, names: Sequence[str]) -> dict[str, Distinct]:
    """The distinct cells of columns: those of texts and of answers all at once, the others one by one."""
    series = {name: frame.get_column(name) for name in names}
    coded = {name: one for name, one in series.items() if _is_coded(one)}
    found = _coded({name: one.to_polars() for name, one in coded.items()}) if coded else {}
    return {name: found[name] if name in found else distinct(one) for name, one in series.items()}


def distinct(series: Any) -> Distinct:
    """The distinct cells of a column. Cells of one text, number or answer are one; what cannot be compared is each its own."""
    if series.dtype in ODD_TYPES:
        return _of_objects(series.to_list())
    column = series.to_polars()
    if _is_coded(series):
        return _coded({column.name: column})[column.name]
    if column.dtype in (pl.Object, pl.Null, pl.String):
        return _of_objects(column.to_list())
    held = column.unique()
    numbered = held.alias("cell").to_frame().with_row_index("place")
    joined = column.alias("cell").to_frame().join(numbered, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return Distinct(joined["place"].to_numpy().astype(np.int32), [cell_of(value) for value in held.to_list()])


def _is_coded(series: Any) -> bool:
    return isinstance(series.dtype, nw.Boolean) or (isinstance(series.dtype, nw.String) and len(series) > _FEW)


def _coded(columns: Mapping[str, Any]) -> dict[str, Distinct]:
    """Texts as the categories that polars makes of them, answers as 0, 1 and 2; a query for all, where series would build one each.

    Of texts of which a first look finds few (answers, regions), each row is compared with those: half the work, where no other turns up.
    """
    held = pl.DataFrame(columns)
    look = held.head(_FEW).select(pl.col(pl.String))
    seen = {one.name: one.unique().to_list() for one in look}
    few = {name: texts for name, texts in seen.items() if len(texts) <= _COMPARED}
    codes = held.select(*(_place(name, texts) for name, texts in few.items()), pl.col(pl.Boolean).cast(pl.UInt8).fill_null(2))
    last = codes.select(pl.col(*few).max()).row(0, named=True) if few else {}
    many = [name for name in seen if last.get(name, _OTHER) == _OTHER]
    codes = codes.with_columns(held.select(pl.col(*many).cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1)) if many else ())
    found = {}
    for name, column in columns.items():
        places = codes.get_column(name).to_numpy()
        if name in many:
            found[name] = _occurring(places, column)
        else:
            found[name] = Distinct(places, few.get(name, [False, True, None]))
    return found


def _place(name: str, texts: Sequence[str | None]) -> Any:
    """Where each cell stands among these texts, or that it is another."""
    place: Any = pl.lit(_OTHER, pl.UInt8)
    for i, text in enumerate(texts):
        held = pl.col(name).is_null() if text is None else pl.col(name) == text
        place = pl.when(held.fill_null(False)).then(pl.lit(i, pl.UInt8)).otherwise(place)
    return place.alias(name)


def _occurring(codes: Any, column: Any) -> Distinct:
    """The distinct cells behind the codes of a column, -1 for none: a row that holds each is found, and its cell read."""
    row_of = np.full(codes.max(initial=-1) + 2, -1, np.int64)
    row_of[codes] = np.arange(len(codes))  # that of -1 is the last
    occurring = np.flatnonzero(row_of >= 0)
    table = np.zeros(len(row_of), np.int32)
    table[occurring] = np.arange(len(occurring), dtype=np.int32)
    return Distinct(table[codes], column[row_of[occurring]].to_list())


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text as numbers.

    Attributes:
        doubles: those of plain numbers of at most fifteen digits, which a double holds; NaN elsewhere.
        others: the rows with any other text.
    """

    doubles: Any
    others: Any


def plain_texts(texts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of which every text is a plain number of at most fifteen digits, which a double holds.

    Of columns with few distinct texts, one of each is looked at, told apart by their hashes: should two ever share one, a number that is
    written less plainly is read as the number that it is.
    """
    held = pl.DataFrame(texts)
    if not held.width:
        return {}
    first = held.head(SLICE)
    distinct_of = zip(held.columns, first.select(pl.all().n_unique()).row(0), strict=True)
    looked_at = (
        pl.col(name).gather(pl.col(name).hash().arg_unique()) if first.height > max(_FEW, 2 * some) else pl.col(name)
        for name, some in distinct_of
    )
    plain = held.select(one.str.contains(_PLAIN).all() for one in looked_at).row(0)
    return {one.name: one for one, every in zip(held, plain, strict=True) if every}


def texts(held: Mapping[str, Any]) -> dict[str, Texts]:
    """Columns of text as numbers, all in one go."""
    found = {}
    for number in pl.DataFrame(held).select(map(_double, held)):
        text, doubles = held[number.name], number.to_numpy().copy()  # what others come to is written between
        found[number.name] = Texts(doubles, np.flatnonzero(np.isnan(doubles) & text.is_not_null().to_numpy()))
    return found


def _double(name: str) -> Any:
    text = pl.col(name)
    return pl.when(text.str.contains(_PLAIN)).then(text.cast(pl.Float64, strict=False)).otherwise(math.nan).alias(name)


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
