"""A figure whose source is weaker than that of all its neighbours, and that does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.sources import levels
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.values import SourceLevel

_NEIGHBOURS = 2  # one other figure is no neighbourhood


def _weaker(walk: Walk) -> Iterator[Finding]:
    told = {placed.path for placed in walk.figures if placed.figure.level is not None and placed.figure.note is not None}  # it says why
    known: list[tuple[Path_, SourceLevel]] = [(path, level) for path, level, _ in levels(walk) if level is not None]
    for table, _ in walk.tables:
        inside = [(path, level) for path, level in known if path[: len(table)] == table]
        for path, level in inside:
            others = [other for where, other in inside if where != path]
            best = max(others, key=lambda other: other.rank, default=level)
            if path not in told and len(others) >= _NEIGHBOURS and level.rank > best.rank:
                yield at(path, level=level, others=best)


WEAKER = Lint(
    "NTM-238",
    _weaker,
    "dong-nam-bo: ¦{value: 7, level: recalled}",
    "dong-nam-bo: {value: 7, level: published, seen: [https://example.vn]}",
    Level.WARNS,
)
