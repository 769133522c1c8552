"""What the communes of one province read in the tables of a set, from which day, worked out column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ntm_rules.model.figures import Table, figures_of
from ntm_rules.model.ruleset import Indicator, Redirect, RuleSetDocument
from ntm_rules.site import phrases
from ntm_rules.site.address import of_indicator
from ntm_rules.site.figures import cell, in_one_cell, is_table, one_line
from ntm_rules.site.library import Edition, State, indicator_of
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.places import PROVINCES
from ntm_rules.values import Lang


class Reading(NamedTuple):
    """A column that some communes of the province read, for as long as its rule holds."""

    state: State
    until: date | None
    column: str
    who: str  # whom the rule moves here; empty for all others


def readings(edition: Edition, province: str, lang: Lang) -> Iterator[Reading]:
    """Every column read in a province, oldest rule first: its own, and those that a rule of the set moves communes to."""
    own = PROVINCES[province].region
    national = [state for state in edition.states if state.province is None and "region" in state.document.dimensions]
    turns = [state for i, state in enumerate(national) if not i or _rules(state) != _rules(national[i - 1])]
    for i, state in enumerate(turns):
        after = turns[i + 1].start if i + 1 < len(turns) else None
        until = after - timedelta(days=1) if after else edition.document.in_force.until
        for rule in _rules(state):
            words = rule.title.say(lang) if rule.title else phrases.condition(rule.when, edition.rules.declared, lang)
            if rule.use != own:
                yield Reading(state, until, rule.use, words)
        yield Reading(state, until, own, "")


def newest_first(edition: Edition, province: str, lang: Lang) -> list[Reading]:
    """The readings of a province, those of the latest rule first."""
    found = list(readings(edition, province, lang))
    return sorted(found, key=lambda one: -(one.state.start or date.min).toordinal())


def _rules(state: State) -> tuple[Redirect, ...]:
    return state.document.dimensions["region"].redirect


def days(page: Page, reading: Reading) -> str:
    """From when to when a reading holds."""
    start, until = phrases.day(reading.state.start, page.lang), phrases.day(reading.until, page.lang)
    if reading.until is None:
        return page.say(f"từ {start}", f"from {start}")
    return page.say(f"từ {start} đến hết {until}", f"from {start} to {until}")


def who(page: Page, reading: Reading) -> str:
    """Which communes a reading is for."""
    return reading.who or page.say("Các xã khác", "All other communes")


def figures(page: Page, reading: Reading, number: str) -> str:
    """What the column of a reading says of an indicator; years outside its days are left out."""
    document = reading.state.document
    indicator = indicator_of(document, number)
    if indicator is None:
        return "–"
    bound = indicator.bound
    if not isinstance(bound, Table):
        return one_line(page, indicator, document)
    found: list[tuple[str, str]] = []
    for keys, figure in figures_of(bound):
        named = dict(zip(bound.by, keys, strict=False))
        if named.get("region", reading.column) not in (reading.column, "others"):
            continue
        if named.get("region") == "others" and reading.column in bound.cells():
            continue
        if "year" in named and not _falls_in(named["year"], reading):
            continue
        rest = " · ".join(phrases.key(key, page.lang) for name, key in named.items() if name != "region")
        found.append((rest, cell(page, figure, indicator, document)))
    return in_one_cell(found, page.lang)


def _falls_in(year: str, reading: Reading) -> bool:
    if not year.isdecimal():
        return True
    start, until = reading.state.start, reading.until
    return (start is None or int(year) >= start.year) and (until is None or int(year) <= until.year)


def worked(page: Page, edition: Edition, province: str, indicators: Iterable[Indicator], place: str) -> None:
    """A criterion for the communes of a province: a row for each column that is read there."""
    tables = [one for one in indicators if is_table(one)]
    if not tables:
        page.p(
            text(
                page.say(
                    f"Các mức của tiêu chí này không chia theo cột, nên với {place} cũng như trên.",
                    f"The levels of this criterion are not split by column, so they are the same in {place}.",
                )
            )
        )
        return
    head = [page.say("Khi nào", "When"), page.say("Xã nào", "Which communes"), page.say("Đọc cột", "Column")]
    head += [text(f"{one.indicator} ({one.measure.unit_words.say(page.lang)})") for one in tables]
    rows = [
        [
            th(text(days(page, one))),
            text(who(page, one)),
            f"<strong>{text(phrases.key(one.column, page.lang))}</strong>",
            *(figures(page, one, indicator.indicator) for indicator in tables),
        ]
        for one in newest_first(edition, province, page.lang)
    ]
    page.table(page.say(f"Mức áp dụng cho xã của tỉnh {place}", f"What communes of {place} must reach"), head, rows)


def worked_set(page: Page, edition: Edition, province: str, place: str) -> None:
    """A whole set for the communes of a province: a row for each indicator that is split by column."""
    found = newest_first(edition, province, page.lang)
    document = edition.document
    head = [page.say("Chỉ tiêu", "Indicator")]
    for one in found:
        column = phrases.key(one.column, page.lang)
        head.append(f"{text(who(page, one))}<br><small>{text(days(page, one))}; {page.say('cột', 'column')} {text(column)}</small>")
    rows = []
    for section, indicator in _split(document):
        link = page.link(
            of_indicator(page.lang, edition.id, section, indicator.indicator), f"{indicator.indicator} {indicator.title.say(page.lang)}"
        )
        unit = indicator.measure.unit_words.say(page.lang)
        rows.append(
            [th(f"{link} <small>({text(unit)})</small>" if unit else link), *(figures(page, one, indicator.indicator) for one in found)]
        )
    said = page.say(f"{document.title.vi}: mức với xã của tỉnh {place}", f"{document.title.en}: levels for communes of {place}")
    page.table(said, head, rows)


def _split(document: RuleSetDocument) -> Iterator[tuple[str, Indicator]]:
    for section in document.sections:
        for indicator in section.indicators:
            if isinstance(indicator.bound, Table) and "region" in indicator.bound.by:
                yield section.criterion, indicator


def is_split(edition: Edition) -> bool:
    """Whether what communes must reach differs by region."""
    return edition.document.province is None and edition.document.subject == "commune" and any(_split(edition.document))
