"""The page of a criteria set: what it is, the annex as a table, which column counts, what amends it."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.labels import KINDS
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.vocabulary import STATUSES
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, address, of_criterion, of_instrument, of_province, of_set, other
from ntm_rules.site.calculator import calculator
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import Page, items, tag, text, th
from ntm_rules.site.parts import in_force, pictures
from ntm_rules.site.parts.annex import annex_table
from ntm_rules.site.parts.checked import standing
from ntm_rules.site.parts.choices import to_playground
from ntm_rules.site.parts.cite import cite
from ntm_rules.site.parts.columns import column_rules, turning
from ntm_rules.site.parts.crumbs import crumbs
from ntm_rules.site.parts.figures import level_words, mark_alone
from ntm_rules.site.parts.places import province_name
from ntm_rules.site.parts.scores import score_rules, sheet_title
from ntm_rules.values import Bilingual, Lang, SourceLevel

TITLE = Bilingual("Bộ tiêu chí", "Criteria sets")
_STARS = Bilingual("Hạng sao OCOP", "OCOP stars")


def list_page(library: Library, lang: Lang) -> Page:
    """All sets on record, by what they judge."""
    told = Bilingual("Mọi bộ tiêu chí đã ghi, theo đối tượng.", "Every set on record, by what it judges.").say(lang)
    path = address(lang, "rulesets"), address(other(lang), "rulesets")
    page = Page(lang, *path, TITLE.say(lang), told, crumbs=crumbs(lang)[:1])
    page.p(text(told))
    in_force.day_field(page)
    for kind, title in KINDS.items():
        found = by_importance(edition for edition in library.editions.values() if edition.document.subject == kind)
        if found:
            words = title.whole.say(lang)
            page.heading(words[:1].upper() + words[1:], kind)
            head = [page.say("Bộ tiêu chí", "Set"), page.say("Văn bản", "Instrument"), page.say("Hiệu lực", "In force")]
            page.table(words, head, [_row(page, edition) for edition in found])
    return page


def _row(page: Page, edition: Edition) -> list[str]:
    document = edition.document
    link = page.link(of_set(page.lang, edition.id), document.title.say(page.lang))
    number = page.number(of_instrument(page.lang, document.instrument), document.instrument)
    return [th(f"{link}<br><code>{text(edition.id)}</code>"), number, in_force.cell(page, in_force.of_period(document.in_force))]


def set_page(library: Library, edition: Edition, lang: Lang) -> Page:
    """The page of one edition in one language."""
    document = edition.document
    title = document.title.say(lang)
    page = Page(
        lang,
        of_set(lang, edition.id),
        of_set(other(lang), edition.id),
        title,
        Bilingual(f"{title}: phụ lục, cột áp dụng, văn bản sửa đổi.", f"{title}: the annex, the column that counts, amendments.").say(lang),
        crumbs=crumbs(lang),
        boost=library.boost(edition),
    )
    standing(page, edition.levels)
    _numbers(page, edition)
    partly = any(section.missing is not None for section in document.sections)
    if partly:
        _notes(page, document.notes, page.say("Điều đã biết", "What is known"))
    _facts(page, library, edition)
    _overlays(page, library, edition)
    if any(turning(edition)):
        page.heading(page.say("Xã áp dụng mức của cột nào", "Which column counts"), page.say("cot", "column"))
        column_rules(page, edition)
    if edition.scored:
        score_rules(page, edition.rules, edition)
    elif document.sections:
        calculator.place(page, edition.id)
        page.heading(page.say("Phụ lục", "The annex"), page.say("phu-luc", "annex"))
        annex_table(page, edition)
    else:
        page.p(text(page.say("Chưa có nội dung nào của bộ này.", "None of its content is available yet.")), class_="note")
    if edition.rules.inputs:
        page.p(to_playground(page, edition.id))
    _tree(page, edition)
    if not partly:
        _notes(page, document.notes, page.say("Điều cần biết", "What to know"))
    cite(page, edition, title)
    return page


def _numbers(page: Page, edition: Edition) -> None:
    """The criteria or sheets by number and name, to be found before anything else."""
    rules = edition.scored
    if rules:
        found = [(number, sheet_title(rules.sheet(number), page.lang)) for number in rules.product_sets]
    else:
        found = [(one.criterion, f"{one.criterion}. {one.title.say(page.lang)}") for one in edition.document.sections]
    links = items(page.link(of_criterion(page.lang, edition.id, number), words) for number, words in found)
    if links:
        label = page.say("Chọn bộ sản phẩm", "Choose a product set") if rules else page.say("Chọn tiêu chí", "Choose a criterion")
        page.html(tag("nav", f'<p class="legend">{label}:</p>\n{links}', class_="numbers", aria_label=label, data_search_exclude=""))


def _facts(page: Page, library: Library, edition: Edition) -> None:
    document = edition.document
    rules = edition.rules
    levels = edition.levels
    counted = "; ".join(
        f"{mark_alone(level)} {text(level_words(level).say(page.lang))}: {levels[level]}" for level in SourceLevel if levels[level]
    )
    status = {**STATUSES, "ocop": _STARS}.get(document.grants or "", Bilingual(document.grants or "")).say(page.lang)
    partly = any(section.missing is not None for section in document.sections)
    words = ("chỉ tiêu đã biết", "known indicator/known indicators") if partly else ("chỉ tiêu", "indicator/indicators")
    numbers = [
        phrases.counted(len(document.criteria), "tiêu chí", "criterion/criteria", page.lang),
        phrases.counted(document.numbered, *words, page.lang) if rules.indicators else page.say("chỉ tiêu chưa rõ", "indicators not known"),
    ]
    if document.conditions:
        numbers.insert(0, phrases.counted(len(document.conditions), "điều kiện", "condition/conditions", page.lang))
    if edition.scored:
        numbers = [phrases.counted(len(edition.scored.product_sets), "bộ sản phẩm", "product set/product sets", page.lang)]
    line = [one for one in library.line(edition) if one is not edition]
    page.facts(
        [
            (page.say("Văn bản", "Instrument"), page.link(of_instrument(page.lang, document.instrument), document.instrument)),
            (page.say("Hiệu lực", "In force"), text(phrases.period(document.in_force, page.lang))),
            (page.say("Áp dụng cho", "Applies to"), text(KINDS[document.subject].whole.say(page.lang))),
            (page.say("Phạm vi", "Where"), _where(page, document)),
            (page.say("Gồm", "Holds"), text(", ".join(numbers))),
            (
                page.say("Đạt khi", "Met when"),
                text(phrases.combination(document.passes, len(document.criteria), page.lang) if document.criteria else ""),
            ),
            (page.say("Căn cứ để", "Ground for"), text(status)),
            (page.say("Nguồn các con số", "Sources of the figures"), counted),
            (
                page.say("Bộ trước, bộ sau", "Other editions"),
                items(page.link(of_set(page.lang, one.id), one.document.title.say(page.lang)) for one in line),
            ),
        ]
    )


def _where(page: Page, document: RuleSetDocument) -> str:
    if document.province:
        return page.link(of_province(page.lang, document.province), province_name(document.province, page.lang))
    return text(province_name(None, page.lang))


def _overlays(page: Page, library: Library, edition: Edition) -> None:
    found = library.overlays_of(edition.id)
    if not found:
        return
    page.heading(page.say("Sửa đổi và quy định của tỉnh", "Amendments and provincial rules"), page.say("sua-doi", "changes"))
    page.items(
        f"{page.link(of_set(page.lang, one.overlay), one.title.say(page.lang))} "
        f"<br><small>{text(one.instrument)}, {text(phrases.period(one.in_force, page.lang))}</small>"
        f"{''.join(f'<br>{page.words(note)}' for note in one.notes[:1])}"
        for one in found
    )


def _notes(page: Page, notes: tuple[Bilingual, ...], title: str) -> None:
    if notes:
        page.heading(title, page.say("ghi-chu", "notes"))
        page.items(page.words(note) for note in notes)


# --- an example as a tree -----------------------------------------------------------------------------------------


def _tree(page: Page, edition: Edition) -> None:
    found = None if edition.scored else edition.telling
    if found is None:
        return
    one, decision = found
    page.heading(page.say("Một ví dụ, vẽ thành cây", "An example as a tree"), page.say("cay", "tree"), searched=False)
    title = page.say(f"Kết luận của ví dụ: {one.example}", "The verdict of an example")
    page.html(pictures.verdict_tree(decision, "p-tree", title, page.lang))


def _sets(library: Library, lang: Lang) -> Iterator[Page]:
    return (set_page(library, edition, lang) for edition in library.editions.values())


LIST = Kind(TITLE, SECTIONS["rulesets"], lambda library, lang: [list_page(library, lang)], Bilingual("Mọi bộ tiêu chí", "All sets"))
SET = Kind(Bilingual("Một bộ tiêu chí", "A criteria set"), SECTIONS["rulesets"], _sets)
