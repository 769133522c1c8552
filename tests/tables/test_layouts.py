"""Tables however they lie: a row a unit, criteria down the rows, a row a figure, a sheet a unit, headings of several rows."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tables.conftest import SHARED, Maker

import ntm_rules as ntm
from ntm_rules.tables.read.table import Table, read_table

_FIGURES = st.decimals(2, 900, places=2).map(str)
_SHARES = st.decimals(2, 100, places=1).map(str)
_VERDICTS = st.sampled_from(["đạt", "chưa đạt"])
_HEADS = {"10.1": _FIGURES, "3.1": _SHARES, "15.1": _SHARES, "6.1": _VERDICTS, "19 (xác nhận)": _VERDICTS, "xác nhận 10": _VERDICTS}
_SUBJECTS = st.lists(
    st.fixed_dictionaries({"10.1": _FIGURES}, optional={head: cells for head, cells in _HEADS.items() if head != "10.1"}),
    min_size=2,
    max_size=5,
)


def _read(folder: Any, rules: ntm.RuleSet, rows: list[list[Any]]) -> Table:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    (folder / "bang.csv").write_text(text.getvalue(), "utf-8")
    return read_table(folder / "bang.csv", rules, constants=SHARED)


def _book(folder: Any, sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> Any:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(folder / "bang.xlsx")
    return folder / "bang.xlsx"


def _notes(table: Table) -> dict[str, dict[str, Any]]:
    return {note.code: note.words for note in table.notes}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subjects=_SUBJECTS)
def test_the_same_subjects_in_every_layout_are_the_same_subjects(subjects, tmp_path, rules):
    """A row a unit, criteria down the rows, a row a figure, a sheet a unit: one set of facts, one decision at every node."""
    ids = [f"X{number}" for number, _ in enumerate(subjects)]
    plain = [["mã xã", *_HEADS], *([name, *(one.get(head) for head in _HEADS)] for name, one in zip(ids, subjects, strict=True))]
    across = [["TT", "Tiêu chí", *([None] * len(ids))], ["", "Mã xã", *ids]]
    across += [[number, head, *(one.get(head) for one in subjects)] for number, head in enumerate(_HEADS, 1)]
    across[0] = ["TT", "Tiêu chí", *(f"Xã {name}" for name in ids)]
    long = [["Mã xã", "Chỉ tiêu", "Giá trị"]]
    long += [[name, head, one[head]] for name, one in zip(ids, subjects, strict=True) for head in one]
    sheets = {
        name: [["Mã xã:", name], ["TT", "Nội dung", "Kết quả"], *([number, head, one.get(head)] for number, head in enumerate(_HEADS, 1))]
        for name, one in zip(ids, subjects, strict=True)
    }
    tables = [_read(tmp_path, rules, rows) for rows in (plain, across, long)]
    tables.append(read_table(_book(tmp_path, sheets), rules, constants=SHARED))
    nodes = [number for part in rules.document.sections for number in (part.criterion, *(one.indicator for one in part.indicators))]
    expected = {row.id: row.subject for row in tables[0].rows}
    for table in tables:
        assert table.all_problems == ()
        found = {row.id: row.subject for row in table.rows}
        for name, subject in expected.items():
            assert (found[name].values, found[name].attested) == (subject.values, subject.attested)
            decided, other = rules.evaluate(subject), rules.evaluate(found[name])
            assert {node: decided[node].outcome for node in nodes} == {node: other[node].outcome for node in nodes}
    assert ["NTM-536" in _notes(table) for table in tables] == [False, True, True, True]


def test_criteria_down_the_rows_of_one_commune(tmp_path, rules):
    """The form of a commune: its name in the title, result and verdict beside each other, what is required for people only."""
    rows = [
        ["BIỂU ĐÁNH GIÁ MỨC ĐỘ ĐẠT TỪNG TIÊU CHÍ NÔNG THÔN MỚI CỦA XÃ MẪU MỘT"],
        ["TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu", "Kết quả thực hiện", "Đánh giá"],
        [10, "Thu nhập", "10.1. Thu nhập bình quân đầu người", "≥ 50", 51.5, "Đạt"],
        [15, "Y tế", "15.1. Tỷ lệ người dân tham gia BHYT", "≥ 95%", 0.96, "Đạt"],
        [19, "Quốc phòng và An ninh", None, None, None, "Chưa đạt"],
    ]
    table = read_table(_book(tmp_path, {"Biểu": rows}), rules, constants=SHARED)
    [row] = table.rows
    assert (row.name, [(problem.code, problem.place.path) for problem in table.all_problems]) == ("Mẫu Một", [("NTM-510", "Biểu!E4")])
    rows[3][4] = 96
    [row] = read_table(_book(tmp_path, {"Biểu": rows}), rules, constants=SHARED).rows
    assert dict(row.subject.values) == {"10.1": 51.5, "15.1": 96}
    assert dict(row.subject.attested) == {"10.1": True, "15.1": True, "19": False}


@pytest.mark.parametrize(
    ("units", "names"), [(["Kết quả thực hiện"], ["Mẫu Một"]), (["Xã Mẫu Một", "Xã Mẫu Hai"], ["Xã Mẫu Một", "Xã Mẫu Hai"])]
)
def test_a_first_criterion_that_the_set_does_not_know_names_no_units(units, names, tmp_path, rules):
    """What stands below «Nội dung tiêu chí» is a criterion: its figures are no names of communes, and that it is not known is told."""
    rows = [
        ["Xã: Mẫu Một"],
        ["TT", "Tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu", *units],
        [10, "Thu nhập", "Thu nhập một người một năm", "≥ 48", *("51,5" for _ in units)],
        [15, "Y tế", "15.1. BHYT", "≥ 95%", *("88,5" for _ in units)],
        [None, None, "15.4. Sổ khám chữa bệnh điện tử", "≥ 90%", *("88,5" for _ in units)],
    ]
    table = read_table(_book(tmp_path, {"Biểu": rows}), rules, constants=SHARED)
    assert [row.name for row in table.rows] == names
    assert [(one.code, one.place.path) for one in table.all_problems] == [("NTM-501", "Biểu!C3")]


def test_one_indicator_among_the_criteria_down_the_rows_is_known_by_its_number(tmp_path, rules):
    """«10.1 | Thu nhập» between criteria is the indicator, which has a figure; «10 | Thu nhập» the criterion, which is stated."""
    rows = [["TT", "Tiêu chí", "Xã Mẫu Một"], [1, "Quy hoạch", "Đạt"], ["10.1", "Thu nhập", 62], [19, "Quốc phòng và An ninh", "Đạt"]]
    [row] = read_table(_book(tmp_path, {"Biểu": rows}), rules, constants=SHARED).rows
    assert (dict(row.subject.values), dict(row.subject.attested)) == ({"10.1": 62}, {"1": True, "19": True})
    rows[2][0], rows[2][2] = 10, "Đạt"
    [row] = read_table(_book(tmp_path, {"Biểu": rows}), rules, constants=SHARED).rows
    assert (dict(row.subject.values), dict(row.subject.attested)) == ({}, {"1": True, "10": True, "19": True})


def test_criteria_down_the_rows_of_several_communes_with_result_and_verdict(tmp_path, rules):
    """Two rows of heading, a unit of measure in its own column, codes in a row: told where what cannot be taken stands."""
    rows = [
        ["STT", "Tiêu chí", "Đơn vị tính", "Xã Mẫu Một", None, "Xã Mẫu Hai", None, "Tổng cộng"],
        [None, None, None, "Kết quả", "Đánh giá", "Kết quả", "Đánh giá", None],
        ["Mã xã", None, None, "001", None, "002"],
        ["10.1", "Thu nhập", "Triệu đồng/người/năm", 51.5, "Đạt", "nhiều", "Chưa đạt"],
        ["15.1", "BHYT", "%", 96, "Đạt", 97, "Đạt"],
        [None, "Chợ đêm", None, 1, None, None, None],
        ["Tổng số tiêu chí đạt", None, None, 2, None, 1],
    ]
    table = read_table(_book(tmp_path, {"B": rows}, ("D1:E1", "F1:G1")), rules, constants=SHARED)
    assert [(row.id, row.name) for row in table.rows] == [("001", "Xã Mẫu Một"), ("002", "Xã Mẫu Hai")]
    assert [(one.code, one.place.path) for one in table.all_problems] == [("NTM-561", "B!H2"), ("NTM-501", "B!B6"), ("NTM-402", "B!F4")]
    assert dict(table.rows[0].subject.attested) == {"10.1": True, "15.1": True}
    assert _notes(table)["NTM-530"]["rows"] == "7"
    assert table.understood.layout.en == "criteria down the rows, units across"
    assert [(column.key, place.path) for column, place in table.understood.columns][-2:] == [("15.1", "B!A5"), ("15.1", "B!A5")]
    rows[3][2] = "nghìn đồng"
    with pytest.raises(ntm.TableError, match="NTM-519"):
        read_table(_book(tmp_path, {"B": rows}), rules, constants=SHARED)


def test_a_value_merged_over_two_communes_is_refused_in_criteria_down_the_rows(tmp_path, rules):
    """It holds one value; of which commune is not clear."""
    rows = [["Tiêu chí", "Mẫu Một", "Mẫu Hai"], ["10.1. Thu nhập", 51.5, None], ["15.1. BHYT", 96, 97]]
    table = read_table(_book(tmp_path, {"B": rows}, ("B2:C2",)), rules, constants=SHARED)
    assert [(problem.code, problem.words["range"]) for problem in table.all_problems] == [("NTM-509", "B2:C2")] * 2


def test_a_verdict_merged_over_the_indicators_of_a_criterion_is_that_of_the_criterion(tmp_path, rules):
    """Forms give one verdict for a criterion, beside the figures of its indicators."""
    rows = [["Nội dung", "Kết quả", "Đánh giá"], ["13.1. HTX", "có", "Đạt"], ["13.2. Liên kết", "có", None], ["10.1. Thu nhập", 52, "Đạt"]]
    table = read_table(_book(tmp_path, {"Mẫu Một": rows}, ("C2:C3",)), rules, constants=SHARED)
    [row] = table.rows
    assert (row.name, dict(row.subject.attested)) == ("Mẫu Một", {"13": True, "10.1": True})


def test_years_across_are_years_of_one_unit(tmp_path, rules):
    """«Năm 2023», «Kết quả năm 2024»: one commune in two years."""
    rows = [
        ["Xã: Mẫu Một"],
        ["Chỉ tiêu", "Nội dung", "Năm 2023", "Kết quả năm 2024"],
        ["10.1", "Thu nhập", "45", "51.5"],
        ["15.1", "BHYT", "94", "96"],
    ]
    table = read_table(_book(tmp_path, {"B": rows}), rules, constants={"region": "tay-nguyen", "area": "I"})
    assert table.all_problems == ()
    assert [(row.name, row.subject.attributes["year"], row.subject.values["10.1"]) for row in table.rows] == [
        ("Mẫu Một", 2023, 45),
        ("Mẫu Một", 2024, 51.5),
    ]


def test_the_long_form_with_year_unit_of_measure_and_an_unknown_indicator(tmp_path, rules):
    """A row a figure; what is not known is told at its cell, what is said twice is refused for its unit alone."""
    rows = [
        ["DANH SÁCH SỐ LIỆU"],
        ["mã xã", "tên xã", "chỉ tiêu", "ĐVT", "giá trị", "ghi chú", "phòng"],
        ["A1", "Mẫu Một", "10.1", "triệu đồng/người/năm", "51,5", "", "x"],
        ["A1", "Mẫu Một", "15.1 BHYT", "%", "96"],
        ["A2", "Mẫu Hai", "10.1", "", "49"],
        ["A2", "Mẫu Hai", "10.1", "", "49"],
        ["A2", "Mẫu Hai", "99.9", "", "1"],
        ["A3", "Mẫu Ba", "10.1", "", "49"],
        ["A3", "Mẫu Ba", "10.1", "", "50"],
        ["", "", "", "", ""],
        ["Huyện Mẫu", "", "", "", ""],
    ]
    table = _read(tmp_path, rules, rows)
    assert [(one.code, one.place.path) for one in table.all_problems] == [("NTM-501", "C7"), ("NTM-501", "G2"), ("NTM-537", "E9")]
    assert {row.id: row.subject and dict(row.subject.values) for row in table.rows} == {
        "A1": {"10.1": 51.5, "15.1": 96},
        "A2": {"10.1": 49},
        "A3": None,
    }
    assert _notes(table)["NTM-530"]["rows"] == "11"


def test_the_long_form_with_the_unit_merged_down(tmp_path, rules):
    """A name in a merged cell is that of every row it covers; a blank one is nobody's."""
    rows = [["Tên xã", "Chỉ tiêu", "Giá trị"], ["Mẫu Một", "10.1", 51.5], [None, "15.1", 96], [None, "3.1", 85]]
    table = read_table(_book(tmp_path, {"B": rows}, ("A2:A3",)), rules, constants=SHARED)
    assert [(row.name, [one.code for one in row.problems]) for row in table.rows] == [("Mẫu Một", []), ("", ["NTM-513"])]


def test_the_long_form_and_criteria_down_the_rows_as_json(tmp_path, rules):
    """Formats with names of columns apart lie in every layout too."""
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"unit": "A1", "indicator": "10.1", "value": 51.5}, {"unit": "A1", "indicator": "15.1", "value": 96}]), "utf-8"
    )
    [long] = read_table(path, rules, constants=SHARED).rows
    path.write_text(json.dumps([{"Tiêu chí": "10.1. Thu nhập", "A1": 51.5}, {"Tiêu chí": "15.1. BHYT", "A1": 96}]), "utf-8")
    [across] = read_table(path, rules, constants=SHARED).rows
    assert (dict(long.subject.values), across.id) == (dict(across.subject.values), "A1")
    assert across.place.path == "A1"


def test_a_sheet_a_commune_in_plain_rows_bears_its_name(tmp_path, rules):
    """Sheets that bear the names of their only unit are one table; problems name the sheet."""
    sheets = {
        "Mẫu Một": [["Mã xã", "Tên xã", "10.1"], ["A1", "Mẫu Một", 51.5], [None, "Tổng cộng", 51.5]],
        "Mẫu Hai": [["Mã xã", "Tên xã", "15.1", "10.1", "chợ"], ["A2", "Xã Mẫu Hai", "nhiều", 49, 1]],
    }
    table = read_table(_book(tmp_path, sheets), rules, constants=SHARED)
    assert [(row.id, [(one.code, one.place.path) for one in row.problems]) for row in table.rows] == [
        ("A1", []),
        ("A2", [("NTM-402", "Mẫu Hai!C2")]),
    ]
    assert [(one.code, one.place.path) for one in table.problems] == [("NTM-501", "Mẫu Hai!E1")]
    assert _notes(table)["NTM-530"]["rows"] == "Mẫu Một!3"


def test_a_heading_of_two_rows_says_what_stands_below_a_criterion(tmp_path, rules):
    """Indicators below their criterion, result and verdict below an indicator, units of measure in a row of their own."""
    rows: list[list[Any]] = [
        ["Tiêu chí 10. Thu nhập là một tiêu chí khó"],
        ["Mã xã", "Tên xã", "Tiêu chí 10. Thu nhập", None, "15.1", None, None],
        [None, None, "10.1", "Đánh giá", "Kết quả", "Đánh giá", "Nơi khám"],
        [None, None, "triệu đồng", None, "%", None, None],
        ["A", "B", 1, 2, 3, 4, 5],
        ["A1", "Mẫu Một", 51.5, "Đạt", 96, "Đạt", "trạm"],
    ]
    table = read_table(_book(tmp_path, {"B": rows}, ("C2:D2", "A2:A3", "B2:B3")), rules, constants=SHARED)
    [row] = table.rows
    assert [one.words["header"] for one in table.all_problems] == ["Nơi khám"]
    assert (dict(row.subject.values), dict(row.subject.attested)) == ({"10.1": 51.5, "15.1": 96}, {"10": True, "15.1": True})
    rows[3][2] = "nghìn đồng"
    with pytest.raises(ntm.TableError, match="NTM-519"):
        read_table(_book(tmp_path, {"B": rows}), rules, constants=SHARED)


def test_the_codes_may_stand_in_the_lower_row_of_a_heading(tmp_path, rules):
    """The upper row names criteria only, the lower one everything else."""
    rows = [["", "", "Tiêu chí 10", ""], ["mã xã", "tên xã", "10.1", "Đánh giá"], ["A1", "Mẫu Một", "51.5", "đạt"]]
    [row] = _read(tmp_path, rules, rows).rows
    assert (dict(row.subject.values), dict(row.subject.attested)) == ({"10.1": 51.5}, {"10": True})


def test_lines_of_data_above_the_table_are_not_its_heading(tmp_path, rules):
    """The heading is the best row, not the first with two words that headings use."""
    rows = [
        ["Tỉnh", "Kon Tum", "", "Năm", "2024"],
        ["Tên xã", "", "", "Năm", ""],
        [],
        ["Mã xã", "Tên xã", "Khu vực", "10.1", "15.1"],
        ["A1", "M", "I", "51.5", "96"],
    ]
    [row] = _read(tmp_path, rules, rows).rows
    assert (row.id, row.number, dict(row.subject.values)) == ("A1", 5, {"10.1": 51.5, "15.1": 96})


@pytest.mark.parametrize("head", ["{title} - triệu đồng", "10.1, triệu đồng/người/năm", "{title} – triệu đồng/người"])
def test_a_unit_after_a_dash_is_no_part_of_the_name(from_csv: Maker, rules, head):
    """As in brackets; another unit is refused there too."""
    title = next(one.title.vi for one in rules.inputs if one.indicator == "10.1")
    assert from_csv(f'id;"{head.format(title=title)}"\nA1;52\n').rows[0].subject.values["10.1"] == 52
    with pytest.raises(ntm.TableError, match="NTM-519"):
        from_csv(f'id;"{head.format(title=title).replace("triệu", "nghìn")}"\nA1;52\n')


def test_two_sheets_of_two_layouts_with_several_units_need_a_choice(tmp_path, rules):
    """Only sheets of one unit each are one table."""
    sheets = {"A": [["Tiêu chí", "Một", "Hai"], ["10.1. Thu nhập", 51, 52], ["15.1. BHYT", 96, 97]], "B": [["id", "10.1"], ["A1", 51.5]]}
    with pytest.raises(ntm.TableError, match="NTM-517"):
        read_table(_book(tmp_path, sheets), rules, constants=SHARED)
    assert len(read_table(_book(tmp_path, sheets), rules, constants=SHARED, sheet="A").rows) == 2


def test_the_name_of_units_may_head_the_column_of_criteria(tmp_path, rules):
    """«Tên xã | Mẫu Một | Mẫu Hai» over the criteria; what nobody has named is told; a criterion without data says nothing."""
    rows = [
        ["Tên xã", "Mẫu Một", "Mẫu Hai"],
        ["I. KINH TẾ"],
        [],
        ["10.1. Thu nhập", "51.5", "49", "7"],
        ["3.1. Tưới tiêu", "", ""],
        ["15.1. BHYT", "đạt", "chưa đạt", "8"],
    ]
    table = _read(tmp_path, rules, rows)
    assert [(one.code, one.place.path) for one in table.all_problems] == [("NTM-561", "D4")]
    assert [(row.name, dict(row.subject.values), dict(row.subject.attested)) for row in table.rows] == [
        ("Mẫu Một", {"10.1": 51.5}, {"15.1": True}),
        ("Mẫu Hai", {"10.1": 49}, {"15.1": False}),
    ]
    assert _notes(table)["NTM-530"]["rows"] == "2"


def test_criteria_without_units_beside_them_are_no_table(tmp_path, rules):
    """A list of criteria and what they require is about no unit."""
    with pytest.raises(ntm.TableError, match="NTM-503"):
        _read(tmp_path, rules, [["10.1. Thu nhập", "50"], ["15.1. BHYT", "95"]])
    with pytest.raises(ntm.TableError, match="NTM-503"):
        _read(tmp_path, rules, [["Tiêu chí", "Yêu cầu"], ["10.1. Thu nhập", "50"], ["15.1. BHYT", "95"]])


def test_a_verdict_without_a_figure_is_read_in_the_form_of_one_commune(tmp_path, rules):
    """The result is empty, the verdict is not; a line above that says nothing does no harm; the second «Kết quả» is told."""
    rows = [
        ["Năm", "", ""],
        ["Nội dung", "Kết quả", "Đánh giá", "Kết quả"],
        ["10.1. Thu nhập", "", "đạt"],
        ["15.1. BHYT", "96", "đạt", "97"],
    ]
    rows = [["Xã: Mẫu Một"], *rows]
    table = _read(tmp_path, rules, rows)
    assert [(one.code, one.place.path) for one in table.all_problems] == [("NTM-501", "D3")]
    assert dict(table.rows[0].subject.attested) == {"10.1": True, "15.1": True}


def test_merged_values_in_sheets_of_units_name_their_sheet(tmp_path, rules):
    """Merged data are refused in every layout; other merges do no harm."""
    rows = [
        ["Nội dung", None, "Kết quả", None, "Ghi chú"],
        ["10.1. Thu nhập", None, 51.5, None, "a"],
        ["15.1. BHYT", None, None, None, "b"],
    ]
    table = read_table(_book(tmp_path, {"Mẫu Một": rows, "Mẫu Hai": rows}, ("C2:C3", "G1:H1")), rules, constants=SHARED)
    assert [one.words["range"] for one in table.all_problems] == ["Mẫu Một!C2:C3", "Mẫu Hai!C2:C3"]


def test_plain_rows_on_sheets_of_their_own_with_columns_without_heading(tmp_path, rules):
    """Merged titles do no harm there; a column that nobody has named holds nothing."""
    sheets = {name: [["BIỂU"], ["Tên xã", None, "10.1"], [name, None, 51.5]] for name in ("Mẫu Một", "Mẫu Hai")}
    table = read_table(_book(tmp_path, sheets, ("A1:C1",)), rules, constants=SHARED)
    assert [(row.name, row.problems) for row in table.rows] == [("Mẫu Một", ()), ("Mẫu Hai", ())]
