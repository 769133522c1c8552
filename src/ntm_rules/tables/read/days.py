"""Days as they are written in Viet Nam: the day before the month, always; and the number under which a spreadsheet keeps a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from ntm_rules.decide.written.words import sounded

_WRITTEN: Final = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[t ]00:00(?::00)?)?", re.ASCII),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2})([/.-])(?P<m>\d{1,2})\2(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}),? năm (?P<y>\d{4})"),
)
_FIRST: Final = date(1899, 12, 30)  # day 0 of spreadsheets, by their own count after February 1900
_LIKELY: Final = range(30_000, 60_000)  # 1982 to 2064


def read_day(text: str) -> date | None:
    """The day a text states; None where it states none, or one that no calendar has."""
    for form in _WRITTEN:
        if found := form.fullmatch(sounded(text)):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def serial_day(text: str) -> date | None:
    """The day that a spreadsheet keeps as the number 43983, where a text is likely to be such a number."""
    number = int(text) if re.fullmatch(r"\d{5}", text, re.ASCII) else 0
    return _FIRST + timedelta(days=number) if number in _LIKELY else None
