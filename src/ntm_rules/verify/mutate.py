"""Turning the rules against their examples: which slips would be noticed, and which would not.

A slip is *killed* when some example no longer comes out as it promises; one that survives would go into a decision unseen. Only examples
that look at the place of a slip are run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import NtmError
from ntm_rules.verify.killers import killer, text_of
from ntm_rules.verify.mutants import MUTATIONS
from ntm_rules.verify.mutants.bench import Bench, Seen
from ntm_rules.verify.mutants.mutant import Mutant, Slip
from ntm_rules.verify.sheets import hand_made
from ntm_rules.verify.trials import MADE, Book, Text, Trial, book_beside


@dataclass(frozen=True, slots=True)
class Mutated:
    """What turning one document gave.

    Attributes:
        id: the document.
        killed: the slips that an example made by hand notices.
        held: those that only an example made by the engine does: it holds what is, and proves nothing.
        survivors: those that no example notices, each with the example that would, where one was found.
    """

    id: str
    killed: tuple[Slip, ...]
    held: tuple[Slip, ...]
    survivors: tuple[tuple[Slip, dict[str, Any] | None], ...]

    def count(self, mutation: str | None = None) -> tuple[int, int, int]:
        """How many slips examples made by hand kill, how many others those of the engine hold, and of how many; of one kind or all."""
        groups = (self.killed, self.held, [mutant for mutant, _ in self.survivors])
        killed, held, survived = (sum(mutation in (None, one.mutation) for one in group) for group in groups)
        return killed, held, killed + held + survived

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data."""
        counts = {name: dict(zip(("killed", "held", "of"), self.count(name), strict=True)) for name in MUTATIONS if self.count(name)[2]}
        return {"id": self.id, **counts, "survivors": [{**one.as_dict(), "example": text_of(example)} for one, example in self.survivors]}


def mutants_of(bench: Bench) -> Iterator[Mutant]:
    """Every slip in a document, kind by kind."""
    for mutation in MUTATIONS.values():
        yield from mutation.of(bench)


def mutate(catalogue: Catalogue, entry: Entry, *, every: int = 1) -> Mutated:
    """Try the slips of one document against the examples beside it.

    Args:
        catalogue: the folder of rulesets.
        entry: the document.
        every: try one slip in so many, the same ones each time.

    Raises:
        RulesetError: the document is wrong.
    """
    bench = Bench.of(catalogue, entry)
    apart = entry.path.parent / MADE
    hand = _seen(bench, hand_made(bench.catalogue, bench.entry))
    made = _seen(bench, [book_beside(bench.catalogue, bench.entry, apart)] if apart.is_file() else [])
    killed: list[Mutant] = []
    held: list[Mutant] = []
    survivors: list[tuple[Mutant, dict[str, Any] | None]] = []
    for mutant in islice(mutants_of(bench), 0, None, every):
        if kills(bench, mutant, hand):
            killed.append(mutant)
        elif kills(bench, mutant, made):
            held.append(mutant)
        else:
            survivors.append((mutant, killer(bench, mutant, hand)))
    return Mutated(entry.id, tuple(killed), tuple(held), tuple(survivors))


def _seen(bench: Bench, books: Iterable[Book]) -> list[Seen]:
    """The trials of examples with what they look at."""
    found = (bench.seen(trial, book.rules[trial.text]) for book in books for trial in book.trials)
    return [one for one in found if one is not None]


def kills(bench: Bench, mutant: Mutant, seen: list[Seen]) -> bool:
    """Whether some trial notices the slip."""
    turned: dict[Text, RuleSet | NtmError | None] = {}
    for one in seen:
        if not one.touches(mutant):
            continue
        text = one.trial.text
        if text not in turned:
            try:
                turned[text] = bench.turned(mutant, text)
            except NtmError as error:
                turned[text] = error
        rules = turned[text]
        if isinstance(rules, NtmError) or (rules is not None and not _holds(one.trial, rules)):
            return True
    return False


def _holds(trial: Trial, rules: RuleSet) -> bool:
    try:
        decision = rules.evaluate(trial.subject)
        return all(promise.got(decision) == promise.expected for promise in trial.promises)
    except NtmError:
        return False
