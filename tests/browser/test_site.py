"""The site in a browser, at the width of a phone and of a desk: what a visitor would notice."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe

SITE = Path(__file__).parents[2] / "site"
COMMUNE = "vi/bo-tieu-chi/commune-ntm/2021-2025/"
PAGES = {
    "front": "",
    "home": "vi/",
    "home-en": "en/",
    "sets": "vi/bo-tieu-chi/",
    "set": COMMUNE,
    "criterion-10": COMMUNE + "10/",
    "criterion-17": COMMUNE + "17/",
    "criterion-en": "en/rulesets/commune-ntm/2021-2025/17/",
    "old-criterion": "vi/bo-tieu-chi/commune-ntm/2016-2020/10/",
    "ocop": "vi/bo-tieu-chi/ocop/2026/",
    "sheet": "vi/bo-tieu-chi/ocop/2026/1/",
    "instruments": "vi/van-ban/",
    "instrument": "vi/van-ban/318-qd-ttg/",
    "errors": "vi/loi/",
    "error": "vi/loi/NTM-101/",
    "provinces": "vi/tinh/",
    "province": "vi/tinh/kon-tum/",
    "unknown": "vi/dieu-chua-biet/",
    "guide": "vi/huong-dan/can-bo-chinh-sach/",
    "guide-en": "en/guides/quick-start/",
    "rule-language": "rule-language/",
    "api": "api/",
    "kon-tum-2023": "kon-tum-2023/",
    "decision": "decisions/0013-site/",
}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_each_type_is_sound(visit: Any, address: str, name: str, width: int) -> None:
    """No console error, no failed request, none to another host, no sideways scrolling, no serious barrier for a screen reader."""
    page, watch = visit(address + PAGES[name], width)
    assert watch.complaints == []
    assert watch.failed == []
    assert [asked for asked in watch.asked if not asked.startswith((address, "data:"))] == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    assert page.locator("h1").count() == 1
    assert _barriers(page) == []


@pytest.mark.parametrize("name", ["front", "criterion-10", "sheet", "unknown"])
def test_dark_pages_are_readable(visit: Any, address: str, name: str) -> None:
    """In the dark scheme too, contrast suffices."""
    page, _ = visit(address + PAGES[name], color_scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert _barriers(page) == []


def _barriers(page: Any) -> list[str]:
    """The serious findings of axe, each with the first thing it is about."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("start", ["served", "folder"])
def test_the_question_for_kon_tum_in_2024_is_answered_in_three_clicks(visit: Any, address: str, start: str) -> None:
    """From the front page to what a class III commune must earn, on a server and from a folder on a disk."""
    page, _ = visit(address if start == "served" else (SITE / "index.html").as_uri())
    page.get_by_role("link", name="Xã của tôi").first.click()
    page.get_by_role("link", name="Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025").first.click()
    page.get_by_role("link", name="10. Thu nhập").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").inner_text().startswith("10. Thu nhập")
    row = page.locator("tr", has_text="từ 01/03/2024").filter(has_text="Xã khu vực II, III").inner_text()
    assert "Trung du và miền núi phía Bắc" in row
    assert "2024: 45" in row


@pytest.mark.parametrize("words", ["thu nhập", "thu nhap"])
def test_search_finds_vietnamese_with_and_without_its_marks(visit: Any, address: str, words: str) -> None:
    """Both spellings lead to the criterion on income."""
    page, watch = visit(address + "vi/")
    page.locator("input[data-md-component=search-query]").click()
    page.keyboard.type(words, delay=20)
    page.wait_for_selector(".md-search-result__item a[href*='commune-ntm/2021-2025/10/']")
    assert watch.complaints == []


def test_search_of_nonsense_finds_nothing_and_says_so(visit: Any, address: str) -> None:
    """No result, told in words."""
    page, _ = visit(address + "vi/")
    page.locator("input[data-md-component=search-query]").click()
    page.keyboard.type("zzzqqq", delay=20)
    page.wait_for_timeout(500)
    assert page.locator(".md-search-result__item a").count() == 0
    assert page.locator(".md-search-result__meta").inner_text().strip()


def test_each_language_leads_to_its_twin_and_back(visit: Any, address: str) -> None:
    """The same criterion in the other language, one click away."""
    page, _ = visit(address + PAGES["criterion-10"])
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.locator("article").get_by_role("link", name="English").first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("en/rulesets/commune-ntm/2021-2025/10/")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("article").get_by_role("link", name="Tiếng Việt").first.click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith(PAGES["criterion-10"])


@pytest.mark.parametrize("name", ["front", "home", "set", "criterion-17", "ocop", "sheet", "instrument", "province", "unknown", "guide"])
def test_the_links_of_a_page_lead_somewhere(visit: Any, address: str, name: str) -> None:
    """Every link into the site ends at a page, and at a place on it."""
    page, _ = visit(address + PAGES[name])
    links = page.locator("a").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).filter(Boolean).map(link => new URL(link, document.baseURI).href)"
    )
    broken = []
    for link in {link for link in links if link.startswith(address)}:
        place, fragment = urldefrag(link)
        file = SITE / place.removeprefix(address).split("?")[0] / "index.html"
        plain = SITE / place.removeprefix(address).split("?")[0]
        target = file if file.is_file() else plain if plain.is_file() else None
        if target is None or (fragment and fragment != "__skip" and not _has(target, fragment)):
            broken.append(link)
    assert broken == []


def _has(target: Path, fragment: str) -> bool:
    text = target.read_text("utf-8")
    return f'id="{fragment}"' in text or f"id={fragment}" in text


def test_a_keyboard_reaches_the_content_first(visit: Any, address: str) -> None:
    """The first stop of the tab key leads past the header, and shows where it is."""
    page, _ = visit(address + PAGES["criterion-17"])
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert "skip" in focused


def test_a_criterion_prints_without_the_furniture(visit: Any, address: str) -> None:
    """On paper there is no header, no search, no list of contents."""
    page, _ = visit(address + PAGES["criterion-17"])
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-sidebar--secondary", ".md-footer"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator("article h1").is_visible()


def test_no_criterion_page_is_heavy() -> None:
    """Every page of a criterion is under 150 kB, so that it opens on a phone."""
    heavy = {
        str(path.relative_to(SITE)): path.stat().st_size
        for folder in ("vi/bo-tieu-chi", "en/rulesets")
        for path in (SITE / folder).glob("*/*/*/index.html")
        if path.stat().st_size >= 150_000
    }
    assert heavy == {}
