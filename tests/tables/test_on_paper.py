"""A report on paper: nothing is cut, no heading stands alone, and columns are as wide as what stands in them."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn

from ntm_rules.problems import Place, Problem
from ntm_rules.tables.write import to_docx, to_html, to_xlsx
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.spreadsheet import append_where_long, text_cell

NAMES = ", ".join(f"Xã Mẫu {number}" for number in range(40))
NOTE = "Tỷ lệ tính theo xã chắc chắn đã được công nhận; " * 6
TOLD = Report(
    "Báo cáo",
    [
        Section(
            "1. Tên đằng sau mỗi số",
            ("Nhóm", "Mức", "Số", "Tên"),
            [("A", "19", 40, NAMES), ("B", "Chưa rõ", 1, "Xã C"), ("C", "Dưới 10", 1, "Xã D")],
            [NOTE],
        )
    ],
)


def test_a_sheet_is_printed_across_as_wide_as_a_page_with_every_line_of_a_cell(tmp_path: Path) -> None:
    """Headings again on every page; a long cell has the height of its lines, and a long sentence goes on in the next row."""
    to_xlsx.report(tmp_path / "r.xlsx", TOLD, "vi")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    [top] = [row[0].row for row in sheet.iter_rows() if row[0].value == "Nhóm"]
    assert sheet.print_title_rows == f"${top}:${top}"
    said = [sheet.cell(row, 1).value for row in range(2, top - 1)]
    assert " ".join(said) == NOTE.strip()
    assert max(map(len, said)) <= 100
    assert sheet.row_dimensions[top + 1].height >= 15 * len(NAMES) / sheet.column_dimensions["D"].width
    assert sheet.row_dimensions[top + 2].height is None


def test_a_document_gives_long_texts_the_room_and_breaks_no_row(tmp_path: Path) -> None:
    """The column of names is the widest; together they are no wider than the page; a row stands on one page."""
    to_docx.report(tmp_path / "r.docx", TOLD, "vi")
    document = docx.Document(tmp_path / "r.docx")
    [table] = document.tables
    widths = [column.width.mm for column in table.columns]
    assert widths[3] > 3 * max(widths[:3])
    assert sum(widths) <= 297 - 2 * 18 + 0.5
    assert min(widths) > 2.5 * len("Số") + 4
    assert [cell.width for cell in table.rows[1].cells] == [column.width for column in table.columns]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    [note] = [each for each in document.paragraphs if each.text == NOTE]
    assert note.paragraph_format.keep_with_next


def test_columns_that_want_more_than_the_page_share_it(tmp_path: Path) -> None:
    """Thirty columns of numbers still end at the margin."""
    heads = [f"Chỉ tiêu {number}" for number in range(30)]
    to_docx.report(tmp_path / "r.docx", Report("Báo cáo", [Section("1. Rộng", heads, [["100,00%"] * 30])]), "vi")
    [table] = docx.Document(tmp_path / "r.docx").tables
    assert sum(column.width.mm for column in table.columns) <= 297 - 2 * 18 + 0.5


def test_a_page_is_printed_across_and_a_number_among_names_stands_with_them(tmp_path: Path) -> None:
    """«19» between «Chưa rõ» and «Dưới 10» is the name of a band; a count stands to the right."""
    to_html.report(tmp_path / "r.html", TOLD, "vi")
    text = (tmp_path / "r.html").read_text("utf-8")
    assert "@page{size:A4 landscape" in text
    assert "h2+p,h3+p{break-after:avoid}" in text
    assert '<td data-label="Mức">19</td><td class="n" data-label="Số">40</td>' in text


def test_where_a_problem_is_stands_whole_in_its_sheet(tmp_path: Path) -> None:
    """A place longer than its column goes on in the next line, and its row is as high."""
    place = Place("so-lieu/nam-2023/bao-cao-cac-xa-quy-iv.xlsx", 12, 16, "P12")
    problems = [Problem("NTM-810", place, {"unit": "A1", "name": "Mẫu A1"})]
    to_xlsx.report(tmp_path / "r.xlsx", Report("Báo cáo", problems=problems), "vi")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert sheet["A2"].value == str(place)
    assert len(str(place)) > sheet.column_dimensions["A"].width
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 30


def test_what_stands_beside_a_long_text_begins_at_the_top_with_it() -> None:
    """A short cell of a tall row is no line at its foot; a row of short cells is left as programs write it."""
    book = openpyxl.Workbook()
    sheet, rows = book.active, [["xã Mẫu", NAMES], ["xã Mẫu", "Đạt"]]
    for number, row in enumerate(rows, 1):
        append_where_long(sheet, number, [text_cell(sheet, value) for value in row], (20, 20))
    tall, short = sheet.iter_rows()
    assert [(cell.alignment.vertical, bool(cell.alignment.wrap_text)) for cell in tall] == [("top", False), ("top", True)]
    assert [cell.alignment.vertical for cell in short] == [None, None]
