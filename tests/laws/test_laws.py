"""The laws of deciding: pure, exact, two absences, three-valued, information-monotone; each against an independent oracle."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
import oracle
from ntm_rules.conditions import COMBINATIONS
from ntm_rules.values import Outcome, exact, plain
from plain_rulesets import BASE
from strategies import Case, all_indicators, cases, facts, figures_in, limits, operator_of, read_ruleset, step, subject_of, values_for

OUTCOMES = tuple(outcome.value for outcome in Outcome)


def outcomes(decision: ntm.Decision) -> dict[str, str]:
    return {node.id: node.outcome.value for node in decision}


# --- 1. pure ------------------------------------------------------------------------------------------------------


@given(cases(), st.data())
def test_purity(case: Case, data: st.DataObject) -> None:
    """Law «pure»: the same facts give the same JSON, whatever was evaluated before and in whatever order facts were written."""
    subject = case.subject
    first = read_ruleset(case.data).evaluate(subject).to_json()
    others = data.draw(st.lists(facts(case.data), max_size=4))
    for other in others:
        case.rules.evaluate(subject_of(other))
    again = {part: dict(reversed(list(given.items()))) for part, given in case.facts.items()}
    assert case.rules.evaluate(subject_of(again)).to_json() == first
    assert case.rules.evaluate(subject).to_json() == first


@given(cases())
def test_evaluating_changes_nothing(case: Case) -> None:
    """Law «pure»: neither the ruleset nor the subject nor what the caller handed in is changed by evaluating."""
    given_facts = copy.deepcopy(case.facts)
    subject = case.subject
    before = case.rules.to_json(), subject.model_dump_json()
    case.rules.evaluate(subject)
    assert (case.rules.to_json(), subject.model_dump_json()) == before
    assert case.facts == given_facts


@given(cases())
def test_subjects_and_decisions_travel(case: Case) -> None:
    """Law «pure»: a subject and a decision sent to another process say the same there."""
    assert pickle.loads(pickle.dumps(case.subject)) == copy.deepcopy(case.subject) == case.subject  # noqa: S301
    decision = case.decide()
    assert pickle.loads(pickle.dumps(decision)).to_json() == decision.to_json()  # noqa: S301


@given(cases())
def test_the_quick_outcome_is_the_outcome(case: Case) -> None:
    """Counting many subjects by ``outcome()`` gives what their full decisions say."""
    assert case.rules.outcome(case.subject) is case.decide().outcome
    assert [decision.outcome for decision in case.rules.evaluate_many([case.subject] * 2)] == [case.decide().outcome] * 2


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"values": {"1.1": 80, "1.2": 5, "2.1": True}}, "met"),
        ({"values": {"1.1": 80, "1.2": 6, "2.1": True}}, "not_met"),
        ({"values": {"1.1": 80, "2.1": True}}, "undetermined"),
        ({"values": {"1.1": 79, "2.1": True}}, "not_met"),
        ({"values": {"1.1": 80, "2.1": True}, "attested": {"1": True}}, "met"),
        ({"values": {"1.1": 79, "2.1": True}, "attested": {"1.2": True}}, "not_met"),
    ],
)
def test_one_value_that_misses_its_bound_settles_a_set_of_which_all_must_be_met(facts: dict[str, object], outcome: str) -> None:
    """The outcome alone, where nothing is attested and where something is, is that of the full decision."""
    rules, subject = read_ruleset(BASE), subject_of(facts)
    assert rules.outcome(subject) == rules.evaluate(subject).outcome == outcome


def test_a_year_as_a_float_reads_the_same_column_in_any_order() -> None:
    """Law «pure»: a year read from a spreadsheet as 2024.0 is the year 2024, whichever subject came first."""
    table = {"by": ["year"], "2024": "50"}
    indicator = {
        "indicator": "1.1",
        "title": {"vi": "a", "en": "a"},
        "measure": {"unit": "%"},
        "at_least": table,
        "source": {"level": "recalled"},
    }
    for years in ((2024, 2024.0), (2024.0, 2024), ("2024.00", 2024)):
        rules = read_ruleset(_document([indicator]))
        got = [rules.evaluate(subject_of({"attributes": {"year": year}, "values": {"1.1": "60"}})).outcome for year in years]
        assert got == ["met", "met"]


def _document(indicators: list[dict[str, object]], **more: object) -> dict[str, object]:
    criterion = {"criterion": "1", "title": {"vi": "a", "en": "a"}, "indicators": indicators}
    return {
        "ruleset": "test/2024",
        "version": "1.0.0",
        "title": {"vi": "Bộ", "en": "Set"},
        "subject": "commune",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "dimensions": {"year": {"title": {"vi": "Năm", "en": "Year"}, "attribute": "year"}},
        "criteria": [criterion],
        **more,
    }


# --- 2. exact -----------------------------------------------------------------------------------------------------


@given(cases(full=True, attested=False, by_attributes=False), st.data())
def test_exactness_at_the_threshold(case: Case, data: st.DataObject) -> None:
    """Law «exact»: at the figure, one step of its last place below it and one above, every operator decides as the law is written."""
    expected = {"at_least": (False, True, True), "at_most": (True, True, False), "above": (False, False, True)}
    expected |= {"below": (True, False, False), "equals": (False, True, False)}
    for indicator in all_indicators(case.data):
        operator, measure = operator_of(indicator), indicator["measure"]
        if operator not in expected or "unit" not in measure:
            continue
        for text in figures_in(indicator[operator]):
            low, high = limits(measure)
            for by, holds in zip((-1, 0, 1), expected[operator], strict=True):
                value = Decimal(text) + step(text) * by
                if (low is not None and value < low) or (high is not None and value > high):
                    continue
                given_as = data.draw(st.sampled_from((value, format(value, "f"), float(value))))
                node = case.rules.evaluate(subject_of({"values": {indicator["indicator"]: given_as}}))[indicator["indicator"]]
                assert node.outcome is (Outcome.MET if holds else Outcome.NOT_MET)
                assert node.gap is None or (node.gap == 0) == holds


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_exact_numbers_survive_their_text(number: Decimal) -> None:
    """Law «exact»: a number is either refused or kept so that its stored text reads back as the very same number."""
    try:
        read = exact(number)
    except ValueError:
        return
    assert read == number
    assert exact(plain(read)).as_tuple() == read.as_tuple()


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).filter(lambda f: f == 0 or abs(f) > 1e-9))
def test_a_float_counts_at_fifteen_digits(number: float) -> None:
    """Law «exact»: the float 62.35 counts as 62.35, not as its binary neighbour, and noise of adding beyond 15 digits does not count."""
    counted = exact(number)
    assert len(counted.normalize().as_tuple().digits) <= 15
    assert abs(counted - Decimal(number)) * 2 <= Decimal(1).scaleb(Decimal(number).adjusted() - 14)
    assert exact(float(counted)) == counted


@pytest.mark.parametrize("text", ["53.50", "0.10", "100", "007", "-0.5", "+3"])
def test_the_places_written_are_kept(text: str) -> None:
    """Law «exact»: 53.50 stays 53.50 in the decision and in its JSON."""
    measure = {"unit": "điểm"}
    indicator = {
        "indicator": "1.1",
        "title": {"vi": "a", "en": "a"},
        "measure": measure,
        "at_least": "53.50",
        "source": {"level": "recalled"},
    }
    node = read_ruleset(_document([indicator])).evaluate(subject_of({"values": {"1.1": text}}))["1.1"]
    assert node.observed is not None
    assert str(node.observed) == str(Decimal(text))
    assert str(node.required) == "53.50"


class _Scalar(float):
    """As some numeric libraries print their floats."""

    def __repr__(self) -> str:
        return "np.float64(1.5)"


@pytest.mark.parametrize(
    "given", [True, "1,5", "1e3", "", " ", "١٢", "1_000", Decimal("NaN"), Decimal("Infinity"), float("nan"), Decimal("1E31"), "9" * 31]
)
def test_what_is_no_plain_number_is_refused(given: object) -> None:
    """Law «exact»: commas, exponents, other digits, NaN and endless numbers are not numbers of the law."""
    with pytest.raises(ValueError, match="not a number"):
        exact(given)  # type: ignore[arg-type]


def test_floats_of_other_libraries_count_as_floats() -> None:
    """A float whose repr is decorated is the number it holds."""
    assert exact(_Scalar(1.5)) == Decimal("1.5")
    assert plain(exact(Decimal("1E+3"))) == "1000"


# --- 3. two absences ----------------------------------------------------------------------------------------------


@given(cases(full=True, attested=False), st.data())
def test_two_absences(case: Case, data: st.DataObject) -> None:
    """Law «two absences»: what is unknown is undetermined, never not met; *not applicable* counts only where the decision allows it."""
    if not all_indicators(case.data):
        return
    indicator = data.draw(st.sampled_from(all_indicators(case.data)))
    number = indicator["indicator"]
    applies = "applies_when" not in indicator or oracle.holds(indicator["applies_when"], case.facts["attributes"])
    for absence in (None, ntm.Unknown("chưa đo")):
        node = case.rules.evaluate(subject_of({**case.facts, "values": {**case.facts["values"], number: absence}}))[number]
        assert node.outcome == ("undetermined" if applies else "not_applicable")
        assert node.gap is None
        assert node.reason
    stated = ntm.NotApplicable("không có ở xã")
    node = case.rules.evaluate(subject_of({**case.facts, "values": {**case.facts["values"], number: stated}}))[number]
    allowed = "may_not_apply" in indicator
    assert node.outcome == ("not_applicable" if allowed or not applies else "undetermined")
    if applies:
        assert "không có ở xã" in (node.reason or "")


@pytest.mark.parametrize("absence", [ntm.Unknown, ntm.NotApplicable])
@pytest.mark.parametrize("reason", ["", "  ", None, 3])
def test_an_absence_has_a_reason(absence: type, reason: object) -> None:
    """Law «two absences»: an absence without a reason is refused, since it would explain nothing."""
    with pytest.raises(ValueError, match="reason"):
        absence(reason)


# --- Kleene -------------------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(COMBINATIONS)), st.lists(st.sampled_from(OUTCOMES), max_size=6), st.data())
def test_combinations_agree_with_trying_out_everything(rule: str, parts: list[str], data: st.DataObject) -> None:
    """Kleene logic: a whole is settled exactly when every way of finding out its unknown parts agrees."""
    k = data.draw(st.integers(1, max(len(parts), 1)))
    found = COMBINATIONS[rule].combine(parts.count("met"), parts.count("not_met"), parts.count("undetermined"), k)
    assert found == oracle.combined(rule, k, parts)


@given(cases(full=True))
def test_every_node_agrees_with_the_oracle(case: Case) -> None:
    """With every attribute known, each criterion and indicator comes out as an independent reading of the YAML says."""
    assert outcomes(case.decide()) == oracle.decide(case.data, case.facts, case.facts["attributes"])


@given(cases())
def test_an_unknown_column_is_decided_only_when_every_column_agrees(case: Case) -> None:
    """With attributes unknown, what is settled is what every way of finding them out settles alike."""
    decided = outcomes(case.decide())
    for attributes in oracle.completions(case.facts["attributes"]):
        possible = oracle.decide(case.data, case.facts, attributes)
        for number, outcome in decided.items():
            if outcome != "undetermined" and number not in case.facts["attested"] and not _rests_on_attestation(case, number):
                assert possible[number] == outcome, (number, attributes)


def _rests_on_attestation(case: Case, number: str) -> bool:
    """A value that an unknown column leaves open is settled by attestation, and may contradict it once the column is known."""
    return any(not number or stated == number or stated.startswith(f"{number}.") for stated in case.facts["attested"])


# --- 4. information-monotone --------------------------------------------------------------------------------------


@given(cases(attested=False), st.data())
def test_filling_in_an_unknown_never_turns_an_outcome_over(case: Case, data: st.DataObject) -> None:
    """Law «information-monotone»: another value or attribute leaves every settled node as it was."""
    before = outcomes(case.decide())
    more = data.draw(facts(case.data, full=True, attested=False))
    chosen = data.draw(st.sets(st.sampled_from([*more["values"], *more["attributes"]])))
    filled = {
        part: {
            **case.facts[part],
            **{key: value for key, value in more[part].items() if key in chosen and _open(case.facts[part].get(key))},
        }
        for part in ("values", "attributes")
    }
    if "listed" not in case.facts["attributes"]:
        filled["attributes"].pop("listed", None)  # a closed list: not being stated is an answer
    after = outcomes(case.rules.evaluate(subject_of({**filled, "attested": {}})))
    assert {number: outcome for number, outcome in before.items() if outcome != "undetermined" and after[number] != outcome} == {}


def _open(value: object) -> bool:
    return value is None or isinstance(value, ntm.Unknown)


@given(cases(attested=False), st.data())
def test_taking_a_fact_away_only_leads_to_undetermined(case: Case, data: st.DataObject) -> None:
    """Law «information-monotone»: losing values or attributes leaves an outcome or makes it undetermined."""
    before = outcomes(case.decide())
    keys = [key for part in ("values", "attributes") for key in case.facts[part] if key != "listed"]
    gone = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    less = {part: {key: value for key, value in case.facts[part].items() if key not in gone} for part in ("values", "attributes")}
    after = outcomes(case.rules.evaluate(subject_of({**less, "attested": {}})))
    assert {number: outcome for number, outcome in after.items() if outcome not in (before[number], "undetermined")} == {}


@given(cases(), st.data())
def test_an_attestation_never_turns_a_measured_outcome_over(case: Case, data: st.DataObject) -> None:
    """Attesting more settles what was open and leaves what the values settled."""
    silent = case.rules.evaluate(subject_of({**case.facts, "attested": {}}))
    stated = case.decide()
    for node in silent:
        if node.id and node.outcome is not Outcome.UNDETERMINED and not _rests_on_attestation(case, node.id):
            assert stated[node.id].outcome is node.outcome


@given(cases(most=2, most_parts=2), st.data())
def test_values_for_a_number_are_read_in_every_spelling(case: Case, data: st.DataObject) -> None:
    """A value as text, Decimal or float is the same value: the outcome does not depend on how it was typed."""
    for indicator in all_indicators(case.data):
        if "unit" not in indicator["measure"]:
            continue
        value = Decimal(data.draw(values_for(indicator)))
        number = indicator["indicator"]
        spelt = [case.rules.outcome(subject_of({**case.facts, "values": {number: given}})) for given in (value, plain(value), float(value))]
        assert len(set(spelt)) == 1
