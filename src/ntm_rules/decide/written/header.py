"""Finding the header of a table: below titles and blank rows, in one row or in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ntm_rules.decide.written.grid import Grid, Line, is_empty
from ntm_rules.decide.written.headings import Column, Headers, header_text, is_numbering
from ntm_rules.problems import Place, Problem, TableError

_LOOK = 30
_MORE = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, the row they were read from, and what was wrong with headers."""

    columns: tuple[Column, ...]
    line: Line
    width: int
    problems: tuple[Problem, ...]


def find_header(grid: Grid, headers: Headers) -> tuple[Header, Iterator[Line]]:
    """The header of a grid, and the rows below it.

    The header is the first row in which two columns are recognised; where a row right below recognises more (a heading over several
    columns), that row is, completed by the one above.

    Raises:
        TableError: no header, two columns for one thing, a header whose meaning is open, or neither id nor name.
    """
    lines = grid.lines
    if grid.headers is not None:
        return _read(grid, headers, Line(0, grid.headers)), lines
    first = list(islice(lines, _LOOK))
    at = next((i for i, line in enumerate(first) if headers.recognised(line.cells) >= 2), None)
    if at is None:
        raise TableError([Problem("NTM-503", Place(grid.file, path=grid.sheet)), *grid.problems])
    line = first[at]
    while at + 1 < len(first) and at < _LOOK - _MORE and _is_more(headers, line, first[at + 1]):
        at += 1
        line = _joined(line, first[at])
    rest = first[at + 1 :]
    if rest and is_numbering(rest[0].cells):
        rest = rest[1:]
    return _read(grid, headers, line), chain(rest, lines)


def _is_more(headers: Headers, upper: Line, lower: Line) -> bool:
    """Whether a row goes on with the header above it: it names more columns, and says nothing where the id or name stands."""
    if is_numbering(lower.cells) or headers.recognised(_joined(upper, lower).cells) <= headers.recognised(upper.cells):
        return False
    columns = [headers.read(cell, index) for index, cell in enumerate(upper.cells)]
    keys = [column.index for column in columns if column is not None and column.role in ("id", "name")]
    silent = all(index >= len(lower.cells) or is_empty(lower.cells[index]) for index in keys)
    return silent if keys else headers.recognised(lower.cells) >= 2


def _joined(upper: Line, lower: Line) -> Line:
    width = max(len(upper.cells), len(lower.cells))
    pairs = zip(_padded(upper.cells, width), _padded(lower.cells, width), strict=True)
    return Line(lower.number, [above if is_empty(below) else below for above, below in pairs], lower.line)


def _padded(cells: Sequence[object], width: int) -> list[object]:
    return [*cells, *([None] * (width - len(cells)))]


def _read(grid: Grid, headers: Headers, line: Line) -> Header:
    columns: list[Column] = []
    problems: list[Problem] = []
    fatal: list[Problem] = []
    taken: dict[tuple[str, str], Column] = {}
    for index, cell in enumerate(line.cells):
        column = headers.read(cell, index)
        if column is None:
            if not is_empty(cell):
                problems.append(headers.unknown(grid, line, index, header_text(cell)))
            continue
        if wrong := headers.problem(grid, line, column):
            fatal.append(wrong)
        if column.target in taken:
            first = taken[column.target]
            words = {"target": column.key, "first": first.header, "second": column.header}
            fatal.append(Problem("NTM-502", grid.place(line, index), words))
        taken[column.target] = column
        columns.append(column)
    if not {"id", "name"} & {column.role for column in columns}:
        fatal.append(Problem("NTM-504", grid.place(line)))
    if fatal:
        raise TableError([*fatal, *problems])
    return Header(tuple(columns), line, len(line.cells), tuple(problems))
