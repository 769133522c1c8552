"""Columns of those who score, by what they are in a council or by their names: their points are one product's, never a product each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ntm_rules.decide.written.words import sounded

_MEMBER: Final = re.compile(sounded(r"(?:thành viên|uỷ viên|giám khảo|người chấm|chủ tịch hội đồng|thư ký|member|judge)\b.*|tv ?\d+"))
_STYLED: Final = re.compile(r"(?:Ông|Bà|Anh|Chị|Đ/c|Đồng chí|Mr|Ms|Mrs)\b\.? *", re.IGNORECASE)
_FAMILY: Final = re.compile(
    sounded(
        "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|lương|trương|lâm|phùng|mai|tô|đào|hà|cao"
        "|tạ|chu|châu|quách|thái|đàm|kiều|lưu|vương|tống|la|nông|triệu"
    )
)
_MOST: Final = 5  # words of a name


def members_among(headings: Sequence[str]) -> list[str]:
    """Which headings are of those who score: «Thành viên 1», «TV 2»; of persons where two are, since one may be what a thing is called."""
    people = [text for text in headings if _is_person(text)]
    return [text for text in headings if is_member(text) or (len(people) > 1 and text in people)]


def is_member(text: str) -> bool:
    """Whether a heading says what somebody is in a council."""
    return _MEMBER.fullmatch(sounded(text)) is not None


def _is_person(text: str) -> bool:
    """Whether a text is a person's name: «Bà Trần Thị B», or a family name and given names that all begin with a capital."""
    bare = _STYLED.sub("", text, count=1)
    words = bare.split()
    named = len(words) <= _MOST and all(word[:1].isupper() for word in words)
    return named and (bare != text or len(words) > 1) and (bare != text or _FAMILY.fullmatch(sounded(words[0])) is not None)
