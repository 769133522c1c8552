"""Addresses of pages: stable, lower case, without diacritics, since people will link to them."""

from __future__ import annotations

import re
import unicodedata
from posixpath import relpath
from typing import Final

from ntm_rules.values import Bilingual, Lang

_OTHERS: Final[dict[Lang, Lang]] = {"vi": "en", "en": "vi"}

SECTIONS: Final[dict[str, Bilingual]] = {
    "rulesets": Bilingual("bo-tieu-chi", "rulesets"),
    "instruments": Bilingual("van-ban", "instruments"),
    "errors": Bilingual("loi", "errors"),
    "provinces": Bilingual("tinh", "provinces"),
    "revocation": Bilingual("thu-hoi", "revocation"),
    "questions": Bilingual("hoi-dap", "questions"),
    "unknown": Bilingual("dieu-chua-biet", "not-yet-known"),
    "table": Bilingual("bang-so-lieu", "table"),
    "playground": Bilingual("soan-thu", "playground"),
    "guides": Bilingual("huong-dan", "guides"),
}
ENOUGH_POINTS: Final = Bilingual("du-diem-khong-du-sao", "enough-points-too-few-stars")  # of the questions
GUIDES: Final[dict[str, Bilingual]] = {
    "quick-start": Bilingual("bat-dau-nhanh", "quick-start"),
    "integrate": Bilingual("tich-hop", "integrate"),
    "policy-staff": Bilingual("can-bo-chinh-sach", "policy-staff"),
    "communes": Bilingual("xa-tu-bang-tinh", "communes"),
    "office-report": Bilingual("bao-cao-tinh", "office-report"),
    "windows": Bilingual("windows"),
    "certify": Bilingual("doi-chieu-ban-ky", "certify"),
    "concepts": Bilingual("khai-niem", "concepts"),
    "ocop-council": Bilingual("hoi-dong-ocop", "ocop-council"),
    "comparison": Bilingual("so-sanh", "comparison"),
}


def other(lang: Lang) -> Lang:
    """The other language."""
    return _OTHERS[lang]


def slug(text: str) -> str:
    """A text as part of an address: ``318/QĐ-TTg`` is ``318-qd-ttg``."""
    return re.sub(r"[^a-z0-9]+", "-", unmarked(text).lower()).strip("-")


def unmarked(text: str) -> str:
    """A text without Vietnamese diacritics: ``Thu nhập`` is ``Thu nhap``."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def address(lang: Lang, section: str | Bilingual = "", *parts: str) -> str:
    """The address of a page from the root of the site, with a slash at its end; a section by its name or by its words."""
    words = section if isinstance(section, Bilingual) else SECTIONS[section] if section else None
    steps = [lang, *([words.say(lang)] if words else []), *parts]
    return "/".join(steps) + "/"


def of_set(lang: Lang, name: str) -> str:
    """The page of a ruleset: ``vi/bo-tieu-chi/commune-ntm/2021-2025/``."""
    return address(lang, "rulesets", *name.split("/"))


def of_criterion(lang: Lang, name: str, number: str) -> str:
    """The page of a criterion, or of the sheet of a product set."""
    return of_set(lang, name) + slug(number) + "/"


def of_indicator(lang: Lang, name: str, criterion: str, indicator: str) -> str:
    """The place of an indicator on the page of its criterion."""
    return of_criterion(lang, name, criterion) + "#" + anchor(indicator)


def anchor(number: str) -> str:
    """The anchor of an indicator: ``c-17-2``."""
    return "c-" + slug(number)


def of_instrument(lang: Lang, key: str) -> str:
    """The page of a legal document."""
    return address(lang, "instruments", slug(key))


def of_province(lang: Lang, name: str) -> str:
    """The page of a province."""
    return address(lang, "provinces", name)


def of_error(lang: Lang, code: str) -> str:
    """The page of an error code: ``vi/loi/NTM-101/``."""
    return address(lang, "errors", code)


def of_guide(lang: Lang, name: str) -> str:
    """The page of a guide."""
    return address(lang, "guides", GUIDES[name].say(lang))


def relative(target: str, base: str) -> str:
    """A link from the page ``base`` to the page or file ``target``, both from the root of the site."""
    path, mark, fragment = target.partition("#")
    if path == base:
        return mark + fragment or "./"
    found = relpath("/" + path, "/" + base)
    return found + ("/" if path == "" or path.endswith("/") else "") + mark + fragment
