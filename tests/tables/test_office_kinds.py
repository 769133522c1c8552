"""What offices really have, a kind a test: the input rebuilt small, the right value beside it.

Kinds that are not of tables have their tests where what they are about has them: registers and lists of units in ``tests/register``,
the journal in ``tests/monitor``, workbooks of figures in ``tests/figures``, the calculator in ``tests/browser``, search in ``tests/site``.
"""

from __future__ import annotations

from typing import Any

import openpyxl
import pandas as pd
import pytest

from ntm_rules.problems import TableError
from ntm_rules.tables.read.table import read_table

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
    "workbook-fraction": ([[*KEYS, "15.1"], [*ONE, 0.96]], "NTM-510"),
}


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
