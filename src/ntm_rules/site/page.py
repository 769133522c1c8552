"""A page being written: blocks of Markdown and HTML in which every text from outside is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Final

from ntm_rules.site.address import other, relative
from ntm_rules.values import Bilingual, Lang

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_OWN_NAMES: Final[dict[Lang, str]] = {"vi": "Tiếng Việt", "en": "English"}
_NUMBER: Final = 24  # letters of a number at most: 1217/QĐ-UBND (Yên Bái)
_PARTS: Final = 3  # from so many parts on a page lists them
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|!~^=:&\"'@$]")


def text(words: str) -> str:
    """Text for HTML: escaped, on one line, nothing in it that steers."""
    return escape(" ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", words).split()), quote=True)


def _heading(words: str) -> str:
    """Text for a Markdown heading: what Markdown could read as markup is written as entities."""
    clean = " ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", words).split())
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", clean)


def tag(name: str, inner: str | None, /, **attributes: str) -> str:
    """An element around HTML that is already escaped, or one that has no inside; ``class_`` stands for ``class``."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>" if inner is None else f"<{name}{given}>{inner}</{name}>"


def items(parts: Iterable[str], **attributes: str) -> str:
    """A list of HTML items; nothing where there are none."""
    found = [f"<li>{part}</li>" for part in parts]
    return tag("ul", "\n" + "\n".join(found) + "\n", **attributes) if found else ""


class Page:
    """One page in one language.

    Args:
        lang: its language.
        path: its address from the root of the site.
        other: the address of the same page in the other language.
        title: the heading and the title in the browser.
        description: one sentence for search engines.
        crumbs: the pages above it, as (address, title).
        shown: the heading where it says more than the title.
        boost: how much the search prefers it, 1 for most pages.
    """

    def __init__(
        self,
        lang: Lang,
        path: str,
        other: str,
        title: str,
        description: str,
        *,
        crumbs: Sequence[tuple[str, str]] = (),
        shown: str | None = None,
        boost: float = 1,
    ) -> None:
        self.lang: Lang = lang
        self.path = path
        self.other = other
        self.title = title
        self.description = description
        self.crumbs = crumbs
        self.shown: str = shown or title
        self.calculator = False
        self.days = False
        self.script = ""
        self.boost = boost
        self.answers: Iterable[str] = ()
        self._blocks: list[str] = []
        self._parts: list[tuple[str, str]] = []

    @property
    def file(self) -> str:
        """The Markdown file below ``docs/``: in a folder of its own, so that a link reads the same from the file and from the address."""
        return f"{self.path}index.md"

    def say(self, vi: str, en: str) -> str:
        """One of two texts, by the language of the page."""
        return Bilingual(vi, en).say(self.lang)

    def words(self, given: Bilingual) -> str:
        """A bilingual text, escaped."""
        return text(given.say(self.lang))

    def vi(self, words: str) -> str:
        """A text that is Vietnamese on every page, escaped and, on a page in English, said to be so."""
        return self.say(text(words), tag("span", text(words), lang="vi"))

    def link(self, target: str, words: str, **attributes: str) -> str:
        """A link to another page of the site."""
        return tag("a", text(words), href=relative(target, self.path), **attributes)

    def number(self, target: str, key: str) -> str:
        """A link to a legal document by its number, which no line tears; what was not found has a long name instead, which may be torn."""
        return self.link(target, key, class_="number") if len(key) <= _NUMBER else self.link(target, key)

    def heading(self, words: str, anchor: str, level: int = 2, *, searched: bool = True) -> None:
        """A heading; what follows one that is not ``searched`` stays out of the search."""
        mark = "" if searched else " data-search-exclude"
        if level == 2:
            self._parts.append((words, anchor))
        self._blocks.append(f"{'#' * level} {_heading(words)} {{ #{anchor}{mark} }}")

    def html(self, block: str) -> None:
        """A block of HTML (its outermost element must be a block); nothing where it is empty."""
        if block:
            self._blocks.append(re.sub(r"\n\s*\n", "\n", block))

    def p(self, *parts: str, **attributes: str) -> None:
        """A paragraph of HTML that is already escaped."""
        if inner := " ".join(part for part in parts if part):
            self.html(tag("p", inner, **attributes))

    def items(self, parts: Iterable[str], **attributes: str) -> None:
        """A list of HTML items."""
        self.html(items(parts, **attributes))

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A list of terms with what they are (HTML), which stays out of the search; a pair without content is left out."""
        inner = "\n".join(f"<div><dt>{text(term)}</dt><dd>{value}</dd></div>" for term, value in pairs if value)
        self.html(tag("dl", f"\n{inner}\n", class_="facts", data_search_exclude=""))

    def near(self, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> None:
        """Links to the page before and the page after, as (address, title), where there are such."""
        links = [self.link(path, self.say(f"← Trước: {words}", f"← Previous: {words}")) for path, words in before]
        links += [self.link(path, self.say(f"Sau: {words} →", f"Next: {words} →"), class_="next") for path, words in after]
        label = self.say("Trang liền kề", "Neighbouring pages")
        self.html(tag("nav", " ".join(links), class_="near", aria_label=label, data_search_exclude=""))

    def table(
        self, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "", *, folded: str = "", told: bool = True
    ) -> None:
        """A table of HTML cells, the first of each row a heading; it scrolls by itself where it is wider than the screen.

        With ``folded``, only these words are seen until they are touched. Where the heading above says what the caption says, it is not
        ``told`` again to those who see it.
        """
        top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
        body = "\n".join("<tr>" + "".join(cell if cell.startswith("<t") else f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        seen = "" if told else ' class="sr"'
        table = (
            f'<table class="data"><caption{seen}>{text(caption)}</caption><thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
        )
        block = tag("div", table, class_=f"scroll {css}".strip(), role="region", tabindex="0", aria_label=caption, data_search_exclude="")
        self.html(self.fold(folded, block) if folded else block)

    def fold(self, words: str, block: str) -> str:
        """A block of which only ``words`` are seen until they are touched."""
        return tag("details", f"<summary>{text(words)}</summary>\n{block}", class_="more", data_search_exclude="")

    @contextmanager
    def more(self, words: str, *, seen: bool = False) -> Iterator[None]:
        """What is written meanwhile is a fold: only ``words`` are seen until they are touched, an address leads there, or it is printed.

        Headings do not belong into it: whoever moves by them could not reach them. What is ``seen`` from the first can be folded away.
        """
        outside, self._blocks = self._blocks, []
        yield
        inner, self._blocks = self._blocks, outside
        if inner:
            gap = "\n\n" if any(block.startswith("```") for block in inner) else "\n"  # a text with colours is Markdown, and stands apart
            marks = ' markdown="1"' * (gap != "\n") + " open" * seen
            opening = f'<details class="more" data-search-exclude{marks}><summary>{text(words)}</summary>'
            self._blocks.append(gap.join([opening, *inner, "</details>"]))

    def code(self, language: str, source: str, title: str = "") -> None:
        """A block of code; the fence is longer than any inside."""
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", source))])
        titled = f' title="{_CONTROL.sub("", title).replace(chr(34), "")}"' if title else ""
        self._blocks.append(f"{fence}{language}{titled}\n{source.rstrip()}\n{fence}")

    def render(self) -> str:
        """The file as text."""
        front = {
            "title": self.title,
            "description": self.description.replace('"', "\N{DOUBLE PRIME}"),  # a theme may write it into an attribute as it stands
            "lang": self.lang,
            "other": relative(self.other, self.path),
            "generated": True,
            "hide": ["navigation"],
            **({"calculator": True} if self.calculator else {}),
            **({"days": True} if self.days else {}),
            **({"script": self.script} if self.script else {}),
            **({"answers": " ".join(dict.fromkeys(" ".join(self.answers).split()))} if self.answers else {}),
            **({"search": {"boost": self.boost}} if self.boost != 1 else {}),
        }
        lines = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()), "---"]
        return "\n".join(lines) + "\n\n" + "\n\n".join([*self._top(), *self._blocks]) + "\n"

    def _top(self) -> list[str]:
        language = other(self.lang)
        switch = self.link(self.other, _OWN_NAMES[language], hreflang=language, lang=language, class_="switch")
        crumbs = "".join(f"<li>{self.link(path, words)}</li>" for path, words in self.crumbs)
        label = self.say("Vị trí của trang", "Where this page is")
        trail = f'<nav class="crumbs" aria-label="{label}"><ol>{crumbs}</ol></nav>' if crumbs else ""
        top = f'<div class="top" data-search-exclude>{trail}{switch}</div>'
        return [f"# {_heading(self.shown)} {{ #top }}", top, *self._contents()]

    def _contents(self) -> list[str]:
        """A folded list of the parts, for phones, which show no list beside the page; the calculator by name."""
        links = [self.link(f"{self.path}#{anchor}", words) for words, anchor in self._parts]
        if self.calculator:
            links.insert(0, self.link(f"{self.path}#calculator", self.say("Công cụ tính", "Calculator"), class_="to-calculator"))
        if len(links) < _PARTS:
            return []
        inner = items(links)
        return [tag("details", f"<summary>{self.say('Mục lục', 'Contents')}</summary>\n{inner}", class_="contents", data_search_exclude="")]


def th(inner: str, **attributes: str) -> str:
    """A cell that heads its row."""
    return tag("th", inner, scope="row", **attributes)


def outside(target: str, words: str) -> str:
    """A link to another site where ``target`` is an address, the text itself where it is not."""
    if re.fullmatch(r"https?://[^\s<>\"'()]+", target):
        return tag("a", text(words), href=target, rel="noreferrer external")
    return text(words)
