"""A revocation document: the dated texts on revoking a status, and what a recognition brings about, with the source of every figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Flag, Model, Text, Words
from ntm_rules.model.figures import AFigure, Source, Texts, _texts
from ntm_rules.model.ruleset import Period


class KeyCriteria(Source):
    """The criteria of which one must be among the failed."""

    numbers: Texts = Field(description="Số của các tiêu chí then chốt trong bộ dùng để xét.")
    titles: Texts = Field(default=(), description="Tên các tiêu chí như văn bản nêu.")


class Parts(Source):
    """A ground that lies in the parts: the share of communes of a district whose status was revoked."""

    status: Text = Field(description="Danh hiệu của các đơn vị thành phần.")
    revoked_share_from: AFigure = Field(description="Tỷ lệ đơn vị bị thu hồi, phần trăm, từ mức này.")


class RevocationRule(Model):
    """When a recognised status is to be revoked: by the share of criteria failed, with or without a key criterion among them."""

    status: Text = Field(description="Danh hiệu.")
    tested_on: Text | None = Field(default=None, description="Họ bộ tiêu chí dùng để xét, như commune-ntm.")
    with_key_from: AFigure | None = Field(default=None, description="Từ tỷ lệ tiêu chí không đạt này (%), nếu có tiêu chí then chốt.")
    without_key_from: AFigure | None = Field(default=None, description="Từ tỷ lệ tiêu chí không đạt này (%), không cần tiêu chí then chốt.")
    key_criteria: KeyCriteria | None = None
    parts: Parts | None = None
    loses_class: Flag = Field(default=False, description="true: không còn đủ điểm của hạng đã công nhận là căn cứ thu hồi.")
    source: Source
    missing: Words | None = Field(default=None, description="Vì sao chưa có nội dung.")


class RevocationText(Model):
    """The text of some days: its rules, or why they are not known."""

    in_force: Period
    instrument: Text
    source: Source
    missing: Words | None = Field(default=None, description="Vì sao chưa có nội dung.")
    concerns: Texts = Field(default=(), description="Các danh hiệu mà văn bản chưa đọc được này nói đến.")
    rules: Annotated[tuple[RevocationRule, ...], BeforeValidator(_texts)] = ()


CountsFrom = Literal["next_year", "at_once"]
READINGS: Final[Mapping[str, tuple[str, ...]]] = {"counts_from": get_args(CountsFrom)}


class GivenBy(Model):
    """The attribute that a value follows from, as «extremely difficult» from class III."""

    attribute: Text = Field(description="Thuộc tính, như area.")
    one_of: Texts = Field(description="Các giá trị làm nên điều đó.")


class Consequence(Model):
    """What a recognition changes of the unit, as the class of a commune by 861/QĐ-TTg, and from when that counts.

    The class changes on the day of the recognition. From when the commune is *assessed* by the other column no text says: read as
    ``next_year``, the year of the recognition is judged to its end as the list has the unit, for the figures it rests on were judged so.
    """

    status: Text = Field(description="Danh hiệu được công nhận.")
    attribute: Text = Field(description="Thuộc tính thay đổi.")
    title: Words | None = Field(default=None, description="Thuộc tính ấy gọi là gì, viết giữa câu.")
    was: Texts = Field(description="Giá trị trước đó; với câu hỏi có hoặc không: true, false.")
    becomes: Text = Field(description="Giá trị sau khi được công nhận.")
    counts_from: CountsFrom = Field(
        default="at_once", description="Tính khi xét từ bao giờ: next_year (từ năm xét kế tiếp), at_once (từ ngày công nhận)."
    )
    given_by: GivenBy | None = Field(default=None, description="Chỉ thay đổi điều mà thuộc tính này làm nên, như khu vực III.")
    kept_by: Text | None = Field(default=None, description="Thuộc tính (có hoặc không) vẫn giữ giá trị cũ, như danh sách khác nêu tên xã.")
    in_force: Period
    source: Source


class RevocationDocument(Model):
    """One file on revocation and the effects of recognition."""

    revocation: Text = Field(description="Tên: revocation/giai đoạn.")
    version: Text
    title: Words
    texts: Annotated[tuple[RevocationText, ...], BeforeValidator(_texts)] = ()
    effects: Annotated[tuple[Consequence, ...], BeforeValidator(_texts)] = ()
    notes: Annotated[tuple[Words, ...], BeforeValidator(_texts)] = ()
