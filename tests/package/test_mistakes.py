"""Thirteen mistakes that a stranger makes: twelve are caught by mypy or a clear error when they run, one by pyright (``make types``).

An outcome is text, so that it goes into files as it is; mypy lets any two texts be compared, pyright (strict) says which never are equal.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import by_pyright

TOP = Path(__file__).parents[2]
CLIENT = Path(__file__).with_name("mistakes.py")
TEXT = CLIENT.read_text("utf-8")
MISTAKES = {int(number): line.strip() for line, number in re.findall(r"^(.+)  # (\d+)$", TEXT, re.MULTILINE)}
LINES = {i: int(found[1]) for i, line in enumerate(TEXT.splitlines(), 1) if (found := re.search(r"  # (\d+)$", line))}


@pytest.fixture(scope="module")
def caught() -> dict[int, str]:
    """What mypy, strict, says of each mistake."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-pretty", "--strict-equality", str(CLIENT)]
    out = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False).stdout
    said = {int(line): told for line, told in re.findall(r"mistakes\.py:(\d+): error: (.*)", out)}
    assert said.keys() <= LINES.keys(), out  # what is right is not complained of
    return {LINES[line]: told for line, told in said.items()}


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What stands before the mistakes, run."""
    found: dict[str, Any] = {"__name__": "client"}
    exec(compile(TEXT[: TEXT.index("\n\nntm.load(")], "client", "exec"), found)  # noqa: S102 - the client above
    return found


def test_every_mistake_is_there() -> None:
    """Thirteen, each once."""
    assert sorted(MISTAKES) == list(range(1, 14))


ONLY_PYRIGHT = {12}  # an outcome compared with a text that is none


@pytest.mark.parametrize("number", sorted(set(range(1, 14)) - ONLY_PYRIGHT))
def test_a_mistake_is_caught_by_types_or_by_a_clear_error(number: int, caught: dict[int, str], names: dict[str, Any]) -> None:
    """What mypy does not see names what was given when it runs."""
    if number not in caught:
        with pytest.raises((ValueError, TypeError, AttributeError, LookupError), match=r"\w{4}"):
            exec(MISTAKES[number], names)  # noqa: S102 - a line of the client above


def test_the_types_catch_them_before_they_run(caught: dict[int, str]) -> None:
    """mypy sees all but a word that is counted, refused when it runs, and one that is compared."""
    assert set(range(1, 14)) - set(caught) == {5, *ONLY_PYRIGHT}


def test_pyright_must_see_each_and_nothing_else() -> None:
    """A complaint about another line counts as an error of the library; that a line does nothing says not what is wrong in it."""
    numbers = {number: line for line, number in LINES.items()}
    places = [
        (CLIENT.name, numbers[12], "reportUnusedExpression"),
        (CLIENT.name, numbers[3], "reportAttributeAccessIssue"),
        ("x.py", 7, "other"),
    ]
    answer = {
        "generalDiagnostics": [
            {"file": f"/a/{file}", "severity": "error", "message": "…", "rule": rule, "range": {"start": {"line": line - 1}}}
            for file, line, rule in places
        ]
    }
    assert by_pyright.told(answer, TEXT) == (["/a/x.py:7: error: …"], {3})
