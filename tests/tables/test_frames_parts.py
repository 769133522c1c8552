"""Frames of Spark and of Dask: decided partition by partition, not run before they are asked, and the same as a frame in memory."""

from __future__ import annotations

import math
import os
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from framed import ROWS, SETS, Maker, core, rows_of

TRUST = bool(os.environ.get("NTM_TRUST"))
RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I"}
SOME = [SETS[0], "ocop/2026", "commune/2026-2030"]
DATA: dict[str, list[Any]] = {
    "mã xã": ["A", "B", "C", "D", "A", "Tổng", "A"],
    "year": ["2024", "2024", "2024", "2024", "2024", None, "2023"],
    "10.1": ["44,5", "50", None, "abc", "50", "20", "51"],
    "11.1": [0.5, 7.0, math.nan, 0.9, 9.0, 6.0, 8.5],
    "attested:19": ["đạt", None, "chưa đạt", None, None, None, "đạt"],
}
pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of a session
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests of the module: two cores, no pages."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime, and this machine has none")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quiet = {"ui.enabled": "false", "ui.showConsoleProgress": "false", "driver.host": "127.0.0.1", "driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "2")
    for name, value in quiet.items():
        builder = builder.config(f"spark.{name}", value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(params=["dask", "spark"])
def spread(request: Any) -> Any:
    """Makes a frame of several partitions."""
    if request.param == "dask":
        return lambda data, parts=3: dd.from_pandas(pd.DataFrame(data), npartitions=parts)
    session = request.getfixturevalue("spark")

    def make(data: Any, parts: int = 3) -> Any:
        kinds = {name: next((one.__class__ for one in held if one is not None), str) for name, held in data.items()}
        types = {str: "string", float: "double", int: "bigint", bool: "boolean"}
        ddl = ", ".join(f"`{name}` {types[kind]}" for name, kind in kinds.items())
        return session.createDataFrame(list(zip(*data.values(), strict=True)), ddl).repartition(parts)

    return make


def plain_rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer of either, in the order of their ids and problems; what is missing is None."""
    frame = answer.compute() if isinstance(answer, dd.DataFrame) else pl.DataFrame(answer.toArrow())
    rows = frame.to_dict("records") if isinstance(frame, pd.DataFrame) else frame.to_dicts()
    held = [{key: None if value is None or value is pd.NA or value != value else value for key, value in row.items()} for row in rows]
    return in_order(held)


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows by what they say, since partitions come back in any order."""
    return sorted(rows, key=lambda row: str((row["id"], row.get("criteria_met"), row.get("node"), row["outcome"], row.get("level"))))


@pytest.mark.parametrize("form", ["wide", "long"])
def test_a_frame_in_parts_is_decided_as_one_in_memory(spread: Any, form: Any) -> None:
    """Every row, with what cannot be read told; an id twice in one year is told whatever partitions it stands in, a total is about nobody,
    and a small share counts as it does beside all the others."""
    asked: dict[str, Any] = {"constants": SHARED, "lang": "en", "form": form, **({} if form == "long" else {"levels": True, "gaps": True})}
    right = in_order(rows_of(RULES.evaluate_frame(pl.DataFrame(DATA), **asked)))
    found = plain_rows(RULES.evaluate_frame(spread(DATA), **asked))
    assert [{**row, "problems": None} for row in found] == [{**row, "problems": None} for row in right]
    told = {row["id"]: row["problems"] for row in found if row["problems"]}
    assert told.keys() == {"A", "D"}
    assert told["A"].startswith("frame (A): NTM-550 «A» stands in 2 rows of the frame.")
    assert told["D"].startswith("frame (D: 10.1): NTM-402 «abc» is not a number.")


def test_a_row_may_have_a_problem_of_its_own_and_stand_twice(spread: Any) -> None:
    """Both are told."""
    data = {"id": ["A", "A", "B"], "10.1": ["abc", "50", "50"]}
    rows = plain_rows(RULES.evaluate_frame(spread(data, 2), constants={**SHARED, "year": 2024}, lang="en"))
    told = [row["problems"] or "" for row in rows]
    assert [one.count("NTM-550") for one in told] == [1, 1, 0]
    assert sum("NTM-402" in one for one in told[:2]) == 1


@pytest.mark.parametrize("kind", [float, str])
def test_small_shares_are_asked_about_as_the_whole_column_has_them(spread: Any, kind: Any) -> None:
    """Nothing but small shares, one in each partition: each is asked about. One alone is not, nor «0.5%»."""
    data = {"id": ["A", "B", "C"], "11.1": [kind(0.5), kind(0.8), None]}
    data["15.3"] = [0.5, None, None] if kind is float else ["0.5%", "0.7%", "0.5"]
    rows = plain_rows(RULES.evaluate_frame(spread(data), constants={**SHARED, "year": 2024}))
    right = rows_of(RULES.evaluate_frame(pl.DataFrame(data), constants={**SHARED, "year": 2024}))
    assert [(row["problems"] or "").count("NTM-522") for row in rows] == [1, 1, 0]
    assert [(row["problems"] or "").count("NTM-522") for row in right] == [1, 1, 0]
    assert [row["outcome"] for row in rows] == [row["outcome"] for row in right]


def test_units_without_ids_go_by_their_names(spread: Any) -> None:
    """Villages of one name in two communes are two; a cell that is no id is told with its row, and numbers stay their ids."""
    rules = ntm.load(next(one for one in SETS if one.startswith("village")))
    data = {"tên thôn": ["Mới", "Mới", "Mới"], "tên xã": ["Đông", "Tây", "Tây"]}
    rows = plain_rows(rules.evaluate_frame(spread(data, 2), lang="en"))
    assert sorted(row["name"] for row in rows) == ["Mới, Tây", "Mới, Tây", "Mới, Đông"]
    assert [("NTM-550" in (row["problems"] or "")) for row in rows].count(True) == 2


def test_columns_that_are_wrong_are_refused_before_anything_runs(spread: Any) -> None:
    """As with a frame in memory."""
    with pytest.raises(ntm.TableError, match="NTM-501"):
        RULES.evaluate_frame(spread({"id": ["A"], "nonsense": ["1"]}, 1))


def test_no_rows_and_empty_partitions_give_an_answer_with_its_columns(spread: Any) -> None:
    """Of the same names and types."""
    asked: dict[str, Any] = {"constants": {**SHARED, "year": 2024}}
    data = {"id": ["A"], "10.1": [50.0], "17.1": ["97"]}
    one = spread(data, 1)
    nothing = one[one["id"] == "–"] if isinstance(one, dd.DataFrame) else one.where("id = '–'")
    assert plain_rows(RULES.evaluate_frame(nothing, **asked)) == []
    assert [row["10"] for row in plain_rows(RULES.evaluate_frame(spread(data, 3), **asked))] == ["met"]


def test_dask_keeps_the_index_and_the_types_it_told() -> None:
    """Labels, also such as stand twice; a level of the index that says something is read; every partition has the types of the meta."""
    frame = pd.DataFrame({10.1: [50.0, 20.0, 50.0]}, index=pd.Index(["A", "B", "B"], name="mã xã"))
    answer = RULES.evaluate_frame(dd.from_pandas(frame, npartitions=2, sort=False), constants={**SHARED, "year": 2024})
    found = answer.compute()
    assert found.index.tolist() == ["A", "B", "B"]
    assert found["id"].tolist() == ["A", "B", "B"]
    assert found["outcome"].isna().tolist() == [False, True, True]
    assert found.dtypes.to_dict() == answer.dtypes.to_dict()
    frame.columns = ["10.1"]
    with pytest.raises(ntm.TableError, match="NTM-502"):
        RULES.evaluate_frame(dd.from_pandas(pd.concat([frame, frame], axis=1), npartitions=1))


def test_spark_runs_nothing_before_it_is_asked(spark: Any) -> None:
    """No job is started by the call; NaN, true of every bound in Spark, states nothing; decimals and days are read as what they are."""
    from decimal import Decimal

    rows = [("A", math.nan, Decimal("62.35"), None), ("B", 50.0, None, date(2024, 1, 2)), ("C", None, None, None)]
    frame = spark.createDataFrame(rows, "id string, `10.1` double, `17.1` decimal(10,2), `13.1` date")
    before = len(spark.sparkContext.statusTracker().getJobIdsForGroup())
    answer = RULES.evaluate_frame(frame, constants={**SHARED, "year": 2024})
    assert len(spark.sparkContext.statusTracker().getJobIdsForGroup()) == before
    found = {row["id"]: row for row in plain_rows(answer)}
    assert found["A"]["10"] == "undetermined"
    assert found["C"]["10"] == "undetermined"
    assert "NTM-" in found["B"]["problems"]


def test_a_country_gives_the_same_counts_in_spark_as_in_polars(spark: Any) -> None:
    """20,000 communes, a million under NTM_TRUST: as many of each outcome, and of each criterion."""
    height = 1_000_000 if TRUST else 20_000
    chance = np.random.default_rng(7)
    held: dict[str, Any] = {"id": np.char.add("X", np.arange(height).astype(str)), "region": np.full(height, "tay-nguyen")}
    for one in RULES.inputs:
        if one.measure.kind == "number":
            held[one.indicator] = np.where(chance.random(height) < 0.97, np.round(1 + 99 * np.sqrt(chance.random(height)), 2), np.nan)
    frame = pl.DataFrame(held)
    asked: dict[str, Any] = {"constants": {"area": "I", "year": 2024}, "lists": False}
    right = RULES.evaluate_frame(frame, **asked)
    answer = RULES.evaluate_frame(spark.createDataFrame(frame.to_pandas()), **asked)
    names = ["outcome", "criteria_met", "10", "11", "17"]
    counts = answer.groupBy(*(f"`{name}`" for name in names)).count().collect()
    assert {tuple(row[:-1]): row[-1] for row in counts} == {tuple(row[:-1]): row[-1] for row in right.group_by(names).len().rows()}
    assert len(counts) > 3


@pytest.mark.parametrize("name", SETS if TRUST else SOME)
def test_frames_in_parts_and_core_say_the_same_at_every_node(name: str, spark: Any) -> None:
    """Values on and around thresholds, missing, attested, not applicable, statuses, over shipped sets headed by their own numbers."""
    rules = ntm.load(name)
    data, facts = Maker(rules, random.Random(17)).rows()
    expected = [core(rules, one) for one in facts]
    frames = {"dask": dd.from_pandas(pd.DataFrame(data), npartitions=3)}
    frames["spark"] = spark.createDataFrame(
        list(zip(*data.values(), strict=True)), ", ".join(f"`{one}` string" for one in data)
    ).repartition(3)
    for library, frame in frames.items():
        rows = {row["id"]: row for row in plain_rows(rules.evaluate_frame(frame, nodes="indicators", gaps=True, levels=True))}
        assert len(rows) == ROWS
        for fact, wanted in zip(facts, expected, strict=True):
            row = rows[fact["id"]]
            if wanted is None:
                assert row["outcome"] is None
                assert "NTM-" in row["problems"]
                continue
            asked = wanted if rules.document.score is None else wanted.keys() & row.keys()
            assert {key: row[key] for key in asked} == {key: wanted[key] for key in asked}, library
