"""Published totals: how many communes met, were recognised, their mean and bands, as one source printed them on one day.

Totals are not decisions. They are read with their source, checked against each other, and compared with what can be counted; none of them
is ever mended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from ntm_rules.problems import Place, Problem
from ntm_rules.tables.read.plain_tables import Cells, read_plain
from ntm_rules.values import exact, folded

SERIES_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "as_of": ("tính đến", "as of"),
    "day": ("ngày", "day", "date"),
    "communes": ("tổng số xã", "communes"),
    "met": ("đạt đủ 19 tiêu chí", "đạt", "met"),
    "recognised": ("được công nhận", "recognised"),
    "advanced": ("nâng cao", "advanced"),
    "model": ("kiểu mẫu", "model"),
    "mean": ("bình quân", "mean"),
    "bands": ("các mức", "bands"),
    "model_villages": ("thôn kiểu mẫu", "model villages"),
    "ntm_villages": ("thôn nông thôn mới", "ntm villages"),
    "ocop": ("sản phẩm ocop", "ocop products"),
    "ocop-5": ("ocop 5 sao", "ocop 5 stars"),
    "ocop-potential-5": ("ocop tiềm năng 5 sao", "ocop potential 5 stars"),
    "ocop-4": ("ocop 4 sao", "ocop 4 stars"),
    "ocop-potential-4": ("ocop tiềm năng 4 sao", "ocop potential 4 stars"),
    "ocop-3": ("ocop 3 sao", "ocop 3 stars"),
    "edition": ("bộ tiêu chí", "edition", "set"),
    "source": ("nguồn", "source"),
}
CLAIM_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "claim": ("phép kiểm", "claim"),
    "title": ("nội dung", "title"),
    "relation": ("quan hệ", "relation"),
    "stated": ("số công bố", "stated"),
    "parts": ("các phần", "parts"),
    "reading": ("cách hiểu", "reading"),
    "printed": ("cách in", "printed"),
    "source": ("nguồn", "source"),
}
OCOP_CLASSES: Final = ("ocop-5", "ocop-potential-5", "ocop-4", "ocop-potential-4", "ocop-3")
COUNTS: Final = ("communes", "met", "recognised", "advanced", "model", "model_villages", "ntm_villages", "ocop", *OCOP_CLASSES)

Relation = Literal["sum", "share", "mean"]
Printed = Literal["exact", "about", "above", "below"]

_RELATIONS: Final[dict[str, str]] = {"tổng": "sum", "sum": "sum", "tỷ lệ": "share", "share": "share", "bình quân": "mean", "mean": "mean"}
_PRINTED: Final[dict[str, Printed]] = {
    **dict.fromkeys(("khoảng", "about"), "about"),
    **dict.fromkeys(("trên", "above"), "above"),
    **dict.fromkeys(("gần", "nearly"), "below"),
}
_NOWHERE: Final = Place()
_BAND = re.compile(r"(\d{1,3})-(\d{1,3})=(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a source printed it.

    Attributes:
        number: the number.
        printed: ``exact`` (rounded to the places it has), ``about`` (rounded more coarsely), ``above`` or ``below``.
    """

    number: Decimal
    printed: Printed = "exact"

    @property
    def span(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that would be printed so; None where it is open on that side."""
        if self.printed == "above":
            return self.number, None
        if self.printed == "below":
            return None, self.number
        half = Decimal(5).scaleb(self._place - 1)
        return self.number - half, self.number + half

    @property
    def _place(self) -> int:
        """The power of ten that it was rounded to: its last digit, and for *about* its last digit that is not zero."""
        number = self.number.normalize() if self.printed == "about" else self.number
        exponent = number.as_tuple().exponent
        assert isinstance(exponent, int)
        return exponent

    def admits(self, low: Decimal, high: Decimal) -> bool:
        """Whether some number from ``low`` to ``high`` would be printed so."""
        least, most = self.span
        return (least is None or high >= least) and (most is None or low <= most)


@dataclass(frozen=True, slots=True)
class Band:
    """How many communes have from ``low`` to ``high`` criteria."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The totals that one source printed; None and empty where it does not say.

    Attributes:
        as_of: the time they are of, in the words of the source.
        day: the last day of that time, where it can be said.
        counts: communes in all, that met, were recognised, advanced, model; model and NTM villages; OCOP products in all and by class;
            by their names.
        loosely: which of the counts were printed as «about», «above» or «nearly», and how.
        mean: mean of criteria met.
        bands: communes by number of criteria, without those that met all.
        edition: the set they were counted under.
        source: where this was read.
        place: where it stands in the file.
    """

    as_of: str
    day: date | None
    counts: dict[str, int]
    mean: Stated | None = None
    bands: tuple[Band, ...] = ()
    edition: str = ""
    source: str = ""
    place: Place = _NOWHERE
    loosely: Mapping[str, Printed] = field(default_factory=dict)

    def stated(self, key: str) -> Stated | None:
        """A count as it was printed; None where it was not."""
        return Stated(Decimal(self.counts[key]), self.loosely.get(key, "exact")) if key in self.counts else None


@dataclass(frozen=True, slots=True)
class Claim:
    """One way to read a published number as the sum, share or mean of others."""

    claim: str
    title: str
    relation: Relation
    stated: Stated
    parts: tuple[Decimal, ...]
    reading: str = ""
    source: str = ""
    place: Place = _NOWHERE


def read_series(path: str | Path, *, sheet: str | None = None) -> tuple[tuple[Aggregate, ...], tuple[Problem, ...]]:
    """Published totals, one source and time a row; a row that cannot be read is left out and listed.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    table = read_plain(path, SERIES_COLUMNS, ("as_of",), sheet)
    found, problems = [], list(table.problems)
    for row in table.rows:
        printed = {name: count for name in COUNTS if (count := _whole(row, name)) is not None}
        counts = {name: int(count.number) for name, count in printed.items()}
        loosely: dict[str, Printed] = {name: count.printed for name, count in printed.items() if count.printed != "exact"}
        mean, bands, day = _stated(row, "mean"), _bands(row), row.day("day", "ngày")
        if not row["as_of"]:
            row.problems.append(Problem("NTM-802", row.at("as_of"), {"column": SERIES_COLUMNS["as_of"][0]}))
        problems += row.problems
        if not row.problems:
            found.append(Aggregate(row["as_of"], day, counts, mean, bands, row["edition"], row["source"], row.place, loosely))
    return tuple(found), tuple(problems)


def read_claims(path: str | Path, *, sheet: str | None = None) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Published numbers that can be computed from others, one reading a row; readings of one number share its name.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    table = read_plain(path, CLAIM_COLUMNS, ("claim", "relation", "stated", "parts"), sheet)
    found, problems = [], list(table.problems)
    for row in table.rows:
        relation = row.one_of("relation", "quan hệ", _RELATIONS, "sum")
        printed = row.one_of("printed", "cách in", _PRINTED, "exact")
        number, parts = _number(row, "stated", row["stated"]), [_number(row, "parts", part) for part in row["parts"].split(";")]
        if relation != "sum" and (len(parts) != 2 or parts[1] == 0):
            _refuse(row, "parts")
        problems += row.problems
        if not row.problems:
            stated = Stated(number, printed)  # type: ignore[arg-type]
            found.append(Claim(row["claim"], row["title"], relation, stated, tuple(parts), row["reading"], row["source"], row.place))  # type: ignore[arg-type]
    return tuple(found), tuple(problems)


def _refuse(row: Cells, column: str) -> None:
    row.problems.append(Problem("NTM-816", row.at(column), {"got": row[column], "column": column}))


def _number(row: Cells, column: str, text: str) -> Decimal:
    try:
        return exact(text)
    except ValueError:
        _refuse(row, column)
        return Decimal(0)


def _whole(row: Cells, column: str) -> Stated | None:
    found = _stated(row, column)
    if found is not None and not re.fullmatch(r"\d{1,9}", str(found.number)):
        _refuse(row, column)
        return None
    return found


def _stated(row: Cells, column: str) -> Stated | None:
    text = row[column]
    if not text:
        return None
    first, _, rest = text.partition(" ")
    printed = _PRINTED.get(folded(first), "exact") if rest else "exact"
    number = _number(row, column, rest if printed != "exact" else text)
    return Stated(number, printed)


def _bands(row: Cells) -> tuple[Band, ...]:
    found: list[Band] = []
    for part in filter(None, (part.strip() for part in row["bands"].split(";"))):
        match = _BAND.fullmatch(part.replace(" ", ""))
        if match is None or int(match[1]) > int(match[2]):
            _refuse(row, "bands")
            return ()
        found.append(Band(*map(int, match.groups())))
    return tuple(found)


def of_day(series: Sequence[Aggregate], on: date) -> Aggregate | None:
    """The last totals that are of a day or before; None where there are none.

    A source that prints nothing of the communes (only of villages, say) counts only where no other is of that day or before.
    """
    dated = [(one.day, number, one) for number, one in enumerate(series) if one.day is not None and one.day <= on]
    of_communes = [found for found in dated if found[2].counts.keys() & {"met", "recognised"}]
    return max(of_communes or dated)[2] if dated else None
