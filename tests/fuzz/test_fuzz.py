"""Hostile input of every kind ends in an error of the library: what was found once is tried for ever, and some more each time.

``make fuzz`` goes on for minutes; ``make trust`` gives each target a fixed time and prints the executions.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scripts import script

HERE = Path(__file__).parent


RUN = script(HERE / "run.py")
KEPT = [(name, seed, raw) for name in RUN.TARGETS for seed, raw in RUN.kept(name)]


@pytest.mark.parametrize(("name", "seed", "raw"), KEPT, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(KEPT)])
def test_an_input_of_the_corpus_ends_in_an_error_of_the_library(name: str, seed: str, raw: bytes) -> None:
    """Each of them once ended in something else."""
    with RUN.ground() as folder:
        assert RUN.fault(RUN.TARGETS[name], seed, raw, folder) is None


@pytest.mark.parametrize("name", RUN.TARGETS)
def test_a_few_changed_inputs_are_read_or_refused(name: str) -> None:
    """Always the same ones here; others each time in ``make fuzz``."""
    target = RUN.TARGETS[name]
    with RUN.ground() as folder:
        for seed, raw in islice(RUN.inputs(target, Random(f"test/{name}")), 8):
            assert RUN.fault(target, seed, raw, folder) is None, seed


def test_a_foreign_error_and_a_hang_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fuzzer that cannot fail proves nothing."""
    monkeypatch.setattr(RUN, "HANG", 0.2)

    def wrong(*_: Any) -> None:
        raise IndexError("x")

    def endless(*_: Any) -> None:
        while True:
            pass

    for use, said in ((wrong, "IndexError"), (endless, "Hang")):
        told = RUN.fault(RUN.Target(dict, lambda chance, raw: raw, use), "a", b"", HERE)
        assert told is not None
        assert told.startswith(said)


def test_the_guided_run_says_where_it_is_left_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """And names the targets that the other run has."""
    guided = script(HERE / "guided.py")
    monkeypatch.setattr(guided.sys, "argv", ["guided.py"])
    monkeypatch.setattr(guided.importlib.util, "find_spec", lambda _: None)
    assert guided.main() == 0
    assert "left out" in capsys.readouterr().out
    assert set(guided.TARGETS) == set(RUN.TARGETS)
