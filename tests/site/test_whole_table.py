"""A table dropped on its page, without a browser: what the page is told of it, as the command line says it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ntm_rules.site.workbench import Dropped

HOSTILE = "<img src=x onerror=alert(1)>"
CHOSEN = {"set": "commune-ntm/2021-2025", "on": "2024-06-30", "province": "", "sheet": "", "lang": "vi", "size": 1}


@pytest.fixture
def drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Drops a table given by its rows: ``drop("a.csv", rows)``; further words are what was chosen."""
    monkeypatch.chdir(tmp_path)

    def dropped(name: str, rows: list[list[str]], **chosen: Any) -> Dropped:
        if name.endswith(".xlsx"):
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(name)
        else:
            with Path(name).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
        return Dropped(json.dumps({**CHOSEN, "name": name, **chosen}))

    return dropped


ROWS = [["mã", "tên", "khu vực", "10.1"], ["A", "Xã A", "III", "44,5"], ["B", "Xã B", "III", "45"], ["C", HOSTILE, "III", "chừng 45"]]


@pytest.mark.parametrize("name", ["xa.csv", "xa.xlsx"])
def test_a_table_is_read_decided_explained_and_written(drop: Any, name: str) -> None:
    """The year is that of the day, the region that of the province, and it says so; the wrong cell is named; both reports are written."""
    table = drop(name, ROWS, province="kon-tum")
    assert table.admitted() == ""
    read = json.loads(table.read())
    assert read["total"] == 3
    assert read["notes"][:2] == [
        "Bảng không ghi năm: lấy năm của ngày xét (2024).",
        "Bảng không ghi vùng: lấy vùng của tỉnh đã chọn (Tây Nguyên).",
    ]
    assert "10.1 Thu nhập bình quân đầu người" in [row[2] for section in read["sections"] for row in section["rows"]]
    first, rest = json.loads(table.decide(2)), json.loads(table.decide(2))
    assert [row["failed"] for row in first["rows"]] == ["10", ""]
    assert first["problems"] == []
    assert [(row["name"], row["words"]) for row in rest["rows"]] == [(HOSTILE, "không đánh giá được")]
    assert [one["place"] for one in rest["problems"]] == ["Sheet!D4" if name == "xa.xlsx" else "dòng 4 (D4)"]
    assert json.loads(table.decide(2))["rows"] == []
    assert "còn thiếu 0,5 triệu đồng" in table.explained(0)
    assert rest["problems"][0]["code"] in table.explained(2)
    for written in ("ket-qua.xlsx", "ket-qua.html"):
        table.write(written)
    assert HOSTILE not in Path("ket-qua.html").read_text("utf-8")
    assert [row[1] for row in openpyxl.load_workbook("ket-qua.xlsx")["Theo xã"].values][1:] != []


def test_a_column_for_people_alone_is_left_out_once_somebody_says_so(drop: Any) -> None:
    """Its heading is told as something to mend and handed to the page, which offers to leave it out; then nothing is to be mended."""
    rows = [["mã", "khu vực", "10.1", HOSTILE], ["A", "III", "44.5", HOSTILE]]
    first = drop("xa.csv", rows, province="kon-tum")
    assert [one.get("column") for one in json.loads(first.read())["problems"]] == [HOSTILE]
    again = drop("xa.csv", rows, province="kon-tum", aside=[HOSTILE])
    assert json.loads(again.read())["problems"] == []
    assert json.loads(again.decide(9))["rows"][0]["failed"] == "10"


def test_whoever_waits_hears_how_many_rows_have_come(drop: Any) -> None:
    """Every hundred rows, while the table is read."""
    heard: list[int] = []
    table = drop("xa.csv", [["mã", "10.1"], *([f"X{i}", "45"] for i in range(250))])
    assert json.loads(table.read(heard.append))["total"] == 250
    assert heard == [0, 100, 200]


def test_what_the_table_says_is_not_taken_from_the_day_or_the_province(drop: Any) -> None:
    """A year and a region of its own stay; nothing is said to be taken."""
    rows = [["mã", "năm", "vùng", "khu vực", "10.1"], ["A", "2023", "dong-nam-bo", "I", "50"]]
    table = drop("xa.csv", rows, province="kon-tum", lang="en")
    assert not [note for note in json.loads(table.read())["notes"] if "taken" in note]
    table.decide(1)
    table.write("results.json")
    told = Path("results.json").read_text("utf-8")
    assert "dong-nam-bo" in told
    assert "tay-nguyen" not in told


def test_whole_subjects_are_decided_too(drop: Any) -> None:
    """A file of subjects has no columns to be understood, and says so."""
    table = drop("xa.json", [])
    attributes = {"region": "tay-nguyen", "area": "III", "year": 2024}
    Path("xa.json").write_text(json.dumps([{"id": "A", "kind": "commune", "attributes": attributes, "values": {"10.1": "44.5"}}]), "utf-8")
    read = json.loads(table.read())
    assert [section["notes"] for section in read["sections"]] == [["Tệp chứa các đối tượng đầy đủ, không có cột để hiểu."]]
    assert json.loads(table.decide(9))["rows"][0]["failed"] == "10"


@pytest.mark.parametrize(
    ("name", "chosen", "code"),
    [
        ("xa.ods", {}, "NTM-515"),
        ("xa", {}, "NTM-515"),
        ("xa.csv", {"size": 1 << 40}, "NTM-102"),
    ],
)
def test_what_the_page_does_not_read_is_refused_before_it_is_held(drop: Any, name: str, chosen: dict[str, Any], code: str) -> None:
    """By the ending of its name, and by its size."""
    refused = json.loads(drop(name, [], **chosen).admitted())
    assert [one["code"] for one in refused["problems"]] == [code]


@pytest.mark.parametrize(
    ("rows", "chosen", "code", "place"),
    [
        (ROWS, {"on": "2031-01-01"}, "NTM-307", "commune-ntm/2021-2025"),
        ([["chữ", "khác"], ["a", "b"]], {}, "NTM-503", "xa.csv"),
        ([["mã", "10.1", "10.1"], ["A", "1", "2"]], {}, "NTM-502", None),
    ],
)
def test_what_cannot_be_read_says_why(drop: Any, rows: list[list[str]], chosen: dict[str, Any], code: str, place: str | None) -> None:
    """Nothing is decided, and the problem has its code, its place and its words in the language of the page."""
    read = json.loads(drop("xa.csv", rows, **chosen).read())
    found = {one["code"]: one for one in read["problems"]}
    assert not read.get("total")
    assert place is None or found[code]["place"] == place
    assert found[code]["words"]


def test_a_duplicate_row_is_told_at_both(drop: Any) -> None:
    """As the command line tells it: none of the two is decided."""
    table = drop("xa.csv", [["mã", "10.1"], ["A", "1"], ["A", "2"]])
    table.read()
    assert {one["code"] for one in json.loads(table.decide(9))["problems"]} == {"NTM-505"}


def test_it_needs_no_more_than_the_page_has() -> None:
    """The core, and openpyxl once a workbook comes: no dataframes, no command line, no MkDocs."""
    code = "import sys; import ntm_rules.site.workbench; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert not set(done.stdout.split()) & {"typer", "rich", "polars", "narwhals", "pandas", "openpyxl", "docx", "mkdocs", "jinja2"}
