"""``ntm-rules new province``, ``amendment`` and ``edition``: a decision entered, by questions on the terminal or by options."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer

from ntm_rules.cli.command import Call, command
from ntm_rules.cli.finish import end
from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.problems import NtmError, Place, Problem
from ntm_rules.tables.read.days import read_day
from ntm_rules.values import Bilingual, SourceLevel, SubjectKind, decimal_comma, typed
from ntm_rules.verify.entering import Entered, enter
from ntm_rules.verify.paper import Paper

SetArgument = Annotated[str, typer.Argument(metavar="SET", help="Bộ tiêu chí, như commune-ntm/2021-2025. / The set it is about.")]
NumberOption = Annotated[str | None, typer.Option("--number", metavar="SỐ", help="Số hiệu, như 99/QĐ-UBND. / Its number.")]
TitleOption = Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Trích yếu. / What it is about, in Vietnamese.")]
EnglishOption = Annotated[str, typer.Option("--title-en", metavar="TÊN", help="Trích yếu tiếng Anh. / The same in English.")]
IssuerOption = Annotated[str | None, typer.Option("--issuer", metavar="CƠ QUAN", help="Cơ quan ban hành. / Who issued it.")]
IssuerEnglishOption = Annotated[str, typer.Option("--issuer-en", metavar="CƠ QUAN", help="Tên tiếng Anh. / The same in English.")]
IssuedOption = Annotated[str | None, typer.Option("--issued", metavar="NGÀY", help="Ngày ban hành. / The day it was signed.")]
FromOption = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Ngày có hiệu lực. / Its first day in force.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="NGÀY", help="Ngày cuối có hiệu lực, nếu có. / Its last day, if any.")]
LevelOption = Annotated[SourceLevel, typer.Option("--level", help="Mức nguồn của số hiệu, ngày và con số. / How far it was checked.")]
SeenOption = Annotated[
    list[str] | None, typer.Option("--seen", metavar="NƠI", help="Nơi đã đọc: địa chỉ, bản chụp; ghi nhiều lần được. / Where it was read.")
]
AtOption = Annotated[str, typer.Option("--at", metavar="CHỖ", help="Con số ở đâu, như «Phụ lục I». / Where its figures stand.")]
FigureOption = Annotated[
    list[str] | None, typer.Option("--figure", metavar="SỐ=MỨC", help="Một mức, như 2.1=100; ghi nhiều lần được. / A figure it sets.")
]
MadeByProvince = Annotated[str | None, typer.Option("--province", metavar="TÊN", help="Tỉnh ban hành. / The province.")]


@dataclass
class Desk:
    """Where answers come from: the options, then the terminal; what neither gives is told at the end, all of it."""

    call: Call
    missing: list[str] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask."""
        return sys.stdin.isatty() and not self.call.as_json

    @cached_property
    def ground(self) -> tuple[Catalogue, Path]:
        """The rulesets that a document is entered on, and the folder it is put into.

        The last ``--add`` that does not exist yet, or holds nothing, is an office's own folder that begins with this document.
        """
        call, own = self.call, self.call.add[-1] if self.call.add else None
        if own is None or (own.exists() and not own.is_dir()) or (own.is_dir() and any(one.name[0] != "." for one in own.iterdir())):
            return call.catalogue, call.catalogue.folder
        return replace(call, add=call.add[:-1]).catalogue, own

    def text(self, option: str, given: str | None, question: Bilingual) -> str:
        """What was given, or is answered; empty where nobody can be asked."""
        if given is not None:
            return given.strip()
        if not self.asks:
            self.missing.append(option)
            return ""
        return str(typer.prompt(question.say(self.call.lang), err=True)).strip()

    def day(self, option: str, given: str | None, question: Bilingual, *, needed: bool = True) -> date | None:
        """A day as people write it.

        Raises:
            NtmError: it is none.
        """
        text = self.text(option, given, question) if needed or given is not None else ""
        day = read_day(text) if text else None
        if text and day is None:
            raise NtmError([Problem("NTM-207", Place(path=option), {"got": text})])
        return day

    def issued_by(self, number: str | None, title: str | None, issuer: str | None) -> tuple[str, str, str]:
        """Number, title and issuer of the document."""
        asked = (("--number", number, _NUMBER), ("--title", title, _TITLE), ("--issuer", issuer, _ISSUER))
        said = [self.text(*one) for one in asked]
        return said[0], said[1], said[2]

    def days(self, issued: str | None, start: str | None, until: str | None) -> tuple[date | None, date | None, date | None]:
        """The day it was signed, its first and its last day in force.

        Raises:
            NtmError: one of them is no day.
        """
        signed, first = self.day("--issued", issued, _ISSUED), self.day("--from", start, _FROM)
        return signed, first, self.day("--until", until, _FROM, needed=False)

    def complete(self) -> None:
        """That nothing is missing.

        Raises:
            NtmError: something is.
        """
        if self.missing:
            raise NtmError([Problem("NTM-710", words={"options": ", ".join(self.missing)})])


@command("new province")
def new_province(
    call: Call,
    name: SetArgument,
    province: MadeByProvince = None,
    number: NumberOption = None,
    title: TitleOption = None,
    english: EnglishOption = "",
    issued: IssuedOption = None,
    start: FromOption = None,
    until: UntilOption = None,
    level: LevelOption = SourceLevel.RECALLED,
    seen: SeenOption = None,
    at: AtOption = "",
    figure: FigureOption = None,
) -> None:
    """Ghi một quyết định của tỉnh: mức đã có, và chỗ cho mức còn lại. / Enter a province's decision and its figures.

    Mã thoát: 0 đã ghi; 2 lệnh sai hoặc văn bản có lỗi, không ghi gì. / Exit: 0 written, 2 a wrong call or a wrong text, nothing is written.
    """
    desk = Desk(call)
    named = desk.text("--province", province, _PROVINCE)
    number, title = desk.text("--number", number, _NUMBER), desk.text("--title", title, _TITLE)
    days = desk.days(issued, start, until)
    desk.complete()
    catalogue, home = desk.ground
    slug = catalogue.provinces.require(named, Place(path="--province"))
    place, city = catalogue.provinces.name(slug), catalogue.provinces.by_slug[slug][-1].central_city
    paper = Paper(
        "province",
        name,
        number,
        title,
        f"UBND {'thành phố' if city else 'tỉnh'} {place}",
        level,
        english or f"Decision {number} of {days[0]}, {place}",
        f"People's Committee of {place}{' City' if city else ' Province'}",
        *days,
        tuple(seen or ()),
        slug,
        place,
        at,
        _figures(figure or ()),
    )
    say_entered(call, enter(catalogue, paper, home))


@command("new amendment")
def new_amendment(
    call: Call,
    name: SetArgument,
    number: NumberOption = None,
    title: TitleOption = None,
    english: EnglishOption = "",
    issuer: IssuerOption = None,
    issuer_english: IssuerEnglishOption = "",
    issued: IssuedOption = None,
    start: FromOption = None,
    until: UntilOption = None,
    level: LevelOption = SourceLevel.RECALLED,
    seen: SeenOption = None,
    at: AtOption = "",
    figure: FigureOption = None,
) -> None:
    """Ghi một văn bản sửa đổi bộ tiêu chí quốc gia. / Enter an amendment of a national set.

    Mã thoát: 0 đã ghi; 2 lệnh sai hoặc văn bản có lỗi, không ghi gì. / Exit: 0 written, 2 a wrong call or a wrong text, nothing is written.
    """
    desk = Desk(call)
    number, title, issuer = desk.issued_by(number, title, issuer)
    days = desk.days(issued, start, until)
    desk.complete()
    figures = _figures(figure or ())
    english, issuer_english = english or f"Decision {number} of {days[0]}", issuer_english or issuer
    paper = Paper(
        "amendment",
        name,
        number,
        title,
        issuer,
        level,
        english,
        issuer_english,
        *days,
        tuple(seen or ()),
        at=at,
        figures=figures,
    )
    catalogue, home = desk.ground
    say_entered(call, enter(catalogue, paper, home))


@command("new edition")
def new_edition(
    call: Call,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Tên bộ mới, như commune-ntm/2031-2035. / The name of the new set.")],
    subject: Annotated[SubjectKind | None, typer.Option("--subject", help="Bộ tiêu chí của ai. / What it judges.")] = None,
    criteria: Annotated[int | None, typer.Option("--criteria", min=1, max=99, metavar="N", help="Số tiêu chí. / Their number.")] = None,
    number: NumberOption = None,
    title: TitleOption = None,
    english: EnglishOption = "",
    issuer: IssuerOption = None,
    issuer_english: IssuerEnglishOption = "",
    issued: IssuedOption = None,
    start: FromOption = None,
    until: UntilOption = None,
    level: LevelOption = SourceLevel.RECALLED,
    seen: SeenOption = None,
) -> None:
    """Lập một bộ tiêu chí mới, mỗi tiêu chí một chỗ để điền. / Set up a new set, a place to fill for each criterion.

    Mã thoát: 0 đã ghi; 2 lệnh sai hoặc văn bản có lỗi, không ghi gì. / Exit: 0 written, 2 a wrong call or a wrong text, nothing is written.
    """
    desk = Desk(call)
    number, title, issuer = desk.issued_by(number, title, issuer)
    kind = desk.text("--subject", subject, _SUBJECT)
    count = str(criteria) if criteria else desk.text("--criteria", None, _CRITERIA)
    days = desk.days(issued, start, until)
    desk.complete()
    if not count.isdecimal() or not 1 <= int(count) <= 99:
        raise NtmError([Problem("NTM-711", Place(path="--criteria"), {"got": count, "expected": "19"})])
    paper = Paper(
        "edition",
        name,
        number,
        title,
        issuer,
        level,
        english or f"Criteria of Decision {number} of {days[0]}",
        issuer_english or issuer,
        *days,
        tuple(seen or ()),
        subject=kind,
        criteria=int(count),
    )
    catalogue, home = desk.ground
    say_entered(call, enter(catalogue, paper, home))


def _figures(given: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        number, equals, figure = (part.strip() for part in one.partition("="))
        if not (number and equals and figure) or number in found:
            raise NtmError([Problem("NTM-711", Place(path="--figure"), {"got": one, "expected": "2.1=100"})])
        found[number] = {"có": "true", "không": "false"}.get(figure) or decimal_comma(figure) or figure
    return found


def say_entered(call: Call, entered: Entered) -> NoReturn:
    """Say what was set up, what is open and what comes next, and end."""
    if call.as_json:
        call.screen.data({"id": entered.id, "written": [str(path) for path in entered.written], "open": list(entered.open)})
    if entered.open:
        call.screen.say(_OPEN.fill(", ".join(entered.open)).say(call.lang))
    call.screen.say(_NEXT.fill(entered.id).say(call.lang))
    if call.add:
        call.screen.say(_ADD.fill(" ".join(f"--add {typed(folder)}" for folder in call.add)).say(call.lang))
    end(call, outputs=entered.written)


_PROVINCE = Bilingual("Tỉnh ban hành", "Province")
_NUMBER = Bilingual("Số hiệu, như 99/QĐ-UBND", "Number, as 99/QĐ-UBND")
_TITLE = Bilingual("Trích yếu", "What it is about, in Vietnamese")
_ISSUER = Bilingual("Cơ quan ban hành", "Issued by")
_ISSUED = Bilingual("Ngày ban hành, như 15/05/2024", "Day it was signed, as 15/05/2024")
_FROM = Bilingual("Ngày có hiệu lực", "First day in force")
_SUBJECT = Bilingual("Bộ tiêu chí của ai ({})", "What it judges ({})").fill(", ".join(get_args(SubjectKind)))
_CRITERIA = Bilingual("Số tiêu chí", "How many criteria")
_OPEN = Bilingual("Còn để trống: {}", "Still to fill: {}")
_NEXT = Bilingual(
    "Đã lập {}; tiếp theo: «ntm-rules check», «ntm-rules publish».", "Set up {}; next: «ntm-rules check», «ntm-rules publish»."
)
_ADD = Bilingual("Thêm «{}» vào các lệnh đó.", "Add «{}» to them.")
