"""Units through time: one code can stand for one unit after another, each with a first day and a last.

A merger makes a new unit, also where it keeps the code of one of its parts, as nearly every commune of July 2025 does: the part ends, and
the new unit holds nothing until a decision says so. A new name or a new code makes no new unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ntm_rules.register.acts import Act, Unit


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """A unit: its codes, and the days on which they stood for it.

    Attributes:
        codes: every code of it, the oldest first: a new name with a new code leaves it the same unit.
        acts: every act on it, by the first day it is certain from; undated ones last.
        begins: its first day; None where nothing on record says that there was a day before it.
        ends: the first day on which it no longer was; None where it goes on.
        made_by: the mergers that made it.
        listed: what the list of units says of it, of its last days where there are several rows.
        earlier: the rows of its days before, oldest first: a unit that goes on under a new name, code or province has one for each.
    """

    codes: tuple[str, ...]
    acts: tuple[Act, ...] = ()
    begins: date | None = None
    ends: date | None = None
    made_by: tuple[Act, ...] = ()
    listed: Unit | None = None
    earlier: tuple[Unit, ...] = ()

    def described(self, on: date) -> Unit | None:
        """What the list says of it as it was on a day."""
        return next((row for row in self.earlier if row.until is not None and on <= row.until), self.listed)

    @property
    def code(self) -> str:
        """The first code it had."""
        return self.codes[0]

    def exists(self, on: date) -> bool:
        """Whether it had begun, and had not ended, by a day."""
        return (self.begins is None or self.begins <= on) and not self.has_ended(on)

    def has_ended(self, on: date) -> bool:
        """Whether it had ceased to exist by a day."""
        return self.ends is not None and self.ends <= on

    def lived(self, on: date) -> date:
        """The day, or the last one on which the unit was there."""
        return self.ends - timedelta(days=1) if self.ends is not None and self.ends <= on else on

    def merged(self, on: date) -> Act | None:
        """The merger by which it had ceased to exist by a day."""
        return next((act for act in self.acts if act.kind == "merge" and act.happened(on)), None)


def lives(acts: Sequence[Act], units: Iterable[Unit]) -> dict[str, tuple[Life, ...]]:
    """The units that each code stands for, in order of time, by each code that acts or the list name."""
    chains = _renumbered(acts)

    def chain(code: str) -> tuple[str, ...]:
        return chains.get(code, (code,))

    own: dict[tuple[str, ...], list[Act]] = defaultdict(list)
    into: dict[tuple[str, ...], list[Act]] = defaultdict(list)
    rows: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: act.certain_from or date.max):
        own[chain(act.unit)].append(act)
        if act.kind == "merge" and act.into:
            into[chain(act.into)].append(act)
    for unit in units:
        rows[chain(unit.id)].append(unit)
    listed = {code for codes in rows for code in codes}
    found: dict[str, tuple[Life, ...]] = {}
    for codes in dict.fromkeys((*own, *into, *rows)):
        made = _lives(codes, own.get(codes, []), into.get(codes, []), rows.get(codes, []), listed)
        found |= dict.fromkeys(codes, made)
    return found


def _lives(codes: tuple[str, ...], acts: list[Act], into: list[Act], rows: list[Unit], listed: set[str]) -> tuple[Life, ...]:
    """The lives of one code."""
    made: list[Life] = []
    rest, begins = acts, None
    makers: tuple[Act, ...] = ()
    starts = {act.certain_from for act in into} | {row.begins for row in rows if not _goes_on(row, rows, acts)}
    for day in sorted(day for day in starts if day is not None):
        before = [act for act in rest if _before(act, day)]
        listed_anew = any(row.begins == day for row in rows)
        if _gone(codes, before) and not listed_anew:
            continue  # it had gone into another unit by then: what is merged into it is told
        if before or begins is not None or any(row.begins is None and row.until is not None and row.until < day for row in rows):
            made.append(Life(codes, tuple(before), begins, day, makers))
        rest = [act for act in rest if not _before(act, day)]
        begins, makers = day, tuple(act for act in into if act.certain_from == day)
    merged = next((act.certain_from for act in rest if act.kind == "merge" and act.certain_from is not None), None)
    made.append(Life(codes, tuple(rest), begins, merged, makers))
    return tuple(_listed(life, made, rows, listed) for life in made)


def _goes_on(row: Unit, rows: Iterable[Unit], acts: Iterable[Act]) -> bool:
    """Whether a row is of a unit that was there before under another name or code: by a change of name on its first day, or of the code."""
    first = not any(other.id == row.id and (other.begins or date.min) < (row.begins or date.min) for other in rows)
    renames = [act for act in acts if act.kind == "rename" and (act.into or act.unit) == row.id]
    return any(act.certain_from == row.begins or (act.unit != row.id and first) for act in renames)


def _gone(codes: tuple[str, ...], acts: list[Act]) -> bool:
    """Whether a unit with these acts went into another one: by its first merger, where none of that day leaves a part under its code."""
    mergers = [act for act in acts if act.kind == "merge"]
    return bool(mergers) and not any(act.into in codes for act in mergers if act.certain_from == mergers[0].certain_from)


def _before(act: Act, day: date) -> bool:
    """Whether an act is on the unit that ends where another begins on a day: before it, or the merger itself."""
    if act.certain_from is None:
        return False
    return act.certain_from < day or (act.certain_from == day and act.kind == "merge")


def _listed(life: Life, all_: list[Life], rows: list[Unit], listed: set[str]) -> Life:
    """The unit with its row of the list, and with the days that stand there.

    A row without days is of the last unit of its code, or of the first where the list still names what was merged into it. How many
    criteria that unit meets says nothing of the others.
    """
    dated = [row for row in rows if (row.begins or row.until) and _meet(row, life)]
    if dated:
        dated.sort(key=lambda row: row.begins or date.min)
        until = dated[-1].until
        ends = until + timedelta(days=1) if until is not None else None
        firsts, lasts = [day for day in (life.begins, dated[0].begins) if day], [day for day in (life.ends, ends) if day]
        begins, ended = max(firsts, default=None), min(lasts, default=None)
        return replace(life, listed=dated[-1], earlier=tuple(dated[:-1]), begins=begins, ends=ended)
    row_or_none = next((row for code in reversed(life.codes) for row in rows if row.id == code and not (row.begins or row.until)), None)
    if row_or_none is None:
        return life
    parts = {act.unit for act in all_[-1].made_by} - set(life.codes)
    described = all_[0] if parts & listed else all_[-1]
    if life is not described:
        known = {name: value for name, value in row_or_none.attributes.items() if name != "criteria_met"}
        return replace(life, listed=replace(row_or_none, attributes=known))
    return replace(life, listed=row_or_none)


def _meet(row: Unit, life: Life) -> bool:
    """Whether the days of a row and those of a unit have one in common."""
    begun = row.begins is None or life.ends is None or row.begins < life.ends
    return begun and (row.until is None or life.begins is None or row.until >= life.begins)


def _renumbered(acts: Iterable[Act]) -> Mapping[str, tuple[str, ...]]:
    """The codes of every unit that got a new one with a new name, oldest first, by each of them."""
    found: dict[str, tuple[str, ...]] = {}
    renamed = (act for act in acts if act.kind == "rename" and act.into and act.into != act.unit)
    for act in sorted(renamed, key=lambda act: act.certain_from or date.max):
        before, after = found.get(act.unit, (act.unit,)), found.get(act.into, (act.into,))
        chain = tuple(dict.fromkeys((*before, *after)))
        found |= dict.fromkeys(chain, chain)
    return found
