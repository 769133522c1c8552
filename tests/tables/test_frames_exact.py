"""Deciding by columns is deciding row by row: every double at its threshold, every odd cell, of generated rulesets."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.decide.frame.aside import decide_rows
from ntm_rules.decide.frame.asked import Asked, asked_of
from ntm_rules.decide.frame.steps import first
from ntm_rules.problems import NotFound, TableError
from ntm_rules.values import SourceLevel, exact
from strategies import DOMAINS, GRADES, all_indicators, documents, figures_in, operator_of, read_ruleset, step

RULES = ntm.load("commune-ntm/2021-2025")
ODD = (
    *(None, None, "", "N/A", "chưa có số liệu", "không áp dụng: không có", "đạt", "chưa đạt", "44,5", "43,250"),
    *("abc", "0.5", "0,5%", "1e3", "-1", "1.00000000000000000001", "0.1000000000000000055"),
)
YES = ("đạt", "chưa đạt", "có", "x", None, "")


def beside(number: float, steps: int) -> float:
    """A double some steps away from another."""
    for _ in range(abs(steps)):
        number = math.nextafter(number, math.inf if steps > 0 else -math.inf)
    return number


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


def cells_for(indicator: dict[str, Any], as_float: bool) -> st.SearchStrategy[Any]:
    """Cells of an indicator: at its figures and beside them, and what people write else."""
    measure = indicator["measure"]
    if measure == "yes_no":
        return st.sampled_from((*YES, "không", "abc"))
    if "choices" in measure:
        return st.sampled_from((*GRADES, *ODD))
    near = [Decimal(text) + step(text) * by for text in figures_in(indicator[operator_of(indicator)]) for by in (-1, 0, 1)]
    if as_float:
        doubles = st.sampled_from([*near, Decimal(3), Decimal("9.5")]).flatmap(
            lambda n: st.integers(-6, 6).map(lambda s: beside(float(n), s))
        )
        return st.one_of(doubles, st.sampled_from([None, math.nan, math.inf, 0.0, 0.5, 1.0, 1e16, 1e-20, -3.0, 100.0]))
    return st.one_of(st.sampled_from([str(n) for n in near] or ["3"]), st.sampled_from(ODD))


@st.composite
def tables(draw: st.DrawFn) -> tuple[ntm.RuleSet, dict[str, list[Any]], str]:
    """A generated ruleset, a table for it, and the weakest level that may decide."""
    data = draw(documents())
    height = draw(st.integers(1, 8))
    columns: dict[str, list[Any]] = {
        "id": [draw(st.sampled_from((f"U{i}", f"U{i}", f"U{i}", "U0", "", "Tổng cộng"))) for i in range(height)]
    }
    for name, domain in DOMAINS.items():
        words = [*({True: "có", False: "không"}.get(one, one) if one.__class__ is bool else str(one) for one in domain), None, "", "?"]
        columns[name] = [draw(st.sampled_from(words)) for _ in range(height)]
    for indicator in all_indicators(data):
        if draw(st.integers(0, 5)):
            as_float = isinstance(indicator["measure"], dict) and "choices" not in indicator["measure"] and draw(st.booleans())
            cells = cells_for(indicator, as_float)
            columns[indicator["indicator"]] = [draw(cells) for _ in range(height)]
    numbers = [criterion["criterion"] for criterion in data["criteria"]] + [one["indicator"] for one in all_indicators(data)]
    for number in draw(st.lists(st.sampled_from(numbers), max_size=4, unique=True)):
        columns[f"attested:{number}"] = [draw(st.sampled_from((None, "", "đạt", "chưa đạt"))) for _ in range(height)]
    return read_ruleset(data), columns, draw(st.sampled_from(("recalled", "published", "official")))


def by_rows(asked: Asked, frame: Any) -> list[dict[str, Any] | None]:
    """What reading and deciding row by row says."""
    header, shared = asked.header(tuple(frame.columns))
    rows = decide_rows(asked.rules, nw.from_native(frame), None, header, shared, (), asked.accept)
    found: list[dict[str, Any] | None] = []
    for place in range(len(frame)):
        row = rows.get(place)
        if row is None or row.decided is None:
            found.append({"problems": None if row is None else "; ".join(one.line("vi") for one in row.problems)})
        else:
            nodes = list(row.decided.root.walk())
            gaps = {f"gap:{node.id}": None if node.gap is None else float(node.gap) for node in nodes if node.face.kind == "indicator"}
            levels = {f"level:{node.id}".removesuffix(":"): node.level and node.level.value for node in nodes}
            found.append({**{node.id or "outcome": node.outcome.value for node in nodes}, **gaps, **levels})
    return found


@settings(max_examples=150, deadline=None)
@given(tables())
def test_columns_and_rows_say_the_same_of_generated_rulesets(table: tuple[ntm.RuleSet, dict[str, list[Any]], str]) -> None:
    """Thresholds, open columns, statuses, attestations against weak figures, ids twice, totals, cells that cannot be read."""
    rules, data, accept = table
    frame = pl.DataFrame(data, strict=False)
    wanted = by_rows(asked_of(rules, {}, SourceLevel(accept), "vi", (), "indicators", lists=True), frame)
    for made in (frame, frame.to_pandas(), frame.to_arrow()):
        answer = rules.evaluate_frame(made, accept=accept, nodes="indicators", gaps=True, levels=True)
        rows = answer.to_dict("records") if isinstance(answer, pd.DataFrame) else pl.DataFrame(answer).to_dicts()
        for row, expected in zip(rows, wanted, strict=True):
            assert expected is not None
            if "problems" in expected:
                assert not isinstance(row["outcome"], str)
            found = {key: None if row[key] != row[key] else row[key] for key in expected}
            assert found == expected


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
