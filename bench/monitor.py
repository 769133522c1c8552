"""The monitor under load: updates a second and resident memory, beside re-evaluating the changed commune with the core alone.

``python bench/monitor.py [updates]`` prints a table in Markdown, and on stderr how far it is: a row of 10,000 communes takes minutes.
Seconds are those of the processor, so that a machine that others use as well measures the same. Each number of communes runs in a
process of its own, because memory that a process once had does not come back. Every slice of updates to the monitor stands between two
slices of the same updates given to the core alone, so that the ratio survives a busy machine.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ntm_rules as ntm
from ntm_rules.monitor import Attestation, Measurement, Monitor, Recognition, Unit

SET = "commune-ntm/2021-2025"
ON = date(2023, 6, 30)
ATTRIBUTES = {"region": "tay-nguyen", "area": "I", "unit_type": "xã"}
BASE = {"region": "tay-nguyen", "area": "I", "unit_type": "xã", "province": "kon-tum", "year": 2023}
PER_DISTRICT = 10
SLICE = 500


def resident() -> float:
    """Resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def enrol(monitor: Monitor, many: int) -> None:
    """A province with districts of ten communes each; every second commune is recognised and meets all nineteen criteria."""
    monitor.tell(Unit(id="p", kind="province", province="kon-tum"))
    for number in range(many // PER_DISTRICT):
        monitor.tell(Unit(id=f"d{number}", kind="district", province="kon-tum", part_of="p", watch=("district-ntm",)))
    for number in range(many):
        if number % 1000 == 0:
            print(f"enrolled {number:,} of {many:,}", file=sys.stderr, flush=True)
        unit = f"x{number}"
        part_of = f"d{number // PER_DISTRICT}"
        monitor.tell(Unit(id=unit, kind="commune", province="kon-tum", part_of=part_of, attributes=ATTRIBUTES, watch=("commune-ntm",)))
        for criterion in range(1, 20):
            monitor.tell(Attestation(subject=unit, ruleset=SET, number=str(criterion), holds=True))
        if number % 2:
            monitor.tell(Recognition(subject=unit, status="ntm", on=date(2022, 12, 31), ruleset=SET))


def updates(many: int, count: int) -> list[Measurement]:
    """A reproducible stream: income and a share of one commune after another, of which some fail the set or mend it."""
    chance = random.Random(2028)
    made = []
    for _ in range(count):
        indicator = chance.choice(("2.1", "10.1", "17.1"))
        value = f"{chance.uniform(30, 60):.1f}" if indicator == "10.1" else f"{chance.uniform(85, 100):.1f}"
        made.append(Measurement(subject=f"x{chance.randrange(many)}", ruleset=SET, indicator=indicator, value=value))
    return made


class Alone:
    """The core alone: keeps the facts and evaluates the commune that changed; no statuses of others, no alerts, no journal."""

    def __init__(self) -> None:
        self.rules = ntm.load(SET, on=ON, province="kon-tum")
        self.attested = {str(criterion): True for criterion in range(1, 20)}
        self.values: dict[str, dict[str, object]] = {}

    def take(self, told: Measurement) -> None:
        """One update."""
        values = self.values.setdefault(told.subject, {})
        values[told.indicator] = told.value
        self.rules.evaluate(ntm.Subject(id=told.subject, kind="commune", attributes=BASE, values=values, attested=self.attested))


def run(many: int, count: int) -> None:
    """One row of the table."""
    alone = Alone()
    alerts = 0

    def counted(_: object) -> None:
        nonlocal alerts
        alerts += 1

    with Monitor(on=ON, callback=counted, keep=100) as monitor:
        start = time.process_time()
        enrol(monitor, many)
        begun = time.process_time() - start
        stream = updates(many, count)
        marks = [resident()]
        ratios, rates = [], []

        def core(part: Sequence[Measurement]) -> float:
            start = time.process_time()
            for told in part:
                alone.take(told)
            return time.process_time() - start

        alerts = 0
        for place in range(0, count, SLICE):
            part = stream[place : place + SLICE]
            before = core(part)
            start = time.process_time()
            for told in part:
                monitor.tell(told)
            spent = time.process_time() - start
            ratios.append(spent / ((before + core(part)) / 2))
            rates.append(len(part) / spent)
            if (place + SLICE) % (count // 5) == 0:
                marks.append(resident())
                print(f"told {place + SLICE:,} of {count:,}", file=sys.stderr, flush=True)
        facts = 1 + many // PER_DISTRICT + many * 20 + many // 2
    memory = " → ".join(f"{mark:.0f}" for mark in marks)
    rate, ratio = statistics.median(rates), statistics.median(ratios)
    print(f"| {many:,} | {facts / begun:,.0f} | {rate:,.0f} | {rate * ratio:,.0f} | {ratio:.1f} | {alerts:,} | {memory} |", flush=True)


def main() -> None:
    """Both sizes, each in a process of its own."""
    if len(sys.argv) == 3:
        run(int(sys.argv[1]), int(sys.argv[2]))
        return
    count = sys.argv[1] if len(sys.argv) == 2 else "100000"
    print(
        "| communes watched | facts/s while enrolling | updates/s | core alone, updates/s | times the core alone | alerts | MB, by fifths |"
    )
    print("|--:|--:|--:|--:|--:|--:|---|", flush=True)
    for many in ("1000", "10000"):
        subprocess.run([sys.executable, __file__, many, count], check=True)


if __name__ == "__main__":
    main()
