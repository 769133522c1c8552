"""A monitor that is killed again and again while it writes, and goes on each time from what its journal holds."""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import time
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from test_journal import FIRST

import ntm_rules as ntm
from ntm_rules.monitor import Attestation, Journal, Measurement, Monitor, Unit
from ntm_rules.monitor.journal import Reader

LONG = os.environ.get("NTM_TRUST") == "1"
FACTS, KILLS, COMMUNES, DISTRICTS, PROVINCES = (100_000, 50, 1_000, 100, 20) if LONG else (1_000, 5, 20, 4, 2)
AT_ONCE = 10  # lines, so that a writer is killed where it is to be
COUNT = struct.Struct("q")


def facts() -> Iterator[Any]:
    """Communes in districts in provinces, then what is measured and attested of them, the same each time.

    A province of fifty communes, for what one commune comes to is counted anew in all that it is a part of.
    """
    chance = random.Random(11)
    for number in range(PROVINCES):
        yield Unit(id=f"p{number}", kind="province", name="Tỉnh", watch=["targets"])
    for number in range(DISTRICTS):
        yield Unit(id=f"d{number}", kind="district", part_of=f"p{number % PROVINCES}", watch=["district"])
    for number in range(COMMUNES):
        part = f"d{number % DISTRICTS}"
        yield Unit(id=f"x{number}", kind="commune", part_of=part, attributes={"area": "I"}, watch=["commune"])
    while True:
        unit = f"x{chance.randrange(COMMUNES)}"
        if chance.random() < 0.7:
            value = chance.choice(["49.9", "60", "70", "55.5"])
            yield Measurement(subject=unit, ruleset="commune/2022", indicator="1.1", value=value)
        else:
            yield Attestation(subject=unit, ruleset="commune/2022", number="2", holds=chance.random() < 0.7)


def write(monitor: Monitor, path: Path, rest: list[Any], acknowledged: mmap.mmap) -> None:
    """What the process does that will be killed: tell, and count once it was taken."""
    monitor._journal = Journal(path, mend=True)  # as Monitor.resume does, without reading anew what this process knows already
    if not monitor.state()["units"]:
        monitor._journal.begin(FIRST, monitor.accept)
    for number, fact in enumerate(rest, 1):
        monitor.tell(fact)
        COUNT.pack_into(acknowledged, 0, number)


def killed_after(path: Path, rest: list[Any], enough: int, monitor: Monitor, follow: Callable[[], int]) -> int:
    """Fork a writer, kill it dead once so many facts were acknowledged, and say how many were. What it writes is followed meanwhile."""
    # Memory that both see: a count there costs no call of the system, a byte in a pipe two.
    with mmap.mmap(-1, mmap.PAGESIZE) as acknowledged:
        process = os.fork()
        if not process:
            try:
                write(monitor, path, rest, acknowledged)
            except BaseException:
                traceback.print_exc()  # nobody else would say what the writer ended in
            finally:
                os._exit(1)
        while COUNT.unpack_from(acknowledged)[0] < enough:
            assert os.waitpid(process, os.WNOHANG) == (0, 0), "the writer ended by itself"
            follow()
            time.sleep(0.001)
        os.kill(process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        return int(COUNT.unpack_from(acknowledged)[0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_monitor_killed_again_and_again_loses_nothing_acknowledged(
    tmp_path: Path, catalogue: ntm.Catalogue, record_property: Any
) -> None:
    """After every kill the journal is a beginning of what was told, and holds all that was acknowledged; at the end its replay is the
    state of a monitor that was never killed."""
    path, chance, source = tmp_path / "j.jsonl", random.Random(5), facts()
    told = [next(source) for _ in range(FACTS)]
    readers: list[Reader] = []
    known = 0
    with Monitor(catalogue, on=FIRST) as monitor:

        def follow() -> int:
            """Play a few lines that the journal holds beyond what is known; the next writer goes on from here."""
            nonlocal known
            if not readers and path.exists() and b"\n" in path.read_bytes():
                readers.append(Reader(path))
            lines = [line for reader in readers for line in islice(reader.read(), AT_ONCE)]
            assert [line.content for _, line in lines] == told[known : known + len(lines)]
            assert monitor.play(lines) == []
            known += len(lines)
            return len(lines)

        for kill in range(KILLS):
            before, until = known, FACTS * (kill + 1) // KILLS  # where this writer would end, had nobody killed it
            enough = max(1, until - known - chance.randrange(1, FACTS // KILLS // 2))
            taken = killed_after(path, told[known:], enough, monitor, follow)
            while follow():
                pass
            assert before + taken <= known <= before + taken + 1  # the last may stand in the journal and not be acknowledged yet
        assert known >= FACTS * (KILLS - 1) // KILLS
        with Monitor.resume(path, catalogue, mend=True) as again:
            assert again.state() == monitor.state()
    record_property("kills of a monitor survived, nothing acknowledged lost", KILLS)
    record_property("facts told to monitors that are killed", known)
