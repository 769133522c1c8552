"""Markdown, for minutes and for the pages of a repository."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import TO_BE_MENDED, Report, Section
from ntm_rules.tables.write.tabular import headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang

_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~])")
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


class MarkdownWriter(Writer):
    """Results as one table, the problems as a list below."""

    def __init__(self, stream: TextIO, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._stream = stream
        stream.write(f"# {_plain(rules.title.say(lang))}\n\n")
        stream.writelines(_head(headings(rules, lang)))

    def write(self, result: Result) -> None:
        """Write one row."""
        self._stream.write(_row([str(cell) for cell in record(result, self.rules, self.lang)]))

    def finish(self) -> None:
        """Write what goes with the results, then the problems."""
        for section in self._beside:
            self._stream.writelines(_section(section, self.lang))
        self._stream.writelines(_problems([problem.line(self.lang) for problem in self.problems], self.lang))


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """A table of results."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        yield MarkdownWriter(stream, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """What must be mended first, then the tables of a report, each under its heading."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"# {_plain(told.title)}\n")
        stream.writelines(_problems([problem.line(lang) for problem in told.problems], lang))
        for section in told.sections:
            stream.writelines(_section(section, lang))


def _section(section: Section, lang: Lang) -> Iterator[str]:
    yield f"\n##{'#' * section.within} {_plain(section.title)}\n" if section.title else ""
    yield from (f"\n{_plain(note)}\n" for note in section.notes)
    if section.rows:
        yield "\n"
        yield from _head(section.headings)
        yield from map(_row, section.texts(lang))


def _problems(lines: Sequence[str], lang: Lang) -> Iterator[str]:
    if lines:
        yield f"\n## {TO_BE_MENDED.say(lang)}\n\n"
        yield from (f"- {_plain(line)}\n" for line in lines)


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(cells)
    yield f"|{' --- |' * len(cells)}\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |\n"


def _plain(text: str) -> str:
    """A text that shows as it is: nothing in it is markup, and it stays in its line; an address alone is a link."""
    if _ADDRESS.fullmatch(text):
        return f"<{text}>"
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
