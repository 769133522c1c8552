"""What was printed, against itself and against what can be counted."""

from __future__ import annotations

from ntm_rules.published.compare import Comparison, compare_published
from ntm_rules.published.consistency import Check, check_claims, check_series, refuted
from ntm_rules.published.statistics import Statistic, statistics
from ntm_rules.published.totals import Aggregate, Claim, of_day, read_claims, read_series

__all__ = [
    "Aggregate",
    "Check",
    "Claim",
    "Comparison",
    "Statistic",
    "check_claims",
    "check_series",
    "compare_published",
    "of_day",
    "read_claims",
    "read_series",
    "refuted",
    "statistics",
]
