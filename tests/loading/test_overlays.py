"""Which law applies: editions by day, amendments, provincial figures and drafts, and what an overlay may and may not do."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.verify.folder import check
from ntm_rules.verify.publish import publish
from strategies import subject_of, write_catalogue
from texts import BASE, OVERLAY, PROVINCIAL

DAY = timedelta(days=1)
DRAFT = OVERLAY.replace("kind: amendment", "kind: draft").replace("test/2024/sua", "test/2024/thu").replace("at_least: 90", "at_least: 95")
SET_11 = OVERLAY[OVERLAY.index("  - set") :]


def catalogue(folder: Path, base: str = BASE, **overlays: str) -> ntm.Catalogue:
    return write_catalogue(folder, a__ruleset=base, **{f"{name}__overlay": text for name, text in overlays.items()})


def changed(changes: str, overlay: str = OVERLAY) -> str:
    """The overlay with other changes."""
    return overlay[: overlay.index("  - set")] + changes


def required(rules: ntm.RuleSet, number: str) -> str:
    """The figure of an indicator under a ruleset."""
    return str(rules.evaluate(subject_of({"attributes": {"region": "tay-nguyen", "poor": False, "year": 2024}}))[number].required)


# --- editions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "there"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-01-02", True), ("2024-12-30", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_an_edition_is_in_force_from_its_first_to_its_last_day(tmp_path: Path, day: str, there: bool) -> None:
    """The day before, the first day, the last day and the day after: both named days count."""
    on, found = date.fromisoformat(day), catalogue(tmp_path)
    for get in (lambda: ntm.load("test/2024", on=on, catalogue=found), lambda: ntm.applicable("test", on=on, catalogue=found)):
        if there:
            assert get().id == "test/2024"
            assert get().on == on
        else:
            with pytest.raises(ntm.NotInForce) as caught:
                get()
            assert caught.value.problems[0].code == "NTM-307"
            assert "test/2024 (2024-01-01 → 2024-12-31)" in str(caught.value)


def test_without_a_day_an_edition_loads_by_name(tmp_path: Path) -> None:
    """By name alone, an edition is its text as last amended, and says so."""
    rules = ntm.load("test/2024", catalogue=catalogue(tmp_path, b=OVERLAY))
    assert rules.on is None
    assert required(rules, "1.1") == "90"
    assert "without a day" in rules.layers[0].why.en


def test_without_a_day_a_running_edition_takes_its_newest_amendment(tmp_path: Path) -> None:
    """An edition without a last day, loaded by name, includes the amendment that comes last."""
    running = BASE.replace(", until: 2024-12-31", "")
    late = OVERLAY.replace("test/2024/sua", "test/2024/muon").replace("2024-03-01", "2031-01-01").replace("at_least: 90", "at_least: 99")
    rules = ntm.load("test/2024", catalogue=catalogue(tmp_path, running, b=OVERLAY, c=late))
    assert required(rules, "1.1") == "99"
    assert required(ntm.load("test/2024", on=date(2030, 1, 1), catalogue=rules_of(tmp_path)), "1.1") == "90"


def rules_of(folder: Path) -> ntm.Catalogue:
    return ntm.Catalogue(folder)


def test_two_editions_on_one_day_are_not_guessed_between(tmp_path: Path) -> None:
    """Two editions of a family on one day: the call says so and names both."""
    found = write_catalogue(tmp_path, a__ruleset=BASE, b__ruleset=BASE.replace("ruleset: test/2024", "ruleset: test/2024b"))
    with pytest.raises(ntm.NotInForce) as caught:
        ntm.applicable("test", on=date(2024, 5, 5), catalogue=found)
    assert caught.value.problems[0].code == "NTM-308"
    assert "test/2024, test/2024b" in str(caught.value)
    assert ntm.load("test/2024b", on=date(2024, 5, 5), catalogue=found).id == "test/2024b"


@pytest.mark.parametrize(("family", "day"), [("commune-ntm", "2026-01-15"), ("commune-ntm", "2015-01-01"), ("commune", "2026-01-15")])
def test_days_without_an_edition_list_those_on_record(family: str, day: str) -> None:
    """Between two editions, and before the first, nothing is silently carried on: the editions on record are listed with their days."""
    with pytest.raises(ntm.NotInForce) as caught:
        ntm.applicable(family, on=date.fromisoformat(day))
    text = str(caught.value)
    on_record = [name for name in ntm.Catalogue().rulesets if name.startswith(f"{family}/")]
    assert on_record
    assert all(name in text for name in on_record)
    assert day in text


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2021-06-01", "commune-ntm/2016-2020"),
        ("2022-03-07", "commune-ntm/2016-2020"),
        ("2022-03-08", "commune-ntm/2021-2025"),
        ("2025-12-31", "commune-ntm/2021-2025"),
    ],
)
def test_the_edition_of_a_day_is_found(day: str, edition: str) -> None:
    """The law of the day decides: up to 2022-03-07 the set of 2016-2020, from 2022-03-08 that of 2021-2025, until the end of 2025."""
    in_force = ntm.Catalogue().rulesets["commune-ntm/2016-2020"].in_force
    if edition.endswith("2016-2020") and not in_force.covers(date.fromisoformat(day)):
        with pytest.raises(ntm.NotInForce):
            ntm.applicable("commune-ntm", on=date.fromisoformat(day))
    else:
        assert ntm.applicable("commune-ntm", on=date.fromisoformat(day)).id == edition


# --- overlays by day and place ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "figure"), [("2024-02-29", "80"), ("2024-03-01", "90"), ("2024-03-02", "90")])
def test_an_amendment_counts_from_its_day(tmp_path: Path, day: str, figure: str) -> None:
    """The day before an amendment the old figure decides, from its day on the new one."""
    rules = ntm.load("test/2024", on=date.fromisoformat(day), catalogue=catalogue(tmp_path, b=OVERLAY))
    assert required(rules, "1.1") == figure
    layer = rules.layers[1]
    assert (layer.id, layer.applied) == ("test/2024/sua", figure == "90")
    assert "2024-03-01" in layer.why.vi
    assert ("2/QĐ-TTg" in rules.identity.instruments) == layer.applied


@pytest.mark.parametrize(("day", "figure"), [("2024-05-31", "90"), ("2024-06-01", "80")])
def test_an_amendment_ends_with_its_day(tmp_path: Path, day: str, figure: str) -> None:
    """An amendment with a last day no longer counts the day after."""
    ending = OVERLAY.replace("{from: 2024-03-01}", "{from: 2024-03-01, until: 2024-05-31}")
    assert required(ntm.load("test/2024", on=date.fromisoformat(day), catalogue=catalogue(tmp_path, b=ending)), "1.1") == figure


@pytest.mark.parametrize("name", ["commune-ntm", "commune-advanced"])
def test_decision_211_counts_from_the_first_of_march_2024(name: str) -> None:
    """QĐ 211/QĐ-TTg is applied from 2024-03-01 and not on 2024-02-29."""
    last = ntm.load(f"{name}/2021-2025", on=date(2024, 2, 29))
    first = ntm.load(f"{name}/2021-2025", on=date(2024, 3, 1))
    assert "211/QĐ-TTg" not in last.identity.instruments
    assert "211/QĐ-TTg" in first.identity.instruments
    assert last.sha256 != first.sha256


def test_a_province_has_its_figures_for_itself(tmp_path: Path) -> None:
    """A provincial overlay fills the delegated figure in that province, nowhere else, and not before its day."""
    found = catalogue(tmp_path, b=PROVINCIAL)
    there = ntm.load("test/2024", on=date(2024, 2, 1), province="kon-tum", catalogue=found)
    assert required(there, "2.2") == "5"
    assert there.province == "kon-tum"
    assert there.evaluate(subject_of({"attributes": {"year": 2024}}))["2.2"].source.instrument == "3/QĐ-UBND (Kon Tum)"  # type: ignore[union-attr]
    for elsewhere in ({"province": "gia-lai"}, {}, {"province": "kon-tum", "on": date(2024, 1, 31)}):
        rules = ntm.load("test/2024", **{"on": date(2024, 2, 1), "catalogue": found, **elsewhere})  # type: ignore[arg-type]
        assert required(rules, "2.2") == "None"
        assert not rules.layers[1].applied
    assert "kon-tum" in ntm.load("test/2024", on=date(2024, 2, 1), catalogue=found).layers[1].why.vi


def test_drafts_apply_only_when_named(tmp_path: Path) -> None:
    """A draft changes nothing unless it is asked for by name, and then the decision says so."""
    found = catalogue(tmp_path, b=OVERLAY, c=DRAFT)
    law = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=found)
    rehearsal = ntm.load("test/2024", on=date(2024, 6, 1), drafts=["test/2024/thu"], catalogue=found)
    assert (required(law, "1.1"), required(rehearsal, "1.1")) == ("90", "95")
    assert [layer.id for layer in rehearsal.layers if layer.applied] == ["test/2024", "test/2024/sua", "test/2024/thu"]
    assert rehearsal.identity.drafts == ("test/2024/thu",)
    assert [layer.why.en for layer in law.layers[2:]] == ["a draft, not named"]
    assert ntm.applicable("test", on=date(2024, 6, 1), drafts=["test/2024/thu"], catalogue=found).sha256 == rehearsal.sha256


def test_amendments_come_before_provinces_before_drafts(tmp_path: Path) -> None:
    """Order of application: amendments by day, then the province, then drafts; whatever the names of the files."""
    first = OVERLAY.replace("test/2024/sua", "test/2024/x").replace("2024-03-01", "2024-02-01").replace("at_least: 90", "at_least: 85")
    province = changed(SET_11.replace("90", "92"), PROVINCIAL)
    found = catalogue(tmp_path, z=first, y=OVERLAY, x=province, w=DRAFT)
    rules = ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", drafts=["test/2024/thu"], catalogue=found)
    assert [layer.id for layer in rules.layers] == ["test/2024", "test/2024/x", "test/2024/sua", "test/2024/tinh", "test/2024/thu"]
    assert required(rules, "1.1") == "95"
    assert required(ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found), "1.1") == "92"


def test_two_overlays_that_set_the_same_from_one_day_are_refused(tmp_path: Path) -> None:
    """Which of two amendments of one day counts is not guessed; of different days the later one does."""
    other = OVERLAY.replace("test/2024/sua", "test/2024/xua")
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue(tmp_path / "a", b=OVERLAY, c=other))
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("NTM-302", 9), ("NTM-302", 9)]
    later = other.replace("2024-03-01", "2024-04-01").replace("at_least: 90", "at_least: 70")
    assert required(ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue(tmp_path / "b", b=OVERLAY, c=later)), "1.1") == "70"
    elsewhere = changed('  - set: "1.2"\n    note: {vi: a, en: b}\n', other)
    assert required(ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue(tmp_path / "c", b=OVERLAY, c=elsewhere)), "1.1") == "90"


# --- what an overlay changes --------------------------------------------------------------------------------------


def resolved(folder: Path, changes: str, overlay: str = OVERLAY) -> ntm.RuleSet:
    found = catalogue(folder, b=changed(changes, overlay))
    return ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)


def numbers(rules: ntm.RuleSet) -> list[str]:
    return [indicator.indicator for indicator in rules.indicators]


def test_indicators_and_criteria_come_and_go(tmp_path: Path) -> None:
    """An amendment removes an indicator or a whole criterion, and adds others, with the amendment as their source."""
    assert numbers(resolved(tmp_path / "a", '  - remove: "1.2"\n')) == ["1.1", "1.3", "2.1", "2.2"]
    assert numbers(resolved(tmp_path / "b", '  - remove: "2"\n')) == ["1.1", "1.2", "1.3"]
    new = '{indicator: "2.3", title: {vi: Mới, en: New}, measure: yes_no, is_true: true, source: {level: recalled}}'
    rules = resolved(tmp_path / "c", f'  - add: {new}\n    under: "2"\n')
    assert numbers(rules)[-1] == "2.3"
    assert rules.indicators[-1].source.instrument == "2/QĐ-TTg"  # type: ignore[union-attr]
    third = f'  - add: {{criterion: "3", title: {{vi: Ba, en: Three}}, indicators: [{new.replace("2.3", "3.1")}]}}\n'
    rules = resolved(tmp_path / "d", third)
    assert [criterion.criterion for criterion in rules.criteria] == ["1", "2", "3"]
    assert rules.indicators[-1].source.instrument == "2/QĐ-TTg"  # type: ignore[union-attr]
    empty = '  - add: {criterion: "3", title: {vi: Ba, en: Three}, missing: {vi: chưa rõ, en: not known}}\n'
    rules = resolved(tmp_path / "e", empty + f'  - add: {new.replace("2.3", "3.1")}\n    under: "3"\n')
    assert numbers(rules)[-1] == "3.1"


def test_the_column_rule_can_be_replaced(tmp_path: Path) -> None:
    """An amendment replaces the rule that moves communes to another column; its source is the amendment's instrument."""
    rule = "  - set: region\n    redirect:\n      - {use: dong-nam-bo, when: {attribute: poor, is_true: true}, source: {level: recalled}}\n"
    decision = resolved(tmp_path, rule).evaluate(subject_of({"attributes": {"region": "tay-nguyen", "poor": True}}))
    [column] = [column for column in decision.columns if column.dimension == "region"]
    assert (column.own, column.keys) == ("tay-nguyen", ("dong-nam-bo",))
    assert column.source is not None
    assert column.source.instrument == "2/QĐ-TTg"
    assert "2/QĐ-TTg" in decision.explain()


def test_a_new_figure_rests_on_the_overlay_even_without_a_source(tmp_path: Path) -> None:
    """A figure that an amendment sets with its own level names the amendment's instrument, not that of the edition."""
    rules = resolved(tmp_path, '  - set: "1.1"\n    at_least: {value: 90, level: recalled}\n')
    node = rules.evaluate(subject_of({}))["1.1"]
    assert node.source is not None
    assert node.source.instrument == "2/QĐ-TTg"


def test_a_mistake_deep_in_a_change_is_told_at_its_place(tmp_path: Path) -> None:
    """A slip inside a new column rule is reported at its own line and column of the overlay."""
    rule = "  - set: region\n    redirect:\n      - {use: dong-nam-boo, when: {attribute: por, is_true: true}, source: {level: recalled}}\n"
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, rule)
    assert [(p.code, p.place.line, p.place.column) for p in caught.value.problems] == [("NTM-208", 11, 15), ("NTM-216", 11, 47)]


def test_changes_of_one_overlay_are_sound_together_or_refused_by_whoever_asks(tmp_path: Path) -> None:
    """«4 of 4 parts», said before the fourth is added, is sound as a whole; without it, loading and checking refuse it alike."""
    four = '  - set: "1"\n    passes: {at_least_k_of: 4}\n'
    part = (
        '  - under: "1"\n    add:\n      indicator: "1.4"\n      title: {vi: Bốn, en: Four}\n      measure: yes_no\n      is_true: true\n'
    )
    whole = catalogue(tmp_path / "1", b=changed(four + part + "      source: {level: recalled}\n"))
    assert "1.4" in ntm.load("test/2024", catalogue=whole).document.indicators
    alone = catalogue(tmp_path / "2", b=changed(four))
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=alone)
    told = [{(problem.code, problem.place.line) for problem in check(one) if problem.place.line} for one in (whole, alone)]
    assert told == [set(), {(problem.code, problem.place.line) for problem in caught.value.problems}]


def test_a_column_rule_that_is_no_rule_is_refused(tmp_path: Path) -> None:
    """A word where a rule is expected is reported at its place, not taken for one."""
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, "  - set: region\n    redirect:\n      - dong-nam-bo\n")
    assert [(p.code, p.place.line, p.place.column) for p in caught.value.problems] == [("NTM-203", 11, 9)]


def test_a_new_operator_replaces_the_old_one(tmp_path: Path) -> None:
    """Setting «above» on an indicator with «at least» leaves one operator, not two."""
    rules = resolved(tmp_path, SET_11.replace("at_least: 90", "above: 85"))
    assert rules.indicators[0].operators == ("above",)


LOOSE = [
    ('  - set: "1.1"\n    at_least: 79.9\n', "NTM-303"),
    ('  - set: "1.1"\n    at_least: 80\n', None),
    ('  - set: "1.1"\n    at_least: 80.1\n', None),
    ('  - set: "1.1"\n    above: 90\n', "NTM-303"),
    ('  - set: "1.1"\n    at_least: missing\n', "NTM-303"),
    ('  - set: "1.3"\n    at_most: {by: [region], tay-nguyen: 6}\n', "NTM-303"),
    ('  - set: "1.3"\n    at_most: {by: [region], tay-nguyen: 4}\n', None),
    ('  - set: "1.3"\n    at_most: {by: [region], others: 7}\n', "NTM-303"),
    ('  - set: "1.3"\n    at_most: {by: [region], others: 5}\n', None),
    ('  - set: "1.3"\n    at_most: {by: [region], dong-nam-bo: 70}\n', None),
    ('  - set: "1.3"\n    at_most: {by: [region], dong-nam-bo: 4}\n', None),
    ('  - set: "1.1"\n    measure: {unit: điểm}\n    at_least: 80\n', "NTM-303"),
    ('  - set: "2.2"\n    measure: {unit: xã}\n    at_least: 80\n', None),
    ('  - set: "1.3"\n    at_most: 4\n', None),
    ('  - set: "1.3"\n    at_most: 6\n', "NTM-303"),
    ('  - set: "2.1"\n    one_of: [Tốt]\n', None),
    ('  - set: "2.1"\n    one_of: [Yếu, Tốt]\n', "NTM-303"),
    ('  - set: "2.2"\n    at_most: 1\n', None),
    ('  - set: "2.2"\n    at_least: {by: [region], tay-nguyen: 3, others: missing}\n', None),
    ('  - remove: "1.1"\n', "NTM-303"),
]


@pytest.mark.parametrize(("changes", "code"), LOOSE, ids=lambda value: str(value).replace("\n", "")[:50])
def test_a_province_may_fill_and_tighten_but_not_loosen(tmp_path: Path, changes: str, code: str | None) -> None:
    """A province may fill what is delegated and ask for more; asking for less, or for something else, is refused at its place."""
    if "remove" not in changes:
        changes += "    source: {level: recalled}\n"
    if code is None:
        assert resolved(tmp_path, changes, PROVINCIAL).layers[1].applied
        return
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, changes, PROVINCIAL)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert caught.value.problems[0].place.file.endswith("overlay.yaml")


def test_a_figure_of_a_province_that_is_no_number_is_told_where_it_stands(tmp_path: Path) -> None:
    """What a province sets must be a figure before it is held against the nation's."""
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, '  - set: "1.1"\n    at_least: tám mươi\n    source: {level: recalled}\n', PROVINCIAL)
    [problem] = caught.value.problems
    assert (problem.code, problem.place.path) == ("NTM-204", "changes[0].at_least")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ('  - set: "1.3"\n    at_most: {by: [region], tay-nguyn: 5}\n    source: {level: recalled}\n', "NTM-208"),
        ("  - set: region\n    redirect: [{use: xa, when: {attribute: poor, is_true: true}, source: {level: recalled}}]\n", "NTM-208"),
        ('  - add: {criterion: "3", title: {vi: Ba, en: Three}}\n', "NTM-221"),
        ('  - under: "2"\n    add: {indicator: "2.3", title: {vi: Mới, en: New}, measure: yes_no, is_true: "true"}\n', "NTM-210"),
    ],
    ids=["a figure", "a dimension", "a criterion more", "an indicator more"],
)
def test_what_is_laid_on_a_sound_amended_text_is_asked_whether_it_is_sound(tmp_path: Path, changes: str, code: str) -> None:
    """The amended text is asked once; a mistake in what a draft then changes in it, or adds to it, is found all the same."""
    found = catalogue(tmp_path, a=OVERLAY, b=changed(changes, DRAFT))
    assert required(ntm.load("test/2024", on=date(2024, 6, 1), catalogue=found), "1.1") == "90"
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", on=date(2024, 6, 1), drafts=["test/2024/thu"], catalogue=found)
    assert {problem.code for problem in caught.value.problems} == {code}


def test_a_count_of_criteria_met_is_no_matter_of_the_one_that_changes(tmp_path: Path) -> None:
    """What two criteria met lead to stays sound where a province changes a figure of one of them."""
    follows = "follows:\n  - {met: 2, title: {vi: Khu vực II, en: Area II}, source: {level: recalled}}\n"
    found = catalogue(tmp_path, BASE + follows, a=OVERLAY, b=PROVINCIAL)
    rules = ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
    assert (required(rules, "1.1"), required(rules, "2.2")) == ("90", "5")


def test_an_indicator_is_added_under_a_criterion_alone(tmp_path: Path) -> None:
    """A dimension has no indicators: naming one as what the new indicator stands under is told there."""
    added = '  - under: region\n    add: {indicator: "9.9", title: {vi: a, en: b}, measure: yes_no, is_true: "true"}\n'
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, added)
    assert [(problem.code, problem.place.path) for problem in caught.value.problems] == [("NTM-301", "changes[0].under")]


def test_a_province_that_leaves_communes_without_a_figure_loosens(tmp_path: Path) -> None:
    """A provincial table in place of one national figure must hold a figure at least as strict in every cell."""
    table = '  - set: "1.1"\n    at_least: {by: [region], tay-nguyen: 90, others: 70}\n    source: {level: recalled}\n'
    with pytest.raises(ntm.RulesetError) as caught:
        resolved(tmp_path, table, PROVINCIAL)
    [problem] = caught.value.problems
    assert problem.words["got"] == "70"
    assert problem.words["national"] == "80"


def test_a_province_cannot_soften_in_other_ways(tmp_path: Path) -> None:
    """A province may not let an indicator fall away or change how a criterion is passed."""
    for number, change in enumerate(
        (
            '  - set: "1.1"\n    may_not_apply: {vi: nếu có, en: if any}\n',
            '  - set: "1.1"\n    applies_when: {attribute: poor, is_true: true}\n',
            '  - set: "1"\n    passes: any_of\n',
            '  - set: "1"\n    applies_when: {attribute: poor, is_true: true}\n',
            '  - set: "2"\n    indicators: []\n    missing: {vi: a, en: b}\n',
            "  - set: region\n    redirect: []\n",
        )
    ):
        with pytest.raises(ntm.RulesetError) as caught:
            resolved(tmp_path / str(number), change, PROVINCIAL)
        assert {problem.code for problem in caught.value.problems} == {"NTM-303"}, change


def test_a_province_may_fill_a_cell_the_decision_leaves_out(tmp_path: Path) -> None:
    """Where the national table has no cell for a column, a province may set one."""
    change = '  - set: "1.3"\n    at_most: {by: [region], tay-nguyen: 5, dong-nam-bo: 70}\n    source: {level: recalled}\n'
    found = catalogue(tmp_path, BASE.replace("          others: missing\n", ""), b=changed(change, PROVINCIAL))
    assert ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found).layers[1].applied


@pytest.mark.parametrize(("grade", "allowed"), [("Tốt", True), ("Khá", True), ("Yếu", False)])
def test_a_province_may_ask_for_a_better_grade(tmp_path: Path, grade: str, allowed: bool) -> None:
    """Where the decision asks for Khá, a province may ask for Tốt, not be content with Yếu."""
    base = BASE.replace("one_of: [Khá, Tốt]", "at_least: Khá")
    change = f'  - set: "2.1"\n    at_least: {grade}\n    source: {{level: recalled}}\n'
    found = catalogue(tmp_path, base, b=changed(change, PROVINCIAL))
    if allowed:
        rules = ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
        assert required(rules, "2.1") == grade
    else:
        with pytest.raises(ntm.RulesetError):
            ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)


def test_a_province_cannot_add_another_way_to_pass(tmp_path: Path) -> None:
    """Where one part is enough, a part added by a province would be one more way to pass."""
    new = '{indicator: "2.3", title: {vi: Mới, en: New}, measure: yes_no, is_true: true, source: {level: recalled}}'
    base = BASE.replace("    applies_when: {attribute: year, at_least: 2023}\n", "    passes: any_of\n")
    found = catalogue(tmp_path, base, b=changed(f'  - add: {new}\n    under: "2"\n', PROVINCIAL))
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
    assert [problem.code for problem in caught.value.problems] == ["NTM-303"]


def test_a_province_may_note_and_add(tmp_path: Path) -> None:
    """Notes, who verifies, and indicators of its own are a province's to add."""
    new = '{indicator: "2.3", title: {vi: Mới, en: New}, measure: yes_no, is_true: true, source: {level: recalled}}'
    rules = resolved(tmp_path, f'  - set: "1.1"\n    note: {{vi: a, en: b}}\n  - add: {new}\n    under: "2"\n', PROVINCIAL)
    assert numbers(rules)[-1] == "2.3"


# --- when things are missing or broken ----------------------------------------------------------------------------


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """One file with a syntax error: the others load, asking for the broken one shows its problem."""
    found = write_catalogue(tmp_path, a__ruleset=BASE, broken__ruleset="ruleset: [", c__overlay=OVERLAY)
    assert list(found.rulesets) == ["test/2024"]
    assert [problem.code for problem in found.problems] == ["NTM-101"]
    assert ntm.load("test/2024", catalogue=found).id == "test/2024"
    with pytest.raises(ntm.NotFound) as caught:
        ntm.load("x/broken", catalogue=found)
    assert [problem.code for problem in caught.value.problems] == ["NTM-306", "NTM-101"]


def test_a_file_wrong_beyond_its_header_is_listed_and_raises_when_asked_for(tmp_path: Path) -> None:
    """A ruleset with a wrong figure stands in the list, and loading it shows all its problems."""
    found = write_catalogue(
        tmp_path, a__ruleset=BASE, b__ruleset=BASE.replace("test/2024", "other/1").replace("at_least: 80", "at_least: x")
    )
    assert list(found.rulesets) == ["other/1", "test/2024"]
    assert ntm.load("test/2024", catalogue=found).id == "test/2024"
    with pytest.raises(ntm.RulesetError):
        ntm.load("other/1", catalogue=found)


def test_without_instruments_every_set_is_refused(tmp_path: Path) -> None:
    """A folder without instruments.yaml: its absence is among the problems, and figures without a known authority do not decide."""
    found = write_catalogue(tmp_path, a__ruleset=BASE)
    (tmp_path / "instruments.yaml").unlink()
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=found)
    assert caught.value.problems[0].code == "NTM-215"
    assert [problem.code for problem in found.problems] == ["NTM-108"]


def test_a_stored_decision_outlives_corrections(tmp_path: Path) -> None:
    """Law «identity»: after a correction, new amendments and another span of days, a stored decision still verifies byte for byte."""
    found = catalogue(tmp_path, b=OVERLAY)
    for kind, name in (("ruleset", "test/2024"), ("overlay", "test/2024/sua")):
        publish(found, found.entry(kind, name))
        assert publish(found, found.entry(kind, name)) is None
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024}, "values": {"1.1": "85.0"}}
    stored = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=found).evaluate(subject_of(facts)).to_json()
    corrected = BASE.replace("1.0.0", "1.0.1").replace("at_least: 80", "at_least: 75").replace("until: 2024-12-31", "until: 2024-05-31")
    later = OVERLAY.replace("test/2024/sua", "test/2024/sau").replace("2024-03-01", "2024-04-01")
    now = catalogue(tmp_path, corrected, b=OVERLAY.replace("1.0.0", "1.0.1").replace("at_least: 90", "at_least: 86"), c=later)
    assert ntm.Decision.from_json(stored).verify(now)
    (tmp_path / "a/published/1.0.0.json").write_text("{", "utf-8")
    assert ntm.Decision.from_json(stored).verify(ntm.Catalogue(tmp_path)).reason == "ruleset not found"


def test_a_published_version_cannot_be_overwritten(tmp_path: Path) -> None:
    """Publishing a changed text under the same version is refused; under a new one it is written beside the old."""
    found = catalogue(tmp_path)
    assert publish(found, found.entry("ruleset", "test/2024"))
    (tmp_path / "a/ruleset.yaml").write_text(BASE.replace("at_least: 80", "at_least: 81"), "utf-8")
    changed_now = ntm.Catalogue(tmp_path)
    with pytest.raises(ntm.RulesetError) as caught:
        publish(changed_now, changed_now.entry("ruleset", "test/2024"))
    assert caught.value.problems[0].code == "NTM-225"
    assert [path.name for path in (tmp_path / "a/published").glob("*.json")] == ["1.0.0.json"]


@pytest.mark.parametrize("version", ["../1.0.0", "/etc/passwd", "1.0.0\x00", "", "1"])
def test_a_version_is_no_path(tmp_path: Path, version: str) -> None:
    """A stored decision from elsewhere cannot make the library read other files by its version."""
    found = catalogue(tmp_path)
    publish(found, found.entry("ruleset", "test/2024"))
    (tmp_path / "a/1.0.0.json").write_text((tmp_path / "a/published/1.0.0.json").read_text("utf-8"), "utf-8")
    if version:
        with pytest.raises(ntm.NotFound):
            found.ruleset("test/2024", version)
    else:
        assert found.ruleset("test/2024", version).version == "1.0.0"
