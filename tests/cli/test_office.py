"""review, targets, plan and transition on the command line: what they print, write and return."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers_register import VIETNAMESE
from ntm_rules.cli.app import run

EXAMPLES = Path(__file__).parents[2] / "examples"
KON_TUM = EXAMPLES / "kon-tum"
OFFICE = EXAMPLES / "office"
COMMUNES = ("--units", str(OFFICE / "communes.csv"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, what it printed and what it said on stderr."""
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_review_of_the_kon_tum_register(capsys: pytest.CaptureFixture[str]) -> None:
    """Every recognised unit is answered; from 2024-03-07 open, with the unread amendment as the reason."""
    code, out, err = said(capsys, "review", KON_TUM / "register.csv", "--on", "2024-12-31")
    assert (code, err) == (0, "")
    assert "Hà Mòn" in out
    assert "03/2024/QĐ-TTg" in out


def test_review_says_once_what_holds_for_a_whole_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The unread amendment is the reason of all 34 communes: said once in each of the three tables, and with --full beside each."""
    _, out, _ = said(capsys, "review", KON_TUM / "register.csv", "--on", "2024-12-31")
    assert out.count("lời mới chưa đọc được") == 3
    assert "Chung cho cả bảng:" in out
    _, out, _ = said(capsys, "review", KON_TUM / "register.csv", "--on", "2024-12-31", "--full")
    assert out.count("lời mới chưa đọc được") == 34
    _, out, _ = said(capsys, "review", OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31")
    assert "7/19" in out


def test_review_tells_the_categories_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """On the made-up register: still meets, keeps its status, ground, open, run out, each once or more."""
    code, out, _ = said(capsys, "review", OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--lang", "en", "--json")
    assert code == 0
    found = {one["unit"]: one["category"] for one in json.loads(out)["reviews"]}
    assert found == {
        "X01": "still_meets",
        "X02": "keeps_status",
        "X03": "undetermined",
        "X04": "ground_for_revocation",
        "X05": "undetermined",
        "SP1": "expired",
        "SP2": "keeps_status",
    }


def test_review_takes_values_and_writes_reports(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With a table of the commune set the criteria that slipped are named; HTML, CSV and JSON hold the same units."""
    outputs = [tmp_path / name for name in ("r.html", "r.csv", "r.json")]
    options = [part for path in outputs for part in ("-o", str(path))]
    values = ("--values", OFFICE / "communes-2022.csv")
    code, out, _ = said(capsys, "review", OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", *values, "--full", *options)
    assert code == 0
    assert "1, 10, 11" in out
    html = outputs[0].read_text("utf-8")
    assert html.count("<h2>") == 4  # the summary, communes, products with three and with four stars
    assert 'data-label="Vì sao"' in html
    assert '<td class="n" data-label="còn đáp ứng">1</td>' in html
    assert '<td data-label="Mã">X02</td>' in html
    assert "thu hồi là quyết định của cấp có thẩm quyền" in html
    assert "Mẫu Hai" in html
    rows = list(csv.reader(outputs[1].read_text("utf-8-sig").splitlines()))
    assert any(row[:1] == ["X02"] for row in rows)
    assert {one["unit"] for one in json.loads(outputs[2].read_text("utf-8"))["data"]} == {"X01", "X02", "X03", "X04", "X05", "SP1", "SP2"}


def test_review_lists_what_is_wrong_and_answers_the_rest(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A wrong day and a code that does not join are told with their rows; exit code 1; the good row is reviewed."""
    path = tmp_path / "register.csv"
    path.write_text(
        "mã đơn vị,tên,việc,danh hiệu,ngày\nX01,Mẫu Một,công nhận,ntm,2019-06-01\nX02,Mẫu Hai,công nhận,ntm,31/6/2019\n"
        "X99,Mẫu Chín,công nhận,ntm,2019-06-01\n",
        "utf-8",
    )
    code, out, err = said(capsys, "review", path, *COMMUNES, "--on", "2023-12-31")
    assert code == 1
    assert f"{path}:3:5" in err
    assert "NTM-804" in err
    assert "NTM-810" in err
    assert "Mẫu Một" in out


def test_targets_reproduce_the_seed_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """The published totals, the target of 53 with 5 missing, and the sums come out; the sum of 2018 is told as not agreeing."""
    units = ("--units", KON_TUM / "communes.csv", "--units", KON_TUM / "districts.csv")
    published = ("--published", KON_TUM / "series.csv", "--claims", KON_TUM / "claims.csv")
    target = ("--set", "targets/kon-tum-2024", "--value", "MT1.1=48")
    code, out, err = said(capsys, "targets", KON_TUM / "register.csv", *units, "--on", "2023-12-31", *target, *published)
    assert code == 1
    assert "NTM-815" in err
    assert "132" in err
    for words in ("1 + 6 + 16 + 3 + 182 = 208", "48 + 5 = 53", "42 + 5 = 47", "62,35", "chưa đạt (theo số công bố)"):
        assert words in out
    lines = [line for line in out.splitlines() if "Xã đạt đủ 19 tiêu chí" in line]
    assert "48" in lines[0]


def test_targets_count_what_can_be_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """On the made-up register with values: figures as JSON, a report, and a published value that contradicts the count."""
    values = ("--values", OFFICE / "communes-2022.csv")
    report = tmp_path / "t.html"
    arguments = ("targets", OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", *values, "-o", report, "--complete")
    code, out, _ = said(capsys, *arguments, "--json")
    assert code == 0
    figures = {one["key"]: one for one in json.loads(out)["figures"]}
    assert (figures["communes"]["low"], figures["recognised"]["low"], figures["ocop-4"]["low"]) == ("6", "5", "1")
    assert "Tổng số xã" in report.read_text("utf-8")
    code, _, err = said(capsys, *arguments, "--set", "targets/kon-tum-2024", "--value", "MT1.1=53")
    assert code == 1
    assert "NTM-821" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("review", OFFICE / "register.csv", "--on", "hôm nay"), "NTM-207"),
        (("review", OFFICE / "nothing.csv", "--on", "2023-12-31"), "NTM-108"),
        (("targets", OFFICE / "register.csv", "--on", "2023-12-31", "--value", "MT1.1"), "NTM-703"),
        (("targets", OFFICE / "register.csv", "--on", "2023-12-31", "--set", "targets/kon-tum-2050"), "NTM-306"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "nhiều"), "NTM-818"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "0"), "NTM-818"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "targets/kon-tum-2024", "--indicator", "X"), "NTM-819"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "targets/kon-tum-2024", "--indicator", "MT3.1"), "NTM-825"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025"), "NTM-818"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "2", "--mean", "17"), "NTM-818"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "2", "--criteria", "20"), "NTM-818"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "targets/kon-tum-2025", "--indicator", "MT2.1"), "NTM-825"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--mean", "mười bảy"), "NTM-816"),
        (("plan", *COMMUNES, "--set", "ocop/2023", "--target", "2"), "NTM-818"),
        (("plan", "--register", OFFICE / "register.csv", "--set", "commune-ntm/2021-2025", "--target", "2"), "NTM-702"),
        (("transition", OFFICE / "communes-2022.csv", "--set", "commune-ntm/2021-2025", "--to", "commune/2026-2030"), "NTM-820"),
        (("plan", *COMMUNES, "--set", "commune-ntm/2021-2025", "--target", "2", "-o", "plan.odt"), "NTM-515"),
    ],
)
def test_a_wrong_call_is_refused_with_its_code(capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...], code: str) -> None:
    """Nothing is done, the exit code is 2, and the message says what and how to mend."""
    ended, _, err = said(capsys, *map(str, arguments))
    assert ended == 2
    assert code in err


def test_plan_names_the_nearest_and_the_size(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Kon Plông at the end of 2019: four communes need three more, Măng Cành first; a chart, a page, a table."""
    outputs = [tmp_path / name for name in ("p.svg", "p.html", "p.csv")]
    options = [part for path in outputs for part in ("-o", str(path))]
    arguments = ("plan", "--units", KON_TUM / "kon-plong-2019.csv", "--set", "commune-ntm/2016-2020", "--on", "2019-12-31", "--target", "4")
    code, out, _ = said(capsys, *arguments, "--by", "2025-12-31", *options)
    assert code == 0
    assert "đã có 1; cần thêm 3" in out
    assert out.index("Măng Cành") < out.index("Đắk Tăng") < out.index("Hiếu")
    assert ElementTree.parse(outputs[0]).getroot().tag.endswith("svg")
    assert "<svg" in outputs[1].read_text("utf-8")
    assert "không kịp" in outputs[2].read_text("utf-8-sig")


def test_plan_counts_the_recognised_and_reads_tables(capsys: pytest.CaptureFixture[str]) -> None:
    """A commune of the table that fails three criteria is named with its indicators; recognised ones count already."""
    arguments = ("plan", OFFICE / "communes-2022.csv", *COMMUNES, "--set", "commune-ntm/2021-2025", "--on", "2022-12-31", "--lang", "en")
    code, out, _ = said(capsys, *arguments, "--target", "2", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["counted"] == 1  # X01 with 19 of 19
    nearest = data["chosen"][0]
    assert (nearest["unit"], nearest["indicators"], [fix["id"] for fix in nearest["fixes"]]) == ("X02", [3, 3], ["1", "10.1", "11"])
    code, out, _ = said(capsys, *arguments, "--register", OFFICE / "register.csv", "--target", "99")
    assert code == 1
    assert "not enough communes" in out


def test_plans_for_criteria_and_for_a_mean(capsys: pytest.CaptureFixture[str]) -> None:
    """Every commune with 15 criteria, and a mean of 15: how many more, which, in both languages, and as JSON."""
    arguments = ("plan", "--units", KON_TUM / "kon-plong-2019.csv", "--set", "commune-ntm/2016-2020", "--on", "2019-12-31")
    code, out, _ = said(capsys, *arguments, "--criteria", "15", "--by", "2021-12-31")
    assert code == 0
    assert "8 xã đạt từ 15 tiêu chí" in out
    assert "đã có 4; cần thêm 4" in out
    code, out, _ = said(capsys, *arguments, "--criteria", "15", "--target", "5", "--lang", "en")
    assert "5 communes with 15 criteria or more" in out
    code, out, _ = said(capsys, *arguments, "--mean", "15", "--json")
    data = json.loads(out)
    assert (data["counts"], data["goal"], data["counted"], len(data["chosen"]), data["indicators"]) == ("criteria", 120, 116, 4, [4, 12])
    code, out, _ = said(capsys, *arguments, "--mean", "15.5", "--lang", "en")
    assert "a mean of 15.5 criteria" in out
    assert "124 criteria are needed; 116 count already; 8 more are needed" in out


def test_plan_for_a_target_looks_at_every_commune_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Of 85 communes the criteria are not published: the plan says so, counts the 26 recognised, and still asks for 53."""
    units = ("--units", KON_TUM / "communes.csv", "--units", KON_TUM / "districts.csv", "--register", KON_TUM / "register.csv")
    target = ("--target", "targets/kon-tum-2024", "--indicator", "MT2.1", "--province", "kon-tum")
    code, out, err = said(capsys, "plan", *units, "--set", "commune-ntm/2021-2025", "--on", "2023-12-31", *target)
    assert (code, err) == (0, "")
    assert "Cần 53 xã; đã có 26; cần thêm 27." in out
    assert "85 đơn vị không có số liệu nào" in out


@pytest.mark.parametrize("command", ["review", "targets", "plan"])
def test_rows_of_a_table_that_do_not_join_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    """A code that is not on the list, and a commune that was merged before the day: each with its row, and the rest is answered."""
    table, register = tmp_path / "values.csv", tmp_path / "register.csv"
    table.write_text("mã xã,xã,tỉnh,vùng,năm,10.1\nX01,Mẫu Một,kon-tum,tay-nguyen,2023,50\nX99,Ai,kon-tum,tay-nguyen,2023,50\n"
                     "X02,Mẫu Hai,kon-tum,tay-nguyen,2023,50\n", "utf-8")  # fmt: skip
    register.write_text(
        "mã đơn vị,việc,danh hiệu,ngày,sáp nhập vào\nX01,công nhận,ntm,2019-06-01,\nX02,sáp nhập,,2023-07-01,X01\n", "utf-8"
    )
    call: tuple[object, ...] = (command, register, "--values", table)
    if command == "plan":
        call = (command, table, "--register", register, "--set", "commune-ntm/2021-2025", "--target", "2")
    code, out, err = said(capsys, *call, *COMMUNES, "--on", "2023-12-31")
    assert code == 1
    assert f"{table}:3" in err
    assert f"{table}:4" in err
    assert "NTM-810" in err
    assert "NTM-808" in err
    assert out


def test_a_code_that_lost_its_zeros_is_told_with_the_one_it_may_be(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """679 in the register, 00679 in the values, and no list of units to say which."""
    table, register = tmp_path / "values.csv", tmp_path / "register.csv"
    table.write_text("mã xã,xã,tỉnh,vùng,năm,10.1\n00679,Mẫu Một,kon-tum,tay-nguyen,2023,50\n", "utf-8")
    register.write_text("mã đơn vị,việc,danh hiệu,ngày\n679,công nhận,ntm,2019-06-01\n", "utf-8")
    code, _, err = said(capsys, "review", register, "--values", table, "--on", "2023-12-31")
    assert (code, "NTM-810" in err, "«679»" in err) == (1, True, True)


def test_transition_between_two_sets_and_over_an_amendment(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """X02 loses its standard by income under the new set; a report and JSON say so."""
    report = tmp_path / "t.html"
    arguments = ("transition", OFFICE / "communes-2020.csv", "--set", "commune-ntm/2016-2020", "--on", "2020-12-31")
    newer = ("--to", "commune-ntm/2021-2025", "--to-on", "2022-12-31", "--new-values", OFFICE / "communes-2022.csv")
    code, out, _ = said(capsys, *arguments, *newer, "-o", report)
    assert code == 0
    assert "thành chưa đạt" in out
    assert "1, 10, 11" in out
    assert "10.1" in report.read_text("utf-8")
    code, out, _ = said(capsys, *arguments, *newer, "--json", "--lang", "en")
    [change] = json.loads(out)["changes"]
    assert (change["move"], change["failed"]) == ("loses", ["1", "10", "11"])


def test_transition_answers_the_rest_where_a_unit_cannot_be_taken(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """New values of a code that the old table lacks are told with their row; the others are compared, and the exit code is 1."""
    newer = tmp_path / "new.csv"
    newer.write_text("mã xã,xã,tỉnh,vùng,năm,10.1\nX02,Mẫu Hai,kon-tum,tay-nguyen,2022,41.5\nX77,Ai,kon-tum,tay-nguyen,2022,50\n", "utf-8")
    sets = ("--set", "commune-ntm/2016-2020", "--on", "2020-12-31", "--to", "commune-ntm/2021-2025", "--to-on", "2022-12-31")
    code, out, err = said(capsys, "transition", OFFICE / "communes-2020.csv", *sets, "--new-values", newer)
    assert code == 1
    assert f"{newer}:3" in err
    assert "NTM-810" in err
    assert "Mẫu Hai" in out


def test_a_published_value_of_no_target_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A value that no set of targets asks for, and one that counting rules out: with the range, and exit code 1."""
    units = ("--units", KON_TUM / "communes.csv", "--on", "2023-12-31", "--set", "targets/kon-tum-2024", "--lang", "en")
    code, _, err = said(capsys, "targets", KON_TUM / "register.csv", *units, "--value", "MT9.9=3", "--value", "MT1.1=90")
    assert code == 1
    assert "«MT9.9» is not in «targets/kon-tum-2024»" in err
    assert "the published 90 lies outside 26 to 85" in err


@pytest.mark.parametrize("command", ["review", "targets", "plan", "transition"])
def test_in_english_nothing_but_data_is_vietnamese(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """The made-up register holds Vietnamese names only; with them taken out, no line of any command has a Vietnamese letter."""
    calls: dict[str, tuple[object, ...]] = {
        "review": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--values", OFFICE / "communes-2022.csv", "--full"),
        "targets": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--set", "targets/kon-tum-2025", "--value", "MT1.1=99"),
        "plan": (OFFICE / "communes-2022.csv", *COMMUNES, "--set", "commune-ntm/2021-2025", "--on", "2022-12-31", "--target", "9",
                 "--by", "2025-12-31"),
        "transition": (OFFICE / "communes-2020.csv", "--set", "commune-ntm/2016-2020", "--on", "2020-12-31", "--to",
                       "commune-ntm/2021-2025", "--to-on", "2022-12-31", "--new-values", OFFICE / "communes-2022.csv"),
    }  # fmt: skip
    _, out, err = said(capsys, command, *calls[command], "--lang", "en")
    text = out + err
    for data in ("Mẫu Một", "Mẫu Hai", "Mẫu Ba", "Mẫu Bốn", "Mẫu Năm", "Mẫu Sáu", "Sản phẩm Một", "Sản phẩm Hai", "QĐ-TTg", "Tây Nguyên"):
        text = text.replace(data, "")
    odd = [line for line in text.splitlines() if set(line.lower()) & VIETNAMESE]
    assert odd == []


@pytest.mark.parametrize("command", ["review", "targets", "plan", "transition"])
def test_json_has_the_keys_the_documentation_names(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """What docs/register.md says of the JSON of a command is what the command prints, key by key."""
    calls: dict[str, tuple[object, ...]] = {
        "review": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31"),
        "targets": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--set", "targets/kon-tum-2025", "--published",
                    KON_TUM / "series.csv"),
        "plan": (OFFICE / "communes-2022.csv", *COMMUNES, "--set", "commune-ntm/2021-2025", "--on", "2022-12-31", "--target", "2"),
        "transition": (OFFICE / "communes-2020.csv", "--set", "commune-ntm/2016-2020", "--on", "2020-12-31", "--to",
                       "commune-ntm/2021-2025", "--to-on", "2022-12-31", "--new-values", OFFICE / "communes-2022.csv"),
    }  # fmt: skip
    _, out, err = said(capsys, command, *calls[command], "--json")
    assert err == ""
    data = json.loads(out)
    page = (EXAMPLES.parent / "docs" / "register.md").read_text("utf-8")
    [line] = [line for line in page.splitlines() if line.startswith(f"| `{command}` |")]
    inner = {"review": "reviews", "targets": "figures", "plan": "chosen", "transition": "changes"}[command]
    for key in (*data, *data[inner][0]):
        assert f"`{key}`" in line, key


REPEATED = (
    "mã xã,xã,tỉnh,vùng,năm,10.1,ghi chú\n" + "X01,Mẫu Một,kon-tum,tay-nguyen,2023,50,\n" * 12 + "X02,Mẫu Hai,kon-tum,tay-nguyen,2023,41,\n"
)
TAKES_A_TABLE: dict[str, tuple[object, ...]] = {
    "evaluate": ("TABLE", "--set", "commune-ntm/2021-2025", "--on", "2023-12-31"),
    "review": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--values", "TABLE"),
    "targets": (OFFICE / "register.csv", *COMMUNES, "--on", "2023-12-31", "--values", "TABLE"),
    "plan": ("TABLE", *COMMUNES, "--set", "commune-ntm/2021-2025", "--on", "2023-12-31", "--target", "2"),
    "transition": (
        "TABLE",
        "--set",
        "commune-ntm/2021-2025",
        "--on",
        "2023-06-30",
        "--to",
        "commune-ntm/2021-2025",
        "--to-on",
        "2024-06-30",
    ),
    "impact": ("commune-ntm/2021-2025", "commune-ntm/2021-2025", "TABLE", "--on", "2023-06-30", "--to-on", "2024-06-30"),
}


@pytest.mark.parametrize("command", TAKES_A_TABLE)
def test_a_unit_that_stands_in_many_rows_is_told_once_with_all_of_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    """Twelve rows of one commune are one thing to mend, on the screen and in the JSON alike."""
    table = tmp_path / "t.csv"
    table.write_text(REPEATED, "utf-8")
    call = [command, *(str(table) if word == "TABLE" else str(word) for word in TAKES_A_TABLE[command])]
    code, _, err = said(capsys, *call)
    assert code == 1
    [line] = [line for line in err.splitlines() if "NTM-505" in line]
    assert "2, 3, 4" in line
    assert "12 dòng" in line
    if command != "evaluate":
        _, out, _ = said(capsys, *call, "--json")
        assert [problem["code"] for problem in json.loads(out)["problems"]].count("NTM-505") == 1


@pytest.mark.parametrize("command", TAKES_A_TABLE)
def test_every_command_that_reads_a_table_tells_what_it_took_for_granted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    """A total below the rows is left out, and told by all of them alike; nothing is to be mended because of it."""
    table = tmp_path / "t.csv"
    table.write_text("mã xã,xã,tỉnh,vùng,năm,10.1\nX02,Mẫu Hai,kon-tum,tay-nguyen,2023,41\n,Tổng cộng,,,,41\n", "utf-8")
    call = [command, *(str(table) if word == "TABLE" else str(word) for word in TAKES_A_TABLE[command])]
    _, _, err = said(capsys, *call)
    assert "NTM-530" in err


def test_a_wrong_number_of_a_target_is_told_at_its_option_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """«MT51» for MT5.1: the option, the set, the number that was probably meant."""
    target = ("--target", "targets/kon-tum-2025", "--indicator", "MT51")
    code, _, err = said(capsys, "plan", *COMMUNES, "--set", "commune-ntm/2021-2025", *target)
    assert code == 2
    assert "--indicator: NTM-819 «MT51» không có trong «targets/kon-tum-2025»." in err
    assert "Có phải ý là «MT5.1»?" in err


def test_a_plan_for_a_mean_names_unit_and_criterion_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is one criterion of one unit: both in columns of their own, and in the JSON too."""
    arguments = ("plan", OFFICE / "communes-2022.csv", "--set", "commune-ntm/2021-2025", "--on", "2022-12-31", "--mean", "19")
    code, out, _ = said(capsys, *arguments, "--json")
    assert code == 0
    assert [(one["unit"], one["criterion"]) for one in json.loads(out)["chosen"]] == [("X02", "1"), ("X02", "10"), ("X02", "11")]
    _, out, _ = said(capsys, *arguments)
    [row] = [line for line in out.splitlines() if "10.1" in line]
    assert [cell.strip() for cell in row.strip("│ ").split("│")] == ["X02", "Mẫu Hai", "10", "1", "10.1"]


@pytest.mark.parametrize("command", ["review", "targets", "plan", "transition"])
def test_a_report_is_written_as_a_workbook(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    """A sheet for each table with the headings in sight, counts as numbers, codes as text, what must be mended on the first one."""
    openpyxl = pytest.importorskip("openpyxl")
    table, out, plain = tmp_path / "t.csv", tmp_path / "r.xlsx", tmp_path / "r.csv"
    table.write_text(REPEATED, "utf-8")
    call = [command, *(str(table) if word == "TABLE" else str(word) for word in TAKES_A_TABLE[command])]
    code, _, _ = said(capsys, *call, "-o", str(out), "-o", str(plain))
    assert code == 1
    sheets = openpyxl.load_workbook(out).worksheets
    cells = [["" if cell is None else str(cell) for cell in row] for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    listed = {cell for row in csv.reader(plain.read_text("utf-8-sig").splitlines()) for cell in row if len(cell) < 31}
    assert {cell for cell in listed if "\n" not in cell} <= {cell for row in cells for cell in row} | {sheet.title for sheet in sheets}
    for sheet in sheets:  # the headings stay in sight, with a filter
        below = int(sheet.freeze_panes[1:])
        assert below == 2 or sheet.auto_filter.ref.startswith(f"A{below - 1}:")
    assert sheets[0].title == "Cần sửa"
    assert "NTM-505" in {cell.value for cell in sheets[0][2]}
