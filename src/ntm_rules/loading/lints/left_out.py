"""A row or a column that a table lacks and its neighbours have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.figures import Row
from ntm_rules.values import Bilingual

_BESIDE: Final = Bilingual("các dòng hoặc bảng bên cạnh đều có", "which the rows or tables beside it all have")
_NEIGHBOURS = 2  # one other is no neighbourhood


def rows_of(row: Row, path: Path_ = (), depth: int = 0) -> Iterator[tuple[int, Path_, Row]]:
    """The row and every row below it, with how deep it stands."""
    yield depth, path, row
    for key, cell in row.cells().items():
        if isinstance(cell, Row):
            yield from rows_of(cell, (*path, key), depth + 1)


def _left_out(walk: Walk) -> Iterator[Finding]:
    alike: dict[tuple[object, int], list[tuple[Path_, Row]]] = defaultdict(list)
    for path, table in walk.tables:
        for depth, where, row in rows_of(table, path):
            alike[table.by, depth].append((where, row))
    for rows in alike.values():
        keys = [row.cells().keys() for _, row in rows]
        for i, (path, row) in enumerate(rows):
            others = [one for j, one in enumerate(keys) if j != i]
            if len(others) >= _NEIGHBOURS and "others" not in row.cells():
                for key in dict.fromkeys(key for one in others for key in one if key not in keys[i] and key != "others"):
                    if all(key in one for one in others):
                        yield at(path, got=key, where=_BESIDE)


COLUMNS = Lint(
    "NTM-259", _left_out, "at_least: ¦{by: [region], tay-nguyen: 4}", "at_least: {by: [region], tay-nguyen: 4, dong-nam-bo: 5}", Level.WARNS
)
