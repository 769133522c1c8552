"""Writing and comparing the pages: the same bytes each time, and every difference is found."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_rules.site.address import anchor, of_criterion, relative, slug, unmarked
from ntm_rules.site.build import compare, write
from scripts import script

TOP = Path(__file__).parents[2]


def digest(files: dict[str, str]) -> str:
    """All pages in one number."""
    return hashlib.sha256(json.dumps(files, sort_keys=False).encode()).hexdigest()


def test_another_run_writes_the_same_bytes(files):
    """Neither the order of sets in memory nor anything of the machine shows in the pages."""
    program = (
        "import hashlib, json; from ntm_rules.site.build import site; from ntm_rules.loading.catalogue import bundled; "
        "print(hashlib.sha256(json.dumps(site(bundled()), sort_keys=False).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd="/")
    assert printed.stdout.strip() == digest(files)


def test_pages_that_are_missing_stale_or_superfluous_are_found_and_mended(files, tmp_path):
    """Pages written by hand stand beside them and are left alone."""
    some = {name: text for name, text in files.items() if name.startswith("vi/loi/")}
    first, second = list(some)[:2]
    assert compare(some, tmp_path).missing == list(some)
    write(some, tmp_path)
    assert compare(some, tmp_path).total == 0
    (tmp_path / first).unlink()
    (tmp_path / second).write_text("changed", "utf-8")
    (tmp_path / "vi/huong-dan").mkdir()
    (tmp_path / "vi/huong-dan/khai-niem.md").write_text("# Viết tay\n\ngenerated: true\n", "utf-8")
    (tmp_path / "vi/cu").mkdir()
    (tmp_path / "vi/cu/trang.md").write_text(some[first], "utf-8")
    found = compare(some, tmp_path)
    assert found == ([first], [second], ["vi/cu/trang.md"])
    write(some, tmp_path)
    assert compare(some, tmp_path).total == 0
    assert not (tmp_path / "vi/cu").exists()
    assert (tmp_path / "vi/huong-dan/khai-niem.md").exists()


def test_the_command_says_what_differs_and_ends_with_0_or_1(call, tmp_path):
    """``check`` writes nothing; after ``build`` it finds nothing."""
    code, out, err = call("site", "check", "-o", tmp_path)
    assert code == 1
    assert "thiếu / missing" in err
    assert "ntm-rules site build" in err
    assert list(tmp_path.iterdir()) == []
    assert call("site", "build", "-o", tmp_path)[0] == 0
    assert call("site", "check", "-o", tmp_path)[0] == 0
    page = tmp_path / "vi/bo-tieu-chi/commune-ntm/2021-2025/10/index.md"
    page.write_text(page.read_text("utf-8") + "x", "utf-8")
    code, out, _ = call("site", "check", "-o", tmp_path, "--json")
    assert code == 1
    assert json.loads(out)["changed"] == ["vi/bo-tieu-chi/commune-ntm/2021-2025/10/index.md"]


def test_a_build_that_is_interrupted_leaves_whole_pages_only(files, tmp_path, monkeypatch):
    """Every page is the old one or the new one, and the next build writes what is left."""
    some = {name: text for name, text in files.items() if name.startswith("vi/loi/")}
    write(dict.fromkeys(some, "old\n"), tmp_path)
    written = Path.write_text

    def stops(path: Path, text: str, *rest: object, **options: object) -> int:
        if "NTM-205" in str(path):
            written(path, text[:50], *rest, **options)
            raise KeyboardInterrupt
        return written(path, text, *rest, **options)

    monkeypatch.setattr(Path, "write_text", stops)
    with pytest.raises(KeyboardInterrupt):
        write(some, tmp_path)
    monkeypatch.undo()
    found = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    assert found.keys() == some.keys()
    assert all(text in ("old\n", some[name]) for name, text in found.items())
    assert "old\n" in found.values()
    write(some, tmp_path)
    assert compare(some, tmp_path).total == 0


def test_a_page_that_became_a_folder_leaves_no_copy_behind(files, tmp_path):
    """A page once written beside its folder is removed, so that no address is built from two files."""
    some = {name: text for name, text in files.items() if name.startswith("vi/loi/")}
    (tmp_path / "vi/loi").mkdir(parents=True)
    (tmp_path / "vi/loi/NTM-101.md").write_text(some["vi/loi/NTM-101/index.md"], "utf-8")
    assert compare(some, tmp_path).superfluous == ["vi/loi/NTM-101.md"]
    write(some, tmp_path)
    assert not (tmp_path / "vi/loi/NTM-101.md").exists()
    assert (tmp_path / "vi/loi/NTM-101/index.md").exists()


def test_wrong_rulesets_end_with_2_and_touch_nothing(call, tmp_path):
    """A site written from half of the rules would pass for the whole."""
    folder = tmp_path / "rulesets" / "national" / "a" / "1"
    folder.mkdir(parents=True)
    (folder / "ruleset.yaml").write_text("ruleset: [", "utf-8")
    page = tmp_path / "docs/vi/loi/NTM-101/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ngenerated: true\n---\nold\n", "utf-8")
    for command in ("build", "check"):
        code, _, err = call("site", command, "--rulesets", tmp_path / "rulesets", "-o", tmp_path / "docs")
        assert code == 2
        assert "NTM-" in err
    assert [path for path in (tmp_path / "docs").rglob("*") if path.is_file()] == [page]
    assert page.read_text("utf-8").endswith("old\n")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("318/QĐ-TTg", "318-qd-ttg"), ("825/QĐ-UBND (Kon Tum)", "825-qd-ubnd-kon-tum"), ("17.2", "17-2"), ("DK1", "dk1"), ("–", "")],
)
def test_addresses_are_plain(text, plain):
    """Lower case, without diacritics."""
    assert slug(text) == plain


def test_addresses_people_link_to_stay():
    """These stand in reports and messages; they never change."""
    assert of_criterion("vi", "commune-ntm/2021-2025", "17") == "vi/bo-tieu-chi/commune-ntm/2021-2025/17/"
    assert of_criterion("en", "commune-ntm/2021-2025", "17") == "en/rulesets/commune-ntm/2021-2025/17/"
    assert anchor("17.2") == "c-17-2"
    assert unmarked("Thu nhập ở Đắk Cấm") == "Thu nhap o Dak Cam"


@pytest.mark.parametrize(
    ("target", "base", "link"),
    [
        ("vi/a/b/", "vi/a/c/", "../b/"),
        ("vi/a/", "vi/a/", "./"),
        ("vi/a/#x", "vi/a/", "#x"),
        ("en/", "vi/a/b/", "../../../en/"),
        ("", "vi/", "../"),
    ],
)
def test_links_are_relative(target, base, link):
    """So that the site works from any folder of any host."""
    assert relative(target, base) == link


def test_nothing_of_the_theme_is_fetched_from_elsewhere():
    """Fonts are off, and neither styles nor scripts of ours name another host."""
    config = (TOP / "mkdocs.yml").read_text("utf-8")
    assert "font: false" in config
    for path in [*(TOP / "docs" / "assets").rglob("*.*"), *(TOP / "overrides").rglob("*.html")]:
        words = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")  # the name of a format, no address
        assert not re.search(r"https?://|//[a-z]+\.[a-z]", words), path.name
    assert not re.search(r"https?://", config)


def test_words_without_diacritics_are_searched():
    """«thu nhap» finds «thu nhập»: the hook of the build adds the plain words that differ, each once."""
    hooks = script(TOP / "overrides" / "hooks.py")
    assert hooks.without_marks("<p>Thu nhập, thu <b>NHẬP</b> Đắk Cấm 44,5</p>") == "nhap dak cam"
    assert hooks.without_marks("income 44.5") == ""
