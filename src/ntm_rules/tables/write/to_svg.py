"""The picture of a report alone."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.tables.write.listing import Report
from ntm_rules.values import Lang


def report(path: Path, told: Report, lang: Lang) -> None:
    """The drawing of a report that has one."""
    path.write_text(told.picture, "utf-8", newline="\n")
