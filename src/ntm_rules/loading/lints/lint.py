"""A lint: one kind of mistake in a file, with its code, how grave it is, how it is found, and how it looks wrong and right.

What a lint looks at is a view of the document (:mod:`~ntm_rules.loading.lints.walk` for rulesets), and all it does is to say where the
mistake stands and what belongs into the message; the code of the message is the lint's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from ntm_rules.loading.text.yaml_text import Path_, Report

V = TypeVar("V")

HERE = "¦"  # in the wrong text: stands before the place that the problem is told at


class Level(Enum):
    """How grave a finding is: what *refuses* is not loaded; what *warns* is told by ``ntm-rules check`` and loads all the same."""

    REFUSES = "refuses"
    WARNS = "warns"


class Finding(NamedTuple):
    """Where a mistake stands, and the words of its message."""

    path: Path_
    words: dict[str, Any]
    at_key: bool


def at(path: Path_, *, at_key: bool = False, **words: Any) -> Finding:
    """The finding at a path; with ``at_key``, at the key there and not at its value."""
    return Finding(path, words, at_key)


@dataclass(frozen=True)
class Lint(Generic[V]):
    """One kind of mistake.

    Attributes:
        code: the code of its message.
        run: finds it in a view of the document.
        wrong: a piece of YAML with the mistake; ``¦`` stands before the place that is told.
        right: the same piece without it, as it stands in the model file of ``tests/loading/test_lints.py``; or both are whole files.
        level: whether the document is refused for it.
    """

    code: str
    run: Callable[[V], Iterator[Finding]]
    wrong: str
    right: str
    level: Level = Level.REFUSES


def report(lints: Iterable[Lint[V]], view: V, parsed: Report, level: Level = Level.REFUSES) -> None:
    """Note on ``parsed`` what the lints of a level find."""
    for lint in lints:
        if lint.level is level:
            for finding in lint.run(view):
                parsed.report(lint.code, finding.path, at_key=finding.at_key, **finding.words)


def is_sound(lints: Iterable[Lint[V]], view: V) -> bool:
    """Whether the lints find nothing for which a document is refused."""
    return not any(True for lint in lints if lint.level is Level.REFUSES for _ in lint.run(view))
