"""How tables lie: each layout recognises its own and lays it out as a row a unit, every cell with its place in the file.

A layout is a module with two functions: ``fits`` says how many headings it recognises, 0 where the table does not lie so; ``plain`` gives
the grid with its heading found and a row a unit below it. The best fit is taken, the first of those; what is not plain is told.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Final, Protocol

from ntm_rules.decide.written.grid import Grid
from ntm_rules.decide.written.headings import Headers
from ntm_rules.decide.written.layouts import across, long_form, rows_down
from ntm_rules.problems import Problem, TableError


class Layout(Protocol):
    """The face of a layout."""

    @abstractmethod
    def fits(self, grid: Grid, headers: Headers, /) -> float:
        """How many headings are recognised when the table is taken to lie so."""

    @abstractmethod
    def plain(self, grid: Grid, headers: Headers, /) -> Grid:
        """The grid laid out as a row a unit."""


NAMED: Final[Mapping[str, Layout]] = {"rows": rows_down, "criteria_down": across, "long": long_form}  # as mappings call them
LAYOUTS: Final[tuple[Layout, ...]] = tuple(NAMED.values())


def fit(grid: Grid, headers: Headers) -> float:
    """How many headings are recognised under the layout that fits best."""
    return max(layout.fits(grid, headers) for layout in LAYOUTS)


def laid_out(grid: Grid, headers: Headers) -> Grid:
    """The grid with its heading found and a row a unit below it, however it lies in the file.

    Raises:
        TableError: no heading is found, or the table does not lie as an office has fixed it.
    """
    if grid.heading is not None:
        return grid
    fixed = headers.fixed
    if fixed is not None and fixed.layout in NAMED:
        layout = NAMED[fixed.layout]
        if layout is not rows_down and not layout.fits(grid, headers):
            raise TableError([Problem("NTM-543", fixed.place, {"layout": fixed.layout, "file": grid.file})])
        return layout.plain(grid, headers)
    if fixed is not None and fixed.rows:
        return rows_down.plain(grid, headers)
    return max(LAYOUTS, key=lambda layout: layout.fits(grid, headers)).plain(grid, headers)
