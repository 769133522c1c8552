"""What a set itself declares may stand where somebody writes: the regions and years of its tables, its attributes and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ntm_rules.model.ruleset import RuleSetDocument

_BY: Final = re.compile(r" *(?:- +)*by *: *\[([^\]]*)\]")
_OTHERS: Final = "others"


def names_of(document: RuleSetDocument) -> Mapping[str, Sequence[str]]:
    """Each attribute and each table direction of a set, with the values that it may have, where these are known beforehand."""
    days = document.in_force
    years = [str(year) for year in range(days.start.year, days.until.year + 1)] if days.start and days.until else []
    named = {name: one.one_of or (years if name == "year" else ()) for name, one in document.attributes.items()}
    for name, direction in document.dimensions.items():
        named.setdefault(direction.attribute, direction.values)
        named[name] = direction.values or named[direction.attribute]
    return named


def columns_at(lines: Sequence[str], line: int, indent: int, named: Mapping[str, Sequence[str]]) -> list[str]:
    """The columns that may be written on a line (counted from 1): those of the table that it stands in, if it stands in one."""
    for depth, found in _tables_above(lines[: line - 1], indent):
        by = [one.strip(" \"'") for one in found.split(",")]
        if depth < len(by):
            return [*named.get(by[depth], ()), *([_OTHERS] if depth == 0 else ())]
    return []


def _tables_above(lines: Sequence[str], indent: int) -> Iterator[tuple[int, str]]:
    """Tables that a place may stand in, with how many columns it stands under in each."""
    depth = 0
    for line in reversed(lines):
        here = len(line) - len(line.lstrip(" -"))
        if not line.strip() or line.lstrip().startswith("#") or here > indent:
            continue
        if here < indent:
            indent, depth = here, depth + 1
        if found := _BY.match(line):
            yield depth, found[1]
