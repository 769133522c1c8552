"""The house itself: the public API is whole and documented, the core stays light, modules stay small, imports run downwards."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import house
import ntm_rules as ntm
from ntm_rules.conditions import COMBINATIONS, OPERATORS

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ntm_rules"
MODULES = sorted(SOURCE.rglob("*.py"))


def _members(thing: Any) -> list[tuple[str, Any]]:
    """The public members that a class of ours defines itself."""
    inherited = {BaseModel, Exception, str, tuple, Enum, object}
    own = [cls for cls in thing.__mro__ if cls not in inherited and cls.__module__.startswith("ntm_rules")]
    fields = set(getattr(thing, "__annotations__", ())) | set(getattr(thing, "model_fields", ()))
    return [(name, member) for cls in own for name, member in vars(cls).items() if not name.startswith("_") and name not in fields]


@pytest.mark.parametrize("name", ntm.__all__)
def test_the_public_api_is_documented(name: str) -> None:
    """Every public name, and every public method and property of it, says what it means."""
    thing = getattr(ntm, name)
    assert inspect.getdoc(thing), name
    assert vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if not isinstance(thing, type):
        return
    for member_name, member in _members(thing):
        if isinstance(member, (property, classmethod, staticmethod)) or inspect.isroutine(member):
            assert inspect.getdoc(member), f"{name}.{member_name}"


def test_the_public_api_is_whole() -> None:
    """What the package imports for its users is what it lists, in order, and nothing it lists is missing."""
    assert list(ntm.__all__) == sorted(ntm.__all__)
    public = {name for name in dir(ntm) if not name.startswith("_")}
    assert public == set(ntm.__all__)
    assert all(getattr(ntm, name) is not None for name in ntm.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = ntm.nothing_like_it
    assert all(hasattr(ntm, name) for name in ntm.__all__)


def test_importing_the_library_imports_no_extras() -> None:
    """``import ntm_rules`` needs pydantic, the YAML reader and the standard library, and nothing more."""
    program = "import sys, json; before = set(sys.modules); import ntm_rules; print(json.dumps(sorted(set(sys.modules) - before)))"
    printed = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout
    loaded = {name.split(".")[0] for name in json.loads(printed)}
    allowed = {"ntm_rules", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection", "yaml", "_yaml"}
    foreign = {
        name for name in loaded - set(sys.stdlib_module_names) - allowed if not name.startswith(("_cython", "cython_", "_sysconfigdata"))
    }
    assert foreign == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_too_long(path: Path) -> None:
    """A module can be read in one sitting: at most 400 lines."""
    lines = path.read_text("utf-8").count("\n")
    assert lines <= 400, lines


NOT_YET = ("decide/ruleset.py", "tables/read/cells.py")


def test_every_module_stands_in_a_room() -> None:
    """Whoever adds a room says on which floor it stands."""
    assert house.homeless() == []


def test_imports_run_downwards_only() -> None:
    """A lower room never knows a higher one, imports inside functions included, so the core runs without the rest."""
    assert [place for place in house.looking_up() if not place.startswith(NOT_YET)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each module can be read after those that it imports."""
    assert [
        circle for circle in house.circles() if not any("ruleset" in name or "explain" in name or "write" in name for name in circle)
    ] == []


def test_the_core_reads_no_clock_and_no_file_when_deciding() -> None:
    """Law «pure»: nothing under decide/, model/ or conditions/ opens a file, asks the time or draws at random."""
    banned = {"open", "now", "today", "time", "random", "environ", "getenv", "read_text", "read_bytes", "eval", "exec"}
    for folder in ("decide", "model", "conditions"):
        for path in (SOURCE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
                assert called not in banned, f"{path.name}: {called}"


PRINTED_WORDS = {"totals.py": {"above", "below"}, "consistency.py": {"above", "below"}}  # how a source prints a number, no operator


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name != "conditions"], ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_operator_is_named_outside_its_room(path: Path) -> None:
    """What an operator or a combination is, it says itself: nobody else knows one by its name and decides by that."""
    names = (OPERATORS.keys() | COMBINATIONS.keys()) - PRINTED_WORDS.get(path.name, set())
    named = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant) and node.value in names]
    assert not named, [f"{path.name}:{node.lineno}: {node.value!r}" for node in named]
