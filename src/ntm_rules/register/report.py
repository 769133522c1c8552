"""A review of recognitions as a report: how many stand how, then status by status every unit with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ntm_rules.problems import Problem
from ntm_rules.register.acts import REGISTERED
from ntm_rules.register.review import Review
from ntm_rules.register.tally import Category
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang

_MOST_REASONS = 3


def review_report(found: Sequence[Review], on: date, lang: Lang, *, full: bool = False, problems: Sequence[Problem] = ()) -> Report:
    """A review as a report.

    Args:
        found: what is said of each recognition.
        on: the day.
        lang: the language of the words.
        full: every reason beside each unit, and the instruments; else the first of them, and what all have in common once.
        problems: what must be mended in the files.
    """
    title = _TITLE.fill(Bilingual(f"{on:%d/%m/%Y}", f"{on}")).say(lang)
    statuses = list(dict.fromkeys(one.status for one in found))
    sections = [_summary(found, statuses, lang)]
    sections += [_of_status(status, [one for one in found if one.status == status], lang, full) for status in statuses]
    return Report(title, sections, [one.as_dict() for one in found], problems=problems)


def _summary(found: Sequence[Review], statuses: Sequence[str], lang: Lang) -> Section:
    counted = Counter((one.status, one.category) for one in found)
    occurring = [category for category in Category if any(counted[status, category] for status in statuses)]
    rows = [[REGISTERED[status].say(lang), *(str(counted[status, category]) for category in occurring)] for status in statuses]
    heads = [_STATUS.say(lang), *(category.label.say(lang) for category in occurring)]
    return Section(_SUMMARY.say(lang), heads, rows, [(_MEANING if found else _NOTHING).say(lang), *_conflicts(found, lang)])


def _conflicts(found: Sequence[Review], lang: Lang) -> list[str]:
    """How often attestations say otherwise than the values, and of whom; nothing where they never do."""
    units = {one.unit: f"{one.name or one.unit} ({', '.join(one.conflicts)})" for one in found if one.conflicts}
    if not units:
        return []
    count = len({(one.unit, number) for one in found for number in one.conflicts})
    return [_AGAINST.fill(count, len(units), "; ".join(units.values())).say(lang)]


def _of_status(status: str, found: Sequence[Review], lang: Lang, full: bool) -> Section:
    shared = [] if full or len(found) < 2 else _shared(found)
    rows = [[one.unit, one.name, _category(one, lang), _why(one, lang, full, shared)] for one in found]
    notes = [_OF_ALL.say(lang), *(f"– {reason.say(lang)}" for reason in shared)] if shared else []
    width = len(_HEADS) if any(row[-1] for row in rows) else -1  # where all reasons are shared, their column says nothing
    heads = [head.say(lang) for head in _HEADS]
    return Section(f"{REGISTERED[status].say(lang)} ({len(rows)})", heads[:width], [row[:width] for row in rows], notes)


def _shared(found: Sequence[Review]) -> list[Bilingual]:
    """The reasons that all of them have, to be said once."""
    return [reason for reason in found[0].reasons if all(reason in one.reasons for one in found)]


def _category(one: Review, lang: Lang) -> str:
    words = one.category.label.say(lang)
    if one.category is Category.UNDETERMINED and len(one.possible) > 1:
        words += ": " + " / ".join((_LAW_OPEN if way is Category.UNDETERMINED else way.label).say(lang) for way in one.possible)
    return words


def _why(one: Review, lang: Lang, full: bool, shared: Sequence[Bilingual]) -> str:
    reasons = [reason.say(lang) for reason in one.reasons if reason not in shared]
    said = reasons if full else reasons[:_MOST_REASONS]
    if one.instruments and full:
        said = [*said, ", ".join(one.instruments)]
    return "\n".join(said)


_TITLE = Bilingual("Xét lại ngày {}", "Review of {}")
_AGAINST = Bilingual(
    "Xác nhận trái với số liệu: {} chỗ, ở {} đơn vị; số liệu quyết định: {}.",
    "Attestations against values: {}, in {} units; the values decide: {}.",
)
_SUMMARY = Bilingual("Tổng hợp", "Summary")
_STATUS = Bilingual("Danh hiệu", "Status")
_HEADS = (Bilingual("Mã", "Code"), Bilingual("Tên", "Name"), Bilingual("Kết quả", "Result"), Bilingual("Vì sao", "Why"))
_MEANING = Bilingual(
    "Có căn cứ thu hồi chưa phải là bị thu hồi: thu hồi là quyết định của cấp có thẩm quyền.",
    "A ground for revocation is not a revocation: that is a decision of the competent authority.",
)
_NOTHING = Bilingual("Sổ không có công nhận nào để xét.", "The register holds no recognition to be reviewed.")
_OF_ALL = Bilingual("Chung cho cả bảng:", "Of all in this table:")
_LAW_OPEN = Bilingual("luật chưa rõ", "the law leaves it open")
