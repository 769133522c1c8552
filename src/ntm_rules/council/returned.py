"""Score sheets as they come back: workbooks that were handed out, long tables (a row a criterion), tables with a column a criterion.

Read as written: what stands in a cell, and where. Whether it belongs to the round, and is a level, is asked when the sheets are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ntm_rules.council import layout
from ntm_rules.council.kit import OTHER
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import letters
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import NtmError, Place, Problem, TableError
from ntm_rules.tables.read.plain_tables import Cells, read_plain
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.read.workbook_files import read_sheets
from ntm_rules.values import Unknown, exact, nfc, plain

_NUMBER: Final = sounded(layout.HEADINGS["number"].vi), sounded(layout.HEADINGS["number"].en)
_IDENTITY: Final = tuple(key for key in layout.COLUMNS if key not in ("criterion", "points"))

_FORM: Final = tuple(key for key in _IDENTITY if key in OTHER and key not in ("product", "member", "round"))


@dataclass(slots=True)
class Returned:
    """One member's sheet of one product, as written.

    Attributes:
        said: what it says of itself: set, version, product, member, round, day …
        places: where it says so.
        cells: the text of each criterion that is not empty, and where it stands.
        place: where the sheet stands.
    """

    said: dict[str, str]
    places: dict[str, Place]
    place: Place
    cells: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Where the sheet says something of itself."""
        return self.places.get(key, self.place)


def is_form(path: Path) -> bool:
    """Whether a file may be a workbook that was handed out."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


def read_forms(path: Path) -> list[Returned]:
    """The sheets of a workbook that was handed out; none where it is another kind of workbook.

    Raises:
        TableError: not a readable workbook.
    """
    found = []
    for title, rows in read_sheets(path).items():
        sheet = Returned({}, {}, Place(str(path), path=title))
        scored = False
        for line, cells in enumerate(rows, 1):
            first = _text(cells[0]) if cells else ""
            key = sounded(first)
            if not scored and key in layout.KEYS and len(cells) > 1:
                name = layout.KEYS[key]
                sheet.said[name] = _text(cells[1])
                sheet.places[name] = _cell(path, title, line, 1)
            elif key in _NUMBER:
                scored = True
            elif scored and key and len(cells) > layout.CHOSEN and (text := _text(cells[layout.CHOSEN])):
                sheet.cells[first] = text, _cell(path, title, line, layout.CHOSEN)
        if scored and {"set", "product", "member"} <= sheet.said.keys():
            sheet.said["product_set"] = sheet.said.get("product_set", "").partition(".")[0]
            found.append(sheet)
    return found


def read_long(path: Path, sheet: str | None = None) -> tuple[list[Returned], list[Problem]]:
    """The sheets of a long table: a row for each member, product and criterion; a cell of points that is empty is not scored.
    One person written «An» and «an» is one member; a row of another form than the first of its sheet is told and not added to it.

    Raises:
        TableError: the file cannot be read, or lacks member, product, criterion or points.
    """
    table = read_plain(path, layout.COLUMNS, ("product", "member", "criterion", "points"), sheet)
    found: dict[tuple[str, str, str], Returned] = {}
    spelt: dict[str, str] = {}
    problems = list(table.problems)
    for row in table.rows:
        problems += row.problems
        key = row["product"], spelt.setdefault(sounded(row["member"]), row["member"]), row["round"] or "1"
        lacking = [layout.COLUMNS[name][0] for name in ("product", "member", "criterion") if not row[name]]
        if lacking or row.problems:
            problems += [Problem("NTM-802", row.place, {"column": ", ".join(lacking)})] if lacking else []
            continue
        one = found.setdefault(key, Returned(_said(row) | {"member": key[1]}, dict(row.places), row.place))
        other = next((name for name in _FORM if row[name] and one.said.get(name, row[name]) != row[name]), None)
        if other is not None:
            words = {"what": OTHER[other], "got": row[other][:60], "expected": one.said[other]}
            problems.append(Problem("NTM-840", row.at(other), words))
            continue
        if not row["points"]:
            continue
        before = one.cells.get(row["criterion"])
        if before is not None and before[0] != row["points"]:
            words = {"member": key[1], "product": key[0], "criteria": row["criterion"], "other": str(before[1])}
            problems.append(Problem("NTM-844", row.at("points"), words))
            one.cells[row["criterion"]] = "", before[1]
        elif before is None:
            one.cells[row["criterion"]] = row["points"], row.at("points")
    return list(found.values()), problems


def read_wide(path: Path, rules: RuleSet) -> tuple[list[Returned], list[Problem]]:
    """One member's points in a table of products with a column a criterion; the member is the file.

    Raises:
        TableError: the file cannot be read at all.
    """
    table = read_table(path, rules)
    found = []
    for row in table.rows:
        if row.subject is None:
            continue
        said = {"product": row.id, "name": row.name, "member": path.stem, "product_set": _written(row.subject.attributes)}
        cells = {key: (_points(value), Place(row.place.file, row.place.line, 0, key)) for key, value in row.subject.values.items()}
        found.append(Returned(said, {}, row.place, {key: cell for key, cell in cells.items() if cell[0]}))
    return found, list(table.all_problems)


def read_any(path: Path, rules: RuleSet | None) -> tuple[list[Returned], list[Problem]]:
    """The sheets of a file, in whichever of the three forms it has.

    Raises:
        NtmError: it has none of them; what the nearest form lacks is told.
    """
    if is_form(path) and (found := read_forms(path)):
        return found, []
    try:
        return read_long(path)
    except TableError as error:
        if rules is None or not {problem.code for problem in error.problems} & {"NTM-501", "NTM-503", "NTM-802"}:
            raise
    try:
        return read_wide(path, rules)
    except NtmError as error:
        detail = error.problems[0].what
        raise TableError([Problem("NTM-842", Place(str(path)), {"detail": detail("vi").rstrip(".")}), *error.problems]) from None


def _said(row: Cells) -> dict[str, str]:
    return {key: row[key] for key in _IDENTITY if row[key]}


def _written(attributes: Mapping[str, Any]) -> str:
    given = attributes.get("product_set")
    return plain(given) if isinstance(given, Decimal) else str(given or "")


def _points(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_points(one) for one in value)
    return "" if isinstance(value, Unknown) else plain(value) if isinstance(value, Decimal) else str(value)


def _cell(path: Path, title: str, line: int, column: int) -> Place:
    return Place(str(path), line, column + 1, f"{title}!{letters(column)}{line}")


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    return nfc(cell) if isinstance(cell, str) else plain(exact(cell)) if isinstance(cell, (int, float)) else str(cell)


def files_of(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those that stand in a folder that is named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix.lower() in _TABLES and not one.name.startswith((".", "~")))
        else:
            yield path


_TABLES: Final = (".xlsx", ".xlsm", ".csv", ".tsv", ".json")
