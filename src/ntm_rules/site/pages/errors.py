"""A page for each error code: a real message, why, how to mend it, where it appears; the wrong text beside the right one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any, Final, NamedTuple

from ntm_rules.loading.lints import LINTS, WARNINGS
from ntm_rules.loading.lints.lint import HERE
from ntm_rules.messages import MESSAGES
from ntm_rules.problems import Problem
from ntm_rules.site.address import SECTIONS, address, of_error, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, items, text
from ntm_rules.site.parts.crumbs import home
from ntm_rules.values import Bilingual, Lang

TITLE = Bilingual("Mã lỗi", "Error codes")
GROUPS = {
    "1": Bilingual("Đọc YAML", "Reading YAML"),
    "2": Bilingual("Nội dung của bộ tiêu chí", "The content of a ruleset"),
    "3": Bilingual("Phiên bản và văn bản sửa đổi", "Editions and overlays"),
    "4": Bilingual("Đối tượng được đánh giá", "A subject"),
    "5": Bilingual("Bảng tính", "Tables"),
    "6": Bilingual("Kết quả đã lưu", "Decisions"),
    "7": Bilingual("Cách gọi", "The call"),
    "8": Bilingual("Sổ theo dõi công nhận", "Registers"),
    "9": Bilingual("Cài đặt", "The installation"),
}


_WHERE: Final = {
    "1": Bilingual("tệp YAML của bộ tiêu chí", "YAML files of rulesets"),
    "2": Bilingual("tệp YAML của bộ tiêu chí; lệnh «ntm-rules check»", "YAML files of rulesets; «ntm-rules check»"),
    "3": Bilingual("bản sửa đổi, quy định của tỉnh; khi nạp bộ tiêu chí", "overlays of amendments and provinces; loading a set"),
    "4": Bilingual("công cụ tính, dòng của bảng tính, «Subject» trong Python", "the calculator, rows of tables, «Subject» in Python"),
    "5": Bilingual("bảng CSV, XLSX, JSON đưa vào", "tables given as CSV, XLSX, JSON"),
    "6": Bilingual("kết quả đã lưu (JSON)", "stored decisions (JSON)"),
    "7": Bilingual("dòng lệnh, lời gọi trong Python", "the command line, calls in Python"),
    "8": Bilingual("sổ theo dõi công nhận", "registers of recognition"),
    "84": Bilingual("phiếu của hội đồng OCOP", "sheets of an OCOP council"),
    "86": Bilingual("bảng CSV, XLSX, JSON đưa vào", "tables given as CSV, XLSX, JSON"),
    "87": Bilingual("bảng đối chiếu con số với bản ký", "figures compared with the signed text"),
    "88": Bilingual(
        "bảng đối chiếu con số với bản ký; bảng kết quả đã công bố", "figures compared with the signed text; published results"
    ),
    "89": Bilingual("trang soạn thử bộ tiêu chí", "the page on which sets are edited"),
    "9": Bilingual("máy cài thư viện", "the machine the library is installed on"),
}
_BLANK: Final = re.compile(r"\{[^{}]*\}")
_SAME: Final = 3  # codes that are named as related


class Told(NamedTuple):
    """What a test provoked of a code.

    Attributes:
        problem: the problem with the words that filled its message; None where no test told one that can be shown.
        wrong: a text that brings it about.
        right: the same text as it should be.
    """

    problem: Problem | None
    wrong: str = ""
    right: str = ""


@cache
def told() -> Mapping[str, Told]:
    """What the tests provoked, by code: ``tests/messages.py`` writes it."""
    found = json.loads(Path(__file__).parents[1].joinpath("told.json").read_text("utf-8"))
    return {code: _told(code, one) for code, one in found.items() if code in MESSAGES}


def _told(code: str, given: Mapping[str, Any]) -> Told:
    words = {name: Bilingual(**word) if isinstance(word, dict) else word for name, word in given["words"].items()}
    return Told(Problem(code, words=words) if words else None, given.get("wrong", ""), given.get("right", ""))


def _index(lang: Lang) -> Page:
    summary = Bilingual(
        "Mọi lỗi mà ntm_rules báo, với lý do và cách sửa.",
        "Every error that ntm_rules reports, with the reason and how to mend it.",
    )
    path = address(lang, "errors"), address(other(lang), "errors")
    page = Page(lang, *path, TITLE.say(lang), summary.say(lang), crumbs=[home(lang)])
    page.p(page.words(summary))
    page.p(
        page.say(
            "Mỗi dòng là một thông báo thật; dấu … là chỗ thay bằng nội dung sai. Mã không bao giờ đổi nghĩa.",
            "Each line is a real message; … stands for what is wrong in your data. A code never changes its meaning.",
        )
    )
    for first, title in GROUPS.items():
        codes = _group(first)
        if codes:
            page.heading(title.say(lang), f"nhom-{first}")
            page.items(f"{page.link(of_error(lang, code), code)} {text(_said(code, 'what', lang))}" for code in codes)
    return page


def _group(first: str) -> list[str]:
    return [code for code in sorted(MESSAGES) if code.removeprefix("NTM-").startswith(first)]


def _page(lang: Lang, code: str) -> Page:
    what = _said(code, "what", lang)
    crumbs = (home(lang), (address(lang, "errors"), TITLE.say(lang)))
    page = Page(lang, of_error(lang, code), of_error(other(lang), code), code, f"{code}: {what}", crumbs=crumbs)
    page.p(text(what), class_="lead")
    first = code.removeprefix("NTM-")[:1]
    group = page.link(f"{address(lang, 'errors')}#nhom-{first}", GROUPS[first].say(lang)) if first in GROUPS else ""
    page.facts(
        [
            (page.say("Vì sao", "Why"), text(_said(code, "why", lang))),
            (
                page.say("Mức", "Level"),
                page.say("chỉ nhắc, vẫn dùng được", "a warning; it still loads") if code in WARNINGS else "",
            ),
            (page.say("Cách sửa", "How to mend it"), text(_said(code, "mend", lang))),
            (page.say("Gặp ở", "Where it appears"), page.words(_where(code)) if first in _WHERE else ""),
            (page.say("Nhóm", "Group"), group),
            (page.say("Mã gần nghĩa", "Related codes"), items(_related(page, code))),
        ]
    )
    _pairs(page, code)
    known = sorted(MESSAGES)
    at = known.index(code)
    page.near(
        [(of_error(lang, one), one) for one in known[max(at - 1, 0) : at]], [(of_error(lang, one), one) for one in known[at + 1 : at + 2]]
    )
    return page


def _where(code: str) -> Bilingual:
    """Where a code is met: what holds for its ten, else for its hundred."""
    number = code.removeprefix("NTM-")
    return _WHERE.get(number[:2], _WHERE[number[:1]])


def _pairs(page: Page, code: str) -> None:
    """A wrong text beside the right one: of the lint that tells the code, else of a test, else what the message itself proposes."""
    wrong, right = page.say("Sai", "Wrong"), page.say("Đúng", "Right")
    lints = [lint for lints in LINTS.values() for lint in lints if lint.code == code]
    for lint in lints:
        page.code("yaml", _piece(lint.wrong), wrong)
        page.code("yaml", _piece(lint.right), right)
    found = told().get(code, Told(None))
    if lints:
        return
    if found.wrong:
        page.code("yaml", _piece(found.wrong), wrong)
        page.code("yaml", _piece(found.right), right)
    elif found.problem and {"got", "fixed"} <= found.problem.words.keys():
        page.code("text", str(found.problem.words["got"]), wrong)
        page.code("text", str(found.problem.words["fixed"]), right)


def _related(page: Page, code: str) -> Iterator[str]:
    """The codes of its group whose messages read most alike."""
    return (f"{page.link(of_error(page.lang, one), one)} {text(_said(one, 'what', page.lang))}" for one in _nearest(code))


@cache
def _nearest(code: str) -> list[str]:
    """Those whose messages have most in common with its own; what cannot be among them by its letters alone is not compared."""
    likeness = SequenceMatcher(None, b=MESSAGES[code]["vi"].what)
    found: list[tuple[float, str]] = []
    for one in _group(code.removeprefix("NTM-")[:1]):
        likeness.set_seq1(MESSAGES[one]["vi"].what)
        if one != code and (len(found) < _SAME or likeness.quick_ratio() > -found[-1][0]):
            found = sorted([*found, (-likeness.ratio(), one)])[:_SAME]
    return sorted(one for _, one in found)


def _said(code: str, part: str, lang: Lang) -> str:
    """A part of the message as a test provoked it; where none did, what is filled in is three dots."""
    problem = told().get(code, Told(None)).problem
    said: str = getattr(problem, part)(lang) if problem else _BLANK.sub("…", getattr(MESSAGES[code][lang], part))
    return " ".join(said.split())


def _piece(yaml: str) -> str:
    """A piece of a file by itself, without its mark, the depth it stands at in the file taken off."""
    first, *rest = yaml.replace(HERE, "").splitlines()
    below = "  " if first.startswith("- ") else ""
    return "\n".join([first, *(below + line for line in dedent("\n".join(rest)).splitlines())])


def _pages(_: Library, lang: Lang) -> Iterator[Page]:
    return (_page(lang, code) for code in sorted(MESSAGES))


LIST = Kind(TITLE, SECTIONS["errors"], lambda _, lang: [_index(lang)], TITLE)
ERROR = Kind(Bilingual("Một mã lỗi", "An error code"), SECTIONS["errors"], _pages)
