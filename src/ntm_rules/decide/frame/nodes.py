"""What a frame needs to know of the compiled program: its wholes and parts, and what one value comes to; nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from ntm_rules.conditions import CombinationRule
from ntm_rules.decide.engine.judge import by_value
from ntm_rules.decide.engine.program import Leaf, Program, Whole
from ntm_rules.values import NotApplicable, Outcome

CODES: Final = {outcome: code for code, outcome in enumerate(Outcome)}
MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = CODES.values()
_LEFT: Final = NotApplicable("–")  # with whatever reason


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A whole or an indicator of a program.

    Attributes:
        own: itself.
        parts: its parts; None for an indicator.
        heard: the same with figures of every source level, where some of the program are too weak to be accepted.
    """

    own: Whole | Leaf
    parts: tuple[Part, ...] | None
    heard: Part | None


@lru_cache(256)
def root(program: Program) -> Part:
    """The whole set."""
    heard = None if program.heard is None else root(program.heard)
    sections = [_part(own, None if heard is None else heard.parts[i]) for i, own in enumerate(program.sections)]  # type: ignore[index]
    return Part(program.root, tuple(sections), heard)


def _part(own: Whole | Leaf, heard: Part | None) -> Part:
    if isinstance(own, Leaf):
        return Part(own, None, heard)
    inner = own.leaves if heard is None or heard.parts is None else zip(own.leaves, heard.parts, strict=True)
    return Part(own, tuple(_part(*one) if isinstance(one, tuple) else _part(one, None) for one in inner), heard)


def rule(whole: Whole) -> tuple[CombinationRule, int]:
    """How the parts of a whole combine."""
    return whole.rule, whole.k


def status(leaf: Leaf, known: Mapping[str, Any]) -> bool | None:
    """What follows for an indicator from a status that is known."""
    held = leaf.measure.holds_status
    return None if held is None else known.get(held)


def is_number(leaf: Leaf) -> bool:
    """Whether its values are numbers."""
    return leaf.measure.kind == "number"


def outcome(leaf: Leaf, value: Any) -> int:
    """What an indicator comes to by its value alone."""
    return CODES[by_value(leaf, value)[0]]


def outcome_left(leaf: Leaf) -> int:
    """What an indicator comes to that is stated not to apply."""
    return outcome(leaf, _LEFT)


def bounds(leaf: Leaf) -> set[Decimal]:
    """Every number that a value is compared with."""
    found: set[Decimal] = set()
    for bound in leaf.bounds:
        values = bound.value if isinstance(bound.value, tuple) else (bound.value,)
        found.update(value for value in values if isinstance(value, Decimal))
    return found


def settled(whole: Whole) -> int | None:
    """What a whole comes to whatever its parts are, since it does not or may not apply; None where its parts say it."""
    if whole.applies is None:
        return None
    return UNDETERMINED if whole.applies.outcome is Outcome.UNDETERMINED else NOT_APPLICABLE


def is_open(whole: Whole) -> bool:
    """Whether some of its content is not known, which counts as one more part that is not known."""
    return whole.missing is not None
