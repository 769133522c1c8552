"""Frames of Spark, Dask and DuckDB: decided part by part, not run before they are asked, and the same as a frame in memory."""

from __future__ import annotations

import math
import os
import random
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from drawn import WHOLE, checked, score_tables, tables
from framed import ROWS, SETS, Maker, core, rows_of
from ntm_rules.decide.frame.asked import asked_of
from ntm_rules.decide.frame.partitions import Parts
from ntm_rules.values import SourceLevel

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


@pytest.fixture(params=["dask", "duckdb", "spark"])
def spread(request: Any) -> Any:
    """Makes a frame of several partitions."""
    of_one = {"dask": of_dask, "duckdb": of_duckdb}.get(request.param)
    return of_one or partial(of_spark, request.getfixturevalue("spark"))


def of_dask(data: Any, parts: int = 3) -> Any:
    """A frame of Dask."""
    return dd.from_pandas(pd.DataFrame(data), npartitions=parts)


def of_duckdb(data: Any, _parts: int = 3) -> Any:
    """A relation of DuckDB."""
    return duckdb.from_arrow(pl.DataFrame(data).to_arrow())


def of_spark(session: Any, data: Any, parts: int = 3) -> Any:
    """A frame of Spark."""
    kinds = {name: next((one.__class__ for one in held if one is not None), str) for name, held in data.items()}
    types = {str: "string", float: "double", int: "bigint", bool: "boolean"}
    ddl = ", ".join(f"`{name}` {types[kind]}" for name, kind in kinds.items())
    return session.createDataFrame(list(zip(*data.values(), strict=True)), ddl).repartition(parts)


def plain_rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer of either, in the order of their ids and problems; what is missing is None."""
    relation = isinstance(answer, duckdb.DuckDBPyRelation)
    frame = answer.compute() if isinstance(answer, dd.DataFrame) else answer.pl() if relation else pl.DataFrame(answer.toArrow())
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


def test_answers_in_the_column_of_a_share_are_told_row_by_row(spread: Any) -> None:
    """They are no shares, of 1 or of 100."""
    data = {"id": ["A", "B"], "11.1": [True, False]}
    rows = plain_rows(RULES.evaluate_frame(spread(data, 2), constants={**SHARED, "year": 2024}))
    assert [(row["id"], row["outcome"]) for row in rows] == [("A", None), ("B", None)]
    assert all(f"({row['id']}: 11.1)" in row["problems"] for row in rows)


@pytest.mark.parametrize("kind", [float, str])
def test_small_shares_are_asked_about_as_the_whole_column_has_them(spread: Any, kind: Any) -> None:
    """Nothing but small shares, one in each partition: each is asked about. One alone is not, nor «0.5%», nor what is no number."""
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
    nothing = one[one["id"] == "–"] if isinstance(one, dd.DataFrame) else one.filter("id = '–'")
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


def test_a_relation_is_not_read_before_it_is_asked_and_keeps_its_order() -> None:
    """The call reads no row; what is asked of the answer then is asked in its connection, as often as one likes, row by row as given."""
    read = []
    duckdb.create_function("seen", lambda one: read.append(one) or one, ["VARCHAR"], "VARCHAR")  # type: ignore[list-item, func-returns-value]
    given = duckdb.sql("""select seen('M' || i) as id, case when i % 3 = 0 then 20.0 else 51.0 end as "10.1" from range(5000) t(i)""")
    answer = RULES.evaluate_frame(given, constants={**SHARED, "year": 2024}, lists=False)
    assert read == []
    rows = answer.pl()
    assert rows["id"].to_list() == [f"M{i}" for i in range(5000)]
    assert rows["10"].to_list() == ["met" if i % 3 else "not_met" for i in range(5000)]
    assert len(read) >= 5000
    assert duckdb.sql("""select count(*) from answer where "10" = 'not_met'""").fetchall() == [(1667,)]
    before = functions()
    RULES.evaluate_frame(given, constants={**SHARED, "year": 2024}, lists=False)
    assert functions() == before  # asked again, the same stand there


def functions() -> list[Any]:
    """What stands in DuckDB's own connection."""
    return duckdb.sql("select function_name from duckdb_functions() where function_name like 'ntm_%' order by all").fetchall()


def test_a_relation_of_another_connection_is_answered_there() -> None:
    """Read at the call, since it does not say whose it is; the answer has the same types and stands beside the other tables there."""
    own = duckdb.connect()
    given = own.sql("""select 'A' as id, 51.0 as "10.1" """)
    asked: dict[str, Any] = {"constants": {**SHARED, "year": 2024}, "levels": True, "gaps": True}
    answer = RULES.evaluate_frame(given, **asked)
    assert own.sql("""select answer.id, answer."10" from answer join given using (id)""").fetchall() == [("A", "met")]
    lazy = RULES.evaluate_frame(duckdb.sql("""select 'A' as id, 51.0 as "10.1" """), **asked)
    assert list(zip(lazy.columns, map(str, lazy.types), strict=True)) == list(zip(answer.columns, map(str, answer.types), strict=True))


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
    frames: dict[str, Any] = {"dask": dd.from_pandas(pd.DataFrame(data), npartitions=3), "duckdb": of_duckdb(data)}
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


PAGES = {"docs/en/guides/integrate.md": ("rules", "frame"), "docs/vi/huong-dan/tich-hop.md": ("bo", "khung")}


def test_the_pages_show_a_cluster_as_it_is(spark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines for a cluster run word for word, but for where the file lies."""
    for page, (rules, frame) in PAGES.items():
        text = (Path(__file__).parents[2] / page).read_text("utf-8")
        first, cluster = re.findall(r"```python\n(.*?)```", text, re.S)[0], re.findall(r"```text\n(\w+ = spark.*?)```", text, re.S)[0]
        known: dict[str, Any] = {"spark": spark}
        exec(first, known)  # noqa: S102 - our own pages
        file = tmp_path / "x.parquet"
        year = "year" if "year" in known[frame] else "năm"
        known[frame].drop(columns=year).to_parquet(file)
        capsys.readouterr()
        exec(re.sub(r'"[\w-]+\.parquet"', repr(str(file)), cluster), known)  # noqa: S102
        shown = capsys.readouterr().out
        assert re.search(r"\|undetermined\| +1\|", shown), page
        assert re.search(r"\| *M002\|not_met\|", shown), page
        assert known[rules].id == "commune-ntm/2021-2025"


def test_what_a_worker_of_spark_runs_says_what_a_frame_in_memory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches put together up to a size, empty ones and partitions without any; keys, counts of shares and what is told of an id."""
    from ntm_rules.decide.frame import spark as worker

    data = {"id": ["A", "B", "Tổng", "D"], "year": ["2024"] * 4, "10.1": ["51", "49", "9", "abc"], "11.1": ["0.5", "7", None, None]}
    asked = asked_of(RULES, SHARED, SourceLevel.RECALLED, "en", (), "criteria")
    parts = Parts(asked, *asked.header(tuple(data)), tuple(data))
    table = pa.table({**data, "counts": ["1,1"] * 4})
    for size in (1 << 16, 2):
        monkeypatch.setattr(worker, "SLICE", size)
        made = pa.Table.from_batches(worker._decide(parts, iter(table.to_batches(max_chunksize=1))))
        right = rows_of(RULES.evaluate_frame(pl.DataFrame(data), constants=SHARED, lang="en"))
        assert made["a2"].to_pylist() == [row["outcome"] for row in right]
        assert made["key"].to_pylist() == ["A\x1f2024", "B\x1f2024", "Tổng\x1f2024", "D\x1f2024"]
        keys = worker._keys(parts, ["id", "year"], iter(table.select(["id", "year"]).to_batches(max_chunksize=1)))
        assert pa.Table.from_batches(keys)["key"].to_pylist() == made["key"].to_pylist()
        shares = worker._shares(parts, ["11.1"], parts.measured[:1], iter(table.select(["11.1"]).to_batches(max_chunksize=1)))
        counts = pa.Table.from_batches(shares).to_pydict()
        assert {name[0]: sum(held) for name, held in counts.items()} == {"l": 1, "s": 1}
    assert [batch.num_rows for batch in worker._decide(parts, iter(table.slice(0, 0).to_batches()))] in ([], [0])
    assert list(worker._decide(parts, iter([table.to_batches()[0].slice(0, 0)]))) == []
    assert list(worker._keys(parts, ["id", "year"], iter(()))) == []
    [told] = worker._told(parts, iter([pa.RecordBatch.from_pydict({"key": ["A\x1f2024"], "count": [3]})]))
    assert "«A» stands in 3 rows" in told.to_pylist()[0]["told"]


def test_what_duckdb_calls_says_what_a_frame_in_memory_says() -> None:
    """Chunks of a column, rows of the answer with whom they are about, which shares may be fractions, and what is told of an id."""
    from ntm_rules.decide.frame import duckdb as called

    data = {"id": ["A", "B", "Tổng"], "year": ["2024"] * 3, "10.1": ["51", "abc", None], "11.1": ["0.5", "7", "0,3%"], "15.3": [None] * 3}
    asked = asked_of(RULES, SHARED, SourceLevel.RECALLED, "en", (), "criteria")
    parts = Parts(asked, *asked.header(tuple(data)), tuple(data))
    columns = [pa.chunked_array([pa.array(one, pa.string())]) for one in (*data.values(), ["1,1,0,0"] * 3)]
    rows = [row for [row] in called._rows(parts, *columns).to_pylist()]
    right = rows_of(RULES.evaluate_frame(pl.DataFrame(data), constants=SHARED, lang="en"))
    assert [row["a2"] for row in rows] == [row["outcome"] for row in right]
    assert [row["key"] for row in rows] == called._keys(parts, [0, 1], *columns[:2]).to_pylist() == [f"{one}\x1f2024" for one in data["id"]]
    by_name = {parts.names[one.index]: one for one in parts.measured}
    assert called._shares(parts, by_name["11.1"], columns[3]).to_pylist() == [1, 2, 0]
    nothing = pa.array([None, "–"], pa.string())
    assert called._shares(parts, by_name["15.3"], nothing).to_pylist() == [0, 0]
    assert called._rows(parts, *(one.combine_chunks().slice(0, 0) for one in columns)).to_pylist() == []
    [told] = called._told(parts, pa.array(["A\x1f2024"]), pa.array([3])).to_pylist()
    assert "«A» stands in 3 rows" in told


@settings(max_examples=30 if TRUST else 2, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(table=st.one_of(tables(), tables(), score_tables()))
def test_generated_rulesets_are_decided_in_parts_as_in_memory(spark: Any, table: Any) -> None:
    """Rulesets and score sheets that nobody wrote: the rows of Spark and of Dask are those of a frame in memory, which are the core's."""
    rules, data, accept = table
    _, _, right = checked(*table)
    for library, frame in {"dask": of_dask(data, 2), "duckdb": of_duckdb(data), "spark": of_spark(spark, data, 2)}.items():
        rows = plain_rows(rules.evaluate_frame(frame, accept=accept, **WHOLE))
        assert said(rows) == said(right), library


def said(rows: list[dict[str, Any]]) -> list[str]:
    """What rows say, in whatever order they came; of problems whether there are any."""
    return sorted(str({**row, "problems": bool(row["problems"])}) for row in rows)
