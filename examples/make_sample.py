"""Writes the example tables anew: ``kon-tum/*.csv`` from the published cases, ``sample.xlsx`` and the deliberately bad ``bad.xlsx``.

Run from the top of the source tree: ``python examples/make_sample.py [FOLDER]``. The same sources give the same bytes.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import openpyxl

import ntm_rules as ntm
from ntm_rules.published.cases import PublishedCase, read_cases
from ntm_rules.tables.write.spreadsheet import save_settled
from ntm_rules.values import plain

HERE = Path(__file__).resolve().parent
VERDICTS = {True: "đạt", False: "chưa đạt"}


def published_tables(folder: Path) -> None:
    """One table for each commune set: the printed values, and the printed verdicts on criteria as attestations."""
    cases = read_cases(HERE / "published" / "cases.yaml")
    for edition in ("2021-2025", "2016-2020"):
        name = f"commune-ntm/{edition}"
        chosen = [case for case in cases if case.set == name and case.published.words is None and case.case != "KT13"]
        write_table(folder / f"communes-{edition}.csv", ntm.load(name), chosen)


def write_table(path: Path, rules: ntm.RuleSet, cases: list[PublishedCase]) -> None:
    """One row for each case; a cell that the source does not fill exactly says what the source says."""
    numbers = [item.indicator for item in rules.indicators]
    used = [number for number in numbers if any(value.indicator == number for case in cases for value in case.values)]
    criteria = [criterion.criterion for criterion in rules.criteria]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["mã xã", "xã", "huyện", "tỉnh", "vùng", "năm", *used, *(f"attested:{number}" for number in criteria), "source"])
        for case in cases:
            values = {value.indicator: value for value in case.values if value.indicator}
            cells = []
            for number in used:
                printed = values.get(number)
                exact = printed.exact if printed else None
                said = f"chưa có số liệu: nguồn chỉ nói «{printed.shown}»" if printed else "chưa có số liệu: nguồn không nêu"
                cells.append(said if exact is None else plain(exact))
            failed = case.published.criteria_failed
            known = case.published.criteria_met is not None and case.published.criteria_met + len(failed) == len(criteria)
            stated = [VERDICTS[number not in failed] if known else "" for number in criteria]
            who = [case.id or case.case, case.name, case.district, case.province, case.region, case.year]
            rows.writerow([*who, *cells, *stated, case.source])


SAMPLE = [
    ["BIỂU TỔNG HỢP SỐ LIỆU (số liệu minh họa, không phải của xã nào)"],
    [],
    [
        "STT", "Mã xã", "Tên xã", "Khu vực", "Thu nhập bình quân đầu người (triệu đồng/người/năm)",
        "3.1 Tỷ lệ đất sản xuất nông nghiệp được tưới, tiêu chủ động", "9.2", "Chỉ tiêu 13.4",
        "15.1 Bảo hiểm y tế (%)", "Tiêu chí 19", "Ghi chú",
    ],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"],
    [1, "M001", "Mẫu Một", "I", 51.5, 0.86, "75", "không áp dụng: không có làng nghề", "95%", "đạt", "các ô cột 3.1 định dạng phần trăm"],
    [2, "M002", "Mẫu Hai", "II", 43.25, 0.795, "82.5", "đạt", "chưa có số liệu: đang rà soát", "đạt", ""],
    [3, "M003", "Mẫu Ba", "III", 46, 0.9, "", "chưa đạt", "91.4", "chưa đạt", ""],
]  # fmt: skip
BAD = [
    ["Mã xã", "Tên xã", "Khu vực", "10.1", "3.1", "9.2", "15.1", "Thu nhap binh quan", "19"],
    ["B001", "Xã đúng", "I", 51.5, 86, 75, 95, 1, "đạt"],
    ["B002", "Dấu phẩy thập phân", "I", "51,5", 86, 75, 95, 1, "đạt"],
    ["B003", "0.62 hay 62", "I", 51.5, 0.62, 75, 95, 1, "đạt"],
    ["B004", "Lỗi bảng tính", "I", "#REF!", 86, 75, 95, 1, "đạt"],
    ["B005", "Quá 100 %", "I", 51.5, 140, 75, 95, 1, "đạt"],
    ["B006", "Trùng mã", "I", 51.5, 86, 75, 95, 1, "đạt"],
    ["B006", "Trùng mã", "I", 52, 86, 75, 95, 1, "đạt"],
    ["B008", "Khu vực lạ", "IV", 51.5, 86, 75, 95, 1, "đạt"],
]


def workbook(path: Path, rows: list[list[Any]], percent_column: str | None = None) -> None:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Số liệu"
    for row in rows:
        sheet.append(row)
    for cell in sheet[percent_column] if percent_column else ():
        if isinstance(cell.value, float):
            cell.number_format = "0.0%"
    for cell in (cell for row in sheet for cell in row if cell.value == "#REF!"):
        cell.data_type = "e"
    save_settled(book, path)


def main(folder: Path) -> None:
    """Write all of them below ``folder``."""
    published_tables(folder / "kon-tum")
    workbook(folder / "sample.xlsx", SAMPLE, "F")
    workbook(folder / "bad.xlsx", BAD)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
