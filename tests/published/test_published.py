"""Published verdicts beside ours."""

from __future__ import annotations

from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.published.compare import compare_published
from ntm_rules.published.page import write_published

CASES = Path(__file__).parents[2] / "examples" / "published" / "cases.yaml"


@pytest.fixture(scope="module")
def found():
    return {comparison.case.case: comparison for comparison in compare_published(CASES)}


def test_no_published_value_contradicts_a_published_verdict(found):
    """Of the 18 cases none differs, and every one that is not decided says why."""
    assert len(found) == 18
    for comparison in found.values():
        for view in (comparison.values, comparison.attested):
            assert view.agreement != "differs"
            assert view.why or view.agreement == "agrees"


def test_the_second_collection_differs_in_one_commune_and_says_why():
    """Of 42 cases Mường Phăng alone differs: recognised in 2018 as «basically» meeting, with 44 of 49 indicators, 17.6 below its level."""
    second = {comparison.case.case: comparison for comparison in compare_published(CASES.with_name("cases-2.yaml"))}
    assert len(second) == 42
    assert [name for name, one in second.items() if "differs" in (one.values.agreement, one.attested.agreement)] == ["T2-MP"]
    assert [reason.vi for reason in second["T2-MP"].values.why] == ["17.6: 64,25% (từ 70% trở lên)"]
    assert sorted(name for name, one in second.items() if one.attested.agreement == "agrees") == [
        "T2-HDU",
        "T2-HG1",
        "T2-HG2",
        "T2-V31",
        "T2-V32",
    ]
    assert second["T2-LN"].values.decision["11.1"].outcome == "undetermined"


def test_criterion_verdicts_as_attestations_give_the_published_outcome(found):
    """Where the source says which criteria are met, the outcome follows."""
    assert found["KT01"].attested.outcome == "met"
    assert found["GL04"].attested.outcome == "not_met"
    assert found["GL04"].attested.decision.count("not_met") == 5
    assert found["KV03"].attested.agreement == "agrees"


def test_a_bare_count_decides_nothing(found):
    """15 of 19 does not say which 15."""
    view = found["KT14"].attested
    assert view.agreement == "open"
    assert any("15/19" in reason for reason in view.why)


def test_a_set_that_is_not_on_record_is_said_to_be(found):
    """The reason names the set."""
    for case in ("KT04", "KT05", "KT10"):
        assert found[case].values.agreement == "not_comparable"
        assert "chưa có trong danh mục" in found[case].values.why[0]


def test_a_bound_decides_only_where_it_must(found):
    """Under 5.3 meets at most 7; over 4 and about 40 decide nothing; 14 of 14 is 100."""
    assert found["GL01"].values.decision["11.1"].outcome == "met"
    assert found["KT09"].values.decision["11.1"].outcome == "undetermined"
    assert found["KT03"].values.decision["10.1"].outcome == "undetermined"
    assert found["KT01"].values.decision["2.4"].observed == 100


CASE = """
about: x
compiled: 2026-01-01
cases:
  - case: A
    name: A
    unit: commune
    region: tay-nguyen
    year: 2023
    set: commune-ntm/2021-2025
    set_named: x
    published: {{verdict: met, criteria_met: 19}}
    values: [{{indicator: "3.1", {says}}}]
    source: https://example.org/
"""


@pytest.mark.parametrize(
    ("says", "outcome", "agreement"),
    [
        ('says: ">", value: 80', "met", "open"),
        ('says: ">", value: 79', "undetermined", "open"),
        ('says: "<", value: 80', "not_met", "differs"),
        ('says: "~", value: 95', "undetermined", "open"),
        ("count: 4, total: 5", "met", "open"),
        ("count: 2, total: 3", "not_met", "differs"),
        ("count: 6, total: 7", "met", "open"),
        ("value: 79.99", "not_met", "differs"),
    ],
)
def test_how_a_printed_value_decides(tmp_path, says, outcome, agreement):
    """At least 80 is required: a bound decides where every value it allows would."""
    (tmp_path / "a.yaml").write_text(CASE.format(says=says), "utf-8")
    [comparison] = compare_published(tmp_path / "a.yaml")
    assert comparison.values.decision["3.1"].outcome == outcome
    assert comparison.values.agreement == agreement


def test_a_wrong_file_of_cases_is_reported_with_its_line(tmp_path):
    """As rulesets are."""
    (tmp_path / "a.yaml").write_text(CASE.format(says="valeu: 1"), "utf-8")
    with pytest.raises(ntm.RulesetError, match=r"a\.yaml:13:.*NTM-201"):
        list(compare_published(tmp_path / "a.yaml"))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_report_names_every_case_and_its_source(tmp_path, found, lang):
    """In Markdown and HTML."""
    for name in ("a.md", "a.html"):
        write_published(found.values(), tmp_path / name, lang=lang)
        text = (tmp_path / name).read_text("utf-8")
        assert all(case in text for case in found)
        assert text.count("https://") + text.count("http://") >= 18
    with pytest.raises(ntm.TableError, match="NTM-515"):
        write_published(found.values(), tmp_path / "a.pdf")
