"""An operator turned: what had to be at least so much has to be more than it, at most so much, exactly so much."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.conditions import OPERATORS
from ntm_rules.values import Bilingual
from ntm_rules.verify.compared import cells
from ntm_rules.verify.mutants.bench import Bench, telling
from ntm_rules.verify.mutants.mutant import Mutant, in_indicator, with_bound
from ntm_rules.verify.mutants.mutation import Mutation


def _of(bench: Bench) -> Iterator[Mutant]:
    for one in bench.document.indicators.values():
        own = OPERATORS[one.operator]
        if own.bound == "none":
            continue
        for other in OPERATORS.values():
            if other is own or other.bound != own.bound or one.measure.kind not in other.fits:
                continue
            known = [cell for cell in cells(bench.document) if cell.indicator is one]
            values = tuple(dict.fromkeys(v for cell in known for v in telling(one.measure, (own, cell.bound), (other, cell.bound))))
            if values:
                now = with_bound(one, one.bound, other.name)
                yield Mutant("operator", one.indicator, (), own.sign, other.sign, in_indicator(one, now), values=values)


OPERATOR = Mutation("operator", Bilingual("đổi phép so", "an operator turned"), _of)
