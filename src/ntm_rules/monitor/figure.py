"""Figures and slips: what was told of one number, of which year, and the year in which a unit was found to fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ntm_rules.model.given import Note


class Said(NamedTuple):
    """A figure or an attestation that is told or taken back: of which edition and number, what it says, of which year.

    One that ``corrects`` replaces what was told of its year.
    """

    edition: str
    number: str
    says: Any
    year: int
    corrects: bool = False


class Slip(NamedTuple):
    """The latest year in which a unit was found to fail the set of a status that it held.

    ``by`` is the figure or attestation through which it was found, ``before`` the year of the slip before: when that is retracted or
    corrected, the slip is forgotten with it.
    """

    year: int
    by: Said | None = None
    before: int | None = None


class Figure(NamedTuple):
    """What was told of one indicator or criterion: of which year, on which day, and what stands of earlier years."""

    value: Any
    year: int
    told: date
    earlier: Figure | None = None
    note: Note | None = None  # who stated it, and what it rests on

    def put(self, new: Figure) -> Figure:
        """With another figure: it replaces that of its year, and counts before those of earlier ones."""
        if new.year > self.year:
            return new._replace(earlier=self)
        if new.year == self.year:
            return new._replace(earlier=self.earlier)
        return self._replace(earlier=self.earlier.put(new) if self.earlier is not None else new)

    def without(self, year: int) -> Figure | None:
        """Without the figure of a year."""
        if self.year == year:
            return self.earlier
        return self._replace(earlier=self.earlier.without(year)) if self.earlier is not None else self

    def of(self, year: int) -> Figure | None:
        """The figure of a year."""
        return next((one for one in self.all() if one.year == year), None)

    def all(self) -> Iterator[Figure]:
        """This and those of earlier years, the latest first."""
        one: Figure | None = self
        while one is not None:
            yield one
            one = one.earlier


def since(figure: Figure, day: date) -> Figure | None:
    """What was told from a day on."""
    kept = None
    for one in reversed([one for one in figure.all() if one.told >= day]):
        kept = one._replace(earlier=kept)
    return kept
