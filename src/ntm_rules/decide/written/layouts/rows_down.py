"""A row a unit, below one heading of one to three rows: below titles, lines of data about the whole table and blank rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from ntm_rules.decide.written.grid import LOOK, Grid, Line, is_empty
from ntm_rules.decide.written.headings import Column, Fixed, Headers, header_text, is_numbering
from ntm_rules.decide.written.layouts.pairs import Stated, folded
from ntm_rules.decide.written.layouts.subheads import part_of, states_unit
from ntm_rules.decide.written.layouts.titles import measured_above
from ntm_rules.problems import Place, Problem, TableError

_DEEP: Final = 3
_KEYS: Final = ("id", "name")


def fits(grid: Grid, headers: Headers) -> float:
    """How many headings are recognised where the most are, a code or a name among them; 0 where there is none."""
    return max((_weight(headers, line)[0] for _, line in _headings(grid.opening(), headers)), default=0)


def plain(grid: Grid, headers: Headers) -> Grid:
    """The grid with its heading found: the best among the first rows, the first of those.

    Raises:
        TableError: no row has two headings that are recognised.
    """
    if grid.headers is not None:
        grid.heading = Line(0, grid.headers)
        return grid
    if headers.fixed is not None and headers.fixed.rows:
        return _at_rows(grid, headers, headers.fixed)
    opening = grid.opening()
    found = list(_headings(opening, headers))
    end, heading = max(found, key=lambda one: _weight(headers, one[1]), default=(0, Line(0, ())))
    if _weight(headers, heading)[0] == 0:  # no code and no name: the heading says what else is there
        end, heading = max(found, key=lambda one: headers.recognised(one[1].cells), default=(end, heading))
    if headers.recognised(heading.cells) < 2:
        raise TableError([Problem("NTM-503", Place(grid.file, path=grid.sheet)), *grid.problems])
    start = found.index((end, heading))
    grid.heading_rows = tuple(line.number for line in opening[start:end])
    return _below(grid, headers, opening, end, heading)


def _at_rows(grid: Grid, headers: Headers, fixed: Fixed) -> Grid:
    """The grid below the rows that an office has fixed as its headings.

    Raises:
        TableError: there are no such rows.
    """
    opening = grid.opening(max(fixed.rows) + 1)
    rows = [line for line in opening if line.number in fixed.rows]
    if len(rows) < len(set(fixed.rows)) or any(all(map(is_empty, line.cells)) for line in rows):
        raise TableError([Problem("NTM-543", fixed.place, {"layout": f"headings: {list(fixed.rows)}", "file": grid.file})])
    heading = rows[0]
    for line in rows[1:]:
        heading = _joined(headers, heading, line)
    end = 1 + opening.index(rows[-1])
    grid.heading_rows = tuple(line.number for line in rows)
    return _below(grid, headers, opening, end, heading)


def _below(grid: Grid, headers: Headers, opening: list[Line], end: int, heading: Line) -> Grid:
    grid.headed = tuple(line for line in opening[:end] if line.number in grid.heading_rows)
    grid.measured = measured_above([line for line in opening[:end] if line.number < grid.heading_rows[0]])
    if end < len(opening) and is_numbering(opening[end].cells):
        end += 1
    for _ in islice(grid.lines, end):
        pass
    grid.heading = folded(grid, heading, headers)
    return grid


def _headings(opening: list[Line], headers: Headers) -> Iterator[tuple[int, Line]]:
    """Every row as a heading, with the rows that go on with it, and the row after."""
    for start in range(min(len(opening), LOOK)):
        heading, end = opening[start], start + 1
        while end < min(len(opening), start + _DEEP) and _goes_on(headers, heading, opening[end]):
            heading, end = _joined(headers, heading, opening[end]), end + 1
        yield end, heading


def _weight(headers: Headers, line: Line) -> tuple[float, float]:
    """How many headings a row has, a code or a name among them, and their share of all that stands in it. A bare number, which may be a
    code or a figure, weighs less than a word."""
    columns = _columns(headers, line)
    held = sum(not is_empty(cell) for cell in line.cells)
    if not any(column.role in _KEYS for column in columns):
        return 0, 0
    known = {column.target: 0.4 if column.header.isdigit() else 1.0 for column in columns}
    return (sum(known.values()), len(columns) / held) if len(known) > 1 else (0, 0)


def _columns(headers: Headers, line: Line) -> list[Column]:
    read = (headers.read(cell, index) for index, cell in enumerate(line.cells))
    return [column for column in read if column is not None]


def _goes_on(headers: Headers, upper: Line, lower: Line) -> bool:
    """Whether a row goes on with the heading above it: below a code or a name it is silent, and most of what it says narrows what stands
    above: indicators of a criterion, result and verdict, a unit."""
    if is_numbering(lower.cells):
        return False
    columns, below = _columns(headers, upper), _columns(headers, lower)
    keys = {column.index for column in columns if column.role in _KEYS}
    if not keys and any(column.role in _KEYS for column in below):
        named = {column.index for column in below if column.role in _KEYS}
        return any(column.role in ("value", "attested") and column.index not in named for column in columns)
    own = {column.index for column in below if column.role in _KEYS}
    if any(not is_empty(lower.cell(key)) and part_of(lower.cell(key)) != "measure" for key in keys - own):
        return False
    held = [index for index, cell in enumerate(lower.cells) if not is_empty(cell)]
    known = {column.index for column in below} | {i for i in held if part_of(lower.cells[i]) or states_unit(lower.cells[i])}
    worded = [index for index in known if not str(lower.cells[index]).strip("() ").isdigit()]
    return bool(columns and worded) and len(known) * 2 >= len(held)


def _joined(headers: Headers, upper: Line, lower: Line) -> Line:
    """Two rows of a heading as one: what stands below says what it is about, with what stands above where it does not say so itself."""
    cells: list[Any] = []
    over: Any = None
    for index in range(max(len(upper.cells), len(lower.cells))):
        above, below = upper.cell(index), lower.cell(index)
        over = over if is_empty(above) else above
        cells.append(above if is_empty(below) else _under(headers, over if is_empty(above) else above, below))
    return Line(lower.number, cells, lower.line)


def _under(headers: Headers, above: Any, below: Any) -> Any:
    """A heading below another: «10.1» below «Tiêu chí 10» is itself, «Đánh giá» its verdict, «%» its unit; else what it says is open."""
    column = headers.read(above, 0)
    if part_of(below) == "measure" and column is not None and column.role in _KEYS:
        return above  # «ĐVT» below «Tên xã» says what the row is
    if column is None and states_unit(below) and not is_empty(above):
        return f"{header_text(above)} ({str(below).strip(' ()')})"
    if headers.read(below, 0) is not None or column is None or column.role not in ("value", "attested"):
        return below
    if states_unit(below):
        return f"{column.header} ({str(below).strip(' ()')})"
    part = part_of(below)
    if part == "verdict":
        return f"xác nhận {column.key}"
    if part == "met" or part == "unmet":
        return Stated.of(column.key, part, below)
    return above if part == "value" and column.role == "value" else below
