"""Fills a checklist as an office does by hand, from the made-up text beside it: ``python examples/certify/fill.py CHECKLIST.xlsx``.

Where the text says what stands under «đang ghi», the tick is «đúng»; where it says otherwise, «sai», with its figure.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

TEXT = Path(__file__).with_name("van-ban-minh-hoa.txt")


def figures() -> dict[str, tuple[str, str]]:
    """What the made-up text says: page and figure, by indicator and column."""
    page, found = "", {}
    for line in TEXT.read_text("utf-8").splitlines():
        if line.startswith("trang "):
            page = line.removeprefix("trang ")
        elif page and line.strip():
            place, _, figure = line.partition(": ")
            found[place] = page, figure.strip()
    return found


def main(path: Path) -> None:
    """Tick every row of the checklist that the text names."""
    said = figures()
    book = openpyxl.load_workbook(path)
    sheet = book["Đối chiếu"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        key = sheet.cell(row, at["mã dòng"]).value.removeprefix("#")
        if key in said:
            page, figure = said[key]
            right = sheet.cell(row, at["ghi lúc lập"]).value in (figure, "true" if figure == "đạt" else figure)
            sheet.cell(row, at["kết quả"]).value = "đúng" if right else "sai"
            sheet.cell(row, at["văn bản ghi"]).value = None if right else figure
            sheet.cell(row, at["trang"]).value = page
    book.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
