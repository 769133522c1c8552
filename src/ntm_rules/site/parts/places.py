"""Provinces on pages: how they are written, and the region whose column their communes read."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from ntm_rules.loading.catalogue import bundled
from ntm_rules.loading.provinces import read_provinces
from ntm_rules.model.province import Province
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


def ended(name: str) -> Province | None:
    """The last unit of that name, where it is no more: with its last day and what it went into."""
    last = _UNITS[name][-1] if name in _UNITS else None
    return last if last is not None and last.until is not None else None


def went_into(name: str) -> list[str]:
    """The provinces that went into one and whose names are no more."""
    return [slug for slug in _UNITS if slug != name and (unit := ended(slug)) is not None and unit.merged_into == name]


@cache
def region_names() -> tuple[tuple[str, str], ...]:
    """Every province with a region, as (region, name)."""
    return tuple((region(slug), province_name(slug, "vi")) for slug in _UNITS if region(slug))


@cache
def merged_by() -> str:
    """The document by which provinces went into others; empty where the list does not name it."""
    _, document = read_provinces(bundled().provinces.path)
    return (document.source.instrument if document else None) or ""


def first_day(name: str) -> date | None:
    """The first day of the last unit of that name."""
    return _UNITS[name][-1].start if name in _UNITS else None
