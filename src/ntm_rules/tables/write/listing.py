"""A report: tables of a review, a plan or a comparison, before it is written in any format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ntm_rules.labels import OUTCOME_SIGNS
from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual, Lang, Outcome, shown

TO_BE_MENDED: Final = Bilingual("Cần sửa", "To be mended")
_PLACES: Final = Decimal("0.01")
_NUMBER: Final = re.compile(r"[\d.,%–]*\d%?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with so many places.

    Attributes:
        value: the number; a share in percent.
        places: after the point.
        percent: whether it is a share.
    """

    value: Decimal
    places: int
    percent: bool = False

    @classmethod
    def of(cls, value: Decimal) -> Number:
        """A number as it was measured, with the places it has."""
        exponent = value.as_tuple().exponent
        return cls(value, max(-exponent, 0) if isinstance(exponent, int) else 0)

    def said(self, lang: Lang) -> str:
        """The number as people read it."""
        rounded = self.value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return shown(rounded, lang) + ("%" if self.percent else "")


Cell = str | int | Decimal | date | Outcome | Number  #: a text, a count, a share in percent, a day, an outcome, a number


def cell_text(cell: Cell, lang: Lang) -> str:
    """A cell as people read it: a share with two places, a day as their language writes it."""
    if isinstance(cell, Outcome):
        return f"{OUTCOME_SIGNS[cell]} {cell.label.say(lang)}"
    if isinstance(cell, Number):
        return cell.said(lang)
    if isinstance(cell, Decimal):
        return f"{shown(cell.quantize(_PLACES, ROUND_HALF_UP), lang)}%"
    if isinstance(cell, date):
        return Bilingual(f"{cell:%d/%m/%Y}", cell.isoformat()).say(lang)
    return str(cell)


def is_number(text: str) -> bool:
    """Whether a cell says nothing but a number, a share or a range of them."""
    return _NUMBER.fullmatch(text) is not None


def counting(rows: Sequence[Sequence[str]]) -> set[int]:
    """The columns whose numbers stand to the right: none that begins a row, none with a list of numbers in one of its cells, and none of
    names among which a number is one of them."""
    return {column for column, cells in enumerate(zip(*rows, strict=True)) if column and _counts([cell for cell in cells if cell])}


def _counts(cells: Sequence[str]) -> bool:
    return not any(", " in cell for cell in cells) and 2 * sum(map(is_number, cells)) >= len(cells)


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a report.

    Attributes:
        title: its heading; empty where the report has no other.
        headings: of the columns.
        rows: the cells; a text of several lines has line breaks.
        notes: sentences above it.
        picture: a drawing of it as SVG, where there is one.
        behind: whether it only says what stands behind the numbers of another: folded on a page, left out on the screen.
        within: whether it goes on with the part that an earlier one began.
    """

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    picture: str = ""
    behind: bool = False
    within: bool = False

    def texts(self, lang: Lang) -> list[list[str]]:
        """The rows as people read them."""
        return [[cell_text(cell, lang) for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found, for people and for programs.

    Attributes:
        title: its heading.
        sections: its tables, in order.
        data: the same as data, for JSON.
        picture: a drawing of it as SVG, where there is one.
        problems: what must be mended.
    """

    title: str
    sections: Sequence[Section] = ()
    data: Any = None
    picture: str = ""
    problems: Sequence[Problem] = ()
