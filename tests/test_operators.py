"""The operators and combinations: every face of each agrees with the others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.model.requirements import OPERATORS as KEYS

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)
ORDERED = ("at_least", "at_most", "above", "below", "equals")


def test_every_key_of_the_language_is_an_operator() -> None:
    """What can be written in a ruleset is what can be decided, under the same names."""
    assert tuple(OPERATORS) == KEYS
    assert all(operator.name == name for name, operator in OPERATORS.items())
    assert set(COMBINATIONS) == {"all_of", "any_of", "at_least_k_of"}


@pytest.mark.parametrize("name", ORDERED)
@given(value=NUMBERS, bound=NUMBERS)
def test_holding_and_falling_short_agree(name: str, value: Decimal, bound: Decimal) -> None:
    """A value falls short by nothing exactly when it meets the bound; adding what is short meets it, except beyond a strict bound."""
    operator = OPERATORS[name]
    short = operator.short(value, bound)
    assert (short == 0) == operator.holds(value, bound)
    if short is None:
        assert name in ("above", "below")
        assert value == bound
    elif short:
        assert short > 0
        moved = bound if name == "equals" else value + short * (operator.direction or 1)
        assert operator.holds(moved, bound) == (name not in ("above", "below"))


@pytest.mark.parametrize("name", ORDERED)
@given(value=NUMBERS, bound=NUMBERS, more=st.decimals(min_value=0, max_value=100, places=1))
def test_better_stays_met(name: str, value: Decimal, bound: Decimal, more: Decimal) -> None:
    """Moving in the direction of an operator never loses what was met."""
    operator = OPERATORS[name]
    if operator.direction and operator.holds(value, bound):
        assert operator.holds(value + more * operator.direction, bound)


def test_answers_and_lists_have_no_distance() -> None:
    """A yes or no, and membership of a list, are met or not; by how much means nothing."""
    for name in ("is_true", "one_of"):
        assert OPERATORS[name].short(Decimal(1), Decimal(2)) is None
    assert OPERATORS["is_true"].holds(True, True)
    assert not OPERATORS["is_true"].holds(False, True)
    assert OPERATORS["one_of"].holds(2, (1, 2))


@pytest.mark.parametrize("name", KEYS)
def test_every_operator_reads_in_both_languages(name: str) -> None:
    """Each operator has words with a place for its bound, in Vietnamese and English."""
    operator = OPERATORS[name]
    assert operator.words.vi.count("{}") == operator.words.en.count("{}") == 1
    assert operator.sign in "≥≤><=∈"


@pytest.mark.parametrize(
    ("name", "vi"), [("all_of", "đạt tất cả"), ("any_of", "đạt một trong các phần"), ("at_least_k_of", "đạt ít nhất 2 trong 3")]
)
def test_every_combination_reads_as_words(name: str, vi: str) -> None:
    """Each combination says how many parts are needed."""
    assert COMBINATIONS[name].words.vi.format(k=2, n=3) == vi
