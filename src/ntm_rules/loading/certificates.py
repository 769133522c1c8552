"""What offices read in the signed texts, laid on an edition: figures that agree become official, one read otherwise is an erratum.

A certificate never touches a published text. It names figures by their place and the instrument that it was read in, so that it goes on to
hold under later versions of the encoding, for as long as they say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import RULESET
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.marked import marked
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.loading.weigh import Read, Spot, Weighed, as_it_stands, must_stand, places_of, read_in, weigh
from ntm_rules.model.figures import Figure, Row, Source, figures_of
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import Criterion, Indicator, RuleSetDocument
from ntm_rules.problems import Problem
from ntm_rules.values import SourceLevel

NO_SOURCE: Final = Source()
Erratum = tuple[Path_, Indicator, Read]  # where a figure takes the value read, and its first reading


@dataclass
class Certified:
    """An edition with its certificates laid on.

    Attributes:
        document: the edition, the figures that were checked raised.
        by: which certificates a place of the signed text was written by, as it stands among what a figure was ``seen`` in.
        offered: the certificates there are.
        effective: those that say something of the edition as it stands.
        read: each reading that does, as the name of its certificate and its place there.
        told: where certificates disagree, with each other or with a figure that the set itself holds as ``official``.
        sheets: its score sheets, where it marks.
    """

    document: RuleSetDocument
    by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offered: set[str] = field(default_factory=set)
    effective: set[str] = field(default_factory=set)
    read: set[tuple[str, int]] = field(default_factory=set)
    told: list[Problem] = field(default_factory=list)
    sheets: Sheets | None = None

    def take(self, mine: Sequence[Read], weighed: Weighed) -> None:
        """Note which certificates say something of a figure, and what is to be told of it."""
        self.read.update([(one.seen[1], one.number) for one in mine])
        if weighed.differing is not None:
            self.told.append(weighed.differing)
            self.by[weighed.places[0]] = tuple(dict.fromkeys(one.seen[1] for one in mine))
            return
        for place, name in [one.seen for one in mine]:
            named = self.by.get(place, ())
            if name not in named:
                self.by[place] = (*named, name)


def certified(
    catalogue: Catalogue, document: RuleSetDocument, overlays: Iterable[OverlayDocument], sheets: Sheets | None = None
) -> Certified:
    """The edition as the certificates leave it.

    A figure that one or more read as it stands is ``official``. One that all of them read otherwise, or where nothing stands, is an
    erratum: it takes the value read, as ``published``, and as ``official`` once two offices read it alike. Where two disagree, the figure
    stays as it is and is not ``official``; both are told, in the call and beside the figure. One that the set itself holds as ``official``
    was read in the signed text too: a single office that reads otherwise disagrees with it. What a draft sets nobody read in a signed
    text, whichever document it says it is.

    Args:
        catalogue: where the overlays lie.
        document: the edition with all overlays applied.
        overlays: all of them, the certificates among them.
        sheets: its score sheets, where it marks.

    Raises:
        RulesetError: an erratum cannot stand there.
    """
    found = Certified(document, sheets=sheets)
    drafted: set[str] = set()
    readings: dict[Spot, list[Read]] = {}
    for overlay in overlays:
        if overlay.kind == "draft":
            drafted.update(change.target for change in overlay.changes if OPERATORS.keys() & change.fields.keys())
        if (given := overlay.certifies) is None:
            continue
        found.offered.add(overlay.overlay)
        for spot, one in read_in(catalogue, overlay, given):
            readings.setdefault(spot, []).append(one)
    if not readings:
        return found
    if sheets is not None and document.score is not None:
        laid = marked(catalogue, document, document.score, sheets, readings)
        found.sheets, found.document = laid.sheets, document.model_copy(update={"score": laid.score})
        for mine, weighed in laid.used:
            found.take(mine, weighed)
        for place, names in laid.by.items():
            found.by[place] = tuple(dict.fromkeys((*found.by.get(place, ()), *names)))
    errata: list[Erratum] = []
    changed = {
        key: tuple([_section(found, (key, i), section, readings, drafted, errata) for i, section in enumerate(getattr(document, key))])
        for key in ("conditions", "criteria")
    }
    found.document = found.document.model_copy(update=changed)
    found.effective = {name for name, _ in found.read}
    if errata:
        walk = Walk(found.document, catalogue.instruments)
        for path, indicator, one in errata:
            must_stand(catalogue, RULESET, walk, (*path, indicator.operator, *one.reading.column), one)
    return found


def _section(
    found: Certified, path: Path_, section: Criterion, readings: Mapping[Spot, list[Read]], drafted: set[str], errata: list[Erratum]
) -> Criterion:
    """A criterion as the readings leave it; itself where nobody read any of it."""
    parts = []
    for i, indicator in enumerate(section.indicators):
        read = indicator.indicator not in drafted
        parts.append(_indicator(found, (*path, "indicators", i), indicator, readings, errata) if read else indicator)
    if all(map(is_, parts, section.indicators)):
        return section
    return section.model_copy(update={"indicators": tuple(parts)})


def _indicator(
    found: Certified, path: Path_, indicator: Indicator, readings: Mapping[Spot, list[Read]], errata: list[Erratum]
) -> Indicator:
    """An indicator as the readings leave it; itself where nobody read a figure of it."""
    raised: dict[tuple[str, ...], Figure] = {}
    now: dict[str, Any]
    number, operator = indicator.indicator, indicator.operator
    bound: Figure | Row = getattr(indicator, operator)
    own, of = indicator.source or NO_SOURCE, found.document.instrument
    otherwise = own.instrument or of
    for column, figure in figures_of(bound):
        mine = readings.get((number, column, operator, figure.instrument or otherwise))
        if mine is None or figure.delegated:  # what is left to provinces stands on no page of the nation's text
            continue
        value = figure.value
        if [one.reading.value for one in mine] == [value] * len(mine):  # letter for letter, as nearly all
            weighed = as_it_stands(places_of(mine))
        else:  # «50.0» is 50 all the same
            values = [_comparable(indicator, one.reading.value) for one in mine]
            held = None if value is None else _comparable(indicator, value)
            level = figure.source_within(own, of).level or SourceLevel.MISSING
            weighed = weigh(found.document.ruleset, mine, values, held, figure.text, level)
        found.take(mine, weighed)
        stays = weighed.agrees or weighed.differing is not None
        now = {"seen": (*((figure.seen or own.seen) if stays else ()), *weighed.places)}
        if weighed.differing is None or value is not None:
            now["level"] = weighed.level
        if not stays:
            now |= {"value": mine[0].reading.value, "missing": None}
            errata.append((path, indicator, mine[0]))
        raised[column] = figure.model_copy(update=now)
    return indicator.model_copy(update={operator: _with(bound, raised)}) if raised else indicator


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
