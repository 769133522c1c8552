"""Pages of the documentation, read for the code and the outputs that they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parents[1]
OUTPUTS = ("output", "kết quả")


class Block(NamedTuple):
    """A fenced block: its language, its title, its line, and what stands between it and the block before."""

    language: str
    title: str
    line: int
    before: str
    text: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    end = 0
    for match in re.finditer(r'^```(\w+)(?: title="([^"]*)")?\n(.*?)^```$', page, re.MULTILINE | re.DOTALL):
        line = page.count("\n", 0, match.start()) + 1
        found.append(Block(match[1], match[2] or "", line, page[end : match.start()].strip(), match[3]))
        end = match.end()
    return found


def is_excerpt(shown: str, whole: str) -> bool:
    """Whether all lines shown stand in the file, in that order, with others left out at most."""
    lines = iter(whole.splitlines())
    return all(any(line == other for other in lines) for line in shown.splitlines())
