"""A table of subjects: every row read, what is wrong kept beside the rows that are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.grid import Grid
from ntm_rules.decide.written.header import find_header
from ntm_rules.decide.written.headings import Column, Headers
from ntm_rules.decide.written.layouts import fit
from ntm_rules.decide.written.layouts.unit_sheets import joined
from ntm_rules.decide.written.remarks import lacking, of_provinces, unread
from ntm_rules.decide.written.rows import Draft, RowReader, unique
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.readers import open_grids, the_one
from ntm_rules.tables.read.records import is_record, read_records
from ntm_rules.values import Bilingual

NOWHERE = Place()
_SHOWN = 10


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
class Understood:
    """How a table was understood.

    Attributes:
        sheet: the sheet it stands on, where the format has sheets and one was read.
        layout: how it lies; None where it is a row a unit below one heading.
        columns: what each recognised column stands for, and where its heading stands.
        aside: rows that are about no unit, as people count them.
        doubtful: cells that were read in a way people should look at, with what they say.
    """

    sheet: str
    layout: Bilingual | None
    columns: tuple[tuple[Column, Place], ...]
    aside: tuple[str, ...]
    doubtful: tuple[tuple[Place, str], ...]


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
        understood: how the table was understood; None where the file holds whole subjects.
        by_province: which rules judge each row, where not all are judged by ``rules``.
    """

    file: str
    rules: RuleSet
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    lacking: tuple[str, ...] = ()
    understood: Understood | None = field(default=None, repr=False, compare=False)
    by_province: ByProvince | None = field(default=None, repr=False, compare=False)

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
    by_province: ByProvince | None = None,
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
        by_province: judge each row by the rules of its own province too; left out, all are judged by ``rules``.

    Raises:
        TableError: the file cannot be read at all, has no header, or two columns for one thing; a constant is no attribute.
        MissingExtra: the package for this kind of file is not installed.
    """
    path = Path(path)
    headers = Headers(rules, information)
    shared = read_constants(constants or {}, headers, str(path))
    grids = open_grids(path, lambda grid: fit(grid, headers), sheet)
    if any(map(is_record, grids[0].records)):
        return _from_records(path, grids[0].records, rules, shared, by_province)
    return _from_grid(joined(grids, headers) or the_one(grids), rules, headers, shared, by_province)


def read_grid(grid: Grid, rules: RuleSet, *, constants: Mapping[str, Any] | None = None, information: Sequence[str] = ()) -> Table:
    """Read a grid whose cells are at hand, as those of a dataframe.

    Raises:
        TableError: as :func:`read_table`.
    """
    headers = Headers(rules, information)
    return _from_grid(grid, rules, headers, read_constants(constants or {}, headers, grid.file))


def _from_records(
    path: Path, records: Sequence[Mapping[str, Any]], rules: RuleSet, shared: Mapping[str, Any], by_province: ByProvince | None
) -> Table:
    rows = [_row(draft) for draft in unique(read_records(path, records, rules, shared))]
    notes = tuple(of_provinces(rules, _subjects(rows), str(path), own=by_province is not None))
    return Table(str(path), rules, tuple(rows), notes=notes, by_province=by_province)


def _from_grid(grid: Grid, rules: RuleSet, headers: Headers, shared: Mapping[str, Any], by_province: ByProvince | None = None) -> Table:
    header, grid = find_header(grid, headers)
    if (other := headers.other_kind(header.columns)) is not None:
        raise TableError([Problem("NTM-408", grid.place(header.line, other.index), {"got": other.header, "expected": rules.kind})])
    reader = RowReader(grid, header, rules, shared)
    drafts = [draft for line in grid.lines if (draft := reader.read(line)) is not None]
    reader.settle_percentages()
    problems = [*header.problems, *grid.problems, *reader.problems]
    if not drafts:
        problems.append(Problem("NTM-523", grid.place(header.line)))
    notes = []
    if grid.layout is not None:
        units = list(dict.fromkeys(draft.name or draft.id for draft in drafts))
        shown = ", ".join(units[:_SHOWN]) + (", …" if len(units) > _SHOWN else "")
        words = {"layout": grid.layout, "count": len(units), "units": shown or "–"}
        notes.append(Problem("NTM-536", Place(grid.file, path=grid.sheet), words))
    if grid.formulas:
        first = f"{grid.sheet}!{grid.formulas[0]}" if grid.sheet else grid.formulas[0]
        notes.append(Problem("NTM-508", Place(grid.file), {"count": len(grid.formulas), "first": first}))
    if reader.empty:
        notes.append(Problem("NTM-526", Place(grid.file), {"count": reader.empty}))
    if grid.hidden:
        notes.append(Problem("NTM-532", Place(grid.file), {"count": len(grid.hidden), "first": grid.hidden[0]}))
    notes += reader.notes()
    if not any(column.role == "id" for column in header.columns):
        notes.append(Problem("NTM-527", Place(grid.file)))
    rows = [_row(draft) for draft in unique(drafts)]
    own = by_province is not None
    notes += [*unread(rules, header.columns, grid.file), *of_provinces(rules, _subjects(rows), grid.file, own=own)]
    columns = tuple((column, grid.place(header.line, column.index)) for column in header.columns)
    understood = Understood(grid.sheet, grid.layout, columns, reader.aside, reader.doubtful)
    absent = lacking(rules, header.columns, shared)
    return Table(grid.file, rules, tuple(rows), tuple(problems), tuple(notes), absent, understood, by_province)


def _subjects(rows: Iterable[Row]) -> Iterator[Subject]:
    return (row.subject for row in rows if row.subject is not None)


def _row(draft: Draft) -> Row:
    subject, read = (None, None) if draft.problems else (draft.subject, draft.read)
    return Row(draft.number, draft.id, draft.name, subject, tuple(draft.problems), draft.place, read)
