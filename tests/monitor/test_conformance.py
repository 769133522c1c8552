"""The conformance cases at the door of the monitor: what is told of a unit fact by fact comes to the decision of the case.

Left out, and counted, is what a monitor cannot be told: drafts, another version of a shipped set than the one in force, lines that are
no subject, and a subject of no year under rules that look at the year, for a monitor knows what year it is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.monitor import Attestation, Measurement, Monitor, Unit
from ntm_rules.monitor.told import Told
from scripts import script

HERE = Path(__file__).parents[2] / "conformance"
LONG = os.environ.get("NTM_TRUST") == "1"
RUN = script(HERE / "run.py")
SUITES: dict[str, dict[str, Any]] = dict(RUN.suites())
SHORT = ("absences_1", "combinations_1", "operators_1", "scores_1", "tables_1_2024-07-01_kon-tum")
CATALOGUE = ntm.Catalogue(HERE / "rulesets", on_top_of=ntm.Catalogue())
EARLIER = {"NTM-222", "NTM-855"}  # refused before there is a subject: an outcome of no number, a unit of another kind
NO_DAY = date(2025, 1, 1)  # of a set of which no day is known


def day_of(suite: dict[str, Any]) -> date:
    """The day that decides the cases of a file; where none is said, the first on which everything is in force that they are decided by."""
    if suite["on"]:
        return date.fromisoformat(suite["on"])
    rules = ntm.load(suite["set"], catalogue=CATALOGUE)
    applied = [CATALOGUE.overlays[layer.id] for layer in rules.layers if layer.applied and layer.id in CATALOGUE.overlays]
    days = [text.in_force.start for text in (rules.document, *applied)]
    return max((day for day in days if day is not None), default=NO_DAY)


def facts(unit: str, suite: dict[str, Any], subject: dict[str, Any]) -> Iterator[Told]:
    """Everything that a subject says, each a fact of its own: its parts are units, its values and outcomes are told one by one."""
    given = dict(subject.get("attributes", {}))
    province = given.pop("province", suite["province"])
    yield Unit(id=unit, kind=subject["kind"], province=province, attributes=given, watch=[suite["set"]])
    for number, member in enumerate(subject.get("members", ())):
        yield Unit(id=f"{unit}/{number}", kind=member["kind"], part_of=unit, attributes=member.get("attributes", {}))
    for indicator, value in subject.get("values", {}).items():
        said = value if isinstance(value, dict) and "value" in value else {"value": value}
        yield Measurement(subject=unit, ruleset=suite["set"], indicator=indicator, **said)
    for number, holds in subject.get("attested", {}).items():
        yield Attestation(subject=unit, ruleset=suite["set"], number=number, holds=holds)


def told(monitor: Monitor, unit: str, suite: dict[str, Any], case: dict[str, Any], figures: Counter[str]) -> str | None:
    """What is wrong with what a monitor says of a case once all of it was told, if anything."""
    try:
        subject = ntm.Subject.from_json(RUN.line_of(case))
    except ntm.NtmError:
        figures["left out"] += 1
        return None
    rules = ntm.load(suite["set"], on=monitor.on, province=suite["province"], catalogue=CATALOGUE)
    if "year" in rules.attributes and "year" not in subject.attributes and "refused" not in case:
        figures["left out"] += 1
        return None
    figures["cases"] += 1
    try:
        for fact in facts(unit, suite, subject.plain_data()):
            monitor.tell(fact)
    except ntm.NtmError as error:
        codes = {problem.code for problem in error.problems}
        return None if "refused" in case and codes & {*case["refused"], *EARLIER} else f"refused: {error}"
    if "refused" in case:
        return f"taken, not refused by {case['refused']}"
    if monitor.statuses()[unit][suite["set"]] != case["decision"]["outcome"]:
        return f"{monitor.statuses()[unit]}"
    decision = RUN.parsed(monitor.decision(unit, suite["set"]).to_json())
    return str(found) if (found := RUN.differing(case["decision"]["decision"], decision["decision"], "decision")) else None


@pytest.mark.parametrize("only", [tuple(SUITES)] if LONG else [(name,) for name in SHORT])
def test_a_monitor_says_the_same_of_every_case(only: tuple[str, ...], record_property: Any) -> None:
    """Node by node, with its reasons, and the status that the chain came to; a case that is refused has a fact that is."""
    figures: Counter[str] = Counter()
    wrong: dict[str, str] = {}
    for name in only:
        suite, day = SUITES[name], day_of(SUITES[name])
        rules = ntm.load(suite["set"], on=day, province=suite["province"], catalogue=CATALOGUE)
        if suite["drafts"] or suite["version"] != rules.version:
            figures["left out"] += len(suite["cases"])
            continue
        with Monitor(CATALOGUE, on=day, accept=suite["accept"]) as monitor:
            for number, case in enumerate(suite["cases"]):
                if found := told(monitor, f"c{number}", suite, case, figures):
                    wrong[f"{name}: {case['case']}"] = found
    assert wrong == {}
    assert figures["cases"] > figures["left out"]
    record_property("conformance cases told to a monitor", figures["cases"])
    record_property("conformance cases that a monitor cannot be told", figures["left out"])
