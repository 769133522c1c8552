"""How tables lie: each layout recognises its own and lays it out as a row a unit, every cell with its place in the file.

A layout is a module with two functions: ``fits`` says how many headings it recognises, 0 where the table does not lie so; ``plain`` gives
the grid with its heading found and a row a unit below it. The best fit is taken, the first of those; what is not plain is told.
"""

from __future__ import annotations

from typing import Final, Protocol

from ntm_rules.decide.written.grid import Grid
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.layouts import across, long_form, rows_down


class Layout(Protocol):
    """The face of a layout."""

    def fits(self, grid: Grid, headers: Headers, /) -> float:
        """How many headings are recognised when the table is taken to lie so."""

    def plain(self, grid: Grid, headers: Headers, /) -> Grid:
        """The grid laid out as a row a unit."""


LAYOUTS: Final[tuple[Layout, ...]] = (rows_down, across, long_form)


def fit(grid: Grid, headers: Headers) -> float:
    """How many headings are recognised under the layout that fits best."""
    return max(layout.fits(grid, headers) for layout in LAYOUTS)


def laid_out(grid: Grid, headers: Headers) -> Grid:
    """The grid with its heading found and a row a unit below it, however it lies in the file.

    Raises:
        TableError: no heading is found.
    """
    if grid.heading is not None:
        return grid
    return max(LAYOUTS, key=lambda layout: layout.fits(grid, headers)).plain(grid, headers)
