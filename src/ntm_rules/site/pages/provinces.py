"""Pages of the provinces: the sets and documents of each, and what its communes must reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, address, of_instrument, of_province, of_set, other
from ntm_rules.site.beyond_record import PLACES
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library, by_importance
from ntm_rules.site.page import Page, text
from ntm_rules.site.parts.checked import checked
from ntm_rules.site.parts.communes import communes
from ntm_rules.site.parts.crumbs import home
from ntm_rules.site.parts.figures import legend
from ntm_rules.site.parts.places import ended, first_day, merged_by, province_name, region, went_into
from ntm_rules.site.parts.worked import is_split, worked_set
from ntm_rules.values import Bilingual, Lang

TITLE = Bilingual("Tỉnh", "Provinces")
_ENDED: Final = Bilingual("Từ {0} thuộc tỉnh", "From {0} part of the province of")
_UP_TO: Final = Bilingual("Các mức dưới đây chỉ dùng đến hết {0}.", "The levels below count to {0} only.")
_JOINED: Final = Bilingual("Từ {0} gồm cả:", "From {0} it includes:")


def on_record(library: Library) -> list[str]:
    """The provinces that have a page: those with a set or an overlay of their own, and those that ``places.yaml`` names."""
    return sorted({*library.provinces, *PLACES.also})


def _list(library: Library, lang: Lang) -> Page:
    told = Bilingual("Các tỉnh có văn bản trong danh mục.", "The provinces that have documents on record.")
    path = address(lang, "provinces"), address(other(lang), "provinces")
    page = Page(lang, *path, TITLE.say(lang), told.say(lang), crumbs=[home(lang)])
    page.p(page.words(told))
    page.items((page.link(of_province(lang, name), province_name(name, lang)) for name in on_record(library)), class_="cards")
    page.p(
        text(
            page.say(
                "Tỉnh khác áp dụng bộ tiêu chí quốc gia theo cột của vùng mình; mức do tỉnh quy định thì chưa có trong danh mục.",
                "Other provinces use the national sets with the column of their region; the levels they set are not on record.",
            )
        ),
        class_="note",
    )
    return page


def _page(library: Library, name: str, lang: Lang) -> Page:
    place = province_name(name, lang)
    told = Bilingual(f"Bộ tiêu chí nông thôn mới với tỉnh {place}.", f"The new rural criteria in {place} Province.").say(lang)
    crumbs = [home(lang), (address(lang, "provinces"), TITLE.say(lang))]
    title = Bilingual(f"Tỉnh {place}", f"{place} Province").say(lang)
    page = Page(lang, of_province(lang, name), of_province(other(lang), name), title, told, crumbs=crumbs)
    _lives(page, library, name)
    column = region(name)
    if column:
        page.facts([(page.say("Cột vùng", "Region column"), page.words(REGIONS[column]))])
    if column:
        page.heading(page.say("Mức áp dụng cho xã của tỉnh", "What its communes must reach"), page.say("muc", "levels"))
        page.html(legend(page))
        for edition in by_importance(library.editions.values()):
            if is_split(edition):
                page.heading(edition.document.title.say(lang), f"muc-{edition.id.replace('/', '-')}", 3)
                page.p(
                    page.link(
                        of_set(lang, edition.id), page.say("Cả bộ tiêu chí và quy tắc cột", "The whole set and the rule of its columns")
                    ),
                    f"({page.words(checked(edition.levels))})",
                )
                worked_set(page, edition, name, place)
    _own(page, library, name)
    for drawn in PLACES.examples:
        if drawn.province == name:
            communes(page, library, drawn)
    _documents(page, library, name)
    return page


def _lives(page: Page, library: Library, name: str) -> None:
    """Before all else: that the province is no more, or which others went into it."""
    last = ended(name)
    law = merged_by()
    by = f"({page.number(of_instrument(page.lang, law), law)})" if law in library.instruments else f"({text(law)})" if law else ""
    if last is not None and last.until is not None:
        into = last.merged_into or ""
        place = province_name(into, page.lang)
        target = page.link(of_province(page.lang, into), place) if into in on_record(library) else text(place)
        day = phrases.day(last.until + timedelta(days=1), page.lang)
        page.p(
            text(_ENDED.fill(day).say(page.lang)),
            f"<strong>{target}</strong>",
            by + ".",
            text(_UP_TO.fill(phrases.day(last.until, page.lang)).say(page.lang)),
            class_="note",
        )
    elif joined := [one for one in went_into(name) if one in on_record(library)]:
        links = ", ".join(page.link(of_province(page.lang, one), province_name(one, page.lang)) for one in joined)
        day = phrases.day(first_day(name), page.lang)
        page.p(text(_JOINED.fill(day).say(page.lang)), links, by + ".", class_="note")


def _own(page: Page, library: Library, name: str) -> None:
    """The sets and overlays of the province."""
    sets = [edition for edition in library.editions.values() if edition.document.province == name]
    overlays = [overlay for overlay in library.overlays.values() if overlay.province == name]
    page.heading(page.say("Bộ tiêu chí và quy định của tỉnh", "Its own sets and rules"), page.say("bo-tieu-chi", "sets"))
    found = [
        f"{page.link(of_set(page.lang, one.id), one.document.title.say(page.lang))} "
        f"<small>{text(phrases.period(one.document.in_force, page.lang))}</small>"
        for one in sets
    ]
    found += [
        f"{page.link(of_set(page.lang, one.overlay), one.title.say(page.lang))} "
        f"<small>{text(phrases.period(one.in_force, page.lang))}</small>"
        for one in overlays
    ]
    page.items(found)
    if not found:
        page.p(text(page.say("Không có bộ tiêu chí nào của riêng tỉnh trong danh mục.", "None of its own is on record.")))


def _documents(page: Page, library: Library, name: str) -> None:
    """Its legal documents on record."""
    mark = f"({province_name(name, 'vi')})"
    documents = [key for key in library.instruments if key.endswith(mark)]
    if documents:
        page.heading(page.say("Văn bản của tỉnh", "Its documents"), page.say("van-ban", "documents"))
        page.items(f"{page.link(of_instrument(page.lang, key), key)} {page.words(library.instruments[key].title)}" for key in documents)


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    return (_page(library, name, lang) for name in on_record(library))


LIST = Kind(TITLE, SECTIONS["provinces"], lambda library, lang: [_list(library, lang)], Bilingual("Các tỉnh", "Provinces"))
PROVINCE = Kind(Bilingual("Một tỉnh", "A province"), SECTIONS["provinces"], _pages)
