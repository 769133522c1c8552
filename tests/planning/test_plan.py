"""Plans: the least that must be raised, proven against trying every smaller one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from helpers_register import CRITERIA, END_2023, commune
from ntm_rules.planning.counting import goal_of
from ntm_rules.planning.least import Candidate, candidate_of, candidate_of_count, feasible, make_plan, years_until
from ntm_rules.planning.picture import plan_picture
from ntm_rules.planning.planner import known_units
from ntm_rules.problems import NtmError
from ntm_rules.register.acts import Unit
from ntm_rules.register.book import Register
from strategies import Case, cases

RULES = ntm.load("commune-ntm/2021-2025", on=END_2023, province="kon-tum")
TARGETS = ntm.load("targets/kon-tum-2024", province="kon-tum")


def candidate(failed: tuple[str, ...], unknown: tuple[str, ...] = (), code: str = "A") -> Candidate:
    """How far a commune is that fails some criteria."""
    return candidate_of(RULES.evaluate(commune(failed, unknown, code=code)), code)


def test_the_nearest_commune_comes_first_and_says_what_it_lacks() -> None:
    """Two failed criteria before five; the indicators are named."""
    plan = make_plan([candidate(CRITERIA[:5], code="far"), candidate(("10", "17"), code="near")], 1)
    assert [one.unit for one in plan.chosen] == ["near"]
    assert [fix.id for fix in plan.chosen[0].fixes] == ["10", "17"]
    assert plan.exact
    assert plan.most == 2


def test_those_as_near_as_the_last_one_are_ties() -> None:
    """Three communes lack one criterion and two are needed: any of the three could be left out."""
    three = [candidate((number,), code=number) for number in ("1", "2", "3")]
    plan = make_plan([*three, candidate(("4", "5"), code="x")], 7, ["a"] * 5)
    assert len(plan.chosen) == 2
    assert [one.unit for one in plan.ties] == ["3"]
    assert [one.unit for one in plan.others] == ["x"]
    assert plan.most == 2


def test_a_target_that_is_reached_needs_nothing_and_one_out_of_reach_is_told() -> None:
    """Nothing is chosen when enough count already; with too few communes the plan says so."""
    one = [candidate(("1",))]
    reached, beyond = make_plan(one, 2, ["b", "c"]), make_plan(one, 5, ["b", "c"])
    assert (reached.chosen, reached.reachable, reached.most) == ((), True, 0)
    assert not beyond.reachable
    assert len(beyond.chosen) == 1


def test_unknown_criteria_make_a_range() -> None:
    """One criterion failed and three unknown: one to raise at least, and every indicator of the unknown ones at most."""
    found = candidate(("1",), ("2", "3", "4"))
    every = 1 + sum(len(criterion.indicators) for criterion in RULES.criteria if criterion.criterion in ("2", "3", "4"))
    assert (found.least, found.most, found.criteria, found.met) == (1, every, (1, 4), (15, 18))
    plan = make_plan([found], 1)
    assert (plan.least, plan.most, plan.exact) == (1, every, False)


def test_a_count_alone_gives_the_criteria_and_bounds_of_the_indicators() -> None:
    """17 of 19: two criteria, so two indicators at least, and no more than the two largest criteria have."""
    found = candidate_of_count("A", "A", 17, RULES)
    assert found.criteria == (2, 2)
    assert found.least == 2
    sizes = sorted((len(criterion.indicators) for criterion in RULES.criteria), reverse=True)
    assert found.most == sum(sizes[:2])
    assert candidate_of_count("A", "A", 19, RULES).most == 0


def _applied(subject: ntm.Subject, numbers: frozenset[str]) -> ntm.Subject:
    return ntm.Subject(
        id=subject.id,
        kind=subject.kind,
        attributes=subject.attributes,
        attested={**subject.attested, **dict.fromkeys(numbers, True)},
    )


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(CRITERIA[:6]), unique=True, max_size=3), min_size=1, max_size=4),
    st.integers(0, 5),
)
def test_a_plan_applied_reaches_its_target_and_no_smaller_one_does(lacking: list[list[str]], goal: int) -> None:
    """Raising what the plan names makes enough communes meet the set; no smaller choice of criteria over all communes does."""
    subjects = {f"X{i}": commune(failed, code=f"X{i}") for i, failed in enumerate(lacking)}
    decisions = {code: RULES.evaluate(subject) for code, subject in subjects.items()}
    counted = [code for code, decision in decisions.items() if decision.outcome == "met"]
    candidates = [candidate_of(decision) for code, decision in decisions.items() if code not in counted]
    plan = make_plan(candidates, goal, counted)
    assert plan.reachable is (goal <= len(subjects))
    raised = {one.unit: frozenset(fix.id for fix in one.fixes) for one in plan.chosen}
    assert sum(map(len, raised.values())) == plan.most == plan.least
    after = [RULES.evaluate(_applied(subject, raised.get(code, frozenset()))).outcome for code, subject in subjects.items()]
    reached = after.count("met")
    assert reached >= min(goal, len(subjects))
    if plan.reachable and plan.most:
        every = [(f"X{i}", number) for i, failed in enumerate(lacking) for number in failed]
        for smaller in combinations(every, plan.most - 1):
            met = sum(all((code, number) in smaller for number in failed) for code, failed in zip(subjects, lacking, strict=True))
            assert met < goal


@given(cases())
def test_whatever_turns_out_the_distance_lies_in_its_range(case: Case) -> None:
    """On any ruleset: no more than the named fixes, and no less than what is left when everything unknown turns out well."""
    decision = case.rules.evaluate(case.subject)
    found = candidate_of(decision)
    assert 0 <= found.least <= found.most == len(found.fixes)
    assert (found.most == 0) is (decision.outcome in ("met", "not_applicable"))
    if decision.outcome == "undetermined":
        assert found.least == 0
    if decision.outcome == "not_met":
        assert found.least >= 1


def test_a_share_asks_for_the_fewest_communes_that_make_it() -> None:
    """62.35% of 85 communes are 53; a count asks for itself; yes or no asks for nothing that can be planned."""
    found = {one.indicator: one for one in TARGETS.indicators}
    required = {node.id: node.required for node in TARGETS.evaluate(ntm.Subject(id="kon-tum", kind="province")).indicators}
    assert goal_of(found["MT2.1"], required["MT2.1"], 85) == 53
    assert goal_of(found["MT1.1"], required["MT1.1"], 85) == 53
    assert goal_of(found["MT7.1"], required["MT7.1"], 85) == 85
    assert goal_of(found["MT3.1"], required["MT3.1"], 85) == 5
    income = next(one for one in RULES.indicators if one.indicator == "10.1")
    with pytest.raises(NtmError, match="NTM-818"):
        goal_of(income, Decimal(48), 85)


@pytest.mark.parametrize(
    ("on", "deadline", "years"),
    [
        ("2023-12-31", "2025-12-31", 2),
        ("2024-06-30", "2025-12-31", 2),
        ("2024-06-30", "2025-06-30", 1),
        ("2024-06-30", "2024-12-31", 1),
        ("2025-06-30", "2024-12-31", 0),
    ],
)
def test_years_are_counted_by_their_ends(on: str, deadline: str, years: int) -> None:
    """Criteria are assessed once a year, at its end."""
    assert years_until(date.fromisoformat(on), date.fromisoformat(deadline)) == years


def test_one_or_two_criteria_a_year_do_not_carry_the_weakest_to_the_goal() -> None:
    """A commune ten criteria short is not in time in two years, four is in time at two a year only, unknown ones may be open."""
    far, near, open_ = candidate(CRITERIA[:10]), candidate(CRITERIA[:4]), candidate(CRITERIA[:2], CRITERIA[2:8])
    assert [feasible(far, 2, pace) for pace in (1, 2)] == [False, False]
    assert [feasible(near, 2, pace) for pace in (1, 2)] == [False, True]
    assert [feasible(open_, 2, pace) for pace in (1, 2)] == [None, None]


def test_the_picture_is_well_formed_and_shows_every_commune() -> None:
    """An SVG with a title, a bar and a number for each commune, names escaped."""
    plan = make_plan([candidate(("1",), code="a"), candidate(("1",), ("7",), code="b<c")], 1)
    tree = ElementTree.fromstring(plan_picture(plan, "vi"))
    texts = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:4] == ["Số chỉ tiêu còn phải nâng", "được chọn", "còn lại", "nhạt: chưa rõ; nét đứt: đến đây là đủ"]
    assert texts[4:] == ["a", "1", "b<c", "1–2"]
    alone = make_plan([candidate(("1",), code="A very long name of a commune indeed")], 1)
    texts = [
        "".join(node.itertext()) for node in ElementTree.fromstring(plan_picture(alone, "en")).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert texts == ["Indicators still to be raised", "chosen", "A very long name of a com…", "1"]
    many = make_plan([candidate(("1",), code=f"x{i}") for i in range(70)], 1)
    assert "10" in plan_picture(many, "en").rsplit("<text", 1)[1]


def test_a_number_of_criteria_is_of_the_first_set_of_a_unit_only() -> None:
    """A district with 9 criteria met has so many of the district set; of the advanced set nothing is known, as in a review."""
    register = Register([], [Unit("608", kind="district", name="Đăk Hà", attributes={"criteria_met": 9})])
    counts = {}
    for name in ("district-ntm/2021-2025", "district-advanced/2021-2025"):
        (known,) = known_units(ntm.load(name), register, None, {})
        counts[name] = known.count
    assert counts == {"district-ntm/2021-2025": 9, "district-advanced/2021-2025": None}


def test_a_plan_reads_as_json() -> None:
    """The plain data names goal, size and who is chosen."""
    data = make_plan([candidate(("1",))], 1).as_dict()
    assert (data["goal"], data["indicators"], data["chosen"][0]["fixes"][0]["id"]) == (1, [1, 1], "1")
