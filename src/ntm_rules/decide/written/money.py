"""Units of money in headings, however offices write them, against the unit of an indicator."""

from __future__ import annotations

import re
from typing import Final

from ntm_rules.decide.written.words import sounded

_WORDS: Final = {
    "": ("",),
    "nghìn": ("nghìn", "ngàn", "1.000", "1000", "thousand"),
    "triệu": ("triệu", "tr", "tr.", "1.000.000", "million"),
    "tỷ": ("tỷ", "tỉ", "billion"),
}
_SCALES: Final = {word: scale for scale, words in _WORDS.items() for word in words}
_MONEY: Final = re.compile(
    r"(?<![\w.])"
    r"((?:1\.000\.000|1\.000|1000|nghìn|ngàn|thousand|triệu|tr\.?|million|tỷ|tỉ|billion)?) ?(?:đồng|vnđ|vnd|đ)(?!\w)((?: ?/ ?\w+)*)"
)
_OTHER_SHARE: Final = re.compile(  # what a figure by the head and year is not counted by; «tháng 6» is a day of it
    sounded(r"(?<!\w)(?:\d+ tháng|tháng(?! ?\d)|quý(?! ?(?:\d|[iv]+\b))|hộ|lao động|month|quarter|household)(?!\w)(?! nghèo)")
)


_POWERS: Final = {"": 0, "nghìn": 3, "triệu": 6, "tỷ": 9}


def power_between(stated: str, unit: str) -> int | None:
    """The power of ten that turns a figure in one unit of money into another, ``tỷ đồng`` into ``triệu đồng/người/năm``: 3. What it is
    counted by (a head, a year) may be left out; None where it differs, or either is no money."""
    given, own = _MONEY.fullmatch(sounded(stated)), _MONEY.fullmatch(sounded(unit))
    if given is None or own is None or given[2] not in ("", own[2]):
        return None
    return _POWERS[_SCALES[given[1]]] - _POWERS[_SCALES[own[1]]]


def is_money(words: str) -> bool:
    """Whether words are a unit of money and nothing else."""
    return _MONEY.fullmatch(words) is not None


def has_money(heading: str) -> bool:
    """Whether a heading states a unit of money."""
    return _MONEY.search(sounded(heading)) is not None


def other_money(heading: str, unit: str) -> str | None:
    """The unit of money in a heading where it is not that of the indicator: another scale, or by the month for by the year."""
    own = _MONEY.search(sounded(unit))
    if own is None:
        return None
    for found in _MONEY.finditer(sounded(heading)):
        if _SCALES[found[1]] != _SCALES[own[1]] or _OTHER_SHARE.search(found[2]):
            return found[0]
    by_head = "/người/năm" in sounded(unit) and _OTHER_SHARE.search(sounded(heading))
    return by_head[0] if by_head else None
