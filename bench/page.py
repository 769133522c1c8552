"""A country's communes in the page for tables: seconds in Chromium from the file chosen to the last row decided, and to stop on the way.

``python bench/page.py [communes]`` after ``make site`` prints a table in Markdown. What the page runs on is there before the clock starts;
the communes carry every indicator of the national set, and each row is shown with its outcome.
"""

from __future__ import annotations

import csv
import random
import shutil
import sys
import tempfile
import threading
import time
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import ntm_rules as ntm

SITE = Path(__file__).parents[1] / "site"
SET, DAY = "commune-ntm/2021-2025", "2024-06-30"
AREAS = ("I", "II", "III", "")
LONG = 600_000


class Quiet(SimpleHTTPRequestHandler):
    """The files of the site, without a line for each."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def communes(path: Path, count: int) -> int:
    """Write so many communes with every indicator, three in a hundred cells empty; how many cells."""
    chance = random.Random(2024)
    rules = ntm.load(SET, on=date.fromisoformat(DAY), province="kon-tum")
    indicators = [(one.indicator, one.measure.kind) for section in rules.document.criteria for one in section.indicators]

    def cell(kind: str) -> str:
        if chance.random() < 0.03:
            return ""
        if kind == "number":
            return f"{chance.uniform(40, 100):.1f}".replace(".", ",")
        return "có" if kind == "yes_no" and chance.random() < 0.97 else ""

    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["mã", "tên", "khu vực", *(number for number, _ in indicators)])
        for i in range(count):
            lines.writerow([f"X{i:04d}", f"Xã {i}", AREAS[i % 4], *(cell(kind) for _, kind in indicators)])
    return count * len(indicators)


def until(page: Any, words: str, seen: list[str] | None = None) -> float:
    """Seconds until the line of the page says so; every other line that it showed meanwhile is kept in ``seen``."""
    start = time.perf_counter()
    while words not in (told := page.locator(".status").inner_text()):
        if seen is not None and told and told not in seen[-1:]:
            seen.append(told)
        page.wait_for_timeout(20)
    return time.perf_counter() - start


def main(count: int) -> None:
    """Once from beginning to end; once stopped in the middle, and the next table after it."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        table, small = Path(folder, "communes.csv"), Path(folder, "few.csv")
        cells = communes(table, count)
        communes(small, 10)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(LONG)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/en/table/")
        page.get_by_label("Set", exact=True).select_option(SET)
        page.get_by_label("Day (whose law counts)").fill(DAY)
        page.get_by_label("Province", exact=True).select_option("kon-tum")
        page.set_input_files("input[type=file]", small)
        loaded = until(page, "Done: 10 rows.")
        seen: list[str] = []
        page.set_input_files("input[type=file]", table)
        whole = until(page, f"Done: {count} rows.", seen)
        page.set_input_files("input[type=file]", shutil.copyfile(table, Path(folder, "others.csv")))  # another name: the same is no change
        until(page, "Reading the table")
        start = time.perf_counter()
        page.get_by_role("button", name="Stop").click()
        until(page, "Stopped")
        stopped = time.perf_counter() - start
        page.set_input_files("input[type=file]", small)
        until(page, "Loaded")
        again = until(page, "Done: 10 rows.")
        browser.close()
    server.shutdown()
    print("| what | seconds |\n|---|--:|")
    print(f"| all that it runs on loaded, and 10 communes decided | {loaded:.1f} |")
    print(f"| {count:,} communes, {cells:,} cells: read, decided, shown | {whole:.1f} |")
    print(f"| stopped on the way | {stopped:.2f} |")
    print(f"| started again, and 10 communes decided | {again:.1f} |")
    print(f"\n{len(seen)} lines of progress, such as «{seen[len(seen) // 2] if seen else ''}».")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
