"""What a reader waits for in Chromium: the first decision of a calculator, the next after a change, the search, and a country's communes.

``python bench/page.py [communes]`` after ``make site`` prints tables in Markdown. The first decision is that of a browser that has nothing
yet, from the press of the button; the search is asked in a page slowed down four times, its index there. For communes, what the page runs
on is there before the clock starts; they carry every indicator of the national set, and each row is shown with its outcome.
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
from statistics import median
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


def whole_table(browser: Any, address: str, count: int) -> None:
    """Once from beginning to end; once stopped in the middle, and the next table after it."""
    with tempfile.TemporaryDirectory() as folder:
        table, small = Path(folder, "communes.csv"), Path(folder, "few.csv")
        cells = communes(table, count)
        communes(small, 10)
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(LONG)
        page.goto(address + "en/table/")
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
        page.close()
    print("| what | seconds |\n|---|--:|")
    print(f"| all that it runs on loaded, and 10 communes decided | {loaded:.1f} |")
    print(f"| {count:,} communes, {cells:,} cells: read, decided, shown | {whole:.1f} |")
    print(f"| stopped on the way | {stopped:.2f} |")
    print(f"| started again, and 10 communes decided | {again:.1f} |")
    print(f"\n{len(seen)} lines of progress, such as «{seen[len(seen) // 2] if seen else ''}».")


FIRST = """() => new Promise(done => {
    const begun = performance.now()
    new MutationObserver(() => { if (document.querySelector(".calculator .ntm-decision h2")) done(performance.now() - begun) })
        .observe(document.querySelector(".calculator"), { childList: true, subtree: true })
    document.querySelector(".calculator .open button").click()
})"""
CHANGED = """typed => new Promise(done => {
    const field = document.querySelector("[name='v:10.1']")
    const begun = performance.now()
    new MutationObserver((_, seen) => { seen.disconnect(); done(performance.now() - begun) })
        .observe(document.querySelector(".calculator .answer"), { childList: true, subtree: true })
    field.value = typed
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }))
})"""
SOUGHT = """words => new Promise(done => {
    const field = document.querySelector("[data-md-component=search-query]")
    let last = 0, rest
    const begun = performance.now()
    new MutationObserver((_, seen) => {
        last = performance.now() - begun
        clearTimeout(rest)
        rest = setTimeout(() => { seen.disconnect(); done(last) }, 1000)
    }).observe(document.querySelector(".md-search-result"), { childList: true, subtree: true, characterData: true })
    field.value = words
    for (const type of ["input", "keyup"]) field.dispatchEvent(new Event(type, { bubbles: true }))
})"""
CRITERION = "vi/bo-tieu-chi/commune-ntm/2021-2025/10/"
ASKED = ("thu nhập kon tum", "tiêu chí 17", "thu hồi", "mật ong 4 sao", "thu nahp", "nông thôn mới nâng cao")


def answers(browser: Any, address: str, times: int = 3) -> None:
    """The calculator of criterion 10 for a commune whose figures stand in the address, and the search."""
    cold, changed = [], []
    for _ in range(times):
        page = browser.new_context(locale="vi-VN", service_workers="block").new_page()  # nothing kept
        page.set_default_timeout(LONG)
        page.goto(address + CRITERION, wait_until="networkidle")
        page.evaluate("sessionStorage.setItem('ntm:commune-ntm/2021-2025:10', 'on=2024-06-30&province=kon-tum&a:area=III&v:10.1=44,5')")
        cold.append(page.evaluate(FIRST) / 1000)
        changed += [page.evaluate(CHANGED, f"4{i},5") for i in range(5)]
        page.context.close()
    page = browser.new_page(locale="vi-VN")
    page.set_default_timeout(LONG)
    page.goto(address + "vi/")
    page.locator("[data-md-component=search-query]").focus()
    page.locator("[data-md-component=search-query]").type("xã")
    page.wait_for_selector(".md-search-result__item", state="attached")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sought = [page.evaluate(SOUGHT, words) for words in ASKED]
    page.close()
    print("| what | middle | longest | budget |\n|---|--:|--:|--:|")
    print(f"| first decision, nothing there yet, s | {median(cold):.1f} | {max(cold):.1f} | 8 |")
    print(f"| the next after a change, ms | {median(changed):.0f} | {max(changed):.0f} | 300 |")
    print(f"| search, the page slowed down four times, ms | {median(sought):.0f} | {max(sought):.0f} | 100 |\n")


def main(count: int) -> None:
    """Serve the site and ask it."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        answers(browser, address)
        if count:
            whole_table(browser, address, count)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
