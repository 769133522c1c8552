"""``ntm-rules new …``: a decision entered in one command, whole or not at all. The decisions are made up for the test."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from ntm_rules.decide.choose import load
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.verify.coverage import coverage_of
from ntm_rules.verify.examples import run_beside, run_examples
from ntm_rules.verify.folder import check

TOP = Path(__file__).parents[2]
HOME = "provinces/kon-tum/commune-ntm-2021-2025-99-qd-ubnd"
NAME = "commune-ntm/2021-2025/kon-tum-99-qd-ubnd"
PROVINCE = ["new", "province", "commune-ntm/2021-2025"]
PAPER = ["--number", "99/QĐ-UBND", "--title", "Bịa để thử: đường", "--issued", "15/05/2024", "--from", "2024-06-01"]
DECISION = [*PROVINCE, "--province", "Kon Tum", *PAPER, "--at", "Phụ lục I"]
AMENDMENT = ["new", "amendment", "commune-ntm/2021-2025", *PAPER, "--issuer", "Thủ tướng Chính phủ"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The shipped folder once, without what is large and not asked for."""
    folder = tmp_path_factory.mktemp("kept") / "r"
    for name in ("instruments.yaml", "provinces.yaml"):
        if (TOP / "rulesets" / name).is_file():
            folder.mkdir(exist_ok=True)
            shutil.copy(TOP / "rulesets" / name, folder / name)
    for name in ("national/commune-ntm", "provinces/kon-tum/commune-ntm-2021-2025"):
        shutil.copytree(TOP / "rulesets" / name, folder / name)
    return folder


@pytest.fixture
def folder(kept, tmp_path):
    return Path(shutil.copytree(kept, tmp_path / "r"))


@pytest.fixture
def call(call, folder):
    return lambda *arguments: call(*arguments, "--rulesets", folder)


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_decision_of_a_province_is_entered_with_one_command(call, folder):
    """Nothing but its publication is left to do, and from its first day its figures decide with a source of their own."""
    before = texts(folder)
    code, out, err = call(*DECISION, "--figure", "2.1=100", "--figure", "2.2=82,5")
    assert code == 0, err
    assert "2.3, 2.4" in out
    after = texts(folder)
    assert {name for name in after if before.get(name) != after[name]} == {
        "instruments.yaml",
        *(f"{HOME}/{name}" for name in ("overlay.yaml", "examples.yaml", "CHANGELOG.md")),
    }
    assert after["instruments.yaml"].startswith(before["instruments.yaml"])
    catalogue = Catalogue(folder)
    mine = [problem.code for problem in check(catalogue) if HOME in problem.place.file or "instruments" in problem.place.file]
    assert mine == ["NTM-226"]
    rules = load("commune-ntm/2021-2025", on=date(2024, 6, 1), province="kon-tum", catalogue=catalogue)
    indicator = rules.document.indicators["2.1"]
    assert (indicator.bound.value, rules.document.indicators["2.2"].bound.value) == ("100", "82.5")
    assert (indicator.source.instrument, indicator.source.at) == ("99/QĐ-UBND (Kon Tum)", "Phụ lục I mục 2.1")
    ran = run_beside(catalogue, catalogue.overlays[NAME])
    assert (ran.problems, ran.outcomes) == ((), 12)


def test_a_figure_put_in_later_without_a_source_is_refused(call, folder):
    """The line that waits says that it has no source, so a number alone never becomes law."""
    assert call(*DECISION)[0] == 0
    path = folder / HOME / "overlay.yaml"
    path.write_text(path.read_text("utf-8").replace("at_least: delegated", "at_least: 100", 1), "utf-8")
    found = [problem for problem in check(Catalogue(folder)) if HOME in problem.place.file and problem.code != "NTM-226"]
    assert {problem.code for problem in found} == {"NTM-219"}


def test_a_level_that_an_earlier_decision_set_is_not_open_any_more(call, folder):
    """Only what the province still has to say gets a line."""
    assert call(*DECISION, "--figure", "2.1=100")[0] == 0
    code, out, err = call(*PROVINCE, "--province", "kon-tum", *PAPER[2:], "--number", "7/QĐ-UBND", "--from", "2024-07-01", "--json")
    assert code == 0, err
    assert json.loads(out)["open"] == ["2.2", "2.3", "2.4"]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([*DECISION, "--number", "../../x"], {"NTM-711"}),
        ([*DECISION, "--number", "99"], {"NTM-711"}),
        (["new", "province", "../x", *DECISION[3:]], {"NTM-711"}),
        (["new", "province", "commune-ntm/2021-2026", *DECISION[3:]], {"NTM-306"}),
        ([*DECISION, "--province", "Kon Tumm"], {"NTM-313"}),
        ([*DECISION, "--issued", "31/02/2024"], {"NTM-207"}),
        ([*DECISION, "--until", "2024-01-01", "--level", "official"], {"NTM-220", "NTM-218"}),
        ([*DECISION, "--from", "2027-01-01"], {"NTM-307"}),
        ([*DECISION, "--figure", "2.1"], {"NTM-711"}),
        ([*DECISION, "--figure", "2.9=5"], {"NTM-301"}),
        ([*DECISION, "--figure", "2.1=82,500"], {"NTM-205"}),
        ([*DECISION, "--figure", "2.1=140"], {"NTM-211"}),
        ([*DECISION, "--figure", "3.1=5"], {"NTM-303"}),
        ([*AMENDMENT, "--figure", "3.1=9O"], {"NTM-204"}),
        (["new", "edition", "commune-ntm/2021-2025", *AMENDMENT[3:], "--subject", "commune", "--criteria", "3"], {"NTM-712"}),
        (PROVINCE, {"NTM-710"}),
        (["new", "edition", "commune-ntm/2031"], {"NTM-710"}),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(call, folder, arguments, codes):
    """Names that lead elsewhere, days, figures, a loosening: the folder stays as it was, to the byte."""
    before = texts(folder)
    code, out, _ = call(*arguments, "--json")
    assert code == 2
    found = {one["code"] for one in json.loads(out)["problems"]}
    assert found == codes
    assert texts(folder) == before


def test_a_paper_entered_twice_is_refused_and_one_of_another_year_is_told(call, folder):
    """Nothing is written over; a number that stands for another day is no second name of it."""
    assert call(*AMENDMENT)[0] == 0
    before = texts(folder)
    code, _, err = call(*AMENDMENT)
    assert code == 2
    assert "NTM-712" in err
    code, _, err = call(*AMENDMENT, "--issued", "15/05/2023")
    assert code == 2
    assert "NTM-713" in err
    assert texts(folder) == before


def test_the_list_of_instruments_keeps_its_ends_of_lines(call, folder):
    """A file that Windows wrote stays one, and a last line without an end gets one first."""
    path = folder / "instruments.yaml"
    path.write_bytes(path.read_bytes().rstrip().replace(b"\n", b"\r\n"))
    assert call(*DECISION)[0] == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert "99/QĐ-UBND (Kon Tum)" in Catalogue(folder).instruments


def test_where_the_list_cannot_be_written_nothing_is_left_behind(call, folder, monkeypatch):
    """A full disk at the last step takes back the first."""
    before, replace = texts(folder), os.replace

    def full(source, target):
        if Path(target).name == "instruments.yaml":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    code, _, err = call(*DECISION)
    assert code == 2
    assert "NTM-525" in err
    assert texts(folder) == before


def test_a_new_edition_has_a_place_for_each_criterion(call, folder):
    """Nothing of an older one is carried over; its examples reach every outcome of every criterion that can come out."""
    words = ["--number", "5/QĐ-TTg", "--title", "Bộ bịa để thử", "--issuer", "Thủ tướng", "--issued", "1/1/2031", "--from", "1/2/2031"]
    code, _, err = call("new", "edition", "commune-ntm/2031-2035", *words, "--subject", "commune", "--criteria", 2)
    assert code == 0, err
    catalogue = Catalogue(folder)
    assert [criterion.criterion for criterion in catalogue.ruleset("commune-ntm/2031-2035").criteria] == ["1", "2"]
    ran = run_beside(catalogue, catalogue.rulesets["commune-ntm/2031-2035"])
    assert (ran.problems, ran.examples) == ((), 4)
    assert coverage_of(catalogue, catalogue.rulesets["commune-ntm/2031-2035"]).missed == ()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_for_what_the_options_leave_out(call, folder, monkeypatch):
    """Each thing once, in Vietnamese, days as people write them."""
    monkeypatch.setattr(sys, "stdin", _Terminal("Kon Tum\n99/QĐ-UBND\nBịa để thử\n15/05/2024\n01/06/2024\n"))
    code, _, err = call(*PROVINCE)
    assert code == 0, err
    assert "Tỉnh ban hành" in err
    assert Catalogue(folder).overlays[NAME].in_force.start.isoformat() == "2024-06-01"


def test_an_office_starts_its_own_folder_with_its_first_decision(call, kept, tmp_path):
    """A folder that is not there yet, or holds nothing, begins with the document; what comes with the library stays as it was."""
    before = texts(kept)
    for own in (tmp_path / "new" / "so tay", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        code, out, err = call(*DECISION, "--add", own, "--figure", "2.1=100")
        assert code == 0, err
        assert (f'--add "{own}"' if " " in str(own) else f"--add {own}") in out
        _, _, told = call("check", "--add", own)
        assert f'publish "{own / HOME}" --add "{own}"' in told or f"publish {own / HOME} --add {own}" in told
        assert (f'"{own}"' in told) is (" " in str(own))
        assert set(texts(own)) == {"instruments.yaml", *(f"{HOME}/{name}" for name in ("overlay.yaml", "examples.yaml", "CHANGELOG.md"))}
        catalogue = Catalogue(own, on_top_of=Catalogue(kept))
        assert load("commune-ntm/2021-2025", on=date(2024, 6, 1), province="kon-tum", catalogue=catalogue).document.indicators["2.1"]
        assert {one for run in run_examples(catalogue) for one in run.problems} == set()  # what is below promises what it promised
    assert texts(kept) == before


@pytest.mark.parametrize("arguments", [[*DECISION, "--figure", "2.1=140"], [*DECISION, "--number", "99"]])
def test_a_folder_that_is_not_there_is_not_made_for_a_decision_that_is_refused(call, tmp_path, arguments):
    """Nothing is left behind, of the folder itself as well; one with other things in it is not taken for a new one."""
    assert call(*arguments, "--add", tmp_path / "own")[0] == 2
    assert not (tmp_path / "own").exists()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"")
    code, _, err = call(*DECISION, "--add", tmp_path / "pictures")
    assert (code, "NTM-108" in err) == (2, True)


def test_a_full_disk_leaves_nothing_of_a_folder_that_was_being_started(call, tmp_path, monkeypatch):
    """The list of instruments cannot be written: the folders that were made for it are gone as well."""
    replace = os.replace

    def full(source, target):
        if Path(target).name == "instruments.yaml":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    code, _, err = call(*DECISION, "--add", tmp_path / "own")
    assert (code, "NTM-525" in err) == (2, True)
    assert not (tmp_path / "own").exists()
