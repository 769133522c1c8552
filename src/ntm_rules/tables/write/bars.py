"""Bars that read in grey: one bar a line, divided; the parts differ by shade and by hatching, and each says its number."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ntm_rules.values import Bilingual, Lang

_NAME, _WIDTH, _ROW, _TOP, _HIGH = 210, 470, 24, 34, 17
_LONGEST_NAME = 27
_INK = "#1b1b1b"
_FILLS = ("#2b2b2b", "#8c8c8c", "#d9d9d9", "url(#hatch)", "#ffffff", "url(#dots)")
_PATTERNS = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#555"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/>'
    '<circle cx="3" cy="3" r="1.3" fill="#555"/></pattern></defs>'
)


def bars(title: Bilingual, legend: Sequence[Bilingual], lines: Sequence[tuple[Bilingual, Sequence[int]]], lang: Lang) -> str:
    """A drawing as SVG.

    Args:
        title: what is drawn.
        legend: what the parts are, at most six.
        lines: for each bar its name and the size of each part.
        lang: the language of the words.
    """
    longest = max((sum(sizes) for _, sizes in lines), default=0) or 1
    height = _TOP + _ROW * len(lines) + 6
    name = escape(title.say(lang))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_NAME + _WIDTH + 60} {height}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>{name}</title><desc>{escape(_told(legend, lines, lang))}</desc>{_PATTERNS}',
        *_legend(legend, lang),
    ]
    for row, (label, sizes) in enumerate(lines):
        parts += _bar(label.say(lang), sizes, _TOP + _ROW * row, longest)
    return "\n".join([*parts, "</svg>\n"])


def _told(legend: Sequence[Bilingual], lines: Sequence[tuple[Bilingual, Sequence[int]]], lang: Lang) -> str:
    """The same in words, for who cannot see it."""
    said = []
    for label, sizes in lines:
        parts = ", ".join(f"{words.say(lang)} {size}" for words, size in zip(legend, sizes, strict=False) if size)
        said.append(f"{label.say(lang)}: {parts or 0}")
    return "; ".join(said)


def _legend(legend: Sequence[Bilingual], lang: Lang) -> list[str]:
    parts, x = [], 0
    for fill, words in zip(_FILLS, legend, strict=False):
        said = words.say(lang)
        parts.append(f'<rect x="{x + 0.5}" y="6.5" width="13" height="13" fill="{fill}" stroke="{_INK}" stroke-width="0.7"/>')
        parts.append(f'<text x="{x + 19}" y="18" fill="{_INK}">{escape(said)}</text>')
        x += 34 + round(7.2 * len(said))
    return parts


def _bar(label: str, sizes: Sequence[int], y: int, longest: int) -> list[str]:
    short = label if len(label) <= _LONGEST_NAME else label[: _LONGEST_NAME - 1] + "…"
    parts = [f'<text x="{_NAME - 8}" y="{y + 13}" text-anchor="end" fill="{_INK}">{escape(short)}</text>']
    x = float(_NAME)
    for index, size in enumerate(sizes):
        if not size:
            continue
        width = _WIDTH * size / longest
        parts.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_HIGH}" fill="{_FILLS[index]}" stroke="{_INK}" stroke-width="0.7"/>'
        )
        if width > 7 * len(str(size)) + 6:
            ink = "#ffffff" if index == 0 else _INK
            halo = "" if index == 0 else ' stroke="#fff" stroke-width="3" paint-order="stroke"'
            parts.append(f'<text x="{x + width / 2:.1f}" y="{y + 13}" text-anchor="middle" fill="{ink}"{halo}>{size}</text>')
        x += width
    parts.append(f'<text x="{x + 6:.1f}" y="{y + 13}" fill="{_INK}">{sum(sizes)}</text>')
    return parts
