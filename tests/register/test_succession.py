"""The list of units tells its own succession: mergers, divisions, new names and codes, and what it leaves open."""

from __future__ import annotations

import csv
import json
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from helpers_register import only, recognised
from ntm_rules.cli.app import run
from ntm_rules.published.statistics import statistics
from ntm_rules.register import Act, Category, Register, Unit, check_register, review_register
from ntm_rules.register.files import read_register, read_units
from ntm_rules.register.succession import Successions

TOP = Path(__file__).parents[2]
BEFORE, MERGED, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)
HEADER = "mã,tên,loại hình,thuộc,tỉnh,từ ngày,đến ngày,nhập vào,có thể nhập vào,tiếp tục với mã\n"


def listed(tmp_path: Path, *rows: str) -> tuple[Unit, ...]:
    """A list of units without a problem."""
    (tmp_path / "dv.csv").write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    units, problems = read_units(tmp_path / "dv.csv")
    assert problems == ()
    return units


MERGER = (
    "23314,Kroong,xã,608,Kon Tum,,2025-06-30,23317,,",
    "23317,Ngọk Bay,xã,608,Kon Tum,,2025-06-30,23317,,",
    "23317,Ngọk Bay mới,xã,51,Quảng Ngãi,2025-07-01,,,,",
)


def test_a_list_that_says_what_became_of_its_units_needs_no_acts_of_merger(tmp_path, catalogue: ntm.Catalogue) -> None:
    """The part keeps its status to the last day; the new unit of the same code holds nothing; the review says where the part went."""
    register = Register([recognised("23317")], listed(tmp_path, *MERGER), complete=True)
    assert check_register(register, catalogue) == ()
    assert (register.holds("23317", BEFORE)["ntm"], register.holds("23317", MERGED)["ntm"]) == (True, False)
    assert "Ngọk Bay đã sáp nhập ngày 01/07/2025 vào Ngọk Bay mới" in only(review_register(register, on=AFTER)).reasons[0].vi
    assert [(one.id, one.name) for one in register.existing(MERGED)] == [("23317", "Ngọk Bay mới")]


def test_a_merger_that_stands_on_the_list_and_in_the_register_is_told_once(tmp_path) -> None:
    """With the code of the new unit or with its name alone."""
    for into in ("23317", ""):
        act = Act("merge", "23317", day=MERGED, into=into, into_name="xã Ngọk Bay")
        reason = only(review_register(Register([recognised("23317"), act], listed(tmp_path, *MERGER)), on=AFTER)).reasons[0].vi
        assert reason.count("đã sáp nhập") == 1


@pytest.mark.parametrize("code", ["23530", "23999"])
def test_a_unit_that_goes_on_under_another_province_or_code_keeps_what_it_holds(tmp_path, code: str) -> None:
    """Two rows of one unit: each day has its own district, name and province."""
    rows = (f"23530,Rờ Kơi,xã,616,Kon Tum,,2025-06-30,,,{code}", f"{code},Rờ Kơi 2,xã,51,Quảng Ngãi,2025-07-01,,,,")
    register = Register([recognised("23530")], listed(tmp_path, *rows), complete=True)
    assert (register.holds("23530", BEFORE)["ntm"], register.holds(code, AFTER)["ntm"]) == (True, True)
    for day, name, whole, province in ((BEFORE, "Rờ Kơi", "616", "kon-tum"), (AFTER, "Rờ Kơi 2", "51", "quang-ngai")):
        [unit] = register.existing(day)
        assert (register.name("23530", day), unit.whole, unit.attributes["province"]) == (name, whole, province)
        assert register.parts(whole, day) == (unit,)
    assert only(review_register(register, on=AFTER)).name == "Rờ Kơi 2"


def test_a_new_code_by_decision_joins_two_dated_rows_into_one_unit(tmp_path) -> None:
    """Also where the decision bears an earlier day than the list."""
    rows = ("11353,Đất,xã,,,,2023-06-30,,,", "11344,Đất,xã,,,2023-07-01,,,,")
    rename = Act("rename", "11353", day=date(2023, 6, 15), into="11344")
    register = Register([recognised("11353"), rename], listed(tmp_path, *rows), complete=True)
    assert register.holds("11344", AFTER)["ntm"] is True


def test_a_new_name_of_the_register_makes_no_new_unit_of_two_rows(tmp_path) -> None:
    """On the first day of the second row."""
    rows = ("A1,Cũ,xã,,,,2025-06-30,,,", "A1,Mới,xã,,,2025-07-01,,,,")
    rename = Act("rename", "A1", day=MERGED, into_name="Mới")
    assert Register([recognised("A1"), rename], listed(tmp_path, *rows), complete=True).holds("A1", AFTER)["ntm"] is True
    assert Register([recognised("A1")], listed(tmp_path, *rows), complete=True).holds("A1", AFTER)["ntm"] is False


def test_where_a_unit_went_may_be_open_and_it_has_gone_all_the_same(tmp_path) -> None:
    """Its code may be that of a new unit, which begins."""
    rows = (
        "A1,Một,xã,,,,2025-06-30,,N1; A1,",
        "A2,Hai,xã,,,,2025-06-30,N1,,",
        "A1,Một mới,xã,,,2025-07-01,,,,",
        "N1,Mới,phường,,,2025-07-01,,,,",
    )
    register = Register([recognised("A1")], listed(tmp_path, *rows), complete=True)
    assert register.holds("A1", MERGED)["ntm"] is False
    assert [one.id for one in register.existing(MERGED)] == ["A1", "N1"]
    known = Successions(register)
    [old, new] = known.periods("A1")
    assert ([one.name for one in old.may_go_into], old.went_into) == (["Mới", "Một mới"], ())
    assert ([one.name for one in new.may_come_from], new.came_from) == (["Một"], ())
    [ward] = known.periods("N1", AFTER)
    assert ([one.name for one in ward.came_from], [one.name for one in ward.may_come_from]) == (["Hai"], ["Một"])


def test_what_became_of_a_unit_needs_its_last_day(tmp_path) -> None:
    """Without the day nothing follows, and that is told."""
    (tmp_path / "dv.csv").write_text("mã,tên,nhập vào\nA1,Một,N1\n", "utf-8")
    units, problems = read_units(tmp_path / "dv.csv")
    assert [(problem.code, problem.words["column"]) for problem in problems] == [("NTM-802", "đến ngày")]
    assert Register([], units).existing(AFTER) == units


def test_a_unit_that_ended_without_a_successor_is_not_said_to_have_one(tmp_path) -> None:
    """Districts ended on 2025-06-30, and no unit of their code began."""
    (tmp_path / "dv.csv").write_text("mã,tên,loại,đến ngày\n608,Kon Tum,huyện,2025-06-30\n", "utf-8")
    units, _ = read_units(tmp_path / "dv.csv")
    act = Act("recognition", "608", unit_kind="district", status="city-completed", day=date(2024, 1, 1), decision="1/QĐ")
    found = only(review_register(Register([act], units), on=AFTER))
    assert found.category is Category.UNDETERMINED
    assert [reason.vi for reason in found.reasons] == ["đơn vị không còn vào ngày này; danh hiệu không tự chuyển"]


# --- the units of Viet Nam -----------------------------------------------------------------------------------------


def test_the_units_of_viet_nam_before_and_after_the_first_of_july_2025() -> None:
    """63 provinces, 696 districts, 10,035 communes, wards and townships became 34 provinces and 3,321."""
    units, problems = read_units(TOP / "examples" / "units" / "viet-nam.csv")
    register = Register([], units)
    assert problems == ()
    counted = [
        {kind: sum(unit.kind == kind for unit in register.existing(day)) for kind in ("province", "district", "commune")}
        for day in (BEFORE, MERGED)
    ]
    assert counted == [{"province": 63, "district": 696, "commune": 10035}, {"province": 34, "district": 0, "commune": 3321}]
    parts: dict[str, set[str]] = {}
    for old in (unit for unit in units if unit.until):
        for new in (*old.into, *old.may_into, old.goes_on_as):
            parts.setdefault(new, set()).add(old.id)
    communes = [unit.id for unit in register.existing(MERGED) if unit.kind == "commune"]
    assert all(parts.get(code) for code in communes)
    assert sum(code in parts[code] for code in communes) == 3316  # all but five islands that were districts without communes


KON_TUM = TOP / "examples" / "units" / "kon-tum.csv"


@pytest.mark.parametrize(("on", "communes", "all_", "recognised_"), [(BEFORE, 85, 102, 29), (AFTER, 37, 40, 1)])
def test_the_communes_of_kon_tum_on_both_sides_of_the_day(
    catalogue: ntm.Catalogue, on: date, communes: int, all_: int, recognised_: int
) -> None:
    """No problem on either side; of 29 recognised communes one, Ia Đal, was not merged, and holds on."""
    read = read_register(TOP / "examples" / "kon-tum" / "register.csv", units=KON_TUM)
    assert [*read.problems, *check_register(read.register, catalogue)] == []
    figures = {one.key: (one.value, one.low) for one in statistics(read.register, on)}
    assert figures["communes"][0] == communes
    assert figures["recognised"][1] == recognised_
    assert sum(unit.kind == "commune" for unit in read.register.existing(on)) == all_
    reviews = [one for one in review_register(read.register, on=on, catalogue=catalogue) if one.status == "ntm"]
    assert len(reviews) == 29
    merged = [one.unit for one in reviews if "đã sáp nhập" in one.reasons[0].vi]
    assert len(merged) == 29 - recognised_ if on == AFTER else merged == []


@pytest.mark.parametrize(("on", "communes", "recognised_", "goal"), [(BEFORE, 85, 29, 40), (AFTER, 37, 1, 10)])
def test_kon_tum_goes_through_targets_review_and_plan_on_both_sides_of_the_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], on: date, communes: int, recognised_: int, goal: int
) -> None:
    """With a table of figures of the units of that day: no problem, and a plan counts whom the register and the list still have."""
    acts, table = TOP / "examples" / "kon-tum" / "register.csv", tmp_path / "bang.csv"
    units = [unit for unit in read_register(acts, units=KON_TUM).register.existing(on) if unit.is_commune]
    table.write_text("Mã xã,Tên xã,10.1,15.1\n" + "".join(f"{unit.id},{unit.name},51.5,96\n" for unit in units), "utf-8")
    common = ["--units", str(KON_TUM), "--complete", "--on", str(on), "--with", "region=tay-nguyen", "--with", f"year={on.year}", "--json"]

    def told(*arguments: str) -> dict[str, Any]:
        with pytest.raises(SystemExit) as ended:
            run([*arguments, *common])
        said = json.loads(capsys.readouterr().out)
        assert (ended.value.code, said["problems"]) == (0, []), arguments[0]
        return dict(said)

    figures = {one["key"]: one for one in told("targets", str(acts), "--values", str(table))["figures"]}
    assert (figures["communes"]["low"], figures["communes"]["high"]) == (str(communes),) * 2
    reviews = told("review", str(acts), "--values", str(table))["reviews"]
    assert sum(one["status"] == "ntm" for one in reviews) == 29
    plan = told("plan", str(table), "--register", str(acts), "--set", "commune-ntm/2021-2025", "--target", str(goal))
    assert (plan["counted"], plan["reachable"], len(plan["chosen"])) == (recognised_, True, goal - recognised_)
    assert len({one["unit"] for name in ("chosen", "ties", "others") for one in plan[name]}) == communes - recognised_


def test_the_list_of_kon_tum_has_the_communes_that_the_press_was_read_for() -> None:
    """The 85 codes of the two lists are the same."""
    ours, _ = read_units(TOP / "examples" / "kon-tum" / "communes.csv")
    theirs = Register([], read_units(KON_TUM)[0]).existing(BEFORE)
    assert {unit.id for unit in ours} == {unit.id for unit in theirs if unit.is_commune}


def test_the_list_of_kon_tum_is_that_part_of_the_list_of_viet_nam() -> None:
    """With the spellings of the press beside those of the source."""
    make = runpy.run_path(str(TOP / "examples" / "units" / "make.py"))
    with (
        (TOP / "examples" / "units" / "viet-nam.csv").open(encoding="utf-8", newline="") as whole,
        KON_TUM.open(encoding="utf-8", newline="") as part,
    ):
        assert make["spelt"](make["only"](list(csv.DictReader(whole)), "62")) == list(csv.DictReader(part))


def test_villages_are_merged_as_communes_are(catalogue: ntm.Catalogue) -> None:
    """By whichever council decides: a village that keeps its code in a merger is another one, and the act is no problem."""
    act = Act("recognition", "T1", unit_kind="village", status="village-model", day=date(2023, 1, 1), decision="1/QĐ")
    mergers = [Act("merge", code, unit_kind="village", decision="5/NQ-HĐND xã", day=MERGED, into="T1") for code in ("T1", "T2")]
    register = Register([act, *mergers], [Unit(code, kind="village") for code in ("T1", "T2")], complete=True)
    assert check_register(register, catalogue) == ()
    assert (register.holds("T1", BEFORE)["village-model"], register.holds("T1", MERGED)["village-model"]) == (True, False)
    assert [unit.id for unit in register.existing(MERGED)] == ["T1"]
