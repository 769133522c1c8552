"""A dataframe decided where it lies, by the same program that decides one subject."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ntm_rules.decide.written.grid import needs


def runner() -> Any:
    """What decides frames; the packages that it needs are imported here and nowhere before.

    Raises:
        MissingExtra: one of them is not installed.
    """
    for package in ("narwhals", "numpy", "polars"):
        needs(package, "frames")
    return import_module("ntm_rules.decide.frame.doors")
