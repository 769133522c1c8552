"""A table of subjects: every row read, what is wrong kept beside the rows that are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_rules.decide.choose import ByProvince
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.constants import read_constants
from ntm_rules.decide.written.crosses import ask_once
from ntm_rules.decide.written.doubles import unique
from ntm_rules.decide.written.grid import Aside, Grid, Line
from ntm_rules.decide.written.header import Header, find_header, look_at_header
from ntm_rules.decide.written.headings import Column, Headers
from ntm_rules.decide.written.layouts import fit
from ntm_rules.decide.written.layouts.unit_sheets import joined
from ntm_rules.decide.written.remarks import lacking, of_other_kinds, of_provinces, of_regions, unread
from ntm_rules.decide.written.rows import Doubt, Draft, RowReader
from ntm_rules.labels import KINDS
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.tables.read.mapping_file import TableMapping, read_mapping
from ntm_rules.tables.read.readers import open_grids, the_one
from ntm_rules.tables.read.records import is_record, read_records
from ntm_rules.values import Bilingual

NOWHERE = Place()
Watch = Callable[[Iterable[Line]], Iterable[Line]]
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
        headings: the rows that the headings were read from; empty where the format has them apart.
        columns: what each recognised column stands for, and where its heading stands.
        unknown: headings that are not recognised.
        aside: rows that are about no unit, and what they are.
        doubtful: cells that were read in a way people should look at.
    """

    sheet: str
    layout: Bilingual | None
    headings: tuple[int, ...]
    columns: tuple[tuple[Column, Place], ...]
    unknown: tuple[Problem, ...] = ()
    aside: tuple[Aside, ...] = ()
    doubtful: tuple[Doubt, ...] = ()


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
        """The problems of the table and of its rows, in that order; one that several rows share stands once."""
        return (*self.problems, *{id(problem): problem for row in self.rows for problem in row.problems}.values())


def read_table(
    path: str | Path,
    rules: RuleSet,
    *,
    constants: Mapping[str, Any] | None = None,
    sheet: str | None = None,
    information: Sequence[str] = (),
    by_province: ByProvince | None = None,
    mapping: str | Path | TableMapping | None = None,
    watch: Watch = iter,
) -> Table:
    """Read a table of subjects: CSV, XLSX, XLS, ODS, JSON or Parquet, by the ending of its name.

    Columns are recognised by the number or title of an indicator, criterion or attribute, in either language. Every row is read:
    a row with something wrong gives problems that name the cell, and no subject.

    Args:
        path: the file.
        rules: the ruleset the columns are about.
        constants: attributes that all rows share, as ``{"year": 2024}``; a cell that says otherwise is a problem.
        sheet: the sheet of a workbook, where more than one holds a table.
        information: headers of further columns that are for people only.
        by_province: judge each row by the rules of its own province too; left out, all are judged by ``rules``.
        mapping: how tables of this form are read, as an office has fixed it.
        watch: sees every row pass as it is read, to show how far it has come; it hands on all of them.

    Raises:
        TableError: the file cannot be read at all, has no header, or two columns for one thing; a constant is no attribute; the mapping
            fits neither the set nor the table.
        MissingExtra: the package for this kind of file is not installed.
    """
    opened = _opened(path, rules, constants or {}, sheet, information, mapping)
    if opened.grid is None:
        return _from_records(Path(path), opened.records, rules, opened.shared, by_province)
    return _from_header(opened.headers, *find_header(opened.grid, opened.headers), rules, opened.shared, by_province, watch)


@dataclass(frozen=True, slots=True)
class Sight:
    """A table as it is understood, also where it cannot be read to its end.

    Attributes:
        understood: how; None where the file holds whole subjects.
        table: the table; None where something keeps it from being read.
        fatal: what that is.
        taken: what was taken for all rows because the table says nothing of it.
    """

    understood: Understood | None
    table: Table | None
    fatal: tuple[Problem, ...] = ()
    taken: Mapping[str, Any] = field(default_factory=dict)


def look_at(
    path: str | Path,
    rules: RuleSet,
    *,
    constants: Mapping[str, Any] | None = None,
    sheet: str | None = None,
    information: Sequence[str] = (),
    by_province: ByProvince | None = None,
    otherwise: Mapping[str, Any] | None = None,
    mapping: str | Path | TableMapping | None = None,
    watch: Watch = iter,
) -> Sight:
    """How a table is understood: as :func:`read_table`, but headings that keep it from being read are told beside those that are right.

    Args:
        path, rules, constants, sheet, information, by_province, mapping, watch: as for :func:`read_table`.
        otherwise: attributes that hold for all rows where neither a column nor a constant says them.

    Raises:
        TableError: the file cannot be read at all, or has no header.
        MissingExtra: the package for this kind of file is not installed.
    """
    opened = _opened(path, rules, constants or {}, sheet, information, mapping)
    if opened.grid is None:
        return Sight(None, _from_records(Path(path), opened.records, rules, opened.shared, by_province))
    header, grid = look_at_header(opened.grid, opened.headers)
    if header.fatal:
        return Sight(_understood(grid, header), None, header.fatal)
    absent = lacking(rules, header.columns, opened.shared)
    taken = {name: value for name, value in (otherwise or {}).items() if name in absent}
    shared = {**opened.shared, **read_constants(taken, opened.headers, str(path))}
    table = _from_header(opened.headers, header, grid, rules, shared, by_province, watch)
    return Sight(table.understood, table, taken=taken)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file before its heading is looked for: its grid, or the whole subjects it holds."""

    headers: Headers
    shared: Mapping[str, Any]
    grid: Grid | None
    records: Sequence[Mapping[str, Any]] = ()


def _opened(
    path: str | Path,
    rules: RuleSet,
    constants: Mapping[str, Any],
    sheet: str | None,
    information: Sequence[str],
    mapping: str | Path | TableMapping | None,
) -> _Opened:
    path = Path(path)
    fixed = read_mapping(mapping) if isinstance(mapping, (str, Path)) else mapping
    headers = Headers(rules, information) if fixed is None else fixed.headers(rules, information)
    shared = read_constants(constants, headers, str(path))
    grids = open_grids(path, lambda grid: fit(grid, headers), sheet or (fixed.document.sheet if fixed is not None else None))
    if any(map(is_record, grids[0].records)):
        return _Opened(headers, shared, None, grids[0].records)
    layout = fixed.document.layout if fixed is not None else None
    together = joined(grids, headers) if layout in (None, "sheets") else None
    if fixed is not None and layout == "sheets" and together is None:
        raise TableError([Problem("NTM-543", fixed.place(()), {"layout": layout, "file": path})])
    return _Opened(headers, shared, together or the_one(grids))


def read_grid(grid: Grid, rules: RuleSet, *, constants: Mapping[str, Any] | None = None, information: Sequence[str] = ()) -> Table:
    """Read a grid whose cells are at hand, as those of a dataframe.

    Raises:
        TableError: as :func:`read_table`.
    """
    headers = Headers(rules, information)
    shared = read_constants(constants or {}, headers, grid.file)
    return _from_header(headers, *find_header(grid, headers), rules, shared)


def _from_records(
    path: Path, records: Sequence[Mapping[str, Any]], rules: RuleSet, shared: Mapping[str, Any], by_province: ByProvince | None
) -> Table:
    rows = [_row(draft) for draft in unique(read_records(path, records, rules, shared))]
    notes = tuple(of_provinces(rules, _subjects(rows), str(path), own=by_province is not None))
    return Table(str(path), rules, tuple(rows), notes=notes, by_province=by_province)


def _understood(grid: Grid, header: Header, aside: tuple[Aside, ...] = (), doubtful: tuple[Doubt, ...] = ()) -> Understood:
    columns = tuple((column, grid.place(header.line, column.index)) for column in header.columns)
    return Understood(grid.sheet, grid.layout, grid.heading_rows, columns, header.problems, aside, doubtful)


def _from_header(
    headers: Headers,
    header: Header,
    grid: Grid,
    rules: RuleSet,
    shared: Mapping[str, Any],
    by_province: ByProvince | None = None,
    watch: Watch = iter,
) -> Table:
    if (other := headers.other_kind(header.columns)) is not None:
        stated = {"got": other.header, "expected": KINDS[rules.kind].one}
        raise TableError([Problem("NTM-408", grid.place(header.line, other.index), stated)])
    reader = RowReader(grid, header, rules, shared)
    drafts = [draft for line in watch(grid.lines) if (draft := reader.read(line)) is not None]
    reader.settle_percentages()
    ask_once(drafts)
    problems = [*header.problems, *grid.problems, *reader.problems]
    if not drafts:
        problems.append(Problem("NTM-523", grid.place(header.line)))
    notes = list(grid.notes)
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
    notes += unread(rules, header.columns, grid.file)
    notes += [*of_other_kinds(rules, _subjects(rows), grid.file), *of_regions(rules, _subjects(rows), grid.file)]
    notes += of_provinces(rules, _subjects(rows), grid.file, own=own)
    understood = _understood(grid, header, reader.aside, reader.doubtful)
    absent = lacking(rules, header.columns, shared)
    return Table(grid.file, rules, tuple(rows), tuple(problems), tuple(notes), absent, understood, by_province)


def _subjects(rows: Iterable[Row]) -> Iterator[Subject]:
    return (row.subject for row in rows if row.subject is not None)


def _row(draft: Draft) -> Row:
    subject, read = (None, None) if draft.problems else (draft.subject, draft.read)
    return Row(draft.number, draft.id, draft.name, subject, tuple(draft.problems), draft.place, read)
