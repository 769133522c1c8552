"""The figures of the office, as they are published."""

from __future__ import annotations

from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part:
    """Each figure or its range, of how many units it is open, and its share."""
    rows: list[list[Cell]] = []
    for one in s.figures:
        counted: Cell = int(one.low) if one.value is not None and not one.places else _said(one.counted_text)
        rows.append([one.title, counted, one.open or "", _said(one.share_text)])
    recognised = next((one for one in s.figures if one.key == "recognised"), None)
    told = [_LEAD.fill(len(s.communes), _said(recognised.counted_text) if recognised else "–"), *s.held_back()]
    if any(one.open for one in s.figures):
        told.append(_RANGE)
    return Part(_TITLE, Bilingual.join(told, " "), [Grid(_HEADS, rows)], [one.as_dict() for one in s.figures])


def _said(text: object) -> Bilingual:
    return Bilingual(*(text(lang) for lang in ("vi", "en")))  # type: ignore[operator]


_TITLE = Bilingual("Số liệu chung", "The figures")
_LEAD = Bilingual("{} xã; được công nhận: {}.", "{} communes; recognised: {}.")
_RANGE = Bilingual("Khoảng số là vì còn đơn vị chưa rõ.", "A range: some are open.")
_HEADS = (Bilingual("Số liệu", "Figure"), Bilingual("Đếm được", "Counted"), Bilingual("Chưa rõ", "Open"), Bilingual("Tỷ lệ", "Share"))
