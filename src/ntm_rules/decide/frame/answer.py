"""The answer: columns of codes and texts, made into a frame of the library that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.values import Outcome

NONE: Final = 255  # the code of a row that has no outcome
_NAMES: Final = [outcome.value for outcome in Outcome]


@dataclass(frozen=True, slots=True)
class Codes:
    """Outcomes of a column: an enumeration in every library that has one."""

    codes: Any


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole numbers; -1 where there is none."""

    numbers: Any


Columns = Mapping[str, Any]  # of Codes, Counts, or a series of texts


def listed(codes: Any, wanted: int, numbers: Sequence[str]) -> Any:
    """The numbers of those, in each row, that have the wanted outcome, as one text. Eight at a time, so that every text stands ready."""
    kinds = np.packbits(codes == wanted, axis=0, bitorder="little")
    found = []
    for row, part in enumerate(kinds):
        names = [f", {name}" for name in numbers[8 * row : 8 * row + 8]]
        texts = ["".join(name for bit, name in enumerate(names) if kind >> bit & 1) for kind in range(256)]
        found.append(pl.Series(f"part {row}", texts)[part])
    if not found:
        return pl.Series([""], dtype=pl.String).new_from_index(0, codes.shape[1])
    return pl.DataFrame(found).select(pl.concat_str(pl.all()).str.strip_prefix(", ").alias("text"))["text"]


def schema(columns: Mapping[str, str]) -> dict[str, Any]:
    """The types of an answer of polars, from what its columns hold: ``outcome``, ``count`` or ``text``."""
    types: dict[str, Any] = {"outcome": pl.Enum(_NAMES), "count": pl.Int64, "text": pl.String}
    return {name: types[held] for name, held in columns.items()}


def to_frame(columns: Columns, implementation: Any, index: Any) -> Any:
    """The answer as a native frame."""
    if implementation is nw.Implementation.PANDAS:
        return _pandas(implementation.to_native_namespace(), columns, index)
    if implementation is nw.Implementation.PYARROW:
        return _pyarrow(implementation.to_native_namespace(), columns)
    frame = pl.DataFrame({name: _polars(held) for name, held in columns.items()})
    if implementation is nw.Implementation.POLARS:
        return frame
    answer = nw.from_dict(frame.to_dict(as_series=False), backend=implementation).to_native()
    return answer if index is None else answer.set_axis(index, axis=0)


def _polars(held: Any) -> Any:
    if isinstance(held, Codes):
        codes = pl.Series(held.codes)
        if (held.codes == NONE).any():
            codes = codes.to_frame("code").select(pl.when(pl.col("code") != NONE).then(pl.col("code")))["code"]
        return codes.cat.to(pl.Enum(_NAMES)) if hasattr(codes.cat, "to") else codes.cast(pl.UInt32).cast(pl.Enum(_NAMES))
    if isinstance(held, Counts):
        numbers = pl.Series(held.numbers, dtype=pl.Int64)
        return numbers.to_frame("n").select(pl.when(pl.col("n") >= 0).then(pl.col("n")))["n"]
    return held


def _pandas(pandas: Any, columns: Columns, index: Any) -> Any:
    made: dict[str, Any] = {}
    for name, held in columns.items():
        if isinstance(held, Codes):
            made[name] = pandas.Categorical.from_codes(held.codes.astype(np.int8), categories=_NAMES)  # 255 is -1: none
        elif isinstance(held, Counts):
            none = held.numbers < 0
            made[name] = np.where(none, np.nan, held.numbers) if none.any() else held.numbers.astype(np.int64)
        else:
            made[name] = held.to_list()
    return pandas.DataFrame(made, index=index)


def _pyarrow(pyarrow: Any, columns: Columns) -> Any:
    made: dict[str, Any] = {}
    for name, held in columns.items():
        if isinstance(held, Codes):
            codes = pyarrow.array(held.codes, mask=held.codes == NONE)
            made[name] = pyarrow.DictionaryArray.from_arrays(codes, pyarrow.array(_NAMES))
        elif isinstance(held, Counts):
            made[name] = pyarrow.array(held.numbers, pyarrow.int64(), mask=held.numbers < 0)
        else:
            made[name] = pyarrow.array(held.to_list(), pyarrow.string())
    return pyarrow.table(made)
