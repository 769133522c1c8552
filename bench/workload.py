"""A synthetic but realistic workload: communes × 57 indicators, 7 regions with thresholds of their own, about 3 % missing.

Three-valued: 1 pass, 0 fail, None unknown. A criterion is the Kleene conjunction of its three indicators, the level that of 19 criteria.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.text.canonical import canonical

REGIONS = [
    "trung-du-mien-nui-phia-bac",
    "dong-bang-song-hong",
    "bac-trung-bo",
    "duyen-hai-nam-trung-bo",
    "tay-nguyen",
    "dong-nam-bo",
    "dong-bang-song-cuu-long",
]
CODES = [f"i{k:02d}" for k in range(57)]
CRITERIA = [CODES[3 * c : 3 * c + 3] for c in range(19)]
KINDS = (["share_from"] * 8 + ["yes_no"] + ["share_to"]) * 5 + ["number_from"] * 4 + ["yes_no"] * 3
OPERATOR = {"share_from": ">=", "number_from": ">=", "share_to": "<=", "yes_no": "=="}


def thresholds(seed: int = 7) -> list[list[Any]]:
    """Seven rows, one a region, of 57 thresholds."""
    chance = random.Random(seed)
    pick: dict[str, Callable[[], Any]] = {
        "share_from": lambda: round(chance.choice([50, 60, 70, 75, 80, 85, 90, 95]) + chance.choice([0, 0, 0.5]), 1),
        "share_to": lambda: chance.choice([1.5, 3.0, 5.0, 7.0, 13.0]),
        "number_from": lambda: chance.choice([45.0, 48.0, 52.0, 60.0]),
        "yes_no": lambda: True,
    }
    return [[pick[kind]() for kind in KINDS] for _ in REGIONS]


THRESHOLDS = thresholds()


def communes(n: int, seed: int = 2024, missing: float = 0.06, passing: float = 0.985) -> list[dict[str, Any]]:
    """``n`` communes as plain records: code, region number, values (floats, bools, None)."""
    chance = random.Random(seed)
    made = []
    for j in range(n):
        region = chance.randrange(7)
        gaps = missing if chance.random() < 0.5 else 0.0
        values: dict[str, Any] = {}
        for code, kind, bound in zip(CODES, KINDS, THRESHOLDS[region], strict=True):
            if chance.random() < gaps:
                values[code] = None
                continue
            ok = chance.random() < passing
            if kind == "yes_no":
                values[code] = ok
            elif kind == "share_to":
                values[code] = round(chance.uniform(0, bound) if ok else bound + chance.uniform(0.01, 10), 2)
            elif kind == "number_from":
                values[code] = round(bound + chance.uniform(0, 30) if ok else bound - chance.uniform(0.1, 20), 1)
            else:
                values[code] = round(min(100, bound + chance.uniform(0, 100 - bound)) if ok else bound - chance.uniform(0.01, 20), 2)
        made.append({"code": f"{j:05d}", "region": region, "values": values})
    return made


def ruleset() -> RuleSet:
    """The same thresholds as a ruleset of the library."""

    def words(text: str) -> dict[str, str]:
        return {"vi": text, "en": text}

    def indicator(code: str) -> dict[str, Any]:
        k = CODES.index(code)
        kind = KINDS[k]
        source = {"at": code, "level": "recalled"}
        if kind == "yes_no":
            return {"indicator": code, "title": words(code), "measure": "yes_no", "is_true": "true", "source": source}
        measure = {"unit": "triệu đồng/người/năm", "from": "0"} if kind == "number_from" else {"unit": "%"}
        rows = {region: str(THRESHOLDS[r][k]) for r, region in enumerate(REGIONS)}
        operator = "at_most" if kind == "share_to" else "at_least"
        return {"indicator": code, "title": words(code), "measure": measure, operator: {"by": ["region"], **rows}, "source": source}

    document = {
        "ruleset": "bench/workload",
        "version": "1.0.0",
        "title": words("bench"),
        "subject": "commune",
        "instrument": "bench",
        "in_force": {},
        "dimensions": {"region": {"title": words("region"), "attribute": "region", "values": REGIONS}},
        "criteria": [
            {"criterion": f"c{c:02d}", "title": words(f"c{c:02d}"), "indicators": [indicator(code) for code in codes]}
            for c, codes in enumerate(CRITERIA)
        ],
    }
    return RuleSet.from_json(canonical(document))


def as_given(commune: dict[str, Any], exact: bool = False) -> dict[str, Any]:
    """A commune as the record a program hands in: numbers as text (or Decimals), what is missing left out."""
    values = {
        code: (Decimal(repr(value)) if exact else repr(value)) if isinstance(value, float) else value
        for code, value in commune["values"].items()
        if value is not None
    }
    return {"id": commune["code"], "kind": "commune", "attributes": {"region": REGIONS[commune["region"]]}, "values": values}
