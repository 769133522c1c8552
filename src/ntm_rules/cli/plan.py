"""``ntm-rules plan``: which communes are nearest to the standard, and the least that must be raised to reach a target."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.screen import Screen
from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.model.subject import Subject
from ntm_rules.portfolio.listing import Section, write_listing
from ntm_rules.portfolio.plan import FEASIBLE, Candidate, Plan, candidate_of, candidate_of_count, feasible, goal_of, make_plan, years_until
from ntm_rules.portfolio.plan_picture import plan_picture
from ntm_rules.portfolio.register_files import read_register, read_units
from ntm_rules.portfolio.results import evaluate_table
from ntm_rules.portfolio.statistics import criteria_range
from ntm_rules.portfolio.table import read_table
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.register.acts import Unit
from ntm_rules.register.book import Register
from ntm_rules.values import Lang, Outcome, SourceLevel


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
    day = options.day_of(on)
    listed, problems = _units(units)
    held = _held(register, listed, rules, on)
    candidates: dict[str, Candidate] = {}
    counted: list[str] = []
    for path in files or []:
        table = read_table(path, rules, constants=options.constants_of(with_, province, rules))
        problems += table.problems
        for result in evaluate_table(table, accept=accept):
            problems += result.problems
            if result.decision is None:
                continue
            if result.outcome is Outcome.MET or result.id in held:
                counted.append(result.id)
            else:
                candidates[result.id] = candidate_of(result.decision, result.name)
    for unit in listed.values():
        said = criteria_range(unit, None)
        if unit.id in counted or unit.id in candidates or not unit.is_commune or (said is None and unit.id not in held):
            continue
        if unit.id in held or (said is not None and said[0] >= len(rules.criteria)):
            counted.append(unit.id)
        elif said is not None:
            candidates[unit.id] = candidate_of_count(unit.id, unit.name, said[0], rules)
    goal = _goal(target, indicator, len(candidates) + len(counted), province, catalogue)
    made = make_plan(candidates.values(), goal, counted)
    years = years_until(day, office.needed_day(deadline, "--by")) if day is not None and deadline else None
    sections = _sections(made, rules, years, screen.lang)
    if as_json:
        screen.data({**made.as_dict(), "years": years, "problems": [problem.as_dict() for problem in problems]})
    for section in sections:
        screen.say(section.title, "bold")
        for note in section.notes:
            screen.say(note)
        if section.rows:
            screen.table(section.headings, section.rows)
    title = screen.words(f"Kế hoạch: {goal} xã đạt {rules.title.vi}", f"Plan: {goal} communes to meet {rules.title.en}")
    for path in output or []:
        picture = plan_picture(made, screen.lang)
        write_listing(path, title, sections, made.as_dict(), lang=screen.lang, picture=picture, problems=problems)
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    screen.problems(problems)
    raise typer.Exit(1 if problems or not made.reachable else 0)


def _units(files: list[Path] | None) -> tuple[dict[str, Unit], list[Problem]]:
    found: dict[str, Unit] = {}
    problems: list[Problem] = []
    for path in files or []:
        units, wrong = read_units(path)
        problems += wrong
        found |= {unit.id: unit for unit in units}
    return found, problems


def _held(files: list[Path] | None, units: dict[str, Unit], rules: RuleSet, on: str | None) -> frozenset[str]:
    """The units recognised as what the set grants, for certain, on the day."""
    if not files:
        return frozenset()
    if on is None:
        raise NtmError([Problem("NTM-702")])
    register: Register = read_register(files).register
    day, status = office.needed_day(on), rules.document.grants or ""
    everyone = {act.unit for act in register.acts} | set(units)
    return frozenset(unit for unit in everyone if register.standing(unit, status, day).holds)


def _goal(target: str, indicator: str, total: int, province: str | None, catalogue: object) -> int:
    if target.isdecimal():
        return int(target)
    where = Place(path="--target")
    if "/" not in target or not indicator:
        raise NtmError([Problem("NTM-818", where, {"target": target or "…"})])
    rules = load(target, province=province, catalogue=catalogue)  # type: ignore[arg-type]
    found = next((one for one in rules.indicators if one.indicator == indicator), None)
    if found is None:
        raise NtmError([Problem("NTM-819", Place(path="--indicator"), {"got": indicator, "edition": target})])
    node = rules.evaluate(Subject(id=province or "province", kind=rules.kind))[indicator]
    return goal_of(found, node.required, total, where)


def _sections(made: Plan, rules: RuleSet, years: int | None, lang: Lang) -> list[Section]:
    vi = lang == "vi"
    need = max(made.goal - len(made.counted), 0)
    size = str(made.most) if made.exact else f"{made.least}–{made.most}"
    if vi:
        notes = [f"Mục tiêu {made.goal} xã; đã có {len(made.counted)}; cần thêm {need}."]
        notes.append(f"Ít nhất phải nâng {size} chỉ tiêu." if made.reachable else "Không đủ xã để đạt mục tiêu này.")
        if made.ties:
            notes.append(f"{len(made.ties)} xã khác cũng gần như xã cuối cùng được chọn; có thể thay nhau.")
    else:
        notes = [f"{made.goal} communes to reach; {len(made.counted)} count already; {need} more are needed."]
        notes.append(f"At least {size} indicators must be raised." if made.reachable else "There are not enough communes for this target.")
        if made.ties:
            notes.append(f"{len(made.ties)} others are as near as the last one chosen; each could take its place.")
    heads = ["Mã", "Tên", "Chỉ tiêu phải nâng", "Tiêu chí còn thiếu", "Chỉ tiêu nào"]
    if not vi:
        heads = ["Code", "Name", "Indicators to raise", "Criteria lacking", "Which"]
    if years is not None:
        heads += [f"+{pace}/năm, {years} năm" if vi else f"+{pace} a year, {years} years" for pace in (1, 2)]
    found = [Section(f"{rules.title.say(lang)} ({rules.id})", (), (), notes)]
    for title, group in (
        ("Được chọn" if vi else "Chosen", made.chosen),
        ("Ngang nhau" if vi else "Ties", made.ties),
        ("Còn lại" if vi else "Others", made.others),
    ):
        if group:
            found.append(Section(title, heads, _rows(group, years, lang)))
    return found


def _rows(group: Sequence[Candidate], years: int | None, lang: Lang) -> list[list[str]]:
    rows = []
    for one in group:
        low, high = one.criteria
        row = [
            one.unit,
            one.name,
            str(one.most) if one.exact else f"{one.least}–{one.most}",
            str(low) if low == high else f"{low}–{high}",
            ", ".join(fix.id for fix in one.fixes) or ("nguồn chỉ cho số tiêu chí" if lang == "vi" else "only a count is known"),
        ]
        if years is not None:
            row += [FEASIBLE[feasible(one, years, pace)].say(lang) for pace in (1, 2)]
        rows.append(row)
    return rows
