"""Examples kept in a sheet: run row by row, and counted as those beside the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.values import Outcome
from ntm_rules.verify.coverage import coverage_of
from ntm_rules.verify.examples import run_book, run_examples
from ntm_rules.verify.mutate import mutate
from ntm_rules.verify.release import hindrances
from ntm_rules.verify.sheets import book_of_sheet
from strategies import write_catalogue

SET = "commune-ntm/2021-2025"
HEADS = (
    "mã xã",
    "tên xã",
    "vùng",
    "khu vực",
    "năm",
    "10.1",
    "xác nhận 2",
    "ngày luật",
    "mong đợi",
    "mong đợi 10",
    "Mong đợi: 10.1",
    "ghi chú",
)
ROWS: list[tuple[Any, ...]] = [
    ("VD1", "Đủ thu nhập", "Tây Nguyên", "I", 2024, "51,5", "đạt", "30/06/2024", "chưa xác định", "đạt", "Đạt", "x"),
    ("VD2", "Thiếu", "Tây Nguyên", "I", 2024, 48, None, date(2024, 6, 30), "chưa đạt", "chưa đạt", "not_met", None),
    ("VD3", "Chưa có số", "Tây Nguyên", "I", 2023, "chưa có số liệu", None, "2023-06-30", None, "chưa xác định", None, None),
]


def a_sheet(path: Path, rows: list[tuple[Any, ...]] = ROWS, heads: tuple[str, ...] = HEADS) -> Path:
    """A workbook of these rows."""
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(path)
    return path


def tried(path: Path, **asked: Any) -> Any:
    """What running a sheet of the shipped set gives."""
    catalogue = ntm.Catalogue()
    return run_book(book_of_sheet(catalogue, catalogue.entry("ruleset", SET), path, **asked), path.name)


def test_rows_that_promise_what_comes_out_are_right(tmp_path: Path) -> None:
    """Each row under the law of its own day; figures, answers and absences as in any table; an empty cell promises nothing."""
    run = tried(a_sheet(tmp_path / "vi-du.xlsx"))
    assert (run.examples, run.outcomes, run.problems) == (3, 7, ())
    book = book_of_sheet(ntm.Catalogue(), ntm.Catalogue().entry("ruleset", SET), tmp_path / "vi-du.xlsx")
    assert [trial.text.on for trial in book.trials] == [date(2024, 6, 30), date(2024, 6, 30), date(2023, 6, 30)]
    assert book.trials[0].promises[0].expected is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("column", "cell", "code", "place"),
    [
        ("mong đợi 10", "chưa đạt", "NTM-228", "J2"),
        ("mong đợi", "đạt", "NTM-228", "I2"),
        ("Mong đợi: 10.1", "chua xac dinh", "NTM-206", "K2"),
        ("10.1", "abc", "NTM-402", "F2"),
        ("ngày luật", "31/02/2024", "NTM-804", "H2"),
        ("ngày luật", "2030-01-01", "NTM-307", "H2"),
        ("vùng", "Tây Nguyn", "NTM-406", "C2"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(tmp_path: Path, column: str, cell: str, code: str, place: str) -> None:
    """A promise that is not kept, a word that is no outcome, a day that is none or has no law, and what no table may hold."""
    row = list(ROWS[0])
    row[HEADS.index(column)] = cell
    run = tried(a_sheet(tmp_path / "vi-du.xlsx", [tuple(row), *ROWS[1:]]))
    [problem] = run.problems
    assert problem.code == code
    assert problem.place.path.endswith(place)
    assert run.examples == (3 if code in ("NTM-228", "NTM-206") else 2)


def test_a_heading_that_promises_of_no_node_and_a_sheet_that_promises_nothing_are_told(tmp_path: Path) -> None:
    """Once, with the number that was meant; and with the column to add."""
    heads = tuple("mong đợi 10.11" if one == "mong đợi 10" else one for one in HEADS)
    run = tried(a_sheet(tmp_path / "a.xlsx", heads=heads))
    assert [(one.code, one.words["guess"]) for one in run.problems] == [("NTM-603", "10.1")]
    run = tried(a_sheet(tmp_path / "b.xlsx", [("A", 5)], ("mã xã", "10.1")))
    assert [one.code for one in run.problems] == ["NTM-740"]


def test_the_day_and_the_province_of_the_call_hold_where_rows_say_none(tmp_path: Path) -> None:
    """A sheet without a column of days; the levels of Kon Tum where its overlays are asked for."""
    heads = ("mã xã", "vùng", "khu vực", "năm", "10.1", "mong đợi 10.1")
    path = a_sheet(tmp_path / "a.xlsx", [("A", "Tây Nguyên", "I", 2024, 51, "đạt")], heads)
    assert tried(path, on=date(2024, 6, 30), province="kon-tum").problems == ()
    assert [one.code for one in tried(path, on=date(2030, 1, 1)).problems] == ["NTM-307"]


TEXT = """\
ruleset: commune-test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - {indicator: "1.1", title: {vi: Tỷ lệ, en: Share}, measure: {unit: "%"}, at_least: 80, source: {level: recalled}}
"""
EXAMPLES = "examples_of: commune-test/2024\nexamples: []\n"
BOUNDARIES: list[tuple[Any, ...]] = [
    ("A", 80, "01/01/2024", "đạt", "đạt", "đạt"),
    ("B", 79, None, "chưa đạt", "chưa đạt", "chưa đạt"),
    ("C", None, None, "chưa xác định", "chưa xác định", None),
    ("D", 79.99, None, "chưa đạt", None, "chưa đạt"),
    ("E", 100, None, "đạt", None, "đạt"),
]
NEEDED = ("mã xã", "1.1", "ngày luật", "mong đợi", "mong đợi 1", "mong đợi 1.1")


def test_a_sheet_beside_the_rules_is_run_covers_and_kills_as_examples_do(tmp_path: Path) -> None:
    """Nothing else stands beside the set; the sheet reaches every place and notices every slip; a wrong row refuses to publish."""
    catalogue = write_catalogue(tmp_path, national__test__ruleset=TEXT, national__test__examples=EXAMPLES)
    entry = catalogue.entry("ruleset", "commune-test/2024")
    assert coverage_of(catalogue, entry).missed
    folder = entry.path.parent
    a_sheet(folder / "examples.xlsx", BOUNDARIES, NEEDED)
    assert [(run.id, run.examples, run.outcomes, run.problems) for run in run_examples(catalogue)][-1] == (
        "commune-test/2024 (examples.xlsx)",
        5,
        12,
        (),
    )
    assert coverage_of(catalogue, entry).missed == ()
    assert mutate(catalogue, entry).survivors == ()
    a_sheet(folder / "examples.xlsx", [("A", 79, None, "đạt", None, None), *BOUNDARIES[1:]], NEEDED)
    assert "NTM-228" in {one.code for one in hindrances(catalogue, entry)}
    (folder / "examples.xlsx").write_bytes(b"no workbook")
    assert any(one.place.file.endswith("examples.xlsx") for one in hindrances(catalogue, entry))
