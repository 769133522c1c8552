"""What marking a sheet came to: points, stars, and what holds the product back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ntm_rules.values import ARITHMETIC, Bilingual


@dataclass(frozen=True, slots=True)
class Mark:
    """A star mark that the points given do not reach.

    Attributes:
        criterion: number on the sheet.
        title: what it is.
        stars: the class that asks for it.
        required: the least points it asks for; None where the sheet does not say.
        observed: the points that count.
    """

    criterion: str
    title: Bilingual
    stars: int
    required: Decimal | None
    observed: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """How many points are lacking."""
        return None if self.required is None or self.observed is None else ARITHMETIC.subtract(self.required, self.observed)


class Scored(NamedTuple):
    """What scoring a sheet gave.

    Attributes:
        total: points in all; None while a criterion is not scored.
        total_range: the least and the greatest total still possible.
        parts: points of each part; None while one of its criteria is not scored.
        band: the class of the total alone, whatever the marks; None while open.
        stars: the class reached; None while open, or where the product is excluded.
        stars_possible: the classes still possible, lowest first; one when settled, none where the product is excluded.
        held_back_by: marks missed of the classes that the total can reach.
        standing: ``potential-5-star`` (waits for the centre), ``to-province`` (beyond the district's authority), ``rejected``, or None.
        granted_by: the authority that recognises this class on that day; None for classes that nobody recognises.
        excluded: the facts for which the product is not ranked.
        readings: how what the text leaves open was read.
        bands: from how many points each class starts, high to low.
        certified_from: the lowest class that is recognised.
    """

    total: Decimal | None
    total_range: tuple[Decimal, Decimal]
    parts: Mapping[str, Decimal | None]
    band: int | None
    stars: int | None
    stars_possible: tuple[int, ...]
    held_back_by: tuple[Mark, ...]
    standing: str | None
    granted_by: str | None
    excluded: tuple[Bilingual, ...]
    readings: Mapping[str, str]
    bands: tuple[tuple[int, Decimal], ...]
    certified_from: int
