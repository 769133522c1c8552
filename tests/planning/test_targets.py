"""The figures of an office and its targets: counted, as a range where units are not known, beside what was published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from helpers_register import CRITERIA, END_2023, commune, recognised, unit
from ntm_rules.loading.catalogue import bundled
from ntm_rules.planning.targets import against_targets
from ntm_rules.published.statistics import Statistic, disagreements, statistics
from ntm_rules.published.totals import Aggregate, Band, Stated
from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register

RULES = ntm.load("commune-ntm/2021-2025", on=END_2023, province="kon-tum")
TARGETS = ntm.load("targets/kon-tum-2024", province="kon-tum")


def by_key(found: tuple[Statistic, ...]) -> dict[str, Statistic]:
    """The figures by their names."""
    return {one.key: one for one in found}


def province(counts: list[int | None], recognised_units: int = 0, complete: bool = True) -> Register:
    """A province of communes of which so many criteria are met, the first ones recognised."""
    units = [unit(f"X{i:02}", unit_type="xã", **({} if n is None else {"criteria_met": n})) for i, n in enumerate(counts)]
    return Register([recognised(f"X{i:02}") for i in range(recognised_units)], units, complete=complete)


def test_the_end_of_2023_counts_out_to_what_the_press_printed() -> None:
    """85 communes, 48 that meet all, 42 recognised: the figures, the shares 56,47% and 49,41%, and the gap of 5 to the target."""
    register = province([19] * 48 + [12] * 37, 42)
    found = by_key(statistics(register, END_2023))
    assert (found["communes"].value, found["met"].value, found["recognised"].value) == (85, 48, 42)
    assert found["met"].share_text("vi") == "56,47%"
    assert found["recognised"].share_text("en") == "49.41%"
    assert found["band-10-14"].value == 37
    assert found["mean"].counted_text("vi") == "15,95"
    targets = {one.id: one for one in against_targets(TARGETS, register, END_2023)}
    assert targets["MT1.1"].outcome == "not_met"
    assert targets["MT1.1"].counted.gap == 5
    assert targets["MT1.1"].counted_text("vi") == "48"
    assert targets["MT2.1"].counted_text("vi") == "56,47%"


def test_recognised_or_meeting_all_both_count_towards_the_target_once() -> None:
    """Six met and not recognised, two recognised that no longer meet: 50 count, not 56."""
    register = province([19] * 42 + [18] * 2 + [19] * 6 + [10] * 35, 44)
    [first, *_] = against_targets(TARGETS, register, END_2023)
    assert first.between is not None
    assert (first.between.low, first.between.high) == (50, 50)


def test_what_is_not_known_of_communes_is_a_range() -> None:
    """Ten communes without a count leave from 40 to 50 that meet all, and the target open."""
    register = province([19] * 45 + [None] * 10 + [3] * 30)
    found = by_key(statistics(register, END_2023))
    assert (found["met"].low, found["met"].high, found["met"].open) == (45, 55, 10)
    assert found["met"].counted_text("vi") == "45–55"
    assert found["met"].share_text("vi") == ""
    [first, second, *_] = against_targets(TARGETS, register, END_2023)
    assert first.outcome == "undetermined"
    assert first.counted_text("vi") == "45–55"
    assert second.counted_text("en") == "52.94%–64.71%"


def test_a_commune_with_one_known_failure_does_not_meet_all_whatever_else_is_open() -> None:
    """A decision with a failed and many unknown criteria counts as not meeting, so the target can be decided."""
    register = province([19] * 52 + [None] * 33)
    decisions = {f"X{i:02}": RULES.evaluate(commune(["1"], CRITERIA[1:], code=f"X{i:02}")) for i in range(52, 85)}
    [first, *_] = against_targets(TARGETS, register, END_2023, decisions=decisions)
    assert first.outcome == "not_met"
    assert first.counted_text("vi") == "52"
    found = by_key(statistics(register, END_2023, decisions=decisions))
    assert found["met"].value == 52
    assert (found["band-15-18"].low, found["band-15-18"].high) == (0, 33)


def test_published_values_decide_only_what_counting_leaves_open() -> None:
    """48 published meets no target of 53; where everything is counted the count decides, and a value outside it is told."""
    open_register = province([None] * 85, 0, complete=False)
    [first, *_] = against_targets(TARGETS, open_register, END_2023, values={"MT1.1": "48"})
    assert (first.outcome, first.basis, first.conflict) == ("not_met", "published", False)
    counted = province([19] * 53 + [5] * 32)
    [first, *_] = against_targets(TARGETS, counted, END_2023, values={"MT1.1": "48"})
    assert (first.outcome, first.basis, first.conflict) == ("met", "counted", True)
    assert first.as_dict()["published"] == "48"


def test_wards_and_units_that_no_longer_exist_are_no_communes() -> None:
    """A ward on the list, and a commune merged before the day, are not counted."""
    units = [unit("A", unit_type="xã"), unit("B", unit_type="phường"), unit("C", unit_type="xã")]
    merge = [Act("merge", code, day=date(2023, 1, 1), into="A") for code in ("A", "C")]
    found = by_key(statistics(Register(merge, units), END_2023))
    assert found["communes"].value == 1
    assert by_key(statistics(Register(merge, units), date(2022, 12, 31)))["communes"].value == 2


def test_products_count_by_the_class_their_certificate_gives_that_day() -> None:
    """Two of three stars run, one ran out, one five-star waits for the centre."""
    acts = [
        Act("recognition", "A", "product", status="ocop-3", day=date(2021, 5, 1), edition="ocop/2019"),
        Act("recognition", "B", "product", status="ocop-3", day=date(2023, 5, 1), edition="ocop/2023"),
        Act("recognition", "C", "product", status="ocop-3", day=date(2020, 1, 1), edition="ocop/2019"),
        Act("recognition", "D", "product", status="ocop-potential-5", known_by=date(2023, 6, 1)),
        Act("recognition", "E", "product", status="ocop-4", known_by=date(2023, 6, 1)),
    ]
    found = by_key(statistics(Register(acts), END_2023, catalogue=bundled()))
    assert (found["ocop-3"].low, found["ocop-3"].high) == (2, None)
    assert found["ocop-3"].counted_text("vi") == "từ 2"
    assert found["ocop-potential-5"].low == 1
    assert (found["ocop-4"].low, found["ocop-4"].open) == (0, 1)
    full = by_key(statistics(Register(acts, complete=True), END_2023, catalogue=bundled()))
    assert full["ocop-3"].value == 2
    assert full["ocop-4"].counted_text("en") == "0–1"


def test_villages_count_from_the_register_and_have_no_bound_without_a_list() -> None:
    """Named villages are at least so many; a list of villages gives the rest."""
    act = Act("recognition", "T1", "village", status="village-model", day=date(2022, 1, 1))
    assert by_key(statistics(Register([act]), END_2023))["model_villages"].counted_text("vi") == "từ 1"
    listed = [Unit("T1", "village"), Unit("T2", "village")]
    assert by_key(statistics(Register([act], listed), END_2023))["model_villages"].counted_text("vi") == "1–2"


def test_a_published_total_outside_the_range_is_a_problem() -> None:
    """49 printed where 48 were counted is told with both; within the range nothing is said."""
    register = province([19] * 48 + [12] * 37, 42)
    published = Aggregate("x", None, {"communes": 85, "met": 49, "recognised": 42}, Stated(Decimal(16)), (Band(10, 14, 37),))
    found = statistics(register, END_2023, published=published)
    assert [problem.code for problem in disagreements(found, published)] == ["NTM-821"]
    assert by_key(found)["mean"].agrees is True
    assert by_key(found)["band-10-14"].published_text("vi") == "37"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 4)), min_size=1, max_size=8), st.data())
def test_what_turns_out_lies_in_the_range(communes: list[tuple[int, int]], data: st.DataObject) -> None:
    """However unknown criteria turn out, each figure lies between the least and the greatest that were told."""
    decisions, settled = {}, {}
    for i, (met, unknown) in enumerate(communes):
        unknown = min(unknown, 19 - met)
        open_ = CRITERIA[:unknown]
        failed = CRITERIA[unknown : 19 - met]
        code = f"X{i:02}"
        decisions[code] = RULES.evaluate(commune(failed, open_, code=code))
        turned = [number for number in open_ if data.draw(st.booleans())]
        settled[code] = RULES.evaluate(commune([*failed, *turned], code=code))
    register = province([None] * len(communes))
    before = by_key(statistics(register, END_2023, decisions=decisions))
    for key, one in by_key(statistics(register, END_2023, decisions=settled)).items():
        if one.value is not None:
            high = before[key].high
            assert before[key].low <= one.value
            assert high is None or one.value <= high


def test_a_figure_reads_as_json_and_in_english() -> None:
    """Numbers are text in JSON; ranges read «or more» in English."""
    one = by_key(statistics(province([19, 18], 1), END_2023, published=Aggregate("x", None, {"met": 1})))["met"]
    assert one.as_dict()["low"] == "1"
    assert one.as_dict()["agrees"] is True
    assert Statistic("k", one.title, Decimal(2), None).counted_text("en") == "2 or more"


@pytest.mark.parametrize("name", ["targets/kon-tum-2024", "targets/kon-tum-2025"])
def test_every_shipped_target_is_answered_for_an_empty_province(name: str) -> None:
    """Without a single unit nothing is decided, and nothing fails."""
    rules = ntm.load(name, province="kon-tum")
    found = against_targets(rules, Register(()), END_2023)
    assert len(found) == len(rules.indicators)
    assert {one.outcome for one in found} == {"undetermined"}


def test_products_are_set_beside_what_was_published() -> None:
    """Two certificates and one product waiting: each class, and all of them once, beside the printed 208."""
    acts = [
        Act("recognition", "P1", "product", status="ocop-3", day=date(2022, 6, 1)),
        Act("recognition", "P2", "product", status="ocop-4", day=date(2023, 6, 1)),
        Act("recognition", "P2", "product", status="ocop-potential-5", day=date(2023, 9, 1)),
        Act("recognition", "P3", "product", status="ocop-3", day=date(2019, 9, 1)),
    ]
    printed = Aggregate("x", END_2023, {"ocop": 208, "ocop-3": 1, "ocop-4": 0})
    found = by_key(statistics(Register(acts, complete=True), END_2023, published=printed, catalogue=bundled()))
    assert [found[key].value for key in ("ocop", "ocop-3", "ocop-4", "ocop-potential-5")] == [2, 1, 1, 1]
    assert [found[key].agrees for key in ("ocop", "ocop-3", "ocop-4", "ocop-5")] == [False, True, False, None]
    nearly = Aggregate("x", END_2023, {"ocop": 2}, loosely={"ocop": "above"})
    assert by_key(statistics(Register(acts), END_2023, published=nearly, catalogue=bundled()))["ocop"].published_text("vi") == "trên 2"


# --- what is missing -------------------------------------------------------------------------------------------------------------


def missed(register: Register, number: str, name: str = "targets/kon-tum-2025", **options: object) -> tuple[str, str]:
    """What a target says is missing, in both languages."""
    rules = ntm.load(name, province="kon-tum" if "kon-tum" in name else None)
    [one] = [one for one in against_targets(rules, register, END_2023, **options) if one.id == number]  # type: ignore[arg-type]
    return one.missed_by("vi"), one.missed_by("en")


def test_what_a_share_misses_is_told_in_units() -> None:
    """56 of 85 communes have 15 criteria where all should: 29 communes are missing, and not 34.1176… points."""
    register = province([15] * 56 + [14] * 29)
    assert missed(register, "MT5.1") == ("còn thiếu 29 xã", "short by 29 communes")
    assert missed(province([15] * 85), "MT5.1") == ("", "")
    [one] = [one for one in against_targets(ntm.load("targets/kon-tum-2025", province="kon-tum"), register, END_2023) if one.id == "MT5.1"]
    assert one.as_dict()["short"] == [29, 29]


def test_what_is_open_of_units_makes_what_is_missing_a_range() -> None:
    """Of 85 communes 40 meet the set, 10 are not known and 60 are asked for: from 10 to 20 are missing."""
    register = province([19] * 40 + [None] * 10 + [12] * 35)
    assert missed(register, "MT1.1") == ("còn thiếu 10–20 xã", "short by 10–20 communes")


def test_too_many_units_are_told_as_such_and_by_the_published_value_the_gap_is_its_own() -> None:
    """Where none may be left below 15 criteria three are too many; a published share misses its bound by points."""
    assert missed(province([19] * 7 + [9] * 3), "MT4.1", "targets/national-2025")[0] == "chênh 3 xã"
    unknown = province([None] * 85, 0, complete=False)
    assert missed(unknown, "MT2.1", "targets/kon-tum-2024", values={"MT2.1": "56.47"})[0] == "còn thiếu 5,88 điểm phần trăm"


@settings(max_examples=60)
@given(st.lists(st.integers(0, 19), min_size=1, max_size=12))
def test_with_as_many_units_as_are_missing_a_target_is_met_and_with_one_less_it_is_not(counts: list[int]) -> None:
    """The number is exact: raise that many communes to the standard, and the share is reached; one less, and it is not."""
    counts = sorted(counts)
    rules = ntm.load("targets/kon-tum-2024", province="kon-tum")

    def share(of: list[int]):
        return next(one for one in against_targets(rules, province(list(of)), END_2023) if one.id == "MT2.1")

    one = share(counts)
    assert one.short is not None
    low, high = one.short
    assert low == high
    failing = [i for i, met in enumerate(counts) if met < 19]
    for raised, outcome in ((low, "met"), (low - 1, "not_met")):
        if raised >= 0:
            assert share([19 if i in failing[:raised] else met for i, met in enumerate(counts)]).outcome == outcome


def test_a_status_a_target_does_not_look_at_is_no_misspelling_of_one_it_does() -> None:
    """A commune's model status is open for want of a day and «ntm-modern» denied: neither is taken for the other, and it is counted."""
    rules = ntm.load("targets/kon-tum-2025", province="kon-tum")
    act = Act("recognition", "X00", "commune", status="ntm-model")
    register = Register([act], [unit("X00", unit_type="xã"), unit("X01", unit_type="xã")], complete=True)
    assert (register.holds("X00", END_2023)["ntm-model"], register.holds("X00", END_2023)["ntm-modern"]) == (None, False)
    [one] = [one for one in against_targets(rules, register, END_2023) if one.id == "MT3.1"]
    assert one.counted_text("vi") == "0–1"
