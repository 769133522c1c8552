"""Which method judges a text."""

from __future__ import annotations

from typing import Any, cast

from ntm_rules.decide.engine.criteria import Criteria
from ntm_rules.decide.engine.method import Input, Method
from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.loading.edition import Edition
from ntm_rules.loading.resolve import Effective
from ntm_rules.problems import NotFound, Place, Problem


def method_of(edition: Edition) -> Method[Any]:
    """By score sheets where the text has some, else by its criteria."""
    if edition.sheets is None:
        return Criteria(edition)
    return Scores(edition, edition.sheets)  # pyright: ignore[reportReturnType] - a cached property is one, too


class Judging(Edition):
    """An edition with the method that judges by it, as those know it who read subjects for it.

    Attributes:
        method: how it judges: by criteria, or by score sheets.
    """

    def __init__(self, effective: Effective) -> None:
        super().__init__(effective)
        self.method: Method[Any] = method_of(self)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Everything that a value can be given for: the indicators of the conditions and of the criteria, or what is scored."""
        return self.method.inputs

    @property
    def scores(self) -> Scores:
        """What only a set of score sheets has: ``product_sets``, ``sheet(4)``, ``best(4)``.

        Raises:
            NotFound: the set judges by criteria, not by sheets.
        """
        if self.method.name != Scores.name:
            raise NotFound([Problem("NTM-606", Place(path=self.id), {"got": self.id})])
        return cast(Scores, self.method)
