"""The annex of a decision as an Excel workbook: one row an indicator, its columns side by side, the source beside.

Where the figures of one indicator stand in several sources it has a row for each. Of score sheets it has a row for what a criterion
brings at most, with its marks, and one a level, in the words of the sheet. What a row is about stands in locked columns, part of them
hidden, so that rows may be sorted and left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import letters, needs
from ntm_rules.figures.checklist import figures_of_instrument
from ntm_rules.figures.held import Held, held
from ntm_rules.model.sheet_figures import SCORES
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.write.safe import atomic
from ntm_rules.tables.write.spreadsheet import printable, save_settled
from ntm_rules.values import Bilingual, SourceLevel

SHEET: Final = "Con số"
_LISTS: Final = "Danh mục"
BEFORE: Final[dict[str, tuple[str, ...]]] = {"number": ("số", "number"), "title": ("tên chỉ tiêu", "title")}
OF_SHEETS: Final[dict[str, tuple[str, ...]]] = {
    "product_set": ("bộ sản phẩm", "product set"),
    "option": ("mức ghi trên phiếu", "level on the sheet"),
    "#diem": ("điểm", "points"),
    **{f"#sao-{star}": (f"dấu {star} sao", f"mark of {star} stars") for star in "345"},
}
BESIDE: Final[dict[str, tuple[str, ...]]] = {
    "sign": ("phép so", "comparison"),
    "unit": ("đơn vị", "unit"),
    "level": ("mức nguồn", "level"),
    "instrument": ("văn bản", "instrument"),
    "at": ("chỗ trong văn bản", "place in it"),
    "seen": ("đã thấy ở", "seen at"),
    # what a row is about, hidden and locked
    "edition": ("bộ tiêu chí", "set"),
    "version": ("phiên bản", "version"),
    "sha256": ("sha256 của bộ", "sha256 of the set"),
    "day": ("luật ngày", "law of"),
    "province": ("tỉnh", "province"),
    "key": ("mã dòng", "row"),
    "was": ("ghi lúc lập", "held then"),
}
SOURCE: Final = ("level", "instrument", "at", "seen")
_LOCKED: Final = ("number", "title", "sign", "unit")
IDENTITY: Final = ("edition", "day", "province", "version", "sha256")
_HIDDEN: Final = frozenset({*IDENTITY, "key", "was"})
_WIDTHS: Final = {
    "number": 8,
    "title": 60,
    "sign": 9,
    "unit": 20,
    "product_set": 30,
    "option": 60,
    "level": 26,
    "instrument": 22,
    "at": 26,
    "seen": 60,
}
_CLASS: Final = "từ bao nhiêu điểm"
DELEGATED: Final = "tỉnh quy định"
ABSENT: Final = "chưa có"
YES: Final = {"true": "có", "false": "không"}
LEVELS: Final = {level.label.vi: level.value for level in SourceLevel if level is not SourceLevel.MISSING}
_GUIDE_OF_SHEETS: Final = (
    "Chỉ sửa ô tô vàng: điểm của từng mức, điểm tối đa, dấu sao, điểm từ đó bắt đầu mỗi hạng sao. Nguồn là của cả phiếu, không sửa ở đây.",
    "Dấu sao in mà không rõ của mức nào thì ghi «chưa có». Tiêu chí nhiều phiếu dùng chung: sửa như nhau ở mọi phiếu thì sửa một lần"
    " trong tệp dùng chung; sửa ở một phiếu thì phiếu ấy có tiêu chí riêng.",
    "Sắp xếp dòng, chuyển cột, bỏ dòng đều được; đừng gộp ô, đừng xóa cột ẩn.",
    "Đọc lại: ntm-rules workbook BỘ --read TỆP, thêm --into-place để sửa ngay trong tệp. Không có tùy chọn này thì không gì bị sửa.",
    "Change the yellow cells only: points and marks. Nothing is changed until it is read back.",
)
_GUIDE: Final = (
    "Chỉ sửa ô tô vàng: con số, và bốn cột nguồn (mức nguồn, văn bản, chỗ trong văn bản, đã thấy ở). Ô xám không có con số.",
    f"Chưa có con số: «{ABSENT}»; tỉnh quy định: «{DELEGATED}». Rút một con số thì ghi một trong hai chữ đó, đừng để trống.",
    "Nguồn ở một dòng là của các con số sửa ở dòng đó; nếu chỉ sửa nguồn thì là của mọi con số ở dòng. Điền con số mới phải điền nguồn.",
    "Sắp xếp dòng, chuyển cột, bỏ dòng đều được; đừng gộp ô, đừng xóa cột ẩn.",
    "Đọc lại: ntm-rules workbook BỘ --read TỆP, thêm --into-place để sửa ngay trong tệp, hoặc --instrument, --from, --province để lập văn"
    " bản mới. Không có các tùy chọn này thì không gì bị sửa.",
    "Change the yellow cells only. The source of a row is that of the figures changed in it. Nothing is changed until it is read back.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the figures of an indicator that stand in one source."""

    figures: tuple[Held, ...]

    @property
    def key(self) -> str:
        """Its key; it looks like no number, so that no spreadsheet makes 17.1 of 17.10."""
        return f"#{self.figures[0].where}"

    @property
    def cells(self) -> Mapping[str, Held]:
        """Its figures by the key of their column."""
        return {column_key(one): one for one in self.figures}

    @property
    def texts(self) -> dict[str, str]:
        """What stands in its cells for people."""
        first = self.figures[0]
        known = bool(first.value)
        return {
            "number": first.number,
            "title": first.title.vi,
            "product_set": first.titles[0].vi if first.compares in SCORES and first.titles else "",
            "option": first.titles[-1].vi if first.titles else _CLASS if first.compares == "from" else "",
            "sign": first.asks or "có/không",
            "unit": first.unit.vi,
            "level": first.level.label.vi if known else "",
            "instrument": first.instrument if known else "",
            "at": first.at if known else "",
            "seen": "; ".join(first.seen) if known else "",
        }

    @property
    def was(self) -> str:
        """What it held when the workbook was made, and in which source."""
        source = [self.texts[name] for name in SOURCE]
        return json.dumps([source, {f"#{' / '.join(one.column)}": figure_cell(one) for one in self.figures}], ensure_ascii=False)


def column_key(one: Held) -> str:
    """The key of the column in which a figure stands."""
    if one.compares in SCORES:
        return f"#{one.column[-1]}" if one.compares == "mark" else "#diem"
    return f"#{' / '.join(one.column)}"


def figure_cell(one: Held) -> str:
    """A figure as its cell shows it."""
    if not one.value:
        return DELEGATED if one.delegated else ABSENT
    return YES.get(one.value, one.value)


def lines_of(rules: RuleSet) -> dict[str, Line]:
    """The rows of a workbook by their keys, in the order of the annex; a sheet that is not known has none."""
    return _lines(held(rules))


def _lines(figures: Sequence[Held]) -> dict[str, Line]:
    groups: dict[tuple[Any, ...], list[Held]] = {}
    for one in figures:
        source: tuple[Any, ...] = (one.level, one.instrument, one.at, one.seen) if one.value else ()
        if one.compares in SCORES:  # a mark stands beside the most points of its criterion
            source = (one.column[0], "toi-da" if one.compares == "mark" else one.column[1]) if one.column else ()
        elif not one.compares:
            continue
        groups.setdefault((one.number, source), []).append(one)
    found = [Line(tuple(figures)) for figures in groups.values()]
    return {line.key: line for line in found}


def headings(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """The columns of the workbook of a set with the words they are known by: those of its figures depend on the set."""
    if rules.sheets is not None:
        return {**BEFORE, **OF_SHEETS, **{name: said for name, said in BESIDE.items() if name not in ("sign", "unit")}}
    figures: dict[str, tuple[str, ...]] = {}
    for one in held(rules):
        words = " / ".join(title.vi for title in one.titles) or "mức chung"
        key = column_key(one)
        if key not in figures:
            taken = {said[0] for said in figures.values()}
            figures[key] = (words if words not in taken else f"{words} ({key[1:]})",)
    return {**BEFORE, **figures, **BESIDE}


def locked(rules: RuleSet) -> tuple[str, ...]:
    """The columns that say whose figures stand in a row; the source of a score sheet is that of all its figures."""
    return (*BEFORE, "product_set", "option", *SOURCE) if rules.sheets is not None else _LOCKED


def identity(rules: RuleSet) -> dict[str, str]:
    """What the workbook is of."""
    on = rules.identity.on
    said = (rules.id, on.isoformat() if on else "", rules.province or "", rules.version, rules.sha256)
    return dict(zip(IDENTITY, said, strict=True))


def write_workbook(rules: RuleSet, path: Path, product_set: str | None = None) -> int:
    """Write every figure of a ruleset to ``.xlsx``, or those of one score sheet and of the classes of stars; how many there were.

    Raises:
        NotFound: the set has no such score sheet.
        TableError: the file cannot be written, or its ending is another.
        MissingExtra: openpyxl is not installed.
    """
    figures = held(rules) if product_set is None else figures_of_instrument(rules, None, product_set)
    lines, columns = list(_lines(figures).values()), headings(rules)
    if path.suffix.lower() != ".xlsx":
        raise NtmError([Problem("NTM-515", Place(str(path)), {"got": path.suffix or path.name, "allowed": ".xlsx"})])
    openpyxl = needs("openpyxl", "excel")
    book = openpyxl.Workbook()
    _fill(book, rules, lines, columns)
    with atomic(path) as scratch:
        save_settled(book, scratch)
    return sum(len(line.figures) for line in lines)


def _fill(book: Any, rules: RuleSet, lines: Sequence[Line], columns: Mapping[str, tuple[str, ...]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    sheet, names, fixed = book.active, list(columns), locked(rules)
    sheet.title = SHEET
    open_, closed = PatternFill("solid", fgColor="FFF8DC"), PatternFill("solid", fgColor="E4E4E4")
    wrap = Alignment(wrap_text=True, vertical="top")
    for index, name in enumerate(names):
        column = sheet.column_dimensions[letters(index)]
        column.hidden, column.width = name in _HIDDEN, _WIDTHS.get(name, 14)
        head = sheet.cell(1, index + 1, columns[name][0])
        head.font, head.alignment = Font(bold=True), wrap
    same = identity(rules)
    for number, line in enumerate(lines, 2):
        cells = {key: figure_cell(one) for key, one in line.cells.items()}
        row = {**line.texts, **cells, **same, "key": line.key, "was": line.was}
        for index, name in enumerate(names):
            cell = sheet.cell(number, index + 1)
            if row.get(name):
                cell.value, cell.data_type = printable(row[name]), "s"
            cell.number_format, cell.alignment = "@", wrap
            if name in cells or (name in SOURCE and name not in fixed):
                cell.protection, cell.fill = Protection(locked=False), open_
            elif name.startswith("#"):
                cell.fill = closed
    if lines and rules.sheets is None:
        _choices(book, rules, lines, names)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{letters(len(names) - 1)}{len(lines) + 1}"
    sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter = True, False, False  # no password: against slips alone
    sheet.protection.formatColumns = False
    guide = book.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 120
    for text in (
        f"{rules.title.vi} ({rules.id} {rules.version})",
        f"sha256 {rules.sha256}",
        *(_GUIDE_OF_SHEETS if rules.sheets is not None else _GUIDE),
    ):
        guide.append([text])
        guide.cell(guide.max_row, 1).alignment = wrap


def _choices(book: Any, rules: RuleSet, lines: Sequence[Line], names: Sequence[str]) -> None:
    """Drop-downs: the levels, yes or no, the choices of an indicator; words with commas need a sheet of their own."""
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet, lists = book.active, book.create_sheet(_LISTS)
    columns: dict[tuple[str, ...], Any] = {}

    def choose(words: Sequence[str], where: str, *, strict: bool) -> None:
        if tuple(words) not in columns:
            at = len(columns)
            for row, word in enumerate(words, 1):
                lists.cell(row, at + 1, word)
            formula = f"'{_LISTS}'!${letters(at)}$1:${letters(at)}${len(words)}"
            one = columns[tuple(words)] = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
            one.error = "Chọn một trong danh sách."
            sheet.add_data_validation(one)
        columns[tuple(words)].add(where)

    indicators = rules.document.indicators
    at = letters(names.index("level"))
    choose(list(LEVELS), f"{at}2:{at}{len(lines) + 1}", strict=True)
    for number, line in enumerate(lines, 2):
        measure = indicators[line.figures[0].number].measure
        words = list(YES.values()) if measure.kind == "yes_no" else list(measure.choices) if measure.kind == "choice" else []
        for key in line.cells if words else ():
            choose([*words, ABSENT, DELEGATED], f"{letters(names.index(key))}{number}", strict=False)


def changed_since(rules: RuleSet, was: Mapping[str, str]) -> Iterator[Bilingual]:
    """What a set holds otherwise than a workbook when it was made: ``3.1: 85 → 80``; by the key of its rows.

    A row that is no longer there was split, joined or taken away.
    """
    now = {one.where: (figure_cell(one), line.was) for line in lines_of(rules).values() for one in line.figures}
    for key, text in was.items():
        try:
            source, cells = json.loads(text)
            before = {f"{key[1:].split(' (')[0]}{f' ({column[1:]})' if column != '#' else ''}": cell for column, cell in cells.items()}
        except (ValueError, AttributeError):
            continue  # told as a locked cell
        for where, cell in before.items():
            held_now, line = now.get(where, ("–", "[[], {}]"))
            if cell != held_now:
                yield Bilingual(f"{where}: {cell} → {held_now}")
            elif json.loads(line)[0] != source:
                yield Bilingual(f"nguồn của {where}", f"the source of {where}")
