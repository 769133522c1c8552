"""The report of an office: numbers worked out by hand, the names behind them, the same in every format."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from helpers_register import VIETNAMESE
from ntm_rules.cli.app import run
from ntm_rules.report.sections import PARTS

KON_TUM = Path(__file__).parents[2] / "examples" / "kon-tum"
FAILED = {"A3": {1, 2, 3}, "B1": {1, 2, 3, 4, 5, 6, 7, 8, 9, 11}}
INCOME = {"A1": "47", "A2": "46", "A3": "60", "B1": "60"}
AREA = {"A1": "I", "A2": "III", "A3": "I", "B1": "II", "B2": "", "B3": ""}


@dataclass
class Office:
    """The files of a small office, and its report.

    Two districts. A1 meets everything with an income of 47, just what 2023 asks for; A2 is of class III and has 46, where 42 is asked;
    A3 fails three criteria; B1 fails ten; of B2 nothing is known, of B3 only that it meets twelve. A1, A2 and B1 are recognised.
    """

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, name: str, *lines: str) -> Path:
        """A file of it."""
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def table(self, failed: dict[str, set[int]] = FAILED, income: dict[str, str] = INCOME) -> Path:
        """What is known of four communes."""
        head = ",".join(["mã xã,xã,vùng,năm,khu vực", *(f"attested:{number}" for number in range(1, 20)), "10.1"])
        rows = [
            ",".join(
                [code, f"Mẫu {code}", "tay-nguyen", "2023", AREA[code]]
                + ["chưa đạt" if number in failed.get(code, ()) else "đạt" for number in range(1, 20)]
                + [amount]
            )
            for code, amount in income.items()
        ]
        return self.write("xa.csv", head, *rows)

    def files(self, *more: str) -> list[str]:
        """The options that name them."""
        units = self.write(
            "dv.csv",
            "mã đơn vị,tên,loại,loại hình,thuộc,tỉnh,vùng,khu vực,số tiêu chí đạt",
            "H1,Huyện Một,huyện,huyện,,kon-tum,tay-nguyen,,",
            "H2,Huyện Hai,huyện,huyện,,kon-tum,tay-nguyen,,",
            *(
                f"{code},Mẫu {code},xã,xã,H{1 if code[0] == 'A' else 2},kon-tum,tay-nguyen,{area},{12 if code == 'B3' else ''}"
                for code, area in AREA.items()
            ),
        )
        register = self.write(
            "so.csv",
            "mã đơn vị,tên,loại,việc,danh hiệu,bộ tiêu chí,quyết định,ngày,đến ngày",
            "A1,Mẫu A1,xã,công nhận,ntm,commune-ntm/2021-2025,1/QĐ,2022-12-01,",
            "A2,Mẫu A2,xã,công nhận,ntm,commune-ntm/2021-2025,2/QĐ,2023-03-01,",
            "B1,Mẫu B1,xã,công nhận,ntm,commune-ntm/2016-2020,3/QĐ,2019-06-01,",
            *more,
        )
        return ["--province", "kon-tum", "--register", str(register), "--units", str(units), "--complete"]

    def made(self, *arguments: Any, on: str = "2023-12-31", lang: str = "vi") -> tuple[int, dict[str, Any]]:
        """The exit code and the data of a report."""
        with pytest.raises(SystemExit) as ended:
            run(["report", *map(str, arguments), "--on", on, "--lang", lang, "--json"])
        return int(ended.value.code or 0), json.loads(self.capsys.readouterr().out)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The files of a small office."""
    return Office(tmp_path, capsys)


def units(part: list[dict[str, Any]], key: str, column: str) -> list[str]:
    """The units that stand in one place of a crossing."""
    return next(line for line in part if line["key"] == key)["units"][column]


def risks(data: dict[str, Any], kind: str) -> set[str]:
    """The units of one kind of risk."""
    return {one["unit"] for one in data["parts"]["risks"]["list"] if one["kind"] == kind}


def test_each_number_has_the_names_behind_it(office: Office) -> None:
    """Districts, bands, criteria, classes and periods of six communes, as counted by hand."""
    code, data = office.made(office.table(), *office.files())
    assert code == 0, data["problems"]
    parts = data["parts"]
    assert units(parts["districts"], "H1", "all") == ["A1", "A2", "A3"]
    assert units(parts["districts"], "H1", "recognised") == ["A1", "A2"]
    assert units(parts["districts"], "H1", "not_recognised") == ["A3"]
    assert units(parts["districts"], "H2", "recognised") == ["B1"]
    assert units(parts["districts"], "H2", "band-open") == ["B2"]
    assert {key: units(parts["bands"], key, "all") for key in ("19", "15-18", "10-14", "0-9", "open")} == {
        "19": ["A1", "A2"],
        "15-18": ["A3"],
        "10-14": ["B3"],
        "0-9": ["B1"],
        "open": ["B2"],
    }
    assert units(parts["criteria"], "1", "not_met") == ["A3", "B1"]
    assert units(parts["criteria"], "10", "met") == ["A1", "A2", "A3", "B1"]
    assert units(parts["criteria"], "12", "attested") == ["A1", "A2", "A3", "B1"]
    assert units(parts["areas"], "III", "all") == ["A2"]
    assert units(parts["areas"], "unknown", "all") == ["B2", "B3"]
    assert units(parts["periods"], "2021-2025", "ntm") == ["A1", "A2"]
    assert units(parts["periods"], "2016-2020", "ntm") == ["B1"]


def test_the_report_counts_as_the_other_commands_do(office: Office) -> None:
    """The bands of the report and the figures of ``targets`` are the same numbers."""
    _, data = office.made(office.table(), *office.files())
    figures = {one["key"]: (int(float(one["low"])), one["open"]) for one in data["parts"]["overview"]}
    bands = {line["key"]: len(line["units"]["all"]) for line in data["parts"]["bands"]}
    assert figures["communes"][0] == sum(bands.values()) == 6
    assert figures["met"] == (bands["19"], bands["open"])
    assert figures["band-15-18"][0] == bands["15-18"]
    assert figures["band-10-14"][0] == bands["10-14"]
    assert figures["band-5-9"][0] + figures["band-0-4"][0] == bands["0-9"]
    assert figures["recognised"] == (3, 0)


def test_a_district_that_is_not_recognised_has_its_dossier_with_the_communes_that_lack_a_status(office: Office) -> None:
    """A recognised district has none; of the other it is said which communes hold it back, and that a commune is not known."""
    h1 = "H1,Huyện Một,huyện,công nhận,district-ntm,district-ntm/2021-2025,9/QĐ,2023-11-01,"
    code, data = office.made(office.table(), *office.files(h1))
    assert code == 0, data["problems"]
    [one] = data["parts"]["dossiers"]
    assert (one["unit"], one["edition"], one["outcome"]) == ("H2", "district-ntm/2021-2025", "not_met")
    assert one["conditions"]["DK1"] == "not_met"
    [lack] = [each for each in one["lacking"] if each["id"] == "DK1.1"]
    assert (lack["missing"], lack["open"]) == (["B2", "B3"], [])


def test_what_is_open_in_dossiers_stands_apart_by_set(office: Office) -> None:
    """DK1.1 of a province counts districts, DK1.1 of a district communes: each stands under its own set."""
    page = office.folder / "r.html"
    province = office.write("tinh.csv", "mã đơn vị,tên,loại,tỉnh", "kon-tum,Tỉnh Kon Tum,tỉnh,kon-tum")
    _, data = office.made(office.table(), *office.files(), "--units", province, "-o", page)
    assert {one["edition"] for one in data["parts"]["dossiers"]} == {"district-ntm/2021-2025", "province-completion/2021-2025"}
    made = Page()
    made.feed(page.read_text("utf-8"))
    titles = [title for title in made.tables if "Điều chưa xác định trong hồ sơ" in title]
    assert [title.partition("(")[2].rstrip(")") for title in titles] == ["district-ntm/2021-2025", "province-completion/2021-2025"]


def test_a_district_for_which_no_set_is_in_force_has_no_outcome_made_up(office: Office) -> None:
    """From 2025-07-01 no set is the basis for recognising a district: said beside its name."""
    page = office.folder / "r.html"
    _, data = office.made(office.table(), *office.files(), "-o", page, on="2025-08-01")
    assert [(one["unit"], one["edition"], one["outcome"]) for one in data["parts"]["dossiers"]] == [
        ("H1", None, "undetermined"),
        ("H2", None, "undetermined"),
    ]
    assert "không có bộ tiêu chí nào" in page.read_text("utf-8")


def test_risks_are_told_with_their_reason(office: Office) -> None:
    """B1 fails 10 of 19; A1 stands at its bound; next year asks 50 of A1, and of A2, of class I from the year after its recognition."""
    _, data = office.made(office.table(), *office.files())
    assert risks(data, "ground") == {"B1"}
    assert risks(data, "near") == {"A1"}
    assert risks(data, "next_year") == {"A1", "A2"}
    (ahead,) = [one for one in data["parts"]["risks"]["ahead"] if one["key"] == "year-2024"]
    assert [(one["unit"], one["criteria"]) for one in ahead["losses"]] == [("A1", ["10"]), ("A2", ["10"])]
    why = {one["unit"]: one["why"]["vi"] for one in data["parts"]["risks"]["list"] if one["kind"] == "next_year"}
    assert "46 triệu đồng/người/năm; khi đó yêu cầu từ 50 triệu" in why["A2"]


@pytest.mark.parametrize(("income", "told"), [("46.99", False), ("47", True), ("49.35", True), ("49.36", False)])
def test_near_is_within_so_many_percent_of_the_bound(office: Office, income: str, told: bool) -> None:
    """Five percent of 47 are 2.35: up to 49.35 is near; below 47 nothing is met that could be near."""
    _, data = office.made(office.table(income={"A1": income}), *office.files())
    assert (risks(data, "near") == {"A1"}) is told
    _, data = office.made(office.table(income={"A1": income}), *office.files(), "--near", "0")
    assert (risks(data, "near") == {"A1"}) is (income == "47")


def test_a_text_that_is_coming_is_asked_today(office: Office) -> None:
    """On 2024-02-29 a commune of class II is judged by 50 and fails; a text of 2024-03-01 is named, and takes nothing from A1."""
    _, data = office.made(office.table(), *office.files(), on="2024-02-29")
    (coming,) = [one for one in data["parts"]["risks"]["ahead"] if one["key"] == "2024-03-01"]
    assert "211" in coming["what"]["vi"]
    assert "A1" not in {one["unit"] for one in coming["losses"]}


def test_a_draft_that_would_take_a_criterion_is_told_and_is_no_law(office: Office) -> None:
    """A draft of 50 million, read only because it lies beside the sets: A1 with 47 would lose criterion 10, today nothing changes."""
    folder = office.folder / "du-thao" / "nang-muc"
    folder.mkdir(parents=True)
    draft = """
    overlay: commune-ntm/2021-2025/nang-muc
    version: 0.1.0
    kind: draft
    amends: commune-ntm/2021-2025
    title: {vi: Nâng mức thu nhập, en: Higher incomes}
    instrument: (dự thảo) nâng mức thu nhập
    in_force: {from: 2026-01-01}
    changes:
      - set: "10.1"
        at_least: {by: [region, year], tay-nguyen: {2023: 50}}
        source: {level: recalled}
    """
    (folder / "overlay.yaml").write_text(textwrap.dedent(draft), "utf-8")
    (folder.parent / "instruments.yaml").write_text(
        "instruments:\n  - {instrument: (dự thảo) nâng mức thu nhập, title: {vi: Dự thảo, en: Draft}, level: recalled,"
        " issuer: {vi: chưa có, en: none}}\n",
        "utf-8",
    )
    page = office.folder / "r.md"
    arguments = [office.table(), *office.files(), "-o", page, "--add", folder.parent]
    code, data = office.made(*arguments)
    assert code == 0, data["problems"]
    assert risks(data, "draft") == {"A1"}  # A2 reads another column, A3 and B1 have 60
    assert risks(data, "coming_text") == set()
    assert units(data["parts"]["criteria"], "10", "met") == ["A1", "A2", "A3", "B1"]
    assert "Dự thảo chưa ban hành «Nâng mức thu nhập»" in page.read_text("utf-8")
    assert "47 triệu đồng/người/năm; khi đó yêu cầu từ 50 triệu" in page.read_text("utf-8")


def test_certificates_that_end_within_ninety_days(office: Office) -> None:
    """Today, in 89 and in 90 days; not in 91, and what ended yesterday has run out. By quarter, maker and group."""
    days = {"P0": "2023-12-31", "P89": "2024-03-29", "P90": "2024-03-30", "P91": "2024-03-31", "PE": "2023-12-30"}
    acts = [
        f"{code},Chè {code},sản phẩm,công nhận,ocop-{4 if code == 'P90' else 3},ocop/2019,{code}/QĐ,2021-06-01,{end}"
        for code, end in days.items()
    ]
    listed = office.write(
        "sp.csv", "mã sản phẩm,chủ thể,nhóm sản phẩm", "P89,HTX Một,Đồ uống", "P90,HTX Một,Đồ uống", "P91,HTX Hai,Thực phẩm"
    )
    _, data = office.made(office.table(), *office.files(*acts), "--products", listed)
    assert risks(data, "ending") == {"P0", "P89", "P90"}
    assert risks(data, "expired") == {"PE"}
    part = data["parts"]["products"]
    assert units(part["by_quarter"], "2024-Q1", "ocop-3") == ["P89", "P91"]
    assert units(part["by_quarter"], "2024-Q1", "ocop-4") == ["P90"]
    assert units(part["by_quarter"], "2023-Q4", "ocop-3") == ["P0"]
    assert units(part["by_maker"], "HTX Một", "ocop-4") == ["P90"]
    assert units(part["by_group"], "Đồ uống", "ocop-3") == ["P89"]
    assert units(part["by_class"], "ocop-3", "stands") == ["P0", "P89", "P91"]


def test_a_gap_is_said_in_units(office: Office) -> None:
    """56 of the 85 communes of Kon Tum meet 15 criteria or more; all are to: 29 are lacking, and not 34,1176…."""
    rows = list(csv.DictReader((KON_TUM / "communes.csv").read_text("utf-8-sig").splitlines()))
    listed = office.write(
        "85.csv",
        "mã xã,tên xã,loại hình,thuộc,tỉnh,vùng,số tiêu chí đạt",
        *(
            f"{row['mã xã']},{row['tên xã']},xã,{row['thuộc']},kon-tum,tay-nguyen,{15 if index < 56 else 14}"
            for index, row in enumerate(rows)
        ),
    )
    page = office.folder / "r.html"
    _, data = office.made(
        "--units", listed, "--units", KON_TUM / "districts.csv", "--set", "targets/kon-tum-2025", "--province", "kon-tum", "-o", page
    )
    (target,) = [one for one in data["parts"]["targets"]["targets/kon-tum-2025"] if one["id"] == "MT5.1"]
    assert target["short"] == [29, 29]
    assert "còn thiếu 29 xã" in page.read_text("utf-8")
    assert "34,1176" not in page.read_text("utf-8")
    (plan,) = [one for one in data["parts"]["plan"] if one["target"] == "MT5.1"]
    assert (plan["goal"], plan["counted"], len(plan["chosen"])) == (85, 56, 29)


def test_the_plan_names_the_nearest_and_their_steps(office: Office) -> None:
    """Without a target every commune is to meet its set: A3 is nearest, by the three criteria that it fails."""
    page = office.folder / "r.html"
    _, data = office.made(office.table(), *office.files(), "-o", page)
    (plan,) = data["parts"]["plan"]
    first = plan["chosen"][0]
    assert (first["unit"], first["indicators"], [fix["id"] for fix in first["fixes"]]) == ("A3", [3, 3], ["1", "2", "3"])


def test_a_unit_in_two_tables_is_told_and_the_first_counts(office: Office) -> None:
    """A1 has 47 in one table and 44 in another: told with both its code and the file, and judged by the first."""
    first = office.table()
    second = office.write("xa-2.csv", "mã xã,vùng,năm,khu vực,10.1", "A1,tay-nguyen,2023,I,44")
    code, data = office.made(first, second, *office.files())
    assert code == 1
    (problem,) = [one for one in data["problems"] if one["code"] == "NTM-505"]
    assert "A1" in problem["what"]["vi"]
    assert "xa-2.csv" in problem["file"]
    assert "A1" in units(data["parts"]["criteria"], "10", "met")


def test_a_page_begins_with_a_list_of_its_parts(office: Office) -> None:
    """Each line leads to its part."""
    page = office.folder / "r.html"
    office.made(office.table(), *office.files(), "-o", page)
    text = page.read_text("utf-8")
    links = re.findall(r'href="#(part-\d+)">(\d+)\.', text)
    assert [number for _, number in links] == [str(number) for number in range(1, len(links) + 1)]
    assert all(f'<h2 id="{place}">' in text for place, _ in links)


def test_what_changed_since_the_last_report(office: Office) -> None:
    """A3 gains three criteria and is recognised, A1 loses one, B1 stays; a certificate has come."""
    last = office.folder / "truoc.json"
    office.made(office.table(), *office.files(), "-o", last)
    table = office.table({"B1": FAILED["B1"]}, {**INCOME, "A1": "44"})
    acts = (
        "A3,Mẫu A3,xã,công nhận,ntm,commune-ntm/2021-2025,4/QĐ,2023-12-30,",
        "P1,Chè,sản phẩm,công nhận,ocop-3,ocop/2023,5/QĐ,2023-12-30,",
    )
    _, data = office.made(table, *office.files(*acts), "--since", last)
    since = data["parts"]["since"]
    assert since["before"] == "2023-12-31"
    assert {one["unit"]: (one["gained"], one["lost"], one["statuses_gained"]) for one in since["communes"]} == {
        "A1": ([], ["10"], []),
        "A3": (["1", "2", "3"], [], ["ntm"]),
    }
    assert since["products"] == [{"unit": "P1", "status": "ocop-3", "move": "new"}]
    _, same = office.made(office.table(), *office.files(), "--since", last)
    assert (same["parts"]["since"]["communes"], same["parts"]["since"]["products"]) == ([], [])


def test_a_former_day_is_made_again_from_stored_decisions(office: Office) -> None:
    """Results as ``evaluate`` writes them, and JSON lines of decisions, give the communes that the table gave; and can be compared with."""
    table, files = office.table(), office.files()
    stored, lines = office.folder / "kq.json", office.folder / "kq.jsonl"
    with pytest.raises(SystemExit):
        run(["evaluate", str(table), "--set", "commune-ntm/2021-2025", "--on", "2023-12-31", "--province", "kon-tum", "-o", str(stored)])
    office.capsys.readouterr()
    decisions = json.loads(stored.read_text("utf-8"))["decisions"]
    lines.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in decisions), "utf-8")
    _, first = office.made(table, *files)
    for path in (stored, lines):
        code, again = office.made(path, *files)
        assert code == 0
        assert again["communes"] == first["communes"]
        assert again["parts"]["bands"] == first["parts"]["bands"]
    table = office.table({"B1": FAILED["B1"]})
    _, later = office.made(table, *files, "--since", lines)
    assert [(one["unit"], one["gained"]) for one in later["parts"]["since"]["communes"]] == [("A3", ["1", "2", "3"])]
    assert later["parts"]["since"]["before"] == "2023-12-31"


def test_two_years_are_each_judged_by_their_own_levels_and_the_older_is_made_again_from_its_decisions(office: Office) -> None:
    """Stored decisions give 2023 as it was. 2024 asks for 50 where 2023 asked for 47, and A1 has 47.

    A2 has 46: in 2023 it was of class III, where 42 is asked; recognised in that year, it is of class I in the next, where 50 is.
    """
    stored, last = office.folder / "kq-2023.json", office.folder / "2023.json"
    table, files = office.table(), office.files()
    with pytest.raises(SystemExit):
        run(["evaluate", str(table), "--set", "commune-ntm/2021-2025", "--on", "2023-12-31", "--province", "kon-tum", "-o", str(stored)])
    office.capsys.readouterr()
    _, first = office.made(table, *files, "-o", last)
    table.write_text(table.read_text("utf-8").replace(",2023,", ",2024,"), "utf-8")
    _, later = office.made(table, *files, "--since", last, on="2024-12-31")
    changed = {one["unit"]: (one["gained"], one["lost"], one["before"], one["after"]) for one in later["parts"]["since"]["communes"]}
    assert changed == dict.fromkeys(("A1", "A2"), ([], ["10"], [19, 19], [18, 18]))
    _, again = office.made(stored, *files)
    assert again["communes"] == first["communes"]
    page = office.folder / "2024.html"
    office.made(table, *files, "--since", last, "-o", page, on="2024-12-31")
    assert "So với 31/12/2023: 0 xã thêm tiêu chí, 2 xã mất tiêu chí" in page.read_text("utf-8")


def test_a_set_that_judges_every_dossier_is_named_once(office: Office) -> None:
    """The title of the set stands in a sentence above the table, not on each of its lines; lists of numbers stand to the left."""
    page = office.folder / "r.html"
    office.made(office.table(), *office.files(), "-o", page)
    text = page.read_text("utf-8")
    assert text.count("Xét theo: ") == 1
    assert ">Xét theo</th>" not in text


def test_decisions_of_another_set_are_not_compared_criterion_by_criterion(office: Office) -> None:
    """A number of one set is another thing in the next: only how many are met is set side by side."""
    table, files = office.table(), office.files()
    last = office.folder / "truoc.json"
    office.made(table, *files, "-o", last)
    text = last.read_text("utf-8").replace('"edition": "commune-ntm/2021-2025"', '"edition": "commune-ntm/2016-2020"')
    last.write_text(text, "utf-8")
    _, data = office.made(office.table({"B1": FAILED["B1"]}), *files, "--since", last)
    (change,) = data["parts"]["since"]["communes"]
    assert (change["unit"], change["gained"], change["before"], change["after"], change["same_edition"]) == (
        "A3",
        [],
        [16, 16],
        [19, 19],
        False,
    )


def test_what_is_open_is_a_work_list_by_department(office: Office) -> None:
    """An income that is not known waits for the department in charge; a commune without figures is named."""
    table = office.write(
        "xa.csv",
        ",".join(["mã xã,vùng,năm,khu vực", *(f"attested:{n}" for n in range(1, 20) if n != 10), "10.1"]),
        ",".join(["A1,tay-nguyen,2023,I", *["đạt"] * 18, "chưa có số liệu: chưa điều tra"]),
    )
    in_charge = office.write("cq.csv", "tiêu chí,cơ quan phụ trách", "10,Cục Thống kê")
    page = office.folder / "r.html"
    _, data = office.made(table, *office.files(), "--departments", in_charge, "-o", page)
    (task,) = data["parts"]["to_find_out"]["tasks"]
    assert (task["id"], task["department"], task["units"]) == ("10.1", "Cục Thống kê", ["A1"])
    assert data["parts"]["to_find_out"]["silent"] == ["A2", "A3", "B1", "B2"]
    assert "Cục Thống kê" in page.read_text("utf-8")
    assert "chưa điều tra" in page.read_text("utf-8")


def test_attestations_against_figures_are_listed(office: Office) -> None:
    """A1 is attested to meet criterion 10, and its income says otherwise."""
    _, data = office.made(office.table(income={"A1": "45"}), *office.files())
    assert risks(data, "conflict") == {"A1"}


def test_who_states_a_figure_and_on_what_paper_is_told(office: Office) -> None:
    """Beside the attestation that contradicts it, and in a list by paper, on the page too."""
    table = office.table(income={"A1": "45", "A2": "46"})
    head, *rows = table.read_text("utf-8").splitlines()
    table = office.write("xa.csv", f"{head},người báo,căn cứ", *(f"{row},Chi cục Thống kê,BC 12" for row in rows))
    page = office.folder / "r.html"
    _, data = office.made(table, *office.files(), "-o", page)
    [conflict] = [one for one in data["parts"]["risks"]["list"] if one["kind"] == "conflict"]
    assert conflict["why"]["vi"].endswith("người báo: Chi cục Thống kê; căn cứ: BC 12")
    assert data["parts"]["sources"]["stated"] == [
        {"stated_by": "Chi cục Thống kê", "evidence": "BC 12", "figures": 2, "units": ["A1", "A2"]}
    ]
    assert "Số liệu do ai báo, theo giấy tờ nào" in page.read_text("utf-8")


def test_who_meets_the_set_and_has_no_recognition_is_told(office: Office) -> None:
    """Meeting a set is not being recognised: A3, once it meets all, is named."""
    _, data = office.made(office.table({"B1": FAILED["B1"]}), *office.files())
    assert risks(data, "not_recognised_yet") == {"A3"}


class Page(HTMLParser):
    """The tables of a page by the headings above them."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._title, self._inside, self._text = "", "", ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("h2", "h3", "summary", "th", "td"):
            self._inside, self._text = tag, ""
        elif tag == "tr":
            self.tables.setdefault(self._title, []).append([])
        elif tag == "br":
            self._text += "\n"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "h3", "summary") and tag == self._inside:
            self._title, self._inside = self._text, ""
        elif tag in ("th", "td") and tag == self._inside:
            self.tables[self._title][-1].append(self._text)
            self._inside = ""


def test_every_format_says_the_same(office: Office) -> None:
    """Word by word the tables of HTML and DOCX; the sheets of XLSX with numbers, shares and days that can be computed with."""
    import docx
    import openpyxl

    acts = ("P1,Chè,sản phẩm,công nhận,ocop-3,ocop/2023,5/QĐ,2023-12-30,",)
    outputs = {suffix: office.folder / f"r.{suffix}" for suffix in ("html", "xlsx", "docx", "json")}
    _, data = office.made(office.table(), *office.files(*acts), *(word for path in outputs.values() for word in ("-o", path)))
    assert json.loads(outputs["json"].read_text("utf-8"))["data"] == {key: value for key, value in data.items() if key != "problems"}
    page = Page()
    page.feed(outputs["html"].read_text("utf-8"))
    document = docx.Document(outputs["docx"])
    written = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert written == [table for table in page.tables.values() if table]
    book = openpyxl.load_workbook(outputs["xlsx"])
    sheet = book["3. Theo huyện"]
    top = int(sheet.freeze_panes[1:]) - 1
    found = {row[0].value: row for row in sheet.iter_rows(min_row=top + 1)}
    heads = [cell.value for cell in sheet[top]]
    for line in data["parts"]["districts"]:
        for column, head in (("all", "Số xã"), ("recognised", "Được công nhận"), ("band-15-18", "15–18")):
            assert found[line["title"]["vi"]][heads.index(head)].value == len(line["units"][column])
    share = found["Huyện Một"][heads.index("Tỷ lệ công nhận")]
    assert (round(float(share.value), 4), share.number_format) == (0.6667, "0.00%")
    days = [cell for one in book for row in one.iter_rows() for cell in row if cell.is_date]
    assert [(cell.value.date().isoformat(), cell.number_format) for cell in days] == [("2026-12-30", "dd/mm/yyyy")]


def test_rows_of_another_kind_are_told_at_their_cell_and_the_communes_are_reported(office: Office) -> None:
    """A district, a ward, a village and a product in one table with communes of two provinces: nothing is judged by a set of another."""
    kinds = ["A,huyện,kon-tum", "P1,phường,kon-tum", "T1,thôn,kon-tum", "S1,sản phẩm,kon-tum", "K,tỉnh,kon-tum"]
    table = office.write("xa.csv", "mã,loại,tỉnh,vùng,năm,10.1", *(f"{one},tay-nguyen,2023,60" for one in ["A1,xã,kon-tum", *kinds]))
    code, data = office.made(table, *office.files())
    assert code == 1
    assert [(one["code"], one["line"]) for one in data["problems"]] == [("NTM-408", line) for line in range(3, 8)]
    assert units(data["parts"]["criteria"], "10", "met") == ["A1"]
    other = office.write("xa2.csv", "mã,loại,tỉnh,vùng,năm,10.1", "A1,xã,kon-tum,tay-nguyen,2023,60", "G1,xã,gia-lai,tay-nguyen,2023,60")
    code, data = office.made(other, *office.files())
    assert (code, {one["code"] for one in data["problems"]} >= {"NTM-520"}) == (1, True)


def test_of_two_years_in_one_table_the_day_chooses_and_it_is_told(office: Office) -> None:
    """Last year's row stands below this year's: 47 of 2023 meets, 40 of 2022 would not; a year that has not begun is not looked at."""
    rows = ["A1,I,2022,40", "A2,I,2023,47", "A2,I,2022,40", "A2,I,2024,49"]
    table = office.write("xa.csv", "mã xã,khu vực,năm,10.1", *rows)
    files = office.files()
    code, data = office.made(table, *files, "--with", "region=tay-nguyen")
    assert (code, units(data["parts"]["criteria"], "10", "met")) == (0, ["A2"])
    assert units(data["parts"]["criteria"], "10", "not_met") == ["A1"]
    code, data = office.made(table, *files, "--with", "region=tay-nguyen", on="2024-02-15")
    assert units(data["parts"]["criteria"], "10", "not_met") == ["A1", "A2"]  # 50 is asked of 2024
    for words in (
        ["report", table, *files],
        ["plan", table, "--set", "commune-ntm/2021-2025", "--target", "1", "--province", "kon-tum"],
        [
            "transition",
            table,
            "--set",
            "commune-ntm/2021-2025",
            "--to",
            "commune-ntm/2021-2025",
            "--to-on",
            "2024-02-15",
            "--province",
            "kon-tum",
        ],
    ):
        with pytest.raises(SystemExit):
            run([*map(str, words), "--on", "2023-12-31", "--with", "region=tay-nguyen"])
        told = office.capsys.readouterr().err
        assert "xa.csv:3:1 (3): NTM-837 1 đơn vị có số liệu của các năm 2022, 2023, 2024; ở đây xét theo năm 2023: A2." in told


def test_a_commune_in_two_districts_is_told_and_counts_in_the_first(office: Office) -> None:
    """Each row says another district for the same days; two rows that follow each other are a commune that changed its district."""
    head = "mã đơn vị,tên,loại,loại hình,thuộc,tỉnh,vùng,từ ngày,đến ngày"
    districts = ["H1,Huyện Một,huyện,huyện,,kon-tum,tay-nguyen,,", "H2,Huyện Hai,huyện,huyện,,kon-tum,tay-nguyen,,"]
    commune = "A1,Mẫu A1,xã,xã,{},kon-tum,tay-nguyen,{},{}"
    twice = office.write("hai.csv", head, *districts, commune.format("H1", "", ""), commune.format("H2", "", ""))
    code, data = office.made("--units", twice)
    assert (code, [(one["code"], one["line"]) for one in data["problems"]]) == (1, [("NTM-838", 5)])
    assert units(data["parts"]["districts"], "H1", "all") == ["A1"]
    moved = office.write("chuyen.csv", head, *districts, commune.format("H1", "", "2023-05-31"), commune.format("H2", "2023-06-01", ""))
    code, data = office.made("--units", moved)
    assert (code, units(data["parts"]["districts"], "H2", "all")) == (0, ["A1"])


def test_an_act_before_its_unit_began_is_told_with_both_days(office: Office) -> None:
    """A recognition of January cannot be of a commune made in June; nothing is counted by it."""
    units_ = office.write("dv.csv", "mã đơn vị,tên,loại,loại hình,tỉnh,vùng,từ ngày", "A1,Mẫu A1,xã,xã,kon-tum,tay-nguyen,2023-06-01")
    register = office.write("so.csv", "mã đơn vị,tên,danh hiệu,quyết định,ngày", "A1,Mẫu A1,ntm,1/QĐ,2023-01-01")
    code, data = office.made("--units", units_, "--register", register, "--complete")
    assert (code, [(one["code"], one["line"]) for one in data["problems"]]) == (1, [("NTM-839", 2)])
    assert data["communes"][0]["statuses"]["ntm"] is False


def test_problems_come_first_in_every_file(office: Office) -> None:
    """What must be mended is the first sheet, the first list of the document, and stands above the first part of a page."""
    import docx
    import openpyxl

    outputs = [office.folder / name for name in ("r.xlsx", "r.docx", "r.html", "r.md")]
    act = "Z9,Không Có,xã,công nhận,ntm,commune-ntm/2021-2025,9/QĐ,2023-01-01,"
    code, data = office.made(office.table(), *office.files(act), *(word for path in outputs for word in ("-o", path)))
    assert (code, [one["code"] for one in data["problems"]]) == (1, ["NTM-810"])
    assert openpyxl.load_workbook(outputs[0]).sheetnames[:2] == ["Cần sửa", "1. Việc cần chú ý"]
    headings = [one.text for one in docx.Document(outputs[1]).paragraphs if one.style.name.startswith("Heading")]
    assert headings[1] == "Cần sửa"
    page, text = (path.read_text("utf-8") for path in outputs[2:])
    assert page.index("<details open><summary><strong>Cần sửa (1)") < page.index("NTM-810") < page.index("1. Việc cần chú ý")
    assert text.index("## Cần sửa") < text.index("NTM-810") < text.index("## 1. Việc cần chú ý")


@pytest.mark.parametrize("key", PARTS)
def test_every_part_of_the_report_has_all_its_faces(key: str, office: Office) -> None:
    """Each part is made of some office, in both languages: in English nothing but names is Vietnamese."""
    acts = ("P1,Che,sản phẩm,công nhận,ocop-3,ocop/2023,5/QĐ,2023-12-30,",)
    last = office.folder / "truoc.json"
    office.made(office.table(), *office.files(), "-o", last)
    page = office.folder / "r.html"
    villages = office.write("thon.csv", "tên thôn,xã", "Thôn 1,Mẫu A1")
    options = [*office.files(*acts), "--units", villages, "--since", last, "--set", "targets/kon-tum-2025", "-o", page]
    titles = {}
    for lang in ("vi", "en"):
        _, data = office.made(office.table(), *options, lang=lang)
        assert key in data["parts"]
        made = Page()
        made.feed(page.read_text("utf-8"))
        titles[lang] = list(made.tables)
        if lang == "en":
            heads = {cell for table in made.tables.values() if table for cell in table[0]}
            assert not [head for head in heads if set(head.lower()) & VIETNAMESE]
            assert not [title for title in titles["en"] if set(title.lower()) & VIETNAMESE]
    assert len(titles["vi"]) == len(titles["en"])


def test_a_day_outside_every_set_is_told_and_the_rest_is_reported(office: Office) -> None:
    """Between the end of 2025 and 2026-02-14 there is no set of communes: told, and what the register says is still written."""
    page = office.folder / "r.html"
    code, data = office.made(office.table(), *office.files(), "-o", page, on="2026-01-15")
    assert code == 1
    assert {one["code"] for one in data["problems"]} == {"NTM-307"}
    assert units(data["parts"]["districts"], "H1", "recognised") == ["A1", "A2"]
    assert page.is_file()


@pytest.mark.parametrize(("text", "says"), [('{"schema": "x"}', "schema"), ("không", ""), ("[1]", "")])
def test_a_last_report_that_is_none_is_refused(office: Office, text: str, says: str) -> None:
    """Another file in its place is told with the way to make one."""
    last = office.write("truoc.json", text)
    with pytest.raises(SystemExit) as ended:
        run(["report", str(office.table()), *office.files(), "--on", "2023-12-31", "--since", str(last)])
    assert ended.value.code == 2
    err = office.capsys.readouterr().err
    assert "NTM-832" in err
    assert says in err


def test_a_stored_decision_that_is_broken_is_named(office: Office) -> None:
    """The second line of two: which one, and why."""
    broken = office.write("kq.jsonl", '{"schema": "ntm-rules/decision/v1"}')
    with pytest.raises(SystemExit) as ended:
        run(["report", str(broken), *office.files(), "--on", "2023-12-31"])
    assert ended.value.code == 2
    err = office.capsys.readouterr().err
    assert "NTM-601" in err
    assert "[0]" in err


@pytest.mark.parametrize("name", ["khong-co.json", "khong-co.csv"])
def test_a_file_that_is_not_there_is_told(office: Office, name: str) -> None:
    """As a table, whatever its ending; and as a last report."""
    for words, told in (([name], "NTM-108"), (["--since", name], "NTM-832")):
        with pytest.raises(SystemExit) as ended:
            run(["report", *words, *office.files(), "--on", "2023-12-31"])
        assert ended.value.code == 2
        assert told in office.capsys.readouterr().err


@pytest.mark.parametrize("words", [("--near", "nhiều"), ("--on", "31/12"), ("-o", "r.odt")])
def test_a_wrong_option_is_refused(office: Office, words: tuple[str, str]) -> None:
    """With its place; nothing is written."""
    with pytest.raises(SystemExit) as ended:
        run(["report", *office.files(), "--on", "2023-12-31", *words])
    assert ended.value.code == 2
    assert "NTM-" in office.capsys.readouterr().err


@pytest.mark.parametrize("name", ["so.csv", "dv.csv", "xa.csv", "cq.csv"])
def test_nothing_is_written_over_what_is_read(office: Office, name: str) -> None:
    """Neither the register, nor the list, the table or the departments."""
    in_charge = office.write("cq.csv", "tiêu chí,cơ quan", "10,Cục Thống kê")
    arguments = ["report", str(office.table()), *office.files(), "--departments", str(in_charge), "--on", "2023-12-31"]
    before = (office.folder / name).read_bytes()
    with pytest.raises(SystemExit) as ended:
        run([*arguments, "-o", str(office.folder / name)])
    assert ended.value.code == 2
    assert "NTM-709" in office.capsys.readouterr().err
    assert (office.folder / name).read_bytes() == before


def test_a_closed_pipe_loses_no_file(office: Office) -> None:
    """``| head`` ends the screen, not the report."""
    page = office.folder / "r.html"
    words = ["report", str(office.table()), *office.files(), "--on", "2023-12-31", "-o", str(page)]
    with subprocess.Popen([sys.executable, "-m", "ntm_rules", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(timeout=120)
    assert "</html>" in page.read_text("utf-8")


def test_the_screen_shows_the_numbers_and_leaves_the_names_to_the_files(office: Office) -> None:
    """The first thing read is what needs attention; the long lists are folded on the page."""
    page = office.folder / "r.html"
    with pytest.raises(SystemExit):
        run(["report", str(office.table()), *office.files(), "--on", "2023-12-31", "-o", str(page)])
    out = office.capsys.readouterr().out
    assert out.index("Việc cần chú ý") < out.index("Theo huyện")
    assert "Tên đằng sau mỗi số" not in out
    text = page.read_text("utf-8")
    assert "<details><summary>3.1 Tên đằng sau mỗi số" in text
    assert text.count("<svg") >= 4


def test_the_register_of_kon_tum_is_reported() -> None:
    """The running example: 85 communes in ten districts, 26 surely recognised at the end of 2023."""
    words = ["report", "--on", "2023-12-31", "--province", "kon-tum", "--register", str(KON_TUM / "register.csv"), "--json"]
    for name in ("communes.csv", "districts.csv"):
        words += ["--units", str(KON_TUM / name)]
    made = subprocess.run([sys.executable, "-m", "ntm_rules", *words], capture_output=True, text=True, check=True)
    data = json.loads(made.stdout)
    lines = data["parts"]["districts"]
    assert (len(lines), sum(len(line["units"]["all"]) for line in lines)) == (10, 85)
    assert sum(len(line["units"]["recognised"]) for line in lines) == 26
    assert "criteria" not in data["parts"]


def test_rows_that_cannot_be_taken_are_counted_beside_what_is_counted(office: Office) -> None:
    """«0 communes» of a table of which no row could be read would pass for a finding."""
    table = office.write("xa.csv", "mã,tỉnh,vùng,năm,10.1", "A1,gia-lai,tay-nguyen,2023,60", "A2,gia-lai,tay-nguyen,2023,60")
    page = office.folder / "r.html"
    code, _ = office.made(table, "--province", "kon-tum", "-o", page)
    said = page.read_text("utf-8")
    assert code == 1
    assert "0 xã; được công nhận: từ 0. Chưa tính 2 dòng của bảng vì có lỗi: xem «Cần sửa»." in said
    assert "Không thấy việc nào trong số liệu hiện có. Chưa tính 2 dòng" in said


def test_rows_of_units_that_the_list_does_not_have_are_no_rows_with_problems(office: Office) -> None:
    """A row that can be read, of a commune that is on no list, is counted apart: the list is to be mended, not the row."""
    table = office.table()
    table.write_text(table.read_text("utf-8").replace("A3,Mẫu A3", "Z9,Mẫu Z9"), "utf-8")
    page = office.folder / "r.html"
    code, _ = office.made(table, *office.files(), "-o", page)
    said = page.read_text("utf-8")
    assert code == 1
    assert "Chưa tính 1 dòng đọc được, vì không khớp danh sách đơn vị ngày ấy: xem «Cần sửa»." in said
    assert "vì có lỗi" not in said


def test_a_reason_that_several_units_share_is_said_once(office: Office) -> None:
    """The levels of next year stand above the units that they concern, and a reason alike of two stands once, with both before it."""
    page = office.folder / "r.html"
    _, data = office.made(office.table(), *office.files(), "-o", page)
    later = [one["why"]["vi"] for one in data["parts"]["risks"]["list"] if one["kind"] == "next_year"]
    assert later
    assert all(one.startswith("Mức của năm 2024 trên số liệu hiện có: mất tiêu chí") for one in later)
    assert page.read_text("utf-8").count("<p>Mức của năm 2024 trên số liệu hiện có</p>") == 1
    assert "Mức của năm 2024 trên số liệu hiện có: mất" not in page.read_text("utf-8")
    province, _register, units = (office.files()[at : at + 2] for at in (0, 2, 4))
    office.made(office.table(), *province, *units, "-o", page)
    assert re.search(
        r'data-label="Đơn vị">Mẫu A1, Mẫu A2</td>.*?>đạt mọi tiêu chí; sổ chưa có quyết định công nhận<', page.read_text("utf-8")
    )
