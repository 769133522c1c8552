"""Deciding by columns is deciding row by row: every double at its threshold, every odd cell, of generated rulesets."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from drawn import WHOLE, agree, beside, checked, score_tables, tables
from framed import rows_of
from ntm_rules.decide.frame import judging
from ntm_rules.decide.frame.steps import first
from ntm_rules.problems import NotFound, TableError
from ntm_rules.values import SourceLevel, exact
from plain_rulesets import BASE
from strategies import read_ruleset

RULES = ntm.load("commune-ntm/2021-2025")
TRUST = bool(os.environ.get("NTM_TRUST"))
LIBRARIES: dict[str, Any] = {
    "lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
}
thresholds = st.one_of(
    st.sampled_from([Decimal("62.35"), Decimal("0.3"), Decimal(0), Decimal(50), Decimal("1e14"), Decimal("0.1000000000000000055")]),
    st.decimals(min_value="-1e12", max_value="1e12", allow_nan=False, places=6),
    st.decimals(min_value="-100", max_value="100", allow_nan=False, places=20),
)


@settings(max_examples=300, deadline=None)
@given(thresholds, st.integers(-40, 40))
def test_a_double_reaches_a_threshold_exactly_where_its_fifteen_digits_do(threshold: Decimal, steps: int) -> None:
    """At the least double that counts as the threshold and some steps around it, and likewise beyond it."""
    for beyond in (False, True):
        cut = first(threshold, beyond=beyond)
        number = beside(cut, steps)
        stands_for = exact(number) if number == 0 or abs(number) > 1e-15 else Decimal(format(number, ".15g"))
        reached = stands_for > threshold if beyond else stands_for >= threshold
        assert (number >= cut) == reached


@pytest.mark.parametrize("kind", [float, str, Decimal])
def test_known_traps_at_thresholds_come_out_as_in_the_core(kind: Any) -> None:
    """0.1 + 0.2 is 0.3, 49.99999999999999 is 50, 62.35 is 62.35, NaN is nothing, whatever a column holds."""
    given: list[Any] = [0.1 + 0.2, 49.99999999999999, 62.35, 62.349999999999994, 62.34, 51.5]
    cells = [kind(str(number)) if kind is Decimal else kind(number) for number in given]
    fixed = {"region": "tay-nguyen", "area": "I", "year": 2024}
    answer = RULES.evaluate_frame(pl.DataFrame({"id": list("abcdef"), "10.1": cells}), constants=fixed, nodes="indicators")
    core = [RULES.evaluate(ntm.Subject(id="a", kind="commune", attributes=fixed, values={"10.1": cell}))["10.1"].outcome for cell in cells]
    assert answer["10.1"].to_list() == core
    assert len(set(core)) == 2


@settings(max_examples=600 if TRUST else 60, deadline=None)
@given(tables())
def test_columns_and_rows_say_the_same_of_generated_rulesets(table: tuple[ntm.RuleSet, dict[str, list[Any]], SourceLevel]) -> None:
    """Thresholds, open columns, statuses, attestations against weak figures, ids twice, totals, unreadable cells; in every library."""
    rules, _, accept = table
    frame, wanted, _ = checked(*table)
    for library, make in LIBRARIES.items():
        rows = rows_of(rules.evaluate_frame(make(frame), accept=accept, **WHOLE))
        assert len(rows) == len(wanted), library
        agree(rows, wanted)
    agree(by_relation(rules, frame, accept, wanted), wanted)


@settings(max_examples=200 if TRUST else 20, deadline=None)
@given(score_tables())
def test_columns_and_rows_say_the_same_of_generated_score_sheets(table: tuple[ntm.RuleSet, dict[str, list[Any]], SourceLevel]) -> None:
    """Points of one assessor and of members, levels that the sheet has not, cases beside each other; stars, parts and standing too."""
    rules, _, accept = table
    frame, wanted, _ = checked(*table)
    for make in LIBRARIES.values():
        agree(rows_of(rules.evaluate_frame(make(frame), accept=accept, **WHOLE)), wanted)
    agree(by_relation(rules, frame, accept, wanted), wanted)


def by_relation(rules: ntm.RuleSet, frame: Any, accept: SourceLevel, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of DuckDB, in their order, whose problems name units instead of rows: those of the same codes."""
    rows = rows_of(rules.evaluate_frame(duckdb.from_arrow(frame.to_arrow()), accept=accept, **WHOLE))
    for row, expected in zip(rows, wanted, strict=True):
        if row["problems"] and codes(row["problems"]) == codes(expected.get("problems", "")):
            row["problems"] = expected["problems"]
    return rows


def codes(told: str) -> list[str]:
    """The codes of a text; a unit that stands twice has one of its own where rows have no number."""
    return re.findall(r"NTM-\d+", told.replace("NTM-505", "NTM-550"))


def test_a_lazy_frame_is_not_looked_at_before_it_is_collected() -> None:
    """Its headings are; what stands in it is read when somebody asks."""
    broken = pl.LazyFrame({"id": ["A"], "10.1": ["abc"]}).with_columns(pl.col("10.1").cast(pl.Float64))
    answer = RULES.evaluate_frame(broken)
    assert answer.collect_schema()["10"] == pl.Enum([outcome.value for outcome in ntm.Outcome])
    with pytest.raises(pl.exceptions.PolarsError):
        answer.collect()
    with pytest.raises(TableError):
        RULES.evaluate_frame(pl.LazyFrame({"id": ["A"], "Thu nhap": [1]}))


def test_chosen_rows_are_explained() -> None:
    """Full decisions by id, equal to those of the core; an id that no row has, and a row that cannot be read, are told."""
    fixed = {"region": "tay-nguyen", "area": "I", "year": 2024}
    frame = pd.DataFrame({"id": ["A1", "A2", "A3"], "10.1": ["51.5", "40", "abc"]})
    found = RULES.explain_rows(frame, ["A2", "A1"], constants=fixed)
    assert list(found) == ["A2", "A1"]
    subject = ntm.Subject(id="A2", kind="commune", attributes=fixed, values={"10.1": "40"})
    assert found["A2"] == RULES.evaluate(subject)
    assert "40" in found["A2"].explain()
    with pytest.raises(NotFound, match="A9"):
        RULES.explain_rows(frame, ["A9"])
    with pytest.raises(TableError, match="NTM-402"):
        RULES.explain_rows(frame, ["A3"])


def test_lists_are_left_out_when_they_are_not_asked_for() -> None:
    """A frame of a whole country need not write two texts a row."""
    answer = RULES.evaluate_frame(pl.DataFrame({"id": ["A"], "10.1": [51.5]}), lists=False)
    assert not {"failed", "undetermined"} & set(answer.columns)


def test_a_threshold_that_no_double_stands_for_is_met_by_none() -> None:
    """62.35 and sixteen places behind it: the doubles beside it stand for 62.35 and 62.3500000000001, as fifteen digits say."""
    source = {"at": "mục 1", "level": "recalled"}
    share = {"indicator": "1.1", "title": {"vi": "Tỷ lệ", "en": "Share"}, "measure": {"unit": "%"}, "source": source}
    equal = {**BASE["criteria"][0], "indicators": [{**share, "equals": "62.3500000000000000055"}]}
    read = read_ruleset({**BASE, "criteria": [equal]})
    answer = read.evaluate_frame(pl.DataFrame({"id": ["A", "B", "C"], "1.1": [62.34, 62.35, 62.36]}), nodes="indicators")
    assert answer["1.1"].to_list() == ["not_met"] * 3


def test_slices_of_a_long_frame_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame longer than a slice is judged by several threads, each slice in its place."""
    monkeypatch.setattr(judging, "SLICE", judging._ROWS)
    income = [49.0, 50.0, None, 51.0] * 3_000
    frame = pl.DataFrame({"id": [f"X{i}" for i in range(len(income))], "10.1": income})
    fixed = {"region": "tay-nguyen", "area": "I", "year": 2024}
    answer = RULES.evaluate_frame(frame, constants=fixed, nodes="indicators")
    assert answer["10.1"].to_list() == ["not_met", "met", "undetermined", "met"] * 3_000
    assert answer["id"].to_list() == frame["id"].to_list()


def test_many_texts_that_are_no_plain_numbers_are_read_once_each() -> None:
    """More of them than are looked up one by one, told with how many rows hold each."""
    frame = pl.DataFrame({"id": [f"X{i}" for i in range(2_400)], "10.1": ["49,5", "50", "51,25", "x"] * 600})
    answer = RULES.evaluate_frame(frame, constants={"region": "tay-nguyen", "area": "I", "year": 2024}, nodes="indicators")
    assert answer["10.1"].to_list()[:3] == ["not_met", "met", "met"]
    assert "NTM-402" in answer["problems"][3]
    assert answer["problems"].null_count() == 1_800
