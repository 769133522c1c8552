"""Running the examples beside the rules: they are the promises of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError, Problem
from ntm_rules.verify.sheets import book_of_sheet, sheets_beside
from ntm_rules.verify.trials import MADE, Book, book_beside, example_subject, shown_result, stopped

__all__ = ["Run", "example_subject", "run_beside", "run_book", "run_examples", "run_sheet"]


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
        for path in sheets_beside(entry):
            yield run_sheet(catalogue, entry, path)


def run_beside(catalogue: Catalogue, entry: Entry, path: Path | None = None) -> Run:
    """Run the examples that stand beside one document, or in a file given; a wrong outcome is NTM-228 at its line."""
    return run_book(book_beside(catalogue, entry, path), "" if path is None else path.name)


def run_book(book: Book, name: str = "") -> Run:
    """Run examples that were read, of a document or of a file of that name; a wrong outcome is NTM-228 at its place."""
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
    return Run(f"{book.entry.id} ({name})" if name else book.entry.id, book.examples, outcomes, tuple(parsed.problems))


def run_sheet(catalogue: Catalogue, entry: Entry, path: Path) -> Run:
    """Run the examples of a sheet beside a document; a file that cannot be read is a problem of the run."""
    try:
        return run_book(book_of_sheet(catalogue, entry, path), path.name)
    except NtmError as error:
        return Run(f"{entry.id} ({path.name})", 0, 0, tuple(error.problems))
