"""Communes by their class in the ethnic-minority and mountainous area."""

from __future__ import annotations

from ntm_rules.report.commune import OPEN, band_title, bands_of
from ntm_rules.report.crossing import Crossing, Line, crossed
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """How many communes of each class are recognised, and by band."""
    if not s.communes:
        return None
    bands = bands_of(s.total)
    units = crossed(
        (one.area, column, one.code)
        for one in s.communes
        for column in ("all", *(["recognised"] if one.recognised == "yes" else []), f"band-{one.band(bands)}")
    )
    lines = [Line(key or "unknown", title, units[key]) for key, title in _AREAS.items() if key in units]
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
