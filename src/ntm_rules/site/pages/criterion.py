"""The page of a criterion: what is required where and when, who says so, how it came about, what passes and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ntm_rules.model.figures import Figure, Table, figures_of
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, anchor, of_criterion, of_instrument, of_province, of_set
from ntm_rules.site.calculator import calculator
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library, indicator_of
from ntm_rules.site.page import Page, items, text
from ntm_rules.site.parts import pictures
from ntm_rules.site.parts.abbreviations import short_forms
from ntm_rules.site.parts.cases import cases
from ntm_rules.site.parts.checked import levels_of_criterion, standing
from ntm_rules.site.parts.cite import cite
from ntm_rules.site.parts.columns import column_rules, latest, turning
from ntm_rules.site.parts.figures import FEW, by_table, founded, is_table, legend, one_line, requirement_table, source, sources
from ntm_rules.site.parts.opening import opening
from ntm_rules.site.parts.places import province_name, region_names
from ntm_rules.site.parts.through_time import through_time
from ntm_rules.site.parts.worked import in_short, since, worked
from ntm_rules.values import Bilingual, Lang, exact, shown


def criterion_page(library: Library, edition: Edition, section: Criterion, lang: Lang) -> Page:
    """The page of one criterion in one language."""
    document = edition.document
    number = section.criterion
    title = f"{number}. {section.title.say(lang)}"
    set_title = document.title.say(lang)
    about = Bilingual(f"Tiêu chí {number} của {set_title}: yêu cầu, nguồn, lịch sử, ví dụ.", f"Criterion {number} of {set_title}.")
    page = opening(library, edition, number, title, about.say(lang), lang)
    retired = edition.section(number) is None
    _summary(page, library, edition, section, retired)
    _required(page, edition, section)
    if not retired:
        calculator.place(page, edition.id, number)
    _of_provinces(page, edition, section)
    _columns(page, edition, section)
    through_time(page, library, edition, section)
    cases(page, edition, section)
    _behind(page, edition, section)
    page.answers = list(_answers(edition, section, lang))
    return page


def _answers(edition: Edition, section: Criterion, lang: Lang) -> Iterator[str]:
    """What people type who look for a criterion: its short forms; for a figure of a table: its columns, the provinces of its regions,
    classes, years, figures."""
    yield from short_forms(" ".join([section.title.vi, *(one.title.vi for one in section.indicators)]))
    regions: set[str] = set()
    for indicator in filter(is_table, section.indicators):
        for keys, figure in figures_of(indicator.bound):
            regions |= {*keys} & REGIONS.keys()
            yield from (phrases.key(one, lang) for one in keys)
            if isinstance(figure.value, str) and indicator.measure.kind == "number":
                yield f"{shown(exact(figure.value), lang)} {indicator.measure.unit_words.say(lang)}"
    if regions:
        yield Bilingual("xã khu vực I II III", "commune class I II III").say(lang)
        yield from (place for name, place in region_names() if name in regions)


def _summary(page: Page, library: Library, edition: Edition, section: Criterion, retired: bool) -> None:
    document = edition.document
    sections = edition.sections()
    at = [one.criterion for one in sections].index(section.criterion)
    is_condition = any(one.criterion == section.criterion for one in document.conditions)
    kind = page.say("điều kiện", "condition") if is_condition else page.say("tiêu chí", "criterion")
    if retired:
        page.p(_retired(page, edition, section), class_="note")
    count = len(section.indicators)
    within = text(page.say(f"{kind.capitalize()} {section.criterion} của", f"{kind.capitalize()} {section.criterion} of"))
    page.p(f"{within} {page.link(of_set(page.lang, edition.id), document.title.say(page.lang))}", class_="lead")
    standing(page, levels_of_criterion(edition, section))
    used = frozenset(name for one in section.indicators if isinstance(one.bound, Table) for name in one.bound.by)
    whole = (
        f"{phrases.combination(section.passes, count, page.lang)} ({phrases.counted(count, 'chỉ tiêu', 'indicator/indicators', page.lang)})"
        if count
        else ""
    )
    page.facts(
        [
            (page.say("Văn bản", "Instrument"), f"{_instruments(page, edition)}; {text(phrases.period(document.in_force, page.lang))}"),
            (page.say("Đạt khi", "Met when"), text(whole)),
            (page.say("Cột áp dụng", "Column"), "<br>".join(latest(page, edition, used))),
            *_in_provinces(page, edition, section),
            (page.say("Sửa đổi", "Amended"), "<br>".join(_amended(page, edition))),
            (page.say("Chỉ áp dụng khi", "Applies only when"), _when(page, edition, section.applies_when)),
            (page.say("Ghi chú", "Note"), page.words(section.note) if section.note else ""),
        ]
    )
    if section.missing is not None:
        page.p(text(page.say("Chưa đủ nội dung: ", "Content not available: ") + section.missing.say(page.lang)), class_="note")
    named = [(of_criterion(page.lang, edition.id, one.criterion), f"{one.criterion}. {one.title.say(page.lang)}") for one in sections]
    page.near(named[max(at - 1, 0) : at], named[at + 1 : at + 2])


def _instruments(page: Page, edition: Edition) -> str:
    names = [edition.document.instrument]
    for state in edition.states[1:]:
        if state.overlay and state.overlay.changes and state.province is None:
            names.append(state.instrument)
    return ", ".join(page.link(of_instrument(page.lang, name), name) for name in dict.fromkeys(names))


def _retired(page: Page, edition: Edition, section: Criterion) -> str:
    """From when, and by which document, a criterion no longer stands."""
    for state in edition.states:
        if state.province is None and all(one.criterion != section.criterion for one in state.document.sections):
            since = phrases.day(state.start, page.lang)
            words = page.say(f"Đã bị bãi bỏ từ {since} theo", f"Taken away from {since} by")
            kept = page.say("Trang được giữ lại.", "Its page is kept.")
            return f"{text(words)} {page.link(of_instrument(page.lang, state.instrument), state.instrument)}. {kept}"
    return text(page.say("Đã bị bãi bỏ; trang được giữ lại.", "Taken away; its page is kept."))


def _amended(page: Page, edition: Edition) -> Iterator[str]:
    """What is to be known first of each national amendment: how much of it was read."""
    for state in edition.states:
        if state.overlay is not None and state.province is None:
            since = f"{page.say('Từ', 'From')} {phrases.day(state.start, page.lang)}, "
            link = page.link(of_set(page.lang, state.overlay.overlay), state.instrument)
            yield f"{text(since)} {link}" + "".join(f": {page.words(note)}" for note in state.overlay.notes[:1])


def _when(page: Page, edition: Edition, given: Any) -> str:
    return text(phrases.condition(given, edition.rules.declared, page.lang)) if given is not None else ""


def _required(page: Page, edition: Edition, section: Criterion) -> None:
    page.heading(page.say("Yêu cầu", "What is required"), page.say("yeu-cau", "required"))
    if not section.indicators:
        page.p(
            text(
                page.say(
                    "Chưa biết các chỉ tiêu của tiêu chí này, nên chỉ kết luận được khi cơ quan phụ trách xác nhận.",
                    "Its indicators are not known, so only an attestation of the authority in charge can settle it.",
                )
            )
        )
        if section.source is not None:
            page.p(source(page, founded(None, section.source, edition.document.instrument)), class_="source")
        return
    page.html(legend(page))
    unsaid = page.say(
        "Nguồn đã thấy không nêu cách đo chi tiết; cơ quan xác nhận chỉ được ghi ở chỉ tiêu nào có nguồn nêu.",
        "The sources seen do not say how it is measured in detail; who verifies is given only where a source says so.",
    )
    page.p(text(unsaid), class_="legend", data_search_exclude="")
    for indicator in section.indicators:
        _indicator(page, edition, section, indicator)


def _indicator(page: Page, edition: Edition, section: Criterion, indicator: Indicator) -> None:
    document = edition.document
    page.heading(f"{indicator.indicator} {indicator.title.say(page.lang)}", anchor(indicator.indicator), 3)
    few = len(section.indicators) <= FEW
    required = one_line(page, indicator, document) or ("" if few else by_table(page, indicator))
    if required:
        page.p(f"{page.say('Yêu cầu', 'Required')}: <strong>{required}</strong>", class_="required")
    levels = page.say("Mức từng cột, ", "Each column, ") if is_table(indicator) else ""
    behind = page.say("cách đo, nguồn", "how it is measured, sources")
    said = levels + (behind if levels else behind[:1].upper() + behind[1:])
    with page.more(f"{said} ({indicator.indicator})", seen=few):
        _details(page, edition, indicator)


def _details(page: Page, edition: Edition, indicator: Indicator) -> None:
    """How an indicator is measured, each level where they differ by column, the sources, and how it was set."""
    page.facts(
        [
            (page.say("Đo bằng", "Measured as"), text(phrases.measured(indicator.measure, edition.rules.declared, page.lang))),
            (page.say("Ai quy định, xác nhận", "Set or verified by"), _who(page, indicator)),
            (page.say("Chỉ áp dụng khi", "Applies only when"), _when(page, edition, indicator.applies_when)),
            (page.say("Có thể không áp dụng", "May not apply"), page.words(indicator.may_not_apply) if indicator.may_not_apply else ""),
            (page.say("Ghi chú", "Note"), page.words(indicator.note) if indicator.note else ""),
        ]
    )
    if is_table(indicator):
        requirement_table(page, indicator, edition.document)
        page.html(pictures.threshold(indicator, f"p-{anchor(indicator.indicator)}", page.lang))
    found = list(sources(page, indicator, edition.document))
    page.html(f'<div class="source" data-search-exclude><span>{page.say("Nguồn", "Source")}:</span>{items(found)}</div>')
    _changes(page, edition, indicator)


def _who(page: Page, indicator: Indicator) -> str:
    parts = [page.words(indicator.verified_by)] if indicator.verified_by else []
    if isinstance(indicator.bound, Figure) and indicator.bound.delegated:
        parts.append(text(page.say("mức do UBND cấp tỉnh quy định", "the level is set by the provincial People's Committee")))
    return "; ".join(parts)


def _changes(page: Page, edition: Edition, indicator: Indicator) -> None:
    """How the indicator read before an amendment, and how a province fills it."""
    before: Indicator | None = None
    lines = []
    for state in edition.states:
        now = indicator_of(state.document, indicator.indicator)
        if state.province is None:
            if (before is not None and now != before) or (before is None and now is not None and now != indicator):
                lines.append(_state(page, state.document, now, f"{phrases.day(state.start, page.lang)}, {state.instrument}"))
            before = now
        elif now is not None and now != indicator:
            lines.append(_state(page, state.document, now, f"{province_name(state.province, page.lang)}: {state.instrument}"))
    if lines:
        page.p(text(page.say("Các lần quy định:", "As it was set:")))
        page.items(lines)


def _state(page: Page, document: RuleSetDocument, indicator: Indicator | None, label: str) -> str:
    if indicator is None:
        return f"{text(label)}: {page.say('bãi bỏ', 'taken away')}"
    return f"{text(label)}: {one_line(page, indicator, document) or page.say('bảng riêng', 'a table of its own')}"


def _columns(page: Page, edition: Edition, section: Criterion) -> None:
    if not any(turning(edition)):
        return
    page.heading(page.say("Xã áp dụng mức của cột nào", "Which column counts"), page.say("cot", "column"), searched=False)
    tables = [indicator for indicator in section.indicators if is_table(indicator)]
    if not tables:
        page.p(
            text(
                page.say(
                    "Các mức của tiêu chí này trong bộ không chia theo cột. Quy tắc chung của bộ tiêu chí:",
                    "The levels of this criterion are not split by column here. The rule of the whole set:",
                )
            )
        )
    with page.more(page.say("Quy tắc theo từng thời gian", "The rule by day")):
        column_rules(page, edition)


def _provinces(edition: Edition) -> list[str]:
    """The provinces with a record of their own for an edition."""
    return list(dict.fromkeys(state.province for state in edition.states if state.province))


def _in_provinces(page: Page, edition: Edition, section: Criterion) -> Iterator[tuple[str, str]]:
    """What counts last in each province with a record of its own, short enough to stand at the top."""
    if not any(map(is_table, section.indicators)):
        return
    for name in _provinces(edition):
        lines = list(in_short(page, edition, name, section.indicators))
        more = page.link(f"{page.path}#{_of_province_anchor(page, name)}", page.say("xem bảng", "see the table"))
        start = since(page, edition, name)
        where = page.say(f"Xã ở {province_name(name, 'vi')}, từ {start}", f"In {province_name(name, 'en')}, from {start}")
        yield where, items(lines) if lines else more


def _of_province_anchor(page: Page, name: str) -> str:
    return page.say(f"tinh-{name}", name)


def _of_provinces(page: Page, edition: Edition, section: Criterion) -> None:
    """What the communes of a province with a record of its own read, worked out column by column."""
    for name in _provinces(edition):
        place = province_name(name, page.lang)
        heading = page.say(f"Với xã của tỉnh {place}", f"For the communes of {place}")
        page.heading(heading, _of_province_anchor(page, name), searched=False)
        with page.more(page.say("Mức từng thời gian", "The levels by day")):
            worked(page, edition, name, section.indicators, place)
        page.p(page.link(of_province(page.lang, name), page.say(f"Mọi bộ tiêu chí với tỉnh {place}", f"All sets for {place}")))


def _behind(page: Page, edition: Edition, section: Criterion) -> None:
    page.heading(page.say("Bản máy đọc (YAML)", "The machine-readable form (YAML)"), "yaml", searched=False)
    with page.more(page.say("Xem bản ghi của tiêu chí này", "See the record of this criterion")):
        for lines, file in edition.excerpts(section):
            page.code("yaml", lines, file)
    document = edition.document
    kind = page.say("tiêu chí", "criterion")
    cite(
        page,
        edition,
        f"{document.title.say(page.lang)}, {kind} {section.criterion} “{section.title.say(page.lang)}”",
    )


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    for edition in library.editions.values():
        for section in edition.sections():
            yield criterion_page(library, edition, section, lang)


CRITERION = Kind(Bilingual("Một tiêu chí", "A criterion"), SECTIONS["rulesets"], _pages)
