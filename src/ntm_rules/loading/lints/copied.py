"""Titles that were copied from a neighbour, or cut while they were copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.lints.walk import Walk
from ntm_rules.loading.text.yaml_text import Path_
from ntm_rules.values import Bilingual, folded

_OPEN_ENDS: Final = (" và", " hoặc", " của", " các", " theo", ",", ":", "…", "...", " and", " or", " of", " the")
_PAIRS: Final = (("(", ")"), ("«", "»"), ("“", "”"))
_CUT: Final = Bilingual("bị cắt giữa chừng", "is cut short")
_COPIED: Final = Bilingual("giống hệt tên của {}", "is that of {}")


def _cut(text: str) -> bool:
    return text.rstrip().endswith(_OPEN_ENDS) or any(text.count(first) > text.count(last) for first, last in _PAIRS)


def _parts(walk: Walk) -> Iterator[tuple[Path_, str, Bilingual, Path_]]:
    """Every part with its number and title, and the part around it."""
    yield from ((path, part.criterion, part.title, path[:1]) for path, part in walk.sections)
    yield from ((path, part.indicator, part.title, path[:2]) for path, part in walk.indicators)


def _cut_short(walk: Walk) -> Iterator[Finding]:
    for path, number, title, _ in _parts(walk):
        for lang in ("vi", "en"):
            if _cut(getattr(title, lang)):
                yield at((*path, "title", lang), got=number, fault=_CUT)


def _copied(walk: Walk) -> Iterator[Finding]:
    seen: dict[tuple[Path_, str], str] = {}
    unread = {path for path, part in walk.sections if part.missing is not None}  # the title that such a part has may not be its own
    for path, number, title, within in _parts(walk):
        if path in unread:
            continue
        first = seen.setdefault((within, folded(title.vi)), number)
        if first != number:
            yield at((*path, "title"), got=number, fault=_COPIED.fill(first))


COPIED = Lint(
    "NTM-254",
    _copied,
    'title: ¦{vi: Bảng, en: Table}\n        measure: {unit: "%"}',
    'title: {vi: Số thập phân, en: Decimal}\n        measure: {unit: "%"}',
    Level.WARNS,
)
CUT = Lint("NTM-254", _cut_short, "title: {vi: ¦Tỷ lệ (trong, en: Share}", "title: {vi: Tỷ lệ, en: Share}", Level.WARNS)
