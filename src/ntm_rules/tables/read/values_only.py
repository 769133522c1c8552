"""Tables in workbooks of older and other programs (``.xls``, ``.ods``): the values of cells and nothing else, and told so."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.written.grid import LOOK, Broken, Grid, Line, needs
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read import calamine_process
from ntm_rules.tables.read.limits import CELLS, MOST_CELLS, beyond, refuse_large
from ntm_rules.tables.read.text_files import unopened
from ntm_rules.tables.read.workbook_files import damaged, holding_sheets, refuse_bombs

_PART: Final = re.compile(r"<table:(table-row|table-cell)\b([^>]*)>")
_ROWS: Final = re.compile(r'number-rows-repeated="(\d+)"')
_COLUMNS: Final = re.compile(r'number-columns-repeated="(\d+)"')
_SECONDS: Final = 120  # in which what can be read has long been read
_SHOWN: Final = 15  # digits of a number that a spreadsheet shows; what its binary fraction adds is nobody's


def values_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None) -> list[Grid]:
    """The sheets that hold a table, or the one that is named: values only, without formats, hidden rows and columns or merged ranges.

    Raises:
        TableError: not a readable workbook, one with a password, no such sheet, or none that holds a table.
        MissingExtra: python-calamine is not installed.
    """
    needs("python_calamine", "excel")
    try:
        refuse_large(path)
        if zipfile.is_zipfile(path):
            refuse_bombs(path)
            _refuse_repeated(path)
        book = _opened(path)
    except OSError as error:
        raise unopened(path, error) from None
    rows = book["rows"]
    shown = [name for name, seen in book["shown"].items() if seen]
    names = holding_sheets(path, list(rows), shown, lambda name: map(_cells, rows[name][:LOOK]), holds, sheet)
    return [_grid(path, name, rows[name]) for name in names]


def _opened(path: Path) -> Any:
    """The sheets of a workbook, opened in a process of its own: on damaged files the reader may end the process it runs in.

    Raises:
        TableError: it cannot be read, or has a password.
    """
    call = [sys.executable, "-c", inspect.getsource(calamine_process), str(path.resolve())]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        answered = subprocess.run(call, capture_output=True, timeout=_SECONDS, env=surroundings, check=False)
        said = json.loads(answered.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise damaged(path, ValueError(path.name)) from None
    if "password" in said:
        raise TableError([Problem("NTM-545", Place(str(path)))])
    if "error" in said:
        raise TableError([Problem("NTM-516", Place(str(path)), {"detail": said["error"][:120]})])
    return said


def _grid(path: Path, name: str, rows: Sequence[Sequence[Any]]) -> Grid:
    grid = Grid(str(path), iter(()), name)
    grid.notes.append(Problem("NTM-544", Place(str(path)), {"suffix": path.name}))
    grid.lines = _lines(rows)
    return grid


def _lines(rows: Sequence[Sequence[Any]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        while cells and cells[-1] is None:
            cells.pop()
        yield Line(number, cells)


def _cells(row: Sequence[Any]) -> list[Any]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> Any:
    if value.__class__ is float:
        return float(f"{value:.{_SHOWN}g}")
    if value.__class__ is dict:
        return Broken("NTM-512", value["is"])
    return None if value == "" else value


def _refuse_repeated(path: Path) -> None:
    """Refuse a sheet in which few characters stand for more cells than can be held: one cell, a thousand times, in a million rows."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode("utf-8", "replace") if "content.xml" in archive.namelist() else ""
    rows, cells = 1, 0
    for part, said in _PART.findall(content):
        if part == "table-row":
            found = _ROWS.search(said)
            rows = int(found[1]) if found else 1
        elif "value-type" in said:
            found = _COLUMNS.search(said)
            cells += rows * (int(found[1]) if found else 1)
            if cells > MOST_CELLS:
                raise beyond(Place(str(path)), MOST_CELLS, CELLS)
