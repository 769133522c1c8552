"""``ntm-rules targets``: the figures an office publishes, against its targets and against what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import finish
from ntm_rules.decide.choose import load
from ntm_rules.planning.counted_parts import typed_otherwise
from ntm_rules.planning.report import target_section
from ntm_rules.planning.targets import against_targets, decided
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.published.consistency import check_claims, check_series, refuted
from ntm_rules.published.sections import check_section, figure_section
from ntm_rules.published.statistics import disagreements, statistics
from ntm_rules.published.totals import of_day, read_claims, read_series
from ntm_rules.register.check import check_register, told_of_list
from ntm_rules.tables.write.listing import Report
from ntm_rules.values import Bilingual, SourceLevel

SeriesOption = Annotated[
    Path | None, typer.Option("--published", metavar="FILE", help="Số tổng hợp đã công bố theo thời gian. / Published totals over time.")
]
ClaimsOption = Annotated[
    Path | None, typer.Option("--claims", metavar="FILE", help="Các phép cộng, tỷ lệ cần kiểm. / Sums and shares to be checked.")
]


@command("targets")
def targets(
    call: Call,
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
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    complete: office.CompleteOption = False,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Số liệu thống kê của tỉnh so với mục tiêu và với số đã công bố. / The province's figures against targets and published totals.

    Mã thoát: 0 xong; 1 có số không khớp hoặc chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 figures disagree, 2 a wrong call.
    """
    day = office.needed_day(on)
    read = office.register_of(register, units, complete, call.catalogue)
    fixed = options.mappings_of(mapping)
    known = office.values_of(values, day, province, call.catalogue, with_, read.register, ignore, fixed, call.screen)
    options.refuse_idle(fixed, known.sets)
    problems = [*read.problems, *known.problems, *(finding.problem for finding in check_register(read.register, call.catalogue))]
    problems += typed_otherwise(read.register, day)
    decisions, refused = decided(
        known.subjects, read.register, day, province=province, catalogue=call.catalogue, accept=accept, watch=call.screen.deciding
    )
    aggregates, series_problems = read_series(series) if series else ((), ())
    made, claim_problems = read_claims(claims) if claims else ((), ())
    problems += [*refused, *series_problems, *claim_problems]
    published = of_day(aggregates, day)
    figures = statistics(read.register, day, decisions=decisions, published=published, catalogue=call.catalogue)
    sections = [figure_section(figures, published, call.lang)]
    standing: dict[str, list[dict[str, Any]]] = {}
    said = numbers(value)
    unused = set(said)
    for name in set_ or []:
        rules = load(name, province=province, catalogue=call.catalogue)
        own = {number: text for number, text in said.items() if any(one.indicator == number for one in rules.inputs)}
        found = against_targets(rules, read.register, day, decisions=decisions, values=own, province=province)
        standing[name] = [one.as_dict() for one in found]
        sections.append(target_section(rules, found, call.lang))
        problems += [one.contradiction for one in found if one.conflict]
        unused -= own.keys()
    named = ", ".join(set_ or ["–"])
    problems += [Problem("NTM-819", Place(path="--value"), {"got": number, "edition": named}) for number in sorted(unused)]
    checks = (*check_series(aggregates), *check_claims(made))
    if checks:
        sections.append(check_section(checks, made, call.lang))
    failed = [*(check for check in check_series(aggregates) if not check.holds), *refuted(made)]
    problems += [*disagreements(figures, published), *(problem for check in failed if (problem := check.problem) is not None)]
    data = {"figures": [one.as_dict() for one in figures], "targets": standing, "checks": [check.as_dict() for check in checks]}
    title = _TITLE.fill(Bilingual(f"{day:%d/%m/%Y}", f"{day}")).say(call.lang)
    notes = [*read.notes, *told_of_list(read.register, day, province, call.catalogue), *known.notes]
    finish(call, Report(title, sections, data, problems=problems), output, notes=notes)


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


_TITLE = Bilingual("Số liệu và mục tiêu, {}", "Figures and targets, {}")
