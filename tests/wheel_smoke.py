"""Run by ``make wheel`` in an empty environment that holds the built wheel and its declared dependencies, nothing else.

It answers one question: does what we ship work without the source tree beside it?
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from importlib.metadata import metadata, version
from pathlib import Path

import ntm_rules as ntm

package = Path(ntm.__file__).resolve().parent
assert package.is_relative_to(Path(sys.prefix).resolve()), f"imported from {package}, not from the wheel"
assert (package / "py.typed").is_file(), "the wheel has no py.typed"
assert (package / "_rulesets" / "instruments.yaml").is_file(), "the wheel has no rulesets"
assert list((package / "_schemas").glob("*.schema.json")), "the wheel has no schemas"

extras = {"typer", "rich", "openpyxl", "polars", "narwhals", "durable", "z3", "mkdocs"} & sys.modules.keys()
assert not extras, f"importing the library imports extras: {sorted(extras)}"

told = metadata("ntm-rules")
asked_by_all = [line for line in told.get_all("Requires-Dist", []) if "extra == 'all'" in line]
assert asked_by_all, "the wheel has no extra «all»"
assert not [line for line in asked_by_all if "durable" in line], "«all» asks for what only a C compiler can install"
shown = str(told.get_payload() or told["Description"])
assert not re.search(r"\]\((?!https?:)", shown), "the description links to files that an index has not"

called = subprocess.run([sys.executable, "-I", "-m", "ntm_rules", "list"], capture_output=True, encoding="utf-8", check=False)
assert called.returncode == 2, "python -m ntm_rules without typer ends with 2"
assert "ntm-rules[cli]" in called.stderr, called.stderr

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
print(f"Python {sys.version.split()[0]}, ntm-rules {version('ntm-rules')} from its wheel: {rules.id}, {subject.name}: {decision.outcome}")
