"""The texts that somebody edits on a page: which files there are, where they stand, how they are taken home and brought back.

What stands in the library's own folder is edited in a copy of it; what is new lies on that copy as a layer of its own, as an office keeps
its folder. Nothing is written but these two, in the memory of the browser.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final
from zlib import error as Broken

from ntm_rules.loading.bundled import bundled_folder
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError, Place, Problem

MOST_FILES: Final = 300
MOST_LETTERS: Final = 4_000_000  # of all texts together
_ALLOWED: Final = re.compile(r"(national|provinces)(/[a-z0-9-]+)+/([a-z0-9-]+\.yaml|CHANGELOG\.md)|instruments\.yaml", re.ASCII)
_TOLD: Final = 20  # files of a wrong archive that are named
_DAY: Final = (2020, 1, 1, 0, 0, 0)  # the same bytes for the same texts


class Folder:
    """A copy of the rulesets with a layer on it.

    Args:
        home: where both are put.
    """

    def __init__(self, home: Path) -> None:
        self.own: Path = home / "own"
        self._copy = home / "rulesets"
        self._laid: dict[str, str] = {}
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(bundled_folder(), self._copy)
        self.own.mkdir()
        self.copied: Catalogue = Catalogue(self._copy)
        self.catalogue: Catalogue = self.copied

    def shipped(self, path: str) -> str | None:
        """The text of the library at a path; None where there is none."""
        file = bundled_folder() / path
        return file.read_text("utf-8-sig") if path != "instruments.yaml" and file.is_file() else None

    def lay(self, files: Mapping[str, str]) -> None:
        """Put the edited texts in their places; what is edited no longer is again as the library has it.

        Raises:
            NtmError: a path is none of a ruleset, or there is too much.
        """
        admit(files)
        if files == self._laid:
            return
        for path in self._laid.keys() - files.keys():
            shipped = self.shipped(path)
            if shipped is None:
                (self.own / path).unlink(missing_ok=True)
            else:
                (self._copy / path).write_text(shipped, "utf-8")
        for path, words in files.items():
            place = (self.own if self.shipped(path) is None else self._copy) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(words, "utf-8", newline="\n")
        self._laid = dict(files)
        self.copied = self.catalogue = Catalogue(self._copy)
        if next(self.own.rglob("*.yaml"), None):
            self.catalogue = Catalogue(self.own, on_top_of=self.copied)

    def concerned(self) -> list[str]:
        """The names of the documents of which a file was edited: each belongs to the nearest document above it."""
        found = []
        for entry in (*self.catalogue.rulesets.values(), *self.catalogue.overlays.values()):
            home = self.path(str(entry.path.parent))
            if any(path.startswith(f"{home}/") and home == self._document(path) for path in self._laid):
                found.append(entry.id)
        return found

    def _document(self, path: str) -> str:
        """The folder of the document that a file belongs to."""
        for above in PurePosixPath(path).parents:
            if any((root / above / name).is_file() for root in (self.own, self._copy) for name in ("ruleset.yaml", "overlay.yaml")):
                return str(above)
        return ""

    def path(self, file: str) -> str:
        """The path of a file within the folder; what stands elsewhere keeps its name."""
        return next((Path(file).relative_to(root).as_posix() for root in (self.own, self._copy) if Path(file).is_relative_to(root)), file)

    def files_of(self, name: str, province: str | None) -> Iterator[str]:
        """The files of a set and of what lies on it everywhere and in a province, the set itself first."""
        catalogue = self.catalogue
        laid = [one for one in catalogue.overlays.values() if one.header.get("amends") == name and one.province in (None, province)]
        for entry in (catalogue.entry("ruleset", name), *laid):
            yield from self._files(entry)

    def _files(self, entry: Entry) -> Iterator[str]:
        home = entry.path.parent
        yield self.path(str(entry.path))
        for file in sorted((*home.glob("*.yaml"), *home.glob("*.md"), *home.glob("sheets/*.yaml"), *home.glob("shared/*.yaml"))):
            if file != entry.path:
                yield self.path(str(file))

    def text(self, path: str) -> str:
        """The text of a file as it is now."""
        own = self.own / path
        return (own if own.is_file() else self._copy / path).read_text("utf-8-sig")


def admit(files: Mapping[str, str]) -> None:
    """That every file is one of a ruleset and that there are not too many.

    Raises:
        NtmError: it is not so.
    """
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_LETTERS:
        size = max(len(files), sum(map(len, files.values())))
        raise NtmError([Problem("NTM-102", Place("zip"), {"size": size, "limit": MOST_LETTERS})])
    odd = [path for path in files if not _ALLOWED.fullmatch(path)]
    if odd:
        raise NtmError([Problem("NTM-898", Place(path), {"path": path}) for path in sorted(odd)[:_TOLD]])


def pack(files: Mapping[str, str], path: str) -> None:
    """Write the texts into an archive; the same bytes for the same texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _DAY), words.encode(), zipfile.ZIP_DEFLATED)


def unpack(path: str, name: str) -> dict[str, str]:
    """The texts of an archive, also of one whose files stand in one folder more, or in a folder ``rulesets``.

    Raises:
        NtmError: it is no archive, is broken, holds too much or what is no ruleset.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir() and "/published/" not in one.filename]
            if len(inside) > MOST_FILES or sum(one.file_size for one in inside) > MOST_LETTERS:
                raise NtmError([Problem("NTM-102", Place(name), {"size": sum(one.file_size for one in inside), "limit": MOST_LETTERS})])
            found = {}
            for one in inside:
                with archive.open(one) as stream:  # an archive may lie about the size: no more is read than it said
                    found[_within(one.filename)] = stream.read(one.file_size + 1).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, Broken, zipfile.BadZipFile):
        raise NtmError([Problem("NTM-899", Place(name))]) from None
    admit(found)
    return found


def _within(path: str) -> str:
    """The path from where rulesets begin: an archive may hold them in folders of its own."""
    found = re.search(r"(?:^|/)((?:national|provinces)/.*|instruments\.yaml)$", path)
    return found[1] if found else path
