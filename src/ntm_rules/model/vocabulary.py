"""Words that every set shares: regions and the standard attributes of a subject."""

from __future__ import annotations

from typing import Final

from ntm_rules.model.ruleset import Attribute
from ntm_rules.values import Bilingual

REGIONS: Final[dict[str, Bilingual]] = {
    "trung-du-mien-nui-phia-bac": Bilingual("Trung du và miền núi phía Bắc", "Northern midlands and mountains"),
    "dong-bang-song-hong": Bilingual("Đồng bằng sông Hồng", "Red River Delta"),
    "bac-trung-bo": Bilingual("Bắc Trung Bộ", "North Central"),
    "duyen-hai-nam-trung-bo": Bilingual("Duyên hải Nam Trung Bộ", "South Central Coast"),
    "tay-nguyen": Bilingual("Tây Nguyên", "Central Highlands"),
    "dong-nam-bo": Bilingual("Đông Nam Bộ", "South East"),
    "dong-bang-song-cuu-long": Bilingual("Đồng bằng sông Cửu Long", "Mekong Delta"),
}

STANDARD_ATTRIBUTES: Final[dict[str, Attribute]] = {
    "province": Attribute(title=Bilingual("Tỉnh", "Province")),
    "region": Attribute(title=Bilingual("Vùng", "Region"), one_of=tuple(REGIONS)),
    "year": Attribute(title=Bilingual("Năm đánh giá", "Year assessed"), whole_number=True),
    "area": Attribute(
        title=Bilingual("Khu vực (I, II, III; outside: ngoài vùng)", "Area class (I, II, III; outside)"),
        one_of=("I", "II", "III", "outside"),
    ),
    "commune_group": Attribute(title=Bilingual("Nhóm xã 2026-2030", "Commune group 2026-2030"), one_of=("1", "2", "3")),
    "product_set": Attribute(title=Bilingual("Bộ sản phẩm OCOP", "OCOP product set"), whole_number=True),
}

_VALUES: Final[dict[str, Bilingual]] = {
    "outside": Bilingual("ngoài vùng đồng bào dân tộc thiểu số và miền núi", "outside the ethnic-minority and mountainous area"),
}


def column_label(key: str) -> Bilingual:
    """A column of a table or a value of an attribute for people: the name of a region, or the key itself (a year, a group)."""
    return REGIONS.get(key) or _VALUES.get(key) or Bilingual(key)
