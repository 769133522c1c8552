"""A checklist: the figures of one document in the order of its annex, to be held against its signed text and read back.

Each row carries what it is about in locked columns of its own, so that rows may be sorted, moved and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import letters, needs
from ntm_rules.figures.held import Held, held, of_sheet
from ntm_rules.problems import NotFound, Place, Problem, TableError, nearest
from ntm_rules.tables.write.page import page
from ntm_rules.tables.write.safe import atomic
from ntm_rules.tables.write.spreadsheet import printable, save_settled
from ntm_rules.values import Bilingual, Lang

RIGHT: Final = "đúng"
WRONG: Final = "sai"
NONE: Final = "không có"
TICKS: Final = {RIGHT: Bilingual(RIGHT, "right"), WRONG: Bilingual(WRONG, "wrong"), NONE: Bilingual(NONE, "none")}
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "number": ("số", "number"),
    "title": ("tên chỉ tiêu", "title"),
    "column": ("cột", "column"),
    "held": ("đang ghi", "held"),
    "unit": ("đơn vị", "unit"),
    "at": ("chỗ trong văn bản", "place in it"),
    "tick": ("kết quả", "result"),
    "value": ("văn bản ghi", "the page says"),
    "page": ("trang", "page"),
    # what a row is about, hidden and locked
    "edition": ("bộ tiêu chí", "set"),
    "version": ("phiên bản", "version"),
    "sha256": ("sha256 của bộ", "sha256 of the set"),
    "day": ("luật ngày", "law of"),
    "province": ("tỉnh", "province"),
    "instrument": ("văn bản", "instrument"),
    "document": ("sha256 bản ký", "sha256 of the document"),
    "key": ("mã dòng", "row"),
    "was": ("ghi lúc lập", "held then"),
}
IDENTITY: Final = ("edition", "version", "sha256", "day", "province", "instrument", "document")
_SHOWN: Final = ("number", "title", "column", "held", "unit", "at", "tick", "value", "page")
_FILLED: Final = ("tick", "value", "page")
_WIDTHS: Final = (8, 60, 34, 14, 20, 26, 11, 16, 9)
_HOW: Final = (
    Bilingual(
        "Mở bản ký, xem từng dòng. Văn bản ghi đúng như cột «đang ghi»: chọn «đúng», ghi trang. Văn bản ghi khác, hoặc ở đây chưa có số:"
        " chọn «sai», ghi con số của văn bản và trang. Văn bản không có con số đó: chọn «không có». Chưa xem: để trống.",
        "Open the signed text and look at each row. Where it says what stands under «đang ghi», choose «đúng» and enter the page. Where it"
        " says otherwise, or no figure stands here, choose «sai» and enter its figure and the page. Where it has no such figure, choose"
        " «không có». What was not looked at stays empty.",
    ),
    Bilingual(
        "Chỉ điền ba cột «kết quả», «văn bản ghi», «trang». Sắp xếp dòng, chuyển cột, bỏ dòng đều được; đừng gộp ô, đừng xóa cột ẩn.",
        "Fill the three columns «kết quả», «văn bản ghi», «trang» only. Rows may be sorted or left out and columns moved; merge no cells"
        " and delete no hidden column.",
    ),
    Bilingual(
        "Điều chỉ nằm trong ghi chú của bộ tiêu chí thì chưa phải là con số, nên không có ở đây.",
        "What stands only in notes of the set is no figure yet, and so is not here.",
    ),
    Bilingual(
        "Đọc lại bằng lệnh: ntm-rules figures certify TỆP --document BẢN_KÝ.pdf --by «cơ quan» --on NGÀY --into THƯ_MỤC",
        "Read it back with: ntm-rules figures certify FILE --document SIGNED.pdf --by «office» --on DAY --into FOLDER",
    ),
)
_ON_PAPER: Final = Bilingual(
    "Trang này để in và điền tay; muốn đọc lại thì điền vào tệp Excel.",
    "This page is for paper; what is to be read back goes into the Excel file.",
)


def figures_of_instrument(rules: RuleSet, instrument: str | None, product_set: str | None = None) -> tuple[Held, ...]:
    """The figures that stand in one document: the one named, or the one that issued the set; of score sheets one alone, where asked.

    The classes of stars belong to every sheet.

    Raises:
        NotFound: no figure of the set stands in that document, or it has no such sheet.
    """
    wanted, every = instrument or rules.document.instrument, held(rules)
    found = tuple(one for one in every if one.instrument == wanted)
    if not found:
        known = list(dict.fromkeys(one.instrument for one in every))
        words = {"got": wanted, "edition": rules.id, "allowed": "; ".join(known) or "–", "guess": nearest(wanted, known)}
        raise NotFound([Problem("NTM-870", Place(path="--instrument"), words)])
    if product_set is None:
        return found
    sheets = rules.scores.product_sets if rules.sheets else ()
    if product_set not in sheets:
        words = {"got": product_set, "edition": rules.id, "allowed": ", ".join(sheets) or "–"}
        raise NotFound([Problem("NTM-731", Place(path="--product-set"), words)])
    return of_sheet(found, product_set)


def write_checklist(rules: RuleSet, figures: Sequence[Held], path: Path, *, document: str = "", lang: Lang = "vi") -> None:
    """Write the checklist of some figures as a workbook to be filled, or as a page to be printed.

    Args:
        rules: the set whose figures they are.
        figures: those of one document.
        path: ``.xlsx`` or ``.html``.
        document: the sha256 of the signed text that is to be read, where it is known already.
        lang: the language of the page and the instructions; headings and ticks of the workbook are Vietnamese.

    Raises:
        TableError: the ending is another, or the file cannot be written.
        MissingExtra: openpyxl is not installed.
    """
    writers = {".xlsx": _workbook, ".html": _page}
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise TableError([Problem("NTM-515", Place(str(path)), {"got": suffix or path.name, "allowed": ", ".join(writers)})])
    with atomic(path) as scratch:
        writers[suffix](rules, figures, scratch, document, lang)


def _identity(rules: RuleSet, one: Held, document: str) -> dict[str, str]:
    on = rules.identity.on
    said = (rules.id, rules.version, rules.sha256, on.isoformat() if on else "", rules.province or "", one.instrument, document)
    return dict(zip(IDENTITY, said, strict=True))


def _row(rules: RuleSet, one: Held, document: str, lang: Lang) -> dict[str, str]:
    return {
        "number": one.number,
        "title": one.title.say(lang),
        "column": " / ".join(title.say(lang) for title in one.titles),
        "held": PROVINCE.say(lang) if one.delegated else one.shown(lang),
        "unit": one.unit.say(lang),
        "at": one.at,
        "tick": "",
        "value": "",
        "page": "",
        **_identity(rules, one, document),
        "key": key_of(one),
        "was": one.value,
    }


def key_of(one: Held) -> str:
    """The key of the row of a figure; it looks like no number, so that no spreadsheet makes 1.1 of 1.10."""
    return f"#{one.where}"


PROVINCE: Final = Bilingual("tỉnh quy định", "set by the province")


def _workbook(rules: RuleSet, figures: Sequence[Held], path: Path, document: str, lang: Lang) -> None:
    openpyxl = needs("openpyxl", "excel")
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Đối chiếu"
    names = list(COLUMNS)
    for index, name in enumerate(names):
        column = sheet.column_dimensions[letters(index)]
        column.hidden = name not in _SHOWN
        column.width = _WIDTHS[_SHOWN.index(name)] if name in _SHOWN else 12
        cell = sheet.cell(1, index + 1, COLUMNS[name][0])
        cell.font = Font(bold=True)
    to_fill, wrapped = PatternFill("solid", fgColor="FFF8DC"), Alignment(wrap_text=True, vertical="top")
    for number, one in enumerate(figures, 2):
        row = _row(rules, one, document, lang)
        for index, name in enumerate(names):
            cell = sheet.cell(number, index + 1)
            if row[name]:
                cell.value, cell.data_type = printable(row[name]), "s"
            cell.number_format, cell.alignment = "@", wrapped
            if name in _FILLED:
                cell.protection, cell.fill = Protection(locked=False), to_fill
    ticks = DataValidation(type="list", formula1=f'"{",".join(TICKS)}"', allow_blank=True, showErrorMessage=True)
    ticks.errorTitle, ticks.error = "Kết quả", f"Chọn: {', '.join(TICKS)}"
    at = letters(names.index("tick"))
    ticks.add(f"{at}2:{at}{len(figures) + 1}")
    sheet.add_data_validation(ticks)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{letters(len(names) - 1)}{len(figures) + 1}"
    sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "1:1", "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet, sheet.protection.sort, sheet.protection.autoFilter = True, False, False  # no password: against slips alone
    sheet.protection.formatColumns = False
    guide = book.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 120
    for line in (*_head(rules, figures, document, lang), *(line.say(lang) for line in _HOW)):
        guide.append([""])
        cell = guide.cell(guide.max_row, 1)
        cell.value, cell.data_type, cell.alignment = printable(line), "s", wrapped
    save_settled(book, path)


def _head(rules: RuleSet, figures: Sequence[Held], document: str, lang: Lang) -> Iterable[str]:
    """What the checklist is of, line by line."""
    yield f"{rules.title.say(lang)} ({rules.id} {rules.version})"
    yield f"sha256 {rules.sha256}"
    yield _OF.fill(figures[0].instrument, len(figures)).say(lang)
    if document:
        yield _SIGNED.fill(document).say(lang)


def _page(rules: RuleSet, figures: Sequence[Held], path: Path, document: str, lang: Lang) -> None:
    path.write_text("".join(page(_TITLE.fill(figures[0].instrument).say(lang), _body(rules, figures, document, lang), lang)), "utf-8")


def _body(rules: RuleSet, figures: Sequence[Held], document: str, lang: Lang) -> Iterable[str]:
    yield f"<h1>{escape(_TITLE.fill(figures[0].instrument).say(lang))}</h1>\n"
    yield from (f'<p class="small">{escape(line)}</p>\n' for line in _head(rules, figures, document, lang))
    yield from (f"<p>{escape(line.say(lang))}</p>\n" for line in (*_HOW[:3], _ON_PAPER))
    heads = "".join(f"<th>{escape(Bilingual(*COLUMNS[name]).say(lang))}</th>" for name in _SHOWN)
    yield f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    ticks = "".join(f"<option>{escape(tick.say(lang))}</option>" for tick in TICKS.values())
    for one in figures:
        row = _row(rules, one, document, lang)
        label = escape(one.where, quote=True)
        cells = {
            "tick": f'<select aria-label="{label}"><option></option>{ticks}</select>',
            "value": f'<input size="8" aria-label="{label}">',
            "page": f'<input size="4" aria-label="{label}">',
        }
        told = "".join(f"<td>{cells.get(name) or escape(row[name])}</td>" for name in _SHOWN)
        yield f'<tr data-key="{label}" data-was="{escape(one.value, quote=True)}">{told}</tr>\n'
    yield "</tbody>\n</table></div>\n"


_TITLE: Final = Bilingual("Đối chiếu {}", "{} against its signed text")
_OF: Final = Bilingual("Văn bản: {}; {} con số", "Document: {}; {} figures")
_SIGNED: Final = Bilingual("Bản ký: sha256 {}", "The signed text: sha256 {}")
