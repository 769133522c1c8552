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

REGION_SIGNS: Final[dict[str, Bilingual]] = {
    "trung-du-mien-nui-phia-bac": Bilingual("TDMNPB", "N. Mountains"),
    "dong-bang-song-hong": Bilingual("ĐBSH", "Red River"),
    "bac-trung-bo": Bilingual("BTB", "N. Central"),
    "duyen-hai-nam-trung-bo": Bilingual("DHNTB", "S.C. Coast"),
    "tay-nguyen": Bilingual("TN", "C. Highlands"),
    "dong-nam-bo": Bilingual("ĐNB", "South East"),
    "dong-bang-song-cuu-long": Bilingual("ĐBSCL", "Mekong"),
}

STATUSES: Final[dict[str, Bilingual]] = {
    "ntm": Bilingual("Xã được công nhận đạt chuẩn nông thôn mới", "Commune recognised as NTM"),
    "ntm-advanced": Bilingual("Xã được công nhận nông thôn mới nâng cao", "Commune recognised as advanced NTM"),
    "ntm-model": Bilingual("Xã được công nhận nông thôn mới kiểu mẫu", "Commune recognised as model NTM"),
    "ntm-modern": Bilingual("Xã được công nhận nông thôn mới hiện đại", "Commune recognised as modern NTM"),
    "village-ntm": Bilingual("Thôn được công nhận nông thôn mới", "Village recognised as NTM"),
    "village-ntm-ethnic": Bilingual(
        "Thôn được công nhận nông thôn mới ở vùng dân tộc thiểu số", "Village recognised as NTM in an ethnic-minority area"
    ),
    "village-model": Bilingual("Thôn được công nhận nông thôn mới kiểu mẫu", "Village recognised as model NTM"),
    "civilised-township": Bilingual("Thị trấn đạt chuẩn đô thị văn minh", "Township recognised as civilised"),
    "civilised-ward": Bilingual("Phường đạt chuẩn đô thị văn minh", "Ward recognised as civilised"),
    "district-ntm": Bilingual("Huyện được công nhận đạt chuẩn nông thôn mới", "District recognised as NTM"),
    "district-advanced": Bilingual("Huyện được công nhận nông thôn mới nâng cao", "District recognised as advanced NTM"),
    "city-completed": Bilingual("Thị xã, thành phố được công nhận hoàn thành nhiệm vụ", "City or town recognised as having completed"),
    "province-completed": Bilingual("Tỉnh được công nhận hoàn thành nhiệm vụ", "Province recognised as having completed"),
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
    "criteria_met": Attribute(title=Bilingual("Số tiêu chí đạt", "Criteria met"), whole_number=True),
    "unit_type": Attribute(
        title=Bilingual("Loại đơn vị", "Kind of unit"), one_of=("xã", "thị trấn", "phường", "huyện", "thị xã", "thành phố")
    ),
    **{name: Attribute(title=title, yes_no=True) for name, title in STATUSES.items()},
}

_VALUES: Final[dict[str, Bilingual]] = {
    "outside": Bilingual("ngoài vùng đồng bào dân tộc thiểu số và miền núi", "outside the ethnic-minority and mountainous area"),
    "over-3-schools": Bilingual("trên 3 trường", "more than three schools"),
    "up-to-3-schools": Bilingual("từ 3 trường trở xuống", "three schools or fewer"),
}


def column_label(key: str) -> Bilingual:
    """A column of a table or a value of an attribute for people: the name of a region, or the key itself (a year, a group)."""
    return REGIONS.get(key) or _VALUES.get(key) or Bilingual(key)
