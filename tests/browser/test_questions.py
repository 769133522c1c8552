"""Questions answered on the first screen of a phone within three clicks; what the search tells; the policy; without the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from browser_wait import asked, known, until

SITE = Path(__file__).parents[2] / "site"
COMMUNE = "vi/bo-tieu-chi/commune-ntm/2021-2025/"
ANSWERS = [
    ("Xã khu vực III ở Kon Tum", ["2024: 45", "Trung du và miền núi phía Bắc"]),
    ("Mật ong muốn được 4 sao", ["Để được 4 sao: từ 70 điểm và cả"]),
    ("Xã đạt chuẩn năm 2019", ["chỉ mất khi có quyết định thu hồi", "7/19", "chưa xác định"]),
    (
        "Tiêu chí 17 thay đổi",
        ["01/12/2016", "08/03/2022, Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025", "chưa đối chiếu", "17.2 Tỷ lệ cơ sở"],
    ),
    ("Ngày này văn bản nào", ["còn hiệu lực,", "khác đã ẩn"]),
    ("Năm 2026 áp dụng", ["Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2026-2030", "từ 15/02/2026"]),
    ("Đủ điểm mà không đủ sao", ["đủ tổng điểm, và đủ từng mức có dấu sao", "mà chỉ xếp 3 sao"]),
    ("Trang này có phải của nhà nước", ["không phải trang của cơ quan nhà nước"]),
    ("Tôi có bảng tính", ["Lập bảng"]),
    ("Đưa quyết định của tỉnh", ["Quy định của một tỉnh, từ đầu đến cuối"]),
    ("Gọi từ Python", ["pip install"]),
]
SEEN = """words => {
  const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_ELEMENT)
  for (let one = walk.nextNode(); one; one = walk.nextNode()) {
    if (!one.innerText || !one.innerText.replace(/\\s+/g, " ").includes(words)) continue
    const range = [...one.children].some(child => (child.innerText || "").replace(/\\s+/g, " ").includes(words))
    const box = one.getBoundingClientRect()
    if (!range && box.height && box.top >= 0 && box.top < innerHeight) return true
  }
  return false
}"""


@pytest.mark.parametrize(("question", "told"), ANSWERS)
def test_a_question_is_answered_on_the_first_screen_of_a_phone_within_three_clicks(
    visit: Any, address: str, question: str, told: list[str]
) -> None:
    """Front page, questions, the answer: two clicks, and nothing scrolled by hand."""
    page, watch = visit(address, 390)
    for link in ("Hỏi và đáp", question):
        with page.expect_navigation(wait_until="networkidle"):
            page.locator("article").get_by_role("link", name=link).click()
    for words in told:
        until(page, SEEN, words)  # a slow machine is still on its way to the place that the address names
    assert watch.complaints == []


TOLD = "words => { const line = document.querySelector('.search-told:not([hidden])'); return line && line.innerText === words }"


def test_a_slip_in_the_search_is_forgiven_and_told(visit: Any, address: str) -> None:
    """The word that occurs nowhere is named; what stands under the line was found by one near to it; once it is right the line is gone."""
    page, watch = visit(address + "vi/")
    asked(page, "thu nahp")
    until(page, TOLD, "Không có «nahp»; tìm theo từ gần giống:", seconds=45)
    until(page, "document.querySelector('.md-search-result__item a')")
    for _ in "ahp":
        page.keyboard.press("Backspace")
    page.keyboard.type("hap", delay=5)
    page.wait_for_selector(".search-told", state="hidden", timeout=45_000)
    assert watch.complaints == []


def test_words_that_no_page_has_together_are_told(visit: Any, address: str) -> None:
    """In the language of the page: nothing is shown as found that was not asked."""
    page, _ = visit(address + "en/")
    asked(page, "honey qqqqzz revocation")
    until(page, TOLD, "No page has all of these words; the nearest:", seconds=45)


def test_national_sets_come_before_those_of_provinces_and_the_own_language_first(visit: Any, address: str) -> None:
    """Under a number that many sets have, the commune set stands first, villages of a province after it, pages in English last."""
    page, _ = visit(address + "vi/")
    asked(page, "tiêu chí 17")
    first = (
        "end => { const one = document.querySelector('.md-search-result__item a'); return one && new URL(one.href).pathname.endsWith(end) }"
    )
    until(page, first, f"/{COMMUNE}17/", seconds=45)
    links = page.locator(".md-search-result__item > a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    places = [link.partition("/ntm/")[2] for link in links]
    assert places[0] == COMMUNE + "17/"
    first_of = {
        kind: next((i for i, one in enumerate(places) if mark in one), None) for kind, mark in (("own", "yen-bai"), ("other", "en/"))
    }
    national = [i for i, one in enumerate(places) if one.startswith("vi/bo-tieu-chi/commune")]
    assert all(first_of[kind] is None or first_of[kind] > national[0] for kind in first_of)


def test_a_letter_about_a_figure_names_its_page(visit: Any, address: str) -> None:
    """Nothing is sent by the site: the letter opens in the reader's own program, with the page and what to fill in; the form is a file."""
    page, watch = visit(address + COMMUNE + "10/", 390)
    letter = page.locator("article a[href^='mailto:']").first.get_attribute("href")
    assert "10.%20Thu%20nh" in letter
    assert "commune-ntm/2021-2025/10/" in unquote(letter)
    page.goto(address + "vi/dieu-chua-biet/#bao")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Mẫu điền sẵn").click()
    assert "Số chỉ tiêu" in Path(kept.value.path()).read_text("utf-8")
    assert [one for one in watch.asked if not one.startswith((address, "data:"))] == []


def test_a_phone_has_a_list_of_contents_and_a_desk_its_own(visit: Any, address: str) -> None:
    """Folded at the top of a long page, it leads to the calculator and to each part; beside a wide page the theme shows one."""
    page, _ = visit(address + COMMUNE + "17/", 390)
    page.locator("details.contents summary").click()
    page.locator("details.contents").get_by_role("link", name="Qua các giai đoạn").click()
    until(page, "Math.abs(document.querySelector('#lich-su').getBoundingClientRect().top) < 200")
    wide, _ = visit(address + COMMUNE + "17/", 1280)
    assert wide.locator("details.contents").is_hidden()


def test_a_page_runs_nothing_but_its_own_scripts(visit: Any, address: str) -> None:
    """The policy in the page stops a script and a handler that got into it, a script of another host, and text run as a script."""
    page, watch = visit(address + COMMUNE + "10/#c-10-1")
    page.evaluate(
        """() => {
          document.querySelector("article").insertAdjacentHTML("beforeend", '<img src="no-such.png" onerror="window.ran = 1">')
          const inside = document.createElement("script"); inside.textContent = "window.ran = 2"; document.body.append(inside)
          const outside = document.createElement("script"); outside.src = "https://evil.example/x.js"; document.body.append(outside)
        }"""
    )
    known(page, lambda: sum("Content Security Policy" in one for one in watch.complaints) >= 3)
    assert page.evaluate("window.ran") is None


@pytest.mark.skipif(not (SITE / "assets/engine/pyodide.mjs").is_file(), reason="the site was built without what the calculator runs on")
def test_what_was_opened_once_decides_without_the_network(browser: Any, serve: Any) -> None:
    """After one visit the server is gone: the page, its search and its calculator work; a page never opened says so.

    The index of the search is fetched when its field is first used, not with the page.
    """
    with serve() as address:
        context = browser.new_context(viewport={"width": 390, "height": 900}, locale="vi-VN", service_workers="allow")
        page = context.new_page()
        late: list[Any] = []  # the search's script comes only when what keeps pages is already there
        page.route("**/workers/search*", lambda route: late.append(route))
        heard: list[str] = []
        page.on("request", lambda request: heard.append(request.url))
        page.goto(address + COMMUNE + "10/", wait_until="load")
        until(page, "navigator.serviceWorker.controller !== null")
        [script] = late
        script.continue_()
        page.wait_for_load_state("networkidle")
        assert [asked for asked in heard if "search_index" in asked] == []
        page.locator("label[for=__search]").first.click()
        index = "url => caches.open('ntm-read').then(all => all.match(url)).then(Boolean)"
        until(page, index, address + "search/search_index.json")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Mở công cụ tính").click()
        page.wait_for_selector(".calculator form button[type=submit]", timeout=60_000)
        kept = "async () => (await (await caches.open('ntm-read')).keys()).map(one => one.url).join(' ')"
        for name in ("ntm_rules.pack", "pyodide.asm.wasm", "pyodide.asm.mjs", "calculator-worker.js", "workers/search", "2021-2025/10/"):
            for _ in range(100):
                if name in page.evaluate(kept):
                    break
                page.wait_for_timeout(200)
            assert name in page.evaluate(kept)
    context.set_offline(True)
    page.goto(address + COMMUNE + "10/")
    page.get_by_role("button", name="Mở công cụ tính").click()
    page.wait_for_selector(".calculator form button[type=submit]", timeout=60_000)
    page.get_by_label("Ngày xét").fill("2024-06-30")
    page.get_by_label("Tỉnh", exact=True).select_option("kon-tum")
    until(page, "document.querySelector('[name=\"a:region\"]').value === 'tay-nguyen'")
    page.get_by_label("Khu vực vùng dân tộc").select_option("III")
    page.get_by_role("textbox", name="10.1 Thu nhập bình quân đầu người").fill("44,5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".ntm-decision h2.not_met")
    page.locator("label[for=__search]").first.click()
    until(page, "document.activeElement.matches('[data-md-component=search-query]')")
    page.keyboard.type("nước sạch", delay=5)
    page.wait_for_selector(".md-search-result__item a", timeout=45_000)
    page.goto(address + "vi/tinh/")
    assert "Không có mạng" in page.locator("h1").inner_text()
    context.close()
