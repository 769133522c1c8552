"""The guides keep their word: a reader who types what they show, in a copy of this folder, sees what they show."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ntm_rules.site.address import GUIDES, SECTIONS, of_guide, other, relative
from ntm_rules.values import LANGS
from pages import OUTPUTS, TOP, blocks, is_excerpt

PAGES = {of_guide(lang, name): TOP / "docs" / f"{of_guide(lang, name).strip('/')}.md" for lang in LANGS for name in GUIDES}
OPTIONAL = ("fastapi", "httpx2", "narwhals", "openpyxl", "pandas", "polars", "typer")
MARK = "-- end of command --"


class Shown(NamedTuple):
    """What a page shows beside some code, and what the code really prints."""

    line: int
    shown: str
    printed: str


def follow(page: str, folder: Path) -> Iterator[Shown]:
    """Do what a page says in a folder, from top to bottom, and give every output it shows with the real one.

    Python of one page shares its names. A block with a file name as its title is an excerpt of the file where the copy has one, else
    the reader writes that file; what the reader wrote can be written anew. A command that fails must be followed by «echo $?».
    """
    names: dict[str, Any] = {"__name__": "__page__"}
    written: set[str] = set()
    printed: str | None = None
    for block in blocks(page):
        if block.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.chdir(folder):
                exec(compile("\n" * block.line + block.text, "page", "exec"), names)  # noqa: S102 - the page's own code
            printed = out.getvalue()
        elif block.language == "console":
            yield from typed(block.text, block.line, folder)
        elif block.language == "text" and block.title in OUTPUTS:
            yield Shown(block.line, block.text, "no code stands right before this\n" if printed is None or block.before else printed)
            printed = None
        elif "/" in block.title or "." in block.title:
            path = folder / block.title
            if path.exists() and block.title not in written:
                assert is_excerpt(block.text, path.read_text("utf-8")), f"line {block.line}: {block.title} has no such lines"
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8")
                written.add(block.title)
        else:
            assert block.language != "yaml", f"line {block.line}: YAML of no file"


def typed(text: str, line: int, folder: Path) -> Iterator[Shown]:
    """Type the commands of a console block; what stands below a command is what it prints."""
    found = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    pairs = [re.fullmatch(r"((?:[^\n]*\\\n)*[^\n]*)\n(.*)", one, re.DOTALL) for one in found]
    commands = [pair[1] for pair in pairs if pair]
    script = "".join(f"{command}\nstatus=$?; echo; echo '{MARK}' $status; (exit $status)\n" for command in commands)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "120"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    ends = re.split(rf"\n{MARK} (\d+)\n", done.stdout)
    for i, (command, pair) in enumerate(zip(commands, pairs, strict=True)):
        printed, status = ends[2 * i], ends[2 * i + 1]
        asked = i + 1 < len(commands) and commands[i + 1] == "echo $?"
        assert status == "0" or asked, f"line {line}: {command}\n{printed}"
        if pair and pair[2]:
            yield Shown(line, pair[2], printed.rstrip("\n") + "\n")


def agrees(shown: str, printed: str) -> bool:
    """Whether the output is the one shown, where a line «…» stands for any lines, and «…» in a line for any words."""
    lines = [line.rstrip() for line in shown.splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines)
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed.splitlines()) + "\n") is not None


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a reader has after fetching this folder."""
    for name in ("rulesets", "examples"):
        shutil.copytree(TOP / name, tmp_path / name)
    return tmp_path


def test_the_address_of_each_guide_is_the_one_that_pages_link_to() -> None:
    """Every guide that pages of the site link to is there, in both languages, and no other file lies beside them."""
    folders = {TOP / "docs" / lang / SECTIONS["guides"].say(lang) for lang in LANGS}
    assert {path for folder in folders for path in folder.glob("*.md") if path.stem != "index"} == set(PAGES.values())


@pytest.mark.parametrize("address", PAGES)
def test_what_a_guide_says_to_type_gives_what_it_shows(address: str, copy: Path) -> None:
    """In a copy of the rulesets and examples, from top to bottom."""
    page = PAGES[address].read_text("utf-8")
    for name in re.findall(rf"^(?:import|from) ({'|'.join(OPTIONAL)})\b", page, re.MULTILINE):
        pytest.importorskip(name, reason=f"the guide uses {name}")
    wrong = [
        f"line {one.line}: shown\n{one.shown}\nprinted\n{one.printed}" for one in follow(page, copy) if not agrees(one.shown, one.printed)
    ]
    assert wrong == []


@pytest.mark.parametrize("address", PAGES)
def test_a_guide_leads_on(address: str) -> None:
    """It names its language and its other half, links to files that are there, and shows no code in a form that is not tried."""
    page = PAGES[address].read_text("utf-8")
    lang = "vi" if address.startswith("vi/") else "en"
    name = next(name for name in GUIDES if of_guide(lang, name) == address)
    assert f"\nlang: {lang}\n" in page
    assert f'href="{relative(of_guide(other(lang), name), address)}"' in page
    assert {block.language for block in blocks(page)} <= {"python", "console", "text", "yaml", "markdown", "csv"}
    assert page.count("\n```") % 2 == 0
    assert len(blocks(page)) == page.count("\n```") // 2, "a block that the tests cannot read"
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (PAGES[address].parent / target).exists(), target


def test_a_guide_that_does_not_keep_its_word_is_found(tmp_path: Path) -> None:
    """Another output, a failing command without its exit code, or lines that a file does not have."""
    page = "```console\n$ echo one; echo two; echo three\none\n…\nthree\n$ false\n$ echo $?\n1\n```\n"
    assert [agrees(one.shown, one.printed) for one in follow(page, tmp_path)] == [True, True]
    assert [agrees(one.shown, one.printed) for one in follow(page.replace("\n1\n", "\n0\n"), tmp_path)] == [True, False]
    with pytest.raises(AssertionError, match="false"):
        list(follow("```console\n$ false\n$ echo\n```\n", tmp_path))
    (tmp_path / "a.yaml").write_text("a: 1\nb: 2\n", "utf-8")
    list(follow('```yaml title="a.yaml"\nb: 2\n```\n```yaml title="c/d.yaml"\nc: 3\n```\n', tmp_path))
    assert (tmp_path / "c" / "d.yaml").read_text("utf-8") == "c: 3\n"
    with pytest.raises(AssertionError, match="no such lines"):
        list(follow('```yaml title="a.yaml"\nb: 3\n```\n', tmp_path))
