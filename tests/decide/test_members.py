"""Conditions beside the criteria, statuses held, shares and counts over the parts of a whole."""

from __future__ import annotations

import itertools
from decimal import Context, Inexact, Rounded, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.decide.engine.members import Between, Uncounted, derive
from ntm_rules.model.measures import Measure
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.subject import Member
from ntm_rules.tables.results import brief
from ntm_rules.values import Bilingual
from strategies import read_ruleset, words

YES_NO = {name: Attribute(title=Bilingual(name), yes_no=True) for name in ("a", "w")}
WHERE = {"attribute": "w", "is_true": "true"}
AMONG = {"attribute": "a", "is_true": "true"}
answers = st.sampled_from((True, False, None))


@given(st.lists(st.tuples(answers, answers), max_size=6), st.booleans(), st.booleans())
def test_shares_and_counts_cover_exactly_what_can_turn_out(parts: list[tuple[Any, Any]], share: bool, with_base: bool) -> None:
    """Least and greatest value are those of the best and worst way the open answers can turn out; parts of another kind do not count.

    There is none of either where one of the ways leaves nothing to take a share of.
    """
    key = "share_of" if share else "count_of"
    measure = Measure.model_validate(
        {key: "commune", "unit": "%" if share else "xã", "where": WHERE, **({"among": AMONG} if with_base else {})}
    )
    members = tuple(
        Member(id=str(i), kind="commune", attributes={name: value for name, value in zip("aw", part, strict=True) if value is not None})
        for i, part in enumerate(parts)
    )
    found = derive(measure, (*members, Member(id="v", kind="village", attributes={"w": True})), YES_NO)
    results: list[Fraction | None] = []
    for ways in itertools.product(*[[(a, w) for a in options(part[0]) for w in options(part[1])] for part in parts]):
        counted = [w for a, w in ways if a or not with_base]
        if not share:
            results.append(Fraction(sum(counted)))
        elif counted:
            results.append(Fraction(100 * sum(counted), len(counted)))
        else:
            results.append(None)
    known = [result for result in results if result is not None]
    if not parts:
        assert found is Uncounted.NOT_LISTED
    elif len(known) < len(results):
        assert found is (Uncounted.MAYBE_NONE if known else Uncounted.NONE_IN_BASE)
    else:
        assert isinstance(found, Between)
        assert abs(Fraction(found.low) - min(known)) < Fraction(1, 10**20)
        assert abs(Fraction(found.high) - max(known)) < Fraction(1, 10**20)
        for value in {Fraction(100 * hits, base) for base in range(1, 7) for hits in range(base + 1)} | {Fraction(n) for n in range(7)}:
            assert bool(found.within(value, value)) is (value in known)
        assert found.ways == found.within(min(known), max(known)) >= len(set(known))


def options(value: Any) -> list[bool]:
    return [True, False] if value is None else [value]


def indicator(number: str, measure: Any, **operator: str) -> dict[str, Any]:
    return {"indicator": number, "title": words(number), "measure": measure, **operator, "source": {"level": "recalled"}}


def district(**more: Any) -> ntm.RuleSet:
    """A small district set: all communes NTM, a status of its own, one criterion."""
    communes = {"share_of": "commune", "where": {"holds_status": "ntm"}}
    return read_ruleset(
        {
            "ruleset": "district-x/2024",
            "version": "1.0.0",
            "title": words("Huyện thử"),
            "subject": "district",
            "instrument": "1/QĐ-TTg",
            "in_force": {"from": "2024-01-01"},
            "conditions": [
                {"criterion": "DK1", "title": words("Xã"), "indicators": [indicator("DK1.1", communes, at_least="90")]},
                {
                    "criterion": "DK2",
                    "title": words("Danh hiệu"),
                    "indicators": [indicator("DK2.1", {"holds_status": "district-ntm"}, is_true="true")],
                },
            ],
            "criteria": [{"criterion": "1", "title": words("Một"), "indicators": [indicator("1.1", "yes_no", is_true="true")]}],
            **more,
        }
    )


def subject(statuses: list[Any], **more: Any) -> ntm.Subject:
    members = [{"id": str(i), "kind": "commune", "attributes": {} if s is None else {"ntm": s}} for i, s in enumerate(statuses)]
    given_facts = {"attributes": {"district-ntm": True}, "values": {"1.1": True}, **more}
    return ntm.Subject(id="608", kind="district", members=members, **given_facts)


def test_a_condition_decides_and_is_not_counted() -> None:
    """All conditions and criteria met is met; the tally counts criteria only."""
    decision = district().evaluate(subject([True] * 9 + [None]))
    assert decision.outcome == "met"  # 9 of 10 for certain, and 90 % is enough
    assert (decision.count(), decision.count("met")) == (1, 1)
    assert [node.id for node in decision.conditions] == ["DK1", "DK2"]
    assert [node.id for node in decision.criteria] == ["1"]
    assert (len(district().indicators), len(district().inputs)) == (1, 3)
    assert "từ 90 đến 100" in decision.explain(full=True)


@pytest.mark.parametrize(
    ("statuses", "outcome"), [([True] * 8 + [None] * 2, "undetermined"), ([True] * 8 + [False] * 2, "not_met"), ([], "undetermined")]
)
def test_a_share_decides_only_when_every_way_agrees(statuses: list[Any], outcome: str) -> None:
    """Eight of ten with two unknown may still reach 90 %; with two lacking it cannot; without parts nothing is known."""
    decision = district().evaluate(subject(statuses))
    assert decision.outcome == outcome
    assert decision["DK1.1"].outcome == outcome
    assert ntm.Decision.from_json(decision.to_json()).to_json() == decision.to_json()
    if outcome == "undetermined":
        assert ("value", "DK1.1") in {(need.kind, need.id) for need in decision.needed()}


def test_a_stated_share_stands_for_the_parts() -> None:
    """An office that holds only the share may state it."""
    assert district().evaluate(subject([], values={"1.1": True, "DK1.1": "92.5"})).outcome == "met"


def test_a_status_is_asked_for_when_it_is_not_stated() -> None:
    """Without the status the set builds on, the decision is open and asks for the attribute, not for a value."""
    decision = district().evaluate(subject([True], attributes={}))
    assert decision.outcome == "undetermined"
    assert [(need.kind, need.id) for need in decision.needed()] == [("attribute", "district-ntm")]
    assert district().evaluate(subject([True], attributes={"district-ntm": False})).outcome == "not_met"


def test_a_wrong_status_of_a_part_names_the_part() -> None:
    """A part with an answer that is none is told by its code."""
    with pytest.raises(ntm.SubjectError, match=r"7: attributes\.ntm"):
        district().evaluate(ntm.Subject(id="608", kind="district", members=[{"id": "7", "kind": "commune", "attributes": {"ntm": "yes"}}]))


def test_conditions_of_the_shipped_sets() -> None:
    """An advanced commune must be recognised as NTM; a model commune as advanced; neither is presumed."""
    for name, status in (("commune-advanced/2021-2025", "ntm"), ("commune-model/2021-2025", "ntm-advanced")):
        rules = ntm.load(name)
        numbers = {criterion.criterion: True for criterion in rules.criteria}
        conditions = {node.criterion: True for node in rules.document.conditions}

        def decide(attributes: dict[str, Any], stated: dict[str, bool], rules: ntm.RuleSet = rules) -> ntm.Decision:
            return rules.evaluate(ntm.Subject(id="c", kind="commune", attributes=attributes, attested=stated))

        assert decide({}, numbers | conditions).outcome == "met"
        assert decide({}, numbers).outcome == "undetermined"
        assert status in {need.id for need in decide({}, numbers).needed()}
        assert decide({status: False}, numbers).outcome == "not_met"


def test_every_part_that_cannot_be_read_is_told_however_alike() -> None:
    """Parts of one kind are decided once, and still each wrong one is named."""
    members = [{"id": str(i), "kind": "commune", "attributes": {"ntm": value}} for i, value in enumerate([True, "có", True, "có", True])]
    with pytest.raises(ntm.SubjectError) as refused:
        district().evaluate(ntm.Subject(id="608", kind="district", members=members))
    assert [problem.place.path.split(":")[0] for problem in refused.value.problems if problem.code == "NTM-406"] == ["1", "3"]


def test_parts_are_alike_only_in_what_they_are() -> None:
    """«yes» is not the number one: a part that states 1 where yes or no is asked is refused, whatever stood before it."""
    with pytest.raises(ntm.SubjectError, match="NTM-406"):
        district().evaluate(subject([True, 1]))


def test_a_range_reads_alike_under_any_decimal_context() -> None:
    """A share of 1 in 3 to 2 in 3 is said with two places, also to a caller who computes with two digits and forbids rounding."""
    measure = Measure.model_validate({"share_of": "commune", "unit": "%", "where": WHERE})
    members = tuple(Member(id=str(i), kind="commune", attributes=given) for i, given in enumerate(({"w": True}, {"w": False}, {})))
    with localcontext(Context(prec=2, traps=[Inexact, Rounded])):
        found = derive(measure, members, YES_NO)
        assert isinstance(found, Between)
        assert found.reason == "từ 33.33 đến 66.67: 1 đơn vị chưa rõ"


@pytest.mark.parametrize(
    ("statuses", "outcome", "vi", "en"),
    [
        ([True, False, None], "not_met", "từ 33,33 đến 66,67: 1 đơn vị chưa rõ", "from 33.33 to 66.67: 1 units not known"),
        ([True] * 2 + [None], "undetermined", "từ 66,67 đến 100: 1 đơn vị chưa rõ", "from 66.67 to 100: 1 units not known"),
    ],
)
def test_a_range_is_shown_as_each_language_writes_it(statuses: list[Any], outcome: str, vi: str, en: str) -> None:
    """The stored decision keeps its bytes; the explanation, what is needed and the list of a table have the comma, or English words."""
    made = district().evaluate(subject(statuses))
    for decision in (made, ntm.Decision.from_json(made.to_json())):
        node = decision["DK1.1"]
        assert (node.outcome.value, str(node.reason)) == (outcome, vi.replace(",", "."))
        for lang, said in (("vi", vi), ("en", en)):
            [line] = [line for line in decision.explain(lang, full=True).splitlines() if "DK1.1" in line]
            assert said in line
            assert "chưa rõ" not in line or lang == "vi"
            assert brief(node, lang, decision.ruleset).startswith(f"DK1.1: {said}")
            assert {need.reason.say(lang) for need in decision.needed() if need.id == "DK1.1"} <= {said}
