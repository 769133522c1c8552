"""Every figure of the law as a row, in files that people edit."""

from __future__ import annotations

from ntm_rules.figures.annex import AnnexRow, annex
from ntm_rules.figures.inventory import Listed, inventory

__all__ = [
    "AnnexRow",
    "Listed",
    "annex",
    "inventory",
]
