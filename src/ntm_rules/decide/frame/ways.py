"""The ways in which rows can differ before their values are looked at: each combination of attributes that occurs has a program of its own.

The programs are the core's, compiled by the core, so redirects, conditions of application, open columns and accepted levels are decided
where they always are. What differs between them is written into small tables with a place for each way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np

from ntm_rules.decide.engine.criteria import Criteria
from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.frame.readings import Attributes
from ntm_rules.model.subject import Subject
from ntm_rules.problems import SubjectError
from ntm_rules.values import SourceLevel

_DENSE: Final = 1 << 22  # keys for which a table is quicker than sorting


@dataclass(frozen=True, slots=True)
class Ways:
    """Programs, and which of them each row is judged by.

    Attributes:
        rows: the place of the program of each row; that of any, where the row is aside.
        programs: one for each combination of attributes that occurs.
        known: what each of them knows of the attributes.
        aside: the rows with attributes that cannot be taken; None where there are none.
    """

    rows: Any
    programs: Sequence[Any]
    known: Sequence[Mapping[str, Any]]
    aside: Any


def ways_of(rules: Judging, stated: Mapping[str, Attributes], shared: Mapping[str, Any], accept: SourceLevel, height: int) -> Ways:
    """The ways of a frame, from the attributes that its columns and constants state."""
    rows: Any = np.zeros(height, np.int64)
    combinations: list[tuple[int, ...]] = [()]
    aside = None
    for one in stated.values():
        if one.places.size and one.places.min() < 0:
            aside = (one.places < 0) if aside is None else aside | (one.places < 0)
        size = len(one.values) + 1
        found, rows = _occurring(rows * size + (one.places + 1), len(combinations) * size)
        combinations = [(*combinations[key // size], key % size) for key in found.tolist()]
    programs, known, wrong = _compiled(rules, stated, shared, accept, combinations)
    if wrong.any():
        refused = wrong[rows]
        aside = refused if aside is None else aside | refused
    return Ways(rows, programs, known, aside)


def _occurring(keys: Any, space: int) -> tuple[Any, Any]:
    """The distinct of some keys below ``space``, in order, and the place of each among them."""
    if space > _DENSE:
        return np.unique(keys, return_inverse=True)
    occurs = np.zeros(space, bool)
    occurs[keys] = True
    found = np.flatnonzero(occurs)
    table = np.zeros(space, np.int64)
    table[found] = np.arange(len(found))
    return found, table[keys]


@lru_cache(4096)
def _program(rules: Judging, accept: SourceLevel, given: tuple[tuple[str, type, Any], ...]) -> Any:
    """The program of a combination of attributes, and what it knows of them; None where they cannot be taken."""
    subject = {"id": "–", "kind": rules.kind, "attributes": {name: value for name, _, value in given}}
    try:
        return cast(Criteria, rules.method).program(Subject.read(subject), accept)
    except SubjectError:
        return None


def _compiled(
    rules: Judging,
    stated: Mapping[str, Attributes],
    shared: Mapping[str, Any],
    accept: SourceLevel,
    combinations: Sequence[tuple[int, ...]],
) -> tuple[list[Any], list[Mapping[str, Any]], Any]:
    made: list[Any] = []
    wrong = np.zeros(len(combinations), bool)
    for place, parts in enumerate(combinations):
        given = dict(shared)
        for (name, one), part in zip(stated.items(), parts, strict=True):
            value = one.values[part - 1] if part else None
            if value is None:
                given.pop(name, None)
            else:
                given[name] = value
        made.append(_program(rules, accept, tuple((name, value.__class__, value) for name, value in given.items())))
        wrong[place] = 0 in parts or made[-1] is None
    usable = next((one for one in made if one is not None), None)
    both = [one or usable for one in made]
    return [one and one[0] for one in both], [{} if one is None else one[1] for one in both], wrong
