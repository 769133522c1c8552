"""Units through time: a code stands for one unit after another, and a status stays with the unit that was given it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

import ntm_rules as ntm
from helpers_register import END_2023, VIETNAMESE, commune, only, recognised, revoked, unit
from ntm_rules.published.statistics import statistics
from ntm_rules.register import Act, Category, Register, Unit, check_register, review_register

BEFORE, MERGED, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)
CODES = ("23314", "23317", "23320")
UNITS = [unit(code, criteria_met=count) for code, count in zip(CODES, (14, 19, 12), strict=True)]


def merged(codes: Iterable[str], into: str = "23317", on: date | None = MERGED) -> list[Act]:
    """Units merged into a code."""
    return [Act("merge", code, day=on, into=into, into_name="xã Ngọk Bay") for code in codes]


REUSED = [recognised("23317"), *merged(CODES)]
WITHOUT_ITS_OWN_ROW = [recognised("23317"), *merged(("23314", "23320"))]


@pytest.mark.parametrize("acts", [REUSED, WITHOUT_ITS_OWN_ROW])
def test_merge_code_reused_a_unit_that_takes_in_others_is_another_unit(catalogue: ntm.Catalogue, acts: list[Act]) -> None:
    """The day before it keeps its status; from the merger on the old unit is gone, and the new one holds nothing."""
    register = Register(acts, UNITS, complete=True)
    assert [one.problem.code for one in check_register(register, catalogue)] == []
    assert only(review_register(register, on=BEFORE)).category is Category.STILL_MEETS
    after = only(review_register(register, on=AFTER))
    assert after.category is Category.UNDETERMINED
    assert "danh hiệu không tự chuyển" in " ".join(after.reasons)
    assert register.holds("23317", BEFORE)["ntm"] is True
    assert register.holds("23317", MERGED)["ntm"] is False
    assert [one.id for one in register.existing(BEFORE)] == list(CODES)
    assert [one.id for one in register.existing(MERGED)] == ["23317"]


def test_a_decision_on_the_new_unit_counts_and_is_judged_by_what_is_known_of_that_unit() -> None:
    """The number of criteria on the list is that of the old unit, since the list still names the parts."""
    again = recognised("23317", on="2025-12-01", name="xã Ngọk Bay", edition="commune-ntm/2021-2025")
    register = Register([*REUSED, again], UNITS)
    old, new = review_register(register, on=AFTER)
    assert (old.act, new.act) == (REUSED[0], again)
    assert new.possible != old.possible
    assert "không có số liệu nào của đơn vị này" in new.reasons
    assert register.standing("23317", "ntm", AFTER).act is again
    known = {("23317", "commune-ntm"): commune(code="23317", year=2025)}
    assert review_register(register, on=AFTER, values=known)[1].category is Category.STILL_MEETS
    of_the_new = Register([*REUSED, again], [unit("23317", criteria_met=19)])  # a list of the new units alone
    assert review_register(of_the_new, on=AFTER)[1].category is Category.STILL_MEETS
    assert review_register(of_the_new, on=BEFORE)[0].category is Category.UNDETERMINED


def test_units_that_begin_by_a_merger_are_not_counted_before_it() -> None:
    """Old and new stand on one list: three communes the day before, two from the day on."""
    units = [unit(code, unit_type="xã") for code in ("A1", "A2", "A3", "N1", "N2")]
    acts = [recognised("A1"), recognised("A2"), *merged(("A1", "A2"), "N1"), *merged(("A3",), "N2")]
    register = Register(acts, units, complete=True)
    for on, count, held in ((BEFORE, 3, 2), (MERGED, 2, 0)):
        found = {one.key: one.value for one in statistics(register, on)}
        assert (found["communes"], found["recognised"]) == (count, held)


def test_the_list_may_say_the_first_and_the_last_day_of_a_unit() -> None:
    """A unit of another place that no merger on record made begins on its day; two units of one code each have their own row."""
    old = replace(unit("23317", criteria_met=19), until=BEFORE)
    new = replace(unit("23317", criteria_met=11), begins=MERGED)
    register = Register([recognised("23317")], [old, new, replace(unit("N3"), begins=MERGED)], complete=True)
    assert [one.id for one in register.existing(BEFORE)] == ["23317"]
    assert [one.id for one in register.existing(MERGED)] == ["23317", "N3"]
    assert only(review_register(register, on=BEFORE)).category is Category.STILL_MEETS
    assert register.holds("23317", MERGED)["ntm"] is False
    listed = register.listed("23317", MERGED)
    assert listed is not None
    assert listed.attributes["criteria_met"] == 11


def test_merge_partial_a_divided_unit_may_go_on_under_its_code() -> None:
    """A1 becomes N1 and a smaller A1: both are new, and A1 is no longer recognised."""
    acts = [recognised("A1"), *merged(("A1",), "N1"), *merged(("A1",), "A1")]
    register = Register(acts, [unit("A1")], complete=True)
    assert register.holds("A1", MERGED)["ntm"] is False
    assert {act.into for act in register.went_to(register.lives("A1")[0], MERGED)} == {"N1", "A1"}
    assert register.life("A1", MERGED).exists(AFTER)


def test_a_merger_into_a_unit_that_had_gone_begins_nothing(catalogue: ntm.Catalogue) -> None:
    """B went into C; what is then said to be merged into B is told, and B stays gone."""
    acts = [*merged(("B",), "C", date(2023, 1, 1)), *merged(("A",), "B", date(2023, 6, 1))]
    register = Register(acts, [unit(code) for code in "ABC"])
    assert [one.problem.code for one in check_register(register, catalogue)] == ["NTM-808"]
    assert not register.life("B", END_2023).exists(END_2023)


def test_a_unit_that_had_gone_is_not_merged_a_second_time(catalogue: ntm.Catalogue) -> None:
    """B went into C; a later merger that names B among the old is told, and B neither lived on until then nor begins again."""
    acts = [recognised("B"), *merged(("B",), "C", date(2023, 1, 1)), *merged(("A", "B"), "B", date(2023, 6, 1))]
    register = Register(acts, [unit(code) for code in "ABC"], complete=True)
    assert {one.problem.code for one in check_register(register, catalogue)} == {"NTM-808"}
    assert register.holds("B", date(2022, 12, 31))["ntm"] is True
    assert register.holds("B", date(2023, 1, 1))["ntm"] is False
    assert not register.life("B", END_2023).exists(END_2023)


def test_rename_code_a_new_code_makes_no_new_unit() -> None:
    """Recognised under 11353, renumbered 11344: the status goes on, under either code."""
    act = recognised("11353")
    rename = Act("rename", "11353", day=date(2023, 4, 1), into="11344", into_name="Mẫu Đất")
    register = Register([act, rename], [Unit("11344", name="Mẫu Đất", attributes={"province": "kon-tum", "criteria_met": 19})])
    assert only(review_register(register, on=END_2023)).category is Category.STILL_MEETS
    assert register.standing("11344", "ntm", END_2023).holds is register.standing("11353", "ntm", END_2023).holds is True


def test_an_undated_merger_leaves_open_whether_the_unit_went() -> None:
    """Known only by a later day: until then the unit is there, from then on it is gone."""
    gone = Act("merge", "A", known_by=MERGED, into="N")
    register = Register([recognised("A"), gone], [unit("A")], complete=True)
    assert [one.id for one in register.existing(BEFORE)] == ["A"]
    assert register.existing(MERGED) == ()
    undated = Register([recognised("A"), Act("merge", "A", into="N")], [unit("A")], complete=True)
    assert [one.id for one in undated.existing(AFTER)] == ["A"]
    assert undated.holds("A", AFTER)["ntm"] is True


def test_a_revoked_status_of_a_unit_that_went_is_not_reviewed() -> None:
    """What it no longer held when it went says nothing of where it went."""
    register = Register([recognised("A"), revoked("A"), *merged(("A",), "N")], [unit("A")])
    assert review_register(register, on=AFTER) == ()


FORMED = "267/BNN-VPĐP: "
OPEN_2025 = "; chưa đọc được văn bản nói công văn này có áp dụng cho việc sắp xếp ngày 01/07/2025 hay không"
ANEW = "có xã cũ chưa đạt chuẩn, xã mới phải rà soát, đạt bộ tiêu chí và qua thủ tục của 18/2022/QĐ-TTg"
EARLY = date(2024, 11, 1)


@pytest.mark.parametrize(
    ("first", "second", "on", "said"),
    [
        ("ntm", "ntm", EARLY, "mọi xã cũ đều là «Xã được công nhận đạt chuẩn nông thôn mới», tỉnh ra quyết định công nhận xã mới ở mức đó"),
        ("ntm", None, EARLY, ANEW),
        ("ntm-advanced", None, EARLY, f"{ANEW}; xã mới xây dựng nông thôn mới"),
        ("ntm-model", None, EARLY, f"{ANEW}; xã mới xây dựng nông thôn mới"),
        ("ntm-model", "ntm", EARLY, "xã mới xây dựng nông thôn mới nâng cao"),
        ("ntm-advanced", "ntm", EARLY, "chưa đọc được quy định cho các xã cũ khác mức như vậy"),
        ("ntm-model", "ntm-advanced", EARLY, "chưa đọc được quy định cho các xã cũ khác mức như vậy"),
        ("ntm", None, MERGED, f"{ANEW}{OPEN_2025}"),
        ("ntm", None, date(2020, 3, 1), None),
    ],
)
def test_of_a_commune_formed_by_merger_the_letter_says_what_was_read_of_it(
    first: str, second: str | None, on: date, said: str | None
) -> None:
    """By the levels of the former communes, for the mergers it is about; nothing is decided by it, and what was not read is told so."""
    held = [recognised("23314", "ntm", "2018-01-01"), *([recognised("23320", "ntm", "2018-01-01")] if second else [])]
    held += [recognised(code, level, "2019-01-01") for code, level in (("23314", first), ("23320", second)) if level not in (None, "ntm")]
    register = Register([*held, *merged(("23314", "23320"), "23400", on)], UNITS, complete=True)
    found = next(one for one in review_register(register, on=AFTER) if one.unit == "23314" and one.status == first)
    assert found.category is Category.UNDETERMINED
    assert [reason for reason in found.reasons if "267" in reason] == ([f"{FORMED}{said}"] if said else [])
    assert said is None or not set(VIETNAMESE) & set(
        found.reasons[-1].en.replace("BNN-VPĐP", "").replace("QĐ-TTg", "").replace("«", "").lower()
    )


def test_what_the_letter_says_is_left_open_where_a_former_commune_is_not_known_or_was_none() -> None:
    """A register that is not complete says of how many; of a ward or a divided commune the letter was not read."""
    acts = [recognised("23314", "ntm", "2018-01-01"), *merged(("23314", "23320"), "23400", EARLY)]
    [found] = review_register(Register(acts, UNITS), on=AFTER)
    assert found.reasons[-1] == f"{FORMED}chưa rõ danh hiệu của 2 xã cũ"
    ward = [UNITS[0], unit("23320", unit_type="phường")]
    for register in (Register(acts, ward, complete=True), Register([*acts, *merged(("23314",), "23401", EARLY)], UNITS, complete=True)):
        [found] = review_register(register, on=AFTER)
        assert not any("267" in reason for reason in found.reasons)
