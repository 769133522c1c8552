"""The comparison with published verdicts as a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ntm_rules.published.compare import AGREEMENTS, Comparison, View
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.tables.write.open import write_report
from ntm_rules.values import Bilingual, Lang, Outcome

_WORDS = {
    "title": Bilingual("Kết quả đã công bố và kết quả tính được", "Published verdicts and ours"),
    "case": Bilingual("Trường hợp", "Case"),
    "published": Bilingual("Đã công bố", "Published"),
    "values": Bilingual("Từ số liệu đã công bố", "From the published values"),
    "attested": Bilingual("Thêm xác nhận từng tiêu chí", "With the published criterion verdicts"),
    "why": Bilingual("Vì sao", "Why"),
    "source": Bilingual("Nguồn", "Source"),
    "meaning": Bilingual(
        "Cột xác nhận lấy chính kết quả từng tiêu chí đã công bố làm xác nhận: «khớp» ở đó nghĩa là không số liệu nào mâu thuẫn với kết "
        "quả đã công bố, không phải là một kiểm chứng độc lập.",
        "The column with criterion verdicts takes what was published of each criterion as an attestation: «agrees» there means that no "
        "published value contradicts the verdict, not that it was confirmed independently.",
    ),
}


HEADINGS = tuple(_WORDS[key] for key in ("case", "published", "values", "attested", "why"))


def totals(comparisons: Iterable[Comparison]) -> dict[str, Counter[str]]:
    """How often each view agrees, differs, stays open or cannot be compared."""
    found: dict[str, Counter[str]] = {"values": Counter(), "attested": Counter()}
    for comparison in comparisons:
        found["values"][comparison.values.agreement] += 1
        found["attested"][comparison.attested.agreement] += 1
    return found


def published_words(comparison: Comparison, lang: Lang) -> str:
    """The published verdict in a few words."""
    published = comparison.case.published
    words = published.verdict.label.say(lang) if published.verdict else published.words or "–"
    if published.criteria_met is not None:
        words += f" ({published.criteria_met}{f'/{published.criteria_in_all}' if published.criteria_in_all else ''})"
    if published.criteria_failed:
        words += f", ✗ {', '.join(published.criteria_failed)}"
    return words


def view_words(view: View, lang: Lang) -> str:
    """Our outcome in a few words, and whether it agrees."""
    if view.decision is None:
        return AGREEMENTS[view.agreement].say(lang)
    outcome = view.decision.outcome.label.say(lang)
    return f"{outcome} ({view.decision.count(Outcome.MET)}/{view.decision.count()}): {AGREEMENTS[view.agreement].say(lang)}"


def reasons(comparison: Comparison, lang: Lang) -> list[str]:
    """Why a view does not agree, each reason once."""
    both = (*comparison.values.why, *comparison.attested.why)
    return list(dict.fromkeys(reason.say(lang) for reason in both))


def summary_lines(comparisons: list[Comparison], lang: Lang) -> Iterator[str]:
    """The totals of both views, one line each, and what they mean."""
    for name, counted in totals(comparisons).items():
        parts = ", ".join(f"{counted[key]} {label.say(lang)}" for key, label in AGREEMENTS.items() if counted[key])
        yield f"{_WORDS[name].say(lang)}: {parts}"
    yield _WORDS["meaning"].say(lang)


def published_report(comparisons: Iterable[Comparison], lang: Lang) -> Report:
    """The comparison as a report: the totals of both views, then a row for each case with its source."""
    found = list(comparisons)
    headings = [head.say(lang) for head in (*HEADINGS, _WORDS["source"])]
    rows = [[*_cells(comparison, lang), comparison.case.source] for comparison in found]
    data = [comparison.as_dict() for comparison in found]
    return Report(_WORDS["title"].say(lang), [Section("", headings, rows, list(summary_lines(found, lang)))], data)


def write_published(comparisons: Iterable[Comparison], path: str | Path, *, lang: Lang = "vi") -> None:
    """Write the comparison in any of the formats of reports, whole or not at all.

    Raises:
        TableError: the ending is unknown or the file cannot be written.
    """
    write_report(published_report(comparisons, lang), path, lang=lang)


def _cells(comparison: Comparison, lang: Lang) -> list[str]:
    case = comparison.case
    year = f", {case.year}" if case.year else ""
    return [
        f"{case.case} {case.name}{year}",
        f"{published_words(comparison, lang)} – {case.set_named}",
        view_words(comparison.values, lang),
        view_words(comparison.attested, lang),
        "; ".join(reasons(comparison, lang)) or "–",
    ]
