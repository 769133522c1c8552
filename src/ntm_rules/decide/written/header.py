"""The header of a table: what each of its columns stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ntm_rules.decide.written.grid import Grid, Line, is_empty
from ntm_rules.decide.written.headings import Column, Headers, header_text
from ntm_rules.decide.written.layouts import laid_out
from ntm_rules.decide.written.scorers import members_among
from ntm_rules.problems import Problem, TableError, nearest
from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, the row they were read from, and what was wrong with headers.

    Attributes:
        columns: what is recognised.
        line: the row.
        width: how many columns it has.
        problems: headings that are not recognised.
        fatal: what keeps the table from being read.
    """

    columns: tuple[Column, ...]
    line: Line
    width: int
    problems: tuple[Problem, ...]
    fatal: tuple[Problem, ...] = ()


#: What a column says of a unit that is no figure.
ROLES: Final = {
    "id": Bilingual("mã", "id"),
    "name": Bilingual("tên", "name"),
    "whole": Bilingual("xã của thôn", "the commune of the village"),
    "kind": Bilingual("loại đối tượng", "kind of unit"),
    "information": Bilingual("chỉ để xem", "for people only"),
}


def _said(column: Column, headers: Headers) -> str:
    """What a column is for, in words of the table."""
    if column.role == "attribute" and column.key in headers.attributes:
        return headers.attributes[column.key].title
    return ROLES.get(column.role, column.key)


def find_header(grid: Grid, headers: Headers) -> tuple[Header, Grid]:
    """The header of a grid, and the grid laid out as a row a unit below it.

    Raises:
        TableError: no header, two columns for one thing, a header whose meaning is open, or neither id nor name.
    """
    header, grid = look_at_header(grid, headers)
    if header.fatal:
        raise TableError([*header.fatal, *header.problems])
    return header, grid


def look_at_header(grid: Grid, headers: Headers) -> tuple[Header, Grid]:
    """The header of a grid with all that is wrong with it, and the grid laid out as a row a unit below it.

    Raises:
        TableError: no header.
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
            words = {"target": _said(column, headers), "first": first.header, "second": column.header}
            fatal.append(Problem("NTM-502", grid.place(line, index), words))
        taken[column.target] = column
        columns.append(column)
    said = [header_text(cell) for cell in line.cells]
    known = {column.index for column in columns}
    if headers.kind == "product" and (members := members_among([text for index, text in enumerate(said) if index not in known])):
        problems = [problem for problem in problems if problem.words.get("header") not in members]
        place = grid.place(line, said.index(members[0]))
        problems.append(Problem("NTM-563", place, {"count": len(members), "first": members[0]}))
    fatal += [Problem("NTM-540", one.place, {"heading": one.heading, "guess": nearest(one.heading, said)}) for one in headers.gone(said)]
    if not {"id", "name"} & {column.role for column in columns}:
        fatal.append(Problem("NTM-504", grid.place(line)))
    return Header(tuple(columns), line, len(line.cells), tuple(problems), tuple(fatal)), grid
