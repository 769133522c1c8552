"""The law of revocation as data: what a wrong file is told, which text a day has, and what recognition changes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from helpers_register import day, recognised, unit
from ntm_rules.loading.catalogue import bundled
from ntm_rules.loading.revocation import read_revocation_file
from ntm_rules.problems import RulesetError
from ntm_rules.register.area import area_on, attribute_on
from ntm_rules.register.book import Register
from ntm_rules.register.editions import Found, edition_granting
from ntm_rules.register.law import RevocationLaw
from ntm_rules.register.parts import parts_ground
from ntm_rules.values import SourceLevel
from ntm_rules.verify.folder import check

LAW = RevocationLaw.of(bundled())
AT_ONCE = RevocationLaw.of(bundled(), {"counts_from": "at_once"})


def copied(tmp_path: Path) -> Path:
    """A copy of the shipped rulesets that can be spoilt."""
    folder = tmp_path / "rulesets"
    shutil.copytree(bundled().folder, folder)
    return folder


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("with_key_from: 30", "with_key_from: 130", 1), "NTM-404"),
        (lambda text: text.replace("with_key_from: 30", "with_key_from: many", 1), "NTM-204"),
        (lambda text: text.replace("instrument: 18/2022/QĐ-TTg", "instrument: 19/2022/QĐ-TTg", 1), "NTM-215"),
        (lambda text: text.replace("from: 2022-08-02, until: 2024-03-06", "from: 2024-08-02, until: 2024-03-06", 1), "NTM-220"),
        (lambda text: text.replace("without_key_from", "without_keys_from", 1), "NTM-201"),
        (lambda text: re.sub(r"revoked_share_from: \d+", "revoked_share_from: 130", text, count=1), "NTM-404"),
        (lambda text: re.sub(r"( +)key_criteria:\n(\1 +.*\n)+", "", text, count=1), "NTM-202"),
        (lambda text: re.sub(r"(Quốc phòng và An ninh.\]\n) +level: recalled\n", r"\1", text, count=1), "NTM-210"),
        (lambda text: re.sub(r"(at: Điều 4 khoản 5\n +)level: published\n", r"\1note: {vi: a, en: b}\n", text, count=1), "NTM-210"),
        (lambda text: re.sub(r"(level: published\n +)seen:\n( +- http.*\n)+", r"\1note: {vi: a, en: b}\n", text, count=1), "NTM-218"),
    ],
)
def test_a_wrong_revocation_file_is_told_with_its_line(tmp_path: Path, change: Callable[[str], str], code: str) -> None:
    """A share of 130%, a word for a number, a document that is not on record, days the wrong way round, an unknown key,
    a share of parts of 130%, shares with a key criterion but none named, a source without a level, one that was seen nowhere."""
    folder = copied(tmp_path)
    path = folder / "national" / "revocation" / "2021-2025" / "revocation.yaml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    catalogue = ntm.Catalogue(folder)
    with pytest.raises(RulesetError) as error:
        read_revocation_file(path, catalogue)
    assert code in [problem.code for problem in error.value.problems]
    assert all(problem.place.line for problem in error.value.problems)
    with pytest.raises(RulesetError):
        RevocationLaw.of(catalogue)
    assert code in [problem.code for problem in check(catalogue)]


def test_check_asks_for_the_changelog_of_these_files_too(tmp_path: Path) -> None:
    """A version that its changelog does not name, and a changelog that is not there."""
    folder = copied(tmp_path)
    (folder / "national" / "revocation" / "ocop-2026" / "CHANGELOG.md").unlink()
    path = folder / "national" / "transitions" / "commune-ntm-2016-2020-to-2021-2025" / "map.yaml"
    path.write_text(re.sub(r"^version: .*", "version: 9.9.9", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert sorted(problem.code for problem in check(ntm.Catalogue(folder))) == ["NTM-227", "NTM-229"]


def test_each_day_has_its_text() -> None:
    """No text before 2022-08-02, the one of 2022, then an amendment that was not read; for cities no content is on record."""
    assert LAW.ground("ntm", date(2022, 8, 1)) is None
    first = LAW.ground("ntm", date(2022, 8, 2))
    assert first is not None
    assert first.rule is not None
    assert first.level_of(first.rule.key_criteria) is SourceLevel.RECALLED
    assert first.level_of(first.rule.with_key_from) is SourceLevel.PUBLISHED
    second = LAW.ground("ntm", date(2024, 3, 7))
    assert second is not None
    assert second.rule is None
    assert second.level_of(None) is SourceLevel.MISSING
    city = LAW.ground("city-completed", date(2023, 1, 1))
    assert city is not None
    assert city.rule is None


def test_the_class_of_a_commune_follows_its_recognition() -> None:
    """Read at once: class III until the day of recognition, I from it on; class I stays; an unknown class stays unknown."""
    register = Register([recognised(on="2023-04-12")], [unit(area="III")])
    assert area_on(register, "23311", date(2023, 4, 11), AT_ONCE).value == "III"
    found = area_on(register, "23311", date(2023, 4, 12), AT_ONCE)
    assert (found.value, found.level) == ("I", SourceLevel.PUBLISHED)
    assert area_on(Register([recognised(on="2023-04-12")], [unit(area="I")]), "23311", date(2023, 4, 12), AT_ONCE).value == "I"
    assert isinstance(area_on(Register([recognised()], [unit()]), "23311", date(2024, 1, 1), LAW).value, ntm.Unknown)
    assert isinstance(area_on(Register([recognised()]), "23311", date(2024, 1, 1), LAW).value, ntm.Unknown)
    known_before_the_list = recognised(on=None, known_by=date(2020, 1, 1))
    assert area_on(Register([known_before_the_list], [unit(area="II")]), "23311", date(2024, 1, 1), LAW).value == "II"
    assert attribute_on(register, "23311", "region", date(2024, 1, 1), LAW).value == "tay-nguyen"
    assert area_on(register, "23311", date(2026, 6, 1), LAW).value == "III"  # the list of 2021-2025 is over


@pytest.mark.parametrize(
    ("year", "on", "value"),
    [
        (2023, "2023-04-12", "III"),
        (2023, "2023-12-31", "III"),
        (2023, "2024-01-31", "III"),
        (2024, "2024-01-01", "I"),
        ("2024", "2024-01-01", "I"),
        (2022, "2024-01-01", "III"),
        (None, "2024-01-01", None),
        (ntm.Unknown("chưa ghi"), "2024-01-01", None),
        (2024, "2026-01-01", "III"),
    ],
)
def test_the_class_that_recognition_gives_counts_from_the_next_year_assessed(year: object, on: str, value: str | None) -> None:
    """861/QĐ-TTg as read here: figures of the year of the recognition keep their column; a year that is not stated leaves it open;
    on 2026-01-01 the list of 2021-2025 is over."""
    register = Register([recognised(on="2023-04-12")], [unit(area="III")])
    found = area_on(register, "23311", day(on), LAW, {"area": "III", "year": year})
    assert (None if isinstance(found.value, ntm.Unknown) else found.value) == value
    if value == "III" and on < "2026":
        assert found.reason is not None
        assert "từ năm xét 2024" in found.reason.vi
        assert found.effect is None


@pytest.mark.parametrize(
    ("known", "value"),
    [
        ({"area": "III"}, False),
        ({}, False),
        ({"area": "I"}, True),
        ({"area": "III", "coastal_extremely_difficult": True}, True),
        ({"area": "III", "coastal_extremely_difficult": ntm.Unknown("chưa rõ")}, None),
        ({"area": "III", "year": 2023}, True),
    ],
)
def test_a_recognised_commune_is_no_longer_extremely_difficult_unless_another_list_names_it(
    known: dict[str, object], value: object
) -> None:
    """What class III made of it ends with class III, counted in the same way; a coastal commune of 353/QĐ-TTg stays what it is."""
    register = Register([recognised(on="2023-04-12")], [unit()])
    stated = {"year": 2024, "extremely_difficult": True, **known}
    found = attribute_on(register, "23311", "extremely_difficult", date(2024, 2, 1), LAW, stated).value
    assert (None if isinstance(found, ntm.Unknown) else found) is value


def test_of_two_recognitions_the_one_with_a_day_decides() -> None:
    """A second recognition without a day does not open what the first one settled."""
    acts = [recognised(on=None), recognised(on="2022-04-12")]
    for given in (acts, acts[::-1]):
        assert area_on(Register(given, [unit(area="II")]), "23311", date(2023, 6, 1), LAW, {"area": "II", "year": 2023}).value == "I"


def test_a_reading_that_there_is_not_is_refused_with_those_there_are() -> None:
    """Neither the name nor the value of a reading is guessed."""
    for wrong in ({"counts_from": "later"}, {"counts": "at_once"}):
        with pytest.raises(ValueError, match="counts_from=next_year, counts_from=at_once"):
            RevocationLaw.of(bundled(), wrong)


def test_which_set_a_status_is_judged_under(catalogue: ntm.Catalogue) -> None:
    """The edition in force that day; the province's own where it has one; none, with the reason, where nothing is on record."""
    assert edition_granting(catalogue, "ntm", date(2019, 1, 1), "kon-tum").name == "commune-ntm/2016-2020"
    assert edition_granting(catalogue, "ntm", date(2023, 1, 1), "kon-tum").name == "commune-ntm/2021-2025"
    village = edition_granting(catalogue, "village-model", date(2023, 1, 1), "kon-tum")
    assert village.name == "village-model/kon-tum-2022"
    assert Found.of_family(catalogue, "commune-advanced", date(2023, 1, 1), "kon-tum").name == "commune-advanced/2021-2025"
    before = Found.of_family(catalogue, "commune-advanced", date(2010, 1, 1), "kon-tum")
    assert (before.name, before.family) == (None, "")
    assert "2010" in before.reason.vi
    none = edition_granting(catalogue, "ntm", date(2010, 1, 1), None)
    assert none.name is None
    assert "2010" in none.reason.en


def test_a_recognition_cannot_rest_on_a_set_that_began_after_it(catalogue: ntm.Catalogue) -> None:
    """From 2024-03-01 two sets grant the status of a district; one recognised in 2022 was not under that of districts without communes."""
    on = date(2024, 3, 1)
    for given in (date(2022, 12, 1), date(2024, 2, 29)):
        assert edition_granting(catalogue, "district-ntm", on, None, given=given).name == "district-ntm/2021-2025"
    for given in (None, on):
        assert edition_granting(catalogue, "district-ntm", on, None, given=given).name is None
    assert edition_granting(catalogue, "district-ntm", on, None, "district-special/2021-2025").name == "district-special/2021-2025"
    with_communes = edition_granting(catalogue, "district-ntm", on, None, parts=frozenset({"commune"}))
    assert with_communes.name == "district-ntm/2021-2025"  # a special district is one without communes


def test_where_sets_of_two_families_grant_a_status_the_recognition_must_say_which(tmp_path: Path) -> None:
    """The edition of the recognition decides; without it the status is open, and both sets are named."""
    folder = copied(tmp_path)
    second = folder / "national" / "commune-other" / "2021-2025"
    shutil.copytree(folder / "national" / "commune-ntm" / "2021-2025", second)
    shutil.rmtree(second / "amendments")
    path = second / "ruleset.yaml"
    path.write_text(path.read_text("utf-8").replace("ruleset: commune-ntm/2021-2025", "ruleset: commune-other/2021-2025", 1), "utf-8")
    catalogue = ntm.Catalogue(folder)
    on = date(2023, 1, 1)
    assert edition_granting(catalogue, "ntm", on, None, "commune-ntm/2016-2020").name == "commune-ntm/2021-2025"
    open_ = edition_granting(catalogue, "ntm", on, None)
    assert open_.name is None
    assert "commune-ntm/2021-2025" in open_.reason.en
    assert "commune-other/2021-2025" in open_.reason.en


def test_the_parts_of_a_district_are_open_without_a_list_or_a_full_register() -> None:
    """Which communes a district has, and whether others were revoked, must be known before it is said that there is no ground."""
    ground = LAW.ground("district-ntm", date(2023, 1, 1))
    on = date(2023, 1, 1)
    assert parts_ground(Register([recognised()]), "608", ground, on) is None
    assert parts_ground(Register([recognised()], [unit()]), "608", ground, on) is None
    assert parts_ground(Register([recognised()], [unit()], complete=True), "608", ground, on) is False
    assert parts_ground(Register([recognised()], [unit()]), "608", LAW.ground("ntm", on), on) is False


def test_a_unit_is_called_by_its_last_name() -> None:
    """A renamed unit has its new name from the day on; a unit of no list is called as its acts call it."""
    from ntm_rules.register.acts import Act

    rename = Act("rename", "23311", day=day("2022-01-01"), into_name="Tên mới")
    register = Register([recognised(name="Tên cũ"), rename], [unit()])
    assert register.name("23311", date(2021, 12, 31)) == "Xã 23311"
    assert register.name("23311", date(2022, 1, 1)) == "Tên mới"
    assert Register([recognised(name="Tên cũ")]).name("23311", date(2021, 1, 1)) == "Tên cũ"
