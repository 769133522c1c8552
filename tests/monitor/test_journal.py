"""The journal: what was told comes back the same, a torn end is told, a killed process loses nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.monitor import (
    Attestation,
    Journal,
    JournalError,
    Measurement,
    Merge,
    Monitor,
    MonitorError,
    Recognition,
    Revocation,
    Unit,
    read_journal,
    read_told,
)

FIRST = date(2022, 8, 1)


def script(seed: int, length: int) -> list[tuple[str, Any]]:
    """A reproducible run of facts: tells, retractions and days."""
    chance = random.Random(seed)
    units = [f"x{number}" for number in range(6)]
    steps: list[tuple[str, Any]] = [("tell", Unit(id="p", kind="province", name="Tỉnh", watch=["targets"]))]
    steps += [("tell", Unit(id=d, kind="district", part_of="p", watch=["district"])) for d in ("d1", "d2")]
    steps += [
        ("tell", Unit(id=u, kind="commune", part_of=f"d{n % 2 + 1}", attributes={"area": "I"}, watch=["commune"]))
        for n, u in enumerate(units)
    ]
    day = FIRST.toordinal()
    told: list[Measurement] = []
    while len(steps) < length:
        unit = chance.choice(units)
        match chance.randrange(8):
            case 0 | 1 | 2:
                value: Any = chance.choice(["49.9", "60", "70", 55, ntm.Unknown("chưa khảo sát")])
                told.append(Measurement(subject=unit, ruleset="commune/2022", indicator="1.1", value=value))
                steps.append(("tell", told[-1]))
            case 3:
                steps.append(("tell", Attestation(subject=unit, ruleset="commune/2022", number="2", holds=chance.random() < 0.7)))
            case 4:
                on = date.fromordinal(day + chance.randint(-20, 20))
                steps.append(("tell", Recognition(subject=unit, status="ntm", on=on, seen=["https://example.org/qđ"])))
            case 5:
                steps.append(("tell", Revocation(subject=unit, status="ntm", on=date.fromordinal(day))))
            case 6 if told:
                last = told.pop()
                if not any(other.subject == last.subject for other in told):
                    steps.append(("retract", last))
            case _:
                day += chance.randint(1, 40)
                steps.append(("advance", date.fromordinal(day)))
    return steps


def play(monitor: Monitor, steps: list[tuple[str, Any]]) -> None:
    """Take the steps; a retraction of what no longer stands is refused and leaves no line."""
    for word, content in steps:
        try:
            getattr(monitor, word)(content)
        except MonitorError:
            assert word == "retract"


@pytest.mark.parametrize("seed", range(4))
def test_a_replay_gives_the_same_state_and_alerts(tmp_path: Path, catalogue: ntm.Catalogue, seed: int) -> None:
    """What the journal holds is what the monitor knows: statuses, acts, memory of slips, and the number of alerts."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path)) as monitor:
        play(monitor, script(seed, 80))
        state, alerts = monitor.state(), monitor.alerts()
    again, torn = Monitor.replay(path, catalogue)
    with again:
        assert again.state() == state
        assert again.alerts() == alerts
        assert torn == ()


def test_what_is_refused_leaves_no_line(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """A fact that cannot be taken changes neither the state nor the journal."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path)) as monitor:
        monitor.tell(Unit(id="x", kind="commune", watch=["commune"]))
        before, state = path.read_bytes(), monitor.state()
        for wrong in (
            Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value="140"),
            Measurement(subject="x", ruleset="commune/2022", indicator="9.9", value="1"),
            Measurement(subject="y", ruleset="commune/2022", indicator="1.1", value="1"),
            Measurement(subject="x", ruleset="commune/1999", indicator="1.1", value="1"),
            Measurement(subject="x", ruleset="commune/2020", indicator="1.1", value="140"),
            Attestation(subject="x", ruleset="commune/2022", number="17", holds=True),
            Unit(id="x", kind="district"),
            Unit(id="x", kind="commune", attributes={"regionn": "tay-nguyen"}, watch=["commune"]),
        ):
            with pytest.raises(ntm.NtmError):
                pytest.fail(f"{wrong!r}: {monitor.tell(wrong)}")
            assert path.read_bytes() == before
            assert monitor.state() == state


def test_a_journal_that_cannot_be_written_changes_nothing(
    tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: nothing is in effect that would be gone after a restart, and half a line does not stay."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path, sync=True)) as monitor:
        monitor.tell(Unit(id="x", kind="commune", watch=["commune"]))
        before, state = path.read_bytes(), monitor.state()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(JournalError, match=r"NTM-862 .*No space"):
            monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value="60"))
        assert path.read_bytes() == before
        assert monitor.state() == state
        monkeypatch.undo()
        monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value="60"))
        state = monitor.state()
    again, _ = Monitor.replay(path, catalogue)
    with again:
        assert again.state() == state


@pytest.mark.parametrize("cut", [1, 7, 40, 60])
def test_a_torn_last_line_is_told_and_left_out(tmp_path: Path, catalogue: ntm.Catalogue, cut: int) -> None:
    """However much of the last line is missing, the state is that before it, and the fragment is reported."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path)) as monitor:
        monitor.tell(Unit(id="x", kind="commune", watch=["commune"]))
        state = monitor.state()
        monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value="60"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    again, torn = Monitor.replay(path, catalogue)
    with again:
        assert again.state() == state
    assert [(problem.code, problem.place.line) for problem in torn] == [("NTM-858", 3)]
    with pytest.raises(JournalError, match="NTM-858"):
        Journal(path)
    with pytest.raises(JournalError, match="NTM-858"):
        Monitor.resume(path, catalogue)
    with Monitor.resume(path, catalogue, mend=True) as monitor:
        monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value="60"))
    assert path.read_bytes() == whole


def test_a_torn_first_line_is_begun_again(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """A journal of which not even the first line was finished holds nothing."""
    path = tmp_path / "j.jsonl"
    path.write_bytes(b'{"journal": "ntm-ru')
    with pytest.raises(JournalError, match="NTM-859"):
        Journal(path)
    with Monitor(catalogue, on=FIRST, journal=Journal(path, mend=True)) as monitor:
        assert monitor.on == FIRST
    assert read_journal(path).on == FIRST
    journal = Journal(path)
    with pytest.raises(JournalError, match="resume"):
        Monitor(catalogue, on=FIRST, journal=journal)
    journal.close()


def test_mending_never_empties_a_file_that_is_no_journal(tmp_path: Path) -> None:
    """A wrong path costs nobody a file."""
    path = tmp_path / "photo.bin"
    path.write_bytes(b"\x89PNG no end of line")
    with pytest.raises(JournalError, match="NTM-859"):
        Journal(path, mend=True)
    assert path.read_bytes() == b"\x89PNG no end of line"


HEAD = '{"journal": "ntm-rules/journal/v1", "on": "2022-08-01", "accept": "recalled"}'
UNIT = '{"tell": "unit", "id": "x", "kind": "commune", "watch": ["commune"]}'
WRONG_LINES = {
    "NTM-859": [
        "not json",
        "[1]",
        "{}",
        '{"tell": "unit", "tell": "unit"}',
        '{"tell": "unit", "retract": "unit"}',
        '{"advance": "2022-8-1"}',
        '{"advance": "2022-08-02", "by": 1}',
        '{"tell": "measurement", "subject": "x", "ruleset": "commune/2022", "indicator": "1.1", "value": NaN}',
        "[" * 100_000,
        '{"tell": "unit", "note": "' + "x" * 1_000_001 + '"}',
    ],
    "NTM-854": ['{"tell": "unity", "id": "x"}', '{"tell": "recognition", "subject": "x", "status": "ntm", "on": "2022-01-01", "stars": 9}',
                '{"tell": "recognition", "subject": "x", "status": "ntm", "on": "2022-02-01", "until": "2022-01-01"}',
                '{"tell": "merge", "old": ["x"], "new": "x", "on": "2022-01-01"}'],
    "NTM-201": ['{"tell": "unit", "id": "x", "kind": "commune", "watches": ["commune"]}'],
    "NTM-202": ['{"tell": "unit", "id": "x"}'],
    "NTM-207": ['{"tell": "revocation", "subject": "x", "status": "ntm", "on": "1/2/2022"}'],
    "NTM-306": ['{"tell": "unit", "id": "x", "kind": "commune", "watch": ["comune"]}'],
    "NTM-403": ['{"tell": "measurement", "subject": "x", "ruleset": "commune/2022", "indicator": "1.1", "value": "44,5"}'],
    "NTM-855": ['{"tell": "revocation", "subject": "z", "status": "ntm", "on": "2022-01-01"}',
                '{"tell": "unit", "id": "x", "kind": "commune", "part_of": "x"}',
                '{"tell": "unit", "id": "x", "kind": "commune", "part_of": "nowhere"}',
                '{"tell": "unit", "id": "x", "kind": "commune", "watch": ["district"]}',
                '{"tell": "measurement", "subject": "x", "ruleset": "district/2022", "indicator": "2.1", "value": "50"}'],
    "NTM-856": ['{"retract": "measurement", "subject": "x", "ruleset": "commune/2022", "indicator": "1.1", "value": "50"}',
                '{"retract": "attestation", "subject": "x", "ruleset": "commune/2022", "number": "1", "holds": true}',
                '{"retract": "recognition", "subject": "x", "status": "ntm", "on": "2022-01-01"}',
                '{"retract": "revocation", "subject": "x", "status": "ntm", "on": "2022-01-01"}',
                '{"retract": "merge", "old": ["x"], "new": "y", "on": "2022-01-01"}',
                '{"retract": "unit", "id": "x", "kind": "commune"}'],
    "NTM-857": ['{"advance": "2022-07-31"}'],
}  # fmt: skip


@pytest.mark.parametrize(("code", "line"), [(code, line) for code, lines in WRONG_LINES.items() for line in lines])
def test_a_wrong_line_is_told_where_it_stands(tmp_path: Path, catalogue: ntm.Catalogue, code: str, line: str) -> None:
    """A line in the middle that cannot be taken is an error with its number, never skipped."""
    path = tmp_path / "j.jsonl"
    path.write_text(f'{HEAD}\n{UNIT}\n\n{line}\n{{"advance": "2022-09-01"}}\n', "utf-8")
    with pytest.raises(JournalError) as error:
        Monitor.replay(path, catalogue)
    assert [(problem.code, problem.place.line) for problem in error.value.problems][:1] == [(code, 4)]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "{}",
        "[]",
        HEAD.replace("v1", "v9"),
        HEAD.replace("2022-08-01", "soon"),
        HEAD.replace("recalled", "x"),
        HEAD.replace("}", ', "readings": {"counts_from": "later"}}'),
        HEAD.replace("}", ', "readings": 1}'),
    ],
)
def test_a_file_that_is_no_journal_is_told(tmp_path: Path, catalogue: ntm.Catalogue, head: str) -> None:
    """The first line says what the file is and on which day it begins."""
    path = tmp_path / "j.jsonl"
    path.write_text(f"{head}\n" if head else "", "utf-8")
    with pytest.raises(JournalError, match="NTM-859"):
        Monitor.replay(path, catalogue)
    with pytest.raises(JournalError, match="NTM-108"):
        Monitor.replay(tmp_path / "none.jsonl", catalogue)


WRITER = """
import sys
sys.path[:0] = {path!r}
from pathlib import Path
from test_journal import FIRST, play, script
from helpers_monitor import small
from ntm_rules.monitor import Journal, Monitor
catalogue = small(Path({rulesets!r}))
print("begun", flush=True)
if {mode!r} == "write":
    play(Monitor(catalogue, on=FIRST, journal=Journal({journal!r})), script(7, 1500))
else:
    Monitor.replay({journal!r}, catalogue, callback=lambda alert: print(alert.number, flush=True))
print("done", flush=True)
"""


def _kill(program: str, lines: int) -> None:
    """Run the program and kill it dead after so many lines of output."""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert "done\n" not in printed


def test_a_replay_killed_in_the_middle_starts_again(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """Killing a replay leaves the journal as it was; the next one ends where an undisturbed one ends."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path)) as monitor:
        play(monitor, script(3, 400))
        state = monitor.state()
    assert state["alerts"] > 40
    before = path.read_bytes()
    program = WRITER.format(path=[str(Path(__file__).parent), *sys.path], rulesets=str(tmp_path / "c"), journal=str(path), mode="replay")
    for lines in (2, 20, 40):
        _kill(program, lines)
        assert path.read_bytes() == before
    again, torn = Monitor.replay(path, catalogue)
    with again:
        assert (again.state(), torn) == (state, ())


KILLED_AT = range(1, 1001, 20) if os.environ.get("NTM_TRUST") == "1" else (1, 120, 500)


@pytest.mark.parametrize("enough", KILLED_AT)
def test_a_writer_killed_in_the_middle_loses_nothing_it_took(
    tmp_path: Path, catalogue: ntm.Catalogue, enough: int, record_property: Any
) -> None:
    """What stands in the journal after the kill is a beginning of what was told; resuming and telling the rest ends as if undisturbed."""
    path = tmp_path / "j.jsonl"
    program = WRITER.format(path=[str(Path(__file__).parent), *sys.path], rulesets=str(tmp_path / "c"), journal=str(path), mode="write")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        while not path.exists() or path.read_bytes().count(b"\n") < enough:
            assert process.poll() is None
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    whole = tmp_path / "whole.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(whole)) as undisturbed:
        play(undisturbed, script(7, 1500))
    lines = whole.read_bytes().splitlines(keepends=True)
    with Monitor.resume(path, catalogue, mend=True) as monitor:
        kept = path.read_bytes().splitlines(keepends=True)
        assert enough <= len(kept) < len(lines)
        assert kept == lines[: len(kept)]
        rest = tmp_path / "rest.jsonl"
        rest.write_bytes(b"".join([lines[0], *lines[len(kept) :]]))
        assert monitor.play(read_journal(rest).lines) == []
        assert path.read_bytes() == whole.read_bytes()
        with Monitor.replay(whole, catalogue)[0] as expected:
            assert monitor.state() == expected.state()
    record_property("kills of a monitor survived, nothing acknowledged lost", 1)


def test_lines_are_plain_json(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """Other programs can write journals: values as text, absences as objects, days as ISO."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=Journal(path)) as monitor:
        monitor.tell(Unit(id="x", kind="commune", name="Xã Một", attributes={"area": "I", "ntm": None}))
        monitor.tell(Unit(id="y", kind="commune"))
        monitor.tell(
            Measurement(subject="x", ruleset="commune/2022", indicator="1.1", value=44.5, seen=["https://example.org"], note="quý I")
        )
        monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="2.1", value=False))
        monitor.tell(Measurement(subject="x", ruleset="commune/2022", indicator="2.2", value=None))
        monitor.tell(Merge(old=["x"], new="y", on=date(2022, 9, 1), decision="1/NQ"))
        monitor.advance(date(2022, 9, 2))
        state = monitor.state()
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert lines[3]["value"] == "44.5"
    assert lines[4]["value"] is False
    assert lines[5]["value"] == {"unknown": "không có số liệu"}
    assert lines[6] == {"tell": "merge", "old": ["x"], "new": "y", "on": "2022-09-01", "decision": "1/NQ"}
    again, _ = Monitor.replay(path, catalogue)
    with again:
        assert again.state() == state


def test_resuming_what_cannot_be_replayed_closes_it(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """A journal with a wrong line is not gone on with: it would give another state each time."""
    path = tmp_path / "j.jsonl"
    path.write_text(f"{HEAD}\n{UNIT}\nnonsense\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(JournalError, match="NTM-859"):
        Monitor.resume(path, catalogue)
    assert path.read_bytes() == before
    with pytest.raises(MonitorError, match="NTM-854"):
        read_told("unit", {1: "x"})  # type: ignore[dict-item]


def test_half_a_line_written_does_not_stay(tmp_path: Path, catalogue: ntm.Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system took only a part of the line: it is cut off again, and nothing is in effect."""
    path = tmp_path / "j.jsonl"
    with Monitor(catalogue, on=FIRST, journal=(journal := Journal(path))) as monitor:
        before, real = path.read_bytes(), journal._file

        class Full:
            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

            def write(self, data: bytes) -> int:
                return real.write(data[:9])

        monkeypatch.setattr(journal, "_file", Full())
        with pytest.raises(JournalError, match=r"NTM-862 .*No space"):
            monitor.tell(Unit(id="x", kind="commune"))
        assert path.read_bytes() == before
        assert monitor.statuses() == {}


def test_a_province_of_no_list_in_an_old_journal_is_told_and_left_out(tmp_path: Path) -> None:
    """It replays; telling it anew is refused; an official name stands for the slug; the unit can be taken back as it was told."""
    path = tmp_path / "j.jsonl"
    unit = '{"tell": "unit", "id": "%s", "kind": "commune", "province": "%s", "watch": ["commune-ntm"]}\n'
    head = '{"journal": "ntm-rules/journal/v1", "on": "2023-01-01", "accept": "recalled"}\n'
    back = '{"retract": "unit", "id": "a", "kind": "commune", "province": "Kontumm", "watch": ["commune-ntm"]}\n'
    path.write_text(head + unit % ("a", "Kontumm") + unit % ("b", "Tỉnh Kon Tum"))
    monitor, told = Monitor.replay(path)
    with monitor:
        assert [(problem.code, problem.place.line) for problem in told] == [("NTM-313", 2)]
        assert monitor.statuses()["a"] == {"commune-ntm": "undetermined"}
        assert monitor.state()["units"]["b"]["unit"]["province"] == "kon-tum"
        with pytest.raises(MonitorError):
            monitor.tell(Unit(id="c", kind="commune", province="Kontumm"))
    path.write_text(path.read_text() + back)
    monitor, told = Monitor.replay(path)
    with monitor:
        assert "a" not in monitor.statuses()
        assert {problem.code for problem in told} == {"NTM-313"}
