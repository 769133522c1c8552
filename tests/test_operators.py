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


@pytest.mark.parametrize("name", ORDERED)
@given(low=st.integers(-4, 4), width=st.integers(0, 5), quarters=st.integers(-16, 16))
def test_a_range_holds_fails_or_is_open_as_its_numbers_do(name: str, low: int, width: int, quarters: int) -> None:
    """Of a range an operator says what all its numbers say: of whole ones exactly, else at every quarter between the ends."""
    operator, bound, high = OPERATORS[name], Decimal(quarters) / 4, low + width
    for whole, numbers in ((True, range(low, high + 1)), (False, [low + Decimal(i) / 4 for i in range(4 * width + 1)])):
        found = {operator.holds(Decimal(number), bound) for number in numbers}
        assert operator.over(Decimal(low), Decimal(high), whole, bound) is (found.pop() if len(found) == 1 else None)


@given(low=st.integers(0, 4), width=st.integers(0, 4), halves=st.sets(st.integers(0, 16), min_size=1, max_size=6))
def test_a_range_against_a_list(low: int, width: int, halves: set[int]) -> None:
    """A range fails a list that has none of its numbers, and meets one that has them all."""
    listed, high = tuple(Decimal(half) / 2 for half in halves), low + width
    operator = OPERATORS["one_of"]
    for whole, numbers in ((True, range(low, high + 1)), (False, [low + Decimal(i) / 2 for i in range(2 * width + 1)])):
        found = {operator.holds(Decimal(number), listed) for number in numbers}
        assert operator.over(Decimal(low), Decimal(high), whole, listed) is (
            None if len(found) > 1 or (found == {True} and not whole and width) else found.pop()
        )


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
    assert operator.missed_by.vi.count("{}") == operator.missed_by.en.count("{}") == 1


@pytest.mark.parametrize(
    ("name", "vi"), [("all_of", "đạt tất cả"), ("any_of", "đạt một trong các phần"), ("at_least_k_of", "đạt ít nhất 2 trong 3")]
)
def test_every_combination_reads_as_words(name: str, vi: str) -> None:
    """Each combination says how many parts are needed."""
    assert COMBINATIONS[name].words.vi.format(k=2, n=3) == vi
