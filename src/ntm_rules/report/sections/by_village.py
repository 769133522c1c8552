"""Villages, commune by commune."""

from __future__ import annotations

from ntm_rules.report.crossing import Crossing, Line, crossed
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.report.village import OPEN
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """How many villages each commune has, and how many of them are recognised as what; nothing where the list has no villages."""
    if not s.villages:
        return None
    keys = [*(one.code for one in s.communes), *(one.commune for one in s.villages)]
    units = crossed((one.commune, column, one.code) for one in s.villages for column in ("all", *one.columns))
    lines = [Line(key, Bilingual(s.name(key)) if key else _NO_COMMUNE, units.get(key, {})) for key in dict.fromkeys(keys)]
    crossing = Crossing(_COMMUNE, _COLUMNS, lines, [], ["all"])
    sure = sum(1 for one in s.villages if one.columns and OPEN not in one.columns)
    without = sum(1 for one in lines if not one.size("all"))
    return Part(_TITLE, _LEAD.fill(len(s.villages), sure, without), [crossing.numbers(), crossing.names(s.name)], crossing.data())


_TITLE = Bilingual("Thôn, theo xã", "Villages by commune")
_LEAD = Bilingual(
    "{} thôn trong danh sách, {} thôn được công nhận; {} xã chưa kê thôn nào.",
    "{} villages on the list, {} recognised; {} communes list none.",
)
_COMMUNE = Bilingual("Xã", "Commune")
_NO_COMMUNE = Bilingual("danh sách không ghi xã", "no commune on the list")
_COLUMNS = {
    "all": Bilingual("Số thôn", "Villages"),
    "ntm": Bilingual("Thôn nông thôn mới", "NTM villages"),
    "ntm_ethnic": Bilingual("Thôn nông thôn mới vùng dân tộc thiểu số", "NTM villages of the ethnic-minority area"),
    "model": Bilingual("Thôn kiểu mẫu", "Model villages"),
    OPEN: Bilingual("Chưa rõ công nhận", "Recognition open"),
}
