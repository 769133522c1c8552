"""Frames of Dask: each partition decided where it lies, under the same index; nothing runs before Dask runs it."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np

from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame.asked import Asked, headers_of
from ntm_rules.decide.frame.intake import by_texts, names_of, plain
from ntm_rules.decide.frame.partitions import KEPT, Parts


def evaluate_parts(asked: Asked, frame: Any) -> Any:
    """Decide every row of a frame of Dask; the answer is a frame of Dask, not yet run."""
    names_of(frame.columns)
    nothing = nw.from_native(by_texts(frame._meta))
    names = tuple(plain(nothing, nw.maybe_get_index(nothing), headers_of(asked.rules, asked.ignore)).columns)
    parts = Parts(asked, *asked.header(names), names)
    pandas = nothing.implementation.to_native_namespace()
    counts = frame.map_partitions(_counts, parts, pandas, meta=_counts(frame._meta, parts, pandas), enforce_metadata=False)
    keys = frame.map_partitions(_keys, parts, pandas, meta=_keys(frame._meta, parts, pandas))
    often = keys.groupby("key")["rows"].sum().to_frame()
    whole = (counts.repartition(npartitions=1), often[often["rows"] > 1].repartition(npartitions=1))
    meta = _decide(frame._meta, counts._meta, often._meta, parts)
    return frame.map_partitions(_decide, *whole, parts, meta=meta, align_dataframes=False)


def _counts(part: Any, parts: Parts, pandas: Any) -> Any:
    return pandas.DataFrame([parts.shares(parts.plain(by_texts(part)), parts.measured)])


def _keys(part: Any, parts: Parts, pandas: Any) -> Any:
    keys = parts.keys(parts.plain(by_texts(part))).to_list()
    return pandas.DataFrame({"key": pandas.Series(keys, dtype="str"), "rows": pandas.Series([1] * len(keys), dtype="int64")})


def _decide(part: Any, counts: Any, twice: Any, parts: Parts) -> Any:
    """The answer for a partition; types are those of every partition, whether or not something is missing in this one."""
    read = parts.plain(by_texts(part))
    columns = parts.columns(read, parts.beyond(counts.sum().tolist()))
    index = part.index.repeat(parts.repeats)
    answer = answers.to_frame(columns, nw.Implementation.PANDAS, index)
    types = {"count": "Int64", "text": "str"}
    answer = answer.astype({name: types[kind] for name, kind in parts.held.items() if kind in types})
    rows = twice["rows"].to_dict()
    told = [parts.told(key, rows[key]) if key in rows else None for key in parts.keys(read).to_list()]
    marked = np.repeat(np.array([one is not None for one in told], bool), parts.repeats) & answer["id"].notna().to_numpy()
    for place in np.flatnonzero(marked).tolist():
        said = answer.iloc[place, answer.columns.get_loc("problems")]
        here = str(told[place // parts.repeats])
        answer.iloc[place, answer.columns.get_loc("problems")] = here if said != said else f"{said}; {here}"
    for name in answer.columns:
        if name not in KEPT and marked.any():
            answer[name] = answer[name].mask(marked)
    return answer
