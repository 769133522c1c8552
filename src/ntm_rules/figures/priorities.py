"""What to look up next: the figures that stand between subjects and a verdict that is settled, most decisive first.

A verdict is settled when it is *met* or *not met* on figures that are ``official``. A figure stands in its way where it is not known and
the verdict waits for it, or where the verdict rests on it and it was not checked against the signed text.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.engine.criteria import Criteria
from ntm_rules.decide.engine.program import Leaf, Program, Whole
from ntm_rules.decide.engine.tree import ATTESTED, Judged
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.held import Cell, Held, held
from ntm_rules.model.figures import Row, Table
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, Outcome, SourceLevel, Unknown

OPEN: Final = SourceLevel.RECALLED
_MOST: Final = 64  # ways of one whole that are looked at; beyond it, the ways with the fewest figures are enough


@dataclass(slots=True)
class Priority:
    """A figure, and what would be settled by it.

    Attributes:
        held: the figure as it is.
        settles: the subjects whose verdict this figure alone would settle.
        criteria: the criteria, of all subjects together, that this figure alone would settle.
        values: the subjects that have a value lying there, or an answer.
        subjects: the subjects in whose way it stands, alone or with others.
        columns: of how many columns it is the figure.
    """

    held: Held
    settles: int = 0
    criteria: int = 0
    values: int = 0
    subjects: int = 0
    columns: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The figure as plain data."""
        counts = {"settles": self.settles, "criteria": self.criteria, "values": self.values, "subjects": self.subjects}
        return {**self.held.as_dict(), **counts, "columns": self.columns}


@dataclass(slots=True)
class Priorities:
    """What stands between subjects and a settled verdict.

    Attributes:
        figures: the figures, most decisive first.
        subjects: how many subjects there are.
        settled: how many of them are settled.
        waiting: how many wait for something else too: a value or an attribute of their own, a criterion without content.
    """

    figures: tuple[Priority, ...]
    subjects: int = 0
    settled: int = 0
    waiting: int = 0


def priorities(rules: RuleSet, subjects: Iterable[Subject]) -> Priorities:
    """Which figures stand in the way of these subjects.

    Most decisive first: those that settle most subjects alone, then most criteria alone, then those where most values lie.

    Raises:
        NtmError: the set scores by sheets, or something about a subject cannot be taken.
    """
    _refuse_sheets(rules)
    count = _Count(rules, {one.cell: Priority(one, columns=size) for one, size in _columns(rules)})
    for subject in subjects:
        count.add(subject)
    order = list(count.by_cell.values())
    figures = sorted(
        (one for one in order if one.subjects), key=lambda one: (-one.settles, -one.criteria, -one.values, -one.subjects, order.index(one))
    )
    return Priorities(tuple(figures), count.total, count.settled, count.waiting)


def resting(rules: RuleSet) -> tuple[Priority, ...]:
    """The figures that are not ``official``, without looking at anybody: those not known first, then those of most columns.

    Raises:
        NtmError: the set scores by sheets.
    """
    _refuse_sheets(rules)
    found = [Priority(one, columns=size) for one, size in _columns(rules) if one.level is not SourceLevel.OFFICIAL]
    open_beside = Counter(one.held.criterion for one in found)
    return tuple(sorted(found, key=lambda one: (-one.held.level.rank, -one.columns, open_beside[one.held.criterion])))


def _refuse_sheets(rules: RuleSet) -> None:
    if rules.sheets is not None:
        raise NtmError([Problem("NTM-871", Place(path=rules.id), {"edition": rules.id})])


def _columns(rules: RuleSet) -> Iterator[tuple[Held, int]]:
    """Every figure, with the number of columns that read it: all of them where one figure holds for all."""
    indicators = {one.indicator: one for section in rules.document.sections for one in section.indicators}
    sizes: dict[Cell, int] = {}
    most = 1
    for number, indicator in indicators.items():
        bound = indicator.bound
        if isinstance(bound, Table):
            keys = [_keys(rules, bound, depth) for depth in range(len(bound.by))]
            columns = list(itertools.product(*keys))
            most = max(most, len(columns))
            read = Counter(path for column in columns if (path := path_of(bound, column)) is not None)
            sizes |= {(number, path): size for path, size in read.items()}
    for one in held(rules):
        yield one, sizes.get(one.cell, 0) if one.column else most


def _keys(rules: RuleSet, table: Table, depth: int) -> Sequence[str]:
    """The keys of one dimension of a table: those of the dimension, and those the table lists."""
    rows: list[Row] = [table]
    for _ in range(depth):
        rows = [cell for row in rows for cell in row.cells().values() if isinstance(cell, Row)]
    listed = [key for row in rows for key in row.cells() if key != "others"]
    dimension = rules.document.dimensions[table.by[depth]]
    declared = rules.declared.get(dimension.attribute)
    return tuple(dict.fromkeys([*dimension.values, *(declared.one_of if declared else ()), *listed])) or ("others",)


def path_of(table: Table, column: Sequence[str]) -> tuple[str, ...] | None:
    """The keys as the table has them, under which the figure of a column stands; None where it has no cell for it."""
    row: Any = table
    path = []
    for key in column:
        cells = row.cells()
        own = key if key in cells else "others"
        if own not in cells:
            return None
        path.append(own)
        row = cells[own]
    return tuple(path)


@dataclass(slots=True)
class _Count:
    """The figures as they are counted, subject by subject."""

    rules: RuleSet
    by_cell: dict[Cell, Priority]
    total: int = 0
    settled: int = 0
    waiting: int = 0
    tables: Mapping[str, Any] = field(init=False)
    lies: dict[int, tuple[Program, tuple[tuple[Cell, ...], ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {one.indicator: one.bound for section in self.rules.document.sections for one in section.indicators}

    def add(self, subject: Subject) -> None:
        """Count one subject."""
        program, _ = cast(Criteria, self.rules.method).program(subject, OPEN)
        judged = self.rules.evaluate(subject, accept=OPEN).judged
        self.total += 1
        if judged.outcomes[0] is Outcome.UNDETERMINED:
            self._open(program, judged)
        else:
            self._weak(program, judged)

    def _cells(self, program: Program, leaf: Leaf) -> tuple[Cell, ...]:
        """The figures that may be the bound of an indicator and are not official."""
        kept = self.lies.get(id(program))
        if kept is None:  # the program is kept beside its cells, so that no other takes its place in memory
            kept = self.lies[id(program)] = program, tuple(tuple(self._of(one)) for one in program.leaves)
        return kept[1][leaf.index]

    def _of(self, leaf: Leaf) -> Iterator[Cell]:
        for bound in leaf.bounds:
            given = self.tables[leaf.id]
            path = path_of(given, bound.columns) if isinstance(given, Table) and bound.columns else ()
            if bound.level is not SourceLevel.OFFICIAL and path is not None and (leaf.id, path) in self.by_cell:
                yield leaf.id, path

    # --- verdicts that wait ---------------------------------------------------------------------------------------

    def _open(self, program: Program, judged: Judged) -> None:
        """A verdict that waits: for figures that are not known, and for what the subject has not said."""
        everything: set[Cell] = set()
        otherwise = False
        for section in program.sections:
            if judged.outcomes[section.place] is Outcome.UNDETERMINED:
                missing, other = self._missing(program, section, judged)
                otherwise |= other
                everything |= missing
                if len(missing) == 1 and not other:
                    self.by_cell[next(iter(missing))].criteria += 1
        self.waiting += otherwise
        for cell in everything:
            self.by_cell[cell].subjects += 1
        if len(everything) == 1 and not otherwise:
            self.by_cell[next(iter(everything))].settles += 1

    def _missing(self, program: Program, section: Whole, judged: Judged) -> tuple[set[Cell], bool]:
        """The figures that a criterion waits for, and whether it waits for something else."""
        missing: set[Cell] = set()
        other = section.odd
        for leaf in section.leaves:
            if judged.outcomes[leaf.place] is not Outcome.UNDETERMINED:
                continue
            value = judged.observed(leaf.place)
            given = value is not None and not isinstance(value, Unknown)
            known = leaf.bound.value is not None and len(leaf.bounds) == 1
            cells = () if known else self._cells(program, leaf) if len(leaf.bounds) == 1 else ()
            for cell in cells:
                self.by_cell[cell].values += given
            missing.update(cells)
            other |= not cells or not given or leaf.applies is not None
        return missing, other

    # --- verdicts that rest on what was not checked ---------------------------------------------------------------

    def _weak(self, program: Program, judged: Judged) -> None:
        """A verdict that stands, on figures that were not all checked."""
        ways = self._ways(program, judged, 0)
        if not ways or frozenset() in ways:
            self.settled += 1
            return
        for cell in set().union(*ways):
            self.by_cell[cell].subjects += 1
            self.by_cell[cell].values += 1
        for way in ways:
            if len(way) == 1:
                self.by_cell[next(iter(way))].settles += 1
        for section in program.sections:
            if judged.outcomes[section.place] is judged.outcomes[0]:
                for way in self._ways(program, judged, section.place):
                    if len(way) == 1:
                        self.by_cell[next(iter(way))].criteria += 1

    def _ways(self, program: Program, judged: Judged, place: int) -> list[frozenset[Cell]]:
        """Sets of figures, each of which, once checked, makes the outcome of a place official."""
        outcome, outcomes = judged.outcomes[place], judged.outcomes
        if outcome is Outcome.NOT_APPLICABLE or judged.basis(place) == ATTESTED:
            return [frozenset()]
        parts = judged.shape.parts[place]
        if not parts:
            index = judged.shape.reads[place]
            return [frozenset(self._cells(program, program.leaves[index]))] if index >= 0 else [frozenset()]
        face = judged.faces[place]
        carrying = [self._ways(program, judged, part) for part in parts if outcomes[part] is outcome]
        applying = sum(outcomes[part] is not Outcome.NOT_APPLICABLE for part in parts)
        k = COMBINATIONS[face.operator].needs(applying, face.k)
        enough = k if outcome is Outcome.MET else applying - k + 1
        if enough < 1 or not carrying:
            return [frozenset()]
        if enough == 1:
            return _fewest(way for ways in carrying for way in ways)
        best = sorted((min(ways, key=len) for ways in carrying), key=len)[:enough]
        return [frozenset().union(*best)]


def _fewest(ways: Iterable[frozenset[Cell]]) -> list[frozenset[Cell]]:
    return sorted(dict.fromkeys(ways), key=len)[:_MOST]


def priorities_report(rules: RuleSet, found: Priorities, lang: Lang) -> Report:
    """What stands between the subjects of a table and a settled verdict."""
    rows = [(*_said(one.held, lang), *map(str, (one.settles, one.criteria, one.values, one.subjects))) for one in found.figures]
    notes = [_SETTLED.fill(found.settled, found.subjects, found.waiting).say(lang)]
    data = {"subjects": found.subjects, "settled": found.settled, "waiting": found.waiting}
    return _report(rules, (*_HEADS, *_COUNTED), rows, notes, {**data, "figures": [one.as_dict() for one in found.figures]}, lang)


def resting_report(rules: RuleSet, found: Sequence[Priority], lang: Lang) -> Report:
    """The figures that are not official, with how many columns read each."""
    rows = [(*_said(one.held, lang), str(one.columns)) for one in found]
    return _report(rules, (*_HEADS, _READ_BY), rows, [], {"figures": [one.as_dict() for one in found]}, lang)


def _report(rules: RuleSet, heads: Iterable[Bilingual], rows: Any, notes: list[str], data: Any, lang: Lang) -> Report:
    title = _TITLE.fill(rules.title, rules.id, rules.version).say(lang)
    identity = {"id": rules.id, "version": rules.version, "sha256": rules.sha256}
    return Report(title, [Section("", [head.say(lang) for head in heads], rows, notes)], {**identity, **data})


def _said(one: Held, lang: Lang) -> tuple[str, ...]:
    where = one.instrument + (f", {one.at}" if one.at else "")
    column = " / ".join(title.say(lang) for title in one.titles)
    return one.number, one.title.say(lang), column, one.shown(lang), one.level.label.say(lang), where


_TITLE: Final = Bilingual("Nên tìm gì trước: {} ({} {})", "What to look up first: {} ({} {})")
_SETTLED: Final = Bilingual(
    "{0}/{1} đối tượng đã ngã ngũ, không còn tùy con số chưa đối chiếu; {2} còn chờ điều khác (số liệu, thuộc tính, nội dung tiêu chí).",
    "{0} of {1} subjects are settled and rest on no unchecked figure; {2} wait for something else too (values, attributes, content).",
)
_HEADS: Final = (
    Bilingual("Số", "No."),
    Bilingual("Tên", "What"),
    Bilingual("Cột", "Column"),
    Bilingual("Mức", "Figure"),
    Bilingual("Mức nguồn", "Level"),
    Bilingual("Văn bản", "Instrument"),
)
_COUNTED: Final = (
    Bilingual("Tự nó ngã ngũ", "Settles alone"),
    Bilingual("Tiêu chí ngã ngũ", "Criteria settled"),
    Bilingual("Có số liệu", "Values lie there"),
    Bilingual("Đối tượng cần", "Subjects"),
)
_READ_BY: Final = Bilingual("Số cột dùng", "Columns")
