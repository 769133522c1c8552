"""A form as an office has fixed it once: read by its mapping ever after, refused where it fits no longer."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.tables.conftest import SHARED

import ntm_rules as ntm
from ntm_rules.tables.read.table import Table, look_at, read_table
from ntm_rules.tables.write.mapping_text import mapping_text

FORM = 'Biểu 01,,,,\nSTT,Mã số,Địa danh,Thu nhập,Kỳ báo cáo\n1,M1,Một,0.0515,2024\n2,M2,Hai,"0,04",2024\n'
FIXED = """\
set: commune-ntm/2021-2025
layout: rows
headings: [2]
columns:
  - {heading: Mã số, is: id}
  - {heading: Địa danh, is: name}
  - {heading: Thu nhập, is: "10.1", unit: tỷ đồng}
  - {heading: Kỳ báo cáo, is: year}
"""
PLACE = {"region": "tay-nguyen", "area": "I"}


class Office:
    """A folder with one form and its mapping."""

    def __init__(self, folder: Path, rules: ntm.RuleSet) -> None:
        self.folder, self.rules = folder, rules

    def read(self, form: str = FORM, mapping: str = FIXED, **options: Any) -> Table:
        (self.folder / "a.csv").write_text(form, "utf-8")
        (self.folder / "m.yaml").write_text(mapping, "utf-8")
        given = {"constants": PLACE, "mapping": self.folder / "m.yaml", **options}
        return read_table(self.folder / "a.csv", self.rules, **given)

    def refused(self, form: str = FORM, mapping: str = FIXED) -> list[tuple[str, int, str | None]]:
        """Code, line in the mapping and nearest of everything that is refused."""
        with pytest.raises(ntm.TableError) as error:
            self.read(form, mapping)
        told = [one for one in error.value.problems if Path(one.place.file).name == "m.yaml"]
        return [(one.code, one.place.line, one.words.get("guess")) for one in told]


@pytest.fixture
def office(tmp_path: Path, rules: ntm.RuleSet) -> Office:
    return Office(tmp_path, rules)


def test_a_mapping_says_what_columns_are_and_in_which_unit(office):
    """«Thu nhập» in tỷ đồng is indicator 10.1 in triệu đồng, exactly; «Kỳ báo cáo» is the year."""
    table = office.read()
    assert table.all_problems == ()
    assert [(row.id, row.name, row.subject.values["10.1"], row.subject.attributes["year"]) for row in table.rows] == [
        ("M1", "Một", Decimal("51.5"), 2024),
        ("M2", "Hai", Decimal(40), 2024),
    ]


def test_without_it_the_same_form_cannot_be_read(office):
    """What the mapping adds is all that the vocabulary does not know."""
    table = office.read(mapping="set: commune-ntm/2021-2025\n")
    assert [problem.code for problem in table.problems] == ["NTM-501", "NTM-501"]
    assert all(row.subject is None for row in table.rows)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("set: commune-ntm/2021-2025", "set: commune-ntm/2016-2020", ("NTM-538", 1, None)),
        ('is: "10.1"', "is: thu nhập bình quân mỗi người", ("NTM-539", 7, "thu nhập bình quân đầu người")),
        ("heading: Địa danh", "heading: Địa danh xã", ("NTM-540", 6, "Địa danh")),
        ("heading: Địa danh", "heading: Mã số", ("NTM-541", 6, None)),
        ("unit: tỷ đồng", "unit: tỷ đồng/tháng", ("NTM-542", 7, None)),
        ("unit: tỷ đồng", "unit: hộ", ("NTM-542", 7, None)),
        ("is: name", "is: name, unit: ha", ("NTM-542", 6, None)),
        ("headings: [2]", "headings: [40]", ("NTM-543", 1, None)),
        ("headings: [2]", "headings: [0]", ("NTM-203", 3, None)),
        ("layout: rows\nheadings: [2]", "layout: criteria_down", ("NTM-543", 1, None)),
        ("layout: rows\nheadings: [2]", "layout: sheets", ("NTM-543", 1, None)),
        ("layout: rows", "layout: long", ("NTM-203", 3, None)),
        ("layout: rows", "layout: row", ("NTM-206", 2, "rows")),
        ("{heading: Mã số,", "{heading: Mã số, column: Ô,", ("NTM-203", 5, None)),
        ("layout: rows\nheadings: [2]\ncolumns:\n  - {", "layout: long\ncolumns:\n  - {column: B, ", ("NTM-203", 4, None)),
        ("headings: [2]", "heading: [2]", ("NTM-201", 3, "headings")),
    ],
)
def test_a_mapping_that_fits_no_longer_is_refused_at_its_line(office, was, now, expected):
    """Nothing is guessed: the code, the line, and the nearest where there is one."""
    assert was in FIXED
    assert office.refused(mapping=FIXED.replace(was, now)) == [expected]


def test_a_heading_that_a_new_form_has_renamed_is_told_with_the_nearest(office):
    """The form changed: the figures are not read as something else."""
    assert office.refused(FORM.replace("Thu nhập", "Thu nhập năm")) == [("NTM-540", 7, "Thu nhập năm")]


def test_columns_of_one_heading_are_told_apart_by_their_letters(office):
    """Two «Kết quả», one the figure, one the verdict, the third for people."""
    form = "Mã,Kết quả,Kết quả,Kết quả\nM1,51.5,đạt,xem lại\n"
    mapping = """\
set: commune-ntm/2021-2025
headings: [1]
columns:
  - {heading: Kết quả, is: bỏ qua}
  - {heading: Kết quả, column: B, is: "10.1"}
  - {heading: Kết quả, column: c, is: attested 10}
"""
    [row] = office.read(form, mapping, constants=SHARED).rows
    assert row.subject is not None
    assert dict(row.subject.values) == {"10.1": Decimal("51.5")}
    assert row.subject.attested == {"10": True}


def test_two_rows_of_headings_may_be_fixed(office):
    """What stands in the lower row under nothing known is a heading of its own."""
    form = "Mã,Kinh tế,\n,Mức thu,Người lập\nM1,51.5,Lan\n"
    mapping = (
        'set: commune-ntm/2021-2025\nheadings: [1, 2]\ncolumns:\n  - {heading: Mức thu, is: "10.1"}\n  - {heading: Người lập, is: aside}\n'
    )
    [row] = office.read(form, mapping, constants=SHARED).rows
    assert row.subject is not None
    assert dict(row.subject.values) == {"10.1": Decimal("51.5")}


def test_shares_whose_unit_is_fixed_are_not_asked_about(office):
    """0.95 is 95 % where the column is of shares of one, and 0.95 % where it is in percent."""
    form = 'Mã,15.1\nM1,0.95\nM2,0.4\nM3,62%\nM4,"62,5 %"\n'
    for unit, first in (("0-1", "95"), ("'%'", "0.95")):
        table = office.read(
            form, f'set: commune-ntm/2021-2025\ncolumns:\n  - {{heading: "15.1", is: "15.1", unit: {unit}}}\n', constants=SHARED
        )
        assert table.all_problems == ()
        values = [row.subject.values["15.1"] for row in table.rows]
        assert (values[0], *values[2:]) == (Decimal(first), Decimal("62"), Decimal("62.5"))


def test_a_cell_that_is_no_figure_stays_what_it_is_in_a_column_of_a_fixed_unit(office):
    """An absence, a verdict, a text that is no number, a comma that may mean thousands."""
    form = FORM + '3,M3,Ba,không có số liệu,2024\n4,M4,Bốn,đạt,2024\n5,M5,Năm,nhiều,2024\n6,M6,Sáu,"1,234,5",2024\n'
    table = office.read(form)
    assert [[problem.code for problem in row.problems] for row in table.rows[2:]] == [[], [], ["NTM-402"], ["NTM-403"]]
    assert table.rows[3].subject.attested == {"10.1": True}


def test_criteria_down_the_rows_are_fixed_by_the_names_of_the_rows(office):
    """A row that no vocabulary knows is an indicator where the mapping says so, the unit beside it or not."""
    form = "TT,Tiêu chí,Đơn vị tính,Xã Một\n1,Mức thu,triệu đồng/người/năm,51.5\n2,15.1. BHYT,%,96\n3,3.1. Tưới,%,90\n"
    mapping = 'set: commune-ntm/2021-2025\nlayout: criteria_down\ncolumns:\n  - {heading: Mức thu, is: "10.1"}\n'
    [row] = office.read(form, mapping, constants=SHARED).rows
    assert row.subject is not None
    assert row.subject.values["10.1"] == Decimal("51.5")


@pytest.mark.parametrize(
    "form",
    [
        [["Biểu 01"], ["STT", "Mã xã", "Tên xã", "10.1", "15.1", "Ghi chú"], [1, "M1", "Một", "51.5", "96", "x"]],
        [["Mã xã", "Tiêu chí 10", None, "15.1"], [None, "10.1", "Đánh giá", None], ["M1", "51.5", "đạt", "96"]],
        [
            ["TT", "Tiêu chí", "Đơn vị tính", "Xã Một", "Xã Hai"],
            [1, "10.1. Thu nhập bình quân đầu người", "triệu đồng/người/năm", "51.5", "40"],
            [2, "15.1. BHYT", "%", "96", "90"],
            [3, "Ghi thêm", "", "", ""],
        ],
        [["Mã xã", "Chỉ tiêu", "Giá trị"], ["M1", "10.1", "51.5"], ["M1", "15.1", "96"], ["M2", "10.1", "40"]],
    ],
)
def test_a_mapping_written_from_a_table_reads_it_alike(form, office):
    """Whatever the layout: the same subjects with and without it, and it writes itself again."""
    path = office.folder / "b.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(form)
    before = look_at(path, office.rules, constants=SHARED)
    assert before.table is not None
    assert before.understood is not None
    text = mapping_text(before.understood, office.rules)
    (office.folder / "m.yaml").write_text(text, "utf-8")
    after = look_at(path, office.rules, constants=SHARED, mapping=str(office.folder / "m.yaml"))
    assert after.table is not None
    assert [row.subject for row in after.table.rows] == [row.subject for row in before.table.rows]
    assert after.table.problems == before.table.problems
    assert mapping_text(after.understood, office.rules) == text


def test_headings_that_keep_a_table_from_being_read_are_told_beside_those_that_are_right(office):
    """«tỷ đồng» in a heading: the mapping that is written says so, and with it the table is read."""
    (office.folder / "a.csv").write_text("Mã,10.1 (tỷ đồng),Lạ\nM1,0.0515,1\n", "utf-8")
    sight = look_at(office.folder / "a.csv", office.rules, constants=SHARED)
    assert sight.table is None
    assert [problem.code for problem in sight.fatal] == ["NTM-519"]
    text = mapping_text(sight.understood, office.rules)
    assert '  - heading: "10.1 (tỷ đồng)"\n    is: "10.1"  # Thu nhập bình quân đầu người\n    unit: "tỷ đồng"\n' in text
    assert '  # - heading: "Lạ"\n' in text
    (office.folder / "m.yaml").write_text(text, "utf-8")
    table = read_table(office.folder / "a.csv", office.rules, constants=SHARED, mapping=office.folder / "m.yaml")
    assert table.rows[0].subject.values["10.1"] == Decimal("51.5")
