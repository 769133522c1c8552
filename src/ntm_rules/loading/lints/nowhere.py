"""Where something was read, said so that somebody else finds it: an address, or what the reader had in hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.text.yaml_text import Path_

_ADDRESS: Final = re.compile(r"[^\W_][.:/]+[^\W_]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_WORDS: Final = 2  # «bản ký» says what it was; one word is what is typed to get past the form


def _nowhere(data: Any, path: Path_ = ()) -> Iterator[Finding]:
    """Every place that is given as seen and is none."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "seen" and isinstance(value, list):
                texts = ((i, one) for i, one in enumerate(value) if isinstance(one, str) and one)  # an empty one is refused
                yield from (at((*path, key, i), got=one[:60]) for i, one in texts if not _ADDRESS.search(one) and not _is_told(one))
            else:
                yield from _nowhere(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _nowhere(value, (*path, i))


def _is_told(text: str) -> bool:
    return len(_WORD.findall(text)) >= _WORDS


SEEN = Lint(
    "NTM-271",
    _nowhere,
    "dong-nam-bo: {value: 7, level: published, seen: [¦x]}",
    "dong-nam-bo: {value: 7, level: published, seen: [https://example.vn]}",
    Level.WARNS,
)
