"""The engines that are measured side by side: each is a function from a prepared commune to (level, criteria or None)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workload import CODES, CRITERIA, KINDS, OPERATOR, REGIONS, THRESHOLDS, as_given, ruleset

import ntm_rules as ntm

LEVEL = {ntm.Outcome.MET: 1, ntm.Outcome.NOT_MET: 0, ntm.Outcome.UNDETERMINED: None}


@dataclass
class Engine:
    """How to prepare a commune (outside the clock) and decide it (inside)."""

    name: str
    prepare: Callable[[dict[str, Any]], Any]
    decide: Callable[[Any], Any]
    level: Callable[[Any], int | None]
    sample: int


def plain_loop(*, decimal: bool = False) -> Engine:
    """The reference: a table walk, verdict and criteria only; over floats, or over Decimals converted outside the clock."""

    def exact(value: Any) -> Any:
        return Decimal(repr(value)) if decimal and isinstance(value, float) else value

    position = {code: k for k, code in enumerate(CODES)}
    tables = [
        [[(code, OPERATOR[KINDS[position[code]]], exact(row[position[code]])) for code in codes] for codes in CRITERIA]
        for row in THRESHOLDS
    ]

    def prepare(commune: dict[str, Any]) -> dict[str, Any]:
        return {**commune, "values": {code: exact(value) for code, value in commune["values"].items()}}

    def decide(commune: dict[str, Any]) -> tuple[int | None, list[int | None]]:
        values = commune["values"]
        criteria: list[int | None] = []
        level: int | None = 1
        for rows in tables[commune["region"]]:
            state: int | None = 1
            for code, operator, bound in rows:
                value = values[code]
                if value is None:
                    if state == 1:
                        state = None
                elif value >= bound if operator == ">=" else value <= bound if operator == "<=" else value == bound:
                    pass
                else:
                    state = 0
                    break
            criteria.append(state)
            if state == 0:
                level = 0
            elif state is None and level == 1:
                level = None
        return level, criteria

    name = "plain Python, table loop over Decimal" if decimal else "plain Python, table loop (reference)"
    return Engine(name, prepare, decide, lambda result: result[0], 3000)


def ours() -> list[Engine]:
    """The library: verdict, explained decision, and both from records as a program hands them in."""
    rules = ruleset()

    method = rules.method
    recalled = ntm.SourceLevel.RECALLED

    def read(commune: dict[str, Any]) -> Any:
        return method.read(ntm.Subject(**as_given(commune)))

    def verdict(facts: Any) -> ntm.Outcome:
        return method.outcome(facts, recalled)

    def decide(facts: Any) -> ntm.Decision:
        return method.decide(facts, recalled, ntm.Decision)

    def subject(commune: dict[str, Any]) -> ntm.Subject:
        return ntm.Subject(**as_given(commune))

    def walked(facts: Any) -> ntm.Decision:
        decision = decide(facts)
        for node in decision:
            _ = node.outcome, node.observed, node.required
        return decision

    def of_decision(decision: ntm.Decision) -> int | None:
        return LEVEL[decision.outcome]

    def of_outcome(outcome: ntm.Outcome) -> int | None:
        return LEVEL[outcome]

    return [
        Engine("ntm_rules, verdict, exact decimals", read, verdict, of_outcome, 3000),
        Engine("ntm_rules, decision with full tree", read, decide, of_decision, 3000),
        Engine("ntm_rules, the same from a Subject", subject, rules.evaluate, of_decision, 3000),
        Engine(
            "ntm_rules, pydantic-validated record in, full tree out",
            as_given,
            lambda r: rules.evaluate(ntm.Subject(**r)),
            of_decision,
            3000,
        ),
        Engine("ntm_rules, full tree out and every node read", read, walked, of_decision, 2000),
        Engine("ntm_rules, full tree and its JSON", read, lambda f: (d := decide(f), d.to_json())[0], of_decision, 300),
    ]


def zen_table() -> Engine:
    """ZEN's decision table, collecting the codes that fail or are missing; no explanation."""
    import zen

    engine = zen.ZenEngine()
    inverse = {">=": "<", "<=": ">", "==": "!="}
    decisions = []
    for row in THRESHOLDS:
        rules = []
        for code, kind, bound in zip(CODES, KINDS, row, strict=True):
            text = "true" if bound is True else repr(bound)
            rules.append(
                {"_id": f"f{code}", "i": f"{code} != null and {code} {inverse[OPERATOR[kind]]} {text}", "o": f'"{code}"', "k": "0"}
            )
            rules.append({"_id": f"u{code}", "i": f"{code} == null", "o": f'"{code}"', "k": "-1"})
        table = {
            "hitPolicy": "collect",
            "inputs": [{"id": "i", "name": "i", "type": "expression"}],
            "outputs": [
                {"id": "o", "name": "o", "type": "expression", "field": "code"},
                {"id": "k", "name": "k", "type": "expression", "field": "st"},
            ],
            "rules": rules,
        }
        here = {"x": 0, "y": 0}
        graph = {
            "nodes": [
                {"id": "a", "type": "inputNode", "name": "in", "position": here},
                {"id": "b", "type": "decisionTableNode", "name": "x", "position": here, "content": table},
                {"id": "c", "type": "outputNode", "name": "out", "position": here},
            ],
            "edges": [
                {"id": "e1", "sourceId": "a", "targetId": "b", "type": "edge"},
                {"id": "e2", "sourceId": "b", "targetId": "c", "type": "edge"},
            ],
        }
        decisions.append(engine.create_decision(json.dumps(graph)))

    def level(result: list[dict[str, Any]]) -> int | None:
        found = {int(item["st"]) for item in result or []}
        return 0 if 0 in found else None if -1 in found else 1

    return Engine(
        "zen-engine, decision table, no explanation",
        lambda c: c,
        lambda c: decisions[c["region"]].evaluate(c["values"])["result"],
        level,
        300,
    )


def all_engines() -> list[Engine]:
    """Every engine that can be imported here, the reference first."""
    engines = [plain_loop(), plain_loop(decimal=True), *ours()]
    try:
        engines.append(zen_table())
    except ImportError:
        print("zen-engine is not installed: its row is left out")
    return engines


assert len(REGIONS) == len(THRESHOLDS)
