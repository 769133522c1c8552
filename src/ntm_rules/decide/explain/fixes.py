"""The least that must change for a standard to be met."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntm_rules.conditions import AT_LEAST, COMBINATIONS
from ntm_rules.decide.engine.tree import SCORE, Node, gap_text
from ntm_rules.values import Bilingual, Lang, Outcome


@dataclass(frozen=True, slots=True)
class Fix:
    """One indicator (or attested criterion) to become met.

    Attributes:
        id: its number.
        title: what it is.
        outcome: what it is now: ``not_met`` is to be raised, ``undetermined`` to be found out as met.
        observed: the value now.
        required: the bound; None where it is not known, or which of several holds.
        gap: by how much the value misses the bound, where an amount says it.
        unit: unit of the gap.
        operator: what the bound is: a lower limit is fallen short of, an upper one exceeded.

    Examples:
        >>> import ntm_rules as ntm
        >>> rules = ntm.load("commune-ntm/2021-2025")
        >>> where = {"region": "tay-nguyen", "year": 2024, "area": "I"}
        >>> decision = rules.evaluate(ntm.Subject(id="1", kind="commune", attributes=where, values={"10.1": "44.5"}))
        >>> [(fix.required, fix.missed_by("en")) for fix in decision.smallest_fixes() if fix.id == "10.1"]
        [(Decimal('50'), 'short by 5.5 million VND/person/year')]
    """

    id: str
    title: Bilingual
    outcome: Outcome
    observed: Any
    required: Any
    gap: Decimal | None
    unit: Bilingual
    operator: str = AT_LEAST.name

    def missed_by(self, lang: Lang = "vi") -> str:
        """The gap in words; empty where there is none."""
        return gap_text(self.gap, self.operator, self.unit, lang)


def smallest_fixes(root: Node) -> tuple[Fix, ...]:
    """A least set of leaves which, once met, make ``root`` met; empty when it is met or not applicable.

    Every indicator stands in one place of the tree, so the parts of a whole are independent: ``all_of`` needs the least sets of all
    its open parts, ``any_of`` the smallest of one, ``at_least_k_of`` the smallest of as many as are lacking. Of equally small sets
    the one that stands first in the decision of the authority is given.
    """
    return tuple(_fix(node) for node in _least(root))


def _least(node: Node) -> list[Node]:
    if node.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
        return []
    if node.parts and node.conflict is not None:  # attested as met against values: once none of them fails it, that decides
        return _least_open(node)
    if not node.parts or node.reason is not None or node.face.operator == SCORE:
        # attested, without content, not known to apply, or of points that no part decides alone: the whole itself
        return [node]
    ways = [_least(part) for part in node.parts if part.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED)]
    met = sum(part.outcome is Outcome.MET for part in node.parts)
    lacking = COMBINATIONS[node.face.operator].needs(met + len(ways), node.face.k) - met
    if lacking > len(ways):  # parts that do not apply cannot be raised: the whole itself must be settled
        return [node]
    chosen = sorted(range(len(ways)), key=lambda i: (any(map(_is_stuck, ways[i])), len(ways[i]), i))[:lacking]
    return [leaf for i in sorted(chosen) for leaf in ways[i]]


def _least_open(node: Node) -> list[Node]:
    """A least set of indicators which, once met, leave a whole of indicators open at worst."""
    failing = [part for part in node.parts if part.outcome is Outcome.NOT_MET]
    applying = sum(part.outcome is not Outcome.NOT_APPLICABLE for part in node.parts) + (node.reason is not None)
    lacking = COMBINATIONS[node.face.operator].needs(applying, node.face.k) - (applying - len(failing))
    return failing[:lacking] if lacking <= len(failing) else [node]


def _is_stuck(node: Node) -> bool:
    """Whether the node is a whole that no part of it can settle."""
    return bool(node.parts) and node.reason is None


def _fix(node: Node) -> Fix:
    return Fix(node.id, node.title, node.outcome, node.observed, node.required, node.gap, node.unit, node.face.operator)
