"""Tables in Excel workbooks, streamed: shown percentages, formulas with their stored results, spreadsheet errors, merged ranges."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ntm_rules.decide.written.cells import hundredfold
from ntm_rules.decide.written.grid import LOOK, Broken, Grid, Line, Merged, Percent, cell_of, letters, needs
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.text_files import unopened
from ntm_rules.values import exact

MOST_BYTES = 1 << 30  # unpacked; a workbook beyond it is a mistake or an attack
_MOST_ROWS = 2_000  # of a form
_TRUE = ("1", "true")
_MOST_HIDDEN = 200  # columns of one range: beyond the table, sheets hide all the rest
_ZEROS = re.compile(r"0{2,20}")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def xlsx_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None) -> list[Grid]:
    """The sheets of a workbook that hold a table, or the one that is named.

    Raises:
        TableError: not a readable workbook, no such sheet, or none that holds a table.
        MissingExtra: openpyxl is not installed.
    """
    openpyxl = needs("openpyxl", "excel")
    _refuse_bombs(path)
    try:
        values = openpyxl.load_workbook(path, read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(path, read_only=True, data_only=False)
        names = [found.title for found in values.worksheets]
        grids = [Grid(str(path), iter(()), chosen) for chosen in _choose(path, values, names, holds, sheet)]
        for grid in grids:
            grid.merged, grid.hidden = _layout(path, values[grid.sheet])
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part happens to break
        raise _damaged(path, error) from None
    unread = {grid.sheet for grid in grids}
    for grid in grids:
        grid.lines = _lines(path, values[grid.sheet], formulas[grid.sheet], grid, unread)
    return grids


def read_sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The stored cells of every sheet that is shown, for forms whose sheets are no tables.

    Raises:
        TableError: not a readable workbook.
        MissingExtra: openpyxl is not installed.
    """
    openpyxl = needs("openpyxl", "excel")
    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            sheet.reset_dimensions()
        return {sheet.title: list(islice(sheet.iter_rows(values_only=True), _MOST_ROWS)) for sheet in shown}
    except Exception as error:  # openpyxl raises whatever the damaged part happens to break
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> TableError:
    return TableError([Problem("NTM-516", Place(str(path)), {"detail": f"{error.__class__.__name__}: {error}"[:120]})])


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except OSError as error:
        raise unopened(path, error) from None
    except zipfile.BadZipFile as error:
        raise _damaged(path, error) from None
    if size > MOST_BYTES:
        raise TableError([Problem("NTM-102", Place(str(path)), {"size": size, "limit": MOST_BYTES})])


def _choose(path: Path, book: Any, names: list[str], holds: Callable[[Grid], float], wanted: str | None) -> list[str]:
    place = Place(str(path))
    if wanted is not None:
        if wanted not in names:
            raise TableError([Problem("NTM-524", place, {"got": wanted, "sheets": ", ".join(names)})])
        return [wanted]
    seen = [name for name in names if book[name].sheet_state == "visible"]
    holding = []
    for name in seen:
        book[name].reset_dimensions()
        first = enumerate(islice(book[name].iter_rows(values_only=True), LOOK), 1)
        if holds(Grid(str(path), iter([Line(number, [cell_of(cell) for cell in cells]) for number, cells in first]), name)) > 1:
            holding.append(name)
    if not holding and len(seen) != 1:
        raise TableError([Problem("NTM-503", place)])
    return holding or seen


def _layout(path: Path, sheet: Any) -> tuple[tuple[Merged, ...], tuple[str, ...]]:
    """The merged ranges of a sheet and its hidden rows and columns, by number and letters. The streaming reader of openpyxl leaves both
    out, so they are read from the part itself."""
    from openpyxl.utils import range_boundaries

    merged: list[Merged] = []
    hidden: list[str] = []
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as part:
        for _, element in ElementTree.iterparse(part):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                name = element.get("ref", "")
                left, top, right, bottom = range_boundaries(name)
                merged.append(Merged(name, (top or 1, bottom or 1), (left or 1, right or 1)))
            elif tag == "col" and element.get("hidden") in _TRUE:
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                hidden += [letters(index - 1) for index in range(first, min(last, first + _MOST_HIDDEN) + 1)]
            elif tag == "row":
                if element.get("hidden") in _TRUE and len(element):
                    hidden.append(element.get("r", ""))
                element.clear()
    return tuple(merged), tuple(hidden)


def _lines(path: Path, values: Any, formulas: Any, grid: Grid, unread: set[str]) -> Iterator[Line]:
    values.reset_dimensions()
    formulas.reset_dimensions()
    try:
        for number, (row, raw) in enumerate(zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=()), 1):
            cells = [_cell(*pair, grid, number, column) for column, pair in enumerate(zip(row, raw, strict=False))]
            while cells and cells[-1] is None:
                cells.pop()
            yield Line(number, cells)
    except Exception as error:  # a damaged part shows only when it is reached
        grid.problems.extend(_damaged(path, error).problems)
    finally:
        unread.discard(grid.sheet)
        if not unread:
            values.parent.close()
            formulas.parent.close()


def _cell(cell: Any, raw: Any, grid: Grid, number: int, column: int) -> Any:
    value = cell.value
    if raw.data_type == "f":
        if value is None:
            return Broken("NTM-507", str(getattr(raw.value, "text", raw.value))[:60])
        grid.formulas.append(f"{letters(column)}{number}")
    if value is None:
        return None
    if cell.data_type == "e":
        return Broken("NTM-506", str(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in _LITERAL.sub("", cell.number_format or ""):
        return Percent(hundredfold(exact(value)))
    if value.__class__ is int and value >= 0 and _ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))  # a code: what is shown is what is meant
    return cell_of(value)
