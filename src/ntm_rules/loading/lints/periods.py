"""The days a document is in force."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.ruleset import Period


def ends_before_it_starts(period: Period, path: Path_) -> Iterator[Finding]:
    """A period does not end before it starts."""
    if period.start and period.until and period.until < period.start:
        yield at((*path, "until"), until=period.until, start=period.start)


PERIOD = Lint[Walk](
    "NTM-220",
    lambda walk: ends_before_it_starts(walk.document.in_force, ("in_force",)),
    "in_force: {from: 2024-01-01, until: ¦2023-12-31}",
    "in_force: {from: 2024-01-01, until: 2024-12-31}",
)
