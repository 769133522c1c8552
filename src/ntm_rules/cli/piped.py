"""A table on standard input: its kind told by its first bytes, kept in a file of its own while it is read."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.limits import MOST_BYTES
from ntm_rules.tables.read.table import Table

_HEAD: Final = 80
_PIECE: Final = 1 << 20
_KINDS: Final = ((b"\xd0\xcf\x11\xe0", ".xls"), (b"PAR1", ".parquet"), (b"PK\x03\x04", ".xlsx"))
_ODS: Final = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"


def kind_of(head: bytes) -> str:
    """The ending that a file with these first bytes would have; empty for JSON, which is answered subject by subject."""
    if _ODS in head:
        return ".ods"
    for start, suffix in _KINDS:
        if head.startswith(start):
            return suffix
    text = head.lstrip(_BLANK)
    return "" if not text or text[:1] in b"{[" else ".csv"


def head_of(source: BinaryIO) -> bytes:
    """The first bytes of a stream, which are still there to be read."""
    peek = getattr(source, "peek", None)
    if peek is not None:
        return bytes(peek(_HEAD)[:_HEAD])
    head = source.read(_HEAD)
    source.seek(0)
    return head


@contextlib.contextmanager
def as_file(source: BinaryIO, suffix: str) -> Iterator[Path]:
    """A stream as a file of its own while the block runs; what is read of it is told of as ``stdin.csv`` by :class:`ByName`.

    Raises:
        TableError: it is larger than any workbook may be.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"stdin{suffix}"
        size = 0
        with path.open("wb") as target:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > MOST_BYTES:
                    raise TableError([Problem("NTM-102", Place(path.name), {"size": size, "limit": MOST_BYTES})])
                target.write(piece)
        yield path


class ByName:
    """Calls a file by its name alone wherever it is told of: where it lies is of no use to whoever piped it.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made: dict[int, tuple[Problem, Problem]] = {}  # one that several rows share stays one

    def table(self, table: Table) -> Table:
        """The table, its rows and everything told of them."""
        rows = (replace(row, place=self._place(row.place), problems=self.problems(row.problems)) for row in table.rows)
        problems, notes = self.problems(table.problems), self.problems(table.notes)
        return replace(table, file=self._path.name, rows=tuple(rows), problems=problems, notes=notes)

    def problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems, at their place in the file of that name."""
        return tuple(map(self._problem, problems))

    def _problem(self, problem: Problem) -> Problem:
        if id(problem) not in self._made:
            words = {key: self._path.name if str(word) == str(self._path) else word for key, word in problem.words.items()}
            self._made[id(problem)] = problem, Problem(problem.code, self._place(problem.place), words)
        return self._made[id(problem)][1]

    def _place(self, place: Place) -> Place:
        return replace(place, file=self._path.name) if place.file == str(self._path) else place
