"""Files that appear whole or not at all, and cells that no spreadsheet runs."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem, TableError

_SCRATCHES: Final = itertools.count()
_SCRATCH: Final = re.compile(r"\..+\.\d+-\d+\.part", re.DOTALL)
_DAY: Final = 24 * 60 * 60


@contextlib.contextmanager
def atomic(path: Path, *, once: bool = False, lasting: bool = False) -> Iterator[Path]:
    """A path to write to that becomes ``path`` when the block ends well, and vanishes otherwise.

    A link stays one, and what it leads to is written; a file that was there keeps its mode, and one that may not be written stays: it is
    refused before the block begins, so that of several files of one call none appears without the others.

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
        with told_of(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path.parent)
            if not once:
                _refuse_lasting(path)
            yield scratch
            if lasting:
                to_disk(scratch)
            if once:
                _place_once(scratch, path)
            else:
                _refuse_lasting(path)
                if path.exists():
                    os.chmod(scratch, stat.S_IMODE(path.stat().st_mode))
                os.replace(scratch, path)
            if lasting:
                to_disk(path.parent)
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def unwritten(path: Path, error: OSError) -> TableError:
    """The error that a file cannot be written, with the reason of the system."""
    return TableError([Problem("NTM-525", Place(str(path)), {"detail": of_system(error)})])


@contextlib.contextmanager
def told_of(path: Path) -> Iterator[None]:
    """A block in which whatever the system refuses is about one file.

    Raises:
        TableError: the system refuses something.
    """
    try:
        yield
    except OSError as error:
        raise unwritten(path, error) from None


def _refuse_lasting(path: Path) -> None:
    """That what stands under a name may be replaced by a file."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _place_once(scratch: Path, path: Path) -> None:
    """Give a file its name, where nothing has that name; :class:`FileExistsError` tells that something has."""
    try:
        os.link(scratch, path)  # fails where a file is, as replacing does not
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as of a memory stick: who writes there waits for the other
        with alone(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            os.rename(scratch, path)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else who asks for it is alone in a folder, and be so while the block runs.

    A system or file system without locks of this kind lets everybody in.
    """
    if sys.platform in ("win32", "emscripten"):
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@lru_cache(256)
def _sweep(folder: Path) -> None:
    """Remove what writers that were killed left in a folder: scratch files that nobody has written to for a day. Once is enough."""
    with contextlib.suppress(OSError), os.scandir(folder) as names:
        for one in names:
            if _SCRATCH.fullmatch(one.name) and time.time() - one.stat().st_mtime > _DAY:
                os.unlink(one)


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
