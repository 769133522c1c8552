"""The set, the day and the province that a workbench in the page is about, as fields of its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntm_rules.labels import KINDS
from ntm_rules.site.address import address, slug
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import Page, tag, text


def labelled(fields: Iterable[tuple[str, str, str]]) -> str:
    """Fields under their labels: the words, the id of the control, the control."""
    parts = (tag("div", tag("label", text(words), for_=name) + control, class_="field") for words, name, control in fields)
    return tag("div", "\n".join(parts), class_="fields")


def provinces(library: Library, none: str) -> str:
    """Every province of the list to choose from, or none."""
    units = library.catalogue.provinces
    names = {slug: unit.name for slug in units.by_slug for unit in units.by_slug[slug][-1:]}
    return "".join(tag("option", text(name), value=slug) for slug, name in [("", none), *sorted(names.items())])


def sets(page: Page, library: Library) -> str:
    """Every set to choose from."""
    return "\n".join(_groups(page, library))


def _groups(page: Page, library: Library) -> Iterator[str]:
    """The sets to choose from, by what they are about, the latest first."""
    for kind in KINDS:
        found = [
            _option(page, one) for one in by_importance(library.editions.values()) if one.document.subject == kind and one.rules.inputs
        ]
        if found:
            yield tag("optgroup", "\n".join(found), label=KINDS[kind].title.say(page.lang))


def _option(page: Page, edition: Edition) -> str:
    period = edition.document.in_force
    limits = {"data_from": period.start, "data_until": period.until}
    days = {name: day.isoformat() for name, day in limits.items() if day}
    chosen = {"selected": ""} if edition.id == "commune-ntm/2021-2025" else {}
    return tag("option", text(edition.document.title.say(page.lang)), value=edition.id, id=slug(edition.id), **days, **chosen)


def to_playground(page: Page, name: str) -> str:
    """A link that opens a set to be edited."""
    return page.link(
        f"{address(page.lang, 'playground')}#{slug(name)}", page.say("Soạn thử một thay đổi của bộ này", "Try a change of this set")
    )
