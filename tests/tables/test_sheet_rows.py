"""Sheets as other programs than Excel write them: the same cells, spelt otherwise."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from ntm_rules.tables.read.table import read_table

SHARED = {"region": "tay-nguyen", "year": 2024, "area": "I"}
HEAD = (
    '<row><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>10.1</t></is></c></row>'
)


@pytest.fixture
def from_sheet(tmp_path, rules):
    """A table from the XML of the rows of a sheet."""

    def read(rows, prefix=""):
        """The table; with a prefix, every tag bears it."""
        openpyxl.Workbook().save(tmp_path / "a.xlsx")
        name, tags = f"xmlns:{prefix}" if prefix else "xmlns", f"<sheetData>{rows}</sheetData>"
        tags = re.sub(r"<(/?)", rf"<\1{prefix}:" if prefix else r"<\1", f"<worksheet>{tags}</worksheet>")
        sheet = tags.replace("worksheet>", f'worksheet {name}="http://schemas.openxmlformats.org/spreadsheetml/2006/main">', 1)
        with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
            for part in source.infolist():
                target.writestr(part.filename, sheet if part.filename.endswith("sheet1.xml") else source.read(part))
        return read_table(tmp_path / "b.xlsx", rules, constants=SHARED)

    return read


@pytest.mark.parametrize("prefix", ["", "x"])
def test_cells_without_addresses_and_tags_with_a_prefix_are_read(from_sheet, prefix):
    """Programs may leave out where a cell stands, and may name the namespace."""
    table = from_sheet(HEAD + '<row><c t="str"><v>M1</v></c><c/><c><v>5.15E1</v></c></row>', prefix)
    assert dict(table.rows[0].subject.values) == {"10.1": Decimal("51.5")}


def test_a_text_in_several_runs_is_one_and_its_pronunciation_none_of_it(from_sheet):
    """A word in bold within a name, and what East Asian programs store beside it."""
    name = '<c t="inlineStr"><is><r><t>Xã </t></r><r><t>Một</t></r><rPh sb="0" eb="1"><t>xa mot</t></rPh></is></c>'
    [row] = from_sheet(f'{HEAD}<row><c t="str"><v>M1</v></c>{name}<c><v>50</v></c></row>').rows
    assert row.name == "Xã Một"


def test_rows_that_are_left_out_keep_the_numbers_of_the_others(from_sheet):
    """The place of a problem is the one that people see; a row that stands twice counts once."""
    cells = '<c r="A{0}" t="str"><v>M{0}</v></c><c r="C{0}"><v>{1}</v></c>'
    rows = "".join(f'<row r="{number}">{cells.format(number, value)}</row>' for number, value in ((5, "-3"), (5, "7"), (7, "50")))
    table = from_sheet(HEAD + rows)
    assert [(row.number, [one.place.path for one in row.problems]) for row in table.rows] == [(5, ["Sheet!C5"]), (7, [])]


def test_a_formula_written_once_for_many_cells_is_told_as_each_has_it(from_sheet):
    """Without their results, each names its own."""
    cells = '<c r="A{0}" t="str"><v>M{0}</v></c><c r="C{0}"><f t="shared" si="0">{1}</f></c>'
    rows = "".join(f'<row r="{number}">{cells.format(number, text)}</row>' for number, text in ((2, "A2*2"), (3, "")))
    table = from_sheet(HEAD + rows)
    assert [(one.code, one.words["got"]) for one in table.all_problems] == [("NTM-507", "=A2*2"), ("NTM-507", "=A3*2")]


@pytest.mark.parametrize(
    ("cell", "code"), [('t="d"><v>2024-05-10T00:00:00', "NTM-512"), ('t="b"><v>1', "NTM-402"), ('t="e"><v>#N/A', "NTM-506")]
)
def test_a_day_a_yes_and_an_error_are_no_numbers(from_sheet, cell, code):
    """Whatever they are stored as."""
    [row] = from_sheet(f'{HEAD}<row><c t="str"><v>M1</v></c><c/><c {cell}</v></c></row>').rows
    assert [one.code for one in row.problems] == [code]


def test_a_sheet_that_breaks_off_keeps_its_rows_and_says_so(from_sheet):
    """What stands before the damage is read."""
    rows = "".join(f'<row><c t="str"><v>M{number}</v></c><c/><c><v>50</v></c></row>' for number in range(40))
    table = from_sheet(f"{HEAD}{rows}<row><c></row>")
    assert (len(table.rows), [one.code for one in table.problems]) == (40, ["NTM-516"])


def test_a_day_beyond_the_calendar_is_an_error(tmp_path, rules):
    """A number shown as a date that no calendar has."""
    book = openpyxl.Workbook()
    book.active.append(["id", "10.1"])
    book.active.append(["M1", 1e9])
    book.active["B2"].number_format = "dd/mm/yyyy"
    book.save(tmp_path / "a.xlsx")
    [row] = read_table(tmp_path / "a.xlsx", rules, constants=SHARED).rows
    assert [(one.code, one.words["got"]) for one in row.problems] == [("NTM-506", "#VALUE!")]
