"""The words that head columns in the tables and lists of offices, but for the names of criteria, which each set brings itself."""

from __future__ import annotations

from typing import Final

from ntm_rules.decide.written.words import sounded

IDS: Final = (
    "id",
    "unit",
    "mã",
    "mã xã",
    "mã thôn",
    "mã huyện",
    "mã số",
    "mã đơn vị",
    "mã gso",
    "gso",
    "commune_gso",
    "code",
    "mã sản phẩm",
)
NAMES: Final = (
    *("name", "tên", "tên xã", "xã", "tên thôn", "thôn", "tên đơn vị", "đơn vị"),
    *("commune", "village", "tên sản phẩm", "sản phẩm"),
)
NAMES_OF: Final[dict[str, tuple[str, ...]]] = {
    "district": ("tên huyện", "huyện"),
    "province": ("tên tỉnh",),
}  # in a table of its parts it is no name of theirs
WHOLES: Final[dict[str, tuple[str, ...]]] = {"village": ("xã", "tên xã", "thuộc xã", "commune")}  # of a table of villages
KIND_WORDS: Final = ("kind", "loại đối tượng", "loại đơn vị")
COUNTING: Final = ("stt", "tt", "số tt", "số thứ tự", "no", "no.", "#")  # what heads a column that counts the rows
KEY_WORDS: Final = frozenset(map(sounded, (*IDS, *NAMES, "tên huyện", "tên tỉnh", *COUNTING[:4])))  # what heads a column of codes or names
OF_COMMUNES: Final = frozenset({"mã xã", "tên xã", "xã", "mã thôn", "tên thôn", "thôn"})  # no table of districts or provinces has these
INFORMATION: Final = (
    *COUNTING,
    *("nguồn", "source", "ghi chú", "note", "notes", "url", "huyện", "tên huyện", "district"),
)
ATTRIBUTE_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "region": ("vùng",),
    "year": ("năm", "năm đánh giá", "năm xét"),
    "area": ("khu vực", "kv"),
    "province": ("tỉnh", "tên tỉnh", "tỉnh thành phố", "tỉnh / thành phố", "tỉnh/thành phố", "tỉnh, thành phố", "tỉnh/tp"),
    "product_set": ("bộ sản phẩm", "bộ", "bộ số", "bộ sản phẩm số"),
    "unit_type": ("loại hình", "cấp"),
}
