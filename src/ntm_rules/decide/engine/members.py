"""Values that follow from other facts: a status the subject holds, a share or a count over its parts.

What is not known of a part leaves a range, not a guess: 53 of 85 communes recognised and 3 not known is *from 53 to 56*. A bound that
the whole range satisfies is met; one that no value of it satisfies is not met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from ntm_rules.decide.engine.attributes import decide_condition, read_attributes
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import Condition, attributes_of
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.subject import Member
from ntm_rules.problems import Problem, SubjectError
from ntm_rules.values import Bilingual, Outcome, plain


@dataclass(frozen=True, slots=True)
class Between:
    """A derived value: the least and the greatest it can be, and how many parts leave that open.

    Attributes:
        low: the least it can be.
        high: the greatest it can be.
        open: how many parts are not known.
    """

    low: Decimal
    high: Decimal
    open: int

    @property
    def reason(self) -> Bilingual:
        """Why it is not one number."""
        low, high = (plain(number.quantize(Decimal("0.01")) if number != int(number) else number) for number in (self.low, self.high))
        return Bilingual(f"từ {low} đến {high}: {self.open} đơn vị chưa rõ", f"from {low} to {high}: {self.open} units not known")


def derive(measure: Measure, members: tuple[Member, ...], declared: Mapping[str, Attribute]) -> Between | None:
    """The share (percent) or the count over the parts of a whole; None where there is no part of the kind to count.

    A part for which ``among`` or ``where`` is not known may count or not; the range covers every way it can turn out.

    Raises:
        SubjectError: an attribute of a part cannot be read.
    """
    names = sorted({name for condition in (measure.where, measure.among) if condition for name in attributes_of(condition)})
    # Nothing is presumed of a part: what is not stated of it is open.
    looked_at = {name: declared[name].model_copy(update={"unless_stated": None}) for name in names}
    problems: list[Problem] = []
    tally = {(a, w): 0 for a in _STATES for w in _STATES}
    states: dict[tuple[Any, ...], tuple[Outcome, Outcome]] = {}  # of thousands of parts most are alike: each kind is decided once
    for member in members:
        if member.kind != measure.counted:
            continue
        given = member.attributes
        alike = (frozenset(given), *[(value.__class__, value) for value in map(given.get, names)])
        state = states.get(alike)
        if state is None:
            known, _, wrong = read_attributes(given, looked_at, names, member.id)
            if wrong:
                problems += wrong
                continue
            state = states[alike] = (_state(measure.among, known, declared), _state(measure.where, known, declared))
        tally[state] += 1
    if problems:
        raise SubjectError(problems)
    return _share(tally) if measure.share_of else _count(tally)


_EXACT_ENOUGH = Context(prec=28)  # a share is a bound of the law only if it ends, and then it is exact
_IN, _OUT, _OPEN = _STATES = (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED)


def _state(condition: Condition | None, known: Mapping[str, Any], declared: Mapping[str, Attribute]) -> Outcome:
    return _IN if condition is None else decide_condition(condition, known, declared).outcome


def _count(tally: Mapping[tuple[Outcome, Outcome], int]) -> Between | None:
    if not any(tally.values()):
        return None
    low = tally[_IN, _IN]
    unknown = tally[_IN, _OPEN] + tally[_OPEN, _IN] + tally[_OPEN, _OPEN]
    return Between(Decimal(low), Decimal(low + unknown), unknown)


def _percent(part: int, whole: int) -> Decimal:
    return _EXACT_ENOUGH.divide(Decimal(100 * part), Decimal(whole))


def _share(tally: Mapping[tuple[Outcome, Outcome], int]) -> Between | None:
    sure, base = tally[_IN, _IN], tally[_IN, _IN] + tally[_IN, _OUT] + tally[_IN, _OPEN]
    doubtful = tally[_OPEN, _IN] + tally[_OPEN, _OUT] + tally[_OPEN, _OPEN]
    unknown = tally[_IN, _OPEN] + doubtful
    # Least: every open part that can fail counts in the base only, one that cannot fail stays out. Greatest: the reverse.
    worst = base + tally[_OPEN, _OUT] + tally[_OPEN, _OPEN]
    gained = tally[_OPEN, _IN] + tally[_OPEN, _OPEN]
    best = base + gained
    if not base and not doubtful:
        return None
    low = _percent(sure, worst) if worst else Decimal(100) if tally[_OPEN, _IN] else Decimal(0)
    high = _percent(sure + tally[_IN, _OPEN] + gained, best) if best else Decimal(0)
    return Between(low, high, unknown)
