"""Where the rulesets that come with the library are, also when the library itself is read from a zip."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from ntm_rules.messages.causes import of_system
from ntm_rules.problems import NotFound, Place

PACKAGE: Final = Path(__file__).resolve().parent.parent


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
