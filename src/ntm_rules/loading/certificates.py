"""What offices read in the signed texts, laid on an edition: figures that agree become official, one read otherwise is an erratum.

A certificate never touches a published text. It names figures by their place and the instrument that it was read in, so that it goes on to
hold under later versions of the encoding, for as long as they say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import RULESET
from ntm_rules.loading.lints.lint import report
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.overlays import Elsewhere, mended
from ntm_rules.loading.text.yaml_text import Unread
from ntm_rules.model.certificate import Certifying, Reading
from ntm_rules.model.figures import Figure, Row, Source, figures_of
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import Indicator, RuleSetDocument
from ntm_rules.problems import Place, Problem, RulesetError
from ntm_rules.values import SourceLevel, folded

Spot = tuple[str, tuple[str, ...]]  # number of the indicator, keys of the column
NO_SOURCE: Final = Source()
CONFIRMED: Final = 2  # offices that must have read an erratum alike before it is official


@dataclass
class Certified:
    """An edition with its certificates laid on.

    Attributes:
        document: the edition, the figures that were checked raised.
        by: which certificates a place of the signed text was written by, as it stands among what a figure was ``seen`` in.
        offered: the certificates there are.
        effective: those that say something of the edition as it stands.
        told: where certificates disagree.
    """

    document: RuleSetDocument
    by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    effective: set[str] = field(default_factory=set)
    told: list[Problem] = field(default_factory=list)


def certified(catalogue: Catalogue, document: RuleSetDocument, overlays: Iterable[OverlayDocument]) -> Certified:
    """The edition as the certificates leave it.

    A figure that one or more read as it stands is ``official``. One that all of them read otherwise, or where nothing stands, is an
    erratum: it takes the value read, as ``published``, and as ``official`` once two offices read it alike. Where two disagree, the figure
    stays as it is, and both are told. What a draft sets nobody read in a signed text, whichever document it says it is.

    Args:
        catalogue: where the overlays lie.
        document: the edition with all overlays applied.
        overlays: all of them, the certificates among them.

    Raises:
        RulesetError: an erratum cannot stand there.
    """
    found = Certified(document)
    drafted: set[str] = set()
    who: dict[str, str] = {}
    readings: dict[Spot, list[tuple[OverlayDocument, Certifying, Reading]]] = {}
    for overlay in overlays:
        if overlay.kind == "draft":
            drafted.update(change.target for change in overlay.changes if OPERATORS.keys() & change.fields.keys())
        if (given := overlay.certifies) is None:
            continue
        found.offered.add(overlay.overlay)
        who[overlay.overlay] = given.who
        for reading in given.readings:
            readings.setdefault((reading.at, reading.column), []).append((overlay, given, reading))
    if not readings:
        return found
    errata = []
    for path, indicator in _indicators(document):
        if indicator.indicator in drafted:
            continue
        raised: dict[tuple[str, ...], Figure] = {}
        now: dict[str, Any]
        for column, figure in figures_of(indicator.bound):
            read = readings.get((indicator.indicator, column))
            if read is None or figure.delegated:  # what is left to provinces stands on no page of the nation's text
                continue
            own = indicator.source or NO_SOURCE
            instrument = figure.instrument or own.instrument or document.instrument
            mine = [one for one in read if one[0].instrument == instrument and one[2].compares == indicator.operator]
            if not mine:
                continue
            found.effective.update(overlay.overlay for overlay, _, _ in mine)
            agrees = all(reading.value == figure.value for _, _, reading in mine)
            if not agrees:  # letter for letter; «50.0» is 50 all the same
                values = [_comparable(indicator, reading.value) for _, _, reading in mine]
                if any(value != values[0] for value in values):
                    found.told.append(_disagreement(document, mine, values))
                    continue
                agrees = figure.value is not None and _comparable(indicator, figure.value) == values[0]
            places = []
            for overlay, _, reading in mine:
                place = f"trang {reading.page}, {who[overlay.overlay]}"
                places.append(place)
                found.by[place] = tuple(dict.fromkeys((*found.by.get(place, ()), overlay.overlay)))
            if agrees:
                now = {"level": SourceLevel.OFFICIAL, "seen": (*(figure.seen or own.seen), *places)}
            else:
                offices = {folded(given.by) for _, given, _ in mine}  # «Sở  A» and «sở A» are one
                level = SourceLevel.OFFICIAL if len(offices) >= CONFIRMED else SourceLevel.PUBLISHED
                now = {"level": level, "seen": tuple(places), "value": mine[0][2].value, "missing": None}
                errata.append((path, indicator, mine[0]))
            raised[column] = figure.model_copy(update=now)
        if raised:
            own_bound = {indicator.operator: _with(indicator.bound, raised)}
            found.document = mended(found.document, path, indicator.model_copy(update=own_bound))
    _check(catalogue, found.document, errata)
    return found


def _indicators(document: RuleSetDocument) -> Iterator[tuple[tuple[str | int, ...], Indicator]]:
    """Every indicator with its path."""
    for key, sections in (("conditions", document.conditions), ("criteria", document.criteria)):
        for i, section in enumerate(sections):
            for j, indicator in enumerate(section.indicators):
                yield (key, i, "indicators", j), indicator


def _with(bound: Figure | Row, figures: Mapping[tuple[str, ...], Figure], path: tuple[str, ...] = ()) -> Figure | Row:
    """A bound with other figures where the keys lead to one."""
    if isinstance(bound, Figure):
        return figures.get(path, bound)
    return bound.model_copy(update={key: _with(cell, figures, (*path, key)) for key, cell in bound.cells().items()})


def _comparable(indicator: Indicator, value: Any) -> Any:
    """A figure as it compares: ``50`` and ``50.0`` are one, an answer is itself alone."""
    if indicator.measure.kind == "yes_no":
        return value
    try:
        return indicator.measure.comparable(value)
    except (ValueError, TypeError, KeyError):
        return value


def _disagreement(document: RuleSetDocument, mine: list[tuple[OverlayDocument, Certifying, Reading]], values: list[Any]) -> Problem:
    (first, _, one), (second, _, other) = mine[0], next(each for each, value in zip(mine, values, strict=True) if value != values[0])
    words = {"first": first.overlay, "second": second.overlay, "got": _text(one.value), "other": _text(other.value)}
    return Problem("NTM-321", Place(path=" / ".join((document.ruleset, one.at, *one.column))), words)


def _text(value: str | tuple[str, ...]) -> str:
    return " | ".join(value) if isinstance(value, tuple) else value


def _check(catalogue: Catalogue, document: RuleSetDocument, errata: list[Any]) -> None:
    """What an erratum sets must be able to stand there."""
    if not errata:
        return
    walk = Walk(document, catalogue.instruments)
    for path, indicator, (overlay, given, reading) in errata:
        file = Unread(str(catalogue.entry("overlay", overlay.overlay).path))
        place = ("certifies", "readings", given.readings.index(reading), "value")
        report(RULESET, walk, Elsewhere(file, (*path, indicator.operator, *reading.column), place, whole=False))
        if file.problems:
            raise RulesetError(file.problems)
