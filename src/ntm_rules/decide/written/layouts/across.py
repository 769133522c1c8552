"""Criteria down the rows, units across: one commune with its result and verdict, or a column a commune."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_rules.decide.written.crosses import stated_by
from ntm_rules.decide.written.grid import Aside, Grid, Line, Merged, is_empty, letters
from ntm_rules.decide.written.heading_words import COUNTING
from ntm_rules.decide.written.headings import Column, Headers, header_text, is_numbering
from ntm_rules.decide.written.layouts.subheads import VERDICTS, Part, part_of, year_in
from ntm_rules.decide.written.layouts.titles import Stated, is_title, measured_above, stated_above
from ntm_rules.decide.written.said import WORDS
from ntm_rules.decide.written.scorers import is_member, members_among
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.values import Bilingual

LAYOUT: Final = Bilingual("tiêu chí theo dòng, đơn vị theo cột", "criteria down the rows, units across")
_NO_CRITERION: Final = Bilingual("không nêu tiêu chí nào của bộ", "names no criterion of the set")
_NUMBERS: Final = frozenset(map(sounded, ("tc", "tiêu chí", "số tc", "mã tc", "số tiêu chí", "mã tiêu chí", "mã chỉ tiêu", "chỉ tiêu số")))
_CONTENTS: Final = frozenset(
    map(sounded, ("tiêu chí", "tên tiêu chí", "nội dung", "nội dung tiêu chí", "nội dung chỉ tiêu", "tên chỉ tiêu", "chỉ tiêu thành phần"))
)
_HEADING: Final = _CONTENTS | _NUMBERS | frozenset(map(sounded, COUNTING))
_ROMAN: Final = re.compile(r"[IVXLC]+\.?|[A-ZĐa-zđ][.)]?")
_TOTALS: Final = (sounded("tổng"), sounded("cộng"), "total")
_ABOUT: Final = ("value", "attested", "titled")
_OF_UNITS: Final = ("id", "name", "attribute")


@dataclass(slots=True)
class _Unit:
    """A unit: what its heading calls it, the year where its heading states one, and the columns of its results and verdicts."""

    name: Any
    year: str
    at: int
    columns: dict[Part, int] = field(default_factory=dict)
    papers: dict[str, int] = field(default_factory=dict)  # the columns that say who states its figures, and on what


@dataclass(slots=True)
class _Shape:
    """Where what stands: the columns that name criteria, the one of their numbers, and the row in which the units are named."""

    labels: list[int]
    numbers: int | None
    first: int
    heading: int
    units: list[_Unit]
    measure: int | None
    strange: list[int]
    named: set[int]
    targets: int
    papers: dict[str, int] = field(default_factory=dict)  # of all units


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell put into another place, and where it stands."""

    value: Any
    line: Line
    column: int


def fits(grid: Grid, headers: Headers) -> int:
    """How many criteria and indicators are named down the first rows."""
    shape = _shape(grid.opening(), headers)
    return shape.targets if shape else 0


def plain(grid: Grid, headers: Headers) -> Grid:
    """A row a unit: its name, what is stated above the table, then what stands in its columns.

    Raises:
        TableError: the columns are of those who score, not of what is scored.
    """
    shape = _shape(grid.opening(), headers)
    assert shape is not None
    lines = ([Line(0, grid.headers)] if grid.headers is not None else []) + list(grid.lines)
    named = lines[shape.heading]
    if members := _members(headers, shape):
        said = {"count": len(members), "first": header_text(members[0].name)}
        raise TableError([Problem("NTM-563", grid.place(named, members[0].at), said)])
    for index in shape.strange:
        grid.problems.append(headers.unknown(grid, named, index, header_text(named.cell(index))))
    above = stated_above(lines[: shape.heading], headers, grid.sheet)
    grid.measured = measured_above(lines[: shape.heading])
    if any(_counts_otherwise(headers, shape, line) for line in lines[shape.heading + 1 :]):
        shape.labels, shape.numbers = [index for index in shape.labels if index != shape.numbers], None
    columns = [*_of_units(shape, named, above), *_of_rows(grid, headers, shape, lines)]
    return _laid(grid, shape, named, columns)


def _members(headers: Headers, shape: _Shape) -> list[_Unit]:
    """The columns of those who score; places may be called after persons, so that of these only products are not."""
    names = [header_text(unit.name) for unit in shape.units]
    found = members_among(names)
    titled = [name for name in found if is_member(name)]
    shown = found if headers.kind == "product" and len(found) == len(names) else titled
    return [unit for unit, name in zip(shape.units, names, strict=True) if name in shown]


def _of_units(shape: _Shape, named: Line, above: Mapping[str, Stated]) -> Iterator[tuple[_Cell, list[_Cell | None]]]:
    """The columns that say whom a row is about: from the headings of the units, else from what stands above."""
    own = [_Cell(unit.name, named, unit.at) for unit in shape.units]
    if all(unit.name for unit in shape.units):
        coded = all(header_text(unit.name).isdigit() for unit in shape.units)
        yield _Cell("id" if coded else "name", named, shape.units[0].at), list(own)
    years = [unit.year for unit in shape.units]
    if any(years):
        yield _Cell("year", named, shape.units[0].at), [_Cell(unit.year or None, named, unit.at) for unit in shape.units]
    for key, stated in above.items():
        if not (key in ("id", "name") and all(unit.name for unit in shape.units)) and not (key == "year" and any(years)):
            cell = _Cell(stated.value, stated.line, stated.column)
            yield _Cell(key, stated.line, stated.column), [cell] * len(shape.units)


def _of_rows(grid: Grid, headers: Headers, shape: _Shape, lines: Sequence[Line]) -> Iterator[tuple[_Cell, list[_Cell | None]]]:
    """The columns that the rows of criteria become; a row with figures that names nothing known is told, one without is left aside."""
    used = [column for unit in shape.units for column in unit.columns.values()]
    nameless = set(range(shape.labels[-1] + 1, max(len(line.cells) for line in lines))) - shape.named
    for line in lines[shape.heading + 1 :]:
        if all(map(is_empty, line.cells)) or is_numbering(line.cells):
            continue
        at, column = _label(headers, shape.labels, shape.numbers, line)
        holds = any(not is_empty(line.cell(index)) for index in used)
        if column is None:
            if holds and at is not None and not sounded(header_text(line.cell(at))).startswith(_TOTALS):
                grid.problems.append(headers.unknown(grid, line, at, header_text(line.cell(at))))
            else:
                grid.aside.append(Aside(str(line.number), _NO_CRITERION))
            continue
        for index in [index for index in nameless if not is_empty(line.cell(index))]:
            nameless.discard(index)
            grid.problems.append(Problem("NTM-561", grid.place(line, index)))
        if not holds:
            continue
        raw = column.header if column.header != header_text(line.cell(column.index)) else line.cell(column.index)
        head = _Cell(_with_measure(raw, line, shape.measure), line, column.index)
        verdicts = [_verdict(line, unit) for unit in shape.units]
        values = [_cell(line, unit.columns.get("value")) for unit in shape.units]
        for key in WORDS:
            stated = [_cell(line, unit.papers.get(key, shape.papers.get(key))) for unit in shape.units]
            if column.role in ("value", "attested") and (first := next(filter(None, stated), None)) is not None:
                yield _Cell(f"{WORDS[key][0]} {column.key}", first.line, first.column), stated
        if column.role != "value":
            yield head, [given or verdict for given, verdict in zip(values, verdicts, strict=True)]
            continue
        if any(values):
            yield head, values
        if any(verdicts):
            key = next((_whole(grid, headers, cell, column.key) for cell in verdicts if cell), column.key)
            yield _Cell(f"xác nhận {key}", line, column.index), verdicts


def _verdict(line: Line, unit: _Unit) -> _Cell | None:
    """What a row says of a unit's verdict: its word, or what stands under «Đạt» and «Chưa đạt»."""
    if (verdict := _cell(line, unit.columns.get("verdict"))) is not None:
        return verdict
    met, unmet = (_cell(line, unit.columns.get(part)) for part in ("met", "unmet"))
    held = met or unmet
    return held and _Cell(stated_by(met and met.value, unmet and unmet.value), line, held.column)


def _cell(line: Line, column: int | None) -> _Cell | None:
    return None if column is None or is_empty(line.cell(column)) else _Cell(line.cell(column), line, column)


def _whole(grid: Grid, headers: Headers, cell: _Cell, number: str) -> str:
    """The number that a verdict is about: that of the criterion where its cell is merged over several of its indicators."""
    criterion = number.rpartition(".")[0]
    over = any(
        merged.rows[0] <= cell.line.number < merged.rows[1] and merged.columns[0] <= cell.column + 1 <= merged.columns[1]
        for merged in grid.merged
    )
    return criterion if over and criterion in headers.criteria else number


def _with_measure(text: Any, line: Line, measure: int | None) -> Any:
    stated = "" if measure is None else header_text(line.cell(measure))
    return f"{text} ({stated})" if stated and text.__class__ is str and "(" not in text else text


def _laid(grid: Grid, shape: _Shape, named: Line, columns: Sequence[tuple[_Cell, list[_Cell | None]]]) -> Grid:
    """The table turned by a quarter."""

    def place(cell: _Cell | None) -> Place:
        cell = cell or columns[0][0]
        return grid.place(cell.line, cell.column)

    def row(index: int, unit: _Unit) -> Line:
        cells = [own[index] for _, own in columns]

        def whence(column: int | None) -> Place:
            if column is None:
                spot = grid.place(named, unit.at)
                label = grid.headers[unit.at] if grid.headers is not None else letters(unit.at)
                return Place(spot.file, spot.line, spot.column, f"{grid.sheet}!{label}" if grid.sheet else label)
            return place(cells[column] or columns[column][0])

        return Line(unit.at + 1, [cell.value if cell else None for cell in cells], whence=whence)

    laid = Grid(grid.file, iter([row(*one) for one in enumerate(shape.units)]), grid.sheet, hidden=grid.hidden)
    laid.formulas, laid.problems, laid.aside, laid.layout = grid.formulas, grid.problems, grid.aside, LAYOUT
    laid.notes, laid.heading_rows, laid.measured = grid.notes, (named.number,), grid.measured
    heads = [head for head, _ in columns]
    laid.heading = Line(named.number, [head.value for head in heads], whence=lambda column: place(heads[column or 0]))
    laid.merged = tuple(_turned(grid, shape, heads))
    return laid


def _turned(grid: Grid, shape: _Shape, heads: Sequence[_Cell]) -> Iterator[Merged]:
    """Merged cells that touch the results of units, as they lie in the turned table."""
    results = {unit.columns["value"] + 1 for unit in shape.units if "value" in unit.columns}
    for merged in grid.merged:
        rows = [index + 1 for index, head in enumerate(heads) if merged.rows[0] <= head.line.number <= merged.rows[1]]
        if rows and results & set(range(merged.columns[0], merged.columns[1] + 1)):
            yield Merged(merged.range, merged.columns, (rows[0], rows[-1]))


def _label(headers: Headers, labels: Sequence[int], numbers: int | None, line: Line) -> tuple[int | None, Column | None]:
    """What a row is about: the narrowest name in it, or its number with that name; the place of the name where it is not known."""
    at = next((index for index in reversed(labels) if index != numbers and not is_empty(line.cell(index))), None)
    text = "" if at is None else header_text(line.cell(at))
    found = headers.read(text, at or 0)
    number = None if numbers is None else line.cell(numbers)
    if numbers is not None and numbers != at and not is_empty(number) and (found is None or found.role != "value"):
        lost = number.__class__ is not str and f"{header_text(number)}0" in headers.indicators  # 10.1 or 10.10: the heading asks
        counted = headers.read(number if lost else f"{header_text(number)} {text}".strip(), numbers)
        found, at = counted or found, numbers if at is None or lost else at
    return at, found if found is not None and found.role in (*_ABOUT, *_OF_UNITS) else None


def _counts_otherwise(headers: Headers, shape: _Shape, line: Line) -> bool:
    """Whether the numbers of a table are the form's own: one stands before the name of something that has another number in the set."""
    if shape.numbers is None or is_empty(line.cell(shape.numbers)):
        return False
    number = headers.read(line.cell(shape.numbers), shape.numbers)
    names = (header_text(line.cell(index)) for index in shape.labels if index != shape.numbers)
    return number is not None and number.role in _ABOUT and any(headers.otherwise(number.key, name) for name in names)


def _bare(cell: Any) -> bool:
    return header_text(cell).strip("()").replace(".", "").isdigit()


def _shape(opening: Sequence[Line], headers: Headers) -> _Shape | None:
    """The shape of a table of this kind; None where fewer than two criteria are named down a column with columns of units beside it."""
    named: dict[int, set[tuple[str, str]]] = {}
    dotted: dict[int, set[str]] = {}
    for line in opening:
        for index, cell in enumerate(line.cells):
            if is_empty(cell):
                continue
            column = headers.read(cell, index)
            if column is not None and column.role in _ABOUT:
                if not _bare(cell):
                    named.setdefault(index, set()).add(column.target)
                elif "." in column.key or any(sounded(header_text(one.cell(index))) in _NUMBERS for one in opening):
                    dotted.setdefault(index, set()).add(column.key)
    width = max((len(line.cells) for line in opening), default=0)
    left = next((index for index in range(width) if any(not is_empty(line.cell(index)) for line in opening)), 0)
    numbers = next((index for index in range(left, width) if dotted.get(index)), None)
    if numbers is not None and not all(_is_counting(opening, headers, index) for index in range(left, numbers)):
        numbers = None
    contents = {i for line in opening for i, cell in enumerate(line.cells) if sounded(header_text(cell)) in _CONTENTS}
    strong = {index for index, found in named.items() if len(found) > 1}
    if not strong and numbers is None:
        return None
    labels = sorted(strong | (contents if strong or numbers is not None else set()) | ({numbers} if numbers is not None else set()))
    about = [_label(headers, labels, numbers, line)[1] for line in opening]
    first = next((index for index, column in enumerate(about) if column is not None and column.role in _ABOUT), None)
    if first is None or _has_keys(opening[: first + 1], headers, labels[0]):
        return None
    targets = {column.target for column in about if column is not None and column.role in _ABOUT}
    return _with_units(headers, opening, about, labels, numbers, first, len(targets)) if len(targets) > 1 else None


def _is_counting(opening: Sequence[Line], headers: Headers, index: int) -> bool:
    """Whether a column merely counts the rows: «TT» over it, nothing but numbers in it."""
    held = [line.cell(index) for line in opening if not is_empty(line.cell(index))]
    heads = [cell for cell in held if (column := headers.read(cell, index)) is not None and column.role == "information"]
    return bool(heads) and all(_bare(cell) or _ROMAN.fullmatch(header_text(cell)) for cell in held[held.index(heads[0]) + 1 :])


def _has_keys(lines: Sequence[Line], headers: Headers, before: int) -> bool:
    """Whether a code or a name heads a column left of the criteria: then units stand down the rows."""
    read = (headers.read(cell, index) for line in lines for index, cell in enumerate(line.cells[:before]))
    return any(column is not None and column.role in ("id", "name") for column in read)


def _with_units(
    headers: Headers,
    opening: Sequence[Line],
    about: Sequence[Column | None],
    labels: list[int],
    numbers: int | None,
    first: int,
    targets: int,
) -> _Shape | None:
    """The columns right of the criteria: units by their names, or the result and the verdict of one unit."""
    after = labels[-1] + 1
    while first and about[first - 1] is not None and _held(opening[first - 1], after):
        first -= 1  # rows of codes, names and attributes above the first criterion
    first = _first_named(opening, [*labels, *range(labels[0])], first)
    heading = next((i for i in reversed(range(first)) if _held(opening[i], after) and not is_numbering(opening[i].cells)), None)
    if heading is None:
        of_units = about[first]
        if of_units is None or of_units.role not in ("id", "name"):
            return None
        heading, first = first, first + 1  # «Tên xã | Mẫu Một | Mẫu Hai» is the heading itself
    lower = opening[heading]
    papers = {index: key for index in _held(lower, after) if (key := _paper(headers, lower.cell(index)))}
    said = {index: (part_of(lower.cell(index)), year_in(lower.cell(index))) for index in _held(lower, after) if index not in papers}
    over = opening[heading - 1] if heading and all(part or year for part, year in said.values()) else Line(0, ())
    if any(is_title(over.cell(index)) for index in range(after)):  # «Xã Mẫu Một, huyện Mẫu», which commas may have torn
        over = Line(0, ())
    shape = _Shape(labels, numbers, first, heading, [], None, [], set(), targets)
    units: dict[tuple[str, str], _Unit] = {}
    parent: Any = None
    unnamed = any(part == "value" for part, _ in said.values()) and not _held(over, after)
    for index in range(after, max(len(lower.cells), len(over.cells))):
        parent = parent if is_empty(over.cell(index)) else over.cell(index)
        cell = lower.cell(index) if not is_empty(lower.cell(index)) else over.cell(index)
        if is_empty(cell):
            continue
        shape.named.add(index)
        if index in papers:
            named = None if parent is None or _paper(headers, parent) else units.get((header_text(parent), ""))
            (shape.papers if named is None else named.papers)[papers[index]] = index
            continue
        base, year = year_in(cell) or (cell, "")
        part: Part | None = (part_of(base) or (None if base else "value")) if year else part_of(cell)
        if part == "measure":
            shape.measure = index
        elif part == "people" or part_of(parent) == "people":
            continue
        elif _is_strange(part, cell, unnamed, parent is None and any(one is None for one, _ in said.values())):
            shape.strange.append(index)
        else:
            name = (base if part is None else "") if parent is None else parent
            unit = units.setdefault((header_text(name), year), _Unit(name, year, index))
            if unit.columns.setdefault(part or "value", index) != index:
                shape.strange.append(index)
    shape.units = list(units.values())
    return shape if shape.units and not any(_is_criterion(headers, unit.name) for unit in shape.units) else None


def _first_named(opening: Sequence[Line], labels: Sequence[int], first: int) -> int:
    """The first row under the words that head the names of criteria that names anything: a criterion, though the set may not know it."""
    titled = next((i for i in reversed(range(first)) if any(_heads(opening[i].cell(index)) for index in labels)), first)
    return next(
        (
            i
            for i in range(titled + 1, first)
            if any(not is_empty(opening[i].cell(index)) for index in labels) and not is_numbering(opening[i].cells)
        ),
        first,
    )


def _heads(cell: Any) -> bool:
    return sounded(header_text(cell)) in _HEADING


def _is_criterion(headers: Headers, name: Any) -> bool:
    """Whether a column is headed by a criterion of the set: then «1, 1.1, 1.2» before the names count units and their groups."""
    column = None if is_empty(name) else headers.read(name, 0)
    return column is not None and column.role in _ABOUT and (not _bare(name) or "." in header_text(name))


def _paper(headers: Headers, cell: Any) -> str:
    """What a heading says of the figures beside it: «Minh chứng», «Người báo»; empty where it says something else."""
    column = headers.read(cell, 0)
    return column.key if column is not None and column.role == "said" and column.key in WORDS else ""


def _is_strange(part: Part | None, cell: Any, unnamed: bool, beside_names: bool) -> bool:
    """Whether a column is of no unit: what is no part of one unit's result, a total, a verdict of nobody."""
    if part is None:
        return unnamed or sounded(header_text(cell)).startswith(_TOTALS)
    return part in VERDICTS and beside_names and not unnamed


def _held(line: Line, after: int) -> list[int]:
    return [index for index in range(after, len(line.cells)) if not is_empty(line.cells[index])]
