"""Differences between two texts: every kind provoked, each with its direction, none invented."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.revise import Diff, diff
from ntm_rules.revise.report import diff_report
from plain_rulesets import BASE, scored, sheet_of
from strategies import documents, read_ruleset, read_scored, score_documents, sheets

BUNDLED = ntm.Catalogue()


def changed(edit: Callable[[dict[str, Any]], None]) -> Diff:
    """The differences that an edit of the base makes."""
    data = copy.deepcopy(BASE)
    edit(data)
    return diff(read_ruleset(BASE), read_ruleset(data))


def _indicator(data: dict[str, Any], criterion: int = 0, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = data["criteria"][criterion]["indicators"][number]
    return found


IF_ANY = {"vi": "nếu có", "en": "if any"}
YES_NO = {"title": {"vi": "P", "en": "P"}, "yes_no": "true"}
CASES: list[tuple[str, Callable[[dict[str, Any]], Any], str, str, str]] = [
    ("figure raised", lambda d: _indicator(d).update(at_least="85"), "figure_changed", "1.1", "stricter"),
    ("figure lowered", lambda d: _indicator(d).update(at_least="75"), "figure_changed", "1.1", "looser"),
    ("upper bound raised", lambda d: _indicator(d, 0, 1).update(at_most="7"), "figure_changed", "1.2", "looser"),
    ("upper bound lowered", lambda d: _indicator(d, 0, 1).update(at_most="3"), "figure_changed", "1.2", "stricter"),
    ("figure withdrawn", lambda d: _indicator(d).update(at_least="missing"), "figure_withdrawn", "1.1", "either"),
    ("level", lambda d: _indicator(d)["source"].update(level="recalled"), "source_changed", "1.1", "none"),
    ("title", lambda d: _indicator(d).update(title={"vi": "Khác", "en": "Other"}), "title_changed", "1.1", "none"),
    ("criterion title", lambda d: d["criteria"][0].update(title={"vi": "K", "en": "O"}), "title_changed", "1", "none"),
    ("set title", lambda d: d.update(title={"vi": "K", "en": "O"}), "title_changed", "", "none"),
    ("set note", lambda d: d.update(notes=[IF_ANY]), "note_changed", "", "none"),
    ("criterion note", lambda d: d["criteria"][0].update(note=IF_ANY), "note_changed", "1", "none"),
    ("indicator note", lambda d: _indicator(d).update(note=IF_ANY), "note_changed", "1.1", "none"),
    ("indicator removed", lambda d: d["criteria"][0]["indicators"].pop(), "indicator_removed", "1.2", "looser"),
    ("criterion removed", lambda d: d["criteria"].pop(), "criterion_removed", "2", "looser"),
    ("any suffices", lambda d: d["criteria"][0].update(passes="any_of"), "combination_changed", "1", "either"),
    ("whole any", lambda d: d.update(passes="any_of"), "combination_changed", "", "either"),
    (
        "may not apply",
        lambda d: _indicator(d).update(may_not_apply={"vi": "nếu có", "en": "if any"}),
        "may_not_apply_changed",
        "1.1",
        "looser",
    ),
    ("measure", lambda d: _indicator(d).update(measure={"unit": "%", "to": "90"}), "measure_changed", "1.1", "either"),
    ("period", lambda d: d["in_force"].update({"from": "2021-01-01"}), "set_changed", "in_force", "none"),
    ("instrument", lambda d: d.update(instrument="2/QĐ-TTg"), "set_changed", "instrument", "none"),
    (
        "attribute",
        lambda d: d.update(attributes={"p": {"title": {"vi": "P", "en": "P"}, "yes_no": "true"}}),
        "attribute_changed",
        "p",
        "either",
    ),
]


GRADES = {"choices": ["Yếu", "Khá", "Tốt"]}


@pytest.mark.parametrize(
    ("measure", "operator", "before", "after", "effect"),
    [
        (GRADES, "at_least", "Khá", "Tốt", "stricter"),
        (GRADES, "at_most", "Khá", "Tốt", "looser"),
        (GRADES, "one_of", ["Khá", "Tốt"], ["Tốt"], "stricter"),
        (GRADES, "one_of", ["Khá"], ["Tốt"], "either"),
        ({"unit": "%"}, "one_of", ["5"], ["5.0", "6"], "looser"),
        ({"unit": "%"}, "equals", "5", "6", "either"),
        ({"unit": "%"}, "equals", "5", "5.0", "none"),
    ],
)
def test_another_figure_is_as_strict_as_its_operator_says(measure: Any, operator: str, before: Any, after: Any, effect: str) -> None:
    """Grades, lists and equal figures are compared by what meets them, not by their digits."""

    sets = []
    for figure in (before, after):
        indicator = _indicator(data := copy.deepcopy(BASE))
        del indicator["at_least"]
        indicator.update({"measure": measure, operator: figure})
        sets.append(read_ruleset(data))
    [found] = diff(*sets)
    assert (found.kind, found.effect) == ("figure_changed", effect)


def test_one_more_part_of_so_many_is_one_more_way() -> None:
    """Where some of the parts suffice, one part less is stricter; where all must hold, it is looser."""
    for passes, effect in (({"at_least_k_of": "1"}, "stricter"), ("any_of", "stricter"), ("all_of", "looser")):
        before = copy.deepcopy(BASE)
        before["criteria"][0]["passes"] = passes
        after = copy.deepcopy(before)
        after["criteria"][0]["indicators"].pop()
        [found] = diff(read_ruleset(before), read_ruleset(after))
        assert (found.kind, found.effect) == ("indicator_removed", effect)


@pytest.mark.parametrize(("name", "edit", "kind", "at", "effect"), CASES, ids=[case[0] for case in CASES])
def test_each_edit_is_one_difference_of_its_kind(name: str, edit: Callable[[dict[str, Any]], Any], kind: str, at: str, effect: str) -> None:
    """One edit, one difference, at its number, with the direction it has for a subject."""
    [found] = changed(edit)
    assert (found.kind, found.at, found.effect) == (kind, at, effect)
    assert found.sentence("vi")
    assert found.sentence("en") != found.sentence("vi")


def test_words_beside_the_rules_that_differ_are_wording_only() -> None:
    """A note put otherwise, why a figure is missing, leave not to apply, a missing content, an attribute: each alone, and no outcome."""
    old = copy.deepcopy(BASE)
    old["notes"] = [IF_ANY, UNSAID["missing"]]
    old["attributes"] = {"p": {"title": {"vi": "P", "en": "P"}, "yes_no": "true"}}
    old["criteria"][1]["missing"] = IF_ANY
    _indicator(old).update(at_least={"missing": IF_ANY}, may_not_apply=IF_ANY)
    other = {"vi": "Khác", "en": "Other"}
    edits: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
        ("", "note_changed"): lambda d: d.update(notes=[UNSAID["missing"], other]),
        ("p", "title_changed"): lambda d: d["attributes"]["p"].update(title=other),
        ("p", "note_changed"): lambda d: d["attributes"]["p"].update(note=other),
        ("2", "note_changed"): lambda d: d["criteria"][1].update(missing=other),
        ("1.1", "note_changed"): lambda d: _indicator(d).update(at_least={"missing": other}),
        ("1.1 ", "note_changed"): lambda d: _indicator(d).update(may_not_apply=other),
    }
    for (at, kind), edit in edits.items():
        new = copy.deepcopy(old)
        edit(new)
        [found] = diff(read_ruleset(old), read_ruleset(new))
        assert (found.at, found.kind, found.nature, found.new.vi) == (at.strip(), kind, "wording", "Khác")


def test_two_versions_of_what_amends_a_set_are_named_by_their_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """The set is the same on both sides, so the title says which version of the amendment each side has."""
    with pytest.raises(SystemExit):
        run(["diff", "commune-ntm/2021-2025/211-qd-ttg@1.0.0", "commune-ntm/2021-2025/211-qd-ttg"])
    title = capsys.readouterr().out.splitlines()[0]
    now = BUNDLED.overlays["commune-ntm/2021-2025/211-qd-ttg"].version
    assert " + commune-ntm/2021-2025/211-qd-ttg 1.0.0 → " in title
    assert title.endswith(f" + commune-ntm/2021-2025/211-qd-ttg {now}")


def test_a_missing_figure_that_is_filled_in_is_told_so() -> None:
    """From missing to 85: filled in, which can settle what was open either way."""
    data = copy.deepcopy(BASE)
    _indicator(data)["at_least"] = "missing"
    [found] = diff(read_ruleset(data), read_ruleset(BASE))
    assert (found.kind, found.new) == ("figure_filled", "80")


def test_an_indicator_that_moves_keeps_its_number() -> None:
    """1.2 under criterion 2 is moved, not removed and added."""

    def move(data: dict[str, Any]) -> None:
        data["criteria"][1]["indicators"].append(data["criteria"][0]["indicators"].pop())

    assert [(one.kind, one.at, one.old, one.new) for one in changed(move)] == [("indicator_moved", "1.2", "1", "2")]


def test_a_new_criterion_is_one_difference_with_all_that_is_in_it() -> None:
    """Its indicators are not counted again."""

    def add(data: dict[str, Any]) -> None:
        third = copy.deepcopy(data["criteria"][1])
        third["criterion"] = "3"
        third["indicators"][0]["indicator"] = "3.1"
        data["criteria"].append(third)

    assert [(one.kind, one.at, one.effect) for one in changed(add)] == [("criterion_added", "3", "stricter")]


def test_tables_are_compared_column_by_column() -> None:
    """A column added, one raised, one removed, by their keys."""

    def table(data: dict[str, Any], **columns: str) -> None:
        data["dimensions"] = {"zone": {"title": {"vi": "Vùng", "en": "Zone"}, "attribute": "zone", "values": sorted(columns)}}
        data["attributes"] = {"zone": {"title": {"vi": "Vùng", "en": "Zone"}, "one_of": ["A", "B", "C"]}}
        _indicator(data)["at_least"] = {"by": ["zone"], **columns}

    old, new = copy.deepcopy(BASE), copy.deepcopy(BASE)
    table(old, A="80", B="70")
    table(new, A="85", C="60")
    found = [(one.kind, one.column, one.effect) for one in diff(read_ruleset(old), read_ruleset(new)) if one.at == "1.1"]
    assert found == [
        ("figure_changed", ("A",), "stricter"),
        ("column_added", ("C",), "either"),
        ("column_removed", ("B",), "either"),
    ]


def test_the_amendment_of_2024_changes_the_column_rule_and_withdraws_what_it_changed() -> None:
    """211/QĐ-TTg changes who reads the Northern-mountain column; of the four indicators it changed no new level is known."""
    old = ntm.load("commune-ntm/2021-2025", on=date(2024, 2, 29))
    new = ntm.load("commune-ntm/2021-2025", on=date(2024, 3, 1))
    found = ntm.diff(old, new)
    assert [one.kind for one in found if one.at == "region"] == ["column_rule_changed"]
    assert {one.at for one in found} == {"region", "13.1", "15.4", "17.1", "18.4"}
    assert "2024-02-29" in found.text("vi").splitlines()[0]
    assert len(ntm.diff(old, old)) == 0
    assert "không có khác biệt" in ntm.diff(old, old).text("vi")


@given(documents())
def test_a_ruleset_does_not_differ_from_itself(data: dict[str, Any]) -> None:
    """No difference is invented, whatever the ruleset."""
    assert len(diff(read_ruleset(data), read_ruleset(copy.deepcopy(data)))) == 0


@given(documents(), documents())
def test_what_is_added_one_way_is_removed_the_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Both directions tell the same numbers, and stricter one way is looser the other."""
    there, back = (diff(read_ruleset(a), read_ruleset(b)) for a, b in ((first, second), (second, first)))
    pairs = [("criterion_added", "criterion_removed"), ("figure_filled", "figure_withdrawn"), ("column_added", "column_removed")]
    for added, removed in pairs:
        assert sorted((one.at, one.column) for one in there if one.kind == added) == sorted(
            (one.at, one.column) for one in back if one.kind == removed
        )
    mirror = {"stricter": "looser", "looser": "stricter", "either": "either", "none": "none"}
    there_figures = {(one.at, one.column): one.effect for one in there if one.kind == "figure_changed"}
    back_figures = {(one.at, one.column): one.effect for one in back if one.kind == "figure_changed"}
    assert {key: mirror[effect] for key, effect in there_figures.items()} == back_figures


@given(sheets().flatmap(lambda sheet: score_documents(sheet).map(lambda document: (sheet, document))))
def test_a_scoring_edition_does_not_differ_from_itself(given_: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Bands, parts, marks and points are the same."""
    sheet, document = given_
    first, second = (read_scored(copy.deepcopy(document), copy.deepcopy(sheet)) for _ in range(2))
    assert len(diff(first, second)) == 0


def test_the_ocop_editions_differ_by_sheets_and_exclusions() -> None:
    """2019 to 2023: other levels, parts of other sizes; 2023 to 2026: exclusions and a window to file."""
    first, second, third = (ntm.load(f"ocop/{year}") for year in (2019, 2023, 2026))
    found = ntm.diff(first, second)
    assert found.counts["sheet_changed"] > 100
    assert any(one.kind == "score_changed" and one.at == "A" for one in found)
    later = ntm.diff(second, third)
    assert any(one.at == "validity" for one in later)
    assert any(one.effect == "stricter" for one in later)
    assert later.as_dict()["changes"]
    before, after = (ntm.load("ocop/2023", on=date(2023, 3, day)) for day in (1, 2))
    [quorum] = [one for one in ntm.diff(before, after) if one.kind == "score_changed"]
    assert (quorum.at, quorum.new.vi) == ("council centre", "quorum: 5")
    assert ntm.diff(ntm.load("commune-ntm/2016-2020"), third).counts["sheet_added"] == 26
    assert ntm.diff(third, ntm.load("commune-ntm/2016-2020")).counts["sheet_removed"] == 26


def test_a_difference_has_a_nature_for_those_who_decide() -> None:
    """Tightened, loosened, filled in, withdrawn, a better source, only words."""
    natures = {
        "tightened": lambda d: _indicator(d).update(at_least="85"),
        "loosened": lambda d: _indicator(d).update(at_least="75"),
        "withdrawn": lambda d: _indicator(d).update(at_least="missing"),
        "wording": lambda d: _indicator(d).update(title={"vi": "Khác", "en": "Other"}),
        "source_changed": lambda d: _indicator(d)["source"].update(level="recalled"),
        "source_upgraded": lambda d: _indicator(d)["source"].update(level="official", seen=["bản chụp"]),
    }
    for nature, edit in natures.items():
        found = changed(edit)
        assert list(found.natures) == [nature]
        assert found.as_dict()["changes"][0]["nature"] == nature
    data = copy.deepcopy(BASE)
    _indicator(data)["at_least"] = "missing"
    assert list(diff(read_ruleset(data), read_ruleset(BASE)).natures) == ["filled_in"]


def test_a_number_that_changes_alone_is_renumbered() -> None:
    """1.2 with its title under 1.9: one difference, and a figure that changed with it is told at the new number."""

    def renumber(data: dict[str, Any]) -> None:
        _indicator(data, 0, 1).update(indicator="1.9", at_most="3")

    found = changed(renumber)
    assert [(one.kind, one.nature, one.at) for one in found] == [
        ("indicator_renumbered", "renumbered", "1.9"),
        ("figure_changed", "tightened", "1.9"),
    ]
    assert (found[0].old, found[0].new) == ("1.2", "1.9")


def test_a_report_has_a_line_a_figure_with_title_unit_and_source() -> None:
    """A figure and its source differ: one line; a source alone: a line without figures."""

    def edit(data: dict[str, Any]) -> None:
        _indicator(data).update(at_least="85")
        _indicator(data)["source"].update(level="recalled")
        _indicator(data, 0, 1)["source"].update(at="mục 9")

    found = changed(edit)
    summary, lines = diff_report(found, "vi").sections
    assert len(found) == 3
    assert dict(summary.rows) == {"siết chặt": "1", "đổi nguồn": "2"}
    title = read_ruleset(BASE).document.indicators["1.1"].title.vi
    first, second = lines.rows
    assert (first[0], first[1], first[3], first[4], first[5]) == ("1.1", title, "siết chặt", "80", "85")
    assert "ghi theo trí nhớ" in str(first[7])  # no level in English
    assert (second[0], second[4], second[5]) == ("1.2", "", "")
    assert len(diff_report(diff(read_ruleset(BASE), read_ruleset(BASE)), "en").sections) == 1


UNSAID = {"missing": {"vi": "không rõ mức", "en": "unsaid"}}
SHEET = sheet_of(
    {
        "criterion": "1",
        "title": {"vi": "Nguồn gốc", "en": "Origin"},
        "points": "6",
        "marks": {"4": "4", "5": UNSAID},
        "options": [{"points": str(points), "vi": f"mức {points}", "en": f"level {points}"} for points in (0, 2, 4, 6)],
    }
)
READINGS = {"marks": "cumulative", "marks_tested_on": "mean", "no_level": "refused"}
SCORED = scored("5", "4", "3", "2", "0", potential_from="4", readings=READINGS)
NATURES: list[tuple[str, str, Callable[[dict[str, Any], dict[str, Any]], Any]]] = [
    ("a class from more points", "tightened", lambda score, _: score["stars"][0].update({"from": "6"})),
    ("a class from fewer points", "loosened", lambda score, _: score["stars"][0].update({"from": "4.5"})),
    ("a mark at a higher level", "tightened", lambda _, one: one["marks"].update({"4": "6"})),
    ("a mark at a lower level", "loosened", lambda _, one: one["marks"].update({"4": "2"})),
    ("one mark more", "tightened", lambda _, one: one["marks"].update({"3": "2"})),
    ("one mark less", "loosened", lambda _, one: one["marks"].pop("4")),
    ("a mark whose level is said now", "filled_in", lambda _, one: one["marks"].update({"5": "6"})),
    ("a mark whose level is no longer said", "withdrawn", lambda _, one: one["marks"].update({"4": UNSAID})),
    ("more points for a level", "loosened", lambda _, one: one["options"][1].update(points="3")),
    ("fewer points for a level", "tightened", lambda _, one: one["options"][1].update(points="1")),
    ("more points and a higher mark", "either", lambda _, one: (one["options"][1].update(points="3"), one["marks"].update({"4": "6"}))),
    ("one level less", "either", lambda _, one: one["options"].pop(1)),
    ("another title", "wording", lambda _, one: one.update(title={"vi": "Khác", "en": "Other"})),
]


@pytest.mark.parametrize(("nature", "edit"), [row[1:] for row in NATURES], ids=[row[0] for row in NATURES])
def test_a_difference_of_a_score_sheet_has_a_nature_too(nature: str, edit: Callable[[dict[str, Any], dict[str, Any]], Any]) -> None:
    """One edit of classes, points or marks, one difference, of the nature it has for a product."""
    document, sheet = copy.deepcopy(SCORED), copy.deepcopy(SHEET)
    edit(document["score"], sheet["parts"][0]["criteria"][0])
    [found] = diff(read_scored(SCORED, SHEET), read_scored(document, sheet))
    assert found.nature == nature
    assert found.old != found.new


@pytest.mark.parametrize("name", ["commune-ntm/2021-2025", "ocop/2026", "commune-class/2026-2030"])
def test_no_word_of_a_set_changes_unseen(name: str) -> None:
    """Each text, in Vietnamese or in English alone, wherever it stands: a difference, of words only. (Of each kind of place two.)"""
    data = json.loads(ntm.load(name).to_json())
    same, seen = ntm.RuleSet.from_json(json.dumps(data)), Counter[tuple[str, ...]]()
    for path, text in _texts(data):
        kind = tuple(key for key in path if isinstance(key, str) and not key.isdigit())
        seen[kind] += 1
        if seen[kind] > 2:
            continue
        changed = copy.deepcopy(data)
        at = changed
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = f"{text} thêm"
        [found] = ntm.diff(same, ntm.RuleSet.from_json(json.dumps(changed))).changes
        assert (found.nature.value, " thêm" in found.new) == ("wording", True), path


def _texts(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    for key, one in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key in ("vi", "en") and isinstance(one, str):
            yield (*path, key), one
        else:
            yield from _texts(one, (*path, key))


def test_what_is_no_number_is_called_as_people_call_it() -> None:
    """Columns, attributes and facts of a set by their titles in a table for people; data keep their names."""
    found = ntm.diff(ntm.load("commune-ntm/2016-2020"), ntm.load("commune-ntm/2021-2025"))
    told = {row[0] for section in diff_report(found, "vi").sections for row in section.rows}
    assert {"region", "area", "in_force", "instrument"} <= {one.at for one in found}
    assert {"Vùng", "văn bản", "hiệu lực"} <= told
    assert not {"region", "area", "in_force", "instrument"} & told
