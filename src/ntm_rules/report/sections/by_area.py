"""Communes by their class in the ethnic-minority and mountainous area."""

from __future__ import annotations

from ntm_rules.report.commune import OPEN, band_title, bands_of
from ntm_rules.report.crossing import Crossing, Line
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """How many communes of each class are recognised, and by band."""
    if not s.communes:
        return None
    bands = bands_of(s.total)
    known = [key for key in _AREAS if any(one.area == key for one in s.communes)]
    lines = []
    for key in known:
        own = [one for one in s.communes if one.area == key]
        groups: dict[str, list[str]] = {}
        for one in own:
            for column in ("all", *(["recognised"] if one.recognised == "yes" else []), f"band-{one.band(bands)}"):
                groups.setdefault(column, []).append(one.code)
        lines.append(Line(key or "unknown", _AREAS[key], {k: tuple(v) for k, v in groups.items()}))
    columns = {"all": _NUMBER, "recognised": _RECOGNISED} | {f"band-{key}": band_title(key) for key in [*bands, OPEN]}
    crossing = Crossing(_AREA, columns, lines)
    unknown = sum(one.area == "" for one in s.communes)
    return Part(_TITLE, _LEAD.fill(len(s.communes) - unknown, unknown), [crossing.numbers([]), crossing.names(s.name)], crossing.data())


_AREAS = {
    "I": Bilingual("Khu vực I", "Class I"),
    "II": Bilingual("Khu vực II", "Class II"),
    "III": Bilingual("Khu vực III", "Class III"),
    "outside": Bilingual("Ngoài vùng dân tộc thiểu số và miền núi", "Outside the area"),
    "": Bilingual("Chưa rõ khu vực", "Class not known"),
}
_TITLE = Bilingual("Theo khu vực", "By class of commune")
_LEAD = Bilingual("{} xã có ghi khu vực, {} xã chưa rõ.", "Of {} communes the class is known, of {} it is not.")
_AREA = Bilingual("Khu vực", "Class")
_NUMBER = Bilingual("Số xã", "Communes")
_RECOGNISED = Bilingual("Được công nhận", "Recognised")
