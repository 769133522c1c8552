"""How an indicator is measured: a number in a unit, yes or no, or one of ordered grades."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import AlsoWritten, Model, Number, Text
from ntm_rules.model.figures import Texts
from ntm_rules.values import Bilingual

UNITS: dict[str, Bilingual] = {
    "%": Bilingual("%", "%"),
    "triệu đồng/người/năm": Bilingual("triệu đồng/người/năm", "million VND/person/year"),
    "m2/người": Bilingual("m²/người", "m²/person"),
    "lít/người/ngày đêm": Bilingual("lít/người/ngày đêm", "litres/person/day"),
    "hợp tác xã": Bilingual("hợp tác xã", "cooperatives"),
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
}


class Measure(Model):
    """What a value of the indicator is, and the range it can lie in."""

    kind: Literal["number", "yes_no", "choice"] = "number"
    unit: Text | None = Field(None, description="Đơn vị đo, theo danh mục đơn vị.")
    low: Number | None = Field(None, alias="from", description="Giá trị nhỏ nhất có thể có.")
    high: Number | None = Field(None, alias="to", description="Giá trị lớn nhất có thể có.")
    choices: Texts = Field((), description="Các mức xếp loại, từ thấp đến cao.")

    @property
    def lowest(self) -> Decimal | None:
        """The smallest possible value; a share starts at 0."""
        value: Decimal | None = self.low
        return Decimal(0) if value is None and self.unit == "%" else value

    @property
    def highest(self) -> Decimal | None:
        """The largest possible value; a share ends at 100."""
        value: Decimal | None = self.high
        return Decimal(100) if value is None and self.unit == "%" else value

    @property
    def unit_words(self) -> Bilingual:
        """The unit for people; empty for yes/no and grades."""
        return UNITS.get(self.unit or "", Bilingual(self.unit or ""))


def _spell_out(given: Any) -> Any:
    if given == "yes_no":
        return {"kind": "yes_no"}
    if isinstance(given, dict) and "choices" in given:
        return {"kind": "choice", **given}
    return given


AMeasure = Annotated[
    Measure,
    BeforeValidator(_spell_out),
    AlsoWritten(
        {"const": "yes_no"},
        description="yes_no (đạt hay chưa), hoặc {unit: …, from: …, to: …}, hoặc {choices: [thấp … cao]}.",
    ),
]
