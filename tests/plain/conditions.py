"""Conditions over attributes, and how the parts of a whole combine: what every way the unknown can turn out agrees on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from plain.read import attribute, operator

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = "met", "not_met", "undetermined", "not_applicable"
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "above": lambda value, bound: value > bound,
    "below": lambda value, bound: value < bound,
    "equals": lambda value, bound: value == bound,
    "one_of": lambda value, bound: value in bound,
    "is_true": lambda value, bound: value is True,
}


def said(edition: dict[str, Any], name: str, attributes: dict[str, Any], presume: bool = True) -> Any:
    """What is known of an attribute, or None. Only what was not mentioned at all is presumed, and only where the set says so."""
    if name not in attributes:
        presumed = attribute(edition, name).get("unless_stated") if presume else None
        return None if presumed is None else presumed == "true"
    return None if isinstance(attributes[name], dict) else attributes[name]


def holds(condition: dict[str, Any], edition: dict[str, Any], attributes: dict[str, Any], presume: bool = True) -> bool | None:
    """Whether a condition holds; None while what is known leaves it open."""
    if "holds_status" in condition:
        condition = {"attribute": condition["holds_status"], "is_true": "true"}
    if "attribute" in condition:
        value = said(edition, condition["attribute"], attributes, presume)
        return None if value is None else _test(condition, attribute(edition, condition["attribute"]), value)
    [(rule, inner)] = condition.items()
    parts, k = (inner["of"], int(inner["k"])) if rule == "at_least_k_of" else (inner, 0)
    answers = [holds(part, edition, attributes, presume) for part in parts]
    outcome = combine(rule, k, [UNDETERMINED if answer is None else MET if answer else NOT_MET for answer in answers])
    return None if outcome == UNDETERMINED else outcome == MET


def _test(condition: dict[str, Any], declared: dict[str, Any], value: Any) -> bool:
    name = operator(condition)
    bound: Any = condition[name]
    if "whole_number" in declared:
        value, bound = Fraction(str(value)), [Fraction(one) for one in bound] if name == "one_of" else Fraction(bound)
    elif "one_of" in declared and name != "one_of":  # lowest first
        value, bound = declared["one_of"].index(value), declared["one_of"].index(bound)
    return COMPARE[name](value, bound)


def combine(rule: str, k: int, parts: Iterable[str]) -> str:
    """The outcome of a whole. A part that is not known may turn out met, not met, or not to apply."""
    given = list(parts)
    met, failed, unknown = given.count(MET), given.count(NOT_MET), given.count(UNDETERMINED)
    found = {
        _whole(rule, k, met + more_met, failed + more_failed)
        for more_met in range(unknown + 1)
        for more_failed in range(unknown - more_met + 1)
    }
    return found.pop() if len(found) == 1 else UNDETERMINED


def _whole(rule: str, k: int, met: int, failed: int) -> str:
    if not met + failed:
        return NOT_APPLICABLE  # a whole of which nothing applies
    wanted = {"all_of": met + failed, "any_of": 1}.get(rule, k)
    return MET if met >= wanted else NOT_MET
