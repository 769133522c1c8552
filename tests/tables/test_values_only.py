"""Workbooks of other programs, and files that are too much: values only and told so; read within limits, or refused with a reason."""

from __future__ import annotations

import random
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.tables.conftest import SHARED

import ntm_rules as ntm
from ntm_rules.tables.read import limits, values_only
from ntm_rules.tables.read.plain_tables import read_plain
from ntm_rules.tables.read.table import read_table

FILES = Path(__file__).parent / "files"
_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
_KEPT = (
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data>'
    '<manifest:algorithm manifest:algorithm-name="x"/></manifest:encryption-data></manifest:file-entry>'
)


def cell(value: Any) -> str:
    """One cell of an .ods file."""
    if value is None:
        return "<table:table-cell/>"
    kinds = {bool: ("boolean", "boolean-value"), date: ("date", "date-value"), float: ("float", "value"), int: ("float", "value")}
    if type(value) in kinds:
        kind, name = kinds[type(value)]
        return f'<table:table-cell office:value-type="{kind}" office:{name}="{str(value).lower() if kind == "boolean" else value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def table_row(*values: Any, repeated: int = 1) -> str:
    """One row of an .ods file."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(map(cell, values))}</table:table-row>'


def ods(folder: Path, sheets: dict[str, str], manifest: str = "", hidden: str = "") -> Path:
    """An .ods file with these rows on these sheets."""
    path = folder / "bang.ods"
    body = "".join(
        f'<table:table table:name="{name}"{" table:style-name=" + chr(34) + "off" + chr(34) if name == hidden else ""}>{rows}</table:table>'
        for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(manifest))
        archive.writestr("content.xml", _ODS.format(body))
    return path


def refused(path: Path, rules: ntm.RuleSet, **options: Any) -> tuple[str, str]:
    """The code and the words of the refusal."""
    with pytest.raises(ntm.TableError) as error:
        read_table(path, rules, **options)
    [problem] = error.value.problems
    return problem.code, problem.what()


HEAD = table_row("Mã xã", "10.1", "15.1")


def test_an_old_workbook_is_read_by_its_values(rules):
    """Headings below a title, a code as a number or a text, a float as it is shown; an error is an empty cell; empty rows are none."""
    table = read_table(FILES / "bieu.xls", rules, constants=SHARED)
    assert [problem.code for problem in table.all_problems] == []
    assert [(row.id, row.name, row.number) for row in table.rows] == [("23311", "Một", 3), ("00679", "Hai", 4)]
    assert table.rows[0].subject.values == {"10.1": Decimal("51.5"), "15.1": Decimal("96.3")}
    assert table.rows[0].subject.attested == {"5": True}
    assert table.rows[1].place.path == "Biểu 01!4"
    [note] = [note for note in table.notes if note.code == "NTM-544"]
    assert ".xls" in note.what()


def test_a_sheet_of_another_program_is_read_by_its_values(rules, tmp_path):
    """Repeated empty rows to the end of the sheet cost nothing; a day is no figure; a percentage is a bare 0.96 that is asked about."""
    rows = HEAD + table_row(None, repeated=3) + table_row("M1", 51.5, date(2024, 6, 30)) + table_row("M2", 40, 0.96)
    table = read_table(ods(tmp_path, {"Biểu": rows + table_row(None, None, repeated=1_048_000)}), rules, constants=SHARED)
    assert [(row.number, [problem.code for problem in row.problems]) for row in table.rows] == [(5, ["NTM-512"]), (6, ["NTM-510"])]
    assert "NTM-544" in [note.code for note in table.notes]


def test_the_sheet_of_an_ods_file_is_found_or_named(rules, tmp_path):
    """Hidden sheets are not looked at unless they are named; two that hold a table are asked about."""
    empty, one, two = table_row("Ghi chú"), HEAD + table_row("M1", 51, 96), HEAD + table_row("M2", 40, 90)
    path = ods(tmp_path, {"A": empty, "B": one, "C": two}, hidden="C")
    assert [row.id for row in read_table(path, rules, constants=SHARED).rows] == ["M1"]
    assert [row.id for row in read_table(path, rules, constants=SHARED, sheet="C").rows] == ["M2"]
    assert refused(path, rules, sheet="D")[0] == "NTM-524"
    assert refused(ods(tmp_path, {"B": one + table_row("M3", 1, 2), "C": two}), rules)[0] == "NTM-517"


def test_sheets_of_one_unit_each_are_read_together_and_told_once(rules, tmp_path):
    """The note about values stands once for the file."""
    sheets = {name: HEAD + table_row(name, 51, 96) for name in ("M1", "M2")}
    table = read_table(ods(tmp_path, sheets), rules, constants=SHARED)
    assert [row.id for row in table.rows] == ["M1", "M2"]
    assert [note.code for note in table.notes].count("NTM-544") == 1


def test_other_tables_tell_it_too(tmp_path):
    """Registers and lists are read from such files as well."""
    path = ods(tmp_path, {"A": table_row("mã", "tên") + table_row("M1", "Một")})
    assert [note.code for note in read_plain(path, {"unit": ("mã",), "name": ("tên",)}, ["unit"]).notes] == ["NTM-544"]


@pytest.mark.parametrize("name", ["a.xls", "a.ods"])
def test_what_is_no_workbook_is_refused(rules, tmp_path, name):
    """Damaged, empty, or not there."""
    path = tmp_path / name
    assert refused(path, rules)[0] == "NTM-108"
    for content in (b"", b"PK\x03\x04 no", (FILES / "bieu.xls").read_bytes()[:3000]):
        path.write_bytes(content)
        assert refused(path, rules)[0] == "NTM-516"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", "x")
    assert refused(path, rules)[0] == "NTM-516"


def test_a_workbook_with_a_password_is_refused_with_the_way_out(rules, tmp_path):
    """An encrypted .xlsx is a container of the older kind; an .ods says so in its manifest."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert refused(path, rules) == ("NTM-545", "Tệp có mật khẩu.")
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    assert refused(path, rules)[0] == "NTM-516"
    assert refused(ods(tmp_path, {"A": HEAD}, manifest=_KEPT), rules)[0] == "NTM-545"


def test_a_few_characters_that_stand_for_a_sheet_full_of_cells_are_refused(rules, tmp_path):
    """A million rows of one filled cell, sixteen thousand times."""
    many = table_row("x", repeated=1_000_000).replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ')
    assert refused(ods(tmp_path, {"A": HEAD + many}), rules) == ("NTM-546", f"Bảng lớn quá: hơn {limits.MOST_CELLS} ô.")


def test_a_file_that_would_be_held_in_memory_may_be_only_so_large(rules, tmp_path):
    """200 MB of nothing: refused by its size, before it is read."""
    for name in ("a.json", "a.xls"):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.truncate(200 << 20)
        assert refused(path, rules)[0] == "NTM-102"


def test_a_text_file_of_one_line_is_refused(rules, tmp_path):
    """200 MB without a line end: no more than one line's bound is ever held."""
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    assert refused(path, rules) == ("NTM-546", f"Bảng lớn quá: hơn {limits.MOST_LINE} ký tự trong một dòng.")


def test_a_row_as_wide_as_a_sheet_is_refused_and_blank_columns_are_not(rules, tmp_path):
    """16,384 headings are no form; the blank columns that a program writes beside a table are."""
    path = tmp_path / "a.csv"
    path.write_text("Mã,10.1" + "," * 16_382 + "\nM1,51.5" + "," * 16_382 + "\n", "utf-8")
    assert [row.id for row in read_table(path, rules, constants=SHARED).rows] == ["M1"]
    path.write_text(",".join(f"c{number}" for number in range(16_384)) + "\n", "utf-8")
    assert refused(path, rules) == ("NTM-546", f"Bảng lớn quá: hơn {limits.MOST_COLUMNS} cột.")
    book = openpyxl.Workbook()
    book.active.append(["Mã", "10.1"])
    book.active["XFD2"] = 1
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx", rules)[0] == "NTM-546"


def test_reading_stops_after_many_blank_rows_and_says_where(rules, tmp_path, monkeypatch):
    """A million rows with a colour and nothing in them."""
    monkeypatch.setattr(limits, "MOST_BLANK", 20)
    path = tmp_path / "a.csv"
    path.write_text("Mã,10.1\nM1,51.5\n" + ",\n" * 15 + "M2,40\n" + ",\n" * 30 + "M3,1\n", "utf-8")
    table = read_table(path, rules, constants=SHARED)
    assert [row.id for row in table.rows] == ["M1", "M2"]
    [note] = [note for note in table.notes if note.code == "NTM-547"]
    assert note.words == {"row": 39, "limit": 20}


def test_more_rows_than_there_ever_were_communes_are_refused(rules, tmp_path, monkeypatch):
    """Before any of them is read as a commune; a file with as many line breaks and fewer rows is no such table."""
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    path, seen = tmp_path / "a.csv", []
    path.write_text("Mã,10.1\n" + "".join(f"M{number},51.5\n" for number in range(5)), "utf-8")
    watch = lambda lines: (seen.append(line) or line for line in lines)  # noqa: E731
    assert refused(path, rules, constants=SHARED, watch=watch) == ("NTM-546", "Bảng lớn quá: hơn 3 dòng.")
    assert seen == []
    path.write_text("Mã,10.1\n\n\nM1,51.5\n\n", "utf-8")
    assert [row.id for row in read_table(path, rules, constants=SHARED).rows] == ["M1"]


def test_a_file_put_together_of_two_encodings_is_refused_at_the_line_where_it_changes(rules, tmp_path):
    """The first line that is not UTF-8."""
    path = tmp_path / "a.csv"
    path.write_bytes("Mã,Tên,10.1\nM1,Đắk,51.5\n".encode() + "M2,Ân,40\n".encode("latin-1"))
    with pytest.raises(ntm.TableError) as error:
        read_table(path, rules)
    assert [(problem.code, problem.place.line) for problem in error.value.problems] == [("NTM-107", 3)]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_workbook_never_ends_the_program(rules, tmp_path, seed):
    """Bytes changed at random: it is read or refused; some of these end the process that opens them."""
    chance = random.Random(seed)
    content = bytearray((FILES / "bieu.xls").read_bytes())
    for _ in range(20):
        content[chance.randrange(6000)] = chance.randrange(256)
    (tmp_path / "a.xls").write_bytes(content)
    codes: set[str] = set()
    try:
        read_table(tmp_path / "a.xls", rules, constants=SHARED)
    except ntm.TableError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= {"NTM-516", "NTM-503", "NTM-504", "NTM-501", "NTM-545", "NTM-546"}


def test_a_workbook_that_takes_too_long_is_refused(rules, monkeypatch):
    """The process that opens it is ended."""
    monkeypatch.setattr(values_only, "_SECONDS", 0)
    assert refused(FILES / "bieu.xls", rules)[0] == "NTM-516"


def test_the_page_of_commands_states_the_limits():
    """What is promised is what is held."""
    page = (Path(__file__).parents[2] / "docs/commands.md").read_text("utf-8")
    for number in (limits.MOST_ROWS, limits.MOST_COLUMNS, limits.MOST_BLANK, limits.MOST_LINE, limits.MOST_CELLS):
        assert f"{number:,}" in page
    assert (limits.MOST_BYTES, limits.MOST_IN_MEMORY) == (1 << 30, 64 << 20)
    assert "1 GiB" in page
    assert "64 MiB" in page
