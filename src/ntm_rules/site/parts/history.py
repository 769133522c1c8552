"""Which criteria of other editions answer to one: what stands under the same title, and what is declared to be one quantity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ntm_rules.model.ruleset import Criterion
from ntm_rules.site.library import Edition, Library
from ntm_rules.values import SourceLevel, folded


class Counterpart(NamedTuple):
    """A criterion of another edition, and why it is shown: it has the same title, declared quantities, or only the same number."""

    section: Criterion
    why: str


Joined = Mapping[str, tuple[str, SourceLevel]]


def joined(library: Library, edition: Edition, other: Edition) -> Joined:
    """The indicator of ``edition`` that is declared to be one quantity with an indicator of ``other``, by the number in ``other``."""
    found = {}
    for document in library.mappings:
        for carry in document.carry:
            if (document.old, document.new) == (other.id, edition.id):
                found[carry.old] = carry.new, carry.level
            elif (document.old, document.new) == (edition.id, other.id):
                found[carry.new] = carry.old, carry.level
    return found


def counterparts(library: Library, edition: Edition, section: Criterion, other: Edition) -> list[Counterpart]:
    """The criteria of another edition that answer to one, by what is on record and never by likeness.

    The same title, or an indicator that a mapping declares to be one quantity; failing both, within a family, the same printed number,
    which says nothing of the content.
    """
    own = {one.indicator for one in section.indicators}
    pairs = joined(library, edition, other)
    found = []
    for one in other.document.sections:
        if folded(one.title) == folded(section.title):
            found.append(Counterpart(one, "title"))
        elif any(pairs.get(indicator.indicator, ("",))[0] in own for indicator in one.indicators):
            found.append(Counterpart(one, "declared"))
    if not found and other.family == edition.family and section.criterion.isdecimal():
        found = [Counterpart(one, "number") for one in other.document.sections if one.criterion == section.criterion]
    return found
