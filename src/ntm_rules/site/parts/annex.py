"""The annex of a set as one table: a row for each indicator, a column for each region or group."""

from __future__ import annotations

from ntm_rules.conditions import ALL_OF
from ntm_rules.model.figures import Figure, Table, figures_of
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.model.vocabulary import REGION_SIGNS, REGIONS
from ntm_rules.site import phrases
from ntm_rules.site.address import of_criterion, of_indicator
from ntm_rules.site.library import Edition
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.parts.figures import cell, in_one_cell, legend, one_line

_SPREAD = ("region", "commune_group")  # what the annexes of the decisions have columns for


def annex_table(page: Page, edition: Edition) -> None:
    """The annex with the signs of its source levels, and what the short names of its columns stand for."""
    document = edition.document
    spread, columns = _columns(document)
    short = spread == "region" and len(columns) > 3
    page.html(legend(page))
    head = [page.say("Nội dung", "What"), *(_heading(page, spread, key, short) for key in columns)]
    if not columns:
        head.append(page.say("Yêu cầu", "Required"))
    rows: list[list[str]] = []
    for section in document.sections:
        rows += _rows(page, edition, section, spread, columns)
    page.table(page.say(f"Phụ lục: {document.title.vi}", f"Annex: {document.title.en}"), head, rows, "annex", told=False)
    if short:
        signs = [f"{REGION_SIGNS[key].say(page.lang)}: {REGIONS[key].say(page.lang)}" for key in columns if key in REGIONS]
        page.p(text("; ".join(signs) + "."), class_="legend", data_search_exclude="")


def _columns(document: RuleSetDocument) -> tuple[str, list[str]]:
    """The dimension the annex is spread over, and its keys in the order of the decision."""
    tables = [one.bound for section in document.sections for one in section.indicators if isinstance(one.bound, Table)]
    spread = next((name for name in _SPREAD if any(name in bound.by for bound in tables)), "")
    used = {keys[bound.by.index(spread)] for bound in tables if spread in bound.by for keys, _ in figures_of(bound)}
    used |= set(document.dimensions[spread].values) if spread in document.dimensions else set()
    return spread, [key for key in (*REGIONS, *sorted(used - REGIONS.keys() - {"others"})) if key in used]


def _heading(page: Page, spread: str, key: str, short: bool) -> str:
    if short and key in REGION_SIGNS:
        return f'<abbr title="{page.words(REGIONS[key])}">{page.words(REGION_SIGNS[key])}</abbr>'
    if spread == "commune_group":
        return text(page.say(f"Nhóm {key}", f"Group {key}"))
    return text(phrases.key(key, page.lang))


def _rows(page: Page, edition: Edition, section: Criterion, spread: str, columns: list[str]) -> list[list[str]]:
    wide = max(1, len(columns))
    title = f"{section.criterion}. {section.title.say(page.lang)}"
    link = page.link(of_criterion(page.lang, edition.id, section.criterion), title)
    rest = ""
    if section.missing is not None and not section.indicators:
        rest = page.words(section.missing)
    elif section.passes.rule != ALL_OF.name:
        rest = text(phrases.combination(section.passes, len(section.indicators), page.lang))
    small = f"<br><small>{rest}</small>" if rest else ""
    rows = [[f'<th scope="rowgroup" class="section" colspan="{wide + 1}">{link}{small}</th>']]
    for one in section.indicators:
        target = of_indicator(page.lang, edition.id, section.criterion, one.indicator)
        first = th(page.link(target, f"{one.indicator} {one.title.say(page.lang)}"))
        rows.append([first, *_cells(page, one, edition.document, spread, columns)])
    return rows


def _cells(page: Page, one: Indicator, document: RuleSetDocument, spread: str, columns: list[str]) -> list[str]:
    """The cells of an indicator; those that say the same throughout become one."""
    wide = max(1, len(columns))
    if isinstance(one.bound, Figure):
        return [f'<td colspan="{wide}">{one_line(page, one, document)}</td>']
    by = one.bound.by
    found: dict[str, list[tuple[str, str]]] = {}
    for keys, figure in figures_of(one.bound):
        named = dict(zip(by, keys, strict=False))
        rest = " · ".join(phrases.key(key, page.lang) for name, key in named.items() if name != spread)
        found.setdefault(named.get(spread, ""), []).append((rest, cell(page, figure, one, document)))
    if spread not in by:
        return [f'<td colspan="{wide}">{in_one_cell(found[""], page.lang)}</td>']
    cells = [in_one_cell(found.get(key, found.get("others", [])), page.lang) for key in columns]
    return [f'<td colspan="{wide}">{cells[0]}</td>'] if len(set(cells)) == 1 else cells
