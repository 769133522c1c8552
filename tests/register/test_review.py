"""The review: still meets, keeps its status, ground for revocation, run out, or open, and why."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from helpers_register import CRITERIA, END_2023, END_2024, VIETNAMESE, category, commune, only, recognised, reviewed, revoked, unit
from ntm_rules.loading.catalogue import bundled
from ntm_rules.register.acts import Act, Unit
from ntm_rules.register.book import Register
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.review import Review, review_register
from ntm_rules.register.tally import Category, Tally, possible

KEY = ("10", "17", "19")
OTHERS = tuple(number for number in CRITERIA if number not in KEY)


def test_a_commune_that_meets_everything_still_meets() -> None:
    """Nineteen of nineteen: nothing to do, and no law of revocation is cited."""
    found = reviewed()
    assert found.category is Category.STILL_MEETS
    assert "18/2022/QĐ-TTg" not in found.instruments
    assert found.slipped == ()


@pytest.mark.parametrize("count", range(1, 20))
@pytest.mark.parametrize("with_key", [False, True])
def test_how_many_failed_criteria_are_ground_for_revocation(count: int, with_key: bool) -> None:
    """Under the text of 2022: 1-5 keep the status, 6-9 are ground only with a key criterion, 10 and more are ground."""
    failed = ((*KEY, *OTHERS) if with_key else (*OTHERS, *KEY))[:count]
    keeps = count <= 5 or (count <= 9 and not with_key)
    found = reviewed(*failed)
    assert found.category is (Category.KEEPS_STATUS if keeps else Category.GROUND_FOR_REVOCATION)
    assert set(found.slipped) == set(failed)
    assert "18/2022/QĐ-TTg" in found.instruments
    assert found.level is not None


def test_the_new_text_of_2024_is_not_known_so_the_category_is_open() -> None:
    """From the day the amendment was signed, only a commune that fails nothing is settled; the old text is not carried on."""
    assert category("10", "11") is Category.KEEPS_STATUS
    for failed in (("1",), OTHERS[:12]):
        found = reviewed(*failed, on=END_2024, attributes={"year": 2024})
        assert found.category is Category.UNDETERMINED
        assert any("03/2024/QĐ-TTg" in reason.vi for reason in found.reasons)
    assert category(on=END_2024, attributes={"year": 2024}) is Category.STILL_MEETS
    assert category("1", on=date(2024, 3, 6)) is Category.KEEPS_STATUS
    assert category("1", on=date(2024, 3, 7)) is Category.UNDETERMINED


def test_before_the_first_text_there_is_no_ground_on_record() -> None:
    """On a day before 2022-08-02 no text on revocation is on record, so a failure settles nothing."""
    assert category("1", on=date(2022, 8, 1), attributes={"year": 2022}) is Category.UNDETERMINED
    assert category("1", on=date(2022, 8, 2), attributes={"year": 2022}) is Category.KEEPS_STATUS


def test_key_criteria_that_were_only_inferred_do_not_decide_for_those_who_ask_for_published_sources() -> None:
    """With ``accept='published'`` six failures are open, since which criteria are key is only recalled; ten are still ground."""
    assert category(*OTHERS[:6], accept="published") is Category.UNDETERMINED
    assert category(*OTHERS[:10], accept="published") is Category.GROUND_FOR_REVOCATION
    assert category(*OTHERS[:5], accept="published") is Category.KEEPS_STATUS


def test_a_mere_count_of_criteria_decides_as_far_as_it_can() -> None:
    """A source that only says 12 of 19 leaves open which ones failed; 15 and 8 decide."""
    for met, expected in (
        (19, Category.STILL_MEETS),
        (15, Category.KEEPS_STATUS),
        (12, Category.UNDETERMINED),
        (9, Category.GROUND_FOR_REVOCATION),
    ):
        register = Register([recognised()], [unit(criteria_met=met)])
        found = only(review_register(register, on=END_2023))
        assert found.category is expected, met
        assert found.slipped == ()
    assert set(only(review_register(Register([recognised()], [unit(criteria_met=12)]), on=END_2023)).possible) == {
        Category.KEEPS_STATUS,
        Category.GROUND_FOR_REVOCATION,
    }


@settings(max_examples=60)
@given(st.lists(st.sampled_from(CRITERIA), unique=True, max_size=14), st.lists(st.sampled_from(CRITERIA), unique=True, max_size=4))
def test_what_is_possible_is_what_some_completion_of_the_unknown_gives(failed: list[str], unknown: list[str]) -> None:
    """The categories named as possible are those that reviewing every completion gives, no more and no fewer."""
    failed = [number for number in failed if number not in unknown]
    found = reviewed(*failed, unknown=unknown)
    ways = set()
    for answers in product((True, False), repeat=len(unknown)):
        more = [number for number, met in zip(unknown, answers, strict=True) if not met]
        ways.add(category(*failed, *more))
    assert set(found.possible) == ways
    assert found.category is (next(iter(ways)) if len(ways) == 1 else Category.UNDETERMINED)
    assert set(found.open) == set(unknown)


ACTS = st.builds(
    lambda kind, unit, status, day, until, known: Act(
        kind,
        unit,
        status=status if kind in ("recognition", "revocation") else "",
        day=None if known else day,
        known_by=day if known else None,
        until=day + timedelta(days=until) if kind == "recognition" and until else None,
        into="C" if kind == "merge" else "",
    ),
    st.sampled_from(("recognition", "recognition", "recognition", "revocation", "merge")),
    st.sampled_from(("A", "B")),
    st.sampled_from(("ntm", "ntm", "ntm-advanced", "ntm-model")),
    st.dates(date(2019, 1, 1), date(2023, 12, 31)),
    st.sampled_from((0, 0, 400, 900)),
    st.booleans(),
)
CERTIFICATES = st.builds(
    lambda kind, day, stars: Act(kind, "SP", "product", status=f"ocop-{stars}", day=day, edition=""),
    st.sampled_from(("recognition", "recognition", "filing")),
    st.dates(date(2019, 9, 1), date(2023, 12, 31)),
    st.integers(3, 5),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(ACTS, CERTIFICATES), max_size=7),
    st.lists(st.sampled_from(CRITERIA), unique=True, max_size=19),
    st.lists(st.sampled_from(CRITERIA), unique=True, max_size=3),
    st.sampled_from((None, 9, 12, 19)),
    st.dates(date(2022, 8, 2), date(2024, 2, 29)),
    st.integers(0, 500),
    st.booleans(),
)
def test_reviewing_later_with_the_same_facts_and_law_changes_nothing_but_expiries(
    acts: list[Act], failed: list[str], unknown: list[str], count: int | None, first: date, later: int, complete: bool
) -> None:
    """Between two days with no new act and no new law everything said of a recognition stays, unless it ran out or came due."""
    second = min(first + timedelta(days=later), date(2024, 2, 29))
    acts = [act for act in acts if act.certain_from is not None and act.certain_from <= first]
    units = [unit("A"), unit("B", **({} if count is None else {"criteria_met": count})), unit("C")]
    values = {("A", family): commune(failed, unknown, code="A") for family in ("commune-ntm", "commune-advanced")}
    register = Register(acts, units, complete=complete)
    before, after = ({(one.unit, one.status): one for one in review_register(register, on=on, values=values)} for on in (first, second))
    assert before.keys() == after.keys()
    for key, now in after.items():
        then = before[key]
        if now.category is then.category:
            kept = ("possible", "slipped", "open", "edition", "instruments", "level", "act", "name", "problems")
            assert [getattr(now, name) for name in kept] == [getattr(then, name) for name in kept]
            assert now.reasons == then.reasons or now.category is Category.DUE_FOR_REASSESSMENT
        else:
            assert then.category is not Category.EXPIRED
            assert now.category in (Category.EXPIRED, Category.DUE_FOR_REASSESSMENT)
            ends = [act.until for act in acts if act.until is not None]
            assert now.act.unit_kind == "product" or any(first <= end < second for end in ends)


def test_what_was_revoked_is_not_reviewed_and_what_ended_is_told() -> None:
    """A revoked recognition is gone; one whose last day passed is told as run out."""
    assert review_register(Register([recognised(), revoked()], [unit()]), on=END_2023) == ()
    before = review_register(Register([recognised(), revoked()], [unit()]), on=date(2023, 5, 31))
    assert only(before).category is Category.UNDETERMINED
    register = Register([recognised(until=date(2023, 1, 1))], [unit(criteria_met=19)])
    assert only(review_register(register, on=date(2023, 1, 1))).category is Category.STILL_MEETS  # its last day
    ended = only(review_register(register, on=date(2023, 1, 2)))
    assert ended.category is Category.EXPIRED
    assert ended.reasons[0].en == "ended on 2023-01-01"


def test_an_undated_recognition_is_open_until_the_day_it_is_known_by() -> None:
    """A source of 2021 that names a commune says nothing of 2020; from its own day on it counts."""
    act = recognised(on=None, known_by=date(2021, 12, 31))
    register = Register([act], [unit(criteria_met=19)])
    assert only(review_register(register, on=date(2022, 12, 31))).category is Category.STILL_MEETS
    assert register.standing("23311", "ntm", date(2020, 1, 1)).holds is None
    assert register.standing("23311", "ntm", date(2021, 12, 31)).holds is True
    with_revocation = Register([act, revoked(on=None)], [unit()])
    assert with_revocation.standing("23311", "ntm", END_2023).holds is None
    earlier = Register([act, revoked(on="2020-06-01")], [unit()])
    assert earlier.standing("23311", "ntm", END_2023).holds is None  # recognised again after it, or revoked by it
    later = Register([act, revoked(on="2022-06-01")], [unit()])
    assert later.standing("23311", "ntm", END_2023).holds is False


def test_a_merged_unit_is_told_and_its_status_does_not_pass_on() -> None:
    """After the merger of 2025 the recognition of the old unit is open, and the new unit has none."""
    merge = Act("merge", "23311", day=date(2025, 7, 1), into="30001", into_name="phường Đăk Cấm")
    register = Register([recognised(), merge], [unit(criteria_met=19), unit("30001")])
    found = only(review_register(register, on=date(2025, 8, 1)))
    assert found.category is Category.UNDETERMINED
    assert "phường Đăk Cấm" in found.reasons[0].vi
    assert register.standing("30001", "ntm", date(2025, 8, 1)).holds is None
    assert Register(register.acts, register.units.values(), complete=True).standing("30001", "ntm", date(2025, 8, 1)).holds is False


def test_a_recognised_class_three_commune_becomes_class_one_and_changes_its_column() -> None:
    """861/QĐ-TTg: recognised, it no longer reads the Northern-mountain column, so an income that sufficed no longer does."""
    values = {"10.1": "46"}
    attested = {number: True for number in CRITERIA if number != "10"}
    subject = ntm.Subject(
        id="23311",
        kind="commune",
        attributes={"province": "kon-tum", "region": "tay-nguyen", "year": 2024, "area": "III"},
        attested=attested,
        values=values,
    )
    rules = ntm.load("commune-ntm/2021-2025", on=END_2024, province="kon-tum")
    assert rules.evaluate(subject)["10.1"].outcome == "met"
    known = {("23311", "commune-ntm"): subject}
    found = only(review_register(Register([recognised(on="2023-04-12")], [unit()]), on=END_2024, values=known))
    assert found.decision is not None
    assert found.decision["10.1"].outcome == "not_met"
    assert any("khu vực III → I" in reason.vi for reason in found.reasons)
    assert "861/QĐ-TTg" in found.instruments
    same_year = Register([recognised(on="2024-05-01")], [unit(area="III", extremely_difficult=True)])
    for on in (date(2024, 5, 1), END_2024):
        kept = only(review_register(same_year, on=on, values=known))
        assert (kept.decision and kept.decision["10.1"].outcome) == "met"  # the figures that the recognition rests on keep their column
        assert any("từ năm xét 2025" in reason.vi for reason in kept.reasons)
        at_once = only(review_register(same_year, on=on, values=known, readings={"counts_from": "at_once"}))
        assert (at_once.decision and at_once.decision["10.1"].outcome) == "not_met"
    earlier = only(review_register(Register([recognised(on="2019-05-01")], [unit()]), on=END_2024, values=known))
    assert earlier.decision is not None
    assert earlier.decision["10.1"].outcome == "met"  # recognised before the list: the list already knows
    undated = only(review_register(Register([recognised(on=None, known_by=date(2022, 1, 1))], [unit()]), on=END_2024, values=known))
    assert undated.decision is not None
    assert undated.decision["10.1"].outcome == "undetermined"


def test_an_advanced_commune_is_judged_by_the_advanced_set_and_needs_its_first_status() -> None:
    """The register itself answers whether the commune is recognised as NTM, which the advanced set asks for."""
    acts = [recognised(), recognised(status="ntm-advanced", on="2021-06-01")]
    subject = commune()
    values = {("23311", "commune-advanced"): subject}
    found = {one.status: one for one in review_register(Register(acts, [unit()]), on=END_2023, values=values)}
    assert found["ntm-advanced"].edition == "commune-advanced/2021-2025"
    assert found["ntm-advanced"].category is Category.STILL_MEETS
    ways = review_register(Register(acts[1:], [unit()]), on=END_2023, values=values)
    assert only(ways).category is Category.UNDETERMINED


def test_a_model_commune_is_tested_on_the_advanced_set_for_revocation() -> None:
    """Failing the model set is one thing; ground for revocation is counted on the advanced set."""
    acts = [recognised(), recognised(status="ntm-advanced", on="2021-06-01"), recognised(status="ntm-model", on="2022-06-01")]
    model = ntm.Subject(id="23311", kind="commune", attributes={"province": "kon-tum"}, attested={"1": True, "2": False, "3": True})
    values = {("23311", "commune-model"): model, ("23311", "commune-advanced"): commune(OTHERS[:3])}
    found = {one.status: one for one in review_register(Register(acts, [unit()]), on=END_2023, values=values)}
    assert found["ntm-model"].category is Category.KEEPS_STATUS
    values[("23311", "commune-advanced")] = commune(OTHERS[:10])
    found = {one.status: one for one in review_register(Register(acts, [unit()]), on=END_2023, values=values)}
    assert found["ntm-model"].category is Category.GROUND_FOR_REVOCATION
    assert found["ntm-model"].edition == "commune-model/2021-2025"


def test_a_district_loses_ground_by_the_share_of_its_communes_revoked() -> None:
    """Three of ten communes revoked are 30%: ground, whatever its own criteria; two of ten leave it to them."""
    units = [unit(f"X{n}") for n in range(10)]
    units = [type(one)(one.id, one.kind, one.name, (), "608", one.attributes) for one in units]
    district = type(units[0])("608", "district", "Thành phố", (), "kon-tum", {"province": "kon-tum"})
    base = [recognised(f"X{n}") for n in range(10)] + [Act("recognition", "608", "district", status="district-ntm", day=date(2022, 12, 1))]
    for count, expected in ((3, True), (2, False)):
        acts = [*base, *(revoked(f"X{n}") for n in range(count))]
        register = Register(acts, [*units, district], complete=True)
        found = {one.unit: one for one in review_register(register, on=END_2023)}["608"]
        assert (Category.GROUND_FOR_REVOCATION in found.possible and Category.KEEPS_STATUS not in found.possible) is expected


def test_every_review_says_which_set_and_which_instruments_and_reads_as_json() -> None:
    """The plain data of a review names the unit, the act, the set, the reasons in both languages."""
    data = reviewed("10", "11").as_dict()
    assert data["edition"] == "commune-ntm/2021-2025"
    assert data["category"] == "keeps_status"
    assert data["slipped"] == ["10", "11"]
    assert all(reason["vi"] and reason["en"] for reason in data["reasons"])
    assert "318/QĐ-TTg" in data["instruments"]


def test_a_number_of_criteria_is_of_the_first_set_and_says_nothing_of_the_advanced_one() -> None:
    """19 of 19 on the list of units settles the NTM status; the advanced and the model status stay open."""
    acts = [recognised(), recognised(status="ntm-advanced", on="2021-06-01"), recognised(status="ntm-model", on="2022-06-01")]
    found = {one.status: one for one in review_register(Register(acts, [unit(criteria_met=19)]), on=END_2023)}
    assert found["ntm"].category is Category.STILL_MEETS
    assert "318/QĐ-TTg" in found["ntm"].instruments
    for status in ("ntm-advanced", "ntm-model"):
        assert found[status].category is Category.UNDETERMINED
        assert set(found[status].possible) == {Category.STILL_MEETS, Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION}


def test_more_criteria_than_the_set_has_are_told() -> None:
    """20 of 19 was counted under another set: listed, and the unit is open."""
    found = only(review_register(Register([recognised()], [unit(criteria_met=20)]), on=END_2023))
    assert found.category is Category.UNDETERMINED
    assert [problem.code for problem in found.problems] == ["NTM-824"]


def test_exactly_thirty_and_exactly_fifty_percent_are_reached() -> None:
    """Three of ten criteria are 30%, five are 50%: both bounds are «from»."""
    ground = RevocationLaw.of(bundled()).ground("ntm", END_2023)
    assert possible(Tally(10, 3, 0, 1), ground, None, same_set=True) == {Category.GROUND_FOR_REVOCATION}
    assert possible(Tally(10, 3, 0, 0), ground, None, same_set=True) == {Category.KEEPS_STATUS}
    assert possible(Tally(10, 5, 0, 0), ground, None, same_set=True) == {Category.GROUND_FOR_REVOCATION}
    assert possible(Tally(100, 29, 0, 1), ground, None, same_set=True) == {Category.KEEPS_STATUS}
    assert possible(Tally(100, 49, 0, 0), ground, None, same_set=True) == {Category.KEEPS_STATUS}


def test_the_level_is_that_of_the_figures_that_decided() -> None:
    """Which criteria are key is only recalled: that weakens a conclusion that rests on it, and no other."""
    attested = "published"
    for failed, key, expected, level in (
        (OTHERS[:5], False, Category.KEEPS_STATUS, attested),
        (OTHERS[:6], True, Category.KEEPS_STATUS, "recalled"),
        (("10", *OTHERS[:5]), True, Category.GROUND_FOR_REVOCATION, "recalled"),
        (OTHERS[:10], False, Category.GROUND_FOR_REVOCATION, attested),
    ):
        found = reviewed(*failed)
        assert (found.category, found.level) == (expected, level)
        accepted = reviewed(*failed, accept="published")
        assert (accepted.category is Category.UNDETERMINED) is key


def test_no_figure_of_the_law_is_official_yet() -> None:
    """For those who ask for official sources only a commune that meets everything is settled."""
    assert category(accept="official") is Category.STILL_MEETS
    for failed in (OTHERS[:3], OTHERS[:10]):
        found = reviewed(*failed, accept="official")
        assert set(found.possible) == {Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION}


def test_where_a_unit_went_is_followed_to_the_end() -> None:
    """A into B in July, B into C in October; a unit that was divided names both; a loop ends; a new decision of the heir is told."""
    first, second = (
        Act("merge", "23311", name="A", day=date(2025, 7, 1), into="B"),
        Act("merge", "B", day=date(2025, 10, 1), into="C", into_name="Xã C"),
    )
    chain = Register([recognised(), first, second, recognised("C", on="2025-11-01")], [unit(), unit("B"), unit("C")])
    before, between, after = (only_of(chain, on) for on in (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 1)))
    assert not any("merged" in reason.en for reason in before.reasons)
    assert between.reasons[0].en.count("was merged") == 1
    assert after.reasons[0].en.startswith("A was merged on 2025-07-01 into B; B was merged on 2025-10-01 into Xã C; the status does not")
    assert "C" in after.reasons[0].en.rsplit("on record for", 1)[1]
    divided = Register([recognised(), first, Act("merge", "23311", day=date(2025, 7, 1), into="D")], [unit()])
    assert "into B" in only_of(divided, date(2025, 8, 1)).reasons[0].en
    assert "into D" in only_of(divided, date(2025, 8, 1)).reasons[0].en
    loop = Register([recognised(), first, Act("merge", "B", day=date(2025, 8, 1), into="23311")], [unit()])
    assert only_of(loop, date(2025, 8, 1)).reasons[0].en.count("was merged") == 2


def only_of(register: Register, on: date, code: str = "23311") -> Review:
    """The review of one unit."""
    return next(one for one in review_register(register, on=on) if one.unit == code)


def test_a_new_name_with_a_new_code_leaves_the_unit_what_it_is() -> None:
    """The recognition, values and the list join under the old code and the new; the unit counts once."""
    rename = Act("rename", "23311", name="Xã cũ", day=date(2021, 7, 1), into="23999", into_name="Xã mới")
    values = {("23999", "commune-ntm"): commune(("10",), code="23999")}
    for listed in ([unit("23999")], [unit(), unit("23999")]):
        register = Register([recognised(name="Xã cũ"), rename], listed)
        found = only(review_register(register, on=END_2023, values=values))
        assert (found.unit, found.name, found.slipped) == ("23311", "Xã mới", ("10",))
        assert register.standing("23999", "ntm", END_2023).holds is True
        assert [one.id for one in register.existing(END_2023)] == ["23999"]
    again = Register([recognised(), rename, recognised("23999", on="2022-01-01")], [unit("23999")])
    assert only(review_register(again, on=END_2023)).category is Category.UNDETERMINED  # two recognitions of one unit overlap


def test_wards_and_townships_are_no_communes_of_the_district() -> None:
    """Three of eight communes revoked are ground (37.5%), though with four wards they would be 25% of twelve units."""
    communes, wards = [f"X{n}" for n in range(8)], [f"P{n}" for n in range(4)]
    units = [
        Unit(code, "commune", code, (), "608", {"unit_type": "phường" if code in wards else "xã", "province": "kon-tum"})
        for code in (*communes, *wards)
    ]
    district = Unit("608", "district", "Thành phố", (), "kon-tum", {"province": "kon-tum"})
    acts = [*(recognised(code) for code in communes), *(revoked(code) for code in communes[:3])]
    acts.append(Act("recognition", "608", "district", status="district-ntm", day=date(2022, 12, 1)))
    found = only_of(Register(acts, [*units, district], complete=True), END_2023, "608")
    assert (found.category, found.level) == (Category.GROUND_FOR_REVOCATION, "published")  # not all its communes are recognised
    assert any("share of communes" in reason.en for reason in found.reasons)


def test_english_reasons_hold_no_vietnamese_sentence() -> None:
    """Every reason of every kind of review, in English, is free of Vietnamese words other than names of documents."""
    merge = Act("merge", "M", name="M", day=date(2023, 7, 1), into="N")
    undated = recognised("U", on=None, known_by=date(2022, 1, 1), name="U")
    acts = [
        recognised("A"),
        recognised("B"),
        recognised("C", until=date(2023, 1, 1)),
        recognised("M"),
        merge,
        undated,
        Act("recognition", "SP", "product", status="ocop-3", day=date(2021, 1, 1)),
        Act("recognition", "SQ", "product", status="ocop-potential-5", known_by=date(2022, 1, 1)),
    ]
    units = [unit("A", criteria_met=12), unit("B", area="III"), unit("C"), unit("M"), unit("N"), unit("U", area="III")]
    values = {("B", "commune-ntm"): commune(("1", "10"), ("2",), code="B")}
    for on in (END_2023, END_2024):
        for one in review_register(Register(acts, units), on=on, values=values):
            for reason in one.reasons:
                plain = reason.en.replace("QĐ-TTg", "").replace("BNN-VPĐP", "").replace("Mức", "")
                assert not set(plain.lower()) & VIETNAMESE, reason.en
    assert Register(acts).standing("U", "ntm", END_2023).reason.en == "recognised: number not known, 2022-01-01 at the latest"


def test_a_district_is_judged_with_its_communes_as_the_register_has_them() -> None:
    """Nine of ten communes recognised: open while the tenth is not known, not met once the register is complete; the township counts."""
    units = [Unit(f"X{n}", "commune", f"X{n}", (), "608", {"unit_type": "xã"}) for n in range(10)]
    units += [
        Unit("T", "commune", "T", (), "608", {"unit_type": "thị trấn"}),
        Unit("608", "district", "H", (), "", {"province": "kon-tum"}),
    ]
    acts = [recognised(f"X{n}") for n in range(9)]
    acts.append(Act("recognition", "T", status="civilised-township", day=date(2022, 1, 1)))
    acts.append(Act("recognition", "608", "district", status="district-ntm", day=date(2022, 12, 1)))
    outcomes = {}
    for complete in (False, True):
        found = only_of(Register(acts, units, complete=complete), END_2023, "608")
        assert found.decision is not None
        outcomes[complete] = [node.outcome.value for node in found.decision.conditions][:3]
    assert outcomes == {False: ["undetermined", "undetermined", "met"], True: ["not_met", "not_met", "met"]}
    all_ten = Register([*acts, recognised("X9"), *(recognised(f"X{n}", "ntm-advanced") for n in range(2))], units, complete=True)
    found = only_of(all_ten, END_2023, "608")
    assert found.decision is not None
    assert [node.outcome.value for node in found.decision.conditions][:3] == ["met", "met", "met"]


def test_a_village_without_its_province_is_told_so() -> None:
    """Village sets are those of provinces: without one the reason names them; with one the village is judged."""
    act = Act("recognition", "V", "village", status="village-model", day=date(2023, 1, 1))
    assert "the province is not stated" in only(review_register(Register([act]), on=END_2023)).reasons[0].en
    found = only(review_register(Register([act]), on=END_2023, province="kon-tum"))
    assert found.edition == "village-model/kon-tum-2022"
