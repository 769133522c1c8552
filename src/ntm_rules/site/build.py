"""The whole site: every page as text by its path below ``docs/``, written or compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.site.feeds import beside
from ntm_rules.site.library import Library, read_library
from ntm_rules.site.page import Page
from ntm_rules.site.pages import KINDS
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import LANGS


def site(catalogue: Catalogue) -> dict[str, str]:
    """Every generated page of the site, by its path below ``docs/``, in order; the same bytes for the same rulesets.

    Raises:
        RulesetError: a file of the catalogue is wrong.
        ValueError: two pages would have the same address.
    """
    return _pages(read_library(catalogue))


def everything(catalogue: Catalogue) -> dict[str, str]:
    """The pages with what stands beside them: feeds, and the list for programs.

    Raises:
        RulesetError: a file of the catalogue is wrong.
    """
    library = read_library(catalogue)
    return _pages(library) | beside(library)


def _pages(library: Library) -> dict[str, str]:
    files: dict[str, str] = {}
    for page in pages(library):
        if page.file in files:
            raise ValueError(f"two pages at {page.file}")
        files[page.file] = page.render()
    return dict(sorted(files.items()))


def pages(library: Library) -> Iterator[Page]:
    """Every generated page: of each kind, in each language."""
    for kind in KINDS:
        for lang in LANGS:
            yield from kind.pages(library, lang)


class Difference(NamedTuple):
    """How a folder differs from the pages that should be in it: file names, each in order."""

    missing: list[str]
    changed: list[str]
    superfluous: list[str]

    @property
    def total(self) -> int:
        """How many files differ."""
        return sum(map(len, self))


def compare(files: dict[str, str], folder: Path) -> Difference:
    """What a folder lacks, what reads otherwise there, and the generated pages in it that no longer are pages."""
    found = {name: _content(folder / name) for name in files}
    missing = [name for name, content in found.items() if content is None]
    changed = [name for name, content in found.items() if content is not None and content != files[name]]
    pages = [path for lang in LANGS for path in sorted((folder / lang).rglob("*.md"))]
    others = [name for path in pages if (name := path.relative_to(folder).as_posix()) not in files]
    return Difference(missing, changed, [name for name in others if _is_generated(folder / name)])


def write(files: dict[str, str], folder: Path) -> Difference:
    """Write what is missing or reads otherwise, remove generated pages that no longer are; what was done."""
    done = compare(files, folder)
    for name in (*done.missing, *done.changed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with atomic(folder / name) as scratch:
            scratch.write_text(files[name], "utf-8", newline="\n")
    for name in done.superfluous:
        (folder / name).unlink()
        for above in (folder / name).parents:
            if above == folder or any(above.iterdir()):
                break
            above.rmdir()
    return done


def _is_generated(path: Path) -> bool:
    head, end, _ = (_content(path) or "").partition("\n---\n")
    return head.startswith("---\n") and end != "" and "generated: true" in head.splitlines()


def _content(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
