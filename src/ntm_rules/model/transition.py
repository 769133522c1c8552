"""A transition document: which values of one edition serve the next, line by line."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Model, Text, Words
from ntm_rules.model.figures import Level, _texts


class Carry(Model):
    """One value that serves both editions."""

    old: Text = Field(alias="from", description="Số của chỉ tiêu ở bộ cũ.")
    new: Text = Field(alias="to", description="Số của chỉ tiêu ở bộ mới.")
    level: Level = Field(description="Căn cứ chắc đến đâu để coi là cùng một đại lượng.")
    note: Words | None = None


class TransitionDocument(Model):
    """One file of values that serve two editions."""

    transition: Text = Field(description="Tên, như tên thư mục.")
    version: Text
    title: Words
    old: Text = Field(alias="from", description="Bộ cũ, như commune-ntm/2016-2020.")
    new: Text = Field(alias="to", description="Bộ mới.")
    carry: Annotated[tuple[Carry, ...], BeforeValidator(_texts)] = ()
    notes: Annotated[tuple[Words, ...], BeforeValidator(_texts)] = ()
