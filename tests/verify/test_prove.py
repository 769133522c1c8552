"""What must hold of a set for every subject: proven where it does, refuted by a running example where it does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.conditions import COMBINATIONS
from ntm_rules.conditions.combination import MET, NOT_MET, UNDETERMINED, CombinationRule
from ntm_rules.problems import MissingExtra
from ntm_rules.values import Bilingual
from ntm_rules.verify.examples import run_beside
from ntm_rules.verify.killers import text_of
from ntm_rules.verify.proofs import solver
from ntm_rules.verify.proofs.obligation import Obligation, State
from ntm_rules.verify.proofs.obligations import CLAIMS, prove
from strategies import write_catalogue

SETS = Path(__file__).parents[1] / "proofs"
WITHOUT_EXAMPLE = {"condition", "implies", "bands"}  # no product has two classes, no subject can show that a condition never holds
EXACTLY_ONE = CombinationRule(
    name="exactly_one",
    cases=((lambda met, failed, unknown, k: met > 1, NOT_MET), (lambda met, failed, unknown, k: unknown > 0, UNDETERMINED)),
    otherwise=MET,
    needs=lambda n, k: 1,
    adding="looser",
    words=Bilingual("đúng một", "exactly one"),
    brief=Bilingual("đúng một", "exactly one"),
)


def of_folder(tmp_path: Path, kind: str, claim: str) -> tuple[ntm.Catalogue, list[Obligation]]:
    """The obligations of one claim in the tiny set made for it."""
    shutil.copytree(SETS / kind / claim, tmp_path, dirs_exist_ok=True)
    catalogue = write_catalogue(tmp_path)
    return catalogue, [one for one in prove(catalogue, catalogue.rulesets["test/2024"]) if one.claim == claim]


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_is_proven_of_a_set_in_which_it_holds(tmp_path: Path, claim: str) -> None:
    """Proven, with its place and its time; and said in both languages."""
    _, found = of_folder(tmp_path, "good", claim)
    assert found
    assert {one.state for one in found} == {State.PROVEN}
    assert all(one.seconds >= 0 for one in found)
    assert CLAIMS[claim].title.vi != CLAIMS[claim].title.en


@pytest.mark.parametrize("claim", [claim for claim in CLAIMS if claim != "improving"])
def test_every_claim_is_refuted_of_a_set_in_which_it_does_not_hold(tmp_path: Path, claim: str) -> None:
    """Refuted with its place; the example that comes with it runs, and comes out as it says."""
    catalogue, found = of_folder(tmp_path, "bad", claim)
    refuted = [one for one in found if one.state is not State.PROVEN]
    assert refuted
    assert all(one.detail.vi != one.detail.en and one.at for one in refuted)
    if claim in WITHOUT_EXAMPLE:
        assert all(one.example is None for one in refuted)
        return
    lines = [line for one in refuted for line in (text_of(one.example) or "").split("\n")]
    entry = catalogue.rulesets["test/2024"]
    (entry.path.parent / "examples.yaml").write_text(
        "examples_of: test/2024\nexamples:\n" + "".join(f"  {line}\n" for line in lines), "utf-8"
    )
    ran = run_beside(catalogue, entry)
    assert ran.problems == ()
    assert ran.outcomes >= len(refuted)


def test_the_counterexample_names_the_value(tmp_path: Path) -> None:
    """75 % meets the advanced set and not the basic one; 7 of at most 5 neither."""
    _, found = of_folder(tmp_path, "bad", "stronger")
    assert [(one.at, one.state.value, one.example and one.example["expect"]) for one in found] == [
        ("1.1", "refuted", {"75": "met"}),
        ("1.2", "refuted", {"7": "met"}),
    ]
    assert "≥ 75 ở đây, ≥ 80 trong basic/2024" in found[0].sentence("vi")


def test_a_combination_that_punishes_improvement_is_found_out() -> None:
    """Exactly one of its parts: a second part that is met loses the outcome. The shipped ones never do, for any number of parts."""
    assert solver.never_loses(EXACTLY_ONE) is False
    assert all(solver.never_loses(rule) for rule in COMBINATIONS.values())


def test_everything_is_proven_of_every_shipped_set() -> None:
    """No figure that is met by all or none, no condition that never holds, no class that cannot come out."""
    catalogue = ntm.Catalogue()
    found = [one for entry in (*catalogue.rulesets.values(), *catalogue.overlays.values()) for one in prove(catalogue, entry)]
    assert [one.sentence("vi") for one in found if one.state is not State.PROVEN] == []
    assert {one.claim for one in found} == set(CLAIMS)
    assert len(found) > 1000


def test_the_command_prints_claims_and_what_refutes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1 with the example to paste; the same as JSON; exit 0 where everything is proven."""
    of_folder(tmp_path, "bad", "direction")
    with pytest.raises(SystemExit) as ended:
        run(["prove", "--rulesets", str(tmp_path)])
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert "1.1: sai, có phản ví dụ: giá trị tăng thêm có thể làm mất kết quả đạt" in out
    assert "- boundary: '1.1'" in out
    with pytest.raises(SystemExit):
        run(["prove", "--rulesets", str(tmp_path), "--json"])
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert {one["state"] for one in document["obligations"]} == {"proven", "refuted"}
    of_folder(tmp_path, "good", "direction")
    with pytest.raises(SystemExit) as ended:
        run(["prove", "--rulesets", str(tmp_path), "--lang", "en"])
    assert ended.value.code == 0


def test_without_the_solver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """NTM-901 names the extra."""
    import sys

    monkeypatch.setitem(sys.modules, "z3", None)
    solver.z3.cache_clear()
    try:
        with pytest.raises(MissingExtra, match="verify"):
            solver.z3()
    finally:
        solver.z3.cache_clear()
