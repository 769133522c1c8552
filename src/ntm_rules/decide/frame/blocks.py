"""Judging a block of rows at once: every indicator compared, every whole combined, each by small tables that the core has filled.

Outcomes are small integers, in the order of :class:`~ntm_rules.Outcome`. A block is small enough to stay in the cache of a processor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np

from ntm_rules.conditions import CombinationRule
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.readings import EMPTY, LEFT, NO, READ, YES, Values
from ntm_rules.decide.frame.steps import leaf_steps
from ntm_rules.values import Outcome

NOBODY: Final = 255  # where no outcome is fixed
_OUTCOMES: Final = tuple(Outcome)
_SIMPLE: Final = {(p.NOT_MET, p.MET): 1, (p.MET, p.NOT_MET): 0}  # what holds below and from the one cut on: whether it fails below
_SMALL: Final = 40  # parts of a whole whose every count is tried out


@dataclass(frozen=True, slots=True)
class LeafTable:
    """An indicator, one place for each way.

    Attributes:
        cuts: the least doubles from which on another outcome holds.
        below: the outcome below the first cut.
        after: the outcomes from each cut on.
        by_value: the outcomes of answers and grades, by value and way.
        empty: the outcome where nothing is given.
        left: the outcome where it is stated not to apply.
        fails_below: whether it fails below one cut and is met from there on (1), the reverse (0), or is not that simple (None).
    """

    cuts: list[Any]
    below: Any
    after: list[Any]
    by_value: Any
    empty: Any
    left: Any
    fails_below: int | None


def leaf_table(leaves: Sequence[Any], known: Sequence[Mapping[str, Any]], values: Values | None) -> LeafTable:
    """The tables of an indicator from what it is in each way."""
    statuses = tuple(p.status(leaf, facts) for leaf, facts in zip(leaves, known, strict=True))
    if values is None or values.numbers is not None:
        return _number_table(tuple(leaves), statuses)
    return _value_table(tuple(leaves), statuses, tuple(values.values))


@lru_cache(4096)
def _value_table(leaves: tuple[Any, ...], statuses: tuple[Any, ...], values: tuple[Any, ...]) -> LeafTable:
    table = _number_table(leaves, statuses)
    by_value = np.full((READ + len(values), len(leaves)), p.UNDETERMINED, np.uint8)
    by_value[[EMPTY, YES, NO]] = table.empty
    by_value[LEFT] = table.left
    for place, value in enumerate(values):
        by_value[READ + place] = [p.outcome(leaf, value) for leaf in leaves]
    return replace(table, by_value=_tight(by_value))


@lru_cache(4096)
def _number_table(leaves: tuple[Any, ...], statuses: tuple[Any, ...]) -> LeafTable:
    empty = np.array([p.outcome(leaf, status) for leaf, status in zip(leaves, statuses, strict=True)], np.uint8)
    left = np.array([p.outcome_left(leaf) for leaf in leaves], np.uint8)
    steps = [leaf_steps(leaf) for leaf in leaves] if p.is_number(leaves[0]) else [((), (p.UNDETERMINED,))] * len(leaves)
    most = max(len(cuts) for cuts, _ in steps)
    cuts = [np.array([cuts[i] if i < len(cuts) else np.inf for cuts, _ in steps]) for i in range(most)]
    below = np.array([codes[0] for _, codes in steps], np.uint8)
    after = [np.array([codes[min(i + 1, len(codes) - 1)] for _, codes in steps], np.uint8) for i in range(most)]
    simple = None
    if most == 1 and all(len(own) == 1 for own, _ in steps) and (empty == p.UNDETERMINED).all():
        turns = set(zip(below.tolist(), after[0].tolist(), strict=True))
        simple = _SIMPLE.get(turns.pop()) if len(turns) == 1 else None
    tight = [_tight(cut) for cut in cuts], _tight(below), [_tight(one) for one in after]
    return LeafTable(*tight, None, _tight(empty), _tight(left), simple)


def _tight(table: Any) -> Any:
    """A table with one place where all ways say the same."""
    return table[..., :1] if (table == table[..., :1]).all() else table


def _of_way(table: Any, ways: Any) -> Any:
    """What holds in the way of each row; one number where it is the same in all."""
    return table[0] if table.size == 1 else table.take(ways)


def nothing_given(table: LeafTable, ways: Any) -> Any:
    """The outcomes where there is no column."""
    return np.broadcast_to(_of_way(table.empty, ways), ways.shape)


def judge_values(table: LeafTable, states: Any, ways: Any) -> Any:
    """The outcomes of answers and grades."""
    if table.by_value.shape[1] == 1:
        return table.by_value[:, 0].take(states)
    return table.by_value.ravel().take(states.astype(np.intp) * table.by_value.shape[1] + ways)


def judge_numbers(table: LeafTable, numbers: Any, states: Any, ways: Any) -> Any:
    """The outcomes of numbers."""
    codes: Any
    if table.fails_below is not None and states is None:
        cut = _of_way(table.cuts[0], ways)
        failed = np.less(numbers, cut) if table.fails_below else np.greater_equal(numbers, cut)
        nothing = np.not_equal(numbers, numbers).view(np.uint8)
        codes = failed.view(np.uint8)  # 1 where it fails, and 2 where there is none: quicker added twice than shifted
        codes += nothing
        codes += nothing
        return codes
    codes = np.broadcast_to(_of_way(table.below, ways), numbers.shape).astype(np.uint8)
    for cut, after in zip(table.cuts, table.after, strict=True):
        codes = np.where(numbers >= _of_way(cut, ways), _of_way(after, ways), codes)
    codes = np.where(np.isnan(numbers), _of_way(table.empty, ways), codes)
    return codes if states is None else np.where(states == LEFT, _of_way(table.left, ways), codes)


def share_is_open(table: LeafTable, numbers: Any, ways: Any) -> Any:
    """The rows with a number of at most 1 that as a share of 1 would come to something else."""
    small = np.flatnonzero((numbers > 0) & (numbers <= 1))
    odd = np.zeros(len(numbers), bool)
    own, way = numbers[small], ways[small]
    here = judge_numbers(table, own, None, way)
    for near in (1 - 1e-12, 1 + 1e-12):  # a hundredfold at the very threshold is left to the exact numbers
        odd[small] |= judge_numbers(table, own * 100 * near, None, way) != here
    return odd


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A whole: what it comes to by the counts of its parts, or, where these alone say it, by which outcomes occur among them.

    Attributes:
        size: how many parts it has.
        by_kinds: the outcome for each set of outcomes that occur, one bit each; None where counts matter.
        by_counts: the outcome for counts of met, failed and unknown parts.
        settled: the outcome where it is settled before its parts are looked at, one place for each way; None where it never is.
    """

    size: int
    by_kinds: Any
    by_counts: Any
    settled: Any
    weights: Any = field(default=None)


@lru_cache(4096)
def whole_table(groups: tuple[Any, ...]) -> WholeTable:
    """The tables of a whole from what it is in each way."""
    group = groups[0]
    rule, k = p.rule(group)
    size, more = group.size, int(p.is_open(group))
    settled = None
    fixed = [p.settled(one) for one in groups]
    if any(code is not None for code in fixed):
        settled = np.array([NOBODY if code is None else code for code in fixed], np.uint8)
    by_kinds = _by_kinds(rule, k, size, more)
    if by_kinds is not None:
        return WholeTable(size, by_kinds, None, settled)
    base = size + 1
    by_counts = np.zeros(base**3, np.uint8)
    for met, failed, unknown in _counts(size):
        by_counts[met + base * (failed + base * unknown)] = p.CODES[rule.combine(met, failed, unknown + more, k)]
    return WholeTable(size, None, by_counts, settled, np.array([1, base, base * base, 0], np.int32))


def _counts(size: int) -> Any:
    return (each for each in product(range(size + 1), repeat=3) if sum(each) <= size)


def _by_kinds(rule: CombinationRule, k: int, size: int, more: int) -> Any:
    """The outcome by which outcomes occur; None where how many there are of each makes a difference."""
    found: dict[int, int] = {}
    for met, failed, unknown in _counts(min(size, _SMALL)):
        aside = size - met - failed - unknown
        key = (met > 0) | (failed > 0) << 1 | (unknown > 0) << 2 | (aside > 0) << 3
        code = p.CODES[rule.decide(met, failed, unknown + more, k)]
        if found.setdefault(key, code) != code:
            return None
    table = np.zeros(16, np.uint8)
    for key, code in found.items():
        table[key] = code
    return table


def combine(table: WholeTable, parts: Sequence[Any], ways: Any, length: int) -> Any:
    """The outcomes of a whole from those of its parts."""
    if table.by_kinds is not None:
        kinds = np.zeros(length, np.uint8)
        for codes in parts:
            kinds |= np.left_shift(np.uint8(1), codes)
        codes = table.by_kinds.take(kinds)
    else:
        counts = np.zeros(length, np.int32)
        for codes in parts:
            counts += table.weights.take(codes)
        codes = table.by_counts.take(counts)
    if table.settled is not None:
        fixed = table.settled.take(ways)
        codes = np.where(fixed == NOBODY, codes, fixed)
    return codes


def attest(codes: Any, stated: Any, heard: Any) -> Any:
    """What an authority has stated decides where the values leave it open, unless figures too weak to be accepted speak against it."""
    said = np.where(stated == YES, np.uint8(p.MET), np.where(stated == NO, np.uint8(p.NOT_MET), np.uint8(p.UNDETERMINED)))
    free = codes == p.UNDETERMINED
    if heard is not None:
        free &= (heard == p.UNDETERMINED) | (heard == said)
    return np.where(free, said, codes)
