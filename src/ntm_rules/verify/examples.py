"""Running the examples beside the rules: they are the promises of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file
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
    loaded: dict[Any, RuleSet] = {}
    outcomes = 0
    for i, example in enumerate(examples.examples):
        try:
            readings = example.readings if isinstance(example, Example) else {}
            province = example.province or str(entry.header.get("province") or "") or None
            key = (example.on, province, tuple(sorted(readings.items())))
            if key not in loaded:
                name = str(entry.header.get("amends", entry.id))
                loaded[key] = load(name, on=example.on, province=province, readings=readings, catalogue=catalogue)
            outcomes += _run(loaded[key], example, parsed, i)
        except NtmError as error:
            parsed.problems.extend(problem.at(parsed.place(("examples", i))) for problem in error.problems)
    return Run(entry.id, len(examples.examples), outcomes, tuple(parsed.problems))


def _run(rules: RuleSet, example: Example | Boundary, parsed: Parsed, i: int) -> int:
    for key, expected in example.expect.items():
        if isinstance(example, Boundary):
            number, name = example.boundary, f"{example.boundary} = {key}"
            given: dict[str, Any] = {"attributes": example.attributes, "values": {number: key}}
        else:
            number, name = "" if key == "outcome" else key, example.example
            given = _given(rules, example)
        decision = rules.evaluate(example_subject(given, rules.kind))
        got: Outcome = decision[number].outcome
        if got is not expected:
            where = ("examples", i, "expect", key)
            parsed.report("NTM-228", where, example=name, node=number or "outcome", expected=expected.value, got=got.value)
    return len(example.expect) + (_run_score(rules, example, parsed, i) if isinstance(example, Example) else 0)


def _given(rules: RuleSet, example: Example) -> dict[str, Any]:
    """The subject of an example; with ``best_of`` one that has the most points everywhere but where ``but`` says otherwise."""
    if example.best_of is None or rules.sheets is None:
        return example.subject
    subject = dict(example.subject)
    subject["attributes"] = {"product_set": example.best_of, **subject.get("attributes", {})}
    subject["values"] = {key: value for key, value in {**rules.scores.best(example.best_of), **example.but}.items() if value != "unscored"}
    return subject


def _run_score(rules: RuleSet, example: Example, parsed: Parsed, i: int) -> int:
    """What an example promises of stars, points, standing and marks."""
    keys = ("stars", "stars_possible", "total", "standing", "held_back_by")
    promised: dict[str, Any] = {key: value for key in keys if (value := getattr(example, key)) is not None}
    if not promised:
        return 0
    decision = rules.evaluate(example_subject(_given(rules, example), rules.kind))
    for key, expected in promised.items():
        got: Any = getattr(decision, key)
        if key == "held_back_by":
            got = tuple(mark.criterion for mark in got)
        if key == "standing":
            got = got or "none"
        if got != expected:
            parsed.report("NTM-228", ("examples", i, key), example=example.example, node=key, expected=str(expected), got=str(got))
    return len(promised)


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
            "members": [
                {**member, "attributes": {key: _answer(value) for key, value in member.get("attributes", {}).items()}}
                for member in given.get("members", ())
            ],
        }
    )


def _answer(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
