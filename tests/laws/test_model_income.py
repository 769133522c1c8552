"""The income level of model communes is exactly 1.10 times that of advanced communes, cell by cell, in the same column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import ntm_rules as ntm
from ntm_rules.model.figures import Figure, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.values import Outcome
from strategies import step, subject_of

MODEL, ADVANCED = "commune-model/2021-2025", "commune-advanced/2021-2025"
FACTOR = Decimal("1.10")
DAYS = (None, date(2022, 3, 8), date(2024, 2, 29), date(2024, 3, 1), date(2025, 12, 31))


def _income(name: str, number: str) -> Indicator:
    return next(indicator for indicator in ntm.load(name).indicators if indicator.indicator == number)


MODEL_INCOME, ADVANCED_INCOME = _income(MODEL, "1.1"), _income(ADVANCED, "10.1")
MODEL_CELLS, ADVANCED_CELLS = dict(figures_of(MODEL_INCOME.bound)), dict(figures_of(ADVANCED_INCOME.bound))
KNOWN = [(keys, figure) for keys, figure in ADVANCED_CELLS.items() if figure.is_known]


def _value(figure: Figure) -> Decimal:
    assert isinstance(figure.value, str)
    return Decimal(figure.value)


def test_both_tables_have_the_same_cells() -> None:
    """No cell of one table lacks its fellow in the other, and a cell is missing in both or in neither."""
    assert MODEL_CELLS.keys() == ADVANCED_CELLS.keys()
    assert {keys: cell.is_known for keys, cell in MODEL_CELLS.items()} == {keys: cell.is_known for keys, cell in ADVANCED_CELLS.items()}
    assert len(KNOWN) >= 2


@pytest.mark.parametrize(("keys", "advanced"), KNOWN, ids=["-".join(keys) for keys, _ in KNOWN])
def test_every_figure_is_the_advanced_one_and_a_tenth(keys: tuple[str, ...], advanced: Figure) -> None:
    """Exactly 1.10 times, not rounded, and no better sourced than the advanced figure it comes from."""
    model = MODEL_CELLS[keys]
    assert _value(model) == FACTOR * _value(advanced)
    levels = [figure.level or (indicator.source and indicator.source.level) for figure, indicator in
              ((model, MODEL_INCOME), (advanced, ADVANCED_INCOME))]  # fmt: skip
    assert levels[0] is not None
    assert levels[1] is not None
    assert levels[0].rank >= levels[1].rank


def test_the_tables_are_compared_alike() -> None:
    """The same operator, measure and order of dimensions."""
    assert MODEL_INCOME.operator == ADVANCED_INCOME.operator == "at_least"
    assert MODEL_INCOME.measure == ADVANCED_INCOME.measure
    assert getattr(MODEL_INCOME.bound, "by", None) == getattr(ADVANCED_INCOME.bound, "by", None) == ("region", "year")


@pytest.mark.parametrize("day", DAYS)
def test_the_column_is_that_of_the_advanced_set(day: date | None) -> None:
    """On every day both sets choose the column by the same rule, before and after QĐ 211/QĐ-TTg."""
    model, advanced = (ntm.load(name, on=day).document.dimensions for name in (MODEL, ADVANCED))
    assert model["region"].values == advanced["region"].values
    assert [(rule.use, rule.when) for rule in model["region"].redirect] == [(rule.use, rule.when) for rule in advanced["region"].redirect]
    assert model["year"] == advanced["year"]


@pytest.mark.parametrize(("keys", "advanced"), KNOWN, ids=["-".join(keys) for keys, _ in KNOWN])
def test_every_figure_decides_at_its_boundary(keys: tuple[str, ...], advanced: Figure) -> None:
    """One step below is not met, the figure itself and one step above are."""
    rules = ntm.load(MODEL, on=date(2023, 12, 31))
    attributes = {"region": keys[0], "year": int(keys[1]), "area": "I"}
    figure = str(MODEL_CELLS[keys].value)
    for by, outcome in ((-1, Outcome.NOT_MET), (0, Outcome.MET), (1, Outcome.MET)):
        value = Decimal(figure) + step(figure) * by
        node = rules.evaluate(subject_of({"attributes": attributes, "values": {"1.1": str(value)}}))["1.1"]
        assert node.required == FACTOR * _value(advanced)
        assert node.outcome is outcome
