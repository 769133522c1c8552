"""The kinds of file that tables are read from: one table of readers, by the ending of the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ntm_rules.decide.written.grid import Grid
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.frame_files import parquet_grid
from ntm_rules.tables.read.limits import limited
from ntm_rules.tables.read.text_files import csv_grid, json_grid, json_lines_grid
from ntm_rules.tables.read.values_only import values_grid
from ntm_rules.tables.read.workbook_files import xlsx_grid

Holds = Callable[[Grid], float]

READERS: Final[Mapping[str, Callable[[Path, Holds, str | None], list[Grid]]]] = MappingProxyType(
    {
        ".csv": csv_grid,
        ".tsv": csv_grid,
        ".txt": csv_grid,
        ".xlsx": xlsx_grid,
        ".xlsm": xlsx_grid,
        ".xls": values_grid,
        ".ods": values_grid,
        ".json": json_grid,
        ".jsonl": json_lines_grid,
        ".ndjson": json_lines_grid,
        ".parquet": parquet_grid,
    }
)


def open_grids(path: Path, holds: Holds, sheet: str | None = None) -> list[Grid]:
    """The tables of a file as grids of cells: one, but where several sheets of a workbook hold one and none is named.

    Args:
        path: the file.
        holds: how many headings a grid holds; it tells where the table lies among sheets and separators.
        sheet: the sheet of a workbook.

    Raises:
        TableError: the ending is unknown, the file cannot be read at all, or it is beyond the limits.
        MissingExtra: the package for this kind of file is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(READERS)})])
    grids = READERS[suffix](path, holds, sheet)
    for grid in grids:
        grid.lines = limited(grid, grid.lines)
    return grids


def the_one(grids: list[Grid]) -> Grid:
    """The only table of a file.

    Raises:
        TableError: several sheets hold one and none is named.
    """
    if len(grids) > 1:
        raise TableError([Problem("NTM-517", Place(grids[0].file), {"sheets": ", ".join(grid.sheet for grid in grids)})])
    return grids[0]
