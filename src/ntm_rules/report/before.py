"""The last report, to compare with: its own data as JSON, or the decisions that an office stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.stored.schema import RESULTS
from ntm_rules.decide.stored.schema import SCHEMA as DECISION
from ntm_rules.problems import DecisionError, Place, Problem
from ntm_rules.values import Outcome

SCHEMA = "ntm-rules/report/v1"


@dataclass(frozen=True, slots=True)
class Before:
    """What was known at the time of the last report.

    Attributes:
        day: its day, as written; empty where decisions carry none.
        communes: by code, as :meth:`~ntm_rules.report.commune.Commune.as_dict` writes them.
        products: by code and class.
        full: whether it says who was recognised, and which products there were: stored decisions do not.
    """

    day: str
    communes: Mapping[str, Mapping[str, Any]]
    products: Mapping[tuple[str, str], Mapping[str, Any]]
    full: bool


def read_decisions(path: Path) -> list[Decision] | None:
    """The decisions that a file stores: JSON lines, a JSON array, or the results of ``evaluate``; None where it holds none.

    Raises:
        DecisionError: one of them is no decision; the message says which.
    """
    try:
        text = path.read_text("utf-8-sig") if path.suffix.lower() in (".json", ".jsonl", ".ndjson") else ""
    except (OSError, UnicodeDecodeError):  # whoever reads it as a table tells what is wrong with it
        return None
    if DECISION not in text:
        return None
    try:
        whole = json.loads(text)
    except ValueError:
        listed: list[Any] = [line for line in text.splitlines() if line.strip()]
    else:
        if isinstance(whole, dict) and whole.get("schema") == RESULTS:
            whole = whole.get("decisions", [])
        listed = whole if isinstance(whole, list) else [whole]
    found = []
    for index, one in enumerate(listed):
        try:
            found.append(Decision.from_json(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)))
        except DecisionError as error:
            raise DecisionError([problem.at(Place(str(path), path=f"[{index}]")) for problem in error.problems]) from None
    return found


def read_before(path: Path) -> Before:
    """The last report.

    Raises:
        DecisionError: the file is neither the data of a report nor stored decisions.
    """
    try:
        decisions = read_decisions(path)
        if decisions is not None:
            days = sorted({str(one.ruleset.on) for one in decisions if one.ruleset.on})
            return Before(days[-1] if days else "", {one.subject.id: _of(one) for one in decisions}, {}, full=False)
        whole = json.loads(path.read_text("utf-8-sig"))
        data = whole.get("data", whole)
        if data.get("schema") != SCHEMA:
            raise ValueError(f"schema: {data.get('schema')!s:.40}")
        products = {(one["unit"], one["status"]): one for one in data["products"]}
        return Before(data["on"], {one["unit"]: one for one in data["communes"]}, products, full=True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, DecisionError):
            raise
        raise DecisionError([Problem("NTM-832", Place(str(path)), {"detail": str(error).split("\n")[0][:200]})]) from None


def _of(decision: Decision) -> dict[str, Any]:
    numbers = {outcome: [node.id for node in decision.criteria if node.outcome is outcome] for outcome in Outcome}
    met = [*numbers[Outcome.MET], *numbers[Outcome.NOT_APPLICABLE]]
    return {
        "unit": decision.subject.id,
        "name": decision.subject.name,
        "edition": decision.ruleset.id,
        "criteria_met": [len(met), len(met) + len(numbers[Outcome.UNDETERMINED])],
        "met": met,
        "failed": numbers[Outcome.NOT_MET],
        "undetermined": numbers[Outcome.UNDETERMINED],
        "statuses": {},
    }
