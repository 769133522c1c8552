"""The register: which recognition stands on a day, as far as the acts on record say.

A register of named acts is rarely the whole list. So a unit that is not named is *not known* to be recognised; only a register that is
declared complete says that it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ntm_rules.register.acts import REGISTERED, Act, Unit, kind_of_status, stars_of
from ntm_rules.register.lives import Life, lives
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
GONE = Bilingual("đơn vị không còn vào ngày này; danh hiệu không tự chuyển", "the unit no longer exists that day, and no status passes on")
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
        self.acts: tuple[Act, ...] = tuple(acts)
        self.listing: dict[str, list[Unit]] = {}
        for unit in units:
            self.listing.setdefault(unit.id, []).append(unit)
        self.units: Mapping[str, Unit] = {code: rows[-1] for code, rows in self.listing.items()}
        self.complete: bool = complete
        every = tuple(row for rows in self.listing.values() for row in rows)
        on_record = {(act.kind, act.unit, act.into) for act in self.acts}
        told = (act for row in every for act in row.succession if (act.kind, act.unit, act.into) not in on_record)
        named = (replace(act, into_name=self.units[act.into].name if act.into in self.units else "") for act in told)
        self._lives = lives((*self.acts, *named), every)
        self._of_act = {id(act): life for found in self._lives.values() for life in found for act in life.acts}
        self._by_whole: dict[str, list[str]] = defaultdict(list)
        for code, rows in self.listing.items():
            for whole in dict.fromkeys(row.whole for row in rows):
                self._by_whole[whole].append(code)

    def lives(self, code: str) -> tuple[Life, ...]:
        """The units that a code stands for, one after another."""
        return self._lives.get(code) or (Life((code,)),)

    def life(self, unit: str | Life, on: date) -> Life:
        """The unit that a code stands for on a day; before the first one begins, that one."""
        if isinstance(unit, Life):
            return unit
        found = self.lives(unit)
        return next((life for life in reversed(found) if life.begins is None or life.begins <= on), found[0])

    def life_of(self, act: Act) -> Life:
        """The unit that an act of the register is on."""
        return self._of_act[id(act)]

    def listed(self, unit: str | Life, on: date | None = None) -> Unit | None:
        """The unit on the list, as it is described for a day; without one, whatever the list has under the code."""
        if on is not None or isinstance(unit, Life):
            return self.life(unit, on or date.max).described(on or date.max)
        return next((life.listed for life in reversed(self.lives(unit)) if life.listed is not None), None)

    def ended(self, unit: str | Life, on: date) -> Act | None:
        """The merger by which the unit of a code had ceased to exist by a day, and no other had begun under it."""
        return self.life(unit, on).merged(on)

    def filed(self, act: Act, on: date) -> tuple[date, ...]:
        """The days up to a day on which dossiers were filed to have a certificate assessed again, earliest first."""
        days = (made.day for made in self.life_of(act).acts if made.kind == "filing" and made.happened(on))
        return tuple(day for day in days if day is not None and (act.day is None or day > act.day))

    def existing(self, on: date) -> tuple[Unit, ...]:
        """The units of the list that had begun and had not ceased to exist by a day, one that is listed under several codes once."""
        return self._existing(self.listing, on)

    def parts(self, whole: str, on: date) -> tuple[Unit, ...]:
        """The units of the list that are part of a unit and exist on a day."""
        codes = self.life(whole, on).codes
        found = self._existing((part for code in codes for part in self._by_whole.get(code, ())), on)
        return tuple(unit for unit in found if unit.whole in codes)

    def _existing(self, codes: Iterable[str], on: date) -> tuple[Unit, ...]:
        found = dict.fromkeys(self.life(code, on) for code in codes)
        return tuple(row for life in found if life.exists(on) and (row := life.described(on)) is not None)

    def went_to(self, unit: str | Life, on: date) -> tuple[Act, ...]:
        """The mergers by which a unit, and what it was merged into, went on until a day: nearest first.

        One without the code of the new unit says nothing where another of the same unit has it.
        """
        found: dict[int, Act] = {}
        waiting = [self.life(unit, on)]
        for life in waiting:
            gone = [act for act in life.acts if act.kind == "merge" and act.happened(on)]
            for act in [act for act in gone if act.into] or gone:
                if id(act) not in found:
                    found[id(act)] = act
                    waiting += [self.life(act.into, act.certain_from or on)] if act.into else []
        return tuple(found.values())

    def name(self, unit: str | Life, on: date) -> str:
        """What a unit is called on a day: its last new name, the name on the list, or the name its acts give."""
        life = self.life(unit, on)
        names = [act.into_name for act in life.acts if act.kind == "rename" and act.into_name and act.happened(on)]
        row = life.described(on)
        listed = [row.name] if row is not None else []
        given = [*(act.into_name for act in life.made_by), *(act.name for act in life.acts)]
        return next((name for name in (*reversed(names), *listed, *given) if name), "")

    def recognised(self) -> tuple[tuple[Life, str], ...]:
        """Every unit and status that was ever recognised, in the order of the register."""
        return tuple(dict.fromkeys((self.life_of(act), act.status) for act in self.acts if act.kind == "recognition"))

    def standing(self, unit: str | Life, status: str, on: date) -> Standing:
        """Whether a unit holds a status on a day. One that has ceased to exist holds none."""
        life = self.life(unit, on)
        if life.has_ended(on):
            return Standing(False, self.standing(life, status, life.lived(on)).act, GONE)
        acts = [act for act in life.acts if act.status == status]
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
        for other in self.life_of(act).acts:
            if other.kind != "recognition" or other.status == act.status or other.happened(on) is False:
                continue
            if stars_of(other.status) is None and stars_of(act.status) is not None:
                continue
            if other.day is not None and act.certain_from is not None and other.day > act.certain_from:
                return Standing(False, act, Bilingual(f"đã thay bằng: {other.label.vi}", f"replaced by: {other.label.en}"))
            if act.day is None or other.certain_from is None or other.certain_from >= act.day:
                return Standing(None, act, CLASS_OPEN)
        return None

    def holds(self, unit: str | Life, on: date) -> dict[str, bool | None]:
        """What is known of every status that the kind of unit can hold."""
        life = self.life(unit, on)
        kind = life.listed.kind if life.listed else next((act.unit_kind for act in life.acts), "commune")
        own = (status for status in REGISTERED if (kind_of_status(status) or "commune") == kind)  # wards are on the list of communes
        return {status: self.standing(life, status, on).holds for status in own}
