"""Where a figure comes from: an instrument on record, a level, and where it was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.figures import Source
from ntm_rules.model.instrument import Instrument
from ntm_rules.problems import nearest
from ntm_rules.values import SourceLevel

SEEN = (SourceLevel.PUBLISHED, SourceLevel.OFFICIAL)  # levels that claim somebody read it


def unknown_instruments(given: Iterable[tuple[Path_, str | None]], known: Mapping[str, Instrument]) -> Iterator[Finding]:
    """Every instrument named is in instruments.yaml."""
    for path, key in given:
        if key is not None and key not in known:
            yield at(path, got=key, guess=nearest(key, known))


def unsourced(given: Iterable[tuple[Path_, Source]]) -> Iterator[Finding]:
    """What sets something says how far it was checked."""
    return (at(path) for path, source in given if source.level is None)


def unseen(given: Iterable[tuple[Path_, Source]]) -> Iterator[Finding]:
    """What claims to have been read says where."""
    return (at(path, level=source.level) for path, source in given if source.level in SEEN and not source.seen)


def _named(walk: Walk) -> Iterator[tuple[Path_, str | None]]:
    yield ("instrument",), walk.document.instrument
    yield from (((*path, "instrument"), source.instrument) for path, source in walk.sources)
    yield from (((*placed.path, "instrument"), placed.figure.instrument) for placed in walk.figures if placed.of_law)


def levels(walk: Walk) -> Iterator[tuple[Path_, SourceLevel | None, tuple[str, ...]]]:
    """Every known figure of the law with the level it has and where it was seen, its own or its indicator's."""
    for placed in walk.figures:
        if placed.of_law and placed.figure.is_known:
            figure, source = placed.figure, placed.source or Source()
            yield placed.path, figure.level or source.level, figure.seen or source.seen


def _without(walk: Walk) -> Iterator[Finding]:
    yield from (at(path) for path, level, _ in levels(walk) if level is None)
    yield from unsourced((path, source) for path, source in walk.sources if "redirect" in path)


def _missing(walk: Walk) -> Iterator[Finding]:
    return (at(path) for path, level, _ in levels(walk) if level is SourceLevel.MISSING)


def _unseen(walk: Walk) -> Iterator[Finding]:
    return (at(path, level=level) for path, level, seen in levels(walk) if level in SEEN and not seen)


def _unplaced(walk: Walk) -> Iterator[Finding]:
    """What somebody read in the signed text without saying where in it."""
    for placed in walk.figures:
        source = placed.figure.source_within(placed.source, walk.document.instrument)
        if placed.of_law and source.level is SourceLevel.OFFICIAL and not source.at:
            yield at(placed.path)


INSTRUMENT = Lint[Walk](
    "NTM-215", lambda walk: unknown_instruments(_named(walk), walk.instruments), "instrument: ¦1/QD-TTg", "instrument: 1/QĐ-TTg"
)
WITHOUT = Lint("NTM-210", _without, "at_least: ¦5", "at_least: {value: 5, level: recalled}")
MISSING = Lint("NTM-219", _missing, "at_least: ¦{value: 5, level: missing}", "at_least: {value: 5, level: recalled}")
UNSEEN = Lint("NTM-218", _unseen, "at_least: ¦{value: 5, level: official}", "at_least: {value: 5, level: recalled}")
UNPLACED = Lint(
    "NTM-257",
    _unplaced,
    "at_least: ¦{value: 5, level: official, seen: [bản ký]}",
    "at_least: {value: 5, level: recalled}",
    Level.WARNS,
)
