"""Figures and checks of published numbers as tables of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.published.consistency import Check
from ntm_rules.published.statistics import Statistic
from ntm_rules.published.totals import Aggregate, Claim
from ntm_rules.tables.write.listing import Section
from ntm_rules.values import Bilingual, Lang


def figure_section(figures: Sequence[Statistic], published: Aggregate | None, lang: Lang) -> Section:
    """The figures of an office on a day, beside what a source printed.

    Args:
        figures: as counted.
        published: what a source printed for about that day.
        lang: the language of the words.
    """
    rows = [
        [one.title.say(lang), one.counted_text(lang), str(one.open or ""), one.share_text(lang), one.published_text(lang)]
        for one in figures
    ]
    notes = [] if published is None else [_AS_OF.fill(published.as_of, published.source).say(lang)]
    return Section(_FIGURES.say(lang), [head.say(lang) for head in _FIGURE_HEADS], rows, notes)


def check_section(checks: Sequence[Check], claims: Sequence[Claim], lang: Lang) -> Section:
    """The checks of published numbers against each other.

    Args:
        checks: as made.
        claims: the readings they are of.
        lang: the language of the words.
    """
    rows = [[check.of, check.what.say(lang), check.detail.say(lang), _HOLDS[check.holds].say(lang)] for check in checks]
    several = max(Counter(claim.claim for claim in claims).values(), default=0) > 1
    return Section(_CHECKS.say(lang), [head.say(lang) for head in _CHECK_HEADS], rows, [_SEVERAL.say(lang)] if several else [])


_FIGURES = Bilingual("Số liệu", "Figures")
_FIGURE_HEADS = (
    Bilingual("Số liệu", "Figure"),
    Bilingual("Đếm được", "Counted"),
    Bilingual("Chưa rõ", "Open"),
    Bilingual("Tỷ lệ", "Share"),
    Bilingual("Đã công bố", "Published"),
)
_AS_OF = Bilingual("Số đã công bố tính đến: {}. {}", "Published as of: {}. {}")
_CHECKS = Bilingual("Kiểm tra số đã công bố", "Checks of published figures")
_CHECK_HEADS = (Bilingual("Về", "Of"), Bilingual("Phép kiểm", "Check"), Bilingual("Tính", "Computed"), Bilingual("Khớp", "Agrees"))
_HOLDS = {True: Bilingual("có", "yes"), False: Bilingual("không", "no")}
_SEVERAL = Bilingual(
    "Một số có nhiều cách hiểu: cách không khớp chỉ cho biết số đó không được tính như vậy.",
    "Where a number has several readings, one that does not agree only tells that it was not computed so.",
)
