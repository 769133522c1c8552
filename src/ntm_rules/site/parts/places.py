"""Provinces on pages: how they are written, and the region whose column their communes read."""

from __future__ import annotations

from typing import Final

from ntm_rules.loading.catalogue import bundled
from ntm_rules.values import Bilingual, Lang

_UNITS: Final = bundled().provinces.by_slug
_WHOLE_COUNTRY: Final = Bilingual("cả nước", "the whole country")


def region(name: str) -> str:
    """The region of a province as it was in the days of the sets with columns by region, before the mergers of 2025; empty if unknown."""
    return _UNITS[name][0].region or "" if name in _UNITS else ""


def province_name(name: str | None, lang: Lang) -> str:
    """A province by its slug, as people write it."""
    if name is None:
        return _WHOLE_COUNTRY.say(lang)
    return _UNITS[name][-1].name if name in _UNITS else name.replace("-", " ").title()
