"""Sheets of a workbook: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from ntm_rules.tables.write.listing import Cell, Number, cell_text
from ntm_rules.values import Bilingual, Lang, Outcome

_MOST = 32_000  # Excel holds 32 767 characters in a cell
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_A4 = 9  # as workbooks number kinds of paper
_LINE = 15  # points
_TALLEST = 400  # points; Excel has no row above 409
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAY = Bilingual("dd/mm/yyyy", "yyyy-mm-dd")
_WHOLE = "#,##0"
_FILLS: Final[dict[Outcome, tuple[Literal["solid", "lightUp"], str]]] = {  # on grey paper too: light, dark, hatched, none
    Outcome.MET: ("solid", "D5EBCB"),
    Outcome.NOT_MET: ("solid", "DD9A8C"),
    Outcome.UNDETERMINED: ("lightUp", "8A6D00"),
}
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def new_sheet(book: Any, title: str, headings: Sequence[str], widths: Sequence[int], freeze: str = "A2") -> Any:
    """A sheet with bold headings that stay in sight, printed across, as wide as one page; widths in characters."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.append([heading_cell(sheet, heading) for heading in headings])
    return sheet


def append_wrapped(sheet: Any, number: int, cells: Sequence[Any], texts: Sequence[str], widths: Sequence[int]) -> None:
    """The row of that number, each cell in as many lines as its text needs, and as high as the most of them."""
    _as_high(sheet, number, max(map(_lines, texts, widths)))
    sheet.append([wrapped(cell) for cell in cells])


def append_where_long(sheet: Any, number: int, cells: Sequence[Any], widths: Sequence[int]) -> None:
    """The row of that number; a text longer than its column stands in as many lines as it needs, so that no page is wider for it;
    what stands beside it begins at the top with it."""
    lines = [_lines(cell.value, width) if isinstance(cell.value, str) else 1 for cell, width in zip(cells, widths, strict=True)]
    tall = max(lines)
    _as_high(sheet, number, tall)
    sheet.append([wrapped(cell, needed > 1) if tall > 1 else cell for cell, needed in zip(cells, lines, strict=True)])


def _lines(text: str, width: int) -> int:
    return sum(-(-max(len(line), 1) // (width - 2)) for line in text.split("\n"))


def _as_high(sheet: Any, number: int, lines: int) -> None:
    """Not every program measures a row when it opens a file."""
    if lines > 1:
        sheet.row_dimensions[number].height = min(lines * _LINE, _TALLEST)


def column_letter(column: int) -> str:
    """The letters of a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def heading_cell(sheet: Any, heading: str) -> Any:
    """A bold cell."""
    from openpyxl.styles import Font

    cell = text_cell(sheet, heading)
    cell.font = Font(bold=True)
    return cell


def wrapped(cell: Any, long: bool = True) -> Any:
    """The cell with its text from the top, in as many lines as it needs where it is long."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=long, vertical="top")
    return cell


def value_cell(sheet: Any, value: Cell, lang: Lang) -> Any:
    """A cell that can be computed with: a count, a share, a day, each as people write it; a text computes nothing."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Outcome):
        return outcome_cell(sheet, value, lang)
    if isinstance(value, str):
        return text_cell(sheet, value)
    cell = WriteOnlyCell(sheet)
    if isinstance(value, int):
        cell.value, cell.number_format = value, _WHOLE
    elif isinstance(value, Number):
        places = f".{'0' * value.places}" if value.places else ""
        cell.value = value.value / 100 if value.percent else value.value
        cell.number_format = f"0{places}%" if value.percent else f"{_WHOLE}{places}"
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = value / 100, "0.00%"
    else:
        cell.value, cell.number_format = value, _DAY.say(lang)
    return cell


def outcome_cell(sheet: Any, outcome: Outcome, lang: Lang) -> Any:
    """An outcome told three times: by its sign, its word, and a fill that differs in grey too."""
    from openpyxl.styles import PatternFill

    cell = text_cell(sheet, cell_text(outcome, lang))
    if outcome in _FILLS:
        pattern, colour = _FILLS[outcome]
        cell.fill = PatternFill(pattern, fgColor=colour)
    return cell


def text_cell(sheet: Any, value: str | int) -> Any:
    """A cell that shows ``value`` and computes nothing: a text beginning with = stays a text."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value="")
    cell.value = printable(value)
    cell.data_type = "s"
    return cell


def printable(text: str) -> str:
    """A text that a cell can hold."""
    return _UNPRINTABLE.sub("�", text)[:_MOST]


def save_settled(book: Any, path: Path) -> None:
    """Save a workbook or a document without the time of saving, so that the same content gives the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
