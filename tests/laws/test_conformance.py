"""The conformance cases: current, whole, the same at every door of the library and in the second evaluator; and the runner finds faults.

``NTM_TRUST=1`` sends every case through the command, each file in a process of its own.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ntm_rules as ntm
from framed import rows_of
from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.values import nfc
from plain.judge import judge
from plain.read import Library
from scripts import script

HERE = Path(__file__).parents[2] / "conformance"
LONG = os.environ.get("NTM_TRUST") == "1"


RUN = script(HERE / "run.py")
SUITES: dict[str, dict[str, Any]] = dict(RUN.suites())
TRIALS = [name for name, suite in SUITES.items() if not suite["shipped"]]
CATALOGUE = ntm.Catalogue(HERE / "rulesets", on_top_of=ntm.Catalogue())
COMMAND = [sys.executable, "-m", "ntm_rules", "evaluate", "-", "--set={set}", "--on={on}", "--province={province}"]
COMMAND += ["--accept={accept}", "--add={rulesets}"]


def decided(suite: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases with a decision."""
    return [case for case in suite["cases"] if "decision" in case]


def walked(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Every criterion and indicator under a node of a decision."""
    return [below for part in node.get("parts", ()) for below in (part, *walked(part))]


def rules_of(suite: dict[str, Any]) -> ntm.RuleSet:
    """The very set that decided the cases of a file, whatever version is shipped today."""
    identity = ntm.Decision.from_json(json.dumps(decided(suite)[0]["decision"])).ruleset
    return ntm.RuleSet.of_identity(identity, CATALOGUE)


def answer(rules: ntm.RuleSet, case: dict[str, Any], accept: str) -> Any:
    """What the library says of a case, in the form of an answer."""
    try:
        subject = ntm.Subject.from_json(RUN.line_of(case))
        return RUN.parsed(rules.evaluate(subject, accept=accept).to_json())
    except ntm.NtmError as error:
        return {"problems": [problem.as_dict() for problem in error.problems]}


@pytest.mark.parametrize("name", SUITES)
def test_the_library_answers_every_case_as_it_stands(name: str, record_property: Any) -> None:
    """Decision by decision and code by code, of the trial sets and of the published versions of the shipped ones."""
    suite = SUITES[name]
    rules = rules_of(suite)
    wrong = {case["case"]: RUN.disagreement(case, answer(rules, case, suite["accept"])) for case in suite["cases"]}
    assert {case: told for case, told in wrong.items() if told} == {}
    record_property("conformance cases in the library", len(wrong))


@pytest.mark.parametrize("name", TRIALS)
def test_the_canonical_ruleset_of_a_file_is_the_one_that_decided(name: str) -> None:
    """Who reads it from the file reads the same rules: its sha256 stands in every decision that no score sheet made."""
    suite = SUITES[name]
    canonical = json.dumps(suite["ruleset"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    rules = rules_of(suite)
    assert canonical == rules.to_json()
    assert {case["decision"]["ruleset"]["sha256"] for case in decided(suite)} == {rules.sha256} or "score" in suite["ruleset"]


@pytest.mark.parametrize("name", [name for name in TRIALS if not SUITES[name]["drafts"] and not name.startswith("scores")])
def test_the_plain_evaluator_says_the_same_of_every_case(name: str) -> None:
    """The answers are not the library's alone: what shares no code with it comes to the same outcome at every node."""
    suite, library = SUITES[name], Library(HERE / "rulesets")
    edition = library.edition(suite["set"], date.fromisoformat(suite["on"]) if suite["on"] else None, suite["province"])
    for case in decided(suite):
        stored = ntm.Decision.from_json(json.dumps(case["decision"]))
        given = {"attributes": {}, "values": {}, "attested": {}, "members": [], **stored.subject.plain_data()}
        given["values"] = {key: nfc(value) if isinstance(value, str) else value for key, value in given["values"].items()}
        expected = {node.id: node.outcome.value for node in stored}
        if any(isinstance(value, dict) and "value" in value for value in given["values"].values()):
            continue  # what is said of a value is no part of the rule language
        assert judge(edition, given, suite["accept"]) == expected, case["case"]


@pytest.mark.parametrize("name", TRIALS)
def test_a_frame_says_the_same_of_every_case_that_fits_into_a_row(name: str, record_property: Any) -> None:
    """What has no parts, no council and no notes can stand in a table; each node of it has the same outcome there."""
    suite, rules = SUITES[name], rules_of(SUITES[name])
    rows, wanted = [], []
    shares = {one.indicator for one in rules.indicators if one.measure.unit == "%"}
    for case in decided(suite):
        facts = ntm.Decision.from_json(json.dumps(case["decision"])).subject.plain_data()
        if facts.get("members") or any(
            isinstance(value, list) or "value" in (value if isinstance(value, dict) else {}) for value in facts["values"].values()
        ):
            continue
        cells = {
            **facts["attributes"],
            **facts["values"],
            **{f"attested:{key}": "đạt" if value else "chưa đạt" for key, value in facts["attested"].items()},
        }
        for number in shares & facts["values"].keys():  # in a table it is said that 1 is a percentage
            if isinstance(facts["values"][number], str):
                cells[number] = f"{facts['values'][number]}%"
        rows.append({"id": f"N{len(rows)}", **{key: cell(value) for key, value in cells.items()}})
        wanted.append(
            {"outcome": case["decision"]["outcome"], **{node["id"]: node["outcome"] for node in walked(case["decision"]["decision"])}}
        )
    assert rows
    columns = dict.fromkeys(key for row in rows for key in row)
    frame = pl.DataFrame({key: [row.get(key) for row in rows] for key in columns}, schema=dict.fromkeys(columns, pl.String))
    got = rows_of(rules.evaluate_frame(frame, nodes="indicators", accept=suite["accept"]))
    for row, nodes in zip(got, wanted, strict=True):
        assert row["problems"] is None, row["problems"]
        asked = nodes.keys() & row.keys()
        assert "score" in suite["ruleset"] or len(asked) > len(rules.indicators)
        assert {key: row[key] for key in asked} == {key: nodes[key] for key in asked}
    record_property("conformance cases in frames", len(rows))


def cell(value: Any) -> str | None:
    """A value as people write it into a table."""
    if isinstance(value, dict):
        [(kind, reason)] = value.items()
        return f"{'chưa có số liệu' if kind == 'unknown' else 'không áp dụng'}: {reason}"
    return {True: "có", False: "không"}.get(value, str(value)) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("only", [""] if LONG else ["tables_1_2024-07-01_kon-tum", "operators", "scores_1"])
def test_the_command_answers_every_case(only: str, capsys: pytest.CaptureFixture[str], record_property: Any) -> None:
    """``ntm-rules evaluate -`` is an implementation like any other."""
    assert RUN.main(["--only", only, *COMMAND]) == 0, capsys.readouterr().out
    figures = capsys.readouterr().out
    assert ", 0 disagreements" in figures
    record_property("conformance cases through the command", int(figures.split()[0]))


def test_every_part_of_the_rule_language_stands_in_a_case() -> None:
    """Operators, combinations, outcomes, ways to an outcome, overlays, absences, parts, council, and every shipped set."""
    nodes = [node for suite in SUITES.values() for case in decided(suite) for node in ntm.Decision.from_json(json.dumps(case["decision"]))]
    said = [node for suite in SUITES.values() for case in decided(suite) for node in walked({"parts": [case["decision"]["decision"]]})]
    assert {node["operator"] for node in said} >= {*OPERATORS, *COMBINATIONS, "score"}
    assert {node.outcome for node in nodes} == set(ntm.Outcome)
    assert {node.basis for node in nodes} == {"measured", "attested", "derived", "stated", None}
    applied = {
        overlay["id"] for suite in SUITES.values() for case in decided(suite) for overlay in case["decision"]["ruleset"].get("overlays", ())
    }
    assert applied >= {"tables/1/sua-doi", "tables/1/tinh", "tables/1/du-thao"}
    assert {suite["accept"] for suite in SUITES.values()} == {"recalled", "published", "official"}
    assert {suite["set"] for suite in SUITES.values() if suite["shipped"]} >= set(ntm.Catalogue().rulesets)
    assert len({code for suite in SUITES.values() for case in suite["cases"] for code in case.get("refused", ())}) >= 15


def test_the_cases_are_those_that_the_sets_and_subjects_make() -> None:
    """``conformance/make.py`` would write nothing anew."""
    assert script(HERE / "make.py").main(check=True) == 0


FLIP = """\
import json, sys
for line in sys.stdin:
    print(json.dumps({"schema": "ntm-rules/decision/v1", "outcome": "met"}))
"""


def test_an_implementation_that_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """What differs is named with its place; where nothing can be run, nothing is counted as right."""
    assert RUN.main(["--only", "operators", sys.executable, "-c", FLIP]) == 1
    out = capsys.readouterr().out
    assert "every value on its threshold: decision.accept: missing" in out
    assert "53 disagreements" in out
    assert RUN.main(["--only", "operators", "no-such-command"]) == 2
    assert RUN.main(["--only", "operators", sys.executable, "-c", ""]) == 2
    assert RUN.main(["--only", "tables_1_2024-06-30_draft", *COMMAND]) == 0
    assert "0 cases, 0 disagreements, 45 left out" in capsys.readouterr().out
