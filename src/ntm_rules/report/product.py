"""OCOP products on a day: class, maker, group, end of certificate; who makes them is in a list of products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Problem
from ntm_rules.register.acts import stars_of
from ntm_rules.register.files import ACT_COLUMNS
from ntm_rules.register.review import Review
from ntm_rules.register.tally import Category
from ntm_rules.register.validity import term_of
from ntm_rules.tables.read.plain_tables import read_plain

PRODUCT_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("mã sản phẩm", "mã", "mã đơn vị", "id", "code"),
    "name": ("tên sản phẩm", "sản phẩm", "tên", "tên đơn vị", "name"),
    "maker": ("chủ thể", "tên chủ thể", "maker"),
    "group": ("nhóm sản phẩm", "nhóm", "bộ sản phẩm", "group"),
    "place": ("xã", "địa chỉ", "place"),
}
_ACTS: Final = tuple({word for key, words in ACT_COLUMNS.items() if key not in ("unit", "name") for word in (key, *words)})


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says of a product."""

    name: str = ""
    maker: str = ""
    group: str = ""


def read_products(paths: Iterable[Path]) -> tuple[dict[str, Listed], list[Problem]]:
    """Makers and groups by the code of the product; a register that has columns for them is such a list too.

    Raises:
        TableError: a file cannot be read at all, or names no products by a code.
    """
    found: dict[str, Listed] = {}
    problems: list[Problem] = []
    for path in paths:
        table = read_plain(path, PRODUCT_COLUMNS, ("id",), people=_ACTS)
        problems += table.problems
        for row in table.rows:
            problems += row.problems
            if row["id"]:
                found[row["id"]] = Listed(row["name"], row["maker"], row["group"])
    return found, problems


@dataclass(frozen=True, slots=True)
class Product:
    """A certificate that stands, has run out, or may stand on the day.

    Attributes:
        code: of the product.
        name: its name.
        status: the class, as ``ocop-4``.
        category: what a review says of it.
        until: the last day of the certificate; None where it is not known or it has none yet.
        maker: who makes it, where a list says so.
        group: its group of goods, where a list says so.
    """

    code: str
    name: str
    status: str
    category: Category
    until: date | None
    maker: str = ""
    group: str = ""

    @property
    def stands(self) -> bool:
        """Whether it has not run out; one that is still waited for has nothing to run out."""
        return self.category is not Category.EXPIRED

    @property
    def quarter(self) -> str:
        """The quarter in which the certificate ends, as ``2024-Q3``; empty where that is not known."""
        return f"{self.until.year}-Q{(self.until.month + 2) // 3}" if self.until else ""

    def ends_within(self, on: date, days: int) -> bool:
        """Whether the certificate stands and its last day is at most so many days away."""
        return self.stands and self.until is not None and 0 <= (self.until - on).days <= days

    def as_dict(self) -> dict[str, Any]:
        """The product as plain data."""
        return {
            "unit": self.code,
            "name": self.name,
            "status": self.status,
            "category": self.category.value,
            "until": self.until.isoformat() if self.until else None,
            "maker": self.maker or None,
            "group": self.group or None,
        }


def products_of(reviews: Sequence[Review], listed: Mapping[str, Listed], on: date, catalogue: Catalogue) -> tuple[Product, ...]:
    """The products of a review, those that end first before the others."""
    found = []
    for one in reviews:
        if one.act.unit_kind == "product":
            own = listed.get(one.unit, Listed())
            until = term_of(one.act, on, catalogue).until if stars_of(one.status) is not None else None
            found.append(Product(one.unit, one.name or own.name, one.status, one.category, until, own.maker, own.group))
    return tuple(sorted(found, key=lambda one: (one.until or date.max, one.code)))
