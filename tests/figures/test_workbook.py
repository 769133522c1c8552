"""Figures out to Excel and back: nothing changes by itself, and what differs becomes a draft that the loader takes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.figures.workbook import draft_of, read_workbook, write_workbook
from ntm_rules.loading.catalogue import bundled
from strategies import read_ruleset, words

NAME = "commune-ntm/2021-2025"
RULES = ntm.load(NAME)


def edited(path: Path, edit: Callable[[dict[tuple[str, str], Any]], Any]) -> Path:
    """The workbook with some cells changed: ``rows[number, column]`` is a row by the names of its columns."""
    write_workbook(RULES, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Con số"]
    heads = [cell.value for cell in sheet[1]]
    rows = {}
    for cells in sheet.iter_rows(min_row=2):
        row = dict(zip(heads, cells, strict=True))
        rows[row["số"].value, row["cột"].value or ""] = row
    edit(rows)
    book.save(path)
    return path


def test_what_was_written_reads_back_without_a_difference(tmp_path: Path) -> None:
    """Every shipped set that has figures: no edit, no problem; the same bytes twice."""
    for name in bundled().rulesets:
        rules = ntm.load(name)
        count = write_workbook(rules, tmp_path / "w.xlsx")
        first = (tmp_path / "w.xlsx").read_bytes()
        write_workbook(rules, tmp_path / "w.xlsx")
        assert (tmp_path / "w.xlsx").read_bytes() == first
        if count and rules.document.score is None:
            assert read_workbook(rules, tmp_path / "w.xlsx") == ((), ())


def test_an_edited_figure_becomes_a_draft_that_changes_just_it(tmp_path: Path) -> None:
    """52 instead of 50 for Tây Nguyên in 2024, seen somewhere: the draft loads, and the difference is that figure and its source."""

    def edit(rows: dict[tuple[str, str], Any]) -> None:
        row = rows["10.1", "tay-nguyen / 2024"]
        row["con số"].value, row["mức nguồn"].value, row["đã thấy ở"].value = "52", "published", "https://example.org/bao"

    edits, problems = read_workbook(RULES, edited(tmp_path / "w.xlsx", edit))
    assert problems == ()
    assert [(one.indicator, one.column, one.new["value"]) for one in edits] == [("10.1", ("tay-nguyen", "2024"), "52")]
    folder = tmp_path / "rulesets"
    shutil.copytree(bundled().folder, folder)
    (folder / "drafts" / "thu").mkdir(parents=True)
    (folder / "drafts" / "thu" / "overlay.yaml").write_text(draft_of(RULES, edits, "thu"), "utf-8")
    catalogue = ntm.Catalogue(folder)
    on = date(2024, 6, 30)
    found = ntm.diff(ntm.load(NAME, on=on, catalogue=catalogue), ntm.load(NAME, on=on, drafts=[f"{NAME}/thu"], catalogue=catalogue))
    assert [(one.kind, one.column) for one in found] == [
        ("figure_changed", ("tay-nguyen", "2024")),
        ("source_changed", ("tay-nguyen", "2024")),
    ]


def test_the_numbers_of_a_list_are_read_one_by_one(tmp_path: Path) -> None:
    """A list of figures is edited as a list, down to one figure; a cell in which one of them is no number is told."""
    measure = {"unit": "hộ"}
    one = {"indicator": "1.1", "title": words("Số hộ"), "measure": measure, "one_of": ["5", "10"], "source": {"level": "recalled"}}
    data = {"ruleset": "test/2024", "version": "1.0.0", "title": words("Bộ thử"), "subject": "commune", "instrument": "1/QĐ-TTg"}
    criteria = [{"criterion": "1", "title": words("Hộ"), "indicators": [one]}]
    rules = read_ruleset({**data, "in_force": {"from": "2024-01-01"}, "criteria": criteria})
    for written, value, codes in (("5 | 10", None, []), ("5 | 20", ["5", "20"], []), ("5", ["5"], []), ("5 | hai", None, ["NTM-204"])):
        write_workbook(rules, tmp_path / "w.xlsx")
        book = openpyxl.load_workbook(tmp_path / "w.xlsx")
        heads = [cell.value for cell in book["Con số"][1]]
        book["Con số"].cell(2, heads.index("con số") + 1).value = written
        book.save(tmp_path / "w.xlsx")
        edits, problems = read_workbook(rules, tmp_path / "w.xlsx")
        assert [edit.new["value"] for edit in edits] == ([] if value is None else [value])
        assert [problem.code for problem in problems] == codes


def test_a_missing_figure_needs_its_source_when_it_is_filled_in(tmp_path: Path) -> None:
    """2.1 is delegated; filled in with a level it is an edit, and an emptied cell withdraws a figure."""

    def fill(rows: dict[tuple[str, str], Any]) -> None:
        rows["2.1", ""]["con số"].value, rows["2.1", ""]["mức nguồn"].value = 100, "published"
        rows["6.3", ""]["con số"].value = None

    edits, problems = read_workbook(RULES, edited(tmp_path / "w.xlsx", fill))
    assert problems == ()
    assert [(one.indicator, one.new.get("value")) for one in edits] == [("2.1", "100"), ("6.3", None)]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda rows: rows["10.1", "tay-nguyen / 2024"]["con số"].__setattr__("value", "năm mươi"), "NTM-204"),
        (lambda rows: rows["10.1", "tay-nguyen / 2024"]["mức nguồn"].__setattr__("value", "sure"), "NTM-206"),
        (lambda rows: rows["10.1", "tay-nguyen / 2024"]["cột"].__setattr__("value", "tay-nguyen / 2050"), "NTM-819"),
        (lambda rows: rows["2.1", ""]["số"].__setattr__("value", "99.9"), "NTM-819"),
        (lambda rows: rows["2.2", ""]["số"].__setattr__("value", "2.1"), "NTM-202"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_and_makes_no_edit(tmp_path: Path, edit: Callable[[Any], Any], code: str) -> None:
    """A word for a number, a level nobody knows, a column or number that is not there, one figure twice."""
    edits, problems = read_workbook(RULES, edited(tmp_path / "w.xlsx", edit))
    assert edits == ()
    assert [problem.code for problem in problems] == [code]
    assert "Con số!" in str(problems[0].place)


def test_the_command_writes_reads_and_drafts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Out with 0, back unchanged with 0, back changed with 1 and a draft; neither or both options is a wrong call."""

    def said(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    path = tmp_path / "w.xlsx"
    assert said("workbook", NAME, "-o", path)[0] == 0
    assert said("workbook", NAME, "--read", path)[0] == 0
    changed = edited(tmp_path / "c.xlsx", lambda rows: rows["6.3", ""]["con số"].__setattr__("value", "90"))
    folder = tmp_path / "rulesets"
    shutil.copytree(bundled().folder, folder)
    code, out, _ = said("workbook", NAME, "--read", changed, "--draft", "nha-van-hoa", "--rulesets", folder)
    assert code == 1
    assert "6.3: 100 → 90" in out
    assert (folder / "drafts" / "nha-van-hoa" / "overlay.yaml").is_file()
    code, out, _ = said("diff", NAME, NAME, "--draft", f"{NAME}/nha-van-hoa", "--rulesets", folder, "--on", "2024-06-30")
    assert "nhẹ hơn" in out
    code, _, err = said("workbook", NAME)
    assert code == 2
    assert "NTM-708" in err
    assert said("workbook", NAME, "--read", changed, "--json")[0] == 1
