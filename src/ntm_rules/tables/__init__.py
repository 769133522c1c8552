"""Many subjects at once: tables read, every row decided, results written."""

from __future__ import annotations

from ntm_rules.tables.read.table import Row, Table, read_table
from ntm_rules.tables.results import Result, evaluate_table, evaluate_tables
from ntm_rules.tables.write.open import results_writer, write_results

__all__ = [
    "Result",
    "Row",
    "Table",
    "evaluate_table",
    "evaluate_tables",
    "read_table",
    "results_writer",
    "write_results",
]
