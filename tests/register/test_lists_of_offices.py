"""What offices keep: lists of recognised communes and products, the official list of units, days as Vietnamese write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.register.files import RegisterFile, read_register, read_units


def register(tmp_path: Path, text: str) -> RegisterFile:
    (tmp_path / "sổ.csv").write_text(text, "utf-8")
    return read_register(tmp_path / "sổ.csv")


@pytest.mark.parametrize(
    "written", ["01/06/2020", "1/6/2020", "1-6-2020", "01.06.2020", "2020-06-01", "2020-06-01 00:00:00", "ngày 01 tháng 6 năm 2020"]
)
def test_register_dates(tmp_path, written):
    """The day stands before the month, always."""
    found = register(tmp_path, f"mã,việc,danh hiệu,ngày\nA1,công nhận,ntm,{written}\n")
    assert found.problems == ()
    assert found.register.acts[0].day == date(2020, 6, 1)


@pytest.mark.parametrize(
    ("written", "guess"), [("31/04/2020", None), ("43983", "2020-06-01"), ("1/6-2020", None), ("13/13/2020", None), ("1/6/20", None)]
)
def test_a_day_that_is_none_is_refused_and_the_number_of_a_day_is_asked_about(tmp_path, written, guess):
    """43983 is how a spreadsheet keeps 1 June 2020; the 31st of April is no day."""
    found = register(tmp_path, f"mã,việc,danh hiệu,ngày\nA1,công nhận,ntm,{written}\n")
    assert [problem.code for problem in found.problems] == ["NTM-804"]
    assert found.problems[0].words["guess"] == guess
    assert found.register.acts == ()


def test_register_numbering(tmp_path):
    """Below titles, with a row of numbers under the heading and a total at the end: one act, the total told."""
    book = openpyxl.Workbook()
    rows = [
        *(
            ["SỔ CÔNG NHẬN"],
            ["Huyện", "Kon Rẫy"],
            ["STT", "Mã xã", "Tên xã", "Việc", "Danh hiệu", "Quyết định", "Ngày"],
            [f"({n})" for n in range(1, 8)],
        ),
        *(
            [1, "A1", "Mẫu Một", "công nhận", "ntm", "1/QĐ", "01/06/2020"],
            ["Tổng cộng: 1 xã"],
            [None, None, "Mẫu, ngày 30 tháng 6 năm 2024"],
        ),
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "sổ.xlsx")
    found = read_register(tmp_path / "sổ.xlsx")
    assert [act.unit for act in found.register.acts] == ["A1"]
    assert found.problems == ()
    assert [(note.code, note.words["rows"]) for note in found.notes] == [("NTM-530", "6, 7")]


def test_ocop_list_real(tmp_path):
    """A list of recognised products is a register of recognitions: the class as people write it, no «việc», no code."""
    words = "STT,Tên sản phẩm,Chủ thể,Địa chỉ,Xếp hạng,Quyết định,Ngày công nhận,Thời hạn\n"
    lines = [
        f"{n},Sản phẩm {n},HTX,Xã Mẫu,{said},{n}/QĐ-UBND,15/12/2022,36 tháng\n"
        for n, said in enumerate(("OCOP 3 sao", "4 sao", "ocop-5"), 1)
    ]
    found = register(tmp_path, words + "".join(lines))
    assert [(act.kind, act.unit, act.unit_kind, act.status) for act in found.register.acts] == [
        ("recognition", f"Sản phẩm {n}", "product", f"ocop-{n + 2}") for n in (1, 2, 3)
    ]
    assert found.problems == ()
    assert [note.code for note in found.notes] == ["NTM-527"]


@pytest.mark.parametrize(
    ("said", "status"),
    [("Đạt chuẩn NTM", "ntm"), ("NTM nâng cao", "ntm-advanced"), ("Xã nông thôn mới kiểu mẫu", "ntm-model"), ("hạng 4 sao", "ocop-4")],
)
def test_statuses_are_read_as_people_write_them(tmp_path, said, status):
    """«NTM nâng cao», «Đạt chuẩn NTM», «3 sao»."""
    [act] = register(tmp_path, f"mã,việc,danh hiệu,ngày\nA1,công nhận,{said},2020-06-01\n").register.acts
    assert act.status == status


def test_a_strange_status_is_told_with_the_nearest_three(tmp_path):
    """No list of seventy words."""
    [problem] = register(tmp_path, "mã,việc,danh hiệu,ngày\nA1,công nhận,ocop 6 sao,2020-06-01\n").problems
    assert problem.code == "NTM-801"
    assert len(str(problem.words["allowed"]).split(", ")) == 3


def test_a_line_without_an_act_needs_its_decision(tmp_path):
    """What is no recognition by a decision is not taken for one."""
    found = register(tmp_path, "mã,danh hiệu,ngày\nA1,ntm,2020-06-01\n")
    assert [(problem.code, problem.words["column"]) for problem in found.problems] == [("NTM-802", "quyết định")]
    with pytest.raises(ntm.TableError, match="NTM-802"):
        register(tmp_path, "danh hiệu,ngày,quyết định\nntm,2020-06-01,1/QĐ\n")


def test_gso_list_real(tmp_path):
    """The official list as it is downloaded: the level is the kind of unit, «Xã» before a name is no part of it."""
    (tmp_path / "gso.csv").write_text(
        "Mã,Tên,Tên Tiếng Anh,Cấp,Mã QH,Quận Huyện,Mã TP,Tỉnh / Thành Phố\n"
        "00376,Thị trấn Sóc Sơn,,Thị trấn,016,Huyện Sóc Sơn,01,Thành phố Hà Nội\n"
        "23311,Xã Đắk Cấm,,Xã,608,Thành phố Kon Tum,62,Tỉnh Kon Tum\n"
        "23284,Phường Duy Tân,,Phường,608,Thành phố Kon Tum,62,Tỉnh Kon Tum\n",
        "utf-8",
    )
    units, problems = read_units(tmp_path / "gso.csv")
    assert problems == ()
    assert [(unit.id, unit.attributes["unit_type"], unit.attributes["province"]) for unit in units] == [
        ("00376", "thị trấn", "ha-noi"),
        ("23311", "xã", "kon-tum"),
        ("23284", "phường", "kon-tum"),
    ]
    assert "Đắk Cấm" in units[1].other_names


def test_a_unit_whose_name_says_its_kind_has_that_kind(tmp_path):
    """Without a column of levels, a ward is no commune."""
    (tmp_path / "u.csv").write_text("mã,tên\n23284,Phường Duy Tân\n23311,Đắk Cấm\n", "utf-8")
    units, _ = read_units(tmp_path / "u.csv")
    assert [unit.attributes.get("unit_type") for unit in units] == ["phường", None]


def test_count_of_19(tmp_path):
    """«15/19» is 15; a count that cannot be read is unknown, told, and its commune stays on the list."""
    (tmp_path / "u.csv").write_text("mã;tên;số tiêu chí đạt\nA1;Một;15/19\nA2;Hai;19 TC\nA3;Ba;12\nA4;Bốn;12,0\n", "utf-8")
    units, problems = read_units(tmp_path / "u.csv")
    assert [(unit.id, unit.attributes.get("criteria_met")) for unit in units] == [("A1", 15), ("A2", None), ("A3", 12), ("A4", None)]
    assert [(problem.code, problem.place.line) for problem in problems] == [("NTM-406", 3), ("NTM-406", 5)]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Quyết định công nhận số … ngày …", "Số 1234/QĐ-UBND ngày 15/12/2022"),
        ("QĐ số/ngày", "1234/QĐ-UBND, 15/12/2022"),
        ("Quyết định (số, ngày)", "Quyết định số 1234/QĐ-UBND ngày 15 tháng 12 năm 2022 của UBND tỉnh"),
        ("Quyết định công nhận", "1234/QĐ-UBND (15.12.2022)"),
    ],
)
def test_number_and_day_of_a_decision_may_stand_in_one_cell(tmp_path, heading, cell):
    """As offices write it, in whatever order of words."""
    found = register(tmp_path, f"STT;Mã xã;Tên xã;Danh hiệu;{heading}\n1;A1;Một;Đạt chuẩn NTM;{cell}\n")
    assert found.problems == ()
    [act] = found.register.acts
    assert (act.decision, act.day) == ("1234/QĐ-UBND", date(2022, 12, 15))


@pytest.mark.parametrize("cell", ["1/QĐ ngày 1/1/2020 và 2/QĐ ngày 2/2/2021", "12/2022/QĐ-UBND", "12/QĐ-UBND ngày 31/04/2022"])
def test_a_decision_without_one_day_of_its_own_is_told(tmp_path, cell):
    """Of two days none is chosen, and the year in a number is no day."""
    found = register(tmp_path, f"Mã xã;Danh hiệu;Quyết định\nA1;ntm;{cell}\n")
    assert [problem.code for problem in found.problems] == ["NTM-803"]


def test_a_year_alone_says_by_when_it_was_recognised(tmp_path):
    """«2020» is some day of 2020: sure from its last day on."""
    [act] = register(tmp_path, "Mã xã,Danh hiệu,QĐ số,Năm công nhận\nA1,ntm,12/QĐ-UBND,2020\n").register.acts
    assert (act.day, act.known_by) == (None, date(2020, 12, 31))


@pytest.mark.parametrize(
    ("said", "until"), [("36 tháng", date(2025, 12, 15)), ("2 năm", date(2024, 12, 15)), ("đến hết ngày 1/2/2024", date(2024, 2, 1))]
)
def test_the_term_of_a_certificate_is_read_as_it_is_written(tmp_path, said, until):
    """So many months from the decision, or a last day."""
    lines = f'Tên sản phẩm,Hạng sao,QĐ số/ngày,Thời hạn\nMật ong,4 sao,"12/QĐ-UBND, 15/12/2022",{said}\n'
    [act] = register(tmp_path, lines).register.acts
    assert (act.status, act.until) == ("ocop-4", until)


def test_a_term_that_is_none_is_told_and_one_without_end_sets_none(tmp_path):
    """«36» of what?"""
    lines = "Tên sản phẩm,Hạng sao,QĐ số,Ngày,Thời hạn\nMật ong,4,12/QĐ,15/12/2022,36\nChè,05 sao,13/QĐ,15/12/2022,Không thời hạn\n"
    found = register(tmp_path, lines)
    assert [problem.code for problem in found.problems] == ["NTM-829"]
    assert [(act.status, act.until) for act in found.register.acts] == [("ocop-5", None)]
    undated = register(tmp_path, "Tên sản phẩm,Hạng sao,QĐ số,Năm,Thời hạn\nMật ong,4,12/QĐ,2022,36 tháng\n").register.acts
    assert undated[0].until is None


def test_a_heading_of_two_rows_is_one(tmp_path):
    """«Quyết định công nhận» over «Số» and «Ngày», the others merged down; where the product is made is no name of it."""
    book = openpyxl.Workbook()
    for row in (
        ["DANH SÁCH SẢN PHẨM OCOP"],
        ["STT", "Tên sản phẩm", "Chủ thể", "Xã", "Hạng sao", "Quyết định công nhận", None],
        [None, None, None, None, None, "Số", "Ngày"],
        ["1", "2", "3", "4", "5", "6", "7"],
        [1, "Mật ong", "HTX Một", "Đăk Hà", 3, "12/QĐ-UBND", "15/12/2022"],
    ):
        book.active.append(row)
    book.active.merge_cells("F2:G2")
    book.save(tmp_path / "sp.xlsx")
    found = read_register(tmp_path / "sp.xlsx")
    assert found.problems == ()
    [act] = found.register.acts
    assert (act.unit, act.status, act.decision, act.day) == ("Mật ong", "ocop-3", "12/QĐ-UBND", date(2022, 12, 15))


@pytest.mark.parametrize("row", ["A1,Một,ntm,12/QĐ,ngày", "A1,xã,ntm,12/QĐ,"])
def test_a_row_of_data_is_never_taken_for_a_second_row_of_the_heading(tmp_path, row):
    """Also where its cells are words of headings."""
    found = register(tmp_path, f"Mã xã,Ở đâu,Danh hiệu,Quyết định,Lúc nào\n{row}\n")
    assert "NTM-501" in [problem.code for problem in found.problems]
    assert [problem.code for problem in found.problems if problem.code != "NTM-501"] == ["NTM-803"]


def test_two_columns_of_one_meaning_are_still_told(tmp_path):
    """Which of two days counts is not chosen."""
    with pytest.raises(ntm.TableError, match="NTM-502"):
        register(tmp_path, "Mã xã,Danh hiệu,Ngày,Ngày ký\nA1,ntm,1/1/2020,2/2/2020\n")
