"""What the communes of one province read in the tables of a set, from which day, worked out column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ntm_rules.model.figures import Table, figures_of
from ntm_rules.model.ruleset import Indicator, Redirect, RuleSetDocument
from ntm_rules.site import phrases
from ntm_rules.site.address import of_indicator
from ntm_rules.site.library import Edition, State, indicator_of
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.parts.figures import cell, in_one_cell, is_table, one_line
from ntm_rules.site.parts.places import region
from ntm_rules.values import Lang

_SHORT = 3  # tables that a line holds


class Reading(NamedTuple):
    """A column that some communes of the province read, for as long as its rule holds."""

    state: State
    until: date | None
    column: str
    who: str  # whom the rule moves here; empty for all others
    alone: bool = False  # whether no rule moves anybody in these days


def readings(edition: Edition, province: str, lang: Lang) -> Iterator[Reading]:
    """Every column read in a province, oldest rule first: its own, and those that a rule of the set moves communes to."""
    own = region(province)
    national = [state for state in edition.states if state.province is None and "region" in state.document.dimensions]
    turns = [state for i, state in enumerate(national) if not i or _rules(state) != _rules(national[i - 1])]
    for i, state in enumerate(turns):
        after = turns[i + 1].start if i + 1 < len(turns) else None
        until = after - timedelta(days=1) if after else edition.document.in_force.until
        for rule in _rules(state):
            words = rule.title.say(lang) if rule.title else phrases.condition(rule.when, edition.rules.declared, lang)
            if rule.use != own:
                yield Reading(state, until, rule.use, words)
        yield Reading(state, until, own, "", not _rules(state))


def newest_first(edition: Edition, province: str, lang: Lang) -> list[Reading]:
    """The readings of a province, those of the latest rule first."""
    found = list(readings(edition, province, lang))
    return sorted(found, key=lambda one: -(one.state.start or date.min).toordinal())


def _rules(state: State) -> tuple[Redirect, ...]:
    return state.document.dimensions["region"].redirect


def since(page: Page, edition: Edition, province: str) -> str:
    """The first day of the rule in force last."""
    return phrases.day(newest_first(edition, province, page.lang)[0].state.start, page.lang)


def days(page: Page, reading: Reading) -> str:
    """From when to when a reading holds."""
    start, until = phrases.day(reading.state.start, page.lang), phrases.day(reading.until, page.lang)
    if reading.until is None:
        return page.say(f"từ {start}", f"from {start}")
    return page.say(f"từ {start} đến hết {until}", f"from {start} to {until}")


def who(page: Page, reading: Reading) -> str:
    """Which communes a reading is for."""
    if reading.alone:
        return page.say("Mọi xã", "All communes")
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
    head = [page.say("Xã nào, khi nào", "Which communes, when")]
    head += [text(f"{one.indicator} ({one.measure.unit_words.say(page.lang)})") for one in tables]
    rows = [
        [
            th(f"{text(who(page, one))}<br><small>{text(days(page, one))}</small><br>{_column(page, one)}"),
            *(figures(page, one, indicator.indicator) for indicator in tables),
        ]
        for one in newest_first(edition, province, page.lang)
    ]
    page.table(page.say(f"Mức áp dụng cho xã của tỉnh {place}", f"What communes of {place} must reach"), head, rows, "figures")


def in_short(page: Page, edition: Edition, province: str, indicators: Iterable[Indicator]) -> Iterator[str]:
    """What the rule in force last asks of the communes of a province, a line for each column; nothing where a line does not hold it."""
    tables = [one for one in indicators if is_table(one)]
    if len(tables) > _SHORT:
        return
    found = newest_first(edition, province, page.lang)
    for one in found:
        if one.state is found[0].state:
            yield "; ".join(_short(page, one, table, len(tables) > 1) for table in tables) + f": {text(who(page, one))}"


def _short(page: Page, reading: Reading, indicator: Indicator, named: bool) -> str:
    said = figures(page, reading, indicator.indicator).replace("<br>", ", ")
    unit = indicator.measure.unit_words.say(page.lang)
    name = f"{text(indicator.indicator)} " if named else ""
    return f"{name}<strong>{said}</strong>" + (f" {text(unit)}" if unit and unit != "%" else "")


def _column(page: Page, reading: Reading) -> str:
    return f"{page.say('cột', 'column')} <strong>{text(phrases.key(reading.column, page.lang))}</strong>"


def worked_set(page: Page, edition: Edition, province: str, place: str) -> None:
    """A whole set for the communes of a province: a row for each indicator that is split by column, the days before folded."""
    found = newest_first(edition, province, page.lang)
    for state in dict.fromkeys(one.state.start for one in found):
        _worked_days(page, edition, place, [one for one in found if one.state.start == state], folded=state != found[0].state.start)


def _worked_days(page: Page, edition: Edition, place: str, found: list[Reading], *, folded: bool) -> None:
    """The table of the days in which one rule of columns holds, with who reads which column above it."""
    document = edition.document
    when = days(page, found[0])
    if not folded:
        reads = page.say("áp dụng mức của", "are judged by the column of")
        page.p(f"<strong>{text(when[:1].upper() + when[1:])}</strong>:")
        page.items(f"{text(who(page, one))} {reads} <strong>{text(phrases.key(one.column, page.lang))}</strong>" for one in found)
        head = [page.say("Chỉ tiêu", "Indicator"), *(text(phrases.key(one.column, page.lang)) for one in found)]
    else:
        head = [page.say("Chỉ tiêu", "Indicator"), *(f"{text(who(page, one))}<br>{_column(page, one)}" for one in found)]
    rows = []
    for section, indicator in _split(document):
        target = of_indicator(page.lang, edition.id, section, indicator.indicator)
        link = page.link(target, f"{indicator.indicator} {indicator.title.say(page.lang)}")
        unit = indicator.measure.unit_words.say(page.lang)
        first = th(f"{link} <small>({text(unit)})</small>" if unit and unit != "%" else link)
        rows.append([first, *(figures(page, one, indicator.indicator) for one in found)])
    said = page.say(
        f"{document.title.vi}: mức với xã của tỉnh {place}, {when}", f"{document.title.en}: levels for communes of {place}, {when}"
    )
    page.table(said, head, rows, "worked", folded=when[:1].upper() + when[1:] if folded else "")


def _split(document: RuleSetDocument) -> Iterator[tuple[str, Indicator]]:
    for section in document.sections:
        for indicator in section.indicators:
            if isinstance(indicator.bound, Table) and "region" in indicator.bound.by:
                yield section.criterion, indicator


def is_split(edition: Edition) -> bool:
    """Whether what communes must reach differs by region."""
    return edition.document.province is None and edition.document.subject == "commune" and any(_split(edition.document))
