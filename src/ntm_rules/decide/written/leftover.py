"""Rows of a table that are about no unit: totals, means, the heading once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ntm_rules.decide.written.grid import is_empty
from ntm_rules.decide.written.headings import Column, header_text
from ntm_rules.decide.written.words import sounded

_WHOLE: Final = "(?:xã|huyện|tỉnh|thị xã|thành phố|vùng|khu vực|nước)"
_TOTAL: Final = re.compile(
    sounded(
        rf"(?:tổng|tổng cộng|tổng số|cộng|bình quân|trung bình|bq|tb|total|sum|mean|average)(?: chung)?(?:(?: toàn| cả)? {_WHOLE})?"
        rf"|(?:toàn|cả) {_WHOLE}"
        r"|(?:tổng cộng|tổng số|cộng|total) ?(?:[:(].*|\d.*)"
    )
)


def is_leftover(cells: Sequence[Any], columns: Sequence[Column]) -> bool:
    """Whether a row is a total or a mean by its name, or repeats the heading. A row with a code of its own is a unit, whatever its name."""
    for role in ("id", "name", "information"):
        words = [header_text(cells[column.index]) for column in columns if column.role == role and _holds(cells, column)]
        if words:
            return any(_TOTAL.fullmatch(sounded(word).rstrip(".:")) for word in words) or _repeats(cells, columns)
    return False


def _repeats(cells: Sequence[Any], columns: Sequence[Column]) -> bool:
    same = [column for column in columns if _holds(cells, column) and sounded(header_text(cells[column.index])) == sounded(column.header)]
    return len(same) > 1 and any(column.role in ("id", "name") for column in same)


def _holds(cells: Sequence[Any], column: Column) -> bool:
    return column.index < len(cells) and not is_empty(cells[column.index])
