"""What the calculator runs on: Pyodide beside one archive of this library, its rulesets and what it imports, copied into the built site."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

TOP = Path(__file__).parents[1]
FETCHED = TOP / "build" / "wasm"  # what `make engine` fetched, where the machine has npm
PYODIDE = FETCHED / "node_modules" / "pyodide"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
ARCHIVE = "ntm_rules.zip"
KNOWN = TOP / "tests" / "wasm" / "engine.sha256"  # of each file that visitors load; `sha256sum` writes and reads it
TABLES = "tables.zip"  # what workbooks are read and written with: fetched where a table is dropped, and nowhere else
TEXTS = "texts.zip"  # what edited texts are checked, tried and compared with: fetched on the page where they are edited
# what a page never asks of it: older interfaces of pydantic, words about the wheels, programs of ours
_UNUSED = re.compile(r"^pydantic/(v1|mypy)|\.dist-info/|^ntm_rules/(cli|monitor|planning)/")
_OF_TEXTS = re.compile(r"^ntm_rules/(revise|verify)/|/examples\.yaml$|\.md$|/SHA256SUMS$")
_DAY = (2020, 1, 1, 0, 0, 0)  # the same bytes for the same files


def available() -> bool:
    """Whether everything was fetched."""
    return all((PYODIDE / name).is_file() for name in RUNTIME) and any((FETCHED / "wheels").glob("pydantic_core-*wasm32.whl"))


def put(folder: Path) -> None:
    """Write the engine into a folder of the built site."""
    folder.mkdir(parents=True, exist_ok=True)
    for digest, name in (line.split() for line in KNOWN.read_text("utf-8").splitlines()):
        if hashlib.sha256((PYODIDE / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{name} of Pyodide is another file than tests/wasm/engine.sha256 says: not put on the site")
        shutil.copyfile(PYODIDE / name, folder / name)
    files = dict(_files())
    _pack(folder / ARCHIVE, ((name, content) for name, content in files.items() if not _OF_TEXTS.search(name)))
    _pack(folder / TEXTS, ((name, content) for name, content in files.items() if _OF_TEXTS.search(name)))
    _pack(folder / TABLES, (one for name in ("openpyxl", "et_xmlfile") for one in _package(name)))
    fetched = [name for name in (*RUNTIME, ARCHIVE, TABLES, TEXTS) if not name.endswith(".mjs")]  # scripts are imported
    sums = {name: _sum((folder / name).read_bytes()) for name in fetched}
    (folder / "files.json").write_text(json.dumps(sums), "utf-8")


def _sum(content: bytes) -> dict[str, int | str]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _pack(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)


def _files() -> Iterator[tuple[str, bytes]]:
    """Every file of the archive: the wheels unpacked, PyYAML without its C part, this library with its rulesets inside."""
    for wheel in sorted((FETCHED / "wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            yield from ((name, packed.read(name)) for name in packed.namelist() if not name.endswith("/") and not _UNUSED.search(name))
    yield from _package("yaml")
    ours = [
        *_tree(TOP / "src" / "ntm_rules", "ntm_rules", ".py"),
        *_tree(TOP / "rulesets", "ntm_rules/_rulesets", ".yaml", ".json", ".md", "SHA256SUMS"),
    ]
    yield from ((name, content) for name, content in ours if not _UNUSED.search(name))


def _package(name: str) -> Iterator[tuple[str, bytes]]:
    """An installed package without compiled parts, as it is pinned here."""
    found = importlib.util.find_spec(name)
    assert found is not None
    assert found.origin is not None
    yield from _tree(Path(found.origin).parent, name, ".py")


def _tree(folder: Path, name: str, *endings: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(endings) and path.is_file():
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()
