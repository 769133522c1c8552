"""Recognised communes by the set they were recognised under."""

from __future__ import annotations

from ntm_rules.register.acts import Act
from ntm_rules.report.crossing import Crossing, Line, crossed
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.values import Bilingual

_PERIODS = ((2011, 2015), (2016, 2020), (2021, 2025), (2026, 2030))


def part(s: Situation) -> Part | None:
    """How many stand from each period, with the names; the higher statuses beside them."""
    if not s.communes:
        return None
    units = crossed(
        (_period(one.act), column, one.code)
        for one in s.communes
        if one.act is not None
        for column in ("ntm", *(status for status in _HIGHER if one.held.get(status)))
    )
    order = sorted(units, key=lambda key: (not key[:1].isdigit(), key))
    lines = [Line(key or "unknown", _title(key), units[key]) for key in order]
    crossing = Crossing(_PERIOD, {"ntm": _RECOGNISED, **_HIGHER}, lines)
    lead = _LEAD.fill(sum(line.size("ntm") for line in lines), sum(line.size("ntm") for line in lines if line.key == "unknown"))
    chart = crossing.chart(_TITLE, ["ntm"]) if lines else None
    return Part(_TITLE, lead, [crossing.numbers([]), crossing.names(s.name)], crossing.data(), chart)


def _period(act: Act) -> str:
    """The period of the set that the act names, or of its day; ``≤2020`` where only a day is known by which it had happened."""
    if act.edition:
        return act.edition.rpartition("/")[2]
    if act.day is not None:
        year = act.day.year
        return next((f"{first}-{last}" for first, last in _PERIODS if first <= year <= last), str(year))
    return next((f"≤{last}" for _, last in _PERIODS if act.known_by and act.known_by.year <= last), "")


def _title(key: str) -> Bilingual:
    if key.startswith("≤"):
        return _BY.fill(key[1:])
    return Bilingual(key.replace("-", "–")) if key else _UNKNOWN


_HIGHER = {
    "ntm-advanced": Bilingual("Nâng cao", "Advanced"),
    "ntm-model": Bilingual("Kiểu mẫu", "Model"),
    "ntm-modern": Bilingual("Hiện đại", "Modern"),
}
_TITLE = Bilingual("Theo giai đoạn được công nhận", "By period of recognition")
_PERIOD = Bilingual("Giai đoạn", "Period")
_RECOGNISED = Bilingual("Được công nhận", "Recognised")
_BY = Bilingual("Đến hết {} (không rõ ngày)", "By the end of {} (day not known)")
_UNKNOWN = Bilingual("Không rõ ngày", "Day not known")
_LEAD = Bilingual(
    "{} xã đang được công nhận; {} xã không rõ từ giai đoạn nào. Giai đoạn theo bộ tiêu chí ghi trong quyết định, không ghi thì theo ngày.",
    "{} communes are recognised; of {} the period is not known. It is that of the set named, or else of the day.",
)
