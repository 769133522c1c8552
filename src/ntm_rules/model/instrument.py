"""Instruments: the legal documents that criteria rest on."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from ntm_rules.model.base import Day, Model, Text, Words
from ntm_rules.model.figures import Level, Texts
from ntm_rules.model.ruleset import Period, _listed


class Instrument(Model):
    """A decision, decree, circular or letter: number, date, issuer, force, and how far this was checked."""

    instrument: Text = Field(description="Số hiệu; của tỉnh thì thêm tên tỉnh trong ngoặc: 825/QĐ-UBND (Kon Tum).")
    title: Words
    issuer: Words
    issued: Day | None = Field(default=None, description="Ngày ban hành.")
    in_force: Period = Period()
    replaces: Texts = ()
    amends: Texts = ()
    level: Level
    seen: Texts = ()
    note: Words | None = None


class Instruments(Model):
    """The file ``instruments.yaml``."""

    instruments: Annotated[tuple[Instrument, ...], BeforeValidator(_listed)]
