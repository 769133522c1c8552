"""What turning a document gave, kept outside the rulesets: asked again of the same text and examples, it is not tried again.

It is known by the sha256 of everything it comes from: the texts of the edition, their score sheets and examples, what stands in the folder
for all of them, and the library itself. Whatever is kept and cannot be read, or is not what was written, is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.canonical import digest
from ntm_rules.tables.write.safe import atomic
from ntm_rules.verify.folder import of_one_edition
from ntm_rules.verify.killers import text_of
from ntm_rules.verify.mutants.mutant import Slip
from ntm_rules.verify.mutate import Mutated
from ntm_rules.verify.sheets import BESIDE
from ntm_rules.verify.trials import MADE

_LIBRARY: Final = Path(__file__).parents[1]


def usual_folder() -> Path | None:
    """Where programs of this user keep what they can make again; None where the system names no such folder."""
    with suppress(RuntimeError):  # a user without a home
        home = Path.home()
        usual = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}.get(sys.platform, home / ".cache")
        return Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or usual) / "ntm-rules"
    return None


def kept(catalogue: Catalogue, entry: Entry, folder: Path, *, every: int = 1) -> Mutated | None:
    """What is kept of a document as it stands; None where it was never tried so."""
    try:
        found = json.loads(_file(catalogue, entry, folder, every).read_text("utf-8"))
        slips = found["slips"]
        if digest(slips) != found["sha256"]:
            return None
        killed, held = (tuple(_slip(one) for one in slips[name]) for name in ("killed", "held"))
        survivors = tuple((_slip(one), example and yaml.safe_load(example)[0]) for one, example in slips["survivors"])
    except (OSError, ValueError, LookupError, TypeError, yaml.YAMLError):
        return None
    return Mutated(entry.id, killed, held, survivors)


def keep(found: Mutated, catalogue: Catalogue, entry: Entry, folder: Path, *, every: int = 1) -> None:
    """Keep what turning a document gave.

    Raises:
        TableError: the folder cannot be written to.
    """
    slips = {
        "killed": [one.as_dict() for one in found.killed],
        "held": [one.as_dict() for one in found.held],
        "survivors": [[one.as_dict(), text_of(example)] for one, example in found.survivors],
    }
    with atomic(_file(catalogue, entry, folder, every)) as scratch:
        scratch.write_text(json.dumps({"sha256": digest(slips), "slips": slips}, ensure_ascii=False), "utf-8", newline="\n")


def _slip(given: dict[str, Any]) -> Slip:
    return Slip(**{**given, "column": tuple(given["column"])})


def _file(catalogue: Catalogue, entry: Entry, folder: Path, every: int) -> Path:
    known = hashlib.sha256(f"{_library()} {every} {entry.id}".encode())
    for path in _sources(catalogue, entry):
        known.update(f"\n{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return folder / f"{entry.id.replace('/', '-')}-{known.hexdigest()}.json"


def _sources(catalogue: Catalogue, entry: Entry) -> Iterator[Path]:
    """The files that a result comes from."""
    yield from catalogue.files("*.yaml")
    for other in of_one_edition(catalogue, entry):
        yield from (other.path, *sorted(other.path.parent.glob("sheets/*.yaml")))
    yield from (path for name in ("examples.yaml", *BESIDE, MADE) if (path := entry.path.parent / name).is_file())


@lru_cache
def _library() -> str:
    """The library as it runs: every file of it, its version among them."""
    known = hashlib.sha256()
    for path in sorted(_LIBRARY.rglob("*.py")):
        known.update(path.read_bytes())
    return known.hexdigest()
