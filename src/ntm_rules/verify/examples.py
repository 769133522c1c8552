"""Running the examples beside the rules: they are the promises of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError, Problem
from ntm_rules.verify.trials import MADE, book_beside, example_subject, shown_result, stopped

__all__ = ["Run", "example_subject", "run_beside", "run_examples"]


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
        if (made := entry.path.parent / MADE).is_file():
            yield run_beside(catalogue, entry, made)


def run_beside(catalogue: Catalogue, entry: Entry, path: Path | None = None) -> Run:
    """Run the examples that stand beside one document, or in a file given; a wrong outcome is NTM-228 at its line."""
    book = book_beside(catalogue, entry, path)
    parsed, outcomes = book.parsed, 0
    for trial in book.trials:
        example = ("examples", trial.index)
        try:
            decision = book.rules[trial.text].evaluate(trial.subject)
            for promise in trial.promises:
                got = promise.got(decision)
                if got != promise.expected:
                    parsed.report(
                        "NTM-228",
                        (*example, *promise.key),
                        example=trial.name,
                        node=promise.at or "outcome",
                        expected=shown_result(promise.expected),
                        got=shown_result(got),
                    )
            outcomes += len(trial.promises)
        except NtmError as error:
            stopped(parsed, trial.index, error)
    return Run(entry.id if path is None else f"{entry.id} ({path.name})", book.examples, outcomes, tuple(parsed.problems))
