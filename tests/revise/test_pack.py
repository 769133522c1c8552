"""The pack for an approver: one page, everything that is known of a change, nothing fetched."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.cli.app import run
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.revise.pack import pack_report, review_pack
from ntm_rules.verify.entering import enter
from ntm_rules.verify.paper import Paper
from ntm_rules.verify.publish import publish

NAME = "commune-ntm/2021-2025"


class Words(HTMLParser):
    """The text of a page, and whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what would be fetched."""
        self.fetched += [str(value) for name, value in attrs if name == "src" or (tag == "link" and name == "href")]

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped texts, with a decision of Kon Tum that is not published yet."""
    home = tmp_path_factory.mktemp("pack") / "rulesets"
    shutil.copytree(bundled().folder, home)
    source = {"at": "Điều 1", "level": "recalled", "seen": ()}
    paper = Paper(
        "province", NAME, "99/QĐ-UBND", "Quy định mức", "UBND tỉnh Kon Tum", ntm.SourceLevel.RECALLED,
        "Levels", "Kon Tum", start=date(2024, 6, 1),
        province="kon-tum", province_name="Kon Tum",
        figures={"2.1": "100", "2.2": "80"}, sources={"2.1": source, "2.2": source},
    )  # fmt: skip
    enter(Catalogue(home), paper)
    return home


def test_a_page_holds_all_that_an_approver_needs(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Differences, who moves and through what, what is wrong, examples, slips, proofs, open figures, what to sign: offline."""
    table = tmp_path / "xa.csv"
    table.write_text("mã,tên,tỉnh,2.1,2.2,2.3,2.4\n1,Ngọk Bay,kon-tum,99,90,90,90\n", "utf-8")
    days = ("--on", "2024-05-31", "--to-on", "2024-06-01", "--province", "kon-tum")
    with pytest.raises(SystemExit) as ended:
        run(["review-pack", NAME, NAME, str(table), *days, "--rulesets", str(folder), "-o", str(tmp_path / "p.html")])
    assert ended.value.code == 1, capsys.readouterr()
    page = (tmp_path / "p.html").read_text("utf-8")
    read = Words()
    read.feed(page)
    assert read.fetched == []
    text = re.sub(r"\s+", " ", " ".join(read.text))
    catalogue = Catalogue(folder)
    after = ntm.load(NAME, on=date(2024, 6, 1), province="kon-tum", catalogue=catalogue)
    for wanted in (
        after.sha256,
        "99/QĐ-UBND (Kon Tum)",
        "điền mức còn thiếu",
        "Tỷ lệ đường xã nhựa hoặc bê tông hóa",
        "1 Ngọk Bay: chưa xác định → chưa đạt",
        "NTM-226",
        "chỗ lệch",
        "đã chứng minh",
        "ghi theo trí nhớ, chưa đối chiếu",
        "Người duyệt",
    ):
        assert wanted in text, wanted


def test_the_change_that_moves_somebody_is_named_alone(folder: Path) -> None:
    """The commune fails by 2.1; that 2.2 is met now moves nobody."""
    catalogue = Catalogue(folder)
    before, after = (ntm.load(NAME, on=date(2024, month, 1), province="kon-tum", catalogue=catalogue) for month in (5, 6))
    values = {"2.1": "99", "2.2": "90"}
    subject = ntm.Subject(id="1", kind="commune", attributes={"province": "kon-tum"}, values=values)
    [one] = ntm.impact(before, after, [subject]).subjects
    assert {"2.1", "2.2"} <= set(one.changed)
    assert one.through == ("2.1",)


def test_a_pack_without_a_table_says_so_and_speaks_english_where_asked(folder: Path) -> None:
    """What was not asked is not passed over in silence; only the changed document is verified."""
    catalogue = Catalogue(folder)
    before, after = (ntm.load(NAME, on=date(2024, month, 1), province="kon-tum", catalogue=catalogue) for month in (5, 6))
    pack = review_pack(catalogue, before, after)
    assert [one.id for one in pack.verified] == [f"{NAME}/kon-tum-99-qd-ubnd 1.0.0"]
    report = pack_report(pack, "en")
    said = " ".join(note for section in report.sections for note in section.notes)
    assert "No table was given" in said
    assert report.data["impact"] is None
    assert report.data["sha256"] == after.sha256
    same = review_pack(catalogue, before, before)
    assert (same.verified, len(same.diff)) == ((), 0)
    assert pack_report(same, "vi").title.startswith("Hồ sơ trình duyệt")


def test_without_a_province_each_row_is_compared_by_the_texts_of_its_own(folder: Path, tmp_path: Path, call) -> None:
    """Kon Tum's decision moves its communes and nobody else's, with its figures; what compares texts alone says that it leaves it out."""
    table = tmp_path / "xa.csv"
    table.write_text("mã,tên,tỉnh,2.1,2.2\n1,Ngọk Bay,kon-tum,99,90\n2,Xã Hai,tay-ninh,99,90\n3,Xã Ba,,99,90\n", "utf-8")
    days = ("--on", "2024-05-31", "--to-on", "2024-06-01", "--rulesets", folder)
    code, out, err = call("impact", NAME, NAME, table, *days)
    assert code == 1
    assert "1 Ngọk Bay: chưa xác định → chưa đạt (2, 2.1" in out
    assert "Văn bản mới áp dụng: 99/QĐ-UBND (Kon Tum)" in out
    assert "điền mức còn thiếu" in out
    assert ("Xã Hai:" in out, "Xã Ba:" in out) == (False, False)
    assert err.count("NTM-329") == 1
    assert "NTM-274" not in err
    named = call("impact", NAME, NAME, table, *days, "--province", "kon-tum")[1]
    assert "Ngọk Bay: chưa xác định → chưa đạt (2, 2.1" in named
    assert "Xã Ba: chưa xác định → chưa đạt" in named
    _, out, err = call("transition", table, "--set", NAME, "--to", NAME, *days, "--json")
    moved = {one["unit"]: one["after"]["outcome"] for one in json.loads(out)["changes"]}
    assert moved == {"1": "not_met", "2": "undetermined", "3": "undetermined"}
    code, out, err = call("diff", NAME, NAME, *days)
    assert (code, "0 khác biệt" in out) == (0, True)
    assert "NTM-274" in err
    assert "Kon Tum (kon-tum)" in err
    assert "NTM-274" not in call("diff", NAME, NAME, *days, "--province", "kon-tum")[2]
    assert "NTM-274" not in call("diff", NAME, NAME, "--on", "2024-05-30", "--to-on", "2024-05-31", "--rulesets", folder)[2]


def test_figures_of_several_provinces_stand_apart(folder: Path, tmp_path: Path, call) -> None:
    """A national amendment and a decision of Kon Tum on one table: what moved whom is told by province."""
    table = tmp_path / "xa.csv"
    table.write_text("mã,tỉnh,khu vực,vùng,năm,2.1,10.1\n1,kon-tum,II,tay-nguyen,2024,99,46\n2,,II,tay-nguyen,2024,99,46\n", "utf-8")
    _, out, _ = call("impact", NAME, NAME, table, "--on", "2024-02-29", "--to-on", "2024-06-01", "--rulesets", folder, "--lang", "en")
    assert "One by one (Kon Tum)" in out
    assert "One by one\n" in out
    assert "Documents that now apply: 211/QĐ-TTg, 99/QĐ-UBND (Kon Tum)" in out or "99/QĐ-UBND (Kon Tum), 211/QĐ-TTg" in out


def test_versions_and_folders_are_compared(folder: Path, tmp_path: Path, call) -> None:
    """A version as it was published with the working file; an overlay so too; the shipped texts with another folder's."""
    day = ("--on", "2022-06-01")
    code, out, _ = call("diff", f"{NAME}@1.0.0", f"{NAME}@1.1.0", *day)
    assert code == 1
    assert f"{NAME} 1.0.0 2022-06-01 → {NAME} 1.1.0 2022-06-01" in out
    assert "đổi quy tắc chọn cột" in out
    assert call("diff", f"{NAME}@1.2.1", f"{NAME}@1.2.1", *day)[0] == 0
    code, _, err = call("diff", f"{NAME}@9.9.9", NAME)
    assert (code, "NTM-602" in err) == (2, True)
    own = f"{NAME}/kon-tum-99-qd-ubnd"
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    publish(Catalogue(copy), Catalogue(copy).overlays[own])
    path = Catalogue(copy).overlays[own].path
    path.write_text(path.read_text("utf-8").replace("at_least: 80", "at_least: 85"), "utf-8")
    code, _, err = call("diff", f"{own}@1.0.0", own, "--rulesets", copy)
    assert (code, "NTM-225" in err) == (2, True)  # the version is to be raised first
    path.write_text(path.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    code, out, err = call("diff", f"{own}@1.0.0", own, "--rulesets", copy)
    assert code == 1
    assert "1 khác biệt" in out
    assert "siết chặt" in out
    assert "NTM-274" not in err
    code, out, _ = call("diff", NAME, NAME, "--to-rulesets", copy, "--province", "kon-tum", "--on", "2024-06-01")
    assert code == 1
    assert "85" in out
    table = tmp_path / "xa.csv"
    table.write_text("mã,tỉnh,2.1,2.2\n1,kon-tum,100,82\n", "utf-8")
    code, out, _ = call("impact", f"{own}@1.0.0", own, table, "--rulesets", copy)
    assert code == 1
    assert "1: chưa xác định → chưa đạt" in out
