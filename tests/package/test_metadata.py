"""What an installer and a package index are told: read from the metadata as built, not from the file it is written in."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import yaml
from build.util import project_wheel_metadata
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import ntm_rules as ntm

TOP = Path(__file__).parents[2]
IMPORTED_AS = {"python-calamine": "python_calamine", "durable-rules": "durable", "python-docx": "docx", "z3-solver": "z3"}
NEEDS = re.compile(r'needs\("(?P<package>\w+)", "(?P<extra>\w+)"\)')


@pytest.fixture(scope="module")
def metadata() -> Message:
    """The METADATA of a wheel of this tree."""
    return project_wheel_metadata(TOP, isolated=False)


@pytest.fixture(scope="module")
def extras(metadata) -> dict[str, set[str]]:
    """What each extra asks for, with the condition under which it does."""
    found: dict[str, set[str]] = {name: set() for name in metadata.get_all("Provides-Extra")}
    for line in metadata.get_all("Requires-Dist"):
        asked, _, when = line.partition("; ")
        if named := re.search(r"extra == '(\w+)'", when):
            found[named[1]].add(f"{asked}; {when.replace(named[0], '').removesuffix(' and ')}")
    return found


def used() -> set[str]:
    """Every package that a module imports or asks for, or that the site is built with."""
    found: set[str] = set()
    for path in [*(TOP / "src").rglob("*.py"), *(TOP / "overrides").rglob("*.py")]:
        text = path.read_text("utf-8")
        found.update(match["package"] for match in NEEDS.finditer(text))
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found.update(name.partition(".")[0] for name in names)
    site = yaml.load((TOP / "mkdocs.yml").read_text("utf-8"), Loader=_Site)  # noqa: S506 (a safe loader)
    plugins = {name for plugin in site["plugins"] for name in ([plugin] if isinstance(plugin, str) else plugin)}
    return found | plugins | {f"mkdocs-{site['theme']['name']}"}


class _Site(yaml.SafeLoader):
    """YAML in which a value may come from the environment, as MkDocs reads it."""


_Site.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])


def test_every_extra_brings_only_what_something_uses(extras):
    """An extra that nothing imports costs whoever installs it, for nothing."""
    known = used()
    asked = {name: {Requirement(line.partition(";")[0]).name for line in lines} for name, lines in extras.items()}
    idle = {name: {package for package in packages if IMPORTED_AS.get(package, package) not in known} for name, packages in asked.items()}
    assert {name: packages for name, packages in idle.items() if packages} == {}
    assert all(asked.values())


def test_the_extra_that_a_message_names_brings_the_package(extras):
    """«pip install 'ntm-rules[excel]'» is of help only where it installs what was missing."""
    named = {match.group("package", "extra") for path in (TOP / "src").rglob("*.py") for match in NEEDS.finditer(path.read_text("utf-8"))}
    assert ("openpyxl", "excel") in named
    installed = {module: package for package, module in IMPORTED_AS.items()}
    named = {(installed.get(package, package), extra) for package, extra in named}
    for package, extra in named | {("typer", "cli"), ("rich", "cli"), ("durable-rules", "durable"), ("z3-solver", "verify")}:
        assert any(Requirement(line.partition(";")[0]).name == package for line in extras[extra]), (package, extra)


def test_all_is_everything_that_needs_neither_a_compiler_nor_java(extras):
    """durable_rules is compiled where it is installed, Spark runs on Java: whoever has neither still gets all the rest, each under its own
    conditions."""
    by_name = ("durable", "spark")
    assert extras["all"] == set().union(*(lines for name, lines in extras.items() if name not in ("all", *by_name)))
    assert not extras["all"] & set().union(*(extras[name] for name in by_name))


def test_all_is_installed_without_a_compiler(extras):
    """Every package that it asks for, and each that those ask for, came as a file that an index has for many machines; one that was
    compiled here is tagged for this machine alone."""
    waiting, asked = {line.partition(";")[0] for line in extras["all"]}, set()
    while waiting:
        need = Requirement(waiting.pop())
        asked.add(canonicalize_name(need.name))
        for below in map(Requirement, distribution(need.name).requires or ()):
            holds = below.marker is None or any(below.marker.evaluate({"extra": extra}) for extra in ("", *need.extras))
            if holds and canonicalize_name(below.name) not in asked:
                waiting.add(str(Requirement(str(below).partition(";")[0])))
    assert {"pygments", "polars", "numpy", "z3-solver", "mkdocs"} <= asked
    assert "durable-rules" not in asked
    assert {name for name in asked if built_here(name)} == set()
    with suppress(PackageNotFoundError):
        assert built_here("durable-rules")


def built_here(name: str) -> bool:
    """Whether what is installed was compiled on this machine: its tags name no platform that others share."""
    tags = re.findall(r"^Tag: .*-(\S+)$", distribution(name).read_text("WHEEL") or "", re.MULTILINE)
    assert tags, name
    return any(re.fullmatch(r"linux_.*", tag) for tag in tags)


def test_the_description_names_files_and_links_to_none(metadata):
    """An index shows the text alone: a link to a file beside it is dead there."""
    shown = metadata.get_payload()
    assert re.findall(r"\]\((?!https?:)[^)]*\)", shown) == []
    assert "The rule language (`docs/rule-language.md`)" in shown
    for path in re.findall(r"\]\((?!https?:)([^)#]+)\)", (TOP / "README.md").read_text("utf-8")):
        assert f"(`{path}`)" in shown
        assert (TOP / path).is_file()


def test_version_author_and_licence_are_said_once_and_the_same(metadata):
    """In the code, in the metadata and where it is said how to cite."""
    cited = yaml.safe_load((TOP / "CITATION.cff").read_text("utf-8"))
    assert metadata["Version"] == ntm.__version__ == cited["version"]
    assert metadata["Author"] == cited["authors"][0]["name"]
    assert metadata["License-Expression"] == cited["license"]


def test_the_interpreters_named_are_those_allowed_and_tried(metadata):
    """A classifier is a promise: `make pythons` tries each."""
    named = [match[1] for line in metadata.get_all("Classifier") if (match := re.fullmatch(r".* :: (3\.\d+)", line))]
    assert all(SpecifierSet(metadata["Requires-Python"]).contains(version) for version in named)
    tried = re.search(r"^PYTHONS := (.*)$", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert tried is not None
    assert tried[1].split() == named
