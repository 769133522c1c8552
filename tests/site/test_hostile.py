"""Rulesets written by strangers: whatever their texts look like, a page shows them and never runs them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from ntm_rules.loading.catalogue import Catalogue
from ntm_rules.site.build import site, write

TOP = Path(__file__).parents[2]
EVIL = [
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "[x](javascript:alert(3)) ![y](data:text/html,z)",
    "| a | b |",
    "```",
    "`code` *em* __strong__ ~~gone~~",
    "{{ 7*7 }} {% include 'x' %} { #top } {: .x onclick=alert(4) }",
    "<!-- <b> &lt;b&gt; &amp;",
    "'quoted' \"twice\"",
    "l" + "o" * 400 + "ng",
]
TEXT = " ".join(EVIL)
SEEN = [
    "javascript:alert(5)",
    "data:text/html,<script>alert(6)</script>",
    'https://a.example/"onmouseover="alert(7)',
    "https://b.example/ok",
]


def words(text: str) -> dict[str, str]:
    """A bilingual text."""
    return {"vi": text, "en": text}


INSTRUMENTS = {
    "instruments": [
        {
            "instrument": f"1/{TEXT[:40]}",
            "title": words(TEXT),
            "issuer": words(TEXT),
            "level": "published",
            "seen": SEEN,
            "note": words(TEXT),
        },
    ]
}
INDICATOR = {
    "title": words(TEXT),
    "source": {"at": TEXT, "level": "published", "seen": SEEN, "note": words(TEXT)},
    "note": words(TEXT),
    "verified_by": words(TEXT),
}
RULESET = {
    "ruleset": "hostile/2030",
    "version": "1.0.0",
    "title": words(TEXT),
    "subject": "commune",
    "instrument": f"1/{TEXT[:40]}",
    "in_force": {"from": "2030-01-01"},
    "notes": [words(TEXT)],
    "dimensions": {"region": {"attribute": "region", "title": words(TEXT), "values": ["tay-nguyen", "dong-nam-bo"]}},
    "criteria": [
        {
            "criterion": "1",
            "title": words(TEXT),
            "note": words(TEXT),
            "indicators": [
                {
                    **INDICATOR,
                    "indicator": "1.1",
                    "measure": {"unit": "%"},
                    "at_least": {"by": ["region"], "tay-nguyen": "1", "dong-nam-bo": "2"},
                },
                {**INDICATOR, "indicator": "1.2", "measure": "yes_no", "is_true": True},
                {**INDICATOR, "indicator": "1.3", "measure": {"unit": "%"}, "at_least": {"missing": words(TEXT)}},
            ],
        },
        {"criterion": "2", "title": words(TEXT), "missing": words(TEXT)},
    ],
}
EXAMPLES = {
    "examples_of": "hostile/2030",
    "examples": [{"example": TEXT, "subject": {"values": {"1.2": "true"}}, "expect": {"1.2": "met"}}],
}


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, the words shown, and how wide each row of a table is."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.widths: list[set[int]] = []
        self._row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "table":
            self.widths.append(set())
        elif tag == "tr":
            self._row = 0
        elif tag in ("td", "th"):
            self._row += int(given.get("colspan") or 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self.widths:
            self.widths[-1].add(self._row)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a hostile folder of rulesets, built as the real one is."""
    top = tmp_path_factory.mktemp("hostile")
    folder = top / "rulesets/national/hostile/2030"
    folder.mkdir(parents=True)
    for path, given in (
        (top / "rulesets/instruments.yaml", INSTRUMENTS),
        (folder / "ruleset.yaml", RULESET),
        (folder / "examples.yaml", EXAMPLES),
    ):
        path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")  # JSON is YAML
    docs = top / "docs"
    write(site(Catalogue(top / "rulesets")), docs)
    (docs / "index.md").write_text("# x\n", "utf-8")
    (docs / "assets").symlink_to(TOP / "docs/assets")
    options: dict[str, Any] = {"docs_dir": str(docs), "site_dir": str(top / "site"), "strict": False, "nav": ["index.md"]}
    options["validation"] = {"links": {"not_found": "ignore"}, "nav": {"omitted_files": "ignore"}}
    config = load_config(str(TOP / "mkdocs.yml"), **options)
    build_site(config)
    return top / "site"


PAGES = [
    "vi/bo-tieu-chi/hostile/2030/1/",
    "en/rulesets/hostile/2030/1/",
    "vi/bo-tieu-chi/hostile/2030/2/",
    "vi/bo-tieu-chi/hostile/2030/",
    "vi/bo-tieu-chi/",
    "vi/van-ban/",
    "vi/dieu-chua-biet/",
    "vi/",
]


def read(path: Path) -> Reader:
    """A page as a browser reads it."""
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_is_shown_and_never_runs(built: Path, page: str) -> None:
    """No script, image, handler or link comes from a text, and the words stand there as they were written."""
    plain = read(built / "index.html")
    found = read(built / page / "index.html")
    scripts = [given.get("src") or "" for tag, given in found.tags if tag == "script"]
    ours = [src for src in scripts if src.endswith(("/assets/calculator.js", "/assets/days.js"))]
    assert len(ours) == len(set(ours))
    described = [given for tag, given in found.tags if tag == "meta" and given.get("property") == "og:description"]
    assert len(described) <= 1
    extra = {"script": len(ours), "meta": len(described)}
    for name in ("script", "img", "iframe", "style", "object", "meta"):
        wanted = sum(tag == name and given.get("property") != "og:description" for tag, given in plain.tags)
        assert sum(tag == name for tag, _ in found.tags) == wanted + extra.get(name, 0), name
    for tag, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            target = (attributes.get(name) or "").strip().lower()
            assert not target.startswith(("javascript:", "data:text", "vbscript:")), (tag, attributes)
    shown = " ".join(" ".join(found.words).split())
    assert " ".join(TEXT.split()) in shown


@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_breaks_no_table(built: Path, page: str) -> None:
    """Every row of a table is as wide as the others."""
    for widths in read(built / page / "index.html").widths:
        assert len(widths) == 1, widths


def test_only_addresses_of_the_web_become_links(built: Path) -> None:
    """Of the places where a figure was seen, those that are no web address are shown as text."""
    (page,) = (path for path in (built / "vi/van-ban").glob("1-*/index.html"))
    links = [given["href"] for tag, given in read(page).tags if tag == "a" and "external" in (given.get("rel") or "")]
    assert links == ["https://b.example/ok"]


def test_hostile_text_stays_text_in_the_search(built: Path) -> None:
    """The theme writes titles and texts of the index into the page as they stand, so they are escaped there."""
    index = json.loads((built / "search/search_index.json").read_text("utf-8"))
    for one in index["docs"]:
        reader = Reader()
        reader.feed(one["title"] + one["text"])
        assert {tag for tag, _ in reader.tags} <= {
            "p",
            "ul",
            "li",
            "strong",
            "em",
            "code",
            "pre",
            "small",
            "br",
            "span",
            "a",
            "div",
            "h1",
        }, one
        assert not [name for _, given in reader.tags for name in given if name.startswith("on")]
