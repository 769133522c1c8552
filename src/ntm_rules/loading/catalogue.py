"""A folder of rulesets, or one laid on another: what is on record, read lazily, each document cached once read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, reduce
from pathlib import Path
from typing import Any, Literal

from ntm_rules.loading.bundled import bundled_folder, opened
from ntm_rules.loading.installed import shipped
from ntm_rules.loading.lints import CERTIFICATE, INSTRUMENTS, OVERLAY, RULESET
from ntm_rules.loading.lints.instruments import Listed, by_key, keys_alone
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.names import VERSION
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.provinces import FILE as PROVINCES_FILE
from ntm_rules.loading.provinces import Provinces
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import dimensions_in_order
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file, read_text
from ntm_rules.model.instrument import Instrument, Instruments
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import Period, RuleSetDocument, make_parts
from ntm_rules.problems import NotFound, Place, Problem, RulesetError, nearest
from ntm_rules.values import Bilingual

_INSTRUMENTS_FILE = "instruments.yaml"
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_BODY = frozenset({"attributes", "dimensions", "conditions", "criteria", "changes", "certifies", "score", "notes", "passes"})
_EMPTY = Bilingual("thư mục này không có văn bản nào", "this folder holds no text")


@dataclass(frozen=True)
class Entry:
    """One document of the catalogue, known by its header alone."""

    kind: Literal["ruleset", "overlay"]
    id: str
    path: Path
    header: Mapping[str, Any]
    in_force: Period

    @property
    def province(self) -> str | None:
        """The province whose document it is; None for a national one."""
        return self.header.get("province")

    @property
    def not_before(self) -> date | None:
        """The first day it can be in force: where that day is not known, the first of the years in its own name."""
        year = _YEAR.search(self.id.rpartition("/")[2])
        return self.in_force.start or (date(int(year[0]), 1, 1) if year else None)

    def covers(self, day: date) -> bool:
        """Whether it answers for ``day`` unasked. A first day that is not known does not reach back before the years in the name."""
        return self.in_force.covers(day) and (self.not_before is None or self.not_before <= day)

    @property
    def span(self) -> str:
        """Its days for people, ``…`` for a day that is not known or has not come."""
        start = self.in_force.start or (f"{self.not_before.year}-…" if self.not_before else "…")
        return f"{start} → {self.in_force.until or '…'}"

    @property
    def version(self) -> str:
        """The version of the working file."""
        return str(self.header.get("version", ""))

    @property
    def published(self) -> Path:
        """The folder of its published versions."""
        return self.path.parent / "published"


class Catalogue:
    """The rulesets, overlays and instruments of a folder, with those of the catalogue that it lies on.

    Args:
        folder: the folder with ``instruments.yaml``, ``national/`` and ``provinces/``; left out, the one that comes with the library.
        on_top_of: the catalogue below. The folder adds to it: its own instruments, sets and overlays, which may name what is below. It
            changes no text there: a name that is taken below is NTM-320, and asking for that name raises it.

    A file that cannot be read does not hide the others: its problems are in :attr:`problems`, and asking for it raises them.

    Raises:
        NotFound: there is no such folder, it cannot be read, or, laid on another, it holds nothing.

    Examples:
        >>> "commune-ntm/2021-2025" in Catalogue().rulesets
        True
    """

    def __init__(self, folder: str | Path | None = None, *, on_top_of: Catalogue | None = None) -> None:
        self.folder: Path = opened(folder)
        self.below: Catalogue | None = on_top_of
        if on_top_of is not None and next(self.folder.rglob("*.yaml"), None) is None:  # it would add nothing in silence
            raise NotFound.one("NTM-108", Place(str(self.folder)), detail=_EMPTY)
        self._clashes: dict[tuple[str, str], Problem] = {}
        self._documents: dict[tuple[str, str, str], RuleSetDocument | OverlayDocument] = {}
        self._sheets: dict[tuple[str, str], Sheets] = {}
        self.readings: dict[tuple[str, str], Any] = {}  #: those of certificates by their places, as long at hand as their documents
        self.combined: dict[tuple[Any, ...], Any] = {}  #: editions made of several texts, by the versions of all of them
        self.problems: list[Problem] = []
        self._by_kind: dict[str, dict[str, Entry]] | None = None

    @classmethod
    def installed(cls) -> Catalogue:
        """The one that comes with the library, with the layers of every installed package that ships rulesets, in order of name.

        Asked for by name, so that a program decides by the same texts wherever it runs, whatever else is installed there.

        Raises:
            NotFound: a package declares a folder that it does not have, or one that holds nothing.
        """
        return reduce(lambda below, layer: cls(layer.folder, on_top_of=below), shipped(), bundled())

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Every instrument by its key."""
        path = self.folder / _INSTRUMENTS_FILE
        below = self.below.instruments if self.below else {}
        self._tell_of_below()
        if self.below and not path.exists():
            return below
        parsed = read_file(path)
        found = build(Instruments, parsed)
        listed = found.instruments if found else keys_alone(parsed)
        if found:
            report(INSTRUMENTS, Listed(listed, below), parsed)
        for i, key in enumerate(instrument.instrument for instrument in listed):
            if self.below and key in below:
                parsed.report("NTM-320", ("instruments", i, "instrument"), got=key, first=self.below._listing(key), second=path)
        self.problems.extend(parsed.problems)
        return {**by_key(listed), **below}

    def _listing(self, key: str) -> Path:
        """The file that lists an instrument."""
        below = self.below
        return below._listing(key) if below and key in below.instruments else self.folder / _INSTRUMENTS_FILE

    def _tell_of_below(self) -> None:
        """What is wrong below is told here as well, once."""
        self.problems.extend(problem for problem in (self.below.problems if self.below else ()) if problem not in self.problems)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folder of each layer, from the lowest up."""
        return (*(self.below.folders if self.below else ()), self.folder)

    def within(self, path: Path) -> str:
        """The path of a file from the folder of its layer."""
        return next(path.relative_to(folder) for folder in reversed(self.folders) if path.is_relative_to(folder)).as_posix()

    def files(self, pattern: str) -> list[Path]:
        """The files of every layer that a pattern names, those of the lowest layer first."""
        return [path for folder in self.folders for path in sorted(folder.glob(pattern))]

    @cached_property
    def provinces(self) -> Provinces:
        """The list of provinces: that of the catalogue below, else the folder's own, or the one that comes with the library."""
        if self.below:
            return self.below.provinces
        own = self.folder / PROVINCES_FILE
        return Provinces(own if own.is_file() else bundled_folder() / PROVINCES_FILE)

    @property
    def rulesets(self) -> Mapping[str, Entry]:
        """Every ruleset by its name, in order of name."""
        return self._entries["ruleset"]

    @property
    def overlays(self) -> Mapping[str, Entry]:
        """Every overlay by its name, in order of name."""
        return self._entries["overlay"]

    @property
    def _entries(self) -> dict[str, dict[str, Entry]]:
        if self._by_kind is None:
            self._by_kind = {kind: dict(self.below._entries[kind]) if self.below else {} for kind in ("ruleset", "overlay")}
            self._tell_of_below()
            if self.below and (own := self.folder / PROVINCES_FILE).exists():
                self.problems.append(_clash(Place(str(own)), PROVINCES_FILE, self.below.provinces.path, own))
            for path in sorted(self.folder.rglob("*.yaml")):
                if path.name in ("ruleset.yaml", "overlay.yaml"):
                    self._add(path)
            self._by_kind = {kind: dict(sorted(entries.items())) for kind, entries in self._by_kind.items()}
        return self._by_kind

    def _add(self, path: Path) -> None:
        kind: Literal["ruleset", "overlay"] = "ruleset" if path.name == "ruleset.yaml" else "overlay"
        parsed = self._header(path, kind)
        data = parsed.data
        if not isinstance(data, dict) or not isinstance(data.get(kind), str):
            if not parsed.problems:
                parsed.report("NTM-202", (), key=kind)
            self.problems.extend(parsed.problems)
            return
        try:
            period = Period.model_validate(data.get("in_force", {}))
        except ValueError:
            period = Period()  # reported when the document itself is read
        assert self._by_kind is not None
        entries = self._by_kind[kind]
        name = data[kind]
        if self.below and name in self.below._entries[kind]:
            clash = self._clashes[kind, name] = _clash(parsed.place((kind,)), name, entries[name].path, path)
            self.problems.append(clash)
            return
        if name in entries:
            self.problems.append(Problem("NTM-309", parsed.place((kind,)), {"got": name, "first": entries[name].path, "second": path}))
            return
        header = {key: held for key, held in data.items() if isinstance(held, str) or key == "title"}  # others are told when all is read
        entries[name] = Entry(kind, name, path, header, period)

    def _header(self, path: Path, kind: str) -> Parsed:
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return read_file(path)
        parsed = read_text(text, str(path), until=_BODY)
        needed = {kind, "version", "in_force"}
        if isinstance(parsed.data, dict) and needed <= parsed.data.keys():
            return parsed
        return read_text(text, str(path))

    def ruleset(self, name: str, version: str | None = None) -> RuleSetDocument:
        """A ruleset as written, or a published version of it.

        Raises:
            NotFound: no ruleset has that name, or it has no such version.
            RulesetError: the file is wrong; all problems are listed.
        """
        document = self._document("ruleset", name, version)
        assert isinstance(document, RuleSetDocument)
        return document

    def overlay(self, name: str, version: str | None = None) -> OverlayDocument:
        """An overlay as written, or a published version of it.

        Raises:
            NotFound: no overlay has that name, or it has no such version.
            RulesetError: the file is wrong; all problems are listed.
        """
        document = self._document("overlay", name, version)
        assert isinstance(document, OverlayDocument)
        return document

    def sheets(self, name: str, version: str | None = None) -> Sheets:
        """The score sheets of a ruleset, or of a published version of it.

        Raises:
            NotFound: no ruleset has that name, or it has no such version.
            RulesetError: the ruleset is wrong.
        """
        entry = self.entry("ruleset", name)
        if self.below and self.below._entries["ruleset"].get(name) is entry:
            return self.below.sheets(name, version)
        key = (name, version or entry.version)
        if key not in self._sheets:
            document = self.ruleset(name, version)
            if key[1] != entry.version:
                self._sheets[key] = Sheets.of_data(document, published_data(entry, key[1]).get("sheets", {}))
            else:
                self._sheets[key] = Sheets.beside(entry.path, document, self.instruments)
        return self._sheets[key]

    def entry(self, kind: str, name: str) -> Entry:
        """The entry of that name.

        Raises:
            NotFound: there is none.
            RulesetError: the name is taken in two layers.
        """
        entries = self._entries[kind]
        if (kind, name) in self._clashes:
            raise RulesetError([self._clashes[kind, name]])
        if name not in entries:
            broken = [problem for problem in self.problems if f"/{str(name).split('/')[-1]}/" in problem.place.file.replace("\\", "/")]
            raise NotFound([Problem("NTM-306", Place(path=str(name)), {"got": name, "guess": nearest(str(name), entries)}), *broken])
        return entries[name]

    def _document(self, kind: str, name: str, version: str | None) -> RuleSetDocument | OverlayDocument:
        entry = self.entry(kind, name)
        if self.below and self.below._entries[kind].get(name) is entry:  # read as it stands there, once for all that lies on it
            return self.below._document(kind, name, version)
        wanted = version or entry.version
        cached = self._documents.get((kind, name, wanted))
        if cached is None:
            cached = read_published(entry, wanted) if wanted != entry.version else self.read(entry)
            self._documents[kind, name, wanted] = cached
        return cached

    def read(self, entry: Entry) -> RuleSetDocument | OverlayDocument:
        """The working file of an entry, checked.

        Raises:
            RulesetError: with every problem of the file.
        """
        parsed = read_file(entry.path)
        document = self.checked(parsed, entry.kind)
        if document is None or parsed.problems:
            raise RulesetError(sorted(parsed.problems, key=lambda problem: problem.place))
        return document

    def checked(self, parsed: Parsed, kind: str) -> RuleSetDocument | OverlayDocument | None:
        """The document of a parsed file, with everything wrong noted on ``parsed``."""
        if kind == "ruleset":
            make_parts()
            document = build(RuleSetDocument, parsed)
            if document is not None:
                report(RULESET, Walk(document, self.instruments), parsed)
                self._check_province(document.province, parsed)
            return document
        overlay = build(OverlayDocument, parsed)
        if overlay is not None:
            report((*OVERLAY, *CERTIFICATE), Overlaid(overlay, self.rulesets, self.instruments), parsed)
            self._check_province(overlay.province, parsed)
        return overlay

    def _check_province(self, province: str | None, parsed: Parsed) -> None:
        """A header names a province by a slug of the list."""
        if province is not None and province not in self.provinces.by_slug:
            parsed.problems.append(self.provinces.unlisted(province, parsed.place(("province",))))


def read_published(entry: Entry, version: str) -> RuleSetDocument | OverlayDocument:
    """A published version of an entry, from its canonical JSON.

    Raises:
        NotFound: that version was never published here, or its file is damaged.
    """
    model: type[RuleSetDocument] | type[OverlayDocument] = RuleSetDocument if entry.kind == "ruleset" else OverlayDocument
    data = published_data(entry, version)
    data.pop("sheets", None)
    try:
        return model.model_validate(data)
    except ValueError:
        raise _no_version(entry, version) from None


def published_data(entry: Entry, version: str) -> dict[str, Any]:
    """The content of a published version, with the score sheets under ``sheets`` where the ruleset has some.

    Raises:
        NotFound: that version was never published here, or its file is damaged.
    """
    try:
        if not VERSION.fullmatch(version):  # versions of stored decisions come from outside and must not lead to other files
            raise ValueError(version)
        data = json.loads((entry.published / f"{version}.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise _no_version(entry, version) from None
    if not isinstance(data, dict):
        raise _no_version(entry, version)
    return dimensions_in_order(data)


def _clash(place: Place, got: str, first: Path, second: Path) -> Problem:
    return Problem("NTM-320", place, {"got": got, "first": first, "second": second})


def _no_version(entry: Entry, version: str) -> NotFound:
    place = Place(str(entry.published / f"{version}.json"))
    return NotFound.one("NTM-602", place, got=entry.id, version=version)


@lru_cache(maxsize=1)
def bundled() -> Catalogue:
    """The catalogue that comes with the library, read once."""
    return Catalogue()


def province_slug(text: str, catalogue: Catalogue | None = None) -> str | None:
    """The slug of a province as people write it («Đồng Tháp», «tỉnh Đồng Tháp»), or None where it is none of the list."""
    return (catalogue or bundled()).provinces.slug(text)
