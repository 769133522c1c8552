"""Who states a figure, on what paper, of which year: columns of a table for the row, or for one figure, and of the long form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.model.given import Note, notes_of
from ntm_rules.tables.read.table import Table, read_table

RULES = ntm.load("commune-ntm/2021-2025")
WHERE = {"region": "tay-nguyen", "area": "I", "year": 2024}
HEAD = "mã xã,10.1,15.1,Người báo,Căn cứ,Nguồn số liệu,Năm số liệu,căn cứ 10.1"


@pytest.fixture
def table(tmp_path: Path) -> Any:
    """A table of these lines, read."""

    def made(*lines: str, rules: ntm.RuleSet = RULES) -> Table:
        path = tmp_path / "xa.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return read_table(path, rules, constants=WHERE)

    return made


def notes(read: Table, row: int = 0) -> dict[str, Note]:
    """What is said of the figures of a row."""
    subject = read.rows[row].subject
    assert subject is not None
    return dict(notes_of(subject.values))


def codes(read: Table) -> list[str]:
    """What is told of the table and its rows."""
    return [one.code for one in (*read.all_problems, *read.notes) if one.code.startswith("NTM-86")]


def test_a_row_says_it_of_all_its_figures_and_one_figure_has_its_own(table: Any) -> None:
    """The paper of 10.1 is its own; the rest is that of the row, source and evidence together; an absence carries nothing."""
    read = table(HEAD, "A,51,95,Chi cục Thống kê,BC 12,Niên giám,2024,BC 13", "B,chưa có số liệu,95,,BC 12,,2024.0,")
    assert codes(read) == []
    assert notes(read) == {
        "10.1": Note(2024, "Chi cục Thống kê", "Niên giám; BC 13"),
        "15.1": Note(2024, "Chi cục Thống kê", "Niên giám; BC 12"),
    }
    assert notes(read, 1) == {"15.1": Note(2024, "", "BC 12")}


def test_the_long_form_says_it_of_each_figure(table: Any) -> None:
    """A row a figure: each its own paper; the verdict is the same as without."""
    read = table(
        "mã xã,chỉ tiêu,giá trị,người báo,căn cứ,năm số liệu",
        "A,10.1,51,Chi cục Thống kê,BC 12,2024",
        "A,15.1,95,Trạm y tế,,",
        "B,10.1,40,,,",
    )
    assert notes(read) == {"10.1": Note(2024, "Chi cục Thống kê", "BC 12"), "15.1": Note(None, "Trạm y tế", "")}
    assert notes(read, 1) == {}
    assert RULES.evaluate(read.rows[0].subject)["10"].outcome == "met"


def test_what_is_said_of_no_figure_and_of_another_year_is_told(table: Any) -> None:
    """An attestation carries no paper; a figure of 2023 judged by the level of 2024 is to be looked at."""
    assert codes(table(HEAD, "A,đạt,,,BC 12,,,")) == ["NTM-865"]
    assert codes(table(HEAD, "A,,95,,,,,BC 13")) == ["NTM-865"]
    assert codes(table(HEAD, "A,51,95,,,,2023,")) == ["NTM-866"]
    assert codes(table(HEAD, "A,51,95,,,,2024,")) == []
    long = ("mã xã,chỉ tiêu,giá trị,căn cứ", "A,10.1,51,", "A,15.1,đạt,BC 9")
    assert codes(table(*long)) == ["NTM-865"]


def test_criteria_down_the_rows_say_it_in_columns_beside_the_results(table: Any) -> None:
    """Beside the results of one unit, below the name of each, or once for all; a commune is never called «Cơ quan báo cáo»."""
    heads = ("Xã: Mẫu Một,,,,,", "TT,Tiêu chí,Kết quả,Người báo,Minh chứng,Năm số liệu")
    one = table(*heads, "1,10.1,51,Chi cục Thống kê,BC 12,2024", "2,15.1,95,,BC 13,")
    assert notes(one) == {"10.1": Note(2024, "Chi cục Thống kê", "BC 12"), "15.1": Note(None, "", "BC 13")}
    many = table("TT,Tiêu chí,Xã A,Xã B,Cơ quan báo cáo", "1,10.1,51,40,Chi cục Thống kê", "2,15.1,95,90,")
    assert [row.name for row in many.rows] == ["Xã A", "Xã B"]
    assert notes(many) == notes(many, 1) == {"10.1": Note(None, "Chi cục Thống kê", "")}
    heads = ("TT,Tiêu chí,Xã A,,Xã B,", ",,Kết quả,Minh chứng,Kết quả,Minh chứng")
    each = table(*heads, "1,10.1,51,BC 1,40,BC 2", "2,15.1,95,,90,")
    assert (notes(each), notes(each, 1)) == ({"10.1": Note(None, "", "BC 1")}, {"10.1": Note(None, "", "BC 2")})


@pytest.mark.parametrize("year", ["24", "năm nay", "1850", "2024.5"])
def test_what_is_no_year_is_refused_with_its_cell(table: Any, year: str) -> None:
    """The row is not judged, its cell is named."""
    read = table(HEAD, f"A,51,95,,,,{year},")
    assert [(one.code, one.place.path) for one in read.rows[0].problems] == [("NTM-867", "G2")]
    assert read.rows[0].subject is None


def test_a_dataframe_judges_the_same_and_its_explanation_says_it() -> None:
    """Columns change no outcome; a wrong year is a problem of its row there too."""
    frame = pd.DataFrame({"mã xã": ["A", "B"], "10.1": ["51", "40"], "căn cứ": ["BC 12", None], "năm số liệu": [2024, 24]})
    answer = RULES.evaluate_frame(frame, nodes="indicators", constants=WHERE)
    assert answer["10.1"].tolist()[0] == "met"
    assert "NTM-867" in answer["problems"].tolist()[1]
    assert "căn cứ: BC 12" in RULES.explain_rows(frame, ["A"], constants=WHERE)["A"].explain()


def test_figures_of_one_paper_are_told_in_one_line(table: Any) -> None:
    """A row of many figures with one paper is not told figure by figure."""
    read = table(HEAD, "A,51,95,Văn phòng,BC 12,,,")
    text = RULES.evaluate(read.rows[0].subject).explain(full=True)
    assert text.count("người báo: Văn phòng; căn cứ: BC 12") == 1
    assert "10.1, 15.1 (2 số liệu): người báo: Văn phòng; căn cứ: BC 12" in text


def test_a_mapping_fixes_such_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``read`` shows what they are; an office names its own column, and the page of results has what it says."""
    path, mapping, page = tmp_path / "xa.csv", tmp_path / "bieu.yaml", tmp_path / "kq.html"
    path.write_text("mã xã,10.1,căn cứ 10.1,Ai gửi\nA,51,BC 13,Phòng Nông nghiệp\n", "utf-8")
    options = ["--set", RULES.id, "--with", "region=tay-nguyen", "--with", "area=I", "--with", "year=2024"]

    def ran(*words: object) -> str:
        with pytest.raises(SystemExit):
            run([*map(str, words), *options])
        return capsys.readouterr().out

    assert "căn cứ 10.1" in ran("read", path, "--write-mapping", mapping)
    text = mapping.read_text("utf-8")
    assert 'is: "căn cứ 10.1"' in text
    fixed = text.partition("  # Chưa hiểu")[0] + '  - heading: "Ai gửi"\n    is: "người báo"\n'
    mapping.write_text(fixed, "utf-8")
    assert '"role": "said"' in ran("read", path, "--mapping", mapping, "--json")
    ran("evaluate", path, "--mapping", mapping, "-o", page)
    assert "người báo: Phòng Nông nghiệp; căn cứ: BC 13" in page.read_text("utf-8")
