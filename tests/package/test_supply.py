"""What is installed and what visitors load is the very file that was pinned: digests of packages, of the engine, and the list of parts."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP / "requirements"))
sys.path.insert(0, str(TOP / "overrides"))

import advisories  # noqa: E402
import engine  # noqa: E402
import parts  # noqa: E402
import reached  # noqa: E402
from lowest import bounds as lowest_versions  # noqa: E402

PINS = sorted((TOP / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", PINS, ids=[path.name for path in PINS])
def test_every_pin_names_the_files_that_may_be_installed(path: Path) -> None:
    """pip takes no other file as soon as one line has a digest, and refuses a line that has none."""
    lines = path.read_text("utf-8").replace("\\\n", "").splitlines()
    pins = [line for line in lines if not line.startswith(("#", "-r "))]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+", line)] == []
    assert not re.search(r"https?:|--index|--find-links|--trusted", path.read_text("utf-8"))


@pytest.mark.parametrize(("folder", "prefix"), [("tests/wasm", "build/wasm"), ("tests/package/pyright", "build/pyright")])
def test_a_lock_names_digests_and_no_registry(folder: str, prefix: str) -> None:
    """Whatever mirror is asked, the same bytes come; what a package would run while it is installed is not run."""
    lock = json.loads((TOP / folder / "package-lock.json").read_text("utf-8"))["packages"]
    asked = json.loads((TOP / folder / "package.json").read_text("utf-8"))["dependencies"]
    assert lock[""]["dependencies"] == asked
    assert all(told["integrity"].startswith("sha512-") and "resolved" not in told for path, told in lock.items() if path)
    assert f"npm ci --prefix {prefix} --ignore-scripts" in (TOP / "Makefile").read_text("utf-8")


def test_a_changed_file_of_the_engine_is_not_put_on_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file that visitors load has its sha256 in the tree; one other byte, and the site is not built."""
    known = dict(reversed(line.split()) for line in engine.KNOWN.read_text("utf-8").splitlines())
    assert set(known) == set(engine.RUNTIME)
    for name in engine.RUNTIME:
        (tmp_path / name).write_bytes(b"{}")
    with zipfile.ZipFile(tmp_path / "python_stdlib.zip", "w") as archive:
        for name in engine.STDLIB.read_text("utf-8").split():
            archive.writestr(name, "")
    told = "".join(f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n" for name in engine.RUNTIME)
    (tmp_path / "known").write_text(told, "utf-8")
    monkeypatch.setattr(engine, "PYODIDE", tmp_path)
    monkeypatch.setattr(engine, "KNOWN", tmp_path / "known")
    engine.put(tmp_path / "site")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {
        *engine.RUNTIME,
        engine.ARCHIVE,
        engine.TABLES,
        engine.TEXTS,
        "files.json",
    }
    (tmp_path / engine.RUNTIME[2]).write_bytes(b"as it was not")
    with pytest.raises(SystemExit, match=re.escape(engine.RUNTIME[2])):
        engine.put(tmp_path / "site")


def test_what_the_pages_import_of_the_standard_library_is_fetched() -> None:
    """The list names every module that ours ask for, the calculator's in its first part; Pyodide's own are all in it."""
    first, later = (set(names.split()) for names in engine.STDLIB.read_text("utf-8").split("\n\n"))
    assert not first & later
    for root, there in ((engine.CALCULATOR, first), *((root, first | later) for root in engine.WORKBENCH)):
        texts = [reached.path_of(module).read_text("utf-8") for module in reached.reached(root)]
        asked = {name.split(".")[0] for text in texts for name in reached.imported(text)} & sys.stdlib_module_names
        compiled = {*sys.builtin_module_names, "math", "unicodedata", "zlib", "resource", "fcntl"}  # the last two are not asked for there
        assert {name for name in asked - compiled if not {f"{name}.py", f"{name}/__init__.py"} & there} == set(), root


def test_a_module_without_its_words_runs_the_same() -> None:
    """What stands for readers alone is made empty, wherever it stands; a text that is used stays."""
    source = b'''"""Words, "more" words
over lines."""
import re
def f(a):
    """Gives it."""
    return a + "said"
class C:
    x: int = 1
    """An x."""; y = 2
    def g(self):
        if self.x:
            "\xc4\x83 in the middle"
        return """kept
text"""
'''
    short = reached.undocumented(source)
    assert not any(word in short for word in (b"Words", b"Gives", b"An x", b"middle"))
    space: dict[str, Any] = {}
    exec(compile(short, "short", "exec"), space)  # noqa: S102
    assert space["f"]("a ") == "a said"
    assert (space["C"].y, space["C"]().g()) == (2, "kept\ntext")


def test_the_list_of_parts_is_current_and_names_each_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every pin and every package of the lock, what it is needed for, and a digest; a stale list is told."""
    assert parts.main(["--check"]) == 0
    told = json.loads(parts.LIST.read_text("utf-8"))
    names = [one["purl"] for one in told["components"]]
    pins = [match for path in PINS for match in re.findall(r"^([a-z0-9-]+)==([^\s\\]+)", path.read_text("utf-8"), re.MULTILINE)]
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins} == {name for name in names if name.startswith("pkg:pypi/")}
    assert {"pyodide", "pyright"} <= {one["name"] for one in told["components"] if one["purl"].startswith("pkg:npm/")}
    assert len(names) == len(set(names))
    assert all(hashes["content"] for one in told["components"] for hashes in one["externalReferences"][0]["hashes"])
    required = {one["name"] for one in told["components"] if one["scope"] == "required"}
    assert {"pydantic", "pydantic-core", "pyyaml"} <= required
    assert "pytest" not in required
    monkeypatch.setattr(parts, "LIST", tmp_path / "parts.cdx.json")
    assert parts.main(["--check"]) == 1
    assert parts.main([]) == 0
    assert parts.main(["--check"]) == 0


ANSWERS = {
    "nothing is known": ([{"name": "a", "version": "1", "vulns": []}], 0, "0, of 1 packages looked up"),
    "an advisory": ([{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}], 1, "1, of 1 packages looked up"),
    "no answer about one": (
        [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}],
        2,
        "0, of 1 packages looked up, 1 not looked up",
    ),
    "no answer at all": ([{"name": "b", "skip_reason": "not found"}], 2, "NOTHING could be looked up (0 of 1 packages)"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_was_not_looked_up_is_not_taken_for_sound(answer: str) -> None:
    """The last line says what the answer is worth."""
    found, code, said = ANSWERS[answer]
    lines, exits = advisories.told(found)
    assert (exits, said in lines[-1]) == (code, True)


def test_the_lowest_versions_are_those_that_the_package_asks_for() -> None:
    """Every package of the core, of each extra and of the building, once, with its lower bound."""
    lowest = dict(lowest_versions())
    asked = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {Requirement(one) for needs in [asked["dependencies"], *asked["optional-dependencies"].values()] for one in needs}
    assert {one.name for one in wanted} - lowest.keys() == {"ntm-rules"}
    assert all(one.specifier.contains(lowest[one.name]) for one in wanted if one.name in lowest)
