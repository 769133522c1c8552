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
from ntm_rules.loading.resolve import resolve
from ntm_rules.loading.transition import find_mapping
from ntm_rules.problems import Problem, RulesetError
from ntm_rules.revise.compare import diff
from ntm_rules.revise.impact import Impact, impact_of_each
from ntm_rules.revise.own import OwnTexts
from ntm_rules.revise.pack import pack_report, review_pack
from ntm_rules.revise.report import diff_report, figures_report, impact_report
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.open import write_reports
from ntm_rules.values import SourceLevel
from ntm_rules.verify.publish import content, differs

OldArgument = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help="Bộ trước, như commune-ntm/2021-2025, hoặc một bản đã công bố: TÊN@1.0.0. / The text before; NAME@1.0.0: a version.",
    ),
]
NewArgument = Annotated[str, typer.Argument(metavar="NEW", help="Bộ sau; có thể là chính bộ trước; TÊN@1.0.0 như trên. / The text after.")]
ToOnOption = Annotated[str | None, typer.Option("--to-on", metavar="YYYY-MM-DD", help="Ngày của luật sau. / The day of the text after.")]
DraftOption = Annotated[
    list[str] | None, typer.Option("--draft", metavar="NAME", help="Dự thảo áp vào bộ sau. / A draft applied to the text after.")
]
NewLayersOption = Annotated[
    list[Path] | None,
    typer.Option("--to-add", metavar="DIR", help="Thư mục thêm vào riêng bộ sau. / A folder laid on the text after alone."),
]
NewFolderOption = Annotated[
    Path | None,
    typer.Option("--to-rulesets", metavar="DIR", help="Thư mục bộ tiêu chí của bộ sau. / Folder of rulesets of the text after."),
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
    to_rulesets: NewFolderOption = None,
    output: office.OutputOption = None,
) -> None:
    """Khác nhau giữa hai bộ, hai ngày, hoặc với một dự thảo. / What differs between two texts.

    Mã thoát: 0 không khác; 1 có khác; 2 lệnh sai. / Exit: 0 no difference, 1 they differ, 2 a wrong call.
    """
    later = _later(call, to_rulesets, to_add)
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, later)
    found = diff(before, after)
    left_out = OwnTexts(before, after, call.catalogue, later).left_out
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
    to_rulesets: NewFolderOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    mapping: options.MappingOption = None,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    output: office.OutputOption = None,
) -> None:
    """Ai được, ai mất khi bộ sau thay bộ trước. / Who gains and who loses by the newer text.

    Mã thoát: 0 không ai bị ảnh hưởng; 1 có; 2 lệnh hoặc tệp sai. / Exit: 0 nobody is affected, 1 somebody is, 2 a wrong call.
    """
    later = _later(call, to_rulesets, to_add)
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, later)
    own = OwnTexts(before, after, call.catalogue, later)
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
    to_rulesets: NewFolderOption = None,
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
    later = _later(call, to_rulesets, to_add)
    before, after = _both(old, new, on, to_on, province, to_province, draft, call.catalogue, later)
    own = OwnTexts(before, after, call.catalogue, later)
    found: Impact | None = None
    problems: list[Problem] = []
    notes: list[Problem] = []
    if files:
        found, problems, notes = _impact(call, own, files, province=province, with_=with_, ignore=ignore, mapping=mapping, accept=accept)
    notes += own.left_out
    pack = review_pack(later, before, after, found)
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
    later: Catalogue,
) -> tuple[RuleSet, RuleSet]:
    """The text before and the text after, each from its own folders, so that the effect of these is seen alone."""
    days: list[date | None] = [options.day_of(on), options.day_of(to_on) if to_on else None]
    if new.partition("@")[0] == old.partition("@")[0] and days[1] is None:
        days[1] = days[0]
    before = _text(catalogue, old, days[0], province, ())
    after = _text(later, new, days[1], to_province or province, tuple(drafts or ()))
    return before, after


def _text(catalogue: Catalogue, given: str, on: date | None, province: str | None, drafts: tuple[str, ...]) -> RuleSet:
    """A text by the name of an edition or of what amends it, as the working files say or, ``NAME@VERSION``, as that one was published.

    Raises:
        NtmError: there is no such text or version, or it is wrong.
    """
    name, _, version = given.partition("@")
    edition = name
    if (overlay := catalogue.overlays.get(name)) is not None:
        edition, province = str(overlay.header.get("amends")), province or overlay.province
        drafts = (*drafts, name) if overlay.header.get("kind") == "draft" else drafts
    rules = load(edition, on=on, province=province, drafts=drafts, catalogue=catalogue)
    if overlay is not None and on is None and name not in rules.identity.versions:  # it ended before the last day of its edition
        rules = load(edition, on=overlay.in_force.start, province=province, drafts=drafts, catalogue=catalogue)
    if not version:
        return rules
    entry = overlay or catalogue.entry("ruleset", name)
    if version == entry.version and (changed := differs(entry, content(catalogue, entry))):  # there is no telling the two apart by version
        raise RulesetError([changed])
    versions = {**dict.fromkeys(rules.identity.versions), name: version}
    return RuleSet(resolve(catalogue, edition, on=rules.on, province=rules.province, drafts=rules.identity.drafts, versions=versions))


def _later(call: Call, folder: Path | None, layers: list[Path] | None) -> Catalogue:
    """What the text after is read from: another folder where one is named, with folders of one's own laid on it."""
    catalogue = options.catalogue_of(folder, call.add) if folder else call.catalogue
    for layer in layers or ():
        catalogue = Catalogue(layer, on_top_of=catalogue)
    return catalogue
