"""A plan as a picture: a bar for each commune, as long as what it has to raise, the chosen ones first."""

from __future__ import annotations

from html import escape
from typing import Any

from ntm_rules.planning.least import Candidate, Plan, Step
from ntm_rules.values import Bilingual, Lang

_MOST_BARS = 60
_NAME, _WIDTH, _ROW, _TOP = 190, 460, 22, 48
_LONGEST_NAME = 26
_GREEN, _GREY, _INK = "#0a5c2b", "#767676", "#1b1b1b"


def plan_picture(plan: Plan[Any], lang: Lang) -> str:
    """The plan as SVG: a full bar for what is sure, a light one for what is open, a line under the last one chosen."""
    shown = [*plan.chosen, *plan.ties, *plan.others][:_MOST_BARS]
    left = len(plan.chosen) + len(plan.ties) + len(plan.others) - len(shown)
    longest = max([one.most for one in shown] or [1]) or 1
    height = _TOP + _ROW * (len(shown) + bool(left)) + 6
    title = _TITLE.say(lang)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_NAME + _WIDTH + 70} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{title}</title>",
        f'<text x="0" y="14" font-weight="bold" fill="{_INK}">{title}</text>',
        *_legend(lang, bool(plan.chosen and len(plan.chosen) < len(shown)), any(one.least != one.most for one in shown)),
    ]
    chosen = {id(one) for one in plan.chosen}
    for row, one in enumerate(shown):
        parts.append(_bar(one, row, longest, id(one) in chosen))
    if plan.chosen and len(plan.chosen) < len(shown):
        y = _TOP + _ROW * len(plan.chosen)
        parts.append(f'<line x1="0" y1="{y}" x2="{_NAME + _WIDTH + 60}" y2="{y}" stroke="{_INK}" stroke-dasharray="4 3"/>')
    if left:
        more = _MORE.fill(left).say(lang)
        parts.append(f'<text x="0" y="{_TOP + _ROW * len(shown) + 16}" fill="#444">{more}</text>')
    return "\n".join([*parts, "</svg>\n"])


_MORE = Bilingual("và {} nữa", "and {} more")
_TITLE = Bilingual("Số chỉ tiêu còn phải nâng", "Indicators still to be raised")
_CHOSEN = Bilingual("được chọn", "chosen")
_OTHERS = Bilingual("còn lại", "the others")
_OPEN = Bilingual("nhạt: chưa rõ", "light: not known")
_LINE = Bilingual("nét đứt: đến đây là đủ", "dashed: so many are enough")


def _legend(lang: Lang, line: bool, open_: bool) -> list[str]:
    """What the colours stand for: those that occur, in one line under the title."""
    keys = [(_GREEN, _CHOSEN), (_GREY, _OTHERS)] if line else [(_GREEN, _CHOSEN)]
    parts, x = [], 0
    for colour, label in keys:
        parts.append(f'<rect x="{x}" y="24" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="35" fill="#444">{label.say(lang)}</text>')
        x += 110
    said = [label.say(lang) for label, holds in ((_OPEN, open_), (_LINE, line)) if holds]
    return [*parts, f'<text x="{x}" y="35" fill="#444">{"; ".join(said)}</text>'] if said else parts


def _bar(one: Candidate | Step, row: int, longest: int, chosen: bool) -> str:
    y = _TOP + _ROW * row + 4
    colour = _GREEN if chosen else _GREY
    sure, may = (_WIDTH * number // longest for number in (one.least, one.most))
    text = str(one.most) if one.least == one.most else f"{one.least}–{one.most}"
    name = one.label
    label = escape(name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…")
    return (
        f'<text x="{_NAME - 8}" y="{y + 13}" text-anchor="end" fill="#1b1b1b">{label}</text>'
        f'<rect x="{_NAME}" y="{y}" width="{max(may, 1)}" height="16" fill="{colour}" fill-opacity="0.3"/>'
        f'<rect x="{_NAME}" y="{y}" width="{sure}" height="16" fill="{colour}"/>'
        f'<text x="{_NAME + max(may, 1) + 6}" y="{y + 13}" fill="#1b1b1b">{text}</text>'
    )
