"""The golden corpus: decisions once given stand for ever, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.decide.engine.decided import MEANING

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
    assert len({decision.ruleset.id for decision in decisions}) >= 7
