"""A digest: alerts by day or by week, the gravest first, as text or Markdown for a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Literal

from ntm_rules.monitor.alerts import Alert
from ntm_rules.values import Bilingual, Lang

Period = Literal["day", "week"]
Address = Callable[[Alert, Lang], str]  #: where the page stands that explains an alert; empty where none does

IMPORTANT: Final[Mapping[int, Bilingual]] = {
    1: Bilingual("Cần xem ngay", "To be looked at first"),
    2: Bilingual("Cần theo dõi", "To be watched"),
    3: Bilingual("Để biết", "For information"),
}
TITLE: Final = Bilingual("Tin theo dõi", "What was watched")
_NOTHING: Final = Bilingual("Không có tin mới.", "Nothing new.")
_COUNT: Final = Bilingual("{}: {} tin", "{}: {} alerts")
_WEEK: Final = Bilingual("Tuần {} đến {}", "Week from {} to {}")
_SPECIAL: Final = frozenset("\\`*_{}[]<>|#")


def digest(alerts: Iterable[Alert], period: Period, lang: Lang, *, address: Address, markdown: bool = False) -> str:
    """The alerts as one text.

    Args:
        alerts: those to tell, of any days.
        period: what stands under one heading.
        lang: the language.
        address: of the page that explains an alert.
        markdown: whether as Markdown.
    """
    lines = list(_lines(list(alerts), period, lang, address, markdown))
    return "\n".join(lines).strip() + "\n"


def _lines(alerts: list[Alert], period: Period, lang: Lang, address: Address, markdown: bool) -> Iterator[str]:
    yield f"# {TITLE.say(lang)}" if markdown else TITLE.say(lang).upper()
    if not alerts:
        yield from ("", _NOTHING.say(lang))
    periods: dict[date, list[Alert]] = {}
    for alert in alerts:
        begins = alert.on if period == "day" else alert.on - timedelta(days=alert.on.weekday())
        periods.setdefault(begins, []).append(alert)
    for begins, found in sorted(periods.items()):
        days = (_day(begins), _day(begins + timedelta(days=6)))
        heading = _COUNT.fill(days[0] if period == "day" else _WEEK.fill(*days), len(found)).say(lang)
        yield from ("", f"## {heading}" if markdown else heading)
        for importance, title in IMPORTANT.items():
            chosen = [alert for alert in found if alert.importance == importance]
            if chosen:
                yield from ("", f"### {title.say(lang)}" if markdown else f"{title.say(lang)}:", "")
                yield from (_line(alert, lang, address(alert, lang), markdown) for alert in chosen)


def _line(alert: Alert, lang: Lang, page: str, markdown: bool) -> str:
    text = alert.text(lang)
    if not markdown:
        return f"- {text}" + (f"\n  {page}" if page else "")
    escaped = "".join(f"\\{char}" if char in _SPECIAL else char for char in text)
    return f"- {escaped}" + (f" [{_MORE.say(lang)}](<{page}>)" if page else "")


def _day(day: date) -> Bilingual:
    return Bilingual(f"{day:%d/%m/%Y}", day.isoformat())


_MORE: Final = Bilingual("xem giải thích", "explained here")
