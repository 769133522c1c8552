"""Formats: one table of them, each with all its faces, each told where it is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_rules.cli.app import run
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.results import evaluate_table
from ntm_rules.tables.write import open as formats
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.open import FORMATS, REPORTS, RESULTS, write_report, write_results

ROWS = [["tx1", "Mẫu Một", "44,5\nthấp"], ["tx2", "=1+1", "–"]]
PROBLEM = Problem("NTM-523", Place("sổ.xlsx"))
REPORT = Report("Báo cáo", [Section("Các xã", ["Mã", "Tên", "10.1"], ROWS, ["Số liệu năm 2024."])], {"rows": 2}, "<svg/>", [PROBLEM])


def test_every_format_is_a_module_of_its_own_that_the_table_lists() -> None:
    """A file ``to_x.py`` that no ending leads to would be dead, and every ending has one."""
    folder = Path(formats.__file__).parent
    listed = {one.report.__module__.rpartition(".")[2] for one in FORMATS.values()}
    assert listed == {path.stem for path in folder.glob("to_*.py")}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_writes_reports_and_all_but_pictures_write_results(suffix: str, from_csv, tmp_path: Path) -> None:
    """Each entry of the table has all its faces, and each face writes a file that holds what it was given."""
    write_report(REPORT, tmp_path / f"report{suffix}")
    assert (tmp_path / f"report{suffix}").stat().st_size
    assert (suffix in RESULTS) is (suffix in REPORTS) is not FORMATS[suffix].picture
    if suffix in RESULTS:
        table = from_csv("id,5.1\ntx1,90\n")
        write_results(evaluate_table(table), tmp_path / f"results{suffix}", table.rules)
        assert (tmp_path / f"results{suffix}").stat().st_size


@pytest.mark.parametrize("suffix", REPORTS)
def test_a_report_says_the_same_in_every_format(suffix: str, tmp_path: Path) -> None:
    """Cells, notes and problems are there, and nothing from a cell runs."""
    path = tmp_path / f"report{suffix}"
    write_report(REPORT, path, lang="en")
    if suffix == ".json":
        assert json.loads(path.read_text("utf-8"))["data"] == {"rows": 2}
        return
    if suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["To be mended", "Các xã"]
        cells = [cell for row in book["Các xã"].iter_rows() for cell in row if cell.value is not None]
        text = "\n".join(str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells} == {"s"}  # no formula
    elif suffix == ".docx":
        import docx

        document = docx.Document(path)
        tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])
        assert "Số liệu năm 2024." in text
        assert "To be mended" in text
    else:
        text = path.read_text("utf-8-sig")
        assert "\n=1+1" not in text
    for word in ("Các xã", "10.1", "tx1", "Mẫu Một", "44,5"):
        assert word in text, word


def test_sheets_of_a_report_have_names_that_excel_takes(tmp_path: Path) -> None:
    """Long titles, titles with signs that names must not have, and the same title twice."""
    import openpyxl

    titles = ["Các xã: đạt/chưa đạt [2024]", "Các xã: đạt/chưa đạt [2024]", "x" * 40, "x" * 40, "'"]
    write_report(Report("R", [Section(title) for title in titles]), tmp_path / "r.xlsx")
    names = openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == 5
    assert all(len(name) <= 31 for name in names)


def test_a_picture_is_written_only_where_there_is_one(tmp_path: Path) -> None:
    """A listing without a drawing is refused under ``.svg``, with the endings that it has."""
    with pytest.raises(TableError) as caught:
        write_report(Report("R", []), tmp_path / "r.svg")
    assert caught.value.problems[0].words["allowed"] == ", ".join(REPORTS)
    assert not (tmp_path / "r.svg").exists()


@pytest.mark.parametrize(
    ("command", "offered"),
    [("evaluate", RESULTS), ("review", REPORTS), ("targets", REPORTS), ("diff", REPORTS), ("published", REPORTS), ("plan", tuple(FORMATS))],
)
def test_commands_offer_the_formats_that_there_are(command: str, offered: tuple[str, ...], capsys) -> None:
    """The help of ``--output`` names every ending, as the table does."""
    with pytest.raises(SystemExit):
        run([command, "--help"])
    assert " ".join(offered) in " ".join(capsys.readouterr().out.split())


def test_programs_read_results_as_numbers_and_gaps(from_csv, tmp_path: Path) -> None:
    """In Parquet a count is a number, what is not there is nothing, and the types are the same where no row could be decided."""
    import polars

    table = from_csv("id,5.1\ntx1,90\ntx2,x\n")
    write_results(evaluate_table(table), tmp_path / "two.parquet", table.rules, lang="en")
    write_results([], tmp_path / "none.parquet", table.rules, lang="en")
    two, none = (polars.read_parquet(tmp_path / name) for name in ("two.parquet", "none.parquet"))
    assert two.select("Id", "Row", "Criteria in all").rows() == [("tx1", 2, 19), ("tx2", 3, None)]
    assert two["Problems"][0] is None
    assert "NTM-40" in two["Problems"][1]
    assert none.schema == two.schema
