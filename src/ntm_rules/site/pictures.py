"""Pictures as SVG, drawn from the data: they follow the colours of the page, and say in words what they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm_rules.decide.decision import Decision
from ntm_rules.decide.node import Node
from ntm_rules.model.figures import Table, figures_of
from ntm_rules.model.ruleset import Indicator
from ntm_rules.site import phrases
from ntm_rules.site.page import text
from ntm_rules.values import Lang, Outcome, exact, shown

OUTCOME_SIGNS = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNDETERMINED: "?", Outcome.NOT_APPLICABLE: "–"}
_LINE = 22


def figure(name: str, width: int, height: int, title: str, words: str, parts: Iterable[str], caption: str = "") -> str:
    """A picture with its title and description; ``name`` tells it from others on the page."""
    inner = "\n".join(parts)
    role = "group" if "<a " in inner else "img"  # nothing inside an image can be reached by the keyboard
    svg = (
        f'<svg role="{role}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{text(title)}</title>'
        f'<desc id="{name}-d">{text(words)}</desc>\n{inner}\n</svg>'
    )
    below = f"<figcaption>{text(caption or title)}</figcaption>"
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{text(title)}">{svg}</div>'
    return f'<figure class="picture">\n{frame}\n{below}\n</figure>'


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
    by = "theo vùng và năm" if lang == "vi" else "by region and year"
    across = by if isinstance(indicator.bound, Table) and "year" in indicator.bound.by else ("theo cột" if lang == "vi" else "by column")
    return f"{indicator.indicator} {indicator.title.say(lang)} {across} ({unit})"


def _lines(indicator: Indicator, series: dict[tuple[str, ...], dict[str, Decimal]], years: Sequence[str], name: str, lang: Lang) -> str:
    groups = _grouped(series, lang)
    numbers = [value for _, values in groups for value in values.values()]
    low, high = min(numbers), max(numbers)
    left, top, wide, tall = 50, 20, 330, 250
    span = (high - low) or Decimal(1)

    def x(year: str) -> float:
        return left + wide * years.index(year) / (len(years) - 1)

    def y(value: Decimal) -> float:
        return top + tall - float((value - low) / span) * tall

    parts = []
    for value in sorted({values[year] for _, values in groups for year in (years[0], years[-1]) if year in values}):
        parts.append(f'<line x1="{left}" y1="{_n(y(value))}" x2="{left + wide}" y2="{_n(y(value))}" class="grid"/>')
        if all(abs(y(value) - other) >= 12 for other in [y(v) for v in sorted(set(numbers)) if v < value and v in _ends(groups, years)]):
            parts.append(_text(left - 8, y(value) + 4, shown(value, lang), "axis", "end"))
    parts += [_text(x(year), top + tall + 24, year, "axis", "middle") for year in years]
    taken = -99.0
    for i, (label, values) in sorted(enumerate(groups), key=lambda one: y(list(one[1][1].values())[-1])):
        points = [(x(year), y(values[year])) for year in years if year in values]
        line = " ".join(f"{_n(a)},{_n(b)}" for a, b in points)
        parts.append(f'<polyline points="{line}" class="series s{i % 7}"/>')
        parts += [f'<circle cx="{_n(a)}" cy="{_n(b)}" r="3.5" class="dot s{i % 7}"/>' for a, b in points]
        at = max(points[-1][1] + 4, taken + 16)
        taken = at
        parts.append(_text(left + wide + 14, at, label, f"label s{i % 7}"))
    longest = max(len(label) for label, _ in groups)
    height = max(top + tall + 40, int(taken) + 20)
    return figure(name, left + wide + 30 + longest * 8, height, _title(indicator, lang), _say(indicator, groups, lang), parts)


def _ends(groups: list[tuple[str, dict[str, Decimal]]], years: Sequence[str]) -> set[Decimal]:
    return {values[year] for _, values in groups for year in (years[0], years[-1]) if year in values}


def _bars(indicator: Indicator, series: dict[tuple[str, ...], dict[str, Decimal]], name: str, lang: Lang) -> str:
    flat = {keys: next(iter(values.values())) for keys, values in series.items()}
    most = max(flat.values()) or Decimal(1)
    left, wide = 260, 300
    parts = []
    for i, (keys, value) in enumerate(flat.items()):
        at = 10 + i * 28
        label = " · ".join(phrases.key(key, lang) for key in keys)
        length = float(value / most) * wide
        parts.append(_text(left - 10, at + 15, label, "axis", "end"))
        parts.append(f'<rect x="{left}" y="{at}" width="{_n(max(length, 1))}" height="20" rx="3" class="bar"/>')
        parts.append(_text(left + length + 8, at + 15, shown(value, lang), "axis"))
    groups = [(" · ".join(phrases.key(key, lang) for key in keys), {"": value}) for keys, value in flat.items()]
    return figure(name, left + wide + 70, 20 + len(flat) * 28, _title(indicator, lang), _say(indicator, groups, lang), parts)


# --- a decision ---------------------------------------------------------------------------------------------------


def verdict_tree(decision: Decision, name: str, title: str, lang: Lang) -> str:
    """A decision as a tree: the set, every criterion, and the indicators of those that are not simply met."""
    rows: list[tuple[Node, list[Node]]] = []
    for section in decision.root.parts:
        open_ = section.outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED)
        rows.append((section, list(section.parts) if open_ and section.basis != "attested" else []))
    parts: list[str] = []
    y = 20.0
    root_x, mid_x, leaf_x, wide = 10, 210, 520, 880
    places: list[float] = []
    for section, leaves in rows:
        at = y + 11
        places.append(at)
        parts.append(_node(mid_x, at, section, lang, 38))
        for j, leaf in enumerate(leaves):
            below = y + j * _LINE + 11
            parts.append(f'<path d="M{mid_x + 290} {_n(at)} H{leaf_x - 14} V{_n(below)} H{leaf_x}" class="edge"/>')
            parts.append(_node(leaf_x, below, leaf, lang, 46))
        y += max(1, len(leaves)) * _LINE + 4
    middle = (places[0] + places[-1]) / 2 if places else 30
    trunk = mid_x - 20
    if places:
        parts.insert(0, f'<path d="M{trunk} {_n(places[0])} V{_n(places[-1])} M{root_x + 165} {_n(middle)} H{trunk}" class="edge"/>')
        parts += [f'<path d="M{trunk} {_n(at)} H{mid_x}" class="edge"/>' for at in places]
    met, all_ = decision.count(Outcome.MET), decision.count()
    label = decision.outcome.label.say(lang)
    parts.append(f'<rect x="{root_x}" y="{_n(middle - 24)}" width="165" height="48" rx="6" class="box o-{decision.outcome.value}"/>')
    parts.append(_text(root_x + 82, middle - 3, f"{OUTCOME_SIGNS[decision.outcome]} {label}", "strong", "middle"))
    parts.append(_text(root_x + 82, middle + 16, f"{met}/{all_} {'tiêu chí đạt' if lang == 'vi' else 'criteria met'}", "", "middle"))
    words = f"{label}. " + ". ".join(
        f"{node.id} {node.title.say(lang)}: {node.outcome.label.say(lang)}" for section, leaves in rows for node in (section, *leaves)
    )
    return figure(name, wide, int(y) + 16, title, words, parts)


def _node(x: float, y: float, node: Node, lang: Lang, most: int) -> str:
    words = f"{node.id} {node.title.say(lang)}"
    if len(words) > most:
        words = words[: most - 1].rsplit(" ", 1)[0] + "…"
    sign = OUTCOME_SIGNS[node.outcome]
    box = f'<rect x="{_n(x)}" y="{_n(y - 9)}" width="18" height="18" rx="4" class="box o-{node.outcome.value}"/>'
    return box + _text(x + 9, y + 5, sign, "strong", "middle") + _text(x + 25, y + 5, words)


# --- many subjects ------------------------------------------------------------------------------------------------


def grid(decisions: Sequence[Decision], name: str, title: str, lang: Lang) -> str:
    """Subjects by criteria: one square for each, with its outcome, and how many are met."""
    numbers = [node.id for node in decisions[0].criteria]
    left, size = 190, 26
    parts = [_text(left + i * size + size / 2, 18, number, "axis", "middle") for i, number in enumerate(numbers)]
    said = []
    for row, decision in enumerate(decisions):
        y = 28 + row * (size + 4)
        met, all_ = decision.count(Outcome.MET), decision.count()
        year = decision.subject.attributes.get("year")
        label = f"{decision.subject.name} {f'({year})' if year is not None else ''}".strip()
        parts.append(_text(left - 10, y + 17, label, "", "end"))
        for i, node in enumerate(decision.criteria):
            x = left + i * size
            parts.append(f'<rect x="{x + 2}" y="{y}" width="22" height="22" rx="3" class="box o-{node.outcome.value}"/>')
            parts.append(_text(x + 13, y + 16, OUTCOME_SIGNS[node.outcome], "strong", "middle"))
        parts.append(_text(left + len(numbers) * size + 10, y + 17, f"{met}/{all_}", "strong"))
        open_ = [f"{node.id} {node.outcome.label.say(lang)}" for node in decision.criteria if node.outcome is not Outcome.MET]
        said.append(f"{label}: {met}/{all_}" + (f" ({', '.join(open_)})" if open_ else ""))
    return figure(name, left + len(numbers) * size + 70, 40 + len(decisions) * (size + 4), title, ". ".join(said), parts)


def counts(rows: Sequence[tuple[str, int]], whole: int, name: str, title: str) -> str:
    """How many of a whole each subject has, as bars of the same length with a filled part."""
    left, wide = 230, 380
    parts = []
    for i, (label, number) in enumerate(rows):
        y = 8 + i * _LINE
        parts.append(_text(left - 10, y + 14, label, "", "end"))
        parts.append(f'<rect x="{left}" y="{y}" width="{wide}" height="17" rx="3" class="rest"/>')
        parts.append(f'<rect x="{left}" y="{y}" width="{_n(wide * number / whole)}" height="17" rx="3" class="bar"/>')
        parts.append(_text(left + wide + 10, y + 14, f"{number}/{whole}", "strong"))
    words = ". ".join(f"{label}: {number}/{whole}" for label, number in rows)
    return figure(name, left + wide + 70, 16 + len(rows) * _LINE, title, words, parts)


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
    """Documents by the days they are in force; an open end runs off the picture."""
    if not spans:
        return ""
    first = min(span.start for span in spans).year
    last = max(max((span.until or span.start).year for span in spans) + 1, first + 2)
    left, wide = 210, 560

    def x(day: date) -> float:
        return left + wide * (day.toordinal() - date(first, 1, 1).toordinal()) / (
            date(last + 1, 1, 1).toordinal() - date(first, 1, 1).toordinal()
        )

    every = 1 if last - first < 14 else 2
    bottom = 34 + len(spans) * 26
    parts = []
    for year in range(first, last + 2, every):
        at = x(date(year, 1, 1))
        parts.append(f'<line x1="{_n(at)}" y1="24" x2="{_n(at)}" y2="{bottom}" class="grid"/>')
        if year <= last:
            parts.append(_text(at + 2, 18, str(year), "axis"))
    said = []
    for i, span in enumerate(spans):
        y = 32 + i * 26
        start, end = x(span.start), x(span.until) if span.until else left + wide
        bar = f'<rect x="{_n(start)}" y="{y}" width="{_n(max(end - start, 3))}" height="16" rx="3" class="bar k-{span.kind}"/>'
        if not span.until:
            bar += f'<path d="M{_n(end)} {y} l10 8 l-10 8 z" class="bar k-{span.kind}"/>'
        label = span.label if len(span.label) < 30 else span.label[:28] + "…"
        words = _text(left - 8, y + 13, label, "", "end")
        parts.append(bar + (f'<a href="{text(span.link)}">{words}</a>' if span.link else words))
        said.append(f"{span.label}: {phrases.day(span.start, lang)} – {phrases.day(span.until, lang)}")
    told = "lam: ban hành; cam: sửa đổi; mũi tên: chưa có ngày cuối" if lang == "vi" else "blue: issued; orange: amends; arrow: no last day"
    return figure(name, left + wide + 20, bottom + 10, title, ". ".join(said), parts, f"{title} ({told})")
