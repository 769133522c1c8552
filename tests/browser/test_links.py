"""Every link of the whole site, read from the files as they were built: each ends at a file, and at a place in it that is there."""

from __future__ import annotations

import html
import re
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

import pytest

TOP = Path(__file__).parents[2]
LINK = re.compile(r"""<(?:a|link|script|img)\b[^>]*?\s(?:href|src)=(?:"([^"]*)"|([^\s">]+))""")
PLACE = re.compile(r"""\s(?:id|name)=(?:"([^"]+)"|([^\s">]+))""")
CANONICAL = re.compile(r'<link rel="?canonical"?[^>]*>')
GENERATED = re.compile(r"(?:en/(?!guides/)|vi/(?!huong-dan/))")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r"""<meta name="?description"? content="([^"]*)">""")


@pytest.fixture(scope="module", params=["site", "build/zensical"])
def pages(request: pytest.FixtureRequest) -> dict[str, str]:
    """Every page of a built site by its path; the page for addresses that do not exist has no place of its own."""
    folder = TOP / request.param
    if not (folder / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.html")) if path.name != "404.html"
    }


def files_of(pages: dict[str, str], request: pytest.FixtureRequest) -> set[str]:
    """Every file of the site that ``pages`` were read from."""
    folder = TOP / request.node.callspec.params["pages"]
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_link_of_every_page_ends_somewhere(pages: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Over a thousand pages in two languages, without a browser.

    The successor of MkDocs reads links in HTML from the file, not from the address, so of its build only the generated pages are read.
    """
    files = files_of(pages, request)
    places = {path: {a or b for a, b in PLACE.findall(text)} for path, text in pages.items()}
    broken: set[tuple[str, str]] = set()
    count = 0
    for path, text in pages.items():
        if "zensical" in request.node.name:
            if not GENERATED.match(path):
                continue
            text = CANONICAL.sub("", text)  # it writes one without knowing where the site is published
        for given in {html.unescape(a or b) for a, b in LINK.findall(text)}:
            if re.match(r"[a-z][a-z0-9+.-]*:", given):
                continue
            count += 1
            target, _, fragment = given.partition("#")
            target = unquote(target.partition("?")[0])
            if target.startswith("/"):
                broken.add((path, given))
                continue
            where = normpath(f"{path.rpartition('/')[0]}/{target}".lstrip("/")) if target else path
            if where not in files:
                where = "index.html" if where == "." else f"{where}/index.html"
            if where not in files or (fragment and not fragment.startswith("__") and unquote(fragment) not in places.get(where, ())):
                broken.add((path, given))
    assert sorted(broken)[:20] == []
    assert len(pages) > 1_000
    assert count > 20_000


def test_no_two_pages_have_the_same_title(pages: dict[str, str]) -> None:
    """A title in a list of results or of open tabs says which page it is; every page has one, and a description."""
    seen: dict[str, str] = {}
    for path, text in pages.items():
        if not re.match(r"(?:vi|en)/", path):
            continue
        title = TITLE.search(text)
        assert title, path
        assert DESCRIPTION.search(text), path
        lang = path[:2]
        assert seen.setdefault(f"{lang} {title[1]}", path) == path, (path, title[1])


def test_every_page_names_its_language(pages: dict[str, str]) -> None:
    """A screen reader reads it aloud in the right language."""
    for path, text in pages.items():
        if GENERATED.match(path):
            assert re.search(rf"""<html lang="?{path[:2]}\b""", text), path


def test_every_page_tells_its_twin_its_feed_and_how_it_is_shown_where_it_is_shared() -> None:
    """The head of each generated page: both languages, the feed of its own, a title and a description; each leads to a file."""
    site = TOP / "site"
    if not (site / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    count = 0
    for lang in ("vi", "en"):
        for path in sorted((site / lang).rglob("index.html")):
            text = path.read_text("utf-8")
            if 'rel="alternate twin"' not in text:  # guides are written by hand
                continue
            count += 1
            twins = dict(re.findall(r'<link rel="alternate twin" hreflang="(\w+)" href="([^"]+)"', text))
            assert twins.keys() == {"vi", "en"}, path
            assert all((path.parent / one / "index.html").is_file() for one in twins.values()), path
            [feed] = re.findall(r'<link rel="alternate feed"[^>]* href="([^"]+)"', text)
            assert (path.parent / feed).resolve() == site / lang / {"vi": "thay-doi.xml", "en": "changes.xml"}[lang]
            assert all(f'<meta property="og:{name}" content="' in text for name in ("type", "site_name", "locale", "title", "description"))
    assert count > 1_000


def test_the_built_site_has_its_feeds_and_its_list_for_programs() -> None:
    """Each entry of a feed and each line of ``llms.txt`` ends at a page that was built."""
    site = TOP / "site"
    if not (site / "index.html").is_file():
        pytest.skip("the site is not built: make site")
    for feed in ("vi/thay-doi.xml", "en/changes.xml"):
        links = re.findall(r'<entry>.*?<link href="([^"]+)"/>', (site / feed).read_text("utf-8"), re.DOTALL)
        assert len(links) > 50
        assert [one for one in links if not (site / feed).parent.joinpath(one, "index.html").is_file()] == []
    listed = re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text("utf-8"))
    assert len(listed) > 20
    assert [one for one in listed if not (site / one).is_file() and not (site / one / "index.html").is_file()] == []
