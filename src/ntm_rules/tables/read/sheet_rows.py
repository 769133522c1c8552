"""The rows of a sheet, from its XML in one pass: what a cell stores, and whether a formula gave it.

openpyxl reads what a workbook has once (names of sheets, strings, formats); cells, of which there are hundreds of thousands, are read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final
from xml.parsers import expat

from ntm_rules.decide.written.grid import Broken, cell_of

_PIECE: Final = 1 << 18
_GENERAL: Final = "General"


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share.

    Attributes:
        sheets: the part that each sheet stands in, by its name.
        shown: the sheets that are not hidden.
        strings: the texts that cells refer to.
        styles: the formats of the workbook, as openpyxl knows them.
    """

    sheets: dict[str, str]
    shown: list[str]
    strings: list[str]
    styles: Any

    @classmethod
    def read(cls, path: Path) -> Workbook:
        """All of a workbook but its cells."""
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.styles.stylesheet import apply_stylesheet

        reader = ExcelReader(path, read_only=True, data_only=True, keep_links=False)
        with reader.archive:
            reader.read_manifest()
            reader.read_strings()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            parts = set(reader.valid_files)
            found = [(sheet, rel) for sheet, rel in reader.parser.find_sheets() if rel.target in parts and "chartsheet" not in rel.Type]
        sheets = {sheet.name: rel.target for sheet, rel in found}
        return cls(sheets, [sheet.name for sheet, _ in found if sheet.state == "visible"], reader.shared_strings, reader.wb)

    @cached_property
    def formats(self) -> list[str]:
        """How numbers are shown, by style."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        own = self.styles._number_formats
        numbers = [style.numFmtId for style in self.styles._cell_styles]
        return [
            BUILTIN_FORMATS.get(number, _GENERAL) if number < BUILTIN_FORMATS_MAX_SIZE else own[number - BUILTIN_FORMATS_MAX_SIZE]
            for number in numbers
        ]


@dataclass(slots=True)
class Stored:
    """A cell that a formula gave, or a number that is shown otherwise than it is stored.

    Attributes:
        value: what is stored; None where a formula has no result.
        shown: the format of a number.
        formula: the formula; empty where there is none.
    """

    value: Any
    shown: str = _GENERAL
    formula: str = ""


@dataclass(slots=True)
class _Sheet:
    """Hears the XML of a sheet, and gathers its rows."""

    book: Workbook
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    _prefix: str | None = None
    _number: int = 0
    _cells: list[Any] = field(default_factory=list)
    _kind: str = "n"
    _style: int = 0
    _column: int = 0
    _address: str = ""
    _value: str = ""
    _texts: list[str] = field(default_factory=list)
    _heard: list[str] = field(default_factory=list)
    _spoken: bool = False
    _formula: dict[str, str] | None = None
    _formula_text: str = ""
    _columns: dict[str, int] = field(default_factory=dict)
    _shared: dict[str, Any] = field(default_factory=dict)

    def begins(self, tag: str, said: dict[str, str]) -> None:
        """A tag is opened."""
        if self._prefix is None:  # the outermost says how all the others are spelt
            self._prefix = tag.rpartition(":")[0]
        if self._prefix:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._kind, self._style = said.get("t", "n"), int(said.get("s", 0))
            self._value, self._formula, self._formula_text = "", None, ""
            self._texts.clear()
            self._place(said.get("r", ""))
        elif tag in ("v", "t"):
            self._heard.clear()
        elif tag == "f":
            self._heard.clear()
            self._formula = said
        elif tag == "rPh":  # how a text is pronounced is no part of it
            self._spoken = True
        elif tag == "row":
            number = said.get("r")
            self._number = self._number + 1 if number is None else int(float(number))
            self._cells, self._column = [], 0

    def ends(self, tag: str) -> None:
        """A tag is closed."""
        if self._prefix:
            tag = tag.rpartition(":")[2]
        if tag == "v":
            self._value = "".join(self._heard)
        elif tag == "t":
            if not self._spoken:
                self._texts.append("".join(self._heard))
        elif tag == "c":
            cells = self._cells
            while len(cells) < self._column:
                cells.append(None)
            cells[self._column - 1] = self._cell()
        elif tag == "f":
            self._formula_text = "".join(self._heard)
        elif tag == "rPh":
            self._spoken = False
        elif tag == "row":
            self.rows.append((self._number, self._cells))

    def hears(self, text: str) -> None:
        """What stands between tags."""
        self._heard.append(text)

    def _place(self, address: str) -> None:
        self._address = address
        if not address:
            self._column += 1
            return
        name = address.rstrip("0123456789")
        column = self._columns.get(name)
        if column is None:
            from openpyxl.utils import column_index_from_string

            column = self._columns[name] = column_index_from_string(name)
        self._column = column

    def _cell(self) -> Any:
        value = self._read()
        if self._formula is not None:
            formula = self._spelt(self._formula)
            return value if value.__class__ is Broken else Stored(value, self.book.formats[self._style], formula)
        if self._style and value.__class__ in (int, float) and (shown := self.book.formats[self._style]) != _GENERAL:
            return Stored(value, shown)
        return value

    def _read(self) -> Any:
        kind, value = self._kind, self._value
        if kind == "inlineStr":
            return "".join(self._texts) if self._texts else None
        if not value:
            return None
        if kind == "s":
            return self.book.strings[int(value)]
        if kind == "n":
            number = float(value) if "." in value or "E" in value or "e" in value else int(value)
            return self._day(number) if self._style in self.book.styles._date_formats else number
        if kind == "e":
            return Broken("NTM-506", value)
        if kind == "b":
            return bool(int(value))
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return cell_of(from_ISO8601(value))  # type: ignore[no-untyped-call]
        return value

    def _day(self, number: float) -> Any:
        from openpyxl.utils.datetime import from_excel

        styles = self.book.styles
        try:
            return cell_of(from_excel(number, styles.epoch, timedelta=self._style in styles._timedelta_formats))
        except (OverflowError, ValueError):
            return Broken("NTM-506", "#VALUE!")

    def _spelt(self, said: dict[str, str]) -> str:
        """The formula as Excel shows it, also where it is written once for many cells."""
        text = f"={self._formula_text}"
        if said.get("t") == "shared":
            from openpyxl.formula.translate import Translator

            key = said.get("si", "")
            if key in self._shared:
                return str(self._shared[key].translate_formula(self._address))
            if self._formula_text:
                self._shared[key] = Translator(text, self._address)
        return text


def rows_of(part: IO[bytes], book: Workbook) -> Iterator[list[Any]]:
    """The rows of a sheet in order, those that are left out as empty ones: texts, numbers, bools, :class:`Broken`, :class:`Stored`."""
    sheet = _Sheet(book)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = sheet.begins, sheet.ends, sheet.hears
    due, more = 1, True
    damage: Exception | None = None
    while more and damage is None:
        piece = part.read(_PIECE)
        more = bool(piece)
        try:
            parser.Parse(piece, not more)
        except Exception as error:  # what stands before it is whole
            damage = error
        ready, sheet.rows = sheet.rows, []
        for number, cells in ready:
            while due < number:
                due += 1
                yield []
            if due == number:
                due += 1
                yield cells
    if damage is not None:
        raise damage
