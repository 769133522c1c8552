"""What became of an indicator from one text to the next, in a word."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ntm_rules.conditions import OPERATORS
from ntm_rules.model.figures import Figure, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.values import Bilingual


class Fate(StrEnum):
    """What became of it; ``changed`` where some figures were raised and others lowered, or something else than figures differs."""

    KEPT = "kept"
    RAISED = "raised"
    LOWERED = "lowered"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"
    NOT_COMPARED = "not-compared"

    @property
    def label(self) -> Bilingual:
        """The word for it."""
        return _LABELS[self]


_LABELS: Final = {
    Fate.KEPT: Bilingual("giữ", "kept"),
    Fate.RAISED: Bilingual("nâng", "raised"),
    Fate.LOWERED: Bilingual("hạ", "lowered"),
    Fate.CHANGED: Bilingual("đổi", "changed"),
    Fate.NEW: Bilingual("mới", "new"),
    Fate.DROPPED: Bilingual("bỏ", "dropped"),
    Fate.NOT_COMPARED: Bilingual("chưa đối chiếu", "not compared"),
}


def fate(was: Indicator, now: Indicator) -> Fate:
    """What became of an indicator that both texts hold: raised is what fewer can reach.

    Figures are compared column by column; where one of a column is not known, or the columns are others, nothing is claimed.
    """
    if was.bound == now.bound and was.operator == now.operator and was.measure == now.measure:
        known = all(figure.is_known for _, figure in figures_of(now.bound))
        return Fate.KEPT if known else Fate.NOT_COMPARED
    before, after = dict(figures_of(was.bound)), dict(figures_of(now.bound))
    if before.keys() != after.keys() or not all(figure.is_known for figure in (*before.values(), *after.values())):
        return Fate.NOT_COMPARED
    scales = [(one.operator, one.measure.kind, one.measure.unit, one.measure.choices) for one in (was, now)]
    if scales[0] != scales[1]:
        return Fate.CHANGED
    found = {_figure(was, now, before[column], after[column]) for column in after} - {Fate.KEPT}
    return found.pop() if len(found) == 1 else Fate.CHANGED if found else Fate.KEPT


def _figure(was: Indicator, now: Indicator, old: Figure, new: Figure) -> Fate:
    if old.value == new.value:
        return Fate.KEPT
    stricter = OPERATORS[now.operator].stricter
    assert old.value is not None
    assert new.value is not None
    before, after = was.measure.comparable(old.value), now.measure.comparable(new.value)
    tighter, wider = stricter(after, before), stricter(before, after)
    return Fate.KEPT if tighter and wider else Fate.RAISED if tighter else Fate.LOWERED if wider else Fate.CHANGED
