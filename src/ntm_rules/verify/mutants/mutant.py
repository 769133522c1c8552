"""What a mutant is: a text with one slip in it, as a clerk could make it, and the places where an example could notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ntm_rules.loading.resolve import Effective
from ntm_rules.model.figures import Figure, Row
from ntm_rules.model.ruleset import Criterion, Indicator

T = TypeVar("T")
Turn = Callable[[Effective], Effective | None]


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says: all of it that people read, and that can be kept.

    Attributes:
        mutation: the name of the kind of slip.
        at: the number of the criterion or indicator, the name of the dimension, or ``7: 2.3`` of a sheet; empty for the whole.
        column: the cell, or the row, of a table; empty where there is none.
        old: what stands there.
        new: what the slip makes of it.
    """

    mutation: str
    at: str
    column: tuple[str, ...]
    old: str
    new: str

    @property
    def where(self) -> str:
        """The place in a few characters: ``10.1 (tay-nguyen, 2024)``."""
        return f"{self.at} ({', '.join(self.column)})" if self.column else self.at

    def as_dict(self) -> dict[str, Any]:
        """The slip as plain data."""
        return {"mutation": self.mutation, "at": self.at, "column": list(self.column), "old": self.old, "new": self.new}


@dataclass(frozen=True, slots=True)
class Mutant(Slip):
    """One slip with the text it makes.

    Attributes:
        turn: the text with the slip; None where the text does not have the place, or where the slip changes nothing of it.
        columns: the rows or cells an example must read to notice; empty where any will do.
        anywhere: whether any node may notice, and not only those above the place.
        sheet: the product set whose products alone can notice.
        values: values of the indicator at which the two may differ.
    """

    turn: Turn = field(compare=False, repr=False)
    columns: tuple[tuple[str, ...], ...] = ()
    anywhere: bool = False
    sheet: str | None = None
    values: tuple[Any, ...] = field(default=(), compare=False)


def in_indicator(was: Indicator, now: Indicator) -> Turn:
    """A text in which an indicator is another; None of a text in which it is not what it was."""

    def turn(effective: Effective) -> Effective | None:
        document = effective.document
        if document.indicators.get(was.indicator) != was:
            return None

        def put(sections: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
            return tuple(section.model_copy(update={"indicators": swapped(section.indicators, was, now)}) for section in sections)

        return _with(effective, conditions=put(document.conditions), criteria=put(document.criteria))

    return turn


def in_section(was: Criterion, now: Criterion) -> Turn:
    """A text in which a criterion is another."""

    def turn(effective: Effective) -> Effective | None:
        document = effective.document
        if was not in document.sections:
            return None
        return _with(effective, conditions=swapped(document.conditions, was, now), criteria=swapped(document.criteria, was, now))

    return turn


def swapped(parts: tuple[T, ...], was: T, now: T | None) -> tuple[T, ...]:
    """The parts with one of them another, or gone."""
    return tuple(made for made in (now if one == was else one for one in parts) if made is not None)


def in_document(**update: Any) -> Turn:
    """A text of which the whole says something else."""
    return lambda effective: _with(effective, **update)


def _with(effective: Effective, **update: Any) -> Effective:
    return replace(effective, document=effective.document.model_copy(update=update))


def with_bound(indicator: Indicator, bound: Figure | Row, operator: str | None = None) -> Indicator:
    """The indicator with another bound, or another operator over it."""
    return indicator.model_copy(update={indicator.operator: None, operator or indicator.operator: bound})


def with_cell(bound: Figure | Row, column: tuple[str, ...], cell: Figure | Row) -> Figure | Row:
    """A table with another cell or row at the end of a path of keys."""
    if not column:
        return cell
    assert isinstance(bound, Row)
    under = bound.cells()[column[0]]
    return bound.model_copy(update={column[0]: with_cell(under, column[1:], cell)})
