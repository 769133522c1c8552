"""The kinds of file that tables are read from: one table of readers, by the ending of the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ntm_rules.decide.written.grid import Grid
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.frame_files import parquet_grid
from ntm_rules.tables.read.text_files import csv_grid, json_grid
from ntm_rules.tables.read.workbook_files import xlsx_grid

Recognised = Callable[[Sequence[Any]], int]

READERS: Final[Mapping[str, Callable[[Path, Recognised, str | None], Grid]]] = MappingProxyType(
    {
        ".csv": csv_grid,
        ".tsv": csv_grid,
        ".txt": csv_grid,
        ".xlsx": xlsx_grid,
        ".xlsm": xlsx_grid,
        ".json": json_grid,
        ".parquet": parquet_grid,
    }
)


def open_grid(path: Path, recognised: Recognised, sheet: str | None = None) -> Grid:
    """The table of a file as a grid of cells.

    Args:
        path: the file.
        recognised: how many cells of a row are headings; it tells where the table lies among sheets and separators.
        sheet: the sheet of a workbook.

    Raises:
        TableError: the ending is unknown, or the file cannot be read at all.
        MissingExtra: the package for this kind of file is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(READERS)})])
    return READERS[suffix](path, recognised, sheet)
