"""One part more or fewer: where at least k parts had to be met, k - 1 or k + 1."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.all_for_any import wholes
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant
from ntm_rules.verify.mutants.mutation import Mutation


def _of(bench: Bench) -> Iterator[Mutant]:
    for at, parts, passes, put in wholes(bench):
        if COMBINATIONS[passes.rule].counts:
            for k in (passes.k - 1, passes.k + 1):
                if 1 <= k <= parts:
                    yield Mutant("count", at, (), str(passes.k), str(k), put(passes.model_copy(update={"k": k})))


COUNT = Mutation("count", Bilingual("thừa, thiếu một phần phải đạt", "one part more or fewer"), _of)
