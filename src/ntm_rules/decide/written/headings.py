"""Columns of a table: what each header stands for. Nothing is guessed: what is not recognised is reported with the nearest name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Literal

from ntm_rules.decide.engine.method import Input
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.grid import Broken, Grid, Line, Percent, is_empty
from ntm_rules.decide.written.heading_words import ATTRIBUTE_NAMES, IDS, INFORMATION, KIND_WORDS, NAMES, NAMES_OF, OF_COMMUNES, WHOLES
from ntm_rules.decide.written.money import has_money, is_money, other_money
from ntm_rules.decide.written.said import BY_WORD, of_a_figure
from ntm_rules.decide.written.sheet_titles import titles_of
from ntm_rules.decide.written.words import sounded
from ntm_rules.labels import UNITS
from ntm_rules.model.ruleset import Attribute
from ntm_rules.problems import Place, Problem, nearest
from ntm_rules.values import Bilingual, plain

Role = Literal["id", "name", "whole", "kind", "attribute", "value", "titled", "attested", "said", "information"]

_PREFIX: Final = r"(?:(?:tiêu chí|chỉ tiêu|nội dung|tc|ct|criterion|indicator)\s*(?:số\s*)?[:.]?\s*)?"
_MARK: Final = r"(?:attested|xác nhận)"
_IN_BRACKETS: Final = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_NO_RESULT: Final = re.compile(
    sounded(
        r"(?:kế hoạch|kh|mục tiêu|chỉ tiêu(?: được)? giao|chỉ tiêu kế hoạch|dự kiến|phấn đấu|so với|chênh lệch|tăng|giảm"
        r"|còn thiếu|lý do|nguyên nhân|chưa đạt|không đạt|plan|target)\b"
    )
)
_FOR_PEOPLE: Final = re.compile(sounded(r"(?:ghi chú|note)\b"))  # «Ghi chú của cán bộ»: what any column may be called that is not judged
_DENIED: Final = re.compile(sounded(r"\b(?:chưa|không)\b"))
_EITHER: Final = re.compile(sounded(r"\b(?:đạt|có) ?(?:[/,;-]|hay|hoặc) ?(?:(?:chưa|không)(?: đạt| có)?|k|kđ)\b"))
_COUNT: Final = re.compile(sounded(r"số (?:hộ|người|lượng|xã|thôn|nhà|tiền|km)\b|(?:hộ|người|nhà|km)$"))
_AFTER_DASH: Final = re.compile(r"(.*\S)\s*(?:\s[-–—]|,)\s*([^-–—,]*)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it stands for and where.

    Attributes:
        index: its place from 0.
        header: the header as written.
        role: ``value`` and ``attested`` are about ``key``, a number of the set; ``attribute`` about the attribute ``key``; ``titled`` about
            the criterion of that name on the score sheet of each row, since sheets number the same name differently; ``whole`` about the
            commune of a village, which its name alone does not tell; ``said`` about the figures of the row, or of one: ``evidence 10.1``.
        indicator: of a ``value`` column.
        attribute: of an ``attribute`` column.
        fixed: whether an office has fixed what it is, so that its heading is not asked.
        power: of ten, from the unit that an office has fixed to that of the indicator; None where none is fixed.
        unit: the unit that an office has fixed, as written.
    """

    index: int
    header: str
    role: Role
    key: str = ""
    indicator: Input | None = None
    attribute: Attribute | None = None
    fixed: bool = False
    power: int | None = None
    unit: str = ""

    @property
    def target(self) -> tuple[str, str]:
        """What no other column may also stand for."""
        return (self.role, self.key)


@dataclass(frozen=True, slots=True)
class FixedColumn:
    """What an office has fixed of one column.

    Attributes:
        words: its heading, as headings are compared.
        heading: its heading, as written.
        role: as of :class:`Column`.
        key: as of :class:`Column`.
        power: as of :class:`Column`.
        unit: as of :class:`Column`.
        at: its place from 0, where several columns have this heading.
        place: where that is written.
    """

    words: str
    heading: str
    role: Role
    key: str
    power: int | None
    unit: str
    at: int | None
    place: Place

    def is_at(self, words: str, index: int) -> bool:
        """Whether it is about a heading."""
        return words == self.words and self.at in (None, index)


@dataclass(frozen=True, slots=True)
class Fixed:
    """How an office has fixed that a form is read.

    Attributes:
        columns: what its columns are.
        layout: how it lies; empty where that is to be found out.
        rows: its rows of headings; empty where they are to be found.
        place: the file that says so.
    """

    columns: tuple[FixedColumn, ...]
    layout: str
    rows: tuple[int, ...]
    place: Place


class Headers:
    """What headers of a table may say under one ruleset.

    Args:
        rules: the ruleset.
        information: further headers that are for people only.
    """

    def __init__(self, rules: Judging, information: Sequence[str] = ()) -> None:
        self.kind = rules.kind
        self.indicators: dict[str, Input] = {indicator.indicator: indicator for indicator in rules.inputs}
        self.criteria: set[str] = {criterion.criterion for criterion in rules.document.sections}
        self.attributes: dict[str, Attribute] = dict(rules.declared)
        self._numbers = {number_key(number): number for number in (*self.indicators, *self.criteria)}
        own = "|".join(re.escape(key) for key in sorted(self._numbers, key=len, reverse=True)) or r"(?!)"
        self._numbered = re.compile(rf"{_PREFIX}0*({own})(?:\.(?!\d)|,\s|[\s:()–-]|$)(.*)")
        self._attested = (
            re.compile(rf"{_MARK}\s*[:.]?\s*{_PREFIX}0*({own})"),
            re.compile(rf"{_PREFIX}0*({own})\s*[-–.:]?\s*\(?{_MARK}\)?"),
        )
        self._said = of_a_figure(rf"{_PREFIX}0*({own})")
        self._words: dict[str, tuple[Role, str]] = {word: ("said", key) for word, key in BY_WORD.items()}
        self._titles: dict[str, set[str]] = {}
        for name, attribute in self.attributes.items():
            self._name("attribute", name, name, attribute.title.vi, attribute.title.en, *ATTRIBUTE_NAMES.get(name, ()))
        if rules.document.score is None:
            for number, indicator in self.indicators.items():
                self._name("value", number, indicator.title.vi, indicator.title.en)
                self._titled(number, indicator.title)
            for criterion in rules.document.sections:
                self._name("attested", criterion.criterion, criterion.title.vi, criterion.title.en)
                self._titled(criterion.criterion, criterion.title)
        else:
            for title in titles_of(rules):
                self._name("titled", title, title)
        names = (*NAMES, *NAMES_OF.get(rules.kind, ()))
        for role, words in (("information", INFORMATION), ("name", names), ("id", IDS), ("kind", KIND_WORDS)):
            self._words.update({sounded(word): (role, role) for word in words})  # type: ignore[misc]
        self._words.update({sounded(word): ("whole", "whole") for word in WHOLES.get(rules.kind, ())})
        self._words.update({sounded(word): ("information", word) for word in information})
        if rules.kind in ("commune", "district", "province", "village"):  # of a product it may be the kind of goods
            self._words.setdefault(sounded("loại"), ("kind", "kind"))
        self.fixed: Fixed | None = None
        self._by_words: dict[str, list[FixedColumn]] = {}
        self._known = lru_cache(10_000)(self._find)  # a text stands in many rows, and every layout looks at it

    def _name(self, role: Role, key: str, *words: str) -> None:
        for word in words:
            self._words.setdefault(sounded(word), (role, key))

    def _titled(self, number: str, title: Bilingual) -> None:
        for text in (title.vi, title.en):
            self._titles.setdefault(sounded(text), set()).add(number)

    def otherwise(self, number: str, name: str) -> str:
        """The number that a name has, where it has none of the one beside it: «1.1 Thu nhập» counts as a form does, not as the set does."""
        words = sounded(name)
        about = self._titles.get(words) or self._titles.get(_apart(words)[0]) or set()
        return "" if any(_is_within(number, one) or _is_within(one, number) for one in about) else min(about, default="")

    def doubled(self, header: Any) -> tuple[str, str] | None:
        """The number in a heading and that of the name behind it, where they are of different things."""
        found = self._numbered.fullmatch(number_key(text)) if (text := header_text(header)) else None
        if found is None:
            return None
        number = self._numbers[found[1]]
        other = self.otherwise(number, found[2].strip(" .,:()–-"))
        return (number, other) if other else None

    def of_another(self, header: Any) -> str | None:
        """The number in a heading, where what is said behind it is no result of it: a plan, a change, a count for a share, a reason."""
        found = self._numbered.fullmatch(number_key(header_text(header)))
        if found is None:
            return None
        number, said = self._numbers[found[1]], found[2].strip(" .,:()–-")
        indicator = self.indicators.get(number)
        title = sounded(indicator.title.vi) if indicator is not None else ""
        said = said.removeprefix(title).strip(" .,:()–-")
        share = indicator is not None and indicator.measure.unit == "%"
        if _denies(said) and not _denies(title):
            return number
        plain = title.partition(" ")[0] == said.partition(" ")[0]  # the title, said shorter
        return number if not plain and (_NO_RESULT.match(said) or (share and _COUNT.match(said))) else None

    def read(self, header: Any, index: int) -> Column | None:
        """The column of a header; None when it is not recognised."""
        text = header_text(header)
        if text and self.fixed is not None and (own := self._fixed(text, index)) is not None:
            return self._column(index, text, own.role, own.key, own)
        found = self._known(text) if text else None
        return None if found is None else self._column(index, text, *found)

    def _column(self, index: int, text: str, role: Role, key: str, own: FixedColumn | None = None) -> Column:
        if role == "information":
            key = str(index)
        indicator = self.indicators.get(key) if role == "value" else None
        plain = Column(index, text, role, key, indicator, self.attributes.get(key))
        return plain if own is None else replace(plain, fixed=True, power=own.power, unit=own.unit)

    def fix(self, fixed: Fixed) -> None:
        """Take what an office has fixed before every vocabulary."""
        self.fixed = fixed
        for one in sorted(fixed.columns, key=lambda one: one.at is None):  # a column of its own before all of one heading
            self._by_words.setdefault(one.words, []).append(one)

    def _fixed(self, text: str, index: int) -> FixedColumn | None:
        """What is fixed of a heading: as it stands, else without the unit that a layout has put behind it."""
        words = sounded(text)
        about = self._by_words.get(words) or self._by_words.get(_apart(words)[0]) or ()
        return next((one for one in about if one.at in (None, index)), None)

    def gone(self, cells: Sequence[Any]) -> list[FixedColumn]:
        """What is fixed of headings that a table does not have."""
        columns = self.fixed.columns if self.fixed is not None else ()
        said = [(index, sounded(header_text(cell))) for index, cell in enumerate(cells)]
        return [one for one in columns if not any(one.is_at(words, at) or one.is_at(_apart(words)[0], at) for at, words in said)]

    def names(self) -> list[str]:
        """What a heading may say."""
        return [*self._words, *self.indicators, *self.criteria]

    def other_kind(self, columns: Sequence[Column]) -> Column | None:
        """The column by which a table is of communes or villages, where the set judges districts or provinces."""
        if self.kind not in ("district", "province"):
            return None
        return next((one for one in columns if one.role in ("id", "name") and sounded(one.header) in OF_COMMUNES), None)

    def target(self, header: Any) -> tuple[str, str] | None:
        """What a header stands for; None when it is not recognised or for people only."""
        column = self.read(header, 0)
        return None if column is None or column.role == "information" else column.target

    def _find(self, text: str) -> tuple[Role, str] | None:
        words = sounded(text)
        if words in self._words:
            return self._words[words]
        bare = number_key(text)
        for pattern in self._attested:
            if match := pattern.fullmatch(bare):
                return "attested", self._numbers[match[1]]
        if match := self._said.fullmatch(bare):
            return "said", f"{BY_WORD[match[1]]} {self._numbers[match[2]]}"
        if match := self._numbered.fullmatch(bare):
            number = self._numbers[match[1]]
            if self.doubled(text) or self.of_another(text):
                return None
            return ("value" if number in self.indicators else "attested"), number
        named, _ = _apart(words)
        found = self._words.get(named) if named != words else None
        return found or (("information", "information") if _FOR_PEOPLE.match(words) else None)

    def recognised(self, cells: Sequence[Any]) -> int:
        """How many cells of a row are headers of different things; 0 for bare numbers alone, which may be data."""
        columns = [self.read(cell, index) for index, cell in enumerate(cells)]
        found = [column for column in columns if column is not None]
        if all(column.header.strip("()").replace(".", "").isdigit() for column in found):
            return 0
        return len({column.target for column in found})

    def problem(self, grid: Grid, line: Line, column: Column) -> Problem | None:
        """What makes a recognised header unfit: a number cell that may have lost a zero, another unit than the indicator's."""
        if column.fixed and (column.power is not None or column.indicator is None):
            return None
        raw = line.cells[column.index]
        if not column.fixed and raw.__class__ in (int, float, Decimal):
            longer = f"{column.key}0"
            if column.role == "value" and "." in column.key and longer in self.indicators:
                return Problem("NTM-521", grid.place(line, column.index), {"got": column.key, "other": longer})
        if column.indicator is None:
            return None
        unit = column.indicator.measure.unit_words
        got = other_money(column.header, unit.vi)
        if got is None and not has_money(column.header) and (got := other_money(grid.measured, unit.vi)) is not None:
            words = {"header": grid.measured, "got": got, "target": column.key, "unit": unit.vi}
            return Problem("NTM-519", grid.place(line, column.index), words)
        stated = _apart(sounded(column.header))[1]
        if got is None and stated:
            own = {sounded(unit.vi), sounded(unit.en), sounded(column.indicator.measure.unit or "")}
            settled = "đồng" in unit.vi and "đồng" in stated  # the same scale, said shorter
            got = stated if stated not in own and stated in _UNIT_WORDS and not settled else None
        if got is None:
            return None
        words = {"header": column.header, "got": got, "target": column.key, "unit": unit.vi or "đạt/chưa đạt"}
        return Problem("NTM-519", grid.place(line, column.index), words)

    def unknown(self, grid: Grid, line: Line, index: int, text: str) -> Problem:
        """The problem of a header that is not recognised, with the nearest one that would be; or whose number and name differ, or which the
        spreadsheet has turned into something else: 10.1 into a day."""
        cell = line.cell(index)
        if cell.__class__ is Broken:
            return Problem(cell.code, grid.place(line, index), {"got": cell.got})
        if twice := self.doubled(text):
            return Problem("NTM-557", grid.place(line, index), {"header": text, "number": twice[0], "other": twice[1]})
        if (number := self.of_another(text)) is not None:
            return Problem("NTM-887", grid.place(line, index), {"header": text, "number": number})
        if not text:
            return Problem("NTM-561", grid.place(line, index))
        return Problem("NTM-501", grid.place(line, index), {"header": text, "guess": nearest(text, self.names())})


_UNIT_WORDS: Final = {
    *(sounded(word) for key, unit in UNITS.items() for word in (key, unit.vi, unit.en)),
    *(f"{scale}đồng{per}" for scale in ("", "nghìn ", "ngàn ", "triệu ", "tỷ ") for per in ("", "/người", "/người/năm", "/người/tháng")),
}


def _denies(words: str) -> bool:
    """Whether words say the contrary of what they are about: «chưa tham gia»; «đạt/chưa đạt» leaves it open."""
    return _DENIED.search(_EITHER.sub("", words)) is not None


def _is_within(part: str, whole: str) -> bool:
    return part == whole or part.startswith(f"{whole}.")


def is_unit(words: str) -> bool:
    """Whether words are a unit of measure and nothing else."""
    return words in _UNIT_WORDS or is_money(words)


def _apart(words: str) -> tuple[str, str]:
    """The words of a heading and what is said of them, in brackets or, where that is a unit, after a dash or a comma."""
    if found := _IN_BRACKETS.fullmatch(words):
        return found[1], found[2]
    found = _AFTER_DASH.fullmatch(words)
    return (found[1], found[2]) if found and is_unit(found[2]) else (words, "")


def number_key(number: str) -> str:
    """A number of a set as it is compared in headings: ``DK1.1`` is also written ``ĐK1.1``."""
    return sounded(number).replace("đk", "dk")


def header_text(cell: Any) -> str:
    """A header cell as text: a number cell 10.1 says «10.1», a share «50%», what the spreadsheet has made a day or an error says that."""
    if cell is None or cell.__class__ is bool:
        return ""
    if cell.__class__ is Broken:
        return str(cell.got)
    if cell.__class__ is Percent:
        return f"{plain(cell.number)}%"
    if cell.__class__ is Decimal:
        return plain(cell)
    return cell.strip() if cell.__class__ is str else str(cell)


def is_numbering(cells: Sequence[Any]) -> bool:
    """Whether a row merely numbers the columns, as forms do below their header: 1, 2, 3, (1), (2), (3), or A, B, 1, 2."""
    words = [header_text(cell).strip("()[] ").lower() for cell in cells if not is_empty(cell)]
    letters = next((at for at, word in enumerate(words) if word != chr(ord("a") + at)), len(words))
    if len(words) < 3 or not all(word.isdigit() for word in words[letters:]):
        return False
    return all(int(later) == int(earlier) + 1 for earlier, later in pairwise(words[letters:]))
