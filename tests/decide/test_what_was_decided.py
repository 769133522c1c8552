"""What a decision says besides outcomes: shares that look like fractions, conflicts, what a count leads to; and its corners."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

import ntm_rules as ntm
from plain_rulesets import BASE
from strategies import read_ruleset, words

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = ntm.Outcome


def a_commune(values: dict[str, Any], attested: dict[str, bool] | None = None, **attributes: Any) -> ntm.Subject:
    """A commune of these values."""
    return ntm.Subject(id="x", kind="commune", values=values, attested=attested or {}, attributes=attributes)


def a_set(*parts: dict[str, Any], passes: Any = "all_of", **given: Any) -> ntm.RuleSet:
    """A set of one criterion with these indicators, numbered in order."""
    indicators = [
        {"indicator": f"1.{i}", "title": words("Phần"), "measure": {"unit": "%"}, "source": {"level": "recalled"}, **part}
        for i, part in enumerate(parts, 1)
    ]
    criterion = {"criterion": "1", "title": words("Một"), "passes": passes, "indicators": indicators}
    return read_ruleset({**copy.deepcopy(BASE), **given, "criteria": [criterion]})


AT_LEAST_80, AT_MOST_1 = {"at_least": "80"}, {"at_most": "1"}


@pytest.mark.parametrize(
    ("part", "value", "meant"),
    [
        (AT_LEAST_80, "0.83", "83.00"),
        (AT_LEAST_80, "1", "1E+2"),
        (AT_LEAST_80, "0.79", None),  # misses the level either way
        (AT_LEAST_80, "0", None),
        (AT_LEAST_80, "1.01", None),
        (AT_LEAST_80, "83", None),
        (AT_MOST_1, "0.5", "50"),
        (AT_MOST_1, "0.01", None),
        ({"at_least": "80", "measure": {"unit": "triệu đồng/người/năm"}}, "0.83", None),
    ],
)
def test_a_share_that_looks_like_a_fraction_is_told_where_it_would_turn_the_outcome(part: Any, value: str, meant: str | None) -> None:
    """0.83 % counts as it stands; that 83 would come out otherwise is told, and nothing where it would not."""
    decision = a_set(part).evaluate(a_commune({"1.1": Decimal(value)}))
    assert decision.small_shares == (() if meant is None else (("1.1", Decimal(meant)),))


def test_only_what_was_measured_is_taken_for_a_fraction() -> None:
    """An attested answer, an absence and an indicator that nothing was given for are passed over; the decision read back says the same."""
    rules = a_set(AT_LEAST_80, AT_LEAST_80, AT_LEAST_80, {"measure": "yes_no", "is_true": "true"})
    given = {"1.1": Decimal("0.9"), "1.2": ntm.Unknown("chưa điều tra"), "1.4": True}
    decision = rules.evaluate(a_commune(given, attested={"1.3": True}))
    assert decision.small_shares == (("1.1", Decimal(90)),)
    assert ntm.Decision.from_json(decision.to_json()).small_shares == (("1.1", Decimal(90)),)
    assert rules.evaluate(a_commune({"1.4": True}, attested={"1.3": True})).small_shares == ()


def test_a_share_counts_as_it_stands_while_its_column_is_open() -> None:
    """Where only one of the columns still possible would come out otherwise, that is told; where none would, nothing."""
    table = {"by": ["place"], "a": {"value": "60"}, "b": {"value": "95"}}
    place = {"title": words("Nơi"), "one_of": ["a", "b"]}
    rules = a_set({"at_least": table}, attributes={"place": place}, dimensions={"place": {"title": words("Nơi"), "attribute": "place"}})
    assert rules.evaluate(a_commune({"1.1": Decimal("0.7")})).small_shares == (("1.1", Decimal(70)),)
    assert rules.evaluate(a_commune({"1.1": Decimal("0.5")})).small_shares == ()


def test_conflicts_are_the_nodes_where_an_attestation_contradicts_what_was_measured() -> None:
    """In the order of the set, and none where all agree."""
    rules = a_set(AT_LEAST_80, AT_LEAST_80)
    values = {"1.1": Decimal(90), "1.2": Decimal(70)}
    decision = rules.evaluate(a_commune(values, attested={"1.1": False, "1.2": True}))
    assert [node.id for node in decision.conflicts] == ["1.1", "1.2"]
    assert rules.evaluate(a_commune(values, attested={"1.1": True, "1.2": False})).conflicts == ()
    assert rules.evaluate(a_commune(values)).conflicts == ()


def test_a_set_that_marks_nothing_has_no_stars_and_no_marks_missed() -> None:
    """Every name of score sheets answers, with nothing."""
    decision = a_set(AT_LEAST_80).evaluate(a_commune({"1.1": Decimal(90)}))
    assert (decision.stars, decision.total, decision.standing, decision.granted_by) == (None, None, None, None)
    assert (decision.stars_possible, dict(decision.parts), decision.held_back_by) == ((), {}, ())


def test_a_number_that_is_no_text_is_told_with_the_text_that_was_meant() -> None:
    """1.1 as a number is answered with «'1.1'»; a text with the nearest one; what is near nothing with no guess."""
    decision = a_set(AT_LEAST_80).evaluate(a_commune({}))
    for asked, guess in ((1.1, "'1.1'"), ("1.11", "1.1"), ("zzz", None), (None, None)):
        with pytest.raises(ntm.NotFound) as told:
            decision[asked]  # type: ignore[index]
        assert told.value.problems[0].words["guess"] == guess
    assert decision["1.1"] == decision["1.1"]


# --- what a number of criteria leads to ---------------------------------------------------------------------------


def test_what_the_number_of_criteria_met_leads_to_stays_open_while_criteria_are() -> None:
    """Conditions are not counted; every class still possible is named, from what is met to what may still be."""
    data = copy.deepcopy(BASE)
    data["conditions"] = [{**copy.deepcopy(data["criteria"][1]), "criterion": "DK1"}]
    data["conditions"][0]["indicators"][0]["indicator"] = "DK1.1"
    data["follows"] = [{"met": str(met), "title": words(f"từ {met}"), "source": {"level": "recalled"}} for met in (2, 1, 0)]
    rules = read_ruleset(data)
    given = {"DK1.1": True, "1.1": Decimal(90), "1.2": Decimal(1)}
    assert [one.vi for one in rules.evaluate(a_commune({**given, "2.1": True})).follows] == ["từ 2"]
    assert [one.vi for one in rules.evaluate(a_commune({**given, "2.1": False})).follows] == ["từ 1"]
    assert [one.vi for one in rules.evaluate(a_commune(given)).follows] == ["từ 1", "từ 2"]
    assert [one.vi for one in rules.evaluate(a_commune({"1.1": Decimal(1), "2.1": False, "DK1.1": True})).follows] == ["từ 0"]


# --- corners of judging -------------------------------------------------------------------------------------------


def test_content_that_is_missing_counts_as_one_more_part_that_is_not_known() -> None:
    """Two of its parts are needed and none is met: one more that is not known cannot make two."""
    data = a_set(AT_LEAST_80, AT_LEAST_80).document.plain_data()
    data["criteria"][0] |= {"passes": {"at_least_k_of": "2"}, "missing": words("chưa đọc hết")}
    rules = read_ruleset(data)
    assert rules.evaluate(a_commune({"1.1": Decimal(1), "1.2": Decimal(1)}))["1"].outcome is NOT_MET
    assert rules.evaluate(a_commune({"1.1": Decimal(90), "1.2": Decimal(1)}))["1"].outcome is UNDETERMINED


def test_what_is_attested_of_the_parts_counts_where_a_whole_is_held_against_weak_figures() -> None:
    """One part attested as met and one met by a weak figure make two of three, so that «not met» of the whole is contradicted."""
    rules = a_set(AT_LEAST_80, AT_LEAST_80, AT_LEAST_80, passes={"at_least_k_of": "2"})
    values, parts = {"1.2": Decimal(90), "1.3": Decimal(1)}, {"1.1": True}
    decision = rules.evaluate(a_commune(values, attested={**parts, "1": False}), accept="official")
    assert decision["1"].outcome is UNDETERMINED
    assert decision["1"].conflict is not None
    assert rules.evaluate(a_commune(values, attested={"1": False}), accept="official")["1"].outcome is NOT_MET


WAITS = {"may_not_apply": words("nếu có"), "applies_when": {"attribute": "has", "is_true": "true"}, **AT_LEAST_80}
HAS = {"has": {"title": words("Có"), "yes_no": "true"}}


def test_an_indicator_whose_condition_is_not_known_waits_even_where_it_may_fall_away() -> None:
    """A number given does not decide before it is known whether the indicator applies; «not applicable» by its leave does."""
    rules = a_set(WAITS, attributes=HAS)
    assert rules.evaluate(a_commune({"1.1": Decimal(90)}))["1.1"].outcome is UNDETERMINED
    away = rules.evaluate(a_commune({"1.1": ntm.NotApplicable("không có cảng")}))["1.1"]
    assert (away.outcome, away.reason and away.reason.vi) == (NOT_APPLICABLE, "không có cảng")


def test_an_indicator_that_the_law_leaves_out_is_left_out_for_that_reason() -> None:
    """Where the condition is known not to hold, that is the reason, whatever was stated besides."""
    rules = a_set(WAITS, attributes=HAS)
    subject = a_commune({"1.1": ntm.NotApplicable("không có cảng")}, has=False)
    node = rules.evaluate(subject)["1.1"]
    assert node.outcome is NOT_APPLICABLE
    assert node.reason is not None
    assert node.reason.vi.startswith("không thuộc diện áp dụng")
