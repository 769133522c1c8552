"""Figures on pages: each with how far it was checked, and below it the document and the places where it was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.labels import LEVEL_SIGNS
from ntm_rules.model.figures import Figure, Row, Source, Table, figures_of
from ntm_rules.model.ruleset import Indicator, RuleSetDocument
from ntm_rules.site import phrases
from ntm_rules.site.address import of_instrument
from ntm_rules.site.page import Page, tag, text, th
from ntm_rules.site.parts.where_seen import seen_at
from ntm_rules.values import Bilingual, Lang, SourceLevel, exact, shown

FEW: Final = 3  # with more indicators, a page shows of each what it requires, and folds how it is measured and by whom it is said
_NAMED = 6  # cells of a table that one source is said to be of, by their names


# As pages say it; the label of the library stands in stored decisions and does not change.
_WITHOUT_SOURCE = Bilingual("chưa có nguồn, chưa kiểm chứng", "without a source, not verified")


def level_words(level: SourceLevel) -> Bilingual:
    """How far a figure was checked, in words."""
    return _WITHOUT_SOURCE if level is SourceLevel.RECALLED else level.label


@dataclass(frozen=True)
class Founded:
    """Where a figure stands, and how far it was checked."""

    instrument: str
    at: str
    level: SourceLevel
    seen: tuple[str, ...]
    note: Bilingual | None


def founded(figure: Figure | None, own: Source | None, instrument: str) -> Founded:
    """The source of a figure: its own words first, those of its indicator next, the instrument of the set last."""
    given = [source for source in (figure, own) if source is not None]
    level = next((source.level for source in given if source.level), None) or SourceLevel.MISSING
    if figure is not None and not figure.is_known:
        level = SourceLevel.MISSING
    of_figure = figure is not None and (figure.seen or figure.level is not None)
    seen = figure.seen if figure is not None and of_figure else (own.seen if own else ())
    return Founded(
        next((source.instrument for source in given if source.instrument), instrument),
        next((source.at for source in given if source.at), ""),
        level,
        seen,
        next((source.note for source in given if source.note), None),
    )


def mark(page: Page, level: SourceLevel) -> str:
    """The sign of a source level, with its meaning for those who point at it or listen."""
    words = level_words(level).say(page.lang)
    sign = tag("span", LEVEL_SIGNS[level], aria_hidden="true")
    return tag("span", f'{sign}<span class="sr"> ({text(words)})</span>', class_=f"lv lv-{level.value}", title=words)


def legend(page: Page) -> str:
    """What the signs mean."""
    parts = [f"{mark_alone(level)} {text(level_words(level).say(page.lang))}" for level in SourceLevel]
    return tag("p", " · ".join(parts), class_="legend", data_search_exclude="")


def mark_alone(level: SourceLevel) -> str:
    """The sign of a source level beside the words that say it."""
    return tag("span", LEVEL_SIGNS[level], class_=f"lv lv-{level.value}", aria_hidden="true")


def cell(page: Page, figure: Figure, indicator: Indicator, document: RuleSetDocument) -> str:
    """A figure with the sign of its level; why it is not there, where it is not."""
    if figure.is_known:
        shown = phrases.figure(figure, indicator, page.lang)
        return f"{text(shown)}\N{NO-BREAK SPACE}{mark(page, founded(figure, indicator.source, document.instrument).level)}"
    absent = page.say("tỉnh quy định", "set by the province") if figure.delegated else page.say("chưa có số", "not available")
    return f"{absent}\N{NO-BREAK SPACE}{mark(page, SourceLevel.MISSING)}"


def in_one_cell(found: Sequence[tuple[str, str]], lang: Lang) -> str:
    """Figures with what tells them apart, one below the other; a lone figure for all other keys needs no label."""
    lone = len(found) == 1 and found[0][0] == phrases.OTHERS.say(lang)
    return "<br>".join(shown if lone or not label else f"<small>{text(label)}:</small> {shown}" for label, shown in found) or "–"


def one_line(page: Page, indicator: Indicator, document: RuleSetDocument) -> str:
    """What an indicator requires where one figure holds for all; empty where it is a table."""
    bound = indicator.bound
    if not isinstance(bound, Figure):
        return ""
    if not bound.is_known:
        return cell(page, bound, indicator, document)
    level = founded(bound, indicator.source, document.instrument).level
    whole = OPERATORS[indicator.operator].low and indicator.measure.unit == "%" and bound.value == "100"  # no share is above it
    words = phrases.figure(bound, indicator, page.lang) if whole else phrases.required(bound, indicator, page.lang)
    return f"{text(words)} {mark(page, level)}"


def is_table(indicator: Indicator) -> bool:
    """Whether what is required differs by column."""
    return isinstance(indicator.bound, Table)


def by_table(page: Page, indicator: Indicator) -> str:
    """The least and the most a table asks for."""
    words_for = page.say("theo bảng", "by table")
    if indicator.measure.kind != "number":
        return words_for
    known = [exact(given.value) for _, given in figures_of(indicator.bound) if isinstance(given.value, str)]
    if not known:
        return words_for
    words = indicator.measure.unit_words.say(page.lang)
    unit = words if words == "%" else f" {words}"
    low, high = (shown(value, page.lang) for value in (min(known), max(known)))
    return text(f"{words_for}: " + (low if low == high else f"{low} {page.say('đến', 'to')} {high}") + unit)


def requirement_table(page: Page, indicator: Indicator, document: RuleSetDocument) -> None:
    """The table of an indicator: a row for each key of the first dimension, a column for each of the others."""
    bound = indicator.bound
    assert isinstance(bound, Table)
    dimensions = [document.dimensions[name].title.say(page.lang) if name in document.dimensions else name for name in bound.by]
    unit = indicator.measure.unit_words.say(page.lang)
    rule = OPERATORS[indicator.operator].unbound(page.lang)
    caption = f"{indicator.indicator}: {rule}" + (f", {unit}" if unit else "")
    columns = _columns(bound)
    shown = [" · ".join(phrases.key(name, page.lang) for name in keys) or page.say("Mức", "Level") for keys in columns]
    rows = []
    for name, below in bound.cells().items():
        found: dict[tuple[str, ...], Figure] = dict(figures_of(below))
        cells = [cell(page, found[keys], indicator, document) if keys in found else "–" for keys in columns]
        if columns != [()] and () in found:
            cells = [f'<td colspan="{len(columns)}">{cell(page, found[()], indicator, document)}</td>']
        rows.append([th(text(phrases.key(name, page.lang))), *cells])
    page.table(caption, [text(" · ".join(dimensions[:1])), *map(text, shown)], rows, css="figures")


def _columns(bound: Table) -> list[tuple[str, ...]]:
    found: dict[tuple[str, ...], None] = {}
    for below in bound.cells().values():
        found.update(dict.fromkeys(keys for keys, _ in figures_of(below) if keys or not isinstance(below, Row)))
    keys = list(found)
    longest = max(map(len, keys), default=0)
    return [one for one in keys if len(one) == longest]


def sources(page: Page, indicator: Indicator, document: RuleSetDocument) -> Iterator[str]:
    """Each document the figures of an indicator stand in, with the figures, the level, where it was seen and why a figure is missing."""
    groups: dict[tuple[Founded, str], list[tuple[str, ...]]] = {}
    for keys, figure in figures_of(indicator.bound):
        absent = figure.missing.say(page.lang) if figure.missing is not None else ""
        groups.setdefault((founded(figure, indicator.source, document.instrument), absent), []).append(keys)
    most = max(groups, key=lambda found: len(groups[found]), default=None)
    for found in sorted(groups, key=lambda found: found is most):
        others = found is most and len(groups[found]) > _NAMED
        line = source(page, found[0], groups[found] if len(groups) > 1 else (), others=others)
        yield _with_reason(line, found[1])


def _with_reason(line: str, absent: str) -> str:
    """A source with why its figure is missing: after a note that is a sentence of its own, as another sentence."""
    if not absent:
        return line
    ended = line.endswith((".", ".</span>"))
    return f"{line} {text(absent[:1].upper() + absent[1:])}." if ended else f"{line}: {text(absent)}"


def source(page: Page, found: Founded, where: Sequence[tuple[str, ...]] = (), *, others: bool = False) -> str:
    """A document, the place in it, the level, and where it was seen; of which figures, ``others`` for all that were not named before."""
    parts = [page.link(of_instrument(page.lang, found.instrument), found.instrument)]
    if found.at:
        parts.append(page.vi(found.at))
    line = ", ".join(parts) + f": {mark_alone(found.level)} {text(level_words(found.level).say(page.lang))}"
    line += f" ({page.say('mọi mức khác', 'all other figures')})" if where and others else _which(page, where)
    if found.seen:
        line += f". {page.say('Thấy ở', 'Seen at')}: " + "; ".join(dict.fromkeys(seen_at(page, one) for one in found.seen))
    if found.note:
        line += f". {page.words(found.note)}"
    return line


def _which(page: Page, where: Sequence[tuple[str, ...]]) -> str:
    named = [", ".join(phrases.key(name, page.lang) for name in keys) for keys in where if keys]
    if not named:
        return ""
    shown = "; ".join(named[:_NAMED]) + (f"; … (+{len(named) - _NAMED})" if len(named) > _NAMED else "")
    return f" ({text(shown)})"
