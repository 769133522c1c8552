"""The page of a criterion: what is required where and when, who says so, how it came about, what passes and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ntm_rules.model.figures import Figure, figures_of
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.site import calculator, phrases, pictures
from ntm_rules.site.address import address, anchor, of_criterion, of_guide, of_indicator, of_instrument, of_province, of_set, other
from ntm_rules.site.cases import cases
from ntm_rules.site.columns import column_rules, latest, turning
from ntm_rules.site.figures import founded, is_table, legend, one_line, requirement_table, source, sources
from ntm_rules.site.library import Edition, Library, indicator_of, nearest_section
from ntm_rules.site.page import Page, items, tag, text, th
from ntm_rules.site.places import province_name
from ntm_rules.site.worked import worked
from ntm_rules.values import Lang, exact, shown


def criterion_page(library: Library, edition: Edition, section: Criterion, lang: Lang) -> Page:
    """The page of one criterion in one language."""
    document = edition.document
    number = section.criterion
    title = f"{number}. {section.title.say(lang)}"
    set_title = document.title.say(lang)
    page = Page(
        lang,
        of_criterion(lang, edition.id, number),
        of_criterion(other(lang), edition.id, number),
        f"{title} – {set_title}",
        (f"Tiêu chí {number} của {set_title}: yêu cầu, nguồn, lịch sử, ví dụ." if lang == "vi" else f"Criterion {number} of {set_title}."),
        crumbs=crumbs(lang, edition),
        shown=title,
    )
    retired = edition.section(number) is None
    _summary(page, library, edition, section, retired)
    _required(page, edition, section)
    if not retired:
        calculator.place(page, edition.id, number)
    _columns(page, edition, section)
    _of_provinces(page, edition, section)
    _history(page, library, edition, section)
    cases(page, edition, section)
    _behind(page, edition, section)
    return page


def crumbs(lang: Lang, edition: Edition | None = None) -> list[tuple[str, str]]:
    """The pages above."""
    home = (address(lang), "Trang chủ" if lang == "vi" else "Home")
    all_sets = (address(lang, "rulesets"), "Bộ tiêu chí" if lang == "vi" else "Criteria sets")
    return [home, all_sets, *([(of_set(lang, edition.id), edition.document.title.say(lang))] if edition else [])]


def _summary(page: Page, library: Library, edition: Edition, section: Criterion, retired: bool) -> None:
    document = edition.document
    sections = edition.sections()
    at = [one.criterion for one in sections].index(section.criterion)
    is_condition = any(one.criterion == section.criterion for one in document.conditions)
    kind = page.say("điều kiện", "condition") if is_condition else page.say("tiêu chí", "criterion")
    if retired:
        page.p(_retired(page, edition, section), class_="note")
    count = len(section.indicators)
    within = page.say(f"{kind.capitalize()} {section.criterion} của", f"{kind.capitalize()} {section.criterion} of")
    page.p(text(f"{within} {document.title.say(page.lang)} ({document.instrument})."), class_="lead")
    whole = f"{phrases.combination(section.passes, count, page.lang)} ({count} {page.say('chỉ tiêu', 'indicators')})" if count else ""
    page.facts(
        [
            (page.say("Bộ tiêu chí", "Criteria set"), page.link(of_set(page.lang, edition.id), document.title.say(page.lang))),
            (page.say("Văn bản", "Instrument"), _instruments(page, edition, section)),
            (page.say("Hiệu lực", "In force"), text(phrases.period(document.in_force, page.lang))),
            (page.say("Áp dụng cho", "Applies to"), text(phrases.KINDS[document.subject].say(page.lang) + f" ({kind})")),
            (page.say("Đạt khi", "Met when"), text(whole)),
            (page.say("Sửa đổi", "Amended"), "<br>".join(_amended(page, edition))),
            (page.say("Cột áp dụng", "Column"), "<br>".join(latest(page, edition)) if any(map(is_table, section.indicators)) else ""),
            (page.say("Chỉ áp dụng khi", "Applies only when"), _when(page, edition, section.applies_when)),
            (page.say("Ghi chú", "Note"), page.words(section.note) if section.note else ""),
        ]
    )
    if section.missing is not None:
        page.p(text(page.say("Chưa đủ nội dung: ", "Content not available: ") + section.missing.say(page.lang)), class_="note")
    near = []
    for step, words in ((-1, page.say("← Trước: {}", "← Previous: {}")), (1, page.say("Sau: {} →", "Next: {} →"))):
        if 0 <= at + step < len(sections):
            one = sections[at + step]
            title = words.format(f"{one.criterion}. {one.title.say(page.lang)}")
            near.append(page.link(of_criterion(page.lang, edition.id, one.criterion), title))
    page.html(
        tag("nav", " ".join(near), class_="near", aria_label=page.say("Tiêu chí liền kề", "Neighbouring criteria"), data_search_exclude="")
    )


def _instruments(page: Page, edition: Edition, section: Criterion) -> str:
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
    page.heading(page.say("Yêu cầu", "What is required"), "yeu-cau" if page.lang == "vi" else "required")
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
    for indicator in section.indicators:
        _indicator(page, edition, section, indicator)


def _indicator(page: Page, edition: Edition, section: Criterion, indicator: Indicator) -> None:
    document = edition.document
    page.heading(f"{indicator.indicator} {indicator.title.say(page.lang)}", anchor(indicator.indicator), 3)
    declared = edition.rules.declared
    required = one_line(page, indicator, document)
    if required:
        page.p(f"{page.say('Yêu cầu', 'Required')}: <strong>{required}</strong>", class_="required")
    page.facts(
        [
            (page.say("Đo bằng", "Measured as"), text(phrases.measured(indicator.measure, declared, page.lang))),
            (page.say("Ai quy định, xác nhận", "Set or verified by"), _who(page, indicator)),
            (page.say("Chỉ áp dụng khi", "Applies only when"), _when(page, edition, indicator.applies_when)),
            (page.say("Có thể không áp dụng", "May not apply"), page.words(indicator.may_not_apply) if indicator.may_not_apply else ""),
            (page.say("Ghi chú", "Note"), page.words(indicator.note) if indicator.note else ""),
        ]
    )
    if is_table(indicator):
        requirement_table(page, indicator, document)
        page.html(pictures.threshold(indicator, f"p-{anchor(indicator.indicator)}", page.lang))
    found = list(sources(page, indicator, document))
    words = page.say("Nguồn", "Source")
    page.html(f'<div class="source" data-search-exclude><span>{words}:</span>{items(found)}</div>')
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
    page.heading(page.say("Xã đọc cột nào", "Which column counts"), "cot" if page.lang == "vi" else "column", searched=False)
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
    column_rules(page, edition)


def _of_provinces(page: Page, edition: Edition, section: Criterion) -> None:
    """What the communes of a province with a record of its own read, worked out column by column."""
    for name in dict.fromkeys(state.province for state in edition.states if state.province):
        place = province_name(name, page.lang)
        page.heading(
            page.say(f"Với xã của tỉnh {place}", f"For the communes of {place}"),
            f"tinh-{name}" if page.lang == "vi" else name,
            searched=False,
        )
        worked(page, edition, name, section.indicators, place)
        page.p(page.link(of_province(page.lang, name), page.say(f"Mọi bộ tiêu chí với tỉnh {place}", f"All sets for {place}")))


def _history(page: Page, library: Library, edition: Edition, section: Criterion) -> None:
    line = library.line(edition)
    if len(line) < 2:
        return
    page.heading(page.say("Qua các giai đoạn", "Across editions"), "lich-su" if page.lang == "vi" else "history", searched=False)
    rows = []
    for one in line:
        name = page.link(of_set(page.lang, one.id), one.id) + f"<br>{text(phrases.period(one.document.in_force, page.lang))}"
        answer = (section, True) if one is edition else nearest_section(section, one.document.sections)
        if answer is None:
            rows.append([th(name), page.say("không có tiêu chí cùng tên", "no criterion of that title"), "–"])
            continue
        found, same = answer
        words = page.link(of_criterion(page.lang, one.id, found.criterion), f"{found.criterion}. {found.title.say(page.lang)}")
        if not same:
            words += (
                f"<br><small>{page.say('gần nhất theo tên, nội dung chưa đối chiếu', 'nearest by title, content not compared')}</small>"
            )
        rows.append([th(name), words, _brief(page, one, found)])
    head = [page.say("Bộ tiêu chí", "Set"), page.say("Tiêu chí", "Criterion"), page.say("Chỉ tiêu", "Indicators")]
    page.table(page.say("Tiêu chí này qua các bộ tiêu chí", "This criterion in each edition"), head, rows)


def _brief(page: Page, edition: Edition, section: Criterion) -> str:
    if not section.indicators:
        return page.say("chưa có nội dung", "content not available")
    lines = []
    for indicator in section.indicators:
        words = one_line(page, indicator, edition.document) or _range(page, indicator)
        lines.append(
            page.link(of_indicator(page.lang, edition.id, section.criterion, indicator.indicator), indicator.indicator) + f" {words}"
        )
    return "<br>".join(lines)


def _range(page: Page, indicator: Indicator) -> str:
    """The least and the most a table asks for, each with how far it was checked."""
    known = [given.value for _, given in figures_of(indicator.bound) if isinstance(given.value, str)]
    words = indicator.measure.unit_words.say(page.lang)
    unit = words if words == "%" else f" {words}"
    if indicator.measure.kind != "number" or not known:
        return page.say("theo bảng", "by table")
    low, high = min(map(exact, known)), max(map(exact, known))
    if low == high:
        return text(page.say(f"theo bảng: {shown(low, 'vi')}{unit}", f"by table: {shown(low, 'en')}{unit}"))
    return text(
        page.say(
            f"theo bảng: {shown(low, 'vi')} đến {shown(high, 'vi')}{unit}", f"by table: {shown(low, 'en')} to {shown(high, 'en')}{unit}"
        )
    )


def _behind(page: Page, edition: Edition, section: Criterion) -> None:
    source_text = edition.excerpt(section.criterion)
    if source_text:
        page.heading(page.say("Bản máy đọc (YAML)", "The machine-readable form (YAML)"), "yaml", searched=False)
        page.code("yaml", source_text, edition.file)
    page.heading(page.say("Trích dẫn", "How to cite"), "trich-dan" if page.lang == "vi" else "cite", searched=False)
    document = edition.document
    kind = page.say("tiêu chí", "criterion")
    cited = f"{document.title.say(page.lang)}, {kind} {section.criterion} “{section.title.say(page.lang)}” ({document.instrument})."
    record = page.say("Bản ghi", "Record")
    page.html(
        f"<blockquote><p>{text(cited)} {record} <code>{text(edition.id)}</code> "
        f"{page.say('phiên bản', 'version')} {text(document.version)}, "
        f"<code>/{text(page.path)}</code></p></blockquote>"
    )
    report = page.say("Thấy sai, hoặc đã đối chiếu được bản ký?", "Found a mistake, or checked the signed text?")
    guide = page.link(of_guide(page.lang, "policy-staff"), page.say("Cách báo và sửa", "How to report and mend it"))
    page.p(text(report), guide + ".")
