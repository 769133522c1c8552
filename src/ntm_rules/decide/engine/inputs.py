"""Reading measured values: text to exact numbers, words to answers, grades to their place; everything else is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from ntm_rules.model.measures import Measure
from ntm_rules.problems import nearest
from ntm_rules.values import exact, folded, nfc, plain

_YES: Final = frozenset({"true", "đạt", "có", "yes", "met"})
_NO: Final = frozenset({"false", "chưa đạt", "không đạt", "không", "no", "not met"})
KINDS: Final[dict[str, type]] = {"number": Decimal, "yes_no": bool, "choice": int}  # the class of a value as it is compared
_MEMO_SIZE: Final = 32_768


class Unreadable(Exception):
    """A value that cannot be what its indicator measures; carries the NTM code and its words."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


class Reader:
    """Reads the values of one measure. What a text means never changes, so texts once read are remembered."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.kind: type = KINDS[measure.kind]
        self.memo: dict[str, Any] = {}
        self.low: Decimal | None = measure.lowest
        self.high: Decimal | None = measure.highest

    def read(self, value: Any) -> Any:
        """The value as it is compared: a Decimal in range, a bool, or the place of a grade.

        Raises:
            Unreadable: with the code and words of the problem.
        """
        found = self._read(value)
        if value.__class__ is str and len(self.memo) < _MEMO_SIZE:
            self.memo[value] = found
        return found

    def _read(self, value: Any) -> Any:
        if self.measure.kind == "number":
            return self._number(value)
        if self.measure.kind == "yes_no":
            return self._answer(value)
        if isinstance(value, str) and nfc(value) in self.measure.choices:
            return self.measure.choices.index(nfc(value))
        allowed = ", ".join(self.measure.choices)
        raise Unreadable("NTM-409", got=str(value), allowed=allowed, guess=nearest(str(value), self.measure.choices))

    def _number(self, value: Any) -> Decimal:
        try:
            number = exact(value)
        except (ValueError, TypeError):
            if isinstance(value, str) and "," in value:
                whole, _, part = value.replace(".", "").rpartition(",")  # the last comma is the one of the decimals, if any is
                raise Unreadable("NTM-403", got=value, fixed=f"{whole.replace(',', '')}.{part}") from None
            raise Unreadable("NTM-402", got=str(value), unit=self.measure.unit_words) from None
        if (self.low is not None and number < self.low) or (self.high is not None and number > self.high):
            low = "−∞" if self.low is None else plain(self.low)
            high = "∞" if self.high is None else plain(self.high)
            raise Unreadable("NTM-404", got=plain(number), unit=self.measure.unit_words, low=low, high=high)
        return number

    def _answer(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        word = folded(value) if isinstance(value, str) else ""
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise Unreadable("NTM-405", got=str(value))
