"""Provinces are those of a closed list: by slug or official name at people's doors, refused with the nearest where nobody has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.loading.catalogue import bundled, province_slug
from ntm_rules.model.vocabulary import REGIONS
from ntm_rules.problems import Problem
from ntm_rules.verify.folder import check
from strategies import write_catalogue
from texts import BASE, PROVINCIAL, say_everything

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)


def units(day: date) -> list[str]:
    """The slugs of the provinces of a day."""
    return [unit.province for unit in bundled().provinces.units if unit.covers(day)]


def test_there_are_63_provinces_and_then_34() -> None:
    """On every day each slug is one province: 63 until 2025-06-30, 34 from the next day, 11 of them unchanged."""
    assert (len(units(EVE)), len(set(units(EVE)))) == (63, 63)
    assert (len(units(DAY)), len(set(units(DAY)))) == (34, 34)
    assert sum(unit.covers(EVE) and unit.covers(DAY) for unit in bundled().provinces.units) == 11


def test_whoever_ended_went_into_a_province_that_began_the_next_day() -> None:
    """52 provinces ended, each into one of the 23 new ones, which is a unit of its own even where the name goes on."""
    provinces = bundled().provinces
    ended = [unit for unit in provinces.units if unit.until is not None]
    heirs = {unit.merged_into for unit in ended}
    assert (len(ended), len(heirs)) == (52, 23)
    for heir in heirs:
        found = provinces.on(str(heir), DAY)
        assert found is not None
        assert found.start == DAY
        assert provinces.on(str(heir), EVE) is not found


def test_the_region_of_a_province_made_of_several_is_not_said() -> None:
    """Every old province has a region; a new one has it only where all its parts had that one."""
    provinces = bundled().provinces
    for unit in provinces.units:
        parts = {part.region for part in provinces.units if unit.start and part.merged_into == unit.province}
        assert unit.region == (parts.pop() if len(parts) == 1 else None) if unit.start else unit.region in REGIONS
    assert provinces.on("quang-ngai", EVE).region == "duyen-hai-nam-trung-bo"  # type: ignore[union-attr]
    assert provinces.on("quang-ngai", DAY).region is None  # type: ignore[union-attr]
    assert provinces.on("kon-tum", DAY) is None


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("kon-tum", "kon-tum"),
        ("Đồng Tháp", "dong-thap"),
        ("tỉnh Đồng Tháp", "dong-thap"),
        ("Thành phố Hà Nội", "ha-noi"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
        ("Thanh Hoá", "thanh-hoa"),
        ("tỉnh Thừa Thiên Huế", "hue"),
        ("thành phố Kon Tum", None),
        ("kontum", None),
        ("", None),
    ],
)
def test_people_write_the_official_name(written: str, slug: str | None) -> None:
    """The name with or without its kind of unit, however the tone marks are put, is the province; a town of that name is not."""
    assert province_slug(written) == slug


def test_an_official_name_reads_the_law_of_the_province() -> None:
    """«Đồng Tháp» brings the council rules of Đồng Tháp, as its slug does."""
    by_slug = ntm.load("ocop/2019", on=date(2021, 6, 30), province="dong-thap")
    by_name = ntm.load("ocop/2019", on=date(2021, 6, 30), province="tỉnh Đồng Tháp")
    assert (by_name.province, by_name.sha256) == ("dong-thap", by_slug.sha256)
    named = ntm.applicable("village-ntm-ethnic", on=date(2024, 6, 30), province="Kon Tum")
    assert (named.id, named.province) == ("village-ntm-ethnic/kon-tum-2022", "kon-tum")


@pytest.mark.parametrize(
    ("given", "guess"),
    [("kontum", "kon-tum (Kon Tum)"), ("Quảng Nga", "quang-ngai (Quảng Ngãi)"), ("atlantis", None), ("", None), (62, None)],
)
def test_what_is_no_province_is_refused_with_the_nearest(given: Any, guess: str | None) -> None:
    """A province that nobody has would leave its rules aside in silence: it is refused, by name and by day alike (NTM-313)."""
    for call in (
        lambda: ntm.load("ocop/2019", province=given),
        lambda: ntm.applicable("ocop", on=date(2021, 6, 30), province=given),
    ):
        with pytest.raises(ntm.NotFound) as caught:
            call()
        [problem] = caught.value.problems
        assert problem.code == "NTM-313"
        said = str(problem.words["guess"])
        assert said.startswith(guess) if guess else problem.words["guess"] is None
        say_everything(problem)


@pytest.mark.parametrize(("set_", "sheet"), [("commune-ntm/2021-2025", {}), ("ocop/2023", {"product_set": "1"}), ("ocop/2023", {})])
@pytest.mark.parametrize("stated", ["Kon Tum", "atlantis", True, "62", 62])
def test_a_subject_names_its_province_by_slug(set_: str, sheet: dict[str, str], stated: Any) -> None:
    """The exact door takes slugs alone, whether or not the set looks at the province, and says which slug was meant."""
    rules = ntm.load(set_)
    attributes: dict[str, Any] = {"province": stated} | sheet
    with pytest.raises(ntm.SubjectError) as caught:
        rules.evaluate(ntm.Subject(id="1", kind=rules.kind, attributes=attributes))
    [problem] = caught.value.problems
    assert (problem.code, problem.place.path) == ("NTM-313", "1: attributes.province")
    assert problem.words["guess"] == ("kon-tum (Kon Tum)" if stated == "Kon Tum" else None)
    for silent in (None, ntm.Unknown("chưa ghi"), "kon-tum"):
        rules.evaluate(ntm.Subject(id="1", kind=rules.kind, attributes=attributes | {"province": silent}))


def told(rules: ntm.RuleSet) -> list[str]:
    """What the layers of a ruleset tell of its province."""
    return [layer.why.en for layer in rules.layers if layer.id.startswith("provinces/")]


def test_a_province_that_ended_is_told_with_its_successor() -> None:
    """Kon Tum can still be asked for after 2025-06-30, and the layers say what it went into; before that there is nothing to tell."""
    after, before = (ntm.load("commune-ntm/2021-2025", on=day, province="kon-tum") for day in (DAY, EVE))
    assert after.sha256 == before.sha256
    assert [one.id for one in after.identity.overlays] == [one.id for one in before.identity.overlays] != []
    assert told(after) == ["Kon Tum is no province on 2025-07-01. Its last day was 2025-06-30; it went into Quảng Ngãi."]
    assert told(before) == told(ntm.load("commune-ntm/2021-2025", province="kon-tum")) == []
    [problem] = bundled().provinces.told("kon-tum", on=DAY)
    assert problem.code == "NTM-314"
    say_everything(problem)


def test_the_set_of_another_province_and_a_province_without_rules_are_told() -> None:
    """Asking the set of Kon Tum for Lào Cai, or a national set for a province that has nothing on record, does not pass in silence."""
    [other] = told(ntm.load("village-ntm-ethnic/kon-tum-2022", province="lao-cai"))
    assert other.startswith("The province stated is Lào Cai, not Kon Tum.")
    [none] = told(ntm.load("commune-ntm/2021-2025", on=EVE, province="lao-cai"))
    assert none.startswith("No rules of Lào Cai for this set are on record.")
    assert told(ntm.load("village-ntm-ethnic/kon-tum-2022", province="kon-tum")) == []
    [problem] = bundled().provinces.told("lao-cai", on=EVE, asked="kon-tum")
    assert problem.code == "NTM-315"
    say_everything(problem)
    say_everything(Problem("NTM-317", words={"got": "Lào Cai"}))


def test_a_decision_for_a_province_that_was_never_on_the_list_still_verifies(tmp_path: Path) -> None:
    """What was decided stands: re-evaluating it asks for no province of today's list."""
    write_catalogue(tmp_path, national__a__ruleset=BASE)
    (tmp_path / "provinces.yaml").write_text(LIST.replace("kon-tum", "kon-plong"), "utf-8")
    decision = ntm.load("test/2024", province="kon-plong", catalogue=ntm.Catalogue(tmp_path)).evaluate(
        ntm.Subject(id="1", kind="commune", attributes={"province": "kon-plong"})
    )
    (tmp_path / "provinces.yaml").unlink()
    assert ntm.Decision.from_json(decision.to_json()).verify(catalogue=ntm.Catalogue(tmp_path))


LIST = """\
source: {instrument: 1/QĐ-TTg, level: recalled}
provinces:
  - {province: quang-ngai, name: Quảng Ngãi, from: 2025-07-01}
  - {province: quang-ngai, name: Quảng Ngãi, region: duyen-hai-nam-trung-bo, until: 2025-06-30, merged_into: quang-ngai}
  - {province: kon-tum, name: Kon Tum, region: tay-nguyen, until: 2025-06-30, merged_into: quang-ngai}
"""
WRONG_LISTS = [
    ("NTM-223", "province: kon-tum", "province: Kon Tum", "5:16"),
    ("NTM-208", "region: tay-nguyen", "region: tay-nguyn", "5:48"),
    ("NTM-220", "name: Kon Tum,", "name: Kon Tum, from: 2025-07-01,", "5:85"),
    ("NTM-313", "merged_into: quang-ngai}\n  - {province: kon-tum", "merged_into: quang-nga}\n  - {province: kon-tum", "4:110"),
    ("NTM-316", "from: 2025-07-01", "from: 2025-06-30", "3:16"),
    (
        "NTM-316",
        "until: 2025-06-30, merged_into: quang-ngai}\n  - {province: kon-tum",
        "merged_into: quang-ngai}\n  - {province: kon-tum",
        "3:16",
    ),
    ("NTM-201", "name: Kon Tum", "nam: Kon Tum", "5:25"),
    ("NTM-215", "1/QĐ-TTg", "9/QĐ-TTg", "1:22"),
]


@pytest.mark.parametrize(("code", "right", "wrong", "place"), WRONG_LISTS, ids=[f"{i}-{case[0]}" for i, case in enumerate(WRONG_LISTS)])
def test_a_wrong_list_of_provinces_is_told_at_its_line(tmp_path: Path, code: str, right: str, wrong: str, place: str) -> None:
    """A slug that is none, a region or successor that does not exist, days that overlap: `check` says where."""
    write_catalogue(tmp_path)
    assert right in LIST
    (tmp_path / "provinces.yaml").write_text(LIST, "utf-8")
    assert check(ntm.Catalogue(tmp_path)) == []
    (tmp_path / "provinces.yaml").write_text(LIST.replace(right, wrong), "utf-8")
    problems = [problem for problem in check(ntm.Catalogue(tmp_path)) if problem.code == code]
    assert f"provinces.yaml:{place}" in str(problems[0].place)
    say_everything(problems[0])
    if code != "NTM-215":
        with pytest.raises(ntm.RulesetError):
            _ = ntm.Catalogue(tmp_path).provinces.units


def test_a_folder_without_a_list_takes_the_one_of_the_library(tmp_path: Path) -> None:
    """Somebody's own rulesets need no list of their own; where they have one, it alone counts."""
    catalogue = write_catalogue(tmp_path, national__a__ruleset=BASE)
    assert ntm.load("test/2024", province="An Giang", catalogue=catalogue).province == "an-giang"
    (tmp_path / "provinces.yaml").write_text(LIST, "utf-8")
    with pytest.raises(ntm.NotFound):
        ntm.load("test/2024", province="An Giang", catalogue=ntm.Catalogue(tmp_path))


def test_a_ruleset_and_an_overlay_name_their_province_by_slug(tmp_path: Path) -> None:
    """The header of a provincial set or overlay names a province of the list, or it is told at its line."""
    of_a_set = BASE.replace("version: 1.0.0", "version: 1.0.0\nprovince: Kon Tum", 1)
    with pytest.raises(ntm.RulesetError) as caught:
        write_catalogue(tmp_path / "a", national__a__ruleset=of_a_set).ruleset("test/2024")
    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("NTM-313", 3)]
    wrong = PROVINCIAL.replace("province: kon-tum", "province: atlantis")
    with pytest.raises(ntm.RulesetError) as caught:
        write_catalogue(tmp_path / "b", a__ruleset=BASE, b__overlay=wrong).overlay("test/2024/tinh")
    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("NTM-313", 8)]


def test_register_targets_and_monitor_take_provinces_of_the_list() -> None:
    """Reviewing a register, counting towards targets and watching a unit refuse a province that nobody has."""
    from ntm_rules.monitor.errors import MonitorError
    from ntm_rules.monitor.session import Monitor
    from ntm_rules.monitor.told import Unit
    from ntm_rules.planning.targets import against_targets
    from ntm_rules.register.book import Register
    from ntm_rules.register.review import review_register

    register = Register(())
    assert review_register(register, on=EVE, province="Kon Tum") == ()
    targets = ntm.load("targets/national-2025")
    assert against_targets(targets, register, EVE, province="Kon Tum")
    for call in (
        lambda: review_register(register, on=EVE, province="atlantis"),
        lambda: against_targets(targets, register, EVE, province="atlantis"),
    ):
        with pytest.raises(ntm.NotFound, match="NTM-313"):
            call()
    with pytest.raises(MonitorError, match="NTM-313"):
        Monitor(on=EVE).tell(Unit(id="23311", kind="commune", province="atlantis", watch=("commune-ntm",)))


@pytest.mark.parametrize(
    ("family", "day", "province", "edition"),
    [
        ("targets", "2023-01-01", None, "targets/national-2025"),  # those of Kon Tum are not everybody's
        ("targets", "2024-06-30", "kon-tum", "targets/kon-tum-2024"),
        ("targets", "2025-03-01", "kon-tum", "targets/kon-tum-2025"),
        ("village-ntm", "2022-01-01", "lao-cai", "village-ntm/lao-cai-2022"),
        ("village-model", "2014-01-01", "ha-tinh", "village-model/ha-tinh-2014"),
    ],
)
def test_the_edition_of_a_day_is_the_provinces_own_or_the_national_one(family: str, day: str, province: str | None, edition: str) -> None:
    """Without a province the national set answers; with one, its own."""
    assert ntm.applicable(family, on=date.fromisoformat(day), province=province).id == edition


@pytest.mark.parametrize(
    ("family", "day", "province"),
    [("village-ntm", "2021-12-31", "lao-cai"), ("village-model", "2013-12-31", "ha-tinh"), ("targets", "2015-01-01", "kon-tum")],
)
def test_a_first_day_that_is_not_known_does_not_reach_before_the_years_in_the_name(family: str, day: str, province: str) -> None:
    """The set of 2022 whose first day was not read answers for no day of 2021, unless somebody asks for it by its name."""
    with pytest.raises(ntm.NotInForce, match="NTM-307"):
        ntm.applicable(family, on=date.fromisoformat(day), province=province)
    assert ntm.load("village-ntm/lao-cai-2022", on=date(2021, 12, 31)).id == "village-ntm/lao-cai-2022"
    with pytest.raises(ntm.NotInForce, match="2022-… → 2025-12-31"):
        ntm.load("village-ntm/lao-cai-2022", on=date(2026, 1, 1))


def test_a_name_without_years_leaves_an_unknown_first_day_open(tmp_path: Path) -> None:
    """Where neither the day nor the name says when a set began, any day before its last can be asked for."""
    text = BASE.replace("test/2024", "test/first").replace("from: 2024-01-01, ", "")
    catalogue = write_catalogue(tmp_path, national__a__ruleset=text)
    assert ntm.applicable("test", on=date(1999, 1, 1), catalogue=catalogue).id == "test/first"
    with pytest.raises(ntm.NotInForce, match="… → 2024-12-31"):
        ntm.applicable("test", on=date(2025, 1, 1), catalogue=catalogue)


def test_a_set_of_one_province_is_not_given_for_everybody() -> None:
    """Where only provinces have a set, one of them must be named, be there one or several (NTM-318)."""
    for family, province in (("village-ntm-ethnic", None), ("village-ntm", None), ("village-ntm-ethnic", "lao-cai")):
        with pytest.raises(ntm.NotInForce) as caught:
            ntm.applicable(family, on=date(2024, 6, 30), province=province)
        [problem] = caught.value.problems
        assert problem.code == "NTM-318"
        assert f"{family}/" in problem.words["editions"]
        say_everything(problem)
