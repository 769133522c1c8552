"""What a frame answers on request: gaps in the unit, the weakest source level, one row a unit and node."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules as ntm
from framed import rows_of
from ntm_rules.decide.frame import answers

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I", "year": 2024}
DATA: dict[str, list[Any]] = {
    "id": ["A", "B", "C", "D"],
    "10.1": ["44,5", "50", None, "abc"],
    "attested:19": ["đạt", None, "chưa đạt", None],
}


def decisions() -> dict[str, ntm.Decision]:
    """The rows that can be decided, by the core."""
    given = {"A": {"10.1": "44.5"}, "B": {"10.1": "50"}, "C": {}}
    said = {"A": {"19": True}, "B": {}, "C": {"19": False}}
    return {
        one: RULES.evaluate(ntm.Subject(id=one, kind="commune", attributes=SHARED, values=values, attested=said[one]))
        for one, values in given.items()
    }


def test_a_gap_stands_in_the_unit_of_its_indicator() -> None:
    """Short by 5.5 million, met, no value, a row with problems; only indicators have gaps, whichever nodes have columns."""
    answer = RULES.evaluate_frame(pl.DataFrame(DATA), constants=SHARED, gaps=True)
    assert answer["gap:10.1"].to_list() == [5.5, 0.0, None, None]
    assert [name for name in answer.columns if name.startswith("gap:")] == [f"gap:{one.indicator}" for one in RULES.inputs]


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "pyarrow"])
def test_a_level_is_the_weakest_source_that_decided(make: Any) -> None:
    """Of the whole and of each criterion that has a column, as the core names it; none where an authority's word decided."""
    answer = RULES.evaluate_frame(make(DATA), constants=SHARED, levels=True)
    rows = answer.to_dict("records") if isinstance(answer, pd.DataFrame) else pl.DataFrame(answer).to_dicts()
    for row in rows[:3]:
        decision = decisions()[row["id"]]
        told = {"level": decision.level, **{f"level:{node.id}": node.level for node in decision.criteria}}
        assert {name: row[name] if isinstance(row[name], str) else None for name in told} == told
    assert not isinstance(rows[0]["level:19"], str)
    assert not isinstance(rows[3]["level"], str)


@pytest.mark.parametrize("nodes", ["criteria", "indicators"])
def test_the_long_form_has_a_row_for_each_unit_and_node(nodes: Any) -> None:
    """The whole first, then its nodes in order, each with outcome, gap and level of the core; a row with problems keeps its rows."""
    answer = RULES.evaluate_frame(pl.DataFrame(DATA), constants=SHARED, nodes=nodes, form="long", lang="en")
    assert answer.columns == ["id", "name", "node", "outcome", "gap", "level", "problems"]
    for unit, decision in decisions().items():
        own = [node for node in decision if nodes == "indicators" or node.face.kind in ("set", "criterion")]
        rows = [row for row in answer.to_dicts() if row["id"] == unit]
        assert [(row["node"], row["outcome"], row["level"]) for row in rows] == [(node.id, node.outcome, node.level) for node in own]
        assert [row["gap"] for row in rows] == [None if node.gap is None else float(node.gap) for node in own]
    bad = answer.filter(pl.col("id") == "D")
    assert bad["outcome"].null_count() == len(bad) == len(answer) / 4
    assert "NTM-402" in bad["problems"][0]
    assert RULES.evaluate_frame(pl.LazyFrame(DATA), constants=SHARED, nodes=nodes, form="long", lang="en").collect().equals(answer)


def test_the_long_form_of_pandas_repeats_the_index() -> None:
    """Every row of a unit has the label of the row that was given."""
    frame = pd.DataFrame(DATA, index=["x", "y", "z", "x"])
    answer = RULES.evaluate_frame(frame, constants=SHARED, form="long")
    assert answer.loc["y", "id"].unique().tolist() == ["B"]
    assert answer.index.unique().tolist() == ["x", "y", "z"]


WORDS = {"form": "tall", "nodes": "all", "lang": "fr", "accept": "guessed"}


@pytest.mark.parametrize(("argument", "got"), WORDS.items(), ids=WORDS)
def test_an_argument_that_is_none_of_its_words_is_refused(argument: str, got: str) -> None:
    """Also where nothing would come of it, as a language with no problem to tell."""
    with pytest.raises(ValueError, match=got):
        RULES.evaluate_frame(pl.DataFrame({"id": ["A"]}), **{argument: got})


ASKED = list(itertools.product(("criteria", "indicators"), ("wide", "long"), (None, True, False), (True, False), (True, False)))


@pytest.mark.parametrize("name", ["commune-ntm/2021-2025", "ocop/2026"])
def test_what_is_asked_is_answered_or_refused(name: str) -> None:
    """Every combination of arguments: lists, gaps, levels and nodes asked for stand in the answer, those left out do not; nothing is
    passed over in silence."""
    rules = ntm.load(name, on=date(2024, 6, 30)) if name.startswith("commune") else ntm.load(name)
    given = {"id": ["A"], "10.1": ["44"]} if name.startswith("commune") else {"id": ["A"], "product_set": [1], "1.1": ["1"]}
    for nodes, form, lists, gaps, levels in ASKED:
        asked: dict[str, Any] = {"nodes": nodes, "form": form, "lists": lists, "gaps": gaps, "levels": levels}
        shared = SHARED if name.startswith("commune") else {}
        if form == "long" and (lists or (gaps and nodes == "criteria")):
            with pytest.raises(ValueError, match="long"):
                rules.evaluate_frame(pl.DataFrame(given), constants=shared, **asked)
            continue
        answer = rules.evaluate_frame(pl.DataFrame(given), constants=shared, **asked)
        columns = set(answer.columns)
        numbers = {one.indicator for one in rules.inputs}
        if form == "long":
            assert columns == {"id", "name", "node", "outcome", "gap", "level", "problems"}
            assert (numbers <= set(answer["node"])) == (nodes == "indicators")
            assert nodes == "criteria" or rules.document.score is not None or 6.0 in answer["gap"].to_list()
            assert answer["level"][0] is not None
        else:
            assert ({"failed", "undetermined"} <= columns) == (lists is not False)
            assert ({f"gap:{number}" for number in numbers} <= columns) == gaps
            assert ("level" in columns) == levels
            assert (numbers <= columns) == (nodes == "indicators")


def test_a_product_shows_its_points_part_by_part() -> None:
    """Total, points of each part, classes still possible and standing, as the core has them; gaps and levels of a sheet too."""
    rules = ntm.load("ocop/2026")
    best = rules.scores.best(1)
    some = dict(list(best.items())[:-1])
    frame = pl.DataFrame({"id": ["A", "B"], "product_set": [1, 1], **{key: [points, some.get(key)] for key, points in best.items()}})
    answer = rules.evaluate_frame(frame, gaps=True, levels=True).to_dicts()
    for row, values in zip(answer, (best, some), strict=True):
        decision = rules.evaluate(ntm.Subject(id="A", kind="product", attributes={"product_set": 1}, values=values))
        assert row["stars_possible"] == ", ".join(str(one) for one in decision.stars_possible)
        assert {part: row[f"part:{part}"] for part in decision.parts} == {
            part: None if points is None else str(points) for part, points in decision.parts.items()
        }
        assert row["level"] == decision.level


def test_points_for_two_cases_of_a_choice_refuse_their_row_alone() -> None:
    """The tourism sheet of 2023 scores one case of several; a row that scores two is told, and the others are decided."""
    rules = ntm.load("ocop/2023")
    choice = next(given for part in rules.scores.sheet(26).parts for given in part.criteria if given.one_case)
    both = {item.criterion: [item.options[0].points, None] for item in choice.of}
    answer = rules.evaluate_frame(pl.DataFrame({"id": ["A", "B"], "product_set": [26, 26], **both}, strict=False))
    assert answer["outcome"].to_list() == [None, "undetermined"]
    assert [("NTM-416" in (one or "")) for one in answer["problems"]] == [True, False]


@pytest.mark.parametrize("index", [None, pd.Index(["x", "y"])], ids=["no index", "an index"])
def test_a_library_that_has_no_way_of_its_own_gets_the_same_answer(index: Any) -> None:
    """What narwhals makes a frame of: the same texts, counts and amounts, nothing where there is none, under the index given."""
    columns = {
        "id": pl.Series(["A", "B"]),
        "outcome": answers.Codes(np.array([0, answers.NONE], np.uint8)),
        "criteria": answers.Counts(np.array([19, -1])),
        "gap:1": answers.Amounts(np.array([0.5, np.nan])),
    }
    own, general = (answers.to_frame(columns, kind, index) for kind in (nw.Implementation.PANDAS, "pandas"))
    assert general.index.equals(own.index)
    assert rows_of(general) == rows_of(own)
    assert [row["criteria"] for row in rows_of(own)] == [19, None]
