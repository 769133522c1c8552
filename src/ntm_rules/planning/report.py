"""A plan, and the standing of a province to its targets, as reports: in words and tables of one language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.planning.counting import between
from ntm_rules.planning.least import FEASIBLE, Candidate, Plan, Step, feasible
from ntm_rules.planning.picture import plan_picture
from ntm_rules.planning.planner import Known
from ntm_rules.planning.targets import Target
from ntm_rules.problems import Problem
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, shown


def plan_report(
    made: Plan[Candidate] | Plan[Step],
    rules: RuleSet,
    known: Sequence[Known],
    lang: Lang,
    *,
    criteria: int | None = None,
    mean: Decimal | None = None,
    years: int | None = None,
    problems: Sequence[Problem] = (),
) -> Report:
    """A plan as a report.

    Args:
        made: the plan.
        rules: the set whose indicators are to be raised.
        known: what is known of the units.
        lang: the language of the words.
        criteria: how many criteria make a unit count; None: the whole set.
        mean: the mean of criteria to reach, where the plan is for one.
        years: how many assessments there are before the deadline, where there is one.
        problems: what must be mended in the files.
    """
    said = _PlanWords(made, rules, known, criteria, mean, years, unread=bool(problems))
    data = {**made.as_dict(), "counts": "units" if mean is None else "criteria", "criteria": criteria, "years": years}
    return Report(said.title().say(lang), said.sections(lang), data, plan_picture(made, lang), problems)


class _PlanWords:
    """A plan in words and tables."""

    def __init__(
        self,
        made: Plan[Any],
        rules: RuleSet,
        known: Sequence[Known],
        criteria: int | None,
        mean: Decimal | None,
        years: int | None,
        *,
        unread: bool,
    ) -> None:
        self.unread = unread
        self.made, self.rules, self.known, self.criteria, self.mean, self.years = made, rules, known, criteria, mean, years
        self.by_code = {one.unit: one for one in known}
        self.many = KINDS[rules.kind].many
        self.noun = self.many if mean is None else _CRITERIA

    def title(self) -> Bilingual:
        """The title of the report."""
        return _TITLE.fill(self.goal(), self.rules.title)

    def goal(self) -> Bilingual:
        """What is to be reached."""
        if self.mean is not None:
            return _MEAN.fill(Bilingual(shown(self.mean, "vi"), shown(self.mean, "en")), self.many)
        return (_WHOLE if self.criteria is None else _SO_MANY).fill(self.made.goal, self.many, self.criteria)

    def sections(self, lang: Lang) -> list[Section]:
        """The tables: what it comes to, then those chosen, those as near, the others."""
        made = self.made
        found = [Section(f"{self.rules.title.say(lang)} ({self.rules.id})", (), (), [note.say(lang) for note in self.notes()])]
        heads, groups = self.heads(), [(_CHOSEN, made.chosen), (_TIES, made.ties)]
        if self.mean is None:  # of a mean: every other criterion there is
            groups.append((_OTHERS, made.others))
        for title, group in groups:
            if group:
                found.append(Section(title.say(lang), [head.say(lang) for head in heads], [self.row(one, lang) for one in group]))
        return found

    def notes(self) -> list[Bilingual]:
        """What the plan comes to, in sentences."""
        made = self.made
        notes = [_GOAL.fill(self.goal()), _NEED.fill(made.goal, self.noun, len(made.counted), max(made.goal - len(made.counted), 0))]
        size = _SIZE if made.exact else _RANGE
        notes.append(size.fill(made.most, made.least) if made.reachable else _BEYOND.fill(self.noun))
        if self.unread:
            notes.append(_UNREAD)
        if made.ties:
            notes.append(_TIED.fill(len(made.ties)))
        aside = len(self.known) - sum(map(len, (made.counted, made.chosen, made.ties, made.others))) if self.mean is None else 0
        if aside:
            notes.append(_ASIDE.fill(aside))
        silent = sum(one.decision is None and one.count is None for one in self.known)
        if silent:
            notes.append(_SILENT.fill(silent))
        return notes

    def heads(self) -> list[Bilingual]:
        """The headings."""
        if self.mean is not None:
            return [_CODE, _NAME, _CRITERION, _RAISE, _WHICH]
        paces = [] if self.years is None else [_PACE.fill(pace, self.years) for pace in _PACES]
        return [_CODE, _NAME, _RAISE, _LACKING, _WHICH, *paces]

    def row(self, one: Candidate | Step, lang: Lang) -> list[str]:
        """One unit, or one criterion of a unit."""
        which = ", ".join(fix.id for fix in one.fixes) or self.unnamed(one.unit).say(lang)
        if isinstance(one, Step):
            return [one.unit, one.name, one.criterion or "?", between(one.least, one.most), which]
        row = [one.unit, one.name, between(one.least, one.most), between(*one.criteria), which]
        return row if self.years is None else [*row, *(FEASIBLE[feasible(one, self.years, pace)].say(lang) for pace in _PACES)]

    def unnamed(self, unit: str) -> Bilingual:
        """Why no indicator can be named."""
        return _COUNT_ONLY if self.by_code[unit].count is not None else _NOTHING


def target_section(rules: RuleSet, found: Sequence[Target], lang: Lang) -> Section:
    """The targets of a set on a day as a table.

    Args:
        rules: the set of targets.
        found: its targets.
        lang: the language of the words.
    """
    rows = []
    for one in found:
        stated = one.stated.observed if one.stated is not None else None
        outcome = _BY_PUBLISHED.fill(one.outcome.label) if one.basis == "published" else one.outcome.label
        rows.append(
            [
                f"{one.id} {one.title.say(lang)}",
                one.counted.requirement(lang),
                one.counted_text(lang),
                shown(stated, lang) if isinstance(stated, Decimal) else "",
                outcome.say(lang),
                one.missed_by(lang),
            ]
        )
    title = f"{rules.title.say(lang)} ({rules.id} {rules.version})"
    return Section(title, [head.say(lang) for head in _TARGET_HEADS], rows, [note.say(lang) for note in rules.document.notes])


_PACES = (1, 2)
_TITLE = Bilingual("Kế hoạch: {} ({})", "Plan: {} ({})")
_MEAN = Bilingual("bình quân {} tiêu chí mỗi {}", "a mean of {} criteria")
_WHOLE = Bilingual("{} {} đạt chuẩn", "{} {} that meet the set")
_SO_MANY = Bilingual("{} {} đạt từ {} tiêu chí", "{} {} with {} criteria or more")
_CHOSEN = Bilingual("Được chọn", "Chosen")
_TIES = Bilingual("Ngang nhau, có thể thay lựa chọn cuối cùng", "Ties: as near as the last one chosen")
_OTHERS = Bilingual("Còn lại", "Others")
_GOAL = Bilingual("Mục tiêu: {}.", "Goal: {}.")
_NEED = Bilingual("Cần {} {}; đã có {}; cần thêm {}.", "{} {} are needed; {} count already; {} more are needed.")
_BEYOND = Bilingual("Không đủ {} để đạt mục tiêu này.", "There are not enough {} for this target.")
_UNREAD = Bilingual(
    "Số liệu có chỗ phải sửa; đơn vị chưa đánh giá được thì chưa tính. Sửa xong thì lập lại kế hoạch.",
    "The data have places to mend; units that could not be judged are not counted. Mend them, then plan again.",
)
_SIZE = Bilingual("Ít nhất phải nâng {} chỉ tiêu.", "At least {} indicators must be raised.")
_RANGE = Bilingual(
    "Để chắc chắn, ít nhất phải nâng {} chỉ tiêu; nếu những điều chưa rõ hóa ra đều đạt thì chỉ còn {}.",
    "To be sure, at least {} indicators must be raised; {} if all that is unknown turns out met.",
)
_TIED = Bilingual(
    "{} lựa chọn khác cũng gần như lựa chọn cuối cùng; có thể thay nhau.",
    "{} others are as near as the last one chosen; each could take its place.",
)
_ASIDE = Bilingual(
    "{} đơn vị không thuộc, hoặc không rõ có thuộc, diện mà mục tiêu này xét.",
    "{} units are not, or not known to be, among those this target looks at.",
)
_SILENT = Bilingual(
    "{} đơn vị không có số liệu nào: coi như chưa đạt gì cho đến khi biết.",
    "Nothing is known of {} units: they count as meeting nothing until it is.",
)
_CODE = Bilingual("Mã", "Code")
_NAME = Bilingual("Tên", "Name")
_CRITERION = Bilingual("Tiêu chí", "Criterion")
_RAISE = Bilingual("Chỉ tiêu phải nâng", "Indicators to raise")
_LACKING = Bilingual("Tiêu chí còn thiếu", "Criteria lacking")
_WHICH = Bilingual("Chỉ tiêu nào", "Which")
_PACE = Bilingual("+{}/năm, {} năm", "+{} a year, {} years")
_CRITERIA = Bilingual("tiêu chí", "criteria")
_COUNT_ONLY = Bilingual("nguồn chỉ cho số tiêu chí", "only a count is known")
_NOTHING = Bilingual("không có số liệu", "nothing is known")
_BY_PUBLISHED = Bilingual("{} (theo số công bố)", "{} (by the published value)")
_TARGET_HEADS = (
    Bilingual("Mục tiêu", "Target"),
    Bilingual("Cần", "Needed"),
    Bilingual("Đếm được", "Counted"),
    Bilingual("Đã công bố", "Published"),
    Bilingual("Kết quả", "Outcome"),
    Bilingual("So với mức cần", "Against what is needed"),
)
