"""What stands above a table and is about all of it: «Xã: Mẫu Một», «Năm | 2024», «… của xã Mẫu Một», and the name of the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ntm_rules.decide.written.grid import Line, is_empty
from ntm_rules.decide.written.headings import Headers, header_text
from ntm_rules.decide.written.words import sounded
from ntm_rules.values import nfc

_TITLE: Final = re.compile(
    r"(?:^|.*\b(?:của|tại|ubnd|ủy ban nhân dân|uỷ ban nhân dân) )(?:xã|phường|thị trấn|thôn|huyện) "
    r"(?!đạt\b|nông thôn|\.|…|\d+ )(.+?)(?:\s*(?:[,(–;-]| (?:huyện|tỉnh|thị xã|thành phố|năm|giai đoạn|theo|đến)\b).*)?",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(sounded(r"(?:đơn vị(?: tính)?|đvt|unit)\b *(?::|$)"))
_NAMELESS: Final = re.compile(
    sounded(r"(?:sheet|biểu|bảng|trang(?: tính)?|phụ lục|mẫu số|table|page|pl|bm|data|dữ liệu)?[ ._-]*[\d.ivx]*[a-z]?")
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement about the whole table, and the cell that makes it."""

    value: Any
    line: Line
    column: int


def stated_above(lines: Sequence[Line], headers: Headers, sheet: str) -> Mapping[str, Stated]:
    """What the lines above a table say of its unit, by the words that headings use; its name last from the name of the sheet."""
    found: dict[str, Stated] = {}
    for line in lines:
        held = [index for index, cell in enumerate(line.cells) if not is_empty(cell)]
        for index, after in zip(held, [*held[1:], None], strict=True):
            cell = line.cells[index]
            word, _, said = header_text(cell).partition(":")
            column = headers.read(word, 0)
            if column is None or column.role not in ("id", "name", "attribute"):
                continue
            key = column.key if column.role == "attribute" else column.role
            if said.strip():
                found.setdefault(key, Stated(nfc(said.strip()), line, index))
            elif after is not None and headers.read(line.cells[after], 0) is None:
                found.setdefault(key, Stated(line.cells[after], line, after))
    titles = (
        (line, index, _TITLE.fullmatch(nfc(cell).strip()))
        for line in lines
        for index, cell in enumerate(line.cells)
        if isinstance(cell, str)
    )
    for line, index, match in titles:
        if match and "name" not in found:
            found["name"] = Stated(_called(match[1]), line, index)
    if not {"id", "name"} & found.keys() and not _NAMELESS.fullmatch(sounded(sheet)):
        found["name"] = Stated(sheet, lines[-1] if lines else Line(1, ()), 0)
    return found


def is_title(cell: Any) -> bool:
    """Whether a cell names the unit that a whole table is about."""
    return isinstance(cell, str) and _TITLE.fullmatch(nfc(cell).strip()) is not None


def measured_above(lines: Sequence[Line]) -> str:
    """The unit of measure that stands above a table: «Đơn vị tính: 1.000 đồng», in one cell or in two."""
    for line in lines:
        words = [header_text(cell) for cell in line.cells if not is_empty(cell)]
        for index, word in enumerate(words):
            if _MEASURED.match(sounded(word).lstrip("( ")):
                return word if ":" in word.rstrip(": ") else " ".join(words[index : index + 2])
    return ""


def _called(name: str) -> str:
    """A name as it is written in running text."""
    return name.title() if name.isupper() else name
