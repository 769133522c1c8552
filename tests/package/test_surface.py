"""What is public does not change unseen, and whoever uses it is told the type of all of it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import surface

RECORDED = surface.RECORD.read_text("utf-8")
LINES = RECORDED.splitlines()


def test_every_public_name_says_its_type() -> None:
    """Parameters, results and attributes: nothing is left to a checker to infer but the value of an outcome, a level, a category."""
    assert [line for line in LINES if re.search(r": None[,) ]|: None$|-> None$", line) and not NOTHING.search(line)] == []
    assert {line.split(" = ")[0].rpartition(".")[0] for line in LINES if re.match(r"[\w.]+ = ", line)} == {
        "ntm_rules.Outcome",
        "ntm_rules.SourceLevel",
        "ntm_rules.register.Category",
        "ntm_rules.revise.Move",
    }
    assert len(LINES) > 500


NOTHING = re.compile(r"\.(__init__|append|begin|close)\(.*-> None$")  # what gives nothing back says so


@pytest.mark.parametrize(
    ("recorded", "now", "broken", "new"),
    [
        ("a(x: int) -> str", "a(x: int, y: int) -> str", 1, 0),
        ("a(x: int) -> str", "a(x: int) -> bytes", 1, 0),
        ("a.b: int\na.c: int", "a.b: int", 1, 0),
        ("a.b: int", "a.b: int\na.c: int", 0, 1),
        ("a.B = 'b'", "a.B = 'c'", 1, 0),
        ("a.b: int", "a.b: int", 0, 0),
    ],
)
def test_what_breaks_callers_is_told_apart_from_what_is_new(recorded: str, now: str, broken: int, new: int) -> None:
    """Another parameter, result, type or value, and a name that is gone; a name more breaks nobody."""
    assert tuple(map(len, surface.differing(recorded, now))) == (broken, new)


def test_a_name_that_is_gone_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `make generated` says it; recorded anew, it is in order."""
    monkeypatch.setattr(surface, "RECORD", tmp_path / "surface.txt")
    monkeypatch.setattr(surface, "text", lambda: "ntm_rules.load() -> RuleSet\n")
    surface.RECORD.write_text("ntm_rules.load() -> RuleSet\nntm_rules.loud() -> RuleSet\n", "utf-8")
    assert surface.main(["--check"]) == 1
    assert "breaks callers: ntm_rules.loud() -> RuleSet" in capsys.readouterr().err
    assert surface.main([]) == 0
    assert surface.main(["--check"]) == 0
