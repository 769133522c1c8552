"""Which method judges a text."""

from __future__ import annotations

from typing import Any

from ntm_rules.decide.engine.criteria import Criteria
from ntm_rules.decide.engine.method import Method
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.loading.edition import Edition


def method_of(edition: Edition) -> Method[Any]:
    """By score sheets where the text has some, else by its criteria."""
    return Criteria(edition) if edition.sheets is None else Scores(edition, edition.sheets)
