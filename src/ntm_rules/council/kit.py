"""What a council is to score: the text of law, its members, the products; kept beside the blank sheets so that nothing is guessed later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.identity import Identity
from ntm_rules.model.score import ScoreCriterion, Sheet
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Place, Problem, TableError
from ntm_rules.tables.read.days import read_day
from ntm_rules.values import Bilingual, plain

KIT: Final = "hoi-dong.json"  #: the file beside the blank sheets
SCHEMA: Final = "ntm-rules/council/v1"
LEAST: Final = 2  # one member alone is no council
POINTS: Final = Bilingual("{} điểm", "{} points")
NOTHING: Final = Bilingual("không đạt mức nào", "none of the levels")


@dataclass(frozen=True, slots=True)
class Product:
    """A product before the council.

    Attributes:
        id: its code.
        name: its name, for people.
        attributes: what is known of it: its product set, the level of the council, facts for which it is not ranked.
    """

    id: str
    name: str
    attributes: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The number of its product set."""
        given = self.attributes["product_set"]
        return plain(given) if isinstance(given, Decimal) else str(given)


@dataclass(frozen=True, slots=True, eq=False)
class Kit:
    """A round of scoring, as it was prepared.

    Attributes:
        rules: the text by which is scored, as it stands on its day.
        products: what is scored; empty where nobody listed it.
        members: who scores; empty where nobody listed them.
        number: of the round, 1 for the first.
        whole: whether the members are all of the council, and not only those whose sheets were found.
    """

    rules: RuleSet
    products: tuple[Product, ...] = ()
    members: tuple[str, ...] = ()
    number: int = 1
    whole: bool = True

    def sheet(self, product: Product) -> Sheet:
        """The score sheet of a product."""
        return self.rules.scores.sheet(product.number)

    def identity(self, product: Product) -> Identity:
        """Which text scores a product: the set with the sheet of its product set, and the sha256 of both."""
        return self.rules.evaluate(Subject(id=product.id, kind="product", attributes={"product_set": product.number})).ruleset

    def product(self, code: str) -> Product | None:
        """The product of a code; None where it is not on the list."""
        return next((one for one in self.products if one.id == code), None)

    def levels(self, criterion: ScoreCriterion) -> tuple[tuple[int, Bilingual], ...]:
        """The levels of a criterion as members choose them: points and words."""
        found = []
        for option in criterion.options:
            case = f"{option.case}: " if option.case else ""
            found.append((option.points, Bilingual(case + option.vi, case + option.en)))
        if self.rules.scores.score.readings.no_level == "zero" and 0 not in [points for points, _ in found]:
            found.insert(0, (0, NOTHING))
        return tuple(found)

    def together(self, other: Kit) -> Kit:
        """This round with the products and members of another one, each once; what the other one says of a product holds."""
        products = {one.id: one for one in (*self.products, *other.products)}
        members = tuple(dict.fromkeys((*self.members, *other.members)))
        return replace(self, products=tuple(products.values()), members=members)

    def to_json(self) -> str:
        """The kit as the file beside the sheets."""
        rules = self.rules
        data = {
            "schema": SCHEMA,
            "set": rules.id,
            "version": rules.version,
            "on": rules.on and rules.on.isoformat(),
            "province": rules.province,
            "sha256": rules.sha256,
            "round": self.number,
            "members": list(self.members),
            "products": [{"id": one.id, "name": one.name, "attributes": _plain(one.attributes)} for one in self.products],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, path: Path, catalogue: Catalogue) -> Kit:
        """The kit of a file.

        Raises:
            NtmError: the file is none, or the text of its set is another one by now.
        """
        try:
            data = json.loads(path.read_text("utf-8"))
            day = None if data["on"] is None else read_day(data["on"])
            products = tuple(_product(one) for one in data["products"])
            members = tuple(map(str, [*data["members"]]))
            said = str(data["set"]), data["province"], str(data["sha256"]), members, int(data["round"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TableError.one("NTM-842", Place(str(path)), detail=f"{error.__class__.__name__}: {error}"[:120]) from None
        name, province, sha256, members, number = said
        rules = load(name, on=day, province=province, catalogue=catalogue)
        if rules.sha256 != sha256:
            words = {"what": OTHER["sha256"], "got": sha256[:12], "expected": f"{rules.sha256[:12]} ({rules.id} {rules.version})"}
            raise NtmError([Problem("NTM-840", Place(str(path)), words)])
        return cls(rules, products, members, number)


OTHER: Final[Mapping[str, Bilingual]] = {
    "set": Bilingual("bộ tiêu chí", "criteria set"),
    "version": Bilingual("phiên bản", "version"),
    "sha256": Bilingual("mã kiểm", "sha256"),
    "product": Bilingual("sản phẩm", "product"),
    "product_set": Bilingual("bộ sản phẩm", "product set"),
    "member": Bilingual("thành viên", "member"),
    "round": Bilingual("vòng", "round"),
}


def leaves(criteria: Iterable[ScoreCriterion]) -> Iterator[ScoreCriterion]:
    """The criteria that are scored, in the order of the sheet."""
    for one in criteria:
        if one.of:
            yield from leaves(one.of)
        else:
            yield one


def choices(criteria: Iterable[ScoreCriterion]) -> Iterator[tuple[ScoreCriterion, ...]]:
    """The criteria of each choice of cases, of which exactly one is scored."""
    for one in criteria:
        if one.one_case:
            yield tuple(leaves(one.of))
        elif one.of:
            yield from choices(one.of)


def named(members: str) -> tuple[str, ...]:
    """The members of a council: so many, or by their names, with semicolons between.

    Raises:
        NtmError: fewer than two, or one name twice.
    """
    text = members.strip()
    if text.isascii() and text.isdigit():
        found = [f"Thành viên {i}" for i in range(1, min(int(text), _MOST) + 1)]
    else:
        found = [" ".join(name.split()) for name in text.split(";") if name.strip()]
    if len(found) < LEAST or len(set(found)) < len(found):
        raise NtmError([Problem("NTM-707", Place(path="--members"), {"expected": _MEMBERS})])
    return tuple(found)


_MOST: Final = 99
_MEMBERS: Final = Bilingual("ít nhất hai thành viên, mỗi người một tên riêng", "at least two members, each with a name of their own")


def _product(data: Mapping[str, Any]) -> Product:
    attributes = dict(data["attributes"])
    return Product(str(data["id"]), str(data["name"]), {**attributes, "product_set": str(attributes["product_set"])})


def _plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) if isinstance(value, Decimal) else value for name, value in attributes.items() if _is_known(value)}


def _is_known(value: Any) -> bool:
    return isinstance(value, (str, bool, int, Decimal))
