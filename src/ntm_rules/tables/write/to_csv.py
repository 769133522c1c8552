"""CSV, as a spreadsheet opens it: UTF-8 with its mark, and no cell that runs."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.tables.results import Result
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.safe import disarmed
from ntm_rules.tables.write.tabular import headings, record
from ntm_rules.tables.write.writer import Writer
from ntm_rules.values import Lang


class CsvWriter(Writer):
    """Results as CSV; problems of whole tables have no row."""

    def __init__(self, stream: TextIO, rules: RuleSet, lang: Lang) -> None:
        super().__init__(rules, lang)
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(headings(rules, lang))

    def write(self, result: Result) -> None:
        """Write one row."""
        self._rows.writerow([disarmed(cell) for cell in record(result, self.rules, self.lang)])


@contextlib.contextmanager
def results(path: Path, rules: RuleSet, lang: Lang) -> Iterator[Writer]:
    """Results under one row of headings."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        yield CsvWriter(stream, rules, lang)


def report(path: Path, told: Report, lang: Lang) -> None:
    """The tables of a report, one below the other, an empty row between."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        for index, section in enumerate(told.sections):
            if index:
                rows.writerow([])
            lines = ([section.title] if section.title else [], section.headings, *section.texts(lang))
            rows.writerows([disarmed(cell) for cell in line] for line in lines if line)
