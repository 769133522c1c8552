"""Adds a stored decision to the golden corpus: ``python tests/golden/add.py NAME < decision.json``. Nothing there is ever replaced.

``python tests/golden/add.py --check`` refuses a corpus in which a decision that was ever entered is gone or another one.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ntm_rules as ntm

HERE = Path(__file__).parent


def add(name: str, text: str) -> None:
    """Write one decision and enter it in MANIFEST."""
    decision = ntm.Decision.from_json(text)
    assert decision.to_json() == text
    assert decision.verify(), f"{name} does not verify"
    with (HERE / f"{name}.json").open("x", encoding="utf-8", newline="") as file:
        file.write(text)
    with (HERE / "MANIFEST").open("a", encoding="utf-8", newline="") as manifest:
        manifest.write(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}.json\n")


def entered(folder: Path = HERE) -> Iterator[str]:
    """Every line that ever stood in MANIFEST, by the history of the checkout; nothing outside of one.

    History counts from when meanings have numbers: a decision given before could still be entered anew.
    """

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, encoding="utf-8", check=False)
        return done.stdout if done.returncode == 0 else ""

    first = git("log", "--diff-filter=A", "--format=%H", "--", "OLDER_MEANING").split()[-1:]
    since = [f"{commit}..HEAD" for commit in first]
    for commit in [*first, *git("log", "--format=%H", *since, "--", "MANIFEST").split()]:
        yield from git("show", f"{commit}:./MANIFEST").splitlines()


def lost(folder: Path = HERE) -> list[str]:
    """Decisions that were entered once and are gone, or are other bytes now."""
    current = (folder / "MANIFEST").read_text("utf-8").splitlines()
    wrong = {line.split("  ")[1] for line in entered(folder) if line not in current}
    for sha256, name in (line.split("  ") for line in current):
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            wrong.add(name)
    return sorted(wrong)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit("".join(f"gone or changed: {name}\n" for name in lost()) or 0)
    add(sys.argv[1], sys.stdin.read().strip())
