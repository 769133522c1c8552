"""Frames with something wrong in them: a clear error, or a row's problems under its label; never a wrong verdict, never a lost row."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules as ntm
from framed import BACKENDS, rows_of
from ntm_rules.problems import TableError

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I", "year": 2024}

# What stands in a column, and of each row its outcome of 10, or the code of its problem and what stands in it.
CELLS: dict[str, tuple[str, list[Any], list[str | tuple[str, str]]]] = {
    "mixed types": (
        "10.1",
        [51, "49", 51.5, None, True, date(2024, 1, 1), b"51", {"a": 1}, [51], np.array([51, 49]), object()],
        [
            "met",
            "not_met",
            "met",
            "undetermined",
            ("402", "TRUE"),
            ("512", "2024-01-01"),
            ("432", "binary data"),
            ("432", "several entries: a"),
            ("402", "«[51]»"),
            ("402", "«[51; 49]»"),
            ("432", "something"),
        ],
    ),
    "numbers with a comma": (
        "10.1",
        ["44,5", "51,0", "1.234,5", "43,250", "51"],
        ["not_met", "met", ("403", "1234.5"), ("403", "43.250"), "met"],
    ),
    "infinities": ("10.1", [math.inf, -math.inf, math.nan, 51.0], [("402", "inf"), ("402", "-inf"), "undetermined", "met"]),
    "infinities as text": ("10.1", ["inf", "-Infinity", "Infinity", "51"], [("402", "inf"), ("402", "-Inf"), ("402", "Inf"), "met"]),
    "a region with a typo": (
        "region",
        ["tay-nguyn", "Tay Nguyen", "Tây Nguyên"],
        [("406", "mean «Tây Nguyên»"), ("406", "mean «Tây Nguyên»"), "met"],
    ),
    "days as text": ("10.1", ["2024-01-01", "01/02/2024", "51"], [("402", "2024-01-01"), ("402", "01/02/2024"), "met"]),
    "days for a year": (
        "year",
        ["2024-01-01", "31/12/2024", "năm 2024", "2024"],
        [("406", "2024-01-01"), ("406", "31/12/2024"), "met", "met"],
    ),
    "one bad cell among a thousand": ("10.1", [*["51"] * 777, "5l", *["49"] * 222], [*["met"] * 777, ("402", "5l"), *["not_met"] * 222]),
}


@pytest.mark.parametrize(("heading", "cells", "told"), CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_bad_cell_is_told_in_its_row_and_the_others_are_decided(library: str, heading: str, cells: list[Any], told: list[Any]) -> None:
    """By the number of the row and its column, under the label of the row; every row is there, in order."""
    ids = [f"X{place}" for place in range(len(cells))]
    if library == "pandas":
        held = pd.Series(cells, dtype=None if {one.__class__ for one in cells} == {float} else object)
        frame: Any = pd.DataFrame({"id": ids, "10.1": "51", heading: held}).set_axis([f"lô {one}" for one in ids], axis=0)
    else:
        plain = {one.__class__ for one in cells} <= {str, float}
        frame = pl.DataFrame({"id": ids, "10.1": ["51"] * len(ids), heading: pl.Series(cells, dtype=None if plain else pl.Object)})
    answer = RULES.evaluate_frame(frame, constants={one: what for one, what in SHARED.items() if one != heading}, lang="en")
    if library == "pandas":
        assert answer.index.tolist() == frame.index.tolist()
    rows = rows_of(answer)
    assert [row["id"] for row in rows] == ids
    for place, (row, wanted) in enumerate(zip(rows, told, strict=True)):
        if isinstance(wanted, str):
            assert (row["10"], row["problems"]) == (wanted, None)
        else:
            assert (row["outcome"], row["10"]) == (None, None)
            assert row["problems"].startswith(f"frame ({place + 1}: {heading}): NTM-{wanted[0]}")
            assert wanted[1] in row["problems"]


@pytest.mark.parametrize("make", BACKENDS.values(), ids=BACKENDS)
def test_an_id_that_stands_twice_is_told_in_every_library(make: Any) -> None:
    """Neither row is decided; the one between them is."""
    rows = rows_of(RULES.evaluate_frame(make({"id": ["A", "B", "A"], "10.1": ["51", "51", "49"]}), constants=SHARED))
    assert [row["10"] for row in rows] == [None, "met", None]
    assert [one["id"] for one in rows] == ["A", "B", "A"]
    assert "«A»" in rows[2]["problems"]


@pytest.mark.parametrize("make", BACKENDS.values(), ids=BACKENDS)
def test_two_columns_for_one_thing_are_refused_in_every_library(make: Any) -> None:
    """By the number and by the name; before anything is decided."""
    with pytest.raises(TableError, match=r"NTM-502.*10\.1"):
        RULES.evaluate_frame(make({"id": ["A"], "10.1": ["51"], "Thu nhập bình quân đầu người": ["49"]}), constants=SHARED)


@pytest.mark.parametrize("make", BACKENDS.values(), ids=BACKENDS)
def test_no_rows_are_an_answer_with_every_column(make: Any) -> None:
    """The same columns as an answer with rows."""
    empty = make(pa.table({"id": pa.array([], pa.string()), "10.1": pa.array([], pa.float64())}).to_pydict())
    answer, full = (RULES.evaluate_frame(one, constants=SHARED) for one in (empty, make({"id": ["A"], "10.1": [51.0]})))
    assert rows_of(answer) == []
    names = [list(one.collect_schema()) if isinstance(one, pl.LazyFrame) else [str(name) for name in one.columns] for one in (answer, full)]
    if not isinstance(answer, pa.Table):  # its columns are the values
        assert names[0] == names[1]


def test_a_scan_that_fails_half_way_gives_no_answer(tmp_path: Path) -> None:
    """A file whose 900th row is no number: the error of the library comes through, and no half of a frame with it."""
    path = tmp_path / "xã.csv"
    path.write_text("id,10.1\n" + "".join(f"X{row},{'5l' if row == 900 else 51}\n" for row in range(1000)), "utf-8")
    answer = RULES.evaluate_frame(pl.scan_csv(path, infer_schema_length=10), constants=SHARED)
    with pytest.raises(pl.exceptions.PolarsError, match="5l"):
        answer.collect()
    read = RULES.evaluate_frame(pl.scan_csv(path, infer_schema=False), constants=SHARED, lang="en").collect()
    assert read.height == 1000
    assert read.filter(pl.col("problems").is_not_null())["id"].to_list() == ["X900"]
