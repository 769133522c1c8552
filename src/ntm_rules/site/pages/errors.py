"""A page for each error code: what is wrong, why, how to mend it; where a lint tells it, the wrong text beside the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent

from ntm_rules.loading.lints import LINTS, WARNINGS
from ntm_rules.loading.lints.lint import HERE
from ntm_rules.messages import MESSAGES
from ntm_rules.site.address import SECTIONS, address, of_error, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, tag, text
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


def _index(lang: Lang) -> Page:
    told = Bilingual(
        "Mọi lỗi mà ntm_rules báo, với lý do và cách sửa.",
        "Every error that ntm_rules reports, with the reason and how to mend it.",
    )
    path = address(lang, "errors"), address(other(lang), "errors")
    page = Page(lang, *path, TITLE.say(lang), told.say(lang), crumbs=[home(lang)])
    page.p(page.words(told))
    page.p(
        page.say(
            "Chữ trong ngoặc nhọn, như <code>{key}</code>, được thay bằng nội dung của chỗ sai. Mã không bao giờ đổi nghĩa.",
            "Words in braces, like <code>{key}</code>, are filled in with what is wrong. A code never changes its meaning.",
        )
    )
    for first, title in GROUPS.items():
        codes = [code for code in sorted(MESSAGES) if code.removeprefix("NTM-").startswith(first)]
        if codes:
            page.heading(title.say(lang), f"nhom-{first}")
            page.items(f"{page.link(of_error(lang, code), code)} {_filled(MESSAGES[code][lang].what)}" for code in codes)
    return page


def _page(lang: Lang, code: str) -> Page:
    wording = MESSAGES[code][lang]
    what = " ".join(wording.what.split())
    crumbs = (home(lang), (address(lang, "errors"), TITLE.say(lang)))
    page = Page(lang, of_error(lang, code), of_error(other(lang), code), code, f"{code}: {what}", crumbs=crumbs)
    page.p(_filled(wording.what), class_="lead")
    first = code.removeprefix("NTM-")[:1]
    group = page.link(f"{address(lang, 'errors')}#nhom-{first}", GROUPS[first].say(lang)) if first in GROUPS else ""
    page.facts(
        [
            (page.say("Vì sao", "Why"), _filled(wording.why)),
            (
                page.say("Mức", "Level"),
                page.say("chỉ nhắc, vẫn dùng được", "a warning; it still loads") if code in WARNINGS else "",
            ),
            (page.say("Cách sửa", "How to mend it"), _filled(wording.mend)),
            (page.say("Nhóm", "Group"), group),
        ]
    )
    for lint in (lint for lints in LINTS.values() for lint in lints if lint.code == code):
        page.code("yaml", _piece(lint.wrong), page.say("Sai", "Wrong"))
        page.code("yaml", _piece(lint.right), page.say("Đúng", "Right"))
    known = sorted(MESSAGES)
    at = known.index(code)
    page.near(
        [(of_error(lang, one), one) for one in known[max(at - 1, 0) : at]], [(of_error(lang, one), one) for one in known[at + 1 : at + 2]]
    )
    return page


def _piece(yaml: str) -> str:
    """A piece of a file by itself, without its mark, the depth it stands at in the file taken off."""
    first, *rest = yaml.replace(HERE, "").splitlines()
    below = "  " if first.startswith("- ") else ""
    return "\n".join([first, *(below + line for line in dedent("\n".join(rest)).splitlines())])


def _filled(wording: str) -> str:
    """The wording, with what is filled in set apart."""
    return re.sub(r"\{[a-z_]+\}", lambda found: tag("code", found[0]), text(wording))


def _pages(_: Library, lang: Lang) -> Iterator[Page]:
    return (_page(lang, code) for code in sorted(MESSAGES))


LIST = Kind(TITLE, SECTIONS["errors"], lambda _, lang: [_index(lang)], TITLE)
ERROR = Kind(Bilingual("Một mã lỗi", "An error code"), SECTIONS["errors"], _pages)
