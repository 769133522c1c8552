"""The list of instruments: each once, with days in order, and what it replaces or amends is on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.periods import ends_before_it_starts
from ntm_rules.loading.lints.sources import SEEN, unknown_instruments
from ntm_rules.loading.text.yaml_text import MAX_FILE, Parsed, Path_
from ntm_rules.model.instrument import Instrument
from ntm_rules.problems import nearest
from ntm_rules.values import Bilingual, SourceLevel


@dataclass(frozen=True, slots=True)
class Listed:
    """The instruments that a file lists, with those known to it from below."""

    own: tuple[Instrument, ...]
    below: Mapping[str, Instrument] = field(default_factory=dict)


def by_key(listed: tuple[Instrument, ...]) -> Mapping[str, Instrument]:
    """The instruments by their key."""
    return {instrument.instrument: instrument for instrument in listed}


def keys_alone(parsed: Parsed) -> tuple[Instrument, ...]:
    """The instruments of a list that is not right, each as far as its key: what is wrong there is told there, and accuses no other file."""
    rows = parsed.data.get("instruments") if isinstance(parsed.data, dict) else None
    keys = [_key_of(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if parsed.data is None:
        keys = list(_written(Path(parsed.file)))
    unknown = Bilingual("", "")
    return tuple(
        Instrument.model_construct(instrument=key, title=unknown, issuer=unknown, level=SourceLevel.MISSING)
        for key in keys
        if isinstance(key, str)
    )


def _key_of(row: dict[str, Any]) -> Any:
    """What stands in a row as its key, be the word «instrument» itself a slip."""
    return next((value for name, value in row.items() if nearest(name, ("instrument",))), None)


def _written(path: Path) -> Iterator[str]:
    """What stands behind ``instrument:`` in the lines of a file that is no YAML."""
    try:
        with path.open("rb") as file:
            lines = file.read(MAX_FILE).decode("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        name, _, rest = line.strip().lstrip("-{ \t").partition(":")
        if name == "instrument":
            yield min((rest.partition(end)[0] for end in ",}#"), key=len).strip("\"' ")


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


def _unseen(listed: Listed) -> Iterator[Finding]:
    for i, instrument in enumerate(listed.own):
        if instrument.level in SEEN and not instrument.seen:
            yield at(("instruments", i, "level"), level=instrument.level)


TWICE = Lint("NTM-214", _twice, "instrument: ¦1/QĐ-TTg, title: {vi: B", "instrument: 2/QĐ-TTg, title: {vi: B")
PERIOD = Lint("NTM-220", _periods, "in_force: {from: 2024-01-01, until: ¦2023-12-31}", "in_force: {from: 2024-01-01, until: 2024-12-31}")
UNKNOWN = Lint("NTM-215", _unknown, "amends: [¦1/QD-TTg]", "amends: [1/QĐ-TTg]")
UNSEEN = Lint("NTM-218", _unseen, "level: ¦official, issued", "level: recalled, issued")
