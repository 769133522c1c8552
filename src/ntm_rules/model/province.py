"""Provinces: the closed list of the country's provinces and centrally run cities, each with the days it existed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Day, Flag, Model, Text
from ntm_rules.model.figures import Source, Texts
from ntm_rules.model.ruleset import _listed


class Province(Model):
    """A province between two days. What a merger makes of it is a new unit, even where the name goes on."""

    province: Text = Field(description="Mã: tên không dấu, chữ thường, như kon-tum.")
    name: Text = Field(description="Tên chính thức, không kèm «tỉnh» hay «thành phố».")
    central_city: Flag = Field(default=False, description="true: thành phố trực thuộc trung ương.")
    also: Texts = Field(default=(), description="Tên khác hay gặp.")
    region: Text | None = Field(default=None, description="Cột vùng mà xã của tỉnh đọc; để trống: văn bản không nói.")
    start: Day | None = Field(default=None, alias="from", description="Ngày đầu; để trống: từ trước các bộ tiêu chí.")
    until: Day | None = Field(default=None, description="Ngày cuối; để trống: hiện còn.")
    merged_into: Text | None = Field(default=None, description="Mã của tỉnh mới mà tỉnh này nhập vào sau ngày cuối.")

    def covers(self, day: date) -> bool:
        """Whether it existed on ``day``."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


class ProvincesDocument(Model):
    """The file ``provinces.yaml``."""

    source: Source
    provinces: Annotated[tuple[Province, ...], BeforeValidator(_listed)]
