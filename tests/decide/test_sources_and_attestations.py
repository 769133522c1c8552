"""The laws «source of every figure» and «attested outcomes»."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ntm_rules as ntm
import oracle
from ntm_rules.values import Outcome, SourceLevel
from plain_rulesets import BASE
from strategies import LEVELS, Case, all_indicators, cases, facts, operator_of, read_ruleset, subject_of, words

# --- 6. source of every figure ------------------------------------------------------------------------------------


@given(cases(), st.sampled_from(("official", "published")))
def test_accepting_less_only_leads_to_undetermined(case: Case, accept: str) -> None:
    """Law «source»: asking for better-founded figures leaves an outcome or makes it undetermined, never turns it over."""
    usual = case.decide()
    for node in case.decide(accept=accept):
        before = usual[node.id].outcome
        assert node.outcome in (before, Outcome.UNDETERMINED)


@given(cases(attested=False))
def test_the_level_is_exactly_how_far_the_outcome_holds(case: Case) -> None:
    """Law «source»: a settled outcome stands when its own level is asked for, and no longer when a stronger one is."""
    strict = {accept: case.decide(accept=accept) for accept in LEVELS}
    for node in strict["recalled"]:
        if node.outcome is Outcome.UNDETERMINED:
            continue
        needs = node.level.rank if node.level else -1
        for accept in LEVELS:
            holds = SourceLevel(accept).rank >= needs
            assert (strict[accept][node.id].outcome is node.outcome) == holds, (node.id, node.level, accept)


@given(cases(full=True), st.sampled_from(LEVELS))
def test_weak_figures_count_as_unknown_everywhere(case: Case, accept: str) -> None:
    """Law «source»: with ``accept``, every node comes out as if the weaker figures were not on record."""
    decision = case.decide(accept=accept)
    expected = oracle.decide(case.data, case.facts, case.facts["attributes"], accept)
    assert {node.id: node.outcome.value for node in decision} == expected
    assert decision.accept == accept


@given(cases(full=True, attested=False))
def test_every_figure_names_its_source(case: Case) -> None:
    """Law «source»: each indicator of a decision shows instrument, place and level of the figure it was judged by."""
    decision = case.decide()
    for indicator in all_indicators(case.data):
        node = decision[indicator["indicator"]]
        figure = oracle.figure(case.data, indicator, case.facts["attributes"])
        assert node.source is not None
        assert node.source.instrument in ("1/QĐ-TTg", "2/QĐ-TTg")
        assert node.source.instrument in decision.instruments
        assert node.source.at == "mục 1"
        assert (node.face.level is SourceLevel.MISSING) == (figure is None)
        assert (node.required is None) == (figure is None)


def test_an_unknown_accept_is_refused() -> None:
    """Asking for a source level that does not exist is an error of the call."""
    with pytest.raises(ValueError, match="guessed"):
        _one({"at_least": "5"}).evaluate(subject_of({}), accept="guessed")


def test_equal_figures_of_unknown_columns_rest_on_the_weakest() -> None:
    """Law «source»: when two possible columns hold the same figure, the decision shows the weaker source of the two."""
    table = {"by": ["zone"], "A": {"value": "5", "level": "published", "seen": ["x"]}, "B": {"value": "5", "level": "recalled"}, "C": "5"}
    rules = _one({"at_least": table}, level="official", seen=["x"])
    given_facts = {"values": {"1.1": "6"}}
    assert rules.evaluate(subject_of(given_facts)).level is SourceLevel.RECALLED
    assert rules.evaluate(subject_of(given_facts), accept="published").outcome is Outcome.UNDETERMINED


def _one(requirement: dict[str, object], **source: object) -> ntm.RuleSet:
    """A set of one indicator."""
    indicator = {
        "indicator": "1.1",
        "title": words("Một"),
        "measure": {"unit": "điểm"},
        "source": {"level": "recalled", **source},
        **requirement,
    }
    return read_ruleset(
        {
            "ruleset": "test/2024",
            "version": "1.0.0",
            "title": words("Bộ"),
            "subject": "commune",
            "instrument": "1/QĐ-TTg",
            "in_force": {"from": "2024-01-01"},
            "attributes": {"zone": {"title": words("Vùng"), "one_of": ["A", "B", "C"]}},
            "dimensions": {"zone": {"title": words("Vùng"), "attribute": "zone", "values": ["A", "B", "C"]}},
            "criteria": [{"criterion": "1", "title": words("Một"), "indicators": [indicator]}],
        }
    )


# --- 8. attested outcomes -----------------------------------------------------------------------------------------


@given(cases(full=True))
def test_values_decide_over_attestations_and_conflicts_are_reported(case: Case) -> None:
    """Law «attested»: an attestation settles what values leave open; against a value it loses, and the conflict shows."""
    decision = case.decide()
    silent = oracle.decide(case.data, {**case.facts, "attested": {}}, case.facts["attributes"])
    leaves = {indicator["indicator"] for indicator in all_indicators(case.data)}
    for number, stated in case.facts["attested"].items():
        node = decision[number]
        said = "met" if stated else "not_met"
        if node.basis == "attested":
            assert node.outcome == said
            assert node.conflict is None
            assert node.level is None
            assert number not in leaves or silent[number] == "undetermined"
        else:
            assert (node.conflict is not None) == (node.outcome != said)
        assert (node in decision.conflicts) == (node.conflict is not None)
        if number in leaves and silent[number] != "undetermined":
            assert node.outcome == silent[number]


@given(cases())
def test_an_attestation_shows_in_the_explanation(case: Case) -> None:
    """Law «attested»: whatever rests on an attestation is marked so, and each conflict is put into words, in both languages."""
    decision = case.decide()
    full = {"vi": decision.explain("vi", full=True), "en": decision.explain("en", full=True)}
    for node in decision:
        if node.basis == "attested":
            assert "xác nhận" in full["vi"]
            assert "attested" in full["en"]
        if node.conflict is not None:
            assert node.conflict.vi in full["vi"]
            assert node.conflict.en in full["en"]


@pytest.mark.parametrize("stated", [True, False])
def test_attesting_one_criterion_settles_it_whole(stated: bool) -> None:
    """A department's word on a criterion settles it without any value of its indicators."""
    decision = _one({"at_least": "5"}).evaluate(subject_of({"attested": {"1": stated}}))
    assert decision.outcome == ("met" if stated else "not_met")
    assert decision["1"].basis == "attested"
    assert decision["1.1"].outcome is Outcome.UNDETERMINED
    assert decision.level is None


# --- needed and smallest fixes ------------------------------------------------------------------------------------


def _supply(case: Case, given_facts: dict[str, dict[str, object]], need: ntm.Need, more: dict[str, dict[str, object]]) -> None:
    if need.kind == "attribute":
        given_facts["attributes"][need.id] = more["attributes"][need.id]
    elif need.kind == "value":
        given_facts["values"][need.id] = more["values"][need.id]
    else:
        given_facts["attested"][need.id] = True


@given(cases(), st.data())
def test_supplying_everything_needed_settles_the_decision(case: Case, data: st.DataObject) -> None:
    """``needed()`` tells the truth: nothing when settled, and supplying all it names settles the decision."""
    more = data.draw(facts(case.data, full=True, attested=False))
    known = {part: dict(given) for part, given in case.facts.items()}
    for _ in range(4):  # an attribute supplied may show that a figure is missing, and then an attestation is asked for
        decision = case.rules.evaluate(subject_of(known))
        needs = decision.needed()
        assert bool(needs) == (decision.outcome is Outcome.UNDETERMINED)
        if not needs:
            return
        for need in needs:
            _supply(case, known, need, more)
    assert case.rules.outcome(subject_of(known)) is not Outcome.UNDETERMINED


@given(cases())
def test_each_need_is_open_now(case: Case) -> None:
    """Each thing ``needed()`` names is missing in the facts, blocks what is undetermined, and is named once, the most decisive first."""
    decision = case.decide()
    needs = decision.needed()
    assert len({(need.kind, need.id) for need in needs}) == len(needs)
    order = [(-len(need.settles), ["attribute", "value", "attestation"].index(need.kind)) for need in needs]
    assert order == sorted(order)  # the most decisive first, whatever it is
    for need in needs:
        given_now = case.facts["attributes" if need.kind == "attribute" else "values"].get(need.id)
        assert need.kind == "attestation" or given_now is None or isinstance(given_now, (ntm.Unknown, ntm.NotApplicable))
        assert need.blocks
        assert all(decision[number].outcome is Outcome.UNDETERMINED for number in need.blocks)
        assert all(decision[number].outcome is Outcome.UNDETERMINED for number in need.settles)
        assert need.title
        assert need.reason


@given(cases(attested=False), st.data())
def test_what_settles_a_criterion_alone_does_so(case: Case, data: st.DataObject) -> None:
    """A value or attestation said to settle a criterion alone settles it."""
    decision = case.decide()
    more = data.draw(facts(case.data, full=True, attested=False))
    for need in decision.needed():
        known = {part: dict(given) for part, given in case.facts.items()}
        _supply(case, known, need, more)
        if need.kind != "attribute":
            after = case.rules.evaluate(subject_of(known))
            assert all(after[number].outcome is not Outcome.UNDETERMINED for number in need.settles)


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ({"by": ["region"], "tay-nguyen": "50", "others": "50"}, [("value", "1.1", ("1",))]),
        ({"by": ["region"], "tay-nguyen": "50", "others": "60"}, [("attribute", "region", ()), ("value", "1.1", ())]),
    ],
)
def test_a_value_that_decides_in_every_column_settles_alone(figure: Any, asked: list[Any]) -> None:
    """Where all columns have the same figure no region is asked for; where they differ it is, and neither settles without the other."""
    rules = read_ruleset(_one_figure(figure))
    assert [(need.kind, need.id, need.settles) for need in rules.evaluate(subject_of({})).needed()] == asked


def test_a_value_does_not_settle_what_may_not_apply() -> None:
    """While it is open whether an indicator applies, the attribute is asked for, whatever its figure."""
    rules = read_ruleset(_one_figure("50", applies_when={"attribute": "w", "is_true": "true"}))
    needs = rules.evaluate(subject_of({})).needed()
    assert [(need.kind, need.id, need.settles) for need in needs] == [("attribute", "w", ()), ("value", "1.1", ())]


def _one_figure(figure: Any, **more: Any) -> dict[str, Any]:
    indicator = {"indicator": "1.1", "title": words("Một"), "measure": {"unit": "%"}, "source": {"level": "recalled"}, "at_least": figure}
    return {
        "ruleset": "test/2024",
        "version": "1.0.0",
        "title": words("Bộ"),
        "subject": "commune",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "attributes": {"w": {"title": words("Một"), "yes_no": "true"}},
        "dimensions": {"region": {"title": words("Vùng"), "attribute": "region"}},
        "criteria": [{"criterion": "1", "title": words("Một"), "indicators": [{**indicator, **more}]}],
    }


def _leaves(node: ntm.Node) -> list[ntm.Node]:
    """What can become met: indicators; criteria attested, without content, or not known to apply."""
    if not node.parts or (node.reason is not None and node.conflict is None):
        return [node]
    return [leaf for part in node.parts for leaf in _leaves(part)]


def _with(node: ntm.Node, met: frozenset[str]) -> str:
    """The outcome once these leaves are met."""
    if not node.parts or (node.reason is not None and node.conflict is None):
        return "met" if node.id in met else node.outcome.value
    missing = [] if node.reason is None else ["undetermined"]  # content that is not known is one more part
    outcome = oracle.combined(node.face.operator, node.face.k, [*(_with(part, met) for part in node.parts), *missing])
    return "met" if outcome == "undetermined" and node.conflict is not None else outcome  # it was attested as met


@given(cases(most=3, most_parts=3))
def test_the_smallest_fixes_are_smallest(case: Case) -> None:
    """``smallest_fixes()`` makes the whole met, and no smaller set of indicators does: tried against every set."""
    from itertools import combinations

    decision = case.decide()
    fixes = decision.smallest_fixes()
    open_ = [leaf.id for leaf in _leaves(decision.root) if leaf.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED)]
    if decision.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        assert fixes == ()
        return
    enough = (n for n in range(len(open_) + 1) for some in combinations(open_, n) if _with(decision.root, frozenset(some)) == "met")
    least = next(enough, None)
    chosen = [fix.id for fix in fixes]
    if least is None:  # parts that do not apply cannot be raised: a whole is named instead
        assert any(number not in open_ for number in chosen)
        return
    assert len(chosen) == least
    assert _with(decision.root, frozenset(chosen)) == "met"
    assert all(fix.outcome is decision[fix.id].outcome and fix.gap == decision[fix.id].gap for fix in fixes)


@given(cases(full=True, attested=False, by_attributes=False))
def test_applying_the_smallest_fixes_makes_the_whole_met(case: Case) -> None:
    """A commune that does what ``smallest_fixes()`` says meets the standard when it is evaluated again."""
    decision = case.decide()
    fixed = {part: dict(given) for part, given in case.facts.items()}
    by_number = {indicator["indicator"]: indicator for indicator in all_indicators(case.data)}
    for fix in decision.smallest_fixes():
        if fix.id not in by_number or fix.outcome is Outcome.UNDETERMINED:
            fixed["attested"][fix.id] = True
            continue
        required, operator = fix.required, operator_of(by_number[fix.id])
        if operator in ("above", "below") and not isinstance(required, str):
            required += 1 if operator == "above" else -1
        elif operator in ("above", "below"):
            at = oracle.GRADES.index(required) + (1 if operator == "above" else -1)
            assume(0 <= at < len(oracle.GRADES))  # beyond the last grade there is none: it cannot be met
            required = oracle.GRADES[at]
        fixed["values"][fix.id] = required[0] if isinstance(required, tuple) else required
    assume(not any(number not in by_number and decision[number].parts for number in fixed["attested"]))
    try:
        after = case.rules.outcome(subject_of(fixed))
    except ntm.SubjectError:
        assume(False)  # a bound at the very edge of the range (above 100 %) that no value can pass
        raise
    assert after is decision.outcome if decision.outcome is Outcome.NOT_APPLICABLE else after is Outcome.MET


@pytest.mark.parametrize(
    ("passes", "values", "fixes"),
    [
        ("all_of", {"1.1": 50}, ["1.1"]),
        ("all_of", {"1.1": 50, "1.2": 9}, ["1.1", "1.2"]),
        ("any_of", {"1.1": 50, "1.2": 9}, ["1.1"]),
        ({"at_least_k_of": "2"}, {"1.1": 50, "1.2": 9}, ["1.1", "1.2"]),
        ({"at_least_k_of": "1"}, {"1.1": 50, "1.2": 9}, ["1.1"]),
    ],
)
def test_under_an_attested_criterion_only_what_contradicts_it_is_to_be_fixed(passes: Any, values: dict[str, Any], fixes: list[str]) -> None:
    """Once no measured value fails a criterion that was attested as met, the attestation settles it: nothing else is to be raised."""
    data = copy.deepcopy(BASE)
    data["criteria"][0]["passes"] = passes
    rules = read_ruleset(data)
    others = {criterion["criterion"]: True for criterion in data["criteria"]}
    decision = rules.evaluate(ntm.Subject(id="1", kind="commune", values=values, attested=others))
    assert decision.outcome == "not_met"
    assert [fix.id for fix in decision.smallest_fixes()] == fixes
    mended = values | {number: {"1.1": 80, "1.2": 5}[number] for number in fixes}
    assert rules.evaluate(ntm.Subject(id="1", kind="commune", values=mended, attested=others)).outcome == "met"


def test_a_whole_that_its_indicators_cannot_open_is_named_itself() -> None:
    """Where too many indicators do not apply for enough to stand, no value mends the criterion: it is named itself."""
    data = copy.deepcopy(BASE)
    data["criteria"][0]["passes"] = {"at_least_k_of": "2"}
    data["criteria"][0]["indicators"][1]["may_not_apply"] = {"vi": "nếu có", "en": "if any"}
    rules = read_ruleset(data)
    values = {"1.1": 50, "1.2": ntm.NotApplicable("không có")}
    others = {criterion["criterion"]: True for criterion in data["criteria"]}
    decision = rules.evaluate(ntm.Subject(id="1", kind="commune", values=values, attested=others))
    assert [fix.id for fix in decision.smallest_fixes()] == ["1"]
