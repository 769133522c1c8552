"""Values that follow from other facts: a status the subject holds, a share or a count over its parts.

What is not known of a part leaves a range, not a guess: 53 of 85 communes recognised and 3 not known is *from 53 to 56*. A bound that
the whole range satisfies is met; one that no value of it satisfies is not met. A share of nothing has no value: while it may turn out that
no part belongs to the base at all, neither all nor none of it has been reached.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ntm_rules.decide.engine.attributes import decide_condition, read_attributes
from ntm_rules.model.measures import Measure
from ntm_rules.model.requirements import Condition, attributes_of
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.subject import Member
from ntm_rules.problems import Problem, SubjectError
from ntm_rules.values import ARITHMETIC, Bilingual, Outcome, plain

RANGE: Final = Bilingual("từ {} đến {}: {} đơn vị chưa rõ", "from {} to {}: {} units not known")


class Span(NamedTuple):
    """The parts that may be counted of a base: every whole number from the fewest to the most."""

    base: int
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Between:
    """A derived value: the least and the greatest it can be, what it can be between them, and how many parts leave that open.

    Attributes:
        low: the least it can be.
        high: the greatest it can be.
        open: how many parts are not known.
        spans: what can be counted, for every base that there may be, in hundredths of the base; the base of a count is 100.
    """

    low: Decimal
    high: Decimal
    open: int
    spans: tuple[Span, ...]

    @property
    def ways(self) -> int:
        """In how many ways a value comes out."""
        return sum(span.most - span.fewest + 1 for span in self.spans)

    def within(self, first: Decimal, last: Decimal) -> int:
        """In how many of them it lies between two numbers, or at one of the two."""
        one, other = Fraction(first), Fraction(last)
        found = 0
        for base, fewest, most in self.spans:
            found += max(0, min(most, math.floor(other * base / 100)) - max(fewest, math.ceil(one * base / 100)) + 1)
        return found

    @property
    def reason(self) -> Bilingual:
        """Why it is not one number."""
        low, high = (
            plain(number.quantize(Decimal("0.01"), context=ARITHMETIC) if number != int(number) else number)
            for number in (self.low, self.high)
        )
        return RANGE.fill(low, high, self.open)


class Uncounted(Enum):
    """Why the parts that are listed give no value, neither 0 nor 100 %."""

    NOT_LISTED = Bilingual("chưa kê đơn vị nào thuộc loại được tính", "no unit of the kind that is counted is listed")
    NONE_IN_BASE = Bilingual("trong các đơn vị đã kê không có đơn vị nào thuộc diện tính", "none of the units listed belongs to the base")
    MAYBE_NONE = Bilingual(
        "chưa rõ có đơn vị nào thuộc diện tính hay không, nên chưa có tỷ lệ",
        "it is not known whether any unit belongs to the base, so there is no share yet",
    )


def derive(measure: Measure, members: tuple[Member, ...], declared: Mapping[str, Attribute]) -> Between | Uncounted:
    """The share (percent) or the count over the parts of a whole, or why the parts give neither.

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
            known, _, wrong = read_attributes(given, looked_at, declared, member.id)
            if wrong:
                problems += wrong
                continue
            state = states[alike] = (_state(measure.among, known, declared), _state(measure.where, known, declared))
        tally[state] += 1
    if problems:
        raise SubjectError(problems)
    if not any(tally.values()):
        return Uncounted.NOT_LISTED
    return _share(tally) if measure.share_of else _count(tally)


_EXACT_ENOUGH = Context(prec=28)  # a share is a bound of the law only if it ends, and then it is exact
_IN, _OUT, _OPEN = _STATES = (Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED)


def _state(condition: Condition | None, known: Mapping[str, Any], declared: Mapping[str, Attribute]) -> Outcome:
    return _IN if condition is None else decide_condition(condition, known, declared).outcome


def _count(tally: Mapping[tuple[Outcome, Outcome], int]) -> Between:
    low = tally[_IN, _IN]
    unknown = tally[_IN, _OPEN] + tally[_OPEN, _IN] + tally[_OPEN, _OPEN]
    return Between(Decimal(low), Decimal(low + unknown), unknown, (Span(100, low, low + unknown),))


def _percent(part: int, whole: int) -> Decimal:
    return _EXACT_ENOUGH.divide(Decimal(100 * part), Decimal(whole))


def _share(tally: Mapping[tuple[Outcome, Outcome], int]) -> Between | Uncounted:
    sure, base = tally[_IN, _IN], tally[_IN, _IN] + tally[_IN, _OUT] + tally[_IN, _OPEN]
    doubtful = tally[_OPEN, _IN] + tally[_OPEN, _OUT] + tally[_OPEN, _OPEN]
    if not base:
        return Uncounted.MAYBE_NONE if doubtful else Uncounted.NONE_IN_BASE
    # Least: every open part that can fail counts in the base only, one that cannot fail stays out. Greatest: the reverse.
    lost, gained = tally[_OPEN, _OUT] + tally[_OPEN, _OPEN], tally[_OPEN, _IN] + tally[_OPEN, _OPEN]
    most = sure + tally[_IN, _OPEN]
    low, high = _percent(sure, base + lost), _percent(most + gained, base + gained)
    # Of so many more in the base, as many count as cannot fail any more, at least, and as many as can hold, at most.
    spans = tuple(Span(base + more, sure + max(0, more - lost), most + min(more, gained)) for more in range(doubtful + 1))
    return Between(low, high, tally[_IN, _OPEN] + doubtful, spans)
