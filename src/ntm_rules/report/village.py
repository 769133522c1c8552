"""A village on the day of the report: which commune it is of, and what it is recognised as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ntm_rules.register.book import Register

VILLAGE_STATUSES: Final = {"village-ntm": "ntm", "village-ntm-ethnic": "ntm_ethnic", "village-model": "model"}
OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Village:
    """A village that exists on the day.

    Attributes:
        code: its code.
        name: its name that day.
        commune: code of the commune, or its name where the list has no such commune; empty where the list does not say.
        columns: what it is recognised as, by the columns of the report; ``open`` where the register leaves it open and grants nothing.
    """

    code: str
    name: str
    commune: str
    columns: tuple[str, ...]


def villages_of(register: Register, on: date) -> Iterator[Village]:
    """Every village of the list that exists on the day."""
    for unit in register.existing(on):
        if unit.kind == "village":
            holds = {column: register.standing(unit.id, status, on).holds for status, column in VILLAGE_STATUSES.items()}
            sure = tuple(column for column, answer in holds.items() if answer)
            open_ = (OPEN,) if not sure and None in holds.values() else ()
            yield Village(unit.id, register.name(unit.id, on) or unit.name, unit.whole, sure or open_)
