"""The targets on the day: what is asked, what is counted, and what is lacking in units."""

from __future__ import annotations

from ntm_rules.labels import KINDS
from ntm_rules.planning.counting import between
from ntm_rules.planning.targets import Target
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import LANGS, Bilingual, Outcome


def part(s: Situation) -> Part | None:
    """Every target of every set, those that are not reached first."""
    if not s.targets:
        return None
    grids, every = [], [one for _, found in s.targets for one in found]
    for rules, found in s.targets:
        rows: list[list[Cell]] = [
            [
                f"{one.id}",
                one.title,
                Bilingual(*(one.counted.requirement(lang) for lang in LANGS)),
                Bilingual(*(one.counted_text(lang) for lang in LANGS)),
                one.outcome.label,
                _lacking(one),
            ]
            for one in sorted(found, key=lambda one: _ORDER[one.outcome])
        ]
        grids.append(Grid(_HEADS, rows, title=Bilingual("{} ({})").fill(rules.title, rules.id)))
    counts = [sum(one.outcome is outcome for one in every) for outcome in (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET)]
    data = {rules.id: [one.as_dict() for one in found] for rules, found in s.targets}
    return Part(_TITLE, _LEAD.fill(len(every), *counts), grids, data)


def _lacking(one: Target) -> Bilingual:
    """What is lacking, in units where units are counted; at most how many, where it is open whether any."""
    if one.outcome is Outcome.UNDETERMINED and one.short is not None and one.kind is not None and one.short[1]:
        return _MAY_LACK.fill(between(*one.short), KINDS[one.kind].many)
    return Bilingual(*(one.missed_by(lang) for lang in LANGS))


_MAY_LACK = Bilingual("có thể còn thiếu {} {}", "may be short by {} {}")
_ORDER = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2, Outcome.NOT_APPLICABLE: 3}
_TITLE = Bilingual("Mục tiêu", "Targets")
_LEAD = Bilingual("{} mục tiêu: {} chưa đạt, {} chưa xác định, {} đạt.", "{} targets: {} not met, {} undetermined, {} met.")
_HEADS = (
    Bilingual("Số", "No."),
    Bilingual("Mục tiêu", "Target"),
    Bilingual("Cần", "Needed"),
    Bilingual("Đếm được", "Counted"),
    Bilingual("Kết quả", "Outcome"),
    Bilingual("Còn thiếu", "Lacking"),
)
