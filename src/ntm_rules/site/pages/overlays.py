"""Pages of overlays: what an amendment or a province changes in an edition, and from when."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.model.overlay import Change, OverlayDocument
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, of_criterion, of_indicator, of_instrument, of_province, of_set, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, items, text
from ntm_rules.site.parts.crumbs import crumbs
from ntm_rules.site.parts.places import province_name
from ntm_rules.values import Bilingual, Lang

_KINDS = {
    "amendment": Bilingual("sửa đổi", "amendment"),
    "provincial": Bilingual("quy định của tỉnh", "provincial rules"),
    "draft": Bilingual("dự thảo", "draft"),
}
_LEVEL = Bilingual("mức đạt", "the level required")
_FIELDS = {
    "redirect": Bilingual("quy tắc áp dụng mức theo vùng", "the rule on whose levels apply"),
    "title": Bilingual("tên", "the title"),
    "note": Bilingual("ghi chú", "the note"),
    "source": Bilingual("nguồn", "the source"),
    "measure": Bilingual("cách đo", "how it is measured"),
    "missing": Bilingual("điều còn thiếu", "what is missing"),
    "verified_by": Bilingual("cơ quan xác nhận", "who verifies"),
    "applies_when": Bilingual("điều kiện áp dụng", "when it applies"),
    "may_not_apply": Bilingual("trường hợp không áp dụng", "when it may not apply"),
    "indicators": Bilingual("các chỉ tiêu", "the indicators"),
    "stars": Bilingual("các hạng sao và cấp công nhận", "the classes of stars and who recognises them"),
    "granted_by": Bilingual("cấp công nhận", "who recognises"),
}


def overlay_page(library: Library, overlay: OverlayDocument, lang: Lang) -> Page:
    """The page of one overlay in one language."""
    edition = library.editions[overlay.amends]
    title = overlay.title.say(lang)
    page = Page(lang, of_set(lang, overlay.overlay), of_set(other(lang), overlay.overlay), title, title, crumbs=crumbs(lang, edition))
    where = ""
    if overlay.province:
        where = page.link(of_province(lang, overlay.province), province_name(overlay.province, lang))
    page.facts(
        [
            (page.say("Loại", "Kind"), text(_KINDS[overlay.kind].say(lang))),
            (page.say("Sửa bộ tiêu chí", "Changes"), page.link(of_set(lang, edition.id), edition.document.title.say(lang))),
            (page.say("Văn bản", "Instrument"), page.link(of_instrument(lang, overlay.instrument), overlay.instrument)),
            (page.say("Hiệu lực", "In force"), text(phrases.period(overlay.in_force, lang))),
            (page.say("Tỉnh", "Province"), where),
            (page.say("Bản ghi", "Record"), f"<code>{text(overlay.overlay)}</code> {text(overlay.version)}"),
        ]
    )
    page.heading(page.say("Thay đổi", "What changes"), page.say("thay-doi", "changes"))
    if overlay.changes:
        page.items(_change(page, library, overlay, change) for change in overlay.changes)
    else:
        page.p(text(page.say("Chưa biết nội dung nào, nên chưa thay đổi gì.", "None of its content is known, so it changes nothing.")))
    if overlay.notes:
        page.heading(page.say("Điều cần biết", "What to know"), page.say("ghi-chu", "notes"))
        page.items(page.words(note) for note in overlay.notes)
    entry = library.catalogue.entry("overlay", overlay.overlay)
    page.heading(page.say("Bản máy đọc (YAML)", "The machine-readable form (YAML)"), "yaml", searched=False)
    page.code("yaml", entry.path.read_text("utf-8-sig"), "rulesets/" + library.catalogue.within(entry.path))
    return page


def _change(page: Page, library: Library, overlay: OverlayDocument, change: Change) -> str:
    words = page.say("đặt lại", "sets") if change.set else page.say("thêm", "adds") if change.add else page.say("bãi bỏ", "removes")
    fields = dict.fromkeys(_FIELDS.get(name, _LEVEL).say(page.lang) for name in change.fields) if change.set else {}
    what = f"{text(', '.join(fields))}: " if fields else ""
    return f"{words} {what}{_target(page, library, overlay, change.target)}{_rules(page, library, overlay, change)}"


def _rules(page: Page, library: Library, overlay: OverlayDocument, change: Change) -> str:
    """The new rules of a dimension in words."""
    if "redirect" not in change.fields:
        return ""
    edition = library.editions[overlay.amends]
    document = next(state.document for state in edition.states if state.overlay is not None and state.overlay.overlay == overlay.overlay)
    rules = document.dimensions[change.target].redirect
    reads = page.say("áp dụng mức của", "is judged by the column of")
    return items(
        f"{text(rule.title.say(page.lang) if rule.title else phrases.condition(rule.when, edition.rules.declared, page.lang))} "
        f"{reads} <strong>{text(phrases.key(rule.use, page.lang))}</strong>"
        for rule in rules
    )


def _target(page: Page, library: Library, overlay: OverlayDocument, target: str) -> str:
    """A link to the criterion or indicator a change is about."""
    edition = library.editions[overlay.amends]
    for section in edition.sections():
        if section.criterion == target:
            return page.link(of_criterion(page.lang, edition.id, target), f"{target} {section.title.say(page.lang)}")
        for indicator in section.indicators:
            if indicator.indicator == target:
                return page.link(
                    of_indicator(page.lang, edition.id, section.criterion, target), f"{target} {indicator.title.say(page.lang)}"
                )
    if target == "score":
        return text(page.say("cách xếp hạng", "how classes are found"))
    dimension = edition.document.dimensions.get(target)
    return page.words(dimension.title) if dimension else f"<code>{text(target)}</code>"


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    return (overlay_page(library, overlay, lang) for overlay in library.overlays.values())


OVERLAY = Kind(Bilingual("Sửa đổi, quy định của tỉnh", "An amendment, or rules of a province"), SECTIONS["rulesets"], _pages)
