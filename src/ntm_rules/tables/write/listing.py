"""A report: tables of a review, a plan or a comparison, before it is written in any format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ntm_rules.problems import Problem
from ntm_rules.values import Bilingual

TO_BE_MENDED: Final = Bilingual("Cần sửa", "To be mended")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a report.

    Attributes:
        title: its heading; empty where the report has no other.
        headings: of the columns.
        rows: the cells, as text; a cell of several lines has line breaks.
        notes: sentences above it.
    """

    title: str
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()


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
