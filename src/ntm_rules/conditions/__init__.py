"""The operators of the rule language, one file each: what it means, how it decides, how it reads."""

from __future__ import annotations

from typing import Final

from ntm_rules.conditions.above import ABOVE
from ntm_rules.conditions.all_of import ALL_OF
from ntm_rules.conditions.any_of import ANY_OF
from ntm_rules.conditions.at_least import AT_LEAST
from ntm_rules.conditions.at_least_k_of import AT_LEAST_K_OF
from ntm_rules.conditions.at_most import AT_MOST
from ntm_rules.conditions.below import BELOW
from ntm_rules.conditions.combination import CombinationRule
from ntm_rules.conditions.equals import EQUALS
from ntm_rules.conditions.is_true import IS_TRUE
from ntm_rules.conditions.one_of import ONE_OF
from ntm_rules.conditions.operator import Operator

OPERATORS: Final[dict[str, Operator]] = {one.name: one for one in (AT_LEAST, AT_MOST, ABOVE, BELOW, EQUALS, ONE_OF, IS_TRUE)}
COMBINATIONS: Final[dict[str, CombinationRule]] = {rule.name: rule for rule in (ALL_OF, ANY_OF, AT_LEAST_K_OF)}

__all__ = [
    "ALL_OF",
    "ANY_OF",
    "AT_LEAST",
    "AT_LEAST_K_OF",
    "COMBINATIONS",
    "EQUALS",
    "IS_TRUE",
    "ONE_OF",
    "OPERATORS",
    "CombinationRule",
    "Operator",
]
