"""Whole tables in the page: this library under Pyodide. The worker finds :class:`Dropped` here."""

from __future__ import annotations

from ntm_rules.site.workbench.dropped import Dropped

__all__ = ["Dropped"]
