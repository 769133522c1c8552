"""All for any: where every part had to be met one suffices, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.model.ruleset import Combination
from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, Turn, in_document, in_section
from ntm_rules.verify.mutants.mutation import Mutation


def wholes(bench: Bench) -> Iterator[tuple[str, int, Combination, Any]]:
    """Every whole of at least two parts: its number, how many parts, how they combine, and how to say it combines otherwise."""
    document = bench.document

    def whole(now: Combination) -> Turn:
        return in_document(passes=now)

    if bench.entry.kind == "ruleset" and len(document.sections) > 1:
        yield "", len(document.sections), document.passes, whole
    for section in bench.sections:
        if len(section.indicators) > 1:
            yield (
                section.criterion,
                len(section.indicators),
                section.passes,
                lambda now, was=section: in_section(was, was.model_copy(update={"passes": now})),
            )


def _of(bench: Bench) -> Iterator[Mutant]:
    for at, parts, passes, put in wholes(bench):
        own = COMBINATIONS[passes.rule]
        for other in COMBINATIONS.values():
            same = other is own or other.counts or other.needs(parts, 0) == own.needs(parts, passes.k)
            if not same:
                old, new = (rule.brief.fill(k=passes.k) for rule in (own, other))
                yield Mutant("combination", at, (), old, new, put(Combination(rule=other.name)))


COMBINATION = Mutation("combination", Bilingual("tất cả ↔ một trong", "all ↔ any"), _of)
