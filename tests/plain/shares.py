"""Shares and counts over the parts of a whole, by every way in which what is not known of the parts can turn out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from plain.conditions import holds


def every_value(measure: dict[str, Any], edition: dict[str, Any], members: list[dict[str, Any]]) -> set[Fraction | None]:
    """Every value that the share (percent) or the count can have; None among them where there may be nothing to take a share of."""
    kind = measure.get("share_of") or measure["count_of"]
    counted = [member["attributes"] for member in members if member["kind"] == kind]
    if not counted:
        return {None}
    ways = {(0, 0)}  # how many are in the base, and of how many of them `where` holds
    for attributes in counted:
        among = _can_be(measure.get("among"), edition, attributes)
        where = _can_be(measure.get("where"), edition, attributes)
        ways = {(base + a, hits + (a and w)) for base, hits in ways for a in among for w in where}
    if "count_of" in measure:
        return {Fraction(hits) for _, hits in ways}
    return {Fraction(100 * hits, base) if base else None for base, hits in ways}


def _can_be(condition: dict[str, Any] | None, edition: dict[str, Any], attributes: dict[str, Any]) -> tuple[bool, ...]:
    answer = True if condition is None else holds(condition, edition, attributes, presume=False)  # of a part nothing is presumed
    return (True, False) if answer is None else (answer,)
