"""The house itself: the public API is whole and documented, the core stays light, modules stay small, imports run downwards."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import re
import subprocess
import sys
from collections import Counter
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import house
import ntm_rules as ntm
from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.explain.decision import VOICES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ntm_rules"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = ROOT / "tests"


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


EXAMPLES = {name for name in ntm.__all__ if isinstance(getattr(ntm, name), type) and not issubclass(getattr(ntm, name), Exception)}
NO_EXAMPLE_YET = {"DecisionRecord", "Instrument"}


@pytest.mark.parametrize("name", sorted(EXAMPLES - NO_EXAMPLE_YET))
def test_a_public_class_is_shown_by_an_example_that_runs(name: str) -> None:
    """What is written below a public class can be typed as it stands, and gives what is written."""
    thing = getattr(ntm, name)
    module = sys.modules[thing.__module__]
    [found] = doctest.DocTestFinder(recurse=False).find(thing, name, module)
    assert found.examples, name
    said: list[str] = []
    assert doctest.DocTestRunner().run(found, out=said.append).failed == 0, "".join(said)


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


NOT_YET: tuple[str, ...] = ()


def test_every_module_stands_in_a_room() -> None:
    """Whoever adds a room says on which floor it stands."""
    assert house.homeless() == []


def test_imports_run_downwards_only() -> None:
    """A lower room never knows a higher one, imports inside functions included, so the core runs without the rest."""
    assert [place for place in house.looking_up() if not place.startswith(NOT_YET)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each module can be read after those that it imports."""
    assert [circle for circle in house.circles() if not any("ruleset" in name or "explain" in name for name in circle)] == []


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


# --- one thing in one place ---------------------------------------------------------------------------------------

CORE = [path for path in MODULES if path.relative_to(SOURCE).parts[0].removesuffix(".py") in house.CORE]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def _name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_imports_at_the_top_only(path: Path) -> None:
    """What a module of the core rests on stands in its first lines; an import inside a function hides a circle."""
    functions = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = [node.lineno for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not hidden or _name(path) in NOT_YET, hidden


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nobody_asks_which_way_of_judging_it_holds(path: Path) -> None:
    """What differs between criteria and score sheets, the method says; a check of its class would be a second place."""
    asked = [
        node.lineno
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "issubclass")
        if {getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(node.args[1])} & {"Method", "Criteria", "Scores"}
    ]
    assert not asked, asked


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_record_is_a_tuple_with_a_legend(path: Path) -> None:
    """Where a comment has to say what stands in which place of a tuple, the places want names."""
    legends = [line for line in path.read_text("utf-8").splitlines() if re.search(r"tuple\[[^#]*\].*# *\(\w+(, [\w ]+)+\)", line)]
    assert not legends, legends


SPEAKING = {"values.py"}  # where a language is chosen


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_sentence_is_chosen_by_its_language(path: Path) -> None:
    """Sentences stand in both languages on neighbouring lines, and the text itself says which it gives."""
    compared = [
        node.lineno
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Compare)
        if {getattr(one, "value", None) for one in (node.left, *node.comparators)} & {"vi", "en"}
    ]
    assert not compared or _name(path) in SPEAKING, compared


# A file name may stand twice where the folder is another face of the same thing: a document and its lints, a page of it, a command.
FACES = {
    "annex.py",
    "criteria.py",
    "decision.py",
    "examples.py",
    "figures.py",
    "instruments.py",
    "measures.py",
    "method.py",
    "overlays.py",
    "provinces.py",
    "report.py",
    "revocation.py",
    "review.py",
    "ruleset.py",
    "scores.py",
    "sheets.py",
    "targets.py",
    "transition.py",
}
TWO_THINGS_YET = {"cases.py", "compare.py", "errors.py", "files.py", "page.py", "record.py"}


def test_a_file_name_means_one_thing() -> None:
    """Whoever reads a name knows which thing is meant; what still has two meanings is listed, and nothing that has not."""
    seen = Counter(path.name for path in MODULES if not path.name.startswith("__"))
    assert {name for name, number in seen.items() if number > 1} == FACES | TWO_THINGS_YET


# Every registry, and the test that asks each entry of it for all of its faces.
REGISTRIES = {
    "CLAIMS": "test_every_claim_is_proven_of_a_set_in_which_it_holds",
    "MUTATIONS": "test_every_kind_of_slip_has_all_its_faces",
    "OPERATORS": "test_every_operator_reads_in_both_languages",
    "COMBINATIONS": "test_every_combination_reads_in_both_languages",
    "LINTS": "test_every_lint_has_all_its_faces",
    "FORMATS": "test_every_format_writes_reports_and_all_but_pictures_write_results",
    "READERS": "test_every_reader_serves_tables_and_plain_tables_alike",
    "VOICES": "test_every_way_of_judging_has_all_its_faces",
    "PARTS": "test_every_part_of_the_report_has_all_its_faces",
    "MENDED": "test_every_fault_has_its_words_once",
}


@pytest.mark.parametrize(("registry", "test"), REGISTRIES.items())
def test_every_registry_is_asked_whole(registry: str, test: str) -> None:
    """For every registry there is the test that asks each of its entries for everything that an entry has to say."""
    assert any(f"def {test}(" in path.read_text("utf-8") for path in TESTS.rglob("test_*.py")), registry


WAYS = {"criteria": "commune-ntm/2021-2025", "scores": "ocop/2026"}


@pytest.mark.parametrize("name", VOICES)
def test_every_way_of_judging_has_all_its_faces(name: str) -> None:
    """A way of judging names its inputs, reads, decides, says the outcome alone, explains, and tells what is missing and what to raise."""
    rules = ntm.load(WAYS[name])
    method = rules.method
    assert method.name == name
    assert all(one.indicator and one.title.vi and one.title.en for one in method.inputs)
    read = method.read(ntm.Subject(id="1", kind=rules.kind))
    decision = method.decide(read, ntm.SourceLevel.RECALLED, ntm.Decision)
    assert method.outcome(read, ntm.SourceLevel.RECALLED) is decision.outcome
    for lang in ("vi", "en"):
        assert all(isinstance(extra.text(decision, lang), str) and extra.title.say(lang) for extra in method.extras)
        assert all(line.text.say(lang) for line in VOICES[name].outline(decision, True))
    assert VOICES[name].needed(decision) == decision.needed()
    assert VOICES[name].fixes(decision, None) == decision.smallest_fixes()


TESTED = sorted(TESTS.rglob("test_*.py"))
PLAYED_AGAIN = ("monitor/", "browser/")  # not yet


@pytest.mark.parametrize("path", TESTED, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_imports_a_test(path: Path) -> None:
    """What several tests use stands beside them, so that each can be read, moved and run alone."""
    imported = [node.module or "" for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    taken = [name for name in imported if name.startswith("test_")]
    assert not taken or str(path.relative_to(TESTS)).startswith(PLAYED_AGAIN), taken


def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    """A folder of tests has the name of a room; beside them stand what crosses all rooms, what is shipped, and what runs in a browser."""
    rooms = {path.relative_to(TESTS).parts[0] for path in TESTED}
    assert rooms <= {path.name for path in SOURCE.iterdir() if path.is_dir()} | {"laws", "package", "browser", "fuzz", "mutants"}
