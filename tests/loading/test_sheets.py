"""Score sheets that are wrong: each mistake is told at its line, by its code, and the other sheets still load."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.verify.folder import check
from strategies import write_catalogue
from texts import PROVINCIAL, SCORED, SHARED, SHEET, WRONG_SHEETS


def catalogue(folder: Path, sheet: str = SHEET, shared: str = SHARED, ruleset: str = SCORED) -> ntm.Catalogue:
    """A set with one right sheet (2) and one to try (1)."""
    right = SHEET.replace('sheet: "1"', 'sheet: "2"')
    return write_catalogue(
        folder,
        national__score__2024__ruleset=ruleset,
        national__score__2024__sheets__01=sheet,
        national__score__2024__sheets__02=right,
        national__score__2024__shared__chung=shared,
    )


def load(folder: Path, sheet: str = SHEET, shared: str = SHARED, ruleset: str = SCORED) -> ntm.RuleSet:
    rules = ntm.load("score/2024", catalogue=catalogue(folder, sheet, shared, ruleset))
    return rules


@pytest.mark.parametrize(("code", "right", "wrong"), WRONG_SHEETS, ids=[f"{i}-{case[0]}" for i, case in enumerate(WRONG_SHEETS)])
def test_a_wrong_sheet_is_told_at_its_line(tmp_path: Path, code: str, right: str, wrong: str) -> None:
    """Whoever edits a sheet reads what is wrong and where; the other sheets of the edition still load."""
    assert SHEET.count(right) == 1
    rules = load(tmp_path, SHEET.replace(right, wrong))
    with pytest.raises(ntm.RulesetError) as caught:
        rules.scores.sheet(1)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.place.file.endswith("01.yaml") and problem.place.line for problem in caught.value.problems)
    assert rules.scores.sheet(2).title == "Rau"
    with pytest.raises(ntm.RulesetError):
        rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}))
    assert code in {problem.code for problem in check(rules_catalogue(tmp_path))}


def rules_catalogue(folder: Path) -> ntm.Catalogue:
    return ntm.Catalogue(folder)


def test_stars_out_of_order_are_refused(tmp_path: Path) -> None:
    """Every total must fall into a class, so the classes fall down to 0 points (NTM-231)."""
    for wrong in ("from: 9, granted_by: province", "from: 0}\n    - {stars: 0, from: 0"):
        right = "from: 5, granted_by: province" if "9" in wrong else "from: 0"
        with pytest.raises(ntm.RulesetError) as caught:
            load(tmp_path, ruleset=SCORED.replace(right, wrong, 1))
        assert {problem.code for problem in caught.value.problems} <= {"NTM-231", "NTM-224"}


def test_a_wrong_shared_file_is_told_where_it_is_used(tmp_path: Path) -> None:
    """A mistake in a shared file is told with that file's line, for every sheet that uses it."""
    rules = load(tmp_path, shared=SHARED.replace("vi: trong xã", "vii: trong xã"))
    for number in (1, 2):
        with pytest.raises(ntm.RulesetError) as caught:
            rules.scores.sheet(number)
        assert any(problem.place.file.endswith("chung.yaml") for problem in caught.value.problems)


def test_what_is_printed_wrong_may_be_declared(tmp_path: Path) -> None:
    """A sum that does not add up is kept where the sheet declares the anomaly."""
    odd = SHEET.replace("points: 3\n    criteria", "points: 4\n    criteria").replace(
        "parts:\n", "anomalies: [{at: B, what: {vi: in 4, en: printed 4}}]\nparts:\n", 1
    )
    assert load(tmp_path, odd).scores.sheet(1).anomalies[0].what == "in 4"


def test_a_sheet_that_is_not_utf8_is_a_problem_of_that_sheet(tmp_path: Path) -> None:
    """Bytes that are no text spoil one sheet, not the edition."""
    found = catalogue(tmp_path)
    (tmp_path / "national/score/2024/sheets/01.yaml").write_bytes(b"\xff\xfe")
    rules = ntm.load("score/2024", catalogue=found)
    with pytest.raises(ntm.RulesetError, match="NTM-107"):
        rules.scores.sheet(1)
    assert rules.scores.sheet(2)


def test_a_published_edition_keeps_its_sheets(tmp_path: Path) -> None:
    """A stored decision verifies from the published version after the working sheet has changed; a new one sees the change."""
    from ntm_rules.verify.publish import publish

    found = catalogue(tmp_path)
    publish(found, found.entry("ruleset", "score/2024"))
    product = ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values={"1.1": 2, "1.2": 3, "2": 3})
    stored = ntm.load("score/2024", catalogue=found).evaluate(product)
    assert (stored.stars, stored.total) == (5, 8)
    folder = tmp_path / "national/score/2024"
    (folder / "sheets/01.yaml").write_text(SHEET.replace('"5": 2}', '"5": 1}'), "utf-8")
    (folder / "ruleset.yaml").write_text(SCORED.replace("1.0.0", "1.0.1"), "utf-8")
    again = ntm.Catalogue(tmp_path)
    assert ntm.Decision.from_json(stored.to_json()).verify(again)
    changed = ntm.load("score/2024", catalogue=again).evaluate(product)
    assert changed.ruleset.sha256 != stored.ruleset.sha256
    publish(again, again.entry("ruleset", "score/2024"))
    assert changed.verify(again)


def test_an_edition_as_json_holds_its_sheets(tmp_path: Path) -> None:
    """The canonical JSON of an edition that scores has every sheet with the shared criteria written in."""
    data = json.loads(load(tmp_path).to_json())
    assert sorted(data["sheets"]) == ["1", "2"]
    [part, _] = data["sheets"]["1"]["parts"]
    assert part["criteria"][0]["of"][0]["title"] == {"vi": "Nguồn gốc", "en": "Origin"}


def test_what_is_damaged_or_no_mapping_is_no_version(tmp_path: Path) -> None:
    """A published file that holds something else is not taken for the version."""
    found = catalogue(tmp_path)
    (tmp_path / "national/score/2024/published").mkdir()
    for text in ("[]", '{"ruleset": 3}', "{"):
        (tmp_path / "national/score/2024/published/0.9.0.json").write_text(text, "utf-8")
        with pytest.raises(ntm.NotFound, match="NTM-602"):
            ntm.Catalogue(tmp_path).ruleset("score/2024", "0.9.0")
    assert found


def test_headings_below_headings_and_unsaid_marks(tmp_path: Path) -> None:
    """A sheet may nest headings; a mark beside a heading holds at the most points, fails at none, and is open between."""
    start = SHEET.index('          - criterion: "1.2"')
    end = SHEET.index("  - part: B")
    nested = (
        SHEET[:start]
        + """\
          - criterion: "1.2"
            title: {vi: Hai, en: Two}
            points: 3
            one_case: true
            of:
              - criterion: "1.2.1"
                title: {vi: x, en: x}
                points: 3
                marks: {"3": {missing: {vi: không rõ, en: unsaid}}}
                options: [{points: 0, vi: a, en: a}, {points: 1, vi: b, en: b}, {points: 3, vi: c, en: c}]
              - {criterion: "1.2.2", title: {vi: y, en: y}, points: 2, options: [{points: 2, vi: d, en: d}]}
"""
        + SHEET[end:]
    )
    rules = load(tmp_path, nested)

    def decide(**values: int) -> ntm.Decision:
        given = {key.replace("_", "."): value for key, value in {"c1_1": 2, "c2": 3, **values}.items()}
        subject = {key.removeprefix("c"): value for key, value in given.items()}
        return rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=subject))

    assert decide(c1_2_1=3).stars == 5
    assert decide(c1_2_1=0)["1.2.1"].outcome == "not_met"
    between = decide(c1_2_1=1)
    assert between["1.2.1"].outcome == "undetermined"
    assert between["1.2.1"].reason is not None
    assert len(between.stars_possible) > 1
    other = decide(c1_2_2=2)
    assert other["1.2.1"].outcome == "not_applicable"
    assert other.total == 7
    assert rules.scores.best(1)["1.2.1"] == "3"
    assert "1.2.2" not in rules.scores.best(1)


def test_the_rules_of_a_council(tmp_path: Path) -> None:
    """A council may have a quorum alone, a deviation alone, or both; what it does not have does not bind, nor does that of the centre."""

    def decide(council: str, key: str = "council", **attributes: int | str) -> ntm.Decision:
        rules = load(
            tmp_path, ruleset=SCORED.replace("  source: {level: recalled}\n", f"  {key}: {council}\n  source: {{level: recalled}}\n")
        )
        values = {"1.1": [2, 1], "1.2": [3, 0], "2": [3, 1]}
        return rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1, **attributes}, values=values))

    assert decide("{quorum_share: 50}", council_members=4).stars is not None
    assert decide("{quorum_share: 50}", council_members=5).stars is None
    assert decide("{max_deviation: 6}").stars is not None
    assert decide("{max_deviation: 5}").stars is None
    assert decide("{}").stars is not None
    mine = "{max_deviation: 5, authority: province}"
    assert decide(mine).stars is None  # which council scored is not stated
    assert decide(mine, council_level="province").stars is None
    assert decide(mine, council_level="district").stars is not None  # the regulation of another council
    assert decide("{quorum: 2}").stars is not None
    assert decide("{quorum: 3}").stars is None
    by_level = "{centre: {quorum: 3}, district: {max_deviation: 5}}"
    assert decide(by_level, "councils", council_level="centre").reason == ntm.Bilingual(
        "có 2 thành viên chấm, cần ít nhất 3", "2 members scored, at least 3 must"
    )
    assert "chênh nhau 6 điểm" in str(decide(by_level, "councils", council_level="district").reason)
    assert decide(by_level, "councils", council_level="province").stars is not None
    assert decide("{centre: {quorum: 3}}", "councils").stars is not None  # nobody scores for the centre without saying so
    assert decide("{district: {quorum: 3}}", "councils").stars is None


def test_what_a_text_says_of_the_council_of_one_level_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    """A province adds the regulation of its own councils to the centre's, and may not write the centre's (NTM-303)."""
    base = SCORED.replace("  source: {level: recalled}\n", "  councils: {centre: {quorum: 3}}\n  source: {level: recalled}\n")
    own = "score\n    councils: {LEVEL: {quorum: 2, source: {level: recalled}}}"
    of_province = PROVINCIAL.replace("test/2024", "score/2024").replace('"2.2"\n    at_least: 5\n    source: {level: recalled}', own)

    def rules(level: str) -> ntm.RuleSet:
        found = write_catalogue(
            tmp_path / level,
            national__score__2024__ruleset=base,
            national__score__2024__sheets__01=SHEET,
            national__score__2024__shared__chung=SHARED,
            provinces__x__overlay=of_province.replace("LEVEL", level),
        )
        return ntm.load("score/2024", province="kon-tum", catalogue=found)

    added = rules("province").scores.score.councils
    assert {level: one.quorum for level, one in added.items()} == {"centre": 3, "province": 2}
    assert added["province"].source is not None
    assert added["province"].source.instrument == "3/QĐ-UBND (Kon Tum)"
    with pytest.raises(ntm.RulesetError, match="NTM-303"):
        rules("centre")


def test_what_tables_of_products_may_have_columns_for(tmp_path: Path) -> None:
    """Every scored criterion of every sheet, in the order people expect, measured in points."""
    rules = load(tmp_path)
    assert [indicator.indicator for indicator in rules.inputs] == ["1.1", "1.2", "2"]
    assert {indicator.measure.unit for indicator in rules.inputs} == {"điểm"}
    assert rules.scores.product_sets == ("1", "2")
    assert [indicator.indicator for indicator in ntm.load("ocop/2019").inputs if indicator.indicator.startswith("6.1.3")] == [
        "6.1.3",
        "6.1.3b",
    ]


def test_the_short_explanation_names_what_is_not_scored(tmp_path: Path) -> None:
    """A sheet with one criterion open says which."""
    decision = load(tmp_path).evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values={"1.1": 2, "2": 3}))
    lines = decision.explain("en").splitlines()
    assert lines[-2:] == ["Not scored (1):", "  - 1.2 Two: –/3 points — not scored [1/QĐ-TTg, phiếu 1, recalled, not yet checked]"]


def test_the_lowest_class_is_what_is_left(tmp_path: Path) -> None:
    """Where every class has marks and all are missed, the product has the lowest: no product falls out of the classes."""
    ruleset = SCORED.replace("    - {stars: 3, from: 5, granted_by: province}\n    - {stars: 1, from: 0}\n", "    - {stars: 3, from: 0}\n")
    sheet = SHEET.replace('marks: {"3": 1, "5": 2}', 'marks: {"3": 2, "5": 2}')
    rules = load(tmp_path, sheet, ruleset=ruleset)
    values = {"1.1": 1, "1.2": 3, "2": 3}
    decision = rules.evaluate(ntm.Subject(id="p", kind="product", attributes={"product_set": 1}, values=values))
    assert (decision.stars, decision.total) == (3, 7)


def test_only_the_score_itself_is_found_under_its_name(tmp_path: Path) -> None:
    """What is set under a name that a scored set does not have is told, not laid on its points."""
    overlay = PROVINCIAL.replace("test/2024", "score/2024")
    overlay = overlay[: overlay.index("  - set")] + '  - set: "scores"\n    certified_from: 4\n    source: {level: recalled}\n'
    found = write_catalogue(tmp_path, national__score__2024__ruleset=SCORED, provincial__overlay=overlay)
    with pytest.raises(ntm.RulesetError) as caught:
        ntm.load("score/2024", on=date(2024, 6, 1), province="kon-tum", catalogue=found)
    assert [(problem.code, problem.words["target"]) for problem in caught.value.problems] == [("NTM-301", "scores")]
