"""Parquet, as programs read results: the columns of the CSV, whole numbers as numbers, nothing where there is nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.grid import needs
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.tabular import WHOLE, headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang


class ParquetWriter(Writer):
    """Results as Parquet; problems of whole tables have no row. Types do not depend on the rows."""

    def __init__(self, path: Path, polars: Any, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._scratch = path
        self._polars = polars
        self._rows: list[list[Any]] = []

    def write(self, result: Result) -> None:
        """Keep one row: a column is written in one piece."""
        self._rows.append([None if cell == "" else cell for cell in record(result, self.rules, self.lang)])

    def finish(self) -> None:
        """Write all rows."""
        names = headings(self.rules, self.lang)
        types = {name: self._polars.Int64 if place in WHOLE else self._polars.String for place, name in enumerate(names)}
        self._polars.DataFrame(self._rows, schema=types, orient="row").write_parquet(self._scratch)


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """Results as one table; the file is written at the end."""
    yield ParquetWriter(path, needs("polars", "frames"), rules, lang)
