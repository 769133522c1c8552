"""What is on record: every edition and overlay with its days, its instrument, how well its figures are founded, its examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.decide.choose import load
from ntm_rules.figures.annex import annex
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import read_file
from ntm_rules.model.examples import Examples
from ntm_rules.problems import NtmError
from ntm_rules.values import Bilingual, SourceLevel


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of the catalogue.

    Attributes:
        kind: ``ruleset``, or the kind of overlay.
        id: its name.
        title: in both languages.
        version: of the encoding.
        instrument: the decision it encodes.
        start: first day in force, if known.
        until: last day in force; None while it runs.
        subject: what it judges; empty for overlays.
        criteria: how many criteria (of an edition that scores: score sheets); 0 for overlays.
        indicators: how many indicators (scored criteria); 0 for overlays.
        levels: how many figures at each source level (of an overlay: of its edition with the overlay applied, so left out).
        examples: how many examples stand beside it.
        in_force: whether it is in force on the day asked for; None without a day, or where its days are not known.
    """

    kind: str
    id: str
    title: Bilingual
    version: str
    instrument: str
    start: date | None
    until: date | None
    subject: str
    criteria: int
    indicators: int
    levels: Mapping[SourceLevel, int]
    examples: int
    in_force: bool | None

    def as_dict(self) -> dict[str, Any]:
        """The entry as plain data."""
        return {
            "kind": self.kind,
            "id": self.id,
            "title": {"vi": self.title.vi, "en": self.title.en},
            "version": self.version,
            "instrument": self.instrument,
            "from": self.start and self.start.isoformat(),
            "until": self.until and self.until.isoformat(),
            "subject": self.subject,
            "criteria": self.criteria,
            "indicators": self.indicators,
            "figures": {level.value: self.levels.get(level, 0) for level in SourceLevel} if self.levels else {},
            "examples": self.examples,
            "in_force": self.in_force,
        }


def inventory(catalogue: Catalogue, on: date | None = None) -> tuple[Listed, ...]:
    """Every document that can be read; what cannot is in ``catalogue.problems`` or raised by ``check``.

    Args:
        catalogue: the folder of rulesets.
        on: a day, to say of each document whether it is in force then.
    """
    found = []
    for entry in catalogue.rulesets.values():
        try:
            rules = load(entry.id, catalogue=catalogue)
        except NtmError as error:
            catalogue.problems.extend(problem for problem in error.problems if problem not in catalogue.problems)
            continue
        levels = Counter(row.level for row in annex(rules))
        words = (rules.kind, len(rules.criteria), rules.document.numbered, levels)
        if rules.sheets is not None:
            words = (rules.kind, len(rules.scores.product_sets), len(rules.inputs), levels)
        found.append(_listed(entry, "ruleset", rules.title, rules.document.instrument, words, on))
    for entry in catalogue.overlays.values():
        try:
            overlay = catalogue.overlay(entry.id)
        except NtmError as error:
            catalogue.problems.extend(problem for problem in error.problems if problem not in catalogue.problems)
            continue
        found.append(_listed(entry, overlay.kind, overlay.title, overlay.instrument, ("", 0, 0, {}), on))
    return tuple(found)


def _listed(
    entry: Entry, kind: str, title: Bilingual, instrument: str, words: tuple[str, int, int, Mapping[SourceLevel, int]], on: date | None
) -> Listed:
    period = entry.in_force
    known = period.start is not None or period.until is not None
    in_force = period.covers(on) if on is not None and known else None
    beside = build(Examples, read_file(entry.path.parent / "examples.yaml"))
    examples = len(beside.examples) if beside else 0
    return Listed(kind, entry.id, title, entry.version, instrument, period.start, period.until, *words, examples, in_force)
