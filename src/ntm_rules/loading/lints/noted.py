"""The notes beside a text: findings accepted with a reason, days to look again; each written so that it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.text.notes import ACCEPTED, notes_of

_CODE: Final = re.compile(r"NTM-\d{3}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FORM: Final = "{NTM-237: …}"


def day_in(given: Any) -> date | None:
    """The day that a note gives; None where it is none."""
    try:
        return date.fromisoformat(given) if isinstance(given, str) and _DAY.fullmatch(given) else None
    except ValueError:
        return None


def is_reason(code: str, reason: Any) -> bool:
    """Whether a code and the reason why its finding is accepted can be read."""
    return _CODE.fullmatch(code) is not None and isinstance(reason, str) and bool(reason.strip())


def _unreadable(data: Any) -> Iterator[Finding]:
    for note in notes_of(data):
        path = (*note.path, note.key)
        if note.key != ACCEPTED:
            if day_in(note.value) is None:
                yield at(path, key=note.key, got=str(note.value)[:60], expected="2027-12-31")
        elif not isinstance(note.value, dict):
            yield at(path, key=note.key, got=str(note.value)[:60], expected=_FORM)
        else:
            for code, reason in note.value.items():
                if not is_reason(code, reason):
                    yield at((*path, code), at_key=True, key=note.key, got=f"{code}: {reason}"[:60], expected=_FORM)


NOTES = Lint("NTM-250", _unreadable, "review_by: ¦31/12/2027", "review_by: 2027-12-31", Level.WARNS)
