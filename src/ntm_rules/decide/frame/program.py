"""What a frame needs to know of the compiled program: its wholes and parts, and what one value comes to; nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ntm_rules.conditions import CombinationRule
from ntm_rules.decide.engine.compile import Group, Leaf, Plan
from ntm_rules.decide.engine.judge import judge, judge_leaf
from ntm_rules.values import NotApplicable, Outcome

CODES: Final = {outcome: code for code, outcome in enumerate(Outcome)}
MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = CODES.values()
_LEFT: Final = NotApplicable("–")  # with whatever reason


def root(program: Plan) -> Group:
    """The whole."""
    return program.root


def is_whole(part: Leaf | Group) -> bool:
    """Whether a part has parts of its own, or none at all."""
    return isinstance(part, Group)


def walk(part: Leaf | Group) -> Iterator[Leaf | Group]:
    """A part and all below it, in order."""
    yield part
    if isinstance(part, Group):
        for one in part.parts:
            yield from walk(one)


def rule(group: Group) -> tuple[CombinationRule, int]:
    """How the parts of a whole combine."""
    return group.rule, group.k


def status(leaf: Leaf, known: Mapping[str, Any]) -> bool | None:
    """What follows for an indicator from a status that is known."""
    held = leaf.measure.holds_status
    return None if held is None else known.get(held)


def is_number(leaf: Leaf) -> bool:
    """Whether its values are numbers."""
    return leaf.measure.kind == "number"


def outcome(leaf: Leaf, value: Any) -> int:
    """What an indicator comes to by its value alone."""
    return CODES[judge_leaf(leaf, value, None)[1]]


def outcome_left(leaf: Leaf) -> int:
    """What an indicator comes to that is stated not to apply."""
    return CODES[judge_leaf(leaf, _LEFT, None)[1]]


def bounds(leaf: Leaf) -> set[Decimal]:
    """Every number that a value is compared with."""
    found: set[Decimal] = set()
    for bound in leaf.bounds:
        values = bound.value if isinstance(bound.value, tuple) else (bound.value,)
        found.update(value for value in values if isinstance(value, Decimal))
    return found


def settled(group: Group) -> int | None:
    """What a whole comes to whatever its parts are, since it does not or may not apply; None where its parts say it."""
    if group.applies is None:
        return None
    nothing = [None] * (1 + max((leaf.index for leaf in walk(group) if isinstance(leaf, Leaf)), default=0))
    return CODES[judge(group, nothing, {})[1]]


def is_open(group: Group) -> bool:
    """Whether some of its content is not known, which counts as one more part that is not known."""
    return group.missing is not None


def heard(part: Any) -> Any:
    """The same with figures of every source level, where some are too weak to be accepted; None where none is."""
    return part.heard
