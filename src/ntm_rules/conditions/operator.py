"""What an operator is: one comparison of the law with all its faces.

Whatever the rest of the library asks about a comparison is answered here or in the operator's own file: what it fits, how its bound is
written, how it decides one value, a range of values, a column of a dataframe or a term of a solver, how strict it is, how it reads.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, Protocol

from ntm_rules.values import ARITHMETIC, Bilingual, Lang

MeasureKind = Literal["number", "yes_no", "choice"]
BoundKind = Literal["one", "list", "pair", "none"]
Side = Literal[-1, 0, 1]

IN_ORDER: Final[tuple[MeasureKind, ...]] = ("number", "choice")
_PLACES: Final[dict[BoundKind, int]] = {"one": 1, "list": 1, "pair": 2, "none": 0}
_ONE: Final = Bilingual("một giá trị", "one value")
_FORMS: Final[dict[BoundKind, Bilingual]] = {
    "one": _ONE,
    "list": Bilingual("[…]"),
    "pair": Bilingual("[a, b], a ≤ b"),
    "none": _ONE,
}
_MISSED_BY: Final[dict[Side, Bilingual]] = {
    1: Bilingual("còn thiếu {}", "short by {}"),
    -1: Bilingual("vượt {}", "over by {}"),
    0: Bilingual("chênh {}", "off by {}"),
}
_OR: Final = Bilingual(" hoặc ", " or ")
_LEAST: Final = Decimal("-Infinity")
_MOST: Final = Decimal("Infinity")


class Steps(Protocol):
    """The values of a range that can come out, where not every number between its ends can: each in one way or in several."""

    @property
    @abstractmethod
    def ways(self) -> int:
        """In how many ways a value comes out."""

    @abstractmethod
    def within(self, first: Decimal, last: Decimal) -> int:
        """In how many of them it lies between two numbers, or at one of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One comparison of a value with a bound, which knows no order: every value but those that hold fails alike.

    Values and bounds are exact numbers, places in an order of grades, or answers.

    Attributes:
        name: the key in a ruleset.
        sign: how it is printed before a bound.
        holds: ``holds(value, bound)``, whether a value meets the bound.
        words: how a requirement reads, with a ``{}`` for each place of the bound.
        help: what it means, for those who write a ruleset.
        fits: the kinds of measure whose values it can compare.
        bound: what it compares with: ``one`` value, a ``list`` of values, a ``pair`` of them (least and greatest), or ``none`` but yes.
        alone: how it reads without any bound; the words with dots where this is None.
        stated: how a condition on an attribute reads, after its title and with ``{}``; the words where this is None.
        low: whether it asks for no less than something.
        high: whether it asks for no more than something.
        across: ``holds`` for a column of a dataframe or a term of a solver, where the function for values does not serve for these too.
    """

    name: str
    sign: str
    holds: Callable[[Any, Any], bool]
    words: Bilingual
    help: str
    fits: tuple[MeasureKind, ...] = IN_ORDER
    bound: BoundKind = "one"
    alone: Bilingual | None = None
    stated: Bilingual | None = None
    low: bool = False
    high: bool = False
    across: Callable[[Any, Any], Any] | None = None

    # --- how it is written ---------------------------------------------------------------------------------------------

    @property
    def places(self) -> int:
        """How many places for a bound its words have."""
        return _PLACES[self.bound]

    @property
    def form(self) -> Bilingual:
        """The form of its bound, for people."""
        return _FORMS[self.bound]

    @property
    def many(self) -> bool:
        """Whether its bound is written as several values, even where there is but one."""
        return self.bound in ("list", "pair")

    def takes(self, bound: Any) -> bool:
        """Whether a bound has the form that the operator compares with: one value, a list, or two values."""
        return isinstance(bound, tuple) is self.many and (self.bound != "pair" or len(bound) == 2)

    def possible(self, bound: Any) -> bool:
        """Whether any value at all can meet the bound."""
        return True

    # --- how it decides ------------------------------------------------------------------------------------------------

    @property
    def direction(self) -> Side:
        """+1 when more is better, -1 when less is better, 0 when neither."""
        return 0 if self.low is self.high else 1 if self.low else -1

    def term(self, value: Any, bound: Any) -> Any:
        """Whether a value meets the bound, as a column of a dataframe or a term of a solver: made with ``<= == & |`` alone."""
        return (self.across or self.holds)(value, bound)

    def over(self, low: Decimal | None, high: Decimal | None, bound: Any, *, ends: bool = True, steps: Steps | None = None) -> bool | None:
        """Whether every value of a range meets the bound (True) or none does (False); None where it depends on the value.

        Args:
            low: the least value of the range; None where it has none.
            high: the greatest value.
            bound: what they are compared with.
            ends: whether the least and the greatest value belong to the range themselves.
            steps: the values that can come out, both ends among them; None where every number of the range can.
        """
        return self.holds(low, bound) if ends and low is not None and low == high else None

    def stricter(self, new: Any, old: Any) -> bool:
        """Whether whatever meets the bound ``new`` meets ``old`` too: it is as strict, or stricter."""
        return bool(new == old)

    def short(self, value: Decimal, bound: Any) -> Decimal | None:
        """By how much a number fails the bound, in the unit of the measure; 0 when it holds, None where no amount says it."""
        return None

    def side(self, value: Any, bound: Any) -> Side:
        """Where a value lies: -1 short of what is asked, +1 beyond it, 0 where it holds or where no order says."""
        return 0

    @property
    def missed_by(self) -> Bilingual:
        """How a gap reads, with ``{}`` for the amount: a lower limit is fallen short of, an upper one exceeded, an exact one missed."""
        return _MISSED_BY[self.direction]

    # --- how it reads --------------------------------------------------------------------------------------------------

    def phrase(self, bounds: Sequence[str], lang: Lang) -> str:
        """What is required, in words: ``từ 80% trở lên``."""
        return self._filled(self.words, bounds, lang, ", ")

    def of_attribute(self, title: str, bounds: Sequence[str], lang: Lang) -> str:
        """A condition on an attribute, in words: ``khu vực là Tây Nguyên``."""
        return f"{title} {self._filled(self.words if self.stated is None else self.stated, bounds, lang, _OR.say(lang))}".rstrip()

    def unbound(self, lang: Lang) -> str:
        """How a value is compared, without the bound: ``từ … trở lên (≥)``."""
        return self.alone.say(lang) if self.alone else f"{self.phrase(['…'] * self.places, lang)} ({self.sign})"

    def listed(self, bounds: Sequence[str]) -> str:
        """The bound alone, on one line: ``80``, ``Khá, Tốt``, ``20–30``."""
        return ("–" if self.bound == "pair" else ", ").join(bounds)

    def _filled(self, words: Bilingual, bounds: Sequence[str], lang: Lang, joined: str) -> str:
        return words.say(lang).format(*((joined.join(bounds),) if self.bound == "list" else bounds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Operator):
    """A comparison that asks for one stretch of an order: from a bound up (``low``), up to a bound (``high``), or both."""

    def ends(self, bound: Any) -> tuple[Any, Any]:
        """The least and the greatest that is asked for; None on a side where there is no limit."""
        if self.bound == "pair":
            return bound[0], bound[1]
        return bound if self.low else None, bound if self.high else None

    def possible(self, bound: Any) -> bool:
        """Whether the stretch does not end before it starts."""
        first, last = self.ends(bound)
        return first is None or last is None or bool(first <= last)

    def over(self, low: Decimal | None, high: Decimal | None, bound: Any, *, ends: bool = True, steps: Steps | None = None) -> bool | None:
        """Every value between two that hold holds; none does between two that fail on the same side.

        Nor does any that can come out, where the stretch lies between two of them.
        """
        least, most = _LEAST if low is None else low, _MOST if high is None else high
        if ends:
            met = self.holds(least, bound), self.holds(most, bound)
            if any(met):
                return True if all(met) else None
            if self.side(least, bound) == self.side(most, bound):
                return False
            return False if steps is not None and not steps.within(*self.ends(bound)) else None  # a stretch with both its ends
        first, last = self.ends(bound)
        if (first is None or least >= first) and (last is None or most <= last):
            return True
        return False if (first is not None and most <= first) or (last is not None and least >= last) else None

    def stricter(self, new: Any, old: Any) -> bool:
        """Whether the new stretch lies within the old one."""
        (new_first, new_last), (first, last) = self.ends(new), self.ends(old)
        return (first is None or new_first >= first) and (last is None or new_last <= last)

    def short(self, value: Decimal, bound: Any) -> Decimal | None:
        """How far the stretch is. At the bound of *trên* and *dưới* no amount says it: any step beyond will do."""
        side, (first, last) = self.side(value, bound), self.ends(bound)
        if side == 0:  # at the bound itself nothing, to as many places as are written
            return next((ARITHMETIC.subtract(end, value) for end in (first, last) if end == value), Decimal(0))
        return (ARITHMETIC.subtract(first, value) if side < 0 else ARITHMETIC.subtract(value, last)) or None

    def side(self, value: Any, bound: Any) -> Side:
        """Short of the stretch or beyond it."""
        if self.holds(value, bound):
            return 0
        first, _ = self.ends(bound)
        return -1 if first is not None and value <= first else 1
