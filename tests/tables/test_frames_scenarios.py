"""What-ifs over a frame: each says what a loop of the core over changed texts, or changed values, says."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.decide.changes import Change

RULES = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
SHARED: dict[str, Any] = {"region": "tay-nguyen", "area": "I", "year": 2024}
OTHERS = {one.criterion: True for one in RULES.criteria if one.criterion not in ("10", "6")}


def communes(height: int) -> list[dict[str, Any]]:
    """Communes of which all but two criteria are attested, so that income and the halls decide."""
    rng = random.Random(height)
    return [
        {"id": f"X{i:04d}", "10.1": rng.choice([None, "49.99", "50", "45", "47.5", "53"]), "6.3": rng.choice(["100", "95", "100"])}
        for i in range(height)
    ]


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The communes as columns."""
    given = pl.DataFrame(rows)
    return given.with_columns(*(pl.lit("đạt").alias(f"attested:{number}") for number in (*OTHERS, "6.1", "6.2")))


def outcome(rules: ntm.RuleSet, row: dict[str, Any], better: tuple[str, str] = ("10.1", "0")) -> str:
    """What the core says of a commune whose value is better by so much."""
    values = {number: Decimal(row[number]) for number in ("10.1", "6.3") if row[number] is not None}
    if better[0] in values:
        values[better[0]] = min(values[better[0]] + Decimal(better[1]), Decimal(100))
    attested = {**OTHERS, "6.1": True, "6.2": True}
    return rules.evaluate(ntm.Subject(id="A", kind="commune", attributes=SHARED, values=values, attested=attested)).outcome.value


def moved(to: str) -> ntm.RuleSet:
    """The text with another level of income for the region and year, written by hand."""
    document = RULES.document.plain_data()
    [income] = [one for part in document["criteria"] for one in part["indicators"] if one["indicator"] == "10.1"]
    income["at_least"]["tay-nguyen"]["2024"]["value"] = to
    from ntm_rules.loading.text.canonical import canonical

    return ntm.RuleSet.from_json(canonical(document))


def test_scenarios_say_what_a_loop_of_the_core_says() -> None:
    """Thresholds moved to and by, values improved, both, another text of one's own: every unit of every scenario."""
    rows = communes(200)
    lower, higher = moved("45"), moved("53")
    wanted = {
        "to 45": [outcome(lower, row) for row in rows],
        "by 3": [outcome(higher, row) for row in rows],
        "better": [outcome(RULES, row, ("10.1", "0.01")) for row in rows],
        "halls": [outcome(RULES, row, ("6.3", "5")) for row in rows],
        "both": [outcome(higher, row, ("6.3", "5")) for row in rows],
        "own": [outcome(higher, row) for row in rows],
    }
    changes: dict[str, Change | list[Change]] = {
        "to 45": ntm.Threshold("10.1", to=45),
        "by 3": ntm.Threshold("10.1", by="3"),
        "better": ntm.Improve("10.1", by=0.01),
        "halls": ntm.Improve("6.3", by=5),
        "both": [ntm.Improve("6.3", by=5), ntm.Under(higher)],
        "own": ntm.Under(higher),
    }
    answer = RULES.scenarios(frame(rows), changes.items(), constants=SHARED)
    before = [outcome(RULES, row) for row in rows]
    for name, expected in wanted.items():
        own = answer.units.filter(pl.col("scenario") == name)
        assert own["id"].to_list() == [row["id"] for row in rows]
        assert own["outcome"].to_list() == expected
        assert own["before"].to_list() == before
        [told] = answer.summary.filter(pl.col("scenario") == name).to_dicts()
        pairs = list(zip(before, expected, strict=True))
        assert told["gains"] == sum(old != "met" and new == "met" for old, new in pairs)
        assert told["loses"] == sum(old == "met" and new == "not_met" for old, new in pairs)
        assert told["met"] == expected.count("met")
        assert told["undetermined"] == expected.count("undetermined")
        assert {word: own["move"].to_list().count(word) for word in ("gains", "loses")} == {word: told[word] for word in ("gains", "loses")}
    assert wanted["to 45"] != before != wanted["by 3"]


def test_another_day_and_province_are_texts_of_their_own() -> None:
    """The overlays of the province count, and are chosen before a figure is moved, in whatever order the two are written."""
    rows = communes(50)
    kon_tum = ntm.load(RULES.id, on=date(2024, 6, 30), province="kon-tum")
    later = ntm.load(RULES.id, on=date(2025, 3, 1))
    [strict] = RULES.scenarios(
        frame(rows), [("x", (ntm.Threshold("10.1", to="53"), ntm.Elsewhere(province="kon-tum")))], constants=SHARED
    ).summary.to_dicts()
    answer = RULES.scenarios(
        frame(rows), [("there", ntm.Elsewhere(province="kon-tum")), ("later", ntm.Elsewhere(on=date(2025, 3, 1)))], constants=SHARED
    )
    assert answer.units["outcome"].to_list() == [outcome(rules, row) for rules in (kon_tum, later) for row in rows]
    assert strict["met"] == answer.summary["met"][0] - sum(outcome(kon_tum, row) == "met" and row["10.1"] != "53" for row in rows)


def test_a_unit_that_cannot_be_decided_moves_nowhere() -> None:
    """It is counted among the problems; of pandas the index is that of the rows, once for each scenario."""
    given = pd.DataFrame({"id": ["A", "B"], "10.1": ["abc", "50"]}, index=["x", "y"])
    answer = RULES.scenarios(given, [("a", ntm.Threshold("10.1", to=60)), ("b", ntm.Improve("10.1", by=1))], constants=SHARED)
    assert answer.units.index.tolist() == ["x", "y", "x", "y"]
    assert [text if isinstance(text, str) else None for text in answer.units["move"]] == [None, "fails", None, "same"]
    assert answer.summary["problems"].tolist() == [1, 1]
    assert answer.summary["fails"].tolist() == [1, 0]


def test_no_scenario_and_a_lazy_frame_are_answered() -> None:
    """Nothing asked, nothing answered; what is lazy is collected."""
    answer = RULES.scenarios(frame(communes(3)).lazy(), [], constants=SHARED)
    assert (len(answer.units), len(answer.summary)) == (0, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: ntm.Threshold("10.1"), "to or by"),
        (lambda: ntm.Threshold("10.1", to=1, by=1), "to or by"),
        (lambda: ntm.Threshold("10.1", to="nhiều"), "nhiều|number"),
        (lambda: ntm.Improve("1.1", by=1), "is_true"),
        (lambda: ntm.Threshold("99.1", to=1), "NTM-603"),
        (lambda: ntm.Under(ntm.load("commune-ntm/2016-2020")), "another text"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: Any, said: str) -> None:
    """Neither or both of to and by, no number, nothing to move, no such indicator, another edition."""
    with pytest.raises((ValueError, ntm.NotFound), match=said):
        RULES.scenarios(frame(communes(3)), [("x", change())], constants=SHARED)


def test_a_name_stands_for_one_scenario() -> None:
    """Two of one name could not be told apart."""
    with pytest.raises(ValueError, match="once"):
        RULES.scenarios(frame(communes(3)), [("x", ntm.Improve("10.1", by=1)), ("x", ntm.Improve("10.1", by=2))])


def test_a_figure_that_is_not_known_stays_so() -> None:
    """Moving it makes up no law."""
    given = pl.DataFrame({"id": ["A"], "11.1": ["1"]})
    answer = RULES.scenarios(given, [("x", ntm.Threshold("11.1", by=50))], constants=SHARED)
    assert answer.units["outcome"].to_list() == ["undetermined"]


def test_a_hundred_scenarios_over_ten_thousand_communes_are_one_call() -> None:
    """Each level of income from 0.0 to 9.9 above the one of the decision; fewer and fewer meet it."""
    rows = communes(10_000)
    asked = [(f"+{step / 10}", ntm.Threshold("10.1", by=Decimal(step) / 10)) for step in range(100)]
    answer = RULES.scenarios(frame(rows), asked, constants=SHARED)
    assert len(answer.units) == 1_000_000
    met = answer.summary["met"].to_list()
    assert met == sorted(met, reverse=True)
    assert met[0] > met[40] == 0
