"""Provinces that issued something on record: how they are written, and the region whose column their communes read."""

from __future__ import annotations

from typing import Final, NamedTuple

from ntm_rules.values import Lang


class Place(NamedTuple):
    """A province."""

    name: str
    region: str


PROVINCES: Final = {
    "dong-thap": Place("Đồng Tháp", "dong-bang-song-cuu-long"),
    "gia-lai": Place("Gia Lai", "tay-nguyen"),
    "ha-tinh": Place("Hà Tĩnh", "bac-trung-bo"),
    "kon-tum": Place("Kon Tum", "tay-nguyen"),
    "lao-cai": Place("Lào Cai", "trung-du-mien-nui-phia-bac"),
    "quang-ngai": Place("Quảng Ngãi", "duyen-hai-nam-trung-bo"),
    "tay-ninh": Place("Tây Ninh", "dong-nam-bo"),
    "yen-bai": Place("Yên Bái", "trung-du-mien-nui-phia-bac"),
}


def province_name(name: str | None, lang: Lang) -> str:
    """A province by its slug, as people write it."""
    if name is None:
        return "cả nước" if lang == "vi" else "the whole country"
    return PROVINCES[name].name if name in PROVINCES else name.replace("-", " ").title()
