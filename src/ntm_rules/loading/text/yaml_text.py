"""YAML as plain data with places: every scalar stays the text that was written, nothing is executed or expanded.

Built on the parser's events, not on its loader: no tags, no anchors or aliases, no duplicate keys, bounded size and depth. Errors are
collected; what can be read is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from ntm_rules.loading.text.stumbles import slip_in
from ntm_rules.messages.causes import of_system
from ntm_rules.problems import Place, Problem
from ntm_rules.values import Bilingual

MAX_FILE = 8_000_000
MAX_SCALAR = 20_000
_FORBIDDEN = Bilingual("có ký tự điều khiển không nhìn thấy", "it holds a control character that is not seen")
MAX_DEPTH = 40

Path_ = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Report(Protocol):
    """Takes note of problems by the path of what is wrong."""

    def report(self, code: str, path: Path_, *, at_key: bool = False, **words: Any) -> None:
        """Note a problem at a path."""


@dataclass(slots=True)
class Parsed:
    """The data of a file, where each part of it stands, and what was wrong."""

    file: str
    data: Any = None
    values_at: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys_at: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path_, *, at_key: bool = False) -> Place:
        """The place of a path, or of the nearest part around it that stands in the file.

        A path may hold words of the models between those of the file; the reading that leads deepest into the file counts.
        """
        reached: dict[Path_, None] = {(): None}
        for part in path:
            reached.update({(*known, part): None for known in reached if (*known, part) in self.values_at})
        known = max(reached, key=len)
        line, column = (self.keys_at if at_key and known in self.keys_at else self.values_at).get(known, (1, 1))
        return Place(self.file, line, column, dotted(path))

    def report(self, code: str, path: Path_, *, at_key: bool = False, **words: Any) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(code, self.place(path, at_key=at_key), words))


class Unread(Parsed):
    """A file that was understood before: it is read for its places alone, and only once something in it turns out to be wrong."""

    def place(self, path: Path_, *, at_key: bool = False) -> Place:
        """The place of a path."""
        if not self.values_at:
            read = read_file(Path(self.file))
            self.values_at.update(read.values_at)
            self.keys_at.update(read.keys_at)
        return super().place(path, at_key=at_key)


def node_at(data: Any, path: Path_) -> Any:
    """What stands at a path of plain data.

    Raises:
        LookupError: nothing does.
    """
    for part in path:
        data = data[part]
    return data


def dotted(path: Path_) -> str:
    """A path as people write it: ``criteria[3].indicators[0].at_least``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_file(path: Path) -> Parsed:
    """The data of a YAML file; a file that cannot be opened or decoded gives problems and no data."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Parsed(str(path), problems=[Problem("NTM-108", Place(str(path)), {"detail": of_system(error)})])
    if len(raw) > MAX_FILE:
        return Parsed(str(path), problems=[Problem("NTM-102", Place(str(path)), {"size": len(raw), "limit": MAX_FILE})])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Parsed(str(path), problems=[Problem("NTM-107", Place(str(path)))])
    return read_text(text, str(path))


def read_text(text: str, file: str = "", *, until: frozenset[str] = frozenset()) -> Parsed:
    """The data of a YAML text. With ``until``, reading stops at the first of these top-level keys (for headers of long files)."""
    parsed = Parsed(file)
    if len(text) > MAX_FILE:
        parsed.problems.append(Problem("NTM-102", Place(file), {"size": len(text), "limit": MAX_FILE}))
        return parsed
    try:
        parsed.data = _Builder(parsed, until).document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line, column, detail = slip_in(text, error)
        parsed.problems.append(Problem("NTM-101", Place(file, line, column), {"detail": detail}))
        parsed.data = None
    except yaml.YAMLError:  # characters that YAML forbids: no mark
        parsed.problems.append(Problem("NTM-101", Place(file), {"detail": _FORBIDDEN}))
        parsed.data = None
    except _Stop:
        parsed.data = None
    return parsed


class _Stop(Exception):
    """What follows cannot be read with any meaning."""


class _Builder:
    """Builds plain data from parser events, noting places and problems."""

    def __init__(self, parsed: Parsed, until: frozenset[str]) -> None:
        self.parsed = parsed
        self.until = until

    def document(self, events: Iterator[Any]) -> Any:
        next(events)  # the stream starts
        event = next(events)
        if not isinstance(event, yaml.DocumentStartEvent):
            self.parsed.problems.append(Problem("NTM-110", Place(self.parsed.file)))
            raise _Stop
        data = self.node(next(events), events, ())
        if self.until and isinstance(data, dict) and self.until & data.keys():
            return data
        next(events)  # the document ends
        if not isinstance(event := next(events), yaml.StreamEndEvent):
            mark = event.start_mark
            self.parsed.problems.append(Problem("NTM-110", Place(self.parsed.file, mark.line + 1, mark.column + 1)))
        return data

    def node(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        start = event.start_mark
        self.parsed.values_at[path] = (start.line + 1, start.column + 1)
        if event.__class__ is yaml.AliasEvent or event.anchor is not None:
            self.parsed.report("NTM-103", path)
            raise _Stop
        if event.tag is not None:
            self.parsed.report("NTM-104", path, tag=event.tag)
        if event.__class__ is yaml.ScalarEvent:
            if len(event.value) > MAX_SCALAR:
                self.parsed.report("NTM-102", path, size=len(event.value), limit=MAX_SCALAR)
                return event.value[:MAX_SCALAR]
            return event.value
        if len(path) >= MAX_DEPTH:
            self.parsed.report("NTM-105", path, limit=MAX_DEPTH)
            raise _Stop
        if event.__class__ is yaml.SequenceStartEvent:
            return self.sequence(events, path)
        return self.mapping(events, path)

    def sequence(self, events: Iterator[Any], path: Path_) -> list[Any]:
        items: list[Any] = []
        while (event := next(events)).__class__ is not yaml.SequenceEndEvent:
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while (event := next(events)).__class__ is not yaml.MappingEndEvent:
            mark = event.start_mark
            here = (mark.line + 1, mark.column + 1)
            if event.__class__ is not yaml.ScalarEvent or not event.value or event.anchor or event.tag:
                self.parsed.problems.append(Problem("NTM-109", Place(self.parsed.file, *here, dotted(path))))
                raise _Stop
            key = event.value
            if not path and key in self.until:
                entries[key] = None
                return entries
            inner = (*path, key)
            repeated = key in entries
            if repeated:
                first = self.parsed.keys_at[inner][0]
                self.parsed.problems.append(Problem("NTM-106", Place(self.parsed.file, *here, dotted(inner)), {"key": key, "first": first}))
            self.parsed.keys_at[inner] = here
            value = self.node(next(events), events, inner)
            if not repeated:
                entries[key] = value
        return entries
