"""``one_of``: met when the value is in the list (∈)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ntm_rules.conditions.operator import Operator, among
from ntm_rules.values import Bilingual


def _holds(value: Any, bound: Any) -> bool:
    return value in bound


def _short(value: Decimal, bound: Decimal) -> None:
    """A list has no distance."""
    return None


ONE_OF = Operator("one_of", "∈", 0, _holds, _short, Bilingual("thuộc {}", "one of {}"), among)
