"""What the calculator runs on: Pyodide beside one archive of this library, its rulesets and what it imports, copied into the built site."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import io
import json
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from reached import SOURCE, path_of, reached, undocumented

TOP = Path(__file__).parents[1]
FETCHED = TOP / "build" / "wasm"  # what `make engine` fetched, where the machine has npm
PYODIDE = FETCHED / "node_modules" / "pyodide"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
CUT = ("python_stdlib.zip", "pyodide-lock.json")  # of these, what nobody asks of them here is left out
ARCHIVE = "ntm_rules.pack"  # what the calculator needs, in one piece: it packs a third smaller than file by file
KNOWN = TOP / "tests" / "wasm" / "engine.sha256"  # of each file that was fetched; `sha256sum` writes and reads it
TABLES = "tables.zip"  # what tables are read and written with: fetched where a table is dropped, and nowhere else
TEXTS = "texts.zip"  # what edited texts are checked, tried and compared with: fetched on the page where they are edited
STDLIB = Path(__file__).with_name("stdlib.txt")  # what Python itself and the calculator import; after a blank line, what tables need
CALCULATOR = "ntm_rules.site.calculator"
WORKBENCH = ("ntm_rules.site.workbench", "ntm_rules.site.workbench.playground")
# what a page never asks of the wheels: older interfaces of pydantic, words about the wheels; their licences stay
_UNUSED = re.compile(r"^pydantic/(v1|mypy|experimental)|\.dist-info/(?!licenses/)")
_OF_TEXTS = re.compile(r"/published/|/examples\.yaml$|\.md$|/SHA256SUMS$")
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
        if name not in CUT:
            shutil.copyfile(PYODIDE / name, folder / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    (folder / "pyodide-lock.json").write_text(json.dumps(lock | {"packages": {}}), "utf-8")  # none of its packages is ever fetched
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as whole:
        first, later = (
            [(name, _short(name, whole.read(name))) for name in names.split()] for names in STDLIB.read_text("utf-8").split("\n\n")
        )
    _zip(folder / "python_stdlib.zip", first)
    rules = dict(_tree(TOP / "rulesets", "ntm_rules/_rulesets", ".yaml", ".json", ".md", "SHA256SUMS"))
    of_texts = {name for name in rules if _OF_TEXTS.search(name)}
    begun, tables, texts = _ours()
    _pack(folder / ARCHIVE, [*_wheels(), *_package("yaml"), *begun, *((name, rules[name]) for name in rules.keys() - of_texts)])
    _zip(folder / TABLES, [*later, *_package("openpyxl"), *_package("et_xmlfile"), *tables])
    _zip(folder / TEXTS, [*texts, *((name, rules[name]) for name in of_texts)])
    fetched = [name for name in (*RUNTIME, ARCHIVE, TABLES, TEXTS) if not name.endswith(".mjs")]  # scripts are imported
    sums = {name: _sum((folder / name).read_bytes()) for name in fetched}
    (folder / "files.json").write_text(json.dumps(sums), "utf-8")


def _sum(content: bytes) -> dict[str, int | str]:
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _zip(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)


def _pack(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, content in sorted(files):
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    path.write_bytes(gzip.compress(whole.getvalue(), mtime=0))


def _wheels() -> Iterator[tuple[str, bytes]]:
    """The wheels unpacked."""
    for wheel in sorted((FETCHED / "wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if not name.endswith("/") and not _UNUSED.search(name):
                    yield name, _short(name, packed.read(name))


def _short(name: str, content: bytes) -> bytes:
    """A file without the words that no page shows; those of Pyodide are read by itself."""
    if not name.endswith(".py") or name.startswith(("_pyodide/", "pyodide/")):
        return content
    try:
        return undocumented(content)
    except SyntaxError:  # the Python in the page is newer than the one that builds
        return content


def _ours() -> tuple[list[tuple[str, bytes]], ...]:
    """The modules of this library for the calculator; those that tables need beside them, and those that edited texts need beside both."""
    known: set[str] = set()
    shares = []
    for root in (CALCULATOR, *WORKBENCH):
        new = reached(root) - known
        known |= new
        shares.append([(path.relative_to(SOURCE).as_posix(), undocumented(path.read_bytes())) for path in map(path_of, sorted(new))])
    return tuple(shares)


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
