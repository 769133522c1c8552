"""Measure large tables, as an office would run them: the command itself in a process of its own, CPU time and peak memory.

``python bench/tables.py [rows …]`` makes a workbook of 60 columns and a CSV file for each number of rows, reads, decides and reports them
(to XLSX and HTML; the CSV to CSV), and prints a table in Markdown. CPU time is what other work on the machine leaves alone.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

import ntm_rules as ntm

SET = "commune-ntm/2021-2025"
CALL = ["--set", SET, "--on", "2024-06-30", "--with", "region=tay-nguyen", "--with", "year=2024", "--with", "area=I"]
WIDTH = 60


def rows(count: int) -> Iterator[list[Any]]:
    """A heading and so many communes: every indicator of the set, then columns for people."""
    rules = ntm.load(SET, on=date(2024, 6, 30))
    inputs = [one for one in rules.inputs if one.measure.kind in ("number", "yes_no")][: WIDTH - 3]
    people = WIDTH - 3 - len(inputs)
    yield ["STT", "Mã xã", "Tên xã", *(one.indicator for one in inputs), *["Ghi chú"] * people]
    chance = random.Random(2024)
    for number in range(1, count + 1):
        cells: list[Any] = [number, f"X{number:06}", f"Xã {number}"]
        for one in inputs:
            if one.measure.kind == "number":
                cells.append(round(chance.uniform(3, 99), 2))
            else:
                cells.append(chance.choice(["đạt", "đạt", "chưa đạt"]))
        yield cells + [None] * people


def workbook(path: Path, count: int) -> None:
    """The rows as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Biểu")
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def text(path: Path, count: int) -> None:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows(count))


def measured(*arguments: object) -> tuple[float, float, float]:
    """Seconds of CPU, seconds by the clock, and the peak of memory in MB of one call."""
    code = (
        "import resource, sys, time\nfrom ntm_rules.cli import main\nbegun = time.monotonic()\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024, file=sys.stderr)\n"
    )
    call = [sys.executable, "-c", code, *map(str, arguments)]
    ended = subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True, env=os.environ)
    cpu, clock, memory = map(float, ended.stderr.splitlines()[-1].split())
    return cpu, clock, memory


def _shown(found: tuple[float, float, float]) -> str:
    cpu, clock, memory = found
    return f"{cpu:.1f} | {clock:.1f} | {memory:.0f}"


def main() -> None:
    """Print the table."""
    counts = [int(count) for count in sys.argv[1:]] or [2_500, 5_000, 10_000]
    print("| table | CPU s | clock s | peak MB |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for count in counts:
            workbook(here / "a.xlsx", count)
            found = measured("evaluate", here / "a.xlsx", *CALL, "-o", here / "b.xlsx", "-o", here / "b.html")
            print(
                f"| XLSX, {count:,} rows × {WIDTH} columns, to XLSX and HTML | {found[0]:.1f} | {found[1]:.1f} | {found[2]:.0f} |",
                flush=True,
            )
        for count in (*counts, 10 * counts[-1]):
            text(here / "a.csv", count)
            found = measured("evaluate", here / "a.csv", *CALL, "-o", here / "b.csv")
            print(f"| CSV, {count:,} rows × {WIDTH} columns, to CSV | {_shown(found)} |", flush=True)


if __name__ == "__main__":
    main()
