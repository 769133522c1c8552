"""Tries the tests of the core: ``python tests/mutants/run.py [MODULE …] [--tests FILE …] [--sample N] [--jobs 2] [--afresh]``.

Each slip (``slips.py``) is made in a forked process and met by the tests that run its line, until one fails; where it stands in a
function, that function's code is exchanged in a process that has imported and collected everything; what runs at the import, or has run
there, is met in a process that imports the changed module anew (``trial.py``). Prints killed, all, and the share without the equivalent
ones; those that live and are not in ``survivors.yaml`` are named. Exit code 1 where a module falls below the mark or something lives
unexplained.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import yaml  # noqa: E402
from forks import ROOT, in_turn, pytest_in  # noqa: E402
from known import Known, digest  # noqa: E402
from slips import SOURCE, Mutant, modules, mutants  # noqa: E402
from trial import AGAIN, KILLED, LIVES, Trial, afresh  # noqa: E402

TESTS = (
    "conditions/*.py", "decide/*.py", "model/*.py", "loading/*.py", "published/*.py",
    "verify/test_mistakes.py", "register/test_law.py",
    "laws/test_laws.py", "laws/test_golden.py", "laws/test_identity.py", "laws/test_api.py", "laws/test_doors.py",
)  # fmt: skip
MARK = 0.9
CACHE = ROOT / "build" / "mutants"


def explained() -> dict[str, dict[str, str]]:
    """The survivors with their reasons, by module and name."""
    return yaml.safe_load((HERE / "survivors.yaml").read_text(encoding="utf-8")) or {}


class Answers:
    """What each slip came to, a line each in the order in which they came: a run that is broken off goes on from there.

    A slip stays killed while its module and the file of the test that killed it stay as they are, and alive while all that ran its line do.
    """

    def __init__(self, path: Path, files: list[str], cached: bool) -> None:
        self.path = path
        self.files = {file: digest(ROOT / file) for file in files}
        self.texts = {module: digest(SOURCE / "ntm_rules" / module) for module in modules()}
        lines = path.read_text().splitlines() if cached and path.exists() else []
        self.found = {line[0]: line[1:] for line in map(json.loads, lines)}
        if not cached:
            path.unlink(missing_ok=True)

    def key(self, mutant: Mutant) -> str:
        """The slip in the text of its module."""
        return hashlib.sha256(f"{self.texts[mutant.module]} {mutant.module} {mutant.name}".encode()).hexdigest()[:20]

    def _rests_on(self, by: str, tests: list[str]) -> str:
        files = sorted({test.partition("::")[0] for test in ([by] if "::" in by else tests)})
        return hashlib.sha256("".join(f"{file}{self.files.get(file)}" for file in files).encode()).hexdigest()[:12]

    def get(self, mutant: Mutant, tests: list[str]) -> tuple[str, str] | None:
        """What it came to with tests as they are today."""
        answer, by, rested_on = self.found.get(self.key(mutant), ("", "", ""))
        return (answer, by) if answer and rested_on == self._rests_on(by, tests) else None

    def add(self, mutant: Mutant, tests: list[str], answer: str, by: str) -> None:
        """Keeps an answer at once."""
        line = [self.key(mutant), answer, by, self._rests_on(by, tests)]
        self.found[line[0]] = line[1:]
        with self.path.open("a") as out:
            out.write(json.dumps(line) + "\n")


def measure(found: list[Mutant], files: list[str], jobs: int, cache: Path, *, cached: bool = True) -> dict[Mutant, tuple[str, str]]:
    """Each slip: whether it was killed, and by what."""
    cache.mkdir(parents=True, exist_ok=True)
    known, answers = Known(files, cache), Answers(cache / "answers.jsonl", files, cached)
    tests = {mutant: known.tests(mutant) for mutant in found}

    def left(*kinds: str | None) -> list[tuple[Mutant, list[str], float]]:
        """What has still to be tried, with its tests and the time it may take."""
        todo = [(mutant, *tests[mutant]) for mutant in found if tests[mutant][0]]
        return [(mutant, names, 10 + 3 * spent) for mutant, names, spent in todo if (answers.get(mutant, names) or (None,))[0] in kinds]

    def keep(mutant: Mutant, names: list[str], well: bool, by: str, *, last: bool) -> None:
        open_ = not last and ((well and known.used_at_import(mutant)) or by.startswith("error"))
        answers.add(mutant, names, AGAIN if open_ else LIVES if well else KILLED, by)

    if quick := [one for one in left(None) if one[0].inside]:
        used = dict.fromkeys(test.partition("::")[0] for _, names, _ in quick for test in names)
        trial = Trial(quick, jobs, partial(keep, last=False))
        for _ in in_turn([("quick", lambda folder: pytest_in(folder, used, trial), 24 * 3600)], 1):
            answers = Answers(answers.path, files, True)
        if any(one[0].inside for one in left(None)):
            sys.exit("some slips were not tried: the tests could not be collected, or the process ended")
    anew = {one[0]: one for one in left(None, AGAIN)}
    for mutant, well, by in in_turn(((one, afresh(one, names), 20 + limit) for one, names, limit in anew.values()), jobs):
        keep(mutant, anew[mutant][1], well, by, last=True)
    told = {mutant: answers.get(mutant, names) or (LIVES, "no test runs it") for mutant, (names, _) in tests.items()}
    killers = sorted({by for answer, by in told.values() if answer == KILLED and "::" in by})
    for _, well, by in in_turn([("control", afresh(None, killers), 24 * 3600)], 1):
        if not well:
            sys.exit(f"a test fails where nothing is changed: {by}")
    return told


def report(answers: dict[Mutant, tuple[str, str]]) -> int:
    """Prints the figures by module, and what lives unexplained."""
    why, bad = explained(), 0
    by_module: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for mutant, (answer, _) in answers.items():
        by_module[mutant.module].append((mutant.name, answer))
    total = [0, 0, 0]
    for module, all_of in sorted(by_module.items()):
        living = [name for name, answer in all_of if answer == LIVES]
        alike = sum(why.get(module, {}).get(name, "").startswith(("equivalent: ", "speed: ")) for name in living)
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
    parser.add_argument("--cache", type=Path, default=CACHE, help="where answers are kept")
    parser.add_argument("--afresh", action="store_true", help="use no answer of an earlier run")
    asked = parser.parse_args()
    logging.lastResort = None  # what is logged is said by nobody; tests that look at it see it
    chosen = [module for module in modules() if not asked.modules or any(module.startswith(name) for name in asked.modules)]
    found = [mutant for module in chosen for mutant in mutants(module)]
    if asked.sample:
        found = Random("mutants").sample(found, asked.sample)
    files = asked.tests or sorted(
        p.relative_to(ROOT).as_posix() for pattern in TESTS for p in HERE.parent.glob(pattern) if p.name != "conftest.py"
    )
    return report(measure(found, files, asked.jobs, asked.cache.absolute(), cached=not asked.afresh))


if __name__ == "__main__":
    sys.exit(main())
