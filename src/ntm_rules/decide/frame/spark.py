"""Frames of Spark: decided in its executors, partition by partition; nothing is collected, and nothing runs before Spark runs it.

Columns go by their places: Spark takes the dot of «10.1» for that of a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import narwhals as nw
import numpy as np
import pyarrow as pa
from pyspark.sql import functions as f

from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame.arrays import SLICE
from ntm_rules.decide.frame.asked import Asked
from ntm_rules.decide.frame.intake import names_of
from ntm_rules.decide.frame.partitions import KEPT, Parts

_TYPES: Final = {"count": "bigint", "amount": "double"}  # all else is text
_NUMBERS: Final = ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal")


def evaluate_parts(asked: Asked, frame: Any) -> Any:
    """Decide every row of a frame of Spark; the answer is a frame of Spark, not yet run."""
    names = tuple(names_of(frame.columns))
    parts = Parts(asked, *asked.header(names), names)
    plain = frame.toDF(*(f"c{place}" for place in range(len(names))))
    held = list(parts.held.items())
    types = ", ".join([*(f"a{place} {_TYPES.get(kind, 'string')}" for place, (_, kind) in enumerate(held)), "key string"])
    counted = plain.crossJoin(f.broadcast(_counted(parts, plain)))
    answer = counted.mapInArrow(partial(_decide, parts), types)
    whom = [column.index for column in parts.whom]
    keys = plain.select(*(f"c{place}" for place in whom)).mapInArrow(partial(_keys, parts, [names[place] for place in whom]), "key string")
    twice = keys.where(f.col("key").isNotNull()).groupBy("key").count().where(f.col("count") > 1)
    twice = twice.mapInArrow(partial(_told, parts), "key string, told string")
    joined = answer.join(f.broadcast(twice), "key", "left")
    place_of = {name: f.col(f"a{place}") for place, (name, _) in enumerate(held)}
    once = f.col("told").isNull() | place_of["id"].isNull()  # a total is about nobody
    problems = f.when(once, place_of["problems"]).otherwise(f.concat_ws("; ", place_of["problems"], f.col("told")))
    return joined.select(
        *((problems if name == "problems" else one if name in KEPT else f.when(once, one)).alias(name) for name, one in place_of.items())
    )


def _counted(parts: Parts, plain: Any) -> Any:
    """One row: how many values of each column measured in % are no shares of 1, how many may be. Spark counts numbers itself."""
    kinds = dict(plain.dtypes)
    texts = [one for one in parts.measured if kinds[f"c{one.index}"] == "string"]
    by_place: dict[int, tuple[Any, Any]] = {}
    sums = []
    for column in parts.measured:
        one, kind = f.col(f"c{column.index}"), kinds[f"c{column.index}"]
        if kind.partition("(")[0] in _NUMBERS:
            sums += [f.count(f.when((one > 1) & (one <= 100), 1)).alias(f"l{column.index}")]
            sums += [f.count(f.when((one > 0) & (one <= 1), 1)).alias(f"s{column.index}")]
        elif column not in texts:
            by_place[column.index] = (f.lit(0), f.lit(0))
    found = plain.agg(f.count(f.lit(1)).alias("rows"), *sums)
    if texts:
        names = [parts.names[column.index] for column in texts]
        types = ", ".join(f"l{column.index} bigint, s{column.index} bigint" for column in texts)
        of_parts = plain.select(*(f"c{column.index}" for column in texts)).mapInArrow(partial(_shares, parts, names, texts), types)
        zero = f.lit(0)
        whole = of_parts.agg(*(f.coalesce(f.sum(name), zero).alias(name) for name in of_parts.columns))
        found = found.crossJoin(f.broadcast(whole))
    each = [pair for one in parts.measured for pair in by_place.get(one.index, (f.col(f"l{one.index}"), f.col(f"s{one.index}")))]
    return found.select(f.concat_ws(",", *(f.least(one, f.lit(2)).cast("string") for one in each)).alias("counts"))


def _tables(batches: Iterator[Any], names: Sequence[str]) -> Iterator[Any]:
    """The batches of a partition together, as many as are worth a call."""
    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= SLICE:
            yield pa.Table.from_batches(held).rename_columns(names)
            held = []
    if held:
        yield pa.Table.from_batches(held).rename_columns(names)


def _decide(parts: Parts, batches: Iterator[Any]) -> Iterator[Any]:
    for table in _tables(batches, [*parts.names, "\x1f"]):
        counts = table.column(len(parts.names))[0].as_py() if table.num_rows else ""
        frame = parts.plain(table.select(range(len(parts.names))))
        columns = parts.columns(frame, parts.beyond(counts.split(",") if counts else ()))
        found = answers.to_frame(columns, nw.Implementation.PYARROW, None)
        made = [column.combine_chunks() for column in found.columns]
        made = [one.dictionary_decode() if pa.types.is_dictionary(one.type) else one for one in made]
        key = pa.array(np.repeat(parts.keys(frame).to_numpy(), parts.repeats), pa.string())
        names = [*(f"a{place}" for place in range(len(made))), "key"]
        yield from pa.table([*made, key], names).to_batches(max_chunksize=SLICE)


def _keys(parts: Parts, names: Sequence[str], batches: Iterator[Any]) -> Iterator[Any]:
    for table in _tables(batches, names):
        yield pa.RecordBatch.from_arrays([pa.array(parts.keys(nw.from_native(table)).to_list(), pa.string())], ["key"])


def _shares(parts: Parts, names: Sequence[str], columns: Any, batches: Iterator[Any]) -> Iterator[Any]:
    heads = [f"{kind}{column.index}" for column in columns for kind in "ls"]
    for table in _tables(batches, names):
        counts = parts.shares(nw.from_native(table), columns)
        yield pa.RecordBatch.from_arrays([pa.array([one], pa.int64()) for one in counts], heads)


def _told(parts: Parts, batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        keys, counts = (batch.column(place).to_pylist() for place in range(2))
        told = [parts.told(key, count) for key, count in zip(keys, counts, strict=True)]
        yield pa.RecordBatch.from_arrays([pa.array(keys, pa.string()), pa.array(told, pa.string())], ["key", "told"])
