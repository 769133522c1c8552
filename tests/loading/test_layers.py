"""Rulesets laid on others: what a layer adds, that it changes nothing below, and how a clash is told. All law here is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.loading.transition import all_mappings
from ntm_rules.register.law import RevocationLaw
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check
from ntm_rules.verify.publish import publish
from ntm_rules.verify.warnings import warnings
from strategies import subject_of
from texts import BASE, OVERLAY, PROVINCIAL, say_everything

OWN_INSTRUMENT = """\
instruments:
  - instrument: 7/QĐ-UBND (Kon Tum)
    title: {vi: Văn bản bịa để thử, en: Made up for a test}
    issuer: {vi: UBND, en: PPC}
    amends: [1/QĐ-TTg]
    level: recalled
"""
BELOW = {
    "instruments.yaml": """\
instruments:
  - {instrument: 1/QĐ-TTg, title: {vi: Bộ thử, en: Test set}, issuer: {vi: TTg, en: PM}, level: recalled}
  - {instrument: 2/QĐ-TTg, title: {vi: Sửa đổi, en: Amendment}, issuer: {vi: TTg, en: PM}, level: recalled}
""",
    "national/a/ruleset.yaml": BASE,
    "national/b/overlay.yaml": OVERLAY,
}
TINH = PROVINCIAL.replace("3/QĐ-UBND", "7/QĐ-UBND")
LATER = BASE.replace("test/2024", "test/2025").replace("{from: 2024-01-01, until: 2024-12-31}", "{from: 2025-01-01}")
LAYER = {"instruments.yaml": OWN_INSTRUMENT, "provinces/kon-tum/overlay.yaml": TINH, "national/later/ruleset.yaml": LATER}
EMPTY = {"instruments.yaml": "instruments: []\n"}
EXAMPLES = """\
examples_of: test/2024/tinh
examples:
  - example: Bịa để thử
    on: 2024-06-01
    province: kon-tum
    subject:
      attributes: {region: tay-nguyen, poor: false, year: 2024}
      values: {"2.2": 6}
    expect: {"2.2": OUTCOME}
"""
FACTS = {"attributes": {"region": "tay-nguyen", "poor": False, "year": 2024, "zone": "A"}, "values": {"2.2": 6}}


def written(folder: Path, files: dict[str, str]) -> Path:
    """The folder, with these files in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def layered(folder: Path, layer: dict[str, str] = LAYER) -> ntm.Catalogue:
    """A made-up layer on a made-up catalogue."""
    return ntm.Catalogue(written(folder / "own", layer), on_top_of=ntm.Catalogue(written(folder / "below", BELOW)))


def codes(problems: list[ntm.Problem]) -> set[str]:
    """What is wrong but for what stands beside a text: its published version, examples, changelog."""
    return {problem.code for problem in problems} - {"NTM-226", "NTM-227", "NTM-229"}


# --- what a layer adds --------------------------------------------------------------------------------------------


def test_an_overlay_of_a_layer_amends_an_edition_below_it(tmp_path: Path) -> None:
    """The province's figure counts in the layer, beside the amendment from below; the catalogue below knows nothing of it."""
    found = layered(tmp_path)
    rules = ntm.load("test/2024", province="kon-tum", catalogue=found)
    assert [layer.id for layer in rules.layers if layer.applied] == ["test/2024", "test/2024/sua", "test/2024/tinh"]
    decision = rules.evaluate(subject_of(FACTS))
    assert (decision["2.2"].outcome, str(decision["1.1"].required)) == (ntm.Outcome.MET, "90")
    assert found.below is not None
    assert (
        ntm.load("test/2024", province="kon-tum", catalogue=found.below).evaluate(subject_of(FACTS))["2.2"].outcome
        is ntm.Outcome.UNDETERMINED
    )
    assert codes(check(found)) == set()


def test_an_edition_of_a_layer_answers_for_its_days(tmp_path: Path) -> None:
    """The edition of the layer follows the one below it; its instruments may be those below."""
    found = layered(tmp_path)
    assert ntm.applicable("test", on=date(2024, 6, 1), catalogue=found).id == "test/2024"
    assert ntm.applicable("test", on=date(2025, 6, 1), catalogue=found).id == "test/2025"
    assert list(found.instruments) == ["7/QĐ-UBND (Kon Tum)", "1/QĐ-TTg", "2/QĐ-TTg"]


def test_layers_lie_on_layers(tmp_path: Path) -> None:
    """What a layer may name reaches down to the lowest."""
    sets = ntm.Catalogue(written(tmp_path / "sets", {"later/ruleset.yaml": LATER}), on_top_of=ntm.Catalogue(written(tmp_path / "b", BELOW)))
    top = written(tmp_path / "top", {"instruments.yaml": OWN_INSTRUMENT, "o/overlay.yaml": TINH.replace("test/2024", "test/2025")})
    found = ntm.Catalogue(top, on_top_of=sets)
    assert found.folders == (tmp_path / "b", tmp_path / "sets", top)
    assert ntm.load("test/2025", province="kon-tum", catalogue=found).layers[-1].id == "test/2025/tinh"
    assert found.within(found.overlays["test/2024/sua"].path) == "national/b/overlay.yaml"
    again = ntm.Catalogue(written(tmp_path / "again", {"instruments.yaml": BELOW["instruments.yaml"]}), on_top_of=found)
    assert again.instruments["1/QĐ-TTg"] == found.instruments["1/QĐ-TTg"]
    assert {str(problem.words["first"]) for problem in again.problems} == {str(tmp_path / "b/instruments.yaml")}


def test_a_stored_decision_verifies_with_its_layer_and_names_what_is_missing_without(tmp_path: Path) -> None:
    """An office's decision holds where its layer is; elsewhere the verification names the text that is not there."""
    found = layered(tmp_path)
    stored = ntm.Decision.from_json(ntm.load("test/2024", province="kon-tum", catalogue=found).evaluate(subject_of(FACTS)).to_json())
    assert stored.verify(layered(tmp_path)).reason == "same"
    assert stored.verify(found.below).reason == "layer missing: test/2024/tinh"


def test_published_versions_are_found_through_a_layer(tmp_path: Path) -> None:
    """A version published below, and one published in the layer, are both read by number."""
    found = layered(tmp_path)
    for kind, name in (("ruleset", "test/2024"), ("overlay", "test/2024/tinh")):
        publish(found, found.entry(kind, name))
    assert (tmp_path / "own/provinces/kon-tum/published/1.0.0.json").is_file()
    texts = found.ruleset("test/2024"), found.overlay("test/2024/tinh")
    again = layered(tmp_path, LAYER | {"provinces/kon-tum/overlay.yaml": TINH.replace("1.0.0", "1.1.0")})
    assert (again.ruleset("test/2024", "1.0.0"), again.overlay("test/2024/tinh", "1.0.0")) == texts


def test_the_examples_of_a_layer_run_on_the_texts_below(tmp_path: Path) -> None:
    """The promise of a province's overlay is kept by the edition below it, and a wrong one is told."""
    for outcome, told in (("met", []), ("not_met", ["NTM-228"])):
        beside = {"provinces/kon-tum/examples.yaml": EXAMPLES.replace("OUTCOME", outcome)}
        runs = {run.id: run for run in run_examples(layered(tmp_path, LAYER | beside))}
        assert (runs["test/2024/tinh"].examples, runs["test/2024/tinh"].outcomes) == (1, 1)
        assert [problem.code for problem in runs["test/2024/tinh"].problems] == told


# --- that it changes nothing below --------------------------------------------------------------------------------


def test_an_empty_layer_changes_no_text_and_no_decision(tmp_path: Path) -> None:
    """Of every set of the library, on its first day and by name: the same sha256 and, byte for byte, the same decision."""
    found = ntm.Catalogue(written(tmp_path, EMPTY), on_top_of=ntm.Catalogue())
    assert found.instruments == ntm.Catalogue().instruments
    assert found.overlays.keys() == ntm.Catalogue().overlays.keys()
    for entry in ntm.Catalogue().rulesets.values():
        for on in {None, entry.in_force.start}:
            alone, through = (ntm.load(entry.id, on=on, catalogue=one) for one in (None, found))
            assert alone.sha256 == through.sha256
            assert alone.layers == through.layers
            if alone.kind == "criteria":
                subject = ntm.Subject(id="1", kind=alone.document.subject)
                assert alone.evaluate(subject).to_json() == through.evaluate(subject).to_json()
    assert all_mappings(found) == all_mappings(ntm.Catalogue())
    assert RevocationLaw.of(found) == RevocationLaw.of(ntm.Catalogue())
    assert warnings(found) == warnings(ntm.Catalogue())


@pytest.mark.parametrize("name", ["ocop/2026", "ocop/2019"])
def test_the_sheets_of_a_set_below_are_those_of_the_library(tmp_path: Path, name: str) -> None:
    """Score sheets are read where they stand."""
    found = ntm.Catalogue(written(tmp_path, EMPTY), on_top_of=ntm.Catalogue())
    assert found.sheets(name).plain_data() == ntm.Catalogue().sheets(name).plain_data()


@pytest.mark.parametrize(
    ("name", "text", "got", "first", "line"),
    [
        ("mine/ruleset.yaml", BASE, "test/2024", "national/a/ruleset.yaml", 1),
        ("mine/overlay.yaml", OVERLAY, "test/2024/sua", "national/b/overlay.yaml", 1),
        ("instruments.yaml", BELOW["instruments.yaml"].replace("2/QĐ", "9/QĐ"), "1/QĐ-TTg", "instruments.yaml", 2),
        ("provinces.yaml", "provinces: []\n", "provinces.yaml", None, 0),
    ],
)  # fmt: skip
def test_a_name_taken_below_is_told_with_both_files(tmp_path: Path, name: str, text: str, got: str, first: str | None, line: int) -> None:
    """A layer cannot take the place of a text: the clash names the file below and the file of the layer."""
    found = layered(tmp_path, {name: text})
    problems = [problem for problem in check(found) if problem.code == "NTM-320"]
    below = tmp_path / "below" / first if first else found.provinces.path
    assert [(problem.words["got"], problem.words["first"], problem.words["second"]) for problem in problems] == [
        (got, below, tmp_path / "own" / name)
    ]
    assert (problems[0].place.file, problems[0].place.line) == (str(tmp_path / "own" / name), line)
    say_everything(problems[0])


def test_whoever_asks_for_a_name_that_clashes_is_told(tmp_path: Path) -> None:
    """Neither text is taken silently for the other."""
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=layered(tmp_path, {"mine/ruleset.yaml": BASE}))
    assert [problem.code for problem in caught.value.problems] == ["NTM-320"]


def test_what_is_wrong_below_is_told_once(tmp_path: Path) -> None:
    """A broken file of the lower folder is a problem of the whole, at its own place."""
    below = ntm.Catalogue(written(tmp_path / "below", BELOW | {"instruments.yaml": "instruments: [\n", "x/ruleset.yaml": "[]"}))
    found = ntm.Catalogue(written(tmp_path / "own", EMPTY), on_top_of=below)
    _ = found.rulesets, found.instruments
    assert [problem.code for problem in found.problems].count("NTM-202") == 1
    assert found.problems == below.problems
