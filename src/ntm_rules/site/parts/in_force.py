"""From when to when a document or a set holds: one reading for both, cells that a script can filter by a day, the field for the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from ntm_rules.model.ruleset import Period
from ntm_rules.site import phrases
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, tag, text
from ntm_rules.values import Bilingual

_FROM: Final = Bilingual("từ {0}", "from {0}")
_ISSUED: Final = Bilingual("ban hành {0}, ngày có hiệu lực chưa biết", "issued {0}, first day in force not known")
_NO_START: Final = Bilingual("ngày có hiệu lực chưa biết", "first day in force not known")
_UNTIL: Final = Bilingual("đến hết {0}", "to {0}")
_NO_END: Final = Bilingual("ngày cuối chưa biết", "last day not known")
_UNKNOWN: Final = Bilingual("chưa biết", "not known")
_FIELD: Final = Bilingual("Xem những gì có hiệu lực ngày", "Show what was in force on")
_ALL: Final = Bilingual("Xem tất cả", "Show all")
_WHY: Final = {
    "replaced": Bilingual("ngày trước khi văn bản thay thế có hiệu lực", "the day before the document that replaces it"),
    "set": Bilingual("theo bộ tiêu chí mà văn bản ban hành hoặc sửa", "as the set that it issued or changed"),
}


class Validity(NamedTuple):
    """The days on which something holds.

    Attributes:
        start: the first day; None where it is not known.
        until: the last day; None where it is not known.
        issued: the day of issue, before which nothing holds.
        why: what the last day follows from, where the document does not say it itself: ``replaced`` or ``set``.
    """

    start: date | None
    until: date | None
    issued: date | None = None
    why: str = ""

    @property
    def since(self) -> date | None:
        """The first day, else the day of issue."""
        return self.start or self.issued


def of_period(given: Period) -> Validity:
    """The days of a set."""
    return Validity(given.start, given.until)


def of_document(library: Library, key: str) -> Validity:
    """The days of a legal document: as it says, else as its replacement says, else as the sets that it issued or changed."""
    one = library.instruments[key]
    made = list(_made(library, key))
    start = one.in_force.start or min((period.start for period in made if period.start), default=None)
    if one.in_force.until:
        return Validity(start, one.in_force.until, one.issued)
    if replaced := _replaced_on(library, key):
        return Validity(start, replaced, one.issued, "replaced")
    ends = [period.until for period in made]
    known = [end for end in ends if end]
    until = max(known) if known and len(known) == len(ends) else None
    return Validity(start, until, one.issued, "set" if until else "")


def _made(library: Library, key: str) -> Iterator[Period]:
    """The periods of what a document issued and changed; an amendment of a set ends with it at the latest."""
    for edition in library.editions.values():
        if edition.document.instrument == key:
            yield edition.document.in_force
    for overlay in library.overlays.values():
        if overlay.instrument == key and overlay.kind != "draft" and overlay.amends in library.editions:
            amended = library.editions[overlay.amends].document.in_force
            yield Period.model_validate({"from": overlay.in_force.start, "until": overlay.in_force.until or amended.until})


def _replaced_on(library: Library, key: str) -> date | None:
    """The day before the first document that replaces one, where that is known."""
    starts = [one.in_force.start or one.issued for one in library.instruments.values() if key in one.replaces]
    first = min((start for start in starts if start), default=None)
    return first - timedelta(days=1) if first else None


def words(page: Page, given: Validity, *, why: bool = False) -> str:
    """From when to when; what is not known is said, and with ``why`` what the last day follows from."""
    if given.start:
        first = _FROM.fill(phrases.day(given.start, page.lang))
    else:
        first = _ISSUED.fill(phrases.day(given.issued, page.lang)) if given.issued else _NO_START
    last = _UNTIL.fill(phrases.day(given.until, page.lang)) if given.until else _NO_END
    told = f" <small>({page.words(_WHY[given.why])})</small>" if why and given.why else ""
    return f'<span class="nb">{page.words(first)}</span> <span class="nb">{page.words(last)}</span>{told}'


def cell(page: Page, given: Validity) -> str:
    """A cell with the days in short, which the script of the page compares with the day chosen."""
    days = {"data_from": given.since, "data_until": given.until}
    unsure = {} if given.start else {"data_unsure": ""}
    first, last = (phrases.day(day, page.lang) if day else _UNKNOWN.say(page.lang) for day in (given.start, given.until))
    shown = f'<span class="nb">{text(first)} –</span> <span class="nb">{text(last)}</span>'
    return tag("td", shown, **{key: day.isoformat() for key, day in days.items() if day}, **unsure, class_="dated")


DAY: Final = Bilingual("ngay", "day")
"""The name of the field for the day in an address: ``#ngay=2024-03-05``, or alone for today."""


def day_field(page: Page) -> None:
    """The field for the day; it is shown where scripts run, since only they can hide rows."""
    page.days = True
    field = tag("label", f"{page.words(_FIELD)} " + tag("input", None, type="date", min="2000-01-01", max="2100-12-31"))
    button = tag("button", page.words(_ALL), type="button", class_="plain")
    told = tag("output", "")
    page.html(tag("div", f"{field} {button} {told}", id=DAY.say(page.lang), class_="by-day", hidden="", data_search_exclude=""))
