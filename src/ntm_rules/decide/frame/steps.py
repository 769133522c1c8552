"""An indicator over the numbers of a column: what a double comes to, exactly as its fifteen digits do.

Rounding to fifteen digits never turns an order round: of two doubles the greater does not become the lesser number. So the doubles whose
numbers reach a threshold are all those from a least one upwards, and comparing doubles with that least one decides as the exact numbers do.
Between two neighbouring thresholds an indicator comes to one outcome; the core is asked for it once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from ntm_rules.decide.frame import nodes as p
from ntm_rules.values import exact

Steps = tuple[tuple[float, ...], tuple[int, ...]]  # cuts in order; what holds below the first, and from each cut on

LEAST: Final = Decimal("1e-15")  # a double smaller than this (0 aside), or as great as the next, goes the long way
MOST: Final = Decimal("1e15")


def fifteen(number: float) -> Decimal:
    """The number that a double stands for."""
    return Decimal(format(number, ".15g"))


@lru_cache(65_536)
def first(threshold: Decimal, *, beyond: bool = False) -> float:
    """The least double whose number reaches a threshold, or lies beyond it."""
    reaches: Callable[[float], bool] = (lambda x: fifteen(x) > threshold) if beyond else (lambda x: fifteen(x) >= threshold)
    near = float(threshold)
    step = max(math.ulp(near), 5e-324)
    low = high = near
    while reaches(low):
        low, step = low - step, step * 2
    step = max(math.ulp(near), 5e-324)
    while not reaches(high):
        high, step = high + step, step * 2
    while True:
        middle = low + (high - low) / 2
        if middle in (low, high):
            return high
        if reaches(middle):
            high = middle
        else:
            low = middle


def steps(thresholds: Iterable[Decimal], what: Callable[[Decimal], int]) -> Steps:
    """What a column of doubles comes to, where ``what`` changes at thresholds alone."""
    at = sorted(set(thresholds))
    if not at:
        return (), (what(Decimal(2)),)
    cuts: list[float] = []
    found = [what(at[0] - 1)]
    for i, threshold in enumerate(at):
        between = (threshold + at[i + 1]) / 2 if i + 1 < len(at) else threshold + 1
        for cut, value in ((first(threshold), threshold), (first(threshold, beyond=True), between)):
            code = what(value)
            if code != found[-1]:
                if cuts and cuts[-1] == cut:  # no double stands for the threshold itself
                    found[-1] = code
                else:
                    cuts.append(cut)
                    found.append(code)
    return tuple(cuts), tuple(found)


@lru_cache(65_536)
def leaf_steps(leaf: Any) -> Steps:
    """What an indicator comes to over the numbers of a column."""
    return steps(p.bounds(leaf), lambda value: p.outcome(leaf, value))


def refused(thresholds: Iterable[Decimal], takes: Callable[[float], bool]) -> tuple[tuple[float, float], ...]:
    """The stretches of doubles that a column does not take as they are, each from its least to its greatest double."""
    odd = steps(
        {*thresholds, -MOST, -LEAST, Decimal(0), LEAST, MOST},
        lambda value: int(abs(value) >= MOST or 0 < abs(value) <= LEAST or not takes(float(value))),
    )
    cuts, codes = odd
    ends = (-math.inf, *cuts, math.inf)
    stretches = []
    for (start, end), code in zip(pairwise(ends), codes, strict=True):
        if code:
            stretches.append((start, end if end == math.inf else math.nextafter(end, -math.inf)))
    return tuple(stretches)


def number_of(value: Any) -> float | None:
    """A double that stands for an exact number; None where it has more digits than a double holds."""
    number = exact(value)
    double = float(number)
    return double if fifteen(double) == number else None
