"""What if: small changes of a text of the law, to see what they would do to many units. None of them is law; each leaves the text as it is.

A change takes a text and gives another. One that chooses a text (:class:`Elsewhere`, :class:`Under`) comes before those that move its
figures, in whatever order they are written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, ClassVar

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.catalogue import Catalogue, bundled
from ntm_rules.loading.edition import Edition, with_readings
from ntm_rules.loading.overlays import located, mended
from ntm_rules.loading.resolve import Effective, resolve
from ntm_rules.loading.text.canonical import digest
from ntm_rules.model.ruleset import Indicator
from ntm_rules.problems import NotFound, Place, Problem, nearest
from ntm_rules.values import exact, plain

Number = str | int | float | Decimal


class Change(ABC):
    """A change of a text."""

    chooses: ClassVar[bool] = False  #: whether it chooses a text, rather than changing the one that there is

    @abstractmethod
    def of(self, given: Effective) -> Effective:
        """The text after the change.

        Raises:
            NotFound: it names an indicator, province or edition that there is not.
            ValueError: the change makes no sense of what it names.
        """


@dataclass(frozen=True, slots=True)
class Threshold(Change):
    """Every figure of an indicator moved: to one number for all columns of its table, or each by the same amount in its unit.

    A figure that is not known stays so: what the law does not say is not made up by moving it.

    Attributes:
        indicator: its number.
        to: the number that each figure becomes.
        by: what is added to each; negative to lower it.

    Examples:
        >>> import polars as pl
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "area": "I", "year": 2024}
        >>> frame = pl.DataFrame({"id": ["A"], "10.1": ["47"]})
        >>> rules.scenarios(frame, [("x", ntm.Threshold("10.1", by=-3))], constants=where).units["criteria_met"].to_list()
        [1]
    """

    indicator: str
    to: Number | None = None
    by: Number | None = None

    def __post_init__(self) -> None:
        if (self.to is None) == (self.by is None):
            raise ValueError(f"{self.indicator}: to or by, one of the two")
        exact(self.by if self.to is None else self.to)  # type: ignore[arg-type]

    def of(self, given: Effective) -> Effective:
        """The text with the figures moved."""
        if self.to is not None:
            to = plain(exact(self.to))
            return _moved(given, self.indicator, lambda figure, operator: to)
        by = exact(self.by or 0)
        return _moved(given, self.indicator, lambda figure, operator: plain(exact(figure) + by))


@dataclass(frozen=True, slots=True)
class Improve(Change):
    """The value of an indicator better by so much in every unit that has one: higher where at least so much is asked, lower where at most.

    A value *v* improved by *d* reaches a bound *b* exactly where *v* reaches *b* − *d* (*b* + *d* where the bound is an upper one), and a
    value that the range of the measure cuts off lies beyond every bound within it. So the bound is moved, and no value is touched. A unit
    without a value stays without one, and what an authority has stated stays stated.

    Attributes:
        indicator: its number.
        by: by how much, in its unit.

    Examples:
        >>> import polars as pl
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "area": "I", "year": 2024}
        >>> frame = pl.DataFrame({"id": ["A"], "10.1": ["47"]})
        >>> rules.scenarios(frame, [("x", ntm.Improve("10.1", by=3))], constants=where).units["criteria_met"].to_list()
        [1]
    """

    indicator: str
    by: Number

    def of(self, given: Effective) -> Effective:
        """The text that says of the values as they are what the given one says of the better values."""
        by = exact(self.by)
        return _moved(given, self.indicator, lambda figure, operator: plain(exact(figure) - by * OPERATORS[operator].direction))


@dataclass(frozen=True, slots=True)
class Elsewhere(Change):
    """The same edition with the overlays of another day or province.

    Attributes:
        on: the day; left out, the same.
        province: the province; left out, the same.
        catalogue: where the text is found; left out, the one that comes with the library.

    Examples:
        >>> import polars as pl
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "area": "I", "year": 2024}
        >>> frame = pl.DataFrame({"id": ["A"], "10.1": ["47"]})
        >>> rules.scenarios(frame, [("x", ntm.Elsewhere(province="kon-tum"))], constants=where).units["criteria_met"].to_list()
        [0]
    """

    on: date | None = None
    province: str | None = None
    catalogue: Catalogue | None = None

    chooses: ClassVar[bool] = True

    def of(self, given: Effective) -> Effective:
        """The text of that day and province."""
        found = resolve(
            self.catalogue or bundled(),
            given.document.ruleset,
            on=self.on or given.on,
            province=self.province or given.province,
            drafts=given.drafts,
        )
        return with_readings(found, dict(given.readings))


@dataclass(frozen=True, slots=True)
class Under(Change):
    """Another text of the same edition, as a draft: loaded with ``drafts=[…]``, or read from JSON.

    Between two editions a value serves only where a mapping says so; :func:`ntm_rules.impact` is for that.

    Attributes:
        rules: the text.

    Examples:
        >>> import polars as pl
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "area": "I", "year": 2024}
        >>> frame = pl.DataFrame({"id": ["A"], "10.1": ["47"]})
        >>> rules.scenarios(frame, [("x", ntm.Under(rules))], constants=where).units["criteria_met"].to_list()
        [0]
    """

    rules: Edition

    chooses: ClassVar[bool] = True

    def of(self, given: Effective) -> Effective:
        """That text."""
        if self.rules.id != given.document.ruleset:
            raise ValueError(f"rules: another text of {given.document.ruleset} (got {self.rules.id})")
        return self.rules.effective


def changed(given: Effective, change: Change | Sequence[Change]) -> Effective:
    """A text after a change, or after several: first what chooses a text, then what moves its figures, as written."""
    changes = [change] if isinstance(change, Change) else list(change)
    return reduce(lambda text, one: one.of(text), sorted(changes, key=lambda one: not one.chooses), given)


def _moved(given: Effective, number: str, move: Callable[[str, str], str]) -> Effective:
    """A text with every known figure of an indicator moved; its sha256 is its own."""
    document = given.document
    path, found = located(document, number) or ((), None)
    if not isinstance(found, Indicator):
        words = {"got": number, "guess": nearest(number, document.indicators)}
        raise NotFound([Problem("NTM-603", Place(path=document.ruleset), words)])
    data = found.plain_data()
    operator = next(name for name in OPERATORS if name in data)
    if not OPERATORS[operator].direction:
        raise ValueError(f"{number}: {operator} has no figure that can be moved")
    data[operator] = _cell(data[operator], lambda figure: move(figure, operator))
    document = mended(document, path, Indicator.model_validate(data))
    return replace(given, document=document, sha256=digest(document.plain_data()))


def _cell(cell: Any, move: Callable[[str], str]) -> Any:
    """A figure, or a table of figures, moved."""
    if "value" in cell:
        return {**cell, "value": move(cell["value"])}
    if "missing" in cell:
        return cell
    return {key: inner if key == "by" else _cell(inner, move) for key, inner in cell.items()}
