"""Fuzzes led by what is reached, where atheris is installed: ``python tests/fuzz/guided.py [--seconds 20] [--only TARGET]``.

The targets, seeds, changes, limits and the corpus are those of ``run.py``; of the changed inputs atheris takes those that reach new places
of the library, and changes them again. Each target runs in a process of its own, for atheris ends the process it runs in.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
TARGETS = ("yaml", "decision", "subject", "table", "register", "journal")
BETWEEN = b"\0"  # the name of the seed, then what it holds


def led(name: str, seconds: int) -> None:
    """Fuzz one target; ends the process."""
    import atheris

    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["ntm_rules"]):
        import run
    target, faults = run.TARGETS[name], dict[str, int]()

    def changed(data: bytes, most: int, seed: int) -> bytes:
        seed_name, _, raw = data.partition(BETWEEN)
        try:
            raw = target.change(Random(seed), raw)
        except Exception:  # what is no tree any more is changed as bytes
            raw = atheris.Mutate(raw, max(1, most - len(seed_name) - 1))
        return (seed_name + BETWEEN + raw)[:most]

    def tried(data: bytes) -> None:
        seed_name, _, raw = data.partition(BETWEEN)
        if (seed := seed_name.decode("utf-8", "replace")) in seeds and (told := run.fault(target, seed, raw, folder)):
            run.record(name, seed, raw, told, faults)

    run.limited()
    seeds = target.seeds()
    with run.ground() as folder, tempfile.TemporaryDirectory(prefix="ntm-seeds-") as begun:
        for i, (seed, raw) in enumerate(seeds.items()):
            Path(begun, str(i)).write_bytes(seed.encode() + BETWEEN + raw)
        words = [f"-max_total_time={seconds}", "-timeout=0", "-max_len=200000", f"-rss_limit_mb={run.MOST >> 10}", begun]
        atheris.Setup([sys.argv[0], *words], tried, custom_mutator=changed)
        atheris.Fuzz()


def main() -> int:
    """Every target for so many seconds; 1 where there was a fault."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only")
    parser.add_argument("--led", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.led:
        led(asked.led, asked.seconds)
    if importlib.util.find_spec("atheris") is None:
        print("guided: atheris is not installed; left out")
        return 0
    bad = 0
    for name in [asked.only] if asked.only else TARGETS:
        command = [sys.executable, __file__, "--led", name, "--seconds", str(asked.seconds)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        faults = [line for line in done.stdout.splitlines() if line.startswith(f"  {name}, ")]
        runs = re.search(r"Done (\d+) runs", done.stderr)
        if runs is None:
            print(f"guided {name}: it ended by itself\n{done.stderr[-1000:]}")
        else:
            print(*faults, f"guided {name}: {int(runs[1]):,} executions, {len(faults)} kinds of faults", sep="\n", flush=True)
        bad += len(faults) + (runs is None)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
