"""The register: which recognition stands on a day, as far as the acts on record say.

A register of named acts is rarely the whole list. So a unit that is not named is *not known* to be recognised; only a register that is
declared complete says that it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ntm_rules.register.acts import REGISTERED, Act, Unit, kind_of_status, stars_of
from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a unit holds a status on a day, on which act, and why.

    Attributes:
        holds: True, False, or None where the acts on record leave it open.
        act: the recognition it rests on, or the last one there was.
        reason: in a sentence.
        lapsed: whether the recognition ended by itself, on its last day.
    """

    holds: bool | None
    act: Act | None
    reason: Bilingual
    lapsed: bool = False


NOT_LISTED = Bilingual(
    "sổ không có quyết định công nhận; sổ này không ghi đủ mọi đơn vị", "no recognition on record; the register is not a full list"
)
NOT_RECOGNISED = Bilingual("sổ ghi đủ, và không có quyết định công nhận", "the register is complete and has no recognition")
LATER = Bilingual("công nhận có trên sổ đến sau ngày này", "the recognition on record came after that day")
DAY_OPEN = Bilingual("không rõ đã công nhận vào ngày này chưa", "whether it was recognised by that day is not known")
ORDER_OPEN = Bilingual("không rõ công nhận hay thu hồi có trước", "which came first, recognition or revocation, is not known")
CLASS_OPEN = Bilingual("không rõ hạng nào được công nhận sau cùng", "which class was recognised last is not known")


class Register:
    """Acts of authorities on units, as recorded; immutable.

    Args:
        acts: the acts, in any order.
        units: the list of units they are joined with; empty where there is none.
        complete: whether the register names every recognition there is, so that silence means *not recognised*.
    """

    def __init__(self, acts: Iterable[Act], units: Iterable[Unit] = (), *, complete: bool = False) -> None:
        self.acts = tuple(acts)
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in units}
        self.complete = complete
        self._by_whole: dict[str, list[str]] = defaultdict(list)
        for unit in self.units.values():
            self._by_whole[unit.whole].append(unit.id)
        self._codes = _renumbered(self.acts)
        by_unit: dict[str, list[Act]] = defaultdict(list)
        for act in self.acts:
            by_unit[self.first_code(act.unit)].append(act)
        self._by_unit = {code: tuple(sorted(acts, key=lambda act: act.certain_from or date.max)) for code, acts in by_unit.items()}

    def first_code(self, unit: str) -> str:
        """The code a unit had before it got a new one with a new name; its own where it never did."""
        return self._codes.get(unit, (unit,))[0]

    def codes(self, unit: str) -> tuple[str, ...]:
        """Every code of a unit, the oldest first: a new name with a new code leaves it the same unit."""
        return self._codes.get(unit, (unit,))

    def of(self, unit: str) -> tuple[Act, ...]:
        """Every act on a unit, by the first day it is certain from; undated ones last."""
        return self._by_unit.get(self.first_code(unit), ())

    def listed(self, unit: str) -> Unit | None:
        """The unit on the list, under its last code that stands there."""
        return next((self.units[code] for code in reversed(self.codes(unit)) if code in self.units), None)

    def ended(self, unit: str, on: date) -> Act | None:
        """The merger by which a unit had ceased to exist by a day."""
        return next((act for act in self.of(unit) if act.kind == "merge" and act.happened(on)), None)

    def filed(self, act: Act, on: date) -> tuple[date, ...]:
        """The days up to a day on which dossiers were filed to have a certificate assessed again, earliest first."""
        days = (made.day for made in self.of(act.unit) if made.kind == "filing" and made.happened(on))
        return tuple(day for day in days if day is not None and (act.day is None or day > act.day))

    def existing(self, on: date) -> tuple[Unit, ...]:
        """The units of the list that had not ceased to exist by a day, one that is listed under several codes once."""
        return self._existing(self.units, on)

    def parts(self, whole: str, on: date) -> tuple[Unit, ...]:
        """The units of the list that are part of a unit and had not ceased to exist by a day."""
        return self._existing((part for code in self.codes(whole) for part in self._by_whole.get(code, ())), on)

    def _existing(self, codes: Iterable[str], on: date) -> tuple[Unit, ...]:
        found = {self.first_code(code): self.listed(code) for code in codes}
        return tuple(unit for code, unit in found.items() if unit is not None and self.ended(code, on) is None)

    def went_to(self, unit: str, on: date) -> tuple[Act, ...]:
        """The mergers by which a unit, and what it was merged into, went on until a day: nearest first."""
        found: dict[int, Act] = {}
        waiting = [unit]
        for code in waiting:
            for act in self.of(code):
                if act.kind == "merge" and act.happened(on) and id(act) not in found:
                    found[id(act)] = act
                    waiting += [act.into] if act.into else []
        return tuple(found.values())

    def name(self, unit: str, on: date) -> str:
        """What a unit is called on a day: its last new name, the name on the list, or the name its acts give."""
        names = [act.into_name for act in self.of(unit) if act.kind == "rename" and act.into_name and act.happened(on)]
        listed = self.listed(unit)
        return names[-1] if names else (listed.name if listed else next((act.name for act in self.of(unit) if act.name), ""))

    def recognised(self) -> tuple[tuple[str, str], ...]:
        """Every unit (by its first code) and status that was ever recognised, in the order of the register."""
        return tuple(dict.fromkeys((self.first_code(act.unit), act.status) for act in self.acts if act.kind == "recognition"))

    def standing(self, unit: str, status: str, on: date) -> Standing:
        """Whether a unit holds a status on a day."""
        acts = [act for act in self.of(unit) if act.status == status]
        granted = [act for act in acts if act.kind == "recognition"]
        revoked = [act for act in acts if act.kind == "revocation"]
        sure = [act for act in granted if act.happened(on)]
        if not sure:
            open_ = next((act for act in granted if act.happened(on) is None), None)
            if open_ is not None:
                return Standing(None, open_, DAY_OPEN)
            if self.complete:
                return Standing(False, None, NOT_RECOGNISED)
            return Standing(None, None, LATER if granted else NOT_LISTED)
        act = sure[-1]
        replaced = self._replaced(act, on)
        if replaced is not None:
            return replaced
        if any(taken.happened(on) is None for taken in revoked):
            return Standing(None, act, ORDER_OPEN)
        later = [taken for taken in revoked if taken.happened(on)]
        if later:
            last = later[-1]
            assert last.certain_from is not None
            assert act.certain_from is not None
            if last.certain_from >= act.certain_from:
                return Standing(False, act, Bilingual(f"đã thu hồi: {last.label.vi}", f"revoked: {last.label.en}"))
            if act.day is None or last.day is None:
                return Standing(None, act, ORDER_OPEN)
        if act.until is not None and act.until < on:
            return Standing(False, act, Bilingual(f"hết hạn ngày {act.until:%d/%m/%Y}", f"ended on {act.until}"), lapsed=True)
        return Standing(True, act, Bilingual(f"công nhận: {act.label.vi}", f"recognised: {act.label.en}"))

    def _replaced(self, act: Act, on: date) -> Standing | None:
        """The standing of a product in a class that another class, recognised later, took the place of; None where none did.

        A product that waits for a higher class keeps the one it has until that is decided.
        """
        if act.unit_kind != "product":
            return None
        for other in self.of(act.unit):
            if other.kind != "recognition" or other.status == act.status or other.happened(on) is False:
                continue
            if stars_of(other.status) is None and stars_of(act.status) is not None:
                continue
            if other.day is not None and act.certain_from is not None and other.day > act.certain_from:
                return Standing(False, act, Bilingual(f"đã thay bằng: {other.label.vi}", f"replaced by: {other.label.en}"))
            if act.day is None or other.certain_from is None or other.certain_from >= act.day:
                return Standing(None, act, CLASS_OPEN)
        return None

    def holds(self, unit: str, on: date) -> dict[str, bool | None]:
        """What is known of every status that the kind of unit can hold."""
        listed = self.listed(unit)
        kind = listed.kind if listed else next((act.unit_kind for act in self.of(unit)), "commune")
        own = (status for status in REGISTERED if (kind_of_status(status) or "commune") == kind)  # wards are on the list of communes
        return {status: self.standing(unit, status, on).holds for status in own}


def _renumbered(acts: Iterable[Act]) -> dict[str, tuple[str, ...]]:
    """The codes of every unit that got a new one with a new name, oldest first, by each of them."""
    found: dict[str, tuple[str, ...]] = {}
    renamed = (act for act in acts if act.kind == "rename" and act.into and act.into != act.unit)
    for act in sorted(renamed, key=lambda act: act.certain_from or date.max):
        before, after = found.get(act.unit, (act.unit,)), found.get(act.into, (act.into,))
        chain = tuple(dict.fromkeys((*before, *after)))
        found |= dict.fromkeys(chain, chain)
    return found
