"""``ntm-rules review``: judge everything that is recognised again, under the law in force on a day."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from ntm_rules.cli import office, options
from ntm_rules.cli.screen import Screen
from ntm_rules.register.acts import REGISTERED
from ntm_rules.register.check import check_register
from ntm_rules.register.review import Review, review_register
from ntm_rules.register.tally import Category
from ntm_rules.tables.write.listing import Section, write_listing
from ntm_rules.values import Bilingual, Lang, SourceLevel


def review(
    register: office.RegisterArgument,
    on: office.DayOption,
    units: office.UnitsOption = None,
    values: office.ValuesOption = None,
    province: options.ProvinceOption = None,
    with_: options.WithOption = None,
    complete: office.CompleteOption = False,
    accept: options.AcceptOption = SourceLevel.RECALLED,
    counts_from: office.CountsFromOption = None,
    output: office.OutputOption = None,
    full: Annotated[bool, typer.Option("--full", help="Mọi lý do của từng đơn vị. / Every reason of each unit.")] = False,
    rulesets: options.RulesetsOption = None,
    as_json: options.JsonOption = False,
    lang: options.LangOption = options.Language.vi,
) -> None:
    """Xét lại mọi đơn vị đang được công nhận theo luật của một ngày. / Judge every recognition again under the law of a day.

    Mã thoát: 0 xong; 1 sổ hoặc số liệu có chỗ cần sửa; 2 lệnh hoặc tệp sai. / Exit: 0 done, 1 problems in the files, 2 a wrong call.
    """
    screen = Screen(lang.value, as_json)
    catalogue = options.catalogue_of(rulesets)
    day = office.needed_day(on)
    read = office.register_of(register, units, complete)
    known, wrong = office.values_of(values, day, province, catalogue, with_, read.register)
    readings = {"counts_from": counts_from.value} if counts_from else None
    found = review_register(read.register, on=day, values=known, catalogue=catalogue, province=province, accept=accept, readings=readings)
    findings = check_register(read.register, catalogue)
    problems = [*read.problems, *wrong, *(finding.problem for finding in findings)]
    if as_json:
        screen.data({"reviews": [one.as_dict() for one in found], "problems": [problem.as_dict() for problem in problems]})
    sections = _sections(found, screen.lang, full)
    for section in sections:
        screen.say(section.title, "bold")
        screen.table(section.headings, section.rows)
        for note in section.notes:
            screen.say(note)
    title = screen.words(f"Xét lại ngày {day:%d/%m/%Y}", f"Review of {day}")
    for path in output or []:
        write_listing(path, title, sections, [one.as_dict() for one in found], lang=screen.lang, problems=problems)
        screen.say(screen.words(f"Đã ghi {path}", f"Wrote {path}"))
    if screen.problems(problems):
        screen.remark(screen.words(f"{len(problems)} chỗ cần sửa hoặc cần xem.", f"{len(problems)} things to mend or to look at."))
    raise typer.Exit(1 if problems else 0)


def _sections(found: tuple[Review, ...], lang: Lang, full: bool) -> list[Section]:
    counted = Counter((one.status, one.category) for one in found)
    statuses = list(dict.fromkeys(one.status for one in found))
    occurring = [category for category in Category if any(counted[status, category] for status in statuses)]
    vi = lang == "vi"
    heads = ["Mã", "Tên", "Kết quả", "Vì sao"] if vi else ["Code", "Name", "Result", "Why"]
    sections = [
        Section(
            "Tổng hợp" if vi else "Summary",
            ["Danh hiệu" if vi else "Status", *(category.label.say(lang) for category in occurring)],
            [[REGISTERED[status].say(lang), *(str(counted[status, category]) for category in occurring)] for status in statuses],
            [_MEANING.say(lang)] if found else [_NOTHING.say(lang)],
        )
    ]
    for status in statuses:
        of_status = [one for one in found if one.status == status]
        shared = [] if full or len(of_status) < 2 else _shared(of_status)
        rows = [[one.unit, one.name, _category(one, lang), _why(one, lang, full, shared)] for one in of_status]
        said = [_OF_ALL.say(lang), *(f"– {reason.say(lang)}" for reason in shared)] if shared else []
        width = len(heads) if any(row[-1] for row in rows) else -1  # where all reasons are shared, their column says nothing
        sections.append(Section(f"{REGISTERED[status].say(lang)} ({len(rows)})", heads[:width], [row[:width] for row in rows], said))
    return sections


def _shared(found: list[Review]) -> list[Bilingual]:
    """The reasons that all of them have, to be said once."""
    return [reason for reason in found[0].reasons if all(reason in one.reasons for one in found)]


_MEANING = Bilingual(
    "Có căn cứ thu hồi chưa phải là bị thu hồi: thu hồi là quyết định của cấp có thẩm quyền.",
    "A ground for revocation is not a revocation: that is a decision of the competent authority.",
)
_NOTHING = Bilingual("Sổ không có công nhận nào để xét.", "The register holds no recognition to be reviewed.")
_OF_ALL = Bilingual("Chung cho cả bảng:", "Of all in this table:")
_LAW_OPEN = Bilingual("luật chưa rõ", "the law leaves it open")


def _category(one: Review, lang: Lang) -> str:
    words = one.category.label.say(lang)
    if one.category is Category.UNDETERMINED and len(one.possible) > 1:
        words += ": " + (" / ".join((_LAW_OPEN if way is Category.UNDETERMINED else way.label).say(lang) for way in one.possible))
    return words


def _why(one: Review, lang: Lang, full: bool, shared: list[Bilingual]) -> str:
    reasons = [reason.say(lang) for reason in one.reasons if reason not in shared]
    shown = reasons if full else reasons[:3]
    if one.instruments and full:
        shown = [*shown, ", ".join(one.instruments)]
    return "\n".join(shown)
