"""``ntm-rules units``: what a unit was and what became of it, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_rules.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
UNITS = EXAMPLES / "units" / "kon-tum.csv"
REGISTER = EXAMPLES / "kon-tum" / "register.csv"


@pytest.fixture
def call(call):
    return lambda *arguments: call("units", *arguments, "--units", UNITS)


def test_a_code_that_stood_for_two_units_shows_both(call) -> None:
    """Ngọk Bay until 2025-06-30, and the unit made of three from the day after."""
    code, out, err = call("23317")
    assert (code, err) == (0, "")
    for words in ("đến 30/06/2025", "từ 01/07/2025", "thành phố Kon Tum", "Tỉnh Quảng Ngãi", "23314 xã Kroong"):
        assert words in out
    _, out, _ = call("23317", "--lang", "en")
    assert "Made from" in out
    assert "Kroong commune" in out


def test_the_same_as_json(call) -> None:
    """One object; a ward is told by its kind."""
    code, out, _ = call("23284", "--on", "2025-12-31", "--json")
    [unit] = json.loads(out)["units"]
    [period] = unit["periods"]
    assert (code, period["unit_type"], period["begins"], period["same_as_before"]) == (0, "phường", "2025-07-01", False)
    assert [(part["code"], part["unit_type"]) for part in period["came_from"]] == [
        ("23284", "phường"),
        ("23296", "phường"),
        ("23311", "xã"),
    ]


@pytest.mark.parametrize("asked", ["Rờ Kơi", "xã rờ kơi", "ro koi", "Rờ Kơi, Sa Thầy", "Rờ Kơi, Kon Tum"])
def test_a_name_is_found_as_people_write_it(call, asked: str) -> None:
    """With or without its kind and tone marks, with what it is part of; a unit that went on says so."""
    code, out, _ = call(asked)
    assert code == 0
    assert "23530" in out
    assert "giữ danh hiệu đang có" in out


def test_a_name_of_several_is_listed_and_none_is_chosen(call) -> None:
    """The township of Đăk Hà, the district, a commune elsewhere; with the place it is one."""
    code, out, err = call("Đăk Hà")
    assert code == 1
    assert all(one in out for one in ("615", "23425", "23500", "huyện Tu Mơ Rông"))
    assert "NTM-828" in err
    assert call("Đăk Hà, Tu Mơ Rông")[0] == 0


@pytest.mark.parametrize(
    ("asked", "guess"), [(["Ngok Bai"], "Ngọk Bay"), (["23318"], "23"), (["Kroong", "--on", "2025-12-31"], None), (["zzz"], None)]
)
def test_what_is_not_on_the_list_is_told_with_what_is_near(call, asked: list[str], guess: str | None) -> None:
    """A wrong call, and nothing is taken for what was asked."""
    code, out, err = call(*asked)
    assert (code, out) == (2, "")
    assert "NTM-827" in err
    assert f"Có phải ý là «{guess}" in err if guess else "Có phải ý là" not in err


def test_a_register_tells_of_further_mergers(call, tmp_path: Path) -> None:
    """A list without succession, and acts beside it."""
    (tmp_path / "so.csv").write_text(
        "mã,việc,ngày,sáp nhập vào\n23317,sáp nhập,2026-07-01,99001\n23284,sáp nhập,2026-07-01,99001\n", "utf-8"
    )
    code, out, _ = call("23317", "--register", tmp_path / "so.csv", "--on", "2026-01-01")
    assert code == 0
    assert "99001" in out


@pytest.mark.parametrize(
    ("on", "told", "nearest"),
    [("2025-06-30", ["NTM-408", "NTM-830"], "23317"), ("2025-12-31", ["NTM-408", "NTM-808", "NTM-830", "NTM-831"], "")],
)
def test_figures_of_another_unit_are_told_and_plan_nothing(capsys, tmp_path: Path, on: str, told: list[str], nearest: str) -> None:
    """Figures of 2024 under a code that a merged unit of 2025 keeps, of a unit that is gone, of a ward, of a district: of no commune."""
    rows = [f"{code},{year},tay-nguyen,51.5" for code, year in (("23317", 2024), ("23314", 2024), ("23284", 2025), ("610", 2024))]
    (tmp_path / "so-lieu.csv").write_text("\n".join(["mã xã,năm,vùng,10.1", *rows]), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(
            [
                "plan",
                str(tmp_path / "so-lieu.csv"),
                "--units",
                str(UNITS),
                "--set",
                "commune-ntm/2021-2025",
                "--on",
                on,
                "--target",
                "2",
                "--json",
            ]
        )
    found = json.loads(capsys.readouterr()[0])
    assert ended.value.code == 1
    assert sorted(problem["code"] for problem in found["problems"]) == told
    units = {one["unit"]: one["fixes"] for part in ("chosen", "ties", "others") for one in found[part]}
    assert len(units) == (85 if nearest else 37)
    assert ("23314" in units) is bool(nearest)
    assert not {"23284", "610"} & set(units)


@pytest.mark.parametrize(("on", "communes", "held"), [("2025-06-30", 85, 29), ("2025-12-31", 37, 1)])
def test_kon_tum_goes_through_targets_review_and_plan_on_both_sides_of_the_day(capsys, on: str, communes: int, held: int) -> None:
    """85 communes before, 40 units after, of which 37 are communes and three wards; one recognised commune was not merged."""

    def asked(*arguments: str) -> dict:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--units", str(UNITS), "--on", on, "--json"])
        assert ended.value.code == 0
        found = json.loads(capsys.readouterr()[0])
        assert found["problems"] == []
        return found

    figures = {one["key"]: one for one in asked("targets", str(REGISTER))["figures"]}
    assert (figures["communes"]["low"], figures["recognised"]["low"]) == (str(communes), str(held))
    reviews = [one for one in asked("review", str(REGISTER))["reviews"] if one["status"] == "ntm"]
    merged = [one["unit"] for one in reviews if "đã sáp nhập" in one["reasons"][0]["vi"]]
    assert (len(reviews), len(merged)) == (29, 0 if communes == 85 else 28)
    plan = asked("plan", "--register", str(REGISTER), "--set", "commune-ntm/2021-2025", "--target", "30")
    assert plan["counted"] == held
    assert sum(len(plan[part]) for part in ("chosen", "ties", "others")) + plan["counted"] == communes
