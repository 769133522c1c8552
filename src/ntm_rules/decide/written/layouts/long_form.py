"""The long form: a row a figure, with the unit, the indicator and the value each in a column of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ntm_rules.decide.written.grid import Aside, Broken, Grid, Line, is_empty
from ntm_rules.decide.written.headings import Column, Headers, header_text, is_numbering
from ntm_rules.decide.written.layouts.subheads import part_of
from ntm_rules.decide.written.layouts.titles import measured_above
from ntm_rules.decide.written.said import WORDS
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Place, Problem
from ntm_rules.values import Bilingual

LAYOUT: Final = Bilingual("mỗi dòng một số liệu (đơn vị, chỉ tiêu, giá trị)", "a row a figure (unit, indicator, value)")
_NO_INDICATOR: Final = Bilingual("không nêu chỉ tiêu", "names no indicator")
_INDICATORS: Final = frozenset(
    sounded(f"{before}{word}")
    for word in ("chỉ tiêu", "tiêu chí", "nội dung", "indicator", "criterion", "chi_tieu", "tieu_chi")
    for before in ("", "mã ", "số ", "tên ", "mã số ")
)
_VALUES: Final = frozenset(map(sounded, ("gia_tri", "số", "mức", "trị số", "kết quả/giá trị", "kết quả đánh giá")))


@dataclass(slots=True)
class _Shape:
    """Where what stands in a long table, and the row below its heading."""

    end: int
    indicator: int
    value: int
    measure: int | None
    units: dict[int, Column]
    said: dict[int, str]
    strange: list[int]
    heading: Line
    others: list[int]


@dataclass(slots=True)
class _Unit:
    """What is known of one unit: the row it begins in, where the value of each heading stands, and what is said of it."""

    line: Line
    values: dict[int, Line] = field(default_factory=dict)
    said: dict[tuple[int, str], Line] = field(default_factory=dict)  # by the column that says it, and the heading that it gets


def fits(grid: Grid, headers: Headers) -> int:
    """How many rows name an indicator in the column that is there for it, and three for the columns themselves."""
    opening = grid.opening()
    shape = _shape(opening, headers)
    if shape is None:
        return 0
    named = sum(headers.read(line.cell(shape.indicator), 0) is not None for line in opening[shape.end :])
    return named + 3 if named else 0


def plain(grid: Grid, headers: Headers) -> Grid:
    """A row a unit and year, a column an indicator, in the order in which they first stand."""
    shape = _shape(grid.opening(), headers)
    assert shape is not None
    heads: list[Line] = []
    places: dict[Any, int] = {}
    units: dict[tuple[str, ...], _Unit] = {}
    problems = [headers.unknown(grid, shape.heading, index, header_text(shape.heading.cells[index])) for index in shape.strange]
    above: Line | None = None
    opening = grid.opening()
    grid.measured = measured_above(opening[: opening.index(shape.heading)])
    for at, line in enumerate(list(grid.lines), 0 if grid.headers is None else 1):
        told = header_text(line.cell(shape.indicator))
        if at < shape.end or all(map(is_empty, line.cells)) or is_numbering(line.cells):
            continue
        if not told:
            grid.aside.append(Aside(str(line.number), _NO_INDICATOR))
            continue
        owner = above if above is not None and _goes_down(grid, shape, line) else line
        above = owner
        column = headers.read(told, 0)
        if column is not None and (twice := _otherwise(headers, shape, line, column.key)) is not None:
            name, other = twice
            words = {"header": f"{told} {name}", "number": column.key, "other": other}
            grid.problems.append(Problem("NTM-557", grid.place(line, shape.indicator), words))
            continue
        index = places.setdefault(column.target if column is not None else told, len(heads))
        heads += [line] if index == len(heads) else []
        unit = units.setdefault(tuple(header_text(owner.cell(column)) for column in shape.units), _Unit(owner))
        unit.values[index] = _once(grid, shape.value, unit.values.get(index), line)
        if column is not None and column.role in ("value", "attested"):
            for place, word in shape.said.items():
                if not is_empty(line.cell(place)):
                    unit.said.setdefault((place, f"{word} {column.key}"), line)
    grid.problems += problems
    return _laid(grid, shape, heads, list(units.values()))


def _otherwise(headers: Headers, shape: _Shape, line: Line, number: str) -> tuple[str, str] | None:
    """The name beside the number of an indicator and the number it has in the set, where that is another."""
    names = [header_text(line.cell(index)) for index in shape.others]
    return next(((name, other) for name in names if (other := headers.otherwise(number, name))), None)


def _once(grid: Grid, value: int, first: Line | None, line: Line) -> Line:
    """The row of a figure; of two that differ, one whose figure cannot be taken."""
    if first is None or header_text(first.cell(value)) == header_text(line.cell(value)):
        return first or line
    got = "; ".join(f"{grid.address(one, value)}: {header_text(one.cell(value))}" for one in (first, line))
    cells = [Broken("NTM-537", got) if index == value else cell for index, cell in enumerate(line.cells)]
    return Line(line.number, cells, line.line)


def _goes_down(grid: Grid, shape: _Shape, line: Line) -> bool:
    """Whether a merged cell that names the unit goes on into this row."""
    blank = [column for column in shape.units if is_empty(line.cell(column))]
    return any(
        merged.rows[0] < line.number <= merged.rows[1] and merged.columns[0] - 1 <= column < merged.columns[1]
        for merged in grid.merged
        for column in blank
    )


def _laid(grid: Grid, shape: _Shape, heads: list[Line], units: list[_Unit]) -> Grid:
    """The table turned: who it is about first, then the indicators."""
    own = list(shape.units)
    said = list(dict.fromkeys(key for unit in units for key in unit.said))
    last = len(own) + len(heads)

    def heading_place(column: int | None) -> Place:
        if column is None or column < len(own):
            return grid.place(shape.heading, None if column is None else own[column])
        if column >= last:
            return grid.place(shape.heading, said[column - last][0])
        return grid.place(heads[column - len(own)], shape.indicator)

    def row(unit: _Unit) -> Line:
        def place(column: int | None) -> Place:
            if column is None or column < len(own):
                return grid.place(unit.line, None if column is None else own[column])
            if column >= last:
                key = said[column - last]
                return grid.place(unit.said.get(key, unit.line), key[0])
            return grid.place(unit.values.get(column - len(own), unit.line), shape.value)

        cells = [unit.line.cell(column) for column in own]
        cells += [unit.values[index].cell(shape.value) if index in unit.values else None for index in range(len(heads))]
        cells += [unit.said[key].cell(key[0]) if key in unit.said else None for key in said]
        return Line(unit.line.number, cells, unit.line.line, place)

    texts = [shape.heading.cell(column) for column in own] + [_named(shape, head) for head in heads] + [word for _, word in said]
    laid = Grid(grid.file, map(row, units), grid.sheet, hidden=grid.hidden, formulas=grid.formulas, problems=grid.problems)
    laid.heading = Line(shape.heading.number, texts, shape.heading.line, heading_place)
    laid.layout, laid.aside = LAYOUT, grid.aside
    laid.notes, laid.heading_rows, laid.measured = grid.notes, (shape.heading.number,), grid.measured
    return laid


def _named(shape: _Shape, line: Line) -> str:
    """The indicator of a row, with the unit of measure that stands beside it."""
    measure = "" if shape.measure is None else header_text(line.cell(shape.measure))
    return header_text(line.cell(shape.indicator)) + (f" ({measure})" if measure else "")


def _shape(opening: list[Line], headers: Headers) -> _Shape | None:
    """The row that names the three columns, and what else stands there."""
    for end, line in enumerate(opening, 1):
        said = {index: cell for index, cell in enumerate(line.cells) if not is_empty(cell)}
        parts = {index: part_of(cell) for index, cell in said.items()}
        indicators = [index for index, cell in said.items() if sounded(header_text(cell)) in _INDICATORS]
        values = [index for index, cell in said.items() if sounded(header_text(cell)) in _VALUES or parts[index] == "value"]
        read = {index: column for index, cell in said.items() if (column := headers.read(cell, index)) is not None}
        units = {index: one for index, one in read.items() if one.role in ("id", "name", "attribute", "kind")}
        if len(values) != 1 or not indicators or not any(one.role in ("id", "name") for one in units.values()):
            continue
        counts = {index: sum(headers.read(one.cell(index), 0) is not None for one in opening[end:]) for index in indicators}
        indicator = max(indicators, key=lambda index: counts[index])
        others = [index for index in indicators if index != indicator]
        measure = next((index for index, part in parts.items() if part == "measure" and index not in units), None)
        papers = {index: WORDS[one.key][0] for index, one in read.items() if one.role == "said" and one.key in WORDS}
        known = {*read, *indicators, *values, measure, *(index for index, part in parts.items() if part == "people")}
        return _Shape(end, indicator, values[0], measure, units, papers, [index for index in said if index not in known], line, others)
    return None
