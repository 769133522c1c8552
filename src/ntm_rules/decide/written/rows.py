"""Rows of a grid to subjects: each cell read by its column, every problem kept with its cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.inputs import Reader, Unreadable
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.cells import (
    absence,
    as_code,
    grade,
    hundredfold,
    in_unit,
    is_doubtful,
    is_figure,
    read_attestation,
    read_attribute,
    read_kind,
    read_points,
    read_value,
    refuse_broken,
    verdict,
)
from ntm_rules.decide.written.grid import Aside, Grid, Line, Percent, is_empty
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.headings import Column, header_text
from ntm_rules.decide.written.leftover import Between, is_counted, is_of_group, mark
from ntm_rules.decide.written.said import YEAR, Said, idle, notes_on, take
from ntm_rules.decide.written.sheet_titles import numbers_by_title
from ntm_rules.model.given import NotedValues
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError
from ntm_rules.values import Bilingual, Outcome, SourceLevel, Unknown, nfc, plain


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that was read in one of the ways it can be meant: where it stands, what it says, what that could be."""

    place: Place
    got: str
    meanings: Bilingual


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
    said: Said = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    subject: Subject | None = None
    read: Any = None
    whole: str = ""


@dataclass(slots=True)
class _Shares:
    """What was seen in a column measured in %, to tell shares of 100 from shares of 1."""

    formatted: bool = False
    above_one: bool = False
    small: list[tuple[Draft, Place, Decimal]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one grid.

    Args:
        grid: the grid.
        header: its header.
        rules: what its columns are about.
        shared: attributes that all rows have.
        large: inputs measured in % of which a value above 1 stands in rows that are not read here.
        small: inputs measured in % that hold nothing but small shares, where these rows are a part of a table; None where they are all.

    Attributes:
        empty: how many empty rows stood between rows with data.
        problems: what concerns no single row.
        leftover: the rows that are about no unit: totals, means, repeated headings.
    """

    def __init__(
        self,
        grid: Grid,
        header: Header,
        rules: Judging,
        shared: Mapping[str, Any],
        large: Collection[str] = (),
        small: Collection[str] | None = None,
    ) -> None:
        self.grid: Grid = grid
        self.header: Header = header
        self.rules: Judging = rules
        self.shared: Mapping[str, Any] = shared
        self.empty: int = 0
        self._scores = rules.sheets is not None
        self._columns = sorted(header.columns, key=lambda column: column.role == "titled")  # which sheet counts must be known before
        self._titles: dict[str, dict[str, list[str]]] = {}
        self.problems: list[Problem] = []
        self.leftover: list[Aside] = []
        self._commas: list[tuple[Place, str, str]] = []
        self._doubtful: list[tuple[Place, str]] = []
        self._verdicts: list[tuple[Place, str]] = []
        self._idle: list[Place] = []
        self._other_years: list[Place] = []
        self._pending = 0
        self._numbered: list[tuple[Draft, str]] = []
        self._between = Between(header.columns, grid.headed, rules.kind)
        self._groups: list[tuple[Draft, str]] = []
        self._counted = is_counted(header.columns)
        self._uncounted: list[Draft] = []
        self._names: set[str] = set()  # of rows that are counted
        self._points_in: list[tuple[Draft, Place, str]] = []
        self._plain: dict[int, dict[Any, Any]] = {column.index: {} for column in header.columns}  # what cells of a column say, and no more
        self._readers = {column.key: Reader(column.indicator.measure) for column in header.columns if column.indicator}
        self._shares = {column.key: _Shares() for column in header.columns if column.indicator and column.indicator.measure.unit == "%"}
        for key in large:
            self._shares[key].above_one = True
        self._small = small
        self._headed_years = [
            (one.key, int(year[1])) for one in header.columns if one.role == "value" and (year := _OF_YEAR.search(one.header))
        ]
        self._unnamed = set(range(header.width)) - {i for i, cell in enumerate(header.line.cells) if not is_empty(cell)}
        telling = {column.index + 1 for column in header.columns if column.role != "information"}
        self._merged = [merged for merged in grid.merged if telling & set(range(merged.columns[0], merged.columns[1] + 1))]

    def read(self, line: Line) -> Draft | None:
        """The draft of a row; None for an empty one."""
        if all(is_empty(cell) for cell in line.cells):
            self._pending += 1
            return None
        if (reason := self._between.reason(line)) is not None:
            self.leftover.append(Aside(self.grid.place(line).path.rpartition("!")[2], reason))
            return None
        self.empty += self._pending
        self._pending = 0
        draft = Draft(line.number, self.grid.place(line), attributes=dict(self.shared))
        if self._between.beyond is not None:
            draft.problems.append(self._between.beyond.at(draft.place))
        if marked := mark(line.cells, self._between.keyed):
            if _NUMBER.fullmatch(marked):
                self._numbered.append((draft, marked))
            elif is_of_group(marked):
                self._groups.append((draft, marked))
        elif self._counted:
            self._uncounted.append(draft)
        self._surplus(draft, line)
        for merged in self._merged:
            if merged.rows[0] <= line.number <= merged.rows[1]:
                place = self.grid.place(line, merged.columns[0] - 1)
                draft.problems.append(Problem("NTM-509", place, {"range": merged.range}))
        for column in self._columns:
            cell = line.cells[column.index] if column.index < len(line.cells) else None
            if cell.__class__ in _REMEMBERED and (value := self._plain[column.index].get(cell)) is not None:
                draft.values[column.key] = value
                continue
            if column.role not in ("id", "name", "whole", "said", "information") and is_doubtful(cell):
                self._doubtful.append((self.grid.place(line, column.index), nfc(str(cell))))
            try:
                self._take(draft, line, column, cell)
            except Unreadable as error:
                draft.problems.append(Problem(error.code, self.grid.place(line, column.index), error.words))
        self._finish(draft, line)
        if marked:
            self._names.add(draft.name)
        return draft

    def _surplus(self, draft: Draft, line: Line) -> None:
        """Cells beyond the header, or under an empty header, are data that nobody named."""
        if not self._unnamed and len(line.cells) <= self.header.width:
            return
        for index, cell in enumerate(line.cells):
            if is_empty(cell):
                continue
            if index >= self.header.width:
                words = {"got": len(line.cells), "expected": self.header.width}
                draft.problems.append(Problem("NTM-514", self.grid.place(line, index), words))
                return
            if index in self._unnamed:
                self._unnamed.discard(index)
                self.problems.append(Problem("NTM-561", self.grid.place(self.header.line, index)))

    def _take(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        if column.role == "value":
            self._value(draft, line, column, cell)
        elif column.role == "attested":
            self._attest(draft, line, column, read_attestation(cell, column.key))
        elif column.role == "attribute":
            self._attribute(draft, line, column, cell)
        elif column.role == "titled":
            self._titled(draft, line, column, cell)
        elif column.role == "said":
            take(draft.said, column.key, cell)
        elif column.role == "kind":
            read_kind(cell, self.rules.document.subject)
        elif column.role in ("id", "name", "whole"):
            refuse_broken(cell)
            setattr(draft, column.role, "" if cell is None else nfc(as_code(cell)))

    def _attest(self, draft: Draft, line: Line, column: Column, stated: bool | None) -> None:
        """Take an attestation; two columns that state the opposite of one thing are a problem."""
        if stated is not None and draft.attested.setdefault(column.key, stated) is not stated:
            raise Unreadable("NTM-502", target=column.key, first=_VERDICTS[not stated], second=_VERDICTS[stated])

    def _titled(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        """Points under the name of a criterion: the number is the one this name has on the sheet of the row."""
        if is_empty(cell):
            return
        chosen = draft.attributes.get("product_set")
        product_set = (
            plain(chosen) if isinstance(chosen, Decimal) else "–" if chosen.__class__ is Unknown or chosen is None else str(chosen)
        )
        titles = self._titles.setdefault(product_set, numbers_by_title(self.rules, product_set))
        numbers = titles.get(column.key, [])
        if len(numbers) != 1:
            raise Unreadable("NTM-528", header=column.header, product_set=product_set, numbers=", ".join(numbers) or "–")
        if numbers[0] in draft.values:
            raise Unreadable("NTM-502", target=numbers[0], first=numbers[0], second=column.header)
        self._points(draft, line, column, numbers[0], cell)

    def _points(self, draft: Draft, line: Line, column: Column, number: str, cell: Any) -> None:
        draft.values[number] = absence(cell, self.grid.address(line, column.index)) or read_points(cell)

    def _value(self, draft: Draft, line: Line, column: Column, cell: Any) -> None:
        indicator = column.indicator
        assert indicator is not None
        if is_empty(cell):  # states nothing: what follows from a status or from parts still counts
            return
        if self._scores:
            self._points(draft, line, column, column.key, cell)
            return
        figure = is_figure(cell)
        absent = None if figure else absence(cell, self.grid.address(line, column.index))
        if absent is not None:
            draft.values[column.key] = absent
            return
        if column.power is not None:
            cell = in_unit(cell, indicator, column.power)
        stated = None if figure or grade(cell, indicator) else verdict(cell)
        if stated is not None and indicator.measure.kind != "yes_no":
            self._attest(draft, line, column, stated)
            self._verdicts.append((self.grid.place(line, column.index), nfc(cell)))
            return
        value = read_value(cell, indicator, self._readers[column.key])
        draft.values[column.key] = value
        if cell.__class__ is str and _THOUSANDS.fullmatch(cell.strip()) and indicator.measure.kind == "number":
            self._points_in.append((draft, self.grid.place(line, column.index), cell.strip()))
            return
        if indicator.measure.kind == "number" and cell.__class__ is str and "," in cell:
            self._commas.append((self.grid.place(line, column.index), nfc(cell), plain(value)))
        shares = self._shares.get(column.key)
        if shares is not None and isinstance(value, Decimal):
            if cell.__class__ is Percent:
                shares.formatted = True
            elif value > 1:
                shares.above_one = True
            elif value > 0 and not (cell.__class__ is str and "%" in cell):
                shares.small.append((draft, self.grid.place(line, column.index), value))
                return
        plain_ones = self._plain[column.index]
        if (cell.__class__ is float or (cell.__class__ is str and "," not in cell)) and len(plain_ones) < _MEMO:
            plain_ones[cell] = value

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
        if draft.whole:  # many villages have one name
            draft.name = f"{draft.name}, {draft.whole}" if draft.name else draft.whole
        if not draft.id:
            draft.id = "" if any(column.role == "id" for column in self.header.columns) else draft.name
        if not draft.id and not any(problem.code in _NO_ID for problem in draft.problems):
            draft.problems.append(Problem("NTM-513", draft.place))
        if draft.problems:
            return
        try:
            given = {"attributes": draft.attributes, "values": self._noted(draft), "attested": draft.attested}
            draft.subject = Subject.read({"id": draft.id, "name": draft.name, "kind": self.rules.kind, **given})
            draft.values, draft.attested = {}, {}  # the subject holds them
            draft.read = self.rules.method.read(draft.subject)
            self._ask_shares(draft, draft.subject)
        except SubjectError as error:
            by_key = {column.key: column.index for column in self.header.columns}
            for problem in error.problems:
                index = by_key.get(problem.place.path.rpartition(": ")[2].rpartition("attributes.")[2])
                draft.problems.append(Problem(problem.code, self.grid.place(line, index), problem.words))

    def _noted(self, draft: Draft) -> Mapping[str, Any]:
        """The values of a row with what is said of them; what is said in vain, or of another year than the one assessed, is told."""
        if self._headed_years and self._is_of_another_year(draft):
            self._other_years.append(draft.place)
        if not draft.said:
            return draft.values
        notes = notes_on(draft.values, draft.said)
        if idle(draft.values, draft.said):
            self._idle.append(draft.place)
        year = draft.attributes.get(YEAR)
        if year.__class__ is Decimal and any(note.year not in (None, year) for note in notes.values()):
            self._other_years.append(draft.place)
        return NotedValues(draft.values, notes) if notes else draft.values

    def _is_of_another_year(self, draft: Draft) -> bool:
        """Whether a heading says that its figure is of another year than the one the row is assessed for."""
        assessed = draft.attributes.get(YEAR)
        return assessed.__class__ is Decimal and any(
            draft.values.get(key) is not None and year != assessed for key, year in self._headed_years
        )

    def _ask_shares(self, draft: Draft, subject: Subject) -> None:
        """Ask about a small share, 0.12 or 12 %, wherever the two differ in outcome for this subject."""
        for key, shares in self._shares.items():
            for owner, place, value in shares.small[-1:]:
                if owner is not draft:
                    continue
                other = Subject.read({**dict(subject), "values": {**subject.values, key: hundredfold(value)}})
                if self._outcome(draft.read, key) is not self._outcome(self.rules.method.read(other), key):
                    draft.problems.append(Problem("NTM-510", place, {"got": plain(value), "percent": plain(hundredfold(value))}))

    def _outcome(self, read: Any, key: str) -> Outcome:
        return self.rules.method.decide(read, SourceLevel.RECALLED, Decided)[key].outcome

    @property
    def aside(self) -> tuple[Aside, ...]:
        """The rows that are about no unit."""
        return (*self.grid.aside, *self.leftover)

    @property
    def doubtful(self) -> tuple[Doubt, ...]:
        """Cells that were read in a way that people should look at."""
        commas = (Doubt(place, got, _AS_COMMA.fill(read)) for place, got, read in self._commas)
        return (*commas, *(Doubt(place, got, _AS_ABSENCE) for place, got in self._doubtful))

    def notes(self) -> Iterator[Problem]:
        """What was read in a way that people should look at."""
        file = Place(self.grid.file)
        if self.aside:
            yield Problem("NTM-530", file, {"count": len(self.aside), "rows": ", ".join(one.row for one in self.aside[:10])})
        if self._commas:
            place, got, read = self._commas[0]
            yield Problem("NTM-529", file, {"count": len(self._commas), "first": place.path, "got": got, "read": read})
        for code, cells in (("NTM-531", self._doubtful), ("NTM-896", self._verdicts)):
            if cells:
                place, got = cells[0]
                yield Problem(code, file, {"count": len(cells), "first": place.path, "got": got})
        for code, places in (("NTM-865", self._idle), ("NTM-866", self._other_years)):
            if places:
                yield Problem(code, file, {"count": len(places), "first": places[0].path or places[0].line or "–"})

    def settle_percentages(self) -> None:
        """Once the whole table is seen: small numbers beside percent-formatted ones, or nothing but small numbers, could be either; so
        could a point before three digits beside decimal commas, and a row numbered as groups are beside rows numbered as units."""
        above = {marked.rpartition(".")[0] for _, marked in self._numbered}  # 1 over 1.1 and 1.2 counts a group
        groups = [*(self._groups if self._numbered else ()), *(one for one in self._numbered if one[1] in above)]
        for draft, marked in groups:
            draft.problems.append(Problem("NTM-554", draft.place, {"name": draft.name, "mark": marked.upper()}))
        for draft in self._uncounted if self._numbered else ():
            if draft.name and draft.name not in self._names:  # a unit may have rows of several years, counted once
                draft.problems.append(Problem("NTM-560", draft.place, {"name": draft.name}))
        for draft, place, got in self._points_in if self._commas else ():
            words = {"got": got, "other": self._commas[0][1], "grouped": got.replace(".", ""), "decimal": got.replace(".", ",")}
            draft.problems.append(Problem("NTM-556", place, words))
        for key, shares in self._shares.items():
            alone = not shares.above_one and not shares.formatted and len(shares.small) > 1
            alone = alone if self._small is None else key in self._small
            code = "NTM-511" if shares.formatted else "NTM-522" if alone else ""
            for draft, place, value in shares.small if code else ():
                draft.problems.append(Problem(code, place, {"got": plain(value), "percent": plain(hundredfold(value))}))


_AS_COMMA = Bilingual("đọc là {} (dấu phẩy là dấu thập phân)", "read as {} (a decimal comma)")
_AS_ABSENCE = Bilingual("đọc là chưa có số liệu; cũng có thể là không áp dụng", "read as no data; it may mean «not applicable»")
_VERDICTS = {True: "đạt", False: "chưa đạt"}
_MEMO = 16_384  # texts and numbers of a column that are remembered
_REMEMBERED = frozenset({str, float})  # no whole numbers: 1 would be found for 1.0, and True for both
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_OF_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\s*\)?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_NO_ID = ("NTM-506", "NTM-507", "NTM-512", "NTM-432")
