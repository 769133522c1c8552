"""Communes by the number of criteria they meet."""

from __future__ import annotations

from ntm_rules.report.commune import OPEN, Commune, band_title, bands_of
from ntm_rules.report.crossing import TOTAL, Crossing, Line
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """How many communes lie in each band, with the names; those that may lie in several by themselves."""
    if not s.communes:
        return None
    bands = bands_of(s.total)
    lines = []
    for key in [*bands, OPEN]:
        own = [one for one in s.communes if one.band(bands) == key]
        lines.append(Line(key, band_title(key), {"all": tuple(one.code for one in own)}))
    crossing = Crossing(_BAND, {"all": _NUMBER}, lines)
    rows: list[list[Cell]] = [
        [line.title, line.size("all"), "; ".join(_with_number(one) for one in s.communes if one.code in line.units["all"])]
        for line in lines
    ]
    rows.append([TOTAL, sum(line.size("all") for line in lines), ""])
    lead = _LEAD.fill(lines[0].size("all"), s.total, lines[-1].size("all"))
    return Part(_TITLE, lead, [Grid([_BAND, _NUMBER, _NAMES], rows)], crossing.data(), crossing.chart(_TITLE, ["all"]))


def _with_number(one: Commune) -> str:
    if one.met is None:
        return one.name
    low, high = one.met
    return f"{one.name} ({low})" if low == high else f"{one.name} ({low}–{high})"


_TITLE = Bilingual("Theo số tiêu chí đạt", "By criteria met")
_LEAD = Bilingual(
    "{} xã đạt đủ {} tiêu chí; {} xã chưa rõ ở mức nào. Số trong ngoặc là số tiêu chí.",
    "{} communes meet all {} criteria; of {} the band is open. In brackets: the criteria met.",
)
_BAND = Bilingual("Số tiêu chí", "Criteria")
_NUMBER = Bilingual("Số xã", "Communes")
_NAMES = Bilingual("Xã", "Which")
