"""Reports as plain text."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.problems import Place, Problem
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.open import write_together


def test_a_report_is_readable_as_plain_text(tmp_path: Path) -> None:
    """What must be mended first; columns stand below each other, long texts go on in their column, a short row is filled."""
    rows = [["10.1", "Thu nhập bình quân đầu người của người dân nông thôn trong xã", 39], ["9.2", "hai\ndòng"]]
    told = Report("Báo cáo", [Section("Xã", ["Số", "Nội dung", "Mức"], rows, ["Một câu."]), Section("", notes=["Hết."])])
    problem = Problem("NTM-101", Place("a.yaml", 3, 1), {"detail": "x"})
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    write_together([(one, told), (other, Report("Báo cáo", problems=[problem]))], lang="vi")
    assert one.read_text("utf-8").splitlines() == [
        "Báo cáo",
        "=======",
        "",
        "Xã",
        "--",
        "Một câu.",
        "Số    Nội dung                                         Mức",
        "----  -----------------------------------------------  ---",
        "10.1  Thu nhập bình quân đầu người của người dân nông  39",
        "      thôn trong xã",
        "9.2   hai",
        "      dòng",
        "",
        "Hết.",
    ]
    assert other.read_text("utf-8").splitlines()[3:5] == ["Cần sửa", "-------"]
    assert "a.yaml:3:1" in other.read_text("utf-8")
