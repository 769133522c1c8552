"""A plan as a picture: a bar for each commune, as long as what it has to raise, the chosen ones first."""

from __future__ import annotations

from html import escape

from ntm_rules.portfolio.plan import Candidate, Plan
from ntm_rules.values import Lang

_MOST_BARS = 60
_NAME, _WIDTH, _ROW = 190, 460, 22


def plan_picture(plan: Plan, lang: Lang) -> str:
    """The plan as SVG: a full bar for what is sure, a light one for what is open, a line under the last one chosen."""
    shown = [*plan.chosen, *plan.ties, *plan.others][:_MOST_BARS]
    left = len(plan.chosen) + len(plan.ties) + len(plan.others) - len(shown)
    longest = max([one.most for one in shown] or [1]) or 1
    height = _ROW * (len(shown) + 2)
    title = "Số chỉ tiêu còn phải nâng của từng xã" if lang == "vi" else "Indicators each commune still has to raise"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_NAME + _WIDTH + 70} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{title}</title>",
    ]
    for row, one in enumerate(shown):
        parts.append(_bar(one, row, longest, one in plan.chosen))
    if plan.chosen and len(plan.chosen) < len(shown):
        y = _ROW * len(plan.chosen) + 2
        parts.append(f'<line x1="0" y1="{y}" x2="{_NAME + _WIDTH + 60}" y2="{y}" stroke="#1b1b1b" stroke-dasharray="4 3"/>')
    if left:
        more = f"và {left} đơn vị nữa" if lang == "vi" else f"and {left} more"
        parts.append(f'<text x="0" y="{_ROW * len(shown) + 18}" fill="#444">{more}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _bar(one: Candidate, row: int, longest: int, chosen: bool) -> str:
    y = _ROW * row + 4
    colour = "#0a5c2b" if chosen else "#767676"
    sure, may = (_WIDTH * number // longest for number in (one.least, one.most))
    text = str(one.most) if one.exact else f"{one.least}–{one.most}"
    label = escape(one.name or one.unit)
    return (
        f'<text x="{_NAME - 8}" y="{y + 13}" text-anchor="end" fill="#1b1b1b">{label}</text>'
        f'<rect x="{_NAME}" y="{y}" width="{max(may, 1)}" height="16" fill="{colour}" fill-opacity="0.3"/>'
        f'<rect x="{_NAME}" y="{y}" width="{sure}" height="16" fill="{colour}"/>'
        f'<text x="{_NAME + max(may, 1) + 6}" y="{y + 13}" fill="#1b1b1b">{text}</text>'
    )
