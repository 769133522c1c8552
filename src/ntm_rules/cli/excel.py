"""``ntm-rules workbook``: the figures of a set in Excel, and what was changed there back into the texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ntm_rules.cli import options
from ntm_rules.cli.command import Call, command
from ntm_rules.cli.enter import Desk, say_entered
from ntm_rules.cli.finish import end
from ntm_rules.decide.choose import load
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.figures.filled import Edit, read_workbook
from ntm_rules.figures.placed import draft_of, foreign, into_place
from ntm_rules.figures.workbook import write_workbook
from ntm_rules.loading.lints.names import is_name
from ntm_rules.problems import NtmError, Place, Problem, RulesetError, nearest
from ntm_rules.tables.write.safe import atomic
from ntm_rules.values import Bilingual, Lang, SourceLevel
from ntm_rules.verify.entering import enter
from ntm_rules.verify.paper import Paper


@command("workbook")
def workbook_(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="SET", help="Bộ tiêu chí, như commune-ntm/2021-2025. / The edition.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help="Ghi mọi con số ra đây. / Write every figure here.")
    ] = None,
    reads: Annotated[
        list[Path] | None, typer.Option("--read", metavar="FILE.xlsx", help="Đọc lại tệp đã sửa. / Read the changed workbook back.")
    ] = None,
    into: Annotated[
        bool, typer.Option("--into-place", help="Sửa từng con số ngay trong tệp của nó. / Change each figure in the file it stands in.")
    ] = False,
    draft: Annotated[
        str | None, typer.Option("--draft", metavar="NAME", help="Ghi phần đã sửa thành dự thảo có tên này. / Write it as a draft.")
    ] = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", metavar="SỐ", help="Văn bản mới đặt các con số này. / The new document that sets them.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Ngày có hiệu lực. / Its first day in force.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Trích yếu của văn bản. / What it is about.")] = None,
    issued: Annotated[str | None, typer.Option("--issued", metavar="NGÀY", help="Ngày ban hành. / The day it was signed.")] = None,
    product_set: Annotated[
        str | None,
        typer.Option("--product-set", metavar="N", help="Chỉ phiếu điểm của bộ sản phẩm này (OCOP). / The score sheet of one product set."),
    ] = None,
    on: options.OnOption = None,
    province: options.ProvinceOption = None,
) -> None:
    """Mọi con số của một bộ ra Excel, và đọc phần đã sửa vào tệp hay văn bản mới. / The figures of a set in Excel, and back.

    Mã thoát: 0 xong; 1 có phần đã sửa chưa ghi vào đâu, hoặc có lỗi; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 edits not written yet, or
    problems, 2 a wrong call or file.
    """
    if len(reads or ()) > 1:  # the later would take the place of the others, and nobody would know
        raise NtmError.one("NTM-272", Place(path="--read"), got="--read")
    screen, read = call.screen, reads[0] if reads else None
    ways = [into, draft is not None, instrument is not None and draft is None]
    apart = (any(ways) and read is None) or (product_set is not None and output is None)
    if (output is None) == (read is None) or sum(ways) > 1 or apart:
        raise NtmError([Problem("NTM-708", Place(path="-o, --read"))])
    desk = Desk(call)
    catalogue = desk.ground[0] if any(ways) else call.catalogue
    rules = load(name, on=options.day_of(on), province=province, catalogue=catalogue)
    if output is not None:
        count = write_workbook(rules, output, product_set)
        if call.as_json:
            screen.data({"written": str(output), "figures": count})
        screen.say(screen.words(f"Đã ghi {count} con số vào {output}", f"Wrote {count} figures to {output}"))
        return
    assert read is not None
    if rules.sheets is not None and any(ways) and not into:
        raise NtmError([Problem("NTM-835", Place(path=rules.id), {"edition": rules.id})])
    if draft is not None and not is_name(f"set/{draft}"):
        raise NtmError([Problem("NTM-711", Place(path="--draft"), {"got": draft, "expected": "thu-nhap-2026"})])
    edits, problems = read_workbook(rules, read)
    if call.as_json and not (any(ways) and edits):
        screen.data({"edits": [_data(edit) for edit in edits], "problems": [problem.as_dict() for problem in problems]})
    for edit in edits:
        screen.say(_line(edit, call.lang))
    screen.say(screen.words(f"{len(edits)} con số khác với bộ tiêu chí", f"{len(edits)} figures differ from the set"))
    if not any(ways) or not edits:
        end(call, problems, failed=bool(edits or problems))
    if into:
        written = into_place(catalogue, rules, edits)
    else:
        instrument, start = desk.text("--instrument", instrument, _NUMBER), desk.text("--from", start, _FROM)
        if draft is None:
            _entered(desk, rules, edits, instrument, start, desk.text("--province", province, _PROVINCE), title, issued)
        desk.complete()
        written = (_draft(desk, rules, edits, draft, instrument, desk.day("--from", start, _FROM)),)
    if call.as_json:
        screen.data({"edits": [_data(edit) for edit in edits], "written": [str(path) for path in written]})
    if into:
        screen.say(_RAISE.say(call.lang))
    end(call, outputs=written)


def _draft(desk: Desk, rules: RuleSet, edits: Sequence[Edit], name: str, instrument: str, start: date | None) -> Path:
    """The edits as a draft of a name that is not taken."""
    catalogue, home = desk.ground
    path = home / "drafts" / name / "overlay.yaml"
    if path.exists():
        raise RulesetError([Problem("NTM-712", Place(str(path)), {"got": name})])
    known = catalogue.instruments
    unlisted = (
        []
        if instrument in known
        else [Problem("NTM-215", Place(path="--instrument"), {"got": instrument, "guess": nearest(instrument, known)})]
    )
    if problems := [*unlisted, *foreign(edits, instrument)]:
        raise RulesetError(problems)
    text = draft_of(rules, edits, name, instrument, start)
    with atomic(path) as scratch:
        scratch.write_text(text, "utf-8", newline="\n")
    return path


def _entered(
    desk: Desk, rules: RuleSet, edits: Sequence[Edit], number: str, start: str, province: str, title: str | None, issued: str | None
) -> NoReturn:
    """The edits as a document of the province, with its line in the list of instruments and its examples."""
    catalogue, home = desk.ground
    slug = catalogue.provinces.require(province, Place(path="--province")) if province else ""
    place = catalogue.provinces.name(slug) if slug else ""
    key = f"{number} ({place})"
    known = catalogue.instruments.get(key)
    said = known.title.vi if known else desk.text("--title", title, _TITLE)
    desk.complete()
    days = desk.day("--issued", issued, _FROM, needed=False), desk.day("--from", start, _FROM)
    city = catalogue.provinces.by_slug[slug][-1].central_city
    problems = list(foreign(edits, key, number))
    problems += [Problem("NTM-836", Place(path=edit.old.where), {"row": edit.old.where}) for edit in edits if edit.old.column]
    problems += [
        Problem("NTM-727", Place(path=edit.old.where), {"row": edit.old.where, "missing": "con số"})
        for edit in edits
        if "value" not in edit.new
    ]
    if problems:
        raise RulesetError(problems)
    paper = Paper(
        "province",
        rules.id,
        number,
        said,
        f"UBND {'thành phố' if city else 'tỉnh'} {place}",
        min(SourceLevel(edit.source["level"]) for edit in edits),
        f"Decision {number}, {place}",
        f"People's Committee of {place}{' City' if city else ' Province'}",
        *days,
        seen=tuple(dict.fromkeys(one for edit in edits for one in edit.source["seen"])),
        province=slug,
        province_name=place,
        figures={edit.old.number: _plain(edit.new["value"]) for edit in edits},
        sources={edit.old.number: edit.source for edit in edits},
    )
    say_entered(desk.call, enter(catalogue, paper, home))


def _plain(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else f"[{', '.join(value)}]"


def _data(edit: Edit) -> dict[str, object]:
    return {"indicator": edit.old.number, "column": list(edit.old.column), "new": dict(edit.new)}


def _line(edit: Edit, lang: Lang) -> str:
    new = _plain(edit.new["value"]) if "value" in edit.new else "–"
    level = SourceLevel(edit.new["level"]).label.say(lang) if edit.source else ""
    source = f" [{level}, {edit.new['instrument']}, {edit.new['at']}]" if edit.source else ""
    return f"{edit.old.where}: {edit.old.value or '–'} → {new}{source}"


_NUMBER = Bilingual("Số hiệu văn bản đặt các con số này", "Number of the document that sets these figures")
_FROM = Bilingual("Ngày có hiệu lực", "First day in force")
_PROVINCE = Bilingual("Tỉnh", "Province")
_TITLE = Bilingual("Trích yếu", "What it is about")
_RAISE = Bilingual(
    "Tiếp theo: nâng «version», ghi CHANGELOG.md, rồi «ntm-rules check».",
    "Next: raise «version», write CHANGELOG.md, then «ntm-rules check».",
)
