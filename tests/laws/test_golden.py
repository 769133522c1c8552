"""The golden corpus: decisions once given stand for ever, byte for byte."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine.decided import MEANING
from scripts import script

GOLDEN = Path(__file__).parents[1] / "golden"
MANIFEST = [line.split("  ") for line in (GOLDEN / "MANIFEST").read_text("utf-8").splitlines()]
OLDER: dict[str, list[str]] = {}
for _name, _fault in [line.split("  ") for line in (GOLDEN / "OLDER_MEANING").read_text("utf-8").splitlines()]:
    OLDER.setdefault(_name, []).append(_fault)


@pytest.mark.parametrize(("sha256", "name"), MANIFEST, ids=[name for _, name in MANIFEST])
def test_a_golden_decision_is_there_and_unchanged(sha256: str, name: str) -> None:
    """No stored decision that was ever entered is missing or edited."""
    assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("name", [name for _, name in MANIFEST])
def test_a_golden_decision_verifies(name: str) -> None:
    """Re-evaluating what was stored gives the same bytes, or it is known which mended fault made it; its words can still be read."""
    text = (GOLDEN / name).read_text("utf-8")
    decision = ntm.Decision.from_json(text)
    if name in OLDER:
        assert decision.verify().reason == f"older meaning: {', '.join(OLDER[name])}"
        assert decision.explain("vi", full=True)
        return
    assert decision.verify().reason == "same"
    again = ntm.RuleSet.of_identity(decision.ruleset).evaluate(decision.subject, accept=decision.accept)
    again.meaning = decision.meaning
    assert again.to_json() == text
    assert again.explain("vi", full=True) == decision.explain("vi", full=True)


def test_only_stored_decisions_may_rest_on_a_mended_fault() -> None:
    """What is excused by an older meaning is a decision of the corpus that was given under one."""
    assert set(OLDER) <= {name for _, name in MANIFEST}
    assert all(ntm.Decision.from_json((GOLDEN / name).read_text("utf-8")).meaning < MEANING for name in OLDER)


def test_every_golden_decision_is_entered_once() -> None:
    """A file without an entry would not be guarded."""
    assert sorted(name for _, name in MANIFEST) == sorted(path.name for path in GOLDEN.glob("*.json"))
    assert len(MANIFEST) >= 12


def test_the_corpus_shows_every_outcome_and_set() -> None:
    """The corpus covers the outcomes, attestations, conflicts, unknown columns, amendments, and every kind of set."""
    decisions = [ntm.Decision.from_json((GOLDEN / name).read_text("utf-8")) for _, name in MANIFEST]
    assert {node.outcome for decision in decisions for node in decision} == set(ntm.Outcome)
    assert {decision.outcome.value for decision in decisions} >= {"met", "not_met", "undetermined"}
    assert {node.basis for decision in decisions for node in decision} == {"measured", "attested", "derived", "stated", None}
    assert any(decision.conflicts for decision in decisions)
    assert any(column.waits_for for decision in decisions for column in decision.columns)
    assert any(decision.ruleset.overlays for decision in decisions)
    assert {decision.ruleset.id for decision in decisions} >= set(ntm.Catalogue().rulesets)
    assert {overlay.id for decision in decisions for overlay in decision.ruleset.overlays} >= set(ntm.Catalogue().overlays) - LATE


LATE = {"ocop/2023/1489-qd-ttg", "ocop/2023/757-qd-bnn-vpdp"}  # overlays of which no decision is stored yet


def test_no_decision_that_was_ever_entered_is_gone_or_changed() -> None:
    """Also where MANIFEST was changed along with it: every line that stood in it once stands in it today."""
    assert script(GOLDEN / "add.py").lost() == []


def test_a_changed_and_a_removed_decision_are_found(tmp_path: Path) -> None:
    """By the history of MANIFEST where there is one, by its sha256 in any case."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org", *words], check=True)

    git("init", "-q")
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_text(name, "utf-8")

    def manifest(*names: str) -> None:
        lines = [f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
        (tmp_path / "MANIFEST").write_text("".join(lines), "utf-8")

    manifest("a.json", "b.json", "c.json")
    git("add", ".")
    git("commit", "-qm", "x")
    assert script(GOLDEN / "add.py").lost(tmp_path) == []
    (tmp_path / "a.json").write_text("other", "utf-8")
    assert script(GOLDEN / "add.py").lost(tmp_path) == ["a.json"]
    manifest("a.json", "b.json")
    assert script(GOLDEN / "add.py").lost(tmp_path) == ["a.json", "c.json"]


@pytest.mark.parametrize(("key", "word"), [("standing", "six-star"), ("granted_by", "moon")])
def test_a_stored_score_of_what_nobody_knows_is_refused(key: str, word: str) -> None:
    """A standing or an authority that the library has no words for is told with the key, and nothing is shown of it."""
    data = json.loads((GOLDEN / "ocop-2026-five.json").read_text("utf-8"))
    data["score"][key] = word
    with pytest.raises(ntm.NtmError, match="NTM-601") as caught:
        ntm.Decision.from_json(json.dumps(data))
    assert key in str(caught.value)
