"""Shared by the tests of tables: one ruleset, and makers of files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import ntm_rules as ntm
from ntm_rules.tables.read.table import Table, read_table

Maker = Callable[..., Table]
SHARED = {"region": "tay-nguyen", "year": 2024, "area": "I"}


@pytest.fixture(scope="session")
def rules() -> ntm.RuleSet:
    return ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))


@pytest.fixture
def from_csv(tmp_path: Path, rules: ntm.RuleSet) -> Maker:
    def make(text: str, encoding: str = "utf-8", **options: Any) -> Table:
        path = tmp_path / "bang.csv"
        path.write_bytes(text.encode(encoding))
        return read_table(path, rules, **{"constants": SHARED, **options})

    return make


@pytest.fixture
def from_book(tmp_path: Path, rules: ntm.RuleSet) -> Maker:
    def make(rows: list[list[Any]], touch: Callable[[Any], None] | None = None, **options: Any) -> Table:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Sheet1"
        for row in rows:
            sheet.append(row)
        if touch is not None:
            touch(sheet)
        path = tmp_path / "bang.xlsx"
        book.save(path)
        return read_table(path, rules, **{"constants": SHARED, **options})

    return make


def codes(table: Table) -> list[str]:
    return [problem.code for problem in table.all_problems]


@pytest.fixture(name="codes")
def _codes() -> Callable[[Table], list[str]]:
    return codes
