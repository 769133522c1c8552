"""The examples beside the rules as trials: one subject under one text, and what the set promises of it.

Running examples, counting what they reach and turning the rules against them all read the same trials.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.text.typed import build
from ntm_rules.loading.text.yaml_text import Parsed, read_file
from ntm_rules.model.examples import Boundary, Example, Examples
from ntm_rules.model.subject import Subject
from ntm_rules.problems import NtmError
from ntm_rules.values import Outcome

MADE: Final = "examples-made.yaml"  #: the examples that the engine made stand apart from those that people wrote
SCORED: Final = ("stars", "stars_possible", "total", "standing", "held_back_by")  #: what an example may promise of a score sheet


@dataclass(frozen=True, slots=True)
class Text:
    """Which text an example is tried under.

    Attributes:
        name: the edition.
        on: the day of the law.
        province: whose overlays apply.
        readings: how what the edition leaves open is read.
        drafts: the draft whose examples these are.
    """

    name: str
    on: date | None
    province: str | None
    readings: tuple[tuple[str, str], ...] = ()
    drafts: tuple[str, ...] = ()

    def load(self, catalogue: Catalogue) -> RuleSet:
        """The text itself.

        Raises:
            NtmError: it is not in force on the day, or wrong.
        """
        asked = dict(self.readings)
        return load(self.name, on=self.on, province=self.province, drafts=self.drafts, readings=asked, catalogue=catalogue)


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that must come out.

    Attributes:
        at: the number of the node, empty for the whole; or what is asked of the points, one of :data:`SCORED`.
        expected: the outcome, or the value.
        key: where it stands in the example.
    """

    at: str
    expected: Any
    key: tuple[str, ...]

    def got(self, decision: Decision) -> Any:
        """What comes out.

        Raises:
            NotFound: the set has no such node.
        """
        if self.key[0] == "expect":
            return decision[self.at].outcome
        got: Any = getattr(decision, self.at)
        if self.at == "held_back_by":
            return tuple(mark.criterion for mark in got)
        return got or "none" if self.at == "standing" else got


@dataclass(frozen=True, slots=True)
class Trial:
    """One subject with everything that is promised of it.

    Attributes:
        index: which example of the file it comes from.
        name: what the example is about.
        text: the text it is tried under.
        subject: what is known.
        promises: what must come out.
    """

    index: int
    name: str
    text: Text
    subject: Subject
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The examples of one document: the file as it was read, how many there are, the trials that can be made of them."""

    entry: Entry
    parsed: Parsed
    examples: int
    trials: tuple[Trial, ...]
    rules: dict[Text, RuleSet]


def book_beside(catalogue: Catalogue, entry: Entry, path: Path | None = None) -> Book:
    """The examples that stand beside a document, or in a file given; what cannot be tried at all is noted on ``parsed``.

    They are promises of the folder they stand in, and are tried without what others lay on it.
    """
    while catalogue.below is not None and not entry.path.is_relative_to(catalogue.folder):
        catalogue = catalogue.below
    parsed = read_file(path or entry.path.parent / "examples.yaml")
    examples = build(Examples, parsed)
    if examples and examples.examples_of not in (entry.id, entry.header.get("amends")):
        parsed.report("NTM-736", ("examples_of",), got=examples.examples_of, expected=entry.id)
    trials: list[Trial] = []
    loaded: dict[Text, RuleSet] = {}
    rootless = entry.kind == "overlay" and "amends" not in entry.header  # told of its own file
    for i, example in enumerate(examples.examples if examples and not rootless else ()):
        try:
            text = _text(entry, example)
            if text not in loaded:
                loaded[text] = text.load(catalogue)
            trials += _trials(loaded[text], text, example, i)
        except NtmError as error:
            stopped(parsed, i, error)
    return Book(entry, parsed, len(examples.examples) if examples else 0, tuple(trials), loaded)


def stopped(parsed: Parsed, index: int, error: NtmError) -> None:
    """Note what stopped an example: what is wrong in a file is told there, once, and accuses no example of another."""
    known = {(one.code, one.place) for one in parsed.problems}
    told = [problem if problem.place.file else problem.at(parsed.place(("examples", index))) for problem in error.problems]
    parsed.problems.extend(problem for problem in told if (problem.code, problem.place) not in known)


def _text(entry: Entry, example: Example | Boundary) -> Text:
    readings = example.readings if isinstance(example, Example) else {}
    province = example.province or str(entry.header.get("province") or "") or None
    drafts = (entry.id,) if entry.header.get("kind") == "draft" else ()
    return Text(str(entry.header.get("amends", entry.id)), example.on, province, tuple(sorted(readings.items())), drafts)


def _trials(rules: RuleSet, text: Text, example: Example | Boundary, index: int) -> Iterator[Trial]:
    if isinstance(example, Boundary):
        number = example.boundary
        for value, outcome in example.expect.items():
            subject = example_subject({"attributes": example.attributes, "values": {number: value}}, rules.kind)
            yield Trial(index, f"{number} = {value}", text, subject, (Promise(number, outcome, ("expect", value)),))
        return
    outcomes = ((Promise("" if key == "outcome" else key, value, ("expect", key))) for key, value in example.expect.items())
    scored = (Promise(key, value, (key,)) for key in SCORED if (value := getattr(example, key)) is not None)
    yield Trial(index, example.example, text, example_subject(_given(rules, example), rules.kind), (*outcomes, *scored))


def _given(rules: RuleSet, example: Example) -> dict[str, Any]:
    """The subject of an example; with ``best_of`` one that has the most points everywhere but where ``but`` says otherwise."""
    if example.best_of is None or rules.sheets is None:
        return example.subject
    subject = dict(example.subject)
    subject["attributes"] = {"product_set": example.best_of, **subject.get("attributes", {})}
    subject["values"] = {key: value for key, value in {**rules.scores.best(example.best_of), **example.but}.items() if value != "unscored"}
    return subject


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


def shown_result(result: Any) -> str:
    """What came out or must come out, for people."""
    return result.label if isinstance(result, Outcome) else str(result)
