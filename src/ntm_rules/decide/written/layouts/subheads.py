"""What stands under or beside the name of a criterion in forms: its result, its verdict, its unit, what is for people only."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from ntm_rules.decide.written.headings import header_text, is_unit
from ntm_rules.decide.written.words import sounded

Part = Literal["value", "verdict", "met", "unmet", "measure", "people"]

_PARTS: Final[tuple[tuple[Part, re.Pattern[str]], ...]] = (
    (
        "verdict",
        re.compile(
            sounded(
                r"(?:kết quả )?(?:tự )?(?:đánh giá|thẩm định|thẩm tra)(?: (?:của|mức độ|kết quả|tiêu chí).*)?|kết luận"
                r"|đạt ?/ ?(?:chưa|không) đạt|mức độ đạt|xác nhận|attested|verdict|assessment"
            )
        ),
    ),
    (
        "value",
        re.compile(
            sounded(
                r"(?:kết quả|số liệu|giá trị|hiện trạng|value|result)(?: (?:thực hiện|đạt được|hiện tại|báo cáo|của xã|đạt))?"
                r"|(?:thực hiện|đã thực hiện|thực tế|mức đạt|mức đạt được)"
            )
        ),
    ),
    ("met", re.compile(sounded(r"đạt(?: chuẩn)?|met"))),
    ("unmet", re.compile(sounded(r"(?:chưa|không) đạt(?: chuẩn)?|not met"))),
    ("measure", re.compile(sounded(r"đơn vị tính|đvt|đơn vị đo|unit"))),
    (
        "people",
        re.compile(
            sounded(
                r"(?:chỉ tiêu|quy định|yêu cầu|mức|chuẩn|định mức|ghi chú|nguồn|kế hoạch|mục tiêu|so sánh|chênh lệch|hồ sơ|minh chứng"
                r"|giải trình|căn cứ|cơ quan|đơn vị (?:phụ trách|chủ trì|thực hiện)"
                r"|ngành|người|thời (?:gian|hạn)|note|source|required|threshold|target)\b.*"
            )
        ),
    ),
)
VERDICTS: Final[frozenset[Part | None]] = frozenset({"verdict", "met", "unmet"})
_YEAR: Final = re.compile(sounded(r"(.*?)(?:\s*(?:đến|hết|tính đến))*\s*(?:năm\s*)?\(?((?:19|20)\d\d)\)?"))


def part_of(cell: Any) -> Part | None:
    """What a heading without a criterion of its own says of the one above or beside it; None where it says nothing known."""
    words = sounded(header_text(cell)).rstrip(".:")
    for part, pattern in _PARTS:
        if pattern.fullmatch(words):
            return part
    return None


def year_in(cell: Any) -> tuple[str, str] | None:
    """What a heading says and the year it says it of: «Kết quả năm 2024»; None without a year."""
    found = _YEAR.fullmatch(sounded(header_text(cell)))
    return (found[1].strip(), found[2]) if found else None


def states_unit(cell: Any) -> bool:
    """Whether a cell is a unit of measure and nothing else: «%», «(triệu đồng/người/năm)»."""
    return cell.__class__ is str and is_unit(sounded(cell).removeprefix(sounded("đvt")).strip(" ():"))
