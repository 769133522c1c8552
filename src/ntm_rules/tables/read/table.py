"""A table of subjects: every row read, what is wrong kept beside the rows that are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.grid import Grid
from ntm_rules.decide.written.header import find_header
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.remarks import lacking, of_provinces, unread
from ntm_rules.decide.written.rows import Draft, RowReader, unique
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem
from ntm_rules.tables.read.readers import open_grid
from ntm_rules.tables.read.records import is_record, read_records

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the subject it is about, or what keeps it from being one.

    Attributes:
        number: the row as people count it in the file.
        id: the id as read, empty where there is none.
        name: the name as read.
        subject: None where the row has problems.
        problems: every one of them, each with its cell.
        place: where the row stands.
        read: the subject as the method of the set read it, so that nothing is read twice; None where there is no subject.
    """

    number: int
    id: str
    name: str
    subject: Subject | None
    problems: tuple[Problem, ...] = ()
    place: Place = NOWHERE
    read: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read under a ruleset.

    Attributes:
        file: the file, as given.
        rules: the ruleset its columns were read against.
        rows: every row that is not empty, in order.
        problems: what concerns the table as a whole (unknown columns, a file that breaks off).
        notes: what people should know and nobody need mend.
        lacking: what the set looks at and no column or constant says.
    """

    file: str
    rules: RuleSet
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of the table and of its rows, in that order."""
        return (*self.problems, *(problem for row in self.rows for problem in row.problems))


def read_table(
    path: str | Path,
    rules: RuleSet,
    *,
    constants: Mapping[str, Any] | None = None,
    sheet: str | None = None,
    information: Sequence[str] = (),
) -> Table:
    """Read a table of subjects: CSV, XLSX, JSON or Parquet, by the ending of its name.

    Columns are recognised by the number or title of an indicator, criterion or attribute, in either language. Every row is read:
    a row with something wrong gives problems that name the cell, and no subject.

    Args:
        path: the file.
        rules: the ruleset the columns are about.
        constants: attributes that all rows share, as ``{"year": 2024}``; a cell that says otherwise is a problem.
        sheet: the sheet of a workbook, where more than one holds a table.
        information: headers of further columns that are for people only.

    Raises:
        TableError: the file cannot be read at all, has no header, or two columns for one thing; a constant is no attribute.
        MissingExtra: the package for this kind of file is not installed.
    """
    path = Path(path)
    headers = Headers(rules, information)
    shared = read_constants(constants or {}, headers, str(path))
    grid = open_grid(path, headers.recognised, sheet)
    if any(map(is_record, grid.records)):
        return _from_records(path, grid.records, rules, shared)
    return _from_grid(grid, rules, headers, shared)


def read_grid(grid: Grid, rules: RuleSet, *, constants: Mapping[str, Any] | None = None, information: Sequence[str] = ()) -> Table:
    """Read a grid whose cells are at hand, as those of a dataframe.

    Raises:
        TableError: as :func:`read_table`.
    """
    headers = Headers(rules, information)
    return _from_grid(grid, rules, headers, read_constants(constants or {}, headers, grid.file))


def _from_records(path: Path, records: Sequence[Mapping[str, Any]], rules: RuleSet, shared: Mapping[str, Any]) -> Table:
    rows = [_row(draft) for draft in unique(read_records(path, records, rules, shared))]
    return Table(str(path), rules, tuple(rows), notes=tuple(of_provinces(rules, _subjects(rows), str(path))))


def _from_grid(grid: Grid, rules: RuleSet, headers: Headers, shared: Mapping[str, Any]) -> Table:
    header, lines = find_header(grid, headers)
    reader = RowReader(grid, header, rules, shared)
    drafts = [draft for line in lines if (draft := reader.read(line)) is not None]
    reader.settle_percentages()
    problems = [*header.problems, *grid.problems, *reader.problems]
    if not drafts:
        problems.append(Problem("NTM-523", grid.place(header.line)))
    notes = []
    if grid.formulas:
        first = f"{grid.sheet}!{grid.formulas[0]}"
        notes.append(Problem("NTM-508", Place(grid.file), {"count": len(grid.formulas), "first": first}))
    if reader.empty:
        notes.append(Problem("NTM-526", Place(grid.file), {"count": reader.empty}))
    if grid.hidden:
        notes.append(Problem("NTM-532", Place(grid.file), {"count": len(grid.hidden), "first": grid.hidden[0]}))
    notes += reader.notes()
    if not any(column.role == "id" for column in header.columns):
        notes.append(Problem("NTM-527", Place(grid.file)))
    rows = [_row(draft) for draft in unique(drafts)]
    notes += [*unread(rules, header.columns, grid.file), *of_provinces(rules, _subjects(rows), grid.file)]
    return Table(grid.file, rules, tuple(rows), tuple(problems), tuple(notes), lacking(rules, header.columns, shared))


def _subjects(rows: Iterable[Row]) -> Iterator[Subject]:
    return (row.subject for row in rows if row.subject is not None)


def _row(draft: Draft) -> Row:
    subject, read = (None, None) if draft.problems else (draft.subject, draft.read)
    return Row(draft.number, draft.id, draft.name, subject, tuple(draft.problems), draft.place, read)
