"""Rows of a grid to subjects: each cell read by its column, every problem kept with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.portfolio.cells import absence, read_attestation, read_attribute, read_points, read_value, refuse_broken, verdict
from ntm_rules.portfolio.columns import Column, header_text
from ntm_rules.portfolio.grid import Broken, Grid, Line, Percent, is_empty
from ntm_rules.portfolio.header import Header
from ntm_rules.portfolio.workbook_files import hundredfold
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.values import Unknown, exact, nfc, plain


@dataclass(slots=True)
class Draft:
    """A row while it is being read."""

    number: int
    place: Place
    id: str = ""
    name: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    attested: dict[str, bool] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    subject: Subject | None = None


@dataclass(slots=True)
class _Shares:
    """What was seen in a column measured in %, to tell shares of 100 from shares of 1."""

    formatted: bool = False
    above_one: bool = False
    small: list[tuple[Draft, Place, Decimal]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one grid.

    Attributes:
        empty: how many empty rows stood between rows with data.
        problems: what concerns no single row.
    """

    def __init__(self, grid: Grid, header: Header, rules: RuleSet, shared: Mapping[str, Any]) -> None:
        self.grid, self.header, self.rules, self.shared = grid, header, rules, shared
        self.empty = 0
        self._scores = rules.document.score is not None
        self.problems: list[Problem] = []
        self._pending = 0
        self._readers = {column.key: Reader(column.indicator.measure) for column in header.columns if column.indicator}
        self._shares = {column.key: _Shares() for column in header.columns if column.indicator and column.indicator.measure.unit == "%"}
        self._unnamed = set(range(header.width)) - {i for i, cell in enumerate(header.line.cells) if not is_empty(cell)}
        telling = {column.index + 1 for column in header.columns if column.role != "information"}
        self._merged = [merged for merged in grid.merged if telling & set(range(merged.columns[0], merged.columns[1] + 1))]

    def read(self, line: Line) -> Draft | None:
        """The draft of a row; None for an empty one."""
        if all(is_empty(cell) for cell in line.cells):
            self._pending += 1
            return None
        self.empty += self._pending
        self._pending = 0
        draft = Draft(line.number, self.grid.place(line), attributes=dict(self.shared))
        self._surplus(draft, line)
        for merged in self._merged:
            if merged.rows[0] <= line.number <= merged.rows[1]:
                place = self.grid.place(line, merged.columns[0] - 1)
                draft.problems.append(Problem("NTM-509", place, {"range": merged.range}))
        for column in self.header.columns:
            cell = line.cells[column.index] if column.index < len(line.cells) else None
            try:
                self._take(draft, line, column, cell)
            except Unreadable as error:
                draft.problems.append(Problem(error.code, self.grid.place(line, column.index), error.words))
        self._finish(draft, line)
        return draft

    def _surplus(self, draft: Draft, line: Line) -> None:
        """Cells beyond the header, or under an empty header, are data that nobody named."""
        for index, cell in enumerate(line.cells):
            if is_empty(cell):
                continue
            if index >= self.header.width:
                words = {"got": len(line.cells), "expected": self.header.width}
                draft.problems.append(Problem("NTM-514", self.grid.place(line, index), words))
                return
            if index in self._unnamed:
                self._unnamed.discard(index)
                self.problems.append(Problem("NTM-501", self.grid.place(self.header.line, index), {"header": "…"}))

    def _take(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        if column.role == "value":
            self._value(draft, line, column, cell)
        elif column.role == "attested":
            stated = read_attestation(cell, column.key)
            if stated is not None:
                draft.attested[column.key] = stated
        elif column.role == "attribute":
            self._attribute(draft, line, column, cell)
        elif column.role in ("id", "name"):
            refuse_broken(cell)
            setattr(draft, column.role, "" if cell is None else nfc(_as_code(cell)))

    def _value(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        indicator = column.indicator
        assert indicator is not None
        if self._scores:
            if not is_empty(cell):  # a product's sheet has only some of the columns
                draft.values[column.key] = absence(cell, self.grid.address(line, column.index)) or read_points(cell)
            return
        absent = absence(cell, self.grid.address(line, column.index))
        if absent is not None:
            draft.values[column.key] = absent
            return
        stated = verdict(cell)
        if stated is not None and indicator.measure.kind != "yes_no":
            draft.attested.setdefault(column.key, stated)
            return
        value = read_value(cell, indicator, self._readers[column.key])
        draft.values[column.key] = value
        shares = self._shares.get(column.key)
        if shares is not None and isinstance(value, Decimal):
            if cell.__class__ is Percent:
                shares.formatted = True
            elif value > 1:
                shares.above_one = True
            elif value > 0 and not (cell.__class__ is str and "%" in cell):
                shares.small.append((draft, self.grid.place(line, column.index), value))

    def _attribute(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        assert column.attribute is not None
        if is_empty(cell):
            return
        absent = absence(cell, self.grid.address(line, column.index))
        value = absent if isinstance(absent, Unknown) else read_attribute(cell, column.key, column.attribute)
        if column.key in self.shared and value != self.shared[column.key]:
            raise Unreadable("NTM-520", got=header_text(cell), key=column.key, constant=self.shared[column.key])
        draft.attributes[column.key] = value

    def _finish(self, draft: Draft, line: Line) -> None:
        if not draft.id:
            draft.id = "" if any(column.role == "id" for column in self.header.columns) else draft.name
        if not draft.id and not any(problem.code in _NO_ID for problem in draft.problems):
            draft.problems.append(Problem("NTM-513", draft.place))
        if draft.problems:
            return
        try:
            given = {"attributes": draft.attributes, "values": draft.values, "attested": draft.attested}
            draft.subject = Subject.read({"id": draft.id, "name": draft.name, "kind": self.rules.kind, **given})
            self.rules.method.read(draft.subject)
        except SubjectError as error:
            by_key = {column.key: column.index for column in self.header.columns}
            for problem in error.problems:
                index = by_key.get(problem.place.path.rpartition(": ")[2].rpartition("attributes.")[2])
                draft.problems.append(Problem(problem.code, self.grid.place(line, index), problem.words))

    def settle_percentages(self) -> None:
        """Once a whole column is seen: small numbers beside percent-formatted ones, or nothing but small numbers, could be either."""
        for shares in self._shares.values():
            alone = not shares.above_one and not shares.formatted and len(shares.small) > 1
            code = "NTM-511" if shares.formatted else "NTM-522" if alone else ""
            for draft, place, value in shares.small if code else ():
                draft.problems.append(Problem(code, place, {"got": plain(value), "percent": plain(hundredfold(value))}))


_NO_ID = ("NTM-506", "NTM-507", "NTM-512")


def _as_code(cell: Any) -> str:
    """An id or name as text: the number cell 23311 (or 23311.0) is «23311»."""
    if cell.__class__ is Percent or cell.__class__ is bool or cell.__class__ is Broken:
        raise Unreadable("NTM-411", detail=f"{cell!r:.40}")
    if isinstance(cell, (int, float, Decimal)):
        try:
            number = exact(cell)
        except ValueError:
            raise Unreadable("NTM-411", detail=str(cell)) from None
        return plain(number.to_integral_value()) if number == int(number) else plain(number)
    return str(cell)
