"""Where something was seen, in the words of the page: an address under the name of its host, a public repository by what it holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ntm_rules.site import phrases
from ntm_rules.site.address import unmarked
from ntm_rules.site.page import Page, outside, text
from ntm_rules.values import Bilingual

_KEPT = re.compile(r"github:(?P<repository>[\w.-]+/[\w.-]+) (?P<path>[^\s@()]+)(?:@(?P<commit>[0-9a-f]+))?(?: \((?P<said>.*)\))?")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_WHOLE: Final = Bilingual("bản chép toàn văn trên một kho mã công khai", "full text copied into a public repository")
_PUBLIC: Final = Bilingual("kho mã công khai", "a public repository")
_DATED: Final = Bilingual("{0}, ngày {1}", "{0}, of {1}")


def seen_at(page: Page, seen: str) -> str:
    """A link under the name of its host, a repository by what it holds, a short text as it is."""
    if seen.startswith("github"):
        return _repository(page, seen)
    rest = seen.partition("://")[2]
    return outside(seen, rest.split("/")[0] if rest else seen)


def _repository(page: Page, seen: str) -> str:
    """What a public repository holds, with the day it says, and a link to the file where one file is named."""
    found = _KEPT.fullmatch(seen)
    said = (found["said"] or "") if found else seen
    whole = said.startswith(("full-text", "bản chép toàn văn"))
    words = _WHOLE if whole else _PUBLIC
    if day := _DAY.search(said):
        words = _DATED.fill(words, phrases.both_days(date.fromisoformat(day[0])))
    more = f" ({page.vi(said)})" if not whole and _is_vietnamese(said) else ""
    if found is None:
        return text(words.say(page.lang)) + more
    place = "tree" if "*" in found["path"] else "blob"
    path = found["path"].rpartition("/")[0] if place == "tree" else found["path"]
    return outside(f"https://github.com/{found['repository']}/{place}/{found['commit'] or 'HEAD'}/{path}", words.say(page.lang)) + more


def _is_vietnamese(said: str) -> bool:
    first = said.partition(" ")[0]
    return first != unmarked(first)
