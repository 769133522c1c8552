"""The header of a table: what each of its columns stands for."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_rules.decide.written.grid import Grid, Line, is_empty
from ntm_rules.decide.written.headings import Column, Headers, header_text
from ntm_rules.decide.written.layouts import laid_out
from ntm_rules.problems import Problem, TableError


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, the row they were read from, and what was wrong with headers."""

    columns: tuple[Column, ...]
    line: Line
    width: int
    problems: tuple[Problem, ...]


def find_header(grid: Grid, headers: Headers) -> tuple[Header, Grid]:
    """The header of a grid, and the grid laid out as a row a unit below it.

    Raises:
        TableError: no header, two columns for one thing, a header whose meaning is open, or neither id nor name.
    """
    grid = laid_out(grid, headers)
    line = grid.heading or Line(0, ())
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
    return Header(tuple(columns), line, len(line.cells), tuple(problems)), grid
