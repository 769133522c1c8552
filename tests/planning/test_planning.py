"""Plans for targets of every kind, proven against trying every smaller one, indicator by indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from helpers_register import CRITERIA, END_2023, commune, recognised, unit
from ntm_rules.loading.catalogue import bundled
from ntm_rules.planning.counting import goal_of
from ntm_rules.planning.goal import belongs, criteria_asked, find_target, required_of
from ntm_rules.planning.least import Candidate, Plan, candidate_of, candidate_of_count, make_plan
from ntm_rules.planning.planner import Goal, Known, known_units, mean_plan, plan_for
from ntm_rules.problems import NtmError
from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register
from strategies import read_ruleset, words

LEAVES = ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3")
SMALL = read_ruleset(
    {
        "ruleset": "small/2024",
        "version": "1.0.0",
        "title": words("Bộ nhỏ"),
        "subject": "commune",
        "instrument": "1/QĐ-TTg",
        "in_force": {"from": "2024-01-01"},
        "passes": "all_of",
        "criteria": [
            {
                "criterion": number,
                "title": words(number),
                "passes": passes,
                "indicators": [
                    {"indicator": leaf, "title": words(leaf), "measure": "yes_no", "is_true": "true", "source": {"level": "recalled"}}
                    for leaf in LEAVES
                    if leaf.startswith(number)
                ],
            }
            for number, passes in (("1", "all_of"), ("2", "any_of"), ("3", {"at_least_k_of": "2"}))
        ],
    }
)
States = Mapping[str, bool | None]
states = st.fixed_dictionaries({leaf: st.sampled_from((True, False, False)) for leaf in LEAVES})
open_states = st.fixed_dictionaries({leaf: st.sampled_from((True, False, None)) for leaf in LEAVES})


def decided(state: States, code: str = "A") -> ntm.Decision:
    """A unit of which these indicators are met, not met, or not known."""
    return SMALL.evaluate(ntm.Subject(id=code, kind="commune", values={leaf: met for leaf, met in state.items() if met is not None}))


def met_of(state: States) -> int:
    """How many criteria it meets."""
    return decided(state).count("met")


def known(units: Sequence[States]) -> tuple[Known, ...]:
    """What is known of units named 0, 1, …"""
    return tuple(Known(str(i), "", decided(state, str(i)), None, {}) for i, state in enumerate(units))


def raised(units: Sequence[States], plan: Plan) -> list[dict[str, bool | None]]:
    """The units after everything the plan names was raised."""
    after = [dict(state) for state in units]
    for one in plan.chosen:
        for fix in one.fixes:
            after[int(one.unit)][fix.id] = True
    return after


def smaller_reaches(units: Sequence[States], size: int, reached: Callable[[Sequence[States]], bool]) -> bool:
    """Whether raising fewer indicators than ``size``, any of them anywhere, reaches the goal."""
    failing = [(i, leaf) for i, state in enumerate(units) for leaf, met in state.items() if met is not True]
    for chosen in combinations(failing, size - 1):  # raising more never hurts, so the largest smaller choices will do
        after = [dict(state) for state in units]
        for i, leaf in chosen:
            after[i][leaf] = True
        if reached(after):
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(st.lists(states, min_size=1, max_size=2), st.integers(1, 2), st.sampled_from((1, 2, 3)))
def test_no_smaller_choice_of_indicators_makes_so_many_units_meet_so_many_criteria(
    units: list[dict[str, bool]], goal: int, criteria: int
) -> None:
    """The standard, or a number of criteria of it: what the plan names reaches the goal, and every smaller choice falls short."""
    plan, asked = plan_for(Goal(goal, None if criteria == 3 else criteria), SMALL, known(units))
    assert asked == (None if criteria == 3 else criteria)

    def reached(after: Sequence[States]) -> bool:
        return sum(met_of(state) >= criteria for state in after) >= goal

    assert plan.exact
    assert plan.reachable is (goal <= len(units))
    if not plan.reachable:
        return
    assert reached(raised(units, plan))
    assert sum(len(one.fixes) for one in plan.chosen) == plan.most
    if plan.most:
        assert not smaller_reaches(units, plan.most, reached)


@settings(max_examples=60, deadline=None)
@given(st.lists(states, min_size=1, max_size=2), st.integers(0, 30))
def test_no_smaller_choice_of_indicators_reaches_the_mean(units: list[dict[str, bool]], tenths: int) -> None:
    """The cheapest criteria, wherever they are, make the mean; no smaller choice of indicators does."""
    mean = Decimal(tenths) / 10
    plan = mean_plan(mean, SMALL, known(units))

    def reached(after: Sequence[States]) -> bool:
        return Decimal(sum(map(met_of, after))) / len(after) >= mean

    assert plan.exact
    assert plan.reachable
    assert reached(raised(units, plan))
    if plan.most:
        assert not smaller_reaches(units, plan.most, reached)


@settings(max_examples=80, deadline=None)
@given(open_states, st.sampled_from((None, 1, 2, 3)))
def test_the_range_is_from_everything_unknown_met_to_nothing_unknown_met(state: dict[str, bool | None], criteria: int | None) -> None:
    """Least and most are the exact distances where all that is open turns out well, and where nothing of it does."""
    found = candidate_of(decided(state), criteria=criteria)
    ends = []
    for answer in (True, False):
        ends.append(candidate_of(decided({leaf: answer if met is None else met for leaf, met in state.items()}), criteria=criteria))
    assert (found.least, found.most) == (ends[0].most, ends[1].most)
    assert found.criteria == (ends[0].criteria[1], ends[1].criteria[1])


@settings(max_examples=60, deadline=None)
@given(states, st.sampled_from((None, 1, 2, 3)))
def test_a_mere_count_bounds_the_distance(state: dict[str, bool], criteria: int | None) -> None:
    """Where only the number of criteria met is known, the distance lies in the range, whichever criteria they are."""
    exact, counted = candidate_of(decided(state), criteria=criteria), candidate_of_count("A", "", met_of(state), SMALL, criteria)
    assert counted.criteria == exact.criteria
    assert counted.least <= exact.most <= counted.most
    nothing = candidate_of_count("A", "", None, SMALL, criteria)
    assert nothing.least == 0
    assert exact.most <= nothing.most


def test_the_worst_a_mere_count_allows_is_reached_by_some_criteria() -> None:
    """At most: the largest of all, over the criteria that may fail, of raising the smallest ones of them."""
    sizes = [len(criterion.indicators) for criterion in SMALL.criteria]
    for met in range(4):
        for wanted in range(1, 4):
            ways = [sum(sorted(failed)[: max(wanted - met, 0)]) for failed in combinations(sizes, 3 - met)]
            assert candidate_of_count("A", "", met, SMALL, wanted).most == max(ways), (met, wanted)


def test_what_is_sure_counts_before_what_may_turn_out_well() -> None:
    """Of two units the one that surely needs two is chosen before one that may need none or five; the least tells of the other."""
    plan = make_plan([Candidate("open", "", 0, 5, (0, 5)), Candidate("sure", "", 2, 2, (2, 2))], 1)
    assert ([one.unit for one in plan.chosen], plan.least, plan.most) == (["sure"], 0, 2)


# --- targets on record -----------------------------------------------------------------------------------------------

NTM = ntm.load("commune-ntm/2021-2025", on=END_2023, province="kon-tum")
ADVANCED = ntm.load("commune-advanced/2021-2025", on=END_2023, province="kon-tum")
MODEL = ntm.load("commune-model/2021-2025", on=END_2023, province="kon-tum")
DISTRICT = ntm.load("district-ntm/2021-2025", on=END_2023, province="kon-tum")
CITY = ntm.load("city-completion/2021-2025", on=END_2023, province="kon-tum")
VILLAGE = ntm.load("village-ntm-ethnic/kon-tum-2022", on=END_2023, province="kon-tum")
SETS = {rules.id: rules for rules in (NTM, ADVANCED, MODEL, DISTRICT, CITY, VILLAGE)}
WHOLE = "whole"
# of every target on record: by which sets a plan can be made, and what a unit has to reach
PLANNED: dict[tuple[str, str], dict[str, object]] = {
    ("targets/kon-tum-2024", "MT1.1"): {NTM.id: WHOLE},
    ("targets/kon-tum-2024", "MT2.1"): {NTM.id: WHOLE},
    ("targets/kon-tum-2024", "MT6.1"): {DISTRICT.id: WHOLE},
    ("targets/kon-tum-2025", "MT1.1"): {NTM.id: WHOLE},
    ("targets/kon-tum-2025", "MT2.1"): {ADVANCED.id: WHOLE},
    ("targets/kon-tum-2025", "MT3.1"): {MODEL.id: WHOLE},
    ("targets/kon-tum-2025", "MT5.1"): {NTM.id: 15},
    ("targets/kon-tum-2025", "MT7.1"): {DISTRICT.id: WHOLE, CITY.id: WHOLE},
    ("targets/kon-tum-2025", "MT8.1"): {VILLAGE.id: WHOLE},
    ("targets/national-2025", "MT1.1"): {NTM.id: WHOLE},
    ("targets/national-2025", "MT2.1"): {ADVANCED.id: WHOLE},
    ("targets/national-2025", "MT3.1"): {MODEL.id: WHOLE},
    ("targets/national-2025", "MT4.1"): {NTM.id: 15},
    ("targets/national-2025", "MT6.1"): {DISTRICT.id: WHOLE, CITY.id: WHOLE},
    ("targets/national-2025", "MT9.1"): {VILLAGE.id: WHOLE},
    **{("targets/national-2025", f"MT10.{region}"): {NTM.id: WHOLE} for region in range(1, 8)},
    **{("targets/national-2025", f"MT11.{region}"): {DISTRICT.id: WHOLE, CITY.id: WHOLE} for region in range(1, 8)},
}


@pytest.mark.parametrize("name", ["targets/kon-tum-2024", "targets/kon-tum-2025", "targets/national-2025"])
def test_a_plan_is_made_by_the_set_that_makes_a_unit_count_and_by_no_other(name: str) -> None:
    """Every target on record with every set: the standard, so many criteria, or a refusal that names the sets that would do."""
    targets = ntm.load(name, province="kon-tum" if "kon-tum" in name else None)
    for indicator in targets.indicators:
        expected = PLANNED.get((name, indicator.indicator), {})
        for rules in SETS.values():
            if rules.id in expected:
                asked = criteria_asked(indicator, targets, rules, bundled())
                assert (asked or WHOLE) == expected[rules.id], (indicator.indicator, rules.id)
                continue
            with pytest.raises(NtmError) as refused:
                criteria_asked(indicator, targets, rules, bundled())
            [problem] = refused.value.problems
            assert problem.code == ("NTM-825" if indicator.measure.counted else "NTM-818")
            assert all(of in problem.mend("vi") and of in problem.mend("en") for of in expected), problem.mend("vi")


def province(counts: Sequence[int | None], **acts: Sequence[int]) -> Register:
    """Communes of which so many criteria are met; those named by a status are recognised as such."""
    units = [unit(f"X{i:02}", unit_type="xã", **({} if n is None else {"criteria_met": n})) for i, n in enumerate(counts)]
    units.append(Unit("P1", "commune", "Phường", (), "608", {"unit_type": "phường", "criteria_met": 1}))
    made = [recognised(f"X{i:02}", status.replace("_", "-"), "2022-01-01") for status, numbers in acts.items() for i in numbers]
    return Register(made, units)


def planned(name: str, indicator: str, rules: ntm.RuleSet, register: Register) -> Plan:
    """The plan for a target on record."""
    targets = ntm.load(name, province="kon-tum" if "kon-tum" in name else None)
    goal = Goal(targets=targets, indicator=indicator)
    return plan_for(goal, rules, known_units(rules, register, END_2023, {}))[0]


def test_every_commune_with_fifteen_criteria_is_another_plan_than_the_standard() -> None:
    """Communes with 15 and more count; the others lack the difference to 15, not to 19; the ward is none of them."""
    register = province([19, 15, 14, 9, None])
    for name, indicator in (("targets/kon-tum-2025", "MT5.1"), ("targets/national-2025", "MT4.1")):
        plan = planned(name, indicator, NTM, register)
        assert (plan.goal, plan.counted) == (5, ("X00", "X01"))
        assert [(one.unit, one.criteria) for one in plan.chosen] == [("X02", (1, 1)), ("X03", (6, 6)), ("X04", (0, 15))]
    whole = planned("targets/kon-tum-2024", "MT1.1", NTM, register)
    assert whole.counted == ("X00",)
    assert (whole.goal, whole.reachable) == (53, False)


def test_a_share_is_of_all_communes_on_the_list_known_or_not() -> None:
    """62.35% of 20 communes are 13, although the criteria of 12 are not known; recognised ones count."""
    plan = planned("targets/kon-tum-2024", "MT2.1", NTM, province([19] * 5 + [17] * 3 + [None] * 12, ntm=[5, 10]))
    assert plan.goal == 13
    assert plan.counted == ("X00", "X01", "X02", "X03", "X04", "X05", "X10")
    assert [one.unit for one in plan.chosen][:2] == ["X06", "X07"]
    assert len(plan.chosen) == 6


def test_a_share_of_the_recognised_looks_at_the_recognised_only() -> None:
    """40% of five NTM communes are two: one is advanced, one of the other four is to become so; the rest is not looked at."""
    plan = planned("targets/national-2025", "MT2.1", ADVANCED, province([19] * 9, ntm=range(5), ntm_advanced=[2]))
    assert (plan.goal, plan.counted) == (2, ("X02",))
    assert {one.unit for one in (*plan.chosen, *plan.ties, *plan.others)} == {"X00", "X01", "X03", "X04"}


def test_a_number_of_criteria_of_the_list_is_not_of_the_advanced_set() -> None:
    """19 of 19 on the list says nothing of the advanced set."""
    [only] = known_units(ADVANCED, Register([], [unit(criteria_met=19)]), END_2023, {})
    assert only.count is None


def test_what_was_merged_or_is_another_kind_is_not_planned_for() -> None:
    """A commune that no longer exists, a ward and a district are no communes to raise; a commune of a table counts without a list."""
    register = Register([Act("merge", "X00", day=date(2023, 7, 1))], [*province([15, 16]).units.values(), Unit("608", "district", "Huyện")])
    decisions = {"T": NTM.evaluate(commune(("10",), code="T"))}
    assert [one.unit for one in known_units(NTM, register, END_2023, decisions)] == ["T", "X01"]
    assert [one.unit for one in known_units(NTM, register, date(2023, 6, 30), {})] == ["X00", "X01"]


def test_units_that_meet_the_set_count_without_a_decision_and_by_a_status_of_another_set() -> None:
    """Four district units: a completed city and a recognised district count, two more are to be raised."""
    districts = [Unit(f"H{i}", "district", f"H{i}", attributes={"unit_type": "huyện"}) for i in range(5)]
    acts = [
        Act("recognition", "H0", "district", status="city-completed", day=date(2023, 1, 1)),
        Act("recognition", "H1", "district", status="district-ntm", day=date(2023, 1, 1)),
    ]
    plan = planned("targets/kon-tum-2025", "MT7.1", DISTRICT, Register(acts, districts))
    assert (plan.goal, plan.counted, len(plan.chosen)) == (4, ("H0", "H1"), 2)


def test_what_may_be_left_is_turned_into_what_must_be_reached() -> None:
    """«None below 15» asks for all, «at most 10%» for all but the tenth part."""
    targets = ntm.load("targets/national-2025")
    target = find_target(targets, "MT4.1")
    assert goal_of(target, required_of(targets, target, None), 85) == 85
    few, fewer = (target.model_copy(update={"equals": None, operator: target.equals}) for operator in ("at_most", "below"))
    assert (goal_of(few, Decimal(3), 85), goal_of(fewer, Decimal(3), 85)) == (82, 83)
    share = few.model_copy(update={"measure": target.measure.model_copy(update={"count_of": None, "share_of": "commune"})})
    assert goal_of(share, Decimal(10), 85) == 77
    above = (share := find_target(targets, "MT1.1")).model_copy(update={"at_least": None, "above": share.at_least})
    assert (goal_of(above, Decimal(80), 10), goal_of(above, Decimal(80), 11)) == (9, 9)
    with pytest.raises(NtmError, match="NTM-818"):
        goal_of(target, Decimal(5), 85)  # exactly five
    with pytest.raises(NtmError, match="NTM-819"):
        find_target(targets, "MT99")


def test_who_is_looked_at_is_open_only_for_want_of_a_status() -> None:
    """A commune of another region is not looked at; one whose kind is not told is taken for a commune; an unknown status leaves it open."""
    targets = ntm.load("targets/national-2025")
    tay_nguyen, advanced, districts = (find_target(targets, number) for number in ("MT10.1", "MT2.1", "MT6.1"))
    assert belongs(tay_nguyen, {"unit_type": "xã", "region": "dong-nam-bo"}, targets) is False
    assert belongs(tay_nguyen, {"region": "tay-nguyen"}, targets) is True
    assert belongs(advanced, {}, targets) is None
    assert belongs(advanced, {"ntm": True}, targets) is True
    assert belongs(districts, {}, targets) is True


def test_a_plan_that_chooses_takes_the_nearest_and_names_every_tie() -> None:
    """Of four communes that lack one criterion two are needed: two chosen, two ties, and the far one last."""
    near = [candidate_of(NTM.evaluate(commune((number,), code=number)), number) for number in CRITERIA[:4]]
    plan = make_plan([*near, candidate_of(NTM.evaluate(commune(CRITERIA[:9], code="far")), "far")], 2)
    assert ([one.unit for one in plan.chosen], [one.unit for one in plan.ties]) == (["1", "2"], ["3", "4"])
