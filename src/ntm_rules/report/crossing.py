"""Units counted by two things at once, with the names behind each number: districts by band, criteria by outcome, classes by status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ntm_rules.report.part import Grid
from ntm_rules.tables.write.bars import bars
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import Bilingual, Lang

Units = tuple[str, ...]


def crossed(stands: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, Units]]:
    """The units of each line and column, from a line, a column and the code of a unit each time; all in the order in which they come."""
    found: dict[str, dict[str, list[str]]] = {}
    for line, column, code in stands:
        found.setdefault(line, {}).setdefault(column, []).append(code)
    return {line: {column: tuple(codes) for column, codes in own.items()} for line, own in found.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, and the units of each column by its key."""

    key: str
    title: Bilingual
    units: Mapping[str, Units]
    beside: Sequence[Cell] = ()

    def size(self, column: str) -> int:
        """How many units stand in a column."""
        return len(self.units.get(column, ()))


@dataclass(frozen=True, slots=True)
class Crossing:
    """Lines by columns of units.

    Attributes:
        head: what the lines are.
        columns: what the columns are, by key.
        lines: the lines.
        beside: headings of what else stands in a line.
        unnamed: columns whose units need no names, as those of all.
    """

    head: Bilingual
    columns: Mapping[str, Bilingual]
    lines: Sequence[Line]
    beside: Sequence[Bilingual] = ()
    unnamed: Sequence[str] = ()

    def numbers(self, total: Sequence[Cell] | None = None) -> Grid:
        """How many units there are in each place; with ``total`` beside it, a last line of all."""
        rows: list[list[Cell]] = [[line.title, *(line.size(column) for column in self.columns), *line.beside] for line in self.lines]
        if total is not None and len(self.lines) > 1:
            rows.append([TOTAL, *(sum(line.size(column) for line in self.lines) for column in self.columns), *total])
        return Grid([self.head, *self.columns.values(), *self.beside], rows)

    def names(self, name: Callable[[str], str]) -> Grid:
        """Which units they are."""
        rows: list[list[Cell]] = [
            [line.title, title, line.size(column), ", ".join(map(name, line.units[column]))]
            for line in self.lines
            for column, title in self.columns.items()
            if line.size(column) and column not in self.unnamed
        ]
        return Grid([self.head, _WHICH, _NUMBER, _NAMES], rows, title=_BEHIND, behind=True)

    def data(self) -> list[dict[str, Any]]:
        """The codes, line by line and column by column."""
        return [
            {"key": line.key, "title": line.title.both(), "units": {column: list(line.units.get(column, ())) for column in self.columns}}
            for line in self.lines
        ]

    def chart(self, title: Bilingual, shown: Sequence[str]) -> Callable[[Lang], str]:
        """Draws some of the columns, a bar a line."""
        lines = [(line.title, [line.size(column) for column in shown]) for line in self.lines]
        return lambda lang: bars(title, [self.columns[column] for column in shown], lines, lang)


TOTAL = Bilingual("Cộng", "Total")
_WHICH = Bilingual("Nhóm", "Group")
_NUMBER = Bilingual("Số", "Number")
_NAMES = Bilingual("Tên", "Names")
_BEHIND = Bilingual("Tên đằng sau mỗi số", "The names behind each number")
