"""Which column is about what."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

import ntm_rules as ntm

TITLE = "Thu nhập bình quân đầu người"


@pytest.mark.parametrize(
    "header",
    ["10.1", "10.1 Thu nhập", "Chỉ tiêu 10.1", "10.1. Thu nhập", TITLE, TITLE.upper(), f"  {TITLE}  ", f"{TITLE} (triệu đồng/người/năm)"],
)
def test_an_indicator_is_recognised_by_number_or_title(from_csv, header):
    """However staff write the header, the value arrives at 10.1."""
    [row] = from_csv(f"mã xã;{header}\nM1;51.5\n").rows
    assert row.subject.values["10.1"] == Decimal("51.5")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_headers_and_cells_in_either_unicode_form_are_the_same(from_csv, form):
    """A table typed on a Mac reads like one typed on Windows."""
    text = unicodedata.normalize(form, f"Mã xã,Tên xã,{TITLE},19 (xác nhận)\nM1,Đắk Cấm,51.5,chưa đạt\n")
    [row] = from_csv(text).rows
    assert row.name == "Đắk Cấm"
    assert row.subject.values["10.1"] == Decimal("51.5")
    assert row.subject.attested == {"19": False}


@pytest.mark.parametrize(
    "header", ["attested:19", "19 (xác nhận)", "xác nhận 19", "Xác nhận tiêu chí 19", "19", "Tiêu chí 19", "19 (attested)"]
)
def test_a_criterion_is_attested_by_any_usual_header(from_csv, header):
    """A criterion number over đạt and chưa đạt is an attestation."""
    [row] = from_csv(f"id,10.1,{header}\nM1,51.5,đạt\n").rows
    assert row.subject.attested == {"19": True}


def test_the_order_of_columns_does_not_matter(from_csv, rules):
    """Columns are known by their headers alone."""
    one = from_csv("id,10.1,3.1,19\nM1,51.5,86,đạt\n").rows[0].subject
    other = from_csv("19,3.1,10.1,id\nđạt,86,51.5,M1\n").rows[0].subject
    assert rules.evaluate(one) == rules.evaluate(other)


def test_an_unknown_column_is_reported_with_the_nearest_name_and_rows_are_still_read(from_csv, codes):
    """Nothing is dropped in silence, and nothing else is lost."""
    table = from_csv("id,10.1,Thu nhap binh quan dau nguoi\nM1,51.5,7\n")
    assert codes(table) == ["NTM-501"]
    assert table.problems[0].place.path == "C1"
    assert "thu nhập bình quân đầu người" in table.problems[0].mend()
    assert table.rows[0].subject is not None


def test_a_column_declared_informational_is_not_reported(from_csv, codes):
    """Columns for people may stay in the table."""
    assert codes(from_csv("id,10.1,Người lập\nM1,51.5,Ông A\n", information=["người lập"])) == []


def test_data_under_an_empty_header_is_reported(from_csv, codes):
    """A column without a name has nowhere to go."""
    assert codes(from_csv("id,10.1,\nM1,51.5,7\nM2,52,8\n")) == ["NTM-501"]


def test_two_columns_for_one_indicator_are_refused(from_csv):
    """Which of the two counts cannot be known."""
    with pytest.raises(ntm.TableError, match="NTM-502"):
        from_csv(f"id,10.1,{TITLE}\nM1,51.5,40\n")


def test_a_header_with_another_unit_is_refused(from_csv):
    """44 500 nghìn đồng must not be read as 44 500 triệu đồng."""
    with pytest.raises(ntm.TableError, match="NTM-519"):
        from_csv(f"id,{TITLE} (nghìn đồng)\nM1,44500\n")


def test_a_number_cell_that_may_have_lost_a_zero_is_refused(from_book):
    """The header 17.10 typed as a number is stored as 17.1."""
    with pytest.raises(ntm.TableError, match="NTM-521"):
        from_book([["id", 17.1], ["M1", 90]])


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "mã xã\nM1\n"])
def test_a_table_without_a_header_is_refused(from_csv, text):
    """Two recognised columns are the least."""
    with pytest.raises(ntm.TableError, match="NTM-503"):
        from_csv(text)


def test_a_table_without_id_and_name_is_refused(from_csv):
    """Whom a row is about must be said."""
    with pytest.raises(ntm.TableError, match="NTM-504"):
        from_csv("10.1 Thu nhập,3.1 Tưới tiêu\n51.5,86\n")


def test_names_serve_as_ids_and_that_is_noted(from_csv):
    """A table with names only is read, with a note."""
    table = from_csv("Tên xã,10.1\nĐắk Cấm,51.5\n")
    assert table.rows[0].subject.id == "Đắk Cấm"
    assert [note.code for note in table.notes] == ["NTM-527"]


def test_titles_blank_rows_a_second_header_row_and_column_numbers_are_tolerated(from_book, codes):
    """Forms of the administration carry a title, merged headings and a row that numbers the columns."""
    rows = [
        ["BIỂU TỔNG HỢP"],
        [],
        ["STT", "Mã xã", "Tên xã", "Tiêu chí 10", None, None],
        [None, None, None, "10.1", "3.1", "9.2"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "M1", "Một", 51.5, 86, 80],
    ]

    def merge(sheet):
        sheet.merge_cells("D3:F3")
        sheet.merge_cells("A3:A4")

    table = from_book(rows, merge)
    assert codes(table) == []
    assert dict(table.rows[0].subject.values) == {"10.1": 51.5, "3.1": 86, "9.2": 80}
    assert table.rows[0].number == 6
