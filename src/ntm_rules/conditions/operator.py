"""What an operator is: one comparison of the law with all its faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ntm_rules.values import Bilingual


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison of a value with a bound.

    Attributes:
        name: the key in a ruleset.
        sign: how it is printed before a bound.
        direction: +1 when more is better, -1 when less is better, 0 when neither.
        holds: ``holds(value, bound)``; both exact numbers, or places in an order of grades, or answers.
        short: by how much a number fails the bound, in the unit of the measure; 0 when it holds, None where no amount says it.
        words: how a requirement reads, with ``{}`` for the bound.
    """

    name: str
    sign: str
    direction: Literal[1, 0, -1]
    holds: Callable[[Any, Any], bool]
    short: Callable[[Decimal, Decimal], Decimal | None]
    words: Bilingual
