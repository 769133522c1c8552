"""What would settle an undetermined decision: the missing inputs, most decisive first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.program import OPEN_COLUMN
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.as_it_is import as_it_is
from ntm_rules.values import Bilingual, Outcome, Unknown

_ORDER = {"attribute": 0, "value": 1, "attestation": 2}
NOT_STATED = Bilingual("thuộc tính chưa được nêu", "the attribute was not stated")


@dataclass(frozen=True, slots=True)
class Need:
    """One missing input.

    Attributes:
        id: number of the indicator or criterion, or name of the attribute.
        kind: ``attribute`` (state it), ``value`` (measure it), ``attestation`` (the figure to compare with is not known, so only an
            attestation, or a source for the figure, can settle it).
        title: what it is.
        settles: the criteria that wait for this input alone: whatever it is, it settles them.
        blocks: the indicators and criteria that wait for it, alone or with others.
        reason: why it is missing.

    Examples:
        >>> import ntm_rules as ntm
        >>> decision = ntm.load("commune-ntm/2021-2025").evaluate(ntm.Subject(id="1", kind="commune"))
        >>> need = decision.needed()[0]
        >>> need.kind, need.id, need.settles
        ('value', '7.1', ('7',))
    """

    id: str
    kind: Literal["attribute", "value", "attestation"]
    title: Bilingual
    settles: tuple[str, ...]
    blocks: tuple[str, ...]
    reason: Bilingual


def needed(decision: Decided) -> tuple[Need, ...]:
    """The missing inputs of an undetermined decision; nothing when it is settled.

    In order: inputs that settle criteria alone, those that settle most first; then attributes, since whole tables wait for them, values
    that can be measured, and what only an attestation can settle; of one kind those that most waits for, then those with the fewest
    companions.
    """
    if decision.outcome is not Outcome.UNDETERMINED:
        return ()
    missing: dict[tuple[str, str], list[tuple[str, Node]]] = {}
    inputs: dict[str, set[tuple[str, str]]] = {}
    for criterion in decision.root.parts:
        if criterion.outcome is Outcome.UNDETERMINED:
            for leaf in _open_leaves(criterion):
                for key in _inputs(leaf):
                    missing.setdefault(key, []).append((criterion.id, leaf))
                    inputs.setdefault(criterion.id, set()).add(key)
    needs = [_need(key, blocked, inputs, decision) for key, blocked in missing.items()]
    return tuple(sorted(needs, key=lambda need: _rank(need, inputs, missing[need.kind, need.id])))


def _open_leaves(node: Node) -> Iterator[Node]:
    """The nodes that are undetermined of themselves: indicators, wholes without content, wholes not known to apply.

    What stands below a whole without content cannot settle it; below one not known to apply it may have to.
    """
    if not node.parts or node.reason is not None:
        yield node
    if node.reason is None or node.face.waits_for:
        for part in node.parts:
            if part.outcome is Outcome.UNDETERMINED:
                yield from _open_leaves(part)


def _inputs(leaf: Node) -> Iterator[tuple[str, str]]:
    """What a leaf waits for: attributes that are not known, and a value or an attestation.

    Where every column that may apply has the same figure, the value decides and no attribute is asked for.
    """
    if _figure_is_sure(leaf):
        yield "value", leaf.id
        return
    for name, _ in leaf.face.waits_for:
        yield "attribute", name
    if leaf.face.status:
        return
    given = leaf.observed is not None and not isinstance(leaf.observed, Unknown)
    if leaf.face.kind == "indicator" and (leaf.required is not None or leaf.face.waits_for):
        if not given or not leaf.face.waits_for:
            yield "value", leaf.id
    elif not leaf.face.waits_for:
        yield "attestation", leaf.id


def _figure_is_sure(leaf: Node) -> bool:
    """Whether an indicator applies and its figure is known, though the column is not."""
    if leaf.face.kind != "indicator" or leaf.face.status or leaf.required is None or leaf.face.possible:
        return False
    return leaf.reason != OPEN_COLUMN.fill(Bilingual.join(title for _, title in leaf.face.waits_for))


def _need(key: tuple[str, str], blocked: list[tuple[str, Node]], inputs: dict[str, set[tuple[str, str]]], decision: Decided) -> Need:
    kind, name = key
    settles = tuple(dict.fromkeys(criterion for criterion, _ in blocked if inputs[criterion] == {key}))
    leaf = blocked[0][1]
    blocks = tuple(node.id for _, node in blocked)
    if kind == "attribute":
        return Need(name, "attribute", dict(leaf.face.waits_for)[name], settles, blocks, NOT_STATED)
    exact_kind: Literal["value", "attestation"] = "value" if kind == "value" else "attestation"
    return Need(name, exact_kind, leaf.title, settles, blocks, as_it_is(leaf.reason or leaf.outcome.label, decision))


def _rank(need: Need, inputs: dict[str, set[tuple[str, str]]], blocked: list[tuple[str, Node]]) -> tuple[int, int, int, int]:
    companions = min(len(inputs[criterion]) for criterion, _ in blocked)
    return -len(need.settles), _ORDER[need.kind], -len(need.blocks), companions
