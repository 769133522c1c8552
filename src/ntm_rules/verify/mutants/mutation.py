"""What a kind of slip is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of slip.

    Attributes:
        name: its name in data.
        title: what it is, for people.
        of: every slip of this kind in a document, those that change nothing left out.
    """

    name: str
    title: Bilingual
    of: Callable[[Bench], Iterator[Mutant]]
