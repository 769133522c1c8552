"""A workbook with a sheet for each unit: every sheet laid out by its own layout, then all of them as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_rules.decide.written.grid import Aside, Grid, Line, Merged, is_empty
from ntm_rules.decide.written.headings import Headers, header_text
from ntm_rules.decide.written.layouts import laid_out
from ntm_rules.decide.written.leftover import leftover
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Place
from ntm_rules.values import Bilingual

LAYOUT: Final = Bilingual("mỗi trang tính một đơn vị", "a sheet a unit")


@dataclass(slots=True)
class _Heads:
    """The headings of all sheets, each once, with where it stands first."""

    places: dict[Any, int] = field(default_factory=dict)
    cells: list[tuple[Any, Grid, Line, int]] = field(default_factory=list)


def joined(grids: Sequence[Grid], headers: Headers) -> Grid | None:
    """The sheets of a workbook as one table, where each is about one unit; None where some sheet is about several, or none.

    Raises:
        TableError: a sheet has no heading.
    """
    if len(grids) < 2:
        return None
    laid = [laid_out(grid, headers) for grid in grids]
    units = [_units(grid, headers) for grid in laid]
    if any(len(lines) != 1 for lines in units):
        return None
    heads = _Heads()
    joint = Grid(grids[0].file, iter(()), layout=LAYOUT)
    lines: list[Line] = []
    for number, (grid, [line]) in enumerate(zip(laid, units, strict=True), 1):
        columns = _placed(grid, headers, heads)
        lines.append(_moved(grid, line, number, columns))
        joint.merged += tuple(_merged(grid, line, number, columns))
        joint.hidden += tuple(f"{grid.sheet}!{name}" for name in grid.hidden)
        joint.formulas += [f"{grid.sheet}!{address}" for address in grid.formulas]
        joint.problems += grid.problems
        joint.notes += [note for note in grid.notes if note not in joint.notes]
        joint.aside += [Aside(f"{grid.sheet}!{one.row}", one.reason) for one in grid.aside]
    joint.lines = iter(lines)

    def place(column: int | None) -> Place:
        _, grid, line, own = heads.cells[column or 0]
        return grid.place(line, own)

    joint.heading = Line(1, [cell for cell, *_ in heads.cells], whence=place)
    return joint


def _units(grid: Grid, headers: Headers) -> list[Line]:
    """The rows of units among the first of a sheet; what is left aside is noted when there is one unit. A plain row is a sheet's own where
    the sheet bears its name: sheets of two years are not of two units."""
    heading = grid.heading or Line(0, ())
    columns = [column for index, cell in enumerate(heading.cells) if (column := headers.read(cell, index)) is not None]
    first = [line for line in grid.opening() if any(not is_empty(cell) for cell in line.cells)]
    units = [line for line in first if leftover(line.cells, columns) is None]
    if grid.layout is None:
        keys = [column.index for column in columns if column.role in ("id", "name")]
        sheet = _bare(grid.sheet)
        units = [line for line in units if len(units) > 1 or any(_bare(header_text(line.cell(key))) == sheet for key in keys)]
    if len(units) == 1:
        told = ((line, leftover(line.cells, columns)) for line in first)
        grid.aside += [Aside(str(line.number), reason) for line, reason in told if reason is not None]
    return units


def _bare(name: str) -> str:
    words = sounded(name)
    return next((words.removeprefix(before) for before in ("xã ", "thôn ", "huyện ") if words.startswith(before)), words)[:25]


def _placed(grid: Grid, headers: Headers, heads: _Heads) -> dict[int, int]:
    """Where each column of a sheet goes."""
    columns: dict[int, int] = {}
    heading = grid.heading or Line(0, ())
    for index, cell in enumerate(heading.cells):
        if not is_empty(cell):
            key = headers.target(cell) or sounded(header_text(cell))
            columns[index] = heads.places.setdefault(key, len(heads.cells))
            heads.cells += [(cell, grid, heading, index)] if columns[index] == len(heads.cells) else []
    return columns


def _moved(grid: Grid, line: Line, number: int, columns: dict[int, int]) -> Line:
    own = {there: here for here, there in columns.items()}
    cells = [line.cell(own[column]) if column in own else None for column in range(max(own, default=-1) + 1)]
    return Line(number, cells, whence=lambda column: grid.place(line, None if column is None else own.get(column)))


def _merged(grid: Grid, line: Line, number: int, columns: dict[int, int]) -> list[Merged]:
    found = []
    for merged in grid.merged:
        there = [columns[index - 1] + 1 for index in range(merged.columns[0], merged.columns[1] + 1) if index - 1 in columns]
        if there and merged.rows[0] <= line.number <= merged.rows[1]:
            found.append(Merged(f"{grid.sheet}!{merged.range}", (number, number), (min(there), max(there))))
    return found
