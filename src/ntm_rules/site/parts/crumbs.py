"""The pages above a page, as (address, title)."""

from __future__ import annotations

from ntm_rules.site.address import address, of_set
from ntm_rules.site.library import Edition
from ntm_rules.values import Bilingual, Lang

_HOME = Bilingual("Tra cứu", "Look up")
_SETS = Bilingual("Bộ tiêu chí", "Criteria sets")


def home(lang: Lang) -> tuple[str, str]:
    """The first page, which is above all."""
    return address(lang), _HOME.say(lang)


def crumbs(lang: Lang, edition: Edition | None = None) -> list[tuple[str, str]]:
    """The pages above that of an edition, or with one above its parts."""
    own = [(of_set(lang, edition.id), edition.document.title.say(lang))] if edition else []
    return [home(lang), (address(lang, "rulesets"), _SETS.say(lang)), *own]
