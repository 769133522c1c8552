"""What officials write short, and look for so: «BHYT» leads to the criterion on health insurance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ntm_rules.values import folded

SHORT: Final[Mapping[str, str]] = {
    "an ninh trật tự": "ANTT",
    "an toàn thực phẩm": "ATTP",
    "bảo hiểm xã hội": "BHXH",
    "bảo hiểm y tế": "BHYT",
    "cơ sở vật chất": "CSVC",
    "hợp tác xã": "HTX",
    "nông thôn mới": "NTM",
    "trung học cơ sở": "THCS",
    "vệ sinh môi trường": "VSMT",
}


def short_forms(text: str) -> Iterator[str]:
    """The short forms of what a text names in full."""
    words = folded(text)
    return (short for name, short in SHORT.items() if name in words)
