"""How a command ends: the files first, then the screen, the problems, the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import typer

from ntm_rules.cli.command import Call
from ntm_rules.problems import Problem
from ntm_rules.tables.write.listing import Report
from ntm_rules.tables.write.open import write_together
from ntm_rules.values import Bilingual


def finish(
    call: Call,
    report: Report,
    outputs: Sequence[Path] | None = None,
    *,
    key: str = "",
    failed: bool | None = None,
    notes: Iterable[Problem] = (),
    beside: Mapping[Path, Report] = MappingProxyType({}),
    written: Iterable[Path] = (),
) -> NoReturn:
    """Write a report, show it, and end.

    The files are written before anything is printed: a reader that has seen enough of the screen, as ``| head`` has, loses none.

    Args:
        call: language and form.
        report: what was found.
        outputs: the files to write it to.
        key: under which its data stand in the JSON on stdout; left out, they are the JSON themselves.
        failed: whether to end with 1; left out, where there are problems.
        notes: what is told and is no problem.
        beside: further files, each with the report that is written there; all files are written or none.
        written: further files that were written.
    """
    screen, files = call.screen, list(outputs or ())
    report = replace(report, problems=once(report.problems))
    told = [*((path, report) for path in files), *beside.items()]
    with screen.writing(sum(len(section.rows) for _, one in told for section in one.sections)):
        write_together(told, lang=call.lang)
    if call.as_json:
        data = {key: report.data} if key else dict(report.data)
        screen.data({**data, "problems": [problem.as_dict() for problem in report.problems]})
    if report.title and report.title not in [section.title for section in report.sections[:1]]:
        screen.say(report.title, "bold")
    for section in report.sections if not call.as_json else ():
        if section.behind:
            continue
        if section.title:
            screen.say(section.title, "bold")
        if section.rows:
            screen.table(section.headings, section.texts(call.lang))
        for note in section.notes:
            screen.say(note)
    end(call, report.problems, [*files, *beside, *written], failed=failed, notes=notes, remark=_TO_MEND)


def end(
    call: Call,
    problems: Sequence[Problem] = (),
    outputs: Iterable[Path] = (),
    *,
    failed: bool | None = None,
    code: int = 1,
    notes: Iterable[Problem] = (),
    remark: Bilingual | None = None,
) -> NoReturn:
    """Say what is wrong and what was written, and end.

    Args:
        call: language and form.
        problems: what must be mended.
        outputs: the files that were written.
        failed: whether to end with ``code``; left out, where there are problems.
        code: the exit code of a failure.
        notes: what is told and is no problem.
        remark: a sentence with their number after the problems, where the command has not counted them itself.
    """
    screen = call.screen
    screen.problems(notes)
    if (count := screen.problems(problems)) and remark is not None:
        screen.remark(remark.fill(count).say(call.lang))
    for path in outputs:
        screen.say(_WROTE.fill(path).say(call.lang))
    raise typer.Exit(code if (bool(problems) if failed is None else failed) else 0)


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that say the same of the same rows: of one id in many rows, the first tells all of them, and one that
    several rows share is told once."""
    told: dict[object, Problem] = {}
    for problem in problems:
        is_repeated = problem.code == _REPEATED
        told.setdefault((problem.place.file, problem.words["id"], problem.words["rows"]) if is_repeated else id(problem), problem)
    return list(told.values())


_REPEATED = "NTM-505"
_WROTE = Bilingual("Đã ghi {}", "Wrote {}")
_TO_MEND = Bilingual("{} chỗ cần sửa hoặc cần xem.", "{} things to mend or to look at.")
