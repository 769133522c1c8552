"""What offices read of score sheets in the signed text: a sheet is as far checked as the least checked of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.lints import SHEET
from ntm_rules.loading.lints.sheets import Scored
from ntm_rules.loading.sheets import Checked, Sheets
from ntm_rules.loading.text.yaml_text import node_at
from ntm_rules.loading.weigh import Read, Spot, Weighed, must_stand, weigh
from ntm_rules.model.figures import Source
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import Score, Sheet
from ntm_rules.model.sheet_figures import SheetFigure, class_figures, sheet_figures
from ntm_rules.problems import RulesetError
from ntm_rules.values import SourceLevel

Weighings = list[tuple[SheetFigure, Sequence[Read], Weighed]]


@dataclass
class Marked:
    """A scored edition with the readings laid on.

    Attributes:
        score: its classes of stars.
        sheets: its sheets.
        used: the readings of each figure that has some.
        by: the certificates behind what a whole sheet was seen in.
    """

    score: Score
    sheets: Sheets
    used: list[tuple[Sequence[Read], Weighed]] = field(default_factory=list)
    by: dict[str, tuple[str, ...]] = field(default_factory=dict)


def marked(
    catalogue: Catalogue, document: RuleSetDocument, score: Score, sheets: Sheets, readings: Mapping[Spot, Sequence[Read]]
) -> Marked:
    """The classes and the sheets as the certificates leave them; sheets that no certificate speaks of are left alone, unread.

    Args:
        catalogue: where the certificates lie.
        document: the edition.
        score: how points become stars there.
        sheets: its score sheets.
        readings: what was read, by place.

    Raises:
        RulesetError: a sheet is wrong, or an erratum cannot stand there.
    """
    found = Marked(score, sheets)
    checked: dict[tuple[str, tuple[str, ...]], Checked] = {}
    changed: dict[str, Sheet] = {}

    def weighed(figures: Iterable[SheetFigure], source: Source) -> tuple[Weighings, SourceLevel]:
        """The figures that have readings, and the level of the least checked of all."""
        weighings: Weighings = []
        instrument, least = source.instrument or document.instrument, SourceLevel.OFFICIAL
        own = source.level or SourceLevel.MISSING
        for figure in figures:
            mine = readings.get((figure.at, figure.column, figure.compares, instrument))
            level = own  # of a mark that is printed without its level too: it stays open, whatever the level of the sheet
            if mine:
                values = [_points(one.reading.value) for one in mine]
                before = own if figure.value else SourceLevel.MISSING
                result = weigh(document.ruleset, mine, values, _points(figure.value) if figure.value else None, figure.value, before)
                weighings.append((figure, mine, result))
                kept = source.seen if result.agrees or result.differing else ()
                checked[figure.at, figure.column] = result.level, (*kept, *result.places)
                level = result.level if figure.value or result.differing is None else own
            least = max(least, level, key=lambda one: one.rank)
        found.used.extend((mine, result) for _, mine, result in weighings)
        return weighings, least

    classes, frame = weighed(class_figures(score), score.source)
    if classes:
        data = _written(catalogue, score.plain_data(), classes)
        data["source"] = _source(score.source, data["source"], classes, frame, found.by)
        try:
            found.score = Score.model_validate(data)
        except ValidationError:  # a class from fewer points than the one below it
            _refuse(
                catalogue, _errata(classes)[0][1], "NTM-231", got=", ".join(f"{star['stars']}: {star['from']}" for star in data["stars"])
            )
    named = {column[0] for _, column, *_ in readings if column}
    for number in (number for number in sheets.numbers if number in named):
        sheet = sheets.sheet(number)
        weighings, least = weighed(sheet_figures(sheet), sheet.source)
        if weighings:
            own = sheet.source.level or SourceLevel.MISSING
            bounded = max(least, frame, key=lambda one: one.rank)  # stars rest on the classes too
            whole = min(bounded, max(own, least, key=lambda one: one.rank), key=lambda one: one.rank)  # reading lowers no sheet for them
            data = _written(catalogue, sheet.plain_data(), weighings)
            data["source"] = _source(sheet.source, data["source"], weighings, whole, found.by)
            changed[number] = Sheet.model_validate(data)
            scored = Scored(changed[number], number, found.score, catalogue.instruments)
            for figure, one in _errata(weighings):
                must_stand(catalogue, SHEET, scored, figure.node, one)
    found.sheets = sheets.laid(changed, checked)
    return found


def _points(value: Any) -> Any:
    """Points as they compare: whole numbers; anything else is itself alone."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _errata(weighings: Weighings) -> list[tuple[SheetFigure, Read]]:
    """The figures that take the value read, each with its first reading."""
    return [(figure, mine[0]) for figure, mine, result in weighings if not result.agrees and result.differing is None]


def _written(catalogue: Catalogue, data: dict[str, Any], weighings: Weighings) -> dict[str, Any]:
    """The plain data with the errata written in."""
    for figure, one in _errata(weighings):
        value = one.reading.value
        if not isinstance(_points(value), int):
            _refuse(catalogue, one, "NTM-730", got=str(value))
        node_at(data, (*figure.node, *figure.path[:-1]))[figure.path[-1]] = value if figure.compares == "from" else _points(value)
    return data


def _source(
    source: Source, data: dict[str, Any], weighings: Weighings, level: SourceLevel, by: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    """The source of a sheet once offices read figures of it: who read which pages, and where two differ."""
    pages: dict[str, dict[str, None]] = {}
    names: dict[str, dict[str, None]] = {}
    for _, mine, _ in weighings:
        for one in mine:
            pages.setdefault(one.given.who, {})[one.reading.page] = None
            names.setdefault(one.given.who, {})[one.overlay.overlay] = None
    read = [f"trang {', '.join(numbers)}, {who}" for who, numbers in pages.items()]
    for place, each in zip(read, names.values(), strict=True):
        by[place] = tuple(dict.fromkeys((*by.get(place, ()), *each)))
    differing = [place for _, _, result in weighings if result.differing for place in result.places]
    return {**data, "level": level.value, "seen": [*source.seen, *read, *differing]}


def _refuse(catalogue: Catalogue, one: Read, code: str, **words: Any) -> None:
    file = one.file(catalogue)
    file.report(code, one.place, **words)
    raise RulesetError(file.problems)
