"""``ntm-rules diff``, ``impact``, ``review-pack``: what changes from one text to the next, whom it affects, all that for approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end, finish
from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.loading.transition import find_mapping
from ntm_rules.problems import Problem
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import Impact, impact_of_each
from ntm_rules.revise.own import OwnTexts
from ntm_rules.revise.pack import pack_report, review_pack
from ntm_rules.revise.report import diff_report, figures_report, impact_report
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.open import write_reports
from ntm_rules.values import SourceLevel

OldArgument = Annotated[str, typer.Argument(metavar="OLD", help="Bộ trước, như commune-ntm/2021-2025. / The text before.")]
NewArgument = Annotated[str, typer.Argument(metavar="NEW", help="Bộ sau; có thể là chính bộ trước. / The text after.")]
ToOnOption = Annotated[str | None, typer.Option("--to-on", metavar="YYYY-MM-DD", help="Ngày của luật sau. / The day of the text after.")]
DraftOption = Annotated[
    list[str] | None, typer.Option("--draft", metavar="NAME", help="Dự thảo áp vào bộ sau. / A draft applied to the text after.")
]
NewLayersOption = Annotated[
    list[Path] | None,
    typer.Option("--to-add", metavar="DIR", help="Thư mục thêm vào riêng bộ sau. / A folder laid on the text after alone."),
]
NewProvinceOption = Annotated[
    str | None, typer.Option("--to-province", metavar="SLUG", help="Tỉnh của bộ sau; để trống: như bộ trước. / Province of the text after.")
]


@command("diff")
def diff_(
    call: Call,
    old: OldArgument,
    new: NewArgument,
    on: options.OnOption = None,
    to_on: ToOnOption = None,
    province: options.ProvinceOption = None,
    to_province: NewProvinceOption = None,
    draft: DraftOption = None,
    to_add: NewLayersOption = None,
    output: office.OutputOption = None,
) -> None:
    """Khác nhau giữa hai bộ, hai ngày, hoặc với một dự thảo. / What differs between two texts.

    Mã thoát: 0 không khác; 1 có khác; 2 lệnh sai. / Exit: 0 no difference, 1 they differ, 2 a wrong call.
    """
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, to_add)
    found = diff(before, after)
    left_out = OwnTexts(before, after, call.catalogue, _with(call.catalogue, to_add)).left_out
    finish(call, diff_report(found, call.lang), output, failed=bool(found), notes=left_out)


@command("impact")
def impact_(
    call: Call,
    old: OldArgument,
    new: NewArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Bảng số liệu theo bộ trước. / Tables read for the text before.")],
    on: options.OnOption = None,
    to_on: ToOnOption = None,
    province: options.ProvinceOption = None,
    to_province: NewProvinceOption = None,
    draft: DraftOption = None,
    to_add: NewLayersOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Ai được, ai mất khi bộ sau thay bộ trước. / Who gains and who loses by the newer text.

    Mã thoát: 0 không ai bị ảnh hưởng; 1 có; 2 lệnh hoặc tệp sai. / Exit: 0 nobody is affected, 1 somebody is, 2 a wrong call.
    """
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, to_add)
    own = OwnTexts(before, after, call.catalogue, _with(call.catalogue, to_add))
    found, problems, notes = _impact(call, own, files, province=province, with_=with_, ignore=ignore, mapping=mapping, accept=accept)
    report = impact_report(found, before, after, call.lang, problems, files, own.read)
    if before.id == after.id and len(found):  # the figures through which they move; between editions they are another report
        report = replace(report, sections=[*report.sections, *figures_report(own.read, call.lang)])
    finish(call, report, output, failed=bool(problems) or len(found) > 0, notes=notes)


@command("review-pack")
def review_pack_(
    call: Call,
    old: OldArgument,
    new: NewArgument,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[TABLE…]", help="Bảng số liệu theo bộ trước. / Tables read for the text before.")
    ] = None,
    on: options.OnOption = None,
    to_on: ToOnOption = None,
    province: options.ProvinceOption = None,
    to_province: NewProvinceOption = None,
    draft: DraftOption = None,
    to_add: NewLayersOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Hồ sơ trình duyệt một thay đổi: một tệp, mở không cần mạng. / All an approver needs of a change, in one file.

    Mã thoát: 0 đã lập; 1 số liệu hoặc thư mục có lỗi, hồ sơ vẫn lập; 2 lệnh hoặc tệp sai. / Exit: 0 written, 1 written, with problems in
    the data or the folder, 2 a wrong call or file.
    """
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, to_add)
    own = OwnTexts(before, after, call.catalogue, _with(call.catalogue, to_add))
    found: Impact | None = None
    problems: list[Problem] = []
    notes: list[Problem] = []
    if files:
        found, problems, notes = _impact(call, own, files, province=province, with_=with_, ignore=ignore, mapping=mapping, accept=accept)
    notes += own.left_out
    pack = review_pack(_with(call.catalogue, to_add), before, after, found)
    report, failed = replace(pack_report(pack, call.lang), problems=problems), bool(problems or pack.wrong)
    if call.as_json or not output:
        finish(call, report, output, failed=failed, notes=notes)
    write_reports(report, output, lang=call.lang)  # it is to be read there, not on the screen
    end(call, [*problems, *pack.wrong], output, failed=failed, notes=notes)


def _impact(
    call: Call,
    own: OwnTexts,
    files: list[Path],
    *,
    province: str | None,
    with_: list[str] | None,
    ignore: list[str] | None,
    mapping: list[Path] | None,
    accept: SourceLevel,
) -> tuple[Impact, list[Problem], list[Problem]]:
    """Whom a change affects among the rows of tables, what is wrong in these, and what is only told."""
    before, after = own.before.rules, own.after.rules
    carried = None if before.id == after.id else find_mapping(call.catalogue, before.id, after.id)
    constants = options.constants_of(with_, province, before)
    fixed = options.mappings_of(mapping, before).get(before.id)
    tables = [
        read_table(
            path,
            before,
            constants=constants,
            by_province=own.before,
            information=ignore or [],
            mapping=fixed,
            watch=call.screen.reading(path),
        )
        for path in files
    ]
    problems = [problem for table in tables for problem in table.all_problems]
    subjects = [row.subject for table in tables for row in table.rows if row.subject is not None]
    found, wrong = impact_of_each(before, after, call.screen.deciding(subjects), mapping=carried, accept=accept, own=own)
    return found, [*problems, *wrong], [note for table in tables for note in (*table.notes, *own.told(table))]


def _both(
    old: str,
    new: str,
    on: str | None,
    to_on: str | None,
    province: str | None,
    to_province: str | None,
    drafts: list[str] | None,
    catalogue: Catalogue,
    layers: list[Path] | None,
) -> tuple[RuleSet, RuleSet]:
    """The text before and the text after; ``layers`` lie on what the latter is read from, so that their effect is seen alone."""
    days: list[date | None] = [options.day_of(on), options.day_of(to_on) if to_on else None]
    if new == old and days[1] is None:
        days[1] = days[0]
    before = load(old, on=days[0], province=province, catalogue=catalogue)
    after = load(new, on=days[1], province=to_province or province, drafts=tuple(drafts or ()), catalogue=_with(catalogue, layers))
    return before, after


def _with(catalogue: Catalogue, layers: list[Path] | None) -> Catalogue:
    """The catalogue with folders of one's own laid on it."""
    for layer in layers or ():
        catalogue = Catalogue(layer, on_top_of=catalogue)
    return catalogue
