"""The parts of the report, in the order in which they are read: what needs somebody's attention first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from ntm_rules.report.part import Part
from ntm_rules.report.sections import (
    by_area,
    by_band,
    by_criterion,
    by_district,
    by_period,
    by_village,
    dossiers,
    ends,
    goals,
    nearest,
    overview,
    rests_on,
    risks,
    since,
    to_find_out,
)
from ntm_rules.report.situation import Situation

PARTS: Final[Mapping[str, Callable[[Situation], Part | None]]] = MappingProxyType(
    {
        "risks": risks.part,
        "since": since.part,
        "overview": overview.part,
        "districts": by_district.part,
        "dossiers": dossiers.part,
        "bands": by_band.part,
        "criteria": by_criterion.part,
        "areas": by_area.part,
        "villages": by_village.part,
        "periods": by_period.part,
        "targets": goals.part,
        "plan": nearest.part,
        "products": ends.part,
        "to_find_out": to_find_out.part,
        "sources": rests_on.part,
    }
)
