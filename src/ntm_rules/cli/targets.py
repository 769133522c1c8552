"""``ntm-rules targets``: the figures an office publishes, against its targets and against what was published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.screen import Screen
from ntm_rules.decide.choose import load
from ntm_rules.decide.decision import Decision
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.planning.targets import Target, against_targets
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.published.consistency import Check, check_claims, check_series, refuted
from ntm_rules.published.statistics import Statistic, disagreements, statistics
from ntm_rules.published.totals import Aggregate, Claim, of_day, read_claims, read_series
from ntm_rules.register.check import check_register
from ntm_rules.tables.write.listing import Section, write_listing
from ntm_rules.values import Lang, SourceLevel, shown

SeriesOption = Annotated[
    Path | None, typer.Option("--published", metavar="FILE", help="Số tổng hợp đã công bố theo thời gian. / Published totals over time.")
]
ClaimsOption = Annotated[
    Path | None, typer.Option("--claims", metavar="FILE", help="Các phép cộng, tỷ lệ cần kiểm. / Sums and shares to be checked.")
]


def targets(
    register: office.RegisterArgument,
    on: office.DayOption,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME", help="Bộ mục tiêu, như targets/kon-tum-2024. / A set of targets.")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option("--value", metavar="ID=NUMBER", help="Số đã công bố của một mục tiêu. / A published value.")
    ] = None,
    units: office.UnitsOption = None,
    values: office.ValuesOption = None,
    series: SeriesOption = None,
    claims: ClaimsOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    complete: office.CompleteOption = False,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Số liệu thống kê của tỉnh so với mục tiêu và với số đã công bố. / The province's figures against targets and published totals.

    Mã thoát: 0 xong; 1 có số không khớp hoặc chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 figures disagree, 2 a wrong call.
    """
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(rulesets)
    day = office.needed_day(on)
    read = office.register_of(register, units, complete)
    known, wrong = office.values_of(values, day, province, catalogue, with_, read.register)
    problems = [*read.problems, *wrong, *(finding.problem for finding in check_register(read.register, catalogue))]
    decisions, refused = decided(known, day, province, catalogue, accept)
    problems += refused
    aggregates, series_problems = read_series(series) if series else ((), ())
    made, claim_problems = read_claims(claims) if claims else ((), ())
    problems += [*series_problems, *claim_problems]
    published = of_day(aggregates, day)
    figures = statistics(read.register, day, decisions=decisions, published=published, catalogue=catalogue)
    sections = [_figures(figures, published, screen.lang)]
    data: dict[str, Any] = {"figures": [one.as_dict() for one in figures], "targets": {}, "checks": []}
    said = numbers(value)
    unused = set(said)
    for name in set_ or []:
        rules = load(name, province=province, catalogue=catalogue)
        own = {number: text for number, text in said.items() if any(one.indicator == number for one in rules.inputs)}
        found = against_targets(rules, read.register, day, decisions=decisions, values=own, province=province)
        data["targets"][name] = [one.as_dict() for one in found]
        sections.append(_targets(rules, found, screen.lang))
        problems += [_conflict(one) for one in found if one.conflict]
        unused -= own.keys()
    if unused:
        named = ", ".join(set_ or ["–"])
        problems += [Problem("NTM-819", Place(path="--value"), {"got": number, "edition": named}) for number in sorted(unused)]
    checks = (*check_series(aggregates), *check_claims(made))
    failed = [*(check for check in check_series(aggregates) if not check.holds), *refuted(made)]
    data["checks"] = [check.as_dict() for check in checks]
    if checks:
        sections.append(_checks(checks, made, screen.lang))
    problems += [*disagreements(figures, published), *(problem for check in failed if (problem := check.problem) is not None)]
    if as_json:
        screen.data({**data, "problems": [problem.as_dict() for problem in problems]})
    for section in sections:
        screen.say(section.title, "bold")
        screen.table(section.headings, section.rows)
        for note in section.notes:
            screen.say(note)
    title = screen.words(f"Số liệu và mục tiêu, {day:%d/%m/%Y}", f"Figures and targets, {day}")
    for path in output or []:
        write_listing(path, title, sections, data, lang=screen.lang, problems=problems)
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    if screen.problems(problems):
        screen.remark(screen.words(f"{len(problems)} chỗ cần sửa hoặc cần xem.", f"{len(problems)} things to mend or to look at."))
    raise typer.Exit(1 if problems else 0)


def decided(known: Any, day: Any, province: str | None, catalogue: Any, accept: SourceLevel) -> tuple[dict[str, Decision], list[Problem]]:
    """What the communes meet under the commune set in force, and the rows that could not be decided."""
    from ntm_rules.decide.choose import applicable

    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    rules: RuleSet | None = None
    for (unit, family), subject in known.items():
        if family != "commune-ntm":
            continue
        rules = rules or applicable(family, on=day, province=province, catalogue=catalogue)
        try:
            found[unit] = rules.evaluate(subject, accept=accept)
        except NtmError as error:
            problems += error.problems
    return found, problems


def numbers(given: list[str] | None) -> dict[str, str]:
    """Published values from the command line.

    Raises:
        NtmError: one is not of the form ID=NUMBER.
    """
    found = {}
    for item in given or []:
        number, equals, text = item.partition("=")
        if not equals or not text.strip():
            raise NtmError([Problem("NTM-703", Place(path="--value"), {"got": item, "allowed": "MT1.1=48", "guess": None})])
        found[number.strip()] = text.strip()
    return found


def _figures(figures: Sequence[Statistic], published: Aggregate | None, lang: Lang) -> Section:
    vi = lang == "vi"
    heads = ["Số liệu", "Đếm được", "Chưa rõ", "Tỷ lệ", "Đã công bố"] if vi else ["Figure", "Counted", "Open", "Share", "Published"]
    rows = [
        [
            one.title.say(lang),
            one.counted_text(lang),
            str(one.open or ""),
            one.share_text(lang),
            one.published_text(lang),
        ]
        for one in figures
    ]
    notes = []
    if published is not None:
        notes.append(f"{'Số đã công bố tính đến' if vi else 'Published as of'}: {published.as_of}. {published.source}")
    return Section("Số liệu" if vi else "Figures", heads, rows, notes)


def _targets(rules: RuleSet, found: Sequence[Target], lang: Lang) -> Section:
    vi = lang == "vi"
    heads = (
        ["Mục tiêu", "Cần", "Đếm được", "Đã công bố", "Kết quả", "So với mức cần"]
        if vi
        else ["Target", "Needed", "Counted", "Published", "Outcome", "Against what is needed"]
    )
    rows = []
    for one in found:
        stated = one.stated.observed if one.stated is not None else None
        node = one.stated if one.basis == "published" else one.counted
        assert node is not None
        basis = "" if one.basis != "published" else " (theo số công bố)" if vi else " (by the published value)"
        rows.append(
            [
                f"{one.id} {one.title.say(lang)}",
                one.counted.requirement(lang),
                one.counted_text(lang),
                shown(stated, lang) if isinstance(stated, Decimal) else "",
                one.outcome.label.say(lang) + basis,
                node.missed_by(lang),
            ]
        )
    return Section(f"{rules.title.say(lang)} ({rules.id} {rules.version})", heads, rows, [note.say(lang) for note in rules.document.notes])


def _checks(checks: Sequence[Check], claims: Sequence[Claim], lang: Lang) -> Section:
    vi = lang == "vi"
    heads = ["Về", "Phép kiểm", "Tính", "Khớp"] if vi else ["Of", "Check", "Computed", "Agrees"]
    words = ("có", "không") if vi else ("yes", "no")
    rows = [[check.of, check.what.say(lang), check.detail.say(lang), words[0] if check.holds else words[1]] for check in checks]
    several = {claim.claim for claim in claims if sum(other.claim == claim.claim for other in claims) > 1}
    notes = []
    if several:
        notes.append(
            "Một số có nhiều cách hiểu: cách không khớp chỉ cho biết số đó không được tính như vậy."
            if vi
            else "Where a number has several readings, one that does not agree only tells that it was not computed so."
        )
    return Section("Kiểm tra số đã công bố" if vi else "Checks of published figures", heads, rows, notes)


def _conflict(one: Target) -> Problem:
    assert one.between is not None
    assert one.stated is not None
    words = {"unit": one.title, "published": one.stated.observed, "low": one.between.low, "high": one.between.high}
    return Problem("NTM-821", Place(path=one.id), words)
