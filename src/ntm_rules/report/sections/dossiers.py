"""The districts and provinces that are not recognised yet: which conditions they have, and who is missing what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ntm_rules.decide.engine.tree import Node
from ntm_rules.report.dossier import Dossier
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation
from ntm_rules.tables.results import brief
from ntm_rules.tables.to_do import Tasks
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import LANGS, Bilingual, Outcome


def part(s: Situation) -> Part | None:
    """How near each is to recognition; then the communes that lack a status, then what nobody has said yet."""
    found = [one for one in s.dossiers if one.decision is not None or one.reason is not None]
    if not found:
        return None
    ready = [s.name(one.unit) for one in found if one.outcome is Outcome.MET]
    sets = list(dict.fromkeys(one.rules for one in found if one.rules is not None))
    by = _BY.fill(Bilingual.join((Bilingual("{} ({})").fill(rules.title, rules.id) for rules in sets), "; ")) if sets else None
    apart = len(sets) > 1 or any(one.reason is not None for one in found)  # else the sentence above the table says it for every line
    lines = [_line(one, s) for one in found]
    grids = [Grid(_HEADS if apart else _HEADS[:-1], lines if apart else [line[:-1] for line in lines], note=by)]
    lacking = [row for one in found for row in _lacking(one, s)]
    if lacking:
        grids.append(Grid(_LACK_HEADS, lacking, title=_LACKS))
    for rules in sets:  # DK1 of a city is not DK1 of a district
        tasks = Tasks()
        for one in found:
            if one.decision is not None and one.rules is rules:
                tasks.add(s.name(one.unit), one.decision)
        open_: list[list[Cell]] = [[*task.cells, task.count, task.where()] for task in tasks.listed({})]
        if open_:
            grids.append(Grid(_OPEN_HEADS, open_, title=_OPEN.fill(rules.id), behind=True))
    return Part(_TITLE, _LEAD.fill(len(ready), len(found), ", ".join(ready) or "–"), grids, [_data(one) for one in found])


def _line(one: Dossier, s: Situation) -> list[Cell]:
    if one.decision is None or one.rules is None:
        return [s.name(one.unit), one.outcome.label, "", "", "", "", one.reason or ""]
    conditions, criteria = one.decision.conditions, one.decision.criteria
    return [
        s.name(one.unit),
        one.outcome.label,
        _share(conditions),
        _share(criteria),
        _numbers([*conditions, *criteria], Outcome.NOT_MET),
        _numbers([*conditions, *criteria], Outcome.UNDETERMINED),
        one.rules.id,
    ]


def _lacking(one: Dossier, s: Situation) -> list[list[Cell]]:
    """What is not met, and what communes leave open, by name."""
    rows: list[list[Cell]] = []
    for lack in one.lacking:
        if one.decision is not None and (lack.node.outcome is Outcome.NOT_MET or lack.missing or lack.open):
            named = Bilingual("{} {}").fill(lack.node.id, lack.node.title)
            why = Bilingual(*(brief(lack.node, lang, one.decision).removeprefix(f"{lack.node.id}: ") for lang in LANGS))
            names = [", ".join(s.name(member.id) for member in group) for group in (lack.missing, lack.open)]
            rows.append([s.name(one.unit), named, lack.node.outcome.label, why, *names])
    return rows


def _share(nodes: Sequence[Node]) -> str:
    done = sum(node.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE) for node in nodes)
    return f"{done}/{len(nodes)}" if nodes else ""


def _numbers(nodes: Sequence[Node], outcome: Outcome) -> str:
    return ", ".join(node.id for node in nodes if node.outcome is outcome)


def _data(one: Dossier) -> dict[str, Any]:
    decided = one.decision
    return {
        "unit": one.unit,
        "edition": one.rules.id if one.rules is not None else None,
        "outcome": str(one.outcome),
        "conditions": {node.id: str(node.outcome) for node in decided.conditions} if decided is not None else {},
        "criteria": {node.id: str(node.outcome) for node in decided.criteria} if decided is not None else {},
        "lacking": [
            {
                "id": lack.node.id,
                "outcome": str(lack.node.outcome),
                "missing": [member.id for member in lack.missing],
                "open": [member.id for member in lack.open],
            }
            for lack in one.lacking
        ],
    }


_TITLE = Bilingual("Hồ sơ cấp huyện, cấp tỉnh", "Dossiers of districts and provinces")
_LEAD = Bilingual(
    "{} trên {} đơn vị chưa được công nhận đã đủ các điều kiện và tiêu chí của bộ: {}. Đạt chưa phải là được công nhận.",
    "{} of {} units not recognised yet meet every condition and criterion of their set: {}. Meeting a set is not being recognised.",
)
_LACKS = Bilingual("Còn thiếu gì, ở đơn vị nào", "What is lacking, in which parts")
_OPEN = Bilingual("Điều chưa xác định trong hồ sơ ({})", "What is open in the dossiers ({})")
_BY = Bilingual("Xét theo: {}.", "Judged by: {}.")
_UNIT = Bilingual("Đơn vị", "Unit")
_OUTCOME = Bilingual("Kết quả", "Outcome")
_INDICATOR = Bilingual("Chỉ tiêu", "Indicator")
_HEADS = (
    _UNIT,
    _OUTCOME,
    Bilingual("Điều kiện đạt", "Conditions met"),
    Bilingual("Tiêu chí đạt", "Criteria met"),
    Bilingual("Chưa đạt", "Not met"),
    Bilingual("Chưa xác định", "Undetermined"),
    Bilingual("Xét theo", "Judged by"),
)
_LACK_HEADS = (
    _UNIT,
    _INDICATOR,
    _OUTCOME,
    Bilingual("Vì sao", "Why"),
    Bilingual("Đơn vị chưa có", "Parts that lack it"),
    Bilingual("Đơn vị chưa rõ", "Parts not known"),
)
_OPEN_HEADS = (
    _INDICATOR,
    Bilingual("Việc", "To do"),
    Bilingual("Vì sao chưa rõ", "Why it is open"),
    Bilingual("Số đơn vị", "Units"),
    Bilingual("Ở đâu", "Which"),
)
