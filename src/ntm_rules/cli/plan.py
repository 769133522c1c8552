"""``ntm-rules plan``: which communes are nearest to the standard, and the least that must be raised to reach a target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.screen import Screen
from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import KINDS
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.planning.least import FEASIBLE, Candidate, Plan, feasible, years_until
from ntm_rules.planning.picture import plan_picture
from ntm_rules.planning.planner import Goal, Known, known_units, mean_plan, plan_for
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.check import check_register
from ntm_rules.tables.read.table import Table, read_table
from ntm_rules.tables.results import evaluate_table
from ntm_rules.tables.write.listing import Section, write_listing
from ntm_rules.values import Bilingual, Lang, SourceLevel, exact, shown


def plan(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="Bảng số liệu các xã. / Tables of what is known of the communes.")
    ] = None,
    target: Annotated[
        str, typer.Option("--target", metavar="NUMBER|SET", help="Số xã phải đạt, hoặc một bộ mục tiêu. / A number, or a set of targets.")
    ] = "",
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="ID", help="Mục tiêu nào của bộ, như MT1.1. / Which target of the set.")
    ] = "",
    criteria: Annotated[
        int | None,
        typer.Option(
            "--criteria", min=1, metavar="NUMBER", help="Xã được tính khi đạt từ số tiêu chí này. / Criteria that make a commune count."
        ),
    ] = None,
    mean: Annotated[
        str | None,
        typer.Option("--mean", metavar="NUMBER", help="Số tiêu chí bình quân phải đạt, như 16.5. / The mean of criteria to reach."),
    ] = None,
    set_: options.SetOption = None,
    family: options.FamilyOption = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    units: office.UnitsOption = None,
    register: Annotated[
        list[Path] | None, typer.Option("--register", metavar="FILE", help="Sổ công nhận: xã đã công nhận tính là đã đạt. / A register.")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option("--by", metavar="YYYY-MM-DD", help="Hạn, để xem có kịp với +1 đến +2 tiêu chí mỗi năm. / The deadline.")
    ] = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="Ghi kế hoạch: .html .csv .json .svg. / Write the plan; repeatable.")
    ] = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Xã nào gần chuẩn nhất, và ít nhất phải nâng bao nhiêu chỉ tiêu để đạt mục tiêu. / The least plan that reaches a target.

    Mã thoát: 0 xong; 1 mục tiêu không thể đạt hoặc có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 out of reach, 2 a wrong call.
    """
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(rulesets)
    rules = options.rules_of(set_, family, on, province, catalogue)
    day, until = options.day_of(on), office.needed_day(deadline, "--by") if deadline else None
    if day is None and (register or until):
        raise NtmError([Problem("NTM-702")])
    goal = _goal(target, indicator, criteria, mean, rules, province, catalogue)
    book = office.register_of(register or [], units, False)
    problems = [*book.problems, *(found.problem for found in check_register(book.register, catalogue))]
    decisions: dict[str, Decision] = {}
    for path in files or []:
        table = read_table(path, rules, constants=options.constants_of(with_, province, rules))
        problems += _decide(table, accept, decisions)
        problems += office.unjoined(table, book.register, day)
    known = known_units(rules, book.register, day, decisions)
    asked = goal.criteria
    if mean is not None:
        made = mean_plan(_mean(mean), rules, known)
    else:
        made, asked = plan_for(goal, rules, known, catalogue=catalogue, province=province)
    years = years_until(day, until) if day is not None and until is not None else None
    said = _Words(rules, made, known, asked, mean, years)
    sections = said.sections(screen.lang)
    data = {**made.as_dict(), "counts": "criteria" if mean is not None else "units", "criteria": asked, "years": years}
    if as_json:
        screen.data({**data, "problems": [problem.as_dict() for problem in problems]})
    for section in sections:
        screen.say(section.title, "bold")
        for note in section.notes:
            screen.say(note)
        if section.rows:
            screen.table(section.headings, section.rows)
    for path in output or []:
        picture = plan_picture(made, screen.lang)
        write_listing(path, said.title(screen.lang), sections, data, lang=screen.lang, picture=picture, problems=problems)
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    screen.problems(problems)
    raise typer.Exit(1 if problems or not made.reachable else 0)


def _decide(table: Table, accept: SourceLevel, decisions: dict[str, Decision]) -> list[Problem]:
    """Decide the rows of a table; what is wrong with it and with them."""
    problems = list(table.problems)
    for result in evaluate_table(table, accept=accept):
        problems += result.problems
        if result.decision is not None:
            decisions[result.id] = result.decision
    return problems


def _goal(
    target: str, indicator: str, criteria: int | None, mean: str | None, rules: RuleSet, province: str | None, catalogue: Catalogue
) -> Goal:
    """What is to be reached, as the options say it.

    Raises:
        NtmError: they do not say it, or say two things.
    """
    where = Place(path="--target")
    if rules.kind == "product" or (mean is not None and (target or criteria)) or (indicator and "/" not in target):
        raise NtmError([Problem("NTM-818", where, {"target": target or rules.id})])
    if criteria is not None and (criteria > len(rules.criteria) or "/" in target):
        raise NtmError([Problem("NTM-818", Place(path="--criteria"), {"target": f"{target} {criteria}".strip()})])
    if "/" in target:
        return Goal(targets=load(target, province=province, catalogue=catalogue), indicator=indicator)
    if target.isdecimal():
        return Goal(int(target), criteria)
    if target or (criteria is None and mean is None):
        raise NtmError([Problem("NTM-818", where, {"target": target or "…"})])
    return Goal(None, criteria)


def _mean(text: str) -> Decimal:
    try:
        return exact(text)
    except ValueError:
        raise NtmError([Problem("NTM-816", Place(path="--mean"), {"got": text, "column": "--mean"})]) from None


class _Words:
    """A plan in words and tables."""

    def __init__(self, rules: RuleSet, made: Plan, known: Sequence[Known], asked: int | None, mean: str | None, years: int | None) -> None:
        self.rules, self.made, self.known, self.asked, self.mean, self.years = rules, made, known, asked, mean, years
        self.by_code = {one.unit: one for one in known}

    def title(self, lang: Lang) -> str:
        """The title of the report."""
        return f"{'Kế hoạch' if lang == 'vi' else 'Plan'}: {self._goal(lang)} ({self.rules.title.say(lang)})"

    def _goal(self, lang: Lang) -> str:
        noun = KINDS[self.rules.kind].many.say(lang)
        if self.mean is not None:
            number = shown(exact(self.mean), lang)
            return f"bình quân {number} tiêu chí mỗi {noun}" if lang == "vi" else f"a mean of {number} criteria"
        if self.asked is None:
            return f"{self.made.goal} {noun} đạt chuẩn" if lang == "vi" else f"{self.made.goal} {noun} that meet the set"
        return (
            f"{self.made.goal} {noun} đạt từ {self.asked} tiêu chí"
            if lang == "vi"
            else f"{self.made.goal} {noun} with {self.asked} criteria or more"
        )

    def sections(self, lang: Lang) -> list[Section]:
        """The tables."""
        vi, made = lang == "vi", self.made
        found = [Section(f"{self.rules.title.say(lang)} ({self.rules.id})", (), (), self._notes(lang))]
        for title, group in (
            ("Được chọn" if vi else "Chosen", made.chosen),
            ("Ngang nhau, có thể thay xã cuối cùng được chọn" if vi else "Ties: as near as the last one chosen", made.ties),
            ("Còn lại" if vi else "Others", made.others if self.mean is None else ()),  # of a mean: every other criterion there is
        ):
            if group:
                found.append(Section(title, self._heads(lang), self._rows(group, lang)))
        return found

    def _notes(self, lang: Lang) -> list[str]:
        vi, made = lang == "vi", self.made
        noun = (_CRITERIA if self.mean is not None else KINDS[self.rules.kind].many).say(lang)
        need = max(made.goal - len(made.counted), 0)
        notes = [f"{'Mục tiêu' if vi else 'Goal'}: {self._goal(lang)}."]
        notes.append(
            f"Cần {made.goal} {noun}; đã có {len(made.counted)}; cần thêm {need}."
            if vi
            else f"{made.goal} {noun} are needed; {len(made.counted)} count already; {need} more are needed."
        )
        if not made.reachable:
            notes.append(f"Không đủ {noun} để đạt mục tiêu này." if vi else f"There are not enough {noun} for this target.")
        elif made.exact:
            notes.append(f"Ít nhất phải nâng {made.most} chỉ tiêu." if vi else f"At least {made.most} indicators must be raised.")
        else:
            notes.append(
                f"Để chắc chắn, ít nhất phải nâng {made.most} chỉ tiêu; nếu những điều chưa rõ hóa ra đều đạt thì chỉ còn {made.least}."
                if vi
                else f"To be sure, at least {made.most} indicators must be raised; {made.least} if all that is unknown turns out met."
            )
        if made.ties:
            notes.append(
                f"{len(made.ties)} lựa chọn khác cũng gần như lựa chọn cuối cùng; có thể thay nhau."
                if vi
                else f"{len(made.ties)} others are as near as the last one chosen; each could take its place."
            )
        aside = len(self.known) - sum(map(len, (made.counted, made.chosen, made.ties, made.others))) if self.mean is None else 0
        if aside:
            notes.append(
                f"{aside} đơn vị không thuộc, hoặc không rõ có thuộc, diện mà mục tiêu này xét."
                if vi
                else f"{aside} units are not, or not known to be, among those this target looks at."
            )
        silent = sum(one.decision is None and one.count is None for one in self.known)
        if silent:
            notes.append(
                f"{silent} đơn vị không có số liệu nào: coi như chưa đạt gì cho đến khi biết."
                if vi
                else f"Nothing is known of {silent} units: they count as meeting nothing until it is."
            )
        return notes

    def _heads(self, lang: Lang) -> list[str]:
        vi = lang == "vi"
        heads = ["Mã", "Tên", "Chỉ tiêu phải nâng", "Tiêu chí còn thiếu", "Chỉ tiêu nào"]
        if not vi:
            heads = ["Code", "Name", "Indicators to raise", "Criteria lacking", "Which"]
        if self.years is not None and self.mean is None:
            heads += [f"+{pace}/năm, {self.years} năm" if vi else f"+{pace} a year, {self.years} years" for pace in (1, 2)]
        return heads

    def _rows(self, group: Sequence[Candidate], lang: Lang) -> list[list[str]]:
        rows = []
        for one in group:
            row = [one.unit, one.name, _between(one.least, one.most), _between(*one.criteria), self._which(one, lang)]
            if self.years is not None and self.mean is None:
                row += [FEASIBLE[feasible(one, self.years, pace)].say(lang) for pace in (1, 2)]
            rows.append(row)
        return rows

    def _which(self, one: Candidate, lang: Lang) -> str:
        if one.fixes:
            return ", ".join(fix.id for fix in one.fixes)
        known = self.by_code[one.unit.split("/")[0]] if self.mean is not None else self.by_code[one.unit]
        words = _COUNT_ONLY if known.count is not None else _NOTHING
        return words.say(lang)


_CRITERIA = Bilingual("tiêu chí", "criteria")
_COUNT_ONLY = Bilingual("nguồn chỉ cho số tiêu chí", "only a count is known")
_NOTHING = Bilingual("không có số liệu", "nothing is known")


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
