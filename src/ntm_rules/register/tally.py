"""What the law says of a recognised unit that fails some criteria: keeps its status, or gives ground for revocation.

Between «no longer meets the set» and «revoked» lies a wide gap: of 19 criteria, 1 to 5 failed keep the status, 6 to 9 give ground only
with a key criterion among them, 10 or more give ground. What is not known of some criteria leaves several ways the facts can turn out; a
category is settled only if every one of them gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from ntm_rules.conditions import COMBINATIONS
from ntm_rules.decide.decision import Decision
from ntm_rules.register.law import Ground, percent
from ntm_rules.values import Bilingual, Outcome, SourceLevel


class Category(StrEnum):
    """What a review comes to."""

    STILL_MEETS = "still_meets"
    KEEPS_STATUS = "keeps_status"
    GROUND_FOR_REVOCATION = "ground_for_revocation"
    DUE_FOR_REASSESSMENT = "due_for_reassessment"
    EXPIRED = "expired"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> Bilingual:
        """The category in words."""
        return _LABELS[self]


_LABELS: Final = {
    Category.STILL_MEETS: Bilingual("còn đáp ứng", "still meets"),
    Category.KEEPS_STATUS: Bilingual("giữ danh hiệu", "keeps its status"),
    Category.GROUND_FOR_REVOCATION: Bilingual("có căn cứ thu hồi", "ground for revocation"),
    Category.DUE_FOR_REASSESSMENT: Bilingual("đến kỳ đánh giá lại", "due for re-assessment"),
    Category.EXPIRED: Bilingual("hết hạn", "expired"),
    Category.UNDETERMINED: Bilingual("chưa xác định", "undetermined"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many criteria of the tested set are failed or open, and how many of these are key criteria.

    Attributes:
        total: how many criteria the set has.
        failed: how many are known to be failed.
        open: how many are not determined.
        key_failed: how many of the failed are key criteria; None where which ones failed, or which ones are key, is not known.
        key_open: how many of the open ones are key criteria.
    """

    total: int
    failed: int
    open: int
    key_failed: int | None
    key_open: int = 0


NO_TALLY: Final = Tally(0, 0, 0, 0)  # of a product, which has points and no criteria to fail


def tally_of(decision: Decision, ground: Ground | None, accept: SourceLevel) -> Tally:
    """The tally of a decision; key criteria that rest on a weaker source than ``accept`` are not known."""
    keys: frozenset[str] = frozenset()
    known = True
    if ground is not None and ground.rule is not None and ground.rule.key_criteria is not None:
        keys = frozenset(ground.rule.key_criteria.numbers)
        level = ground.rule.key_criteria.level or SourceLevel.MISSING
        known = level.rank <= accept.rank
    failed = [node.id for node in decision.criteria if node.outcome is Outcome.NOT_MET]
    open_ = [node.id for node in decision.criteria if node.outcome is Outcome.UNDETERMINED]
    if not known:
        return Tally(decision.count(), len(failed), len(open_), None)
    return Tally(decision.count(), len(failed), len(open_), len(keys.intersection(failed)), len(keys.intersection(open_)))


def tally_of_count(total: int, met: int) -> Tally:
    """The tally where only the number of criteria met was published: which ones failed is not known."""
    return Tally(total, total - met, 0, None if met < total else 0)


def possible(
    tally: Tally,
    ground: Ground | None,
    own: Decision | None,
    *,
    same_set: bool,
    parts_ground: bool | None = False,
    accept: SourceLevel = SourceLevel.RECALLED,
) -> frozenset[Category]:
    """Every category that some completion of the unknown criteria gives.

    Args:
        tally: of the set that revocation is tested on.
        ground: the rule of the day; None where no text on record speaks of it.
        own: the decision under the set of the status; None where only a number of criteria is known.
        same_set: whether the tally is of that very decision.
        parts_ground: whether the parts of the unit (revoked communes of a district) give ground; None where that is not known.
        accept: the weakest source level of a figure of the rule that may decide.
    """
    found: set[Category] = set()
    for failed, key in _ways(tally):
        for meets in _meets(own, failed, same_set):
            if meets:
                found.add(Category.STILL_MEETS)
            else:
                found |= _of(failed, key, tally.total, ground, parts_ground, accept)
    return frozenset(found)


def _ways(tally: Tally) -> Iterator[tuple[int, bool | None]]:
    """How many criteria fail, and whether a key one is among them, in every way the open ones can turn out."""
    for keys in range(tally.key_open + 1):
        for others in range(tally.open - tally.key_open + 1):
            failed = tally.failed + keys + others
            if tally.key_failed is None:
                yield failed, None if failed else False
            else:
                yield failed, tally.key_failed + keys > 0


def _meets(own: Decision | None, failed: int, same_set: bool) -> frozenset[bool]:
    """Whether the set of the status is met, where so many of its criteria fail; both, where that is open."""
    if own is None:
        return frozenset({failed == 0})
    if not same_set or not own.criteria:
        return _BOTH if own.outcome is Outcome.UNDETERMINED else frozenset({own.outcome is Outcome.MET})
    aside = own.count(Outcome.NOT_APPLICABLE)
    conditions = [node.outcome for node in own.conditions]
    unknown = conditions.count(Outcome.UNDETERMINED)
    met = own.count() - aside - failed + conditions.count(Outcome.MET)
    lost = failed + conditions.count(Outcome.NOT_MET)
    face = own.root.face
    outcomes = (COMBINATIONS[face.operator].combine(met + way, lost + unknown - way, 0, face.k) for way in range(unknown + 1))
    return frozenset(outcome is Outcome.MET for outcome in outcomes)


_BOTH = frozenset({True, False})
_OPEN = frozenset({Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION})
_GROUND = frozenset({Category.GROUND_FOR_REVOCATION})
_KEEPS = frozenset({Category.KEEPS_STATUS})
_NOT_KNOWN = frozenset({Category.UNDETERMINED})


def _of(
    failed: int, key: bool | None, total: int, ground: Ground | None, parts_ground: bool | None, accept: SourceLevel
) -> frozenset[Category]:
    """The category of a unit that fails so many criteria; several where a figure or the key criteria are not known."""
    if ground is None or ground.rule is None or not total:
        return _NOT_KNOWN
    if parts_ground:
        return _GROUND
    rule = ground.rule
    outright = _reaches(failed, total, ground.bound(rule.without_key_from, accept))
    if outright:
        return _GROUND
    with_key = _reaches(failed, total, ground.bound(rule.with_key_from, accept))
    if with_key and key:
        return _GROUND
    sure = outright is False and (with_key is False or key is False) and parts_ground is False
    return _KEEPS if sure else _OPEN


def level_of_rule(category: Category, tally: Tally, ground: Ground, parts_ground: bool | None) -> SourceLevel | None:
    """The weakest source level of the figures of the rule that such a category rests on; None where it rests on none of them."""
    rule = ground.rule
    if rule is None or category not in (Category.KEEPS_STATUS, Category.GROUND_FOR_REVOCATION):
        return None
    if rule.loses_class:
        return ground.level_of(None)
    if parts_ground and rule.parts is not None:
        return ground.level_of(rule.parts)
    used = [ground.level_of(rule.without_key_from)]
    keeps = category is Category.KEEPS_STATUS
    if keeps or not _reaches(tally.failed, tally.total, percent(rule.without_key_from)):
        used.append(ground.level_of(rule.with_key_from))
        worst = tally.failed + tally.open if keeps else tally.failed
        if _reaches(worst, tally.total, percent(rule.with_key_from)) or not keeps:
            used.append(ground.level_of(rule.key_criteria))
    if rule.parts is not None:
        used.append(ground.level_of(rule.parts))
    return max(used, key=lambda level: level.rank)


def _reaches(failed: int, total: int, bound: Decimal | None) -> bool | None:
    """Whether a share of criteria, compared exactly, is at the bound or above; None where the bound is not known."""
    return None if bound is None else 100 * failed >= bound * total
