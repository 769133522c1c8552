"""Rows of a table that are about no unit: totals, means, the heading once more, titles of groups, what is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ntm_rules.decide.written.grid import is_empty
from ntm_rules.decide.written.headings import Column, header_text
from ntm_rules.decide.written.words import sounded
from ntm_rules.values import Bilingual

_WHOLE: Final = "(?:xã|huyện|tỉnh|thị xã|thành phố|vùng|khu vực|nước)"
_TOTAL: Final = re.compile(
    sounded(
        rf"(?:tổng|tổng cộng|tổng số|cộng|bình quân|trung bình|bq|tb|total|sum|mean|average)(?: chung)?(?:(?: toàn| cả)? {_WHOLE})?"
        rf"|(?:toàn|cả) {_WHOLE}"
        r"|(?:tổng cộng|tổng số|cộng|total) ?(?:[:(].*|\d.*)"
    )
)


_GROUP: Final = re.compile(
    sounded(
        r"(?:[ivxlc]+|[a-zđ])\s*[.)/:]\s*[^\d].*|các (?:xã|thôn) .*"
        r"|(?:huyện|thị xã|thành phố|tp|tỉnh|vùng|khu vực|cụm|nhóm|quận)\.? .*"
    )
)
_SIGNED: Final = re.compile(
    sounded(
        r".*\bngày\b.*\btháng\b.*\bnăm\b.*|\(?(?:đã )?k(?:ý|í)\b.*|\(?ghi rõ.*|người lập.*"
        r"|(?:t\.?m\.?|k\.?t\.?|t\.?l\.?|t\.?u\.?q\.?)\.? .*|(?:phó )?(?:chủ tịch|giám đốc|thủ trưởng|chánh văn phòng)\b.*"
        r"|nơi nhận.*|xác nhận của.*|ghi chú ?[:.].*|nguồn ?:.*"
    )
)
_UNDER: Final = re.compile(r"[ivxlc]+|[a-zđ]")  # how the groups of a list are counted, where its units have 1, 2, 3


REPEATED: Final = Bilingual("tiêu đề lặp lại", "the heading once more")
SIGNED: Final = Bilingual("phần ký, ghi chú", "signatures, notes")
GROUP: Final = Bilingual("tên nhóm", "the title of a group")
TOTAL: Final = Bilingual("tổng cộng, bình quân", "a total or a mean")


def leftover(cells: Sequence[Any], columns: Sequence[Column], kind: str = "") -> Bilingual | None:
    """What a row is that is about no unit: a total or a mean by its name, the heading once more, the title of a group of rows, or what
    stands under a table to be signed; None for a unit. A row with a code of its own is a unit, whatever its name."""
    if _repeats(cells, columns):
        return REPEATED
    if _is_signed(cells):
        return SIGNED
    if _is_group(cells, columns, kind):
        return GROUP
    for role in ("id", "name", "information"):
        words = _words(cells, columns, role)
        if words:
            return TOTAL if any(_TOTAL.fullmatch(word.rstrip(".:")) for word in words) else None
    return None


def _is_signed(cells: Sequence[Any]) -> bool:
    """Whether everything in a row is a place and day, an office that signs, a note."""
    return all(is_empty(cell) or (cell.__class__ is str and _SIGNED.fullmatch(sounded(cell))) for cell in cells)


def _is_group(cells: Sequence[Any], columns: Sequence[Column], kind: str) -> bool:
    """Whether a row names a group of units and says nothing else: «I. Huyện Đắk Hà». In a table of districts that is a unit."""
    held = [index for index, cell in enumerate(cells) if not is_empty(cell)]
    names = [column.index for column in columns if column.role == "name" and _holds(cells, column)]
    marks = _words(cells, columns, "information")
    if len(names) == 1 and len(held) == 2 and len(marks) == 1:
        return _UNDER.fullmatch(marks[0].rstrip(".)")) is not None
    alone = sounded(header_text(cells[held[0]])) if len(held) == 1 and cells[held[0]].__class__ is str else ""
    return _GROUP.fullmatch(alone) is not None and not (names and kind in ("district", "province"))


def _words(cells: Sequence[Any], columns: Sequence[Column], role: str) -> list[str]:
    return [sounded(header_text(cells[column.index])) for column in columns if column.role == role and _holds(cells, column)]


def _repeats(cells: Sequence[Any], columns: Sequence[Column]) -> bool:
    named = [column for column in columns if column.role in ("id", "name")]
    return any(_says_heading(cells, column) for column in named) and sum(_says_heading(cells, column) for column in columns) > 1


def _says_heading(cells: Sequence[Any], column: Column) -> bool:
    return _holds(cells, column) and sounded(header_text(cells[column.index])) == sounded(column.header)


def _holds(cells: Sequence[Any], column: Column) -> bool:
    return column.index < len(cells) and not is_empty(cells[column.index])
