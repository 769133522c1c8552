"""What would settle a scored decision, and the least that must be raised for the next class of stars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.scores.assessed import as_decimal
from ntm_rules.decide.engine.scores.scored import Scored
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.fixes import Fix
from ntm_rules.decide.explain.needed import NOT_STATED, Need
from ntm_rules.values import Outcome, Unknown, exact


def score_needed(decision: Decided) -> tuple[Need, ...]:
    """The missing inputs while the stars are open: attributes, then unscored criteria, those with a mark at stake and many points first."""
    scored = decision.score
    assert scored is not None
    if scored.stars is not None or scored.excluded:
        return ()
    needs = [Need(name, "attribute", title, (), ("",), NOT_STATED) for name, title in decision.root.face.waits_for]
    unscored = [node for node in decision.indicators if _is_unscored(node)]
    unscored.sort(key=lambda node: (node.face.required is None, -node.face.k))
    settles = len(unscored) == 1 and not needs and unscored[0].reason != decision.reason  # nothing does, while no sheet may decide
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
    now: Fraction  # exactly: a mean over members need not end
    lowest: Fraction  # what its marks are tested on
    asked: int  # the least that the marks of the class wanted ask for

    @property
    def best(self) -> int:
        return self.node.face.k

    @property
    def to_mark(self) -> int:
        """The points that meet the marks and lower nothing."""
        return self.asked if self.asked >= self.now else self.best


def score_fixes(decision: Decided, stars: int | None = None) -> tuple[Fix, ...]:
    """A least set of criteria to raise for the next class that is recognised, or for ``stars``; no smaller set does.

    A criterion below a mark of that class must be raised whatever else is done. What the total then still lacks is made up by the
    criteria with the most room, since each can be raised on its own. Empty when the class is reached, when it cannot be, or when the
    product is excluded.
    """
    scored = decision.score
    assert scored is not None
    low = scored.stars_possible[0] if scored.stars_possible else 5
    wanted = stars if stars is not None else max(low + 1, scored.certified_from)
    if wanted <= low or scored.excluded:
        return ()
    higher = [(target, start) for target, start in reversed(scored.bands) if target >= wanted]
    ways = [way for target, start in higher if (way := _way(decision, scored, target, start))]
    return min(ways, key=len, default=())


def _way(decision: Decided, scored: Scored, target: int, start: Decimal) -> tuple[Fix, ...]:
    """The least set for one class; empty where the sheet cannot reach it. (Where marks do not cumulate, a higher class may ask less.)"""
    each = scored.readings["marks_tested_on"] == "each_member"
    units = [
        _Unit(node, now, lowest if each else now, _asked(node, target, scored))
        for node, now, lowest in _candidates(decision.root, decision)
    ]
    forced = [unit for unit in units if unit.lowest < unit.asked]
    total = sum((unit.now for unit in units), Fraction(0))
    if total + sum(unit.to_mark - unit.now for unit in forced) >= start:
        return tuple(_fix(unit, unit.to_mark) for unit in forced)
    total += sum(unit.best - unit.now for unit in forced)
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


def _candidates(node: Node, decision: Decided) -> list[tuple[Node, Fraction, Fraction]]:
    """The criteria that can be raised, with what they count now at least, as mean and as lowest member.

    Of a choice of cases it is the one that is scored; while none is, the one worth most, and the least of any counts.
    """
    if node.face.kind == "score":
        return [] if node.outcome is Outcome.NOT_APPLICABLE else [(node, *_now(node, decision))]
    below = [leaf for part in node.parts for leaf in _candidates(part, decision)]
    if not node.face.one_case or len(below) < 2:
        return below
    best = max(below, key=lambda leaf: leaf[0].face.k)[0]
    return [(best, min(now for _, now, _ in below), min(lowest for _, _, lowest in below))]


def _now(node: Node, decision: Decided) -> tuple[Fraction, Fraction]:
    """The points that count at least, as mean over the members and of the lowest; who scored nothing, or no number, the least."""
    points = [_points(one, node.face.least) for one in _each(decision.subject.values.get(node.id))]
    return sum(points, Fraction(0)) / len(points), min(points)


def _points(given: Any, least: int) -> Fraction:
    try:
        return Fraction(exact(given)) if isinstance(given, (Decimal, str)) else Fraction(least)
    except ValueError:
        return Fraction(least)


def _each(given: Any) -> tuple[Any, ...]:
    return given if isinstance(given, tuple) else (given,)


def _asked(node: Node, wanted: int, scored: Scored) -> int:
    cumulative = scored.readings["marks"] == "cumulative"
    marks = [
        least if least is not None else node.face.k for star, least in node.face.marks if star == wanted or (cumulative and star < wanted)
    ]
    return max(marks, default=0)


def _fix(unit: _Unit, points: int) -> Fix:
    node = unit.node
    return Fix(node.id, node.title, node.outcome, node.observed, Decimal(points), as_decimal(points - unit.now), node.unit)
