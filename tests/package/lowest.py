"""Run with an installed wheel and the lowest versions of its extras: every module is imported, a table decided, a report written."""

from __future__ import annotations

import pkgutil
import sys
import tempfile
from contextlib import suppress
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import ntm_rules as ntm
from ntm_rules.cli import main

NAMES = [
    one.name
    for one in pkgutil.walk_packages(ntm.__path__, "ntm_rules.")
    if not one.name.startswith(("ntm_rules.monitor", "ntm_rules.__main__"))
]
for name in NAMES:
    import_module(name)
for package in ("docx", "mkdocs", "openpyxl", "polars", "python_calamine", "typer", "z3"):
    import_module(package)

import polars  # noqa: E402

rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30))
assert "outcome" in rules.evaluate_frame(polars.DataFrame({"id": ["1"], "10.1": ["44.5"]})).columns

table = Path(__file__).parents[2] / "examples" / "sample.xlsx"
with tempfile.TemporaryDirectory() as folder:
    for ending in ("xlsx", "docx", "html"):
        out = Path(folder) / f"report.{ending}"
        with suppress(SystemExit):
            main(["evaluate", str(table), "--set", "commune-ntm/2021-2025", "--on", "2024-06-30", "-o", str(out)])
        assert out.stat().st_size
asked = ("pydantic", "PyYAML", "typer", "openpyxl", "polars", "narwhals", "numpy", "python-docx", "z3-solver", "mkdocs")
sys.stderr.write(f"{len(NAMES)} modules imported with {', '.join(f'{name} {version(name)}' for name in asked)}\n")
