"""The documentation keeps its word: its code runs and prints what it shows, its rulesets load, its excerpts are excerpts."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
import ntm_rules.monitor
import ntm_rules.register
import ntm_rules.revise
from ntm_rules.verify.examples import run_examples
from pages import OUTPUTS, TOP, blocks, is_excerpt

# Pages written from the rulesets have their own tests (tests/site), guides theirs (test_guides.py).
OTHERS = {TOP / "docs" / lang for lang in ("vi", "en")}
FOUND = [TOP / "README.md", TOP / "README.vi.md", *(TOP / "docs").rglob("*.md")]
PAGES = sorted(path for path in FOUND if OTHERS.isdisjoint(path.parents))
WHOLE = {"ruleset.yaml", "overlay.yaml", "examples.yaml", "instruments.yaml"}


def unkept(page: str) -> list[str]:
    """Every output that a page shows and its code does not print. Code of one page shares one namespace."""
    names: dict[str, Any] = {"__name__": "__page__"}
    printed: str | None = None
    wrong = []
    for block in blocks(page):
        if block.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile("\n" * block.line + block.text, "page", "exec"), names)  # noqa: S102 - the page's own code
            printed = out.getvalue()
        elif block.language == "text" and block.title in OUTPUTS:
            if printed is None or block.before:
                wrong.append(f"line {block.line}: no code stands right before this output")
            elif printed != block.text:
                wrong.append(f"line {block.line}: shown\n{block.text}\nprinted\n{printed}")
            printed = None
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_the_code_of_a_page_runs_and_prints_what_the_page_shows(path: Path) -> None:
    """Each page in a namespace of its own."""
    assert unkept(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_what_a_page_quotes_from_a_file_stands_there(path: Path) -> None:
    """A YAML block that names a file of this folder shows lines of it; every link to a file leads to one."""
    page = path.read_text("utf-8")
    for block in blocks(page):
        if block.language == "yaml" and "/" in block.title:
            assert is_excerpt(block.text, (TOP / block.title).read_text("utf-8")), f"{path.name}:{block.line}"
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_whole_documents_of_the_rule_language_load_together(tmp_path: Path) -> None:
    """The set, overlay, examples and instruments that the page shows whole make a folder whose examples all hold."""
    shown = [block for block in blocks((TOP / "docs" / "rule-language.md").read_text("utf-8")) if block.title in WHOLE]
    assert {block.title for block in shown} == WHOLE
    for block in shown:
        folder = {"instruments.yaml": ".", "overlay.yaml": "overlay"}.get(block.title, "set")
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / block.title).write_text(block.text, "utf-8")
    (tmp_path / "overlay" / "examples.yaml").write_text("examples_of: commune-short/2021-2025\nexamples: []\n", "utf-8")
    catalogue = ntm.Catalogue(tmp_path)
    runs = list(run_examples(catalogue))
    assert [problem for run in runs for problem in run.problems] == []
    assert list(catalogue.problems) == []
    assert sum(run.outcomes for run in runs) > 5
    for name in catalogue.overlays:
        overlay = catalogue.overlay(name)
        rules = ntm.load(overlay.amends, on=overlay.in_force.start, province=overlay.province, catalogue=catalogue)
        assert [layer.id for layer in rules.layers if layer.applied] == [overlay.amends, name]


def test_no_figure_is_official_as_the_readme_says() -> None:
    """The sentence goes when the first figure has been checked against the signed text."""
    files = (TOP / "rulesets").rglob("*.yaml")
    assert [path for path in files if re.search(r"level: *official", path.read_text("utf-8"))] == []


def test_every_public_name_is_on_the_page_of_the_interface() -> None:
    page = (TOP / "docs" / "api.md").read_text("utf-8")
    assert [name for name in ntm.__all__ if not re.search(rf"`[^`]*\b{name}\b[^`]*`", page)] == []


def test_the_reference_has_every_public_name() -> None:
    """What the package, the register and the monitor offer to users stands on a page of the reference."""
    shown = "\n".join(path.read_text("utf-8") for path in (TOP / "docs" / "reference").glob("*.md"))
    named = set(re.findall(r"^::: ([\w.]+)$", shown, re.MULTILINE))
    assert {f"ntm_rules.{name}" for name in ntm.__all__} <= named
    modules = (ntm_rules.monitor, ntm_rules.register, ntm_rules.revise)
    assert {f"{module.__name__}.{name}" for module in modules for name in module.__all__ if name not in ntm.__all__} <= named


CODE = "```python\nx = 1\nprint(x)\n```\n"
OUTPUT = '```text title="output"\n{}\n```\n'


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        (CODE + "\n" + OUTPUT.format(1), 0),
        (CODE + "\n" + OUTPUT.format(2), 1),
        (CODE + "\nelsewhere\n\n" + OUTPUT.format(1), 1),
        (OUTPUT.format(1), 1),
        (CODE + "```python\nprint(x + 1)\n```\n" + OUTPUT.format(2), 0),
    ],
)
def test_the_reading_of_pages_finds_what_is_wrong(page: str, wrong: int) -> None:
    """A page that shows another output, or output of no code, does not pass; code of one page shares its names."""
    assert len(unkept(page)) == wrong


def test_code_that_fails_and_lines_that_were_changed_are_found() -> None:
    with pytest.raises(ZeroDivisionError):
        unkept("```python\n1 / 0\n```\n")
    assert is_excerpt("a\nc", "a\nb\nc")
    assert not is_excerpt("c\na", "a\nb\nc")
    assert not is_excerpt("a\nd", "a\nb\nc")
