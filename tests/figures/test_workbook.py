"""The annex as a workbook, out and back: nothing changes by itself, and whatever does not belong is told with its cell."""

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
from ntm_rules.figures.filled import Edit, read_workbook
from ntm_rules.figures.workbook import write_workbook
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.problems import Problem
from strategies import read_ruleset, words

NAME = "commune-ntm/2021-2025"
RULES = ntm.load(NAME)
HOME = "national/commune-ntm/2021-2025/ruleset.yaml"
Rows = dict[str, dict[str, Any]]


def edited(path: Path, edit: Callable[[Rows], Any], rules: ntm.RuleSet = RULES) -> Path:
    """The workbook with some cells changed: a row by its key, its cells by the heads of their columns."""
    write_workbook(rules, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Con số"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=2)]
    edit({row["mã dòng"].value.removeprefix("#"): row for row in rows})
    book.save(path)
    return path


def put(row: str, **cells: Any) -> Callable[[Rows], None]:
    """An edit of one row; an underline in a head stands for a blank."""

    def edit(rows: Rows) -> None:
        for head, value in cells.items():
            rows[row][head.replace("__", " / ").replace("_", " ")].value = value

    return edit


def read(path: Path, rules: ntm.RuleSet = RULES) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """What is read back."""
    return read_workbook(rules, path)


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code and what was printed."""
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rulesets, to be changed."""
    shutil.copytree(bundled().folder, tmp_path / "rulesets")
    return tmp_path / "rulesets"


SOURCE = {"mức_nguồn": "thấy trong nguồn đã công bố", "chỗ_trong_văn_bản": "Điều 1", "đã_thấy_ở": "https://example.org/bao"}
OWN = {**SOURCE, "văn_bản": "99/QĐ-UBND"}


@pytest.mark.parametrize("name", [name for name, entry in bundled().rulesets.items() if not (entry.path.parent / "sheets").is_dir()])
def test_what_was_written_reads_back_without_a_difference(tmp_path: Path, name: str) -> None:
    """Every shipped set of criteria: no edit, no problem; the same bytes twice."""
    rules = ntm.load(name)
    write_workbook(rules, tmp_path / "w.xlsx")
    first = (tmp_path / "w.xlsx").read_bytes()
    write_workbook(rules, tmp_path / "w.xlsx")
    assert (tmp_path / "w.xlsx").read_bytes() == first
    assert read(tmp_path / "w.xlsx", rules) == ((), ())


def test_the_workbook_is_the_annex_one_row_an_indicator_with_its_columns_side_by_side(tmp_path: Path) -> None:
    """The regions of 10.1 for 2024 stand in one row a source; answers and levels are Vietnamese words, chosen from lists."""
    write_workbook(RULES, tmp_path / "w.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["Con số"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=2, values_only=True)]
    one = next(row for row in rows if row["số"] == "1.1")
    assert (one["mức chung"], one["mức nguồn"], one["văn bản"]) == ("có", "ghi theo trí nhớ, chưa đối chiếu", "318/QĐ-TTg")
    assert next(row for row in rows if row["số"] == "2.1")["mức chung"] == "tỉnh quy định"
    assert any(sum(bool(row[head]) for head in heads if " / " in str(head)) > 5 for row in rows if row["số"] == "10.1")
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) >= 2
    assert len({row["mã dòng"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("written", "value"),
    [("82.5", "82.5"), ("82,5", "82.5"), (82.5, "82.5"), (82, "82"), ("0,625%", "0.625")],
)
def test_figures_are_read_as_people_write_them(tmp_path: Path, written: Any, value: str) -> None:
    """Decimal commas, texts and numbers."""
    edits, problems = read(edited(tmp_path / "w.xlsx", put("3.1", mức_chung=written)))
    assert problems == ()
    assert [(one.old.number, one.new) for one in edits] == [("3.1", {"value": value})]


@pytest.mark.parametrize("written", [0.85, "0,85", "0.85"], ids="workbook-fraction {}".format)
def test_a_share_a_hundred_times_too_small_is_asked_about_and_never_taken(tmp_path: Path, written: Any) -> None:
    """0.85 where 80 stood: 85 or 0.85 %? A share typed with its sign, or shown as one, is what it says."""
    edits, [problem] = read(edited(tmp_path / "w.xlsx", put("3.1", mức_chung=written)))
    assert edits == ()
    assert (problem.code, problem.words) == ("NTM-510", {"got": "0.85", "percent": "85"})


@pytest.mark.parametrize(
    ("edit", "code", "where"),
    [
        (put("3.1", mức_chung="tám mươi"), "NTM-204", "mức chung"),
        (put("3.1", mức_chung="1.000,5"), "NTM-204", "mức chung"),
        (put("3.1", mức_chung=140), "NTM-211", "mức chung"),
        (put("3.1", mức_chung=-5), "NTM-211", "mức chung"),
        (put("3.1", mức_chung=True), "NTM-204", "mức chung"),
        (put("3.1", mức_chung=date(2024, 5, 1)), "NTM-204", "mức chung"),
        (put("3.1", mức_chung="=100-20"), "NTM-507", "mức chung"),
        (put("1.1", mức_chung="đúng"), "NTM-801", "mức chung"),
        (put("1.1", mức_chung="không"), "NTM-801", "mức chung"),
        (put("3.1", mức_chung=None), "NTM-726", "mức chung"),
        (put("3.1", Tây_Nguyên=70), "NTM-725", "Tây Nguyên"),
        (put("3.1", mức_nguồn="chắc chắn"), "NTM-801", "mức nguồn"),
        (put("2.1", mức_chung=100), "NTM-727", "mức chung"),
        (put("2.1", mức_chung=100, **{**OWN, "đã_thấy_ở": None}), "NTM-218", "đã thấy ở"),
        (put("17.10", số=17.1), "NTM-723", "số"),
        (put("3.1", đơn_vị="điểm"), "NTM-723", "đơn vị"),
        (put("3.1", phép_so="≤"), "NTM-723", "phép so"),
        (put("3.1", tên_chỉ_tiêu="Tên khác"), "NTM-723", "tên chỉ tiêu"),
        (put("3.1", mã_dòng="#3.1.9"), "NTM-819", "mã dòng"),
        (put("3.1", bộ_tiêu_chí="commune-advanced/2021-2025"), "NTM-721", "bộ tiêu chí"),
        (put("3.1", tỉnh="kon-tum"), "NTM-721", "tỉnh"),
        (put("3.1", luật_ngày="2024-06-30"), "NTM-721", "luật ngày"),
        (put("3.1", sha256_của_bộ="0"), "NTM-722", "sha256 của bộ"),
        (put("3.1", phiên_bản="1.0.0"), "NTM-722", "phiên bản"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_and_nothing_is_edited(
    tmp_path: Path, edit: Callable[[Rows], Any], code: str, where: str
) -> None:
    """Each slip with the address of its cell: figures, sources, locked cells, what the workbook is of."""
    path = edited(tmp_path / "w.xlsx", edit)
    edits, problems = read(path)
    assert edits == ()
    assert [problem.code for problem in problems] == [code]
    heads = [cell.value for cell in openpyxl.load_workbook(path)["Con số"][1]]
    column = openpyxl.utils.get_column_letter(heads.index(where) + 1)
    assert problems[0].place.path == f"Con số!{column}{problems[0].place.line}"


@pytest.mark.parametrize(("written", "guess"), [("≥ 85", "85"), ("≥ 82,5 %", "82.5"), ("1 000", "1000"), ("８５", "85")])
def test_a_number_with_its_sign_or_unit_is_told_with_the_number_alone(tmp_path: Path, written: str, guess: str) -> None:
    """As the same slip in a file is."""
    _, problems = read(edited(tmp_path / "w.xlsx", put("3.1", mức_chung=written)))
    assert [(one.code, one.words["guess"]) for one in problems] == [("NTM-204", guess)]


@pytest.mark.parametrize(
    ("written", "new"),
    [("tỉnh quy định", "delegated"), ("Do tỉnh quy định", "delegated"), ("chưa có", "missing"), ("chưa có số liệu", "missing")],
)
def test_a_figure_is_withdrawn_or_left_to_the_province_in_words(tmp_path: Path, written: str, new: str) -> None:
    """As the cell says it, and as the pages do."""
    edits, problems = read(edited(tmp_path / "w.xlsx", put("3.1", mức_chung=written)))
    assert ([dict(one.new) for one in edits], problems) == ([{new: True}], ())


def changed(path: Path, edit: Callable[[Any, list[Any]], Any]) -> tuple[tuple[Edit, ...], list[str]]:
    """What is read of a workbook in which 3.1 became 85 and the sheet was handled so, and the codes told."""
    book = openpyxl.load_workbook(edited(path, put("3.1", mức_chung=85)))
    sheet = book["Con số"]
    edit(sheet, [cell.value for cell in sheet[1]])
    book.save(path)
    edits, problems = read(path)
    return edits, [problem.code for problem in problems]


def test_what_a_clerk_does_to_a_sheet_is_read_or_told_once(tmp_path: Path) -> None:
    """A title above, columns elsewhere: read. A row put in, a head misspelt: told, and not a second time for each cell below."""
    path = tmp_path / "w.xlsx"

    def put_in(sheet: Any, heads: list[Any]) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, heads.index("số") + 1).value = "2.5"
        sheet.cell(row, heads.index("mức chung") + 1).value = 90

    def misspell(sheet: Any, heads: list[Any]) -> None:
        sheet.cell(1, heads.index("Tây Nguyên") + 1).value = "Tây Nguyn"

    for edit in (lambda sheet, _: sheet.insert_rows(1), lambda sheet, _: sheet.move_range(f"A1:A{sheet.max_row}", cols=60)):
        edits, codes = changed(path, edit)
        assert ([one.new for one in edits], codes) == ([{"value": "85"}], [])
    assert changed(path, put_in) == ((), ["NTM-819"])
    assert changed(path, misspell) == ((), ["NTM-501"])


def test_a_row_that_stands_twice_is_told(tmp_path: Path) -> None:
    """A copied row says one thing twice; which of them counts nobody knows."""

    def copy(rows: Rows) -> None:
        for head, cell in rows["3.2"].items():
            cell.value = rows["3.1"][head].value

    edits, problems = read(edited(tmp_path / "w.xlsx", copy))
    assert (edits, [problem.code for problem in problems]) == ((), ["NTM-724"])


def test_merged_figures_are_refused_and_deleted_rows_change_nothing(tmp_path: Path) -> None:
    """Merging would withdraw what is under it; a row left out, also the neighbour of 17.10, moves no figure."""
    path = edited(tmp_path / "w.xlsx", lambda rows: None)
    book = openpyxl.load_workbook(path)
    sheet = book["Con số"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "17.1")
    sheet.delete_rows(row)
    book.save(path)
    assert read(path) == ((), ())
    sheet.merge_cells("C5:E5")
    book.save(path)
    edits, problems = read(path)
    assert edits == ()
    assert "NTM-509" in {problem.code for problem in problems}


def test_another_set_is_refused_at_once(tmp_path: Path) -> None:
    """An export of the advanced set is not read as the commune set, however many numbers they share."""
    write_workbook(ntm.load("commune-advanced/2021-2025"), tmp_path / "w.xlsx")
    _, problems = read(tmp_path / "w.xlsx")
    assert "NTM-721" in {problem.code for problem in problems}


def test_a_base_that_moved_is_refused_with_what_changed(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A colleague made 3.1 85 after the export: the message says so, and the figure stays."""
    write_workbook(RULES, tmp_path / "w.xlsx")
    path = folder / HOME
    path.write_text(
        path.read_text("utf-8").replace(
            "at_least: 80\n        source: {at: Phụ lục I mục 3.1", "at_least: 85\n        source: {at: Phụ lục I mục 3.1"
        ),
        "utf-8",
    )
    before = path.read_bytes()
    code, _, err = said(capsys, "workbook", NAME, "--read", tmp_path / "w.xlsx", "--into-place", "--rulesets", folder)
    assert code == 1
    assert "NTM-722" in err
    assert "3.1: 80 → 85" in err
    assert path.read_bytes() == before


def test_a_figure_goes_into_its_file_on_one_line(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number, a level beside its number, a cell of a table with a source of its own: three lines differ, each comment stays."""
    before = (folder / HOME).read_text("utf-8")

    def edit(rows: Rows) -> None:
        put("3.1", mức_chung="82,5")(rows)
        put("5.1", mức_nguồn="ghi theo trí nhớ, chưa đối chiếu")(rows)
        put("4.2 (dong-bang-song-hong)", **{"Đồng_bằng_sông_Hồng": 98, **SOURCE})(rows)

    path = edited(tmp_path / "w.xlsx", edit)
    code, out, err = said(capsys, "workbook", NAME, "--read", path, "--into-place", "--rulesets", folder)
    assert (code, err) == (0, "")
    after = (folder / HOME).read_text("utf-8")
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert [new.strip() for _, new in changed] == [
        "at_least: 82.5",
        "dong-bang-song-hong: {value: 98, level: published, at: Điều 1, seen: ['https://example.org/bao']}",
        "level: recalled",
    ]
    assert "CHANGELOG.md" in out
    rules = ntm.load(NAME, catalogue=Catalogue(folder))
    assert rules.document.indicators["3.1"].bound.value == "82.5"


@pytest.mark.parametrize(
    ("edit", "exit_code", "code"),
    [
        (put("2.1", mức_chung=100, **OWN), 2, "NTM-728"),
        (put("3.1", mức_chung=70, **{**OWN, "văn_bản": "99/QĐ-UBND (Kon Tum)"}), 2, "NTM-728"),
        (put("3.1", mức_chung=140), 1, "NTM-211"),
    ],
)
def test_what_does_not_belong_into_a_file_is_refused_and_the_file_stays(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[Rows], Any], exit_code: int, code: str
) -> None:
    """A province's figure under the Prime Minister's decision, another document's figure; a share above 100 is told at its cell."""
    before = (folder / HOME).read_bytes()
    path = edited(tmp_path / "w.xlsx", edit)
    ended, _, err = said(capsys, "workbook", NAME, "--read", path, "--into-place", "--rulesets", folder)
    assert ended == exit_code
    assert code in err
    assert (folder / HOME).read_bytes() == before


def test_a_province_enters_its_decision_from_the_workbook(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two delegated levels with their own places become Kon Tum's document; nothing stands under the decision of the nation."""
    rules = ntm.load(NAME, province="kon-tum")

    def edit(rows: Rows) -> None:
        put("2.1", mức_chung=100, **OWN)(rows)
        put("2.2", mức_chung="82,5", **{**OWN, "chỗ_trong_văn_bản": "Điều 2"})(rows)

    path = edited(tmp_path / "w.xlsx", edit, rules)
    call = ("workbook", NAME, "--province", "kon-tum", "--read", path, "--rulesets", folder, "--instrument", "99/QĐ-UBND")
    code, _, err = said(capsys, *call)
    assert code == 2
    assert "--from" in err
    code, _, err = said(capsys, *call, "--from", "2024-06-01", "--title", "Quy định mức", "--issued", "15/05/2024")
    assert code == 0, err
    written = (folder / "provinces/kon-tum/commune-ntm-2021-2025-99-qd-ubnd/overlay.yaml").read_text("utf-8")
    assert "instrument: 99/QĐ-UBND (Kon Tum)" in written
    assert "{at: Điều 2, level: published" in written
    assert "318" not in written
    found = ntm.load(NAME, on=date(2024, 6, 30), province="kon-tum", catalogue=Catalogue(folder))
    assert found.document.indicators["2.2"].bound.value == "82.5"


def test_a_figure_of_another_document_and_a_cell_of_a_table_make_no_new_document(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """3.1 still names the decision of the Prime Minister; 4.2 stands in a table: both are told, nothing is written."""

    def edit(rows: Rows) -> None:
        put("3.1", mức_chung=85)(rows)
        put("4.2 (dong-bang-song-hong)", **{"Đồng_bằng_sông_Hồng": 100, **OWN})(rows)
        put("6.3", mức_chung="chưa có")(rows)

    path = edited(tmp_path / "w.xlsx", edit)
    options = ("--instrument", "99/QĐ-UBND", "--from", "2024-06-01", "--title", "Quy định", "--province", "kon-tum")
    before = sorted(folder.rglob("*"))
    write_workbook(ntm.load(NAME, province="kon-tum"), tmp_path / "unused.xlsx")
    path = edited(tmp_path / "w.xlsx", edit, ntm.load(NAME, province="kon-tum"))
    code, _, err = said(capsys, "workbook", NAME, "--read", path, "--rulesets", folder, *options)
    assert code == 2
    assert {"NTM-728", "NTM-836", "NTM-727"} <= {word.strip(":") for word in err.split()}
    assert sorted(folder.rglob("*")) == before


def test_a_draft_has_its_own_document_and_a_plain_name(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is set up beside the texts, differs by its figure alone, overwrites nothing and stands nowhere else."""

    key = next(line for line in _keys(RULES) if line.startswith("10.1") and "tay-nguyen / 2024" in _keys(RULES)[line])
    path = edited(tmp_path / "w.xlsx", put(key, **{"Tây_Nguyên__2024": 52, **OWN, "văn_bản": "211/QĐ-TTg"}))
    call = ("workbook", NAME, "--read", path, "--rulesets", folder)
    options = ("--instrument", "211/QĐ-TTg", "--from", "2024-06-01")
    code, _, err = said(capsys, *call, "--draft", "../../x", *options)
    assert (code, "NTM-711" in err) == (2, True)
    code, _, err = said(capsys, *call, "--draft", "thu", "--instrument", "9999/QĐ-TTg", "--from", "2024-06-01")
    assert (code, "NTM-215" in err) == (2, True)
    code, _, err = said(capsys, *call, "--draft", "thu", "--instrument", "318/QĐ-TTg", "--from", "2024-06-01")
    assert (code, "NTM-728" in err) == (2, True)
    code, _, err = said(capsys, *call, "--draft", "thu", *options)
    assert code == 0, err
    assert "instrument: 211/QĐ-TTg" in (folder / "drafts/thu/overlay.yaml").read_text("utf-8")
    code, _, err = said(capsys, *call, "--draft", "thu", *options)
    assert (code, "NTM-712" in err) == (2, True)
    catalogue, on = Catalogue(folder), date(2024, 6, 30)
    found = ntm.diff(ntm.load(NAME, on=on, catalogue=catalogue), ntm.load(NAME, on=on, drafts=[f"{NAME}/thu"], catalogue=catalogue))
    assert {(one.at, one.column) for one in found} == {("10.1", ("tay-nguyen", "2024"))}


def _keys(rules: ntm.RuleSet) -> dict[str, list[str]]:
    from ntm_rules.figures.workbook import lines_of

    return {key.removeprefix("#"): [" / ".join(one.column) for one in line.figures] for key, line in lines_of(rules).items()}


def test_the_numbers_of_a_list_are_read_one_by_one(tmp_path: Path) -> None:
    """A list of figures is edited as a list, down to one figure; a cell in which one of them is no number is told."""
    measure = {"unit": "hộ"}
    one = {
        "indicator": "1.1",
        "title": words("Số hộ"),
        "measure": measure,
        "one_of": ["5", "10"],
        "source": {"level": "recalled", "at": "x"},
    }
    data = {"ruleset": "test/2024", "version": "1.0.0", "title": words("Bộ thử"), "subject": "commune", "instrument": "1/QĐ-TTg"}
    criteria = [{"criterion": "1", "title": words("Hộ"), "indicators": [one]}]
    rules = read_ruleset({**data, "in_force": {"from": "2024-01-01"}, "criteria": criteria})
    for written, value, codes in (("5 | 10", None, []), ("5 | 20", ["5", "20"], []), ("5", ["5"], []), ("5 | hai", None, ["NTM-204"])):
        edits, problems = read(edited(tmp_path / "w.xlsx", put("1.1", mức_chung=written), rules), rules)
        assert [edit.new["value"] for edit in edits] == ([] if value is None else [value])
        assert [problem.code for problem in problems] == codes


def test_the_command_writes_and_reads(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Out with 0, back unchanged with 0, back changed with 1 where nothing says whereto; neither or both options is a wrong call."""
    path = tmp_path / "w.xlsx"
    assert said(capsys, "workbook", NAME, "-o", path)[0] == 0
    assert said(capsys, "workbook", NAME, "--read", path)[0] == 0
    assert said(capsys, "workbook", NAME, "-o", tmp_path / "w.csv")[0] == 2
    changed = edited(tmp_path / "c.xlsx", put("6.3", mức_chung=90))
    code, out, _ = said(capsys, "workbook", NAME, "--read", changed)
    assert (code, "6.3: 100 → 90" in out) == (1, True)
    assert said(capsys, "workbook", NAME, "--read", changed, "--json")[0] == 1
    code, _, err = said(capsys, "workbook", NAME)
    assert (code, "NTM-708" in err) == (2, True)
    assert said(capsys, "workbook", NAME, "--read", changed, "--into-place", "--draft", "x")[0] == 2


def test_two_people_who_edit_one_cell_do_not_undo_each_other(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first edit is in its file; the second workbook is refused with what changed since, and the first edit stays."""
    first, second = (edited(tmp_path / f"{i}.xlsx", put("3.1", mức_chung=value)) for i, value in enumerate(("82.5", "87")))
    for path, code in ((first, 0), (second, 1)):
        ended, _, err = said(capsys, "workbook", NAME, "--read", path, "--into-place", "--rulesets", folder)
        assert ended == code, err
    assert "NTM-722" in err
    assert "3.1: 80 → 82.5" in err
    assert ntm.load(NAME, catalogue=Catalogue(folder)).document.indicators["3.1"].bound.value == "82.5"
