"""What is installed and what visitors load is the very file that was pinned: digests of packages, of the engine, and the list of parts."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP / "requirements"))
sys.path.insert(0, str(TOP / "overrides"))

import engine  # noqa: E402
import parts  # noqa: E402

PINS = sorted((TOP / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", PINS, ids=[path.name for path in PINS])
def test_every_pin_names_the_files_that_may_be_installed(path: Path) -> None:
    """pip takes no other file as soon as one line has a digest, and refuses a line that has none."""
    lines = path.read_text("utf-8").replace("\\\n", "").splitlines()
    pins = [line for line in lines if not line.startswith(("#", "-r "))]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+", line)] == []
    assert not re.search(r"https?:|--index|--find-links|--trusted", path.read_text("utf-8"))


def test_the_lock_of_the_engine_names_digests_and_no_registry() -> None:
    """Whatever mirror is asked, the same bytes come; what a package would run while it is installed is not run."""
    lock = json.loads((TOP / "tests" / "wasm" / "package-lock.json").read_text("utf-8"))["packages"]
    asked = json.loads((TOP / "tests" / "wasm" / "package.json").read_text("utf-8"))["dependencies"]
    assert lock[""]["dependencies"] == asked
    assert all(told["integrity"].startswith("sha512-") and "resolved" not in told for path, told in lock.items() if path)
    assert "npm ci --prefix build/wasm --ignore-scripts" in (TOP / "Makefile").read_text("utf-8")


def test_a_changed_file_of_the_engine_is_not_put_on_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file that visitors load has its sha256 in the tree; one other byte, and the site is not built."""
    known = dict(reversed(line.split()) for line in engine.KNOWN.read_text("utf-8").splitlines())
    assert set(known) == set(engine.RUNTIME)
    for name in engine.RUNTIME:
        (tmp_path / name).write_bytes(b"as it was")
    told = "".join(f"{hashlib.sha256(b'as it was').hexdigest()}  {name}\n" for name in engine.RUNTIME)
    (tmp_path / "known").write_text(told, "utf-8")
    monkeypatch.setattr(engine, "PYODIDE", tmp_path)
    monkeypatch.setattr(engine, "KNOWN", tmp_path / "known")
    monkeypatch.setattr(engine, "_files", lambda: iter(()))
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


def test_the_list_of_parts_is_current_and_names_each_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every pin and every package of the lock, what it is needed for, and a digest; a stale list is told."""
    assert parts.main(["--check"]) == 0
    told = json.loads(parts.LIST.read_text("utf-8"))
    names = [one["purl"] for one in told["components"]]
    pins = [match for path in PINS for match in re.findall(r"^([a-z0-9-]+)==([^\s\\]+)", path.read_text("utf-8"), re.MULTILINE)]
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins} == {name for name in names if name.startswith("pkg:pypi/")}
    assert [name for name in names if name.startswith("pkg:npm/pyodide@")]
    assert len(names) == len(set(names))
    assert all(hashes["content"] for one in told["components"] for hashes in one["externalReferences"][0]["hashes"])
    required = {one["name"] for one in told["components"] if one["scope"] == "required"}
    assert {"pydantic", "pydantic-core", "pyyaml"} <= required
    assert "pytest" not in required
    monkeypatch.setattr(parts, "LIST", tmp_path / "parts.cdx.json")
    assert parts.main(["--check"]) == 1
    assert parts.main([]) == 0
    assert parts.main(["--check"]) == 0
