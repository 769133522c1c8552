"""CSV, Excel, JSON and Parquet as they come."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import polars
import pytest

import ntm_rules as ntm
from ntm_rules.tables.read.table import read_table

SHARED = {"region": "tay-nguyen", "year": 2024, "area": "I"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_any_usual_dress_reads_alike(from_csv, separator, encoding):
    """Separator and byte-order mark come from the program that saved the file."""
    table = from_csv("Mã xã;10.1;19\nM1;51.5;đạt\n".replace(";", separator), encoding)
    assert table.rows[0].subject.values == {"10.1": Decimal("51.5")}
    assert table.rows[0].subject.attested == {"19": True}


def test_csv_in_an_old_encoding_is_refused(from_csv):
    """Vietnamese in another encoding would be read as garbage."""
    with pytest.raises(ntm.TableError, match="NTM-107"):
        from_csv("Mã xã,10.1\nM1,1\n", "latin-1")


def test_a_quote_that_never_closes_is_reported_where_it_begins(from_csv):
    """The rows before it are read; the rest of the file is not silently one cell."""
    table = from_csv('id,name,10.1\nM1,Một,51.5\nM2,"Hai,50\nM3,Ba,50\n')
    assert [row.id for row in table.rows] == ["M1"]
    assert [(problem.code, problem.place.line) for problem in table.problems] == [("NTM-516", 3)]


@pytest.mark.parametrize("name", ["x.docx", "x", "x.pdf"])
def test_other_kinds_of_file_are_refused_with_the_known_ones(tmp_path, rules, name):
    """The message lists what can be read."""
    (tmp_path / name).write_text("")
    with pytest.raises(ntm.TableError, match=r"NTM-515.*\.xlsx"):
        read_table(tmp_path / name, rules)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.json", "x.parquet"])
def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path, rules, name):
    """No traceback of another library."""
    with pytest.raises(ntm.TableError, match="NTM-108"):
        read_table(tmp_path / name, rules)


@pytest.mark.parametrize("name", ["x.xlsx", "x.json", "x.parquet"])
def test_a_damaged_file_is_an_error_of_ours(tmp_path, rules, name):
    """Bytes that are no such file."""
    (tmp_path / name).write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ntm.TableError, match="NTM-516"):
        read_table(tmp_path / name, rules)


def test_a_workbook_with_a_broken_sheet_is_an_error_of_ours(tmp_path, rules):
    """A truncated part inside a sound archive."""
    book = openpyxl.Workbook()
    book.active.append(["id", "10.1"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part.filename, content[: len(content) // 2] if part.filename.endswith("sheet1.xml") else content)
    with pytest.raises(ntm.TableError, match="NTM-5"):
        read_table(tmp_path / "b.xlsx", rules)


def test_numbers_of_a_workbook_are_taken_exactly(from_book):
    """62.35 in the cell is 62.35 in the decision."""
    [row] = from_book([["id", "10.1", "3.1"], [23311, 62.35, 80]]).rows
    assert (row.subject.id, row.subject.values["10.1"], row.subject.values["3.1"]) == ("23311", Decimal("62.35"), Decimal(80))


@pytest.mark.parametrize(("stored", "shown"), [(0.62, "62"), (0.6235, "62.35"), (1, "100"), (0, "0"), (0.07, "7")])
def test_a_percent_formatted_cell_is_what_it_shows(from_book, stored, shown):
    """Excel stores 0.62 and shows 62%."""

    def touch(sheet):
        sheet["B2"].number_format = "0.00%"

    [row] = from_book([["id", "3.1"], ["M1", stored]], touch).rows
    assert row.subject.values["3.1"] == Decimal(shown)


def test_percent_formatted_and_plain_small_numbers_together_are_asked_back(from_book, codes):
    """In a mixed column a plain 0.05 may be 5 %."""

    def touch(sheet):
        sheet["B2"].number_format = "0%"

    table = from_book([["id", "11.1"], ["M1", 0.04], ["M2", 0.05], ["M3", 4]], touch)
    assert codes(table) == ["NTM-511"]
    assert table.rows[1].problems[0].place.path == "Sheet1!B3"


def test_percent_formatting_in_another_unit_is_refused(from_book, codes):
    """An income of 5150% is no income."""

    def touch(sheet):
        sheet["B2"].number_format = "0%"

    assert codes(from_book([["id", "10.1"], ["M1", 51.5]], touch)) == ["NTM-518"]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_a_spreadsheet_error_is_refused_at_its_cell(from_book, error):
    """A broken formula is no data, and not the text «not applicable» either."""

    def touch(sheet):
        sheet["B2"].data_type = "e"

    table = from_book([["id", "10.1"], ["M1", error], ["M2", 50]], touch)
    [problem] = table.rows[0].problems
    assert (problem.code, problem.place.path) == ("NTM-506", "Sheet1!B2")
    assert error in problem.what()
    assert table.rows[1].subject is not None


def test_a_formula_without_its_result_is_refused(from_book, codes):
    """Formulas are not computed here."""
    assert codes(from_book([["id", "10.1"], ["M1", "=25+26"]])) == ["NTM-507"]


def test_a_formula_with_its_result_is_taken_and_noted(tmp_path, rules):
    """The result that the spreadsheet stored counts, and people are told."""
    book = openpyxl.Workbook()
    book.active.append(["id", "10.1"])
    book.active.append(["M1", "=25+26.5"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for part in source.infolist():
            target.writestr(part.filename, re.sub(rb"</f><v ?(/>|></v>)", b"</f><v>51.5</v>", source.read(part)))
    table = read_table(tmp_path / "b.xlsx", rules, constants=SHARED)
    assert table.rows[0].subject.values["10.1"] == Decimal("51.5")
    assert [note.code for note in table.notes] == ["NTM-508"]


def test_a_date_in_a_column_of_numbers_is_refused(from_book, codes):
    """Spreadsheets turn 10.5 into the tenth of May."""
    assert codes(from_book([["id", "10.1"], ["M1", date(2024, 5, 10)]])) == ["NTM-512"]


def test_merged_cells_in_the_data_are_refused_with_their_range(from_book, codes):
    """One value over two communes is of which?"""
    table = from_book([["id", "10.1"], ["M1", 51.5], ["M2", None], ["M3", 50]], lambda sheet: sheet.merge_cells("B2:B3"))
    assert codes(table) == ["NTM-509", "NTM-509"]
    assert "B2:B3" in table.rows[0].problems[0].what()
    assert table.rows[2].subject is not None


def test_merged_cells_in_a_column_for_people_do_no_harm(from_book, codes):
    """A district merged over its communes is usual."""
    rows = [["Huyện", "id", "10.1"], ["Đắk Hà", "M1", 51.5], [None, "M2", 50]]
    assert codes(from_book(rows, lambda sheet: sheet.merge_cells("A2:A3"))) == []


def test_hidden_rows_and_columns_are_read_and_told(from_book):
    """A filtered table is mostly not what is seen: a note counts what is hidden."""

    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    table = from_book([["id", "10.1"], ["M1", 51.5], ["M2", 40], ["M3", 50]], hide)
    assert len(table.rows) == 3
    [note] = table.notes
    assert note.code == "NTM-532"
    assert note.words["count"] == 2


def test_zero_format_a_code_has_the_zeros_that_its_format_shows(from_book):
    """679 shown as 00679 is the code 00679; a number in such a format is still that number."""

    def zeros(sheet):
        for cell in ("A2", "A3", "B2"):
            sheet[cell].number_format = "00000"

    first, second = from_book([["id", "10.1"], [679, 51], [1234, 40]], zeros).rows
    assert (first.id, second.id) == ("00679", "01234")
    assert first.subject.values["10.1"] == 51


def test_two_sheets_with_tables_need_a_choice(tmp_path, rules):
    """The first sheet is not silently the right one."""
    book = openpyxl.Workbook()
    for title in ("2023", "2024"):
        sheet = book.create_sheet(title)
        sheet.append(["id", "10.1"])
        sheet.append([f"M-{title}", 50])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(ntm.TableError, match=r"NTM-517.*2023, 2024"):
        read_table(path, rules)
    assert read_table(path, rules, sheet="2024").rows[0].id == "M-2024"
    with pytest.raises(ntm.TableError, match="NTM-524"):
        read_table(path, rules, sheet="2025")


def test_json_subjects_and_flat_rows_give_the_same(tmp_path, rules):
    """Both forms of JSON are read; numbers are exact."""
    nested = [{"id": "M1", "values": {"10.1": 62.35, "13.4": {"not_applicable": "không có"}}, "attested": {"19": True}}]
    flat = [{"mã xã": "M1", "10.1": 62.35, "13.4": {"not_applicable": "không có"}, "19": True}]
    subjects = []
    for name, data in (("a.json", nested), ("b.json", flat)):
        (tmp_path / name).write_text(json.dumps(data))
        [row] = read_table(tmp_path / name, rules, constants=SHARED).rows
        assert row.problems == ()
        subjects.append(row.subject)
    assert rules.evaluate(subjects[0]) == rules.evaluate(subjects[1])
    assert subjects[0].values["10.1"] == Decimal("62.35")


def test_a_wrong_json_subject_is_reported_with_its_path_and_the_others_are_read(tmp_path, rules):
    """The path leads to the value."""
    (tmp_path / "a.json").write_text('[{"id": "M1", "values": {"10.1": "62,35"}}, {"id": "M2", "values": {"10.1": "62.35"}}]')
    bad, good = read_table(tmp_path / "a.json", rules, constants=SHARED).rows
    assert [(problem.code, problem.place.path) for problem in bad.problems] == [("NTM-403", "[0].10.1")]
    assert good.subject is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "NTM-516"), ('{"id": 1}', "NTM-516"), ("[1]", "NTM-516"), ('[{"id": NaN}]', "NTM-516"), ('[{"id": "a", "id": "b"}]', "NTM-502")],
)
def test_wrong_json_is_refused(tmp_path, rules, text, code):
    """Broken syntax, another shape, NaN, a key twice."""
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ntm.TableError, match=code):
        read_table(tmp_path / "a.json", rules)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"năm": 2024, "kết quả": {"xã": [{"id": "A1", "10.1": 51.5}, {"id": "A2", "10.1": 49}]}}'),
        ("a.json", '{"id": "A1", "10.1": 51.5}\n\n{"id": "A2", "10.1": 49}\n'),
        ("a.jsonl", '{"id": "A1", "10.1": 51.5}\n{"id": "A2", "10.1": 49}'),
    ],
)
def test_json_within_an_object_or_an_object_a_line_is_a_table(tmp_path, rules, name, text):
    """The only array of objects is the table; so are objects that stand a line each."""
    (tmp_path / name).write_text(text, "utf-8")
    rows = read_table(tmp_path / name, rules, constants=SHARED).rows
    assert [(row.id, row.subject.values["10.1"]) for row in rows] == [("A1", 51.5), ("A2", 49)]


@pytest.mark.parametrize("text", ['{"a": [{"id": 1}], "b": [{"id": 2}]}', '{"a": [1]}', "3"])
def test_json_without_one_table_is_refused(tmp_path, rules, text):
    """Of two arrays neither is the table."""
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ntm.TableError, match="NTM-516"):
        read_table(tmp_path / "a.json", rules)


def test_a_wrong_line_of_json_is_told_at_its_line(tmp_path, rules):
    """The second line breaks off."""
    (tmp_path / "a.jsonl").write_text('{"id": "A1"}\n{"id": \n')
    with pytest.raises(ntm.TableError) as caught:
        read_table(tmp_path / "a.jsonl", rules)
    assert [(one.code, one.place.line) for one in caught.value.problems] == [("NTM-516", 2)]


def test_parquet_is_read_by_its_column_names(tmp_path, rules):
    """Numbers of every width arrive as they print; null and NaN state nothing, as in the frame itself."""
    frame = polars.DataFrame(
        {"id": ["M1", "M2", "M3"], "10.1": [62.35, None, float("nan")], "3.1": [80, 81, 82], "9.2": [75.1, 76.2, 77.3]},
        schema_overrides={"9.2": polars.Float32},
    )
    frame.write_parquet(tmp_path / "a.parquet")
    first, second, third = read_table(tmp_path / "a.parquet", rules, constants=SHARED).rows
    assert dict(first.subject.values) == {"10.1": Decimal("62.35"), "3.1": 80, "9.2": Decimal("75.1")}
    assert set(second.subject.values) == set(third.subject.values) == {"3.1", "9.2"}


def test_a_parquet_date_is_refused(tmp_path, rules):
    """As in a workbook."""
    polars.DataFrame({"id": ["M1"], "10.1": [date(2024, 5, 10)]}).write_parquet(tmp_path / "a.parquet")
    [row] = read_table(tmp_path / "a.parquet", rules, constants=SHARED).rows
    assert [problem.code for problem in row.problems] == ["NTM-512"]


@pytest.mark.parametrize(("name", "package", "extra"), [("a.xlsx", "openpyxl", "excel"), ("a.parquet", "polars", "frames")])
def test_a_missing_package_is_named_with_its_extra(tmp_path, rules, monkeypatch, name, package, extra):
    """The message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, package, None)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ntm.MissingExtra, match=rf"ntm-rules\[{extra}\]"):
        read_table(tmp_path / name, rules)


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
def test_float_noise_a_sum_that_shows_50_is_50(tmp_path, rules, ending):
    """A binary float counts at the 15 digits that a spreadsheet shows, so the bound is reached; text stays as written."""
    noisy = {"10.1": [49.99999999999999, 0.1 + 0.2, 49.9], "3.1": [79.99999999999999, 80.0, 79.9], "id": ["M1", "M2", "M3"]}
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(list(noisy))
        for row in zip(*noisy.values(), strict=True):
            book.active.append(row)
        book.save(path)
    else:
        polars.DataFrame(noisy).write_parquet(path)
    table = read_table(path, rules, constants=SHARED)
    assert [row.subject.values["10.1"] for row in table.rows] == [Decimal(50), Decimal("0.3"), Decimal("49.9")]
    assert [row.subject.values["3.1"] for row in table.rows] == [Decimal(80), Decimal(80), Decimal("79.9")]
    decided = [rules.evaluate(row.subject) for row in table.rows]
    assert [(one["10.1"].outcome.value, one["3.1"].outcome.value) for one in decided] == [
        ("met", "met"),
        ("not_met", "met"),
        ("not_met", "not_met"),
    ]
    written = polars.DataFrame({"id": ["M1"], "10.1": ["49.99999999999999"]})
    written.write_parquet(tmp_path / "text.parquet")
    [row] = read_table(tmp_path / "text.parquet", rules, constants=SHARED).rows
    assert rules.evaluate(row.subject)["10.1"].outcome.value == "not_met"
