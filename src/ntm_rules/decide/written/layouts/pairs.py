"""«Đạt | Chưa đạt» below a criterion in a table with a row a unit: two columns that are one attestation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ntm_rules.decide.written.crosses import stated_by
from ntm_rules.decide.written.grid import Grid, Line, is_empty
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.layouts.subheads import Part, part_of
from ntm_rules.problems import Place
from ntm_rules.values import nfc

_VERDICT: Final = re.compile(r"(.*?)[\s:(–—-]+((?:(?:chưa|không)\s+)?đạt)\)?", re.IGNORECASE | re.DOTALL)


class Stated(str):
    """A heading «xác nhận 1» that says which verdict a cross below it states."""

    part: Part
    written: Any

    @classmethod
    def of(cls, number: str, part: Part, written: Any) -> Stated:
        """Of a criterion, with the heading as it is written."""
        made = cls(f"xác nhận {number}")
        made.part, made.written = part, written
        return made


def folded(grid: Grid, heading: Line, headers: Headers) -> Line:
    """The heading with one column for each such pair, the rows of the grid put likewise; a column that is alone stays as it is written."""
    heading = Line(heading.number, [_stated(cell, headers) for cell in heading.cells], heading.line)
    by_number: dict[str, dict[Part, int]] = {}
    for index, cell in enumerate(heading.cells):
        if isinstance(cell, Stated):
            by_number.setdefault(cell, {}).setdefault(cell.part, index)
    pairs = {one["met"]: one["unmet"] for one in by_number.values() if len(one) > 1}
    if not by_number:
        return heading
    cells = [
        (str(cell) if index in pairs else None if index in pairs.values() else cell.written) if isinstance(cell, Stated) else cell
        for index, cell in enumerate(heading.cells)
    ]
    if pairs:
        grid.lines = _folded(grid, pairs, grid.lines)
    return Line(heading.number, cells, heading.line)


def _stated(cell: Any, headers: Headers) -> Any:
    """A heading with both in one cell, «Tiêu chí 1 - Chưa đạt», as one that says which verdict a cross below it states."""
    if cell.__class__ is not str or (found := _VERDICT.fullmatch(nfc(cell))) is None:
        return cell
    column, part = headers.read(found[1], 0), part_of(found[2])
    return Stated.of(column.key, part, cell) if part and column is not None and column.role in ("value", "attested") else cell


def _folded(grid: Grid, pairs: dict[int, int], lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        cells = [*line.cells, *[None] * (1 + max(pairs.values()) - len(line.cells))]
        moved = {}
        for met, unmet in pairs.items():
            if is_empty(cells[met]) and not is_empty(cells[unmet]):
                moved[met] = unmet
            cells[met], cells[unmet] = stated_by(cells[met], cells[unmet]), None
        yield Line(line.number, cells, line.line, _whence(grid, line, moved) if moved else None)


def _whence(grid: Grid, line: Line, moved: dict[int, int]) -> Callable[[int | None], Place]:
    return lambda column: grid.place(line, column if column is None else moved.get(column, column))
