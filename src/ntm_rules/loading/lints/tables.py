"""The tables of figures: by dimensions that are declared, under keys that can occur, as deep as they say."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.model.figures import Row, Table, figures_of
from ntm_rules.model.ruleset import Dimension
from ntm_rules.problems import nearest


def _by(walk: Walk, table: Table) -> list[tuple[str, Dimension]]:
    """The dimensions of a table down to the first that is not declared."""
    known: list[tuple[str, Dimension]] = []
    for name in table.by:
        if name not in walk.document.dimensions:
            break
        known.append((name, walk.document.dimensions[name]))
    return known


def _undeclared(walk: Walk) -> Iterator[Finding]:
    for path, table in walk.tables:
        depth = len(_by(walk, table))
        if depth < len(table.by):
            yield at((*path, "by", depth), got=table.by[depth], guess=nearest(table.by[depth], walk.document.dimensions))


def _unread(walk: Walk) -> Iterator[Finding]:
    for path, table in walk.tables:
        cells = [keys for keys, _ in figures_of(table)]
        for depth, (name, dimension) in enumerate(_by(walk, table)):
            allowed = allowed_keys(walk, dimension)
            reached: dict[Path_, None] = dict.fromkeys(keys[: depth + 1] for keys in cells if len(keys) > depth)
            for keys in reached:
                key = str(keys[depth])
                if allowed and key != "others" and key not in allowed:
                    yield at((*path, *keys), at_key=True, got=key, dimension=name, guess=nearest(key, allowed))


def allowed_keys(walk: Walk, dimension: Dimension) -> tuple[str, ...]:
    """The keys that a table may have; none where they are open.

    The columns that the dimension lists, if it does: some that only a redirect leads to may stand among them, and some values of its
    attribute may be left to *others*. What the subject's own column can be, while it is not known, says the attribute.
    """
    attribute = walk.attributes.get(dimension.attribute)
    return dimension.values or (attribute.one_of if attribute else ())


def _uneven(walk: Walk) -> Iterator[Finding]:
    for path, table in walk.tables:
        if len(_by(walk, table)) == len(table.by):
            for keys, empty in _ends(table):
                if empty or len(keys) != len(table.by):
                    yield at((*path, *keys), expected=f"{len(table.by)} × {list(table.by)}", got=" / ".join(keys) or "{}")


def _ends(row: Row, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The keys down to every figure, and to every row under which none stands."""
    cells = row.cells()
    if not cells:
        yield keys, True
    for key, cell in cells.items():
        if isinstance(cell, Row):
            yield from _ends(cell, (*keys, key))
        else:
            yield (*keys, key), False


DECLARED = Lint("NTM-217", _undeclared, "by: [¦regoin]", "by: [region]")
KEY = Lint("NTM-208", _unread, "¦tay-nguyn: 6", "tay-nguyen: 6")
DEPTH = Lint("NTM-203", _uneven, "tay-nguyen: {A: ¦6}", "tay-nguyen: 6")
