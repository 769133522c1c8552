"""Criteria of score sheets by their names: sheets of one edition number the same name differently, so a name is read on its own sheet."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.engine.methods import Judging
from ntm_rules.decide.written.words import sounded
from ntm_rules.model.score import ScoreCriterion, Sheet


def titles_of(rules: Judging) -> dict[str, None]:
    """The keys of the names of every criterion that some sheet of the edition scores, in order."""
    sheets = (rules.scores.sheet(number) for number in rules.scores.product_sets)
    return dict.fromkeys(word for sheet in sheets for leaf in _leaves(sheet) for word in _words(leaf))


def numbers_by_title(rules: Judging, product_set: str) -> dict[str, list[str]]:
    """The numbers that each name has on the sheet of a product set; more than one where the sheet repeats a name."""
    found: dict[str, list[str]] = {}
    if product_set in rules.scores.product_sets:
        for leaf in _leaves(rules.scores.sheet(product_set)):
            for word in dict.fromkeys(_words(leaf)):
                found.setdefault(word, []).append(leaf.criterion)
    return found


def _words(leaf: ScoreCriterion) -> tuple[str, ...]:
    return (sounded(leaf.title.vi), sounded(leaf.title.en)) if leaf.title is not None else ()


def _leaves(sheet: Sheet) -> Iterator[ScoreCriterion]:
    waiting = [criterion for part in reversed(sheet.parts) for criterion in reversed(part.criteria)]
    while waiting:
        one = waiting.pop()
        if one.of:
            waiting.extend(reversed(one.of))
        else:
            yield one
