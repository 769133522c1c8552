"""Files that appear whole or not at all, and cells that no spreadsheet runs."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem, TableError

_SCRATCHES: Final = itertools.count()


@contextlib.contextmanager
def atomic(path: Path, *, once: bool = False, lasting: bool = False) -> Iterator[Path]:
    """A path to write to that becomes ``path`` when the block ends well, and vanishes otherwise.

    A link stays one, and what it leads to is written; a file that was there keeps its mode, and one that may not be written stays.

    Args:
        path: the file.
        once: a file that stands there meanwhile is not replaced, whoever wrote it.
        lasting: when the block has ended, the file outlives a power cut.

    Raises:
        TableError: the folder or file cannot be written to, or one stands there that is never replaced.
    """
    path = Path(os.path.realpath(path)) if path.is_symlink() else path
    scratch = path.with_name(f".{path.name}.{os.getpid()}-{next(_SCRATCHES)}.part")  # no other's, also where one call writes a file twice
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        if lasting:
            to_disk(scratch)
        if once:
            os.link(scratch, path)  # fails where a file is, as replacing does not
        else:
            if path.exists():
                if not os.access(path, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
                os.chmod(scratch, stat.S_IMODE(path.stat().st_mode))
            os.replace(scratch, path)
        if lasting:
            to_disk(path.parent)
    except OSError as error:
        raise TableError([Problem("NTM-525", Place(str(path)), {"detail": of_system(error)})]) from None
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; where a system cannot open a folder, its names are not waited for."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disarmed(cell: str | int) -> str | int:
    """A CSV cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
