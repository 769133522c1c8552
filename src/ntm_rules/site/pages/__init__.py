"""Every kind of page, one a file or a few lines in one. A new one is a file, and one line here."""

from __future__ import annotations

from typing import Final

from ntm_rules.site.kind import Kind
from ntm_rules.site.pages import (
    criterion,
    errors,
    home,
    instruments,
    overlays,
    play,
    provinces,
    questions,
    revocation,
    rulesets,
    sheets,
    unknown,
    whole_table,
)

# the first page leads to those with a card, in this order
_BELOW: Final[tuple[Kind, ...]] = (
    questions.LIST,
    questions.QUESTION,
    rulesets.LIST,
    rulesets.SET,
    criterion.CRITERION,
    sheets.SHEET,
    overlays.OVERLAY,
    instruments.LIST,
    instruments.INSTRUMENT,
    provinces.LIST,
    provinces.PROVINCE,
    revocation.REVOCATION,
    whole_table.TABLE,
    play.PLAYGROUND,
    unknown.UNKNOWN,
    errors.LIST,
    errors.ERROR,
)
KINDS: Final[tuple[Kind, ...]] = (home.home(_BELOW), *_BELOW)
