"""Tries an implementation on every case: ``python conformance/run.py [--only WORD] COMMAND …``; the standard library is all it needs.

The command is started once for each file of cases. It reads subjects on standard input, one JSON object a line, and answers each with a
line: a decision (``ntm-rules/decision/v1``) or a refusal (``ntm-rules/refusal/v1``). In its arguments stand for what a file is about

    {set} {on} {province} {accept} {drafts}   the set, the day, the province, the weakest level that may decide, the drafts
    {rulesets}                                the folder of the trial sets, empty for a set that is shipped
    {canonical}                               a file with the canonical JSON of the trial set, empty for a set that is shipped

An argument whose place is empty for a file is left out. Where a file needs what no argument names, or the command decides by
another version of a shipped set, its cases are left out and counted. Exit code: 0 no disagreement, 1 some, 2 the command cannot be run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHOWN = 10
SECONDS = 600


def suites(only: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every file of cases, by its name."""
    for path in sorted((HERE / "cases").rglob("*.json")):
        name = path.relative_to(HERE / "cases").with_suffix("").as_posix()
        if only in name:
            yield name, parsed(path.read_text("utf-8"))


def parsed(text: str) -> Any:
    """JSON with its numbers as written."""
    return json.loads(text, parse_float=Decimal)


def line_of(case: dict[str, Any]) -> str:
    """What is sent for a case."""
    return str(case["text"]) if "text" in case else json.dumps(case["subject"], ensure_ascii=False)


def differing(wanted: Any, got: Any, at: str = "") -> str | None:
    """The first place where two contents differ. Keys that are not known are no difference at the top: a later version may add some."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in (*wanted, *(key for key in got if key not in wanted and at)):
            if key not in wanted or key not in got:
                return f"{at}.{key}: {'missing' if key in wanted else 'not expected'}"
            if found := differing(wanted[key], got[key], f"{at}.{key}"):
                return found
        return None
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return next(
            (found for i, (one, other) in enumerate(zip(wanted, got, strict=True)) if (found := differing(one, other, f"{at}[{i}]"))), None
        )
    return None if type(wanted) is type(got) and wanted == got else f"{at}: expected {shown(wanted)}, got {shown(got)}"


def shown(value: Any) -> str:
    """The beginning of a value."""
    return f"{json.dumps(value, ensure_ascii=False, default=str):.80}"


def disagreement(case: dict[str, Any], answer: Any) -> str | None:
    """What is wrong with an answer, if anything."""
    if not isinstance(answer, dict):
        return "no answer"
    if "refused" in case:
        codes = sorted(str(problem.get("code")) for problem in answer.get("problems") or [])
        return None if codes == case["refused"] else f"expected to be refused by {case['refused']}, got {codes or answer.get('outcome')}"
    if "problems" in answer:
        return f"refused by {[problem.get('code') for problem in answer['problems']]}"
    return differing(case["decision"], answer, "decision")


def answered(command: list[str], suite: dict[str, Any]) -> list[Any] | None:
    """The answers of a command to the cases of a file; None where the command has no way to be told what the file is about."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        canonical = Path(folder) / "ruleset.json"
        if "ruleset" in suite:
            canonical.write_text(json.dumps(suite["ruleset"], ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")
        places = {
            "set": suite["set"],
            "on": suite["on"] or "",
            "province": suite["province"] or "",
            "accept": suite["accept"],
            "drafts": ",".join(suite["drafts"]),
            "rulesets": "" if suite["shipped"] else str(HERE / "rulesets"),
            "canonical": "" if suite["shipped"] else str(canonical),
        }
        if any(places[name] and f"{{{name}}}" not in " ".join(command) for name in ("on", "province", "drafts")):
            return None
        arguments = []
        for argument in command:
            empty = any(f"{{{name}}}" in argument and not value for name, value in places.items())
            for name, value in places.items():
                argument = argument.replace(f"{{{name}}}", value)
            arguments += [] if empty else [argument]
        sent = "".join(line + "\n" for line in (*map(line_of, suite["cases"]), *_nothing_known(suite)))
        done = subprocess.run(arguments, input=sent.encode(), capture_output=True, timeout=SECONDS, check=False)
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines:
        raise OSError(f"no answer from {' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')[:400]}")
    answers: list[Any] = []
    for line in lines:
        try:
            answers.append(parsed(line))
        except ValueError:
            answers.append(line)
    return answers + [None] * (len(suite["cases"]) + len(_nothing_known(suite)) - len(answers))


def _nothing_known(suite: dict[str, Any]) -> list[str]:
    """Asked last of a shipped set: its decision names the version, which refusals do not."""
    return [json.dumps({"id": "version", "kind": suite["cases"][0]["subject"]["kind"]})] if suite["shipped"] else []


def main(arguments: list[str]) -> int:
    """Try a command, print what it disagrees with and the figures."""
    parser = argparse.ArgumentParser(usage="python conformance/run.py [--only WORD] COMMAND …")
    parser.add_argument("--only", default="", help="files of cases with this in their name")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args(arguments)
    if not asked.command:
        parser.error("a command is needed")
    figures: Counter[str] = Counter(cases=0, disagreements=0)
    for name, suite in suites(asked.only):
        try:
            answers = answered(asked.command, suite)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
        versions = {one["ruleset"]["version"] for one in answers or [] if isinstance(one, dict) and "ruleset" in one}
        if answers is None or (suite["shipped"] and versions - {suite["version"]}):
            figures["left out"] += len(suite["cases"])
            continue
        answers = answers[: len(answers) - len(_nothing_known(suite))]
        if len(answers) > len(suite["cases"]):
            print(f"{name}: {len(answers)} answers to {len(suite['cases'])} cases")
            figures["disagreements"] += 1
        for case, answer in zip(suite["cases"], answers, strict=False):
            figures["cases"] += 1
            if wrong := disagreement(case, answer):
                figures["disagreements"] += 1
                if figures["disagreements"] <= SHOWN:
                    print(f"{name}: {case['case']}: {wrong}")
    print(", ".join(f"{count} {what}" for what, count in figures.items()))
    return int(figures["disagreements"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
