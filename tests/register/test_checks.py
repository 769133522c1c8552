"""What is wrong with a register is listed with its rows, never guessed, and the rest is still answered."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from helpers_register import END_2023, commune, day, recognised, revoked, unit
from ntm_rules.problems import Place, TableError
from ntm_rules.register.acts import HELD, PRODUCT_STATUSES, REGISTERED, Act, Unit, is_first, kind_of_status
from ntm_rules.register.book import Register
from ntm_rules.register.check import check_register, told_of_list
from ntm_rules.register.editions import needed
from ntm_rules.register.files import read_register, read_units
from ntm_rules.register.review import review_register
from ntm_rules.register.tally import Category

HEAD = "mã đơn vị,tên đơn vị,việc,danh hiệu,bộ tiêu chí,quyết định,ngày,biết chậm nhất,đến ngày\n"


def codes(register: Register, catalogue: ntm.Catalogue) -> list[str]:
    """The codes of everything wrong with a register."""
    return [finding.problem.code for finding in check_register(register, catalogue)]


def test_who_holds_a_status_is_as_the_sets_on_record_say(catalogue: ntm.Catalogue) -> None:
    """Every status is of the kind of unit that the sets granting it are for; one whose set asks for another status is not the first."""
    assert HELD.keys() == REGISTERED.keys()
    for status in REGISTERED:
        granted = "ocop" if status in PRODUCT_STATUSES else status
        kinds = {entry.header["subject"] for entry in catalogue.rulesets.values() if entry.header.get("grants") == granted}
        assert kinds <= {kind_of_status(status)}, status
        assert not (needed(catalogue, granted) and is_first(status)), status


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([recognised(), recognised(on="2021-06-01")], "NTM-805"),
        ([recognised(on="2021-06-01", edition="commune-ntm/2021-2025")], "NTM-806"),
        ([recognised(until=day("2019-06-01"))], "NTM-807"),
        ([Act("merge", "23311", day=day("2020-01-01")), recognised()], "NTM-808"),
        ([Act("merge", "23311", day=day("2020-06-01")), recognised()], "NTM-808"),
        ([Act("merge", "23311", day=day("2020-01-01")), Act("merge", "23311", day=day("2021-01-01"))], "NTM-808"),
        ([Act("merge", "23311", day=day("2020-01-01")), Act("merge", "B", day=day("2021-01-01"), into="23311")], "NTM-808"),
        ([Act("merge", "23311", day=day("2020-01-01"), into="99999")], "NTM-810"),
        ([recognised(edition="commune-ntm/2021-2026")], "NTM-812"),
        ([recognised(edition="commune-advanced/2021-2025", on="2023-01-01")], "NTM-812"),
        ([revoked()], "NTM-813"),
        ([recognised(status="district-ntm")], "NTM-817"),
    ],
)
def test_each_contradiction_has_its_own_code(acts: list[Act], code: str, catalogue: ntm.Catalogue) -> None:
    """Overlaps, a set that did not exist yet, an end before the issue, a merged unit, a revocation of nothing: each is named."""
    assert code in codes(Register(acts, [unit()]), catalogue)


def test_recognised_again_under_a_later_set_is_no_overlap(catalogue: ntm.Catalogue) -> None:
    """A commune recognised for 2016-2020 and again for 2021-2025, or again after the first ended, is in order."""
    again = [recognised(edition="commune-ntm/2016-2020"), recognised(on="2023-01-01", edition="commune-ntm/2021-2025")]
    assert codes(Register(again, [unit()]), catalogue) == []
    ended = [recognised(until=day("2021-01-01")), recognised(on="2021-06-01")]
    assert codes(Register(ended, [unit()]), catalogue) == []


def test_codes_join_and_names_do_not(catalogue: ntm.Catalogue) -> None:
    """An unknown code is a problem with a guess by name; a name that differs is a warning; another spelling on the list is fine."""
    listed = Unit("23395", "commune", "Bờ Y", ("Pờ Y",))
    wrong = check_register(Register([recognised("23396", name="Bờ Y")], [listed]), catalogue)
    assert [finding.problem.code for finding in wrong] == ["NTM-810"]
    assert wrong[0].problem.words["guess"] == "23395"
    assert codes(Register([recognised("23395", name="pờ  y")], [listed]), catalogue) == []
    other = check_register(Register([recognised("23395", name="Bờ Yên")], [listed]), catalogue)
    assert [(finding.problem.code, finding.fatal) for finding in other] == [("NTM-811", False)]


def test_a_unit_that_was_divided_or_was_recognised_the_day_before_is_in_order(catalogue: ntm.Catalogue) -> None:
    """Two mergers on one day, and an act of the day before, are no contradiction."""
    acts = [
        recognised(on="2025-06-30"),
        Act("merge", "23311", day=day("2025-07-01"), into="B"),
        Act("merge", "23311", day=day("2025-07-01"), into="C"),
    ]
    assert codes(Register(acts, [unit(), unit("B"), unit("C")]), catalogue) == []


def test_a_renamed_unit_keeps_its_old_name_and_code(catalogue: ntm.Catalogue) -> None:
    """Acts under the old name and the old code join the list that has the new ones."""
    rename = Act("rename", "23311", name="Cũ", day=day("2021-01-01"), into="23999", into_name="Mới")
    acts = [recognised(name="Cũ"), rename, revoked("23999", name="Mới")]
    assert codes(Register(acts, [Unit("23999", "commune", "Mới")]), catalogue) == []


def test_wards_and_townships_have_statuses_of_their_own(catalogue: ntm.Catalogue) -> None:
    """A civilised township stands on the list of communes; the status of a commune kept by a village does not."""
    township = Act("recognition", "T", status="civilised-township", day=day("2022-01-01"))
    assert codes(Register([township]), catalogue) == []
    assert codes(Register([Act("recognition", "T", "village", status="civilised-township", day=day("2022-01-01"))]), catalogue) == [
        "NTM-817"
    ]


def test_an_overlap_names_the_file_and_row_of_the_earlier_act(tmp_path: Path, catalogue: ntm.Catalogue) -> None:
    """The message about a duplicate says where both rows are."""
    path = written(tmp_path, "23311,A,công nhận,ntm,,,2020-01-01,,\n23311,A,công nhận,ntm,,,2020-01-01,,\n")
    [finding] = check_register(read_register(path).register, catalogue)
    assert f"{path}:2" in finding.problem.line("vi")
    assert finding.problem.place.line == 3


def test_a_unit_may_be_said_to_be_divided(tmp_path: Path) -> None:
    """«chia tách» and «nhập» are mergers; a strange word is told once, not also for the status it does not have."""
    found = read_register(written(tmp_path, "1,A,chia tách,,,,2025-07-01,,\n2,B,nhập,,,,2025-07-01,,\n3,C,bốc hơi,,,,2025-07-01,,\n"))
    assert [act.kind for act in found.register.acts] == ["merge", "merge"]
    assert [problem.code for problem in found.problems] == ["NTM-801"]


def test_a_shared_name_is_no_guess(catalogue: ntm.Catalogue) -> None:
    """Two units of one name: the code to take is not suggested; one unit of that name is."""
    two = [Unit("1", "commune", "Đắk Hà"), Unit("2", "commune", "Đắk Hà"), Unit("3", "commune", "Sa Sơn")]
    found = check_register(Register([recognised("9", name="Đắk Hà"), recognised("8", name="sa sơn")], two), catalogue)
    assert [finding.problem.words["guess"] for finding in found] == [None, "3"]


def test_problems_are_told_in_the_language_asked_for(catalogue: ntm.Catalogue) -> None:
    """Statuses, kinds and acts inside a message are in its language."""
    acts = [recognised(status="district-ntm"), revoked(), Act("merge", "23311", day=day("2020-01-01"), into="B"), recognised()]
    found = [finding.problem.line("en") for finding in check_register(Register(acts, [unit(), unit("B")]), catalogue)]
    assert len(found) >= 3
    for line in found:
        assert not any(word in line for word in ("xã được", "Xã được", "Huyện", "công nhận", "thu hồi", "«xã»", "«huyện»")), line


def test_the_list_of_units_and_a_table_that_disagree_are_told() -> None:
    """Another region or class in the table: that unit is open, with both named; the class that followed from recognition is no conflict."""
    for attribute, listed, table, clash in (
        ("region", "tay-nguyen", "dong-nam-bo", True),
        ("area", "III", "II", True),
        ("area", "III", "I", False),
    ):
        subject = commune(**{attribute: table})
        register = Register([recognised(on="2022-06-01")], [unit(**{attribute: listed})])
        [found] = review_register(register, on=END_2023, values={("23311", "commune-ntm"): subject})
        told = [problem.code for problem in found.problems]
        assert told == (["NTM-823"] if clash else []), (attribute, listed, table)


def test_a_list_of_communes_says_nothing_of_products(catalogue: ntm.Catalogue) -> None:
    """Acts on a kind of unit that the list does not hold are not called unknown."""
    act = Act("recognition", "K5", "product", "Rượu", "ocop-5", day=day("2024-01-01"))
    assert codes(Register([act], [unit()]), catalogue) == []


def test_what_the_register_contradicts_is_not_judged_and_the_rest_is() -> None:
    """Two overlapping recognitions leave that commune open; the other commune is answered."""
    acts = [recognised(), recognised(on="2021-06-01"), recognised("23314")]
    register = Register(acts, [unit(criteria_met=19), unit("23314", criteria_met=19)])
    found = {one.unit: one for one in review_register(register, on=END_2023)}
    assert found["23311"].category is Category.UNDETERMINED
    assert "NTM-805" in found["23311"].reasons[1].vi
    assert found["23314"].category is Category.STILL_MEETS


def test_a_register_and_a_table_that_disagree_are_told() -> None:
    """The register says recognised, the table says not: that unit is open, with both named."""
    subject = ntm.Subject(id="23311", kind="commune", attributes={"province": "kon-tum", "ntm": False})
    acts = [recognised(), recognised(status="ntm-advanced", on="2022-01-01")]
    found = {
        one.status: one for one in review_register(Register(acts, [unit()]), on=END_2023, values={("23311", "commune-advanced"): subject})
    }
    assert found["ntm-advanced"].category is Category.UNDETERMINED
    assert [problem.code for problem in found["ntm-advanced"].problems] == ["NTM-809"]


def test_a_value_that_cannot_be_taken_leaves_the_unit_open() -> None:
    """A share of 140% in the table is told as the reason."""
    subject = ntm.Subject(id="23311", kind="commune", attributes={"region": "tay-nguyen", "year": 2023}, values={"6.3": "140"})
    [found] = review_register(Register([recognised()], [unit()]), on=END_2023, values={("23311", "commune-ntm"): subject})
    assert found.category is Category.UNDETERMINED
    assert found.problems[0].code == "NTM-404"


# --- files -----------------------------------------------------------------------------------------------------------


def written(folder: Path, rows: str, head: str = HEAD, name: str = "register.csv") -> Path:
    """A register file."""
    path = folder / name
    path.write_text(head + rows, "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("23311,Đắk Cấm,phong tặng,ntm,,,2020-01-01,,", "NTM-801", 3),
        ("23311,Đắk Cấm,công nhận,,,,2020-01-01,,", "NTM-802", 4),
        (",Đắk Cấm,công nhận,ntm,,,2020-01-01,,", "NTM-802", 1),
        ("23311,Đắk Cấm,công nhận,ntm,,,,,", "NTM-803", 7),
        ("23311,Đắk Cấm,công nhận,ntm,,,31/04/2019,,", "NTM-804", 7),
        ("23311,Đắk Cấm,công nhận,xã giỏi,,,2020-01-01,,", "NTM-801", 4),
    ],
)
def test_a_row_that_cannot_be_read_is_listed_with_its_cell_and_the_others_stand(tmp_path: Path, row: str, code: str, column: int) -> None:
    """A strange word, an empty cell, no day, a day written the other way: the row is left out and named."""
    found = read_register(written(tmp_path, row + "\n23314,Kroong,công nhận,ntm,,,2020-01-01,,\n"))
    assert [(problem.code, problem.place.line, problem.place.column) for problem in found.problems] == [(code, 2, column)]
    assert [act.unit for act in found.register.acts] == ["23314"]


def test_rows_are_read_by_vietnamese_or_english_headings(tmp_path: Path) -> None:
    """The same act from a Vietnamese and from an English table, statuses by name or in words."""
    vi = read_register(written(tmp_path, "23311,Đắk Cấm,công nhận,Xã được công nhận đạt chuẩn nông thôn mới,,1/QĐ,2020-01-01,,\n"))
    en = read_register(
        written(tmp_path, "23311,Đắk Cấm,recognition,ntm,,1/QĐ,2020-01-01\n", "id,name,act,status,set,decision,date\n", "register.tsv.csv")
    )
    strip = [(act.kind, act.unit, act.status, act.decision, act.day) for act in vi.register.acts]
    assert strip == [(act.kind, act.unit, act.status, act.decision, act.day) for act in en.register.acts]
    assert not vi.problems
    assert not en.problems


def test_an_unknown_column_is_told_and_columns_for_people_are_not(tmp_path: Path) -> None:
    """A heading nobody knows is a problem; «nguồn …» and «ghi chú …» are for people."""
    found = read_register(written(tmp_path, "x,y,z,1\n", "mã đơn vị,việc,ghi chú nội bộ,màu\n"))
    assert found.problems[0].code == "NTM-501"
    assert found.problems[0].words["header"] == "màu"


def test_a_file_without_what_it_needs_cannot_be_read(tmp_path: Path) -> None:
    """No header, a missing column, two columns for one thing, an ending nobody knows: nothing is half read."""
    for head in ("a,b\n", "mã đơn vị,tên\n", "mã đơn vị,mã xã,việc\n"):
        with pytest.raises(TableError):
            read_register(written(tmp_path, "1,2,3\n", head))
    with pytest.raises(TableError, match="NTM-515"):
        read_register(written(tmp_path, "", name="register.docx"))


def test_lists_of_units_are_read_strictly(tmp_path: Path) -> None:
    """A code twice, a unit without a code: listed, and the first code counts. An area that does not exist is unknown, and told."""
    head = "mã xã,tên xã,khu vực,số tiêu chí đạt\n"
    path = written(tmp_path, "1,A,I,19\n1,B,II,18\n2,C,V,17\n,D,I,\n", head, "units.csv")
    units, problems = read_units(path)
    assert [(one.id, one.name, one.attributes.get("area")) for one in units] == [("1", "A", "I"), ("2", "C", None)]
    assert sorted(problem.code for problem in problems) == ["NTM-406", "NTM-505", "NTM-802"]
    second = written(tmp_path, "1,E,I,\n3,F,I,\n", head, "more.csv")
    both = read_register(written(tmp_path, "3,F,công nhận,ntm,,,2020-01-01,,\n"), units=[path, second])
    assert list(both.register.units) == ["1", "2", "3"]
    assert [problem.code for problem in both.problems].count("NTM-505") == 2


def test_a_register_can_be_a_workbook_or_json(tmp_path: Path) -> None:
    """XLSX with real day cells and JSON give the same acts as CSV."""
    import json

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã đơn vị", "Việc", "Danh hiệu", "Ngày"])
    sheet.append(["23311", "công nhận", "ntm", date(2020, 1, 1)])
    book.save(tmp_path / "register.xlsx")
    (tmp_path / "register.json").write_text(
        json.dumps([{"mã đơn vị": "23311", "việc": "công nhận", "danh hiệu": "ntm", "ngày": "2020-01-01"}]), "utf-8"
    )
    for name in ("register.xlsx", "register.json"):
        found = read_register(tmp_path / name)
        assert not found.problems, name
        assert [(act.unit, act.day) for act in found.register.acts] == [("23311", date(2020, 1, 1))], name


def test_the_shipped_register_of_kon_tum_is_in_order(catalogue: ntm.Catalogue) -> None:
    """85 communes with GSO codes; every act joins; 28 named communes stand recognised by the end of 2023 or later."""
    folder = Path(__file__).parents[2] / "examples" / "kon-tum"
    found = read_register(folder / "register.csv", units=[folder / "communes.csv", folder / "districts.csv"])
    assert not found.problems
    assert check_register(found.register, catalogue) == ()
    communes = [one for one in found.register.units.values() if one.kind == "commune"]
    assert len(communes) == 85
    named = {act.unit for act in found.register.acts if act.kind == "recognition" and act.status == "ntm"}
    assert len(named) == 29
    standing = [code for code in named if found.register.standing(code, "ntm", END_2023).holds]
    assert 26 <= len(standing) <= 42


def test_every_published_cell_of_kon_tum_has_its_source() -> None:
    """A commune of which something was published, a recognition, a total of the province or a district: each row says where it was read."""
    folder = Path(__file__).parents[2] / "examples" / "kon-tum"

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    published = ("ghi chú tình trạng đã công bố", "ghi chú năm xét công nhận", "ghi chú quyết định", "ghi chú số tiêu chí đã công bố")
    for row in rows("communes.csv"):
        assert row["nguồn"] or not any(row[name] for name in published), row["tên xã"]
    assert all(row["nguồn"] for row in rows("register.csv") if row["việc"] == "công nhận")
    assert all(row["nguồn"] for name in ("series.csv", "district-series.csv") for row in rows(name))
    assert all(row["nguồn"] or "không giữ địa chỉ" in row["ghi chú"] for row in rows("ocop-series.csv"))
    codes = [row["mã xã"] for row in rows("communes.csv")]
    assert len(codes) == len(set(codes)) == 85


def test_a_status_without_the_one_it_builds_on_is_told(catalogue: ntm.Catalogue) -> None:
    """Advanced without NTM, model without advanced, and advanced that goes on after NTM was revoked; the counts of the list stand."""
    acts = [
        recognised("A1"),
        recognised("A2", "ntm-advanced", "2023-06-01"),
        recognised("A4"),
        recognised("A4", "ntm-advanced", "2023-06-01"),
        revoked("A4", on="2023-12-01"),
    ]
    acts = [replace(act, place=Place("so.csv", row)) for row, act in enumerate(acts, 2)]
    units = [unit(code) for code in ("A1", "A2", "A4")]
    found = check_register(Register(acts, units, complete=True), catalogue)
    assert [(one.problem.code, one.problem.place.line, one.unit) for one in found] == [("NTM-826", 3, "A2"), ("NTM-826", 6, "A4")]
    assert "2023-12-01" in found[1].problem.what("en")
    assert not any(one.fatal for one in found)
    in_part = check_register(Register(acts, units), catalogue)
    assert [one.unit for one in in_part] == ["A4"]  # a register in part does not say that A2 is not recognised


def test_units_of_another_province_or_of_a_whole_that_is_not_listed_are_told_before_they_are_counted(catalogue: ntm.Catalogue) -> None:
    """Once for each province and each whole; a list without districts has none to look for, and no province asked for none to differ."""
    district = Unit("H1", "district", "Huyện Một", attributes={"province": "kon-tum"})
    communes = [
        Unit("X1", name="Một", whole="H1", attributes={"province": "kon-tum"}),
        Unit("X2", name="Hai", whole="H9", attributes={"province": "kon-tum"}),
        Unit("X3", name="Ba", whole="H9", attributes={"province": "ha-noi"}),
        Unit("X4", name="Bốn", attributes={}),
    ]
    told = told_of_list(Register([], [district, *communes]), END_2023, "Kon Tum", catalogue)
    assert [(one.code, one.words["count"], one.words["first"]) for one in told] == [("NTM-452", 1, "Ba"), ("NTM-453", 2, "Hai")]
    assert told_of_list(Register([], communes), END_2023, None, catalogue) == []
    assert told_of_list(Register([], communes), day("2025-12-31"), "kon-tum", catalogue) == []  # it went into another
    assert told_of_list(Register([], [Unit("01", "province", attributes={"province": "ha-noi"})]), END_2023, "kon-tum", catalogue) == []
