"""Results as an Excel workbook: text stays text, and the same results give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import needs
from ntm_rules.problems import Problem
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.open import headings, record
from ntm_rules.values import Lang

_WIDTHS = (24, 7, 12, 24, 18, 10, 10, 24, 24, 60, 60, 8, 10, 18, 24)
_MOST = 32_000  # Excel holds 32 767 characters in a cell
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class WorkbookWriter:
    """Results as XLSX: one sheet of results, one of problems."""

    def __init__(self, path: Path, rules: RuleSet, lang: Lang) -> None:
        openpyxl = needs("openpyxl", "excel")
        self._path, self._rules, self._lang = path, rules, lang
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = new_sheet(
            self._book, "Kết quả" if lang == "vi" else "Results", [heading.say(lang) for heading in headings(rules)], _WIDTHS
        )
        self._problems: list[Problem] = []
        self._saved = False

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for sheet in () if self._saved else self._book.worksheets:  # the scratch files that openpyxl streams into
            sheet.close()
            sheet._writer.cleanup()

    def add(self, result: Result) -> None:
        """Write one row."""
        self._problems.extend(result.problems)
        self._sheet.append([text_cell(self._sheet, cell) for cell in record(result, self._rules, self._lang)])

    def finish(self, problems: Iterable[Problem]) -> None:
        """Write the sheet of problems and the file."""
        vi = self._lang == "vi"
        headings = ["Chỗ", "Mã lỗi", "Lỗi"] if vi else ["Place", "Code", "Problem"]
        sheet = new_sheet(self._book, "Lỗi" if vi else "Problems", headings, (40, 10, 100))
        for problem in (*problems, *self._problems):
            words = f"{problem.what(self._lang)} {problem.why(self._lang)} {problem.mend(self._lang)}"
            sheet.append([text_cell(sheet, cell) for cell in (str(problem.place), problem.code, words)])
        save_settled(self._book, self._path)
        self._saved = True


def new_sheet(book: Any, title: str, headings: Sequence[str], widths: Sequence[int], freeze: str = "A2") -> Any:
    """A sheet with bold headings that stay in sight; widths in characters."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    cells = [text_cell(sheet, heading) for heading in headings]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def text_cell(sheet: Any, value: str | int) -> Any:
    """A cell that shows ``value`` and computes nothing: a text beginning with = stays a text."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value="")
    cell.value = _UNPRINTABLE.sub("�", value)[:_MOST]
    cell.data_type = "s"
    return cell


def save_settled(book: Any, path: Path) -> None:
    """Save a workbook without the time of saving, so that the same content gives the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
