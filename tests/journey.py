"""The journey of the guides for policy staff, as a clerk goes it: what is typed, and what is filled in. The decision is made up."""

from __future__ import annotations

import shlex
from pathlib import Path

import openpyxl

from pages import TOP, blocks

LEVELS = {"2.1": "100", "2.2": "82,5", "2.3": "70", "2.4": "60"}
COMMUNES = """\
xã,vùng,năm,khu vực,tỉnh,2.1,2.2,2.3,2.4
Xã Một,tay-nguyen,2024,I,kon-tum,100,90,80,70
Xã Hai,tay-nguyen,2024,I,kon-tum,99.9,90,80,70
"""
GUIDES = {"vi/huong-dan/can-bo-chinh-sach.md": "tám lệnh", "en/guides/policy-staff.md": "eight commands"}


def commands(guide: str) -> list[list[str]]:
    """What a guide says to type."""
    page = (TOP / "docs" / guide).read_text("utf-8")
    [block] = [block for block in blocks(page) if block.title == GUIDES[guide]]
    typed = [shlex.split(line) for line in block.text.splitlines()]
    assert all(one[:3] == ["py", "-m", "ntm_rules"] for one in typed)
    return [one[3:] for one in typed]


def fill(path: Path) -> None:
    """What the clerk does in Excel: four figures, and where they stand."""
    book = openpyxl.load_workbook(path)
    sheet = book["Con số"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        number = str(sheet.cell(row, at["số"]).value)
        if number in LEVELS:
            said = {"mức chung": LEVELS[number], "mức nguồn": "thấy trong nguồn đã công bố", "văn bản": "99/QĐ-UBND"}
            for head, value in {**said, "chỗ trong văn bản": f"Phụ lục I mục {number}", "đã thấy ở": "https://example.org/99"}.items():
                sheet.cell(row, at[head]).value = value
    book.save(path)
