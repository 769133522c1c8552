"""The registry of commands: whoever adds one gives it all that the others have."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from helpers_register import VIETNAMESE
from ntm_rules.cli.app import GROUPS, app
from ntm_rules.cli.command import COMMANDS

TOP = Path(__file__).parents[2]
PAGE = "docs/commands.md"


def described(name: str) -> str:
    """The help of a command, its lines joined."""
    return " ".join((COMMANDS[name].__doc__ or "").split())


def found(name: str):
    """The command as the command line finds it."""
    group = get_command(app)
    for word in name.split():
        group = group.commands[word]
    return group


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_how_it_ends_in_both_languages(name: str) -> None:
    """Vietnamese first, then English; the exit codes in each."""
    text = described(name)
    said, ended = text.split(" Mã thoát: ")
    for part, split in ((said, " / "), (ended, " / Exit: ")):
        vietnamese, _, english = part.partition(split)
        assert set(vietnamese.lower()) & VIETNAMESE, vietnamese
        assert english
        assert not set(english.lower()) & VIETNAMESE, english
    vi, en = (set(re.findall(r"[;,:] ([012]) ", f": {part}")) for part in ended.split(" / Exit: "))
    assert vi == en
    assert {"0", "2"} <= vi


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_the_options_of_all_and_explains_its_own_in_both_languages(name: str) -> None:
    """``--json``, ``--lang``; every option and argument with a help text in Vietnamese and English."""
    params = {param.name: param for param in found(name).params}
    assert {"as_json", "lang"} <= params.keys()
    for param in params.values():
        words = getattr(param, "help", None) or ""
        assert " / " in words, f"{name} {param.name}: {words}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_on_the_page_of_commands(name: str) -> None:
    """With what it is for and how it ends, as its help says."""
    said, ended = described(name).split(" Mã thoát: ")
    cells = f"`ntm-rules {name}`", said.partition(" / ")[2], ended.partition(" / Exit: ")[2].rstrip(".")
    assert f"| {' | '.join(cells)} |" in (TOP / PAGE).read_text("utf-8")


def test_the_page_names_no_command_that_is_none() -> None:
    """What was taken away is not promised."""
    named = re.findall(r"^\| `ntm-rules ([a-z -]+)` \|", (TOP / PAGE).read_text("utf-8"), re.MULTILINE)
    assert named == list(COMMANDS)


def test_every_command_shown_in_a_readme_or_a_page_is_one() -> None:
    """An example that cannot be run teaches nothing."""
    pages = [TOP / "README.md", TOP / "README.vi.md", *sorted((TOP / "docs").glob("*.md"))]
    shown = {match for page in pages for match in re.findall(r"^\$ ntm-rules ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)}
    assert shown
    assert shown <= {name.split()[0] for name in COMMANDS}


def test_every_group_has_commands_and_a_help_in_both_languages() -> None:
    """A group stands for its commands."""
    for group, words in GROUPS.items():
        assert any(name.startswith(f"{group} ") for name in COMMANDS)
        assert " / " in words


def test_the_package_is_the_command() -> None:
    """``python -m ntm_rules`` does what ``ntm-rules`` does."""
    ended = subprocess.run([sys.executable, "-m", "ntm_rules", "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("ntm-rules ")
