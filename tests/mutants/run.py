"""Tries the tests of the core: ``python tests/mutants/run.py [MODULE …] [--sample N] [--jobs 2] [--afresh]``.

Each slip (``slips.py``) is made in a forked process and met by the tests that run its line, quickest file first, until one fails. Where the slip
stands in a function, that function's code is exchanged in a process that has imported and collected everything; what runs at the import, and
what the import has already used, is met in a process that imports the changed module anew. Prints killed, all, and without the equivalent ones;
those that live and are not in ``survivors.yaml`` are named. Exit code 1 where a module falls below the mark or something lives unexplained.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib.abc
import importlib.machinery
import json
import logging
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pydantic  # noqa: E402, F401  (imported once, for all forks; nothing of the library may be)
import pytest  # noqa: E402
import yaml  # noqa: E402
from slips import SOURCE, Mutant, modules, mutants  # noqa: E402

TESTS = (
    "conditions/*.py", "decide/*.py", "model/*.py", "loading/*.py", "published/*.py", "verify/test_mistakes.py", "register/test_law.py",
    "laws/test_laws.py", "laws/test_golden.py", "laws/test_identity.py", "laws/test_api.py", "laws/test_doors.py",
)  # fmt: skip
CACHE = ROOT / "build" / "mutants"
MARK = 0.9
BUDGET = 20.0  # seconds of tests for one slip, as measured; the rest of a slower test is not run
MEMORY = 4 << 30
KILLED, LIVES, AFRESH = "killed", "lives", "afresh"
Lines = dict[str, dict[int, list[str]]]  # module, line, tests


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


def learn(files: list[str]) -> None:
    """Runs test files under coverage, and keeps for each what its tests run."""

    def work(folder: Path) -> None:
        os.environ["COVERAGE_FILE"] = str(folder / "coverage")
        timed = Timed()
        code = pytest_in(
            folder, files, timed, "--cov=ntm_rules", "--cov-context=test", "--cov-report=", f"--cov-config={HERE / 'coverage.ini'}"
        )
        if code:
            raise RuntimeError(f"the tests fail as they are ({code})")
        from coverage import CoverageData

        data = CoverageData(str(folder / "coverage"))
        data.read()
        learnt: dict[str, Lines] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for path in data.measured_files():
            module = Path(path).relative_to(SOURCE / "ntm_rules").as_posix()
            for line, contexts in data.contexts_by_lineno(path).items():
                for test in {context.rpartition("|")[0] for context in contexts}:
                    for file in [test.partition("::")[0]] if test else files:
                        learnt[file][module][line].append(test)
        for file in files:
            kept = {"seconds": {test: s for test, s in timed.seconds.items() if test.startswith(file)}, "lines": learnt[file]}
            map_of(file).write_text(json.dumps(kept))

    if files:
        CACHE.mkdir(parents=True, exist_ok=True)
        print(f"which tests run which line: {len(files)} files of tests …", flush=True)
        for _, well, by in in_turn([("learn", work, 3600)], 1):
            if not well:
                sys.exit(f"the tests fail before anything is changed: {by}")


def digest(*paths: Path) -> str:
    """A short hash of files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def map_of(file: str) -> Path:
    """Where it is kept what a test file runs."""
    core = hashlib.sha256("".join(digest(SOURCE / "ntm_rules" / module) for module in modules()).encode()).hexdigest()[:16]
    return CACHE / f"{file.replace('/', '.')}.{digest(ROOT / file)}.{core}.json"


class Changed(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module with its slip."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        path = SOURCE / "ntm_rules" / mutant.module
        name = "ntm_rules." + mutant.module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        super().__init__(name, str(path))

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The changed module, and no other."""
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, name: str) -> types.CodeType:
        """The code with the slip."""
        return compile(self.mutant.make(), self.path, "exec")


def _codes(code: types.CodeType) -> Iterator[tuple[tuple[str, int], types.CodeType]]:
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield (part.co_qualname, part.co_firstlineno), part
            yield from _codes(part)


class Trial(FirstFailure):
    """Meets each slip with its tests, from a process in which all of them are collected."""

    def __init__(self, todo: dict[str, tuple[Mutant, list[str], float]], jobs: int, out: Path) -> None:
        self.todo, self.jobs, self.out, self.folder = todo, jobs, out, out

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running what was collected."""
        items = {item.nodeid: item for item in session.items}
        live: dict[str, list[types.FunctionType]] = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType):
                live[thing.__code__.co_filename].append(thing)
        gc.freeze()

        def work(mutant: Mutant, tests: list[str]) -> Callable[[Path], None]:
            def meet(folder: Path) -> None:
                self.folder = folder
                path = str(SOURCE / "ntm_rules" / mutant.module)
                new = dict(_codes(compile(mutant.make(), path, "exec")))
                for function in live[path]:
                    old = function.__code__
                    if (other := new.get((old.co_qualname, old.co_firstlineno))) is not None:
                        function.__code__ = other
                session.config._tmp_path_factory._given_basetemp = folder / "t"  # type: ignore[attr-defined]
                session.config._tmp_path_factory._basetemp = None  # type: ignore[attr-defined]
                chosen = [items[test] for test in tests]
                for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

            return meet

        works = ((name, work(mutant, tests), limit) for name, (mutant, tests, limit) in self.todo.items())
        with self.out.open("a") as out:
            for name, well, by in in_turn(works, self.jobs):
                out.write(json.dumps([name, LIVES if well else KILLED, by]) + "\n")
                out.flush()
        return True


class Chosen(FirstFailure):
    """Runs the chosen tests alone."""

    def __init__(self, tests: list[str], folder: Path) -> None:
        self.tests, self.folder = set(tests), folder

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """None but the chosen ones."""
        items[:] = [item for item in items if item.nodeid in self.tests]


def afresh(mutant: Mutant | None, tests: list[str]) -> Callable[[Path], None]:
    """The work of meeting a slip in a process that imports everything anew."""

    def work(folder: Path) -> None:
        if mutant is not None:
            sys.meta_path.insert(0, Changed(mutant))
        if pytest_in(folder, dict.fromkeys(test.partition("::")[0] for test in tests), Chosen(tests, folder)):
            raise RuntimeError("not collected")

    return work


class Known:
    """What the tests run, and which of them meet a slip."""

    def __init__(self, files: list[str]) -> None:
        learn([file for file in files if not map_of(file).exists()])
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in files:
            kept = json.loads(map_of(file).read_text())
            self.seconds |= kept["seconds"]
            for module, lines in kept["lines"].items():
                for line, tests in lines.items():
                    self.lines[module][int(line)].update(tests)

    def tests(self, mutant: Mutant) -> tuple[list[str], float]:
        """The tests that run its line, by file, the quickest file first, as far as the budget goes; and the time they take."""
        lines = self.lines[mutant.module]
        met = set().union(*(lines.get(line, ()) for line in range(mutant.first, mutant.last + 1))) - {""}
        if not met and not mutant.inside:
            met = set().union(*lines.values()) - {""}
        met &= self.seconds.keys()
        files: dict[str, float] = defaultdict(float)
        for test in met:
            files[test.partition("::")[0]] += self.seconds[test]
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(
            met, key=lambda test: (self.seconds[test] > 1, files[test.partition("::")[0]], test.partition("::")[0], self.seconds[test])
        ):
            if chosen and spent + self.seconds[test] > BUDGET:
                break
            chosen.append(test)
            spent += self.seconds[test]
        return chosen, spent

    def used_at_import(self, mutant: Mutant) -> bool:
        """Whether its line has run before any test began."""
        return not mutant.inside or any("" in self.lines[mutant.module].get(line, ()) for line in range(mutant.first, mutant.last + 1))


def explained() -> dict[str, dict[str, str]]:
    """The survivors with their reasons, by module and name."""
    return yaml.safe_load((HERE / "survivors.yaml").read_text(encoding="utf-8")) or {}


def measure(found: list[Mutant], files: list[str], jobs: int, *, cached: bool = True) -> dict[tuple[str, str], tuple[str, str]]:
    """Each slip: whether it was killed, and by what."""
    known = Known(files)
    store = CACHE / "results.json"
    before: dict[str, list[str]] = json.loads(store.read_text()) if store.exists() else {}
    state = {file: digest(ROOT / file) for file in files} | {
        module: digest(SOURCE / "ntm_rules" / module) for module in {m.module for m in found}
    }
    answers: dict[tuple[str, str], tuple[str, str]] = {}
    todo: dict[str, tuple[Mutant, list[str], float]] = {}
    anew: dict[str, tuple[Mutant, list[str], float]] = {}
    for mutant in found:
        tests, spent = known.tests(mutant)
        used = "".join(state[file] for file in sorted({test.partition("::")[0] for test in tests}))
        key = hashlib.sha256(f"{state[mutant.module]} {mutant.module} {mutant.name} {used}".encode()).hexdigest()[:24]
        if not tests:
            answers[mutant.module, mutant.name] = LIVES, "no test runs it"
        elif not (cached and key in before):
            (todo if mutant.inside else anew)[key] = mutant, tests, 10 + 3 * spent
        else:
            answers[mutant.module, mutant.name] = (before[key][0], before[key][1])

    def keep(key: str, mutant: Mutant, answer: str, by: str) -> None:
        before[key] = [answer, by]
        answers[mutant.module, mutant.name] = answer, by

    if todo:
        out = CACHE / "trial.jsonl"
        out.unlink(missing_ok=True)

        def quick(folder: Path) -> None:
            pytest_in(
                folder, dict.fromkeys(test.partition("::")[0] for _, tests, _ in todo.values() for test in tests), Trial(todo, jobs, out)
            )

        for _ in in_turn([("quick", quick, 24 * 3600)], 1):
            pass
        for line in out.read_text().splitlines() if out.exists() else ():
            key, answer, by = json.loads(line)
            mutant, tests, limit = todo.pop(key)
            if answer == LIVES and known.used_at_import(mutant) or by.startswith("error"):
                anew[key] = mutant, tests, limit
            else:
                keep(key, mutant, answer, by)
        if todo:
            sys.exit(f"{len(todo)} slips were not tried: the tests could not be collected, or the process ended")
        store.write_text(json.dumps(before))
    for key, well, by in in_turn(((key, afresh(mutant, tests), 20 + limit) for key, (mutant, tests, limit) in anew.items()), jobs):
        keep(key, anew[key][0], LIVES if well else KILLED, by)
    store.write_text(json.dumps(before))
    killers = sorted({by for answer, by in answers.values() if answer == KILLED and "::" in by})
    for _, well, by in in_turn([("control", afresh(None, killers), 24 * 3600)], 1):
        if not well:
            sys.exit(f"a test fails where nothing is changed: {by}")
    return answers


def report(answers: dict[tuple[str, str], tuple[str, str]]) -> int:
    """Prints the figures by module, and what lives unexplained."""
    why, bad = explained(), 0
    by_module: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (module, name), (answer, _) in answers.items():
        by_module[module].append((name, answer))
    total = [0, 0, 0]
    for module, all_of in sorted(by_module.items()):
        living = [name for name, answer in all_of if answer == LIVES]
        alike = sum(why.get(module, {}).get(name, "").startswith("equivalent") for name in living)
        killed = len(all_of) - len(living)
        share = killed / max(1, len(all_of) - alike)
        bad += share < MARK
        for name in living:
            if name not in why.get(module, {}):
                bad += 1
                print(f"  {module}: {name}")
        print(f"{module}: {killed} of {len(all_of)} killed, {alike} equivalent: {share:.0%}", flush=True)
        total = [total[0] + killed, total[1] + len(all_of), total[2] + alike]
    killed, of, alike = total
    print(f"mutants: {killed:,} of {of:,} killed, {alike:,} equivalent: {killed / max(1, of - alike):.1%}")
    return int(bad > 0)


def main() -> int:
    """All of the core, or the modules named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", help="as conditions/one_of.py, or conditions/")
    parser.add_argument("--tests", nargs="*", help="test files instead of those of the core")
    parser.add_argument("--sample", type=int, help="so many of them, always the same")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--afresh", action="store_true", help="use no answer of an earlier run")
    asked = parser.parse_args()
    logging.disable()
    chosen = [module for module in modules() if not asked.modules or any(module.startswith(name) for name in asked.modules)]
    found = [mutant for module in chosen for mutant in mutants(module)]
    if asked.sample:
        found = Random("mutants").sample(found, asked.sample)
    files = asked.tests or sorted(
        p.relative_to(ROOT).as_posix() for pattern in TESTS for p in HERE.parent.glob(pattern) if p.name != "conftest.py"
    )
    return report(measure(found, files, asked.jobs, cached=not asked.afresh))


if __name__ == "__main__":
    sys.exit(main())
