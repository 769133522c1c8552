"""What would settle a scored decision, and the least that must be raised for the next class of stars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.scores.scored import Scored
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.fixes import Fix
from ntm_rules.decide.needed import NOT_STATED, Need
from ntm_rules.values import Outcome, Unknown


def score_needed(decision: Decided, scored: Scored) -> tuple[Need, ...]:
    """The missing inputs while the stars are open: attributes, then unscored criteria, those with a mark at stake and many points first."""
    if scored.stars is not None or scored.excluded:
        return ()
    needs = [Need(name, "attribute", title, (), ("",), NOT_STATED) for name, title in decision.root.face.waits_for]
    unscored = [node for node in decision.indicators if _is_unscored(node)]
    unscored.sort(key=lambda node: (node.face.required is None, -node.face.k))
    settles = len(unscored) == 1 and not needs
    for node in unscored:
        alone = (node.id,) if settles else ()
        needs.append(Need(node.id, "value", node.title, alone, (node.id,), node.reason or node.outcome.label))
    return tuple(needs)


def _is_unscored(node: Node) -> bool:
    return node.outcome is Outcome.UNDETERMINED and (node.observed is None or isinstance(node.observed, Unknown))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A criterion that can be raised, with the points that count now."""

    node: Node
    now: Decimal
    asked: int  # the least that the marks of the class wanted ask for

    @property
    def best(self) -> Decimal:
        return Decimal(self.node.face.k)


def score_fixes(decision: Decided, scored: Scored, stars: int | None = None) -> tuple[Fix, ...]:
    """A least set of criteria to raise for the next class that is recognised, or for ``stars``; no smaller set does.

    A criterion below a mark of that class must be raised whatever else is done. What the total then still lacks is made up by the
    criteria with the most room, since each can be raised on its own. Empty when the class is reached, when it cannot be, or when the
    product is excluded.
    """
    low = scored.stars_possible[0] if scored.stars_possible else 5
    wanted = stars if stars is not None else max(low + 1, scored.certified_from)
    if wanted <= low or scored.excluded:
        return ()
    higher = [(target, start) for target, start in reversed(scored.bands) if target >= wanted]
    ways = [way for target, start in higher if (way := _way(decision, scored, target, start))]
    return min(ways, key=len, default=())


def _way(decision: Decided, scored: Scored, target: int, start: Decimal) -> tuple[Fix, ...]:
    """The least set for one class; empty where the sheet cannot reach it. (Where marks do not cumulate, a higher class may ask less.)"""
    units = [_Unit(node, _now(node), _asked(node, target, scored)) for node in _candidates(decision.root)]
    forced = [unit for unit in units if unit.now < unit.asked]
    total = scored.total_range[0]
    to_mark = sum((Decimal(unit.asked) - unit.now for unit in forced), total)
    if to_mark >= start:
        return tuple(_fix(unit, Decimal(unit.asked)) for unit in forced)
    total += sum((unit.best - unit.now for unit in forced), Decimal(0))
    chosen = list(forced)
    rest = sorted((unit for unit in units if unit not in forced), key=lambda unit: unit.now - unit.best)
    for unit in rest:
        if total >= start:
            break
        chosen.append(unit)
        total += unit.best - unit.now
    if total < start:
        return ()
    order = {unit.node.id: i for i, unit in enumerate(units)}
    return tuple(_fix(unit, unit.best) for unit in sorted(chosen, key=lambda unit: order[unit.node.id]))


def _candidates(node: Node) -> list[Node]:
    """The criteria that can be raised: of a choice of cases the one that is scored, or the one worth most."""
    if node.face.kind == "score":
        return [] if node.outcome is Outcome.NOT_APPLICABLE else [node]
    below = [leaf for part in node.parts for leaf in _candidates(part)]
    return [max(below, key=lambda leaf: leaf.face.k)] if node.face.one_case and below else below


def _now(node: Node) -> Decimal:
    return node.observed if isinstance(node.observed, Decimal) else Decimal(node.face.least)


def _asked(node: Node, wanted: int, scored: Scored) -> int:
    cumulative = scored.readings["marks"] == "cumulative"
    marks = [
        least if least is not None else node.face.k for star, least in node.face.marks if star == wanted or (cumulative and star < wanted)
    ]
    return max(marks, default=0)


def _fix(unit: _Unit, points: Decimal) -> Fix:
    node = unit.node
    return Fix(node.id, node.title, node.outcome, node.observed, points, points - unit.now, node.unit)
