"""What an outcome must be, worked out from plain data by other means than the library: by trying out every possibility."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import ntm_rules as ntm
from strategies import DOMAINS, GRADES, LEVELS, operator_of

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = "met", "not_met", "undetermined", "not_applicable"
_COMPARE = {
    "at_least": lambda v, b: v >= b,
    "at_most": lambda v, b: v <= b,
    "above": lambda v, b: v > b,
    "below": lambda v, b: v < b,
    "equals": lambda v, b: v == b,
    "one_of": lambda v, b: v in b,
    "is_true": lambda v, b: v is True,
}


def _whole(rule: str, k: int, parts: tuple[str, ...]) -> str:
    """The two-valued meaning of a combination, of parts that are all known."""
    applying = [part for part in parts if part != NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE
    wanted = {"all_of": len(applying), "any_of": 1}.get(rule, k)
    return MET if applying.count(MET) >= wanted else NOT_MET


def combined(rule: str, k: int, parts: Iterable[str]) -> str:
    """The outcome of a whole: what every way of finding out the unknown parts agrees on, else undetermined."""
    ways = [(MET, NOT_MET, NOT_APPLICABLE) if part == UNDETERMINED else (part,) for part in parts]
    found = {_whole(rule, k, way) for way in itertools.product(*ways)}
    return found.pop() if len(found) == 1 else UNDETERMINED


def rule_of(passes: Any) -> tuple[str, int]:
    """The name of a combination and its k."""
    return (passes, 0) if isinstance(passes, str) else ("at_least_k_of", int(passes["at_least_k_of"]))


def holds(condition: dict[str, Any], attributes: Mapping[str, Any]) -> bool:
    """Whether a condition holds of attributes that are all known."""
    if "attribute" in condition:
        name = condition["attribute"]
        operator = operator_of(condition)
        given, bound = attributes[name], condition[operator]
        if name == "year":
            return bool(_COMPARE[operator](int(given), [int(b) for b in bound] if isinstance(bound, list) else int(bound)))
        if name == "rank":  # ordered as listed
            return bool(_COMPARE[operator](int(given), [int(b) for b in bound] if isinstance(bound, list) else int(bound)))
        return bool(_COMPARE[operator](given, bound))
    [(rule, inner)] = condition.items()
    if rule == "at_least_k_of":
        return sum(holds(part, attributes) for part in inner["of"]) >= int(inner["k"])
    return (all if rule == "all_of" else any)(holds(part, attributes) for part in inner)


def completions(attributes: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Every way of finding out the attributes that are not known; a closed list is not open."""
    ways = {}
    for name, domain in DOMAINS.items():
        given = attributes.get(name)
        if name == "listed" and given is None:
            ways[name] = (False,)
        else:
            ways[name] = domain if given is None or isinstance(given, ntm.Unknown) else (given,)
    for chosen in itertools.product(*ways.values()):
        yield dict(zip(ways, chosen, strict=True))


def column(data: dict[str, Any], attributes: Mapping[str, Any]) -> str:
    """The zone whose column is read, attributes all known."""
    for redirect in data["dimensions"]["zone"]["redirect"]:
        if holds(redirect["when"], attributes):
            return str(redirect["use"])
    return str(attributes["zone"])


def figure(data: dict[str, Any], indicator: dict[str, Any], attributes: Mapping[str, Any], accept: str = "recalled") -> Any:
    """The figure that holds, as text or list, or None; attributes all known."""
    cell = indicator[operator_of(indicator)]
    if isinstance(cell, dict) and "by" in cell:
        by = cell["by"]
        for dimension in by:
            key = column(data, attributes) if dimension == "zone" else str(attributes["year"])
            if not isinstance(cell, dict) or (key not in cell and "others" not in cell):
                return None
            cell = cell.get(key, cell.get("others"))
    level = indicator["source"]["level"]
    if isinstance(cell, dict):
        if "missing" in cell:
            return None
        level, cell = cell["level"], cell["value"]
    if cell in ("missing", "delegated") or LEVELS.index(level) > LEVELS.index(accept):
        return None
    return cell


def _comparable(value: Any, measure: Any) -> Any:
    if isinstance(value, list):
        return [_comparable(item, measure) for item in value]
    if measure == "yes_no":
        return value
    return GRADES.index(value) if "choices" in measure else Decimal(value)


def leaf(data: dict[str, Any], indicator: dict[str, Any], facts: dict[str, Any], attributes: Mapping[str, Any], accept: str) -> str:
    """The outcome of an indicator without attestation, attributes all known."""
    if "applies_when" in indicator and not holds(indicator["applies_when"], attributes):
        return NOT_APPLICABLE
    value = facts["values"].get(indicator["indicator"])
    if isinstance(value, ntm.NotApplicable):
        return NOT_APPLICABLE if "may_not_apply" in indicator else UNDETERMINED
    bound = figure(data, indicator, attributes, accept)
    if value is None or isinstance(value, ntm.Unknown) or bound is None:
        return UNDETERMINED
    measure, operator = indicator["measure"], operator_of(indicator)
    return MET if _COMPARE[operator](_comparable(value, measure), _comparable(bound, measure)) else NOT_MET


def _attested(outcome: str, number: str, facts: dict[str, Any], heard: Mapping[str, str]) -> str:
    """An attestation settles what is open, unless the values speak against it by figures too weak to decide."""
    given = facts["attested"].get(number)
    if given is None or outcome != UNDETERMINED:
        return outcome
    stated = MET if given else NOT_MET
    return stated if heard.get(number, UNDETERMINED) in (UNDETERMINED, stated) else UNDETERMINED


def decide(data: dict[str, Any], facts: dict[str, Any], attributes: Mapping[str, Any], accept: str = "recalled") -> dict[str, str]:
    """The outcome of every node by its number (the whole set under the empty one), attributes all known."""
    _, heard = _decide(data, facts, attributes, "recalled", {})
    found, _ = _decide(data, facts, attributes, accept, heard)
    return found


def _decide(
    data: dict[str, Any], facts: dict[str, Any], attributes: Mapping[str, Any], accept: str, heard: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The outcomes, and what each was before its own attestation."""
    found: dict[str, str] = {}
    unattested: dict[str, str] = {}
    for criterion in data["criteria"]:
        parts = []
        for indicator in criterion["indicators"]:
            number = indicator["indicator"]
            unattested[number] = leaf(data, indicator, facts, attributes, accept)
            found[number] = _attested(unattested[number], number, facts, heard)
            parts.append(found[number])
        rest = [UNDETERMINED] if "missing" in criterion else []  # content that is not known may turn out any way
        outcome = combined(*rule_of(criterion.get("passes", "all_of")), [*parts, *rest])
        if "applies_when" in criterion and not holds(criterion["applies_when"], attributes):
            outcome = NOT_APPLICABLE
        unattested[criterion["criterion"]] = outcome
        found[criterion["criterion"]] = _attested(outcome, criterion["criterion"], facts, heard)
    found[""] = combined(*rule_of(data["passes"]), [found[criterion["criterion"]] for criterion in data["criteria"]])
    return found, unattested
