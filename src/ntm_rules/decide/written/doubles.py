"""Rows of a table that are about one unit in one year, however its code or name is written there."""

from __future__ import annotations

import re
from typing import Any, Final

from ntm_rules.decide.written.rows import Draft
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Problem

_NOTED: Final = re.compile(r"\s*(?:\*+|\(\*+\)|\(\d\))$")  # the mark of a footnote
_ZEROS: Final = re.compile(r"^0+(?=\d+$)")  # that a spreadsheet drops


def unique(drafts: list[Draft]) -> list[Draft]:
    """The drafts, with a problem on each of those that are about one subject in one year."""
    by_key: dict[tuple[str, Any], list[Draft]] = {}
    for draft in drafts:
        if draft.id:
            key = _ZEROS.sub("", sounded(_NOTED.sub("", draft.id)))
            by_key.setdefault((key, draft.attributes.get("year")), []).append(draft)
    for same in by_key.values():
        if len(same) > 1:
            words = {"id": same[0].id, "count": len(same), "rows": ", ".join(str(draft.number) for draft in same)}
            for draft in same:
                draft.problems.append(Problem("NTM-505", draft.place, words))
    return drafts
