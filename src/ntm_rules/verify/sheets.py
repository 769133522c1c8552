"""Examples kept in a sheet: a row a subject, read as any table is, and beside it what must come out.

A column «mong đợi» says the outcome of the whole, «mong đợi 10» or «mong đợi 10.1» that of a node, «mong đợi sao» and «mong đợi điểm» what
a score sheet comes to; «ngày luật» says the day whose law counts. An empty cell promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import Broken, Grid, Line
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.yaml_text import Parsed, Path_
from ntm_rules.problems import NtmError, Place, Problem, nearest
from ntm_rules.tables.read.days import read_day, serial_day
from ntm_rules.tables.read.readers import open_grids, the_one
from ntm_rules.tables.read.table import Row, read_table
from ntm_rules.values import Bilingual, Outcome, exact, folded
from ntm_rules.verify.trials import Book, Promise, Text, Trial, book_beside

BESIDE: Final = ("examples.xlsx", "examples.ods", "examples.csv")  #: the sheets of examples that may stand beside a document
_EXPECTS: Final = re.compile(r"(?:mong đợi|expected|expect)\b[\s:.–-]*(.*)")
_DAY: Final = ("ngày luật", "luật ngày", "law of")
_SCORED: Final = {"sao": "stars", "stars": "stars", "điểm": "total", "tổng điểm": "total", "points": "total", "total": "total"}
_OUTCOMES: Final = {folded(word): one for one in Outcome for word in (one.value, one.label.vi, one.label.en)}


@dataclass
class Cells(Parsed):
    """A sheet of examples as a file of promises: each has the place of its cell."""

    places: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_, *, at_key: bool = False) -> Place:
        """The place of what is promised, or of its row."""
        return next((self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places), Place(self.file))


def sheets_beside(entry: Entry) -> list[Path]:
    """The sheets of examples that stand beside a document."""
    return [path for name in BESIDE if (path := entry.path.parent / name).is_file()]


def hand_made(catalogue: Catalogue, entry: Entry) -> Iterator[Book]:
    """The examples that people wrote beside a document: in its file, and in sheets.

    Raises:
        TableError: a sheet cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    yield book_beside(catalogue, entry)
    for path in sheets_beside(entry):
        yield book_of_sheet(catalogue, entry, path)


def book_of_sheet(
    catalogue: Catalogue, entry: Entry, path: Path, *, on: date | None = None, province: str | None = None, sheet: str | None = None
) -> Book:
    """The examples of a sheet; what cannot be tried is noted on ``parsed``, at its cell.

    Args:
        catalogue: where the document lies.
        entry: the edition, or the overlay, that the examples are of.
        path: the sheet.
        on: the day whose law counts, for rows that say none; left out, the text as last amended.
        province: whose overlays apply; an overlay of a province is tried in that province.
        sheet: which sheet of a workbook.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    parsed = Cells(str(path))
    grid = the_one(open_grids(path, _promises, sheet))
    lines = list(grid.lines)
    head = next((line for line in lines if any(map(_asked, line.cells))), None)
    if head is None:
        parsed.report("NTM-740", ())
        return Book(entry, parsed, 0, (), {})
    asked = {column: what for column, cell in enumerate(head.cells) if (what := _asked(cell)) is not None}
    dated = next((column for column, cell in enumerate(head.cells) if folded(str(cell)) in _DAY), None)
    apart = [str(head.cells[column]) for column in (*asked, *(() if dated is None else (dated,)))]
    days = _days(grid, [line for line in lines if line.number > head.number], dated, on, parsed)
    of_province = province or str(entry.header.get("province") or "") or None
    drafts = (entry.id,) if entry.header.get("kind") == "draft" else ()
    loaded: dict[Text, RuleSet] = {}
    trials: list[Trial] = []
    for day in dict.fromkeys(days.values()):
        text = Text(str(entry.header.get("amends", entry.id)), day, of_province, drafts=drafts)
        try:
            loaded[text] = text.load(catalogue)
            table = read_table(path, loaded[text], sheet=sheet, information=apart)
        except NtmError as error:
            place = next((grid.place(line, dated) for line in lines if line.number in days and days[line.number] == day), grid.place(head))
            told = [one if one.place.file else one.at(place) for one in error.problems]
            parsed.problems.extend(one for one in told if one not in parsed.problems)
            continue
        parsed.problems.extend(one for one in table.problems if one not in parsed.problems)
        for row in table.rows:
            if row.number not in days or days[row.number] != day:
                continue
            parsed.problems.extend(one for one in row.problems if one not in parsed.problems)
            line = next((line for line in lines if line.number == row.number), None)
            if row.subject is not None and line is not None:
                trials.append(_trial(grid, line, row, text, asked, loaded[text], parsed))
    return Book(entry, parsed, len(trials), tuple(trials), loaded)


def _promises(grid: Grid) -> int:
    """How many headings of a grid promise something."""
    return max((sum(_asked(cell) is not None for cell in line.cells) for line in grid.opening()), default=0)


def _asked(cell: Any) -> str | None:
    """What a heading promises: a number, empty for the whole, or one of the words for points; None where it promises nothing."""
    if not isinstance(cell, str):
        return None
    found = _EXPECTS.fullmatch(folded(cell))
    return None if found is None else found[1].strip()


def _days(grid: Grid, lines: Sequence[Line], column: int | None, on: date | None, parsed: Parsed) -> Mapping[int, date | None]:
    """The day whose law counts for each row."""
    found: dict[int, date | None] = {}
    for line in lines:
        cell = None if column is None else line.cell(column)
        text = str(cell.got if isinstance(cell, Broken) else "" if cell is None else cell).strip()
        day = read_day(text) if text else on
        if text and day is None:
            serial = serial_day(text)
            words = {"got": text, "column": _DAY[0], "guess": serial and str(serial)}
            parsed.problems.append(Problem("NTM-804", grid.place(line, column), words))
        else:
            found[line.number] = day
    return found


def _trial(grid: Grid, line: Line, row: Row, text: Text, asked: Mapping[int, str], rules: RuleSet, parsed: Cells) -> Trial:
    """A row with what it promises; what is no outcome, or of no node, is noted."""
    assert row.subject is not None
    index, promises = line.number, []
    parsed.places["examples", index] = grid.place(line)
    numbers = {node for section in rules.document.sections for node in (section.criterion, *(one.indicator for one in section.indicators))}
    numbers.update(one.indicator for one in rules.inputs)
    for column, what in asked.items():
        cell, place = line.cell(column), grid.place(line, column)
        if cell is None or not str(cell).strip():
            continue
        scored = _SCORED.get(what) if rules.document.score is not None else None
        if what and scored is None and what not in numbers:
            problem = Problem("NTM-603", place, {"got": what, "guess": nearest(what, numbers)})
            if problem.words not in [one.words for one in parsed.problems if one.code == "NTM-603"]:
                parsed.problems.append(problem)
            continue
        key = (scored,) if scored else ("expect", what or "outcome")
        try:
            expected = _points(cell, scored) if scored else _OUTCOMES[folded(str(cell))]
        except (KeyError, ValueError):
            allowed = Bilingual.join([one.label for one in Outcome], ", ") if scored is None else Bilingual("số", "a number")
            guess = nearest(folded(str(cell)), _OUTCOMES) if scored is None else None
            parsed.problems.append(Problem("NTM-206", place, {"got": str(cell)[:60], "allowed": allowed, "guess": guess}))
            continue
        parsed.places["examples", index, *key] = place
        promises.append(Promise(scored or what, expected, key))
    return Trial(index, row.name or row.id, text, row.subject, tuple(promises))


def _points(cell: Any, what: str) -> Any:
    number = exact(str(cell).replace(",", "."))
    return int(number) if what == "stars" else number
