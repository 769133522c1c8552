"""Provinces that issued something on record: how they are written, and the region whose column their communes read."""

from __future__ import annotations

from typing import Final, NamedTuple

from ntm_rules.loading.catalogue import bundled
from ntm_rules.values import Bilingual, Lang


class Place(NamedTuple):
    """A province."""

    name: str
    region: str


_ON_RECORD: Final = ("dong-thap", "gia-lai", "ha-tinh", "kon-tum", "lao-cai", "quang-ngai", "tay-ninh", "yen-bai")
_UNITS: Final = bundled().provinces.by_slug
# as they were in the days of the sets that have columns by region: before the mergers of 2025
PROVINCES: Final = {slug: Place(_UNITS[slug][0].name, _UNITS[slug][0].region or "") for slug in _ON_RECORD}


def province_name(name: str | None, lang: Lang) -> str:
    """A province by its slug, as people write it."""
    if name is None:
        return Bilingual("cả nước", "the whole country").say(lang)
    return _UNITS[name][-1].name if name in _UNITS else name.replace("-", " ").title()
