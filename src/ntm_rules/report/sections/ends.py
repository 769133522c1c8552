"""OCOP products: by class, by maker, by group of goods, and by the quarter in which their certificates end."""

from __future__ import annotations

from collections.abc import Callable

from ntm_rules.register.acts import PRODUCT_STATUSES
from ntm_rules.register.tally import Category
from ntm_rules.report.crossing import Crossing, Line
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.product import Product
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual


def part(s: Situation) -> Part | None:
    """The certificates that stand, and those that have run out beside them."""
    if not s.products:
        return None
    standing = [one for one in s.products if one.stands]
    by_class = _crossing(_CLASS, s.products, lambda one: one.status, PRODUCT_STATUSES.get, _BY_STATE, _state)
    grids = [by_class.numbers([]), by_class.names(s.name)]
    data = {"products": [one.as_dict() for one in s.products], "by_class": by_class.data()}
    for key, head, of in (("by_maker", _MAKER, _maker), ("by_group", _GROUP, _group)):
        if any(of(one) for one in standing):
            made = _crossing(head, standing, of, lambda _: None, _CLASSES, lambda one: one.status)
            grids += [_titled(made.numbers([]), head), _titled(made.names(s.name), Bilingual("{}: {}").fill(head, _NAMES))]
            data[key] = made.data()
    ending = [one for one in standing if one.quarter]
    quarters = _crossing(_QUARTER, ending, lambda one: one.quarter, _quarter, _CLASSES, lambda one: one.status)
    if ending:
        grids.append(_titled(quarters.numbers([]), _QUARTER))
        grids.append(Grid(_END_HEADS, [_end(one, s) for one in ending], title=_ENDS, behind=True))
        data["by_quarter"] = quarters.data()
    open_ = sum(one.category is Category.UNDETERMINED for one in standing)
    lead = _LEAD.fill(len({one.code for one in standing}), open_, len(s.products) - len(standing))
    shown = [status for status in PRODUCT_STATUSES if any(one.status == status for one in ending)]
    return Part(_TITLE, lead, grids, data, quarters.chart(_QUARTER, shown) if ending else None)


def _crossing(
    head: Bilingual,
    products: tuple[Product, ...] | list[Product],
    line: Callable[[Product], str],
    title: Callable[[str], Bilingual | None],
    columns: dict[str, Bilingual],
    column: Callable[[Product], str],
) -> Crossing:
    groups: dict[str, dict[str, list[str]]] = {}
    for one in products:
        groups.setdefault(line(one), {}).setdefault(column(one), []).append(one.code)
    lines = [
        Line(key, title(key) or Bilingual(key) if key else _NOT_SAID, {k: tuple(v) for k, v in groups[key].items()})
        for key in sorted(groups)
    ]
    used = {key for each in lines for key in each.units}
    return Crossing(head, {key: words for key, words in columns.items() if key in used}, lines)


def _quarter(key: str) -> Bilingual:
    year, _, quarter = key.partition("-Q")
    return Bilingual(f"Quý {quarter}/{year}", f"Q{quarter} {year}")


def _titled(grid: Grid, title: Bilingual) -> Grid:
    return Grid(grid.headings, grid.rows, title=title, behind=grid.behind or len(grid.rows) > _MANY)


def _end(one: Product, s: Situation) -> list[Cell]:
    assert one.until is not None
    return [one.until, s.name(one.code), one.maker, PRODUCT_STATUSES[one.status], (one.until - s.asked.on).days]


def _state(one: Product) -> str:
    if one.category is Category.EXPIRED:
        return "expired"
    return "open" if one.category is Category.UNDETERMINED else "stands"


def _maker(one: Product) -> str:
    return one.maker


def _group(one: Product) -> str:
    return one.group


_MANY = 25  # a longer table is folded
_BY_STATE = {
    "stands": Bilingual("Còn hiệu lực", "In standing"),
    "open": Bilingual("Chưa rõ hoặc đang chờ", "Open or waiting"),
    "expired": Bilingual("Hết hạn", "Expired"),
}
_CLASSES = {
    "ocop-5": Bilingual("5 sao", "5 stars"),
    "ocop-4": Bilingual("4 sao", "4 stars"),
    "ocop-3": Bilingual("3 sao", "3 stars"),
    "ocop-potential-5": Bilingual("Tiềm năng 5 sao", "Potential 5 stars"),
    "ocop-potential-4": Bilingual("Tiềm năng 4 sao", "Potential 4 stars"),
}
_TITLE = Bilingual("Sản phẩm OCOP", "OCOP products")
_LEAD = Bilingual(
    "{} sản phẩm có công nhận còn hiệu lực hoặc đang chờ, trong đó {} chưa rõ; {} công nhận đã hết hạn.",
    "{} products stand or wait, {} of these open; {} recognitions have run out.",
)
_CLASS = Bilingual("Hạng", "Class")
_MAKER = Bilingual("Theo chủ thể", "By maker")
_GROUP = Bilingual("Theo nhóm sản phẩm", "By group of goods")
_QUARTER = Bilingual("Giấy chứng nhận hết hạn, theo quý", "Certificates ending, by quarter")
_ENDS = Bilingual("Ngày hết hạn của từng giấy chứng nhận", "The last day of each certificate")
_NAMES = Bilingual("tên", "names")
_NOT_SAID = Bilingual("danh sách không ghi", "not on the list")
_END_HEADS = (
    Bilingual("Hết hạn", "Last day"),
    Bilingual("Sản phẩm", "Product"),
    Bilingual("Chủ thể", "Maker"),
    Bilingual("Hạng", "Class"),
    Bilingual("Còn (ngày)", "Days left"),
)
