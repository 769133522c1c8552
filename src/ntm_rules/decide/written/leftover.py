"""Rows of a table that are about no unit: totals, means, the heading once more, titles of groups, what is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ntm_rules.decide.written.grid import Line, is_empty
from ntm_rules.decide.written.heading_words import COUNTING, KEY_WORDS
from ntm_rules.decide.written.headings import Column, header_text
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual

_WHOLE: Final = "(?:xã|huyện|tỉnh|thị xã|thành phố|vùng|khu vực|nước)"
_TOTAL: Final = re.compile(
    sounded(
        r"(?:tổng|tổng cộng|tổng số|cộng|bình quân|trung bình|bq|tb|total|sum|mean|average)(?: chung)?"
        rf"(?:(?: toàn| cả| các| của| \d+)* {_WHOLE}(?: .*)?)?"
        rf"|(?:toàn|cả) {_WHOLE}(?: .*)?"
        r"|(?:tổng cộng|tổng số|cộng|total) ?(?:[:(].*|\d.*)"
    )
)


_GROUP: Final = re.compile(
    sounded(
        r"(?:[ivxlc]+|[a-zđ])\s*[.)/:]\s*[^\d].*|các (?:xã|thôn) .*"
        r"|(?:huyện|thị xã|thành phố|tp|tỉnh|vùng|khu vực|cụm|nhóm|quận)\.? .*"
    )
)
_STANDARD: Final = re.compile(
    sounded(
        r"(?:chỉ tiêu|mục tiêu|kế hoạch|mức (?:đạt|chuẩn|quy định|yêu cầu)|yêu cầu|quy định|định mức|so (?:với|sánh)|chênh lệch|t[ỷỉ] lệ"
        r"|số (?:xã|thôn|đơn vị|tiêu chí|sản phẩm)|chuẩn (?:theo|quy|nông|ntm|đạt)|tăng ?[,/(]? ?giảm|tăng so|giảm so|trung vị|xếp loại"
        r"|(?:cao|thấp|lớn|nhỏ) nhất|target|required|threshold)\b.*|chuẩn|kh(?: .*\d.*)?|max|min|median"
    )
)
_BULLETS: Final = "*-–+•() "
_IN_BRACKETS: Final = re.compile(r" *\([^()]*\)$")
_SIGNED: Final = re.compile(
    sounded(
        r".*\bngày\b.*\btháng\b.*\bnăm\b.*|\(?(?:đã )?k(?:ý|í)\b.*|\(?ghi rõ.*|người lập.*"
        r"|(?:t\.?m\.?|k\.?t\.?|t\.?l\.?|t\.?u\.?q\.?)\.? .*|(?:phó )?(?:chủ tịch|giám đốc|thủ trưởng|chánh văn phòng)\b.*"
        r"|nơi nhận.*|xác nhận của.*|ghi chú ?[:.].*|nguồn ?:.*"
    )
)
_ABOVE: Final = {  # kinds of unit that hold those of a table, by the words that begin their names
    kind: re.compile(sounded(rf"(?:{words})\.? .*"))
    for kind, words in {
        "commune": "huyện|thành phố|tp|tỉnh|quận|thị xã|vùng|cụm",
        "village": "huyện|thành phố|tp|tỉnh|quận|thị xã|vùng|cụm|xã|phường|thị trấn",
    }.items()
}
_UNDER: Final = re.compile(r"[ivxlc]+|[a-zđ]")  # how the groups of a list are counted, where its units have 1, 2, 3


REPEATED: Final = Bilingual("tiêu đề lặp lại", "the heading once more")
SIGNED: Final = Bilingual("phần ký, ghi chú", "signatures, notes")
GROUP: Final = Bilingual("tên nhóm", "the title of a group")
TOTAL: Final = Bilingual("tổng cộng, bình quân", "a total or a mean")
STANDARD: Final = Bilingual("mức quy định, kế hoạch, so sánh", "a requirement, a plan, a comparison")
_COUNTING: Final = frozenset(map(sounded, COUNTING))


def keyed_of(columns: Sequence[Column]) -> list[Column]:
    """The columns that can tell whether a row is about a unit: codes, names, what is there for people."""
    return [column for column in columns if column.role in ("id", "name", "information")]


def leftover(cells: Sequence[Any], columns: Sequence[Column], kind: str = "", keyed: Sequence[Column] = ()) -> Bilingual | None:
    """What a row is that is about no unit: a total or a mean by its name, the heading once more, the title of a group of rows, or what
    stands under a table to be signed; None for a unit. A row with a code of its own is a unit, whatever its name."""
    keyed = keyed or keyed_of(columns)
    if _repeats(cells, columns, keyed):
        return REPEATED
    if _is_signed(cells):
        return SIGNED
    if _is_group(cells, keyed, kind):
        return GROUP
    for role in ("id", "name", "information"):
        words = _words(cells, keyed, role)
        if words:
            above = _ABOVE.get(kind) if role == "name" else None
            if any(_TOTAL.fullmatch(_IN_BRACKETS.sub("", word.rstrip(".:"))) for word in words):
                return TOTAL
            if role == "name" and any(map(_STANDARD.fullmatch, words)):
                return STANDARD
            return GROUP if above is not None and all(map(above.fullmatch, words)) and not mark(cells, keyed).isdigit() else None
    return None


def after_signatures(cells: Sequence[Any], columns: Sequence[Column]) -> bool:
    """Whether a row below what is signed says a name and nothing else: that of who signs."""
    held = [index for index, cell in enumerate(cells) if not is_empty(cell)]
    return (
        len(held) == 1 and cells[held[0]].__class__ is str and not any(column.role == "id" and column.index in held for column in columns)
    )


def mark(cells: Sequence[Any], columns: Sequence[Column]) -> str:
    """How a row without a code is numbered: «1», «II», «a»; empty where it is not, or has a code."""
    marks = _words(cells, columns, "counted")
    if len(marks) != 1 or _words(cells, columns, "id"):
        return ""
    return marks[0].rstrip(".)")


def is_counted(columns: Sequence[Column]) -> bool:
    """Whether a table has a column that counts its units, and none of codes: then a row that is not counted may be no unit."""
    return any(map(counts, columns)) and not any(column.role == "id" for column in columns)


def is_of_group(marked: str) -> bool:
    """Whether groups are numbered so, where units have 1, 2, 3."""
    return _UNDER.fullmatch(marked) is not None


def goes_on(cells: Sequence[Any], headed: Sequence[Line]) -> bool:
    """Whether a row is one of those that the heading was read from."""
    words = [sounded(header_text(cell)) for cell in cells]
    return any(
        any(words) and all(not word or word == sounded(header_text(line.cell(at))) for at, word in enumerate(words)) for line in headed
    )


def other_heading(cells: Sequence[Any], columns: Sequence[Column], headed: Sequence[Line]) -> tuple[Column, Any] | None:
    """The first column that a repeated heading calls otherwise, and what it calls it: then another table begins."""
    for column in columns:
        if _holds(cells, column) and not _says_heading(cells, column):
            cell = cells[column.index]
            if not any(sounded(header_text(line.cell(column.index))) == sounded(header_text(cell)) for line in headed):
                return column, cell
    return None


class Between:
    """What stands between the units of a table, told row by row: what follows a repeated heading or what is signed is told by it.

    Attributes:
        beyond: the problem of the rows below the heading of another table; None before there is one.
        keyed: the columns that can tell whether a row is about a unit.
    """

    def __init__(self, columns: Sequence[Column], headed: Sequence[Line], kind: str) -> None:
        self.beyond: Problem | None = None
        self.keyed: list[Column] = keyed_of(columns)
        self._columns = columns
        self._headed = headed
        self._kind = kind
        self._last: Bilingual | None = None
        self._signed = False

    def reason(self, line: Line) -> Bilingual | None:
        """What a row is that is about no unit; None for a unit."""
        reason = leftover(line.cells, self._columns, self._kind, self.keyed)
        if reason is None and self._last is REPEATED and goes_on(line.cells, self._headed):
            reason = REPEATED
        elif reason is None and self._signed and after_signatures(line.cells, self._columns):
            reason = SIGNED
        if reason is REPEATED:
            if (other := other_heading(line.cells, self._columns, self._headed)) is not None:
                column, cell = other
                self.beyond = Problem("NTM-555", words={"row": line.number, "got": header_text(cell), "header": column.header})
            elif not goes_on(line.cells, self._headed[1:]):
                self.beyond = None
        if reason is not None:
            self._signed = reason is SIGNED
        self._last = reason
        return reason


def _is_signed(cells: Sequence[Any]) -> bool:
    """Whether everything in a row is a place and day, an office that signs, a note."""
    return all(is_empty(cell) or (cell.__class__ is str and _SIGNED.fullmatch(sounded(cell).lstrip(_BULLETS))) for cell in cells)


def _is_group(cells: Sequence[Any], columns: Sequence[Column], kind: str) -> bool:
    """Whether a row names a group of units and says nothing else: «I. Huyện Đắk Hà». In a table of districts that is a unit."""
    held = [index for index, cell in enumerate(cells) if not is_empty(cell)]
    names = [column.index for column in columns if column.role == "name" and _holds(cells, column)]
    marks = _words(cells, columns, "counted")
    counted = len(held) == 2 and len(marks) == 1
    under = counted and _UNDER.fullmatch(marks[0].rstrip(".)")) is not None
    if counted and len(names) == 1:
        return under
    alone = sounded(header_text(cells[held[-1]])) if (len(held) == 1 or under) and cells[held[-1]].__class__ is str else ""
    return _GROUP.fullmatch(alone) is not None and not ((names or under) and kind in ("district", "province"))


def _words(cells: Sequence[Any], columns: Sequence[Column], role: str) -> list[str]:
    about = (column for column in columns if (counts(column) if role == "counted" else column.role == role))
    return [sounded(header_text(cells[column.index])) for column in about if _holds(cells, column)]


def counts(column: Column) -> bool:
    """Whether a column counts the rows, for people."""
    return column.role == "information" and sounded(column.header) in _COUNTING


def _repeats(cells: Sequence[Any], columns: Sequence[Column], keyed: Sequence[Column]) -> bool:
    named = [column for column in keyed if column.role in ("id", "name")]
    if any(_holds(cells, column) and sounded(header_text(cells[column.index])) in KEY_WORDS for column in named):
        return sum(not is_empty(cell) for cell in cells) > 1  # no unit is called «Đơn vị»
    return any(_says_heading(cells, column) for column in named) and sum(_says_heading(cells, column) for column in columns) > 1


def _says_heading(cells: Sequence[Any], column: Column) -> bool:
    return _holds(cells, column) and sounded(header_text(cells[column.index])) == sounded(column.header)


def _holds(cells: Sequence[Any], column: Column) -> bool:
    return column.index < len(cells) and not is_empty(cells[column.index])
