"""What stands in the way of a publication, and that what was published is still there."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.verify.folder import check
from ntm_rules.verify.publish import publish
from ntm_rules.verify.versions import LIST
from strategies import write_catalogue
from texts import say_everything

RULES = """\
ruleset: test/2024
version: 1.0.0
title: {vi: Bộ thử, en: Test set}
subject: commune
instrument: 1/QĐ-TTg
in_force: {from: 2024-01-01}
passes: all_of
criteria:
  - criterion: "1"
    title: {vi: Một, en: One}
    indicators:
      - indicator: "1.1"
        title: {vi: Tỷ lệ, en: Share}
        measure: {unit: "%"}
        at_least: 80
        source: {level: recalled}
"""
EXAMPLES = """\
examples_of: test/2024
examples:
  - {example: đạt, subject: {values: {"1.1": 80}}, expect: {"1": met, outcome: met}}
  - {example: chưa đạt, subject: {values: {"1.1": 79}}, expect: {"1": not_met, outcome: not_met}}
  - {example: chưa rõ, subject: {}, expect: {"1": undetermined, outcome: undetermined}}
"""
HOME = "national/a"
NAME = "test/2024"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of which nothing stands in the way."""
    write_catalogue(tmp_path / "r", national__a__ruleset=RULES, national__a__examples=EXAMPLES)
    (tmp_path / "r" / HOME / "CHANGELOG.md").write_text("# Bộ thử\n\n## 1.0.0\n\n- Một.\n", "utf-8")
    return tmp_path / "r"


@pytest.fixture
def call(capsys, folder):
    def run(*arguments: str) -> tuple[int, str, set[str]]:
        """The exit code, what is printed, and the codes of what refuses."""
        with pytest.raises(SystemExit) as ended:
            main(["publish", NAME, "--rulesets", str(folder), *arguments])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, {word for word in err.split() if word.startswith("NTM-")} - {"NTM-901"}

    return run


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def raised(folder: Path, version: str, old: str = "at_least: 80", new: str = "at_least: 81") -> None:
    """A later version with another figure, its examples and its changelog."""
    edit(folder / HOME / "ruleset.yaml", "version: 1.0.0", f"version: {version}")
    edit(folder / HOME / "ruleset.yaml", old, new)
    edit(folder / HOME / "examples.yaml", '"1.1": 79', '"1.1": 80.0')
    edit(folder / HOME / "examples.yaml", '"1.1": 80}', '"1.1": 81}')
    edit(folder / HOME / "CHANGELOG.md", "## 1.0.0", f"## {version}\n\n- Mức mới.\n\n## 1.0.0")


def test_a_sound_set_is_published_and_rehearsed_before(call, folder):
    """A rehearsal writes nothing; the version and its hash appear together; the folder is then without fault."""
    assert call("--dry-run") == (0, "test/2024 1.0.0 sẵn sàng công bố\n", set())
    assert json.loads(call("--dry-run", "--json")[1]) == {"id": NAME, "version": "1.0.0", "written": None}
    assert not (folder / HOME / "published").exists()
    assert call()[0] == 0
    assert {path.name for path in (folder / HOME / "published").iterdir()} == {"1.0.0.json", LIST}
    assert check(ntm.Catalogue(folder)) == []
    raised(folder, "1.1.0")
    code, out, codes = call()
    assert (code, codes) == (0, set())
    assert "1.1.0.json" in out
    assert "đã công bố từ trước" in call()[1]


def test_what_is_doubtful_is_told_before_a_version_is_written_and_refuses_nothing(folder, capsys):
    """In both languages and as data: what is open, and what was accepted with which reason; a set without doubts has no such keys."""
    edit(folder / HOME / "ruleset.yaml", "{vi: Tỷ lệ, en: Share}", "{vi: Tỷ lệ (trong, en: Share}")
    edit(folder / HOME / "ruleset.yaml", "{vi: Một, en: One}", "{vi: Một (in, en: One}\n    accepted: {NTM-254: In đúng như vậy.}")
    edit(folder / HOME / "ruleset.yaml", "passes: all_of", "passes: all_of\nreview_by: 2020-01-01")
    edit(folder / HOME / "ruleset.yaml", 'indicator: "1.1"', 'indicator: "1.1"\n        review_by: 2020-01-01')

    def told(*arguments: str) -> tuple[str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["publish", NAME, "--rulesets", str(folder), *arguments])
        assert not ended.value.code
        return capsys.readouterr()

    out, err = told("--dry-run")
    assert (err.count("NTM-252"), err.count("NTM-254")) == (2, 0)
    assert "Đáng ngờ, vẫn dùng được (2):" in err
    assert "Lý do: In đúng như vậy." in out
    assert not (folder / HOME / "published").exists()
    data = json.loads(told("--dry-run", "--json")[0])
    assert [one["code"] for one in data["warnings"]] == ["NTM-252", "NTM-252"]
    assert {one["reason"] for one in data["accepted"]} == {"In đúng như vậy."}
    out, err = told("--lang", "en")
    assert "Doubtful, loaded all the same (2):" in err
    assert "Reason: In đúng như vậy." in out
    assert (folder / HOME / "published" / "1.0.0.json").is_file()


@pytest.mark.parametrize(
    ("name", "old", "new", "codes"),
    [
        ("ruleset.yaml", "at_least: 80", "at_lest: 80", {"NTM-201"}),
        ("examples.yaml", "outcome: met", "outcome: not_met", {"NTM-228", "NTM-718"}),
        ("examples.yaml", '"1.1": 79', '"1.1": 20', {"NTM-718"}),
        ("ruleset.yaml", "at_least: 80", "at_least: 0", {"NTM-228", "NTM-718", "NTM-719"}),
        ("CHANGELOG.md", "1.0.0", "0.9.0", {"NTM-227", "NTM-715"}),
    ],
)
def test_what_refuses_is_told_and_nothing_is_written(call, folder, name, old, new, codes):
    """A slip, an example that does not hold or tries too little, a figure that everybody meets, no line in the changelog."""
    edit(folder / HOME / name, old, new)
    code, _, found = call()
    assert code == 2
    assert found == codes
    assert not (folder / HOME / "published").exists()


def test_everything_that_refuses_is_told_at_once(call, folder):
    """Of three kinds, in one run."""
    edit(folder / HOME / "examples.yaml", "outcome: met", "outcome: not_met")
    edit(folder / HOME / "examples.yaml", '"1.1": 79', '"1.1": 20')
    (folder / HOME / "CHANGELOG.md").unlink()
    assert call()[2] == {"NTM-228", "NTM-229", "NTM-718"}


def test_a_version_never_goes_back(call, folder):
    """1.10.0 is above 1.9.0, and 1.9.0 comes no more."""
    publish(catalogue := ntm.Catalogue(folder), catalogue.entry("ruleset", NAME))
    raised(folder, "1.10.0")
    assert call()[0] == 0
    edit(folder / HOME / "ruleset.yaml", "version: 1.10.0", "version: 1.9.0")
    edit(folder / HOME / "CHANGELOG.md", "## 1.10.0", "## 1.9.0")
    code, _, codes = call()
    assert (code, codes) == (2, {"NTM-717"})


def test_an_older_version_that_was_changed_or_deleted_is_told_by_its_own_file(call, folder):
    """Not the working file is blamed; also where the whole folder of published versions is gone."""
    assert call()[0] == 0
    raised(folder, "1.1.0")
    assert call()[0] == 0
    old = folder / HOME / "published" / "1.0.0.json"
    whole = old.read_text("utf-8")
    for change, code in ((lambda: old.write_text(whole.replace('"80"', '"85"'), "utf-8"), "NTM-714"), (old.unlink, "NTM-715")):
        change()
        [problem] = check(ntm.Catalogue(folder))
        assert (problem.code, problem.place.file) == (code, str(old))
        say_everything(problem)
        assert call()[2] == {code}
    shutil.rmtree(folder / HOME / "published")
    assert {problem.code for problem in check(ntm.Catalogue(folder))} == {"NTM-226", "NTM-715"}


def test_the_present_version_that_was_deleted_is_told_once(call, folder):
    """That it is gone; not that it was never published, which would have it published anew."""
    assert call()[0] == 0
    (folder / HOME / "published" / "1.0.0.json").unlink()
    assert [problem.code for problem in check(ntm.Catalogue(folder))] == ["NTM-715"]


def test_the_present_version_that_was_changed_blames_not_the_working_file(call, folder):
    """The file that was touched is named, whichever of the two it is."""
    assert call()[0] == 0
    path = folder / HOME / "published" / "1.0.0.json"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace('"80"', '"85"'), "utf-8")
    assert [problem.code for problem in check(ntm.Catalogue(folder))] == ["NTM-714"]
    path.write_bytes(whole.encode().replace(b"\n", b"\r\n"))
    assert check(ntm.Catalogue(folder)) == []


def test_a_version_that_nobody_vouches_for_is_told_and_comes_on_the_list_by_publishing(call, folder):
    """A file put there by hand, or by an older program."""
    assert call()[0] == 0
    raised(folder, "1.1.0")
    assert call()[0] == 0
    path = folder / HOME / "published" / LIST
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    [problem] = check(ntm.Catalogue(folder))
    assert problem.code == "NTM-716"
    say_everything(problem)
    assert call()[0] == 0
    assert check(ntm.Catalogue(folder)) == []


def test_a_figure_changed_under_a_published_version_is_named_old_and_new(folder):
    """With its place in the working file, and how many more changes there are."""
    publish(catalogue := ntm.Catalogue(folder), catalogue.entry("ruleset", NAME))
    edit(folder / HOME / "ruleset.yaml", "at_least: 80", "at_least: 85")
    [problem] = check(ntm.Catalogue(folder))
    assert (problem.code, problem.place.line) == ("NTM-225", 15)
    assert "1.1: 80 → 85." in problem.what("vi")
    edit(folder / HOME / "ruleset.yaml", "level: recalled}", "level: recalled, at: mục 1}")
    edit(folder / HOME / "ruleset.yaml", "title: {vi: Tỷ lệ", "title: {vi: Phần")
    [problem] = check(ntm.Catalogue(folder))
    assert "và 2 chỗ nữa" in problem.what("vi")
    assert "and 2 more" in problem.what("en")


def test_the_shipped_lists_are_those_that_sha256sum_reads() -> None:
    """Two blanks between hash and name, one line a version, nothing else; every shipped version stands on its list."""
    import hashlib

    folders = sorted(Path(ntm.Catalogue().folder).rglob("published"))
    assert folders
    for published in folders:
        lines = (published / LIST).read_text("utf-8").splitlines()
        assert {line.split("  ")[1] for line in lines} == {path.name for path in published.glob("*.json")}
        for line in lines:
            digest, name = line.split("  ")
            assert hashlib.sha256((published / name).read_bytes()).hexdigest() == digest


def test_a_version_that_another_published_meanwhile_is_never_replaced(folder, monkeypatch):
    """Whoever comes second finds the same, or is told of the other content; the first stays, and no scratch does."""
    catalogue = ntm.Catalogue(folder)
    entry = next(iter(catalogue.rulesets.values()))
    path = entry.published / f"{entry.version}.json"
    path.unlink(missing_ok=True)
    publish(catalogue, entry)
    first = path.read_bytes()
    for other, again in ((first, True), (first.replace(b"80", b"81", 1), False)):
        path.unlink()
        link = os.link

        def late(source, target, other=other, link=link):
            path.write_bytes(other)
            link(source, target)

        with monkeypatch.context() as patched:
            patched.setattr(os, "link", late)
            if again:
                assert publish(catalogue, entry) is None
            else:
                with pytest.raises(ntm.RulesetError, match="NTM-225"):
                    publish(catalogue, entry)
        assert path.read_bytes() == other
        assert list(path.parent.glob(".*.part")) == []
