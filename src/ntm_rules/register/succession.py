"""What a unit was and what became of it: the periods of a code, from what each came and into what it went, as a list of units tells."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from ntm_rules.register.acts import Unit
from ntm_rules.register.book import Register
from ntm_rules.register.lives import Life
from ntm_rules.values import folded

_TYPES: Final = ("thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


@dataclass(frozen=True, slots=True)
class Period:
    """A unit from one day to another, as the list describes it.

    Attributes:
        unit: its row of the list.
        begins: its first day; None where nothing says that there was a day before it.
        until: its last day; None where it goes on.
        same: whether it is the unit of the period before, under another name, code or province: what it held, it holds.
        whole: what it was part of; None where the list does not say.
        came_from: the units that were merged into it.
        may_come_from: those of which the list leaves open whether they were.
        went_into: the units it was merged into.
        may_go_into: those of which the list leaves open which it was merged into.
    """

    unit: Unit
    begins: date | None
    until: date | None
    same: bool
    whole: Unit | None
    came_from: tuple[Unit, ...]
    may_come_from: tuple[Unit, ...]
    went_into: tuple[Unit, ...]
    may_go_into: tuple[Unit, ...]

    def on(self, day: date) -> bool:
        """Whether it lasted on a day."""
        return (self.begins is None or self.begins <= day) and (self.until is None or day <= self.until)

    def as_dict(self) -> dict[str, Any]:
        """The period as plain data; what is not known is null."""
        days = {name: day and day.isoformat() for name, day in (("begins", self.begins), ("until", self.until))}
        others = {name: [brief(one) for one in getattr(self, name)] for name in _OTHERS}
        return {**brief(self.unit), **days, "same_as_before": self.same, "whole": self.whole and brief(self.whole), **others}


_OTHERS: Final = ("came_from", "may_come_from", "went_into", "may_go_into")


def brief(unit: Unit) -> dict[str, Any]:
    """A unit as plain data."""
    known = {name: unit.attributes.get(name) for name in ("unit_type", "province")}
    return {"code": unit.id, "name": unit.name or None, "kind": unit.kind, **known}


class Successions:
    """Units through time, asked for by code or by name.

    Args:
        register: the list of units, with further mergers where acts tell of them.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._may_come: dict[str, list[Unit]] = defaultdict(list)
        self._named: dict[str, list[Unit]] = defaultdict(list)
        for unit in (row for rows in register.listing.values() for row in rows):
            for code in unit.may_into:
                self._may_come[code].append(unit)
            for name in {_unmarked(said) for said in _spellings(unit)}:
                self._named[name].append(unit)

    @property
    def words(self) -> tuple[str, ...]:
        """Every code and every name there is."""
        return (*self.register.listing, *dict.fromkeys(row.name for rows in self.register.listing.values() for row in rows))

    def find(self, asked: str, on: date | None = None) -> tuple[str, ...]:
        """The codes that a code or a name may mean: «23317», «Ngọk Bay», «xã Tân Lập, Kon Rẫy», with or without tone marks.

        What stands after a comma is what the unit is part of, or its province. With a day, the units of that day.
        """
        if asked in self.register.listing:
            return (asked,)
        name, *wholes = (part.strip() for part in asked.split(","))
        found = [unit for unit in self._named.get(_unmarked(name), ()) if all(self._within(unit, whole) for whole in wholes)]
        found = [unit for unit in found if on is None or any(one.unit is unit for one in self.periods(unit.id, on))]
        exact = [unit for unit in found if folded(name) in _spellings(unit)]
        return tuple(dict.fromkeys(unit.id for unit in exact or found))

    def periods(self, code: str, on: date | None = None) -> tuple[Period, ...]:
        """The periods of a code in order of time, a unit that was renumbered under all its codes; with a day, the one of that day."""
        found = (period for life in self.register.lives(code) for period in self._of(life))
        return tuple(period for period in found if on is None or period.on(on))

    def whole(self, unit: Unit) -> Unit | None:
        """What a unit of the list is part of; the list has its name, or the code alone."""
        if not unit.whole:
            return None
        return self._on(unit.whole, unit.until or unit.begins or date.max)

    def _of(self, life: Life) -> Iterator[Period]:
        rows = [*life.earlier, *([life.listed] if life.listed is not None else [])]
        last = life.ends - timedelta(days=1) if life.ends is not None else None
        for number, row in enumerate(rows or [Unit(life.codes[-1], name=self.register.name(life, life.lived(date.max)))]):
            is_first, is_last = number == 0, number >= len(rows) - 1
            parts = [self._on(act.unit, (act.certain_from or date.max) - timedelta(days=1)) for act in life.made_by]
            gone = (act for act in life.acts if act.kind == "merge" and act.into)
            heirs = [self._on(act.into, act.certain_from or date.max) for act in gone]
            open_ = [one for one in self._may_come.get(row.id, ()) if one.until is None or row.begins is None or one.until < row.begins]
            yield Period(
                row,
                life.begins if is_first else row.begins,
                last if is_last else row.until,
                not is_first,
                self.whole(row),
                tuple(parts) if is_first else (),
                tuple(open_) if is_first and life.begins is not None else (),
                tuple(heirs) if is_last else (),
                tuple(self._on(one, life.ends or date.max) for one in row.may_into) if is_last else (),
            )

    def _on(self, code: str, day: date) -> Unit:
        """A unit as it was on a day."""
        return self.register.listed(code, day) or Unit(code, name=self.register.name(code, day))

    def _within(self, unit: Unit, whole: str) -> bool:
        """Whether a unit is part of what people call so, or stands in that province."""
        of = self.whole(unit)
        above = self.whole(of) if of is not None else None
        names = {_unmarked(name) for one in (of, above) if one is not None for name in (one.id, *_spellings(one))}
        return _unmarked(whole) in names


def _spellings(unit: Unit) -> set[str]:
    """Every way in which the unit may be called: with its kind before the name and without."""
    names = {folded(name) for name in (unit.name, *unit.other_names) if name}
    bare = {_bare(name) for name in names}
    said = unit.attributes.get("unit_type")
    return names | bare | ({f"{said} {name}" for name in bare} if said else set())


def _bare(name: str) -> str:
    """A name without the kind of unit before it; a number keeps it: «Phường 5» is no 5."""
    said = folded(name)
    bare = next((said[len(one) + 1 :] for one in _TYPES if said.startswith(f"{one} ")), said)
    return said if bare.isdigit() else bare


def _unmarked(text: str) -> str:
    """The text without tone marks, as it is typed in haste: «dak ha»."""
    spread = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(char for char in spread if not unicodedata.combining(char))
