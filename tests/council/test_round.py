"""A council's round from blank sheets to minutes: sheets filled as members fill them, numbers worked out by hand."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.council.kit import choices
from ntm_rules.register.files import read_register
from ntm_rules.tables.read.table import read_table

MEMBERS = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Đức Cường", "Y Dung", "A Em")
PRODUCTS = {"RAU": "7", "RUOU": "15", "LANG": "26"}
HEADER = "mã sản phẩm,tên sản phẩm,Bộ sản phẩm OCOP,Cấp hội đồng chấm"
LOWER = {"4.3": 0, "4.2": 0}  # 8 points less, none of them marked
VEGETABLES = (
    LOWER,  # 92
    {**LOWER, "1.2": 0},  # 90
    {**LOWER, "1.2": 0, "1.7": 0},  # 89
    {**LOWER, "1.2": 0, "1.7": 0, "2.4": 0},  # 88
    {**LOWER, "1.2": 0, "1.7": 0, "2.4": 0},  # 88
)
Given = dict[str, tuple[Mapping[str, int], ...]]
ROUND: Given = {"RAU": VEGETABLES, "RUOU": ({}, {}, {}, {"4.1": 3}, {}), "LANG": ({},) * 5}


class Office:
    """A council's secretary: hands out sheets, has them filled, runs the commands."""

    def __init__(self, folder: Path, ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.ready, self._capsys = folder, ready, capsys
        self.set = ("ocop/2026", "2026-06-15")
        self.level = "province"
        self.products = PRODUCTS

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """A command with its exit code and what it printed."""
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def table(self) -> Path:
        """The table of products."""
        path = self.folder / "sp.csv"
        rows = [f"{code},Sản phẩm {code},{number},{self.level}" for code, number in self.products.items()]
        path.write_text("\n".join([HEADER, *rows]), "utf-8")
        return path

    def hand_out(self, to: str = "phieu", *more: object, members: str = ";".join(MEMBERS)) -> Path:
        """Blank sheets in a folder."""
        name, day = self.set
        folder = self.folder / to
        code, _, err = self.run("council", "new", self.table(), "--set", name, "--on", day, "--members", members, "-o", folder, *more)
        assert (code, err) == (0, "")
        return folder

    def fill(self, folder: Path, given: Given = ROUND) -> None:
        """Every member chooses the best level of the drop-down everywhere but where the test says otherwise."""
        rules = ntm.load(self.set[0], on=date.fromisoformat(self.set[1]))
        for number, path in enumerate(sorted(folder.glob("*.xlsx"))):
            book = openpyxl.load_workbook(path)
            for code, members in given.items():
                best = rules.scores.best(self.products[code])
                choose(book, code, {**{key: int(points) for key, points in best.items()}, **members[number]})
            book.save(path)

    def filled(self) -> Path:
        """The sheets of the round above, filled once for all tests."""
        folder = self.folder / "phieu"
        if not self.ready.exists():
            shutil.copytree(self.hand_out(), self.ready)
            self.fill(self.ready)
        shutil.copytree(self.ready, folder, dirs_exist_ok=True)
        return folder

    def minutes(self, *files: object) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
        """The minutes as data: exit code, products by code, problems by code and place."""
        code, out, _ = self.run("council", "minutes", *files, "--json")
        data = json.loads(out)
        told = [(problem["code"], problem["path"]) for problem in data["problems"]]
        return code, {one["product"]: one for one in data.get("products", ())}, told


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the filled sheets are kept."""
    return tmp_path_factory.mktemp("council") / "phieu"


@pytest.fixture
def office(tmp_path: Path, ready: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, ready, capsys)


def cells(book: Any, code: str) -> Iterator[tuple[str, Any]]:
    """The cells to choose a level in, by the number of the criterion."""
    for row in book[code].iter_rows():
        if isinstance(row[5].value, str) and row[5].value.startswith("=IF"):
            yield row[0].value, row[4]


def offered(book: Any, code: str, cell: Any) -> list[str]:
    """What the drop-down of a cell offers."""
    [one] = [one for one in book[code].data_validations.dataValidation if cell.coordinate in one.sqref]
    title, _, where = one.formula1.partition("!")
    return (
        [line[0].value for line in book[title.strip("'")][where.replace("$", "")]]
        if ":" in where
        else [book[title.strip("'")][where].value]
    )


def choose(book: Any, code: str, points: Mapping[str, int]) -> None:
    """Choose levels, as a member does from the drop-downs."""
    for number, cell in cells(book, code):
        if number in points:
            cell.value = next(text for text in offered(book, code, cell) if text.startswith(f"{points[number]} điểm: "))


def edit(path: Path, code: str, changes: Mapping[str, object]) -> None:
    """Write into a member's sheet what a member should not: by the number of a criterion, or by the label in the first column."""
    book = openpyxl.load_workbook(path)
    by_number = dict(cells(book, code))
    for row in book[code].iter_rows(max_row=12):
        by_number[str(row[0].value)] = row[1]
    for key, value in changes.items():
        by_number[key].value = value
    book.save(path)


def test_a_blank_sheet_offers_the_levels_of_the_set_and_locks_who_it_is_of(office: Office) -> None:
    """Every criterion has the levels of its sheet in a drop-down; only the choice, the note and the day may be written."""
    folder = office.hand_out()
    assert [path.name for path in sorted(folder.glob("*.xlsx"))][2] == "03-Le-Duc-Cuong.xlsx"
    book = openpyxl.load_workbook(folder / "03-Le-Duc-Cuong.xlsx")
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == list(PRODUCTS)
    rules = ntm.load("ocop/2026", on=date(2026, 6, 15))
    assert {number for number, _ in cells(book, "RAU")} == set(rules.scores.best(7))
    levels = offered(book, "RAU", dict(cells(book, "RAU"))["3.1"])
    assert [text.split(" điểm: ")[0] for text in levels] == ["1", "1", "3"]  # as printed, two ways to one point
    assert levels[2].startswith("3 điểm: Hợp tác xã đúng pháp luật")
    sheet = book["RAU"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=12)}
    identity = rules.evaluate(ntm.Subject(id="x", kind="product", attributes={"product_set": "7"})).ruleset
    assert said["Mã kiểm"] == identity.sha256
    assert (said["Bộ tiêu chí"], said["Mã sản phẩm"], said["Thành viên"], said["Vòng"]) == ("ocop/2026", "RAU", "Lê Đức Cường", "1")
    assert sheet.protection.sheet
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    chosen = {cell.coordinate for _, cell in cells(book, "RAU")}
    assert free == chosen | {cell.replace("E", "G") for cell in chosen} | {"B12"}
    marks = {row[0].value: row[2].value for row in sheet.iter_rows()}
    assert marks["4.1"] == "★★★ từ 2 điểm\n★★★★ từ 3 điểm\n★★★★★ từ 5 điểm"
    assert any("ký, ghi rõ họ tên" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_the_minutes_say_what_a_secretary_works_out_by_hand(office: Office) -> None:
    """92, 90, 89, 88 and 88 are 89.4 and four stars though two members gave 90; one member's 3 for the market costs the wine a star."""
    folder = office.filled()
    code, found, told = office.minutes(folder)
    assert (code, told) == (0, [])
    vegetables, wine, village = found["RAU"], found["RUOU"], found["LANG"]
    assert [one["total"] for one in vegetables["members"]] == [92, 90, 89, 88, 88]
    assert (vegetables["mean"], vegetables["spread"], vegetables["stars"]) == ("89.4", 4, 4)
    assert vegetables["parts"] == {"A": "37.4", "B": "17", "C": "35"}  # A: 40, 38, 37, 36 and 36 are 187
    assert vegetables["missed"] == []
    assert (vegetables["granted_by"], vegetables["proposal"]) == ("province", "ocop-4")
    assert [one["total"] for one in wine["members"]] == [100, 100, 100, 98, 100]
    assert (wine["mean"], wine["stars"], wine["proposal"]) == ("99.6", 4, "ocop-4")
    assert wine["missed"] == [{"criterion": "4.1", "stars": 5, "required": "5", "by": {"Y Dung": 3}}]
    assert (village["mean"], village["standing"], village["proposal"]) == ("100", "potential-5-star", "ocop-potential-5")


def test_the_decision_is_that_of_a_table_with_the_members_points(office: Office) -> None:
    """At every node, as if the secretary had typed «5; 5; 5; 3; 5»."""
    folder = office.filled()
    _, found, _ = office.minutes(folder)
    rules = ntm.load("ocop/2026", on=date(2026, 6, 15))
    for code, number in PRODUCTS.items():
        best = rules.scores.best(number)
        lists = {key: "; ".join(str(one.get(key, points)) for one in ROUND[code]) for key, points in best.items()}
        path = office.folder / f"{code}.csv"
        rows = [["mã sản phẩm", "Bộ sản phẩm OCOP", "Cấp hội đồng chấm", *lists], [code, number, "province", *lists.values()]]
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        [row] = read_table(path, rules).rows
        decision = rules.evaluate(row.subject)
        minuted = ntm.Decision.from_json(json.dumps(found[code]["decision"]))
        assert [(node.id, node.outcome, node.observed) for node in minuted] == [(node.id, node.outcome, node.observed) for node in decision]
        assert (minuted.stars, minuted.total, minuted.standing) == (decision.stars, decision.total, decision.standing)
        assert minuted.verify()


def test_minutes_print_two_places_and_the_list_of_each_class(office: Office) -> None:
    """As minutes are printed: 89,40; what stands in the lists is what is proposed; that no regulation is on record is told."""
    folder = office.filled()
    files = [office.folder / f"bb{ending}" for ending in (".html", ".xlsx", ".json", ".csv", ".docx")]
    code, out, _ = office.run("council", "minutes", folder, *[word for path in files for word in ("-o", path)])
    assert code == 0
    assert "89,40" in out
    assert "Chưa ghi quy chế hội đồng nào" in out
    four = out.partition("Danh sách đề nghị công nhận 4 sao")[2].partition("Danh sách")[0]
    assert "RAU" in four
    assert "RUOU" in four
    assert "LANG" not in four
    assert "LANG" in out.partition("Danh sách tiềm năng 5 sao, trình trung ương")[2]
    assert "Y Dung: 3" in files[0].read_text("utf-8")
    assert "Dấu sao chưa đạt" in openpyxl.load_workbook(files[1]).sheetnames
    assert json.loads(files[2].read_text("utf-8"))["data"]["products"][0]["mean"] == "89.4"
    signed = docx.Document(files[4])
    assert [one.text for one in signed.paragraphs if one.style.name.startswith("Heading")][:3] == [
        "Biên bản chấm điểm sản phẩm OCOP",
        "Kết quả từng sản phẩm",
        "Điểm của từng thành viên",
    ]
    assert "89,40" in [cell.text for cell in signed.tables[0].column_cells(4)]


@pytest.mark.parametrize(("day", "level"), [("2024-06-15", "district"), ("2025-07-10", "province")])
def test_who_grants_three_stars_is_what_the_text_of_that_day_says(office: Office, day: str, level: str) -> None:
    """The district until 2025-07-05, the province from the day after; a mark beside no level opens nothing at 65 points."""
    office.set, office.level = ("ocop/2023", day), level
    office.products = {"NHO": "1", "RUOU": "15", "LANG": "26"}
    low = {"1.2": 2, "2.1": 1, "2.3": 1, "4.1": 1, "1.3": 1, "4.4": 1, "5.1": 1, "13": 1, "14": 1, "1.1": 1, "3.1": 1}  # 35 points less
    folder = office.hand_out()
    office.fill(folder, {"NHO": ({}, {"9.1": 1}, {}, {}, {}), "RUOU": ({},) * 5, "LANG": (low,) * 5})
    code, found, _ = office.minutes(folder)
    assert code == 0
    assert (found["LANG"]["mean"], found["LANG"]["stars"], found["LANG"]["granted_by"]) == ("65", 3, level)
    assert (found["NHO"]["mean"], found["NHO"]["stars"]) == ("99.8", 2)  # 9.1 asks 2 of every class from three stars
    assert found["NHO"]["missed"] == [{"criterion": "9.1", "stars": 3, "required": "2", "by": {"Trần Thị Bình": 1}}]
    assert found["NHO"]["proposal"] == ("ocop-potential-4" if level == "district" else "none")
    assert found["RUOU"]["proposal"] == ("ocop-potential-4" if level == "district" else "ocop-potential-5")


def test_points_that_are_no_level_are_refused_with_their_cell_and_the_rest_counts(office: Office) -> None:
    """2.5 between two levels, a level of another criterion, and points that no level has."""
    folder = office.filled()
    path = folder / "01-Nguyen-Van-An.xlsx"
    edit(path, "RAU", {"4.1": 4, "1.3": "2,5", "7": "3 điểm: Hợp tác xã"})
    edit(path, "RUOU", {"4.1": 5})  # the number alone is a level
    code, found, told = office.minutes(folder)
    assert code == 1
    book = openpyxl.load_workbook(path)
    wrong = [f"RAU!{dict(cells(book, 'RAU'))[number].coordinate}" for number in ("1.3", "4.1", "7")]
    assert sorted(told) == sorted([("NTM-413", place) for place in wrong] + [("NTM-845", "RAU")])
    assert found["RAU"]["mean"] is None
    assert found["RAU"]["members"][0]["missing"] == ["1.3", "4.1", "7"]
    assert found["RUOU"]["mean"] == "99.6"


def test_who_has_not_scored_what_is_told(office: Office) -> None:
    """A cell left empty, a sheet that has not come back, a product that nobody scored; who is left out is no part of the mean."""
    folder = office.hand_out()
    office.fill(folder, {code: ROUND[code] for code in ("RAU", "RUOU")})
    edit(folder / "02-Tran-Thi-Binh.xlsx", "RAU", {"1.1": None})
    (folder / "05-A-Em.xlsx").unlink()
    code, out, err = office.run("council", "collect", folder)
    assert code == 1
    assert "thiếu 1 tiêu chí" in out
    assert "NTM-845 Trần Thị Bình chưa chấm 1 tiêu chí của RAU: 1.1." in err
    assert err.count("NTM-846") == 2
    assert "A Em chưa có phiếu của RUOU" in err
    assert "NTM-847 Sản phẩm LANG chưa có phiếu nào." in err
    _, found, _ = office.minutes(folder)
    assert (found["RUOU"]["mean"], found["RUOU"]["absent"]) == ("99.5", ["A Em"])
    assert set(found) == {"RAU", "RUOU"}


def test_a_sheet_returned_twice_counts_once_and_is_told(office: Office) -> None:
    """The same file under another name is left aside; where two differ, neither holds and the criterion is open."""
    folder = office.filled()
    shutil.copy(folder / "05-A-Em.xlsx", folder / "06-A-Em (1).xlsx")
    code, found, told = office.minutes(folder)
    assert code == 1
    assert told == [("NTM-843", code) for code in PRODUCTS]
    assert found["RAU"]["mean"] == "89.4"
    edit(folder / "06-A-Em (1).xlsx", "RAU", {"11": "2"})
    _, found, told = office.minutes(folder)
    assert ("NTM-844", "RAU") in told
    assert found["RAU"]["mean"] is None
    assert found["RAU"]["members"][4]["missing"] == ["11"]


def test_a_sheet_of_another_text_product_or_member_is_refused_at_the_cell(office: Office) -> None:
    """Its points do not count, those of the others do."""
    folder = office.filled()
    edit(folder / "01-Nguyen-Van-An.xlsx", "RAU", {"Phiên bản": "0.9.0", "Mã kiểm": "00ff"})
    edit(folder / "01-Nguyen-Van-An.xlsx", "RUOU", {"Mã sản phẩm": "RUOU2"})
    edit(folder / "02-Tran-Thi-Binh.xlsx", "RAU", {"Bộ tiêu chí": "ocop/2023"})
    edit(folder / "02-Tran-Thi-Binh.xlsx", "RUOU", {"Bộ sản phẩm": "14. Rượu trắng"})
    edit(folder / "03-Le-Duc-Cuong.xlsx", "RAU", {"Thành viên": "Người lạ", "Vòng": "đầu"})
    code, found, told = office.minutes(folder)
    assert code == 1
    refused = [("NTM-840", "RAU!B3"), ("NTM-840", "RAU!B4"), ("NTM-849", "RUOU!B7"), ("NTM-840", "RAU!B2"), ("NTM-840", "RUOU!B9")]
    refused += [("NTM-849", "RAU!B10"), ("NTM-849", "RAU!B11")]
    assert [one for one in told if one[0] != "NTM-846"] == refused
    assert [one["total"] for one in found["RAU"]["members"]] == [88, 88]
    assert [one["member"] for one in found["RUOU"]["members"]] == list(MEMBERS[2:])


def test_one_member_alone_is_no_council(office: Office) -> None:
    """Neither at the table nor before: no class is computed, and no sheets are made for one."""
    folder = office.filled()
    for path in sorted(folder.glob("*.xlsx"))[1:]:
        path.unlink()
    code, found, told = office.minutes(folder)
    assert code == 1
    assert ("NTM-848", "RAU") in told
    assert (found["RAU"]["stars"], found["RAU"]["decision"], found["RAU"]["proposal"]) == (None, None, "open")
    for members in ("1", "An", "An; An"):
        code, _, err = office.run("council", "new", office.table(), "--set", "ocop/2026", "--members", members, "-o", office.folder / "x")
        assert (code, "NTM-707" in err) == (2, True)
    code, _, err = office.run("council", "new", office.table(), "--set", "ocop/2026", "-o", office.folder / "x")
    assert (code, "--members" in err) == (2, True)


def test_a_second_round_replaces_the_first_which_the_minutes_keep(office: Office) -> None:
    """Only who scored again is replaced; the wine reaches the mark, and the first points stand in the minutes."""
    first = office.hand_out("vong-1")
    office.fill(first)
    office.products = {"RUOU": "15"}
    second = office.hand_out("vong-2", "--round", "2")
    office.fill(second, {"RUOU": ({},) * 5})
    (second / "05-A-Em.xlsx").unlink()
    code, found, told = office.minutes(first, second)
    assert (code, told) == (0, [])
    assert (found["RUOU"]["mean"], found["RUOU"]["missed"], found["RUOU"]["standing"]) == ("100", [], "potential-5-star")
    assert [one["round"] for one in found["RUOU"]["members"]] == [2, 2, 2, 2, 1]
    assert [(one["member"], one["total"]) for one in found["RUOU"]["replaced"]] == list(zip(MEMBERS, (100, 100, 100, 98), strict=False))
    assert found["RAU"]["mean"] == "89.4"
    _, out, _ = office.run("council", "minutes", first, second)
    assert "Vòng chấm trước" in out


def test_the_long_table_gives_the_same_minutes(office: Office) -> None:
    """What ``collect`` writes is read again, and a hand-made table of member, product, criterion and points is read too."""
    folder = office.filled()
    edit(folder / "02-Tran-Thi-Binh.xlsx", "RAU", {"1.1": None, "Ngày chấm": "16/06/2026"})
    _, before, _ = office.minutes(folder)
    scores = office.folder / "diem.csv"
    office.run("council", "collect", folder, "-o", scores)
    code, after, _ = office.minutes(scores, "--products", office.table(), "--members", ";".join(MEMBERS))
    assert code == 1  # 1.1 is still to be scored
    assert after == before
    assert after["RAU"]["members"][1]["day"] == "2026-06-16"
    long = office.folder / "dai.csv"
    long.write_text(
        "Mã sản phẩm,Bộ sản phẩm OCOP,thành viên,tiêu chí,điểm\nP1,1,A,1.1,5\nP1,1,A,1.1,3\nP1,1,B,1.1,4\nP1,1,B,99,1\n,1,B,1.2,3\n"
    )
    code, _, err = office.run("council", "collect", long, "--set", "ocop/2023", "--on", "2024-06-15")
    assert code == 1
    for told in ("dai.csv:3:5 (E3): NTM-844", "dai.csv:4:5 (E4): NTM-413 «4»", "dai.csv:5:5 (E5): NTM-401", "dai.csv:6:1 (6): NTM-802"):
        assert told in err


def test_a_member_is_one_however_the_name_is_typed_and_a_row_of_another_form_is_told(office: Office) -> None:
    """Two spellings would be two scores in the mean; points of set 8 are none of a product of set 7."""
    head = "Mã sản phẩm,Bộ sản phẩm OCOP,thành viên,tiêu chí,điểm\n"
    first, second = office.folder / "mot.csv", office.folder / "hai.csv"
    first.write_text(head + "P1,7,Lê An,1.1,3\nP1,7,lê  AN,1.2,2\nP1,8,Lê An,1.3,1\nP1,7,Bình,1.1,3\n", "utf-8")
    second.write_text(head + "P2,7,LÊ AN,1.1,3\n", "utf-8")
    code, found, problems = office.minutes(first, second, "--set", "ocop/2026", "--on", "2026-06-15")
    assert code == 1
    assert ("NTM-840", "B4") in problems
    named = {product: [one["member"] for one in told["members"]] for product, told in found.items()}
    assert named == {"P1": ["Lê An", "Bình"], "P2": ["Lê An"]}


def test_members_tables_with_a_column_a_criterion_are_one_council(office: Office) -> None:
    """Three files of three members are one product with three members: 98, 100 and 100, and one of them costs a star."""
    best = ntm.load("ocop/2023", on=date(2024, 6, 15)).scores.best(15)
    for member, given in (("mot", {"9": "3"}), ("hai", {}), ("ba", {})):
        row = {"Mã sản phẩm": "P1", "Bộ sản phẩm OCOP": "15", **best, **given}
        (office.folder / f"{member}.csv").write_text(",".join(row) + "\n" + ",".join(row.values()), "utf-8")
    files = [office.folder / f"{member}.csv" for member in ("mot", "hai", "ba")]
    code, found, _ = office.minutes(*files, "--set", "ocop/2023", "--on", "2024-06-15")
    assert code == 0
    assert Decimal(found["P1"]["mean"]).quantize(Decimal("0.01")) == Decimal("99.33")
    assert found["P1"]["missed"] == [{"criterion": "9", "stars": 5, "required": "5", "by": {"mot": 3}}]


def test_a_province_with_a_regulation_has_it_judged(office: Office) -> None:
    """Tây Ninh under 2019: three of five are no quorum of 75%; 11 points apart must be discussed; ten are not."""
    office.set, office.products, office.level = ("ocop/2019", "2022-06-15"), {"RAU": "1"}, "province"
    folder = office.hand_out("phieu", "--province", "tay-ninh")
    office.fill(folder, {"RAU": ({},) * 5})
    _, found, _ = office.minutes(folder)
    assert (found["RAU"]["stars"], found["RAU"]["mean"]) == (5, "100")
    for path in sorted(folder.glob("*.xlsx"))[3:]:
        path.unlink()
    code, out, _ = office.run("council", "minutes", folder)
    assert code == 1
    assert "có 3 trên 5 thành viên chấm, cần ít nhất 75%" in out
    assert "Quy chế hội đồng: ít nhất 75% thành viên chấm." in out
    assert "chênh nhau không quá 10 điểm" in out
    assert "Quy chế đã ghi là của hội đồng cấp tỉnh." in out
    (folder / "hoi-dong.json").unlink()  # who else was to score is then not known
    _, out, _ = office.run("council", "minutes", folder)
    assert "chưa biết số thành viên hội đồng" in out


def test_the_regulation_of_the_province_is_not_that_of_a_district_council(office: Office) -> None:
    """Three of five would be no quorum of the council of Tây Ninh; of a council of a district nothing is on record, which is told."""
    office.set, office.products, office.level = ("ocop/2019", "2022-06-15"), {"RAU": "1"}, "district"
    folder = office.hand_out("phieu", "--province", "tay-ninh")
    office.fill(folder, {"RAU": ({},) * 5})
    for path in sorted(folder.glob("*.xlsx"))[3:]:
        path.unlink()
    _, out, _ = office.run("council", "minutes", folder)
    assert "cần ít nhất 75%" not in out
    assert "Chưa ghi quy chế nào của hội đồng cấp huyện" in out


def test_the_centre_needs_five_members_and_a_province_is_told_that_nothing_is_on_record(office: Office) -> None:
    """757/QĐ-BNN-VPĐP, under the set of 2023: four of seven leave the class open; it says nothing of a province's council."""
    office.set, office.products, office.level = ("ocop/2023", "2024-01-15"), {"RAU": "1"}, "centre"
    folder = office.hand_out("phieu")
    office.fill(folder, {"RAU": ({},) * 5})
    _, found, _ = office.minutes(folder)
    assert (found["RAU"]["stars"], found["RAU"]["granted_by"]) == (5, "centre")
    sorted(folder.glob("*.xlsx"))[0].unlink()
    _, out, _ = office.run("council", "minutes", folder)
    assert "có 4 thành viên chấm, cần ít nhất 5" in out
    assert "Quy chế đã ghi là của hội đồng trung ương." in out
    assert "Quy chế hội đồng: ít nhất 5 thành viên chấm." in " ".join(out.split())
    office.level = "province"
    _, out, _ = office.run(
        "council", "new", office.table(), "--set", *("ocop/2023", "--on", "2024-01-15", "--members", "4", "-o", folder / "tinh")
    )
    assert "Chưa có quy chế hội đồng nào được ghi cho bộ tiêu chí và cấp này" in out


def test_entries_for_the_register_are_read_by_it(office: Office) -> None:
    """Three, four and potential five stars as acts; with the decision's number and day the register takes them as they are."""
    folder = office.filled()
    file = office.folder / "so.csv"
    office.run("council", "minutes", folder, "--register", file, "--decision", "12/QĐ-UBND", "--decided", "2026-06-20")
    read = read_register(file)
    assert read.problems == ()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert [row["cấp công nhận"] for row in csv.DictReader(lines)] == ["cấp tỉnh", "cấp tỉnh", "trung ương"]
    acts = [(act.unit, act.status, act.edition, act.decision, act.day) for act in read.register.acts]
    day = date(2026, 6, 20)
    assert acts == [
        ("RAU", "ocop-4", "ocop/2026", "12/QĐ-UBND", day),
        ("RUOU", "ocop-4", "ocop/2026", "12/QĐ-UBND", day),
        ("LANG", "ocop-potential-5", "ocop/2026", "12/QĐ-UBND", day),
    ]


def test_a_product_that_is_not_ranked_is_on_no_list_of_proposals(office: Office) -> None:
    """A forged dossier has no class whatever its points; the others have theirs."""
    path = office.folder / "sp.csv"
    folder = office.filled()
    path.write_text(f"{HEADER},Giả mạo hồ sơ\nRAU,Một,7,province,có\nLANG,Ba,26,province,không\n", "utf-8")
    code, found, told = office.minutes(folder, "--products", path)
    assert (code, told) == (0, [])
    assert (found["RAU"]["standing"], found["RAU"]["stars"], found["RAU"]["proposal"]) == ("rejected", None, "none")
    assert (found["LANG"]["proposal"], found["RUOU"]["proposal"]) == ("ocop-potential-5", "ocop-4")


def test_of_a_choice_of_cases_the_council_scores_one(office: Office) -> None:
    """Who scores two cases has scored neither; members who chose different cases have no mean in common, which is told."""
    office.set, office.products = ("ocop/2023", "2024-06-15"), {"LANG": "26"}
    folder = office.hand_out(members="3")
    office.fill(folder, {"LANG": ({},) * 3})
    sheet = ntm.load("ocop/2023", on=date(2024, 6, 15)).scores.sheet(26)
    case = [one.criterion for part in sheet.parts for one in next(choices(part.criteria), ())]
    first = min(folder.glob("*.xlsx"))
    chosen = next(number for number in case if dict(cells(openpyxl.load_workbook(first), "LANG"))[number].value)
    spared = next(number for number in case if number != chosen)
    edit(first, "LANG", {spared: 1})
    code, found, told = office.minutes(folder)
    assert (code, [name for name, _ in told]) == (1, ["NTM-416", "NTM-845"])
    assert found["LANG"]["members"][0]["missing"] == [case[0]]
    edit(first, "LANG", {chosen: None})
    code, found, told = office.minutes(folder)
    assert (code, [name for name, _ in told]) == (1, ["NTM-416"])
    assert (found["LANG"]["decision"], found["LANG"]["proposal"]) == (None, "open")


def test_a_filled_sheet_is_never_written_over(office: Office) -> None:
    """Handing out a second time into the same folder is refused, and nothing there has changed."""
    folder = office.filled()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, _, err = office.run("council", "new", office.table(), "--set", "ocop/2026", "--on", "2026-06-15", "--members", "5", "-o", folder)
    assert (code, "NTM-841" in err) == (2, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_is_no_sheet_is_told_and_the_others_are_read(office: Office) -> None:
    """A workbook of something else, a product without a set, a council's file of another text, nothing at all."""
    folder = office.filled()
    (folder / "ghi-chu.csv").write_text("việc,ai\nmua nước,Bình\n", "utf-8")
    code, found, told = office.minutes(folder)
    assert code == 1
    assert told[0][0] == "NTM-842"
    assert found["RAU"]["mean"] == "89.4"
    kit = folder / "hoi-dong.json"
    data = json.loads(kit.read_text("utf-8"))
    kit.write_text(json.dumps({**data, "sha256": "0" * 64}), "utf-8")
    code, _, err = office.run("council", "minutes", folder)
    assert (code, "NTM-840" in err) == (2, True)
    kit.write_text("[]", "utf-8")
    code, _, err = office.run("council", "minutes", folder)
    assert (code, "NTM-842" in err) == (2, True)
    kit.unlink()
    code, found, told = office.minutes(folder, "--members", "; ".join(MEMBERS))  # the sheets say by which set
    assert (found["RAU"]["mean"], told[0][0]) == ("89.4", "NTM-503")
    empty = office.folder / "trong"
    empty.mkdir()
    code, _, err = office.run("council", "minutes", empty)
    assert (code, "NTM-701" in err) == (2, True)


def test_a_product_without_its_set_gets_no_sheet_and_is_told(office: Office) -> None:
    """The others get theirs; a set that judges by criteria has no sheets to hand out."""
    path = office.folder / "sp.csv"
    path.write_text(f"{HEADER}\nA,Một,7,province\nB,Hai,,province\n", "utf-8")
    arguments = ("council", "new", path, "--members", "3", "-o", office.folder / "p")
    code, _, err = office.run(*arguments, "--set", "ocop/2026", "--on", "2026-06-15")
    assert (code, "NTM-802" in err) == (1, True)
    assert openpyxl.load_workbook(office.folder / "p" / "01-Thanh-vien-1.xlsx").sheetnames == ["A", "Các mức"]
    code, _, err = office.run(*arguments, "--set", "commune-ntm/2021-2025", "--on", "2024-06-15")
    assert (code, "NTM-606" in err) == (2, True)
