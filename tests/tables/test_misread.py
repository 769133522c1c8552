"""Tables that offices write and that once were misread in silence: each is right, or asked about with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from ntm_rules.decide.written.grid import Percent
from ntm_rules.decide.written.headings import header_text
from ntm_rules.problems import TableError

HEAD = ["STT", "Tên xã", "10.1", "15.1"]
TWO = [["TT", "Xã", "Tiêu chí 10", None], [None, None, "10.1", "Đánh giá"]]


def _values(table: Any) -> dict[str, dict[str, str]]:
    return {row.name or row.id: {key: str(value) for key, value in row.subject.values.items()} for row in table.rows if row.subject}


def _told(table: Any) -> list[tuple[str, int]]:
    return [(problem.code, row.number) for row in table.rows for problem in row.problems]


def _notes(table: Any) -> dict[str, Any]:
    return {note.code: note.words for note in table.notes}


def test_sub_totals_with_the_name_of_a_place_are_no_units(from_book):
    """«Cộng huyện Một», «Tổng cộng toàn tỉnh (3 xã)», «Bình quân 3 xã», and a district's own figures among its communes."""
    rows = [HEAD, ["A", "Huyện Một", 47, 93], [1, "Xã A", 51.5, 96], [2, "Cộng Hòa", 44, 91], [None, "Cộng huyện Một", 47, 93]]
    table = from_book([*rows, [None, "Tổng cộng toàn tỉnh (3 xã)", 50, 94], [None, "Bình quân 3 xã", 50, 94]])
    assert list(_values(table)) == ["Xã A", "Cộng Hòa"]
    assert _notes(table)["NTM-530"]["rows"] == "2, 5, 6, 7"


def test_a_row_numbered_as_groups_are_is_asked_about_beside_units_numbered_1_2_3(from_book):
    """«II | Đắk Hà | 47» among 1, 2, 3 may be the figure of a whole district; where all are a, b, c they are units."""
    table = from_book([HEAD, ["I", "Đắk Tô", 47, 93], [1, "Xã A", 51.5, 96], ["II", "Đắk Hà", 60, 97], [1, "Xã B", 60, 97]])
    assert (list(_values(table)), _told(table)) == (["Xã A", "Xã B"], [("NTM-554", 2), ("NTM-554", 4)])
    assert _told(from_book([HEAD, ["a", "Xã A", 51.5, 96], ["b", "Xã B", 44, 91]])) == []


@pytest.mark.parametrize(
    ("second", "got"),
    [
        (["Mã xã", "Tên xã", "11.1"], "11.1"),
        (["STT", "Đơn vị", "15.1"], "STT"),
        (["Mã xã", "Tên đơn vị", "10.1"], "Tên đơn vị"),
    ],
)
def test_a_second_table_below_is_not_read_by_the_heading_of_the_first(from_book, second, got):
    """Its rows are refused with the row in which its own heading stands; the rows of the first table are read."""
    table = from_book([["Mã xã", "Tên xã", "10.1"], ["A1", "Xã A", 51.5], [None], second, ["A2", "Xã B", 3]])
    assert (list(_values(table)), _told(table)) == (["Xã A"], [("NTM-555", 5)])
    assert table.rows[1].problems[0].words == {"row": 4, "got": got, "header": {"11.1": "10.1", "STT": "Mã xã"}.get(got, "Tên xã")}


def test_a_heading_of_two_rows_repeated_on_each_page_is_left_aside_whole(from_book):
    """Both rows of it, and what follows goes on; another one of two rows begins another table."""
    rows = [*TWO, [1, "Xã A", 51.5, "Đạt"], *TWO, [2, "Xã B", 55, "Đạt"]]
    table = from_book(rows)
    assert (list(_values(table)), _told(table), _notes(table)["NTM-530"]["rows"]) == (["Xã A", "Xã B"], [], "4, 5")
    other = from_book([*rows, ["TT", "Xã", "Tiêu chí 15", None], [None, None, "15.1", "Đánh giá"], [3, "Xã C", 96, "Đạt"]])
    assert list(_values(other)) == ["Xã A", "Xã B"]
    assert ("NTM-555", 9) in _told(other)


def test_who_signs_below_a_table_is_no_unit(from_book):
    """The name that stands alone below an office that signs; a commune without figures above it stays one."""
    rows = [HEAD, [1, "Xã A", 51.5, 96], [2, "Xã B", None, None], [None, "TM. ỦY BAN NHÂN DÂN"], [None, "CHỦ TỊCH"], [None, "Nguyễn Văn A"]]
    table = from_book(rows)
    assert list(_values(table)) == ["Xã A", "Xã B"]
    assert _notes(table)["NTM-530"]["rows"] == "4, 5, 6"


@pytest.mark.parametrize("above", [["Đơn vị tính: nghìn đồng/người/tháng"], ["ĐVT:", "1.000 đ"], ["(Đơn vị: nghìn đồng)"]])
def test_a_unit_above_the_table_is_that_of_its_columns_of_money(from_book, above):
    """«Đơn vị tính: nghìn đồng» over a column that states none: refused, as where the heading says so itself."""
    with pytest.raises(TableError) as refused:
        from_book([above, ["Mã xã", "Tên xã", "10.1"], ["A1", "Xã A", 512]])
    assert [problem.code for problem in refused.value.problems] == ["NTM-519"]


@pytest.mark.parametrize(("above", "head"), [("ĐVT: triệu đồng", "10.1"), ("Đơn vị tính: nghìn đồng", "10.1 (triệu đồng)")])
def test_a_unit_above_the_table_is_nothing_against_the_one_in_the_heading(from_book, above, head):
    """The same scale, or a heading that says its own."""
    assert _values(from_book([[above], ["Mã xã", "Tên xã", head], ["A1", "Xã A", 51.5]]))["Xã A"] == {"10.1": "51.5"}


def test_a_point_before_three_digits_is_asked_about_beside_decimal_commas(from_book):
    """«43.250» is 43,25 or 43 250 where others write «51,5»; without commas in the table it is what it says."""
    rows = [["Mã xã", "Tên xã", "10.1"], ["A1", "Xã A", "51,5"], ["A2", "Xã B", "43.250"]]
    table = from_book(rows)
    assert (list(_values(table)), _told(table)) == (["Xã A"], [("NTM-556", 3)])
    assert _values(from_book([rows[0], rows[2]]))["Xã B"] == {"10.1": "43.250"}


@pytest.mark.parametrize(
    "head",
    [
        *("10.1 Kế hoạch", "10.1 tăng so với năm trước", "15.1 (số người)", "11.1 Số hộ nghèo", "TC10 chưa đạt"),
        *("Tiêu chí 15: lý do chưa đạt", "15.1 mục tiêu 2025"),
    ],
)
def test_a_plan_a_change_a_count_or_a_reason_is_no_result(from_book, head):
    """A heading with the number of an indicator that says so is told, and its column left out."""
    table = from_book([["Mã xã", "Tên xã", head, "3.1"], ["A1", "Xã A", "đạt", 90]])
    assert [problem.code for problem in table.problems] == ["NTM-887"]
    assert _values(table)["Xã A"] == {"3.1": "90"}


@pytest.mark.parametrize("head", ["1. Thu nhập", "3.1 Thu nhập bình quân đầu người", "Tiêu chí 2: Y tế"])
def test_a_number_before_the_name_of_something_else_is_asked_about(from_book, head):
    """The numbers of a form's own are not those of the set: neither is taken."""
    table = from_book([["Mã xã", "Tên xã", head], ["A1", "Xã A", "đạt"]])
    assert [problem.code for problem in table.problems] == ["NTM-557"]
    assert table.rows[0].subject is not None
    assert not table.rows[0].subject.attested


def test_a_figure_of_another_year_in_its_heading_is_told(from_book):
    """«10.1 năm 2019» in a table assessed for 2024."""
    rows = [["Mã xã", "Tên xã", "10.1 năm 2019"], ["A1", "Xã A", 55]]
    assert _notes(from_book(rows))["NTM-866"]["count"] == 1
    assert "NTM-866" not in _notes(from_book([["Mã xã", "Tên xã", "10.1 năm 2024"], rows[1]]))


def test_criteria_down_the_rows_after_a_column_that_counts_them(from_book):
    """«TT» before the numbers of the indicators, with groups, targets and a total beside: the numbers are those of the second column."""
    rows = [["TT", "Tiêu chí", "Chỉ tiêu", "Xã A", "Xã B", "Cả huyện"], ["I", "10.1", 50, 51.5, 44, 47], [1, "15.1", 95, 96, 91, 93]]
    assert _values(from_book(rows)) == {"Xã A": {"10.1": "51.5", "15.1": "96"}, "Xã B": {"10.1": "44", "15.1": "91"}}


def test_numbers_of_the_forms_own_in_criteria_down_the_rows_give_way_to_the_names(from_book):
    """«1.1 | Thu nhập» is criterion 10 by its name; then no number of that column is the set's, and what has no known name is told."""
    rows = [["STT", "Nội dung", "Xã A"], ["1.1", "Thu nhập", "Đạt"], ["1.2", "Y tế", "Đạt"], ["10.1", "Hộ làm nghề rừng", 60]]
    table = from_book(rows)
    assert table.rows[0].subject is not None
    assert (dict(table.rows[0].subject.attested), dict(table.rows[0].subject.values)) == ({"10": True, "15": True}, {})
    assert [problem.code for problem in table.problems] == ["NTM-501"]


def test_a_number_and_a_name_that_differ_in_the_long_form_are_asked_about(from_book):
    """The figure is left out and told; the others of the unit are read."""
    head = ["TT", "Xã", "Mã chỉ tiêu", "Tên chỉ tiêu", "Giá trị"]
    table = from_book([head, [1, "Xã A", "1.1", "Thu nhập bình quân đầu người", "đạt"], [2, "Xã A", "15.1", "BHYT", 96]])
    assert [(problem.code, problem.place.path) for problem in table.problems] == [("NTM-557", "Sheet1!C2")]
    assert _values(table)["Xã A"] == {"15.1": "96"}


@pytest.mark.parametrize(
    "name",
    [
        "Số xã đạt",
        "Tỷ lệ đạt (%)",
        "So với cùng kỳ",
        "Mục tiêu 2025",
        "Kế hoạch",
        "Mức đạt chuẩn",
        "Chỉ tiêu theo QĐ 318",
        "Cao nhất",
        "Min",
    ],
)
def test_a_requirement_a_plan_or_a_comparison_among_the_rows_is_no_unit(from_book, name):
    """Left aside and told, in tables without a column that counts the rows too; a name that begins alike is a unit."""
    table = from_book([["Tên xã", "10.1", "15.1"], ["Tăng Hòa", 51.5, 96], [name, 60, 97]])
    assert (list(_values(table)), _notes(table)["NTM-530"]["rows"]) == (["Tăng Hòa"], "3")


def test_a_row_that_is_not_counted_among_units_that_are_is_asked_about(from_book):
    """«Đắk Tô» without a number, a column of notes beside; the second year of a unit has no number of its own."""
    rows = [["STT", "Tên xã", "Năm", "10.1", "Ghi chú"], [1, "Xã A", 2023, 51.5, None], [None, "Xã A", 2024, 55, None]]
    table = from_book([*rows, ["II", "Đắk Hà", 2024, 60, "xem lại"], [None, "Đắk Tô", 2024, 60, "xem lại"]], constants={"area": "I"})
    assert _told(table) == [("NTM-554", 4), ("NTM-560", 5)]


def test_units_numbered_below_the_numbers_of_their_groups(from_book):
    """1 over 1.1 and 1.2 counts a group; the numbers are not criteria down the rows, since a criterion heads the column beside."""
    table = from_book([["TT", "Đơn vị", "10.1"], [1, "Đắk Tô", 60], ["1.1", "Xã A", 51.5], ["1.2", "Xã B", 44]])
    assert (list(_values(table)), _told(table)) == (["Xã A", "Xã B"], [("NTM-554", 2)])


@pytest.mark.parametrize(
    ("keys", "first", "second"),
    [("Tên xã", "Xã A (*)", "xã A"), ("Tên xã", "Xã  B", "Xã B"), ("Mã xã", "00679", 679), ("Mã xã", "A1", "a1")],
)
def test_a_unit_that_stands_twice_is_told_however_it_is_written(from_book, keys, first, second):
    """The mark of a footnote, blanks, capitals, zeros that a spreadsheet drops."""
    assert _told(from_book([[keys, "10.1"], [first, 51.5], [second, 44]])) == [("NTM-505", 2), ("NTM-505", 3)]


@pytest.mark.parametrize(
    "head", ["10.1 (triệu đồng/hộ/năm)", "10.1 (triệu đồng / người / tháng)", "10.1 bình quân tháng", "10.1 6 tháng đầu năm"]
)
def test_income_of_a_household_or_of_months_is_not_that_of_a_head_and_year(from_book, head):
    """Refused; «đến tháng 6/2024» and «khẩu» are not."""
    with pytest.raises(TableError) as refused:
        from_book([["Mã xã", "Tên xã", head], ["A1", "Xã A", 51.5]])
    assert [problem.code for problem in refused.value.problems] == ["NTM-519"]
    table = from_book([["Mã xã", "Tên xã", "10.1 (triệu đồng/khẩu/năm) đến tháng 6/2024"], ["A1", "Xã A", 51.5]])
    assert _values(table)["Xã A"] == {"10.1": "51.5"}


def test_a_row_of_units_of_measure_below_the_heading_belongs_to_it(from_book):
    """«ĐVT | Nghìn đồng» is no unit; the heading it completes is named whole where it is not known."""
    with pytest.raises(TableError) as refused:
        from_book([["TT", "Tên xã", "10.1"], [None, "ĐVT", "Nghìn đồng"], [1, "Xã A", 51]])
    assert [problem.code for problem in refused.value.problems] == ["NTM-519"]
    table = from_book([["TT", "Tên xã", "10.1", "Tỷ lệ BHYT"], [None, None, "(triệu đồng)", "(%)"], [1, "Xã A", 51.5, 96]])
    assert [problem.words["header"] for problem in table.problems] == ["Tỷ lệ BHYT (%)"]


def test_the_contrary_of_an_indicator_is_no_result_of_it(from_book):
    """«tỷ lệ chưa tham gia» is told and left out; «đạt/chưa đạt» says nothing, and some titles say «không» themselves."""
    table = from_book([["Mã xã", "Tên xã", "15.1 tỷ lệ chưa tham gia"], ["A1", "Xã A", 96]])
    assert [problem.code for problem in table.problems] == ["NTM-887"]
    table = from_book([["Mã xã", "TC10 (đạt/không đạt)", "9.1 Không có nhà tạm"], ["A1", "Đạt", "Đạt"]])
    assert table.problems == ()


def test_a_frame_asks_what_the_same_table_asks(from_book, rules):
    """Groups, rows that are not counted, points beside commas: what a row is shows in the others, at both doors."""
    for rows in (
        [["STT", "Tên xã", "10.1"], ["I", "Đắk Hà", 47], ["1", "Xã A", 51.5], [None, "Đắk Tô", 60], ["2", "Kế hoạch", 60]],
        [["STT", "Tên xã", "10.1"], ["1", "Đắk Hà", 47], ["1.1", "Xã A", 51.5]],
        [["Mã xã", "Tên xã", "10.1"], ["A1", "Xã A", "51,5"], ["A2", "Xã B", "43.250"]],
    ):
        table = from_book(rows)
        frame = pd.DataFrame(rows[1:], columns=rows[0]).astype("string")
        answer = rules.evaluate_frame(frame, constants={"region": "tay-nguyen", "year": 2024, "area": "I"})
        told = {at + 2: text.split(" NTM-")[1][:3] for at, text in enumerate(answer["problems"]) if isinstance(text, str)}
        assert told == {number: code[4:] for code, number in _told(table)}
        assert told


@pytest.mark.parametrize(
    ("heading", "code", "got"), [(date(2024, 1, 10), "NTM-512", "2024-01-10"), ("#REF!", "NTM-506", "#REF!"), ("=A9", "NTM-507", "=A9")]
)
def test_a_heading_that_the_spreadsheet_has_turned_into_something_else_is_told_as_that(from_book, heading, code, got):
    """10.1 typed as a heading becomes a day: what the cell holds now is said, where it stands, with what to do."""
    table = from_book([["Mã xã", "Tên xã", heading, "15.1"], ["A1", "Xã A", 51.5, 96]])
    assert [(one.code, one.words["got"], one.place.path) for one in table.all_problems] == [(code, got, "Sheet1!C1")]
    assert list(_values(table)["Xã A"]) == ["15.1"]


def test_a_share_beside_the_units_of_a_form_is_told_as_it_is_shown():
    """A cell shown as 50% is called so, whatever is stored."""
    assert header_text(Percent(Decimal("50.5"))) == "50.5%"
