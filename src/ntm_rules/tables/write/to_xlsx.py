"""An Excel workbook."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import needs
from ntm_rules.problems import Problem
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.counted import Tally
from ntm_rules.tables.write.listing import TO_BE_MENDED, Report, Section
from ntm_rules.tables.write.spreadsheet import (
    append_where_long,
    append_wrapped,
    column_letter,
    heading_cell,
    new_sheet,
    outcome_cell,
    save_settled,
    text_cell,
    value_cell,
)
from ntm_rules.tables.write.tabular import OUTCOME, WHOLE, headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Bilingual, Lang

_WIDTHS: Final = (24, 7, 12, 24, 18, 10, 10, 24, 24, 60, 60)
_WIDTH: Final = 24
_NARROWEST: Final = 9
_WIDEST: Final = 60
_SENTENCE: Final = 100  # letters of a line of it at least
_MOST_FROZEN: Final = 3  # more sentences than these would fill the window
_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_PROBLEMS: Final = Bilingual("Lỗi", "Problems")
_PROBLEM_WIDTHS: Final = (40, 10, 100)
_PROBLEM_HEADINGS: Final = (Bilingual("Chỗ", "Place"), Bilingual("Mã lỗi", "Code"), Bilingual("Lỗi", "Problem"))


class WorkbookWriter(Writer):
    """Results as XLSX: summary, units, criteria, what is missing, sources; then problems, and each table that goes with them."""

    def __init__(self, book: Any, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._book = book
        named = headings(rules, lang)
        self._tally = Tally(rules, lang)
        self._widths = [*_WIDTHS, *[_WIDTH] * (len(named) - len(_WIDTHS))]
        self._sheet = new_sheet(book, self._tally.by_unit(), named, self._widths)
        self._rows = 1
        self._sheet.auto_filter.ref = f"A1:{column_letter(len(named))}1"

    def write(self, result: Result) -> None:
        """Write one row."""
        self._tally.add(result)
        row = [text_cell(self._sheet, cell) for cell in record(result, self.rules, self.lang)]
        for place in WHOLE:
            row[place].number_format = "0"
        if result.outcome is not None:
            row[OUTCOME] = outcome_cell(self._sheet, result.outcome, self.lang)
        self._rows += 1
        append_where_long(self._sheet, self._rows, row, self._widths)

    def finish(self) -> None:
        """Write the sheet of problems, then what goes with the results."""
        taken = {name.casefold() for name in self._book.sheetnames}
        tally = self._tally
        for section in (tally.summary(), tally.by_criterion(), tally.missing(), tally.sources()):
            _add_section(self._book, section, _name(section.title, taken), section.title, self.lang)
        self._book.move_sheet(self._book.sheetnames[1], -1)  # the summary comes first, and is known last
        self._book.active = 0
        _add_problems(self._book, _name(_PROBLEMS.say(self.lang), taken), self.problems, self.lang)
        for section in self._beside:
            _add_section(self._book, section, _name(section.title, taken), section.title, self.lang)


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """The summary, the results, what is counted of them, the problems."""
    with _saved(path) as book:
        yield WorkbookWriter(book, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """The problems first, then a sheet for every table of a report: its title and notes, its headings in sight with a filter."""
    with _saved(path) as book:
        taken: set[str] = set()
        if told.problems or not told.sections:
            _add_problems(book, _name(TO_BE_MENDED.say(lang), taken), told.problems, lang)
        for section in told.sections:
            _add_section(book, section, _name(section.title or told.title, taken), section.title or told.title, lang)


def _add_section(book: Any, section: Section, name: str, title: str, lang: Lang) -> None:
    texts = section.texts(lang)
    longest = (
        max(len(line) for row in (section.headings, *texts) for line in row[column].split("\n")) for column in range(len(section.headings))
    )
    widths = [max(min(length + 3, _WIDEST), _NARROWEST) for length in longest]
    notes = [
        line for note in section.notes for line in wrap(note, max(sum(widths), _SENTENCE))
    ]  # as wide as the table: on paper none is cut
    above = len(notes) + 3  # title, notes, an empty row, headings
    freeze = f"A{above + 1}" if section.rows and len(notes) <= _MOST_FROZEN else "A2"
    sheet = new_sheet(book, name, [title], widths, freeze)
    for cells in (*([note] for note in notes), []):
        _append(sheet, cells)
    if section.rows:
        sheet.auto_filter.ref = f"A{above}:{column_letter(len(section.headings))}{above + len(section.rows)}"
        sheet.print_title_rows = f"{above}:{above}"
    sheet.append([heading_cell(sheet, heading) for heading in section.headings])
    for number, (row, said) in enumerate(zip(section.rows, texts, strict=True), above + 1):
        append_wrapped(sheet, number, [value_cell(sheet, cell, lang) for cell in row], said, widths)


@contextlib.contextmanager
def _saved(path: Path) -> Iterator[Any]:
    """A workbook that is saved when the block ends well; what openpyxl streams into scratch files is cleared otherwise."""
    book = needs("openpyxl", "excel").Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()
            sheet._writer.cleanup()
        raise
    save_settled(book, path)


def _add_problems(book: Any, title: str, problems: Iterable[Problem], lang: Lang) -> None:
    sheet = new_sheet(book, title, [heading.say(lang) for heading in _PROBLEM_HEADINGS], _PROBLEM_WIDTHS)
    for number, problem in enumerate(problems, 2):
        words = (str(problem.place), problem.code, f"{problem.what(lang)} {problem.why(lang)} {problem.mend(lang)}")
        append_wrapped(sheet, number, [text_cell(sheet, word) for word in words], words, _PROBLEM_WIDTHS)


def _append(sheet: Any, cells: Sequence[str | int]) -> None:
    sheet.append([text_cell(sheet, cell) for cell in cells])


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, and that no other has."""
    plain = _NO_NAME.sub(" ", title).strip("' ") or "–"
    name, count = plain[:_LONGEST_NAME].rstrip(), 1
    while name.casefold() in taken:
        count += 1
        end = f" ({count})"
        name = plain[: _LONGEST_NAME - len(end)].rstrip() + end
    taken.add(name.casefold())
    return name
