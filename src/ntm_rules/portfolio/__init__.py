"""Many subjects at once: tables read from files, every row decided, results written, published verdicts compared."""

from __future__ import annotations

from ntm_rules.portfolio.annex import AnnexRow, annex
from ntm_rules.portfolio.inventory import Listed, inventory
from ntm_rules.portfolio.published import Comparison, compare_published
from ntm_rules.portfolio.results import Result, evaluate_table, evaluate_tables
from ntm_rules.portfolio.table import Row, Table, read_table
from ntm_rules.portfolio.write import results_writer, write_results

__all__ = [
    "AnnexRow",
    "Comparison",
    "Listed",
    "Result",
    "Row",
    "Table",
    "annex",
    "compare_published",
    "evaluate_table",
    "evaluate_tables",
    "inventory",
    "read_table",
    "results_writer",
    "write_results",
]
