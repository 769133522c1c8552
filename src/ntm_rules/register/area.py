"""Recognition changes an input: a class II or III commune that is recognised becomes class I (861/QĐ-TTg), and so reads another column.

What a recognition changes is given with the unit as the list has it; what follows from the register is derived here, never stored.
A change counts from the next year assessed, unless it is read otherwise: the figures that a recognition rests on were judged by the column
of the class on the list, and are not held against the other one on the day of the act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ntm_rules.model.revocation import Consequence
from ntm_rules.register.acts import Act
from ntm_rules.register.book import Register
from ntm_rules.register.law import RevocationLaw
from ntm_rules.values import Bilingual, SourceLevel, Unknown, exact

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Derived:
    """An attribute of a unit on a day, as the register and the list give it.

    Attributes:
        value: the value, or :class:`~ntm_rules.Unknown` with the reason.
        reason: what a recognition changes of it, or will change; None where it changes nothing.
        effect: the rule that changed it.
    """

    value: Any
    reason: Bilingual | None = None
    effect: Consequence | None = None

    @property
    def level(self) -> SourceLevel | None:
        """Source level of the rule that changed it."""
        return self.effect.source.level if self.effect else None


def attribute_on(register: Register, unit: str, attribute: str, on: date, law: RevocationLaw, known: Attributes | None = None) -> Derived:
    """An attribute of a unit on a day, for the year that is assessed (``year`` of what is known).

    Args:
        register: the acts on record.
        unit: code of the unit.
        attribute: its name, as ``area``.
        on: the day.
        law: the effects of recognition, and how they are read.
        known: the attributes as the list and the tables give them; left out, those of the unit of the register.

    A recognition from before the list counts as considered in it. Where its day is not known, and may lie before or after the list or the
    day asked for, or where the year assessed is not known and may be that of the recognition or a later one, the attribute is unknown.
    """
    if known is None:
        listed_unit = register.listed(unit, on)
        known = listed_unit.attributes if listed_unit else {}
    listed = known.get(attribute)
    if listed is None or isinstance(listed, Unknown):
        return Derived(listed or Unknown("danh sách không ghi"))
    found = Derived(listed)
    for effect in law.effects(attribute):
        if _text(listed) not in effect.was or not effect.in_force.covers(on) or not _concerns(effect, known):
            continue
        for act in register.life(unit, on).acts:
            if act.kind == "recognition" and act.status == effect.status and _after_the_list(act, effect, on):
                derived = _derived(effect, act, listed, known, law)
                if not isinstance(derived.value, Unknown) and derived.effect is not None:
                    return derived
                found = derived if found.effect is None else found
    return found


def area_on(register: Register, unit: str, on: date, law: RevocationLaw, known: Attributes | None = None) -> Derived:
    """The class of a commune (I, II, III) on a day: as on the list, or I from the year after it was recognised.

    Args:
        register: the acts on record.
        unit: GSO code of the commune.
        on: the day.
        law: the effects of recognition, and how they are read.
        known: its attributes; left out, those of the unit of the register.
    """
    return attribute_on(register, unit, "area", on, law, known)


def _concerns(effect: Consequence, known: Attributes) -> bool:
    """Whether the value follows from what the recognition changes: «extremely difficult» of class III, not that of a list of its own."""
    if effect.kept_by is not None and known.get(effect.kept_by) is True:
        return False
    origin = known.get(effect.given_by.attribute) if effect.given_by is not None else None
    return effect.given_by is None or not isinstance(origin, str) or origin in effect.given_by.one_of


def _after_the_list(act: Act, effect: Consequence, on: date) -> bool:
    """Whether a recognition took effect, or may have, while the rule was in force and up to the day."""
    since = effect.in_force.start or date.min
    if act.day is not None:
        return since <= act.day <= on
    return act.known_by is None or act.known_by >= since


def _derived(effect: Consequence, act: Act, listed: Any, known: Attributes, law: RevocationLaw) -> Derived:
    """What one recognition makes of an attribute that the list has as ``listed``."""
    title, was, becomes = effect.title or Bilingual(effect.attribute), _word(listed), _word(effect.becomes)
    what = Bilingual(f"{title.vi} {was.vi} → {becomes.vi}", f"{title.en} {was.en} → {becomes.en}")
    if effect.kept_by is not None and isinstance(known.get(effect.kept_by), Unknown):
        return _open(effect, f"không rõ {effect.kept_by}, nên không rõ {what.vi}", f"{effect.kept_by} is not known, so {what.en} is open")
    if act.day is None:
        vi = f"không rõ ngày công nhận ({act.label.vi}), nên không rõ đã {what.vi} chưa"
        return _open(effect, vi, f"the day of recognition is not known, so {what.en} is open")
    by = f"({effect.source.instrument})"
    if law.read(effect) == "at_once":
        vi = f"{what.vi} từ {act.day:%d/%m/%Y}, do được công nhận {by}"
        return Derived(_value(effect.becomes), Bilingual(vi, f"{what.en} from {act.day}, by recognition {by}"), effect)
    first, year = act.day.year + 1, _year(known.get("year"))
    if year is None:
        vi = f"không rõ năm xét, nên không rõ đã {what.vi} chưa: tính từ năm xét {first}, sau khi được công nhận {by}"
        return _open(effect, vi, f"the year assessed is not known, so {what.en} is open: it counts from {first}, after recognition {by}")
    vi = f"{what.vi} tính từ năm xét {first}, do được công nhận năm {act.day.year} {by}"
    reason = Bilingual(vi, f"{what.en} counts from the year assessed {first}, by recognition in {act.day.year} {by}")
    return Derived(_value(effect.becomes), reason, effect) if year >= first else Derived(listed, reason)


def _open(effect: Consequence, vi: str, en: str) -> Derived:
    return Derived(Unknown(vi), Bilingual(vi, en), effect)


_ANSWERS = {"true": Bilingual("có", "yes"), "false": Bilingual("không", "no")}


def _year(stated: Any) -> Decimal | None:
    """The year assessed, where it is stated as a number."""
    try:
        return exact(stated)
    except (ValueError, TypeError):
        return None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(text: str) -> Any:
    """A value as the rule writes it: yes and no are no text."""
    return text == "true" if text in _ANSWERS else text


def _word(value: Any) -> Bilingual:
    return _ANSWERS.get(_text(value)) or Bilingual(str(value))
