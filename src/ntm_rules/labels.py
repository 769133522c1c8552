"""What things are called: kinds of unit, authorities, standings, signs of outcomes and of source levels, units of measure.

Each word stands here once, in both languages; whoever needs it in a sentence takes it from here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ntm_rules.values import Bilingual, Outcome, SourceLevel, SubjectKind


class Kind(NamedTuple):
    """What a kind of unit is called.

    Attributes:
        one: inside a sentence: ``xã``, ``commune``.
        title: before a name: ``Xã Đắk Cấm``.
        whole: with all that the kind stands for: ``huyện, thị xã, thành phố``.
        many: counted inside a sentence: ``12 xã``, ``12 communes``.
        parts: counted as parts of a whole: ``xã, thị trấn``, ``communes``.
    """

    one: Bilingual
    title: Bilingual
    whole: Bilingual
    many: Bilingual
    parts: Bilingual


KINDS: Final[dict[SubjectKind, Kind]] = {
    "commune": Kind(
        one=Bilingual("xã", "commune"),
        title=Bilingual("Xã", "Commune"),
        whole=Bilingual("xã", "commune"),
        many=Bilingual("xã", "communes"),
        parts=Bilingual("xã, thị trấn", "communes"),
    ),
    "village": Kind(
        one=Bilingual("thôn", "village"),
        title=Bilingual("Thôn", "Village"),
        whole=Bilingual("thôn, khu dân cư", "village"),
        many=Bilingual("thôn", "villages"),
        parts=Bilingual("thôn", "villages"),
    ),
    "district": Kind(
        one=Bilingual("huyện", "district"),
        title=Bilingual("Huyện", "District"),
        whole=Bilingual("huyện, thị xã, thành phố", "district"),
        many=Bilingual("đơn vị cấp huyện", "district units"),
        parts=Bilingual("huyện", "districts"),
    ),
    "province": Kind(
        one=Bilingual("tỉnh", "province"),
        title=Bilingual("Tỉnh", "Province"),
        whole=Bilingual("tỉnh", "province"),
        many=Bilingual("tỉnh", "provinces"),
        parts=Bilingual("tỉnh", "provinces"),
    ),
    "product": Kind(
        one=Bilingual("sản phẩm", "product"),
        title=Bilingual("Sản phẩm", "Product"),
        whole=Bilingual("sản phẩm OCOP", "OCOP product"),
        many=Bilingual("sản phẩm", "products"),
        parts=Bilingual("sản phẩm", "products"),
    ),
}

AUTHORITIES: Final = {
    "district": Bilingual("cấp huyện", "the district"),
    "province": Bilingual("cấp tỉnh", "the province"),
    "centre": Bilingual("trung ương", "the centre"),
}


class Standing(NamedTuple):
    """What the standing of a scored product is called: a word for tables, and a sentence where there is more to say."""

    word: Bilingual
    sentence: Bilingual | None = None


STANDINGS: Final = {
    "potential-5-star": Standing(
        Bilingual("tiềm năng 5 sao", "potential five-star"),
        Bilingual(
            "Tiềm năng 5 sao: tỉnh trình trung ương đánh giá; chưa phải là hạng được công nhận.",
            "Potential five-star: the province sends it to the centre; not yet a recognised class.",
        ),
    ),
    "to-province": Standing(
        Bilingual("chuyển tỉnh", "to the province"),
        Bilingual(
            "Vượt thẩm quyền cấp huyện: chuyển hồ sơ lên tỉnh.", "Beyond the district's authority: the dossier goes to the province."
        ),
    ),
    "rejected": Standing(Bilingual("bị loại", "rejected")),
}

VERDICTS: Final = {
    Outcome.MET: Bilingual("ĐẠT", "MET"),
    Outcome.NOT_MET: Bilingual("CHƯA ĐẠT", "NOT MET"),
    Outcome.UNDETERMINED: Bilingual("CHƯA XÁC ĐỊNH", "UNDETERMINED"),
    Outcome.NOT_APPLICABLE: Bilingual("KHÔNG ÁP DỤNG", "NOT APPLICABLE"),
}
OUTCOME_SIGNS: Final = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNDETERMINED: "?", Outcome.NOT_APPLICABLE: "–"}
LEVEL_SIGNS: Final = {SourceLevel.OFFICIAL: "●", SourceLevel.PUBLISHED: "◐", SourceLevel.RECALLED: "○", SourceLevel.MISSING: "–"}

UNITS: Final[dict[str, Bilingual]] = {
    "%": Bilingual("%", "%"),
    "triệu đồng/người/năm": Bilingual("triệu đồng/người/năm", "million VND/person/year"),
    "m2/người": Bilingual("m²/người", "m²/person"),
    "lít/người/ngày đêm": Bilingual("lít/người/ngày đêm", "litres/person/day"),
    "hợp tác xã": Bilingual("hợp tác xã", "cooperatives"),
    "trường": Bilingual("trường", "schools"),
    "sản phẩm": Bilingual("sản phẩm", "products"),
    "công trình": Bilingual("công trình", "works"),
    "mô hình": Bilingual("mô hình", "models"),
    "điểm": Bilingual("điểm", "points"),
    "người": Bilingual("người", "persons"),
    "nhà": Bilingual("nhà", "houses"),
    "hộ": Bilingual("hộ", "households"),
    "xã": Bilingual("xã", "communes"),
    "thôn": Bilingual("thôn", "villages"),
    "huyện": Bilingual("huyện", "districts"),
    "tiêu chí": Bilingual("tiêu chí", "criteria"),
    "lần": Bilingual("lần", "times"),
    "tỉnh": Bilingual("tỉnh", "provinces"),
}
COUNTED_IN: Final[dict[SubjectKind, str]] = {"commune": "xã", "village": "thôn", "district": "huyện", "product": "sản phẩm"}
