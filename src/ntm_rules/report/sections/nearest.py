"""The plan: for each target the nearest communes, and the least indicators that each has to raise."""

from __future__ import annotations

from ntm_rules.decide.explain.fixes import Fix
from ntm_rules.planning.counting import between
from ntm_rules.planning.least import Candidate
from ntm_rules.report.part import Grid, Part
from ntm_rules.report.situation import Situation, Steps
from ntm_rules.tables.write.listing import Cell
from ntm_rules.values import LANGS, Bilingual, Outcome

_MOST = 20  # without a target, so many of the nearest are named


def part(s: Situation) -> Part | None:
    """A table for each target that meeting the set, or so many criteria of it, would reach."""
    if not s.steps:
        return None
    grids: list[Grid] = []
    made: dict[tuple[object, ...], Steps] = {}
    for one in s.steps:
        key = (one.plan.goal, one.criteria, one.plan.counted, one.plan.chosen)
        grids.append(_grid(one, s, made.get(key)))
        made.setdefault(key, one)
    data = [{"target": one.target.id if one.target else None, "set": one.set_name or None, **one.plan.as_dict()} for one in s.steps]
    assert s.rules is not None
    return Part(_TITLE, _LEAD.fill(s.rules.title), grids, data)


def _grid(steps: Steps, s: Situation, same: Steps | None) -> Grid:
    """The plan for one target; where another target has the very same plan, that is said in its place."""
    plan = steps.plan
    chosen = plan.chosen if steps.target else tuple(one for one in plan.chosen if one.unit not in steps.counts_only)[:_MOST]
    rows: list[list[Cell]] = [_row(one, s) for one in chosen]
    size = between(plan.least, plan.most)
    if steps.target is None:
        note = _ALL.fill(len(plan.chosen), len(chosen))
        return Grid(_HEADS, rows, title=_NEAREST, note=note)
    note = _NOTE.fill(plan.goal, len(plan.counted), max(plan.goal - len(plan.counted), 0), size if plan.reachable else "–")
    if plan.ties:
        note = Bilingual.join([note, _TIES.fill(len(plan.ties))], " ")
    if not plan.reachable:
        note = Bilingual.join([note, _BEYOND], " ")
    title = Bilingual("{} {} ({})").fill(steps.target.id, steps.target.title, steps.set_name)
    if same is not None and same.target is not None:
        return Grid(_HEADS, [], title=title, note=Bilingual.join([note, _SAME.fill(same.target.id, same.set_name)], " "))
    return Grid(_HEADS, rows, title=title, note=note)


def _row(one: Candidate, s: Situation) -> list[Cell]:
    commune = next((each for each in s.communes if each.code == one.unit), None)
    where = s.districts[commune.district].name if commune is not None and commune.district in s.districts else ""
    which: Bilingual = Bilingual.join([_fix(fix) for fix in one.fixes], "\n") if one.fixes else _WHICH_OPEN
    met = between(*one.met) if commune is None or commune.met is not None else "–"
    return [one.label, where, met, between(*one.criteria), between(one.least, one.most), which]


def _fix(fix: Fix) -> Bilingual:
    short = Bilingual(*(fix.missed_by(lang) for lang in LANGS))
    state = short if short else _FIND if fix.outcome is Outcome.UNDETERMINED else fix.outcome.label
    return Bilingual("{} {} ({})").fill(fix.id, fix.title, state)


_TITLE = Bilingual("Kế hoạch: xã gần chuẩn nhất và việc ít nhất phải làm", "The plan: the nearest communes and their least steps")
_LEAD = Bilingual(
    "Theo {}. Số chỉ tiêu là ít nhất; khoảng số là khi điều chưa rõ đều đạt, và khi đều chưa đạt.",
    "By {}. The number of indicators is the least; a range runs from all that is open being met to none of it.",
)
_NEAREST = Bilingual("Gần chuẩn nhất", "The nearest")
_NOTE = Bilingual("Cần {}; đã có {}; cần thêm {}; ít nhất phải nâng {} chỉ tiêu.", "{} needed; {} count; {} more; at least {} indicators.")
_ALL = Bilingual("{} xã chưa đạt; nêu {} xã có số liệu và gần nhất.", "{} communes do not meet the set; the {} nearest with figures.")
_TIES = Bilingual("{} xã khác cũng gần như xã cuối cùng.", "{} others are as near as the last one.")
_BEYOND = Bilingual("Không đủ xã để đạt mục tiêu này.", "There are not enough communes for this target.")
_SAME = Bilingual("Các xã như ở kế hoạch của {} ({}).", "The communes are those of the plan for {} ({}).")
_WHICH_OPEN = Bilingual("chưa có số liệu từng chỉ tiêu", "no figures of single indicators")
_FIND = Bilingual("chưa xác định", "undetermined")
_HEADS = (
    Bilingual("Xã", "Commune"),
    Bilingual("Huyện", "District"),
    Bilingual("Tiêu chí đạt", "Criteria met"),
    Bilingual("Tiêu chí còn thiếu", "Criteria lacking"),
    Bilingual("Chỉ tiêu phải nâng", "Indicators to raise"),
    Bilingual("Chỉ tiêu nào", "Which"),
)
