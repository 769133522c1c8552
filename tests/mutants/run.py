"""Tries the tests of the core: ``python tests/mutants/run.py [MODULE …] [--tests FILE …] [--sample N] [--jobs 2] [--afresh]``.

Each slip (``slips.py``) is made in a forked process and met by the tests that run its line, quickest file first, until one fails; where
it stands in a function, that function's code is exchanged in a process that has imported and collected everything; what runs at the
import, or has run there, is met in a process that imports the changed module anew (``trial.py``). Prints killed, all, and the share without
the equivalent ones; those that live and are not in ``survivors.yaml`` are named. Exit code 1 where a module falls below the mark or
something lives unexplained.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
from collections import defaultdict
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import yaml  # noqa: E402
from forks import ROOT, in_turn, pytest_in  # noqa: E402
from known import Known, digest  # noqa: E402
from slips import SOURCE, Mutant, modules, mutants  # noqa: E402
from trial import KILLED, LIVES, Trial, afresh  # noqa: E402

TESTS = (
    "test_*.py", "conditions/*.py", "decide/*.py", "model/*.py", "loading/*.py", "published/*.py",
    "verify/test_mistakes.py", "register/test_law.py",
    "laws/test_laws.py", "laws/test_golden.py", "laws/test_identity.py", "laws/test_api.py", "laws/test_doors.py",
)  # fmt: skip
MARK = 0.9
CACHE = ROOT / "build" / "mutants"


def explained() -> dict[str, dict[str, str]]:
    """The survivors with their reasons, by module and name."""
    return yaml.safe_load((HERE / "survivors.yaml").read_text(encoding="utf-8")) or {}


def measure(
    found: list[Mutant], files: list[str], jobs: int, cache: Path, *, cached: bool = True
) -> dict[tuple[str, str], tuple[str, str]]:
    """Each slip: whether it was killed, and by what."""
    known = Known(files, cache)
    store = cache / "results.json"
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
        out = cache / "trial.jsonl"
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
            if (answer == LIVES and known.used_at_import(mutant)) or by.startswith("error"):
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
    logging.disable()
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
