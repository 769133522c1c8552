"""A figure one step off: 80 becomes 79 or 81, 46.5 becomes 46.4 or 46.6, a grade its neighbour; a list loses an item."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.values import Bilingual, plain
from ntm_rules.verify.compared import Cell, cells
from ntm_rules.verify.mutants.bench import Bench, telling
from ntm_rules.verify.mutants.mutant import Mutant, in_indicator, with_bound, with_cell
from ntm_rules.verify.mutants.mutation import Mutation

Value = str | tuple[str, ...]


def _beside(cell: Cell) -> Iterator[Value]:
    """The figures one step away."""
    measure, value = cell.indicator.measure, cell.figure.value
    if isinstance(value, tuple):
        yield from (tuple(one for one in value if one != item) for item in value if len(value) > 1 and cell.operator.bound == "list")
        if cell.operator.bound != "list" and measure.kind == "number":
            moved = [
                [Decimal(one) + move * cell.step if i == j else Decimal(one) for j, one in enumerate(value)]
                for i in (0, 1)
                for move in (-1, 1)
            ]
            yield from (tuple(plain(one) for one in pair) for pair in moved)
    elif measure.kind == "number":
        yield from (plain(cell.bound + move * cell.step) for move in (-1, 1))
    elif measure.kind == "choice":
        yield from (measure.choices[place] for place in (cell.bound - 1, cell.bound + 1) if 0 <= place < len(measure.choices))


def _of(bench: Bench) -> Iterator[Mutant]:
    for cell in cells(bench.document):
        one = cell.indicator
        for value in _beside(cell):
            values = telling(one.measure, (cell.operator, cell.bound), (cell.operator, one.measure.comparable(value)))
            if values:
                figure = cell.figure.model_copy(update={"value": value})
                now = with_bound(one, with_cell(one.bound, cell.column, figure))
                old, new = (", ".join(text) if isinstance(text, tuple) else str(text) for text in (cell.figure.value, value))
                yield Mutant("threshold", one.indicator, cell.column, old, new, in_indicator(one, now), (cell.column,), values=values)


THRESHOLD = Mutation("threshold", Bilingual("mức lệch một bước", "a figure one step off"), _of)
