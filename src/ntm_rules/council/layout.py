"""How a score sheet is laid out, for those who write it and those who read it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ntm_rules.decide.written.words import sounded
from ntm_rules.values import Bilingual

TITLE: Final = Bilingual("PHIẾU CHẤM ĐIỂM SẢN PHẨM OCOP", "SCORE SHEET OF AN OCOP PRODUCT")
LEVELS: Final = Bilingual("Các mức", "Levels")  #: the hidden sheet with what the drop-downs offer
IDENTITY: Final[Mapping[str, Bilingual]] = {
    "set": Bilingual("Bộ tiêu chí", "Criteria set"),
    "version": Bilingual("Phiên bản", "Version"),
    "sha256": Bilingual("Mã kiểm", "Check sum"),
    "on": Bilingual("Ngày của luật", "Day of the law"),
    "province": Bilingual("Tỉnh", "Province"),
    "product": Bilingual("Mã sản phẩm", "Product code"),
    "name": Bilingual("Tên sản phẩm", "Product"),
    "product_set": Bilingual("Bộ sản phẩm", "Product set"),
    "member": Bilingual("Thành viên", "Member"),
    "round": Bilingual("Vòng", "Round"),
    "day": Bilingual("Ngày chấm", "Day of scoring"),
}
HEADINGS: Final[Mapping[str, Bilingual]] = {
    "number": Bilingual("Số", "No."),
    "title": Bilingual("Tiêu chí", "Criterion"),
    "marks": Bilingual("Dấu sao", "Star marks"),
    "levels": Bilingual("Các mức điểm", "Levels and points"),
    "chosen": Bilingual("Mức chọn", "Level chosen"),
    "points": Bilingual("Điểm", "Points"),
    "note": Bilingual("Ghi chú", "Note"),
}
WIDTHS: Final = (14, 44, 18, 60, 44, 8, 30)
CHOSEN: Final = list(HEADINGS).index("chosen")
TOTAL: Final = Bilingual("Tổng điểm", "Total")
SIGNED: Final = Bilingual("Thành viên hội đồng (ký, ghi rõ họ tên)", "Member of the council (signature, full name)")
HOW: Final = Bilingual(
    "Mỗi tiêu chí chọn một mức ở cột «Mức chọn»; để trống là chưa chấm. Dấu sao: hạng ấy cần ít nhất mức điểm ghi bên cạnh.",
    "Choose one level for each criterion; an empty cell is not scored. Star marks: a class asks for at least the level beside it.",
)
ONE_CASE: Final = Bilingual("chỉ chấm một trong các trường hợp dưới đây", "score only one of the cases below")
MARK: Final = Bilingual("{} từ {} điểm", "{} from {} points")
MARK_OPEN: Final = Bilingual("{} phiếu không nói từ mức nào", "{} the sheet does not say from which level")

KEYS: Final = {sounded(said): key for key, both in IDENTITY.items() for said in (both.vi, both.en)}
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {  # of the long table; its first headings are those it is written with
    "set": ("bộ tiêu chí", "criteria set", "set"),
    "version": ("phiên bản", "version"),
    "sha256": ("mã kiểm", "check sum", "sha256"),
    "on": ("ngày của luật", "day of the law", "on"),
    "province": ("tỉnh", "province"),
    "round": ("vòng", "round"),
    "product": ("mã sản phẩm", "mã", "product code", "product", "id"),
    "name": ("tên sản phẩm", "sản phẩm", "tên", "product name", "name"),
    "product_set": ("bộ sản phẩm", "bộ sản phẩm ocop", "product set"),
    "member": ("thành viên", "người chấm", "họ tên", "member"),
    "day": ("ngày chấm", "day of scoring", "day"),
    "criterion": ("tiêu chí", "số tiêu chí", "criterion"),
    "points": ("điểm", "points"),
}
