"""Who is nearest to a target, and the least that must be raised for it."""

from __future__ import annotations

from ntm_rules.planning.least import Candidate, Plan, Step, candidate_of, candidate_of_count, make_plan
from ntm_rules.planning.targets import Target, against_targets

__all__ = [
    "Candidate",
    "Plan",
    "Step",
    "Target",
    "against_targets",
    "candidate_of",
    "candidate_of_count",
    "make_plan",
]
