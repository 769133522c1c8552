"""The annex of a ruleset as a table: each indicator with what is required in each column, and how far each figure was checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ntm_rules.conditions import OPERATORS, Operator
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Figure, Table, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.score import ScoreCriterion
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import Bilingual, SourceLevel


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One figure of the annex; a criterion without content has one row without a figure.

    Attributes:
        criterion: its number.
        indicator: its number, empty where the content of the criterion is not known.
        title: of the indicator, or of the criterion.
        operator: how a value is compared.
        unit: of value and figure.
        column: the keys of the column, outermost first; empty where one figure holds for all.
        figure: the figure as written; None where it is not known.
        absent: why it is not known.
        level: how far it was checked.
        instrument: where it stands, with the place in it.
        keys: the dimension and the key of each step to the column.
    """

    criterion: str
    indicator: str
    title: Bilingual
    operator: str
    unit: Bilingual
    column: tuple[Bilingual, ...]
    figure: str | None
    absent: Bilingual | None
    level: SourceLevel
    instrument: str
    keys: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return {
            "criterion": self.criterion,
            "indicator": self.indicator,
            "title": {"vi": self.title.vi, "en": self.title.en},
            "operator": self.operator,
            "unit": self.unit.vi,
            "column": [key.vi for key in self.column],
            "figure": self.figure,
            "absent": self.absent and {"vi": self.absent.vi, "en": self.absent.en},
            "level": self.level.value,
            "instrument": self.instrument,
        }


POINTS = Bilingual("điểm", "points")


def annex(rules: RuleSet) -> tuple[AnnexRow, ...]:
    """Every figure of a ruleset, in the order of the decision of the authority."""
    if rules.sheets is not None:
        return tuple(row for number in rules.scores.product_sets for row in score_rows(rules, number))
    rows: list[AnnexRow] = []
    for criterion in rules.document.sections:
        if not criterion.indicators:
            missing = SourceLevel.MISSING
            instrument = rules.document.instrument
            rows.append(
                AnnexRow(criterion.criterion, "", criterion.title, "", Bilingual(""), (), None, criterion.missing, missing, instrument)
            )
        for indicator in criterion.indicators:
            rows += [_row(rules, criterion.criterion, indicator, path, figure) for path, figure in figures_of(indicator.bound)]
    return tuple(rows)


def score_rows(rules: RuleSet, product_set: str) -> Iterator[AnnexRow]:
    """A score sheet, one row for each level: its points, and the classes of stars that ask for it or more."""
    sheet = rules.scores.sheet(product_set)
    level = sheet.source.level or SourceLevel.MISSING
    instrument = f"{sheet.source.instrument or rules.document.instrument}, {sheet.source.at}"
    set_name = Bilingual(f"bộ {sheet.sheet}: {sheet.title.vi}", f"set {sheet.sheet}: {sheet.title.en}")
    if sheet.missing is not None:
        yield AnnexRow(sheet.sheet, "", sheet.title, "", POINTS, (set_name,), None, sheet.missing, level, instrument)

    def rows(given: ScoreCriterion) -> Iterator[AnnexRow]:
        title = given.title or Bilingual("")
        for option in given.options:
            stars = "".join(f" {star}★" for star, least in given.marks.items() if least == option.points)
            words = Bilingual(f"{title.vi}: {option.vi}", f"{title.en}: {option.en}")
            figure = f"{option.points}{stars}"
            yield AnnexRow(
                given.criterion, given.criterion, words, "", Bilingual("điểm", "points"), (set_name,), figure, None, level, instrument
            )
        for below in given.of:
            yield from rows(below)

    for part in sheet.parts:
        for given in part.criteria:
            yield from rows(given)


def _row(rules: RuleSet, criterion: str, indicator: Indicator, path: tuple[str, ...], figure: Figure) -> AnnexRow:
    source = figure.source_within(indicator.source, rules.document.instrument)
    return AnnexRow(
        criterion,
        indicator.indicator,
        indicator.title,
        indicator.operator,
        indicator.measure.unit_words,
        tuple(Bilingual("các cột khác", "other columns") if key == "others" else column_label(key) for key in path),
        _written(figure, OPERATORS[indicator.operator]),
        None if figure.is_known else figure.missing,
        source.level or SourceLevel.MISSING,
        ", ".join(part for part in (source.instrument, source.at) if part),
        tuple(zip(indicator.bound.by, path, strict=True)) if isinstance(indicator.bound, Table) else (),
    )


def _written(figure: Figure, operator: Operator) -> str | None:
    if figure.value is None:
        return None
    if not operator.places:
        return operator.phrase((), "vi")
    return operator.listed(figure.value) if isinstance(figure.value, tuple) else figure.value
