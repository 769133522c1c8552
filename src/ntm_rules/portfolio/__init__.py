"""Many subjects at once: tables read, every row decided, results written; published figures, targets, plans and transitions."""

from __future__ import annotations

from ntm_rules.loading.transition import find_mapping
from ntm_rules.portfolio.aggregates import Aggregate, Claim, of_day, read_claims, read_series
from ntm_rules.portfolio.annex import AnnexRow, annex
from ntm_rules.portfolio.consistency import Check, check_claims, check_series, refuted
from ntm_rules.portfolio.inventory import Listed, inventory
from ntm_rules.portfolio.plan import Candidate, Plan, candidate_of, candidate_of_count, make_plan
from ntm_rules.portfolio.published import Comparison, compare_published
from ntm_rules.portfolio.register_files import RegisterFile, read_register, read_units
from ntm_rules.portfolio.results import Result, evaluate_table, evaluate_tables
from ntm_rules.portfolio.statistics import Statistic, statistics
from ntm_rules.portfolio.table import Row, Table, read_table
from ntm_rules.portfolio.targets import Target, against_targets
from ntm_rules.portfolio.transition import Change, Move, transition
from ntm_rules.portfolio.write import results_writer, write_results

__all__ = [
    "Aggregate",
    "AnnexRow",
    "Candidate",
    "Change",
    "Check",
    "Claim",
    "Comparison",
    "Listed",
    "Move",
    "Plan",
    "RegisterFile",
    "Result",
    "Row",
    "Statistic",
    "Table",
    "Target",
    "against_targets",
    "annex",
    "candidate_of",
    "candidate_of_count",
    "check_claims",
    "check_series",
    "compare_published",
    "evaluate_table",
    "evaluate_tables",
    "find_mapping",
    "inventory",
    "make_plan",
    "of_day",
    "read_claims",
    "read_register",
    "read_series",
    "read_table",
    "read_units",
    "refuted",
    "results_writer",
    "statistics",
    "transition",
    "write_results",
]
