"""One figure put for another in a YAML text: every other letter of the file stays."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.conditions import OPERATORS
from ntm_rules.figures.filled import Edit
from ntm_rules.figures.held import held
from ntm_rules.figures.placed import into_place
from ntm_rules.figures.splice import splice
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.text.yaml_text import Path_, read_text
from ntm_rules.problems import NtmError

TEXTS = {
    name: entry.path.read_bytes().decode("utf-8")
    for name, entry in bundled().rulesets.items()
    if not (entry.path.parent / "sheets").is_dir()
}


def figures(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Where a figure stands as one word: below an operator of an indicator."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = (*path, key)
            if isinstance(value, str) and any(part in OPERATORS for part in here) and not {"by", "source", "note", "missing"} & set(here):
                yield here
            yield from figures(value, here)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if "by" not in path:
                yield from figures(value, (*path, index))


PLACES = [(name, path) for name, text in TEXTS.items() for path in figures(read_text(text).data)]


def put(data: Any, path: Path_, value: Any) -> None:
    """The same in plain data."""
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = value


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.one_of(
        st.decimals(0, 100, places=1).map(str),
        st.sampled_from(["missing", "delegated", "true", "Khá: tốt", "a, b # c", "Mức [1]", "'x'", "- y", "82,5"]),
        st.fixed_dictionaries({"value": st.just("82"), "level": st.just("published"), "seen": st.just(["https://example.org/a#b"])}),
    ),
)
def test_a_figure_changes_and_every_other_letter_stays(place: tuple[str, Path_], value: Any) -> None:
    """Any figure of any shipped set, any value: the data differ there alone, the text on one line alone, CRLF or not."""
    name, path = place
    for text in (TEXTS[name], TEXTS[name].replace("\n", "\r\n")):
        after = splice(text, {path: value})
        expected = read_text(text).data
        put(expected, path, value)
        assert read_text(after).data == expected
        old, new = text.split("\n"), after.split("\n")
        assert len(old) == len(new)
        assert sum(a != b for a, b in zip(old, new, strict=True)) <= 1


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("a: 1  # why\nb: 2\n", ("a",), "3", "a: 3  # why\nb: 2\n"),
        ("a: {b: 1}  # why\n", ("a", "c"), "x", "a: {b: 1, c: x}  # why\n"),
        ("a:\n  b: 1  # why\nd: 2\n", ("a", "c"), ["x"], "a:\n  b: 1  # why\n  c: [x]\nd: 2\n"),
        ("a:\r\n  b: 1\r\n", ("a", "c"), "x", "a:\r\n  b: 1\r\n  c: x\r\n"),
        ("a:\n  b: 1", ("a", "c"), "x", "a:\n  b: 1\n  c: x"),
        ("a:\n  - x\n  - y\nb: 1\n", ("a",), ["z"], "a:\n  [z]\nb: 1\n"),
        ("a: >-\n  x\n  y\n\nb: 1\n", ("a",), "z", "a: z\n\nb: 1\n"),
        ("a: [1, 2]\n", ("a", 1), "3", "a: [1, 3]\n"),
    ],
)
def test_keys_are_replaced_or_added_where_they_belong(text: str, path: Path_, value: Any, after: str) -> None:
    """Flow and block mappings, comments at the end of a line, lists, folded texts, ends of lines."""
    assert splice(text, {path: value}) == after


@pytest.mark.parametrize(
    ("text", "path"), [("a:\n  - x  # why\n  - y\n", ("a",)), ("a: 1\n", ("a", "b")), ("a: [1]\n", ("a", 3)), ("a: {}\n", ("a", "b"))]
)
def test_what_cannot_be_changed_alone_is_refused(text: str, path: Path_) -> None:
    """A comment inside what would go, and places that are not there."""
    with pytest.raises(LookupError):
        splice(text, {path: "z"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped rulesets, to be changed."""
    shutil.copytree(bundled().folder, tmp_path / "rulesets")
    return tmp_path / "rulesets"


NAME = "commune-ntm/2021-2025"


def edit(rules: ntm.RuleSet, number: str, **new: Any) -> Edit:
    """One figure changed."""
    return Edit(next(one for one in held(rules) if one.number == number), new)


def test_a_full_disk_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new text cannot be written: the file is what it was, nothing lies beside it, the message names the file."""
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    path = catalogue.rulesets[NAME].path
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name.endswith(".part"):
            write(self, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NtmError) as caught:
        into_place(catalogue, rules, [edit(rules, "3.1", value="85")])
    assert caught.value.problems[0].code == "NTM-525"
    assert caught.value.problems[0].place.file == str(path)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, beside)


def test_a_file_keeps_its_mark_and_its_ends_of_lines(folder: Path) -> None:
    """A file saved by Notepad, with a byte order mark and CRLF: one number differs."""
    path = folder / "national" / NAME / "ruleset.yaml"
    windows = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(windows)
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    assert into_place(catalogue, rules, [edit(rules, "6.3", value="90")]) == (path,)
    old, new = windows.split(b"\n"), path.read_bytes().split(b"\n")
    assert [b for a, b in zip(old, new, strict=True) if a != b] == [b"        at_least: 90\r"]


def test_a_level_left_open_is_filled_in_the_document_of_the_province(folder: Path) -> None:
    """The line that «new province» leaves takes the figure, and its source beside it; the national file stays."""
    home = folder / "provinces/kon-tum/commune-ntm-2021-2025/overlay.yaml"
    text = home.read_text("utf-8").replace(
        "changes: []", 'changes:\n  - set: "2.1"   # đường xã\n    at_least: delegated\n    source: {level: missing}'
    )
    home.write_text(text, "utf-8")
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, on=ntm.load(NAME).in_force.start, province="kon-tum", catalogue=catalogue)
    mine = catalogue.overlays[f"{NAME}/kon-tum"].header["instrument"]
    source = {"level": "published", "instrument": mine, "at": "Điều 1", "seen": ["https://example.org"]}
    assert into_place(catalogue, rules, [edit(rules, "2.1", value="100", **source)]) == (home,)
    after = home.read_text("utf-8")
    assert after == text.replace("at_least: delegated", "at_least: 100").replace(
        "{level: missing}", "{level: published, at: Điều 1, seen: ['https://example.org']}"
    )
    with pytest.raises(NtmError) as caught:  # 3.1 is the nation's: a workbook of Kon Tum does not change it there
        into_place(catalogue, rules, [edit(rules, "3.1", value="85")])
    assert caught.value.problems[0].code == "NTM-728"


def test_a_place_that_cannot_be_changed_alone_is_told(folder: Path) -> None:
    """A comment stands among the lines that would go: the file is left to a person."""
    path = folder / "national" / NAME / "ruleset.yaml"
    was = "        at_least: 80\n        source: {at: Phụ lục I mục 3.1"
    places = "            - https://example.org  # cũ\n            - https://example.org/2\n"
    now = was.replace(" 80\n", f"\n          value: 80\n          seen:\n{places}")
    text = path.read_text("utf-8").replace(was, now, 1)
    path.write_text(text, "utf-8")
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    source = {"level": "published", "instrument": "318/QĐ-TTg", "at": "Điều 1", "seen": ["https://example.org/3"]}
    with pytest.raises(NtmError) as caught:
        into_place(catalogue, rules, [edit(rules, "3.1", value="85", **source)])
    assert [one.code for one in caught.value.problems] == ["NTM-729"]
    assert path.read_text("utf-8") == text
    assert into_place(catalogue, rules, [edit(rules, "3.1", value="85")]) == (path,)
    assert "value: 85\n" in path.read_text("utf-8")
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    assert into_place(catalogue, rules, [edit(rules, "6.3", missing=True)]) == (path,)
    assert Catalogue(folder).ruleset(NAME).indicators["6.3"].bound.value is None


def test_a_missing_figure_of_a_table_is_filled_with_its_source(folder: Path) -> None:
    """The reason why it was missing goes, a note stays."""
    path = folder / "national" / NAME / "ruleset.yaml"
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    one = next(one for one in held(rules) if not one.value and not one.delegated and one.column)
    source = {"level": "published", "instrument": "318/QĐ-TTg", "at": "Phụ lục I", "seen": ["https://example.org"]}
    into_place(catalogue, rules, [Edit(one, {"value": "77", **source})])
    found = next(other for other in held(ntm.load(NAME, catalogue=Catalogue(folder))) if other.cell == one.cell)
    assert (found.value, found.level, found.at) == ("77", "published", "Phụ lục I")
    assert path.read_text("utf-8").count("value: 77") == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("        at_least: 90\n", "\tat_least: 90\n", 1), "NTM-101"),
        (lambda text: text.replace("source: {at: Phụ lục I mục 3.1", "souce: {at: Phụ lục I mục 3.1", 1), "NTM-201"),
        (lambda text: "", "NTM-110"),
    ],
)
def test_a_file_that_was_broken_while_a_workbook_was_read_is_told_and_stays(folder: Path, change: Any, code: str) -> None:
    """Somebody edits the YAML by hand between reading the workbook and writing it back: their text stays, whatever is wrong with it."""
    catalogue = Catalogue(folder)
    rules = ntm.load(NAME, catalogue=catalogue)
    path = folder / "national" / NAME / "ruleset.yaml"
    broken = change(path.read_text("utf-8"))
    path.write_text(broken, "utf-8")
    with pytest.raises(NtmError) as caught:
        into_place(catalogue, rules, [edit(rules, "3.1", value="85"), edit(rules, "6.3", value="90")])
    assert code in {one.code for one in caught.value.problems}
    assert {one.place.file for one in caught.value.problems} == {str(path)}
    assert path.read_text("utf-8") == broken
