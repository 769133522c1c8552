"""Recognition changes an input: a class II or III commune that is recognised becomes class I from that day (861/QĐ-TTg).

From 2024-03-01 class II and III communes read the Northern-mountain column, so recognition also changes what is asked of the commune at
the next review. The class on the list is given with the unit; what follows from the register is derived here, never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.model.revocation import Effect
from ntm_rules.register.book import Register
from ntm_rules.register.law import RevocationLaw
from ntm_rules.values import Bilingual, SourceLevel, Unknown


@dataclass(frozen=True, slots=True)
class Derived:
    """An attribute of a unit on a day, as the register and the list give it.

    Attributes:
        value: the value, or :class:`~ntm_rules.Unknown` with the reason.
        reason: why it is not what the list says; None where it is.
        effect: the rule that changed it.
    """

    value: Any
    reason: Bilingual | None = None
    effect: Effect | None = None

    @property
    def level(self) -> SourceLevel | None:
        """Source level of the rule that changed it."""
        return self.effect.source.level if self.effect else None


def attribute_on(register: Register, unit: str, attribute: str, on: date, law: RevocationLaw, listed: Any = None) -> Derived:
    """An attribute of a unit on a day.

    Args:
        register: the acts on record.
        unit: code of the unit.
        attribute: its name, as ``area``.
        on: the day.
        law: the effects of recognition.
        listed: what the list says; left out, what the unit of the register says.

    A recognition from before the list counts as considered in it. One whose day is not known, and may lie before or after the list or
    the day asked for, leaves the attribute unknown.
    """
    if listed is None:
        known = register.listed(unit)
        listed = known.attributes.get(attribute) if known else None
    if listed is None or isinstance(listed, Unknown):
        return Derived(listed or Unknown("danh sách không ghi"))
    for effect in law.effects(attribute):
        if listed not in effect.was or not effect.in_force.covers(on):
            continue
        since = effect.in_force.start or date.min
        for act in register.of(unit):
            if act.kind != "recognition" or act.status != effect.status or (act.day is not None and not since <= act.day <= on):
                continue
            if act.day is None and act.known_by is not None and act.known_by < since:
                continue
            what = f"{listed} → {effect.becomes}"
            if act.day is None:
                vi = f"không rõ ngày công nhận ({act.label.vi}), nên không rõ đã từ khu vực {what} chưa"
                return Derived(Unknown(vi), Bilingual(vi, f"the day of recognition is not known, so {what} is open"), effect)
            vi = f"khu vực {what} từ {act.day:%d/%m/%Y}, do được công nhận ({effect.source.instrument})"
            return Derived(
                effect.becomes, Bilingual(vi, f"class {what} from {act.day}, by recognition ({effect.source.instrument})"), effect
            )
    return Derived(listed)


def area_on(register: Register, unit: str, on: date, law: RevocationLaw, listed: Any = None) -> Derived:
    """The class of a commune (I, II, III) on a day: as on the list, or I once it was recognised.

    Args:
        register: the acts on record.
        unit: GSO code of the commune.
        on: the day.
        law: the effects of recognition.
        listed: its class on the list of 861/QĐ-TTg; left out, what the unit of the register says.
    """
    return attribute_on(register, unit, "area", on, law, listed)
