"""The place kept between starts: how far a journal was told, so that nothing is told twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from ntm_rules.messages.causes import of_reading, of_system
from ntm_rules.monitor.errors import JournalError
from ntm_rules.problems import Place, Problem
from ntm_rules.tables.write.safe import atomic

SCHEMA: Final = "ntm-rules/watch/v1"


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a journal was told.

    Attributes:
        size: the bytes read.
        sha256: of those bytes: that the journal is still the one it was.
    """

    size: int = 0
    sha256: str = sha256().hexdigest()

    def write(self, path: Path) -> None:
        """Write it to a file, whole or not at all.

        Raises:
            TableError: the file cannot be written.
        """
        with atomic(path) as scratch:
            scratch.write_text(json.dumps({"watch": SCHEMA, "size": self.size, "sha256": self.sha256}) + "\n", "utf-8")


def kept_at(path: Path, journal: Path) -> Kept:
    """The place that a file keeps, which must be one of the journal; the beginning where there is no such file yet.

    Raises:
        JournalError: the file is none of these, or the journal is no longer what it was.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        if not isinstance(data, dict) or data.get("watch") != SCHEMA:
            raise ValueError(SCHEMA)
        size, digest = data["size"], data["sha256"]
        if type(size) is not int or size < 0 or not isinstance(digest, str):
            raise ValueError(SCHEMA)
    except FileNotFoundError:
        return Kept()
    except OSError as error:
        raise JournalError([Problem("NTM-108", Place(str(path)), {"detail": of_system(error)})]) from None
    except (ValueError, KeyError) as error:
        detail = SCHEMA if isinstance(error, KeyError) else of_reading(error)
        raise JournalError([Problem("NTM-864", Place(str(path)), {"detail": detail})]) from None
    if place_in(journal, size).sha256 != digest:
        raise JournalError([Problem("NTM-863", Place(str(path)), {"journal": journal.name})])
    return Kept(size, digest)


def place_in(journal: Path, size: int) -> Kept:
    """The place after the first ``size`` bytes of a journal.

    Raises:
        JournalError: the journal cannot be read.
    """
    hashed = sha256()
    try:
        with journal.open("rb") as file:
            left = size
            while left and (chunk := file.read(min(left, 1 << 20))):
                hashed.update(chunk)
                left -= len(chunk)
    except OSError as error:
        raise JournalError([Problem("NTM-108", Place(str(journal)), {"detail": of_system(error)})]) from None
    return Kept(size - left, hashed.hexdigest() if not left else "")
