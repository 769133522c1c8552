"""The calculator on the pages: this library under Pyodide. The worker finds :func:`call` here."""

from __future__ import annotations

from ntm_rules.site.calculator.calculator import call

__all__ = ["call"]
