"""The parts of a province as targets count them: what each holds, the criteria it meets, its villages, what was added in the year.

What is not known of a part is a range: of six villages three are recognised and one is open, so from three to four.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import attributes_of
from ntm_rules.planning.counting import condition_holds
from ntm_rules.problems import Problem
from ntm_rules.register.acts import Unit
from ntm_rules.register.book import Register
from ntm_rules.register.known import criteria_range
from ntm_rules.values import Outcome, Unknown

OF_VILLAGES: Final = {"model_villages": "village-model", "ethnic_ntm_villages": "village-ntm-ethnic"}
THIS_YEAR: Final = {"ntm_this_year": "ntm", "ntm_advanced_this_year": "ntm-advanced", "ntm_model_this_year": "ntm-model"}


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that exists on the day.

    Attributes:
        unit: the unit.
        attributes: what is surely known of it.
        ranges: whole numbers of it, at least and at most.
    """

    unit: Unit
    attributes: Mapping[str, Any]
    ranges: Mapping[str, tuple[int, int]]

    @property
    def is_open(self) -> bool:
        """Whether a number of it is open."""
        return any(low < high for low, high in self.ranges.values())

    def attributes_for(self, measure: Measure | None, rules: RuleSet) -> dict[str, Any]:
        """Its attributes as a set looks at them.

        Where a number is open, but not what that means for this measure, any number of the range will do.
        """
        known = {name: value for name, value in self.attributes.items() if name not in self.ranges and name in rules.declared}
        known |= {name: Decimal(low) for name, (low, high) in self.ranges.items() if low == high and name in rules.declared}
        open_ = {name: span for name, span in self.ranges.items() if span[0] < span[1] and name in rules.declared}
        looked_at = set[str]()
        if measure is not None:
            looked_at = {name for condition in (measure.among, measure.where) if condition for name in attributes_of(condition)}
        names = [name for name in open_ if name in looked_at]
        ways = product(*(range(low, high + 1) for low, high in (open_[name] for name in names)))
        alike = measure is not None and len({counts(measure, {**known, **dict(zip(names, way, strict=True))}, rules) for way in ways}) == 1
        for name, (low, high) in open_.items():
            known[name] = Decimal(low) if alike else Unknown(f"{low}–{high}")
        return known


def parts_of(register: Register, on: date, decisions: Mapping[str, Decision]) -> Iterator[Part]:
    """Every unit that exists on the day below the province, with what is known of it."""
    for unit in register.existing(on):
        if unit.kind == "province":
            continue
        held: dict[str, Any] = {status: holds for status, holds in register.holds(unit.id, on).items() if holds is not None}
        for name, status in THIS_YEAR.items() if unit.kind == "commune" else ():
            added = added_in_year(register, unit, status, on)
            if added is not None:
                held[name] = added
        ranges = dict(_of_villages(register, unit, on))
        criteria = criteria_range(unit, decisions.get(unit.id))
        if criteria is not None:
            ranges["criteria_met"] = criteria
        yield Part(unit, {**unit.attributes, **held}, ranges)


def added_in_year(register: Register, unit: Unit, status: str, on: date) -> bool | None:
    """Whether a unit was recognised in the year of the day, and held no such status at the end of the year before; None where it is open.

    Who was recognised again while the status stood adds nothing, nor does who lost it again in the year.
    """
    standing = register.standing(unit.id, status, on)
    if standing.holds is not True or standing.act is None:
        return standing.holds
    if register.standing(unit.id, status, date(on.year - 1, 12, 31)).holds:
        return False
    day, known_by = standing.act.day, standing.act.known_by
    if day is None:
        return False if known_by is not None and known_by.year < on.year else None
    return day.year == on.year


def counts(measure: Measure, attributes: Mapping[str, Any], rules: RuleSet) -> tuple[Outcome, Outcome]:
    """Whether a part with these attributes is looked at, and whether it counts."""
    among, where = (
        Outcome.MET if condition is None else condition_holds(condition, attributes, rules) for condition in (measure.among, measure.where)
    )
    return among, where


def typed_otherwise(register: Register, on: date) -> Iterator[Problem]:
    """Numbers of villages that the list of units gives of a commune and that its own villages, with the register, do not allow."""
    for unit in register.existing(on):
        for name, (low, high) in _counted(register, unit, on).items():
            typed = unit.attributes.get(name)
            if isinstance(typed, Decimal) and not low <= typed <= high:
                yield Problem("NTM-833", unit.place, {"unit": unit.id, "name": unit.name or "…", "typed": typed, "low": low, "high": high})


def _of_villages(register: Register, unit: Unit, on: date) -> Iterator[tuple[str, tuple[int, int]]]:
    """How many villages of a commune hold a status: counted from the list; a number typed there narrows what counting leaves open."""
    for name, (low, high) in _counted(register, unit, on).items():
        typed = unit.attributes.get(name)
        yield name, (int(typed), int(typed)) if isinstance(typed, Decimal) and low <= typed <= high else (low, high)


def _counted(register: Register, unit: Unit, on: date) -> dict[str, tuple[int, int]]:
    villages = [part for part in register.parts(unit.id, on) if part.kind == "village"] if unit.is_commune else []
    found = {}
    for name, status in OF_VILLAGES.items() if villages else ():
        answers = [register.standing(village.id, status, on).holds for village in villages]
        found[name] = (answers.count(True), answers.count(True) + answers.count(None))
    return found
