"""The weakest source level on the path that decided each place of each row, asked of the core once for each kind of row that occurs.

What a place rests on follows from its own outcome, from how many of its parts have each outcome at each level, and from whether an
authority's word decided. Rows that agree in these agree in the level; there are few such kinds, however many rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from ntm_rules.decide.engine.tree import ATTESTED, Judged, Note, Shape
from ntm_rules.decide.frame import nodes as p
from ntm_rules.decide.frame.arrays import SLICE
from ntm_rules.values import Outcome, SourceLevel

NO_LEVEL: Final = 255
_LEVELS: Final = (None, *SourceLevel)
_OUTCOMES: Final = tuple(Outcome)
_STEP: Final = len(_LEVELS)


def levels_of(programs: Sequence[Any], ways: Any, whole: Any, kept: Any, told: Any, place: Mapping[str, int]) -> Any:
    """The rank of the level of every node that is kept, one row each, then that of the whole; ``NO_LEVEL`` where there is none.

    Args:
        programs: one for each way.
        ways: the way of each row.
        whole: the outcomes of the set.
        kept: the outcomes of the nodes.
        told: where an authority's word decided a node.
        place: the row of each node among the kept.
    """
    height = len(whole)
    found = np.full((len(place) + 1, height), NO_LEVEL, np.uint8)
    sections = list(zip(*(program.sections for program in programs), strict=True))
    for start in range(0, height, SLICE):
        at = slice(start, min(start + SLICE, height))
        for section in sections:
            row = place[section[0].id]
            parts = []
            for leaves in zip(*(one.leaves for one in section), strict=True):
                own = place[leaves[0].id]
                ranks = np.array([_rank(leaf.face.level) for leaf in leaves], np.uint8).take(ways[at])
                ranks[(kept[own, at] == p.NOT_APPLICABLE) | told[own, at]] = NO_LEVEL
                found[own, at] = ranks
                parts.append((kept[own, at], ranks))
            found[row, at] = _of_whole([one.face for one in section], ways[at], kept[row, at], told[row, at], parts)
        inner = [(kept[place[one[0].id], at], found[place[one[0].id], at]) for one in sections]
        nobody = np.zeros(at.stop - at.start, bool)
        found[-1, at] = _of_whole([program.root.face for program in programs], ways[at], whole[at], nobody, inner)
    return found


def _rank(level: SourceLevel | None) -> int:
    return NO_LEVEL if level is None else level.rank


def _of_whole(faces: Sequence[Any], ways: Any, own: Any, told: Any, parts: Sequence[tuple[Any, Any]]) -> Any:
    """The ranks of a whole from its own outcome, the outcomes of its parts and their ranks."""
    kinds = {(face.operator, face.k): face for face in faces}
    names = list(kinds)
    kind = np.array([names.index((face.operator, face.k)) for face in faces], np.uint16).take(ways)
    counts: dict[int, Any] = {}
    for codes, ranks in parts:
        held = codes * np.uint8(_STEP) + (ranks + np.uint8(1))
        for one in np.flatnonzero(np.bincount(held)).tolist():
            counts[one] = counts.get(one, 0) + (held == one).astype(np.uint16)
    rows = pl.DataFrame({"own": own, "told": told, "kind": kind, **{str(one): count for one, count in sorted(counts.items())}})
    distinct = rows.unique(maintain_order=True)
    ranks = []
    for code, is_told, of_kind, *numbers in distinct.iter_rows():
        held = [one for one, count in zip(sorted(counts), numbers, strict=True) for _ in range(count)]
        outcomes = [_OUTCOMES[code], *(_OUTCOMES[one // _STEP] for one in held)]
        shape = Shape((tuple(range(1, len(outcomes))),), ())
        notes = {0: Note(basis=ATTESTED)} if is_told else {}
        judged = Judged(shape, (kinds[names[of_kind]],), outcomes, (), notes)
        ranks.append(_rank(judged.level_from(0, [_LEVELS[one % _STEP] for one in held])))
    joined = rows.join(distinct.with_columns(pl.Series("level", ranks, pl.UInt8)), on=rows.columns, how="left", maintain_order="left")
    return joined["level"].to_numpy()
