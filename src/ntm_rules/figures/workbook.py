"""The figures of a ruleset as an Excel workbook, and what somebody changed in it as a draft.

A workbook never changes a ruleset by itself: what differs becomes an overlay of the kind ``draft``, which is checked, rehearsed and
published like any other change of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import needs
from ntm_rules.figures.held import figure_text
from ntm_rules.model.figures import Figure, Row, Table, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.problems import Problem, nearest
from ntm_rules.tables.read.plain_tables import Cells, read_plain
from ntm_rules.tables.write.safe import atomic
from ntm_rules.tables.write.spreadsheet import new_sheet, save_settled, text_cell
from ntm_rules.values import SourceLevel, exact

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "number": ("số", "number"),
    "title": ("tên chỉ tiêu", "title"),
    "column": ("cột", "column"),
    "sign": ("phép so", "comparison"),
    "figure": ("con số", "figure"),
    "unit": ("đơn vị", "unit"),
    "level": ("mức nguồn", "level"),
    "instrument": ("văn bản", "instrument"),
    "at": ("chỗ trong văn bản", "place in it"),
    "seen": ("đã thấy ở", "seen at"),
    "missing": ("vì sao chưa có", "why missing"),
}
_HEADINGS = tuple(said[0] for said in COLUMNS.values())
_WIDTHS = (8, 60, 36, 9, 14, 22, 12, 18, 24, 60, 40)
_SHEET = "Con số"
_READ_ME = (
    "Sửa cột «con số», «mức nguồn», «văn bản», «chỗ trong văn bản», «đã thấy ở». Đừng sửa cột «số» và «cột».",
    "Chưa có con số thì để trống.",
    "Mức nguồn: official (đã đối chiếu bản ký), published (thấy trong nguồn công bố), recalled (chưa đối chiếu).",
    "Lệnh «ntm-rules workbook» đọc lại tệp này và ghi phần đã sửa thành một dự thảo; bộ tiêu chí không đổi.",
    "Change the columns of figure, level, instrument, place and seen. A figure that is not known stays empty. Nothing is changed until the",
    "workbook is read back; what differs then becomes a draft.",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One figure as a workbook has it, where it differs from the ruleset."""

    indicator: str
    column: tuple[str, ...]
    old: Figure
    new: dict[str, Any]


def write_workbook(rules: RuleSet, path: Path) -> int:
    """Write every figure of a ruleset to ``.xlsx``, one a row; how many there were.

    Raises:
        TableError: the file cannot be written.
        MissingExtra: openpyxl is not installed.
    """
    openpyxl = needs("openpyxl", "excel")
    book = openpyxl.Workbook(write_only=True)
    sheet = new_sheet(book, _SHEET, _HEADINGS, _WIDTHS, freeze="C2")
    rows = list(_rows(rules))
    for row in rows:
        sheet.append([text_cell(sheet, text) for text in row])
    guide = book.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 140
    for line in (f"{rules.id} {rules.version} sha256 {rules.sha256}", *_READ_ME):
        guide.append([text_cell(guide, line)])
    with atomic(path) as scratch:
        save_settled(book, scratch)
    return len(rows)


def _indicators(rules: RuleSet) -> Iterator[Indicator]:
    """The indicators of the conditions and of the criteria."""
    for section in rules.document.sections:
        yield from section.indicators


def _rows(rules: RuleSet) -> Iterator[Sequence[str]]:
    for one in _indicators(rules):
        for column, figure in figures_of(one.bound):
            yield (
                one.indicator,
                one.title.vi,
                " / ".join(column),
                OPERATORS[one.operator].sign,
                figure_text(figure),
                one.measure.unit_words.vi,
                _level(figure, one),
                figure.instrument or "",
                figure.at or "",
                "; ".join(figure.seen),
                figure.missing.vi if figure.missing is not None and figure.value is None else "",
            )


def _level(figure: Figure, one: Indicator) -> str:
    """The level of a figure; that of its indicator where it has none of its own; none where there is no figure."""
    if figure.value is None:
        return ""
    level = figure.level or (one.source.level if one.source else None)
    return level.value if level else ""


def read_workbook(rules: RuleSet, path: Path) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """What a workbook says otherwise than the ruleset, and what is wrong with it. A row left out of the workbook changes nothing.

    Raises:
        TableError: the file cannot be read at all.
        MissingExtra: openpyxl is not installed.
    """
    table = read_plain(path, COLUMNS, ("number", "figure"), None if path.suffix.lower() == ".csv" else _SHEET)
    by_number = {one.indicator: one for one in _indicators(rules)}
    edits: list[Edit] = []
    problems = list(table.problems)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for row in table.rows:
        one = by_number.get(row["number"])
        column = tuple(part.strip() for part in row["column"].split("/") if part.strip())
        figures = dict(figures_of(one.bound)) if one is not None else {}
        if one is None or column not in figures:
            got = row["number"] if one is None else f"{row['number']} ({row['column']})"
            guess = nearest(row["number"], by_number) if one is None else None
            row.problems.append(Problem("NTM-819", row.at("number"), {"got": got, "edition": rules.id, "guess": guess}))
        elif (row["number"], column) in seen:
            row.problems.append(Problem("NTM-202", row.at("number"), {"key": f"{row['number']} {row['column']}"}))
        else:
            seen.add((row["number"], column))
            found = _edit(row, one, column, figures[column])
            if found is not None and not row.problems:
                edits.append(found)
        problems += row.problems
    return tuple(edits), tuple(problems)


def _edit(row: Cells, one: Indicator, column: tuple[str, ...], old: Figure) -> Edit | None:
    said = (row["figure"], row["level"], row["instrument"], row["at"], row["seen"])
    was = (figure_text(old), _level(old, one), old.instrument or "", old.at or "", "; ".join(old.seen))
    if said == was:
        return None
    figure, level, instrument, at, places = said
    if not figure:
        reason = row["missing"] or "con số chưa tìm thấy"
        return Edit(one.indicator, column, old, {"missing": {"vi": reason, "en": reason}}) if old.value is not None else None
    values = [part.strip() for part in figure.split("|")] if OPERATORS[one.operator].many else [figure]
    value: Any = values if OPERATORS[one.operator].many else figure
    for part in values if one.measure.kind == "number" else ():
        try:
            exact(part)
        except ValueError:
            row.problems.append(Problem("NTM-204", row.at("figure"), {"got": part}))
    if level and level not in (*SourceLevel,):
        allowed = ", ".join(SourceLevel)
        row.problems.append(Problem("NTM-206", row.at("level"), {"got": level, "allowed": allowed, "guess": nearest(level, SourceLevel)}))
    if not level and not _level(Figure(value="0"), one):
        row.problems.append(Problem("NTM-210", row.at("level")))
    new: dict[str, Any] = {"value": value}
    for key, text in (("level", level), ("instrument", instrument), ("at", at)):
        if text:
            new[key] = text
    if places:
        new["seen"] = [part.strip() for part in places.split(";") if part.strip()]
    return Edit(one.indicator, column, old, new)


def draft_of(rules: RuleSet, edits: Sequence[Edit], name: str, start: date | None = None) -> str:
    """The edits as an overlay of the kind ``draft``, in YAML.

    Args:
        rules: the ruleset the workbook was made from.
        edits: what differs.
        name: the last part of its name, as ``thu-nhap-2026``.
        start: its first day; left out, that of the edition.
    """
    by_number = {one.indicator: one for one in _indicators(rules)}
    changes = []
    for number in dict.fromkeys(edit.indicator for edit in edits):
        one = by_number[number]
        mine = {edit.column: edit.new for edit in edits if edit.indicator == number}
        change: dict[str, Any] = {"set": number, one.operator: _bound(one.bound, mine)}
        if one.source is not None:  # what was not touched keeps its source
            change["source"] = {"instrument": rules.document.instrument, **one.source.plain_data()}
        changes.append(change)
    title = f"Dự thảo {name}"
    first = start or rules.in_force.start
    document = {
        "overlay": f"{rules.id}/{name}",
        "version": "0.1.0",
        "kind": "draft",
        "amends": rules.id,
        "title": {"vi": title, "en": f"Draft {name}"},
        "instrument": rules.document.instrument,
        "in_force": {"from": first.isoformat()} if first is not None else {},
        "changes": changes,
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=140)


def _bound(bound: Figure | Row, mine: dict[tuple[str, ...], dict[str, Any]], path: tuple[str, ...] = ()) -> Any:
    """The bound as plain data, with the edits in their places."""
    if isinstance(bound, Figure):
        found = mine.get(path) or bound.plain_data()
        return found["value"] if set(found) == {"value"} else found
    cells = {key: _bound(cell, mine, (*path, key)) for key, cell in bound.cells().items()}
    return {"by": list(bound.by), **cells} if isinstance(bound, Table) else cells
