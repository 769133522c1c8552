"""Plain text, for a letter: tables in columns."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.problems import Problem
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import TO_BE_MENDED, Report, Section
from ntm_rules.tables.write.tabular import headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang

_WIDEST = 48


class TextWriter(Writer):
    """Results as one table, which is laid out when all rows are there."""

    def __init__(self, stream: TextIO, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._stream = stream
        self._rows: list[list[str]] = []

    def write(self, result: Result) -> None:
        """Take one row."""
        self._rows.append([str(cell) for cell in record(result, self.rules, self.lang)])

    def finish(self) -> None:
        """Write the rows, what goes with them, then the problems."""
        self._stream.writelines(_headed(self.rules.title.say(self.lang), "="))
        for section in (Section("", headings(self.rules, self.lang), self._rows), *self._beside):
            self._stream.writelines(_section(section, self.lang))
        self._stream.writelines(_problems(self.problems, self.lang))


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """A table of results."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        yield TextWriter(stream, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """What must be mended first, then the tables of a report, each under its heading."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_headed(told.title, "="))
        stream.writelines(_problems(told.problems, lang))
        for section in told.sections:
            stream.writelines(_section(section, lang))


def _section(section: Section, lang: Lang) -> Iterator[str]:
    yield "\n"
    yield from _headed(section.title, "-") if section.title else ()
    yield from (f"{note}\n" for note in section.notes)
    yield from _table(section, lang) if section.rows else ()


def _problems(problems: Sequence[Problem], lang: Lang) -> Iterator[str]:
    if problems:
        yield "\n"
        yield from _headed(TO_BE_MENDED.say(lang), "-")
        yield from (f"- {problem.line(lang)}\n" for problem in problems)


def _headed(title: str, mark: str) -> Iterator[str]:
    yield f"{title}\n{mark * len(title)}\n"


def _table(section: Section, lang: Lang) -> Iterator[str]:
    """Columns as wide as their widest line; longer texts go on below."""
    rows = [[_lines(cell) for cell in cells] for cells in ([*section.headings], *section.texts(lang))]
    count = max(map(len, rows))
    rows = [[*row, *([[""]] * (count - len(row)))] for row in rows]
    widths = [max(len(line) for row in rows for line in row[i]) for i in range(count)]
    for n, row in enumerate(rows):
        for parts in zip_longest(*row, fillvalue=""):
            yield "  ".join(f"{part:{width}}" for part, width in zip(parts, widths, strict=True)).rstrip() + "\n"
        if not n:
            yield "  ".join("-" * width for width in widths) + "\n"


def _lines(cell: str) -> Sequence[str]:
    return [part for line in cell.splitlines() for part in (textwrap.wrap(line, _WIDEST) or [""])] or [""]
