"""Through which changed figures of a score sheet a product moves from one class to another: the least of them that suffice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.sheets import Sheets
from ntm_rules.model.score import Score, ScoreCriterion, Sheet
from ntm_rules.problems import NtmError
from ntm_rules.revise.compare_sheets import STAR, items_of, levels_of

_TRIED: Final = 12  # changed figures of which every choice is tried; of more, those are left out one by one that nothing needs
_FRAME: Final = ("parts", "certified_from", "potential_from", "readings", "exclusions", "council", "councils")


class ScoreChanges:
    """The figures that differ between two texts that score, and the older text with some of them as the newer has them."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.old = old
        self.new = new
        self._made: dict[tuple[str, frozenset[str]], RuleSet | None] = {}

    @cached_property
    def _scores(self) -> tuple[Scores, Scores]:
        return self.old.scores, self.new.scores

    def through(self, before: Decision, after: Decision) -> tuple[str, ...] | None:
        """Numbers of criteria and classes: each that alone moves the product as the newer text does, else the fewest that do together.

        None where the product does not move, has no sheet, or moves by more than its own figures.
        """
        number = before.ruleset.sheet
        if number is None or number != after.ruleset.sheet or _class(before) == _class(after):
            return None
        changed = tuple(self._changed(number))

        def comes_to(chosen: Collection[str]) -> bool:
            rules = self._with(number, frozenset(chosen))
            try:
                return rules is not None and _class(rules.evaluate(before.subject, accept=before.accept)) == _class(after)
            except NtmError:  # a level that this text has not
                return False

        if not comes_to(changed):
            return None
        if alone := tuple(one for one in changed if comes_to((one,))):
            return alone
        if len(changed) <= _TRIED:
            return next(some for size in range(2, len(changed) + 1) for some in combinations(changed, size) if comes_to(some))
        least = changed
        for one in changed:
            without = tuple(other for other in least if other != one)
            if comes_to(without):
                least = without
        return least

    def _changed(self, number: str) -> Iterator[str]:
        """What differs, by name: classes, the frame, criteria of the sheet."""
        was, now = (scores.score for scores in self._scores)
        starts = [{one.stars: one for one in score.stars} for score in (was, now)]
        yield from (STAR.format(star) for star in starts[1] if starts[0].get(star) != starts[1][star])
        yield from (name for name in _FRAME if getattr(was, name) != getattr(now, name))
        before, after = (dict(items_of(scores.sheet(number))) for scores in self._scores)
        yield from (name for name, one in after.items() if name in before and levels_of(before[name]) != levels_of(one))

    def _with(self, number: str, chosen: frozenset[str]) -> RuleSet | None:
        """The older text with what is chosen as the newer has it; None where its classes would not fall."""
        key = (number, chosen)
        if key not in self._made:
            old, new = self._scores
            score = _framed(old.score, new.score, chosen)
            falls = all(high.start >= low.start for high, low in pairwise(score.stars))
            sheet = _mixed(old.sheet(number), dict(items_of(new.sheet(number))), chosen)
            document = self.old.document.model_copy(update={"score": score})
            sheets = Sheets.of_sheets(document, {number: sheet})
            self._made[key] = RuleSet(replace(self.old.effective, document=document, sheets=sheets)) if falls else None
        return self._made[key]


def _class(decision: Decision) -> tuple[object, ...]:
    return decision.outcome, decision.stars, tuple(decision.stars_possible)


def _framed(old: Score, new: Score, chosen: Collection[str]) -> Score:
    later = {one.stars: one for one in new.stars}
    stars = tuple(later.get(one.stars, one) if STAR.format(one.stars) in chosen else one for one in old.stars)
    added = tuple(one for one in new.stars if STAR.format(one.stars) in chosen and one.stars not in {star.stars for star in old.stars})
    every = tuple(sorted((*stars, *added), key=lambda one: -one.stars))
    return old.model_copy(update={"stars": every, **{name: getattr(new, name) for name in _FRAME if name in chosen}})


def _mixed(sheet: Sheet, later: Mapping[str, ScoreCriterion], chosen: Collection[str]) -> Sheet:
    """A sheet with the criteria that are chosen as they are later."""

    def mixed(one: ScoreCriterion) -> ScoreCriterion:
        own = later[one.criterion] if one.criterion in chosen else one
        return own.model_copy(update={"of": tuple(map(mixed, one.of))})

    parts = tuple(part.model_copy(update={"criteria": tuple(map(mixed, part.criteria))}) for part in sheet.parts)
    return sheet.model_copy(update={"parts": parts})
