"""Run by ``make wheel`` in an empty environment that holds the built wheel and its declared dependencies, nothing else.

It answers one question: does what we ship work without the source tree beside it?
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import ntm_rules as ntm

package = Path(ntm.__file__).resolve().parent
assert package.is_relative_to(Path(sys.prefix).resolve()), f"imported from {package}, not from the wheel"
assert (package / "py.typed").is_file(), "the wheel has no py.typed"
assert (package / "_rulesets" / "instruments.yaml").is_file(), "the wheel has no rulesets"
assert list((package / "_schemas").glob("*.schema.json")), "the wheel has no schemas"

extras = {"typer", "rich", "openpyxl", "polars", "narwhals", "durable", "z3", "mkdocs"} & sys.modules.keys()
assert not extras, f"importing the library imports extras: {sorted(extras)}"

rules = ntm.load("commune-ntm/2021-2025", on=date(2024, 6, 30), province="kon-tum")
subject = ntm.Subject(
    id="23311",
    name="Đắk Cấm",
    kind="commune",
    attributes={"province": "kon-tum", "region": "tay-nguyen", "year": 2024, "area": "I"},
    values={"10.1": "50", "17.1": ntm.Unknown("chưa khảo sát")},
    attested={"19": True},
)
decision = rules.evaluate(subject)
assert decision.outcome == "undetermined", decision.outcome
assert decision["19"].outcome == "met", decision["19"].outcome
assert ntm.Decision.from_json(decision.to_json()).verify(), "the stored decision does not verify"

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
print(f"ntm-rules {version('ntm-rules')} from its wheel: {rules.id}, {subject.name}: {decision.outcome}")
