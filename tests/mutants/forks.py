"""Work in forked processes, each in silence and within its time; and the tests inside one of them."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = 4 << 30


def fork(work: Callable[[Path], object], seconds: float, folder: Path) -> int:
    """A process that does the work in silence within its time of the processor; what it has to say it leaves in the folder."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(int(seconds) * 20)  # what waits takes no time of the processor
        dark = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(dark, stream)
        folder.mkdir()
        work(folder)
        code = 0
    except BaseException as error:  # whatever the slip leads to
        (folder / "killer").write_text(f"error: {type(error).__name__}: {error}"[:300])
    finally:
        os._exit(code)


def in_turn(todo: Iterable[tuple[Any, Callable[[Path], object], float]], jobs: int) -> Iterator[tuple[Any, bool, str]]:
    """Each work in a process of its own, so many at once: whether it went well, and what ended it."""
    running: dict[int, tuple[Any, Path]] = {}
    with tempfile.TemporaryDirectory(prefix="ntm-mutants-") as ground:

        def ended() -> tuple[Any, bool, str]:
            pid, status = os.wait()
            key, folder = running.pop(pid)
            told = folder / "killer"
            by = told.read_text() if told.exists() else ("" if status == 0 else "time")
            shutil.rmtree(folder, ignore_errors=True)
            return key, status == 0, by

        for n, (key, work, seconds) in enumerate(todo):
            if len(running) == jobs:
                yield ended()
            folder = Path(ground) / str(n)
            running[fork(work, seconds, folder)] = key, folder
        while running:
            yield ended()


class Quick:
    """Properties are tried on fewer examples, and what fails is not made smaller."""

    def pytest_configure(self) -> None:
        """After the settings of all tests are read."""
        from hypothesis import HealthCheck, Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutants",
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            max_examples=25,
            phases=phases,
        )
        settings.load_profile("mutants")


class Timed(Quick):
    """How long each test takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """With what it sets up."""
        start = time.process_time()
        result = yield
        self.seconds[item.nodeid] = round(time.process_time() - start, 3)
        return result


class FirstFailure(Quick):
    """The first test that fails ends the process, and leaves its name in the folder."""

    folder: Path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Whatever part of it failed."""
        if report.failed:
            (self.folder / "killer").write_text(report.nodeid)
            os._exit(1)


def pytest_in(folder: Path, files: Iterable[str], plugin: Quick, *more: str) -> int:
    """The test files in this process."""
    os.chdir(ROOT)
    return int(pytest.main(["-q", "-x", "-s", "-p", "no:cacheprovider", f"--basetemp={folder / 't'}", *more, *files], plugins=[plugin]))
