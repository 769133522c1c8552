"""How large a table may be. What is larger is a mistake or an attack; it is refused before it costs memory or time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from ntm_rules.decide.written.grid import Grid, Line, is_empty
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.values import Bilingual

MOST_BYTES: Final = 1 << 30  # of a workbook, unpacked
MOST_IN_MEMORY: Final = 64 << 20  # bytes of a file that is held in memory whole: .json, .xls, .ods
MOST_ROWS: Final = 200_000  # that hold something: twenty times the communes there ever were
MOST_COLUMNS: Final = 2_000
MOST_CELLS: Final = 20_000_000  # of a sheet whose format lets one cell stand for many
MOST_LINE: Final = 4 << 20  # characters of one line of a text file
MOST_BLANK: Final = 10_000  # rows on end after which a table is over

ROWS: Final = Bilingual("dòng", "rows")
COLUMNS: Final = Bilingual("cột", "columns")
CELLS: Final = Bilingual("ô", "cells")
CHARACTERS: Final = Bilingual("ký tự trong một dòng", "characters in one line")


def beyond(place: Place, limit: int, what: Bilingual) -> TableError:
    """The error of a table that is too large."""
    return TableError([Problem("NTM-546", place, {"limit": limit, "what": what})])


def refuse_large(path: Path) -> None:
    """Refuse a file that cannot be held in memory.

    Raises:
        TableError: it is too large.
        OSError: it cannot be opened.
    """
    size = path.stat().st_size
    if size > MOST_IN_MEMORY:
        raise TableError([Problem("NTM-102", Place(str(path)), {"size": size, "limit": MOST_IN_MEMORY})])


def refuse_long(grid: Grid, breaks: int, lines: Iterator[Line]) -> None:
    """Refuse a text file with too many rows before any is kept; lines are counted only where there may be too many.

    Raises:
        TableError: as :func:`limited`.
    """
    if breaks > MOST_ROWS:
        for _ in limited(grid, lines):
            pass


def limited(grid: Grid, lines: Iterator[Line]) -> Iterator[Line]:
    """The rows of a grid within the limits; after many blank ones there are no more, which is noted.

    Raises:
        TableError: there are too many rows, or columns.
    """
    held = blank = 0
    for line in lines:
        if all(map(is_empty, line.cells)):
            blank += 1
            if blank > MOST_BLANK:
                grid.notes.append(Problem("NTM-547", grid.place(line), {"row": line.number, "limit": MOST_BLANK}))
                return
        else:
            held, blank = held + 1, 0
            if held > MOST_ROWS:
                raise beyond(grid.place(line), MOST_ROWS, ROWS)
            if not all(map(is_empty, line.cells[MOST_COLUMNS:])):
                raise beyond(grid.place(line), MOST_COLUMNS, COLUMNS)
        yield line


def bounded_lines(stream: TextIO, path: Path) -> Iterator[str]:
    """The lines of a text file, none so long that it could not be held.

    Raises:
        TableError: one is too long.
    """
    number = 1
    while line := stream.readline(MOST_LINE + 1):
        if len(line) > MOST_LINE:
            raise beyond(Place(str(path), number, 1), MOST_LINE, CHARACTERS)
        yield line
        number += 1
