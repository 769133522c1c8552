"""A part forgotten: an indicator left out of its criterion."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, in_section, swapped
from ntm_rules.verify.mutants.mutation import Mutation

_GONE = Bilingual("bỏ", "left out")


def _of(bench: Bench) -> Iterator[Mutant]:
    for section in bench.sections:
        if len(section.indicators) > 1:
            for one in section.indicators:
                now = section.model_copy(update={"indicators": swapped(section.indicators, one, None)})
                yield Mutant("part", section.criterion, (), one.indicator, _GONE, in_section(section, now))


PART = Mutation("part", Bilingual("bỏ sót một phần", "a part forgotten"), _of)
