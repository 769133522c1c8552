"""How an indicator is measured: a number in a unit, yes or no, or one of ordered grades."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ntm_rules.labels import COUNTED_IN, UNITS
from ntm_rules.model.base import AlsoWritten, Model, Number, Text
from ntm_rules.model.figures import Texts
from ntm_rules.model.requirements import Condition
from ntm_rules.values import Bilingual, SubjectKind, exact


class Measure(Model):
    """What a value of the indicator is, and the range it can lie in."""

    kind: Literal["number", "yes_no", "choice"] = "number"
    unit: Text | None = Field(default=None, description="Đơn vị đo, theo danh mục đơn vị.")
    low: Number | None = Field(default=None, alias="from", description="Giá trị nhỏ nhất có thể có.")
    high: Number | None = Field(default=None, alias="to", description="Giá trị lớn nhất có thể có.")
    choices: Texts = Field(default=(), description="Các mức xếp loại, từ thấp đến cao.")
    holds_status: Text | None = Field(
        default=None, description="Danh hiệu đã được công nhận: ntm, advanced, model, …; trả lời có hoặc không."
    )
    share_of: SubjectKind | None = Field(default=None, description="Tỷ lệ phần trăm các đơn vị thuộc loại này thỏa «where».")
    count_of: SubjectKind | None = Field(default=None, description="Số đơn vị thuộc loại này thỏa «where».")
    where: Condition | None = Field(default=None, description="Điều kiện mà đơn vị được đếm phải thỏa.")
    among: Condition | None = Field(default=None, description="Chỉ tính trong các đơn vị thỏa điều kiện này.")

    @property
    def counted(self) -> SubjectKind | None:
        """The kind of unit that is counted, for a share or a count over the parts of a whole."""
        return self.share_of or self.count_of

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

    def comparable(self, value: str | tuple[str, ...]) -> Any:
        """A figure as values are compared with it: an exact number, yes, the place of a grade in their order, or a tuple of these."""
        if isinstance(value, tuple):
            return tuple(self.comparable(item) for item in value)
        if self.kind == "yes_no":
            return True
        if self.kind == "number":
            return exact(value)
        return self.choices.index(value) if self.choices else value

    @property
    def unit_words(self) -> Bilingual:
        """The unit for people; empty for yes/no and grades."""
        return UNITS.get(self.unit or "", Bilingual(self.unit or ""))


def _spell_out(given: Any) -> Any:
    if given == "yes_no":
        return {"kind": "yes_no"}
    if isinstance(given, dict) and "choices" in given:
        return {"kind": "choice", **given}
    if isinstance(given, dict) and "holds_status" in given:
        return {"kind": "yes_no", **given}
    if isinstance(given, dict) and "share_of" in given:
        return {"unit": "%", **given}
    if isinstance(given, dict) and "count_of" in given:
        return {"unit": next((unit for kind, unit in COUNTED_IN.items() if kind == given["count_of"]), ""), "from": "0", **given}
    return given


AMeasure = Annotated[
    Measure,
    BeforeValidator(_spell_out),
    AlsoWritten(
        {"const": "yes_no"},
        description="yes_no (đạt hay chưa), {unit: …, from: …, to: …}, {choices: [thấp … cao]}, {holds_status: ntm}, "
        "{share_of: commune, where: …}.",
    ),
]
