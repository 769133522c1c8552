"""A commune on the day of the report: where it lies, what it meets, what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.register.acts import Act
from ntm_rules.values import Bilingual, Outcome

STATUSES_SHOWN = ("ntm", "ntm-advanced", "ntm-model", "ntm-modern")
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune that exists on the day.

    Attributes:
        code: its code.
        name: its name that day.
        district: code of what it is part of; empty where the list does not say.
        area: its class on the list, as ``III``; empty where it is not known.
        met: criteria met, at least and at most; None where nothing is known.
        held: which statuses it holds; None where that is open.
        act: the recognition as NTM commune that stands.
        decision: what its figures come to under the first set; None where there are none.
    """

    code: str
    name: str
    district: str
    area: str
    met: tuple[int, int] | None
    held: Mapping[str, bool | None]
    act: Act | None
    decision: Decision | None

    @property
    def recognised(self) -> str:
        """``yes``, ``no``, or ``open`` where the register does not say."""
        return {True: "yes", False: "no", None: OPEN}[self.held.get("ntm")]

    @property
    def meets(self) -> bool:
        """Whether it surely meets its set, or so many criteria as there are."""
        return self.decision is not None and self.decision.outcome is Outcome.MET

    def band(self, bands: Mapping[str, tuple[int, int]]) -> str:
        """The band its number of criteria surely lies in; ``open`` where it may lie in several."""
        if self.met is None:
            return OPEN
        low, high = self.met
        return next((key for key, (first, last) in bands.items() if first <= low and high <= last), OPEN)

    def numbers(self, outcome: Outcome) -> list[str]:
        """The criteria with an outcome."""
        return [node.id for node in self.decision.criteria if node.outcome is outcome] if self.decision else []

    def as_dict(self) -> dict[str, Any]:
        """The commune as plain data: what the next report compares with."""
        return {
            "unit": self.code,
            "name": self.name,
            "district": self.district or None,
            "area": self.area or None,
            "criteria_met": list(self.met) if self.met is not None else None,
            "edition": self.decision.ruleset.id if self.decision else None,
            "met": self.numbers(Outcome.MET) + self.numbers(Outcome.NOT_APPLICABLE),
            "failed": self.numbers(Outcome.NOT_MET),
            "undetermined": self.numbers(Outcome.UNDETERMINED),
            "statuses": {status: self.held.get(status) for status in STATUSES_SHOWN},
        }


def bands_of(total: int) -> dict[str, tuple[int, int]]:
    """The bands that offices report: all criteria, 15 and more, 10 and more, fewer."""
    edges = [(total, total), (15, total - 1), (10, min(14, total - 1)), (0, min(9, total - 1))]
    return {f"{low}" if low == high else f"{low}-{high}": (low, high) for low, high in edges if low <= high}


def band_title(key: str) -> Bilingual:
    """A band as the head of a column."""
    if key == OPEN:
        return Bilingual("Chưa rõ mức", "Band open")
    low, _, high = key.partition("-")
    if low == "0":
        return Bilingual(f"Dưới {int(high) + 1}", f"Below {int(high) + 1}")
    return Bilingual(key.replace("-", "–"))
