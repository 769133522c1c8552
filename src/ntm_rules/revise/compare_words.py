"""What people read beside the rules and decides nothing: titles, notes, why a figure is missing, the levels of a score sheet in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.revise.change import NOTHING, Change, Kind
from ntm_rules.values import Bilingual

_NUMBERS: Final = ("criterion", "indicator")
_NAMES: Final = (*_NUMBERS, "use", "part", "at")  # what tells one entry of a list from another
_TOLD_BY_FIGURES: Final = ("missing", "may_not_apply")  # that there is one or none is a difference of the rules
Path_ = tuple[str, ...]


@dataclass
class _Texts:
    """The texts of a set by their place, which entries there are, and lists of texts."""

    found: dict[Path_, tuple[str, Path_, Bilingual]] = field(default_factory=dict)
    holders: set[Path_] = field(default_factory=set)
    lists: dict[Path_, tuple[str, list[Bilingual]]] = field(default_factory=dict)

    def read(self, node: Any, path: Path_ = (), at: str = "", column: Path_ = ()) -> None:
        """Everything below a place; ``at`` and ``column`` as a difference there names them."""
        if isinstance(node, dict):
            if isinstance(node.get("vi"), str):
                self.found[path] = at, column, Bilingual(node["vi"], node.get("en"))
                return
            self.holders.add(path)
            at = next((str(node[key]) for key in _NUMBERS if key in node), at)
            for key, one in node.items():
                named = key if len(path) == 1 and path[0] in ("attributes", "dimensions") else at
                self.read(one, (*path, key), named, _column(path, key, column))
        elif isinstance(node, list):
            if node and path[-1] == "notes":
                self.lists[path] = at, [Bilingual(one["vi"], one.get("en")) for one in node if isinstance(one, dict)]
                return
            for i, one in enumerate(node):
                name = next((str(one[key]) for key in _NAMES if key in one), str(i)) if isinstance(one, dict) else str(i)
                self.read(one, (*path, name), at, column)


def _column(path: Path_, key: str, column: Path_) -> Path_:
    """The column that a key leads to: a product set, or what stands below the sign of a figure."""
    if path[:1] == ("sheets",):
        return path[1:2] or (key,)
    if key in ("missing", "source") or not (column or (path and path[-1] in OPERATORS)):
        return column
    return *column, key


def compare_words(old: RuleSet, new: RuleSet, told: Iterable[Change]) -> Iterator[Change]:
    """The texts that differ in either language and are part of no difference already told; what stands in one set alone is told with it.

    Args:
        old: the text before.
        new: the text after.
        told: the differences of the rules.
    """
    was, now = _Texts(), _Texts()
    was.read(json.loads(old.to_json()))
    now.read(json.loads(new.to_json()))
    told = list(told)
    known = {(change.old.vi, change.new.vi) for change in told}
    apart = {("dimensions", change.at) for change in told if change.kind is Kind.COLUMN_RULE_CHANGED}
    apart |= {("attributes", change.at) for change in told if change.kind is Kind.ATTRIBUTE_CHANGED}
    apart |= {("follows", path[1]) for path in now.found if path[0] == "follows" and any(change.at == "follows" for change in told)}
    levels = {(change.at, change.column) for change in told if change.kind is Kind.SHEET_CHANGED}
    other = {path[:-1] for path in was.found.keys() & now.found if path[-1] == "title" and path[0] == "sheets" and len(path) > 3}
    other = {path for path in other if not _same(was.found[*path, "title"][2], now.found[*path, "title"][2])}  # other things of one number
    for path in dict.fromkeys([*now.found, *was.found]):
        if path[-1] != "title" and any(path[:n] in other for n in range(len(path))):
            continue
        in_both = path in was.found and path in now.found
        comparable = in_both or (path[-1] not in _TOLD_BY_FIGURES and path[:-1] in was.holders & now.holders)
        if comparable and path[:2] not in apart:
            at, column, _ = now.found.get(path) or was.found[path]
            if "options" in path and (at, column) in levels:  # other levels altogether
                continue
            before, after = (one.found[path][2] if path in one.found else NOTHING for one in (was, now))
            yield from _change(path[-1] == "title", at, column, before, after, known)
    for path in dict.fromkeys([*now.lists, *was.lists]):
        at = (now.lists.get(path) or was.lists[path])[0]
        listed = [one.lists.get(path, (at, []))[1] for one in (was, now)]
        gone, come = ([text for text in one if not any(_same(text, each) for each in other)] for one, other in (listed, listed[::-1]))
        for before, after in zip_longest(gone, come, fillvalue=NOTHING):
            yield from _change(False, at, (), before, after, known)


def _same(one: Bilingual, other: Bilingual) -> bool:
    return (one.vi, one.en) == (other.vi, other.en)


def _change(title: bool, at: str, column: Path_, before: Bilingual, after: Bilingual, known: set[tuple[str, str]]) -> Iterator[Change]:
    if _same(before, after) or (before.vi != after.vi and (before.vi, after.vi) in known):
        return
    if before.vi == after.vi:  # another translation: it is what there is to see
        before, after = Bilingual(before.en), Bilingual(after.en)
    yield Change(Kind.TITLE_CHANGED if title else Kind.NOTE_CHANGED, at, column, before, after, "none")
