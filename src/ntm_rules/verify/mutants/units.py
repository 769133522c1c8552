"""A figure in another unit: a share as a fraction (80 becomes 0.8), anything else in thousands (50 million becomes 50 000)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.model.figures import Figure, Row
from ntm_rules.values import Bilingual, plain
from ntm_rules.verify.compared import cells
from ntm_rules.verify.mutants.bench import Bench, telling
from ntm_rules.verify.mutants.mutant import Mutant, in_indicator, with_bound
from ntm_rules.verify.mutants.mutation import Mutation


def _scaled(value: str | tuple[str, ...] | None, by: Decimal) -> str | tuple[str, ...] | None:
    if isinstance(value, tuple):
        return tuple(plain(Decimal(one) * by) for one in value)
    return None if value is None else plain(Decimal(value) * by)


def _everywhere(bound: Figure | Row, by: Decimal) -> Figure | Row:
    if isinstance(bound, Figure):
        return bound.model_copy(update={"value": _scaled(bound.value, by)})
    return bound.model_copy(update={key: _everywhere(cell, by) for key, cell in bound.cells().items()})


def _of(bench: Bench) -> Iterator[Mutant]:
    for one in bench.document.indicators.values():
        known = [cell for cell in cells(bench.document) if cell.indicator is one]
        if one.measure.kind != "number" or not known:
            continue
        by = Decimal("0.01") if one.measure.unit == "%" else Decimal(1000)
        now = with_bound(one, _everywhere(one.bound, by))
        values: dict[object, None] = {}
        for cell in known:
            other = one.measure.comparable(_scaled(cell.figure.value, by) or "")
            values |= dict.fromkeys(telling(one.measure, (cell.operator, cell.bound), (cell.operator, other)))
        if values:
            old = str(known[0].figure.value)
            yield Mutant(
                "unit", one.indicator, (), old, str(_scaled(known[0].figure.value, by)), in_indicator(one, now), values=tuple(values)
            )


UNIT = Mutation("unit", Bilingual("con số theo đơn vị khác", "a figure in another unit"), _of)
