"""Adds a stored decision to the golden corpus: ``python tests/golden/add.py NAME < decision.json``. Nothing there is ever replaced."""

from __future__ import annotations

import hashlib
import sys
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


if __name__ == "__main__":
    add(sys.argv[1], sys.stdin.read().strip())
