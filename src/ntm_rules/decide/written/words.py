"""Words of headings and cells as they are compared: one word however it was typed. What is printed is never changed by it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from ntm_rules.values import folded

_ETH: Final = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_TONE: Final = "[\u0300\u0301\u0303\u0309\u0323]"
_LATE: Final = re.compile(f"(o[ae]|uy)({_TONE})")
_QUI: Final = re.compile(rf"\bqui({_TONE}?)(?!\w)")


@lru_cache(1 << 15)  # a table says few things many times
def sounded(text: str) -> str:
    """The key of a word: case folded, blanks single, invisible characters gone, ``Ð`` taken for ``Đ``, the tone mark of *oa, oe, uy* on
    its first letter (*hoá* is *hóa*), *qui* spelt *quy*."""
    if text.isascii():
        return _QUI.sub("quy", folded(text))
    seen = "".join(char for char in text.translate(_ETH) if unicodedata.category(char) != "Cf")
    spread = unicodedata.normalize("NFD", folded(seen))
    spread = _LATE.sub(lambda found: f"{found[1][0]}{found[2]}{found[1][1]}", _QUI.sub(r"quy\1", spread))
    return unicodedata.normalize("NFC", spread)
