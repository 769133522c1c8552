"""Score sheets as a workbook, out and back: points, marks and classes change where they are written, and nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.figures.filled import read_workbook
from ntm_rules.figures.workbook import write_workbook
from ntm_rules.loading.catalogue import Catalogue, bundled

NAME = "ocop/2026"
HOME = f"national/{NAME}"
Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def rules() -> ntm.RuleSet:
    """The set of 2026."""
    return ntm.load(NAME)


@pytest.fixture(scope="module")
def blank(rules: ntm.RuleSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of its sheet 7."""
    path = tmp_path_factory.mktemp("blank") / "7.xlsx"
    write_workbook(rules, path, "7")
    return path


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped texts of that set, copied once."""
    folder = tmp_path_factory.mktemp("shipped") / "rulesets"
    source = bundled().folder
    for part in (HOME, "national/ocop/2023"):
        shutil.copytree(source / part, folder / part)
    for file in source.glob("*.yaml"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture
def folder(shipped: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(shipped, tmp_path / "rulesets"))


def edited(blank: Path, path: Path, edits: dict[str, dict[str, Any]]) -> Path:
    """The workbook with some cells changed, by the key of their row and the head of their column."""
    book = openpyxl.load_workbook(blank)
    sheet = book["Con số"]
    heads = [cell.value for cell in sheet[1]]
    rows = {cells[heads.index("mã dòng")].value[1:]: dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=2)}
    for row, cells in edits.items():
        for head, value in cells.items():
            rows[row][head].value = value
    book.save(path)
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code and what was printed."""
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def differing(before: Path, after: Path) -> dict[str, list[str]]:
    """The lines of each file that another folder has not."""
    found = {}
    for path in sorted(after.rglob("*.yaml")):
        old = (before / path.relative_to(after)).read_text("utf-8").splitlines()
        if new := [line.strip() for line in path.read_text("utf-8").splitlines() if line not in old]:
            found[path.relative_to(after / HOME).as_posix()] = new
    return found


def test_a_sheet_reads_as_its_annex_and_comes_back_without_a_difference(blank: Path, rules: ntm.RuleSet) -> None:
    """A row a criterion with its most points and marks, one a level in its words; sources are shown, only figures are open."""
    sheet = openpyxl.load_workbook(blank)["Con số"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=2)]
    whole, first, *_ = [row for row in rows if row["số"].value == "1.5"]
    assert [whole[head].value for head in ("điểm", "dấu 3 sao", "dấu 4 sao", "dấu 5 sao")] == ["3", None, "2", "3"]
    assert (first["mức ghi trên phiếu"].value.startswith("mức 1: "), first["dấu 4 sao"].value) == (True, None)
    assert next(row for row in rows if row["số"].value == "sao-5")["điểm"].value == "90"
    open_ = {head for row in rows for head, cell in row.items() if not cell.protection.locked}
    assert open_ == {"điểm", "dấu 3 sao", "dấu 4 sao", "dấu 5 sao"}
    assert whole["văn bản"].value == "26/2026/QĐ-TTg"
    assert read_workbook(rules, blank) == ((), ())


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "1.1 (7 / toi-da)": ({"điểm": "ba"}, "NTM-730"),
    "1.2 (7 / toi-da)": ({"điểm": 2.5}, "NTM-730"),
    "1.3 (7 / toi-da)": ({"điểm": -1}, "NTM-730"),
    "1.4 (7 / toi-da)": ({"điểm": "chưa có"}, "NTM-730"),
    "1.5 (7 / toi-da)": ({"dấu 4 sao": None}, "NTM-726"),
    "1.6 (7 / toi-da)": ({"dấu 3 sao": 1}, "NTM-725"),
    "1.7 (7 / toi-da)": ({"văn bản": "1/QĐ-UBND"}, "NTM-723"),
    "3.1 (7 / muc-1)": ({"mức ghi trên phiếu": "Công ty"}, "NTM-723"),
    "3.1 (7 / muc-2)": ({"bộ sản phẩm": "bộ 8"}, "NTM-723"),
    "3.1 (7 / muc-3)": ({"mã dòng": "#3.1 (7 / muc-9)"}, "NTM-819"),
    "3.2 (7 / muc-1)": ({"mã dòng": "#3.2 (7 / toi-da)"}, "NTM-724"),
}


def test_a_cell_of_a_sheet_that_cannot_be_taken_is_told(blank: Path, rules: ntm.RuleSet, tmp_path: Path) -> None:
    """Points that are no points, words and source of the sheet, rows that are no rows: each by its cell, and nothing is edited."""
    edits, problems = read_workbook(rules, edited(blank, tmp_path / "w.xlsx", {row: cells for row, (cells, _) in WRONG.items()}))
    assert edits == ()
    assert [problem.code for problem in problems] == [code for _, code in WRONG.values()]
    assert all(problem.place.path.startswith("Con số!") for problem in problems)


@pytest.mark.parametrize(
    ("head", "value", "code"),
    [("bộ tiêu chí", "ocop/2023", "NTM-721"), ("luật ngày", "2026-06-01", "NTM-721"), ("sha256 của bộ", "0", "NTM-722")],
)
def test_a_workbook_of_other_sheets_is_refused(blank: Path, rules: ntm.RuleSet, tmp_path: Path, head: str, value: str, code: str) -> None:
    """Another set, another day, and the same set before somebody changed it."""
    edits, problems = read_workbook(rules, edited(blank, tmp_path / "w.xlsx", {"3.1 (7 / muc-2)": {head: value}}))
    assert (edits, [problem.code for problem in problems]) == ((), [code])


def test_points_and_marks_change_where_they_are_written(
    blank: Path, folder: Path, shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A level, the mark of a shared criterion, the first point of a class: a line each.

    A shared criterion whose levels this sheet alone changes is written out in it, with its words and marks; the other sheets keep theirs.
    """
    edits = {
        "sao-4": {"điểm": "72,5"},
        "2.1 (7 / toi-da)": {"dấu 4 sao": "2"},
        "3.1 (7 / muc-2)": {"điểm": 2},
        "1.5 (7 / muc-2)": {"điểm": 0},
        "1.5 (7 / toi-da)": {"dấu 4 sao": "3"},
    }
    path = edited(blank, tmp_path / "w.xlsx", edits)
    code, out, err = said(capsys, "workbook", NAME, "--read", path, "--into-place", "--rulesets", folder)
    assert (code, err) == (0, "")
    assert "3.1 (7 / muc-2): 1 → 2" in out
    changed = differing(shipped, folder)
    assert list(changed) == ["ruleset.yaml", "sheets/07.yaml"]
    assert changed["ruleset.yaml"] == ["- {stars: 4, from: 72.5, granted_by: province}"]
    mark, level = changed["sheets/07.yaml"][-2:]
    assert mark.endswith('marks: {"4": 2}}')
    assert level.startswith("- {points: 2, vi:")
    sheets = [ntm.load(NAME, catalogue=Catalogue(folder)).scores.sheet(number) for number in ("7", "8")]
    mine, theirs = (next(one for one in sheet.parts[0].criteria[0].of if "iên kết" in str(one.title)) for sheet in sheets)
    assert [option.points for option in mine.options] == [0, 0, 2, 3]
    assert mine.marks == {"4": 3, "5": 3}
    assert [option.points for option in theirs.options] == [0, 1, 2, 3]
    assert [option.vi for option in mine.options] == [option.vi for option in theirs.options]


def test_a_shared_criterion_that_every_sheet_changes_alike_is_changed_once(
    rules: ntm.RuleSet, folder: Path, shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """«Gia tăng giá trị» of sheets 21 and 22: one line of the shared file differs."""
    from ntm_rules.figures.filled import Edit
    from ntm_rules.figures.held import held
    from ntm_rules.figures.placed import into_place

    wanted = [one for one in held(rules) if one.column[1:] == ("muc-1",) and one.column[0] in ("21", "22") and "Gia tăng" in one.title.vi]
    assert len(wanted) == 2
    least = int(wanted[0].value)
    catalogue = Catalogue(folder)
    written = into_place(catalogue, ntm.load(NAME, catalogue=catalogue), [Edit(one, {"value": str(least - 1)}) for one in wanted])
    assert [path.parent.name for path in written] == ["shared"]
    assert [len(lines) for lines in differing(shipped, folder).values()] == [1]


def test_what_would_not_add_up_is_refused_and_every_file_stays(
    blank: Path, folder: Path, shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """More points at most than the levels give."""
    path = edited(blank, tmp_path / "w.xlsx", {"1.5 (7 / toi-da)": {"điểm": "4"}})
    ended, _, err = said(capsys, "workbook", NAME, "--read", path, "--into-place", "--rulesets", folder)
    assert (ended, "NTM-2" in err, "sheets/07.yaml" in err) == (2, True, True), err
    assert differing(shipped, folder) == {}


def test_a_mark_without_points_is_filled_in_from_a_signed_text_alone(tmp_path: Path) -> None:
    """The sheet of 2023 prints a mark beside a heading: «chưa có», and a workbook is no source for it."""
    rules = ntm.load("ocop/2023")
    write_workbook(rules, tmp_path / "b.xlsx", "1")
    assert read_workbook(rules, tmp_path / "b.xlsx") == ((), ())
    _, problems = read_workbook(rules, edited(tmp_path / "b.xlsx", tmp_path / "w.xlsx", {"3.6 (1 / toi-da)": {"dấu 4 sao": 2}}))
    assert [problem.code for problem in problems] == ["NTM-735"]


def test_a_workbook_of_sheets_makes_no_draft_and_no_document(blank: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An amendment lays no points over a sheet: told before anything is written; a sheet that is not there is told too."""
    for way in (("--draft", "x"), ("--instrument", "99/QĐ-TTg")):
        code, _, err = said(capsys, "workbook", NAME, "--read", blank, "--rulesets", folder, *way)
        assert (code, "NTM-835" in err) == (2, True)
    code, _, err = said(capsys, "workbook", NAME, "-o", folder / "w.xlsx", "--product-set", "99")
    assert (code, "NTM-731" in err) == (2, True)
    assert said(capsys, "workbook", NAME, "--read", blank, "--product-set", "7")[0] == 2
