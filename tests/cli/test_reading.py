"""``ntm-rules read``: how a table is understood, shown and written as a mapping that other commands take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

SET = ["--set", "commune-ntm/2021-2025", "--on", "2024-06-30"]
PLACE = ["--with", "region=tay-nguyen", "--with", "area=I", "--with", "year=2024"]
FORM = "Biểu 01,,,,\nSTT,Mã số,Thu nhập bq,Khu vực,xác nhận 15\n1,M1,51.5,I,đạt\n2,M2,n/a,I,đạt\n,,Tổng cộng,,\n,Tổng cộng,,,\n"


@pytest.fixture
def form(tmp_path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(FORM, "utf-8")
    return path


def test_read_shows_columns_rows_left_aside_and_cells_in_doubt(call, form):
    """Every column with its place and meaning, in words."""
    code, out, err = call("read", form, *SET)
    assert code == 1
    assert "Dòng tiêu đề: 2" in out
    for cells in (("B2", "Mã số", "mã"), ("D2", "Khu vực", "(area)"), ("E2", "xác nhận 15", "15 Y tế: đạt hay chưa đạt")):
        assert any(all(cell in line for cell in cells) for line in out.splitlines()), cells
    assert any("C2" in line and "Thu nhập bq" in line for line in out.splitlines())
    assert any("│ 6 " in line and "tổng cộng, bình quân" in line for line in out.splitlines())
    assert "NTM-501" in err


def test_a_mapping_that_stands_is_written_over_only_when_that_is_asked_for(call, form, tmp_path):
    """What an office has edited is not lost: refused with the way out, before anything is read; --force writes."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text("đã sửa tay", "utf-8")
    code, out, err = call("read", form, *SET, "--write-mapping", mapping)
    assert (code, out, "NTM-888" in err, "--force" in err) == (2, "", True, True)
    assert mapping.read_text("utf-8") == "đã sửa tay"
    assert call("read", form, *SET, "--write-mapping", mapping, "--force")[0] == 1
    assert mapping.read_text("utf-8").startswith("# Cách đọc một biểu mẫu")


def test_a_mapping_that_read_wrote_is_taken_by_the_commands_that_read_tables(call, form, tmp_path):
    """Written once, one line filled in, and evaluate, explain, plan, review, targets, report, transition, impact read the form."""
    mapping = tmp_path / "m.yaml"
    assert call("read", form, *SET, "--write-mapping", mapping)[0] == 1
    text = mapping.read_text("utf-8")
    assert text.startswith("# Cách đọc một biểu mẫu")
    mapping.write_text(text.replace('  # - heading: "Thu nhập bq"\n  #   is: aside', '  - heading: "Thu nhập bq"\n    is: "10.1"'), "utf-8")
    assert yaml.safe_load(mapping.read_text("utf-8"))["headings"] == [2]
    form.write_text(FORM.replace(",,Tổng cộng,,\n", ""), "utf-8")
    code, out, _ = call("read", form, *SET, "--mapping", mapping, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["headings"] == [2]
    assert found["layout"] == "rows"
    assert {one["is"] for one in found["columns"]} == {"aside", "id", "10.1", "area", "attested 15"}
    assert found["doubtful"][0]["place"] == "C4"
    assert [one["row"] for one in found["aside"]] == ["5"]
    assert call("evaluate", form, *SET, *PLACE[:2], *PLACE[4:], "--mapping", mapping)[0] == 0
    assert "51,5" in call("explain", form, "--id", "M1", "--of", "10.1", *SET, "--mapping", mapping)[1]
    register = tmp_path / "so.csv"
    register.write_text("việc,mã,ngày,bộ,quyết định\n", "utf-8")
    shared = ["--province", "kon-tum", "--with", "region=tay-nguyen", "--mapping", mapping]
    for command in (
        ["review", register, "--on", "2024-06-30", "--values", form],
        ["targets", register, "--on", "2024-06-30", "--values", form],
        ["report", form, "--on", "2024-06-30"],
        ["plan", form, *SET, "--target", "1"],
        ["transition", form, "--set", "commune-ntm/2021-2025", "--to", "commune-ntm/2021-2025"],
        ["impact", "commune-ntm/2021-2025", "commune-ntm/2021-2025", form],
    ):
        code, out, err = call(*command, *shared)
        assert "«Thu nhập bq»" not in out + err, command[0]
        assert "NTM-538" not in out + err, command[0]
        assert code in (0, 1), err


def test_every_command_that_reads_a_table_takes_the_way_out_that_the_message_names(call, form, tmp_path):
    """A heading nobody can place keeps all rows back; the same call with --ignore reads them, in whichever command."""
    form.write_text("mã xã,10.1,SĐT cán bộ\nM1,51.5,0912\nM2,52,0913\n", "utf-8")
    register = tmp_path / "so.csv"
    register.write_text("việc,mã,ngày,bộ,quyết định\n", "utf-8")
    same = ["commune-ntm/2021-2025", "commune-ntm/2021-2025"]
    for command in (
        ["review", register, "--on", "2024-06-30", "--values", form],
        ["targets", register, "--on", "2024-06-30", "--values", form],
        ["report", form, "--on", "2024-06-30"],
        ["plan", form, *SET, "--target", "1"],
        ["transition", form, "--set", same[0], "--to", same[1], "--new-values", form],
        ["impact", *same, form],
        ["figures", "priorities", same[0], form],
    ):
        code, out, err = call(*command, *PLACE[:2], "--ignore", "SĐT cán bộ")
        assert "SĐT cán bộ" not in out + err, command[0]
        assert code in (0, 1), err


def test_a_plan_from_a_table_with_something_to_mend_says_what_it_does_not_count(call, form):
    """«Not enough communes» is no word on communes whose rows were kept back: the plan says so, and not where all were read."""
    form.write_text("mã xã,10.1,SĐT\nM1,51.5,0912\n", "utf-8")
    told = "đơn vị chưa đánh giá được thì chưa tính"
    code, out, err = call("plan", form, *SET, *PLACE[:2], "--target", "1")
    assert (code, told in out, "--ignore" in err) == (1, True, True)
    assert told not in call("plan", form, *SET, *PLACE[:2], "--target", "1", "--ignore", "SĐT")[1]


@pytest.mark.parametrize("command", [["evaluate"], ["read"], ["report", "--on", "2024-06-30"]])
def test_a_mapping_of_another_set_is_refused(call, form, tmp_path, command):
    """One number means different things in two sets."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text("set: commune-ntm/2016-2020\n", "utf-8")
    asked = [] if command[0] == "report" else SET
    code, _, err = call(*command, form, *asked, "--mapping", mapping)
    assert code == 2
    assert f"{mapping}:1:6 (set): NTM-538" in err


def test_two_mappings_of_one_set_are_refused(call, form, tmp_path):
    """Which counts would not be known."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text("set: commune-ntm/2021-2025\n", "utf-8")
    code, _, err = call("read", form, *SET, "--mapping", mapping, "--mapping", mapping)
    assert code == 2
    assert "NTM-707" in err


def test_a_mapping_is_never_written_over_what_is_read(call, form):
    """Neither the table nor the mapping of the call."""
    assert call("read", form, *SET, "--write-mapping", form)[0] == 2
    assert form.read_text("utf-8") == FORM


def test_headings_that_keep_a_table_from_being_read_are_shown_all_the_same(call, form):
    """Two columns for one thing: the others are still shown."""
    form.write_text("Mã,10.1,Thu nhập bình quân đầu người\nM1,1,2\n", "utf-8")
    code, out, err = call("read", form, *SET)
    assert code == 1
    assert "B1" in out
    assert "NTM-502" in err


def test_a_file_of_whole_subjects_has_no_columns(call, tmp_path):
    """Nothing there to be understood wrongly."""
    path = tmp_path / "a.json"
    path.write_text('[{"id": "A", "values": {"10.1": "50"}}]', "utf-8")
    assert "không có cột" in call("read", path, *SET, "--write-mapping", tmp_path / "m.yaml")[1]
    assert not (tmp_path / "m.yaml").exists()
    assert json.loads(call("read", path, *SET, "--json")[1])["columns"] is None
