"""Cells that are nothing a column can hold, and headings of shapes that few offices use: each is refused by its code, or read as meant."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine.inputs import Unreadable
from ntm_rules.decide.written.cells import as_code, in_unit, read_attribute, read_points
from ntm_rules.decide.written.grid import Broken, Percent, cell_of
from ntm_rules.decide.written.said import read_said
from ntm_rules.model.ruleset import Attribute
from ntm_rules.problems import TableError
from ntm_rules.tables.read.table import read_table


@pytest.mark.parametrize("cell", [Percent(Decimal(5)), True, Decimal("Infinity")])
def test_what_no_code_can_be_is_refused(cell):
    """A share, an answer and an endless number name no unit."""
    with pytest.raises(Unreadable) as caught:
        as_code(cell)
    assert caught.value.code == "NTM-411"


@pytest.mark.parametrize("cell", [Percent(Decimal(5)), True])
def test_what_no_points_can_be_is_refused(cell):
    """An assessor gives a number."""
    with pytest.raises(Unreadable) as caught:
        read_points(cell)
    assert caught.value.code == "NTM-402"


@pytest.mark.parametrize(("cell", "shown"), [(Percent(Decimal(5)), "5%"), (Decimal("Infinity"), "Infinity")])
def test_an_attribute_that_cannot_be_is_shown_as_it_stands(cell, shown, rules):
    """The class of a commune is no share and no number."""
    area: Attribute = rules.attributes["area"]
    with pytest.raises(Unreadable) as caught:
        read_attribute(cell, "area", area)
    assert caught.value.words["got"] == shown


def test_a_number_under_a_question_of_yes_or_no_is_refused(from_book):
    """5 answers nothing."""
    table = from_book([["Mã xã", "Tên xã", "13.1"], ["A1", "Mẫu Một", 5]])
    assert [problem.code for problem in table.all_problems] == ["NTM-405"]


def test_a_thing_with_a_text_is_its_text():
    """As a code that a frame keeps as a UUID."""
    code = uuid.UUID(int=1)
    assert cell_of(code) == str(code)


def test_a_day_among_the_evidence_is_a_day_and_an_error_is_none():
    """A spreadsheet makes a day of «30/6/2024» by itself."""
    assert read_said(Broken("NTM-512", "2024-06-30T00:00:00"), "evidence") == "2024-06-30"
    with pytest.raises(Unreadable) as caught:
        read_said(Broken("NTM-432", "#REF!"), "evidence")
    assert caught.value.code == "NTM-411"


def test_names_of_units_right_above_the_criteria_are_their_heading(from_book):
    """No row stands above «Tên xã | Mẫu Một | Mẫu Hai»."""
    table = from_book([["Tên xã", "Mẫu Một", "Mẫu Hai"], ["10.1 Thu nhập bình quân đầu người", 51.5, 44], ["15.1 Bảo hiểm y tế", 96, 90]])
    assert {row.subject.name: str(row.subject.values["10.1"]) for row in table.rows} == {"Mẫu Một": "51.5", "Mẫu Hai": "44"}


def test_a_year_that_is_none_is_told_at_its_cell_in_the_long_form(from_book):
    """One figure a row, with the year it is of."""
    table = from_book([["Xã", "Chỉ tiêu", "Giá trị", "Năm số liệu"], ["Mẫu Một", "10.1", 51.5, "nay"], ["Mẫu Một", "15.1", 96, 2024]])
    assert {(one.code, one.place.path) for one in table.all_problems} == {("NTM-867", "Sheet1!D2")}


def test_a_row_counted_by_a_star_is_a_unit(from_book):
    """It is neither 1, 2, 3 nor the I, II, III of groups."""
    table = from_book([["TT", "Tên xã", "10.1"], ["*", "Mẫu Một", 51.5]])
    assert [row.subject.name for row in table.rows] == ["Mẫu Một"]


def test_a_number_cell_heads_the_column_of_its_indicator(from_book):
    """15.1 can be no 15.10, which the set does not have."""
    table = from_book([["Mã xã", "Tên xã", 15.1], ["A1", "Mẫu Một", 96]])
    assert str(table.rows[0].subject.values["15.1"]) == "96"


def test_a_share_that_says_its_unit_is_not_moved_by_that_of_its_column(rules):
    """In a column of parts of one, «6,5%» is 6.5 % all the same."""
    [insured] = [one for one in rules.inputs if one.indicator == "15.1"]
    assert in_unit("6,5%", insured, 2) == "6,5%"
    shown = Percent(Decimal(96))
    assert in_unit(shown, insured, 2) is shown


def test_a_table_of_communes_is_no_table_of_districts(tmp_path):
    """Its column of communes says so."""
    path = tmp_path / "bang.csv"
    path.write_text("mã xã,xã,1.1\nA1,Mẫu Một,đạt\n", "utf-8")
    with pytest.raises(TableError) as caught:
        read_table(path, ntm.load("district-ntm/2021-2025", on=date(2024, 6, 30)))
    assert "mã xã" in str(caught.value)


def test_a_number_among_grades_is_refused_with_the_grades(tmp_path):
    """3 may be «Mức độ 3», and may be anything."""
    path = tmp_path / "bang.parquet"
    pd.DataFrame({"mã xã": ["A1"], "5.3": [3]}).to_parquet(path)
    [problem] = read_table(path, ntm.load("commune-advanced/2021-2025")).all_problems
    assert problem.code == "NTM-409"
    assert "Mức độ 3" in problem.what()


@pytest.mark.parametrize("title", ["Xã Mẫu Một, huyện Mẫu", "Xã Mẫu Một, thành phố Mẫu, tỉnh Kon Tum", "UBND xã Mẫu Một, huyện Mẫu"])
def test_the_name_above_a_table_of_one_commune_may_have_commas_of_its_own(tmp_path, title):
    """In CSV they tear the line into cells; the rest of it names no unit."""
    (path := tmp_path / "a.csv").write_text(f"{title}\nChỉ tiêu,Kết quả\n10.1,50\n9.1,đạt\n14.1,đạt\n", "utf-8")
    table = read_table(path, ntm.load("commune-ntm/2021-2025"))
    assert table.problems == ()
    [row] = table.rows
    assert (row.subject.name, row.subject.values["10.1"]) == ("Mẫu Một", 50)
