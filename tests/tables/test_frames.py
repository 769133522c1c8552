"""Dataframes in, dataframes of the same library out, row by row the same answers as the core."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules as ntm
from ntm_rules.problems import TableError

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
DATA: dict[str, list[Any]] = {
    "mã xã": ["A", "B", "C", None, "E"],
    "vùng": ["tay-nguyen"] * 5,
    "khu vực": ["I", "III", "I", "I", "IX"],
    "10.1": [51.5, 46.0, 46.0, 50.0, 50.0],
    "6.3": [100, 90, None, 80, 140],
    "tiêu chí 19": ["đạt", "chưa đạt", None, None, "đạt"],
}


FRAMES: dict[str, Any] = {
    "polars": pl.DataFrame,
    "lazy": lambda data: pl.DataFrame(data).lazy(),
    "pandas": pd.DataFrame,
    "pyarrow": pa.table,
    "duckdb": lambda data: duckdb.from_arrow(pa.table(data)),
}


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer, whatever the library."""
    match answer:
        case pl.LazyFrame():
            return answer.collect().to_dicts()
        case duckdb.DuckDBPyRelation():
            return answer.to_arrow_table().to_pylist()
        case pd.DataFrame():
            return answer.to_dict("records")
        case pa.Table():
            return answer.to_pylist()
    return answer.to_dicts()


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_every_row_is_answered_in_its_place(make: Any) -> None:
    """Outcomes, counts and criteria of each row; rows with problems have no outcome and say why."""
    answer = RULES.evaluate_frame(make(DATA), constants={"year": 2024})
    rows = rows_of(answer)
    assert len(rows) == 5
    assert [row["outcome"] for row in rows[:3]] == ["undetermined", "not_met", "not_met"]
    assert [row["10"] for row in rows[:3]] == ["met", "met", "not_met"]
    assert rows[1]["failed"] == "6, 19"
    assert rows[2]["failed"] == "10"
    assert "NTM-513" in rows[3]["problems"]
    assert "NTM-404" in rows[4]["problems"]
    assert "NTM-406" in rows[4]["problems"]
    assert not isinstance(rows[4]["outcome"], str)


def test_a_frame_of_a_library_comes_back_as_one_of_it() -> None:
    """polars gives polars, pandas gives pandas, what is lazy stays lazy, and the height is kept even for empty rows."""
    assert isinstance(RULES.evaluate_frame(pl.DataFrame(DATA)), pl.DataFrame)
    assert isinstance(RULES.evaluate_frame(pd.DataFrame(DATA)), pd.DataFrame)
    assert isinstance(RULES.evaluate_frame(pa.table(DATA)), pa.Table)
    assert isinstance(RULES.evaluate_frame(FRAMES["lazy"](DATA)), pl.LazyFrame)
    assert isinstance(RULES.evaluate_frame(FRAMES["duckdb"](DATA)), duckdb.DuckDBPyRelation)
    gap = pl.DataFrame({"mã xã": ["A", None, "C"], "10.1": [51.0, None, 52.0]})
    answer = RULES.evaluate_frame(gap)
    assert answer["id"].to_list() == ["A", None, "C"]


def test_the_types_of_the_answer_do_not_depend_on_the_rows() -> None:
    """Two answers can be put below each other: a column with nothing in it has the type of one that holds something."""
    good = RULES.evaluate_frame(pl.DataFrame({"id": ["A"], "10.1": ["51"]}))
    bad = RULES.evaluate_frame(pl.DataFrame({"id": ["B"], "10.1": ["51,525"]}))
    assert good.schema == bad.schema
    assert pl.concat([good, bad])["criteria_met"].to_list() == [0, None]


def test_a_frame_answers_as_the_core_does() -> None:
    """For each row the outcome of every criterion is that of evaluating the subject by hand."""
    answer = RULES.evaluate_frame(pl.DataFrame(DATA), constants={"year": 2024}).to_dicts()
    for i, (code, area, income) in enumerate(zip(DATA["mã xã"][:3], DATA["khu vực"], DATA["10.1"], strict=False)):
        subject = ntm.Subject(
            id=code,
            kind="commune",
            attributes={"region": "tay-nguyen", "area": area, "year": 2024},
            values={"10.1": income, "6.3": DATA["6.3"][i]},
            attested={} if DATA["tiêu chí 19"][i] is None else {"19": DATA["tiêu chí 19"][i] == "đạt"},
        )
        decision = RULES.evaluate(subject)
        assert {node.id: node.outcome for node in decision.criteria} == {node.id: answer[i][node.id] for node in decision.criteria}


def test_narrow_floats_and_missing_values_are_taken_as_they_print() -> None:
    """A 32-bit 62.35 is 62.35; NaN and null are no value, never zero."""
    frame = pd.DataFrame({"mã xã": ["A", "B"], "6.3": [float("nan"), 100.0], "10.1": pd.Series([62.35, None], dtype="float32")})
    answer = RULES.evaluate_frame(frame, constants={"region": "tay-nguyen", "area": "I", "year": 2024})
    assert answer["6"].tolist() == ["undetermined", "undetermined"]
    assert answer["10"].tolist() == ["met", "undetermined"]


def test_days_in_a_number_column_are_told() -> None:
    """A cell that holds a day is no value."""
    answer = RULES.evaluate_frame(pl.DataFrame({"mã xã": ["A"], "10.1": [date(2024, 1, 1)]}))
    assert "NTM-512" in answer["problems"][0]


def test_a_frame_that_cannot_be_read_is_refused() -> None:
    """No columns, two columns for one thing, no frame at all."""
    with pytest.raises(TableError):
        RULES.evaluate_frame(pl.DataFrame())
    with pytest.raises(TableError):
        RULES.evaluate_frame(pl.DataFrame({"mã xã": ["A"], "10.1": [1], "Thu nhập bình quân đầu người": [2]}))
    for none in (pl.Series("10.1", [51]), [{"mã xã": "A"}]):
        for ask in (RULES.evaluate_frame, lambda frame: RULES.explain_rows(frame, ["A"]), lambda frame: RULES.scenarios(frame, [])):
            with pytest.raises(TableError, match="NTM-431"):
                ask(none)


def test_products_are_scored_in_frames() -> None:
    """Stars, total and standing of each product."""
    rules = ntm.load("ocop/2026")
    best = rules.scores.best(1)
    frame = pl.DataFrame({"mã sản phẩm": ["SP1"], "product_set": [1], **{number: [points] for number, points in best.items()}})
    answer = rules.evaluate_frame(frame).to_dicts()[0]
    assert answer["total"] == "100"
    assert answer["stars"] in (4, 5, None)
    assert answer["standing"] == "potential-5-star"
