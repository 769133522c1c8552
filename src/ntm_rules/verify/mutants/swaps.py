"""Two rows of a table swapped: the figure of one region, year or group under the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ntm_rules.model.figures import Figure, Row, figures_of
from ntm_rules.values import Bilingual
from ntm_rules.verify.mutants.bench import Bench
from ntm_rules.verify.mutants.mutant import Mutant, in_indicator, with_bound, with_cell
from ntm_rules.verify.mutants.mutation import Mutation


def _rows(bound: Figure | Row, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Row]]:
    if isinstance(bound, Row):
        yield path, bound
        for key, cell in bound.cells().items():
            yield from _rows(cell, (*path, key))


def _said(cell: Figure | Row) -> str:
    return ", ".join(str(figure.value or "–") for _, figure in figures_of(cell))


def _values(cell: Figure | Row) -> list[object]:
    return [(column, figure.value) for column, figure in figures_of(cell)]


def _of(bench: Bench) -> Iterator[Mutant]:
    for one in bench.document.indicators.values():
        for path, row in _rows(one.bound):
            for first, second in pairwise(row.cells()):
                a, b = row.cells()[first], row.cells()[second]
                if _values(a) != _values(b):
                    bound = with_cell(with_cell(one.bound, (*path, first), b), (*path, second), a)
                    columns = ((*path, first), (*path, second))
                    place = (*path, f"{first} ↔ {second}")
                    values = tuple(
                        one.measure.comparable(figure.value)
                        for cell in (a, b)
                        for _, figure in figures_of(cell)
                        if figure.value is not None
                    )
                    turn = in_indicator(one, with_bound(one, bound))
                    yield Mutant("rows", one.indicator, place, _said(a), _said(b), turn, columns, values=values)


ROWS = Mutation("rows", Bilingual("hai dòng của bảng đổi chỗ", "two rows swapped"), _of)
