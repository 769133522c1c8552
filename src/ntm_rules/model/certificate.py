"""What an office read in the signed text of an instrument: one line a figure, with its page, sealed against later edits."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Day, Model, Text, refuse
from ntm_rules.model.figures import Texts, as_written
from ntm_rules.model.ruleset import _listed

DIFFERING: Final = "đối chiếu khác nhau: "  #: how a place that a figure was ``seen`` in begins, where two readings of it differ
_HEX = frozenset("0123456789abcdef")


def _sha256(given: Any) -> Any:
    if not isinstance(given, str) or len(given) != 64 or not _HEX.issuperset(given):
        raise refuse("NTM-203", expected="sha256", got=str(given)[:70])
    return given


Sha256 = Annotated[str, BeforeValidator(_sha256)]


class Reading(Model):
    """One figure as it stands on a page of the signed text."""

    at: Text = Field(description="Số của chỉ tiêu.")
    column: Texts = Field(default=(), description="Các khóa dẫn tới ô của bảng, ngoài vào trong: [tay-nguyen, 2024].")
    compares: Text = Field(description="Phép so của con số: at_least, at_most, …; con số của phép so khác là con số khác.")
    value: Text | Texts = Field(description="Con số (hoặc danh sách mức) đúng như trang văn bản ghi.")
    page: Text = Field(description="Trang có con số đó.")

    @property
    def text(self) -> str:
        """What was read, as it is written."""
        return as_written(self.value)


class Certifying(Model):
    """Which signed text was read, by whom, on which day, beside which version of ours, and what stood there."""

    document: Sha256 = Field(description="sha256 của tệp văn bản đã ký.")
    by: Text = Field(description="Cơ quan đối chiếu.")
    day: Day = Field(description="Ngày đối chiếu.")
    base: Text = Field(description="Phiên bản của bộ tiêu chí lúc đối chiếu.")
    readings: Annotated[tuple[Reading, ...], BeforeValidator(_listed)]
    seal: Sha256 = Field(description="sha256 của phần trên; lệnh đối chiếu ghi, không sửa tay.")

    @property
    def who(self) -> str:
        """The signed text, who read it and when, as one says it beside a figure."""
        return _who(self.document, self.by, self.day)


@lru_cache(256)  # said of every one of its figures
def _who(document: str, by: str, day: date) -> str:
    return f"bản ký (sha256 {document[:16]}…), {by} đối chiếu ngày {day:%d/%m/%Y}"
