"""Crosses and ticks for words: under «Đạt» or «Chưa đạt» one says which; in a column of a criterion alone it may mean either."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Protocol

from ntm_rules.decide.written.grid import is_empty
from ntm_rules.decide.written.words import sounded
from ntm_rules.problems import Problem

_CROSSES: Final = frozenset("xv+✓✔√☑☒×")
_DASHES: Final = frozenset("-–—")
_MET: Final = "đạt"
_UNMET: Final = "chưa đạt"
_DENIALS: Final = frozenset(map(sounded, (_UNMET, "không đạt", "chưa đạt chuẩn", "không đạt chuẩn", "not met")))


def is_cross(cell: Any) -> bool:
    """Whether a cell is a cross or a tick and nothing else: «x», «X», «✓»."""
    return cell.__class__ is str and sounded(cell).strip("()[]. ") in _CROSSES


def stated_by(met: Any, unmet: Any) -> Any:
    """What the cells under «Đạt» and «Chưa đạt» state together, as a cell of an attestation: a cross in one of them is its heading, «đạt»
    and «chưa đạt» are themselves. A cross in both stays one, to be asked about; what else stands under «Chưa đạt», as «có» or 1, may mean
    either, and is put so that it is refused."""
    if _is_silent(unmet):
        return _MET if is_cross(met) else met
    if _is_silent(met):
        return _UNMET if is_cross(unmet) or sounded(str(unmet)) in _DENIALS else f"{_UNMET}: {unmet}"
    return met if is_cross(met) else f"{met}; {_UNMET}: {unmet}"


def _is_silent(cell: Any) -> bool:
    return is_empty(cell) or (cell.__class__ is str and cell.strip() in _DASHES)


class Told(Protocol):
    """What has problems of its own, as a row."""

    problems: list[Problem]


def ask_once(rows: Iterable[Told]) -> None:
    """Ask about all crosses of a table in one problem, that of each row which has one: whether they mean met, the table does not say."""
    asked = [(row, one) for row in rows for one in row.problems if one.code == "NTM-412" and is_cross(one.words["got"])]
    if not asked:
        return
    first = asked[0][1]
    problem = Problem("NTM-562", first.place, {"count": len(asked), "got": first.words["got"]})
    crosses = {id(one) for _, one in asked}
    for row in {id(row): row for row, _ in asked}.values():
        row.problems[:] = [*(one for one in row.problems if id(one) not in crosses), problem]
