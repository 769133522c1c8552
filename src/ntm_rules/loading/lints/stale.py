"""Words that say that a figure was not found, beside a figure that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.model.figures import figures_of
from ntm_rules.values import Bilingual

_WORDS: Final = ("chưa tìm thấy", "chưa tìm được", "has not been found", "have not been found", "figure has not been seen")


def said(note: Bilingual | None) -> str | None:
    """The words of a note that say so."""
    return next((word for word in _WORDS if note is not None and word in f"{note.vi} {note.en}".lower()), None)


def _stale(walk: Walk) -> Iterator[Finding]:
    for placed in walk.figures:
        if placed.of_law and placed.figure.is_known and (word := said(placed.figure.note)):
            yield at((*placed.path, "note"), got=word)
    for path, indicator in walk.indicators:
        if indicator.operators and all(figure.is_known for _, figure in figures_of(indicator.bound)):
            for where, note in ((("note",), indicator.note), (("source", "note"), indicator.source.note if indicator.source else None)):
                if word := said(note):
                    yield at((*path, *where), got=word)


def _stale_notes(overlaid: Overlaid) -> Iterator[Finding]:
    """Notes of a whole text, all of whose changes bring their figures."""
    changes = [change.fields for change in overlaid.document.changes if change.set is not None]
    if changes and not any(_open(fields) for fields in changes):
        for i, note in enumerate(overlaid.document.notes):
            if word := said(note):
                yield at(("notes", i), got=word)


def _open(given: Any) -> bool:
    """Whether something below has no figure yet."""
    if isinstance(given, dict):
        return "missing" in given or "delegated" in given or any(_open(value) for value in given.values())
    return given in ("missing", "delegated")


STALE = Lint(
    "NTM-253",
    _stale,
    "at_least: {value: 5, level: recalled, note: ¦{vi: Mức chưa tìm thấy, en: not found}}",
    "at_least: {value: 5, level: recalled}",
    Level.WARNS,
)
NOTES = Lint(
    "NTM-253",
    _stale_notes,
    "instrument: 3/QĐ-UBND (Kon Tum)\nnotes: [¦{vi: Quyết định của tỉnh chưa tìm thấy, en: It has not been found}]",
    "instrument: 3/QĐ-UBND (Kon Tum)",
    Level.WARNS,
)
