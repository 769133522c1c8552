"""What a table says in vain, and of which province it speaks, is told; classes and regions are read as people write them."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.decide.choose import ByProvince
from ntm_rules.tables.read import readers as reading
from ntm_rules.tables.read.plain_tables import read_plain
from ntm_rules.tables.read.readers import READERS
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.results import evaluate_table
from strategies import write_catalogue
from texts import BASE, PROVINCIAL

SHARED = {"region": "tay-nguyen", "year": 2024}


def told(table) -> list[str]:
    return [note.code for note in table.notes if note.code in ("NTM-314", "NTM-315", "NTM-317", "NTM-535")]


def test_an_attribute_that_the_set_never_reads_is_told(from_csv):
    """«Nhóm xã» is a known word, but nothing in the set of 2021-2025 depends on it."""
    table = from_csv("mã xã,nhóm xã 2026-2030,10.1\nM1,1,51.5\n")
    [note] = [note for note in table.notes if note.code == "NTM-535"]
    assert "nhóm xã 2026-2030" in note.what()
    assert table.rows[0].subject is not None


@pytest.mark.parametrize(
    ("asked", "cell", "codes"),
    [
        ("kon-tum", "Kon Tum", []),
        ("kon-tum", "Tỉnh Gia Lai", ["NTM-315"]),
        ("kon-tum", "Thành phố Hà Nội", ["NTM-315"]),
        ("ha-noi", "Hà Nội", ["NTM-317"]),
        (None, "Kon Tum", []),
    ],
)
def test_another_province_than_asked_and_one_without_rules_are_told(tmp_path, asked, cell, codes):
    """The rules that were read are those of the province asked for; a row that names another one is told once."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province=asked)
    (tmp_path / "t.csv").write_text(f"mã xã,tỉnh,10.1\nM1,{cell},51.5\nM2,{cell},51.5\n", "utf-8")
    assert told(read_table(tmp_path / "t.csv", rules, constants=SHARED)) == codes


@pytest.mark.parametrize(
    ("asked", "day", "line", "wrong"),
    [
        (None, date(2024, 6, 30), "Hà Nội,Tây Nguyên", True),
        (None, date(2024, 6, 30), "Kon Tum,Tây Nguyên", False),
        (None, date(2024, 6, 30), ",Tây Nguyên", False),
        ("kon-tum", date(2024, 6, 30), ",Đông Nam Bộ", True),
        (None, date(2025, 9, 30), "Quảng Ngãi,Tây Nguyên", False),  # made of two regions: the texts do not say
        (None, date(2025, 9, 30), "Kon Tum,Đông Nam Bộ", False),  # there is none any more, which is told of itself
        (None, None, "Hà Nội,Tây Nguyên", False),
    ],
)
def test_a_region_that_is_not_that_of_the_province_is_told(tmp_path, asked, day, line, wrong):
    """Requirements are looked up by the region: with a wrong one a unit is judged by those of another place."""
    rules = ntm.load("commune-ntm/2021-2025", on=day, province=asked)
    (tmp_path / "t.csv").write_text(f"mã xã,tên xã,tỉnh,vùng,10.1\nM1,Mẫu,{line},51.5\n", "utf-8")
    notes = [note for note in read_table(tmp_path / "t.csv", rules).notes if note.code == "NTM-451"]
    assert [note.words["first"] for note in notes] == ["Mẫu"] * wrong


def test_a_province_that_has_ended_is_told_with_its_successor(tmp_path):
    """Kon Tum went into Quảng Ngãi on 2025-07-01."""
    rules = ntm.load("commune-ntm/2021-2025", on=date(2025, 9, 30))
    (tmp_path / "t.csv").write_text("mã xã,tỉnh,10.1\nM1,Kon Tum,51.5\n", "utf-8")
    table = read_table(tmp_path / "t.csv", rules, constants={**SHARED, "year": 2025})
    assert told(table) == ["NTM-314"]
    assert "Quảng Ngãi" in table.notes[-1].why()
    (tmp_path / "t.json").write_text(json.dumps([{"id": "M1", "attributes": {"province": "kon-tum"}, "values": {}}]), "utf-8")
    assert told(read_table(tmp_path / "t.json", rules)) == ["NTM-314"]


def test_a_province_of_no_list_is_refused_with_the_nearest(tmp_path, rules):
    """A wrong name never leaves the rules of a province aside in silence."""
    (tmp_path / "t.csv").write_text("mã xã,tỉnh,10.1\nM1,Kon Tom,51.5\n", "utf-8")
    [problem] = read_table(tmp_path / "t.csv", rules, constants=SHARED).all_problems
    assert (problem.code, problem.place.path) == ("NTM-313", "B2")
    assert "kon-tum" in problem.mend()


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        *(("I", "I"), ("Xã khu vực II", "II"), ("vùng II", "II"), ("KV3", "III"), ("xã KV III", "III"), ("2", "II"), ("khu vực 1", "I")),
        *(("Ngoài vùng", "outside"), ("không thuộc", "outside"), ("Xã ngoài vùng đồng bào DTTS và MN", "outside"), ("outside", "outside")),
        *(("ngoài khu vực III", None), ("IV", None), ("không thuộc khu vực I", None)),
    ],
)
def test_area_words(tmp_path, rules, cell, area):
    """The class of a commune as people write it; what leaves the class open is refused."""
    (tmp_path / "t.csv").write_text(f"mã xã,khu vực,10.1\nM1,{cell},51.5\n", "utf-8")
    [row] = read_table(tmp_path / "t.csv", rules, constants=SHARED).rows
    if area is None:
        assert [problem.code for problem in row.problems] == ["NTM-406"]
        assert "ngoài vùng" in row.problems[0].what("vi")
        assert "outside" not in row.problems[0].what("vi")
    else:
        assert row.subject.attributes["area"] == area


def test_a_region_is_named_as_people_name_it(tmp_path, rules):
    """The message of a strange region lists names, in the language of the reader."""
    (tmp_path / "t.csv").write_text("mã xã,vùng,năm,10.1\nM1,Duyên hải miền Trung,Năm 2024,51.5\n", "utf-8")
    [row] = read_table(tmp_path / "t.csv", rules).rows
    [problem] = row.problems
    assert "Tây Nguyên" in problem.what("vi")
    assert "Central Highlands" in problem.what("en")
    assert "tay-nguyen" not in problem.what("vi")


def test_rules_of_a_province_that_were_not_asked_for_are_told(tmp_path):
    """Tây Ninh has rules of its own for OCOP 2019; read without a province they are left aside, and not in silence."""
    (tmp_path / "t.csv").write_text("mã sản phẩm,bộ sản phẩm OCOP,tỉnh,1.1\nP,15,Tây Ninh,3\nQ,15,Kon Tum,3\n", "utf-8")
    table = read_table(tmp_path / "t.csv", ntm.load("ocop/2019", on=date(2022, 6, 15)))
    [note] = [note for note in table.notes if note.code == "NTM-319"]
    assert "Tây Ninh" in note.what()
    assert "«tay-ninh»" in note.mend()
    asked = ntm.load("ocop/2019", on=date(2022, 6, 15), province="tay-ninh")
    assert "NTM-319" not in [note.code for note in read_table(tmp_path / "t.csv", asked).notes]


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        *(("Cấp tỉnh", "province"), ("tỉnh", "province"), ("Hội đồng cấp huyện", "district"), ("Trung ương", "centre")),
        *(("cấp trung ương", "centre"), ("province", "province"), ("xã", None)),
    ],
)
def test_a_council_is_named_by_its_level_as_people_name_it(tmp_path, cell, level):
    """A product table says «Cấp tỉnh»; a level that no council has is refused with the levels in the language of the reader."""
    (tmp_path / "t.csv").write_text(f"mã sản phẩm,bộ sản phẩm OCOP,cấp hội đồng chấm,1.1\nP,15,{cell},5\n", "utf-8")
    [row] = read_table(tmp_path / "t.csv", ntm.load("ocop/2023", on=date(2024, 6, 15))).rows
    if level is None:
        [problem] = row.problems
        assert "cấp huyện, cấp tỉnh, trung ương" in problem.what("vi")
    else:
        assert row.subject.attributes["council_level"] == level


def test_a_number_asked_for_is_not_told_as_the_only_one_allowed(tmp_path):
    """A product set by its name is refused; that it is a number is said, and 15 is an example of one."""
    (tmp_path / "t.csv").write_text("mã sản phẩm,bộ sản phẩm OCOP,1.1\nP,Rượu,5\n", "utf-8")
    [row] = read_table(tmp_path / "t.csv", ntm.load("ocop/2023", on=date(2024, 6, 15))).rows
    [problem] = row.problems
    assert "số nguyên (như 15)" in problem.what("vi")
    assert "a whole number (as 15)" in problem.what("en")


def test_a_row_is_read_once_however_often_it_is_decided(from_csv, monkeypatch):
    """What was read is kept beside the row; deciding asks the method for no second reading."""
    table = from_csv("id,10.1\nM1,51.5\n")

    def refuse(*_: object) -> None:
        raise AssertionError("read twice")

    monkeypatch.setattr(type(table.rules.method), "read", refuse)
    assert [next(evaluate_table(table, accept=level)).outcome for level in ("recalled", "official")] == ["undetermined"] * 2


@pytest.mark.parametrize("suffix", READERS)
def test_every_reader_serves_tables_and_plain_tables_alike(suffix, tmp_path, rules):
    """One table of readers: the same rows through every ending, for subjects and for registers."""
    path = tmp_path / f"t{suffix}"
    rows = [["id", "tên xã", "10.1"], ["00679", "Mẫu Một", "51.5"]]
    if suffix in (".csv", ".tsv", ".txt"):
        path.write_text("\n".join(("\t" if suffix == ".tsv" else ",").join(row) for row in rows), "utf-8")
    elif suffix in (".json", ".jsonl", ".ndjson"):
        text = json.dumps(dict(zip(*rows, strict=True)))
        path.write_text(f"[{text}]" if suffix == ".json" else text, "utf-8")
    elif suffix == ".parquet":
        pytest.importorskip("polars").DataFrame([dict(zip(*rows, strict=True))]).write_parquet(path)
    elif suffix == ".xls":
        path.write_bytes((Path(__file__).parent / "files/mot.xls").read_bytes())
    elif suffix == ".ods":
        cells = [
            "".join(f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in row)
            for row in rows
        ]
        spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
        table = '<table:table table:name="A">' + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
            body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
            archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    else:
        import openpyxl

        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    [row] = read_table(path, rules, constants=SHARED).rows
    assert (row.id, row.subject.values["10.1"]) == ("00679", 51.5)
    [cells] = read_plain(path, {"id": ("mã",), "name": ("tên xã",), "income": ("10.1",)}, ("id", "name")).rows
    assert (cells["id"], cells["name"], cells["income"]) == ("00679", "Mẫu Một", "51.5")


def test_no_reader_stands_apart() -> None:
    """Nothing in the folder of readers asks for an ending but the table of them."""
    for path in Path(reading.__file__).parent.glob("*.py"):
        assert path.name == "readers.py" or ".suffix" not in path.read_text("utf-8"), path.name


def test_rows_of_two_provinces_are_each_judged_by_their_own_rules(tmp_path):
    """Tây Ninh lets members differ by 10 points and asks for three quarters of them, Đồng Tháp for the former alone."""
    sheet = ntm.load("ocop/2019", on=date(2022, 6, 15))
    best = sheet.scores.best(1)
    heads = ",".join(best)
    cells = ",".join(str(points) for points in best.values())
    lines = [f"{slug},1,{name},5,{cells}" for slug, name in (("P", "Tây Ninh"), ("Q", "Đồng Tháp"), ("R", "Kon Tum"))]
    (tmp_path / "t.csv").write_text("\n".join([f"mã sản phẩm,bộ sản phẩm OCOP,tỉnh,số thành viên hội đồng,{heads}", *lines]), "utf-8")
    own = ByProvince(sheet)
    table = read_table(tmp_path / "t.csv", sheet, by_province=own)
    decisions = {result.id: result.decision for result in evaluate_table(table)}
    assert {id: decision.ruleset.province for id, decision in decisions.items()} == {"P": "tay-ninh", "Q": "dong-thap", "R": None}
    for id, slug in (("P", "tay-ninh"), ("Q", "dong-thap"), ("R", None)):
        alone = ntm.load("ocop/2019", on=date(2022, 6, 15), province=slug)
        assert decisions[id].to_json() == alone.evaluate(decisions[id].subject).to_json()
        assert decisions[id].verify().reason == "same"
    notes = [note for note in table.notes if note.code in ("NTM-319", "NTM-329")]
    assert [(note.code, note.words["got"], note.words["count"]) for note in notes] == [
        ("NTM-329", "Tây Ninh", 1),
        ("NTM-329", "Đồng Tháp", 1),
    ]
    assert own(table.rows[0].subject) is own(table.rows[0].subject)


def test_a_province_asked_for_judges_every_row(tmp_path):
    """That a row states another one is told (NTM-315), and its own rules are left aside."""
    (tmp_path / "t.csv").write_text("mã sản phẩm,bộ sản phẩm OCOP,tỉnh,1.1\nP,15,Tây Ninh,3\nQ,15,Đồng Tháp,3\n", "utf-8")
    rules = ntm.load("ocop/2019", on=date(2022, 6, 15), province="tay-ninh")
    table = read_table(tmp_path / "t.csv", rules, by_province=ByProvince(rules))
    assert {result.decision.ruleset.province for result in evaluate_table(table)} == {"tay-ninh"}
    assert [note.code for note in table.notes if note.code in ("NTM-315", "NTM-319", "NTM-329")] == ["NTM-315"]


def test_a_value_that_the_rows_own_province_cannot_take_is_told_at_its_row(tmp_path):
    """Left to the province, 2.2 is a number of points; the province asks a question instead, and no number answers it."""
    asked = (
        PROVINCIAL.split("changes:")[0]
        + 'changes:\n  - set: "2.2"\n    measure: yes_no\n    is_true: true\n    source: {level: recalled}\n'
    )
    catalogue = write_catalogue(tmp_path / "rules", a__ruleset=BASE, b__overlay=asked)
    rules = ntm.load("test/2024", on=date(2024, 6, 1), catalogue=catalogue)
    (tmp_path / "t.csv").write_text("mã xã,tỉnh,2.2\nM1,Kon Tum,6\nM2,Gia Lai,6\n", "utf-8")
    table = read_table(tmp_path / "t.csv", rules, by_province=ByProvince(rules, catalogue))
    refused, decided = evaluate_table(table)
    assert ([problem.place.file for problem in refused.problems], refused.decision) == ([str(tmp_path / "t.csv")], None)
    assert decided.decision.ruleset.province is None
