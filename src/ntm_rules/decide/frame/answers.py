"""The answer: columns of codes and texts, made into a frame of the library that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from ntm_rules.values import Outcome

NONE: Final = 255  # the code of a row that has no outcome
_NAMES: Final = [outcome.value for outcome in Outcome]
_OUTCOMES: Final = pl.Enum(_NAMES)
_BY_PLACE: Final = hasattr(pl.lit(0).cat, "to")  # how polars makes an enumeration from places; older ones cast


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
    """The types of an answer of polars, from what its columns hold: ``outcome``, ``count`` or ``text``."""
    types: dict[str, Any] = {"outcome": _OUTCOMES, "count": pl.Int64, "text": pl.String}
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
            one = one.cat.to(_OUTCOMES) if _BY_PLACE else one.cast(pl.UInt32).cast(_OUTCOMES)
        elif isinstance(held, Counts):
            made[name] = pl.Series(held.numbers, dtype=pl.Int64)
            one = pl.when(one >= 0).then(one) if (held.numbers < 0).any() else one
        else:
            made[name] = held
        said.append(one.alias(name))
    return pl.DataFrame(made).select(said)


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
