"""Tables for generated rulesets, as people fill them in, and what reading and deciding them row by row says."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
from hypothesis import strategies as st

import ntm_rules as ntm
from framed import rows_of
from ntm_rules.decide.frame.aside import decide_rows
from ntm_rules.decide.frame.asked import Asked, asked_of
from ntm_rules.values import SourceLevel
from strategies import (
    DOMAINS,
    GRADES,
    ScoreCase,
    all_indicators,
    documents,
    figures_in,
    operator_of,
    read_ruleset,
    score_cases,
    scored_items,
    step,
)

ODD = (
    *(None, None, "", "N/A", "chưa có số liệu", "không áp dụng: không có", "đạt", "chưa đạt", "44,5", "43,250"),
    *("abc", "0.5", "0,5%", "1e3", "-1", "1.00000000000000000001", "0.1000000000000000055"),
)
YES = ("đạt", "chưa đạt", "có", "x", None, "")
STATUS = "ntm"  # what an indicator may ask whether a unit holds


def beside(number: float, steps: int) -> float:
    """A double some steps away from another."""
    for _ in range(abs(steps)):
        number = math.nextafter(number, math.inf if steps > 0 else -math.inf)
    return number


def cells_for(indicator: dict[str, Any], as_float: bool) -> st.SearchStrategy[Any]:
    """Cells of an indicator: at its figures and beside them, and what people write else."""
    measure = indicator["measure"]
    if measure == "yes_no" or "holds_status" in measure:
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
def tables(draw: st.DrawFn) -> tuple[ntm.RuleSet, dict[str, list[Any]], SourceLevel]:
    """A generated ruleset, a table for it, and the weakest level that may decide."""
    data = draw(documents())
    for indicator in all_indicators(data):
        if indicator["measure"] == "yes_no" and draw(st.booleans()):
            indicator["measure"] = {"holds_status": STATUS}
    height = draw(st.integers(1, 8))
    columns: dict[str, list[Any]] = {
        "id": [draw(st.sampled_from((f"U{i}", f"U{i}", f"U{i}", "U0", "", "Tổng cộng"))) for i in range(height)]
    }
    for name, domain in DOMAINS.items():
        words = [*({True: "có", False: "không"}.get(one, one) if one.__class__ is bool else str(one) for one in domain), None, "", "?"]
        columns[name] = [draw(st.sampled_from(words)) for _ in range(height)]
    rules = read_ruleset(data)
    if STATUS in rules.attributes:
        columns[STATUS] = [draw(st.sampled_from(("có", "không", None, "", "?"))) for _ in range(height)]
    for indicator in all_indicators(data):
        if draw(st.integers(0, 5)):
            measure = indicator["measure"]
            as_float = isinstance(measure, dict) and "unit" in measure and draw(st.booleans())
            cells = cells_for(indicator, as_float)
            columns[indicator["indicator"]] = [draw(cells) for _ in range(height)]
    numbers = [criterion["criterion"] for criterion in data["criteria"]] + [one["indicator"] for one in all_indicators(data)]
    for number in draw(st.lists(st.sampled_from(numbers), max_size=4, unique=True)):
        columns[f"attested:{number}"] = [draw(st.sampled_from((None, "", "đạt", "chưa đạt"))) for _ in range(height)]
    return rules, columns, SourceLevel(draw(st.sampled_from(("recalled", "published", "official"))))


@st.composite
def score_tables(draw: st.DrawFn) -> tuple[ntm.RuleSet, dict[str, list[Any]], SourceLevel]:
    """A generated score sheet and products: points of one assessor, or of members one after the other, some of whom have not scored."""
    case: ScoreCase = draw(score_cases())
    columns: dict[str, list[Any]] = {"id": ["P", "Q"], "product_set": ["1", "1"]}
    for item in scored_items(case.sheet):
        number = item["criterion"]
        columns[number] = [
            _points(case.values.get(number)),
            draw(st.sampled_from((None, *(one["points"] for one in item["options"]), "99"))),
        ]
    return case.rules, columns, SourceLevel.RECALLED


def _points(given: Any) -> str | None:
    if isinstance(given, list):
        return "; ".join("–" if one is None else str(one) for one in given)
    return None if given is None else str(given)


def by_rows(asked: Asked, frame: Any) -> list[dict[str, Any]]:
    """What reading and deciding row by row says."""
    header, shared = asked.header(tuple(frame.columns))
    rows = decide_rows(asked.rules, nw.from_native(frame), None, header, shared, (), asked.accept)
    found: list[dict[str, Any]] = []
    for place in range(len(frame)):
        row = rows.get(place)
        if row is None or row.decided is None:
            found.append({"problems": "" if row is None else "; ".join(one.line("vi") for one in row.problems)})
            continue
        decided, nodes = row.decided, list(row.decided.root.walk())
        gaps = {f"gap:{node.id}": None if node.gap is None else float(node.gap) for node in nodes if node.face.kind == "indicator"}
        levels = {f"level:{node.id}".removesuffix(":"): node.level and node.level.value for node in nodes}
        points = {f"part:{part}": one if one is None else str(one) for part, one in decided.parts.items()}
        stars = {"stars": decided.stars, "standing": decided.standing, "total": None if decided.total is None else str(decided.total)}
        outcomes = {node.id or "outcome": node.outcome.value for node in nodes}
        found.append({**outcomes, **gaps, **levels, **({**stars, **points} if asked.scored else {})})
    return found


def checked(rules: ntm.RuleSet, data: dict[str, list[Any]], accept: SourceLevel) -> tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]:
    """A table as a frame of polars, what rows of it come to one by one, and its answer, which says the same at every node."""
    frame = pl.DataFrame(data, strict=False)
    wanted = by_rows(asked_of(rules, {}, accept, "vi", (), "indicators", lists=True), frame)
    rows = rows_of(rules.evaluate_frame(frame, accept=accept, **WHOLE))
    agree(rows, wanted)
    return frame, wanted, rows


WHOLE: dict[str, Any] = {"nodes": "indicators", "gaps": True, "levels": True}


def agree(rows: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """Every row says what it should at every node that has a column, and one with problems says them and nothing else."""
    for row, expected in zip(rows, wanted, strict=True):
        if "problems" in expected:
            assert row["outcome"] is None
            assert (row["problems"] or "") == expected["problems"]
        else:
            assert row["problems"] is None
            assert {key: row[key] for key in expected if key in row} == {key: one for key, one in expected.items() if key in row}
            assert {"outcome", "level"} <= expected.keys() & row.keys()
