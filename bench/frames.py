"""Whole countries at once: frames of 10,000 and of 1,000,000 communes × 57 indicators beside the plain loop, in one run.

``python bench/frames.py [rounds]``. Every sample stands between two samples of the reference; ratios are the result. Memory is that of a
process of its own: by how much its peak grows over the frame that it holds, in sizes of that frame.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from engines import plain_loop
from peers import ZEN_ROWS, peers
from workload import CODES, KINDS, REGIONS, THRESHOLDS, ruleset

import ntm_rules as ntm

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


def spark() -> Make | None:
    """Frames of Spark on two cores of this machine, four partitions; nothing where it cannot run."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return None
    if shutil.which("java") is None:
        return None
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "4g")
    builder = builder.config("spark.sql.execution.arrow.pyspark.enabled", "true").config("spark.ui.showConsoleProgress", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return lambda given: session.createDataFrame(given.to_arrow().cast(_without_large(given))).repartition(4).cache()


def _without_large(given: pl.DataFrame) -> Any:
    return pa.schema(
        [
            pa.field(one.name, pa.string() if pa.types.is_large_string(one.type) or str(one.type) == "string_view" else one.type)
            for one in given.to_arrow().schema
        ]
    )


def counted(answer: Any) -> list[Any]:
    """The outcomes of an answer of Spark: how many of each; so much must be decided for it."""
    columns = [one for one in answer.columns if one not in ("id", "name", "problems")]
    return sorted(answer.groupBy(*columns[:1]).agg({f"`{one}`": "max" for one in columns[1:]}).collect())


def measure(height: int, rounds: int) -> list[str]:
    """One table, as lines."""
    rules, loop = ruleset(), plain_loop()
    given = frame(height)
    some = records(given.head(10_000))
    right = [loop.decide(one)[0] for one in some]

    def reference() -> float:
        start = time.perf_counter()
        for one in some:
            loop.decide(one)
        return (time.perf_counter() - start) / len(some)

    lines = ["", f"## {height:,} communes × {len(CODES)} indicators", ""]
    lines += ["| engine | answer | times the plain loop | ms | ms of processor | levels right |", "|---|---|--:|--:|--:|--:|"]

    def row(name: str, said: str, decide: Any, codes: Any, rows: int = height, most: int = rounds) -> float:
        """Measure one; ``codes`` makes 0, None, 1 of its answer's first rows."""
        found = codes(decide())[: len(some)]
        ratios, times, spent = [], [], []
        for _ in range(most):
            before = reference()
            start, begun = time.perf_counter(), time.process_time()
            decide()
            times.append(time.perf_counter() - start)
            spent.append(time.process_time() - begun)
            ratios.append((before + reference()) / 2 * rows / times[-1])
        same = sum(a == b for a, b in zip(found, right, strict=False))
        scale = 1000 * height / rows
        figures = f"{statistics.median(ratios):.2f} | {statistics.median(times) * scale:.1f} | {statistics.median(spent) * scale:.1f}"
        lines.append(f"| {name} | {said} | {figures} | {same:,} of {len(found):,} |")
        print(lines[-1], flush=True)
        return statistics.median(ratios)

    best: dict[str, float] = {}
    for name, make in BACKENDS.items():
        held = make(given)
        for lists in (False, True):

            def decide(held: Any = held, lists: bool = lists) -> Any:
                answer = rules.evaluate_frame(held, lists=lists)
                return answer.collect() if isinstance(answer, pl.LazyFrame) else answer

            said = "criteria and lists" if lists else "criteria"
            ratio = row(f"ntm_rules, {name}", said, decide, lambda answer: [_LEVEL[one] for one in outcomes(answer)])
            best.setdefault(name, ratio)
            if name != "polars":
                break
    by_code = {0: 0, 1: None, 2: 1}
    for name, peer in peers(all_rows=height > 100_000).items():
        rows = ZEN_ROWS if name.startswith("ZEN") else height
        best[name] = row(name, "criteria", lambda peer=peer: peer(given), lambda codes: [by_code[int(one)] for one in codes], rows)
    if height <= 100_000 and (make_spark := spark()):
        held = make_spark(given)
        held.count()
        told = dict.fromkeys(_LEVEL, 0) | dict(rules.evaluate_frame(given)["outcome"].cast(pl.String).value_counts().rows())
        answer = rules.evaluate_frame(held, lists=False)
        same = {line["outcome"]: line["count"] for line in answer.groupBy("outcome").count().collect()} == {
            k: v for k, v in told.items() if v
        }
        start = time.perf_counter()
        counted(answer)
        took = time.perf_counter() - start
        lines.append(
            f"| ntm_rules, PySpark local[2] | criteria | {reference() * height / took:.2f} | {took * 1000:.0f} |  "
            f"| counts {'the same as of polars' if same else 'DIFFER'} |"
        )
        print(lines[-1], flush=True)
        held.unpersist()
    ours = best["polars"]
    lines += [
        "",
        "polars by the library, as a multiple of: " + "; ".join(f"{name} {ours / other:.2f}" for name, other in best.items()) + ".",
    ]
    return lines


def what_ifs(height: int, times: int) -> list[str]:
    """A hundred thresholds moved over one frame, as lines."""
    rules, loop = ruleset(), plain_loop()
    given = frame(height)
    some = records(given.head(1000))
    code = CODES[KINDS.index("number_from")]
    start = time.perf_counter()
    for one in some:
        loop.decide(one)
    reference = (time.perf_counter() - start) / len(some) * height * times
    start, begun = time.perf_counter(), time.process_time()
    answer = rules.scenarios(given, [(f"+{step / 10}", ntm.Threshold(code, by=Decimal(step) / 10)) for step in range(times)])
    took, spent = time.perf_counter() - start, time.process_time() - begun
    met = answer.summary["met"].to_list()
    in_order = "fewer and fewer are met" if met == sorted(met, reverse=True) and met[0] > met[-1] else "NOT IN ORDER"
    said = f"{took:.1f} s ({spent:.1f} s of processor), {reference / took:.2f} times the plain loop over as many rows; {in_order}."
    print(said, flush=True)
    return ["", f"## {times} what-ifs over {height:,} communes in one call", "", said]


def memory(height: int, name: str) -> None:
    """By how much the peak of this process grows over the frame it holds."""
    rules = ruleset()
    every: dict[str, Any] = dict.fromkeys(BACKENDS, rules.evaluate_frame) | peers(all_rows=True)
    decide, make = every[name], BACKENDS.get(name, BACKENDS["polars"])
    decide(make(frame(1000)))
    held = make(frame(height))
    size = held.memory_usage(deep=True).sum() if isinstance(held, pd.DataFrame) else held.estimated_size()
    exact = _forget_peak()
    before, peak = _status("VmRSS"), _status("VmHWM")
    decide(held)
    grown = _status("VmHWM")
    print(json.dumps({"frame": int(size), "grown": grown - before, "exact": exact or grown > peak}))


def _forget_peak() -> bool:
    """Count the peak of this process from here on, where the system lets it: making the frame takes more than deciding it."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return False
    return True


def _status(name: str) -> int:
    """What the system says of this process, in bytes."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def _machine() -> str:
    """What the figures were measured on and with; no name of a machine."""
    with open("/proc/cpuinfo") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "a processor without a name")
    versions = []
    for package in ("polars", "numpy", "pandas", "pyarrow", "narwhals", "duckdb", "pyspark", "openfisca-core", "zen-engine"):
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            versions.append(f"{package} not installed")
    return f"{os.cpu_count()} processors ({model}), Python {sys.version.split()[0]}, {', '.join(versions)}."


def main() -> None:
    """Both sizes, then memory; written to RESULTS.md."""
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]), sys.argv[3])
        return
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    lines = [
        "# Whole countries at once",
        "",
        "Written by `make bench`, in one run: every sample stands between two of the plain loop in Python, and ratios are the result",
        "(the machine has other work too). «Levels right» are those of the first 10,000 rows. Three in a hundred cells are empty; seven",
        "regions have thresholds of their own. The peers answer levels and criteria as small integers, preparation from the same frame of",
        "polars included; none of them reads what people write or tells what is wrong with a row. ZEN walks rows: its first 300 are timed.",
        "",
        _machine(),
    ]
    results = Path(__file__).with_name("RESULTS.md")
    for height in (10_000, 1_000_000):
        lines += measure(height, min(rounds, 3) if height > 10_000 else rounds)
        results.write_text("\n".join(lines) + "\n", "utf-8")
    lines += what_ifs(10_000, 100)
    lines += ["", "## Memory at 1,000,000 communes", "", "| engine | the frame, MB | the peak grows by, times the frame |", "|---|--:|--:|"]
    for name in ("polars", "pandas", "polars, all columns text", *peers(all_rows=True)):
        told = subprocess.run([sys.executable, __file__, "memory", "1000000", name], capture_output=True, text=True, check=True).stdout
        grown = json.loads(told.splitlines()[-1])
        kind = "" if grown["exact"] else "at most "  # the peak of making the frame was higher
        ours = "ntm_rules, " if name in BACKENDS else ""
        lines.append(f"| {ours}{name} | {grown['frame'] >> 20} | {kind}{grown['grown'] / grown['frame']:.2f} |")
        print(lines[-1], flush=True)
        results.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
