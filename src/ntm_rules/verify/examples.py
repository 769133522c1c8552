"""Running the examples beside the rules: they are the promises of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm_rules.decide.ruleset import RuleSet, load
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.typed import build
from ntm_rules.loading.yaml_text import Parsed, read_file
from ntm_rules.model.examples import Boundary, Example, Examples
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError, Problem
from ntm_rules.values import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """What running the examples of one document gave."""

    id: str
    examples: int
    outcomes: int
    problems: tuple[Problem, ...]


def run_examples(catalogue: Catalogue) -> Iterator[Run]:
    """Run the examples of every document of a catalogue, one after another."""
    for entry in (*catalogue.rulesets.values(), *catalogue.overlays.values()):
        yield run_beside(catalogue, entry)


def run_beside(catalogue: Catalogue, entry: Entry) -> Run:
    """Run the examples that stand beside one document; a wrong outcome is NTM-228 at its line."""
    parsed = read_file(entry.path.parent / "examples.yaml")
    examples = build(Examples, parsed)
    if examples is None:
        return Run(entry.id, 0, 0, tuple(parsed.problems))
    loaded: dict[tuple[date | None, str | None], RuleSet] = {}
    outcomes = 0
    for i, example in enumerate(examples.examples):
        try:
            key = (example.on, example.province or str(entry.header.get("province") or "") or None)
            if key not in loaded:
                name = str(entry.header.get("amends", entry.id))
                loaded[key] = load(name, on=key[0], province=key[1], catalogue=catalogue)
            outcomes += _run(loaded[key], example, parsed, i)
        except NtmError as error:
            parsed.problems.extend(Problem(p.code, parsed.place(("examples", i)), p.words) for p in error.problems)
    return Run(entry.id, len(examples.examples), outcomes, tuple(parsed.problems))


def _run(rules: RuleSet, example: Example | Boundary, parsed: Parsed, i: int) -> int:
    for key, expected in example.expect.items():
        if isinstance(example, Boundary):
            number, name = example.boundary, f"{example.boundary} = {key}"
            given: dict[str, Any] = {"attributes": example.attributes, "values": {number: key}}
        else:
            number, name = "" if key == "outcome" else key, example.example
            given = example.subject
        decision = rules.evaluate(example_subject(given, rules.kind))
        got: Outcome = decision[number].outcome
        if got is not expected:
            where = ("examples", i, "expect", key)
            parsed.report("NTM-228", where, example=name, node=number or "outcome", expected=expected.value, got=got.value)
    return len(example.expect)


def example_subject(given: dict[str, Any], kind: str) -> Subject:
    """The subject of an example: YAML text, with ``true`` and ``false`` as answers."""
    attested = {key: _answer(value) for key, value in given.get("attested", {}).items()}
    attributes = {key: _answer(value) for key, value in given.get("attributes", {}).items()}
    rest = {key: value for key, value in given.items() if key in ("id", "name", "kind")}
    return Subject.read(
        {
            "id": "example",
            "kind": kind,
            **rest,
            "attributes": attributes,
            "values": given.get("values", {}),
            "attested": attested,
        }
    )


def _answer(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
