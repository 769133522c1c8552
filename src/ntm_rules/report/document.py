"""The report as tables of one language, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ntm_rules.problems import Problem
from ntm_rules.report.before import SCHEMA
from ntm_rules.report.sections import PARTS
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang


def report_of(s: Situation, lang: Lang, problems: Sequence[Problem] = ()) -> Report:
    """The report of a situation.

    Args:
        s: everything it speaks of.
        lang: the language of the words.
        problems: what must be mended in the files.
    """
    parts = {key: part for key, make in PARTS.items() if (part := make(s)) is not None}
    sections: list[Section] = []
    for number, part in enumerate(parts.values(), 1):
        sections += part.sections(number, lang)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "on": s.asked.on.isoformat(),
        "province": s.asked.province,
        "communes": [one.as_dict() for one in s.communes],
        "products": [one.as_dict() for one in s.products],
        "parts": {key: part.data for key, part in parts.items()},
    }
    title = _TITLE.fill(Bilingual(f"{s.asked.on:%d/%m/%Y}", f"{s.asked.on}")).say(lang)
    return Report(title, sections, data, problems=[*problems, *s.problems])


_TITLE = Bilingual("Báo cáo xây dựng nông thôn mới, ngày {}", "New rural development: report of {}")
