"""What the build adds to MkDocs: a search without diacritics that works from a folder too, and what the calculator runs on."""

from __future__ import annotations

import html
import json
import re
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent))
import engine
import policy

TAGS = re.compile(r"<[^>]+>")
BLANK = re.compile(r'<span class="w">([^<]*)</span>')
TITLES: dict[str, str] = {}
ANSWERS: dict[str, str] = {}


def on_page_markdown(markdown: str, /, page: Page, **_: Any) -> str:
    """Escape what a generated page says of itself, which the theme writes into its head as it stands; note its title for the search.

    The heading of such a page says less than its title, since its place on the site says the rest.
    """
    if page.meta.get("generated"):
        page.meta.update({key: html.escape(value) for key, value in page.meta.items() if isinstance(value, str)})
        TITLES[page.url] = page.meta["title"]
        ANSWERS[page.url] = page.meta.get("answers", "")
    if page.meta.get("other"):
        page.meta["twin"] = urljoin(page.canonical_url or "", page.meta["other"])
    return markdown


def on_config(config: MkDocsConfig, **_: Any) -> None:
    """Offer the calculator where what it runs on was fetched; name the version that wrote the pages."""
    config.extra["engine"] = engine.available()
    config.extra["version"] = version("ntm_rules")


def on_page_content(content: str, /, config: MkDocsConfig, **_: Any) -> str:
    """Address the letters about figures, where the build says to whom; blanks in a text with colours need no colour of their own."""
    content = BLANK.sub(r"\1", content)
    contact = config.extra.get("contact")
    return content.replace('href="mailto:?', f'href="mailto:{quote(contact, safe="@")}?') if contact else content


@event_priority(-100)  # after whatever else changes a page
def on_post_page(output: str, /, **_: Any) -> str:
    """Say in each page what it may load and run."""
    return policy.policed(output)


@event_priority(-100)
def on_post_template(output_content: str, /, template_name: str, **_: Any) -> str:
    """The same for the page of addresses that do not exist."""
    return policy.policed(output_content) if template_name.endswith(".html") else output_content


@event_priority(-100)  # after the search plugin has written its index
def on_post_build(config: MkDocsConfig, **_: Any) -> None:
    """Add what the theme does not write."""
    _search_without_marks(config)
    if not config.site_url:  # a list of pages without their addresses is of no use to anybody
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            Path(config.site_dir, name).unlink(missing_ok=True)
    if config.extra["engine"]:
        engine.put(Path(config.site_dir, "assets", "engine"))


def _search_without_marks(config: MkDocsConfig) -> None:
    """Let «thu nhap» find «thu nhập», and «thu nhập kon tum» the criterion: three more fields are searched, which no result shows."""
    path = Path(config.site_dir, "search", "search_index.json")
    if not path.is_file():
        return
    index = json.loads(path.read_text("utf-8"))
    fields = index["config"]["fields"]
    fields["plain_title"] = {"boost": fields["title"]["boost"]}
    fields["plain_text"] = {"boost": fields["text"]["boost"]}
    fields["answers"] = {"boost": 1}
    for page in index["docs"]:
        if words := ANSWERS.get(page["location"]):
            page["answers"] = f"{words} {without_marks(words)}"
        page["title"] = TITLES.get(page["location"], page["title"])
        for name in ("title", "text"):
            if words := without_marks(page[name]):
                page[f"plain_{name}"] = words
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text, "utf-8")
    path.with_suffix(".js").write_text(f"var __index = {text}", "utf-8")  # read where the pages are opened from a folder


def without_marks(given: str) -> str:
    """The words of a text that carry diacritics, without them; each word once."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", TAGS.sub(" ", given)))
    marked = dict.fromkeys(word.lower() for word in words)
    return " ".join(plain for word in marked if (plain := unmarked(word)) != word)


def unmarked(word: str) -> str:
    """A word without Vietnamese diacritics."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))
