"""By how much a value misses its bound, in the unit of the indicator: the exact gap of the core, as the nearest double.

A value that meets its bound misses it by nothing. Those that miss it are few; each distinct one is asked of the core once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.arrays import SLICE, Block
from ntm_rules.decide.frame.steps import fifteen


def gaps_of(leaves: Sequence[Any], numbers: Block, codes: Any, ways: Any) -> Any:
    """The gaps of an indicator; NaN where no amount says it.

    Args:
        leaves: the indicator in each way.
        numbers: its values.
        codes: its outcomes.
        ways: the way of each row.
    """
    height = len(codes)
    found = np.full(height, math.nan)
    bounds = list(dict.fromkeys(leaf.face.required for leaf in leaves))
    which = np.array([bounds.index(leaf.face.required) for leaf in leaves], np.intp)
    operator = OPERATORS[leaves[0].face.operator]
    for start in range(0, height, SLICE):
        at = slice(start, min(start + SLICE, height))
        own, values, bound_of = codes[at], numbers(at.start, at.stop), which.take(ways[at])
        for place, bound in enumerate(bounds):
            if bound is None:
                continue
            for rows in ((own == p.MET), (own == p.NOT_MET) | (own == p.NOT_APPLICABLE)):
                held = np.flatnonzero(rows & (bound_of == place) & (values == values))
                if not held.size:
                    continue
                distinct, back = (values[held[:1]], 0) if own[held[0]] == p.MET else np.unique(values[held], return_inverse=True)
                gaps = [operator.short(fifteen(float(value)), bound) for value in distinct]
                found[start + held] = np.array([math.nan if gap is None else float(gap) for gap in gaps])[back]
    return found
