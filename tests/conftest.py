"""Settings shared by all tests, and what holds in every one of them: a message is whole."""

from __future__ import annotations

import os
import string
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from ntm_rules.messages import MESSAGES
from ntm_rules.problems import Problem

_SLOW_START = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("ci", deadline=None, max_examples=100, suppress_health_check=_SLOW_START, derandomize=True)
settings.register_profile("long", parent=settings.get_profile("ci"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_BESIDE = {"guess"}  # printed after the message, whatever its wording
PLACES = {
    code: {name for wording in both.values() for part in wording for _, name, _, _ in string.Formatter().parse(part) if name}
    for code, both in MESSAGES.items()
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Sums of what tests counted with ``record_property``, for ``make trust``."""
    figures: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        figures.update(dict(report.user_properties))
    for name, count in figures.items():
        terminalreporter.write_line(f"{name}: {count:,}")


@pytest.fixture(autouse=True)
def every_message_is_whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A problem that lacks a word of its message, or has one too many, fails the test in which it is made."""
    wrong: list[str] = []
    make = Problem.__init__

    def make_and_look(self: Problem, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        if self.words.keys() - _BESIDE != PLACES[self.code]:
            wrong.append(f"{self.code} needs {sorted(PLACES[self.code])}, has {sorted(self.words)}")

    monkeypatch.setattr(Problem, "__init__", make_and_look)
    yield wrong
    assert wrong == []


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Call the command: its exit code, what it prints, and what it says beside that."""

    from ntm_rules.cli import main

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run
