"""How the tables of one form are read, as an office has fixed it: which column is what, whatever its heading says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Count, Model, Text
from ntm_rules.model.figures import _texts

LayoutName = Literal["rows", "criteria_down", "long", "sheets"]


class MappedColumn(Model):
    """One column of a form (or one row, where the criteria stand down the rows)."""

    heading: Text = Field(description="Tiêu đề đúng như trong bảng.")
    column: Text | None = Field(default=None, description="Chữ của cột, như C, khi nhiều cột có cùng tiêu đề.")
    stands_for: Text = Field(
        alias="is",
        description="Cột là gì: số của chỉ tiêu hoặc tiêu chí, tên thuộc tính, id, name, kind, «attested 10», hoặc aside (chỉ để xem).",
    )
    unit: Text | None = Field(default=None, description="Đơn vị tính mà cột được ghi, như tỷ đồng; để trống: như tiêu đề nói.")


class MappingDocument(Model):
    """One file that says how a form is read under one set."""

    ruleset: Text = Field(alias="set", description="Bộ tiêu chí, như commune-ntm/2021-2025.")
    sheet: Text | None = Field(default=None, description="Trang tính.")
    layout: LayoutName | None = Field(default=None, description="Cách xếp bảng; để trống: tự nhận ra.")
    headings: Annotated[tuple[Count, ...], BeforeValidator(_texts)] = Field(default=(), description="Các dòng tiêu đề, đếm từ 1.")
    columns: Annotated[tuple[MappedColumn, ...], BeforeValidator(_texts)] = ()
