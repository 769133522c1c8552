"""The register: which recognition stands on a day, as far as the acts on record say.

A register of named acts is rarely the whole list. So a unit that is not named is *not known* to be recognised; only a register that is
declared complete says that it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ntm_rules.register.acts import REGISTERED, Act, Unit, kind_of_status
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
        self._by_unit: dict[str, list[Act]] = defaultdict(list)
        for act in self.acts:
            self._by_unit[act.unit].append(act)

    def of(self, unit: str) -> tuple[Act, ...]:
        """Every act on a unit, by the first day it is certain from; undated ones last."""
        return tuple(sorted(self._by_unit.get(unit, ()), key=lambda act: act.certain_from or date.max))

    def ended(self, unit: str, on: date) -> Act | None:
        """The merger by which a unit had ceased to exist by a day."""
        return next((act for act in self.of(unit) if act.kind == "merge" and act.happened(on)), None)

    def name(self, unit: str, on: date) -> str:
        """What a unit is called on a day: its last new name, the name on the list, or the name its acts give."""
        names = [act.into_name for act in self.of(unit) if act.kind == "rename" and act.into_name and act.happened(on)]
        listed = self.units.get(unit)
        return names[-1] if names else (listed.name if listed else next((act.name for act in self.of(unit) if act.name), ""))

    def recognised(self) -> tuple[tuple[str, str], ...]:
        """Every unit and status that was ever recognised, in the order of the register."""
        return tuple(dict.fromkeys((act.unit, act.status) for act in self.acts if act.kind == "recognition"))

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
        if any(taken.happened(on) is None for taken in revoked):
            return Standing(None, act, ORDER_OPEN)
        later = [taken for taken in revoked if taken.happened(on)]
        if later:
            last = later[-1]
            assert last.certain_from is not None
            assert act.certain_from is not None
            if last.certain_from >= act.certain_from:
                return Standing(False, act, Bilingual(f"đã thu hồi: {last.label}", f"revoked: {last.label}"))
            if act.day is None or last.day is None:
                return Standing(None, act, ORDER_OPEN)
        if act.until is not None and act.until < on:
            until = f"{act.until:%d/%m/%Y}"
            return Standing(False, act, Bilingual(f"hết hạn ngày {until}", f"ended on {until}"), lapsed=True)
        return Standing(True, act, Bilingual(f"công nhận: {act.label}", f"recognised: {act.label}"))

    def holds(self, unit: str, on: date) -> dict[str, bool | None]:
        """What is known of every status that the kind of unit can hold."""
        listed = self.units.get(unit)
        kind = listed.kind if listed else next((act.unit_kind for act in self.of(unit)), "commune")
        return {status: self.standing(unit, status, on).holds for status in REGISTERED if kind_of_status(status) == kind}
