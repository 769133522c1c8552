"""What offices read of one figure, weighed: it stands as we hold it, otherwise, or two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints.lint import Lint, report
from ntm_rules.loading.overlays import Elsewhere
from ntm_rules.loading.text.yaml_text import Path_, Unread
from ntm_rules.model.certificate import DIFFERING, Certifying, Reading
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.problems import Place, Problem, RulesetError
from ntm_rules.values import SourceLevel, folded

Spot = tuple[str, tuple[str, ...], str, str]  # number of the indicator, keys of the column, what it compares with, instrument
CONFIRMED: Final = 2  # offices that must have read an erratum alike before it is official

V = TypeVar("V")


class Read(NamedTuple):
    """One reading, with the certificate that it stands in."""

    overlay: OverlayDocument
    given: Certifying
    reading: Reading
    number: int  # its place among the readings of the certificate
    seen: tuple[str, str]  # where the figure was read, as one says it beside the figure; and the name of the certificate

    @property
    def place(self) -> Path_:
        """Where in the certificate the figure read is written."""
        return ("certifies", "readings", self.number, "value")

    def file(self, catalogue: Catalogue) -> Unread:
        """The file of the certificate, to note what is wrong in it."""
        return Unread(str(catalogue.entry("overlay", self.overlay.overlay).path))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the readings of one figure come to.

    Attributes:
        agrees: whether the figure stands as we hold it.
        level: how far it is checked now.
        places: where it was read; where two readings differ, one line that tells both.
        differing: two that differ, if two do; the figure then stays as it is.
    """

    agrees: bool
    level: SourceLevel
    places: tuple[str, ...]
    differing: Problem | None


def weigh(name: str, mine: Sequence[Read], values: Sequence[Any], held: Any, text: str, level: SourceLevel) -> Weighed:
    """Readings of one figure beside the figure we hold.

    Args:
        name: of the set.
        mine: the readings.
        values: what was read, as it compares.
        held: the figure we hold, as it compares; None where we hold none.
        text: the same as written.
        level: how far it was checked before.
    """
    agrees = held is not None and values[0] == held
    offices = {folded(one.given.by) for one in mine}  # «Sở  A» and «sở A» are one
    differing = _two(name, mine, values)
    if differing is None and not agrees and len(offices) < CONFIRMED and level is SourceLevel.OFFICIAL:
        words = {"first": mine[0].overlay.overlay, "got": mine[0].reading.text, "held": text}
        differing = Problem("NTM-245", _place(name, mine[0].reading), words)
    if differing is not None:
        each = (f"{one.reading.text} (trang {one.reading.page}, {one.given.who})" for one in mine)
        less = SourceLevel.PUBLISHED if level is SourceLevel.OFFICIAL else level
        return Weighed(False, less, (f"{DIFFERING}{'; '.join(each)}",), differing)
    level = SourceLevel.OFFICIAL if agrees or len(offices) >= CONFIRMED else SourceLevel.PUBLISHED
    return Weighed(agrees, level, places_of(mine), None)


@lru_cache(1024)  # of many figures the same
def as_it_stands(places: tuple[str, ...]) -> Weighed:
    """A figure that everybody read at these places letter for letter as we hold it."""
    return Weighed(True, SourceLevel.OFFICIAL, places, None)


def places_of(mine: Sequence[Read]) -> tuple[str, ...]:
    """Where the figure was read, reading by reading."""
    return tuple([one.seen[0] for one in mine])


def read_in(catalogue: Catalogue, overlay: OverlayDocument, given: Certifying) -> list[tuple[Spot, Read]]:
    """The readings of a certificate by their places, laid out once for every text that it is laid on."""
    key = overlay.overlay, overlay.version
    if key not in catalogue.readings:
        who = given.who
        pages: dict[str, tuple[str, str]] = {}  # an office reads many figures on one page
        found = []
        for number, reading in enumerate(given.readings):
            seen = pages.setdefault(reading.page, (f"trang {reading.page}, {who}", overlay.overlay))
            spot = reading.at, reading.column, reading.compares, overlay.instrument
            found.append((spot, Read(overlay, given, reading, number, seen)))
        catalogue.readings[key] = found
    laid: list[tuple[Spot, Read]] = catalogue.readings[key]
    return laid


def _two(name: str, mine: Sequence[Read], values: Sequence[Any]) -> Problem | None:
    """The first reading and one that differs from it."""
    other = next((each for each, value in zip(mine, values, strict=True) if value != values[0]), None)
    if other is None:
        return None
    first = mine[0]
    words = {"first": first.overlay.overlay, "second": other.overlay.overlay, "got": first.reading.text, "other": other.reading.text}
    return Problem("NTM-321", _place(name, first.reading), words)


def _place(name: str, reading: Reading) -> Place:
    return Place(path=" / ".join((name, reading.at, *reading.column)))


def must_stand(catalogue: Catalogue, lints: Iterable[Lint[V]], view: V, node: Path_, one: Read) -> None:
    """Ask whether what an erratum sets can stand in a node.

    Raises:
        RulesetError: it cannot, told where it was read.
    """
    file = one.file(catalogue)
    report(lints, view, Elsewhere(file, node, one.place, whole=False))
    if file.problems:
        raise RulesetError(file.problems)
