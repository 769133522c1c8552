"""A set of sheets in which one sheet is another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ntm_rules.loading.resolve import Effective
from ntm_rules.loading.sheets import Sheets
from ntm_rules.model.score import ScoreCriterion, Sheet
from ntm_rules.verify.mutants.mutant import Turn


class Turned(Sheets):
    """The sheets of an edition with one of them another."""

    def __init__(self, whole: Sheets, number: str, sheet: Sheet) -> None:
        super().__init__(whole.document, whole.instruments)
        self._whole = whole
        self._number = number
        self._sheet_turned = sheet

    @property
    def numbers(self) -> tuple[str, ...]:
        """The product sets that have a sheet, in order."""
        return self._whole.numbers

    def sheet(self, number: str) -> Sheet:
        """The sheet of a product set."""
        return self._sheet_turned if number == self._number else self._whole.sheet(number)


def in_sheet(number: str, sheet: Sheet, was: ScoreCriterion, now: ScoreCriterion) -> Turn:
    """A text in which a criterion of a sheet is another."""

    def walk(criteria: tuple[ScoreCriterion, ...]) -> Iterator[ScoreCriterion]:
        for one in criteria:
            yield now if one is was else one.model_copy(update={"of": tuple(walk(one.of))}) if one.of else one

    parts = tuple(part.model_copy(update={"criteria": tuple(walk(part.criteria))}) for part in sheet.parts)
    turned = sheet.model_copy(update={"parts": parts})

    def turn(effective: Effective) -> Effective | None:
        return None if effective.sheets is None else replace(effective, sheets=Turned(effective.sheets, number, turned))

    return turn
