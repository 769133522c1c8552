"""Pictures as SVG, drawn from the data: they follow the colours of the page, and say in words what they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from textwrap import shorten, wrap

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.engine.tree import Node
from ntm_rules.labels import OUTCOME_SIGNS
from ntm_rules.model.figures import Table, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.site import phrases
from ntm_rules.site.page import text
from ntm_rules.values import Bilingual, Lang, Outcome, exact, shown

_LINE = 22
_WIDE = 380  # every picture is as wide as a phone shows, and drawn larger where there is room
_FIT = 50  # letters that fit into the width
_BY_YEAR = Bilingual("theo vùng và năm", "by region and year")
_BY_COLUMN = Bilingual("theo cột", "by column")
_CRITERIA_MET = Bilingual("tiêu chí đạt", "criteria met")
_OPEN = Bilingual("ngày cuối chưa biết", "last day not known")
_COLOURS = Bilingual(
    "liền: ban hành; sọc: sửa đổi; nhạt dần: ngày cuối chưa biết", "plain: issued; striped: amends; fading: last day not known"
)


def figure(name: str, height: int, title: str, words: str, parts: Iterable[str], caption: str = "") -> str:
    """A picture with its title and description, as wide as a phone and no wider; ``name`` tells it from others on the page."""
    inner = "\n".join(parts)
    role = "group" if "<a " in inner else "img"  # nothing inside an image can be reached by the keyboard
    svg = (
        f'<svg role="{role}" viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}" '
        f'aria-labelledby="{name}-t" aria-describedby="{name}-d"><title id="{name}-t">{text(title)}</title>'
        f'<desc id="{name}-d">{text(words)}</desc>\n{inner}\n</svg>'
    )
    return f'<figure class="picture">\n{svg}\n<figcaption>{text(caption or title)}</figcaption>\n</figure>'


def _text(x: float, y: float, words: str, css: str = "", anchor: str = "start") -> str:
    given = f' class="{css}"' if css else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{given}>{text(words)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


# --- thresholds ---------------------------------------------------------------------------------------------------


def threshold(indicator: Indicator, name: str, lang: Lang) -> str:
    """A figure across the columns of its table, and across years where it has years; nothing where it is no table of numbers."""
    bound = indicator.bound
    if not isinstance(bound, Table) or indicator.measure.kind != "number":
        return ""
    series = _series(bound)
    known = [value for values in series.values() for value in values.values()]
    if len(set(known)) < 2:
        return ""
    years = sorted({year for values in series.values() for year in values if year})
    return _lines(indicator, series, years, name, lang) if len(years) > 1 else _bars(indicator, series, name, lang)


def _series(bound: Table) -> dict[tuple[str, ...], dict[str, Decimal]]:
    """The numbers of a table by year, under the keys of all other dimensions."""
    year = bound.by.index("year") if "year" in bound.by else None
    found: dict[tuple[str, ...], dict[str, Decimal]] = {}
    for keys, given in figures_of(bound):
        if not isinstance(given.value, str):
            continue
        when = keys[year] if year is not None and year < len(keys) else ""
        rest = tuple(key for i, key in enumerate(keys) if i != year)
        found.setdefault(rest, {})[when] = exact(given.value)
    return found


def _grouped(series: dict[tuple[str, ...], dict[str, Decimal]], lang: Lang) -> list[tuple[str, dict[str, Decimal]]]:
    """The series, those with the same numbers together, highest last number first."""
    groups: list[tuple[list[str], dict[str, Decimal]]] = []
    for keys, values in series.items():
        label = " · ".join(phrases.key(key, lang) for key in keys)
        for labels, same in groups:
            if same == values:
                labels.append(label)
                break
        else:
            groups.append(([label], values))
    groups.sort(key=lambda group: [group[1][year] for year in sorted(group[1], reverse=True)], reverse=True)
    return [("; ".join(labels), values) for labels, values in groups]


def _say(indicator: Indicator, groups: list[tuple[str, dict[str, Decimal]]], lang: Lang) -> str:
    return ". ".join(
        f"{label}: " + ", ".join((f"{year}: " if year else "") + shown(value, lang) for year, value in values.items())
        for label, values in groups
    )


def _title(indicator: Indicator, lang: Lang) -> str:
    unit = indicator.measure.unit_words.say(lang)
    across = _BY_YEAR if isinstance(indicator.bound, Table) and "year" in indicator.bound.by else _BY_COLUMN
    return f"{indicator.indicator} {indicator.title.say(lang)} {across.say(lang)} ({unit})"


def _lines(indicator: Indicator, series: dict[tuple[str, ...], dict[str, Decimal]], years: Sequence[str], name: str, lang: Lang) -> str:
    """A line for each group of columns; a letter at its end, and below the picture what the letter stands for."""
    groups = _grouped(series, lang)
    numbers = [value for _, values in groups for value in values.values()]
    low, high = min(numbers), max(numbers)
    left, top, wide, tall = 44, 16, _WIDE - 84, 220
    span = (high - low) or Decimal(1)

    def x(year: str) -> float:
        return left + wide * years.index(year) / (len(years) - 1)

    def y(value: Decimal) -> float:
        return top + tall - float((value - low) / span) * tall

    parts = []
    ends = sorted({values[year] for _, values in groups for year in (years[0], years[-1]) if year in values})
    for i, value in enumerate(ends):
        parts.append(f'<line x1="{left}" y1="{_n(y(value))}" x2="{left + wide}" y2="{_n(y(value))}" class="grid"/>')
        if all(abs(y(value) - y(lower)) >= 12 for lower in ends[:i]):
            parts.append(_text(left - 8, y(value) + 4, shown(value, lang), "axis", "end"))
    parts += [_text(x(year), top + tall + 24, year, "axis", "middle") for year in years]
    taken = -99.0
    below = top + tall + 50
    for i, (label, values) in enumerate(groups):
        points = [(x(year), y(values[year])) for year in years if year in values]
        line = " ".join(f"{_n(a)},{_n(b)}" for a, b in points)
        parts.append(f'<polyline points="{line}" class="series s{i % 7}"/>')
        parts += [f'<circle cx="{_n(a)}" cy="{_n(b)}" r="3.5" class="dot s{i % 7}"/>' for a, b in points]
        taken = max(points[-1][1] + 5, taken + 16)
        letter = ascii_uppercase[i % 26]
        parts.append(_text(left + wide + 12, taken, letter, f"strong s{i % 7}"))
        parts.append(_text(8, below, letter, f"strong s{i % 7}"))
        for words in wrap(label, _FIT):
            parts.append(_text(28, below, words))
            below += 18
        below += 4
    return figure(name, max(below, int(taken) + 20), _title(indicator, lang), _say(indicator, groups, lang), parts)


def _bars(indicator: Indicator, series: dict[tuple[str, ...], dict[str, Decimal]], name: str, lang: Lang) -> str:
    """A bar for each column, its name above it."""
    groups = [(" · ".join(phrases.key(key, lang) for key in keys), values) for keys, values in series.items()]
    flat = [next(iter(values.values())) for _, values in groups]
    most = max(flat) or Decimal(1)
    parts = []
    for i, ((label, _), value) in enumerate(zip(groups, flat, strict=True)):
        parts += _bar(i * 40, label, float(value / most), shown(value, lang))
    return figure(name, len(flat) * 40 + 4, _title(indicator, lang), _say(indicator, groups, lang), parts)


def _bar(y: float, label: str, part: float, said: str) -> list[str]:
    """A bar under its name, with a number at its end."""
    long = max(part * (_WIDE - 70), 1)
    return [
        _text(0, y + 14, label),
        f'<rect x="0" y="{_n(y + 20)}" width="{_WIDE - 70}" height="14" rx="3" class="rest"/>',
        f'<rect x="0" y="{_n(y + 20)}" width="{_n(long)}" height="14" rx="3" class="bar"/>',
        _text(_WIDE - 62, y + 32, said, "strong"),
    ]


# --- a decision ---------------------------------------------------------------------------------------------------


def verdict_tree(decision: Decision, name: str, title: str, lang: Lang) -> str:
    """A decision as a tree: the set, every criterion, and the indicators of those that are not simply met."""
    rows: list[tuple[int, Node]] = []
    for section in decision.root.parts:
        rows.append((1, section))
        if section.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED) and section.basis != "attested":
            rows += [(2, leaf) for leaf in section.parts]
    label = decision.outcome.label.say(lang)
    counted = f"{decision.count(Outcome.MET)}/{decision.count()} {_CRITERIA_MET.say(lang)}"
    parts = [
        f'<rect x="1" y="1" width="{_WIDE - 2}" height="30" rx="6" class="box o-{decision.outcome.value}"/>',
        _text(12, 21, f"{OUTCOME_SIGNS[decision.outcome]} {label}: {counted}", "strong"),
    ]
    above = {1: 31.0, 2: 0.0}
    for i, (depth, node) in enumerate(rows):
        y = 46 + i * _LINE
        x = depth * 30
        parts.append(f'<path d="M{x - 18} {_n(above[depth])} V{y} H{x}" class="edge"/>')
        above[depth] = y
        above[2] = y + 9 if depth == 1 else y
        parts.append(_node(x, y, node, lang))
    said = ". ".join(f"{node.id} {node.title.say(lang)}: {node.outcome.label.say(lang)}" for _, node in rows)
    return figure(name, 46 + len(rows) * _LINE, title, f"{label}. {said}", parts)


def _node(x: int, y: float, node: Node, lang: Lang) -> str:
    words = shorten(f"{node.id} {node.title.say(lang)}", _FIT - x // 7, placeholder="…")
    box = f'<rect x="{x}" y="{_n(y - 9)}" width="18" height="18" rx="4" class="box o-{node.outcome.value}"/>'
    return box + _text(x + 9, y + 5, OUTCOME_SIGNS[node.outcome], "strong", "middle") + _text(x + 25, y + 5, words)


# --- many subjects ------------------------------------------------------------------------------------------------


def grid(decisions: Sequence[Decision], name: str, title: str, lang: Lang) -> str:
    """Subjects by criteria: under each name a square for each criterion, with its outcome, and how many are met."""
    numbers = [node.id for node in decisions[0].criteria]
    size = (_WIDE - 10) / max(len(numbers), 12)
    parts = [_text(i * size + size / 2, 12, number, "axis", "middle") for i, number in enumerate(numbers)]
    said = []
    for row, decision in enumerate(decisions):
        y = 22 + row * 50
        counted = f"{decision.count(Outcome.MET)}/{decision.count()}"
        year = decision.subject.attributes.get("year")
        label = f"{decision.subject.name} {f'({year})' if year is not None else ''}".strip()
        parts.append(_text(0, y + 14, f"{label}: {counted}", "strong"))
        for i, node in enumerate(decision.criteria):
            x = i * size
            side = _n(size - 2)
            parts.append(f'<rect x="{_n(x + 1)}" y="{y + 20}" width="{side}" height="{side}" rx="3" class="box o-{node.outcome.value}"/>')
            parts.append(_text(x + size / 2, y + 20 + size / 2 + 4, OUTCOME_SIGNS[node.outcome], "", "middle"))
        open_ = [f"{node.id} {node.outcome.label.say(lang)}" for node in decision.criteria if node.outcome is not Outcome.MET]
        said.append(f"{label}: {counted}" + (f" ({', '.join(open_)})" if open_ else ""))
    return figure(name, 26 + len(decisions) * 50, title, ". ".join(said), parts)


def counts(rows: Sequence[tuple[str, int]], whole: int, name: str, title: str) -> str:
    """How many of a whole each subject has, as bars of the same length with a filled part."""
    left, wide = 176, _WIDE - 176 - 50
    parts = []
    for i, (label, number) in enumerate(rows):
        y = 8 + i * _LINE
        parts.append(_text(left - 10, y + 14, label, "", "end"))
        parts.append(f'<rect x="{left}" y="{y}" width="{wide}" height="17" rx="3" class="rest"/>')
        parts.append(f'<rect x="{left}" y="{y}" width="{_n(wide * number / whole)}" height="17" rx="3" class="bar"/>')
        parts.append(_text(left + wide + 8, y + 14, f"{number}/{whole}", "strong"))
    words = ". ".join(f"{label}: {number}/{whole}" for label, number in rows)
    return figure(name, 16 + len(rows) * _LINE, title, words, parts)


# --- time ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A bar of a timeline."""

    label: str
    start: date
    until: date | None
    kind: str = "issued"
    link: str = ""


def timeline(spans: Sequence[Span], name: str, title: str, lang: Lang) -> str:
    """Documents by the days they are in force; where the last day is not known the bar fades. The script of the page draws today's line."""
    if not spans:
        return ""
    first = min(span.start for span in spans).year
    last = max(max((span.until or span.start).year for span in spans) + 1, first + 2)
    wide = _WIDE - 4
    begin, end = date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal()

    def x(day: date) -> float:
        return wide * (day.toordinal() - begin) / (end - begin)

    every = 1 if last - first < 9 else 2
    bottom = 24 + len(spans) * 40
    parts = [_patterns(name)]
    for year in range(first, last + 1):
        at = x(date(year, 1, 1))
        parts.append(f'<line x1="{_n(at)}" y1="20" x2="{_n(at)}" y2="{bottom}" class="grid"/>')
        if (year - first) % every == 0:
            parts.append(_text(at + 2, 14, str(year), "axis"))
    said = []
    for i, span in enumerate(spans):
        y = 24 + i * 40
        start, stop = x(span.start), x(span.until) if span.until else float(wide)
        box = f'x="{_n(start)}" y="{y + 20}" width="{_n(max(stop - start, 3))}" height="14"'
        bar = f'<rect {box} rx="3" class="bar k-{span.kind}"/>'
        if span.kind == "amends":
            bar += f'<rect {box} fill="url(#{name}-s)"/>'
        if not span.until:
            bar += f'<rect {box} fill="url(#{name}-f)"/>'
        late = start > wide / 2  # the name of a late bar ends where the bar does
        words = _text(wide if late else start, y + 15, shorten(span.label, _FIT, placeholder="…"), "", "end" if late else "start")
        parts.append(bar + (f'<a href="{text(span.link)}">{words}</a>' if span.link else words))
        until = phrases.day(span.until, lang) if span.until else _OPEN.say(lang)
        said.append(f"{span.label}: {phrases.day(span.start, lang)} – {until}")
    now = (
        f'<g class="now" data-begin="{date(first, 1, 1)}" data-end="{date(last + 1, 1, 1)}" data-wide="{wide}" data-bottom="{bottom}"></g>'
    )
    return figure(name, bottom + 22, title, ". ".join(said), [*parts, now], f"{title} ({_COLOURS.say(lang)})")


def _patterns(name: str) -> str:
    """Stripes and fading, in the colour behind the picture, so that they are seen in grey and on paper."""
    stripe = f'<pattern id="{name}-s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    stops = '<stop offset=".3" class="behind" stop-opacity="0"/><stop offset="1" class="behind" stop-opacity="1"/>'
    return (
        f'<defs>{stripe}<rect width="3" height="6" class="stripe"/></pattern><linearGradient id="{name}-f">{stops}</linearGradient></defs>'
    )
