"""The report of an office at full size: what ``ntm-rules report`` with all its files takes of processor and memory, made-up figures.

``python bench/report.py [communes villages products]`` prints a table in Markdown: an office of 85 communes, 2,000 villages and 500
products, and a country of 3,321 communes. Each report runs in a process of its own. On a machine that others use as well it waits for them;
how long it took by the clock stands beside.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

PER_DISTRICT = 9
SIZES = ((85, 2000, 500), (3321, 0, 0))
REGIONS = ("tay-nguyen", "trung-du-mien-nui-phia-bac", "bac-trung-bo")


def write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(head)
        lines.writerows(rows)


def office(folder: Path, communes: int, villages: int, products: int) -> list[str]:
    """The files of an office, as the words of a command that reports them."""
    chance = random.Random(2023)
    codes = [f"X{number:05d}" for number in range(communes)]
    districts = [f"H{number:03d}" for number in range(-(-communes // PER_DISTRICT))]
    units = [[code, f"Huyện {code}", "huyện", "huyện", "", "kon-tum", "tay-nguyen", ""] for code in districts]
    rows, acts = [], []
    for number, code in enumerate(codes):
        region, area = REGIONS[number % len(REGIONS)], chance.choice(("I", "II", "III"))
        units.append([code, f"Xã {code}", "xã", "xã", districts[number // PER_DISTRICT], "kon-tum", region, area])
        failed = chance.choice((0, 0, 2, 6))
        verdicts = ["chưa đạt" if chance.random() * 19 < failed else "đạt" for _ in range(18)]
        rows.append([code, f"Xã {code}", region, "2023", area, chance.randrange(40, 62), *verdicts])
        if number % 2:
            acts.append([code, f"Xã {code}", "xã", "ntm", "commune-ntm/2021-2025", f"{number}/QĐ", "2022-12-01", ""])
    for number in range(products):
        day = f"{chance.randrange(2021, 2024)}-{chance.randrange(1, 13):02d}-15"
        acts.append([f"S{number}", f"Sản phẩm {number}", "sản phẩm", f"ocop-{chance.choice((3, 3, 3, 4))}", "", f"{number}/QĐ-SP", day, ""])
    write(folder / "so.csv", ["mã đơn vị", "tên", "loại", "danh hiệu", "bộ tiêu chí", "quyết định", "ngày", "đến ngày"], acts)
    write(folder / "dv.csv", ["mã đơn vị", "tên", "loại", "loại hình", "thuộc", "tỉnh", "vùng", "khu vực"], units)
    attested = [f"Tiêu chí {number}" for number in range(1, 20) if number != 10]
    write(folder / "xa.csv", ["mã xã", "tên xã", "vùng", "năm", "khu vực", "10.1", *attested], rows)
    words = [str(folder / "xa.csv"), "--on", "2023-12-31", "--province", "kon-tum", "--complete", "--set", "targets/kon-tum-2024"]
    words += ["--register", str(folder / "so.csv"), "--units", str(folder / "dv.csv")]
    if villages:
        write(folder / "thon.csv", ["tên thôn", "xã"], [[f"Thôn {n}", f"Xã {codes[n % communes]}"] for n in range(villages)])
        words += ["--units", str(folder / "thon.csv")]
    return [*words, *(word for ending in ("html", "xlsx", "docx", "json") for word in ("-o", str(folder / f"r.{ending}")))]


def measured(words: Sequence[str]) -> tuple[float, float, float, int]:
    """Seconds of the processor and by the clock, the most memory in MB, and the exit code of a report."""
    start = time.perf_counter()
    child = os.fork()
    if not child:
        with open(os.devnull, "wb") as nothing:  # what the screen shows is not what is measured
            os.dup2(nothing.fileno(), 1)
        os.execv(sys.executable, [sys.executable, "-m", "ntm_rules", "report", *words])
    _, status, usage = os.wait4(child, 0)
    spent = usage.ru_utime + usage.ru_stime
    return spent, time.perf_counter() - start, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Print the table."""
    asked = [int(word) for word in sys.argv[1:]]
    print("| communes | villages | products | CPU seconds | by the clock | MB | exit |\n| --- | --- | --- | --- | --- | --- | --- |")
    for sizes in [tuple(asked)] if asked else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            spent, seconds, memory, code = measured(office(Path(folder), *sizes))
        print(f"| {' | '.join(map(str, sizes))} | {spent:.1f} | {seconds:.1f} | {memory:.0f} | {code} |", flush=True)


if __name__ == "__main__":
    main()
