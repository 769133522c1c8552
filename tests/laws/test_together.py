"""Decisions do not depend on who else decides: other threads, while prepared plans are thrown away, and other processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date

import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine import criteria
from ntm_rules.decide.engine.scores import method

ON = date(2024, 6, 30)
REGIONS = ("tay-nguyen", "dong-nam-bo", "dong-bang-song-hong", "bac-trung-bo")


def communes() -> list[ntm.Subject]:
    """Communes of many kinds, so that few plans serve two of them."""
    return [
        ntm.Subject(
            id=f"{i}", kind="commune", attributes={"region": REGIONS[i % 4], "year": 2021 + i % 5, "n": i % 9}, values={"10.1": 40 + i}
        )
        for i in range(36)
    ]


def products() -> list[ntm.Subject]:
    """Products of several sets."""
    return [ntm.Subject(id=f"{i}", kind="product", attributes={"product_set": 1 + i % 6, "n": f"{i % 9}"}) for i in range(24)]


@pytest.mark.parametrize(("name", "subjects"), [("commune-ntm/2021-2025", communes), ("ocop/2023", products)])
def test_threads_that_share_a_set_decide_as_one_alone(
    name: str, subjects: Callable[[], list[ntm.Subject]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, from a set that nobody has used yet, with room for so few plans that each throws out another's."""
    given = subjects()
    alone = [one.to_json() for one in ntm.load(name, on=ON).evaluate_many(given)]
    monkeypatch.setattr(criteria, "_MANY", 2)
    monkeypatch.setattr(method, "_MANY", 2)
    rules, start = pickle.loads(pickle.dumps(ntm.load(name, on=ON))), threading.Barrier(4)  # noqa: S301
    found: dict[int, list[str]] = {}

    def work(first: int) -> None:
        start.wait()
        turned = [*given[first:], *given[:first]]
        decided = [rules.evaluate(one).to_json() for one in turned]
        found[first] = [*decided[len(given) - first :], *decided[: len(given) - first]]

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 5, 11, 17)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        sys.setswitchinterval(interval)
    assert found == dict.fromkeys((0, 5, 11, 17), alone)


def test_another_process_decides_the_same_and_its_decisions_verify_here() -> None:
    """Sets, subjects and decisions travel as pickles."""
    rules, given = ntm.load("commune-ntm/2021-2025", on=ON), communes()[:6]
    program = (
        "import pickle, sys; rules, given = pickle.load(sys.stdin.buffer); pickle.dump([*rules.evaluate_many(given)], sys.stdout.buffer)"
    )
    told = subprocess.run([sys.executable, "-c", program], input=pickle.dumps((rules, given)), capture_output=True, check=True).stdout
    decided = pickle.loads(told)  # noqa: S301
    assert [one.to_json() for one in decided] == [rules.evaluate(one).to_json() for one in given]
    assert all(one.verify() for one in decided)
