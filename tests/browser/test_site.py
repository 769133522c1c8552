"""The site in a browser, at the width of a phone and of a desk: what a visitor would notice."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest

from browser_wait import asked, until

SITE = Path(__file__).parents[2] / "site"
COMMUNE = "vi/bo-tieu-chi/commune-ntm/2021-2025/"
PAGES = {
    "front": "",
    "home": "vi/",
    "home-en": "en/",
    "sets": "vi/bo-tieu-chi/",
    "set": COMMUNE,
    "amendment": COMMUNE + "211-qd-ttg/",
    "provincial": COMMUNE + "kon-tum/",
    "village-set": "vi/bo-tieu-chi/village-ntm-ethnic/kon-tum-2022/",
    "village-criterion": "vi/bo-tieu-chi/village-model/yen-bai-2022/1/",
    "district-set": "en/rulesets/district-ntm/2021-2025/",
    "targets-set": "vi/bo-tieu-chi/targets/kon-tum-2024/",
    "target": "vi/bo-tieu-chi/targets/kon-tum-2024/mt1/",
    "conditions": "vi/bo-tieu-chi/recognition-commune/2021-2025/",
    "retired": "vi/bo-tieu-chi/recognition-commune/2021-2025/c4a/",
    "empty-set": "vi/bo-tieu-chi/commune-modern/2026-2030/",
    "criterion-10": COMMUNE + "10/",
    "criterion-17": COMMUNE + "17/",
    "criterion-en": "en/rulesets/commune-ntm/2021-2025/17/",
    "old-criterion": "vi/bo-tieu-chi/commune-ntm/2016-2020/10/",
    "ocop": "vi/bo-tieu-chi/ocop/2026/",
    "sheet": "vi/bo-tieu-chi/ocop/2026/1/",
    "sheet-en": "en/rulesets/ocop/2019/7/",
    "instruments": "vi/van-ban/",
    "instrument": "vi/van-ban/318-qd-ttg/",
    "errors": "vi/loi/",
    "error": "vi/loi/NTM-101/",
    "playground": "vi/soan-thu/",
    "provinces": "vi/tinh/",
    "province": "vi/tinh/kon-tum/",
    "unknown": "vi/dieu-chua-biet/",
    "guide": "vi/huong-dan/can-bo-chinh-sach/",
    "guide-en": "en/guides/quick-start/",
    "guide-tables": "en/guides/comparison/",
    "rule-language": "rule-language/",
    "api": "api/",
    "kon-tum-2023": "kon-tum-2023/",
    "decision": "decisions/0013-site/",
    "reference": "reference/rules/",
    "province-en": "en/provinces/kon-tum/",
    "unknown-en": "en/not-yet-known/",
    "revocation": "vi/thu-hoi/",
    "questions": "vi/hoi-dap/",
    "question": "vi/hoi-dap/mat-danh-hieu/",
    "question-en": "en/questions/enough-points-too-few-stars/",
    "table": "vi/bang-so-lieu/",
    "table-en": "en/table/",
}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_each_type_is_sound(visit: Any, barriers: Any, address: str, name: str, width: int) -> None:
    """No console error, no failed request, none to another host, no sideways scrolling, no serious barrier for a screen reader.

    Who moves by headings finds no level left out; every table says what it holds, and every cell that heads others says which.
    """
    page, watch = visit(address + PAGES[name], width)
    assert watch.complaints == []
    assert watch.failed == []
    assert [one for one in watch.asked if not one.startswith((address, "data:"))] == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    assert page.locator("h1").count() == 1
    levels = page.locator("article :is(h1, h2, h3, h4, h5, h6)").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert all(below <= above + 1 for above, below in pairwise([0, *levels])), levels
    assert page.locator("article table.data:not(:has(caption))").count() == 0
    assert page.locator("article table.data th:not([scope])").count() == 0
    assert barriers(page) == []


DARK = [
    "front",
    "home",
    "set",
    "criterion-10",
    "criterion-17",
    "sheet",
    "instruments",
    "province",
    "unknown",
    "error",
    "conditions",
    "table",
    "playground",
]


@pytest.mark.parametrize("name", DARK)
def test_dark_pages_are_readable(visit: Any, barriers: Any, address: str, name: str) -> None:
    """In the dark scheme too, contrast suffices."""
    page, _ = visit(address + PAGES[name], color_scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert barriers(page) == []


@pytest.mark.parametrize("start", ["served", "folder"])
def test_the_question_for_kon_tum_in_2024_is_answered_in_three_clicks(visit: Any, address: str, start: str) -> None:
    """From the front page to what a class III commune must earn, on a server and from a folder on a disk."""
    page, _ = visit(address if start == "served" else (SITE / "index.html").as_uri())
    page.get_by_role("link", name="Xã của tôi").first.click()
    page.get_by_role("link", name="Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025").first.click()
    page.get_by_role("link", name="10. Thu nhập").first.click()
    page.locator("h1", has_text="10. Thu nhập").wait_for()
    own = page.get_by_label("Mức áp dụng cho xã của tỉnh Kon Tum")
    answer = page.locator("dd").filter(has_text="2024: 45").filter(has_text="Xã khu vực II, III").first
    assert answer.is_visible()
    row = own.locator("tr", has_text="từ 01/03/2024").filter(has_text="Xã khu vực II, III").text_content()  # folded below, with its column
    assert "Trung du và miền núi phía Bắc" in row
    assert "2024: 45" in row


def test_the_answer_is_on_the_first_screen_of_a_phone(visit: Any, address: str) -> None:
    """Without scrolling: which column, from which day, and what a class III commune of Kon Tum must earn in 2024."""
    page, _ = visit(address + PAGES["criterion-10"], 390)
    for words in ("áp dụng mức của Trung du và miền núi phía Bắc", "2024: 45"):
        box = page.locator("dd", has_text=words).first.bounding_box()
        assert box["y"] < 800, words
        assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("name", ["criterion-10", "criterion-17", "province", "instruments", "set"])
def test_pictures_fit_a_phone(visit: Any, address: str, name: str) -> None:
    """No picture is cut at the edge: every word of it lies within the screen."""
    page, _ = visit(address + PAGES[name], 390)
    assert page.locator("figure.picture svg").count()
    outside = page.locator("figure.picture svg text").evaluate_all(
        "all => all.filter(one => { const box = one.getBoundingClientRect(); return box.left < -1 || box.right > innerWidth + 1 })"
        ".map(one => one.textContent)"
    )
    assert outside == []


def test_no_word_of_the_annex_is_torn_on_a_phone(visit: Any, address: str) -> None:
    """The first column stays wide enough for its words."""
    page, _ = visit(address + PAGES["set"], 390)
    widths = page.locator(".annex tbody th[scope=row]").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 150


def sought(page: Any, words: str, wanted: str, within: int) -> None:
    """Type words into the search, and wait for a page to stand among the first found."""
    asked(page, words)
    until(
        page,
        """([wanted, within]) => {
            const links = [...document.querySelectorAll(".md-search-result__item a")].map(a => a.href.replace(/[?#].*/, ""))
            return [...new Set(links)].slice(0, within).some(link => link.replace(/index.html$/, "").endsWith("/" + wanted))
        }""",
        arg=[wanted, within],
        seconds=45,  # the index is fetched and built once the field is used
    )


INCOME = COMMUNE + "10/"
ENVIRONMENT = COMMUNE + "17/"
SOUGHT = [
    ("thu nhập", INCOME, 4),
    ("thu nhap", INCOME, 4),
    ("THU NHẬP", INCOME, 4),
    ("thu nh", INCOME, 8),
    ("nước sạch", ENVIRONMENT, 3),
    ("nuoc sach", ENVIRONMENT, 3),
    ("tiêu chí 17", ENVIRONMENT, 4),
    ("17.2", ENVIRONMENT, 3),
    ("đường xã", COMMUNE + "2/", 3),
    ("duong xa", COMMUNE + "2/", 3),
    ("NTM-101", "vi/loi/NTM-101/", 1),
    ("ntm101", "vi/loi/NTM-101/", 1),
    ("318/QĐ-TTg", "vi/van-ban/318-qd-ttg/", 1),
    ("QĐ 318", "vi/van-ban/318-qd-ttg/", 1),
    ("qd-ttg 211", "vi/van-ban/211-qd-ttg/", 1),
    ("kon tum", "vi/tinh/kon-tum/", 1),
    ("mat ong", "vi/bo-tieu-chi/ocop/2026/4/", 3),
    ("điều chưa biết", "vi/dieu-chua-biet/", 1),
    ("thu nhập kon tum 2024", INCOME, 1),
    ("mật ong 4 sao", "vi/bo-tieu-chi/ocop/2026/4/", 1),
    ("mất danh hiệu", "vi/hoi-dap/mat-danh-hieu/", 2),
    ("năm 2026", "vi/hoi-dap/nam-2026/", 1),
    ("82 điểm 3 sao", "vi/hoi-dap/du-diem-khong-du-sao/", 1),
    ("python", "vi/huong-dan/bat-dau-nhanh/", 2),
    ("chính thức", "vi/dieu-chua-biet/", 3),
    ("văn bản còn hiệu lực", "vi/van-ban/", 1),
    ("bảng tính", "vi/huong-dan/xa-tu-bang-tinh/", 1),
    ("đưa quyết định của tỉnh", "vi/hoi-dap/", 1),
    ("quy định của một tỉnh", "vi/huong-dan/can-bo-chinh-sach/", 1),
    ("thu nahp", INCOME, 6),
    ("BHYT", COMMUNE + "15/", 4),
    ("\u00d0iện", COMMUNE + "4/", 4),  # the Icelandic letter that looks like the Vietnamese one
]


@pytest.mark.parametrize(("words", "wanted", "within"), SOUGHT, ids=[f"site-search {words}" for words, *_ in SOUGHT])
def test_what_is_looked_for_is_among_the_first(visit: Any, address: str, words: str, wanted: str, within: int) -> None:
    """With and without diacritics, in capitals, half typed, by number, by code."""
    page, watch = visit(address + "vi/")
    sought(page, words, wanted, within)
    assert watch.complaints == []


def test_search_by_keyboard_alone_leads_to_the_page(visit: Any, address: str) -> None:
    """A key opens the search, the arrow chooses, Enter follows, Escape leaves."""
    page, _ = visit(address + "vi/")
    page.keyboard.press("s")
    until(page, "document.activeElement.matches('input[data-md-component=search-query]')")
    sought(page, "NTM-101", "vi/loi/NTM-101/", 1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/loi/NTM-101/**")


def test_an_english_page_offers_english_pages_first(visit: Any, address: str) -> None:
    """The same number leads to the twin in the language that is read."""
    page, _ = visit(address + "en/")
    sought(page, "318/QD-TTg", "en/instruments/318-qd-ttg/", 1)


def test_from_a_folder_a_link_leads_to_a_page_whenever_it_comes(visit: Any) -> None:
    """Also one that is there before the scripts have seen it, or is written by one of them: never to the listing of a folder."""
    page, _ = visit((SITE / "vi/index.html").as_uri())
    page.evaluate("document.querySelector('article').insertAdjacentHTML('afterbegin', '<a href=\"../en/\">mới</a>')")
    page.get_by_role("link", name="mới", exact=True).click()
    page.wait_for_url("**/en/index.html")


def test_search_works_from_a_folder(visit: Any) -> None:
    """Without a server no worker starts; the answer is the same."""
    page, watch = visit((SITE / "vi/index.html").as_uri())
    sought(page, "thu nhap", INCOME, 4)
    assert watch.complaints == []


def test_an_address_that_does_not_exist_is_told_in_both_languages(visit: Any, barriers: Any, address: str) -> None:
    """Deep below a sub-path too, it leads back to the site."""
    page, _ = visit(address + "vi/bo-tieu-chi/commune-ntm/2021-2025/99/")
    assert "Không có trang này" in page.locator("h1").inner_text()
    assert barriers(page) == []
    page.get_by_role("link", name="Look up the criteria").click()
    page.wait_for_url(address + "en/")


def test_without_scripts_a_page_is_read_all_the_same(visit: Any, address: str) -> None:
    """Every part and every link is there where a browser runs no script."""
    page, _ = visit(address + PAGES["criterion-17"], 390, java_script_enabled=False)
    for name in ("17.1", "17.12"):
        assert page.locator("h3", has_text=name).first.is_visible()
    page.locator("summary").first.click()
    page.locator("a.switch").click()
    page.wait_for_url("**/en/rulesets/commune-ntm/2021-2025/17/")


@pytest.mark.parametrize("name", ["criterion-17", "set", "sheet", "province"])
def test_at_twice_the_size_nothing_is_cut(visit: Any, address: str, name: str) -> None:
    """A desk at 200 %: text flows anew and only tables scroll sideways."""
    page, _ = visit(address + PAGES[name], 640, device_scale_factor=2)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth + 1")


def test_motion_stops_for_those_who_ask(visit: Any, address: str) -> None:
    """Nothing moves where the system says that motion is not wanted."""
    page, _ = visit(address + PAGES["criterion-17"], reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0


def test_a_keyboard_sees_where_it_is(visit: Any, address: str) -> None:
    """Links of the page, the language switch among them, show the focus and follow Enter."""
    page, _ = visit(address + PAGES["criterion-10"])
    switch = page.locator("a.switch")
    page.locator(".crumbs a").last.focus()
    page.keyboard.press("Tab")
    assert switch.evaluate("one => one === document.activeElement")
    assert switch.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/rulesets/commune-ntm/2021-2025/10/")


def test_search_of_nonsense_finds_nothing_and_says_so(visit: Any, address: str) -> None:
    """No result, told in words."""
    page, _ = visit(address + "vi/")
    asked(page, "zzzqqq")
    until(page, "document.querySelector('.md-search-result__meta').innerText.includes('Không tìm thấy')", seconds=45)
    assert page.locator(".md-search-result__item a").count() == 0


def test_each_language_leads_to_its_twin_and_back(visit: Any, address: str) -> None:
    """The same criterion in the other language, one click away."""
    page, _ = visit(address + PAGES["criterion-10"])
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.locator("article").get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/rulesets/commune-ntm/2021-2025/10/")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("article").get_by_role("link", name="Tiếng Việt").first.click()
    page.wait_for_url(f"**/{PAGES['criterion-10']}")


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
    """On paper there is no header, no search, no list of contents, and no dark edge around a page from a dark screen."""
    page, _ = visit(address + PAGES["criterion-17"])
    page.emulate_media(media="print", color_scheme="dark")
    canvas = page.evaluate(
        "(({ backgroundColor, colorScheme }) => [backgroundColor, colorScheme])(getComputedStyle(document.documentElement))"
    )
    assert canvas == ["rgb(255, 255, 255)", "light"]
    for selector in (".md-header", ".md-sidebar--secondary", ".md-footer"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator("article h1").is_visible()
    broken = page.locator("article details.more").evaluate_all("folds => folds.map(one => getComputedStyle(one).breakInside)")
    assert set(broken) == {"auto"}  # a long fold would leave the sheet before it almost empty


def test_no_criterion_page_is_heavy() -> None:
    """Every page of a criterion is under 120 kB, so that it opens on a phone."""
    heavy = {
        str(path.relative_to(SITE)): path.stat().st_size
        for folder in ("vi/bo-tieu-chi", "en/rulesets")
        for path in (SITE / folder).glob("*/*/*/index.html")
        if path.stat().st_size >= 120_000
    }
    assert heavy == {}


HEIGHTS = """async addresses => {
  const article = document.querySelector("article"), found = {}
  for (const address of addresses) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html")
    article.replaceChildren(...document.importNode(page.querySelector("article"), true).childNodes)
    found[address] = document.documentElement.scrollHeight / 844
  }
  return found
}"""


@pytest.mark.parametrize("folder", ["vi/bo-tieu-chi", "en/rulesets"])
def test_a_criterion_is_under_eight_screens_of_a_phone(visit: Any, address: str, folder: str) -> None:
    """Every criterion and every score sheet: folds are shut, and 12 indicators stand one below the other in a line or two each.

    All are laid out in one page, which has the styles of each; the longest is then opened by itself.
    """
    paths = [path.parent.relative_to(SITE).as_posix() + "/" for path in sorted((SITE / folder).glob("*/*/*/index.html"))]
    page, _ = visit(address + COMMUNE + "17/", 390)
    screens = page.evaluate(HEIGHTS, [address + path for path in paths])
    assert len(screens) == len(paths) > 300
    assert {where: count for where, count in screens.items() if count >= 8} == {}
    page.goto(max(screens, key=screens.__getitem__), wait_until="load")
    assert page.evaluate("document.documentElement.scrollHeight / 844") < 8


def test_an_address_opens_the_fold_it_leads_to_and_paper_opens_all(visit: Any, address: str) -> None:
    """Whoever comes from the search or from a link to an indicator sees how it is measured; the others stay shut, until it is printed."""
    page, watch = visit(address + PAGES["criterion-17"] + "#c-17-8", 390)
    table = page.locator("table", has_text="17.8: ")
    until(page, "document.querySelector('#c-17-8 ~ details').open")
    assert table.first.is_visible()
    shut = page.locator("article details.more:not([open])")
    assert shut.count() > 10
    page.evaluate("location.hash = 'c-17-9'")
    until(page, "document.querySelector('#c-17-9 ~ details').open")
    before = shut.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shut.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shut.count() == before
    assert watch.complaints == []


def _choose(page: Any, day: str) -> str:
    page.locator(".by-day input").fill(day)
    return page.locator(".by-day output").inner_text()


def test_documents_in_force_on_a_day_are_shown(visit: Any, address: str) -> None:
    """On 2024-03-05 the amendment of 1 March counts, that of 7 March not yet, and what ended in 2022 is hidden; no server is asked.

    The day stands in the address, which opens on it again.
    """
    page, watch = visit(address + PAGES["instruments"], 390)
    before = len(watch.asked)
    assert _choose(page, "2024-03-05").startswith("Ngày 05/03/2024: ")
    row = page.locator("tbody tr")
    state = row.filter(has=page.get_by_role("link", name="211/QĐ-TTg", exact=True))
    assert "còn hiệu lực" in state.inner_text()
    for gone in ("03/2024/QĐ-TTg", "1980/QĐ-TTg"):
        assert row.filter(has=page.get_by_role("link", name=gone, exact=True)).is_hidden()
    assert page.locator("svg .now text").first.text_content() == "05/03/2024"
    again, _ = visit(page.evaluate("location.href"), 390)
    assert again.locator(".by-day output").inner_text().startswith("Ngày 05/03/2024: ")
    page.get_by_role("button", name="Xem tất cả").click()
    until(page, "!location.href.includes('#')")
    assert row.filter(has=page.get_by_role("link", name="1980/QĐ-TTg", exact=True)).is_visible()
    assert page.locator("svg .now line").count() == 1
    assert [one for one in watch.asked[before:] if not one.endswith("/assets/icon.svg")] == []  # the browser's own, for the tab
    assert watch.complaints == []


def test_sets_in_force_on_a_day_are_shown(visit: Any, address: str) -> None:
    """The same field stands on the list of sets: in 2019 only the set of 2016-2020."""
    page, _ = visit(address + PAGES["sets"])
    _choose(page, "2019-06-30")
    assert page.get_by_role("link", name="Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016-2020", exact=True).is_visible()
    assert page.get_by_role("link", name="Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025", exact=True).is_hidden()


def test_without_scripts_the_field_for_the_day_is_not_there(visit: Any, address: str) -> None:
    """The table tells the days all the same."""
    page, _ = visit(address + PAGES["instruments"], java_script_enabled=False)
    assert page.locator(".by-day").is_hidden()
    assert page.locator("td.dated").first.is_visible()


@pytest.mark.parametrize(
    ("page", "told", "never"),
    [
        ("en/table/index.html", "New Rural criteria", ["Bộ tiêu chí nông thôn mới", "Thư viện", "Tra cứu"]),
        ("vi/bang-so-lieu/index.html", "Bộ tiêu chí nông thôn mới", ["New Rural criteria", "Library", "Look up"]),
    ],
)
def test_what_stands_around_a_page_is_in_its_language(page: str, told: str, never: list[str]) -> None:
    """The name of the site, the tabs and the drawer: those of one language."""
    if not (SITE / page).is_file():
        pytest.skip("the site is not built: make site")
    around = re.sub(r"<article.*?</article>", "", (SITE / page).read_text("utf-8"), flags=re.DOTALL)
    assert told in around
    assert [words for words in never if words in around] == []
