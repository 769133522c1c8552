"""Which tests run which line of the core, learnt once and kept until a test file or the core changes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter, defaultdict
from pathlib import Path

from forks import ROOT, Timed, in_turn, pytest_in
from slips import SOURCE, Mutant, modules

HERE = Path(__file__).parent
BUDGET = 20.0  # seconds of tests for one slip, as measured with coverage on; the rest of a slower test is not run
Lines = dict[str, dict[int, list[str]]]  # module, line, tests


def learn(kept_in: dict[str, Path]) -> None:
    """Runs test files under coverage, and keeps for each what its tests run."""
    files = list(kept_in)

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
            kept_in[file].write_text(json.dumps(kept))

    if files:
        print(f"which tests run which line: {len(files)} files of tests …", flush=True)
        for _, well, by in in_turn([("learn", work, 3600)], 1):
            if not well:
                sys.exit(f"the tests fail before anything is changed: {by}")


def digest(*paths: Path) -> str:
    """A short hash of files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def maps(files: list[str], cache: Path) -> dict[str, Path]:
    """Where it is kept for each test file what its tests run: elsewhere after a change of the file or of the core."""
    core = hashlib.sha256("".join(digest(SOURCE / "ntm_rules" / module) for module in modules()).encode()).hexdigest()[:16]
    return {file: cache / f"{file.replace('/', '.')}.{digest(ROOT / file)}.{core}.json" for file in files}


class Known:
    """What the tests run, and which of them meet a slip."""

    def __init__(self, files: list[str], cache: Path) -> None:
        kept_in = maps(files, cache)
        learn({file: path for file, path in kept_in.items() if not path.exists()})
        self.seconds: dict[str, float] = {}
        self.lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in files:
            kept = json.loads(kept_in[file].read_text())
            self.seconds |= kept["seconds"]
            for module, lines in kept["lines"].items():
                for line, tests in lines.items():
                    self.lines[module][int(line)].update(tests)

    def tests(self, mutant: Mutant) -> tuple[list[str], float]:
        """The tests that run its line, those first that run most of its module in a second, as far as the budget goes; and their time."""
        lines = self.lines[mutant.module]
        met = set().union(*(lines.get(line, ()) for line in range(mutant.first, mutant.last + 1))) - {""}
        near = met
        if not met and self.used_at_import(mutant):  # what an import runs is used by whoever uses the module, or reads what it made
            near, met = set().union(*lines.values()) - {""}, set(self.seconds)
        met = met & self.seconds.keys()
        reach = Counter(test for tests in lines.values() for test in tests)
        chosen: list[str] = []
        spent = 0.0

        def turn(test: str) -> tuple[bool, bool, float, str]:
            return test not in near, self.seconds[test] > 1, -reach[test] / (self.seconds[test] + 0.005), test

        for test in sorted(met, key=turn):
            if chosen and spent + self.seconds[test] > BUDGET:
                break
            chosen.append(test)
            spent += self.seconds[test]
        return chosen, spent

    def used_at_import(self, mutant: Mutant) -> bool:
        """Whether its line has run before any test began."""
        return not mutant.inside or any("" in self.lines[mutant.module].get(line, ()) for line in range(mutant.first, mutant.last + 1))
