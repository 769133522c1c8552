"""Every problem code is provoked, at its exact place, and says what, why and how to mend it in both languages."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.loading.lints import WARNINGS
from ntm_rules.messages import MESSAGES
from ntm_rules.values import Bilingual
from ntm_rules.verify.examples import run_examples
from ntm_rules.verify.folder import check
from strategies import write_catalogue
from texts import BASE, OVERLAY, PROVINCIAL, WRONG_SHEETS, say_everything

EXAMPLES = """\
examples_of: test/2024
examples:
  - example: đạt
    subject: {attributes: {region: tay-nguyen}, values: {"1.1": 80}, attested: {"1.2": true}}
    expect: {outcome: undetermined, "1.1": met, "1.2": met}
  - boundary: "1.1"
    expect: {"79": not_met, "80": met}
"""
INSTRUMENTS = "instruments:\n  - {instrument: 1/QĐ-TTg, title: {vi: A, en: A}, issuer: {vi: T, en: P}, level: recalled}\n"
MARK = "¦"  # stands where the problem must be reported


def found(folder: Path, files: dict[str, str | bytes]) -> list[ntm.Problem]:
    """Every problem of a catalogue with these files; that nothing is published or beside them is left aside."""
    catalogue = write_catalogue(folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [problem for problem in check(catalogue) if problem.code not in ("NTM-226", "NTM-229")]


def marked(text: str) -> tuple[str, int, int]:
    """The text without its mark, and where the mark stood."""
    assert text.count(MARK) == 1
    before = text[: text.index(MARK)]
    return text.replace(MARK, ""), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


RULESETS: list[tuple[str, str, str]] = [
    ("NTM-101", "subject: commune", "subject: ¦@commune"),
    ("NTM-101", "subject: commune", "subject: com\x07mune"),
    ("NTM-102", "en: Test set", f"en: ¦{'x' * 20_001}"),
    ("NTM-103", "{vi: Bộ thử, en: Test set}", "¦&a {vi: Bộ thử, en: Test set}"),
    ("NTM-103", "{vi: Một, en: One}", "¦*a"),
    ("NTM-104", "subject: commune", "subject: ¦!!python/object:os.system commune"),
    ("NTM-104", "values: [tay", "values: ¦!x [tay"),
    ("NTM-105", "{level: recalled}\n      - indicator: \"1.3\"", "{note: " + "[" * 34 + "¦[" + "]" * 35 + "}\n      - indicator: \"1.3\""),
    ("NTM-106", "subject: commune", "subject: commune\n¦subject: village"),
    ("NTM-109", "subject: commune", "? ¦[a]\n: commune"),
    ("NTM-109", "subject: commune", '¦"": commune'),
    ("NTM-201", "grade: x", ""),
    ("NTM-201", "subject: commune", "subject: commune\n¦notess: []"),
    ("NTM-201", "    attribute: region", "    ¦atribute: region\n    attribute: region"),
    ("NTM-201", "{vi: Một, en: One}", "¦{vi: Một, en: One, fr: Un}"),
    ("NTM-202", "subject: commune\n", ""),
    ("NTM-202", "{vi: Một, en: One}", "¦{en: One}"),
    ("NTM-276", "{vi: Một, en: One}", "¦{vi: Một}"),
    ("NTM-202", "at_least: 80", "at_least: ¦{level: recalled}"),
    ("NTM-203", "{vi: Một, en: One}", "¦Một"),
    ("NTM-203", "in_force: {from: 2024-01-01, until: 2024-12-31}", "in_force: ¦2024"),
    ("NTM-203", "subject: commune", "notes: ¦none\nsubject: commune"),
    ("NTM-203", 'version: 1.0.0', "version: ¦[1, 0]"),
    ("NTM-203", "{attribute: poor, is_true: true}", "¦poor"),
    ("NTM-203", "{attribute: poor, is_true: true}", "¦{is_true: true}"),
    ("NTM-203", "tay-nguyen: 5", "tay-nguyen: {A: ¦5}"),
    ("NTM-203", "at_least: 80", "at_least: ¦[80]"),
    ("NTM-203", "one_of: [Khá, Tốt]", "one_of: ¦Khá"),
    ("NTM-204", "at_least: 80", "at_least: ¦tám mươi"),
    ("NTM-204", 'measure: {unit: "%"}', 'measure: {unit: "%", from: ¦x}'),
    ("NTM-204", "passes: all_of", "passes: ¦{at_least_k_of: 1.5}"),
    ("NTM-204", "passes: all_of", "passes: ¦{at_least_k_of: [1]}"),
    ("NTM-205", "at_least: 80", "at_least: ¦62,35"),
    ("NTM-205", 'measure: {unit: "%"}', 'measure: {unit: "%", to: ¦"99,5"}'),
    ("NTM-206", "subject: commune", "subject: ¦comune"),
    ("NTM-206", "{at: mục 1, level: recalled}", "{at: mục 1, level: ¦recaled}"),
    ("NTM-206", "is_true: true\n        source", "is_true: ¦yes\n        source"),
    ("NTM-206", "yes_no: true}", "yes_no: ¦yes}"),
    ("NTM-206", "one_of: [Khá, Tốt]", "one_of: ¦[Khá, Tót]"),
    ("NTM-206", "passes: all_of", "passes: ¦most_of"),
    ("NTM-206", "{attribute: poor, is_true: true}", "{attribute: zone, equals: ¦C}"),
    ("NTM-207", "until: 2024-12-31", "until: ¦31/12/2024"),
    ("NTM-207", "until: 2024-12-31", "until: ¦20241231"),
    ("NTM-208", "tay-nguyen: 5", "¦tay-nguyn: 5"),
    ("NTM-208", "values: [tay-nguyen, dong-nam-bo]", "values: [tay-nguyen, dong-nam-bo, ¦tay-nguyn]"),
    ("NTM-208", "- use: tay-nguyen", "- use: ¦tay-nguyn"),
    ("NTM-209", "{unit: người}", "{unit: ¦ngừơi}"),
    ("NTM-209", "{unit: người}", "¦{from: 0}"),
    ("NTM-210", "at_least: delegated", "at_least: ¦5"),
    ("NTM-210", "{at: Điều 1, level: recalled}", "¦{at: Điều 1}"),
    ("NTM-211", "at_least: 80", "at_least: ¦140"),
    ("NTM-211", 'measure: {unit: "%"}\n        at_least: 80', 'measure: {unit: điểm, to: 5}\n        at_least: ¦80'),
    ("NTM-211", 'measure: {unit: "%"}\n        at_least: 80', 'measure: {unit: điểm, from: 5}\n        at_least: ¦-1'),
    ("NTM-212", '- indicator: "1.1"', '- ¦at_most: 90\n        indicator: "1.1"'),
    ("NTM-212", "        at_least: delegated\n", ""),
    ("NTM-212", "{attribute: poor, is_true: true}", "¦{attribute: poor}"),
    ("NTM-213", "is_true: true\n        source", "at_least: ¦1\n        source"),
    ("NTM-213", "{attribute: poor, is_true: true}", "{attribute: poor, at_least: ¦1}"),
    ("NTM-213", "{attribute: poor, is_true: true}", "{attribute: zone, one_of: ¦{by: [region], tay-nguyen: [A]}}"),
    ("NTM-214", 'indicator: "1.2"', 'indicator: ¦"1.1"'),
    ("NTM-214", 'criterion: "2"', 'criterion: ¦"1"'),
    ("NTM-215", "instrument: 1/QĐ-TTg", "instrument: ¦1/QD-TTg"),
    ("NTM-215", "{at: mục 1, level: recalled}", "{at: mục 1, level: recalled, instrument: ¦9/QĐ}"),
    ("NTM-215", "at_least: 80", "at_least: {value: 80, instrument: ¦9/QĐ}"),
    ("NTM-216", "{attribute: poor, is_true: true}", "{attribute: ¦por, is_true: true}"),
    ("NTM-216", "    attribute: region", "    attribute: ¦regionn"),
    ("NTM-217", "by: [region]", "by: [¦regoin]"),
    ("NTM-218", "{at: mục 1, level: recalled}", "{at: mục 1, level: published}"),
    ("NTM-218", "at_least: 80", "at_least: ¦{value: 80, level: official}"),
    ("NTM-219", "{at: mục 1, level: recalled}", "{at: mục 1, level: missing}"),
    ("NTM-219", "at_least: 80", "at_least: ¦{value: 80, level: missing}"),
    ("NTM-219", "at_least: 80", "at_least: ¦{value: 80, missing: {vi: a, en: b}}"),
    ("NTM-220", "until: 2024-12-31", "until: ¦2023-12-31"),
    ("NTM-221", '  - criterion: "2"', '  - ¦criterion: "3"\n    title: {vi: Ba, en: Three}\n  - criterion: "2"'),
    ("NTM-222", "{vi: Một, en: One}", '¦{vi: "  ", en: One}'),
    ("NTM-222", "instrument: 1/QĐ-TTg", 'grants: ¦""\ninstrument: 1/QĐ-TTg'),
    ("NTM-223", "ruleset: test/2024", "ruleset: ¦Test_2024"),
    ("NTM-223", "version: 1.0.0", "version: ¦v1"),
    ("NTM-223", 'indicator: "1.2"', 'indicator: ¦"1,2"'),
    ("NTM-224", "passes: all_of", "passes: ¦{at_least_k_of: 3}"),
    ("NTM-202", 'measure: {unit: "%"}', "measure: ¦{share_of: commune}"),
    ("NTM-206", 'measure: {unit: "%"}\n        at_least: 80', "measure: {holds_status: ¦nmt}\n        is_true: true"),
    ("NTM-235", "one_of: [A, B]", "one_of: [A, B], unless_stated: ¦true"),
    ("NTM-230", "passes: all_of", "conditions: [{criterion: DK, title: {vi: K, en: C}, missing: {vi: x, en: x}}]\npasses: ¦any_of"),
    ("NTM-224", "passes: all_of", "passes: ¦{at_least_k_of: 0}"),
    ("NTM-224", "passes: all_of", "follows: [{met: ¦9, title: {vi: x, en: x}, source: {at: x, level: recalled}}]\npasses: all_of"),
    ("NTM-224", "{attribute: poor, is_true: true}", "{all_of: ¦[]}"),
    ("NTM-224", "{attribute: poor, is_true: true}", "{at_least_k_of: {k: ¦0, of: [{attribute: poor, is_true: true}]}}"),
    ("NTM-224", "{attribute: poor, is_true: true}", "{any_of: [{at_least_k_of: {k: ¦2, of: [{attribute: poor, is_true: true}]}}]}"),
]  # fmt: skip
RULESETS.pop(next(i for i, case in enumerate(RULESETS) if case[1] == "grade: x"))
NO_MARK = {"subject: commune\n": (1, 1), "        at_least: delegated\n": (51, 9), "com\x07mune": (0, 0)}
NO_MARK |= {"level: published}": (27, 19), "level: missing}": (27, 19)}


@pytest.mark.parametrize(("code", "old", "new"), RULESETS, ids=lambda text: text[:40])
def test_a_wrong_ruleset_is_told_where_and_why(tmp_path: Path, code: str, old: str, new: str) -> None:
    """A policy officer who makes this mistake reads one problem, at the line and column where it stands."""
    assert BASE.count(old) >= 1
    text = BASE.replace(old, new, 1)
    if MARK in text:
        text, line, column = marked(text)
    else:
        line, column = next(
            place for key, place in NO_MARK.items() if key in (old, new) or (new.endswith(key) and key.startswith("level")) or key in new
        )
    problems = found(tmp_path, {"national/a/ruleset.yaml": text})
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [(code, line, column)], problems
    assert problems[0].place.file.endswith("ruleset.yaml")
    say_everything(problems[0])


TRAPS = {  # kind: what stands, what is written in its place, what is told
    "number without quotes": ('indicator: "1.2"', "indicator: 1.10", None),  # and none is told: it is not 1.1, which is there already
    "key twice": ("at_least: 80", "at_least: 80\n        at_least: 90", "NTM-106"),
    "decimal comma": ("at_least: 80", "at_least: 62,35", "NTM-205"),
    "sign of percent": ("at_least: 80", "at_least: 5%", "NTM-204"),
    "beyond the whole": ("at_least: 80", "at_least: 900", "NTM-211"),
    "yes for true": ("is_true: true\n        source", "is_true: yes\n        source", "NTM-206"),
    "day as written": ("until: 2024-12-31", "until: 31/12/2024", "NTM-207"),
    "no such day": ("until: 2024-12-31", "until: 2024-02-30", "NTM-207"),
    "tab": ("        at_least: 80", "\tat_least: 80", "NTM-101"),
    "exponent": ("at_least: 80", "at_least: 1e1", "NTM-204"),
}


@pytest.mark.parametrize("trap", TRAPS, ids="yaml-traps {}".format)
def test_what_yaml_would_take_otherwise_than_it_is_meant_is_told(tmp_path: Path, trap: str) -> None:
    """None is read as something else in silence."""
    old, new, code = TRAPS[trap]
    assert BASE.count(old) >= 1
    problems = found(tmp_path, {"national/a/ruleset.yaml": BASE.replace(old, new, 1)})
    assert [p.code for p in problems] == ([] if code is None else [code])


OVERLAYS: list[tuple[str, str, str]] = [
    ("NTM-202", "title: {vi: Sửa, en: Amendment}\n", ""),
    ("NTM-206", "kind: amendment", "kind: ¦amendmnt"),
    ("NTM-205", "at_least: 90", 'at_least: ¦"90,5"'),
    ("NTM-211", "at_least: 90", "at_least: ¦190"),
    ("NTM-210", "    source: {level: recalled}\n", ""),
    ("NTM-213", "at_least: 90", "is_true: ¦true"),
    ("NTM-215", "instrument: 2/QĐ-TTg", "instrument: ¦22/QĐ-TTg"),
    ("NTM-220", "{from: 2024-03-01}", "{from: 2024-03-01, until: ¦2024-02-01}"),
    ("NTM-223", "overlay: test/2024/sua", "overlay: ¦sua"),
    ("NTM-223", "version: 1.0.0", "version: ¦1.0"),
    ("NTM-201", "at_least: 90", "¦at_leest: 90"),
    ("NTM-301", '- set: "1.1"', '- set: ¦"1.9"'),
    ("NTM-301", '- set: "1.1"\n    at_least: 90\n    source: {level: recalled}', '- remove: ¦"7"'),
    ("NTM-301", '- set: "1.1"\n    at_least: 90\n    source: {level: recalled}', '- add: {indicator: "7.1"}\n    under: ¦"7"'),
    ("NTM-304", "amends: test/2024", "amends: ¦test/2025"),
    ("NTM-305", "kind: amendment", "province: ¦kon-tum\nkind: amendment"),
    ("NTM-305", "kind: amendment", "kind: provincial"),
    ("NTM-310", '- set: "1.1"\n    at_least: 90\n    source: {level: recalled}', '- add: ¦{criterion: "1", title: {vi: a, en: b}}'),
    ("NTM-246", '- set: "1.1"\n    at_least: 90', '- set: "1.1"\n    at_least: 85\n  - ¦set: "1.1"\n    at_least: 90'),
    ("NTM-311", '- set: "1.1"', '- ¦set: "1.1"\n    remove: "1.2"'),
    ("NTM-311", '- set: "1.1"', '- ¦under: "1"'),
]  # fmt: skip
NO_MARK_OVERLAY = {"title: {vi: Sửa, en: Amendment}\n": (1, 1), "    source: {level: recalled}\n": (10, 15), "kind: amendment": (1, 1)}


@pytest.mark.parametrize(("code", "old", "new"), OVERLAYS, ids=lambda text: text[:40])
def test_a_wrong_overlay_is_told_where_and_why(tmp_path: Path, code: str, old: str, new: str) -> None:
    """Whoever writes an amendment reads what is wrong in the amendment's own file, at its line and column."""
    assert OVERLAY.count(old) == 1
    text = OVERLAY.replace(old, new)
    if MARK in text:
        text, line, column = marked(text)
    else:
        line, column = NO_MARK_OVERLAY[old]
    problems = found(tmp_path, {"national/a/ruleset.yaml": BASE, "national/a/amendments/b/overlay.yaml": text})
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [(code, line, column)], problems
    assert problems[0].place.file.endswith("overlay.yaml")
    say_everything(problems[0])


FILES: list[tuple[str, dict[str, str | bytes], str]] = [
    ("NTM-102", {"national/a/ruleset.yaml": "a: " + "x" * 8_000_001}, "ruleset.yaml"),
    ("NTM-107", {"national/a/ruleset.yaml": "title: Bộ".encode("utf-16")}, "ruleset.yaml"),
    ("NTM-110", {"national/a/ruleset.yaml": ""}, "ruleset.yaml"),
    ("NTM-110", {"national/a/ruleset.yaml": BASE + "---\n" + BASE}, "ruleset.yaml"),
    ("NTM-108", {"national/a/ruleset.yaml/x": ""}, "ruleset.yaml"),
    ("NTM-202", {"national/a/ruleset.yaml": "[]"}, "ruleset.yaml"),
    ("NTM-202", {"national/a/overlay.yaml": "title: x"}, "overlay.yaml"),
    ("NTM-202", {"national/a/overlay.yaml": "overlay: {a: b}"}, "overlay.yaml"),
    ("NTM-214", {"instruments.yaml": INSTRUMENTS + INSTRUMENTS.split("\n")[1] + "\n"}, "instruments.yaml:3:18"),
    ("NTM-215", {"instruments.yaml": INSTRUMENTS.replace("level", "replaces: [9/QĐ-TTg], level")}, "instruments.yaml:2:86"),
    (
        "NTM-220",
        {"instruments.yaml": INSTRUMENTS.replace("level", "in_force: {from: 2024-01-02, until: 2024-01-01}, level")},
        "instruments.yaml:2:111",
    ),
    ("NTM-309", {"national/a/ruleset.yaml": BASE, "national/b/ruleset.yaml": BASE}, "ruleset.yaml:1:10"),
    ("NTM-303", {"a/ruleset.yaml": BASE, "b/overlay.yaml": PROVINCIAL.replace('"2.2"', '"1.1"')}, "overlay.yaml:11:15"),
    ("NTM-303", {"a/ruleset.yaml": BASE, "b/overlay.yaml": PROVINCIAL.split("  - set")[0] + '  - remove: "1.1"\n'}, "overlay.yaml:10:13"),
    (
        "NTM-302",
        {"a/ruleset.yaml": BASE, "b/overlay.yaml": OVERLAY, "c/overlay.yaml": OVERLAY.replace("2024/sua", "2024/xua")},
        "overlay.yaml:9:5",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "files", "place"), FILES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_file_is_told_by_name(tmp_path: Path, code: str, files: dict[str, str | bytes], place: str) -> None:
    """A file that cannot be used at all, or that clashes with another, is named with the reason."""
    problems = found(tmp_path, files)
    assert {problem.code for problem in problems} == {code}, problems
    assert place in str(problems[0].place)
    say_everything(problems[0])


def _publish(folder: Path, published: str = BASE, **beside: str) -> ntm.Catalogue:
    from ntm_rules.verify.publish import publish

    catalogue = write_catalogue(folder, national__a__ruleset=published)
    publish(catalogue, catalogue.entry("ruleset", "test/2024"))
    (folder / "national/a/examples.yaml").write_text(beside.get("examples", EXAMPLES), "utf-8")
    (folder / "national/a/CHANGELOG.md").write_text(beside.get("changelog", "## 1.0.0\n"), "utf-8")
    (folder / "national/a/ruleset.yaml").write_text(beside.get("now", BASE), "utf-8")
    return ntm.Catalogue(folder)


NEIGHBOURS: list[tuple[str, dict[str, str], str]] = [
    ("NTM-225", {"now": BASE.replace("at_least: 80", "at_least: 81")}, "ruleset.yaml"),
    ("NTM-226", {"now": BASE.replace("1.0.0", "1.0.1"), "changelog": "1.0.1"}, "ruleset.yaml"),
    ("NTM-227", {"changelog": "## 1.0.1"}, "CHANGELOG.md"),
    ("NTM-206", {"examples": EXAMPLES.replace("outcome: undetermined", "outcome: perhaps")}, "examples.yaml:5:23"),
]


@pytest.mark.parametrize(("code", "beside", "place"), NEIGHBOURS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_stands_beside_a_ruleset_is_checked(tmp_path: Path, code: str, beside: dict[str, str], place: str) -> None:
    """A published version that was changed, a version without an entry in the changelog: both are found before they do harm."""
    [problem] = check(_publish(tmp_path, **beside))
    assert problem.code == code
    assert place in str(problem.place)
    say_everything(problem)
    assert check(_publish(tmp_path / "right")) == []


def test_a_missing_neighbour_is_named(tmp_path: Path) -> None:
    """A ruleset without examples or changelog is told so (NTM-229)."""
    catalogue = _publish(tmp_path)
    (tmp_path / "national/a/examples.yaml").unlink()
    (tmp_path / "national/a/CHANGELOG.md").unlink()
    problems = check(catalogue)
    assert [problem.code for problem in problems] == ["NTM-229", "NTM-229"]
    say_everything(problems[0])


def test_a_broken_example_is_told_at_its_line(tmp_path: Path) -> None:
    """An example that no longer holds is reported at the very outcome that differs (NTM-228), the others still count."""
    wrong = EXAMPLES.replace('"80": met', '"80": not_met').replace('"1.1": met', '"1.1": not_met')
    [run] = run_examples(_publish(tmp_path, examples=wrong))
    assert [(p.code, p.place.line, p.place.column) for p in run.problems] == [("NTM-228", 5, 44), ("NTM-228", 7, 35)]
    assert (run.examples, run.outcomes) == (2, 5)
    for problem in run.problems:
        say_everything(problem)
    [right] = run_examples(_publish(tmp_path / "right"))
    assert right.problems == ()


def test_an_example_that_cannot_be_evaluated_is_told(tmp_path: Path) -> None:
    """An example with an impossible value, or a file that is no list of examples, is a problem and not a crash."""
    [run] = run_examples(_publish(tmp_path, examples=EXAMPLES.replace('"1.1": 80', '"1.1": 180')))
    assert [(p.code, p.place.line) for p in run.problems] == [("NTM-404", 3)]
    [run] = run_examples(_publish(tmp_path / "b", examples="examples_of: test/2024"))
    assert [p.code for p in run.problems] == ["NTM-202"]
    assert run.examples == 0


# --- 3xx of the call, 4xx, 6xx ------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {"id": "23311", "kind": "commune"}
SUBJECTS: list[tuple[str, dict[str, Any], str]] = [
    ("NTM-201", {"colour": "red"}, "23311: colour"),
    ("NTM-202", {"kind": ...}, "23311: kind"),
    ("NTM-401", {"values": {"1.9": 5}}, "23311: 1.9"),
    ("NTM-402", {"values": {"1.1": "nhiều"}}, "23311: 1.1"),
    ("NTM-402", {"values": {"1.1": True}}, "23311: 1.1"),
    ("NTM-402", {"values": {"1.1": [1, 2]}}, "23311: 1.1"),
    ("NTM-402", {"values": {"1.1": float("nan")}}, "23311: values.1.1"),
    ("NTM-403", {"values": {"1.1": "62,35"}}, "23311: 1.1"),
    ("NTM-404", {"values": {"1.1": 140}}, "23311: 1.1"),
    ("NTM-404", {"values": {"1.1": "-0.01"}}, "23311: 1.1"),
    ("NTM-405", {"values": {"1.2": "hơi đạt"}}, "23311: 1.2"),
    ("NTM-405", {"values": {"1.2": 1}}, "23311: 1.2"),
    ("NTM-406", {"attributes": {"region": "tay-nguyn"}}, "23311: attributes.region"),
    ("NTM-406", {"attributes": {"region": True}}, "23311: attributes.region"),
    ("NTM-406", {"attributes": {"year": "2024.5"}}, "23311: attributes.year"),
    ("NTM-406", {"attributes": {"year": "năm nay"}}, "23311: attributes.year"),
    ("NTM-406", {"attributes": {"poor": "true"}}, "23311: attributes.poor"),
    ("NTM-407", {"attested": {"1.11": True}}, "23311: attested.1.11"),
    ("NTM-408", {"kind": "village"}, "23311"),
    ("NTM-409", {"values": {"2.1": "Kha"}}, "23311: 2.1"),
    ("NTM-410", {"attributes": {"regoin": "tay-nguyen"}}, "23311: attributes.regoin"),
    ("NTM-411", {"values": {"1.1": object}}, "23311: values.1.1"),
    ("NTM-411", {"values": {"1.1": {"unknown": " "}}}, "23311: values.1.1"),
    ("NTM-411", {"values": {1.1: 5}}, "23311: values"),
    ("NTM-411", {"values": [80]}, "23311: values"),
    ("NTM-411", {"attested": [True]}, "23311: attested"),
    ("NTM-411", {"kind": "planet"}, "23311: kind"),
    ("NTM-411", {"values": {"1.1": 10**5000}}, "23311: values"),
    ("NTM-412", {"attested": {"1.1": "true"}}, "23311: attested.1.1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "given_facts", "path"), SUBJECTS, ids=[f"{i}-{case[0]}" for i, case in enumerate(SUBJECTS)])
def test_wrong_facts_are_told_by_subject_and_number(tmp_path: Path, code: str, given_facts: dict[str, Any], path: str) -> None:
    """Whoever enters data reads which value of which commune cannot be taken, and how to write it."""
    rules = ntm.load("test/2024", catalogue=write_catalogue(tmp_path, national__a__ruleset=BASE))
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(**{key: value for key, value in {**GOOD, **given_facts}.items() if value is not ...}))
    [problem] = caught.value.problems
    assert (problem.code, problem.place.path) == (code, path)
    say_everything(problem)


def test_right_facts_are_not_among_the_wrong_ones(tmp_path: Path) -> None:
    """Beside one impossible value, answers, grades and absences that are fine are not complained about."""
    rules = ntm.load("test/2024", catalogue=write_catalogue(tmp_path, national__a__ruleset=BASE))
    values = {"1.1": 140, "1.2": True, "1.3": ntm.Unknown("chưa đếm"), "2.1": "Khá", "2.2": None}
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(**GOOD, values=values))
    assert [p.code for p in caught.value.problems] == ["NTM-404"]


def test_all_wrong_facts_are_told_together(tmp_path: Path) -> None:
    """Five mistakes in one subject are five problems in one error."""
    rules = ntm.load("test/2024", catalogue=write_catalogue(tmp_path, national__a__ruleset=BASE))
    facts: dict[str, Any] = {"values": {"1.1": "62,35", "1.2": "x", "9": 1}, "attributes": {"region": "x"}, "attested": {"8": True}}
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(**GOOD, **facts))
    assert sorted(p.code for p in caught.value.problems) == ["NTM-401", "NTM-403", "NTM-405", "NTM-406", "NTM-407"]
    with pytest.raises(ntm.SubjectError) as caught:
        ntm.Subject(id="1", kind="planet", values=3, attested={"1": 2})  # type: ignore[arg-type]
    assert sorted(p.code for p in caught.value.problems) == ["NTM-411", "NTM-411", "NTM-412"]


def _load(name: str) -> Callable[[ntm.Catalogue], object]:
    return lambda catalogue: ntm.load(name, catalogue=catalogue)


CALLS: list[tuple[str, Callable[[ntm.Catalogue], object]]] = [
    ("NTM-306", _load("test/2042")),
    ("NTM-306", lambda c: ntm.applicable("tset", on=date(2024, 1, 1), catalogue=c)),
    ("NTM-306", lambda c: ntm.load("test/2024", drafts=["test/2024/thu"], catalogue=c)),
    ("NTM-307", lambda c: ntm.load("test/2024", on=date(2025, 1, 1), catalogue=c)),
    ("NTM-307", lambda c: ntm.applicable("test", on=date(2023, 12, 31), catalogue=c)),
    ("NTM-308", lambda c: ntm.applicable("two", on=date(2024, 6, 1), catalogue=c)),
    ("NTM-312", lambda c: ntm.applicable("ocop", on=date(2026, 7, 22), filed=date(2026, 5, 1), round="first")),
    ("NTM-601", lambda c: ntm.Decision.from_json("{}")),
    ("NTM-602", lambda c: c.ruleset("test/2024", "9.9.9")),
    ("NTM-603", lambda c: ntm.load("test/2024", catalogue=c).evaluate(ntm.Subject(**GOOD))["1.4"]),
    ("NTM-606", lambda c: ntm.load("test/2024", catalogue=c).scores),
]


@pytest.mark.parametrize(("code", "call"), CALLS, ids=[f"{i}-{case[0]}" for i, case in enumerate(CALLS)])
def test_a_wrong_call_is_told_what_there_is(tmp_path: Path, code: str, call: Callable[[ntm.Catalogue], object]) -> None:
    """Asking for an edition, a version or a number that is not on record says so with its code, in both languages."""
    two = {f"{x}/ruleset.yaml": BASE.replace("test/2024", f"two/{x}") for x in "ab"}
    catalogue = write_catalogue(tmp_path, national__a__ruleset=BASE)
    for name, text in two.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ntm.NtmError) as caught:
        call(catalogue)
    assert caught.value.problems[0].code == code
    say_everything(caught.value.problems[0])


def test_a_dimension_without_values_has_the_columns_of_its_attribute(tmp_path: Path) -> None:
    """A redirect may use any of the attribute's values; where the attribute is any text, any column; otherwise the nearest is named."""
    dimension = """\
  zone:
    title: {vi: Vùng, en: Zone}
    attribute: zone
    redirect:
      - {use: A, when: {attribute: poor, is_true: true}, source: {at: Điều 1, level: recalled}}
criteria:
"""
    right = BASE.replace("criteria:\n", dimension, 1)
    open_ = right.replace("attribute: zone", "attribute: year").replace("use: A", 'use: "2024"')
    for n, text in enumerate((right, open_)):
        assert write_catalogue(tmp_path / str(n), a__ruleset=text).ruleset("test/2024").dimensions["zone"].redirect
    with pytest.raises(ntm.RulesetError) as caught:
        write_catalogue(tmp_path / "wrong", a__ruleset=right.replace("use: A", "use: AB")).ruleset("test/2024")
    assert [problem.code for problem in caught.value.problems] == ["NTM-208"]


def test_every_code_is_provoked() -> None:
    """No code of reading, rulesets, overlays, subjects or decisions stands in the list without a case that shows it."""
    scores = {"NTM-231", "NTM-413", "NTM-414", "NTM-415", "NTM-416"}  # by test_sheets.py and tests/decide/test_scores.py
    parts = {"NTM-417", "NTM-418", "NTM-325"}  # by tests/model/test_subject.py and test_causes.py
    shown = (
        scores
        | WARNINGS  # by test_lints.py
        | {"NTM-251", "NTM-252"}  # by test_lints.py, with a day
        | {"NTM-313", "NTM-314", "NTM-315", "NTM-316", "NTM-317", "NTM-318"}  # by test_provinces.py
        | {"NTM-319", "NTM-451"}  # by tests/tables/test_remarks.py
        | {"NTM-320"}  # by test_layers.py
        | {"NTM-321", "NTM-322", "NTM-323", "NTM-324"}  # by test_certificates.py
        | {"NTM-243", "NTM-244", "NTM-245"}  # by test_certificates.py
        | {"NTM-326", "NTM-327"}  # by tests/package/test_shipped.py
        | {"NTM-328", "NTM-330"}  # by test_layers.py
        | {"NTM-452", "NTM-453"}  # by tests/register/test_checks.py
        | {"NTM-440", "NTM-450"}  # by tests/tables/test_office_kinds.py
        | {"NTM-431", "NTM-432"}  # by tests/tables/test_frames.py and test_frames_bad.py
        | {"NTM-454"}  # by tests/tables/test_frames_faithful.py
        | {"NTM-329"}  # by tests/tables/test_remarks.py
        | {"NTM-261"}  # by tests/figures/test_checklists.py
        | {"NTM-272"}  # by tests/cli/test_commands.py
        | {"NTM-273"}  # by tests/verify/test_mutate.py
        | {"NTM-274"}  # by tests/revise/test_pack.py
        | {"NTM-275"}  # by tests/cli/test_added.py
        | parts
        | {case[0] for table in (WRONG_SHEETS, RULESETS, OVERLAYS, FILES, NEIGHBOURS, SUBJECTS, CALLS) for case in table}
        | {"NTM-228", "NTM-229"}
    )
    owned = {code for code in MESSAGES if code[4] in "12346"}
    assert owned - shown == set()
    assert shown <= set(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_stands_in_both_languages(code: str) -> None:
    """Each message says what, why and how to mend it in Vietnamese and English, with the same words filled in."""
    assert set(MESSAGES[code]) == {"vi", "en"}
    for part in ("what", "why", "mend"):
        filled = [
            {name for _, name, _, _ in string.Formatter().parse(getattr(MESSAGES[code][lang], part)) if name} for lang in ("vi", "en")
        ]
        assert filled[0] == filled[1]
        assert all(getattr(MESSAGES[code][lang], part).endswith((".", "?")) for lang in ("vi", "en"))
    assert MESSAGES[code]["vi"] != MESSAGES[code]["en"]


# --- together, and with a guess -----------------------------------------------------------------------------------


def test_all_problems_of_a_file_are_reported_together(tmp_path: Path) -> None:
    """A file with five mistakes is corrected in one go: all five are listed, in order of place."""
    text = BASE
    for old, new in (
        ("version: 1.0.0", "version: one"), ("at_least: 80", "at_least: 62,35"), ("tay-nguyen: 5", "tay-nguyn: 5"),
        ("{unit: người}", "{unit: nguoi}"), ("one_of: [Khá, Tốt]", "one_of: [Khá, Tót]"),
    ):  # fmt: skip
        text = text.replace(old, new, 1)
    problems = found(tmp_path, {"a/ruleset.yaml": text})
    assert [problem.code for problem in problems] == ["NTM-223", "NTM-205", "NTM-209", "NTM-208", "NTM-206"]
    assert [problem.place.line for problem in problems] == [2, 27, 36, 39, 49]
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("test/2024", catalogue=ntm.Catalogue(tmp_path))
    assert list(caught.value.problems) == problems
    assert all(str(problem) in str(caught.value) for problem in problems)
    text = (
        BASE.replace("subject: commune", "subjct: commune").replace("{unit: người}", "{unit: người, form: 0}").replace("version", "vesion")
    )
    assert [p.code for p in found(tmp_path, {"a/ruleset.yaml": text})] == ["NTM-202", "NTM-202", "NTM-201", "NTM-201", "NTM-201"]


GUESSES = [
    ("subject: commune", "subject: comune", "commune"),
    ("    attribute: region", "    atribute: region", "attribute"),
    ("values: [tay-nguyen", "values: [tay-nguyn", "tay-nguyen"),
    ("{unit: người}", "{unit: ngừời}", "người"),
    ("at: mục 1, level: recalled", "at: mục 1, level: recaled", "recalled"),
    ("instrument: 1/QĐ-TTg", "instrument: 1/QD-TTg", "1/QĐ-TTg"),
    ("by: [region]", "by: [regoin]", "region"),
    ("attribute: poor", "attribute: por", "poor"),
    ("one_of: [Khá, Tốt]", "one_of: [Khá, Tót]", "Tốt"),
    ("tay-nguyen: 5", "Tay-Nguyen: 5", "tay-nguyen"),
]


@pytest.mark.parametrize(("old", "new", "guess"), GUESSES)
def test_a_misspelt_word_is_guessed(tmp_path: Path, old: str, new: str, guess: str) -> None:
    """A slip in a key, region, unit, level, instrument or grade is answered with the word that was meant."""
    problems = found(tmp_path, {"a/ruleset.yaml": BASE.replace(old, new, 1)})
    assert any(f"«{guess}»?" in p.mend("vi") and f"Did you mean «{guess}»?" in p.mend("en") for p in problems), problems


def test_nothing_near_is_not_guessed() -> None:
    """No suggestion is made where none is near."""
    assert "?" not in ntm.Problem("NTM-306", words={"got": "xyz", "guess": None}).mend("en")


def test_a_place_reads_as_file_line_column() -> None:
    """Editors jump to file:line:column; data in memory is named by its path."""
    assert str(ntm.Place("a.yaml", 3, 4, "x[1]")) == "a.yaml:3:4 (x[1])"
    assert str(ntm.Place("a.yaml")) == "a.yaml"
    assert str(ntm.Place(path="23311: 10.1")) == "23311: 10.1"
    assert str(ntm.Place("a.yaml", path="p")) == "a.yaml (p)"
    assert ntm.Problem("NTM-110").line().startswith("NTM-110 ")


def test_errors_are_the_builtins_callers_expect() -> None:
    """Callers that catch ValueError, LookupError or ImportError catch these too, and errors travel between processes."""
    import pickle

    for error, builtin in (
        (ntm.RulesetError, ValueError), (ntm.SubjectError, ValueError), (ntm.DecisionError, ValueError), (ntm.TableError, ValueError),
        (ntm.NotFound, LookupError), (ntm.NotInForce, LookupError), (ntm.MissingExtra, ImportError),
    ):  # fmt: skip
        raised = error([ntm.Problem("NTM-110", ntm.Place("a.yaml"))])
        assert isinstance(raised, builtin)
        assert isinstance(raised, ntm.NtmError)
        assert pickle.loads(pickle.dumps(raised)).problems == raised.problems  # noqa: S301


def test_words_in_both_languages_are_said_in_that_of_the_message() -> None:
    """Nothing Vietnamese stands in an English message, and nothing English in a Vietnamese one."""
    problem = ntm.Problem("NTM-854", words={"detail": Bilingual("ngày sai", "a wrong day")})
    assert "ngày sai" in problem.line("vi")
    assert "a wrong day" not in problem.line("vi")
    assert "a wrong day" in problem.line("en")
    assert "ngày sai" not in problem.line("en")


def test_a_key_that_is_right_elsewhere_is_not_taken_for_misspelt(tmp_path: Path) -> None:
    """«province» of a ruleset in a criterion is told as out of place, without the question whether «province» was meant."""
    text = BASE.replace("{vi: Một, en: One}", "{vi: Một, en: One}\n    province: kon-tum", 1)
    [told] = [problem for problem in found(tmp_path, {"a/ruleset.yaml": text}) if problem.code == "NTM-201"]
    assert told.words["key"] == "province"
    assert told.words["guess"] is None


def test_a_misspelt_key_is_compared_with_the_keys_of_its_place(tmp_path: Path) -> None:
    """Of what may stand at the top of a ruleset «criteria» is nearest, whatever keys there are elsewhere."""
    text = BASE.replace("\ncriteria:", "\ncriterias:", 1)
    assert text != BASE
    [told] = [problem for problem in found(tmp_path, {"a/ruleset.yaml": text}) if problem.code == "NTM-201"]
    assert told.words["guess"] == "criteria"
