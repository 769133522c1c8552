"""Attributes with a closed list of values, as people write them: classes of area, regions by their names, groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from ntm_rules.decide.written.words import sounded
from ntm_rules.model.ruleset import Attribute
from ntm_rules.model.vocabulary import REGION_SIGNS, column_label
from ntm_rules.values import Bilingual

_OUTSIDE: Final = "outside"
_BEFORE: Final = re.compile(sounded("(?:(?:xã|thôn|thuộc|diện|khu vực|kv|vùng|nhóm|loại) ?)*"))
_NO_CLASS: Final = re.compile(
    sounded(r"(?:xã |thôn )?(?:nằm )?(?:ngoài|không thuộc)(?: (?:vùng|các khu vực)(?: (?:dân tộc|đồng bào|đbdtts|dtts).*)?)?")
)
_ROMAN: Final = {"1": "i", "2": "ii", "3": "iii"}


def listed_value(text: str, attribute: Attribute) -> str | None:
    """The value of the list that a text names; None where it names none. «Xã khu vực II», «KV2», «II» are one class; a commune «ngoài
    vùng» has none, while «ngoài khu vực III» leaves open which and is not taken."""
    named = _named(attribute.one_of)
    words = sounded(text).rstrip(".")
    before = _BEFORE.match(words)
    bare = words[before.end() :] if before else words
    if _OUTSIDE in named and _NO_CLASS.fullmatch(words):
        return _OUTSIDE
    return named.get(words) or named.get(bare) or named.get(_ROMAN.get(bare, ""))


def listed_words(attribute: Attribute) -> Bilingual:
    """The values of the list as people call them."""
    return Bilingual.join(column_label(value) for value in attribute.one_of)


@cache
def _named(values: tuple[str, ...]) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for value in values:
        label, sign = column_label(value), REGION_SIGNS.get(value, Bilingual(value))
        named |= dict.fromkeys(map(sounded, (value, label.vi, label.en, sign.vi)), value)
    return named
