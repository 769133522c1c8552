"""Rows that stand aside: read and decided one by one, as those of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from typing import Any

import narwhals as nw

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.crosses import ask_once
from ntm_rules.decide.written.doubles import unique
from ntm_rules.decide.written.grid import Grid, Line, cell_of
from ntm_rules.decide.written.header import Header
from ntm_rules.decide.written.rows import RowReader
from ntm_rules.problems import Place, Problem, TableError
from ntm_rules.values import SourceLevel

NAME = "frame"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is known of a whole frame where a part of it is decided. Ids that stand twice in the frame are told when the parts are together.

    Attributes:
        large: inputs measured in % of which some value lies above 1.
        small: inputs measured in % that hold nothing but small shares, and more than one.
    """

    large: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row decided, or what keeps it from being decided."""

    id: str
    name: str
    decided: Decided | None
    problems: tuple[Problem, ...] = ()


def decide_rows(
    rules: Judging,
    frame: Any,
    places: Sequence[int] | None,
    header: Header,
    shared: Mapping[str, Any],
    large: Collection[str],
    accept: SourceLevel,
    made: type[Decided] = Decided,
    beyond: Beyond | None = None,
    *,
    labelled: bool = False,
) -> dict[int, Row]:
    """The rows at some places, or all; a row that is about no unit is left out. What is told without its row is ``labelled`` by its index.

    Raises:
        TableError: cells that nobody has named.
    """
    headers = tuple(str(name) for name in frame.columns)
    named = None if beyond is None else next((one.index for role in ("id", "name") for one in header.columns if one.role == role), None)
    grid = Grid(NAME, _lines(frame, places, headers, named, labelled=labelled), headers=headers)
    reader = RowReader(grid, header, rules, shared, large, None if beyond is None else beyond.small)
    drafts = [draft for line in grid.lines if (draft := reader.read(line)) is not None]
    reader.settle_percentages()
    for draft in drafts:
        ask_once([draft])  # each row has an answer of its own
    if reader.problems:
        raise TableError(reader.problems)
    found: dict[int, Row] = {}
    for draft in unique(drafts) if beyond is None else drafts:
        read = None if draft.problems else draft.read
        decided = None if read is None else rules.method.decide(read, accept, made)
        found[draft.number - 1] = Row(draft.id, draft.name, decided, tuple(draft.problems))
    return found


def _lines(frame: Any, places: Sequence[int] | None, headers: Sequence[str], named: int | None, *, labelled: bool) -> Iterator[Line]:
    """The rows; those of a part have no number that people could count, so whom they are about stands in its place."""
    chosen = frame if places is None else frame[list(places)]
    numbers = range(len(frame)) if places is None else places
    labels = _labels(frame, chosen) if labelled else repeat(None, len(chosen))
    for number, row, label in zip(numbers, chosen.iter_rows(), labels, strict=True):
        whence: Callable[[int | None], Place] | None = None
        if named is not None:
            whence = partial(_at, "–" if row[named] is None else str(row[named]), headers)
        elif label is not None:
            whence = partial(_at, f"{int(number) + 1} «{label}»", headers)
        yield Line(int(number) + 1, [cell_of(value) for value in row], whence=whence)


def _labels(frame: Any, chosen: Any) -> Iterable[str | None]:
    """What the index calls each row chosen; nothing where there is none, or where it does no more than count the rows from 0."""
    index = nw.maybe_get_index(frame)
    if index is None or (getattr(index, "start", None), getattr(index, "step", None)) == (0, 1):
        return repeat(None, len(chosen))
    labels: Any = nw.maybe_get_index(chosen)
    return [", ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in labels]


def _at(row: str, headers: Sequence[str], column: int | None) -> Place:
    return Place(NAME, path=row if column is None else f"{row}: {headers[column]}")
