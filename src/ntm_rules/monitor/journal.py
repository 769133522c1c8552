"""The journal: what was told, one JSON line each, only ever appended to. What it holds is what the monitor knows."""

from __future__ import annotations

import errno
import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from ntm_rules.messages.causes import of_reading, of_system
from ntm_rules.monitor.errors import JournalError, MonitorError, refusal
from ntm_rules.monitor.told import Told, read_told
from ntm_rules.problems import Place, Problem
from ntm_rules.register.law import checked_readings
from ntm_rules.tables.write.safe import to_disk
from ntm_rules.values import Bilingual, SourceLevel

_STUCK: Final = Bilingual("dòng viết dở trước đó không cắt đi được", "half a line written before could not be cut off")
_TAKEN: Final = Bilingual("chương trình khác đang ghi nhật ký này", "another program is writing this journal")
SCHEMA: Final = "ntm-rules/journal/v1"
_LONGEST: Final = 1_000_000
_FAMILY: Final = "ntm-rules/journal/"
_BEGINNING: Final = b'{"journal": "'


@dataclass(frozen=True, slots=True)
class Entry:
    """One line after the first: something told or retracted, or a move to another day."""

    word: Literal["tell", "retract", "advance"]
    content: Told | date

    def text(self) -> str:
        """The line as JSON, without its end."""
        if isinstance(self.content, Told):
            data: dict[str, Any] = {self.word: self.content.word, **self.content.line()}
        else:
            data = {self.word: self.content.isoformat()}
        return json.dumps(data, ensure_ascii=False)


@dataclass(slots=True)
class Content:
    """A journal as read: the day it begins, its lines with their places, and what is wrong with it.

    ``torn`` is a last line that was never finished; it was never in effect. ``problems`` are lines that cannot be read.
    """

    on: date
    accept: SourceLevel
    readings: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[Place, Entry]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    torn: tuple[Problem, ...] = ()


def read_journal(path: str | Path) -> Content:
    """A journal.

    Raises:
        JournalError: the file cannot be opened, or its first line is not that of a journal.
    """
    reader = Reader(path)
    found = list(reader.read())
    content = Content(reader.on, reader.accept, reader.readings)
    for place, item in found:
        if isinstance(item, Entry):
            content.lines.append((place, item))
        else:
            content.problems += item
    content.torn = reader.torn()
    return content


class Reader:
    """Reads a journal from its start, and again whatever was appended since.

    Raises:
        JournalError: the file cannot be opened, or its first line is not that of a journal.
    """

    def __init__(self, path: str | Path) -> None:
        self.path: Path = Path(path)
        self.size: int = 0
        self._line = 0
        self._rest = b""
        self._last = b""
        first = next(self._whole_lines(), None)
        if first is None:
            raise JournalError([self._problem("NTM-859", Bilingual("trống, hoặc dòng đầu bị đứt", "empty, or its first line is torn"))])
        self.first: str = first.decode("utf-8", "replace").strip()  # which tells the journal from others
        on, accept, readings = self._header(first)
        self.on: date = on
        self.accept: SourceLevel = accept
        self.readings: dict[str, str] = readings

    def read(self) -> Iterator[tuple[Place, Entry | list[Problem]]]:
        """The whole lines that were not read before: what each says, or what is wrong with it."""
        for raw in self._whole_lines():
            place = Place(str(self.path), self._line, 1)
            if not raw.strip():
                continue
            try:
                yield place, parse_line(raw)
            except MonitorError as error:
                yield place, at_line(place, error.problems)

    def skip(self) -> None:
        """Go to the end without looking at what the lines say."""
        for _ in self._whole_lines():
            pass

    def torn(self) -> tuple[Problem, ...]:
        """The last line, if it was never finished."""
        if not self._rest:
            return ()
        return (Problem("NTM-858", Place(str(self.path), self._line + 1, 1), {"size": len(self._rest)}),)

    def _whole_lines(self) -> Iterator[bytes]:
        """Whole lines from where reading stopped. What follows the last end of line stays unread.

        Raises:
            JournalError: the file cannot be read, or what was read before no longer stands in it.
        """
        self._rest = b""
        try:
            with self.path.open("rb") as file:
                file.seek(self.size - len(self._last))
                if file.read(len(self._last)) != self._last:
                    raise JournalError([Problem("NTM-861", Place(str(self.path), self._line, 1), {"line": self._line})])
                for raw in file:
                    if not raw.endswith(b"\n"):
                        self._rest = raw
                        return
                    self._last = raw
                    self.size += len(raw)
                    self._line += 1
                    yield raw
        except OSError as error:
            raise JournalError([Problem("NTM-108", Place(str(self.path)), {"detail": of_system(error)})]) from None

    def _header(self, raw: bytes) -> tuple[date, SourceLevel, dict[str, str]]:
        try:
            data = _object(raw.removeprefix(BOM_UTF8))
            version = data.get("journal")
            if isinstance(version, str) and version.startswith(_FAMILY) and version != SCHEMA:
                other = Bilingual(
                    f"dạng «{version}», bản này chỉ đọc «{SCHEMA}»; hãy dùng ntm-rules mới hơn",
                    f"its form is «{version}», and this version reads «{SCHEMA}» only; use a newer ntm-rules",
                )
                raise JournalError([self._problem("NTM-859", other)])
            if set(data) - {"note", "readings"} != {"journal", "on", "accept"} or data["journal"] != SCHEMA:
                raise ValueError(SCHEMA)
            return date.fromisoformat(data["on"]), SourceLevel(data["accept"]), checked_readings(data.get("readings", {}))
        except JournalError:
            raise
        except (ValueError, TypeError) as error:
            expected = f'{{"journal": "{SCHEMA}", "on": "YYYY-MM-DD", "accept": "recalled"}}'
            raise JournalError([self._problem("NTM-859", Bilingual("{}; {}").fill(of_reading(error), expected))]) from None

    def _problem(self, code: str, detail: str) -> Problem:
        return Problem(code, Place(str(self.path), 1, 1), {"detail": detail})


def at_line(place: Place, found: Iterable[Problem]) -> list[Problem]:
    """The problems of something told, each at the line that told it."""
    return [one.at(Place(place.file, place.line, place.column, one.place.path)) for one in found]


def _is_torn_header(raw: bytes) -> bool:
    """Whether not even the first line was finished; any other file without an end of line is none of ours."""
    return b"\n" not in raw and (raw.startswith(_BEGINNING) or _BEGINNING.startswith(raw))


def parse_line(raw: bytes) -> Entry:
    """One line of a journal after the first.

    Raises:
        MonitorError: it cannot be read; all its problems together.
    """
    data = _object(raw)
    words = [word for word in ("tell", "retract", "advance") if word in data]
    if len(words) != 1:
        raise refusal("NTM-859", detail="tell | retract | advance")
    [word] = words
    what = data.pop(word)
    if word == "advance":
        try:
            if data.keys() - {"note"} or not isinstance(what, str) or len(what) != 10:
                raise ValueError(what)
            return Entry("advance", date.fromisoformat(what))
        except ValueError:
            raise refusal("NTM-859", detail='{"advance": "YYYY-MM-DD"}') from None
    return Entry("tell" if word == "tell" else "retract", read_told(what, data))


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > _LONGEST:
        raise refusal("NTM-859", detail=f"{len(raw)} > {_LONGEST} byte")
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_unique, parse_float=str, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise refusal("NTM-859", detail=of_reading(error)) from None
    if not isinstance(data, dict):
        raise refusal("NTM-859", detail="{…}")
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice (một khóa viết hai lần)")
    return found


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def locked(handle: int) -> bool:
    """Lock an open file for this program alone, until it is closed or the program ends; whether nobody else has it locked.

    A system without locks of this kind says yes.
    """
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


class Journal:
    """A journal to append to, and nobody else while it is open.

    Args:
        path: the file; made when it is not there.
        mend: cut off a torn last line, so that appending can go on.
        sync: wait until each line is on the disk, so that it outlives a power cut as well as the death of the process.

    Raises:
        JournalError: the last line is torn and is not to be mended, the file is no journal, or another program is writing it.
    """

    def __init__(self, path: str | Path, *, mend: bool = False, sync: bool = False) -> None:
        self.path: Path = Path(path)
        self.sync: bool = sync
        self._begun: tuple[date, SourceLevel] | None = None
        self._stuck = False
        if self.path.exists() and not self.path.is_file():
            Reader(self.path)  # says what is there instead
        try:
            self._file = open(self.path, "ab", buffering=0)  # noqa: SIM115 - closed with the journal
        except OSError as error:
            raise self._unwritten(error) from None
        try:
            self._look(mend)
        except BaseException:
            self._file.close()
            raise

    def _look(self, mend: bool) -> None:
        """What stands in the file, once nobody else writes to it."""
        try:
            if not locked(self._file.fileno()):
                raise JournalError([Problem("NTM-862", Place(str(self.path)), {"detail": _TAKEN})])
            if mend and self.path.is_file() and _is_torn_header(self._first_bytes()):
                os.truncate(self.path, 0)
            if self.path.stat().st_size:
                reader = Reader(self.path)
                reader.skip()
                if torn := reader.torn():
                    if not mend:
                        raise JournalError(torn)
                    os.truncate(self.path, reader.size)
                self._begun = reader.on, reader.accept
        except OSError as error:
            raise self._unwritten(error) from None

    def begin(self, on: date, accept: SourceLevel, readings: Mapping[str, str] | None = None) -> None:
        """The first line, in a new journal. Readings stand in it where the law is read otherwise than it is declared.

        Raises:
            JournalError: the journal has begun before; ``Monitor.resume`` goes on with it.
        """
        if self._begun is not None:
            detail = Bilingual("nhật ký đã có nội dung; hãy dùng Monitor.resume", "it has begun before; use Monitor.resume")
            raise JournalError([Problem("NTM-859", Place(str(self.path)), {"detail": detail})])
        chosen = {"readings": dict(readings)} if readings else {}
        self._write(json.dumps({"journal": SCHEMA, "on": on.isoformat(), "accept": accept.value, **chosen}))
        if self.sync:
            try:
                to_disk(self.path.parent)
            except OSError as error:
                raise self._unwritten(error) from error
        self._begun = on, accept

    def append(self, line: Entry) -> None:
        """One more line, whole or not at all.

        Raises:
            JournalError: it cannot be written; the journal then ends where it did before, or takes no more lines.
        """
        self._write(line.text())

    def _write(self, text: str) -> None:
        if self._stuck:
            raise JournalError([Problem("NTM-862", Place(str(self.path)), {"detail": _STUCK})])
        try:
            data = text.encode() + b"\n"
        except UnicodeEncodeError as error:
            raise refusal("NTM-854", detail=f"{text[error.start : error.end]!r}") from None
        before = None
        try:
            before = os.fstat(self._file.fileno()).st_size
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
            if self.sync:
                os.fsync(self._file.fileno())
        except BaseException as error:
            if before is not None:
                self._cut(before)
            if isinstance(error, OSError):
                raise self._unwritten(error) from error
            raise

    def _cut(self, size: int) -> None:
        """Half a line must not stay in the way of the next."""
        try:
            os.ftruncate(self._file.fileno(), size)
        except OSError:
            self._stuck = True

    def _first_bytes(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(_LONGEST)

    def _unwritten(self, error: OSError) -> JournalError:
        return JournalError([Problem("NTM-862", Place(str(self.path)), {"detail": of_system(error)})])

    def close(self) -> None:
        """Close the file."""
        self._file.close()
