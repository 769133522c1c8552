"""Tables in Excel workbooks, streamed: shown percentages, formulas with their stored results, spreadsheet errors, merged ranges."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from ntm_rules.decide.written.cells import hundredfold
from ntm_rules.decide.written.grid import LOOK, Broken, Grid, Line, Merged, Percent, letters, needs
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.limits import MOST_BYTES, limited
from ntm_rules.tables.read.sheet_rows import Stored, Workbook, rows_of
from ntm_rules.tables.read.text_files import unopened
from ntm_rules.values import exact

_MOST_ROWS = 2_000  # of a form
_TRUE = ("1", "true")
_MOST_HIDDEN = 200  # columns of one range: beyond the table, sheets hide all the rest
_ZEROS = re.compile(r"0{2,20}")
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 64 << 20  # bytes in which the directory of a container is looked for
_TAG = re.compile(r"<(?:\w+:)?(row|col|mergeCell)(?=[\s/>])([^>]*)>")
_PIECE = 1 << 20
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def xlsx_grid(path: Path, holds: Callable[[Grid], float], sheet: str | None = None) -> list[Grid]:
    """The sheets of a workbook that hold a table, or the one that is named.

    Raises:
        TableError: not a readable workbook, no such sheet, or none that holds a table.
        MissingExtra: openpyxl is not installed.
    """
    needs("openpyxl", "excel")
    refuse_bombs(path)
    try:
        book = Workbook.read(path)
        chosen = holding_sheets(path, list(book.sheets), book.shown, lambda name: _opening(path, book, name), holds, sheet)
        looks = {name: _look(path, book.sheets[name]) for name in chosen}
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part happens to break
        raise damaged(path, error) from None
    grids = []
    for name, look in looks.items():
        grid = Grid(str(path), iter(()), name, merged=look.merged, hidden=look.hidden)
        grid.lines = _lines(path, book, grid)
        grids.append(grid)
    return grids


def _opening(path: Path, book: Workbook, name: str) -> list[list[Any]]:
    with closing(_rows(path, book, name)) as rows:
        return [[_plain(cell) for cell in row] for row in islice(rows, LOOK)]


def _rows(path: Path, book: Workbook, name: str) -> Generator[list[Any]]:
    with zipfile.ZipFile(path) as archive, archive.open(book.sheets[name]) as part:
        yield from rows_of(part, book)


def read_sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The stored cells of every sheet that is shown, for forms whose sheets are no tables.

    Raises:
        TableError: not a readable workbook.
        MissingExtra: openpyxl is not installed.
    """
    openpyxl = needs("openpyxl", "excel")
    refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            sheet.reset_dimensions()
        return {sheet.title: list(islice(sheet.iter_rows(values_only=True), _MOST_ROWS)) for sheet in shown}
    except Exception as error:  # openpyxl raises whatever the damaged part happens to break
        raise damaged(path, error) from None


def damaged(path: Path, error: Exception) -> TableError:
    """The error of a workbook that cannot be read."""
    return TableError([Problem("NTM-516", Place(str(path)), {"detail": f"{error.__class__.__name__}: {error}"[:120]})])


def refuse_bombs(path: Path) -> None:
    """Refuse what unpacks beyond the limit, or is no archive.

    Raises:
        TableError: it does, it is none, it has a password, or it cannot be opened.
    """
    try:
        if _is_encrypted(path):
            raise TableError([Problem("NTM-545", Place(str(path)))])
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except OSError as error:
        raise unopened(path, error) from None
    except (zipfile.BadZipFile, NotImplementedError) as error:  # the latter of a version to come, which a damaged byte may name
        raise damaged(path, error) from None
    if size > MOST_BYTES:
        raise TableError([Problem("NTM-102", Place(str(path)), {"size": size, "limit": MOST_BYTES})])


def _is_encrypted(path: Path) -> bool:
    """Whether a workbook is a container of the older kind that holds an encrypted one."""
    with path.open("rb") as stream:
        return stream.read(len(_CONTAINER)) == _CONTAINER and _ENCRYPTED in stream.read(_HEAD)


def holding_sheets(
    path: Path,
    names: list[str],
    seen: list[str],
    opening: Callable[[str], Iterable[Sequence[Any]]],
    holds: Callable[[Grid], float],
    wanted: str | None,
) -> list[str]:
    """The sheets that hold a table, or the one that is wanted.

    Args:
        path: the workbook.
        names: of all its sheets.
        seen: those that are shown.
        opening: the first rows of a sheet.
        holds: how many headings a grid holds.
        wanted: the one that is named.

    Raises:
        TableError: there is no such sheet, or none that holds a table.
    """
    place = Place(str(path))
    if wanted is not None:
        if wanted not in names:
            raise TableError([Problem("NTM-524", place, {"got": wanted, "sheets": ", ".join(names)})])
        return [wanted]
    holding = []
    for name in seen:
        grid = Grid(str(path), iter(()), name)
        lines = (Line(number, list(cells)) for number, cells in enumerate(opening(name), 1))
        grid.lines = iter(list(limited(grid, lines)))
        if holds(grid) > 1:
            holding.append(name)
    if not holding and len(seen) != 1:
        raise TableError([Problem("NTM-503", place)])
    return holding or seen


@dataclass(frozen=True, slots=True)
class _Look:
    """What stands around the cells of a sheet: merged ranges, hidden rows and columns by number and letters."""

    merged: tuple[Merged, ...]
    hidden: tuple[str, ...]


def _look(path: Path, sheet: str) -> _Look:
    """The part of a sheet looked through as text, a piece at a time: tags are all that is wanted, and a million rows may have them."""
    from openpyxl.utils import range_boundaries

    merged: list[Merged] = []
    hidden: list[str] = []
    with zipfile.ZipFile(path) as archive, archive.open(sheet) as part:
        for tag, said in _tags(part):
            if tag == "mergeCell":
                name = _attribute(said, "ref")
                left, top, right, bottom = range_boundaries(name)
                merged.append(Merged(name, (top or 1, bottom or 1), (left or 1, right or 1)))
            elif _attribute(said, "hidden") in _TRUE:
                if tag == "col":
                    first, last = int(_attribute(said, "min") or 1), int(_attribute(said, "max") or 1)
                    hidden += [letters(index - 1) for index in range(first, min(last, first + _MOST_HIDDEN) + 1)]
                elif not said.endswith("/"):
                    hidden.append(_attribute(said, "r"))
    return _Look(tuple(merged), tuple(hidden))


def _tags(part: IO[bytes]) -> Iterator[tuple[str, str]]:
    """The tags that matter and what they say, from text that is read piece by piece."""
    rest, piece = "", part.read(_PIECE)
    wide = piece[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decode = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace").decode
    while piece:
        text = rest + decode(piece)
        whole = text.rfind(">") + 1
        yield from ((found[1], found[2]) for found in _TAG.finditer(text, 0, whole))
        rest, piece = text[whole:] if "<" in text[whole:] else "", part.read(_PIECE)


def _attribute(said: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*[\"']([^\"']*)", said)
    return found[1] if found else ""


def _lines(path: Path, book: Workbook, grid: Grid) -> Iterator[Line]:
    try:
        for number, cells in enumerate(_rows(path, book, grid.sheet), 1):
            for at, cell in enumerate(cells):
                if cell.__class__ is Stored:
                    cells[at] = _plain(cell)
                    if cell.formula and cell.value is not None:
                        grid.formulas.append(f"{letters(at)}{number}")
            while cells and cells[-1] is None:
                cells.pop()
            yield Line(number, cells)
    except Exception as error:  # a damaged part shows only when it is reached
        grid.problems.extend(damaged(path, error).problems)


def _plain(cell: Any) -> Any:
    """A cell as people mean it: what a formula gave, a share of 100 where one is shown, a code with the zeros that are shown."""
    if cell.__class__ is not Stored:
        return cell
    value, shown = cell.value, cell.shown
    if value is None:
        return Broken("NTM-507", cell.formula[:60])
    if value.__class__ not in (int, float):
        return value
    if _is_share(shown):
        return Percent(hundredfold(exact(value)))
    if value.__class__ is int and value >= 0 and _ZEROS.fullmatch(shown):
        return str(value).zfill(len(shown))  # a code: what is shown is what is meant
    return value


@lru_cache(1_000)
def _is_share(shown: str) -> bool:
    return "%" in _LITERAL.sub("", shown)
