"""A criterion across the editions and their amendments: what stands under the same title, and what is declared to be one quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from ntm_rules.model.figures import figures_of
from ntm_rules.model.ruleset import Criterion, Indicator
from ntm_rules.site import phrases
from ntm_rules.site.address import of_criterion, of_indicator, of_instrument, of_set
from ntm_rules.site.library import Edition, Library, section_of
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.parts.figures import is_table, mark, one_line
from ntm_rules.values import SourceLevel, exact, folded, shown


class Counterpart(NamedTuple):
    """A criterion of another edition, and why it is shown: it has the same title, declared quantities, or only the same number."""

    section: Criterion
    why: str


Joined = Mapping[str, tuple[str, SourceLevel]]


def joined(library: Library, edition: Edition, other: Edition) -> Joined:
    """The indicator of ``edition`` that is declared to be one quantity with an indicator of ``other``, by the number in ``other``."""
    found = {}
    for document in library.mappings:
        for carry in document.carry:
            if (document.old, document.new) == (other.id, edition.id):
                found[carry.old] = carry.new, carry.level
            elif (document.old, document.new) == (edition.id, other.id):
                found[carry.new] = carry.old, carry.level
    return found


def counterparts(library: Library, edition: Edition, section: Criterion, other: Edition) -> list[Counterpart]:
    """The criteria of another edition that answer to one, by what is on record and never by likeness.

    The same title, or an indicator that a mapping declares to be one quantity; failing both, within a family, the same printed number,
    which says nothing of the content.
    """
    own = {one.indicator for one in section.indicators}
    pairs = joined(library, edition, other)
    found = []
    for one in other.document.sections:
        if folded(one.title) == folded(section.title):
            found.append(Counterpart(one, "title"))
        elif any(pairs.get(indicator.indicator, ("",))[0] in own for indicator in one.indicators):
            found.append(Counterpart(one, "declared"))
    if not found and other.family == edition.family and section.criterion.isdecimal():
        found = [Counterpart(one, "number") for one in other.document.sections if one.criterion == section.criterion]
    return found


def history(page: Page, library: Library, edition: Edition, section: Criterion) -> None:
    """The criterion in each edition of its line, with what the national amendments between them did to it."""
    line = library.line(edition)
    rows = [row for one in line for row in _rows(page, library, edition, section, one)]
    page.heading(page.say("Qua các giai đoạn", "Across editions"), page.say("lich-su", "history"), searched=False)
    if len(rows) < 2:
        page.p(
            text(page.say("Danh mục chỉ có bộ này, chưa có bộ trước hoặc sau.", "Only this edition is on record, none before or after it."))
        )
        return
    head = [page.say("Từ ngày", "Since"), page.say("Tiêu chí và các chỉ tiêu", "Criterion and its indicators")]
    page.table(page.say("Tiêu chí này qua các bộ và các lần sửa đổi", "This criterion in each edition and amendment"), head, rows)
    page.p(
        text(
            page.say(
                "Dấu ⇄: hai chỉ tiêu được khai báo là cùng một đại lượng. Nội dung khác của các bộ chưa được đối chiếu.",
                "The sign ⇄: two indicators that are declared to be one quantity. Nothing else of the editions was compared.",
            )
        ),
        class_="legend",
    )


def _rows(page: Page, library: Library, edition: Edition, section: Criterion, one: Edition) -> Iterator[list[str]]:
    same = one is edition
    found = [Counterpart(section, "title")] if same else counterparts(library, edition, section, one)
    pairs = {} if same else joined(library, edition, one)
    yield [th(_since(page, one)), "<br>".join(_named(page, one, given, pairs) for given in found) or _none(page)]
    for given in found:
        yield from _amendments(page, one, given.section)


def _since(page: Page, one: Edition) -> str:
    start = one.document.in_force.start
    when = phrases.day(start, page.lang) if start else page.say("ngày đầu chưa biết", "first day not known")
    return f"{text(when)}<br>{page.link(of_set(page.lang, one.id), one.id)}"


def _none(page: Page) -> str:
    return text(page.say("Không có tiêu chí cùng tên; chưa có bảng đối chiếu.", "No criterion of that title; no mapping is on record."))


def _named(page: Page, one: Edition, given: Counterpart, pairs: Joined) -> str:
    section = given.section
    words = page.link(of_criterion(page.lang, one.id, section.criterion), f"{section.criterion}. {section.title.say(page.lang)}")
    why = {
        "declared": page.say("có chỉ tiêu được khai báo là cùng một đại lượng", "has an indicator declared to be one quantity"),
        "number": page.say("chỉ cùng số, tên khác; chưa có bảng đối chiếu", "only the number is the same; no mapping is on record"),
    }.get(given.why)
    words += f" <small>({text(why)})</small>" if why else ""
    if not section.indicators:
        return f"{words}<br>{page.say('chưa có nội dung', 'content not available')}"
    return words + "".join(f"<br>{_brief(page, one, section, indicator, pairs)}" for indicator in section.indicators)


def _brief(page: Page, one: Edition, section: Criterion, indicator: Indicator, pairs: Joined) -> str:
    number = indicator.indicator
    link = page.link(of_indicator(page.lang, one.id, section.criterion, number), number, title=indicator.title.say(page.lang))
    words = f"{link} {one_line(page, indicator, one.document) or _range(page, indicator)}"
    if number in pairs:
        own, level = pairs[number]
        words += f" <small>⇄ {text(own)} {mark(page, level)}</small>"
    return words


def _amendments(page: Page, one: Edition, section: Criterion) -> Iterator[list[str]]:
    """What each national amendment of an edition did to a criterion, as far as it was read."""
    states = [state for state in one.states if state.province is None]
    for before, state in pairwise(states):
        assert state.overlay is not None
        number = page.link(of_instrument(page.lang, state.instrument), state.instrument)
        link = page.link(of_set(page.lang, state.overlay.overlay), page.say("sửa đổi", "amendment"))
        done = []
        was, now = (section_of(given.document, section.criterion) for given in (before, state))
        if now is None:
            done.append(page.say("bãi bỏ", "taken away") if was else page.say("không có", "not there"))
        elif was != now:
            old = {given.indicator: given for given in was.indicators} if was else {}
            changed = [given.indicator for given in now.indicators if old.get(given.indicator) != given]
            done.append(page.say("đặt lại ", "sets anew ") + text(", ".join(changed or [section.criterion])))
        if any(map(is_table, section.indicators)) and before.document.dimensions != state.document.dimensions:
            done.append(page.say("đổi quy tắc đọc cột", "changes the rule of columns"))
        words = "; ".join(done) or page.say("phần đã đọc được không đổi tiêu chí này", "what was read of it leaves this criterion as it is")
        yield [th(f"{text(phrases.day(state.start, page.lang))}<br>{number}"), f"{link}: {words}"]


def _range(page: Page, indicator: Indicator) -> str:
    """The least and the most a table asks for."""
    by_table = page.say("theo bảng", "by table")
    if indicator.measure.kind != "number":
        return by_table
    known = [exact(given.value) for _, given in figures_of(indicator.bound) if isinstance(given.value, str)]
    if not known:
        return by_table
    words = indicator.measure.unit_words.say(page.lang)
    unit = words if words == "%" else f" {words}"
    low, high = (shown(value, page.lang) for value in (min(known), max(known)))
    return text(f"{by_table}: " + (low if low == high else f"{low} {page.say('đến', 'to')} {high}") + unit)
