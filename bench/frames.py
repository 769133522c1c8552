"""Whole countries at once: frames of 10,000 and of 1,000,000 communes × 57 indicators beside the plain loop, in one run.

``python bench/frames.py [rounds]``. Every sample stands between two samples of the reference; ratios are the result. Memory is that of a
process of its own: by how much its peak grows over the frame that it holds, in sizes of that frame.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from engines import plain_loop
from workload import CODES, KINDS, REGIONS, THRESHOLDS, ruleset

Make = Callable[[pl.DataFrame], Any]
_LEVEL = {"met": 1, "not_met": 0, "undetermined": None}


def frame(height: int, seed: int = 2024) -> pl.DataFrame:
    """Communes as :func:`workload.communes` makes them, a column an indicator; no share lies below 1, which would be asked about."""
    chance = np.random.default_rng(seed)
    region = chance.integers(0, len(REGIONS), height)
    gaps = chance.random(height) < 0.5
    columns: dict[str, Any] = {"id": pl.Series([f"{i:07d}" for i in range(height)]), "region": pl.Series(REGIONS)[region]}
    for k, (code, kind) in enumerate(zip(CODES, KINDS, strict=True)):
        missing, ok = gaps & (chance.random(height) < 0.06), chance.random(height) < 0.985
        if kind == "yes_no":
            columns[code] = pl.Series(np.where(missing, np.nan, ok)).fill_nan(None).cast(pl.Boolean)
            continue
        bound, share = np.array([row[k] for row in THRESHOLDS], float)[region], chance.random(height)
        made = {
            "share_from": np.where(ok, bound + (100 - bound) * share, bound - 0.01 - 20 * share),
            "share_to": np.where(ok, 1.01 + (bound - 1.01) * share, bound + 0.01 + 10 * share),
            "number_from": np.where(ok, bound + 30 * share, bound - 0.1 - 20 * share),
        }[kind]
        columns[code] = pl.Series(np.round(np.where(missing, np.nan, made), 2)).fill_nan(None)
    return pl.DataFrame(columns)


def records(given: pl.DataFrame) -> list[dict[str, Any]]:
    """The same communes as the reference takes them."""
    place = {region: number for number, region in enumerate(REGIONS)}
    return [{"region": place[row["region"]], "values": {code: row[code] for code in CODES}} for row in given.iter_rows(named=True)]


BACKENDS: dict[str, Make] = {
    "polars": lambda given: given,
    "polars, lazy": lambda given: given.lazy(),
    "pandas": lambda given: given.with_columns(pl.col(pl.Float64).fill_null(float("nan"))).to_pandas(),
    "pyarrow": lambda given: given.to_arrow(),
    "polars, all columns text": lambda given: given.with_columns(
        pl.col(pl.Float64).cast(pl.String), pl.col(pl.Boolean).replace_strict({True: "đạt", False: "chưa đạt"}, return_dtype=pl.String)
    ),
}


def outcomes(answer: Any) -> list[str]:
    """The outcome of every row."""
    if isinstance(answer, pl.LazyFrame):
        answer = answer.collect()
    return list(answer["outcome"].to_pylist() if hasattr(answer["outcome"], "to_pylist") else answer["outcome"])


def measure(height: int, rounds: int) -> None:
    """One table."""
    rules, loop = ruleset(), plain_loop()
    given = frame(height)
    some = records(given.head(10_000))
    right = [loop.decide(one)[0] for one in some]

    def reference() -> float:
        start = time.perf_counter()
        for one in some:
            loop.decide(one)
        return (time.perf_counter() - start) / len(some)

    print(f"\n{height:,} communes × {len(CODES)} indicators\n")
    print("| frame | answer | times as fast as the plain loop | ms | levels right of 10,000 |\n|---|---|--:|--:|--:|")
    for name, make in BACKENDS.items():
        held = make(given)
        for lists in (False, True):

            def decide(held: Any = held, lists: bool = lists) -> Any:
                answer = rules.evaluate_frame(held, lists=lists)
                return answer.collect() if isinstance(answer, pl.LazyFrame) else answer

            found = outcomes(decide())[: len(some)]
            ratios, times = [], []
            for _ in range(rounds):
                before = reference()
                start = time.perf_counter()
                decide()
                times.append(time.perf_counter() - start)
                ratios.append((before + reference()) / 2 * height / times[-1])
            same = sum(_LEVEL[level] == one for level, one in zip(found, right, strict=True))
            said = "criteria and lists" if lists else "criteria"
            print(f"| {name} | {said} | {statistics.median(ratios):.1f} | {statistics.median(times) * 1000:.1f} | {same:,} |", flush=True)
            if not lists and "text" in name:
                break


def memory(height: int, name: str) -> None:
    """By how much the peak of this process grows over the frame it holds."""
    rules = ruleset()
    rules.evaluate_frame(BACKENDS[name](frame(1000)))
    held = BACKENDS[name](frame(height))
    size = held.memory_usage(deep=True).sum() if isinstance(held, pd.DataFrame) else held.estimated_size()
    before = _resident()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rules.evaluate_frame(held)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"frame": int(size), "grown": max(grown, peak) - before, "exact": grown > peak}))


def _resident() -> int:
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def main() -> None:
    """Both sizes, then memory."""
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]), sys.argv[3])
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    measure(10_000, rounds)
    measure(1_000_000, min(rounds, 5))
    for name in ("polars", "pandas"):
        told = subprocess.run([sys.executable, __file__, "memory", "1000000", name], capture_output=True, text=True, check=True).stdout
        grown = json.loads(told)
        kind = "" if grown["exact"] else "at most "  # the peak of making the frame was higher
        print(
            f"\nMemory, {name}: the peak grows by {kind}{grown['grown'] / grown['frame']:.2f} times the frame ({grown['frame'] >> 20} MB)."
        )


if __name__ == "__main__":
    main()
