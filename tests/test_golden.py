"""The golden corpus: decisions once given stand for ever, byte for byte."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import ntm_rules as ntm

GOLDEN = Path(__file__).parent / "golden"
MANIFEST = [line.split("  ") for line in (GOLDEN / "MANIFEST").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("sha256", "name"), MANIFEST, ids=[name for _, name in MANIFEST])
def test_a_golden_decision_is_there_and_unchanged(sha256: str, name: str) -> None:
    """No stored decision that was ever entered is missing or edited."""
    assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() == sha256


OLDER = dict(line.split("  ")[::-1] for line in (GOLDEN / "OLDER").read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", [name for _, name in MANIFEST if name not in OLDER])
def test_a_golden_decision_verifies(name: str) -> None:
    """Re-evaluating what was stored gives the same bytes, and its explanation can still be read."""
    text = (GOLDEN / name).read_text("utf-8")
    decision = ntm.Decision.from_json(text)
    assert decision.verify()
    again = ntm.RuleSet.of_identity(decision.ruleset).evaluate(decision.subject, accept=decision.accept)
    assert again.to_json() == text
    assert again.explain("vi", full=True) == decision.explain("vi", full=True)


@pytest.mark.parametrize("name", sorted(OLDER))
def test_a_golden_decision_that_rests_on_a_mended_fault_differs_in_that_alone(name: str) -> None:
    """O10-standing: «potential five-star» for products that miss a mark of five stars, or whose class is open; all else is as stored."""
    assert OLDER[name] == "O10-standing"
    stored = json.loads((GOLDEN / name).read_text("utf-8"))
    decision = ntm.Decision.from_json((GOLDEN / name).read_text("utf-8"))
    assert not decision.verify()
    again = json.loads(ntm.RuleSet.of_identity(decision.ruleset).evaluate(decision.subject, accept=decision.accept).to_json())
    assert (stored["score"].pop("standing"), again["score"].pop("standing")) == ("potential-5-star", None)
    assert again == stored


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
