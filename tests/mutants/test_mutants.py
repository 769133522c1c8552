"""The tests of the core are themselves tried: a slip that they let pass is known by name, with its reason.

``make mutants`` tries every slip in the core; here a few of them, always the same.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts import script

HERE = Path(__file__).parent
SLIPS = script(HERE / "slips.py")
EXPLAINED = yaml.safe_load((HERE / "survivors.yaml").read_text(encoding="utf-8"))
REASONS = ("equivalent: ", "speed: ", "text: ", "owed: ")

PROGRAM = """
LIMIT: int | None = 3

def f(xs: list[int], low: int = 0) -> int | None:
    \"\"\"At most 3.\"\"\"
    total = 0
    for x in xs[1:]:
        if not x or x >= low:
            continue
        total += x * 2
    try:
        return max(total, -1)
    except ValueError:
        raise KeyError("no 1") from None
"""
FOUND = {
    "module: 3 → 4",
    "f: 0 → 1",
    "f: 0 → 1 #2",
    "f: for x in xs[1:]: → never",
    "f: for x in xs[1:]: → once",
    "f: xs[1:] → xs[:]",
    "f: 1 → 2",
    "f: if not x or x >= low: → always",
    "f: if not x or x >= low: → never",
    "f: not x or x >= low → not x and x >= low",
    "f: not x or x >= low → x >= low",
    "f: not x or x >= low → not x",
    "f: not x → x",
    "f: x >= low → x > low",
    "f: x >= low → x < low",
    "f: continue → break",
    "f: total += x * 2 → dropped",
    "f: x * 2 → x + 2",
    "f: 2 → 3",
    "f: try: → not caught",
    "f: return max(total, -1) → None",
    "f: max(total, -1) → min(total, -1)",
    "f: -1 → 1",
    "f: 1 → 2 #2",
    "f: raise KeyError('no 1') from None → dropped",
}


def test_each_kind_of_slip_is_found_and_types_and_texts_are_left_alone() -> None:
    """Every place once, under a name that tells it from all others; what is made of it is a program that differs."""
    found = SLIPS.slips(PROGRAM)
    assert {slip.name for slip in found} == FOUND
    assert len(found) == len(FOUND)
    made = [ast.unparse(slip.make()) for slip in found]
    assert len({*made, ast.unparse(ast.parse(PROGRAM))}) == len(found) + 1


@pytest.mark.parametrize("module", EXPLAINED)
def test_what_is_said_to_live_is_a_slip_of_the_source_of_today(module: str) -> None:
    """A line of the source that changes takes the reasons that were given for it along; each reason says of which sort it is."""
    assert EXPLAINED[module].keys() - {slip.name for slip in SLIPS.mutants(module)} == set()
    assert [name for name, why in EXPLAINED[module].items() if not why.startswith(REASONS)] == []


def test_slips_in_the_operators_are_noticed(tmp_path: Path) -> None:
    """Twenty of them, met by the tests of the operators alone."""
    command = [sys.executable, HERE / "run.py", "conditions/one_of.py", "--tests", "tests/conditions/test_operators.py"]
    done = subprocess.run([*command, "--sample", "20", "--jobs", "1", "--cache", tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("mutants: "), done.stdout
