"""Pages of the legal documents: what each issued, amended and replaced, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntm_rules.model.figures import figures_of
from ntm_rules.model.instrument import Instrument
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, address, of_criterion, of_instrument, of_set, other, relative
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.site.parts import in_force
from ntm_rules.site.parts.crumbs import home
from ntm_rules.site.parts.figures import legend, level_words, mark, mark_alone
from ntm_rules.site.parts.pictures import Span, timeline
from ntm_rules.site.parts.where_seen import seen_at
from ntm_rules.values import Bilingual, Lang

TITLE = Bilingual("Văn bản pháp luật", "Legal documents")


def index_page(library: Library, lang: Lang) -> Page:
    """All documents, with a timeline of those that issued or changed a set."""
    description = Bilingual("Văn bản mà các bộ tiêu chí dẫn tới.", "The legal documents the criteria sets rest on.").say(lang)
    page = Page(lang, address(lang, "instruments"), address(other(lang), "instruments"), TITLE.say(lang), description, crumbs=[home(lang)])
    page.answers = [page.say("văn bản còn hiệu lực, hết hiệu lực, có hiệu lực ngày nào", "documents in force on a day, no longer in force")]
    in_force.day_field(page)
    page.html(
        timeline(
            _spans(page, library, set(_issuing(library))),
            "p-time",
            page.say("Các văn bản theo thời gian hiệu lực", "Documents by the time they are in force"),
            lang,
        )
    )
    page.heading(page.say("Tất cả văn bản", "All documents"), page.say("tat-ca", "all"))
    page.html(legend(page))
    head = [
        page.say("Số hiệu", "Number"),
        page.say("Hiệu lực từ – đến", "In force from – to"),
        page.say("Nội dung", "Title"),
        page.say("Ban hành", "Issued"),
    ]
    rows = [_row(page, library, key) for key in library.instruments]
    page.table(page.say("Văn bản trong danh mục", "Documents on record"), head, rows)
    return page


def _row(page: Page, library: Library, key: str) -> list[str]:
    one = library.instruments[key]
    issued = phrases.day(one.issued, page.lang) if one.issued else page.say("chưa biết ngày", "day not known")
    number = page.number(of_instrument(page.lang, key), key)
    return [
        th(number),
        in_force.cell(page, in_force.of_document(library, key)),
        page.words(one.title),
        f"{text(issued)} {mark(page, one.level)}",
    ]


def _level(page: Page, one: Instrument) -> str:
    return f"{mark_alone(one.level)} {text(level_words(one.level).say(page.lang))}"


def _issuing(library: Library) -> Iterator[str]:
    for edition in library.editions.values():
        yield edition.document.instrument
    for overlay in library.overlays.values():
        if overlay.changes:
            yield overlay.instrument


def _spans(page: Page, library: Library, keys: set[str]) -> list[Span]:
    """The bars of documents whose first day, or day of issue, is known."""
    page.days = True
    amending = {overlay.instrument for overlay in library.overlays.values()}
    found = []
    for key in keys & library.instruments.keys():
        given = in_force.of_document(library, key)
        if given.since is not None:
            kind = "amends" if library.instruments[key].amends or key in amending else "issued"
            label = f"{key} · {phrases.day(given.since, page.lang)}"
            found.append(Span(label, given.since, given.until, kind, relative(of_instrument(page.lang, key), page.path)))
    return sorted(found, key=lambda span: (span.start, span.label))


def instrument_page(library: Library, key: str, lang: Lang) -> Page:
    """The page of one document in one language."""
    one = library.instruments[key]
    title = one.title.say(lang)
    crumbs = [
        home(lang),
        (address(lang, "instruments"), Bilingual("Văn bản", "Documents").say(lang)),
    ]
    page = Page(lang, of_instrument(lang, key), of_instrument(other(lang), key), f"{key} – {title}", title, crumbs=crumbs, shown=key)
    page.p(f"<strong>{text(title)}</strong>")
    after = [name for name, given in library.instruments.items() if key in given.replaces]
    changing = [name for name, given in library.instruments.items() if key in given.amends]
    page.facts(
        [
            (page.say("Cơ quan ban hành", "Issuer"), page.words(one.issuer)),
            (page.say("Ngày ban hành", "Issued"), phrases.day(one.issued, lang) if one.issued else page.say("chưa biết", "not known")),
            (page.say("Hiệu lực", "In force"), in_force.words(page, in_force.of_document(library, key), why=True)),
            (page.say("Thay thế", "Replaces"), _links(page, one.replaces)),
            (page.say("Sửa đổi", "Amends"), _links(page, one.amends)),
            (page.say("Bị thay thế bởi", "Replaced by"), _links(page, after)),
            (page.say("Được sửa bởi", "Amended by"), _links(page, changing)),
            (page.say("Số hiệu, ngày, nội dung", "Number, days and subject"), _level(page, one)),
            (page.say("Thấy ở", "Seen at"), items((seen_at(page, each) for each in one.seen), class_="source")),
            (page.say("Ghi chú", "Note"), page.words(one.note) if one.note else ""),
        ]
    )
    related = {key, *one.replaces, *one.amends, *after, *changing}
    spans = _spans(page, library, related)
    if len(spans) > 1:
        page.html(timeline(spans, "p-time", page.say("Văn bản này và các văn bản liên quan", "This document and those it touches"), lang))
    _made(page, library, key)
    return page


def _links(page: Page, keys: Iterable[str]) -> str:
    return ", ".join(page.link(of_instrument(page.lang, key), key) for key in keys)


def _made(page: Page, library: Library, key: str) -> None:
    sets = [edition for edition in library.editions.values() if edition.document.instrument == key]
    overlays = [overlay for overlay in library.overlays.values() if overlay.instrument == key]
    if sets or overlays:
        page.heading(page.say("Đã ban hành, đã sửa", "What it issued and changed"), page.say("ban-hanh", "made"))
        page.items(
            [
                *(page.link(of_set(page.lang, edition.id), edition.document.title.say(page.lang)) for edition in sets),
                *(page.link(of_set(page.lang, overlay.overlay), overlay.title.say(page.lang)) for overlay in overlays),
            ]
        )
    cited = list(_citing(library, key))
    if cited:
        page.heading(page.say("Được dẫn làm nguồn ở", "Named as a source by"), page.say("nguon", "source"))
        page.items(
            page.link(of_criterion(page.lang, edition.id, number), f"{edition.id}, {page.say('tiêu chí', 'criterion')} {number}")
            for edition, number in cited
        )


def _citing(library: Library, key: str) -> Iterator[tuple[Edition, str]]:
    """The criteria of other sets whose figures name the document."""
    for edition in library.editions.values():
        if edition.document.instrument == key:
            continue
        for section in edition.document.sections:
            own = [section.source, *(indicator.source for indicator in section.indicators)]
            figures = [figure for indicator in section.indicators for _, figure in figures_of(indicator.bound)]
            if any(source is not None and source.instrument == key for source in [*own, *figures]):
                yield edition, section.criterion


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    return (instrument_page(library, key, lang) for key in library.instruments)


_CARD = Bilingual("Văn bản và dòng thời gian", "Legal documents and their timeline")
LIST = Kind(TITLE, SECTIONS["instruments"], lambda library, lang: [index_page(library, lang)], _CARD)
INSTRUMENT = Kind(Bilingual("Một văn bản", "A legal document"), SECTIONS["instruments"], _pages)
