"""Which column is about what."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

import ntm_rules as ntm
from ntm_rules.decide.written.headings import Headers
from ntm_rules.loading.catalogue import bundled

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
    assert codes(from_csv("id,10.1,\nM1,51.5,7\nM2,52,8\n")) == ["NTM-561"]


def test_two_columns_for_one_indicator_are_refused(from_csv):
    """Which of the two counts cannot be known."""
    with pytest.raises(ntm.TableError, match="NTM-502"):
        from_csv(f"id,10.1,{TITLE}\nM1,51.5,40\n")


def test_a_header_with_another_unit_is_refused(from_csv):
    """44 500 nghìn đồng must not be read as 44 500 triệu đồng."""
    with pytest.raises(ntm.TableError, match="NTM-519"):
        from_csv(f"id,{TITLE} (nghìn đồng)\nM1,44500\n")


@pytest.mark.parametrize(
    "unit", ["1.000 đ/người/năm", "1000 đồng", "đ", "VND", "nghìn đồng", "ngàn đồng", "triệu đồng/người/tháng", "thousand VND", "tỷ đồng"]
)
@pytest.mark.parametrize("head", ["10.1 Thu nhập ({})", "10.1 - {}", TITLE + " ({})"])
def test_another_unit_of_money_is_refused_however_it_is_written(from_csv, head, unit):
    """In brackets or behind a dash, with or without the number of the indicator."""
    with pytest.raises(ntm.TableError, match="NTM-519"):
        from_csv(f"id;{head.format(unit)}\nM1;43250\n")


@pytest.mark.parametrize("unit", ["triệu đồng/người/năm", "triệu đồng", "tr.đ", "triệu đ/người/năm", "million VND", "1.000.000 đ"])
def test_the_unit_of_the_indicator_is_known_however_it_is_written(from_csv, unit):
    """The same scale by the year."""
    [row] = from_csv(f"id;10.1 Thu nhập ({unit})\nM1;43.25\n").rows
    assert row.subject.values["10.1"] == Decimal("43.25")


@pytest.mark.parametrize(("cell", "fixed"), [("43250", "43.25"), ("43250000", "43.25"), ("51500.5", "51.5005")])
def test_an_income_a_thousand_times_too_large_is_asked_about(from_csv, cell, fixed):
    """Thousands of dong, or dong, under millions."""
    [problem] = from_csv(f"id,10.1\nM1,{cell}\n").all_problems
    assert (problem.code, problem.words["fixed"]) == ("NTM-534", fixed)


def test_criteria_are_named_as_offices_name_them(from_csv, codes):
    """«Tiêu chí số 1», leading zeros, short forms."""
    head = ("Tiêu chí số 1", "Tiêu chí 02", "TC số 03", "TC4", "tc 05", "Tiêu chí 6: Cơ sở vật chất văn hóa")
    table = from_csv("id;" + ";".join(head) + "\nM1;" + ";".join(["đạt"] * 6) + "\n")
    assert codes(table) == []
    assert table.rows[0].subject.attested == dict.fromkeys("123456", True)


@pytest.mark.parametrize(
    "title",
    [
        "Cơ sở vật chất văn hoá",
        "Cơ sở vật chất văn hóa",
        "CƠ SỞ VẬT CHẤT VĂN HOÁ",
        "Cơ\u00a0sở vật chất văn hóa",
        "Cơ sở vật\u200b chất văn hóa",
    ],
)
def test_the_placing_of_the_tone_mark_and_invisible_characters_do_not_matter(from_csv, title):
    """hoá is hóa; a blank that does not break is a blank."""
    [row] = from_csv(f"id;10.1;{title}\nM1;51;đạt\n").rows
    assert row.subject.attested == {"6": True}


def test_every_number_of_every_set_is_a_heading():
    """Also those with letters, as values or attestations: DK1.1, MT1.1, C4b.1, S1.1, H2, CL, 6.1.3b."""
    for name in bundled().rulesets:
        headers = Headers(ntm.load(name))
        for number in headers.indicators:
            for text in (number, f"{number} Nội dung", f"Chỉ tiêu {number}.", number.lower(), number.replace("DK", "ĐK")):
                assert headers.target(text) == ("value", number), (name, text)
        for number in headers.criteria - headers.indicators.keys():
            assert headers.target(f"Tiêu chí {number}") == ("attested", number), (name, number)
        for number in headers.criteria | headers.indicators.keys():
            for text in (f"attested:{number}", f"{number} (xác nhận)"):
                assert headers.target(text) == ("attested", number), (name, text)


def test_a_number_that_only_begins_like_one_of_the_set_is_none():
    """6.1.3b is not 6.1, 10.15 is not 10.1, 15/19 is not 15."""
    headers = Headers(ntm.load("commune-ntm/2021-2025"))
    assert [headers.target(text) for text in ("10.1.3b", "10.1b", "10.15", "15/19", "101", "1.000 đ")] == [None] * 6


@pytest.mark.parametrize(
    "row",
    ["Tổng cộng,,", "Bình quân toàn huyện,,50", "TỔNG SỐ:,,9", "Toàn xã,,1", "Cộng (2 xã),,1", "Trung bình,,1", "Tên xã,Ghi chú,10.1"],
)
def test_totals_means_and_repeated_headings_are_no_units_and_are_told(from_csv, codes, row):
    """The rows are left aside with a note that names them."""
    table = from_csv(f"Tên xã,Ghi chú,10.1\nMột,,51.5\n{row}\nHai,,40\n")
    assert codes(table) == []
    assert [one.id for one in table.rows] == ["Một", "Hai"]
    [note] = [one for one in table.notes if one.code == "NTM-530"]
    assert note.words == {"count": 1, "rows": "3"}


def test_a_unit_with_a_code_is_a_unit_whatever_its_name(from_csv):
    """«Cộng Hòa» is a commune; so is one called «Tổng» that has a code."""
    assert [row.id for row in from_csv("mã xã,tên xã,10.1\nM1,Tổng,51.5\nM2,Cộng Hòa,52\n").rows] == ["M1", "M2"]
    assert [row.id for row in from_csv("tên xã,10.1\nCộng Hòa,51.5\nToàn Thắng,52\n").rows] == ["Cộng Hòa", "Toàn Thắng"]
    assert [row.id for row in from_csv("STT,mã xã,tên xã,10.1\n1,M1,Một,51.5\nTổng cộng,,,52\n").rows] == ["M1"]


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


@pytest.mark.parametrize(
    "row",
    [
        "I,Huyện Kon Rẫy,",
        ",Huyện Kon Rẫy,",
        "I. Huyện Kon Rẫy,,",
        ',"Mẫu, ngày 30 tháng 6 năm 2024",',
        "NGƯỜI LẬP BIỂU,,TM. ỦY BAN NHÂN DÂN",
    ],
)
def test_total_row_of_groups_and_signatures(from_csv, row):
    """The title of a group of communes and the block that is signed are no communes, and are told."""
    table = from_csv(f"STT,tên xã,10.1\n1,Mẫu Một,51.5\n{row}\n2,Mẫu Hai,52\n")
    assert [one.name for one in table.rows] == ["Mẫu Một", "Mẫu Hai"]
    assert table.all_problems == ()
    [note] = [one for one in table.notes if one.code == "NTM-530"]
    assert note.words == {"count": 1, "rows": "3"}


@pytest.mark.parametrize("row", ["3,Mẫu Ba,", "3,Huyện Mẫu,51", ",Mẫu Ba,"])
def test_a_commune_without_figures_is_a_commune(from_csv, row):
    """Only what names a group, in a row that says nothing else, is left aside."""
    table = from_csv(f"STT,tên xã,10.1\n1,Mẫu Một,51.5\n{row}\n")
    assert len(table.rows) == 2
