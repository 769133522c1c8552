"""A dataframe headed by a set's own numbers and the core say the same at every node, of every set that comes with the library."""

from __future__ import annotations

import os
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from framed import BACKENDS, ROWS, SETS, Maker, core, rows_of

TIMES = 20 if os.environ.get("NTM_TRUST") else 3


@pytest.mark.parametrize("name", SETS)
@settings(max_examples=TIMES, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_frame_and_core_say_the_same_at_every_node(name: str, seed: int) -> None:
    """Values on and around thresholds, missing, attested, not applicable, statuses; in every library of dataframes alike."""
    rules = ntm.load(name)
    data, facts = Maker(rules, random.Random(seed)).rows()
    expected = [core(rules, one) for one in facts]
    assert sum(one is not None for one in expected) >= ROWS / 5
    for library, make in BACKENDS.items():
        whole = rows_of(rules.evaluate_frame(make(data), nodes="indicators", gaps=True, levels=True))
        short = rows_of(rules.evaluate_frame(make(data)))
        assert [row["id"] for row in whole] == [one["id"] for one in facts]
        for row, brief, wanted in zip(whole, short, expected, strict=True):
            if wanted is None:
                assert (row["outcome"], brief["outcome"]) == (None, None), library
                assert "NTM-" in row["problems"]
                continue
            assert row["problems"] is None, (library, row["problems"])
            asked = wanted if rules.document.score is None else wanted.keys() & row.keys()  # a sheet has headings that are no column
            assert {key: row[key] for key in asked} == {key: wanted[key] for key in asked}, library
            assert {key: row[key] for key in brief} == brief
            assert {one.criterion for one in rules.criteria} <= brief.keys() or rules.document.score is not None


@pytest.mark.parametrize("name", SETS)
def test_every_number_of_a_set_has_its_column(name: str) -> None:
    """Every condition, criterion and indicator, or every criterion of a score sheet; no other."""
    rules = ntm.load(name)
    answer = rules.evaluate_frame(pl.DataFrame({"id": ["A"]}), nodes="indicators")
    numbers = [number for part in rules.document.sections for number in (part.criterion, *(one.indicator for one in part.indicators))]
    numbers = numbers or [one.indicator for one in rules.inputs]
    assert [column for column in answer.columns if column[-1].isdigit() or column in numbers] == numbers
