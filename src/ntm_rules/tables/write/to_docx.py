"""A Word document: headings, sentences and tables, for a report that is signed. No pictures."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import needs
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import TO_BE_MENDED, Report, Section, counting, is_number
from ntm_rules.tables.write.spreadsheet import save_settled
from ntm_rules.tables.write.tabular import headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ACROSS: Final = 261  # millimetres of the page between its margins
_LONG: Final = 110  # letters; a text with more goes on in the next line
_WORD: Final = 12  # letters; a longer word is an address, and may be broken
_BROAD: Final = 0.55  # of its size is a bold letter of Times, on average
_MARGINS: Final = 5.0  # millimetres
_WIDE: Final = 6  # a table with more columns is set in smaller type


class DocumentWriter(Writer):
    """Results as one table, the problems as a list below."""

    def __init__(self, document: Any, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._document = document
        self._rows: list[list[str]] = []
        _heading(document, rules.title.say(lang), 1)

    def write(self, result: Result) -> None:
        """Keep one row."""
        self._rows.append([str(cell) for cell in record(result, self.rules, self.lang)])

    def finish(self) -> None:
        """Write the table, what goes with it, and the problems."""
        _table(self._document, headings(self.rules, self.lang), self._rows)
        for section in self._beside:
            _section(self._document, section, self.lang)
        _problems(self._document, [problem.line(self.lang) for problem in self.problems], self.lang)


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """A table of results."""
    document = _new(rules.title.say(lang))
    yield DocumentWriter(document, rules, lang)
    save_settled(document, path)


def report(path: Path, told: Report, lang: Lang) -> None:
    """What must be mended first, then the tables of a report, each under its heading and its sentences."""
    document = _new(told.title)
    _heading(document, told.title, 1)
    _problems(document, [problem.line(lang) for problem in told.problems], lang)
    for section in told.sections:
        _section(document, section, lang)
    save_settled(document, path)


def _section(document: Any, section: Section, lang: Lang) -> None:
    if section.title:
        _heading(document, section.title, 3 if section.within else 2)
    for note in section.notes:
        document.add_paragraph(_plain(note)).paragraph_format.keep_with_next = bool(section.rows)
    if section.rows:
        _table(document, section.headings, section.texts(lang))


def _new(title: str) -> Any:
    """An empty document on A4, across, since the tables are wide."""
    needs("docx", "office")
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    document.core_properties.title, document.core_properties.author = _plain(title)[:255], ""
    return document


def _heading(document: Any, text: str, level: int) -> None:
    from docx.shared import RGBColor

    for run in document.add_heading(_plain(text), level).runs:
        run.font.name, run.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with lines, its headings again on every page, no row on two, columns as wide as what stands in them, numbers to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    size = Pt(9 if len(heads) > _WIDE else 11)
    letter = size.mm * _BROAD
    table = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    table.autofit = False
    widths = [Mm(width) for width in _widths(heads, rows, letter)]
    for column, width in zip(table.columns, widths, strict=True):
        column._gridCol.w = width
    for number, row in enumerate(table._tbl.tr_lst):
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if not number:
            row.trPr.append(OxmlElement("w:tblHeader"))
    counts = counting(rows)
    cells = iter(table._cells)  # each asked for by row and column would walk the whole table again
    for index, row in enumerate((heads, *rows)):
        for column, text in enumerate(row):
            cell = next(cells)
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(_plain(text))
            run.font.size, run.bold = size, index == 0
            if index and column in counts and is_number(text):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], letter: float) -> list[float]:
    """What each column gets of the page, in millimetres: no heading is broken within a word, and what is left goes to long texts."""
    least, wanted = [], []
    for column, head in enumerate(heads):
        texts = [head, *(line for row in rows for line in row[column].split("\n"))]
        words = [*head.split(), *(word for text in texts for word in text.split() if len(word) <= _WORD)]
        least.append(_MARGINS + letter * max(map(len, words), default=0))
        wanted.append(_MARGINS + letter * min(_LONG, max(map(len, texts))))
    if sum(least) > _ACROSS:
        return [_ACROSS * one / sum(least) for one in least]
    longed = sum(wanted) - sum(least)
    spare = min(_ACROSS - sum(least), longed)
    return [low + spare * (high - low) / longed if longed else low for low, high in zip(least, wanted, strict=True)]


def _problems(document: Any, lines: Sequence[str], lang: Lang) -> None:
    if lines:
        _heading(document, TO_BE_MENDED.say(lang), 2)
        for line in lines:
            document.add_paragraph(_plain(line), style="List Bullet")


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("�", text)
