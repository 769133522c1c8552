"""The figures an office publishes, counted from a register and from decisions, each with what keeps it from being one number.

A register of named acts and a table of some communes give a range: 30 of 85 recognised for certain, 55 not known. Where only a total was
published, that total stands beside the range; the two are compared, and neither is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ntm_rules.decide.decision import Decision
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import Place, Problem
from ntm_rules.published.consistency import ALL_CRITERIA, stated_text
from ntm_rules.published.totals import Aggregate, Stated
from ntm_rules.register.acts import PRODUCT_STATUSES, Unit
from ntm_rules.register.book import Register
from ntm_rules.register.known import criteria_range
from ntm_rules.register.lives import Life
from ntm_rules.register.reasons import certificate_reasons, share
from ntm_rules.register.tally import Category
from ntm_rules.register.validity import term_of
from ntm_rules.values import Bilingual, Lang, shown

BANDS: Final[tuple[tuple[int, int], ...]] = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))

_RECOGNISED: Final = {
    "recognised": ("ntm", Bilingual("Xã được công nhận nông thôn mới", "Communes recognised as NTM")),
    "advanced": ("ntm-advanced", Bilingual("Xã được công nhận nâng cao", "Communes recognised as advanced")),
    "model": ("ntm-model", Bilingual("Xã được công nhận kiểu mẫu", "Communes recognised as model")),
}
_VILLAGES: Final = {
    "ntm_villages": (
        "village-ntm-ethnic",
        Bilingual("Thôn nông thôn mới vùng dân tộc thiểu số", "NTM villages of the ethnic-minority area"),
    ),
    "model_villages": ("village-model", Bilingual("Thôn, khu dân cư kiểu mẫu", "Model villages")),
}


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure.

    Attributes:
        key: its name.
        title: what it is.
        low: the least it can be.
        high: the greatest it can be; None where that is not known.
        open: how many units keep it from being one number.
        of: of how many; None where it is no part of a whole.
        published: the total a source printed, if any.
        places: decimal places it is printed with.
    """

    key: str
    title: Bilingual
    low: Decimal
    high: Decimal | None
    open: int = 0
    of: int | None = None
    published: Stated | None = None
    places: int = 0

    @property
    def value(self) -> Decimal | None:
        """The figure, where it is one number."""
        return self.low if self.low == self.high else None

    @property
    def agrees(self) -> bool | None:
        """Whether the published total lies in the range; None where none was published."""
        if self.published is None:
            return None
        high = self.high if self.high is not None else max(self.low, self.published.number)
        return self.published.admits(self.low, high)

    def counted_text(self, lang: Lang) -> str:
        """The figure or its range: ``48``, ``30–85``, ``từ 2``."""
        low = self._number(self.low, lang)
        if self.high is None:
            return _OR_MORE.fill(low).say(lang)
        return low if self.value is not None else f"{low}–{self._number(self.high, lang)}"

    def share_text(self, lang: Lang) -> str:
        """The share as the press prints it; empty where it is no part of a whole or not one number."""
        return "" if self.of in (None, 0) or self.value is None else f"{shown(share(self.value, self.of or 1), lang)}%"

    def published_text(self, lang: Lang) -> str:
        """What was printed; empty where nothing was."""
        return stated_text(self.published, lang) if self.published is not None else ""

    def _number(self, number: Decimal, lang: Lang) -> str:
        return shown(number.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP), lang)

    def as_dict(self) -> dict[str, Any]:
        """The figure as plain data; numbers as text."""
        return {
            "key": self.key,
            "title": {"vi": self.title.vi, "en": self.title.en},
            "low": str(self.low),
            "high": None if self.high is None else str(self.high),
            "open": self.open,
            "of": self.of,
            "published": None if self.published is None else {"number": str(self.published.number), "printed": self.published.printed},
            "agrees": self.agrees,
        }


def statistics(
    register: Register,
    on: date,
    *,
    decisions: Mapping[str, Decision] | None = None,
    published: Aggregate | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Statistic, ...]:
    """The figures of a province on a day.

    Args:
        register: the acts on record, with the list of units.
        on: the day.
        decisions: what the communes meet, by their codes.
        published: the totals a source printed for about that day, set beside what is counted.
        catalogue: the rulesets, for the term of certificates; left out, products are not counted.

    Communes are the units of kind ``commune`` whose ``unit_type`` is not a ward or township and that had not ceased to exist by then.
    """
    decided = decisions or {}
    existing = register.existing(on)
    communes = [unit for unit in existing if unit.is_commune]
    ranges = [criteria_range(unit, decided.get(unit.id)) for unit in communes]

    def stated(key: str) -> Stated | None:
        return published.stated(key) if published else None

    total = len(communes)
    found: list[Statistic] = []
    if not communes:  # without a list nothing says how many there are; those recognised are on the register all the same
        found += [_held(register, [], on, key, status, title, stated(key)) for key, (status, title) in _RECOGNISED.items()]
    else:
        found.append(Statistic("communes", _ALL, Decimal(total), Decimal(total), published=stated("communes")))
        found.append(_between("met", _MET, ranges, ALL_CRITERIA, ALL_CRITERIA, stated("met")))
        found += [_held(register, communes, on, key, status, title, stated(key)) for key, (status, title) in _RECOGNISED.items()]
        found.append(_mean(ranges, published.mean if published else None))
        bands = {(band.low, band.high): band.count for band in published.bands} if published else {}
        for low, high in BANDS[1:]:
            title = Bilingual(f"Xã đạt {low}-{high} tiêu chí", f"Communes with {low} to {high} criteria")
            band = Stated(Decimal(bands[low, high])) if (low, high) in bands else None
            found.append(_between(f"band-{low}-{high}", title, ranges, low, high, band))
    villages = [unit for unit in existing if unit.kind == "village"]
    found += [_held(register, villages, on, key, status, title, stated(key)) for key, (status, title) in _VILLAGES.items()]
    if catalogue is not None:
        found += _products(register, on, catalogue, stated)
    return tuple(found)


_OR_MORE = Bilingual("từ {}", "{} or more")
_ALL = Bilingual("Tổng số xã", "Communes")
_MET = Bilingual("Xã đạt đủ 19 tiêu chí", "Communes meeting all 19 criteria")


def _between(
    key: str, title: Bilingual, ranges: Iterable[tuple[int, int] | None], low: int, high: int, published: Stated | None
) -> Statistic:
    """How many lie between two numbers of criteria."""
    known = list(ranges)
    sure = sum(1 for one in known if one is not None and low <= one[0] and one[1] <= high)
    may = sum(1 for one in known if one is None or (one[0] <= high and one[1] >= low))
    return Statistic(key, title, Decimal(sure), Decimal(may), may - sure, len(known), published)


def _mean(ranges: list[tuple[int, int] | None], published: Stated | None) -> Statistic:
    edges = [one or (0, ALL_CRITERIA) for one in ranges]
    low, high = (Decimal(sum(one[side] for one in edges)) / len(edges) for side in (0, 1))
    unknown = sum(1 for one in edges if one[0] != one[1])
    title = Bilingual("Số tiêu chí bình quân mỗi xã", "Mean of criteria met")
    return Statistic("mean", title, low, high, unknown, None, published, places=2)


def _held(register: Register, units: list[Unit], on: date, key: str, status: str, title: Bilingual, published: Stated | None) -> Statistic:
    """How many hold a status: those sure to, and those that may; without a list of units there is no upper bound."""
    if units:
        answers = [register.standing(unit.id, status, on).holds for unit in units]
        sure, unknown = answers.count(True), answers.count(None)
        return Statistic(key, title, Decimal(sure), Decimal(sure + unknown), unknown, len(units), published)
    sure = sum(register.standing(unit, named, on).holds is True for unit, named in register.recognised() if named == status)
    return Statistic(key, title, Decimal(sure), Decimal(sure) if register.complete else None, 0, None, published)


def _products(register: Register, on: date, catalogue: Catalogue, stated: Callable[[str], Stated | None]) -> list[Statistic]:
    """Products by the class their certificates give on the day, and those waiting for a higher authority; first all of them.

    A product that waits for a higher class and has a certificate counts once in all.
    """
    sure: dict[str, set[Life]] = {status: set() for status in PRODUCT_STATUSES}
    unknown: dict[str, set[Life]] = {status: set() for status in PRODUCT_STATUSES}
    for unit, status in register.recognised():
        if status not in PRODUCT_STATUSES:
            continue
        standing = register.standing(unit, status, on)
        if standing.act is None or (standing.holds is False and not standing.lapsed):
            continue
        filed = register.filed(standing.act, on)
        category, _ = certificate_reasons(term_of(standing.act, on, catalogue), on, filed, register.complete)
        waiting = status.startswith("ocop-potential")
        stands = standing.holds or standing.lapsed  # whether a lapsed one holds on is told by its term
        if stands and ((waiting and not standing.lapsed) or category in (Category.KEEPS_STATUS, Category.DUE_FOR_REASSESSMENT)):
            sure[status].add(unit)
        elif category is not Category.EXPIRED:
            unknown[status].add(unit)
    certain = set().union(*sure.values())
    figures = [("ocop", _OCOP, certain, set().union(*unknown.values()) - certain)]
    figures += [(status, title, sure[status], unknown[status]) for status, title in PRODUCT_STATUSES.items()]
    found = []
    for key, title, known, open_ in figures:
        high = Decimal(len(known) + len(open_)) if register.complete else None
        found.append(Statistic(key, title, Decimal(len(known)), high, len(open_), published=stated(key)))
    return found


_OCOP = Bilingual("Sản phẩm OCOP còn hiệu lực, kể cả đang chờ nâng hạng", "OCOP products in standing, those waiting for a class included")


def disagreements(found: Iterable[Statistic], published: Aggregate | None) -> tuple[Problem, ...]:
    """The published totals that lie outside what register and decisions allow."""
    place = published.place if published else Place()
    problems = []
    for one in found:
        if one.agrees is False:
            high = "…" if one.high is None else str(one.high)
            printed = Bilingual(one.published_text("vi"), one.published_text("en"))
            problems.append(Problem("NTM-821", place, {"unit": one.title, "published": printed, "low": one.low, "high": high}))
    return tuple(problems)
