"""Many what-ifs over one frame: the frame is read and its headings found once, and every changed text is asked of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.frame import answers
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.asked import Asked
from ntm_rules.decide.frame.decider import Decider
from ntm_rules.decide.frame.intake import as_read

_COUNTED: Final = ("gains", "loses", "undecided", "fails")
_WORDS: Final = pl.Series([*_COUNTED, "same", None], dtype=pl.String)
_SAME: Final = len(_COUNTED)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """What changes would do to the units of a frame. Both frames are of the library of the frame given.

    Attributes:
        units: one row a scenario and unit, in the order given: ``scenario``, ``id``, ``name``, ``before``, ``outcome``, ``move``,
            ``criteria_met``. ``move`` is ``gains`` (comes to be met), ``loses`` (was met, is not), ``undecided`` (was decided, is open),
            ``fails`` (was open, is not met), or ``same``; nothing where the unit cannot be decided.
        summary: one row a scenario: ``scenario``, ``units``, ``met``, ``undetermined``, how many ``gains``, ``loses``, ``undecided``,
            ``fails``, and ``problems``: the units that cannot be decided.
    """

    units: Any
    summary: Any


def run_scenarios(asked: Asked, frame: Any, variants: Sequence[tuple[str, Judging]]) -> Scenarios:
    """Decide a frame under a text and under every variant of it."""
    eager, plain, index = as_read(asked, frame)
    header, shared = asked.header(tuple(str(name) for name in plain.columns))
    first = Decider(asked, plain, header, shared)
    base = first.columns()
    first.tell_provinces()
    first.tell_units()
    before = base["outcome"].codes
    parts: list[dict[str, Any]] = []
    for _, rules in variants:
        own = replace(asked, rules=rules)
        same = all(getattr(rules, asks) == getattr(asked.rules, asks) for asks in ("inputs", "attributes", "declared", "kind"))
        found = (header, shared) if same else own.header(tuple(str(name) for name in plain.columns))
        decider = Decider(own, plain, *found)
        decider.read = first.read if same else None
        columns = decider.columns()
        parts.append({"outcome": columns["outcome"].codes, "criteria_met": columns["criteria_met"].numbers})
    names = [name for name, _ in variants]
    height, times = len(before), len(parts)
    outcome, met = (np.concatenate([one[key] for one in parts]) if parts else before[:0] for key in ("outcome", "criteria_met"))
    was = np.tile(before, times)
    move = _moves(was, outcome)
    which = pl.Series(np.repeat(np.arange(times), height))
    places = np.tile(np.arange(height), times)
    units = {
        "scenario": pl.Series(names, dtype=pl.String).gather(which),
        "id": base["id"].gather(places),
        "name": base["name"].gather(places),
        "before": answers.Codes(was),
        "outcome": answers.Codes(outcome),
        "move": _WORDS.gather(move),
        "criteria_met": answers.Counts(met.astype(np.int64)),
    }
    told = {"units": np.full(times, height), "met": _count(outcome == p.MET, times)}
    told["undetermined"] = _count(outcome == p.UNDETERMINED, times)
    told |= {word: _count(move == place, times) for place, word in enumerate(_COUNTED)}
    told["problems"] = _count(outcome == answers.NONE, times)
    summary = {"scenario": pl.Series(names, dtype=pl.String), **{name: answers.Counts(numbers) for name, numbers in told.items()}}
    repeated = None if index is None else index.take(places)
    kind = eager.implementation
    return Scenarios(answers.to_frame(units, kind, repeated), answers.to_frame(summary, kind, None))


def _moves(before: Any, after: Any) -> Any:
    """What becomes of each unit, as the place of its word."""
    undecided = (after == p.UNDETERMINED) & (before != p.UNDETERMINED)
    gains, loses = (after == p.MET) & (before != p.MET), (after != p.MET) & (before == p.MET)
    fails = (after == p.NOT_MET) & (before == p.UNDETERMINED)
    nothing = (after == answers.NONE) | (before == answers.NONE)
    return np.select([nothing, gains, undecided, loses, fails], [_SAME + 1, 0, 2, 1, 3], _SAME)


def _count(found: Any, times: int) -> Any:
    return found.reshape(times, -1).sum(axis=1) if times else np.zeros(0, np.int64)
