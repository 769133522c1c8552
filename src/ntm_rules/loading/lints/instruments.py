"""The list of instruments: each once, with days in order, and what it replaces or amends is on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.periods import ends_before_it_starts
from ntm_rules.loading.lints.sources import unknown_instruments
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Listed:
    """The instruments that a file lists, with those known to it from below."""

    own: tuple[Instrument, ...]
    below: Mapping[str, Instrument] = field(default_factory=dict)


def by_key(listed: tuple[Instrument, ...]) -> Mapping[str, Instrument]:
    """The instruments by their key."""
    return {instrument.instrument: instrument for instrument in listed}


def _twice(listed: Listed) -> Iterator[Finding]:
    seen: set[str] = set()
    for i, instrument in enumerate(listed.own):
        if instrument.instrument in seen:
            yield at(("instruments", i, "instrument"), got=instrument.instrument)
        seen.add(instrument.instrument)


def _periods(listed: Listed) -> Iterator[Finding]:
    for i, instrument in enumerate(listed.own):
        yield from ends_before_it_starts(instrument.in_force, ("instruments", i, "in_force"))


def _unknown(listed: Listed) -> Iterator[Finding]:
    named: list[tuple[Path_, str | None]] = []
    for i, instrument in enumerate(listed.own):
        for key in ("replaces", "amends"):
            named += [(("instruments", i, key, j), name) for j, name in enumerate(getattr(instrument, key))]
    yield from unknown_instruments(named, {**by_key(listed.own), **listed.below})


TWICE = Lint("NTM-214", _twice, "instrument: ¦1/QĐ-TTg, title: {vi: B", "instrument: 2/QĐ-TTg, title: {vi: B")
PERIOD = Lint("NTM-220", _periods, "in_force: {from: 2024-01-01, until: ¦2023-12-31}", "in_force: {from: 2024-01-01, until: 2024-12-31}")
UNKNOWN = Lint("NTM-215", _unknown, "amends: [¦1/QD-TTg]", "amends: [1/QĐ-TTg]")
