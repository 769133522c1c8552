"""Communes formed by merger: what 267/BNN-VPĐP of 2024-01-09 says of the status of the new one, as far as it was read.

It is told and decides nothing: a status never passes on without a decision. Of the mixtures of levels that were not read nothing is said.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from ntm_rules.register.acts import REGISTERED
from ntm_rules.register.book import Register
from ntm_rules.register.lives import Life
from ntm_rules.values import Bilingual

INSTRUMENT: Final = "267/BNN-VPĐP"
_FIRST, _LAST = date(2023, 1, 1), date(2025, 12, 31)  # the mergers it is about
_NOT_READ_FROM: Final = date(2025, 7, 1)
_NONE: Final = "none"
_LEVELS: Final = ("ntm-model", "ntm-advanced", "ntm")  # the highest first
_NEXT: Final = {
    frozenset({"ntm-model", "ntm"}): Bilingual("xã mới xây dựng nông thôn mới nâng cao", "the new commune builds advanced NTM"),
    frozenset({"ntm-model", _NONE}): Bilingual("xã mới xây dựng nông thôn mới", "the new commune builds NTM"),
    frozenset({"ntm-advanced", _NONE}): Bilingual("xã mới xây dựng nông thôn mới", "the new commune builds NTM"),
}
_SAME: Final = Bilingual(
    "mọi xã cũ đều là «{}», tỉnh ra quyết định công nhận xã mới ở mức đó",
    "every former commune is «{}», the province recognises the new one at that level by decision",
)
_ANEW: Final = Bilingual(
    "có xã cũ chưa đạt chuẩn, xã mới phải rà soát, đạt bộ tiêu chí và qua thủ tục của 18/2022/QĐ-TTg",
    "a former commune was not recognised, the new one is reviewed, must meet the set and pass the procedure of 18/2022/QĐ-TTg",
)
_OPEN: Final = Bilingual("chưa rõ danh hiệu của {} xã cũ", "the status of {} former communes is not known")
_MIXED: Final = Bilingual("chưa đọc được quy định cho các xã cũ khác mức như vậy", "what it says of such a mixture of levels was not read")
_UNSURE: Final = Bilingual(
    "chưa đọc được văn bản nói công văn này có áp dụng cho việc sắp xếp ngày 01/07/2025 hay không",
    "whether it governs the mergers of 2025-07-01 was not read",
)


def said_of_formed(register: Register, life: Life) -> Bilingual | None:
    """What the letter says of the commune that one became a part of; None where it is about another time, the unit was divided, or a
    part of the new one was no commune."""
    if life.ends is None or not _FIRST <= life.ends <= _LAST:
        return None
    heirs = dict.fromkeys(act.into for act in life.acts if act.kind == "merge" and act.certain_from == life.ends) or {life.code: None}
    if len(heirs) > 1 or (heir := next(iter(heirs))) is None:
        return None
    day = life.ends - timedelta(days=1)
    parts = dict.fromkeys([register.life(act.unit, day) for act in register.life(heir, life.ends).made_by])
    parts |= dict.fromkeys([one for one in register.lives(heir) if one.ends == life.ends])
    if any((row := part.described(day)) is not None and not row.is_commune for part in parts):
        return None  # a ward or township holds no such level, and of these the letter was not read
    levels = [_level(register, part, day) for part in parts]
    held = [level for level in levels if level is not None]
    said = _rule(frozenset(held)) if len(held) == len(levels) else _OPEN.fill(len(levels) - len(held))
    found = Bilingual.join([Bilingual(INSTRUMENT), said], ": ")
    return Bilingual.join([found, _UNSURE], "; ") if life.ends >= _NOT_READ_FROM else found


def _level(register: Register, part: Life, day: date) -> str | None:
    """The highest level that a former commune held on its last day; None where one at or above it may be."""
    held = register.holds(part, day)
    for level in _LEVELS:
        if held.get(level) is not False:
            return level if held.get(level) else None
    return _NONE


def _rule(levels: frozenset[str]) -> Bilingual:
    if len(levels) == 1 and _NONE not in levels:
        return _SAME.fill(REGISTERED[next(iter(levels))])
    said = [*([_ANEW] if _NONE in levels else []), *([_NEXT[levels]] if levels in _NEXT else [])]
    return Bilingual.join(said, "; ") if said else _MIXED
