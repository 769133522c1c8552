"""A result as one row of cells, under headings: what every tabular format writes."""

from __future__ import annotations

from typing import Final

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.tables.results import NOT_DECIDED, Result
from ntm_rules.values import Bilingual, Lang

_HEADINGS: Final = (
    Bilingual("Tệp", "File"),
    Bilingual("Dòng", "Row"),
    Bilingual("Mã", "Id"),
    Bilingual("Tên", "Name"),
    Bilingual("Kết quả", "Outcome"),
    Bilingual("Số tiêu chí đạt", "Criteria met"),
    Bilingual("Tổng số tiêu chí", "Criteria in all"),
    Bilingual("Tiêu chí chưa đạt", "Criteria not met"),
    Bilingual("Tiêu chí chưa xác định", "Criteria undetermined"),
    Bilingual("Lý do đầu tiên", "First reasons"),
    Bilingual("Lỗi số liệu", "Problems"),
)
OUTCOME: Final = 4  # the place of the outcome
WHOLE: Final = (1, 5, 6)  # the places of those that hold whole numbers
_AGAINST: Final = Bilingual("Xác nhận trái với số liệu", "Attested against values")


def headings(rules: RuleSet, lang: Lang) -> list[str]:
    """The columns of results under a ruleset: those of all, then what its method says beside."""
    return [heading.say(lang) for heading in (*_HEADINGS, *(extra.title for extra in rules.method.extras), _AGAINST)]


def record(result: Result, rules: RuleSet, lang: Lang) -> list[str | int]:
    """A result as the cells of a row, under :func:`headings`."""
    outcome = result.outcome.label if result.outcome else NOT_DECIDED
    decision = result.decision
    return [
        result.file,
        result.row,
        result.id,
        result.name,
        outcome.say(lang),
        result.met if decision else "",
        result.total if decision else "",
        ", ".join(result.failed),
        ", ".join(result.undetermined),
        "; ".join(result.reasons(lang)),
        "\n".join(problem.line(lang) for problem in result.problems),
        *(extra.text(decision, lang) if decision else "" for extra in rules.method.extras),
        ", ".join(result.conflicts),
    ]
