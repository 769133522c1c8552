"""What offices write in their lists of what was recognised: number and day of a decision in one cell, a term, a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ntm_rules.register.validity import months_later
from ntm_rules.tables.read.days import read_day
from ntm_rules.values import folded

_DAY: Final = re.compile(r"\b\d{1,2}([/.-])\d{1,2}\1\d{4}(?![\d/])|\b\d{1,2} tháng \d{1,2},? năm \d{4}\b", re.IGNORECASE)
_BEFORE_DAY: Final = re.compile(r"[\s,;(]*(?:ký\s+)?(?:ngày)?\s*$", re.IGNORECASE)
_BEFORE_NUMBER: Final = re.compile(r"^\s*(?:quyết định|qđ)?\s*(?:công nhận)?\s*(?:số)?\s*:?\s*(?=\d)", re.IGNORECASE)
_MONTHS: Final = re.compile(r"(\d{1,3}) (tháng|năm|months?|years?)")
_TO: Final = re.compile(r"^(?:đến|tới)?\s*(?:hết)?\s*")
_WITHOUT_END: Final = ("không thời hạn", "vô thời hạn", "không xác định thời hạn")


def decision_of(text: str) -> tuple[str, date | None]:
    """The number of a decision and its day, of «Quyết định số 12/QĐ-UBND ngày 15/12/2022».

    A cell with several days, or none, is the number as it is printed.
    """
    days = list(_DAY.finditer(text))
    day = read_day(days[0][0]) if len(days) == 1 else None
    if day is None:
        return text, None
    number = _BEFORE_DAY.sub("", text[: days[0].start()])
    return _BEFORE_NUMBER.sub("", number).strip(), day


def year_of(text: str) -> date | None:
    """The last day of a year that stands alone, «2020» or «năm 2020»: by it, what was recognised that year had been."""
    found = re.fullmatch(r"(?:năm )?((?:19|20)\d\d)", folded(text))
    return date(int(found[1]), 12, 31) if found else None


def term_end(text: str, day: date | None) -> tuple[date | None, bool]:
    """The last day that a term sets, «36 tháng», «3 năm», «đến hết ngày 15/12/2025», and whether the text is a term at all.

    So many months are counted from the day of the decision; where that is not known, neither is the last day.
    """
    said = folded(text)
    if said in _WITHOUT_END:
        return None, True
    if found := _MONTHS.fullmatch(said):
        months = int(found[1]) * (12 if found[2][0] in "ny" else 1)
        return (months_later(day, months) if day is not None else None), True
    until = read_day(_TO.sub("", said))
    return until, until is not None
