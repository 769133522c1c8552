"""A monitor that is killed again and again while it writes, and goes on each time from what its journal holds."""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_journal import FIRST

import ntm_rules as ntm
from ntm_rules.monitor import Attestation, Journal, Measurement, Monitor, Unit
from ntm_rules.monitor.journal import Reader

FACTS, KILLS, COMMUNES, DISTRICTS = (100_000, 50, 1_000, 30) if os.environ.get("NTM_TRUST") == "1" else (1_000, 5, 20, 2)
COUNT = struct.Struct("q")


def facts() -> Iterator[Any]:
    """Communes in districts, then what is measured and attested of them, the same each time."""
    chance = random.Random(11)
    yield Unit(id="p", kind="province", name="Tỉnh", watch=["targets"])
    for number in range(DISTRICTS):
        yield Unit(id=f"d{number}", kind="district", part_of="p", watch=["district"])
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


def killed_after(monitor: Monitor, path: Path, rest: list[Any], enough: int) -> int:
    """Fork a writer, kill it dead once so many facts were acknowledged, and say how many were."""
    with mmap.mmap(
        -1, mmap.PAGESIZE
    ) as acknowledged:  # memory that both see: a count there costs no call of the system, a byte in a pipe two
        process = os.fork()
        if not process:
            try:
                write(monitor, path, rest, acknowledged)
            finally:
                os._exit(1)
        while COUNT.unpack_from(acknowledged)[0] < enough:
            assert os.waitpid(process, os.WNOHANG) == (0, 0), "the writer ended by itself"
            time.sleep(0.001)
        os.kill(process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        return int(COUNT.unpack_from(acknowledged)[0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_monitor_killed_again_and_again_loses_nothing_acknowledged(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """After every kill the journal is a beginning of what was told, and holds all that was acknowledged; at the end its replay is the
    state of a monitor that was never killed."""
    path, chance, source = tmp_path / "j.jsonl", random.Random(5), facts()
    told = [next(source) for _ in range(FACTS)]
    reader, known = None, 0
    with Monitor(catalogue, on=FIRST) as monitor:
        for kill in range(KILLS):
            until = FACTS * (kill + 1) // KILLS  # where this writer would end, had nobody killed it
            taken = killed_after(monitor, path, told[known:], max(1, until - known - chance.randrange(1, FACTS // KILLS // 2)))
            reader = reader or Reader(path)
            lines = list(reader.read())
            assert taken <= len(lines) <= taken + 1  # the last may stand in the journal and not be acknowledged yet
            assert [line.content for _, line in lines] == told[known : known + len(lines)]
            assert monitor.play(lines) == []  # the next writer goes on from here
            known += len(lines)
        assert known >= FACTS * (KILLS - 1) // KILLS
        with Monitor.resume(path, catalogue, mend=True) as again:
            assert again.state() == monitor.state()
    print(f"monitor: {known:,} facts, {KILLS} kills, 0 acknowledged facts lost")  # noqa: T201 - the figure of `make trust`
