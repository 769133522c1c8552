"""The annex of a ruleset as a table: each indicator with what is required in each column, and how far each figure was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.figures import Figure, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.model.vocabulary import column_label
from ntm_rules.values import Bilingual, Outcome, SourceLevel


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


def annex(rules: RuleSet) -> tuple[AnnexRow, ...]:
    """Every figure of a ruleset, in the order of the decision of the authority."""
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


def _row(rules: RuleSet, criterion: str, indicator: Indicator, path: tuple[str, ...], figure: Figure) -> AnnexRow:
    own = indicator.source
    instrument = figure.instrument or (own.instrument if own else None) or rules.document.instrument
    at = figure.at or (own.at if own else None)
    level = figure.level or (own.level if own else None) or SourceLevel.MISSING
    return AnnexRow(
        criterion,
        indicator.indicator,
        indicator.title,
        indicator.operator,
        indicator.measure.unit_words,
        tuple(Bilingual("các cột khác", "other columns") if key == "others" else column_label(key) for key in path),
        _written(figure),
        None if figure.is_known else figure.missing,
        level if figure.is_known else SourceLevel.MISSING,
        f"{instrument}, {at}" if at else instrument,
    )


def _written(figure: Figure) -> str | None:
    if figure.value is None:
        return None
    text = ", ".join(figure.value) if isinstance(figure.value, tuple) else str(figure.value)
    return Outcome.MET.label.vi if text == "true" else text
