"""Frames as people have them: ids of every dress, columns of objects, long columns of text, parts of scales, attributes that do not fit."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules as ntm

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I", "year": 2024}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (pl.Series([101, 102]), ["101", "102"]),
        (pl.Series([101.0, 102.0]), ["101", "102"]),
        (pl.Series([" Xã A ", unicodedata.normalize("NFD", "Đắk Hà")]), ["Xã A", "Đắk Hà"]),
        (pl.Series(["X1", "X2"], dtype=pl.Categorical), ["X1", "X2"]),
    ],
    ids=["whole numbers", "floats", "letters apart from their marks", "categories"],
)
def test_an_id_is_read_as_the_text_it_is(given: pl.Series, read: list[str]) -> None:
    """Numbers lose their point, texts their blanks, letters come together with their marks."""
    answer = RULES.evaluate_frame(pl.DataFrame({"id": given, "10.1": ["49", "51"]}), constants=SHARED)
    assert answer["id"].to_list() == read
    assert answer["10"].to_list() == ["not_met", "met"]


def test_an_id_that_stands_twice_and_a_total_are_told() -> None:
    """Neither is decided in silence; a row for people, between groups, is no unit."""
    given = {"id": ["A", "A", "Tổng cộng", "B", None], "10.1": ["51", "49", "100", "51", "51"]}
    answer = RULES.evaluate_frame(pl.DataFrame(given), constants=SHARED)
    assert answer["outcome"].is_null().to_list() == [True, True, True, False, True]
    assert "NTM-505" in answer["problems"][1]


def test_an_id_that_is_no_text_keeps_its_row_from_being_decided() -> None:
    """A day is no id."""
    answer = RULES.evaluate_frame(
        pd.DataFrame({"id": pd.Series(["A", date(2024, 1, 1)], dtype=object), "10.1": ["51", "51"]}), constants=SHARED
    )
    assert [isinstance(one, str) for one in answer["outcome"]] == [True, False]
    assert "NTM-" in answer["problems"][1]
    binary = RULES.evaluate_frame(pd.DataFrame({"id": [b"A"], "10.1": ["51"]}), constants=SHARED)["problems"][0]
    assert ("NTM-432" in binary, "NTM-513" in binary) == (True, False)  # not that there is none, too


def test_rows_are_told_apart_by_name_where_there_is_no_id() -> None:
    """The column of numbers for people is looked at then: I, II are groups, not communes."""
    given = {"STT": ["I", "1", "2"], "tên xã": ["Huyện Một", "Xã A", "Xã B"], "10.1": [None, "49", "51"]}
    answer = RULES.evaluate_frame(pl.DataFrame(given), constants=SHARED)
    assert answer["10"].to_list() == [None, "not_met", "met"]
    numbered = RULES.evaluate_frame(pl.DataFrame({**given, "STT": [1, 2, 3]}), constants=SHARED)
    assert numbered["10"].to_list()[1:] == ["not_met", "met"]


def test_a_long_column_of_texts_is_read_as_a_short_one() -> None:
    """Each distinct text once, gaps as gaps, however many rows."""
    texts = ["49,9", None, "50", "51.5", "không áp dụng: thử"]
    answer = RULES.evaluate_frame(
        pl.DataFrame({"id": [f"X{i}" for i in range(2000)], "10.1": texts * 400}), constants=SHARED, nodes="indicators"
    )
    assert answer["10.1"].to_list() == ["not_met", "undetermined", "met", "met", "undetermined"] * 400


@pytest.mark.parametrize("some", [2, 3_000], ids=["few distinct", "many distinct"])
def test_one_text_that_is_no_plain_number_is_found_in_a_long_column(some: int) -> None:
    """Where each distinct text is looked at once, and where there are too many for that."""
    texts = [f"{50 + (i % some) / 100:.2f}" for i in range(2_999)]
    for last, outcome in (("5e1", None), ("51.", None), ("51,5", "met"), ("49.99", "not_met"), (None, "undetermined")):
        frame = pl.DataFrame({"id": [f"X{i}" for i in range(3_000)], "10.1": [*texts, last]})
        answer = RULES.evaluate_frame(frame, constants=SHARED, nodes="indicators")
        assert set(answer["10.1"][:-1]) == {"met"}
        assert answer["10.1"][-1] == outcome


def test_cells_of_any_kind_are_read_in_a_column_of_objects() -> None:
    """What can be no cell at all puts its row aside with a message; the others are decided."""
    cells = [51, "49", ["51"], None, 51]
    frame = pd.DataFrame({"id": list("ABCDE"), "10.1": pd.Series(cells, dtype=object)})
    answer = RULES.evaluate_frame(frame, constants=SHARED)
    assert [one if isinstance(one, str) else None for one in answer["10"]] == ["met", "not_met", None, "undetermined", "met"]
    assert "NTM-" in answer["problems"][2]
    listed = RULES.evaluate_frame(pl.DataFrame({"id": ["A"], "10.1": [[51]]}), constants=SHARED)
    assert listed["outcome"].to_list() == [None]


def test_gaps_in_columns_of_arrow_and_of_two_pieces_are_gaps() -> None:
    """Answers and numbers alike, also where a table was put together from two."""
    piece = pa.table({"id": ["A", "B"], "10.1": [51.0, None], "1.1": [True, None]})
    other = pa.table({"id": ["C", "D"], "10.1": [49.0, 50.0], "1.1": [False, True]})
    answer = RULES.evaluate_frame(pa.concat_tables([piece, other]), constants=SHARED, nodes="indicators").to_pylist()
    assert [row["10.1"] for row in answer] == ["met", "undetermined", "not_met", "met"]
    assert [row["1.1"] for row in answer] == ["met", "undetermined", "not_met", "met"]


def test_what_a_column_states_and_all_rows_share_must_not_differ() -> None:
    """The row that says otherwise is told; the one that says the same, or nothing, is decided."""
    given = {"id": list("ABC"), "year": ["2023", "2024", None], "10.1": ["51"] * 3}
    answer = RULES.evaluate_frame(pl.DataFrame(given), constants=SHARED)
    assert answer["10"].to_list() == [None, "met", "met"]
    assert "NTM-520" in answer["problems"][0]


def test_rows_of_many_kinds_are_told_apart_by_sorting_as_by_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where attributes could combine in more ways than a table has room for, each row is still judged by its own."""
    regions = list(RULES.attributes["region"].one_of)
    given = pl.DataFrame(
        {
            "id": [f"{region}-{year}" for region in regions for year in (2022, 2024, 2025)],
            "region": [region for region in regions for _ in range(3)],
            "year": [2022, 2024, 2025] * len(regions),
            "10.1": [47.5] * (3 * len(regions)),
        }
    )
    right = RULES.evaluate_frame(given, constants={"area": "I"}, nodes="indicators")
    monkeypatch.setattr("ntm_rules.decide.frame.ways._DENSE", 0)
    assert RULES.evaluate_frame(given, constants={"area": "I"}, nodes="indicators").equals(right)
    assert set(right["10.1"]) == {"met", "not_met", "undetermined"}


def test_an_attribute_that_no_set_of_programs_fits_refuses_every_row() -> None:
    """A province that there is not: the row is told so, alone or among others."""
    asked: dict[str, Any] = {"constants": SHARED, "lang": "en"}
    one = RULES.evaluate_frame(pl.DataFrame({"id": ["A"], "tỉnh": ["Atlantis"], "10.1": ["51"]}), **asked)
    two = RULES.evaluate_frame(pl.DataFrame({"id": ["A", "B"], "tỉnh": ["Atlantis", "Kon Tum"], "10.1": ["51", "51"]}), **asked)
    assert [one["10"].to_list(), two["10"].to_list()] == [[None], [None, "met"]]
    assert "Atlantis" in one["problems"][0]


def test_a_table_can_be_no_more_than_headings_of_nothing() -> None:
    """A frame without columns, and one in which no column says whom a row is about."""
    for given in (pl.DataFrame(), pd.DataFrame()):
        with pytest.raises(ntm.TableError, match="NTM-503"):
            RULES.evaluate_frame(given)


def test_cells_below_a_heading_of_nothing_are_refused() -> None:
    """Nobody can say what they are; an empty column without a heading is none."""
    with pytest.raises(ntm.TableError, match="NTM-561"):
        RULES.evaluate_frame(pl.DataFrame({"id": ["A", "B"], "": [None, "7"], "10.1": ["51", "49"]}), constants=SHARED)
    answer = RULES.evaluate_frame(pl.DataFrame({"id": ["A", "B"], "": [None, ""], "10.1": ["51", "49"]}), constants=SHARED)
    assert answer["10"].to_list() == ["met", "not_met"]


def test_answers_in_text_are_read_whatever_turns_up_below_a_first_look() -> None:
    """Of two answers in three thousand rows; nothing and another word in the last ones are read as they stand."""
    height = 3000
    answers = ["Đạt" if i % 3 else "Chưa đạt" for i in range(height)]
    frame = pl.DataFrame({"id": [f"X{i}" for i in range(height)], "1.1": answers, "1.2": [*answers[:-2], None, "chưa biết"]})
    rows = RULES.evaluate_frame(frame, constants=SHARED, nodes="indicators", lists=False)
    expected = ["met" if i % 3 else "not_met" for i in range(height)]
    assert rows["1.1"].to_list() == [*expected[:-1], None]
    assert rows["1.2"].to_list() == [*expected[:-2], "undetermined", None]
    assert "«chưa biết»" in rows["problems"][-1]
    assert rows["problems"].null_count() == height - 1
