"""The answer: columns of codes and texts, made into a frame of the library that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.values import Outcome, SourceLevel

NONE: Final = 255  # the code of a row that has no outcome
_NAMES: Final[dict[type[StrEnum], list[str]]] = {held: [one.value for one in held] for held in (Outcome, SourceLevel)}
_TYPES: Final = {held: pl.Enum(names) for held, names in _NAMES.items()}
_BY_PLACE: Final = hasattr(pl.lit(0).cat, "to")  # how polars makes an enumeration from places; older ones cast


@dataclass(frozen=True, slots=True)
class Codes:
    """Outcomes of a column, or source levels: an enumeration in every library that has one."""

    codes: Any
    of: type[StrEnum] = Outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole numbers; -1 where there is none."""

    numbers: Any


@dataclass(frozen=True, slots=True)
class Amounts:
    """Doubles; NaN where there is none."""

    numbers: Any


Columns = Mapping[str, Any]  # of Codes, Counts, Amounts, or a series of texts


def long_form(columns: Columns, numbers: Sequence[str], height: int) -> Columns:
    """One row a unit and node, the whole first under an empty number: its outcome, its gap and its level."""
    nodes = ("", *numbers)
    units = np.repeat(np.arange(height), len(nodes))
    names = pl.Series(nodes, dtype=pl.String)
    gaps = [columns[f"gap:{one}"].numbers if f"gap:{one}" in columns else np.full(height, np.nan) for one in nodes]
    levels = [columns["level"].codes, *(columns[f"level:{one}"].codes for one in numbers)]
    return {
        "id": columns["id"].gather(units),
        "name": columns["name"].gather(units),
        "node": names.gather(np.tile(np.arange(len(nodes)), height)),
        "outcome": Codes(np.stack([columns["outcome"].codes, *(columns[one].codes for one in numbers)], axis=1).ravel()),
        "gap": Amounts(np.stack(gaps, axis=1).ravel()),
        "level": Codes(np.stack(levels, axis=1).ravel(), SourceLevel),
        "problems": columns["problems"].gather(units),
    }


def listed(codes: Any, wanted: int, numbers: Sequence[str]) -> Any:
    """The numbers of those, in each row, that have the wanted outcome, as one text. Eight at a time, so that every text stands ready."""
    kinds = np.packbits(codes == wanted, axis=0, bitorder="little")
    found = []
    for row, part in enumerate(kinds):
        found.append(_texts(tuple(numbers[8 * row : 8 * row + 8]))[part].alias(f"part {row}"))
    if not found:
        return pl.Series([""], dtype=pl.String).new_from_index(0, codes.shape[1])
    return pl.DataFrame(found).select(pl.concat_str(pl.all()).str.strip_prefix(", ").alias("text"))["text"]


@lru_cache(256)
def _texts(numbers: tuple[str, ...]) -> Any:
    """The text for each set of up to eight numbers."""
    names = [f", {number}" for number in numbers]
    return pl.Series(["".join(name for bit, name in enumerate(names) if kind >> bit & 1) for kind in range(256)])


def schema(columns: Mapping[str, str]) -> dict[str, Any]:
    """The types of an answer of polars, from what its columns hold: ``outcome``, ``level``, ``amount``, ``count`` or ``text``."""
    types: dict[str, Any] = {
        "outcome": _TYPES[Outcome],
        "level": _TYPES[SourceLevel],
        "amount": pl.Float64,
        "count": pl.Int64,
        "text": pl.String,
    }
    return {name: types[held] for name, held in columns.items()}


def to_frame(columns: Columns, implementation: Any, index: Any) -> Any:
    """The answer as a native frame."""
    if implementation is nw.Implementation.PANDAS:
        return _pandas(implementation.to_native_namespace(), columns, index)
    if implementation is nw.Implementation.PYARROW:
        return _pyarrow(implementation.to_native_namespace(), columns)
    frame = _to_polars(columns)
    if implementation is nw.Implementation.POLARS:
        return frame
    answer = nw.from_dict(frame.to_dict(as_series=False), backend=implementation).to_native()
    return answer if index is None else answer.set_axis(index, axis=0)


def _to_polars(columns: Columns) -> Any:
    made: dict[str, Any] = {}
    said = []
    for name, held in columns.items():
        one = pl.col(name)
        if isinstance(held, Codes):
            made[name] = pl.Series(held.codes)
            one = pl.when(one != NONE).then(one) if (held.codes == NONE).any() else one
            one = one.cat.to(_TYPES[held.of]) if _BY_PLACE else one.cast(pl.UInt32).cast(_TYPES[held.of])
        elif isinstance(held, Counts):
            made[name] = pl.Series(held.numbers, dtype=pl.Int64)
            one = pl.when(one >= 0).then(one) if (held.numbers < 0).any() else one
        elif isinstance(held, Amounts):
            made[name] = pl.Series(held.numbers, dtype=pl.Float64)
            one = one.fill_nan(None)
        else:
            made[name] = held
        said.append(one.alias(name))
    return pl.DataFrame(made).select(said)


def _pandas(pandas: Any, columns: Columns, index: Any) -> Any:
    made: dict[str, Any] = {}
    for name, held in columns.items():
        if isinstance(held, Codes):
            made[name] = pandas.Categorical.from_codes(held.codes.astype(np.int8), categories=_NAMES[held.of])  # 255 is -1: none
        elif isinstance(held, Counts):
            none = held.numbers < 0
            made[name] = np.where(none, np.nan, held.numbers) if none.any() else held.numbers.astype(np.int64)
        elif isinstance(held, Amounts):
            made[name] = held.numbers
        else:
            made[name] = held.to_list()
    return pandas.DataFrame(made, index=index)


def _pyarrow(pyarrow: Any, columns: Columns) -> Any:
    made: dict[str, Any] = {}
    for name, held in columns.items():
        if isinstance(held, Codes):
            codes = pyarrow.array(held.codes, mask=held.codes == NONE)
            made[name] = pyarrow.DictionaryArray.from_arrays(codes, pyarrow.array(_NAMES[held.of]))
        elif isinstance(held, Counts):
            made[name] = pyarrow.array(held.numbers, pyarrow.int64(), mask=held.numbers < 0)
        elif isinstance(held, Amounts):
            made[name] = pyarrow.array(held.numbers, mask=np.isnan(held.numbers))
        else:
            made[name] = pyarrow.array(held.to_list(), pyarrow.string())
    return pyarrow.table(made)
