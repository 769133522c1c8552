"""Plain tables with a fixed list of columns: registers, lists of units, published figures. Strict, with the cell of every problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import chain, islice, pairwise, zip_longest
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.written.grid import LOOK, Broken, Grid, Line, Percent, is_empty
from ntm_rules.decide.written.headings import Column, Role, header_text, is_numbering
from ntm_rules.decide.written.leftover import leftover
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Place, Problem, TableError, nearest
from ntm_rules.tables.read.days import read_day, serial_day
from ntm_rules.tables.read.readers import open_grids, the_one
from ntm_rules.values import exact, nfc, plain

_SHOWN = 10
_FEW = 8  # words that a message can list
_ROLES: Final[dict[str, Role]] = {"unit": "id", "id": "id", "name": "name"}
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
        """A day, as ``2020-06-01`` or as Vietnamese write it, ``01/06/2020``; None for an empty cell, and for a wrong one, which is
        reported."""
        text = self[column]
        found = read_day(text) if text else None
        if text and found is None:
            serial = serial_day(text)
            self.problems.append(Problem("NTM-804", self.at(column), {"got": text, "column": heading, "guess": serial and str(serial)}))
        return found

    def one_of(self, column: str, heading: str, words: Mapping[str, str], default: str) -> str:
        """One of the words a column may hold, as its key; a strange one is reported with the nearest, and gives the default."""
        text = sounded(self[column])
        known = {sounded(word): key for word, key in words.items()}
        if not text:
            return default
        if text not in known:
            near = get_close_matches(text, known, n=3, cutoff=0) if len(known) > _FEW else list(known)
            said = {"got": self[column], "column": heading, "allowed": ", ".join(near), "guess": nearest(text, known)}
            self.problems.append(Problem("NTM-801", self.at(column), said))
            return default
        return known[text]


@dataclass(frozen=True, slots=True)
class PlainTable:
    """The rows of a plain table, what concerns it as a whole, what people should know and nobody need mend, and which cells are merged."""

    file: str
    rows: tuple[Cells, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    columns: frozenset[str] = frozenset()
    merged: tuple[Problem, ...] = ()


def read_plain(
    path: str | Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str], sheet: str | None = None, people: Sequence[str] = ()
) -> PlainTable:
    """Read a table whose columns are known by name: CSV, XLSX, JSON (an array of flat objects) or Parquet.

    Args:
        path: the file.
        columns: the headings each column may have, in either language.
        needed: the columns it must have.
        sheet: the sheet of a workbook.
        people: further headings of columns that are for people only.

    Raises:
        TableError: the file cannot be read, has no header, lacks a needed column, or has two columns for one thing.
        MissingExtra: the package for this kind of file is not installed.
    """
    path = Path(path)
    words = {sounded(word): column for column, said in columns.items() for word in (column, *said)}

    def recognised(cells: Sequence[Any]) -> int:
        return len({words[word] for word in map(_word, cells) if word in words})

    grid = the_one(open_grids(path, lambda grid: max((recognised(line.cells) for line in grid.opening()), default=0), sheet))
    header, lines = _header(grid, recognised, min(2, len(needed) or 2))
    found, problems = _columns(grid, header, words, columns, needed, {sounded(word) for word in people})
    named = [column for column in found if column.role != "attribute"]
    rows: list[Cells] = []
    aside: list[str] = []
    for line in lines:
        if all(map(is_empty, line.cells)):
            continue
        if any(column.role in ("id", "name") for column in named) and leftover(line.cells, named):
            aside.append(str(line.number))
        else:
            rows.append(_row(grid, line, found))
    told = {"count": len(aside), "rows": ", ".join(aside[:_SHOWN])}
    notes = [*grid.notes, *([Problem("NTM-530", Place(str(path)), told)] if aside else [])]
    return PlainTable(
        str(path),
        tuple(rows),
        (*problems, *grid.problems),
        tuple(notes),
        frozenset(column.key for column in found if column.role != "information"),
        tuple(_merged(grid, header)),
    )


def _merged(grid: Grid, header: Line) -> Iterator[Problem]:
    """The merged cells below the header."""
    for one in grid.merged:
        if one.rows[1] > header.number:
            place = Place(grid.file, one.rows[0], one.columns[0], f"{grid.sheet}!{one.range}")
            yield Problem("NTM-509", place, {"range": one.range})


def _word(cell: Any) -> str:
    return sounded(header_text(cell))


def _header(grid: Grid, recognised: Callable[[Sequence[Any]], int], least: int) -> tuple[Line, Iterator[Line]]:
    """The row in which the most columns are recognised, the first of those; a row that numbers the columns below it is passed over."""
    if grid.headers is not None:
        return Line(0, grid.headers), grid.lines
    first = list(islice(grid.lines, LOOK))
    most = max((recognised(line.cells) for line in first), default=0)
    if most < max(least, 1):
        raise TableError([Problem("NTM-503", Place(grid.file, path=grid.sheet)), *grid.problems])
    at = next(index for index, line in enumerate(first) if recognised(line.cells) == most)
    heading, rest = first[at], first[at + 1 :]
    while rest and (lower := _in_two_rows(heading, rest[0], recognised)) is not None:
        heading, rest = lower, rest[1:]
    return heading, chain(rest[1:] if rest and is_numbering(rest[0].cells) else rest, grid.lines)


def _in_two_rows(upper: Line, lower: Line, recognised: Callable[[Sequence[Any]], int]) -> Line | None:
    """Two rows of a heading as one, «Quyết định công nhận» over «Số» and «Ngày»; None where the lower row is none of the heading.

    A row of data fills columns that have a heading of their own; a lower row of the heading fills what stands below one that spans several.
    """
    pairs = [*zip_longest(upper.cells, lower.cells), (None, None)]
    whole: list[Any] = []
    above = ""
    for (high, low), (next_high, next_low) in pairwise(pairs):
        above = header_text(high) if not is_empty(high) else above
        if is_empty(low) or low == high:  # one cell merged down is kept as blank below, or as the same again
            whole.append(high)
            continue
        if not is_empty(high) and (not is_empty(next_high) or is_empty(next_low)):
            return None
        ways = (f"{above} {header_text(low)}", header_text(low))
        whole.append(next((way for way in ways if recognised([way])), ways[0]))
    return Line(upper.number, tuple(whole)) if recognised(whole) > recognised(upper.cells) else None


def _columns(
    grid: Grid,
    header: Line,
    words: Mapping[str, str],
    columns: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    read_by_people: Set[str],
) -> tuple[list[Column], list[Problem]]:
    """What each cell of the header names; a heading that begins with «nguồn» or «ghi chú» is for people."""
    found: dict[str, Column] = {}
    people: list[Column] = []
    problems: list[Problem] = []
    for index, cell in enumerate(header.cells):
        text, word = header_text(cell), _word(cell)
        key = words.get(word)
        if key is None and (word.startswith(_FOR_PEOPLE) or word in read_by_people):
            people.append(Column(index, text, "information", str(index)))
        elif key is None and text:
            problems.append(Problem("NTM-501", grid.place(header, index), {"header": text, "guess": nearest(text, words)}))
        elif key in found:
            said = {"target": key, "first": found[key].header, "second": text}
            raise TableError([Problem("NTM-502", grid.place(header, index), said)])
        elif key is not None:
            found[key] = Column(index, text, _ROLES.get(key, "attribute"), key)
    missing = [columns[column][0] for column in needed if column not in found]
    if missing:
        raise TableError([Problem("NTM-802", grid.place(header), {"column": ", ".join(missing)}), *problems])
    return [*found.values(), *people], problems


def _row(grid: Grid, line: Line, columns: Sequence[Column]) -> Cells:
    row = Cells(line.number, grid.place(line), {}, {})
    for column in columns:
        if column.index >= len(line.cells) or column.role == "information":
            continue
        cell, place = line.cells[column.index], grid.place(line, column.index)
        row.places[column.key] = place
        if cell.__class__ is Broken and cell.code == "NTM-512":  # a cell the spreadsheet keeps as a day
            row.texts[column.key] = cell.got[:10]
        elif cell.__class__ is Broken:
            row.problems.append(Problem(cell.code, place, {"got": cell.got}))
        else:
            row.texts[column.key] = _text(cell)
    return row


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if cell.__class__ is Percent:
        return plain(cell.number)
    if isinstance(cell, bool):
        return "có" if cell else "không"
    return nfc(cell) if isinstance(cell, str) else plain(exact(cell))
