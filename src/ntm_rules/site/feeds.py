"""What stands beside the pages for those that read no pages: a feed of changes of the law in each language, and a list for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ntm_rules.site import phrases
from ntm_rules.site.address import SECTIONS, address, of_instrument, of_set, relative
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import tag, text
from ntm_rules.site.parts.in_force import of_document
from ntm_rules.values import LANGS, Bilingual, Lang

FEED: Final = Bilingual("thay-doi.xml", "changes.xml")
_TITLE: Final = Bilingual("Văn bản nông thôn mới và OCOP: những gì thay đổi", "New Rural and OCOP law: what changes")
_BY: Final = Bilingual("dự án ntm_rules, không phải cơ quan nhà nước", "the ntm_rules project, no authority")
_SUMMARY: Final = Bilingual("{0}. Ban hành {1}; hiệu lực {2} – {3}.", "{0}. Issued {1}; in force {2} – {3}.")
_ABOUT: Final = """\
# ntm_rules

> Viet Nam's New Rural Development (nông thôn mới) and OCOP criteria as pages written from machine-readable rules. No page of an authority:
> each figure says how far it was checked, and figures that are not known are said to be missing. Do not state a figure without its level.

Levels of a figure: ● checked against the signed text; ◐ seen in a cited publication; ○ without a source, not checked; – not available.
Every page stands in Vietnamese and English. A criterion is a page below its set: `vi/bo-tieu-chi/<family>/<edition>/<number>/`.
"""


def beside(library: Library) -> dict[str, str]:
    """The files by their path below ``docs/``."""
    feeds = {f"{lang}/{FEED.say(lang)}": _feed(library, lang) for lang in LANGS}
    return {**feeds, "llms.txt": _for_programs(library)}


def _feed(library: Library, lang: Lang) -> str:
    """The documents by the day of issue, the newest first; of one whose day is not known there is nothing to tell by day."""
    known = [(of_document(library, key).since, key) for key in library.instruments]
    newest = sorted(((day.isoformat(), key) for day, key in known if day is not None), reverse=True)
    latest = newest[0][0] if newest else date.min.isoformat()
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
            tag("title", text(_TITLE.say(lang))),
            f"<id>urn:ntm-rules:changes:{lang}</id>",
            f"<updated>{latest}T00:00:00Z</updated>",
            tag("author", tag("name", text(_BY.say(lang)))),
            f'<link rel="self" href="{FEED.say(lang)}"/>',
            f'<link rel="alternate" href="{relative(address(lang, "instruments"), address(lang))}"/>',
            *(_entry(library, key, day, lang) for day, key in newest),
            "</feed>\n",
        ]
    )


def _entry(library: Library, key: str, day: str, lang: Lang) -> str:
    one, given = library.instruments[key], of_document(library, key)
    path = of_instrument(lang, key)
    days = (phrases.day(each, lang) for each in (one.issued, given.start, given.until))
    inner = [
        tag("title", text(f"{key}: {one.title.say(lang)}")),
        f"<id>urn:ntm-rules:{path}</id>",
        f"<updated>{day}T00:00:00Z</updated>",
        f'<link href="{text(relative(path, address(lang)))}"/>',
        tag("summary", text(_SUMMARY.fill(one.title, *days).say(lang))),
    ]
    return tag("entry", "\n".join(inner))


def _for_programs(library: Library) -> str:
    sections = [f"\n## {title}\n\n" + "\n".join(lines) for title, lines in (("Sets", _sets(library)), ("More", _more()))]
    return _ABOUT + "\n".join(sections) + "\n"


def _sets(library: Library) -> Iterator[str]:
    return (f"- [{_plain(one)}]({of_set('en', one.id)}): {_since(one)}" for one in by_importance(library.editions.values()))


def _plain(edition: Edition) -> str:
    return edition.document.title.en.replace("[", "(").replace("]", ")")


def _since(edition: Edition) -> str:
    return f"`{edition.id}`, {edition.document.instrument}, {phrases.period(edition.document.in_force, 'en')}"


def _more() -> Iterator[str]:
    titles = {"instruments": "Legal documents by day", "unknown": "What is not known", "errors": "Error codes", "guides": "Guides"}
    yield from (f"- [{title}]({address('en', SECTIONS[name])})" for name, title in titles.items())
    yield f"- [Changes of the law (Atom)](en/{FEED.en})"
