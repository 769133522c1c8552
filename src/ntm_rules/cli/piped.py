"""A table on standard input: its kind told by its first bytes, kept in a file of its own while it is read."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.limits import MOST_BYTES

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
    """A stream as a file in the folder that is worked in while the block runs, so that it is called ``stdin.csv`` wherever it is told of.

    Raises:
        TableError: it is larger than any workbook may be.
    """
    path = Path(f"stdin{suffix}")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        size = 0
        with path.open("wb") as target:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > MOST_BYTES:
                    raise TableError([Problem("NTM-102", Place(str(path)), {"size": size, "limit": MOST_BYTES})])
                target.write(piece)
        yield path
