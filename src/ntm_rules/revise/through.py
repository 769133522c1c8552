"""Through which indicators a subject moves from one text to the other: the least of them that suffice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import ATTESTED, Node, leaves_of
from ntm_rules.values import Outcome

Ways = dict[Outcome, tuple[str, ...]]
"""What a part can come to, each with the fewest of the moved that must have moved for it."""

_COUNTED: Final = (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED)


def least_through(before: Decision, after: Decision) -> tuple[str, ...] | None:
    """The indicators of which each alone turns the old outcome into the new one; where none does, the fewest that do it together.

    Asked is the newer text: what would it say if of all that moved only these had? None where it cannot be asked that: nothing moved, or
    the whole is made of points. Empty where the text alone moves the subject, by how its parts combine.
    """
    if before.outcome is after.outcome or after.score is not None:
        return None
    old = {node.id: node.outcome for node in before.root.walk()}
    now = {node.id: node.outcome for node in leaves_of(after.root)}
    moved = {number: (was, outcome) for number, outcome in now.items() if (was := old.get(number, outcome)) is not outcome}
    settled: dict[str, tuple[Outcome, ...]] = {number: (outcome,) for number, outcome in now.items()}
    if after.outcome not in _ways(after.root, settled):
        return None
    least = _ways(after.root, settled | moved).get(after.outcome)
    if least is None or len(least) != 1:
        return least
    still = settled | {number: (was,) for number, (was, _) in moved.items()}
    return tuple(number for number, (_, outcome) in moved.items() if after.outcome in _ways(after.root, still | {number: (outcome,)}))


def _ways(node: Node, leaves: Mapping[str, tuple[Outcome, ...]]) -> Ways:
    """What a whole can come to by what its leaves can: what each was, and where it may have moved, what it came to be.

    Content that is missing is one more part that is not known.
    """
    if not node.parts or (node.basis == ATTESTED and node.id in leaves):
        was, *moved = leaves.get(node.id, (node.outcome,))
        return {was: (), **dict.fromkeys(moved, (node.id,))}
    rule, k = COMBINATIONS[node.face.operator], node.face.k
    met, not_met, unknown = ([part.outcome for part in node.parts].count(one) for one in _COUNTED)
    likely = (0, 1) if node.reason is None else (1, 0)  # what is missing is said
    open_ = next((more for more in likely if rule.combine(met, not_met, unknown + more, k) is node.outcome), None)
    if open_ is None:
        return {node.outcome: ()}
    counts: dict[tuple[int, ...], tuple[str, ...]] = {(0, 0, open_): ()}
    for part in node.parts:
        further: dict[tuple[int, ...], tuple[str, ...]] = {}
        for outcome, more in _ways(part, leaves).items():
            for count, chosen in counts.items():
                _keep(further, tuple(n + (outcome is one) for n, one in zip(count, _COUNTED, strict=True)), chosen + more)
        counts = further
    found: Ways = {}
    for (met, not_met, unknown), chosen in counts.items():
        _keep(found, rule.combine(met, not_met, unknown, k), chosen)
    return found


def _keep(known: dict[Any, tuple[str, ...]], what: Any, chosen: tuple[str, ...]) -> None:
    """Keep the fewest that lead to something; of as many, those that were found first."""
    if what not in known or len(chosen) < len(known[what]):
        known[what] = chosen
