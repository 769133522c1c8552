"""Rulesets laid on others: what a layer adds, that it changes nothing below, and how a clash is told. All law here is made up."""

from __future__ import annotations

import re
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


def test_a_figure_below_whose_decision_is_on_record_above_holds_from_above_alone(tmp_path: Path) -> None:
    """Refused where the decision is not on record; with a layer that has it the same text loads, and checking agrees both times."""
    of_the_layer = OVERLAY.replace("source: {level: recalled}", 'source: {instrument: "7/QĐ-UBND (Kon Tum)", level: recalled}')
    below = ntm.Catalogue(written(tmp_path / "below", {**BELOW, "national/b/overlay.yaml": of_the_layer}))
    above = ntm.Catalogue(written(tmp_path / "own", LAYER), on_top_of=below)
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=below)
    assert [problem.code for problem in caught.value.problems] == ["NTM-215"]
    assert ntm.load("test/2024", catalogue=above).evaluate(subject_of(FACTS))["1.1"].source.instrument == "7/QĐ-UBND (Kon Tum)"
    assert (codes(check(below)), codes(check(above))) == ({"NTM-215"}, set())


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


# --- what a province may do later, and what time brings -----------------------------------------------------------

FIRST = """\
overlay: test/2024/NAME
version: 1.0.0
kind: provincial
amends: test/2024
title: {vi: Của tỉnh, en: Of a province}
instrument: 7/QĐ-UBND (Kon Tum)
in_force: {from: DAY}
province: kon-tum
changes:
  - set: "1.1"
    at_least: FIGURE
    source: {level: recalled}
"""
OWN = """\
  - add:
      indicator: "2.9"
      title: {vi: Của tỉnh, en: Its own}
      measure: {unit: "%"}
      at_least: 50
      source: {level: recalled}
    under: "2"
"""


def of_the_province(folder: Path, early: str, late: str, more: str = "", then: str = "", day: str = "2024-06-01") -> ntm.Catalogue:
    """Two decisions of one province, from 2024-01-01 and a later day."""
    first, second = (FIRST.replace("FIGURE", figure) for figure in (early, late))
    files = {
        "instruments.yaml": OWN_INSTRUMENT,
        "first/overlay.yaml": first.replace("NAME", "first").replace("DAY", "2024-01-01") + more,
        "second/overlay.yaml": second.replace("NAME", "second").replace("DAY", day) + then,
    }
    return ntm.Catalogue(written(folder / "own", files), on_top_of=ntm.Catalogue(written(folder / "below", BELOW)))


def test_a_province_may_take_back_its_own_earlier_figure_but_not_the_nations(tmp_path: Path) -> None:
    """99 and then 95 where the nation asks for 90; 85 is refused, however strict the earlier decision was."""
    found = of_the_province(tmp_path / "a", "99", "95")
    assert codes(check(found)) == set()
    for day, figure in ((date(2024, 5, 31), "99"), (date(2024, 6, 1), "95")):
        rules = ntm.load("test/2024", on=day, province="kon-tum", catalogue=found)
        assert str(rules.evaluate(subject_of(FACTS))["1.1"].required) == figure
    lower = of_the_province(tmp_path / "b", "99", "85")
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=lower)
    [problem] = caught.value.problems
    assert (problem.code, problem.words["got"], problem.words["national"]) == ("NTM-303", "85", "90")


def test_a_province_may_change_and_remove_what_it_added_itself(tmp_path: Path) -> None:
    """An indicator of its own is its own: another title, a lower figure, or none at all; one of the nation stays."""
    anew = '  - set: "2.9"\n    title: {vi: Khác, en: Other}\n    at_least: 10\n    source: {level: recalled}\n'
    for n, (then, asked) in enumerate(((anew, "10"), ('  - remove: "2.9"\n', None))):
        found = of_the_province(tmp_path / str(n), "95", "95", OWN, then)
        assert codes(check(found)) == set()
        rules = ntm.load("test/2024", on=date(2024, 7, 1), province="kon-tum", catalogue=found)
        assert (str(rules.evaluate(subject_of(FACTS))["2.9"].required) if asked else None) == asked
        assert ("2.9" in [one.indicator for one in rules.indicators]) is (asked is not None)
    refused = of_the_province(tmp_path / "c", "95", "95", OWN, '  - remove: "2.1"\n')
    assert "NTM-303" in codes(check(refused))


def test_texts_that_come_to_contradict_each_other_are_told_with_the_day(tmp_path: Path) -> None:
    """The province asked for 85 while the nation asked for 80; from March the nation asks for 90, and nobody could be judged there."""
    one = FIRST.replace("NAME", "first").replace("DAY", "2024-01-01").replace("FIGURE", "85")
    found = layered(tmp_path, {"instruments.yaml": OWN_INSTRUMENT, "first/overlay.yaml": one})
    ntm.load("test/2024", on=date(2024, 2, 1), province="kon-tum", catalogue=found)
    told = [problem for problem in check(found) if problem.code in ("NTM-303", "NTM-328")]
    assert [problem.code for problem in told] == ["NTM-303", "NTM-328"]
    assert (told[1].words["on"], told[1].words["got"]) == (date(2024, 3, 1), "test/2024/first")
    assert "kon-tum" in told[1].what()
    assert {Path(problem.place.file).parent.name for problem in told} == {"first"}
    for problem in told:
        say_everything(problem)
    ended = one.replace("{from: 2024-01-01}", "{from: 2024-01-01, until: 2024-02-29}")
    assert codes(check(layered(tmp_path / "2", {"instruments.yaml": OWN_INSTRUMENT, "first/overlay.yaml": ended}))) == set()


def test_a_draft_is_tried_with_every_text_that_starts_later(tmp_path: Path) -> None:
    """A draft for January that adds what an amendment of June adds as well: told for June, without a province."""
    adds = OWN.replace('under: "2"', 'under: "1"').replace("2.9", "1.9")
    national = FIRST.replace("kind: provincial", "kind: KIND").replace("province: kon-tum\n", "").replace("FIGURE", "90") + adds
    draft = national.replace("KIND", "draft").replace("NAME", "draft").replace("DAY", "2024-01-01")
    later = national.replace("KIND", "amendment").replace("NAME", "later").replace("DAY", "2024-06-01")
    found = layered(tmp_path, {"instruments.yaml": OWN_INSTRUMENT, "draft/overlay.yaml": draft, "later/overlay.yaml": later})
    [told] = [problem for problem in check(found) if problem.code == "NTM-328"]
    assert (told.words["on"], told.words["got"]) == (date(2024, 6, 1), "test/2024/draft")
    assert "tỉnh" not in told.what()


def test_a_layer_that_holds_nothing_is_refused(tmp_path: Path) -> None:
    """Somebody named the wrong folder: it would add nothing, and nobody would see."""
    with pytest.raises(ntm.NotFound, match=r"NTM-108.*không có văn bản nào"):
        ntm.Catalogue(tmp_path, on_top_of=ntm.Catalogue())


def test_what_a_load_did_is_logged_and_off_by_default(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One line names the texts that apply; nobody who did not ask for it sees it."""
    found = layered(tmp_path)
    ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
    assert caplog.records == []
    with caplog.at_level("INFO", logger="ntm_rules"):
        ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
    [record] = caplog.records
    assert record.getMessage() == "loaded for 2024-06-01, kon-tum: test/2024 1.0.0, test/2024/sua 1.0.0, test/2024/tinh 1.0.0"


# --- what is said of a figure that is left to the province ----------------------------------------------------------


def test_that_no_text_of_the_province_is_on_record_is_said_only_where_it_is_true(tmp_path: Path) -> None:
    """Not asked for; asked for and on record, but silent; asked for and not on record. What is stored stays the same."""
    silent = TINH.split("changes:")[0] + 'changes:\n  - set: "2.2"\n    note: {vi: Của tỉnh, en: Of the province}\n'
    found = layered(tmp_path, LAYER | {"provinces/kon-tum/overlay.yaml": silent})
    said = {}
    for province in (None, "kon-tum", "gia-lai"):
        decision = ntm.load("test/2024", on=date(2024, 6, 1), province=province, catalogue=found).evaluate(subject_of(FACTS))
        [need] = [need for need in decision.needed() if need.id == "2.2"]
        said[province] = need.reason.vi
        assert need.reason.vi in decision.explain(full=True)
        assert need.reason.en in decision.explain("en", of="2.2")
        assert "chưa có văn bản của tỉnh trong danh mục" in decision["2.2"].reason.vi
        assert decision.verify(found).reason == "same"
        assert ntm.Decision.from_json(decision.to_json()).explain(full=True) == decision.explain(full=True)
    national = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=found).evaluate(
        subject_of(FACTS, attributes={**FACTS["attributes"], "province": "gia-lai"})
    )
    assert "không có văn bản nào của tỉnh trong số đã dùng" in national.explain(full=True)
    assert "no text of the province was used" in national.explain("en", of="2.2")
    assert "chưa nêu tỉnh" in said[None]
    assert "không đặt mức này" in said["kon-tum"]
    assert "chưa có văn bản của tỉnh trong danh mục" in said["gia-lai"]


def test_rules_of_a_province_that_are_not_in_force_are_not_said_to_be_absent(tmp_path: Path) -> None:
    """On record from June: in May the days are told; of a province without any, that none are on record."""
    later = FIRST.replace("NAME", "later").replace("DAY", "2024-06-01").replace("FIGURE", "95")
    found = layered(tmp_path, {"instruments.yaml": OWN_INSTRUMENT, "later/overlay.yaml": later})
    for day, province, code in (("05", "kon-tum", ["NTM-330"]), ("06", "kon-tum", []), ("05", "gia-lai", ["NTM-317"])):
        rules = ntm.load("test/2024", on=date.fromisoformat(f"2024-{day}-30"), province=province, catalogue=found)
        assert [problem.code for problem in rules.told] == code
        for problem in rules.told:
            say_everything(problem)
    assert "2024-06-01 → …" in ntm.load("test/2024", on=date(2024, 5, 30), province="kon-tum", catalogue=found).told[0].why()


def test_a_subject_of_another_province_is_told_to_whoever_reads_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One ruleset is of one province: of a subject of another, and of one whose rules were not read, a warning says so."""
    found = layered(tmp_path)
    stated = {**FACTS, "attributes": {**FACTS["attributes"], "province": "kon-tum"}}
    for province, told in ((None, ["NTM-319"]), ("gia-lai", ["NTM-315"]), ("kon-tum", [])):
        caplog.clear()
        rules = ntm.load("test/2024", on=date(2024, 6, 1), province=province, catalogue=found)
        assert ntm.evaluate(rules, subject_of(stated)) == rules.evaluate(subject_of(stated))
        assert [code for record in caplog.records for code in re.findall(r"NTM-\d+", record.getMessage())] == told
