"""Fuzzes what reads foreign input: ``python tests/fuzz/run.py [--seconds 20] [--only TARGET] [--seed N]``.

Every target runs in this process with a memory limit; a run that takes too long, or ends in anything but an error of this library, is a
fault. The input is kept in ``tests/fuzz/corpus/TARGET`` under the name of the seed it was made of: ``make test`` tries it ever after.
Prints the executions, kinds of faults and most memory; exit code 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from targets import TARGETS, TRIALS, Target  # noqa: E402

import ntm_rules as ntm  # noqa: E402

HANG = 10  # seconds of the processor for one input
MEMORY = 4 << 30
MOST = 1 << 20  # kilobytes that a run may come to


class Hang(BaseException):
    """An input that takes too long; no handler for errors may catch it."""


def _too_long(*_: Any) -> None:
    raise Hang(f"over {HANG} s")


@contextmanager
def ground() -> Iterator[Path]:
    """A folder to work in, with a copy of the trial sets."""
    with tempfile.TemporaryDirectory(prefix="ntm-fuzz-") as name:
        shutil.copytree(TRIALS, name, dirs_exist_ok=True)
        yield Path(name)


def fault(target: Target, name: str, raw: bytes, folder: Path) -> str | None:
    """What an input ends in that it must not: the error and where it arose."""
    signal.signal(signal.SIGVTALRM, _too_long)
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    signal.alarm(max(1, int(HANG * 12)))  # what waits takes no time of the processor
    try:
        target.use(name, raw, folder)
    except ntm.NtmError as error:
        return None if all(problem.line("vi") and problem.line("en") for problem in error.problems) else "an empty message"
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "ntm_rules" in frame.filename]
        at = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "?"
        return f"{type(error).__name__} at {at}: {error!s:.100}"
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def inputs(target: Target, chance: Random) -> Iterator[tuple[str, bytes]]:
    """Changed seeds, without end; sometimes what was changed is changed again."""
    seeds = list(target.seeds().items())
    while True:
        name, raw = chance.choice(seeds)
        for _ in range(chance.choice((1, 1, 2))):
            try:
                raw = target.change(chance, raw)
            except (ValueError, RecursionError, KeyError):  # what is no tree any more is left as it is
                break
            except Exception as error:
                if type(error).__module__.split(".")[0] != "yaml":
                    raise
                break
        yield name, raw


def kept(name: str) -> Iterator[tuple[str, bytes]]:
    """The corpus of a target: seed and input."""
    for path in sorted((HERE / "corpus" / name).glob("*")):
        yield path.name.split("@")[0].replace("__", "/"), path.read_bytes()


def fuzz(name: str, seconds: float, seed: int) -> tuple[int, dict[str, int]]:
    """Executions, and how often each kind of fault was met."""
    target, chance, faults, runs = TARGETS[name], Random(f"{name}/{seed}"), dict[str, int](), 0
    end = time.monotonic() + seconds
    with ground() as folder:
        for seed_name, raw in inputs(target, chance):
            if time.monotonic() > end:
                break
            runs += 1
            if told := fault(target, seed_name, raw, folder):
                record(name, seed_name, raw, told, faults)
    return runs, faults


def record(name: str, seed: str, raw: bytes, told: str, faults: dict[str, int]) -> None:
    """Count a fault; the first of its kind is told, and its input kept."""
    kind = ":".join(told.split(":")[:2])
    faults[kind] = faults.get(kind, 0) + 1
    if faults[kind] == 1:
        print(f"  {name}, {seed}: {told}", flush=True)
        path = HERE / "corpus" / name / f"{seed.replace('/', '__')}@{hashlib.sha256(raw).hexdigest()[:8]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def limited() -> None:
    """So much memory and no more, and nothing that is only told."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable()
    warnings.simplefilter("ignore")


def main() -> int:
    """Every target for so many seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--only", choices=sorted(TARGETS))
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    limited()
    total = bad = 0
    for name in [asked.only] if asked.only else TARGETS:
        runs, faults = fuzz(name, asked.seconds, asked.seed)
        total, bad = total + runs, bad + len(faults)
        print(f"{name}: {runs:,} executions, {len(faults)} kinds of faults", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"fuzz: {total:,} executions, {bad} kinds of faults, at most {most >> 10} MB (seed {asked.seed})")
    return int(bad > 0 or most > MOST)


if __name__ == "__main__":
    sys.exit(main())
