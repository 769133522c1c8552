"""``ntm-rules plan``: which communes are nearest to the standard, and the least that must be raised to reach a target."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.decide.choose import ByProvince, load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.planning.goal import find_target
from ntm_rules.planning.least import Candidate, Plan, Step, years_until
from ntm_rules.planning.planner import Goal, known_units, mean_plan, plan_for
from ntm_rules.planning.report import plan_report
from ntm_rules.problems import NotFound, NtmError, Place, Problem
from ntm_rules.register.check import check_register
from ntm_rules.register.joining import Joiner
from ntm_rules.tables.read.table import Row, read_table
from ntm_rules.tables.write.open import FORMATS
from ntm_rules.values import SourceLevel, exact


@command("plan")
def plan(
    call: Call,
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
    complete: office.CompleteOption = False,
    deadline: Annotated[
        str | None, typer.Option("--by", metavar="YYYY-MM-DD", help="Hạn, để xem có kịp với +1 đến +2 tiêu chí mỗi năm. / The deadline.")
    ] = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help=f"Ghi kế hoạch: {' '.join(FORMATS)}. / Write the plan; repeatable.")
    ] = None,
) -> None:
    """Xã nào gần chuẩn nhất, và ít nhất phải nâng bao nhiêu chỉ tiêu để đạt mục tiêu. / The least plan that reaches a target.

    Mã thoát: 0 xong; 1 mục tiêu không thể đạt hoặc có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 out of reach, 2 a wrong call.
    """
    rules = options.rules_of(set_, family, on, province, call.catalogue)
    day, until = options.day_of(on), office.needed_day(deadline, "--by") if deadline else None
    if day is None and (register or until):
        raise NtmError.one("NTM-702")
    goal = _goal(target, indicator, criteria, mean, rules, province, call.catalogue)
    book = office.register_of(register or [], units, complete, call.catalogue)
    problems = [*book.problems, *(found.problem for found in check_register(book.register, call.catalogue))]
    notes = list(book.notes)
    decisions: dict[str, Decision] = {}
    fixed = options.mappings_of(mapping, rules).get(rules.id)
    for path in files or []:
        shared, own = options.constants_of(with_, province, rules), ByProvince(rules, call.catalogue)
        table = read_table(
            path, rules, constants=shared, by_province=own, information=ignore or [], mapping=fixed, watch=call.screen.reading(path)
        )
        strange = office.unjoined(table, book.register, day)
        left_aside = office.aside(strange)
        joiner = Joiner.of(book.register, day, call.catalogue) if day is not None else None
        rows, told = office.of_one_year((row for row in table.rows if row.subject is not None and row.id not in left_aside), day)
        problems += [*table.all_problems, *_decide(table.rules, call.screen.deciding(rows), accept, decisions, joiner), *strange.values()]
        notes += [*table.notes, *told]
    known = known_units(rules, book.register, day, decisions)
    years = years_until(day, until) if day is not None and until is not None else None
    made: Plan[Candidate] | Plan[Step]
    if mean is not None:
        asked, reached = goal.criteria, _mean(mean)
        made = mean_plan(reached, rules, known, call.screen.planning)
    else:
        made, asked = plan_for(goal, rules, known, catalogue=call.catalogue, province=province, watch=call.screen.planning)
        reached = None
    report = plan_report(made, rules, known, call.lang, criteria=asked, mean=reached, years=years, problems=problems)
    finish(call, report, output, failed=bool(problems) or not made.reachable, notes=notes)


def _decide(
    rules: RuleSet, rows: Iterable[Row], accept: SourceLevel, decisions: dict[str, Decision], joiner: Joiner | None
) -> list[Problem]:
    """Decide rows of a table, on a day with what register and list know of the units; what is wrong with them."""
    problems: list[Problem] = []
    for row in rows:
        if row.subject is None:
            continue
        decision, wrong = (
            joiner.decide(row.id, rules, row.subject, accept) if joiner is not None else (rules.evaluate(row.subject, accept=accept), ())
        )
        problems += wrong
        if decision is not None:
            decisions[row.id] = decision
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
        targets = load(target, province=province, catalogue=catalogue)
        try:
            find_target(targets, indicator)
        except NotFound as error:
            raise NotFound([problem.at(Place(path="--indicator")) for problem in error.problems]) from None
        return Goal(targets=targets, indicator=indicator)
    if target.isdecimal() and int(target) > 0:
        return Goal(int(target), criteria)
    if target or (criteria is None and mean is None):
        raise NtmError([Problem("NTM-818", where, {"target": target or "…"})])
    return Goal(None, criteria)


def _mean(text: str) -> Decimal:
    try:
        return exact(text)
    except ValueError:
        raise NtmError([Problem("NTM-816", Place(path="--mean"), {"got": text, "column": "--mean"})]) from None
