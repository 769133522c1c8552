"""How a page of one number of a set opens: its addresses, its title, the way to it."""

from __future__ import annotations

from ntm_rules.site.address import of_criterion, other
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page
from ntm_rules.site.parts.crumbs import crumbs
from ntm_rules.values import Lang


def opening(library: Library, edition: Edition, number: str, title: str, about: str, lang: Lang) -> Page:
    """The page of a criterion, or of a product set, with nothing on it yet; ``about`` says in a line what it holds."""
    return Page(
        lang,
        of_criterion(lang, edition.id, number),
        of_criterion(other(lang), edition.id, number),
        f"{title} – {edition.document.title.say(lang)}",
        about,
        crumbs=crumbs(lang, edition),
        shown=title,
        boost=library.boost(edition),
    )
