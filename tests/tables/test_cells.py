"""What a cell may say, and what is refused rather than guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

import ntm_rules as ntm
from ntm_rules.decide.written.cells import read_points
from ntm_rules.tables.read.table import read_table


def test_an_empty_cell_states_nothing(from_csv, rules):
    """Nothing there is never zero, never a failure, and nobody's statement that a value is not known."""
    [row] = from_csv("id,10.1,3.1\nM1, ,86\n").rows
    assert row.subject.values == {"3.1": 86}
    assert rules.evaluate(row.subject)["10.1"].outcome == "undetermined"


@pytest.mark.parametrize("cell", ["không áp dụng", "KHÔNG ÁP DỤNG", "not applicable", "Không áp dụng"])
def test_not_applicable_is_an_absence_of_its_own(from_csv, cell):
    """Said in full it lets a requirement fall away, with the cell as the reason."""
    [row] = from_csv(f"id,10.1,13.4\nM1,51.5,{cell}\n").rows
    value = row.subject.values["13.4"]
    assert isinstance(value, ntm.NotApplicable)
    assert "C2" in value.reason


def test_the_reason_of_an_absence_is_kept(from_csv):
    """What stands after the colon is the reason."""
    [row] = from_csv("id,13.4,10.1\nM1,không áp dụng: không có làng nghề,chưa có số liệu: đang rà soát\n").rows
    assert row.subject.values["13.4"] == ntm.NotApplicable("không có làng nghề")
    assert row.subject.values["10.1"] == ntm.Unknown("đang rà soát")


@pytest.mark.parametrize("cell", ["N/A", "NA", "na", "k/ad", "KAD", "–", "-", "NaN", "#N/A"])
@pytest.mark.parametrize("column", ["13.4", "10.1", "13"])
def test_an_abbreviation_is_no_leave_not_to_apply(from_csv, rules, column, cell):
    """«N/A» means «no data» to most: the criterion stays undetermined, whatever else is met, and the table says how it was read."""
    table = from_csv(f"id;13.1;13.2;13.3;13.5;{column}\nM1;đạt;đạt;đạt;đạt;{cell}\n")
    assert rules.evaluate(table.rows[0].subject)["13"].outcome == "undetermined"
    assert "NTM-531" in [note.code for note in table.notes]
    assert cell in next(note for note in table.notes if note.code == "NTM-531").what()


@pytest.mark.parametrize(
    ("cell", "value"), [("44,5", "44.5"), ("96,25", "96.25"), ("0,625", "0.625"), ("51,1234", "51.1234"), ("-0,5", None)]
)
def test_a_decimal_comma_is_read_where_it_can_be_nothing_else(from_csv, cell, value):
    """One, two or more than three digits after it are no thousands; what was read is repeated back."""
    table = from_csv(f"id;10.1\nM1;{cell}\n")
    if value is None:
        assert [problem.code for problem in table.rows[0].problems] == ["NTM-404"]
    else:
        assert table.rows[0].subject.values["10.1"] == Decimal(value)
    assert value is None or [note.code for note in table.notes] == ["NTM-529"]


def test_the_mend_of_a_doubtful_comma_is_a_number(from_csv):
    """Groups of thousands go, the comma becomes a point."""
    for cell, fixed in (("1.234,567", "1234.567"), ("43,250", "43.250"), ("1.234,5", "1234.5")):
        [problem] = from_csv(f"id;10.1\nM1;{cell}\n").rows[0].problems
        assert problem.words["fixed"] == fixed


@pytest.mark.parametrize("cell", ["?", "chưa có số liệu", "Chưa có số liệu năm 2024", "chưa rõ"])
def test_a_stated_unknown_is_unknown(from_csv, cell):
    """Saying that a value is not known is not an error."""
    [row] = from_csv(f"id,10.1\nM1,{cell}\n").rows
    assert isinstance(row.subject.values["10.1"], ntm.Unknown)


def test_a_verdict_in_the_column_of_a_number_is_an_attestation(from_csv):
    """Staff often hold đạt from a department and no value."""
    [row] = from_csv("id,10.1,1.1\nM1,đạt,đạt\n").rows
    assert row.subject.attested == {"10.1": True}
    assert row.subject.values == {"1.1": "đạt"}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("10.1", "62,350", "NTM-403"),
        ("10.1", "1.234,5", "NTM-403"),
        ("10.1", "nhiều", "NTM-402"),
        ("10.1", "Mẫu, ngày 30 tháng 6 năm 2024", "NTM-402"),
        ("10.1", "(Ký tên, đóng dấu)", "NTM-402"),
        ("10.1", "-5", "NTM-404"),
        ("10.1", "62%", "NTM-402"),
        ("3.1", "140", "NTM-404"),
        ("3.1", "0.62", "NTM-510"),
        ("3.1", "1", "NTM-510"),
        ("1.1", "1", "NTM-405"),
        ("1.1", "một phần", "NTM-405"),
        ("attested:19", "62", "NTM-412"),
        ("khu vực", "IV", "NTM-406"),
        ("xã an toàn khu", "có lẽ", "NTM-406"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_cell(from_csv, column, cell, code):
    """The problem names file, row and cell; the row is not decided, the next one is."""
    table = from_csv(f'id;name;{column}\nM1;Một;"{cell}"\nM2;Hai;?\n', constants={"region": "tay-nguyen", "year": 2024})
    bad, good = table.rows
    assert [problem.code for problem in bad.problems] == [code]
    assert (bad.problems[0].place.line, bad.problems[0].place.column, bad.problems[0].place.path) == (2, 3, "C2")
    assert bad.problems[0].place.file.endswith("bang.csv")
    assert bad.subject is None
    assert good.subject is not None


def test_a_percentage_written_out_is_the_number_before_the_sign(from_csv):
    """62% in a column measured in % is 62, and 0.62% is 0.62."""
    rows = from_csv("id,3.1\nM1,62%\nM2,0.62 %\n").rows
    assert [row.subject.values["3.1"] for row in rows] == [62, Decimal("0.62")]


def test_small_shares_are_possible_where_less_is_better(from_csv, codes):
    """A poverty rate of 0.8 % beside one of 4.2 % is what it says."""
    table = from_csv("id,11.1\nM1,0.8\nM2,4.2\n")
    assert codes(table) == []


def test_a_column_of_nothing_but_small_shares_is_asked_back(from_csv, codes):
    """0.04 and 0.12 under a poverty rate may be 4 % and 12 %."""
    assert codes(from_csv("id,11.1\nM1,0.04\nM2,0.12\n")) == ["NTM-522", "NTM-522"]


def test_share_low_good_is_asked_about_wherever_it_would_decide(tmp_path):
    """0.12 under a poverty rate is met as 0.12 % and not met as 12 %, in a table of one row too; with its sign it is plain."""
    old = ntm.load("commune-ntm/2016-2020")
    for text, expected in (("0.12", ["NTM-510"]), ("0.12%", []), ("0.0001", [])):
        path = tmp_path / "a.csv"
        path.write_text(f"id,11.1\nM1,{text}\nM2,5.1\n", "utf-8")
        first, _ = read_table(path, old, constants={"region": "tay-nguyen"}).rows
        assert [problem.code for problem in first.problems] == expected


def test_two_columns_that_state_the_opposite_are_refused(from_csv):
    """«đạt» in the column of the value, «chưa đạt» in the column of the attestation: in either order."""
    for header in ("10.1,attested:10.1", "attested:10.1,10.1"):
        [row] = from_csv(f"id,{header}\nM1,đạt,chưa đạt\n").rows
        assert [problem.code for problem in row.problems] == ["NTM-502"]
    [row] = from_csv("id,10.1,attested:10.1\nM1,đạt,đạt\n").rows
    assert row.subject.attested == {"10.1": True}


def test_ð_is_read_as_đ(from_csv):
    """U+00D0 looks like U+0110."""
    [row] = from_csv("id;4.1;attested:19\nM1;Ðạt;Ðạt\n").rows
    assert row.subject.values == {"4.1": True}
    assert row.subject.attested == {"19": True}


def test_a_count_of_nineteen_is_read(from_csv):
    """«15/19» is how every report writes it; another whole is not taken for it."""
    first, second = from_csv("id;criteria_met\nM1;15/19\nM2;5/10\n").rows
    assert first.subject.attributes["criteria_met"] == 15
    assert [problem.code for problem in second.problems] == ["NTM-406"]


def test_a_surplus_cell_is_reported(from_csv, codes):
    """An unquoted decimal comma makes one cell two."""
    assert codes(from_csv("id,3.1,10.1\nM1,86,51,5\nM2,86,51.5\n")) == ["NTM-514"]


def test_both_rows_of_one_id_are_reported_and_neither_is_decided(from_csv):
    """Which of the two is right cannot be known."""
    table = from_csv("id,10.1\nM1,51.5\nM2,50\nM1,40\n")
    first, other, second = table.rows
    assert [p.code for p in first.problems] == [p.code for p in second.problems] == ["NTM-505"]
    assert "2, 4" in first.problems[0].what()
    assert first.subject is None
    assert other.subject is not None


def test_one_commune_in_two_years_is_no_duplicate(from_csv, codes):
    """The year tells them apart."""
    table = from_csv("id,năm,10.1\nM1,2023,51.5\nM1,2024,52\n", constants={"region": "tay-nguyen"})
    assert codes(table) == []


def test_a_row_without_an_id_is_reported(from_csv, codes):
    """Data of nobody."""
    assert codes(from_csv("id,10.1\n,51.5\n")) == ["NTM-513"]


def test_empty_rows_are_skipped_and_counted(from_csv):
    """Blank rows between data are counted, those after it are not."""
    table = from_csv("id,10.1\nM1,51.5\n,\n\nM2,50\n,\n")
    assert [row.id for row in table.rows] == ["M1", "M2"]
    assert [(note.code, note.words["count"]) for note in table.notes] == [("NTM-526", 2)]


def test_a_cell_against_the_common_value_is_reported(from_csv, codes):
    """A table of 2023 is not evaluated as 2024 because the call said so."""
    assert codes(from_csv("id,năm,10.1\nM1,2023,51.5\nM2,,50\n")) == ["NTM-520"]


@pytest.mark.parametrize("constants", [{"yaer": 2024}, {"year": "hai nghìn"}, {"region": "tay-bac"}])
def test_a_common_value_that_is_none_is_refused(from_csv, constants):
    """A misspelt --with would otherwise have no effect."""
    with pytest.raises(ntm.TableError):
        from_csv("id,10.1\nM1,51.5\n", constants=constants)


def test_regions_and_classes_are_read_by_their_vietnamese_names(from_csv):
    """Tables say Tây Nguyên and khu vực II."""
    [row] = from_csv("id,vùng,khu vực,10.1\nM1,Tây Nguyên,Khu vực II,51.5\n", constants={"year": 2024}).rows
    assert row.subject.attributes["region"] == "tay-nguyen"
    assert row.subject.attributes["area"] == "II"


@pytest.mark.parametrize(
    ("cell", "given"),
    [
        ("3; 5; 3", ["3", "5", "3"]),
        ("[3, 5, 3]", ["3", "5", "3"]),
        ("3,5; 3", ["3.5", "3"]),
        ("3; –", ["3", None]),
        ("3,0; 5", ["3.0", "5"]),
    ],
)
def test_ocop_members_a_comma_in_a_list_of_points_belongs_to_its_number(cell, given):
    """Where semicolons separate the members, «3,5» is three and a half: no level, and never two members."""
    assert read_points(cell) == given
