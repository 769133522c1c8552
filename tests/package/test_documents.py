"""What stands beside the code for whoever depends on it, reports a fault or sends a change."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
DOCUMENTS = ["CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_a_document_lead_to_files_that_are_there(name):
    """From the top of the tree."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", (TOP / name).read_text("utf-8"))
    assert [target for target in targets if not (TOP / target).is_file()] == []


def test_the_commands_of_the_contributing_page_are_targets_of_the_makefile():
    """Whoever follows it is not told «no rule to make target»."""
    targets = re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE)
    asked = re.findall(r"^\$ make (\w+)", (TOP / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    assert asked
    assert set(asked) <= set(targets)


def test_hooks_before_a_commit_fetch_nothing():
    """They run the pinned tools of the environment, on what they are for."""
    config = yaml.safe_load((TOP / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {hook["entry"].split()[0].rpartition("/")[0] for hook in hooks} == {".venv/bin"}
    makefile = (TOP / "Makefile").read_text("utf-8").replace("$(BIN)", ".venv/bin")
    for hook in hooks:
        command = hook["entry"].removesuffix(" --force-exclude").removesuffix(" --check")
        assert command in makefile, f"{hook['id']} runs what `make test` does not"


@pytest.mark.parametrize("hook", ["ruff", "format"])
def test_a_hook_lets_what_is_right_pass_and_stops_what_is_wrong(tmp_path, hook):
    """Run as the commit runs it, with the names of the changed files behind. The others are commands of `make test`, letter for letter."""
    config = yaml.safe_load((TOP / ".pre-commit-config.yaml").read_text("utf-8"))
    [entry] = [one["entry"] for one in config["repos"][0]["hooks"] if one["id"] == hook]
    _, *rest = entry.split()
    command = [Path(sys.executable).with_name("ruff"), *rest, f"--config={TOP / 'pyproject.toml'}"]
    for text, code in (("SIX = 6\n", 0), ("import os\nSIX=6\n", 1)):
        changed = tmp_path / "changed.py"
        changed.write_text(f'"""Six."""\n\n{text}', "utf-8")
        assert subprocess.run([*command, changed], cwd=TOP, capture_output=True, check=False).returncode == code, (hook, text)


def test_the_source_archive_names_only_what_is_there():
    """A name that is gone would be left out without a word."""
    told = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert [name for name in told if not (TOP / name).exists()] == []
    assert {*DOCUMENTS, "CITATION.cff", "hatch_build.py", "README.md"} <= set(told)


def test_the_package_runs_as_a_module(monkeypatch, capsys):
    """``python -m ntm_rules`` is the command line."""
    monkeypatch.setattr("sys.argv", ["ntm-rules", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("ntm_rules", run_name="__main__")
    assert ended.value.code in (0, None)
    assert capsys.readouterr().out.startswith("ntm-rules ")
