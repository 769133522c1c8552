"""A grid of cells, whatever file it comes from: rows in order, each cell with its address.

A cell is what the file says and no more: text, an exact number, a bool, a day, nothing; :class:`Percent` where the spreadsheet shows a
percentage, :class:`Broken` where the file itself has no value to give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from itertools import chain, islice
from typing import Any

from ntm_rules.problems import MissingExtra, Place, Problem
from ntm_rules.values import Bilingual, NotApplicable, Unknown

LOOK = 30  # rows in which a heading is looked for


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that the spreadsheet shows as a percentage: ``number`` is what is shown, 62 for a stored 0.62."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value that can be taken, with the code of the problem and its words."""

    code: str
    got: str | Bilingual


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as people count it, its cells, the line of the file where that differs; and where each cell stands in the file,
    where a layout has put together what stands apart there (:mod:`ntm_rules.decide.written.layouts`)."""

    number: int
    cells: Sequence[Any]
    line: int = 0
    whence: Callable[[int | None], Place] | None = None

    def cell(self, column: int) -> Any:
        """A cell; nothing beyond the end of the row."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells, rows and columns counted from 1, both ends included."""

    range: str
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is about no unit, as people count it, and what it is instead."""

    row: str
    reason: Bilingual


@dataclass(slots=True)
class Grid:
    """A readable table of cells.

    Attributes:
        file: name of the file, as it was given.
        sheet: name of the sheet, where the format has sheets.
        headers: the column names of a format that has them apart from its rows (Parquet, JSON); None where a row holds them.
        records: the objects of a format that keeps its rows as objects (JSON).
        merged: merged ranges.
        hidden: numbers of hidden rows and letters of hidden columns.
        formulas: addresses of cells whose stored formula result was taken; filled while :attr:`lines` is read.
        problems: what was wrong with the file itself; filled while :attr:`lines` is read.
        notes: what people should know of the file; filled while :attr:`lines` is read.
        heading: the row of headings, once it is found.
        layout: how the table lies, where it is not a row a unit below one heading.
        aside: rows that a layout found to be about no unit.
        heading_rows: the rows of the file that the heading was read from.
        headed: those rows as they stand, where a row a unit lies below them.
        measured: what stands above the table as its unit of measure.
    """

    file: str
    lines: Iterator[Line]
    sheet: str = ""
    headers: tuple[str, ...] | None = None
    records: Sequence[Mapping[str, Any]] = ()
    merged: tuple[Merged, ...] = ()
    hidden: tuple[str, ...] = ()
    formulas: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    heading: Line | None = None
    layout: Bilingual | None = None
    aside: list[Aside] = field(default_factory=list)
    heading_rows: tuple[int, ...] = ()
    headed: tuple[Line, ...] = ()
    measured: str = ""

    def opening(self, most: int = LOOK) -> list[Line]:
        """The first rows, the names of columns before them where the format has them apart; the rows can still be read."""
        first = list(islice(self.lines, most))
        self.lines = chain(first, self.lines)
        return first if self.headers is None else [Line(0, self.headers), *first]

    def address(self, line: Line, column: int) -> str:
        """The address of a cell, as people of the format call it: ``C7``, or row and column name."""
        if line.whence is not None:
            return line.whence(column).path.rpartition("!")[2]
        if self.headers is not None:
            return f"{line.number}: {self.headers[column]}"
        return f"{letters(column)}{line.number}"

    def place(self, line: Line, column: int | None = None) -> Place:
        """The place of a cell, or of its row."""
        if line.whence is not None:
            return line.whence(column)
        spot = str(line.number) if column is None else self.address(line, column)
        path = f"{self.sheet}!{spot}" if self.sheet else spot
        if self.headers is not None:
            return Place(self.file, path=path)
        return Place(self.file, line.line or line.number, 1 if column is None else column + 1, path)


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name


def cell_of(value: Any) -> Any:
    """A value of a dataframe, a Parquet file or a workbook as a cell: null, NaN, NA and NaT are empty, scalars of numpy are plain numbers,
    a day is no number, an absence with its reason stays one, a list is written as people write the points of several members."""
    if value is None or isinstance(value, (str, bool, int, Unknown, NotApplicable)):
        return value
    if isinstance(value, float):
        return float(value) if value == value else None
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    if isinstance(value, (list, tuple)):
        return f"[{'; '.join('–' if one is None else str(one) for one in value)}]"
    if isinstance(value, dict):
        named = ", ".join(map(str, value))
        return Broken("NTM-432", Bilingual(f"nhiều mục: {named}", f"several entries: {named}"))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return Broken("NTM-432", Bilingual("dữ liệu nhị phân", "binary data"))
    if str(value) in ("<NA>", "NaT"):
        return None
    if hasattr(value, "isoformat") or isinstance(value, timedelta):
        return Broken("NTM-512", value.isoformat().removesuffix("T00:00:00") if isinstance(value, date) else str(value))
    if hasattr(value, "tolist"):
        return cell_of(value.tolist())
    if value.__class__.__str__ is object.__str__ and value.__class__.__repr__ is object.__repr__:
        return Broken("NTM-432", Bilingual("một thứ không đọc được thành chữ", "something without a text"))
    return str(value)


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing."""
    return cell is None or (cell.__class__ is str and not cell.strip())


def needs(package: str, extra: str) -> Any:
    """An optional package.

    Raises:
        MissingExtra: it is not installed; the message names the extra of ours that brings it.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError:
        raise MissingExtra([Problem("NTM-901", Place(), {"package": package, "extra": extra})]) from None
