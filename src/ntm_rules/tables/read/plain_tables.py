"""Plain tables with a fixed list of columns: registers, lists of units, published figures. Strict, with the cell of every problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from ntm_rules.decide.written.grid import Broken, Grid, Line, Percent, is_empty
from ntm_rules.decide.written.headings import header_text
from ntm_rules.problems import Place, Problem, TableError, nearest
from ntm_rules.tables.read.frame_files import parquet_grid
from ntm_rules.tables.read.table import SUFFIXES
from ntm_rules.tables.read.text_files import csv_grid, flat_grid, read_json
from ntm_rules.tables.read.workbook_files import xlsx_grid
from ntm_rules.values import exact, folded, nfc, plain

_LOOK = 30
_FOR_PEOPLE = ("nguồn", "source", "ghi chú", "note", "stt", "tt", "no", "no.", "#")


@dataclass(slots=True)
class Cells:
    """One row: the text of each column, where each stands, and what is wrong."""

    number: int
    place: Place
    texts: dict[str, str]
    places: dict[str, Place]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    def at(self, column: str) -> Place:
        """The place of a cell, or of the row where the column is missing."""
        return self.places.get(column, self.place)

    def day(self, column: str, heading: str) -> date | None:
        """A day written YYYY-MM-DD; None for an empty cell, and for a wrong one, which is reported."""
        text = self[column]
        if not text:
            return None
        try:
            if len(text) != 10:
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            self.problems.append(Problem("NTM-804", self.at(column), {"got": text, "column": heading}))
            return None

    def one_of(self, column: str, heading: str, words: Mapping[str, str], default: str) -> str:
        """One of the words a column may hold, as its key; a strange one is reported and gives the default."""
        text = folded(self[column])
        if not text:
            return default
        if text not in words:
            allowed = ", ".join(dict.fromkeys(words))
            said = {"got": self[column], "column": heading, "allowed": allowed, "guess": nearest(text, words)}
            self.problems.append(Problem("NTM-801", self.at(column), said))
            return default
        return words[text]


@dataclass(frozen=True, slots=True)
class PlainTable:
    """The rows of a plain table, and what concerns it as a whole."""

    file: str
    rows: tuple[Cells, ...]
    problems: tuple[Problem, ...]


def read_plain(path: str | Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str], sheet: str | None = None) -> PlainTable:
    """Read a table whose columns are known by name: CSV, XLSX, JSON (an array of flat objects) or Parquet.

    Args:
        path: the file.
        columns: the headings each column may have, in either language.
        needed: the columns it must have.
        sheet: the sheet of a workbook.

    Raises:
        TableError: the file cannot be read, has no header, lacks a needed column, or has two columns for one thing.
        MissingExtra: the package for this kind of file is not installed.
    """
    path = Path(path)
    words = {folded(word): column for column, said in columns.items() for word in (column, *said)}

    def recognised(cells: Sequence[Any]) -> int:
        return len({words[folded(header_text(cell))] for cell in cells if folded(header_text(cell)) in words})

    grid = _grid(path, recognised, sheet)
    header, lines = _header(grid, recognised, min(2, len(needed)))
    found, problems = _columns(grid, header, words, columns, needed)
    rows = [_row(grid, line, found) for line in lines if not all(is_empty(cell) for cell in line.cells)]
    return PlainTable(str(path), tuple(rows), (*problems, *grid.problems))


def _grid(path: Path, recognised: Any, sheet: str | None) -> Grid:
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        return csv_grid(path, recognised)
    if suffix in (".xlsx", ".xlsm"):
        return xlsx_grid(path, recognised, sheet)
    if suffix == ".parquet":
        return parquet_grid(path)
    if suffix == ".json":
        return flat_grid(path, read_json(path))
    raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(SUFFIXES)})])


def _header(grid: Grid, recognised: Any, least: int) -> tuple[Line, Iterator[Line]]:
    if grid.headers is not None:
        return Line(0, grid.headers), grid.lines
    for line in islice(grid.lines, _LOOK):
        if recognised(line.cells) >= least:
            return line, grid.lines
    raise TableError([Problem("NTM-503", Place(grid.file, path=grid.sheet)), *grid.problems])


def _columns(
    grid: Grid, header: Line, words: Mapping[str, str], columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[dict[int, str], list[Problem]]:
    """Which column each cell of the header names; a heading that begins with «nguồn» or «ghi chú» is for people."""
    found: dict[int, str] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(header.cells):
        text = header_text(cell)
        column = words.get(folded(text))
        if column is None:
            if text and not folded(text).startswith(_FOR_PEOPLE):
                problems.append(Problem("NTM-501", grid.place(header, index), {"header": text, "guess": nearest(text, words)}))
            continue
        if column in found.values():
            first = next(header_text(header.cells[i]) for i, name in found.items() if name == column)
            raise TableError([Problem("NTM-502", grid.place(header, index), {"target": column, "first": first, "second": text})])
        found[index] = column
    missing = [columns[column][0] for column in needed if column not in found.values()]
    if missing:
        raise TableError([Problem("NTM-802", grid.place(header), {"column": ", ".join(missing)}), *problems])
    return found, problems


def _row(grid: Grid, line: Line, columns: Mapping[int, str]) -> Cells:
    row = Cells(line.number, grid.place(line), {}, {})
    for index, cell in enumerate(line.cells):
        column = columns.get(index)
        if column is None:
            continue
        place = row.places[column] = grid.place(line, index)
        if cell.__class__ is Broken and cell.code == "NTM-512":  # a cell the spreadsheet keeps as a day
            row.texts[column] = cell.got[:10]
        elif cell.__class__ is Broken:
            row.problems.append(Problem(cell.code, place, {"got": cell.got}))
        else:
            row.texts[column] = _text(cell)
    return row


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if cell.__class__ is Percent:
        return plain(cell.number)
    if isinstance(cell, bool):
        return "có" if cell else "không"
    return nfc(cell) if isinstance(cell, str) else plain(exact(cell))
