"""Errors as part of the product: what is wrong, where, why it matters, how to mend it, in Vietnamese and English.

A :class:`Problem` has a stable code (``NTM-…``) whose wording stands in :mod:`ntm_rules.messages`. Errors are collected and raised
together: every :class:`NtmError` carries all of its problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final, Self

from ntm_rules.messages import MESSAGES, Wording
from ntm_rules.values import LANGS, Bilingual, Lang, folded, no_language

_GUESS: Final = Bilingual(" Có phải ý là «{}»?", " Did you mean «{}»?")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem is: a file with line and column, a cell of a table, or a path inside given data.

    Examples:
        >>> print(Place("xa.csv", 3, 7, "10.1"))
        xa.csv:3:7 (10.1)
    """

    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        position = ":".join([self.file, str(self.line), str(self.column)]) if self.line else self.file
        return f"{position} ({self.path})" if position and self.path else position or self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with its stable code and the words that fill its message, each in the language of the message where it has both.

    Examples:
        >>> Problem("NTM-401", words={"key": "99", "guess": "19"}).what("en")
        'The set has no indicator «99».'
    """

    code: str
    place: Place = Place()
    words: Mapping[str, Any] = field(default_factory=dict)

    def at(self, place: Place) -> Problem:
        """The same problem, at another place."""
        return Problem(self.code, place, self.words)

    def what(self, lang: Lang = "vi") -> str:
        """What is wrong."""
        return self._fill(self._wording(lang).what, lang)

    def why(self, lang: Lang = "vi") -> str:
        """Why it is refused."""
        return self._fill(self._wording(lang).why, lang)

    def mend(self, lang: Lang = "vi") -> str:
        """How to mend it, with a suggestion where one is near."""
        mend = self._fill(self._wording(lang).mend, lang)
        guess = self.words.get("guess")
        if guess:
            mend += _GUESS.fill(guess).say(lang)
        return mend

    def line(self, lang: Lang = "vi") -> str:
        """The problem in one line: place, code, what, why, how to mend it."""
        place = str(self.place)
        return f"{place + ': ' if place else ''}{self.code} {self.what(lang)} {self.why(lang)} {self.mend(lang)}"

    def __str__(self) -> str:
        return f"{self.line('vi')}\n    {self.code} {self.what('en')} {self.why('en')} {self.mend('en')}"

    def as_dict(self) -> dict[str, Any]:
        """The problem as plain data, for ``--json`` and for other programs."""
        return {
            "code": self.code,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "path": self.place.path,
            **{part: {"vi": getattr(self, part)("vi"), "en": getattr(self, part)("en")} for part in ("what", "why", "mend")},
        }

    def _wording(self, lang: Lang) -> Wording:
        if lang not in LANGS:
            raise no_language(lang)
        return MESSAGES[self.code][lang]

    def _fill(self, template: str, lang: Lang) -> str:
        words = {name: word.say(lang) if isinstance(word, Bilingual) else word for name, word in self.words.items()}
        return template.format_map(_Words(words))


class _Words(dict[str, Any]):
    """The words of a message; one that a problem of another version does not have is told by three dots, never by its placeholder."""

    def __missing__(self, key: str) -> str:
        return "…"


class NtmError(Exception):
    """Base of all errors of this library; ``problems`` holds every problem found, in order of place."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def one(cls, code: str, place: Place = Place(), **words: Any) -> Self:
        """The error of a single problem."""
        return cls([Problem(code, place, words)])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class RulesetError(NtmError, ValueError):
    """A ruleset, overlay, example or instrument file is wrong; all its problems are listed."""


class SubjectError(NtmError, ValueError):
    """What was given about a subject cannot be taken: a value, an attribute or an attestation is wrong."""


class TableError(NtmError, ValueError):
    """A table of subjects cannot be read at all (problems of single rows are reported beside the rows that can)."""


class DecisionError(NtmError, ValueError):
    """A stored decision cannot be read or verified."""


class RereadError(RulesetError, DecisionError):
    """A ruleset in JSON cannot be read back, or is not sound; caught as either of the two."""


class NotFound(NtmError, LookupError):
    """No ruleset, overlay or node has that name."""


class NotInForce(NtmError, LookupError):
    """No edition is in force on that day; the message names those before and after."""


class MissingExtra(NtmError, ImportError):
    """A part of the library needs an optional package that is not installed."""


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The closest of ``among`` to ``word``, or None when nothing is near."""
    by_fold = {folded(candidate): candidate for candidate in among}
    close = get_close_matches(folded(word), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None
