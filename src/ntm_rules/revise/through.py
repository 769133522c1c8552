"""Through which indicators a subject moves from one text to the other: the least of them that suffice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import ATTESTED, Node, leaves_of
from ntm_rules.values import Outcome


def least_through(before: Decision, after: Decision) -> tuple[str, ...] | None:
    """The indicators of which each alone turns the old outcome into the new one; where none does, a set that nothing can be left out of.

    Asked is the newer text: what would it say if of all that moved only these had? None where it cannot be asked that: nothing moved, or
    the whole is made of points. Empty where the text alone moves the subject, by how its parts combine.
    """
    old = {node.id: node.outcome for node in before.root.walk()}
    leaves = {node.id: node.outcome for node in leaves_of(after.root)}
    moved = [number for number, outcome in leaves.items() if old.get(number) is not outcome]

    def comes_to(chosen: Collection[str]) -> bool:
        known = {number: outcome if number in chosen or number not in old else old[number] for number, outcome in leaves.items()}
        return _outcome(after.root, known) is after.outcome

    if before.outcome is after.outcome or after.score is not None or not comes_to(moved):
        return None
    if comes_to(()):
        return ()
    if alone := tuple(number for number in moved if comes_to((number,))):
        return alone
    least = moved
    for number in moved:
        without = [one for one in least if one != number]
        if comes_to(without):
            least = without
    return tuple(least)


def _outcome(node: Node, known: Mapping[str, Outcome]) -> Outcome:
    """What a whole comes to by the outcomes of its leaves; content that is missing is one more part that is not known."""
    if not node.parts or (node.basis == ATTESTED and node.id in known):
        return known.get(node.id, node.outcome)
    rule, k = COMBINATIONS[node.face.operator], node.face.k

    def combined(outcomes: list[Outcome], open_: int) -> Outcome:
        return rule.combine(outcomes.count(Outcome.MET), outcomes.count(Outcome.NOT_MET), outcomes.count(Outcome.UNDETERMINED) + open_, k)

    as_decided = [part.outcome for part in node.parts]
    for open_ in (0, 1):
        if combined(as_decided, open_) is node.outcome:
            return combined([_outcome(part, known) for part in node.parts], open_)
    return node.outcome
