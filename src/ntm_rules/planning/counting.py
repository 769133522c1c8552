"""Counting the units of a target: whether one counts, and how many it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from ntm_rules.conditions import OPERATORS, Operator
from ntm_rules.decide.engine.attributes import decide_condition, read_attributes
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.requirements import Condition, attributes_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.values import Outcome


def goal_of(indicator: Indicator, required: Any, total: int) -> int:
    """The number of units that a target asks for: a count, or the fewest units that make a share.

    53 of 85 are 62.3529 %, so a share of 62.35 % asks for 53. A target that no more than so many units be short of something asks for
    all the others.

    Args:
        indicator: the target.
        required: its bound.
        total: of how many units.

    Raises:
        NtmError: the indicator counts no units, or its bound is not known.
    """
    operator = OPERATORS[indicator.operator]
    if indicator.measure.counted is None or not isinstance(required, Decimal) or not (operator.direction or _none(operator, required)):
        raise NtmError([Problem("NTM-818", Place(path=indicator.indicator), {"target": indicator.title})])
    bound = required if indicator.measure.count_of else required * total / 100
    if operator.direction > 0:
        goal = int(bound.to_integral_value(ROUND_CEILING))
        return goal if operator.holds(goal, bound) else goal + 1
    left = int(bound.to_integral_value(ROUND_FLOOR))
    return total - (left if operator.holds(left, bound) else left - 1)


def _none(operator: Operator, bound: Decimal) -> bool:
    """Whether what is asked for is that none at all be left."""
    return operator.holds(0, bound) and not operator.holds(1, bound)


def condition_holds(condition: Condition, attributes: Mapping[str, Any], rules: RuleSet) -> Outcome:
    """Whether a condition of a set holds of a unit with these attributes; what is not given is not known, whatever the set presumes."""
    names = sorted(attributes_of(condition))
    declared = {name: rules.declared[name].model_copy(update={"unless_stated": None}) for name in names}
    known, _, _ = read_attributes({name: value for name, value in attributes.items() if name in declared}, declared, names, "")
    return decide_condition(condition, known, rules.declared).outcome


def between(low: int, high: int) -> str:
    """A range of whole numbers: ``3``, ``3–5``."""
    return str(low) if low == high else f"{low}–{high}"
