"""Every lint, by the kind of file that it looks at, and the view that it is given.

A new one is a file (or a few lines in one), one line here, and the wording of its code in :mod:`ntm_rules.messages`; its right text stands
in the model file of ``tests/loading/test_lints.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntm_rules.loading.lints import (
    combinations,
    conditions,
    copied,
    dimensions,
    figures,
    fractions,
    instruments,
    left_out,
    loosening,
    measures,
    names,
    noted,
    nowhere,
    operators,
    overlays,
    periods,
    provinces,
    revocation,
    ruleset,
    sealed,
    sheets,
    sources,
    spelling,
    stale,
    star_classes,
    tables,
    transition,
    weaker,
)
from ntm_rules.loading.lints.instruments import Listed
from ntm_rules.loading.lints.lint import Level, Lint
from ntm_rules.loading.lints.loosening import Applied
from ntm_rules.loading.lints.overlays import Overlaid
from ntm_rules.loading.lints.provinces import Units
from ntm_rules.loading.lints.revocation import Revoking
from ntm_rules.loading.lints.sheets import Scored
from ntm_rules.loading.lints.transition import Carrying
from ntm_rules.loading.lints.walk import Walk

RULESET: tuple[Lint[Walk], ...] = (
    names.NAME,
    names.SET_VERSION,
    names.NUMBER,
    names.TWICE,
    periods.PERIOD,
    sources.INSTRUMENT,
    sources.WITHOUT,
    sources.MISSING,
    sources.UNSEEN,
    operators.ONE,
    operators.FITS,
    combinations.COUNT,
    measures.WHERE,
    measures.STATUS,
    measures.UNIT,
    figures.SHAPE,
    figures.ALLOWED,
    figures.NUMBER,
    figures.COMMA,
    figures.RANGE,
    figures.THOUSAND,
    tables.DECLARED,
    tables.KEY,
    tables.DEPTH,
    dimensions.REGION,
    dimensions.REDIRECT,
    conditions.ATTRIBUTE,
    ruleset.EMPTY,
    ruleset.PRESUMED,
    ruleset.CONDITIONS,
    fractions.FRACTION,
    weaker.WEAKER,
    stale.STALE,
    copied.COPIED,
    copied.CUT,
    sources.UNPLACED,
    left_out.COLUMNS,
)
SCORE: tuple[Lint[Walk], ...] = (star_classes.BANDS,)  # of a set that scores
OVERLAY: tuple[Lint[Overlaid], ...] = (
    overlays.NAME,
    overlays.VERSION,
    overlays.PERIOD,
    overlays.INSTRUMENT,
    overlays.EDITION,
    overlays.PROVINCE,
    overlays.ONE_KIND,
    overlays.TWICE,
    overlays.DAY,
    overlays.OUTLIVES,
    overlays.HOME,
    stale.NOTES,
)
CERTIFICATE: tuple[Lint[Overlaid], ...] = (sealed.HALF, sealed.SEAL, sealed.BEFORE)
PROVINCIAL: tuple[Lint[Applied], ...] = (loosening.KEY, loosening.WEAKER, loosening.IDLE)
SHEET: tuple[Lint[Scored], ...] = (
    sheets.FILED,
    sheets.INSTRUMENT,
    sheets.WITHOUT,
    sheets.UNSEEN,
    sheets.EXCLUSION,
    sheets.EMPTY,
    sheets.PART,
    sheets.SUM,
    sheets.TWICE,
    sheets.STATED,
    sheets.SCORED,
    sheets.MARK,
    sheets.FALLING,
)
REVOCATION: tuple[Lint[Revoking], ...] = (
    revocation.PERIOD,
    revocation.INSTRUMENT,
    revocation.WITHOUT,
    revocation.UNSEEN,
    revocation.NUMBER,
    revocation.SHARE,
    revocation.KEY,
)
TRANSITION: tuple[Lint[Carrying], ...] = (transition.EDITION, transition.NUMBER, transition.ALIKE, transition.TWICE)
INSTRUMENTS: tuple[Lint[Listed], ...] = (instruments.TWICE, instruments.PERIOD, instruments.UNKNOWN, instruments.UNSEEN)
PROVINCES: tuple[Lint[Units], ...] = (
    provinces.SLUG,
    provinces.REGION,
    provinces.PERIOD,
    provinces.SUCCESSOR,
    provinces.TWICE,
)
TEXT: tuple[Lint[Any], ...] = (spelling.SPELLING, noted.NOTES, nowhere.SEEN)  # of the data of any file, whatever it is about

LINTS: Mapping[str, tuple[Lint[Any], ...]] = {
    "ruleset": RULESET,
    "score": SCORE,
    "overlay": OVERLAY,
    "certificate": CERTIFICATE,
    "provincial": PROVINCIAL,
    "sheet": SHEET,
    "revocation": REVOCATION,
    "transition": TRANSITION,
    "instruments": INSTRUMENTS,
    "provinces": PROVINCES,
    "text": TEXT,
}
WARNINGS = frozenset(lint.code for lints in LINTS.values() for lint in lints if lint.level is Level.WARNS)
