"""Values of the law: exact numbers, two kinds of absence with their reasons, four outcomes, source levels.

Nothing here knows a ruleset. A measured value is a :class:`~decimal.Decimal`, a ``bool`` or a text; what is absent is
:class:`Unknown` (nobody has measured it) or :class:`NotApplicable` (the law lets it fall away), each with a reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from numbers import Integral, Rational, Real
from typing import Any, Final, Literal, NoReturn

Lang = Literal["vi", "en"]
SubjectKind = Literal["commune", "village", "district", "province", "product"]


class Bilingual(str):
    """A text in Vietnamese that carries its English: ``str(t)`` and comparisons are the Vietnamese.

    Examples:
        >>> text = Bilingual("{} xã", "{} communes").fill(12)
        >>> text, text.en
        ('12 xã', '12 communes')
    """

    en: str
    __slots__ = ("en",)

    def __new__(cls, vi: str, en: str | None = None) -> Bilingual:
        """A text; without ``en``, the same words serve both languages."""
        self = super().__new__(cls, vi)
        self.en = vi if en is None else en
        return self

    @property
    def vi(self) -> str:
        """The Vietnamese text."""
        return str.__str__(self)

    def say(self, lang: Lang) -> str:
        """The text in ``lang`` (``vi`` or ``en``).

        Raises:
            ValueError: ``lang`` is neither.
        """
        if lang == "vi":
            return str.__str__(self)
        if lang != "en":
            raise no_language(lang)
        return self.en

    def fill(self, *parts: object, **words: object) -> Bilingual:
        """The text as a template filled: each part or word in the language of the text where it has both."""
        english = self.en.format(*_english(parts), **dict(zip(words, _english(words.values()), strict=True)))
        return Bilingual(str.format(self, *parts, **words), english)  # a part is its Vietnamese

    @classmethod
    def join(cls, parts: Iterable[str], separator: str = ", ") -> Bilingual:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Several texts as one, with the separator between them."""
        listed = list(parts)
        return cls(str.join(separator, listed), str(*_english([separator])).join(_english(listed)))

    def both(self) -> dict[str, str]:
        """The text as data: ``{"vi": …, "en": …}``."""
        return {lang: self.say(lang) for lang in LANGS}

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """What rebuilds the text, so that it pickles and copies whole."""
        return str.__str__(self), self.en


LANGS: Final[tuple[Lang, Lang]] = ("vi", "en")


def no_language(got: object) -> ValueError:
    """The error that a text is asked for in a language which it has not."""
    return ValueError(f"lang: {', '.join(LANGS)} (got {got!r})")


def _english(parts: Iterable[Any]) -> list[Any]:
    return [part.en if isinstance(part, Bilingual) else part for part in parts]


class Outcome(StrEnum):
    """The four outcomes, exactly: đạt, chưa đạt, chưa xác định, không áp dụng.

    Examples:
        >>> Outcome("not_met").label.vi
        'chưa đạt'
    """

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise ValueError(f"outcome: {', '.join(cls)} (got {value!r})")

    @property
    def label(self) -> Bilingual:
        """The outcome in the words of the programme."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS: Final = {
    Outcome.MET: Bilingual("đạt", "met"),
    Outcome.NOT_MET: Bilingual("chưa đạt", "not met"),
    Outcome.UNDETERMINED: Bilingual("chưa xác định", "undetermined"),
    Outcome.NOT_APPLICABLE: Bilingual("không áp dụng", "not applicable"),
}


class SourceLevel(StrEnum):
    """How far a figure was checked, strongest first. Ordered by strength: ``level >= "published"`` is *published or better*.

    Examples:
        >>> SourceLevel("official") >= "published", SourceLevel("recalled") >= "published"
        (True, False)
    """

    OFFICIAL = "official"
    PUBLISHED = "published"
    RECALLED = "recalled"
    MISSING = "missing"

    rank: int  #: 0 for the strongest level; a higher rank is a weaker source

    def __lt__(self, other: str) -> bool:
        return self.rank > SourceLevel(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank >= SourceLevel(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank < SourceLevel(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank <= SourceLevel(other).rank

    @property
    def label(self) -> Bilingual:
        """What the level means, for people."""
        return _LEVEL_LABELS[self]


for _rank, _level in enumerate(SourceLevel):
    _level.rank = _rank
_LEVEL_LABELS: Final = {
    SourceLevel.OFFICIAL: Bilingual("đã đối chiếu bản ký", "checked against the signed text"),
    SourceLevel.PUBLISHED: Bilingual("thấy trong nguồn đã công bố", "seen in a cited publication"),
    SourceLevel.RECALLED: Bilingual("ghi theo trí nhớ, chưa đối chiếu", "recalled, not yet checked"),
    SourceLevel.MISSING: Bilingual("chưa có số liệu", "not available"),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has the value (chưa có số liệu). Never zero, never *not met*.

    Examples:
        >>> Unknown("chưa điều tra").reason
        'chưa điều tra'

    Raises:
        ValueError: the reason is empty; an absence without a reason explains nothing.
    """

    reason: str

    def __post_init__(self) -> None:
        _need_reason(self.reason, "Unknown")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The requirement does not concern the subject (không áp dụng), as where the decision says *nếu có*.

    Examples:
        >>> NotApplicable("xã không có chợ").reason
        'xã không có chợ'

    Raises:
        ValueError: the reason is empty.
    """

    reason: str

    def __post_init__(self) -> None:
        _need_reason(self.reason, "NotApplicable")


def _need_reason(reason: object, name: str) -> None:
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError(f"{name}: cần một lý do (a reason is needed), nhận được (got) {reason!r}")


Known = Decimal | bool | str
Value = Known | Unknown | NotApplicable

_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)


#: Arithmetic of the law: 60 digits, whatever context the caller has set. What can be given has 30 before the point and 30 after it.
ARITHMETIC: Final = Context(prec=60)
_FIFTEEN: Final = Context(prec=15)


def scalar(given: Any) -> Any:
    """A value of another type as the plain one it stands for: a text for a ``StrEnum``, a number or bool for one of numpy.

    ``None``, and what pandas puts in its place, is None; what stands for no plain value is given back as it is. No library is imported.
    """
    cls = given.__class__
    if cls in _OWN:
        return given
    if isinstance(given, str):
        return str.__str__(given)
    home = cls.__module__.partition(".")[0]
    if home == "pandas" and cls.__name__ in ("NAType", "NaTType"):
        return None
    if home == "numpy" and cls.__name__ in ("bool", "bool_"):
        return bool(given)
    if isinstance(given, Integral):
        return int(given)
    if isinstance(given, Real) and not isinstance(given, (float, Rational)):  # a float of another width counts as it prints
        return _FIFTEEN.create_decimal(str(given))
    return given


_OWN: Final = frozenset({str, bool, int, float, Decimal, type(None), Unknown, NotApplicable, list, tuple, dict})


def exact(number: str | int | float | Decimal) -> Decimal:
    """The number as written, as a Decimal: ``"53.50"`` keeps its two places; a binary float counts at 15 significant digits.

    Fifteen is what a double holds of any number written in decimals, and what spreadsheets keep and show: 0.1 + 0.2 is 0.3, and
    49.99999999999999 is 50.

    Raises:
        ValueError: not a plain decimal number: a comma, an exponent in text, NaN, infinity, a bool, more than 30 digits.
    """
    if type(number) is Decimal:
        text = str(number)
        if len(text) <= 30 and "E" not in text and "N" not in text and "I" not in text:  # stands as it will be written, and is a number
            return number
    if isinstance(number, bool):
        raise ValueError("not a number")
    if isinstance(number, str):
        text = number.strip()
        if not _NUMBER.fullmatch(text):
            raise ValueError("not a number")
        return Decimal(text)
    if isinstance(number, float):
        text = format(number, ".15g")
        if "e" not in text and "n" not in text:  # neither an exponent nor nan nor inf: most cells of most workbooks
            return Decimal(text)
        value = Decimal(text)
    else:
        value = number if isinstance(number, Decimal) else Decimal(number)
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise ValueError("not a number")
    exponent = value.as_tuple().exponent
    if value.adjusted() < 30 and type(exponent) is int and -30 <= exponent <= 0:  # stands as it will be written
        return value
    if not _NUMBER.fullmatch(plain(value)):  # what is stored must be readable again
        raise ValueError("not a number")
    return Decimal(plain(value))


def json_number(text: str) -> Decimal:
    """A number of JSON with a point or an exponent, as written.

    Raises:
        ValueError: no number has an exponent of that size.
    """
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(Bilingual("số mũ quá lớn", "an exponent is too large")) from None


def plain(number: Decimal) -> str:
    """The number as text without an exponent, places kept: ``53.50``, ``100``, ``1000000``."""
    return format(number, "f")


def shown(number: Decimal, lang: Lang) -> str:
    """The number as people write it: decimal comma in Vietnamese, point in English."""
    text = plain(number)
    return text.replace(".", ",") if lang == "vi" else text


_DECIMAL_COMMA: Final = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)


def decimal_comma(text: str) -> str | None:
    """A text with a decimal comma, as the number it can only be: «44,5» is 44.5, «0,625» is 0.625; None for «43,250», which may mean
    thousands, and for everything else. For doors where people type: rules and JSON take no comma."""
    match = _DECIMAL_COMMA.fullmatch(text.strip())
    if match is None or (len(match[2]) == 3 and match[1].lstrip("+-") != "0"):
        return None
    return f"{match[1]}.{match[2]}"


def typed(given: object) -> str:
    """A path as it is typed behind a command: in quotes where it holds a blank, which PowerShell and every shell take alike."""
    text = str(given)
    return f'"{text}"' if " " in text else text


def nfc(text: str) -> str:
    """The text in NFC with its outer blanks gone: how all Vietnamese text is compared."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """The text for tolerant matching: NFC, case folded, inner blanks single, Đ/đ kept."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
