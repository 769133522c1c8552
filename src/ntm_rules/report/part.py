"""A part of the report: a title, a leading sentence, tables whose words have both languages, and the same as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ntm_rules.tables.write.listing import Cell, Section
from ntm_rules.values import Bilingual, Lang


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a part.

    Attributes:
        headings: of the columns.
        rows: the cells; a text in both languages is said in that of the report.
        title: its own heading, where a part has several tables.
        note: a sentence above it.
        behind: whether it only says what stands behind the numbers of another.
    """

    headings: Sequence[Bilingual]
    rows: Sequence[Sequence[Cell]]
    title: Bilingual | None = None
    note: Bilingual | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report.

    Attributes:
        title: its heading.
        lead: what it comes to, in a sentence.
        grids: its tables.
        data: the same, for programs.
        chart: draws it, where there is something to see.
    """

    title: Bilingual
    lead: Bilingual
    grids: Sequence[Grid] = ()
    data: Any = None
    chart: Callable[[Lang], str] | None = None

    def sections(self, number: int, lang: Lang) -> list[Section]:
        """The part as tables of one language; the first has the heading of the part, its sentence and its drawing."""
        title, picture = f"{number}. {self.title.say(lang)}", self.chart(lang) if self.chart else ""
        first, rest = (self.grids[0], self.grids[1:]) if self.grids and self.grids[0].title is None else (None, self.grids)
        made = [_section(first, title, [self.lead], lang, picture)]
        return made + [
            _section(grid, f"{number}.{index} {(grid.title or self.title).say(lang)}", [], lang, within=True)
            for index, grid in enumerate(rest, 1)
        ]


def _section(grid: Grid | None, title: str, notes: Sequence[Bilingual], lang: Lang, picture: str = "", *, within: bool = False) -> Section:
    said = [note.say(lang) for note in (*notes, *([grid.note] if grid and grid.note else []))]
    if grid is None or not grid.rows:
        return Section(title, (), (), said or [_NOTHING.say(lang)], picture, within=within)
    rows = [[cell.say(lang) if isinstance(cell, Bilingual) else cell for cell in row] for row in grid.rows]
    return Section(title, [heading.say(lang) for heading in grid.headings], rows, said, picture, grid.behind, within)


_NOTHING = Bilingual("Không có.", "None.")
