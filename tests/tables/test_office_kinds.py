"""What offices really have, a kind a test: the input rebuilt small, the right value beside it.

Kinds that are not of tables have their tests where what they are about has them: registers and lists of units in ``tests/register``,
the journal in ``tests/monitor``, workbooks of figures in ``tests/figures``, the calculator in ``tests/browser``, search in ``tests/site``.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import openpyxl
import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.labels import KINDS
from ntm_rules.problems import SubjectError, TableError
from ntm_rules.tables.read.table import read_table
from ntm_rules.values import LANGS

KEYS = ["Mã xã", "Tên xã"]
ONE = ["A1", "Mẫu Một"]


def _csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def _said(table: Any) -> dict[str, Any]:
    """Of the first unit: its values and what is attested."""
    subject = table.rows[0].subject
    return {**{key: str(value) for key, value in subject.values.items()}, **subject.attested}


def _codes(table: Any) -> set[str]:
    return {one.code for one in (*table.all_problems, *table.notes)}


TOLD = {  # kind: rows of the table, what is read of its first unit, what is told
    "total-row": ([[*KEYS, "10.1"], [*ONE, 51.5], [None, "Tổng cộng: 1 xã", 51.5]], {"10.1": "51.5"}, {"NTM-530"}),
    "repeated-header": ([[*KEYS, "10.1"], [*ONE, 51.5], [*KEYS, "10.1"], ["A2", "Hai", 40]], {"10.1": "51.5"}, {"NTM-530"}),
    "two-row-header": (
        [["Mã xã", "Tên xã", "Tiêu chí 10. Thu nhập", None], [None, None, "10.1", "Đánh giá"], [*ONE, 51.5, "Đạt"]],
        {"10.1": "51.5", "10": True},
        set(),
    ),
    "header-above": ([["Tỉnh", "Kon Tum", None, "Năm", 2024], [], [*KEYS, "10.1"], [*ONE, 51.5]], {"10.1": "51.5"}, set()),
    "header-so": (
        [[*KEYS, "Tiêu chí số 1", "Tiêu chí 03", "TC số 05"], [*ONE, "đạt", "chưa đạt", "đạt"]],
        {"1": True, "3": False, "5": True},
        set(),
    ),
    "csv-vi-locale": (_csv("Mã xã;10.1;15.1", "A1;51,5;96,25"), {"10.1": "51.5", "15.1": "96.25"}, {"NTM-529"}),
    "tone-mark": (
        [[*KEYS, "Cơ sở vật chất văn hoá", "Thuỷ lợi và phòng, chống thiên tai"], [*ONE, "đạt", "đạt"]],
        {"6": True, "3": True},
        set(),
    ),
    "eth": ([[*KEYS, "Ðiện"], [*ONE, "Ðạt"]], {"4": True}, set()),
    "area-words": ([[*KEYS, "10.1", "Khu vực"], [*ONE, 51.5, "Xã khu vực I"]], {"10.1": "51.5"}, set()),
    "na-word": ([[*KEYS, "15.1"], [*ONE, "N/A"]], {"15.1": "Unknown(reason='ô C2 ghi «N/A»')"}, {"NTM-531"}),
    "unknown-values": ([[*KEYS, "15.1", "10.1"], [*ONE, None, 40]], {"10.1": "40"}, set()),
    "count-of-19": ([[*KEYS, "Số tiêu chí đạt", "10.1"], [*ONE, "15/19", 40]], {"10.1": "40"}, {"NTM-535"}),
    "transposed": (
        [
            *(["Xã: Mẫu Một"], ["TT", "Tên tiêu chí", "Chỉ tiêu", "Kết quả thực hiện", "Đánh giá"], [10, "Thu nhập", None, None, "Đạt"]),
            *(["", "10.1 Thu nhập bình quân đầu người", 50, 51.5, None], ["", "15.1", 95, 96, None]),
        ],
        {"10": True, "10.1": "51.5", "15.1": "96"},
        {"NTM-536"},
    ),
    "gso-list-real": (
        [["Tỉnh", "Mã TP", "Xã", "Mã xã", "Cấp", "10.1"], ["Kon Tum", "62", "Mẫu Một", "A1", "Xã", 51.5]],
        {"10.1": "51.5"},
        set(),
    ),
}
TOLD |= {  # of a second look: each as an office would write it
    "total-row, a note behind an asterisk": ([[*KEYS, "10.1"], [*ONE, 51.5], ["* Ghi chú: số đến 30/6"]], {"10.1": "51.5"}, {"NTM-530"}),
    "header-so, names of wholes": (
        [["Tên tỉnh", "Tên huyện", "Tên xã", "10.1"], ["Kon Tum", "Đắk Hà", "Mẫu Một", 51.5]],
        {"10.1": "51.5"},
        set(),
    ),
    "header-so, both verdicts in headings": (
        [
            [*KEYS, "Tiêu chí 1 Đạt", "Tiêu chí 1 (Chưa đạt)", "TC2 - Đạt", "TC2 - Không đạt", "10.1"],
            [*ONE, "x", None, None, "x", 51.5],
        ],
        {"1": True, "2": False, "10.1": "51.5"},
        set(),
    ),
    "gso-list-real, wards": ([[*KEYS, "10.1"], ["A3", "Phường Ba", 60]], {"10.1": "60"}, {"NTM-440"}),
    "gso-list-real, townships said shortly": ([[*KEYS, "10.1"], ["A3", "TT. Ba", 60]], {"10.1": "60"}, {"NTM-440"}),
    "several levels in one list": ([[*KEYS, "10.1"], [*ONE, 51.5], ["612", "Huyện Hai", 60]], {"10.1": "51.5"}, {"NTM-450"}),
    "several levels in one list, by names alone": ([["Mã xã", "10.1"], ["A1", 51.5], ["Thôn Hai", 60]], {"10.1": "51.5"}, {"NTM-450"}),
    "group named under the codes": (
        [["STT", *KEYS, "10.1"], ["I", "Huyện Hai", None, None], [1, *ONE, 51.5], ["II", "Huyện Ba", None, None], [1, "A2", "Bốn", 60]],
        {"10.1": "51.5"},
        {"NTM-530"},
    ),
    "header-so, ends as a verdict does": ([[*KEYS, "10.1", "Ghi chú: đạt"], [*ONE, 51.5, 1]], {"10.1": "51.5"}, set()),
}


@pytest.mark.parametrize("kind", TOLD)
def test_a_kind_of_table_is_read_as_it_is_meant(kind, tmp_path, rules):
    """The first unit has the figures that stand there, and what people should know is told."""
    rows, said, told = TOLD[kind]
    table = _made(rows, tmp_path, rules)
    assert _said(table) == said
    assert told <= _codes(table)
    assert "NTM-501" not in _codes(table) or kind == "gso-list-real"


ASKED = {  # kind: rows of the table, what is asked
    "unit-in-header": ([[*KEYS, "10.1 Thu nhập (1.000 đ/người/năm)"], [*ONE, 43250]], "NTM-519"),
    "unit-in-header, none stated": ([[*KEYS, "10.1"], [*ONE, 43250]], "NTM-534"),
    "comma-message, text": ([[*KEYS, "10.1"], [*ONE, "Mẫu, ngày 30 tháng 6 năm 2024"]], "NTM-402"),
    "comma-message, number": ([[*KEYS, "10.1"], [*ONE, "1.234,5"]], "NTM-403"),
    "area-words, a year of two digits": ([[*KEYS, "10.1", "Năm"], [*ONE, 51.5, 24]], "NTM-406"),
    "workbook-fraction, in a table": ([[*KEYS, "15.1"], [*ONE, 0.96]], "NTM-510"),
}


@pytest.mark.parametrize("heading", ["Tỉnh/TP", "Tỉnh / Thành Phố", "Tên tỉnh", "Tỉnh"])
def test_the_province_of_a_row_is_read_under_every_heading_of_official_lists(heading, from_book):
    """Which rules count may hang on it."""
    table = from_book([[heading, *KEYS, "10.1"], ["Kon Tum", *ONE, 51.5]])
    assert table.rows[0].subject.attributes["province"] == "kon-tum"
    assert not table.all_problems


def test_the_set_of_a_product_is_read_under_its_heading(tmp_path):
    """«Bộ sản phẩm» is what forms of OCOP call it."""
    table = _made([["Mã sản phẩm", "Tên sản phẩm", "Bộ sản phẩm", "1.1"], ["S1", "Trà", 1, 3]], tmp_path, ntm.load("ocop/2023"))
    assert str(table.rows[0].subject.attributes["product_set"]) == "1"
    assert not table.all_problems


@pytest.mark.parametrize("kind", ASKED)
def test_a_kind_of_cell_is_asked_about(kind, tmp_path, rules):
    """Never decided in silence."""
    rows, code = ASKED[kind]
    assert code in _told(rows, tmp_path, rules)


def _told(rows: Any, folder: Any, rules: Any) -> set[str]:
    try:
        return _codes(_made(rows, folder, rules))
    except TableError as refused:
        return {problem.code for problem in refused.problems}


def _made(rows: Any, folder: Any, rules: Any) -> Any:
    path = folder / "bang.csv"
    if isinstance(rows, bytes):
        path.write_bytes(rows)
    else:
        path = folder / "bang.xlsx"
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return read_table(path, rules, constants={"region": "tay-nguyen", "area": "I", "year": 2024})


def test_parquet_nan(tmp_path, rules):
    """NaN and an empty cell are one thing, in a file as in a frame."""
    frame = pd.DataFrame({"id": ["A1", "A2"], "10.1": [51.5, float("nan")]})
    frame.to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet", rules, constants={"region": "tay-nguyen", "area": "I", "year": 2024})
    assert table.all_problems == ()
    answer = rules.evaluate_frame(frame, nodes="indicators", constants={"region": "tay-nguyen", "area": "I", "year": 2024})
    assert [row.subject.values.get("10.1") is None for row in table.rows] == [False, True]
    assert answer["10.1"].tolist() == ["met", "undetermined"]


@pytest.mark.parametrize("dress", ["pandas", "categories", "decimals", "whole numbers", "polars", "lazy", "enum", "arrow", "duckdb"])
def test_frames_kinds(dress, rules):
    """One frame in every dress has one answer."""
    data = {"mã xã": ["00679", "A2"], "khu vực": ["I", "I"], "10.1": [51.5, 49.0], "15.1": [96, 97]}
    frame, plain = pd.DataFrame(data), pl.DataFrame(data)
    dressed = {
        "pandas": lambda: frame,
        "categories": lambda: frame.astype({"khu vực": "category", "mã xã": "category"}),
        "decimals": lambda: plain.with_columns(pl.col("10.1").cast(pl.Decimal(10, 2))),
        "whole numbers": lambda: frame.astype({"15.1": "Int64"}),
        "polars": lambda: plain,
        "lazy": lambda: plain.lazy(),
        "enum": lambda: plain.with_columns(pl.col("khu vực").cast(pl.Enum(["I", "II"]))),
        "arrow": lambda: (table := plain.to_arrow()).set_column(1, "khu vực", table["khu vực"].dictionary_encode()),
        "duckdb": lambda: duckdb.from_arrow(plain.to_arrow()),
    }[dress]()
    answer = nw.from_native(rules.evaluate_frame(dressed, constants={"region": "tay-nguyen", "year": 2024}))
    answer = answer.collect() if isinstance(answer, nw.LazyFrame) else answer
    assert dict(zip(answer["id"].to_list(), answer["10"].to_list(), strict=True)) == {"00679": "met", "A2": "not_met"}


def test_xlsx_filter(tmp_path, rules):
    """A filter on blanks, a size that is not the sheet's, «_x000D_» in a name: read; a day in a cell of numbers is asked about."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([*KEYS, "10.1"], ["A1", "Mẫu_x000D_ Một", 51.5], ["A2", "Hai", date(2024, 5, 10)]):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(2, [], blank=True)
    book.save(tmp_path / "bang.xlsx")
    path = tmp_path / "sai.xlsx"
    with zipfile.ZipFile(tmp_path / "bang.xlsx") as whole, zipfile.ZipFile(path, "w") as other:
        for name in whole.namelist():
            other.writestr(name, whole.read(name).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:B1"'))
    table = read_table(path, rules, constants={"region": "tay-nguyen", "area": "I", "year": 2024})
    assert _said(table) == {"10.1": "51.5"}
    assert [(one.code, row.id) for row in table.rows for one in row.problems] == [("NTM-512", "A2")]


def test_successor_family():
    """The family of a standard that has ended names what stands in its place that day, or is to."""
    for day in (date(2026, 3, 1), date(2026, 1, 15)):
        with pytest.raises(ntm.NotInForce, match="cùng danh hiệu: commune/2026-2030 "):
            ntm.applicable("commune-ntm", on=day)


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"commune"}))
@pytest.mark.parametrize("lang", LANGS)
def test_a_subject_of_another_kind_is_told_in_words(kind, lang, rules):
    """No key of a file stands where people read what a unit is."""
    with pytest.raises(SubjectError) as refused:
        rules.evaluate(ntm.Subject(id="A", kind=kind))
    [what] = {one.what(lang) for one in refused.value.problems if one.code == "NTM-408"}
    assert f"«{KINDS[kind].one.say(lang)}»" in what
    assert lang == "en" or not set(KINDS) & set(re.findall(r"[a-z_]+", what))


@pytest.mark.parametrize("mark", ["x", "X", "✓"])
def test_crosses_under_met_and_not_met_say_which(mark, tmp_path, rules):
    """«Đạt | Chưa đạt» with a cross in one of them, for one commune and for several side by side; a cross in both is asked about."""
    rows = [["Xã: Mẫu Một"], ["TT", "Tiêu chí", "Đạt", "Chưa đạt"], [1, "Quy hoạch", mark, None], [2, "Giao thông", None, mark]]
    assert _said(_made(rows, tmp_path, rules)) == {"1": True, "2": False}
    assert "NTM-562" in _told([*rows, [10, "Thu nhập", mark, mark]], tmp_path, rules)
    two = [
        ["TT", "Tiêu chí", "Xã Một", None, "Xã Hai", None],
        [None, None, *["Đạt", "Chưa đạt"] * 2],
        [1, "Quy hoạch", mark, None, None, mark],
    ]
    table = _made([*two, [2, "Giao thông", None, mark, "đạt", None]], tmp_path, rules)
    assert [dict(row.subject.attested) for row in table.rows] == [{"1": True, "2": False}, {"1": False, "2": True}]


def test_bare_crosses_are_asked_about_once(tmp_path, rules):
    """Whether «x» means met or lacking the table does not say: no row is judged, and one message says how to write it."""
    rows = [[*KEYS, "TC 1", "TC 2", "10.1"], [*ONE, "x", "x", 51.5], ["A2", "Hai", "x", None, 40], ["A3", "Ba", "đạt", None, 40]]
    table = _made(rows, tmp_path, rules)
    assert [(one.code, one.place.path, one.words["count"]) for one in table.all_problems] == [("NTM-562", "Sheet!C2", 3)]
    assert [row.subject is None for row in table.rows] == [True, True, False]


@pytest.mark.parametrize("mark", ["x", "✓"])
def test_crosses_under_met_and_not_met_of_each_criterion_say_which(mark, tmp_path, rules):
    """Criteria across in two rows of heading, a row a commune: one attestation of two columns; what may mean either is refused there."""
    heading = [[*KEYS, "Tiêu chí 1", None, "2. Giao thông", None, "10.1"], [None, None, *["Đạt", "Chưa đạt"] * 2, None]]
    rows = [[*ONE, mark, "-", None, mark, 51.5], ["A2", "Hai", None, "Chưa đạt", "đạt", None, 40], ["A3", "Ba", None, None, None, None, 40]]
    table = _made([*heading, *rows], tmp_path, rules)
    assert table.all_problems == ()
    assert [dict(row.subject.attested) for row in table.rows] == [{"1": True, "2": False}, {"1": False, "2": True}, {}]
    wrong = [["A4", "Bốn", mark, mark], ["A5", "Năm", None, "có"], ["A6", "Sáu", None, None, "đạt", mark]]
    told = _made([*heading, *rows, *wrong], tmp_path, rules).all_problems
    assert [(one.code, one.place.path) for one in told] == [("NTM-562", "Sheet!C6"), ("NTM-412", "Sheet!D7"), ("NTM-412", "Sheet!E8")]
    assert "«chưa đạt: có»" in told[1].what("vi")


def test_met_alone_below_a_criterion_is_told_as_unknown(tmp_path, rules):
    """«Đạt» without «Chưa đạt» beside it may head a figure that was reached."""
    table = _made([[*KEYS, "10.1", None], [None, None, "Kế hoạch", "Đạt"], [*ONE, 50, 51.5]], tmp_path, rules)
    assert [(one.code, one.words["header"]) for one in table.problems] == [("NTM-501", "Kế hoạch"), ("NTM-501", "Đạt")]


@pytest.mark.parametrize("members", [["Thành viên 1", "TV 2"], ["Nguyễn Văn A", "Trần Thị B"], ["Ông Bình", "Bà Hoa"]])
def test_columns_of_those_who_score_are_no_products(members, tmp_path):
    """Criteria down the rows with a column a member: refused with the way to write it, never products; beside a product told once."""
    ocop = ntm.load("ocop/2023", on=date(2024, 6, 30))
    rows = [["TT", "Tiêu chí", *members], ["1.1", "Nguồn nguyên liệu", 3, 5], ["1.2", "Gia tăng giá trị", 1, 1]]
    assert _told(rows, tmp_path, ocop) == {"NTM-563"}
    [problem] = _made([["Mã sản phẩm", "Tên sản phẩm", "1.1", *members], ["S1", "Mật", "3; 5", 3, 5]], tmp_path, ocop).problems
    assert (problem.code, problem.words["count"]) == ("NTM-563", 2)
    assert "ntm-rules council collect" in problem.mend()


def test_places_and_products_may_be_called_like_persons(tmp_path, rules):
    """Communes called after persons are communes; products of which one is called like a person are products."""
    table = _made([["TT", "Tiêu chí", "Lê Lợi", "Trần Phú"], ["10.1", "Thu nhập", 51.5, 40], ["15.1", "Y tế", 96, 97]], tmp_path, rules)
    assert [row.name for row in table.rows] == ["Lê Lợi", "Trần Phú"]
    rows = [["TT", "Tiêu chí", "Mật ong rừng", "Hồ Tiêu"], ["1.1", "Nguồn nguyên liệu", 3, 5], ["1.2", "Gia tăng giá trị", 1, 1]]
    assert [row.name for row in _made(rows, tmp_path, ntm.load("ocop/2023", on=date(2024, 6, 30))).rows] == ["Mật ong rừng", "Hồ Tiêu"]


@pytest.mark.parametrize("heading", ["Ghi chú của cán bộ", "Note of the office"])
def test_what_the_message_on_unknown_columns_advises_works(heading, tmp_path, rules):
    """A heading that begins with «ghi chú» is for people in every table, also in commands without ``--ignore``."""
    table = _made([[*KEYS, "10.1", heading], [*ONE, 51.5, "Ông A"]], tmp_path, rules)
    assert table.all_problems == ()
    [problem] = _made([[*KEYS, "10.1", "Cán bộ"], [*ONE, 51.5, "Ông A"]], tmp_path, rules).problems
    assert "«ghi chú»" in problem.mend()
