"""What judging means where little is known: shares of perhaps nothing, ranges, columns that are open, attestations against weak figures.

Each fault once found here is held as a kind: by property over generated sets, and over every shipped set that it can touch.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
import oracle
from ntm_rules.model.requirements import attributes_of
from ntm_rules.values import Outcome, SourceLevel
from strategies import OPERATORS, Case, all_indicators, cases, operator_of, read_ruleset, subject_of, words

COMMUNE = "commune-ntm/2021-2025"
YES_NO = {name: {"title": words(name), "yes_no": "true"} for name in ("a", "w")}
answers = st.sampled_from((True, False, None))


def one(measure: Any, *, subject: str = "district", **given: Any) -> ntm.RuleSet:
    """A set of one indicator."""
    indicator = {"indicator": "1.1", "title": words("Một"), "measure": measure, "source": {"level": "recalled"}, **given}
    return read_ruleset(
        {
            "ruleset": "test/2024",
            "version": "1.0.0",
            "title": words("Bộ"),
            "subject": subject,
            "instrument": "1/QĐ-TTg",
            "in_force": {"from": "2024-01-01"},
            "attributes": YES_NO,
            "dimensions": {"year": {"title": words("Năm"), "attribute": "year"}},
            "criteria": [{"criterion": "1", "title": words("Một"), "indicators": [indicator]}],
        }
    )


@cache
def counting(key: str, operator: str, bound: tuple[str, ...]) -> ntm.RuleSet:
    """A set of one share or count over communes, of those with ``a`` that have ``w``."""
    measure = {key: "commune", "where": {"attribute": "w", "is_true": "true"}, "among": {"attribute": "a", "is_true": "true"}}
    return one(measure, **{operator: list(bound) if operator == "one_of" else bound[0]})


def whole(parts: Any, kind: str = "district", **given: Any) -> ntm.Subject:
    """A district with these communes."""
    members = [
        {"id": str(i), "kind": "commune", "attributes": {name: value for name, value in part.items() if value is not None}}
        for i, part in enumerate(parts)
    ]
    return ntm.Subject(id="608", kind=kind, members=members, **given)


def found(rules: ntm.RuleSet, parts: Any, number: str = "1.1", **given: Any) -> ntm.Node:
    return rules.evaluate(whole(parts, rules.kind, **given))[number]


# --- shares and counts over parts (F1, F2, O1, O2, O8) -----------------------------------------------------------------


@given(st.data(), st.sampled_from(("share_of", "count_of")), st.sampled_from(OPERATORS))
def test_parts_decide_exactly_when_every_way_they_can_turn_out_agrees(data: st.DataObject, key: str, operator: str) -> None:
    """A share of nothing is neither met nor not met; whatever else shares and counts can come to decides exactly."""
    bound = tuple(data.draw(st.lists(st.sampled_from(("0", "1", "2", "50", "100")), min_size=1, max_size=2, unique=True)))
    parts = data.draw(st.lists(st.fixed_dictionaries({"a": answers, "w": answers}), min_size=1, max_size=4))
    ways = set()
    for way in itertools.product(*[[(a, w) for a in _ways(part["a"]) for w in _ways(part["w"])] for part in parts]):
        base = [w for a, w in way if a]
        value = Fraction(sum(base)) if key == "count_of" else Fraction(100 * sum(base), len(base)) if base else None
        holds = value is not None and oracle._COMPARE[operator](value, [int(b) for b in bound] if operator == "one_of" else int(bound[0]))
        ways.add("undetermined" if value is None else "met" if holds else "not_met")
    expected = ways.pop() if len(ways) == 1 else "undetermined"
    assert found(counting(key, operator, bound), parts).outcome == expected


def _ways(answer: bool | None) -> tuple[bool, ...]:
    return (True, False) if answer is None else (answer,)


@pytest.mark.parametrize("civilised", [True, False])
def test_a_city_whose_wards_are_not_known_to_be_wards_is_open(civilised: bool) -> None:
    """Whether the one unit is a ward is not known: neither 0 % nor 100 % of the wards; said in both languages."""
    rules = ntm.load("city-completion/2021-2025")
    part = {"ntm": True, "civilised-ward": civilised}
    node = found(rules, [part], "DK3.1")
    assert (node.outcome, node.observed, node.basis) == ("undetermined", None, None)
    assert node.reason is not None
    assert "chưa rõ có đơn vị nào thuộc diện tính" in node.reason.vi
    assert "not known whether any unit belongs to the base" in node.reason.en
    assert found(rules, [part | {"unit_type": "xã"}], "DK3.1").outcome == "undetermined"
    assert found(rules, [part | {"unit_type": "phường"}], "DK3.1").outcome == ("met" if civilised else "not_met")


def _counted() -> Iterator[tuple[str, str]]:
    for edition in ntm.Catalogue().rulesets:
        rules = ntm.load(edition)
        for indicator in rules.inputs:
            if indicator.measure.counted:
                yield edition, indicator.indicator


@given(st.data())
def test_stating_a_fact_of_a_part_never_takes_a_verdict_of_a_shipped_set_away(data: st.DataObject) -> None:
    """Law «information-monotone», over every share and count of every shipped set."""
    edition, number = data.draw(st.sampled_from(COUNTED))
    rules = ntm.load(edition)
    measure = next(indicator.measure for indicator in rules.inputs if indicator.indicator == number)
    names = sorted({name for condition in (measure.where, measure.among) if condition for name in attributes_of(condition)})
    domains = {name: _domain(rules.declared[name]) for name in names}
    full = data.draw(st.lists(st.fixed_dictionaries({name: st.sampled_from(domain) for name, domain in domains.items()}), max_size=4))
    some = [{name: value for name, value in part.items() if data.draw(st.booleans())} for part in full]
    before, after = (found_of(rules, measure.counted, parts, number) for parts in (some, full))
    assert before.outcome in ("undetermined", after.outcome)


COUNTED = list(_counted())


def _domain(attribute: Any) -> tuple[Any, ...]:
    if attribute.yes_no:
        return (True, False)
    return tuple(attribute.one_of) or ((0, 14, 15, 19) if attribute.whole_number else ("xã", "phường", "thị trấn"))


def found_of(rules: ntm.RuleSet, kind: str, parts: Any, number: str) -> ntm.Node:
    members = [{"id": str(i), "kind": kind, "attributes": part} for i, part in enumerate(parts)]
    return rules.evaluate(ntm.Subject(id="w", kind=rules.kind, members=members))[number]


def test_there_are_shares_and_counts_to_test() -> None:
    """The shipped sets count over parts in many places."""
    assert len(COUNTED) > 15


def test_a_range_without_the_number_asked_for_fails_and_an_attestation_does_not_carry_the_day() -> None:
    """One or two communes below 15 criteria are not none: not met, whatever is attested, and the conflict shows."""
    rules = ntm.load("targets/national-2025")
    parts = [{"unit_type": "xã", "criteria_met": 10}, {"unit_type": "xã"}]
    assert found(rules, parts, "MT4.1").outcome == "not_met"
    stated = found(rules, parts, "MT4.1", attested={"MT4.1": True})
    assert stated.outcome == "not_met"
    assert stated.conflict
    assert found(rules, parts[1:], "MT4.1").outcome == "undetermined"


@pytest.mark.parametrize("given", [ntm.Unknown("chưa tổng hợp"), None, "absent"])
def test_parts_count_even_where_the_share_is_said_not_to_be_known(given: Any) -> None:
    """An empty cell, or «not known», beside a full list of communes does not hide the list."""
    rules = counting("share_of", "at_least", ("50",))
    values = {} if given == "absent" else {"1.1": given}
    assert found(rules, [{"a": True, "w": True}], values=values).outcome == "met"
    assert found(rules, [], values=values).outcome == "undetermined"
    assert found(rules, [{"a": True, "w": True}], values={"1.1": "40"}).outcome == "not_met"
    status = one({"holds_status": "ntm"}, is_true="true")
    assert found(status, [], attributes={"ntm": True}, values=values).outcome == "met"


def test_a_list_without_any_unit_of_the_base_says_so_and_how_to_go_on() -> None:
    """A district whose list has no township is not told that nobody gave a value, but that there is none, and what may be stated."""
    rules = ntm.load("district-ntm/2021-2025")
    parts = [{"unit_type": "xã", "ntm": True}]
    node = found(rules, parts, "DK3.1")
    assert node.outcome == "undetermined"
    assert node.reason is not None
    assert "không có đơn vị nào thuộc diện tính" in node.reason.vi
    assert "có thể ghi «không áp dụng»" in node.reason.vi
    assert "«not applicable» may be stated" in node.reason.en
    stated = found(rules, parts, "DK3.1", values={"DK3.1": ntm.NotApplicable("huyện không có thị trấn")})
    assert stated.outcome == "not_applicable"
    without_leave = found(counting("share_of", "at_least", ("50",)), [{"a": False}]).reason
    assert without_leave is not None
    assert without_leave.en == "none of the units listed belongs to the base"


@pytest.mark.parametrize("key", ["share_of", "count_of"])
def test_a_list_without_a_unit_of_the_kind_is_open_and_not_nought(key: str) -> None:
    """Villages alone say nothing of how many communes there are."""
    rules = counting(key, "at_most", ("1",))
    village = ntm.Subject(id="608", kind="district", members=[{"id": "v", "kind": "village", "attributes": {}}])
    node = rules.evaluate(village)["1.1"]
    assert node.outcome == "undetermined"
    assert node.reason is not None
    assert node.reason.en == "no unit of the kind that is counted is listed"
    assert found(rules, [{"a": False}]).outcome == ("undetermined" if key == "share_of" else "met")


# --- columns that are open (F3, F9) -------------------------------------------------------------------------------------


@given(cases(attested=False))
@settings(max_examples=60)
def test_no_figure_is_named_that_may_not_be_the_subjects(case: Case) -> None:
    """What a node says is required is required however the open attributes turn out; else every figure that may be is listed."""
    decision = ntm.Decision.from_json(case.decide().to_json())
    fixes = {fix.id: fix for fix in decision.smallest_fixes()}
    ways = list(oracle.completions(case.facts["attributes"]))
    for indicator in all_indicators(case.data):
        node = decision[indicator["indicator"]]
        figures = [oracle.figure(case.data, indicator, attributes) for attributes in ways]
        known = [_read(indicator, figure) for figure in figures]
        if node.required is not None:
            assert {str(figure) for figure in known} == {str(_read(indicator, _text(node.required)))}
        elif node.face.possible:
            assert {str(figure) for figure in known} <= {
                str(None if bound is None else _read(indicator, _text(bound))) for bound in node.face.possible
            }
            assert (node.gap, node.missed_by("en")) == (None, "")
            assert all(title.en in node.requirement("en") for _, title in node.face.waits_for)
        if node.id in fixes:
            assert (fixes[node.id].required, fixes[node.id].gap) == (node.required, node.gap)


def _text(bound: Any) -> Any:
    return [_text(item) for item in bound] if isinstance(bound, tuple) else "true" if bound is True else str(bound)


def _read(indicator: dict[str, Any], figure: Any) -> Any:
    if figure is None or not isinstance(indicator["measure"], dict) or "choices" in indicator["measure"]:
        return figure
    return [Decimal(text) for text in figure] if isinstance(figure, list) else Decimal(figure)


def test_an_open_region_names_no_region_s_figure() -> None:
    """60 % fails in every region; which figure it fails is not known, and none is named as the subject's."""
    decision = ntm.load("commune-ntm/2016-2020", on=date(2019, 6, 30)).evaluate(subject_of({"values": {"9.2": "60"}}))
    node = decision["9.2"]
    assert (node.outcome, node.required, node.gap) == ("not_met", None, None)
    assert node.face.possible == tuple(map(Decimal, ("70", "75", "80", "90")))
    assert node.requirement("vi") == "từ 70, 75, 80 hoặc 90% trở lên, tùy theo: Vùng"
    assert node.requirement("en").startswith("at least 70, 75, 80 or 90%, by: ")
    for lang, words_ in (("vi", "còn thiếu"), ("en", "short by")):
        assert words_ not in decision.explain(lang, of="9.2")  # type: ignore[arg-type]
    [fix] = [fix for fix in decision.smallest_fixes() if fix.id == "9.2"]
    assert (fix.required, fix.gap, fix.missed_by("vi")) == (None, None, "")


def test_an_open_class_names_both_figures() -> None:
    """44 million in Tây Nguyên, 2024: 50 is asked for, or 45 of a class II or III commune."""
    rules = ntm.load(COMMUNE, on=date(2024, 6, 30))
    facts = {"attributes": {"region": "tay-nguyen", "year": 2024}, "values": {"10.1": "44"}}
    decision = rules.evaluate(subject_of(facts))
    assert decision["10.1"].outcome == "not_met"
    assert "yêu cầu từ 45 hoặc 50 triệu đồng/người/năm trở lên, tùy theo: " in decision.explain("vi", of="10.1")
    assert "required at least 45 or 50 million VND/person/year, by: " in decision.explain("en", of="10.1")
    assert ntm.Decision.from_json(decision.to_json())["10.1"].requirement("en") == decision["10.1"].requirement("en")
    known = rules.evaluate(subject_of({**facts, "attributes": {**facts["attributes"], "area": "III"}}))["10.1"]
    assert (known.required, known.gap) == (45, 1)


def test_many_figures_are_told_by_the_least_and_the_greatest_and_a_lacking_one_is_told() -> None:
    """Seven regions may ask for seven figures; of one column the figure may not be known."""
    decision = ntm.load(COMMUNE, on=date(2023, 6, 30)).evaluate(subject_of({"attributes": {"year": 2023, "area": "I"}}))
    assert decision["15.3"].requirement("vi") == "không quá 14,5–26,5%, tùy theo: Vùng"
    open_ = ntm.load(COMMUNE, on=date(2024, 6, 30)).evaluate(subject_of({"attributes": {"region": "bac-trung-bo", "year": 2024}}))
    assert "70% hoặc một mức chưa có số liệu" in open_["17.8"].requirement("vi")


@given(cases(attested=False))
@settings(max_examples=60)
def test_a_year_that_is_not_known_decides_where_every_column_agrees(case: Case) -> None:
    """The years that a table lists and the others it does not: what all of them say is said without the year."""
    attributes = {key: value for key, value in case.facts["attributes"].items() if key != "year"}
    given_facts = {**case.facts, "attributes": attributes}
    decision = case.rules.evaluate(subject_of(given_facts))
    for indicator in all_indicators(case.data):
        bound = indicator[operator_of(indicator)]
        if "applies_when" in indicator or not (isinstance(bound, dict) and bound.get("by") == ["year"]):
            continue
        ways = {
            oracle.leaf(case.data, indicator, given_facts, {**attributes, "year": year}, "recalled") for year in (2019, 2023, 2024, 2025)
        }
        assert decision[indicator["indicator"]].outcome == (ways.pop() if len(ways) == 1 else "undetermined")


def test_a_table_with_others_decides_without_the_year() -> None:
    """5 in 2022 and 7 in every other year: 4.9 fails, 7 is enough, 6 is open; without others no year is sure."""
    rules = one({"unit": "điểm"}, at_least={"by": ["year"], "2022": "5", "others": "7"})
    assert [found(rules, [], values={"1.1": value}).outcome for value in ("4.9", "7", "6")] == ["not_met", "met", "undetermined"]
    listed = one({"unit": "điểm"}, at_least={"by": ["year"], "2022": "5"})
    assert found(listed, [], values={"1.1": "9"}).outcome == "undetermined"


# --- how a gap reads (F6) -----------------------------------------------------------------------------------------------


@given(cases(full=True, attested=False, by_attributes=False))
def test_a_lower_limit_is_fallen_short_of_and_an_upper_one_exceeded(case: Case) -> None:
    """The words of a gap go the way of its operator, and between percentages lie points."""
    words_ = {1: "short by", -1: "over by", 0: "off by"}
    for node in case.decide().indicators:
        text = node.missed_by("en")
        assert bool(text) == bool(node.gap)
        if text:
            operator = node.face.operator
            direction = 1 if operator in ("at_least", "above") else -1 if operator in ("at_most", "below") else 0
            assert text.startswith(words_[direction])
            assert ("percentage points" in text) == (node.unit.en == "%")
            assert "%" not in text


def test_an_upper_limit_is_exceeded_in_both_languages() -> None:
    """30 % of stunted children where at most 26.5 % are allowed is 3.5 points over; 70 % where 75 % are asked for is 5 short."""
    rules = ntm.load(COMMUNE, on=date(2023, 6, 30))
    facts = {"attributes": {"region": "tay-nguyen", "year": 2023, "area": "I"}, "values": {"15.3": "30", "9.2": "60"}}
    decision = rules.evaluate(subject_of(facts))
    assert "yêu cầu không quá 26,5%; vượt 3,5 điểm phần trăm" in decision.explain("vi", of="15.3")
    assert "required at most 26.5%; over by 3.5 percentage points" in decision.explain("en", of="15.3")
    assert "còn thiếu 15 điểm phần trăm" in decision.explain("vi", of="9.2")
    [fix] = [fix for fix in decision.smallest_fixes() if fix.id == "15.3"]
    assert fix.missed_by("vi") == "vượt 3,5 điểm phần trăm"


# --- attestations against figures that are too weak (O3) ----------------------------------------------------------------


@given(cases(most=3, most_parts=3), st.sampled_from(("official", "published")))
def test_asking_for_better_sources_never_turns_an_outcome_over_whatever_is_attested(case: Case, accept: str) -> None:
    """Every node stays as it was or is open, and what was a conflict is never passed over in silence."""
    usual, strict = case.decide(), case.decide(accept=accept)
    assert case.rules.outcome(case.subject, accept=accept) is strict.outcome
    for node in strict:
        assert node.outcome in (usual[node.id].outcome, Outcome.UNDETERMINED)
        if usual[node.id].conflict is not None:
            assert node.conflict is not None


def test_a_value_below_a_recalled_figure_keeps_its_conflict_where_recalled_ones_do_not_count() -> None:
    """50 % against a recalled 80, attested met: not met; where only published figures count, open, and the conflict is told."""
    rules = ntm.load(COMMUNE, on=date(2024, 6, 30))
    number, figure = next(
        (one.indicator, one.bound.value)
        for one in rules.indicators
        if one.operator == "at_least" and getattr(one.bound, "value", None) == "80" and one.source.level is SourceLevel.RECALLED
    )
    assert figure == "80"
    above = number.split(".")[0]
    subject = subject_of({"values": {number: "50"}, "attested": {number: True, above: True}})
    usual, strict = (rules.evaluate(subject, accept=accept) for accept in ("recalled", "published"))
    for one_ in (number, above):
        assert (usual[one_].outcome, strict[one_].outcome) == ("not_met", "undetermined")
        assert strict[one_].conflict is not None
        assert "nguồn yếu hơn mức chấp nhận" in strict[one_].conflict.vi
    agreeing = subject_of({"values": {number: "90"}, "attested": {number: True}})
    assert rules.evaluate(agreeing, accept="published")[number].basis == "attested"


# --- what may not apply (O6) --------------------------------------------------------------------------------------------


def test_below_a_criterion_that_does_not_apply_values_still_speak_but_nobody_is_told_of_a_failure() -> None:
    """Its indicators keep what their values say, so that learning of it turns none over; the short explanation leaves them out."""
    data = {
        "criterion": "1",
        "title": words("Làng nghề"),
        "applies_when": {"attribute": "a", "is_true": "true"},
        "indicators": [
            {"indicator": "1.1", "title": words("Kế hoạch"), "measure": "yes_no", "is_true": "true", "source": {"level": "recalled"}}
        ],
    }
    document = one("yes_no", is_true="true").document.plain_data()
    rules = read_ruleset({**_written(document), "criteria": [data]})
    for a, outcome in ((True, "not_met"), (None, "undetermined"), (False, "not_applicable")):
        attributes = {} if a is None else {"a": a}
        decision = rules.evaluate(ntm.Subject(id="1", kind="district", attributes=attributes, values={"1.1": False}))
        assert (decision["1"].outcome, decision["1.1"].outcome) == (outcome, "not_met")
        assert ("Not met (1)" in decision.explain("en")) == (a is not False)


def _written(document: dict[str, Any]) -> dict[str, Any]:
    return {key: document[key] for key in ("ruleset", "version", "title", "subject", "instrument")} | {
        "in_force": {"from": "2024-01-01"},
        "attributes": YES_NO,
    }


@pytest.mark.parametrize("attributes", [{}, {"a": True}, {"a": False}])
def test_what_falls_away_either_way_falls_away_before_it_is_known_which(attributes: dict[str, bool]) -> None:
    """Stated as not applicable with the leave of the decision, an indicator does not apply, whether the law lets it apply or not."""
    condition = {"attribute": "a", "is_true": "true"}
    rules = one("yes_no", is_true="true", applies_when=condition, may_not_apply=words("nếu có"))
    node = found(rules, [], attributes=attributes, values={"1.1": ntm.NotApplicable("không có")})
    assert node.outcome == "not_applicable"
    refused = one("yes_no", is_true="true", applies_when=condition)
    assert found(refused, [], values={"1.1": ntm.NotApplicable("không có")}).outcome == "undetermined"


def test_an_indicator_that_may_not_apply_is_open_until_that_is_known() -> None:
    """A value that would meet it does not make it met, since it may turn out not to apply; the attribute is asked for."""
    rules = ntm.load("commune-model/2021-2025")
    decision = rules.evaluate(subject_of({"attributes": {"ntm-advanced": True}, "values": {"DK1.2": True}}))
    assert decision["DK1.2"].outcome == "undetermined"
    assert "advanced_2018_2020" in {need.id for need in decision.needed()}


@pytest.mark.parametrize("applies", [True, None, False])
def test_a_share_of_parts_that_may_not_apply_is_told_as_a_value(applies: bool | None) -> None:
    """What the parts came to stands in the decision as a number or a reason, whether the indicator applies or not."""
    measure = {"share_of": "commune", "where": {"attribute": "w", "is_true": "true"}}
    rules = one(measure, at_least="50", applies_when={"attribute": "a", "is_true": "true"})
    attributes = {} if applies is None else {"a": applies}
    for parts, observed in (([{"w": True}], Decimal(100)), ([{"w": None}], ntm.Unknown("từ 0 đến 100: 1 đơn vị chưa rõ"))):
        decision = rules.evaluate(whole(parts, attributes=attributes))
        assert decision["1.1"].observed == observed
        assert ntm.Decision.from_json(decision.to_json()).to_json() == decision.to_json()
