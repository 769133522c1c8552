"""Files that appear whole or not at all, and cells that no spreadsheet runs."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem, TableError

_SCRATCHES: Final = itertools.count()


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A path to write to that becomes ``path`` when the block ends well, and vanishes otherwise.

    Raises:
        TableError: the folder cannot be written to.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}-{next(_SCRATCHES)}.part")  # no other's, also where one call writes a file twice
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        os.replace(scratch, path)
    except OSError as error:
        raise TableError([Problem("NTM-525", Place(str(path)), {"detail": of_system(error)})]) from None
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def disarmed(cell: str | int) -> str | int:
    """A CSV cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
