"""What those who keep a file write beside its content: a finding that they accept, with the reason, and a day to look again.

No part of the law: decisions, hashes and published versions do not know of it, so it may be written beside a version that is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.instrument import Instruments
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.revocation import RevocationDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import SharedCriteria, Sheet

ACCEPTED: Final = "accepted"
REVIEW_BY: Final = "review_by"
KEYS: Final = (ACCEPTED, REVIEW_BY)
NOTED: Final = frozenset({RuleSetDocument, OverlayDocument, Sheet, SharedCriteria, Instruments, RevocationDocument})
"""The files that may carry notes, beside any part of them: those that state law."""


class Note(NamedTuple):
    """A note, with the part of the file that it is about."""

    path: Path_
    key: str
    value: Any


def notes_of(data: Any, path: Path_ = ()) -> Iterator[Note]:
    """Every note in a file."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in KEYS:
                yield Note(path, key, value)
            else:
                yield from notes_of(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from notes_of(value, (*path, i))


def without_notes(data: Any) -> Any:
    """The content alone; the same object where it carries no note."""
    return data if next(notes_of(data), None) is None else _bare(data)


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key not in KEYS}
    return [_bare(value) for value in data] if isinstance(data, list) else data
