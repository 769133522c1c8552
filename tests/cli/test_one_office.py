"""One office: the commands over one register, one list and one table answer every sentence of its report, with the same totals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from ntm_rules.cli.app import run

EXAMPLES = Path(__file__).parents[2] / "examples"
KON_TUM, OFFICE = EXAMPLES / "kon-tum", EXAMPLES / "office"
ATTESTED = [str(number) for number in range(1, 20) if number != 10]
INCOME = {"A1": "48", "A2": "46", "B1": "60", "B2": "40"}


class Office:
    """Two districts of two communes each, four villages, their register and what is known of them at the end of 2023.

    A1 and A2 are recognised and A1 is advanced; A2 fails its income (46 where 47 is asked). B1 meets everything and is not recognised;
    B2 fails ten criteria. The table attests criterion 10 of A2 as met, against its income.
    """

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.write(
            "so.csv",
            "mã đơn vị,tên đơn vị,việc,danh hiệu,bộ tiêu chí,quyết định,ngày",
            "A1,Mẫu A1,công nhận,ntm,commune-ntm/2021-2025,1/QĐ,2022-10-01",
            "A2,Mẫu A2,công nhận,ntm,commune-ntm/2021-2025,2/QĐ,2023-03-01",
            "A1,Mẫu A1,công nhận,ntm-advanced,commune-advanced/2021-2025,3/QĐ,2023-10-01",
        )
        self.write(
            "thon-so.csv",
            "tên thôn,xã,danh hiệu,quyết định,ngày",
            "Thôn 1,Mẫu A1,village-model,4/QĐ,2023-05-01",
            "Thôn 1,Mẫu B1,village-ntm-ethnic,5/QĐ,2023-06-01",
        )
        self.write(
            "dv.csv",
            "mã đơn vị,tên đơn vị,loại,loại hình,thuộc,tỉnh,vùng,khu vực",
            "A,Huyện A,huyện,huyện,,kon-tum,tay-nguyen,",
            "B,Huyện B,huyện,huyện,,kon-tum,tay-nguyen,",
            *(f"{code},Mẫu {code},xã,xã,{code[0]},kon-tum,tay-nguyen,I" for code in INCOME),
        )
        self.write("thon.csv", "tên thôn,xã", "Thôn 1,Mẫu A1", "Thôn 2,Mẫu A1", "Thôn 1,Mẫu A2", "Thôn 1,Mẫu B1")
        head = ",".join(["mã xã,tên xã,vùng,khu vực,năm,10.1,Tiêu chí 10", *(f"Tiêu chí {number}" for number in ATTESTED)])
        rows = []
        for code, amount in INCOME.items():
            failed = ATTESTED[:9] if code == "B2" else []
            claim = "đạt" if code == "A2" else ""
            words = ["chưa đạt" if number in failed else "đạt" for number in ATTESTED]
            rows.append(",".join([code, f"Mẫu {code}", "Tây Nguyên", "I", "2023", amount, claim, *words]))
        self.write("xa.csv", head, *rows)

    def write(self, name: str, *lines: str) -> str:
        """A file of the office."""
        (self.folder / name).write_text("\n".join(lines) + "\n", "utf-8")
        return str(self.folder / name)

    def file(self, name: str) -> str:
        """Where a file stands."""
        return str(self.folder / name)

    @property
    def known(self) -> list[str]:
        """The options that name its register and its list."""
        return ["--register", self.file("so.csv"), "--units", self.file("dv.csv"), "--complete"]

    def said(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code of a command, what it printed and what it said on stderr."""
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        printed = self.capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    def data(self, *arguments: str) -> Any:
        """What a command says as JSON."""
        _, out, _ = self.said(*arguments, "--json")
        return json.loads(out)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A small office."""
    return Office(tmp_path, capsys)


ON = ("--on", "2023-12-31", "--province", "kon-tum")
NTM = ("--set", "commune-ntm/2021-2025")


def test_targets_review_plan_and_report_come_to_the_same_totals(office: Office) -> None:
    """Two communes meet their set and two are recognised, one of which no longer meets it, whichever command is asked."""
    register, units, table = office.file("so.csv"), ("--units", office.file("dv.csv"), "--complete"), office.file("xa.csv")
    figures = {one["key"]: one["low"] for one in office.data("targets", register, *units, "--values", table, *ON)["figures"]}
    reviews = [one for one in office.data("review", register, *units, "--values", table, *ON)["reviews"] if one["status"] == "ntm"]
    plan = office.data("plan", table, *NTM, *office.known, *ON, "--target", "4")
    report = office.data("report", table, *office.known, *ON)
    decided = office.data("evaluate", table, *NTM, *office.known, *ON)
    _, out, _ = office.said("evaluate", table, *NTM, *office.known, *ON)
    met = {one["subject"]["id"] for one in decided["decisions"] if one["outcome"] == "met"} if "decisions" in decided else {"A1", "B1"}
    overview = {one["key"]: one["low"] for one in report["parts"]["overview"]}
    assert figures == overview
    assert "2 đạt, 2 chưa đạt" in out
    assert (figures["communes"], figures["met"], figures["recognised"], figures["advanced"]) == ("4", "2", "2", "1")
    assert {one["unit"]: one["category"] for one in reviews} == {"A1": "still_meets", "A2": "keeps_status"}
    assert met == {"A1", "B1"}
    assert plan["counted"] == 3  # A1, A2, B1: who meets the set, and who is recognised


def test_a_higher_set_is_planned_by_the_statuses_of_the_register(office: Office) -> None:
    """A1 is NTM by the register, so nothing asks for that to be raised; B1 is not, and is told so."""
    table = office.write("nc.csv", "mã xã,tên xã,vùng,năm", "A2,Mẫu A2,Tây Nguyên,2023", "B1,Mẫu B1,Tây Nguyên,2023")
    rules = ("--set", "commune-advanced/2021-2025")
    _, out, _ = office.said("evaluate", table, *rules, *office.known, *ON)
    first, second = (line for line in out.splitlines() if "Mẫu A2" in line or "Mẫu B1" in line)
    assert "DK1" not in first
    assert "chưa đạt" in second
    assert "DK1" in second


def test_a_district_that_is_not_recognised_yet_has_its_dossier(office: Office) -> None:
    """Its communes come from the list, their statuses from the register; who lacks what is named, also without a table."""
    rules, on = ("--set", "district-ntm/2021-2025"), ("--on", "2023-12-31")
    head = "mã huyện,tên huyện,loại,loại hình,DK4.1,DK5.1," + ",".join(f"Tiêu chí {number}" for number in range(1, 10))
    table = office.write("huyen.csv", head, "A,Huyện A,huyện,huyện,95,84" + ",đạt" * 9, "B,Huyện B,huyện,huyện,95,84" + ",đạt" * 9)
    code, out, err = office.said("evaluate", table, *rules, *office.known, *on)
    assert (code, "NTM-5" in err.replace("NTM-535", "")) == (0, False)
    assert "1 đạt, 1 chưa đạt" in out
    assert "DK1, DK2" in out
    assert "Mẫu B1, Mẫu B2" in out
    code, out, _ = office.said("evaluate", *rules, *office.known, *on)
    assert "Huyện A" in out
    assert "Huyện B" in out
    code, _, err = office.said("evaluate", "--set", "province-completion/2021-2025", *office.known, *on)
    assert (code, "NTM-523" in err) == (1, True)  # the list has no province
    code, _, err = office.said("evaluate", *rules, *office.known)
    assert (code, "NTM-702" in err) == (2, True)
    code, _, err = office.said("evaluate", *rules, *on)
    assert (code, "NTM-707" in err) == (2, True)


def test_what_a_dossier_lacks_and_who_is_to_find_it_out_go_into_the_files(office: Office) -> None:
    """By department, with the communes that lack a status; the table of results of a spreadsheet stays a table of its own."""
    in_charge = office.write("cq.csv", "tiêu chí,cơ quan phụ trách", "DK1,Văn phòng Điều phối", "2,Sở Xây dựng")
    head = "mã huyện,tên huyện,loại,loại hình,DK4.1,DK5.1," + ",".join(f"Tiêu chí {number}" for number in (1, *range(3, 10)))
    table = office.write("huyen.csv", head, "A,Huyện A,huyện,huyện,95,84" + ",đạt" * 8, "B,Huyện B,huyện,huyện,95,84" + ",đạt" * 8)
    files = [office.folder / name for name in ("r.html", "r.xlsx", "r.md", "r.docx")]
    outputs = [word for path in files for word in ("-o", str(path))]
    sets = ("--set", "district-ntm/2021-2025", *office.known, "--on", "2023-12-31")
    code, out, _ = office.said("evaluate", table, *sets, "--departments", in_charge, *outputs)
    assert (code, "0 trên 2 hồ sơ không còn thiếu gì" in out) == (0, True)
    book = openpyxl.load_workbook(files[1])
    counted = ["Theo tiêu chí", "Còn thiếu gì", "Căn cứ và mức nguồn", "Lỗi"]
    assert book.sheetnames == ["Tổng hợp", "Theo huyện", *counted, "Hồ sơ còn thiếu gì, ở đâu", "Việc còn phải làm rõ"]
    lines = [[str(cell.value or "") for cell in row] for row in book["Hồ sơ còn thiếu gì, ở đâu"].iter_rows()]
    [lacks] = [line for line in lines if line[0] == "B" and line[2].startswith("DK1.1")]
    assert lacks[3:] == ["chưa đạt", "0% (từ 100% trở lên)", "Văn phòng Điều phối", "Mẫu B1, Mẫu B2", ""]
    work = [[str(cell.value or "") for cell in row] for row in book["Việc còn phải làm rõ"].iter_rows()]
    [task] = [line for line in work if line[1].startswith("2.2")]
    assert (task[0], task[4], task[5]) == ("Sở Xây dựng", "2", "Huyện A, Huyện B")
    document = docx.Document(files[3])
    texts = [files[0].read_text("utf-8"), files[2].read_text("utf-8"), "".join(c.text for t in document.tables for c in t._cells)]
    assert [all(words in text for words in ("Mẫu B1, Mẫu B2", "Sở Xây dựng")) for text in texts] == [True, True, True]
    _, out, _ = office.said("evaluate", office.file("xa.csv"), *NTM, *ON, "-o", str(files[1]))
    assert "Việc còn phải làm rõ" not in out  # all of it, on a screen, only where the departments are asked for
    assert openpyxl.load_workbook(files[1]).sheetnames == ["Tổng hợp", "Theo xã", *counted]


def test_a_table_of_another_kind_is_refused_by_what_it_says_of_itself(office: Office) -> None:
    """A heading «mã xã» under a set of districts, a row that says «xã», a row whose unit the list has as a commune."""
    rules, on = ("--set", "district-ntm/2021-2025"), ("--on", "2023-12-31")
    code, _, err = office.said("evaluate", office.write("x.csv", "mã xã,tên xã,loại", "A1,Mẫu A1,xã"), *rules, *on)
    assert (code, "NTM-408" in err) == (2, True)
    mixed = office.write("y.csv", "mã,tên,loại", "A,Huyện A,huyện", "A1,Mẫu A1,xã")
    code, out, err = office.said("evaluate", mixed, *rules, *on)
    assert (code, err.count("NTM-408")) == (1, 1)
    assert "Huyện A" in out
    unsaid = office.write("z.csv", "mã,tên", "A,Huyện A", "A1,Mẫu A1")
    code, out, err = office.said("evaluate", unsaid, *rules, *office.known, *on)
    assert (code, err.count("NTM-408")) == (1, 1)


def test_attestations_against_values_are_counted_and_listed_everywhere(office: Office) -> None:
    """A2 is attested to meet criterion 10 and its income says otherwise: on screen, in the table of results, the review and the report."""
    table, csv = office.file("xa.csv"), office.folder / "ra.csv"
    _, out, _ = office.said("evaluate", table, *NTM, *ON, "-o", str(csv))
    assert "Xác nhận trái với số liệu: 1 chỗ, ở 1 đơn vị" in out
    assert [line.rsplit(",", 1)[1] for line in csv.read_text("utf-8-sig").splitlines()[1:]] == ["", "10", "", ""]
    _, out, _ = office.said("review", office.file("so.csv"), "--units", office.file("dv.csv"), "--values", table, *ON)
    assert "Xác nhận trái với số liệu: 1 chỗ, ở 1 đơn vị; số liệu quyết định: Mẫu A2 (10)." in out
    assert "conflict" in json.dumps(office.data("report", table, *office.known, *ON)["parts"]["risks"])
    many = office.write("nhieu.csv", "mã xã,tên xã,vùng,năm,10.1,Tiêu chí 10", *(f"X{n},X{n},Tây Nguyên,2023,30,đạt" for n in range(25)))
    _, out, _ = office.said("evaluate", many, *NTM, *ON)
    assert "… và 5 chỗ nữa." in out


def test_villages_are_read_with_their_commune_and_counted_by_it(office: Office) -> None:
    """«tên thôn» and «xã» in the list and in the register, two villages of one name; the targets and the report count by commune."""
    named = [office.file("thon-so.csv"), "--units", office.file("dv.csv"), "--units", office.file("thon.csv"), "--complete"]
    sets = ("--set", "targets/kon-tum-2024", "--set", "targets/kon-tum-2025")
    found = office.data("targets", *named, "--on", "2024-06-30", *sets)
    standing = {one["id"]: one["counted"] and one["counted"]["low"] for one in found["targets"]["targets/kon-tum-2024"]}
    assert standing["MT7.1"] == "25"  # B1 alone has a recognised village of the ethnic area; B2 lists none, and none of its is known
    assert {one["key"]: one["low"] for one in found["figures"]}["model_villages"] == "1"
    report = office.data("report", "--register", *named, "--on", "2024-06-30")
    villages = {one["key"]: one["units"] for one in report["parts"]["villages"]}
    assert villages["A1"]["all"] == ["Thôn 1, Mẫu A1", "Thôn 2, Mẫu A1"]
    assert villages["A1"]["model"] == ["Thôn 1, Mẫu A1"]
    assert villages["B1"]["ntm_ethnic"] == ["Thôn 1, Mẫu B1"]


def test_villages_that_a_council_merges_hold_nothing_until_a_decision_says_so(office: Office) -> None:
    """Two villages become one in 2024: the old ones are gone, the new one has no status, and the commune counts it once."""
    units = office.write(
        "t.csv",
        "mã thôn,tên thôn,mã xã,từ ngày,đến ngày,nhập vào",
        "T1,Thôn 1,A1,,2024-03-31,T3",
        "T2,Thôn 2,A1,,2024-03-31,T3",
        "T3,Thôn Mới,A1,2024-04-01,,",
    )
    register = office.write("ts.csv", "mã thôn,tên thôn,xã,danh hiệu,quyết định,ngày", "T1,Thôn 1,Mẫu A1,village-model,1/QĐ,2023-05-01")
    for on, expected in (("2024-03-31", ["T1", "T2"]), ("2024-04-01", ["T3"])):
        report = office.data("report", "--register", register, "--units", office.file("dv.csv"), "--units", units, "--complete", "--on", on)
        [own] = [one["units"] for one in report["parts"]["villages"] if one["key"] == "A1"]
        assert (own["all"], bool(own["model"])) == (expected, on == "2024-03-31")


def test_numbers_that_no_village_bears_out_and_villages_of_nowhere_are_told(office: Office) -> None:
    """Three model villages typed for a commune that lists two; a village of a commune that is not on the list."""
    units = office.write(
        "dv2.csv", "mã đơn vị,tên đơn vị,loại,loại hình,thuộc,tỉnh,vùng,model_villages", "A1,Mẫu A1,xã,xã,A,kon-tum,tay-nguyen,3"
    )
    villages = office.write("t2.csv", "tên thôn,xã", "Thôn 1,Mẫu A1", "Thôn 2,Xã Mẫu A1", "Thôn 9,Không Có")
    _, _, err = office.said(
        "targets", office.file("thon-so.csv"), "--units", units, "--units", villages, "--complete", "--on", "2024-06-30"
    )
    assert err.count("NTM-833") == 1
    assert err.count("NTM-834") == 1
    assert "Không Có" in err


def test_targets_take_what_their_sets_declare_and_count_the_year_from_the_acts(office: Office) -> None:
    """Typed numbers of villages and of criteria gained count; of 2023 A2 was added as NTM, A1 as advanced, nobody in 2024."""
    units = office.write(
        "dv3.csv",
        "mã đơn vị,tên đơn vị,loại,loại hình,thuộc,tỉnh,vùng,số tiêu chí đạt,Số thôn (khu dân cư) kiểu mẫu của xã,criteria_gained",
        *(f"{code},Mẫu {code},xã,xã,{code[0]},kon-tum,tay-nguyen,12,{n},{n}" for n, code in enumerate(INCOME)),
    )
    _, _, err = office.said("targets", office.file("so.csv"), "--units", units, "--complete", "--on", "2024-12-31")
    assert "NTM-501" not in err
    found = office.data(
        "targets",
        office.file("so.csv"),
        "--units",
        units,
        "--complete",
        "--on",
        "2024-12-31",
        "--set",
        "targets/kon-tum-2024",
        "--set",
        "targets/kon-tum-2025",
    )["targets"]
    this = {one["id"]: one["counted"]["low"] for one in found["targets/kon-tum-2024"] if one["counted"]}
    assert (this["MT3.1"], this["MT4.1"], this["MT5.1"]) == ("0", "0", "0")
    later = {one["id"]: one["counted"]["low"] for one in found["targets/kon-tum-2025"] if one["counted"]}
    assert (later["MT4.1"], later["MT6.1"]) == ("50", "75")
    register = office.write(
        "so4.csv",
        "mã đơn vị,tên đơn vị,danh hiệu,quyết định,ngày,biết chậm nhất",
        "A1,Mẫu A1,ntm,1/QĐ,2024-05-01,",
        "A2,Mẫu A2,ntm,2/QĐ,,2024-08-01",
        "B1,Mẫu B1,ntm,3/QĐ,,2023-08-01",
        "B2,Mẫu B2,ntm,4/QĐ,2022-08-01,",
        "B2,Mẫu B2,ntm,5/QĐ,2024-08-01,",
    )
    [added] = [
        one
        for one in office.data("targets", register, "--units", units, "--complete", "--on", "2024-12-31", "--set", "targets/kon-tum-2024")[
            "targets"
        ]["targets/kon-tum-2024"]
        if one["id"] == "MT3.1"
    ]
    assert added["counted"] == {"low": "1", "high": "2", "open": 1}  # A1; A2 is known by 2024 only; B1 and B2 held it before


def test_without_a_list_the_recognised_are_counted_and_no_total_is_made_up(office: Office) -> None:
    """«Tổng số xã 0» would be wrong: without a list of units nothing says how many there are."""
    _, out, _ = office.said("targets", office.file("so.csv"), "--on", "2023-12-31")
    assert "Tổng số xã" not in out
    assert "từ 2" in next(line for line in out.splitlines() if "được công nhận nông thôn mới" in line)


Answer = Callable[[Any], object]


def figure(key: str) -> Answer:
    """A figure of ``targets``, where least and most are one number."""
    return lambda data: next((one["low"] for one in data["figures"] if one["key"] == key and one["low"] == one["high"]), None)


def counted(year: int, target: str) -> Answer:
    """What is counted of a target of Kon Tum, of the year by whose end it is to be reached."""
    return lambda data: next(one["counted"]["low"] for one in data["targets"][f"targets/kon-tum-{year}"] if one["id"] == target)


def between(year: int, target: str) -> Answer:
    """The least and the most that is counted of a target, where some units are open."""

    def found(data: Any) -> object:
        range_ = next(one["counted"] for one in data["targets"][f"targets/kon-tum-{year}"] if one["id"] == target)
        return range_["low"], range_["high"]

    return found


def in_report(*keys: str) -> Answer:
    """A place of the report: names of parts and of columns, and the key of a line."""

    def found(data: Any) -> object:
        here = data["parts"]
        for key in keys:
            here = here[key] if isinstance(here, dict) else next(one["units"] for one in here if one["key"] == key)
        return here

    return found


def of_kind(kind: str) -> Answer:
    """The units of one kind of risk in the report."""
    return lambda data: sorted(one["unit"] for one in data["parts"]["risks"]["list"] if one["kind"] == kind)


def claim(title: str) -> Answer:
    """Whether each reading of a published number agrees."""
    return lambda data: [one["holds"] for one in data["checks"] if one["of"].startswith(title)]


SENTENCES: list[tuple[str, str, Answer, object]] = [
    ("so many communes meet all criteria", "targets", figure("met"), "2"),
    ("of them so many are recognised", "targets", figure("recognised"), "2"),
    ("who meets the set and waits for recognition, by name", "report", of_kind("not_recognised_yet"), ["B1"]),
    ("the mean of criteria", "targets", figure("mean"), "16.25"),
    (
        "who keeps its status, and who raises it",
        "review",
        lambda d: [one["category"] for one in d["reviews"]],
        ["still_meets", "keeps_status", "undetermined"],
    ),
    ("so many advanced", "targets", figure("advanced"), "1"),
    ("so many model", "targets", figure("model"), "0"),
    ("so many model villages", "villages", figure("model_villages"), "1"),
    ("so many villages of the ethnic area", "villages", figure("ntm_villages"), "1"),
    ("products by class", "products", in_report("products", "by_class", "ocop-3"), {"stands": ["S1", "S3"]}),
    ("products by maker", "products", in_report("products", "by_maker", "Hợp tác xã Một"), {"ocop-3": ["S1"], "ocop-4": ["S2"]}),
    ("products by group", "products", in_report("products", "by_group", "Thực phẩm"), {"ocop-3": ["S1"], "ocop-4": []}),
    ("certificates by quarter of their end", "products", in_report("products", "by_quarter", "2026-Q1"), {"ocop-3": ["S1"], "ocop-4": []}),
    ("the goals of the term, and what is missing in units", "goals", counted(2025, "MT1.1"), "3"),
    ("each NTM commune a model village", "goals", counted(2025, "MT4.1"), "33.33333333333333333333333333"),
    ("each commune with 15 criteria", "goals", counted(2025, "MT5.1"), "75"),
    (
        "who is in time for it at one and two criteria a year",
        "plan",
        lambda d: [(one["unit"], one["criteria"]) for one in d["chosen"]],
        [("B2", [6, 6])],
    ),
    (
        "one or two criteria gained a year",
        "quarter",
        lambda d: {one["unit"]: (one["before"]["met"], one["after"]["met"]) for one in d["changes"]}["B2"],
        (9, 18),
    ),
    ("districts that reached the standard", "goals", counted(2025, "MT7.1"), "0"),
    (
        "what a district lacks before its dossier goes out",
        "district",
        lambda d: sorted({one["subject"]["id"] for one in d["decisions"]}),
        ["A", "B"],
    ),
    ("communes added in the year", "goals", counted(2024, "MT3.1"), "1"),
    ("advanced communes added in the year", "goals", counted(2024, "MT4.1"), "1"),
    ("model communes added in the year", "goals", counted(2024, "MT5.1"), "0"),
    ("districts of the year", "goals", counted(2024, "MT6.1"), "0"),
    ("each commune a village of the ethnic area", "goals", between(2024, "MT7.1"), ("25", "50")),
    ("advanced communes of the term", "goals", counted(2025, "MT2.1"), "1"),
    ("model communes of the term", "goals", counted(2025, "MT3.1"), "0"),
    ("53 from which number of communes", "claims", claim("Mục tiêu 53 xã"), [True, False]),
    ("62.35 percent", "claims", claim("Tỷ lệ 53 trên 85 xã"), [True]),
    ("208 products by class", "claims", claim("Sản phẩm OCOP còn hiệu lực"), [True]),
    ("poor households: at the start, left, again, new", "poverty", claim("Hộ nghèo"), [True, False]),
    ("a higher set of criteria", "sets", lambda d: {one["after"]["ruleset"] for one in d["changes"]}, {"commune-ntm/2021-2025"}),
    ("communes of the last term that no longer meet", "report", in_report("periods", "2021-2025", "ntm"), ["A1", "A2"]),
    (
        "who of them slipped, with the set of its recognition",
        "review",
        lambda d: [(one["unit"], one["act"]["edition"]) for one in d["reviews"] if one["slipped"]],
        [("A2", "commune-ntm/2021-2025")],
    ),
    ("by district", "report", in_report("districts", "A", "recognised"), ["A1", "A2"]),
    ("by band, with the names", "report", in_report("bands", "19", "all"), ["A1", "B1"]),
    ("by band in each district", "report", in_report("districts", "B", "band-0-9"), ["B2"]),
    ("recognised, and little to spare", "report", of_kind("near"), ["A1"]),
    (
        "on which texts and how strong sources it rests",
        "report",
        lambda d: [[one["id"] for one in d["parts"]["sources"]["rulesets"]], d["parts"]["sources"]["levels"]],
        [["commune-ntm/2021-2025"], {"attested": 72, "recalled": 4}],
    ),
    ("by criterion, with the names", "report", in_report("criteria", "1", "not_met"), ["B2"]),
    ("inspections that say otherwise than the figures", "report", of_kind("conflict"), ["A2"]),
    ("who would lose a criterion by next year's levels", "report", of_kind("next_year"), ["A1"]),
]


@pytest.fixture(scope="module")
def answered() -> dict[str, Any]:
    """What each command said, asked once."""
    return {}


@pytest.mark.parametrize(("sentence", "command", "answer", "expected"), SENTENCES, ids=[one for one, *_ in SENTENCES])
def test_every_sentence_of_the_report_is_answered_by_a_command(
    office: Office, answered: dict[str, Any], sentence: str, command: str, answer: Answer, expected: object
) -> None:
    """Each sentence that an office writes in its report is found in what one command says of the small office, as counted by hand."""
    if command not in answered:
        answered[command] = office.data(*calls_of(office)[command])
    assert answer(answered[command]) == expected, sentence


def calls_of(office: Office) -> dict[str, tuple[str, ...]]:
    """The commands that answer."""
    units, table = ("--units", office.file("dv.csv"), "--complete"), office.file("xa.csv")
    goals = ("--set", "targets/kon-tum-2024", "--set", "targets/kon-tum-2025")
    products = office.write(
        "so-sp.csv",
        "mã đơn vị,tên,loại,danh hiệu,quyết định,ngày",
        "S1,Rau,sản phẩm,ocop-3,6/QĐ,2023-03-01",
        "S2,Rượu,sản phẩm,ocop-4,7/QĐ,2023-05-01",
        "S3,Gạo,sản phẩm,ocop-3,8/QĐ,2023-08-01",
    )
    makers = office.write(
        "sp.csv", "mã sản phẩm,tên sản phẩm,chủ thể,nhóm", "S1,Rau,Hợp tác xã Một,Thực phẩm", "S2,Rượu,Hợp tác xã Một,Đồ uống"
    )
    flow = office.write(
        "ngheo.csv",
        "phép kiểm,nội dung,quan hệ,số công bố,các phần,cách hiểu",
        "ho-ngheo,Hộ nghèo cuối năm: đầu năm trừ thoát nghèo cộng tái nghèo cộng phát sinh,tổng,77,100; -30; 2; 5,như báo cáo",
        "ho-ngheo,Hộ nghèo cuối năm: đầu năm trừ thoát nghèo cộng tái nghèo cộng phát sinh,tổng,77,100; -30; 2,quên phát sinh",
    )
    better = office.write("xa-sau.csv", *(line.replace("chưa đạt", "đạt") for line in Path(table).read_text("utf-8").splitlines()))
    return {
        "targets": ("targets", office.file("so.csv"), *units, "--values", table, *ON),
        "villages": ("targets", office.file("thon-so.csv"), *units, "--units", office.file("thon.csv"), *ON),
        "review": ("review", office.file("so.csv"), *units, "--values", table, *ON),
        "goals": (
            "targets",
            *(office.file("so.csv"), office.file("thon-so.csv"), "--units", office.file("thon.csv"), *units),
            *("--values", table, "--on", "2023-12-31", *goals),
        ),
        "plan": ("plan", table, *NTM, *office.known, *ON, "--criteria", "15", "--by", "2025-12-31"),
        "report": ("report", table, *office.known, *ON),
        "products": ("report", "--register", products, "--products", makers, "--on", "2023-12-31"),
        "claims": ("targets", office.file("so.csv"), "--on", "2023-12-31", "--claims", str(KON_TUM / "claims.csv")),
        "poverty": ("targets", office.file("so.csv"), "--on", "2023-12-31", "--claims", flow),
        "district": ("evaluate", "--set", "district-ntm/2021-2025", *office.known, "--on", "2023-12-31"),
        "quarter": ("transition", table, *NTM, *ON, "--to", NTM[1], "--to-on", "2023-12-31", "--new-values", better),
        "sets": (
            "transition",
            str(OFFICE / "communes-2020.csv"),
            *("--set", "commune-ntm/2016-2020", "--on", "2020-12-31", "--to", "commune-ntm/2021-2025", "--to-on", "2022-12-31"),
            *("--new-values", str(OFFICE / "communes-2022.csv")),
        ),
    }
