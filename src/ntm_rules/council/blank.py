"""Blank score sheets: a workbook for each member, a sheet for each product, levels to choose from and nothing else to type.

What says whose sheet it is, and of which text, is locked: a sheet that comes back is joined by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ntm_rules.council import layout
from ntm_rules.council.kit import KIT, POINTS, Kit, Product
from ntm_rules.decide.written.grid import letters, needs
from ntm_rules.model.score import MarkMissing, ScoreCriterion
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.write.safe import atomic
from ntm_rules.tables.write.spreadsheet import save_settled, text_cell
from ntm_rules.values import Lang

_STARS: Final = "★"
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_NOT_ASCII: Final = re.compile(r"[^A-Za-z0-9]+")


def write_kit(kit: Kit, folder: Path, lang: Lang = "vi") -> list[Path]:
    """Write a workbook for each member and the file that says what was handed out. What stands there is never written over.

    Raises:
        TableError: one of the files is there already, or cannot be written.
        MissingExtra: openpyxl is not installed.
    """
    needs("openpyxl", "excel")
    members = {folder / f"{number:02d}-{_plain(member)}.xlsx": member for number, member in enumerate(kit.members, 1)}
    there = [path for path in (folder / KIT, *members) if path.exists()]
    if there:
        raise TableError(Problem("NTM-841", Place(str(path)), {"file": path.name}) for path in there)
    for path, member in members.items():
        with atomic(path) as scratch:
            save_settled(_workbook(kit, member, lang), scratch)
    with atomic(folder / KIT) as scratch:
        scratch.write_text(kit.to_json(), "utf-8", newline="\n")
    return [*members, folder / KIT]


def _plain(name: str) -> str:
    spread = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return _NOT_ASCII.sub("-", bare).strip("-")[:40] or "thanh-vien"


def _workbook(kit: Kit, member: str, lang: Lang) -> Any:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    taken = {layout.LEVELS.say(lang).casefold()}
    offered = _Offered(layout.LEVELS.say(lang))
    for product in kit.products:
        sheet = book.create_sheet(_title(product, taken))
        _fill(_Page(sheet, lang, offered), kit, product, member)
    hidden = book.create_sheet(offered.title)
    for line in offered.lines:
        hidden.append([text_cell(hidden, line)])
    hidden.sheet_state = "hidden"
    hidden.protection.sheet = True
    return book


def _title(product: Product, taken: set[str]) -> str:
    """A name that a sheet may have, and that no other has."""
    bare = _NO_NAME.sub(" ", product.id).strip() or "–"
    name, count = bare[:_LONGEST_NAME], 1
    while name.casefold() in taken:
        count += 1
        name = f"{bare[: _LONGEST_NAME - 5]} ({count})"
    taken.add(name.casefold())
    return name


@dataclass(slots=True)
class _Offered:
    """The hidden sheet: what each drop-down offers, the same offer once."""

    title: str
    lines: list[str] = field(default_factory=list)
    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def range(self, levels: tuple[str, ...]) -> str:
        """Where an offer stands."""
        if levels not in self.known:
            first = len(self.lines) + 1
            self.lines += levels
            self.known[levels] = f"'{self.title}'!$A${first}:$A${len(self.lines)}"
        return self.known[levels]


@dataclass(slots=True)
class _Page:
    """A sheet while it is written, row by row."""

    sheet: Any
    lang: Lang
    offered: _Offered
    row: int = 0
    scored: list[int] = field(default_factory=list)

    def add(self, cells: Sequence[str], *, bold: bool = False, free: Sequence[int] = (), formula: tuple[int, str] | None = None) -> None:
        """A row; the cells at ``free`` may be filled, all others are locked."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, Protection

        self.row += 1
        made = [text_cell(self.sheet, text) for text in cells]
        if formula is not None:  # of our own row numbers, never of a text from a table
            made[formula[0]] = WriteOnlyCell(self.sheet, value=formula[1])
        for index, cell in enumerate(made):
            cell.alignment = Alignment(wrap_text=index > 0, vertical="top")
            cell.font = Font(bold=bold)
            cell.protection = Protection(locked=index not in free)
        self.sheet.append(made)


def _fill(page: _Page, kit: Kit, product: Product, member: str) -> None:
    sheet, lang = page.sheet, page.lang
    for column, width in enumerate(layout.WIDTHS):
        sheet.column_dimensions[letters(column)].width = width
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    form, identity = kit.sheet(product), kit.identity(product)
    said = {
        "set": identity.id,
        "version": identity.version,
        "sha256": identity.sha256,
        "on": identity.on.isoformat() if identity.on else "",
        "province": identity.province or "",
        "product": product.id,
        "name": product.name,
        "product_set": f"{form.sheet}. {form.title.say(lang)}",
        "member": member,
        "round": str(kit.number),
        "day": "",
    }
    sheet.freeze_panes = f"A{len(said) + 4}"
    page.add([layout.TITLE.say(lang)], bold=True)
    for key, text in said.items():
        page.add([layout.IDENTITY[key].say(lang), text], free=[1] if key == "day" else ())
    page.add([layout.HOW.say(lang)])
    page.add([heading.say(lang) for heading in layout.HEADINGS.values()], bold=True)
    for part in form.parts:
        frame = kit.rules.scores.score.parts[part.part]
        page.add([part.part, f"{frame.title.say(lang)} ({part.points})"], bold=True)
        for criterion in part.criteria:
            _criterion(page, kit, criterion)
    points = letters(layout.CHOSEN + 1)
    page.add(["", layout.TOTAL.say(lang), "", "", "", ""], bold=True, formula=(5, f"=SUM({points}{page.scored[0]}:{points}{page.row})"))
    page.add([])
    page.add(["", "", "", layout.SIGNED.say(lang)], bold=True)


def _criterion(page: _Page, kit: Kit, criterion: ScoreCriterion) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    lang = page.lang
    title = criterion.title.say(lang) if criterion.title else ""
    if criterion.of:
        note = layout.ONE_CASE.say(lang) if criterion.one_case else ""
        page.add([criterion.criterion, f"{title} ({criterion.points})" if criterion.points is not None else title, "", note], bold=True)
        for below in criterion.of:
            _criterion(page, kit, below)
        return
    levels = tuple(level_text(points, words.say(lang), lang) for points, words in kit.levels(criterion))
    chosen = f"{letters(layout.CHOSEN)}{page.row + 1}"
    split = f'=IF({chosen}="","",VALUE(LEFT({chosen},FIND(" ",{chosen})-1)))'
    page.add(
        [criterion.criterion, title, marks_text(criterion, lang), "\n".join(levels), "", "", ""],
        free=[layout.CHOSEN, layout.CHOSEN + 2],
        formula=(layout.CHOSEN + 1, split),
    )
    page.scored.append(page.row)
    offer = DataValidation("list", formula1=page.offered.range(levels), allow_blank=True, showErrorMessage=True)
    offer.add(chosen)
    page.sheet.data_validations.append(offer)


def level_text(points: int, words: str, lang: Lang) -> str:
    """A level as members choose it."""
    return f"{POINTS.fill(points).say(lang)}: {words}"


def marks_text(criterion: ScoreCriterion, lang: Lang) -> str:
    """The star marks of a criterion, a line each."""
    found = []
    for star, least in sorted(criterion.marks.items()):
        signs = _STARS * int(star)
        found.append((layout.MARK_OPEN.fill(signs) if isinstance(least, MarkMissing) else layout.MARK.fill(signs, least)).say(lang))
    return "\n".join(found)
