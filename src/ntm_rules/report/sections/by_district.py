"""Communes district by district."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.report.commune import OPEN, Commune, band_title, bands_of
from ntm_rules.report.crossing import Crossing, Line, crossed
from ntm_rules.report.part import Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """How many communes each district has, recognised, by band, and the share recognised."""
    if not s.communes:
        return None
    bands = bands_of(s.total)
    keys = [*s.districts, *dict.fromkeys(one.district for one in s.communes if one.district not in s.districts)]
    lines = [_line(key, s, bands) for key in keys]
    crossing = Crossing(_DISTRICT, _COLUMNS | {f"band-{key}": band_title(key) for key in [*bands, OPEN]}, lines, [_SHARE, _MEAN], ["all"])
    whole = [one for one in lines if one.size("all") and one.size("recognised") == one.size("all")]
    lead = _LEAD.fill(len([one for one in lines if one.size("all")]), len(whole))
    chart = crossing.chart(_TITLE, ["recognised", "not_recognised", "recognition_open"])
    return Part(_TITLE, lead, [crossing.numbers(_beside(s.communes, s.total)), crossing.names(s.name)], crossing.data(), chart)


def _line(key: str, s: Situation, bands: dict[str, tuple[int, int]]) -> Line:
    own = [one for one in s.communes if one.district == key]
    named = s.districts[key].name if key in s.districts else key
    columns = ((key, column, one.code) for one in own for column in ("all", _RECOGNISED[one.recognised], f"band-{one.band(bands)}"))
    return Line(key, Bilingual(named) if named else _NO_DISTRICT, crossed(columns).get(key, {}), _beside(own, s.total))


def _beside(own: list[Commune] | tuple[Commune, ...], total: int) -> list[Cell]:
    """The share surely recognised and the mean of criteria; a range of means where some communes are open."""
    if not own:
        return ["", ""]
    recognised = sum(one.recognised == "yes" for one in own)
    low, high = (Decimal(sum((one.met or (0, total))[side] for one in own)) / len(own) for side in (0, 1))
    texts = [f"{one:.2f}" for one in ((low,) if low == high else (low, high))]
    return [Decimal(100 * recognised) / len(own), Bilingual("–".join(texts).replace(".", ","), "–".join(texts))]


_RECOGNISED = {"yes": "recognised", "no": "not_recognised", OPEN: "recognition_open"}
_TITLE = Bilingual("Theo huyện", "By district")
_LEAD = Bilingual(
    "{} đơn vị cấp huyện có xã; {} đơn vị có mọi xã được công nhận. Tỷ lệ tính theo xã chắc chắn đã được công nhận.",
    "{} districts with communes; in {} all are recognised. The share is of communes surely recognised.",
)
_DISTRICT = Bilingual("Huyện", "District")
_NO_DISTRICT = Bilingual("danh sách không ghi huyện", "no district on the list")
_COLUMNS = {
    "all": Bilingual("Số xã", "Communes"),
    "recognised": Bilingual("Được công nhận", "Recognised"),
    "not_recognised": Bilingual("Chưa công nhận", "Not recognised"),
    "recognition_open": Bilingual("Chưa rõ công nhận", "Recognition open"),
}
_SHARE = Bilingual("Tỷ lệ công nhận", "Share recognised")
_MEAN = Bilingual("Tiêu chí bình quân", "Mean of criteria")
