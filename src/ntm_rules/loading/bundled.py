"""Where the rulesets that come with the library are, also when the library itself is read from a zip."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from zipfile import ZipFile, is_zipfile

from ntm_rules.messages.causes import of_system
from ntm_rules.problems import NotFound, Place
from ntm_rules.values import Bilingual

PACKAGE: Final = Path(__file__).resolve().parent.parent
_UNREADABLE = Bilingual("không đọc được thư mục này", "this folder cannot be read")
_ZIPPED = Bilingual("đây là tệp nén; giải nén rồi ghi tên thư mục", "this is an archive; unpack it and name the folder")
_REFUSED: Mapping[type, Bilingual] = {
    FileNotFoundError: Bilingual("không có thư mục này", "no such folder"),
    NotADirectoryError: Bilingual("đây không phải là thư mục", "this is no folder"),
}


def bundled_folder() -> Path:
    """The folder of rulesets that comes with the library: inside the installed package, or beside the source tree.

    From a zip (a zipapp, ``--py-files`` of Spark) they are unpacked, once a process, into a folder that goes when the process ends.

    Raises:
        NotFound: they cannot be unpacked.
    """
    inside = PACKAGE / "_rulesets"
    if inside.is_dir():
        return inside
    if PACKAGE.is_dir():
        return PACKAGE.parent.parent / "rulesets"
    try:
        return unpacked(inside)
    except OSError as error:
        raise NotFound.one("NTM-108", Place(str(inside)), detail=of_system(error)) from None


@cache
def unpacked(inside: Path) -> Path:
    """The folder that holds what stands at ``inside`` of an archive; where nothing does, ``inside`` itself, which cannot be opened."""
    archive = next((path for path in inside.parents if path.is_file()), None)
    if archive is None:
        return inside
    within = inside.relative_to(archive)
    with ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if name.startswith(f"{within.as_posix()}/")]
        if not names:
            return inside
        folder = Path(tempfile.mkdtemp(prefix="ntm-rules-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        opened.extractall(folder, names)
    return folder / within


def opened(folder: str | Path | None) -> Path:
    """The folder asked for, which is one and can be read: a catalogue that is empty by mistake would know no law."""
    wanted = bundled_folder() if folder is None else folder
    try:
        os.scandir(wanted).close()
    except (OSError, ValueError) as error:
        zipped = isinstance(error, NotADirectoryError) and is_zipfile(wanted)
        detail = _ZIPPED if zipped else _REFUSED.get(type(error), _UNREADABLE)
        raise NotFound.one("NTM-108", Place(str(wanted) or '""'), detail=detail) from None
    return Path(wanted)
