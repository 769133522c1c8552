"""``ntm-rules figures``: every figure of a set, and how an office certifies them against the signed text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end, finish
from ntm_rules.decide.choose import load
from ntm_rules.figures.certify import Certificate, certify, signed_sha256
from ntm_rules.figures.checklist import figures_of_instrument, write_checklist
from ntm_rules.figures.held import held, list_report
from ntm_rules.figures.priorities import priorities, priorities_report, resting, resting_report
from ntm_rules.tables.read.table import read_table
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, SourceLevel

SetArgument = Annotated[str, typer.Argument(metavar="SET", help="Bộ tiêu chí, như commune-ntm/2021-2025. / The edition.")]


@command("figures list")
def list_(
    call: Call,
    name: SetArgument,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    output: office.OutputOption = None,
) -> None:
    """Mọi con số của một bộ: mức nguồn, văn bản, ai đã đối chiếu. / Every figure of a set: level, instrument, who certified it.

    Mã thoát: 0 xong; 2 lệnh sai. / Exit: 0 done, 2 a wrong call.
    """
    rules = load(name, on=options.day_of(on), province=province, catalogue=call.catalogue)
    finish(call, list_report(rules, held(rules), call.lang), output, notes=rules.told)


@command("figures checklist")
def checklist(
    call: Call,
    name: SetArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Bảng: .xlsx để điền, .html để in. / The checklist.")],
    instrument: Annotated[
        str | None, typer.Option("--instrument", metavar="N", help="Số hiệu văn bản; để trống: của bộ tiêu chí. / The document.")
    ] = None,
    document: Annotated[
        Path | None, typer.Option("--document", metavar="FILE", help="Tệp bản ký sẽ đọc, nếu đã có. / The signed text, where at hand.")
    ] = None,
    product_set: Annotated[
        str | None, typer.Option("--product-set", metavar="N", help="Một bộ sản phẩm; để trống: mọi phiếu. / One score sheet alone.")
    ] = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
) -> None:
    """Bảng đối chiếu các con số của một văn bản, để điền. / The figures of one document, to be held against its signed text.

    Mã thoát: 0 xong; 2 lệnh sai. / Exit: 0 done, 2 a wrong call.
    """
    rules = load(name, on=options.day_of(on), province=province, catalogue=call.catalogue)
    figures = figures_of_instrument(rules, instrument, product_set)
    write_checklist(rules, figures, output, document=signed_sha256(document) if document else "", lang=call.lang)
    if call.as_json:
        call.screen.data({"written": str(output), "figures": len(figures), "instrument": figures[0].instrument})
    call.screen.say(_LISTED.fill(len(figures), figures[0].instrument).say(call.lang))
    end(call, outputs=[output])


@command("figures certify")
def certify_(
    call: Call,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Bảng đối chiếu đã điền. / The checklist, filled.")],
    document: Annotated[Path, typer.Option("--document", metavar="FILE", help="Tệp bản ký đã đọc. / The signed text.")],
    by: Annotated[str, typer.Option("--by", metavar="OFFICE", help="Cơ quan đối chiếu. / The office that read it.")],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Ngày đối chiếu. / The day it was read.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Thư mục riêng để ghi. / A folder of one's own.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Tên; để trống: cơ quan và số hiệu. / Name of the certificate.")] = "",
) -> None:
    """Ghi bảng đã điền thành bản đối chiếu trong thư mục riêng. / Write the filled checklist as a certificate, a layer of its own.

    Mã thoát: 0 xong; 2 lệnh hoặc bảng sai, khi đó không ghi gì. / Exit: 0 done, 2 a wrong call or checklist, and nothing is written.
    """
    found = certify(call.catalogue, file, document=document, by=by, day=office.needed_day(on), into=into, name=name)
    lang = call.lang
    counts = (found.name, len(found.compared.readings), len(found.raised), len(found.errata), len(found.compared.absent))
    said = [_DONE.fill(*counts).say(lang), _UNTOUCHED.fill(found.compared.untouched).say(lang), _USE.fill(into).say(lang)]
    rows = [(old.where, old.title.say(lang), old.shown(lang), new.shown(lang), new.level.label.say(lang)) for old, new in found.errata]
    sections = [Section(_ERRATA.say(lang), [head.say(lang) for head in _ERRATA_HEADS], rows)] if rows else []
    report = Report("", [*sections, Section("", notes=said)], _data(found))
    call.screen.problems([*found.compared.notes, *found.told])
    finish(call, report, failed=False)


@command("figures priorities")
def priorities_(
    call: Call,
    name: SetArgument,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[TABLE…]", help="Bảng số liệu; để trống: xét riêng bộ tiêu chí. / Tables of subjects.")
    ] = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    ignore: options.IgnoreOption = None,
    output: office.OutputOption = None,
) -> None:
    """Con số nào cần tìm hoặc đối chiếu trước để kết quả ngã ngũ. / Which figures to find or certify first.

    Mã thoát: 0 xong; 1 có dòng cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 rows with problems, 2 a wrong call or file.
    """
    rules = load(name, on=options.day_of(on), province=province, catalogue=call.catalogue)
    if not files:
        finish(call, resting_report(rules, resting(rules), call.lang), output)
    constants = options.constants_of(with_, province, rules)
    tables = [read_table(path, rules, constants=constants, information=ignore or []) for path in files]
    subjects = [row.subject for table in tables for row in table.rows if row.subject is not None]
    report = priorities_report(rules, priorities(rules, subjects), call.lang)
    problems = [problem for table in tables for problem in table.all_problems]
    notes = [note for table in tables for note in table.notes]
    finish(call, Report(report.title, report.sections, report.data, problems=problems), output, notes=notes)


def _data(found: Certificate) -> dict[str, object]:
    errata = [{"at": old.where, "before": old.value or None, "after": new.value, "level": new.level.value} for old, new in found.errata]
    return {
        "certificate": found.name,
        "written": str(found.path),
        "readings": len(found.compared.readings),
        "official": [one.where for one in found.raised],
        "errata": errata,
        "absent": [one.where for one in found.compared.absent],
        "untouched": found.compared.untouched,
        "levels": {level.value: sum(one.level is level for one in found.after) for level in SourceLevel},
        "notes": [note.as_dict() for note in (*found.compared.notes, *found.told)],
    }


_LISTED = Bilingual("{} con số của {}", "{} figures of {}")
_DONE = Bilingual(
    "Đã lập {0}: {1} con số đã đọc, {2} trở thành chính thức, {3} được đính chính, {4} văn bản không có.",
    "{0} is made: {1} figures read, {2} became official, {3} are errata, {4} the document does not have.",
)
_UNTOUCHED = Bilingual("{} con số của văn bản chưa xem.", "{} figures of the document were not looked at.")
_USE = Bilingual("Để dùng, thêm vào lệnh: --add {}", "To use it, add to any command: --add {}")
_ERRATA = Bilingual("Đính chính: chính thức khi cơ quan thứ hai đọc thấy như vậy", "Errata: official once a second office reads the same")
_ERRATA_HEADS = (
    Bilingual("Chỗ", "Place"),
    Bilingual("Tên", "What"),
    Bilingual("Trước", "Before"),
    Bilingual("Sau", "After"),
    Bilingual("Mức nguồn", "Level"),
)
