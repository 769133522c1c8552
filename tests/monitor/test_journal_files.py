"""Journals as files: cut anywhere, written by other programs, on a full disk, cut or replaced while they are followed."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_watch import HEAD, MAIN, RECOGNISED, SLIP, UNIT, said

import ntm_rules as ntm
from ntm_rules.cli import watch as command
from ntm_rules.monitor import Attestation, Journal, JournalError, Monitor, Recognition, Unit, read_journal

ON = date(2023, 6, 30)
SLIPPED = Attestation(subject="x", ruleset="commune/2022", number="2", holds=False, note="Đắk Cấm chưa đạt «Môi trường»")


def begun(path: Path, catalogue: ntm.Catalogue, **more: Any) -> Monitor:
    """A monitor with a commune that is recognised, and its journal."""
    monitor = Monitor(catalogue, on=ON, journal=Journal(path, **more))
    monitor.tell(Unit(id="x", kind="commune", watch=("commune",)))
    monitor.tell(Recognition(subject="x", status="ntm", on=date(2022, 8, 1)))
    return monitor


def test_a_last_line_cut_at_any_byte(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """Also inside a letter of several bytes, and where only the end of line is missing: the state is that before the line."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue) as monitor:
        before, state = path.read_bytes(), monitor.state()
        monitor.tell(SLIPPED)
        slipped = monitor.state()
    whole = path.read_bytes()
    assert len(whole) - len(before) > len(whole.decode()) - len(before.decode())  # letters of several bytes
    for size in range(len(before), len(whole)):
        path.write_bytes(whole[:size])
        again, torn = Monitor.replay(path, catalogue)
        with again:
            assert again.state() == state
        rest = size - len(before)
        assert [(one.code, one.place.line, one.words["size"]) for one in torn] == ([("NTM-858", 4, rest)] if rest else [])
        if rest:
            with pytest.raises(JournalError, match="NTM-858"):
                Journal(path)
            assert path.read_bytes() == whole[:size]
        with Monitor.resume(path, catalogue, mend=True) as monitor:
            assert path.read_bytes() == before
            monitor.tell(SLIPPED)
            assert monitor.state() == slipped
        assert path.read_bytes() == whole


AS_WRITTEN = (HEAD + UNIT + RECOGNISED + SLIP).encode()
OTHER_WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "blank lines": lambda data: data.replace(b"\n", b"\n\n  \t\r\n"),
    "keys in another order": lambda data: b"".join(
        json.dumps(dict(reversed(json.loads(line).items()))).encode() + b"\n" for line in data.splitlines()
    ),
    "escapes for every letter": lambda data: b"".join(json.dumps(json.loads(line)).encode() + b"\n" for line in data.splitlines()),
}


@pytest.mark.parametrize("how", OTHER_WRITERS)
def test_journals_of_other_programs(tmp_path: Path, how: str) -> None:
    """What an editor or another program does to a file of lines changes nothing of what it says; going on with it works too."""
    plain, other = tmp_path / "plain.jsonl", tmp_path / "other.jsonl"
    plain.write_bytes(AS_WRITTEN)
    other.write_bytes(OTHER_WRITERS[how](AS_WRITTEN))
    with Monitor.replay(plain)[0] as expected:
        monitor, torn = Monitor.replay(other)
        with monitor:
            assert (monitor.state(), torn) == (expected.state(), ())
        with Monitor.resume(other) as resumed:
            resumed.advance(date(2023, 7, 1))
        with Monitor.replay(other)[0] as again:
            assert again.on == date(2023, 7, 1)


BROKEN: dict[str, tuple[bytes, int]] = {
    "NUL bytes, as after a power cut": (b"\0" * 40 + b"\n", 3),
    "bytes that are no UTF-8": (UNIT.encode().replace(b"kon-tum", b"kon-\xff"), 3),
    "UTF-16": (UNIT.encode("utf-16-le").replace(b"\n\0", b"\n"), 3),
    "a lone surrogate in bytes": (UNIT.encode().replace(b"kon-tum", b"kon-\xed\xa0\x80"), 3),
    "a byte order mark inside": (b"\xef\xbb\xbf" + UNIT.encode(), 3),
    "another first line": (HEAD.encode(), 3),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, how: str) -> None:
    """It is neither skipped nor read as something else."""
    line, number = BROKEN[how]
    path = tmp_path / "j.jsonl"
    path.write_bytes((HEAD + UNIT).encode() + line + RECOGNISED.encode())
    with pytest.raises(JournalError) as error:
        Monitor.replay(path)
    assert [(one.code, one.place.line) for one in error.value.problems] == [("NTM-859", number)]


def test_a_surrogate_that_was_escaped_is_told(tmp_path: Path) -> None:
    """JSON can name what no text can hold."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT.replace('"x"', '"x\\ud800"'), "utf-8")
    with pytest.raises(JournalError, match="NTM-854"):
        Monitor.replay(path)


def test_a_value_that_cannot_be_written_is_not_taken(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """The reason of an absence is free text; one that UTF-8 cannot hold would break the journal."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue) as monitor:
        before, state = path.read_bytes(), monitor.state()
        with pytest.raises(ntm.NtmError, match="NTM-854"):
            monitor.tell(Unit(id="y", kind="commune", attributes={"area": ntm.Unknown("\ud800")}))
        assert (path.read_bytes(), monitor.state()) == (before, state)


def test_a_journal_of_a_later_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says to use a newer library, not that the line is broken."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD.replace("/v1", "/v2").replace("}", ', "signed": true}'))
    code, _, err = said(capsys, path, "--lang", "en")
    assert code == 2
    assert "its form is «ntm-rules/journal/v2»" in err
    assert "newer ntm-rules" in err
    with pytest.raises(JournalError, match="v2"):
        Journal(path, mend=True)
    assert "/v2" in path.read_text()


def test_what_cannot_be_opened(tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a place that is not there, a file that may not be read: told with the path, in both languages."""
    for call in (lambda: Journal(tmp_path), lambda: Monitor.replay(tmp_path), lambda: Monitor.resume(tmp_path, catalogue, mend=True)):
        with pytest.raises(JournalError, match="NTM-108"):
            call()
    with pytest.raises(JournalError, match="NTM-862"):
        Journal(tmp_path / "none" / "j.jsonl")
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD)

    def forbidden(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", forbidden)
    for call in (lambda: Journal(path), lambda: read_journal(path)):
        with pytest.raises(JournalError, match=r"NTM-108 .*Permission denied"):
            call()


def test_an_empty_file_begins(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """It is no journal to read, and a new one to write to."""
    path = tmp_path / "j.jsonl"
    path.touch()
    with pytest.raises(JournalError, match="empty, or its first line is torn"):
        Monitor.replay(path, catalogue)
    with begun(path, catalogue):
        assert len(path.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("call", ["fstat", "fsync", "write"])
def test_a_disk_that_fails_at_any_call(tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Nothing is in effect, no part of the line stays, and telling it again works."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue, sync=True) as monitor:
        before, state, alerts = path.read_bytes(), monitor.state(), monitor.alerts()
        fail(monkeypatch, monitor, call)
        with pytest.raises(JournalError, match=r"NTM-862 .*No space left"):
            monitor.tell(SLIPPED)
        with pytest.raises(JournalError, match="NTM-862"):
            monitor.advance(date(2024, 1, 1))
        assert (path.read_bytes(), monitor.state(), monitor.alerts()) == (before, state, alerts)
        monkeypatch.undo()
        assert [alert.kind for alert in monitor.tell(SLIPPED)][:1] == ["criterion-lost"]
        slipped = monitor.state()
    with Monitor.replay(path, catalogue)[0] as again:
        assert again.state() == slipped


def fail(monkeypatch: pytest.MonkeyPatch, monitor: Monitor, call: str) -> None:
    """Make one of the calls that write fail as on a full disk; writing writes a part first."""

    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call != "write":
        monkeypatch.setattr(os, call, full)
        return
    journal: Any = monitor._journal
    real = journal._file

    class Full:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def write(self, data: bytes) -> int:
            real.write(data[:11])
            return int(full())

    monkeypatch.setattr(journal, "_file", Full())


def test_half_a_line_that_cannot_be_cut_off(tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written after it: the journal would be broken in the middle. Opened again and mended, it goes on."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue) as monitor:
        state = monitor.state()
        fail(monkeypatch, monitor, "write")

        def stuck(*_: Any) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(os, "ftruncate", stuck)
        with pytest.raises(JournalError, match="No space left"):
            monitor.tell(SLIPPED)
        monkeypatch.undo()
        with pytest.raises(JournalError, match="could not be cut off"):
            monitor.tell(SLIPPED)
        assert monitor.state() == state
    with Monitor.resume(path, catalogue, mend=True) as again:
        assert again.state() == state
        again.tell(SLIPPED)


def test_ctrl_c_while_writing(tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is taken back together with the fact."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue, sync=True) as monitor:
        before, state = path.read_bytes(), monitor.state()

        def interrupted(*_: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            monitor.tell(SLIPPED)
        monkeypatch.undo()
        assert (path.read_bytes(), monitor.state()) == (before, state)


# --- followed ---------------------------------------------------------------------------------------------------------


def grow(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> None:
    """What happens to the file between one look and the next; at the end, Ctrl-C."""
    waiting = iter(steps)

    def sleep(_: float) -> None:
        step = next(waiting, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(command.time, "sleep", sleep)


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("how", ["cut", "replaced", "rewritten", "gone"])
def test_a_followed_file_that_is_no_longer_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str, as_json: bool
) -> None:
    """It ends with exit code 2 and says why, rather than wait for ever or read from the middle of another journal."""
    path, other = tmp_path / "j.jsonl", tmp_path / "other.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED)
    longer = HEAD + UNIT.replace('"x"', '"y"') + UNIT + RECOGNISED + SLIP

    def replaced() -> None:
        other.write_text(longer)
        os.replace(other, path)

    change = {"cut": lambda: os.truncate(path, len(HEAD)), "replaced": replaced, "rewritten": lambda: path.write_text(longer)}
    grow(monkeypatch, lambda: None, change.get(how, path.unlink))
    code, out, err = said(capsys, path, "--follow", "--lang", "en", *(["--json"] if as_json else []))
    assert code == 2
    expected = "NTM-108" if how == "gone" else "NTM-861"
    if as_json:
        [line] = out.splitlines()
        assert json.loads(line)["problem"]["code"] == expected
    else:
        assert expected in err
        assert out == ""


def test_a_followed_file_saved_anew_by_an_editor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor writes another file and puts it in place: with the same lines and one more, it is the same journal."""
    path, other = tmp_path / "j.jsonl", tmp_path / "other.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED)

    def saved() -> None:
        other.write_text(HEAD + UNIT + RECOGNISED + SLIP)
        os.replace(other, path)

    grow(monkeypatch, saved)
    code, out, _ = said(capsys, path, "--follow", "--lang", "en")
    assert code == 0
    assert len(out.splitlines()) == 1, "what the day came to, once"


def test_half_a_line_that_is_cut_off_again(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that was killed starts again and mends its journal: the fragment is not reported at the end."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT)
    whole = path.stat().st_size
    grow(monkeypatch, lambda: path.write_text(HEAD + UNIT + RECOGNISED[:9]), lambda: None, lambda: os.truncate(path, whole))
    code, _, err = said(capsys, path, "--follow")
    assert (code, "NTM-858" in err) == (0, False)


def test_everything_printed_as_json_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An alert or a problem each, also where the file is no journal at all."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + "nonsense\n" + RECOGNISED + SLIP)
    code, out, err = said(capsys, path, "--json")
    assert (code, err) == (1, "")
    assert [next(iter(json.loads(line))) for line in out.splitlines()] == ["problem", "alert"]
    code, out, err = said(capsys, tmp_path / "none.jsonl", "--json")
    assert (code, err) == (2, "")
    assert json.loads(out)["problem"]["code"] == "NTM-108"
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize("many", [1, 400])
def test_ctrl_c_while_it_is_working(tmp_path: Path, many: int) -> None:
    """At whatever moment after the first alert: exit code 0 or 1 and no traceback."""
    path = tmp_path / "j.jsonl"
    path.write_text(HEAD + UNIT + RECOGNISED + (SLIP + SLIP.replace("false", "true")) * many)
    arguments = [sys.executable, "-c", MAIN, "watch", str(path), "--each", "--follow", "--every", "0.05"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        err = process.stderr.read()
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")
def test_a_journal_has_one_writer(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """A second one is refused before it writes or cuts anything; when the first is closed, the next may go on."""
    path = tmp_path / "j.jsonl"
    with begun(path, catalogue):
        before = path.read_bytes()
        for call in (lambda: Journal(path, mend=True), lambda: Monitor.resume(path, catalogue)):
            with pytest.raises(JournalError, match=r"NTM-862 .*another program is writing"):
                call()
        assert path.read_bytes() == before
        assert read_journal(path).problems == []  # reading is free
    Monitor.resume(path, catalogue, sync=True).close()


def test_a_new_journal_outlives_a_power_cut_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that names it is on the disk as well as its first line."""
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    journal = Journal(tmp_path / "j.jsonl", sync=True)
    journal.begin(date(2024, 1, 1), ntm.SourceLevel.RECALLED)
    journal.close()
    assert synced == [False, True]
