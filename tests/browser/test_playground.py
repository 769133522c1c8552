"""A set edited on its page in Chromium: errors at the line, a decision, the difference, the folder taken home and brought back offline."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from browser_wait import until

SITE = Path(__file__).parents[2] / "site"
PLACE = "vi/soan-thu/"
FILE = "national/commune-ntm/2021-2025/ruleset.yaml"
HOSTILE = "!!python/object/apply:os.system ['<img src=x onerror=window.ran=1>']"
LOADED = 240_000

pytestmark = pytest.mark.skipif(
    (SITE / "index.html").is_file() and not (SITE / "assets/engine/texts.zip").is_file(),
    reason="the site was built without what the page runs on: npm is needed",
)


def changed(page: Any, old: str, new: str) -> None:
    """Put other words into the text, as typing does."""
    page.evaluate(
        "([was, now]) => { const area = document.querySelector('textarea'); area.value = area.value.replace(was, now);"
        " area.dispatchEvent(new Event('input')) }",
        [old, new],
    )


def test_a_set_is_edited_checked_tried_compared_and_taken_home(visit: Any, barriers: Any, address: str, tmp_path: Path) -> None:
    """Hostile YAML is an error at its line and never runs; a stricter figure shows in the difference and in a table; the zip comes back."""
    page, watch = visit(address + PLACE + "#commune-ntm-2021-2025", 390)
    page.get_by_role("button", name="Mở để sửa").click()
    page.get_by_text("Chưa sửa gì.").wait_for(timeout=LOADED)
    changed(page, "version: 1.2.1", f"version: {HOSTILE}")
    page.get_by_text("NTM-104").first.wait_for(timeout=LOADED)
    assert page.locator(".numbers b").all_inner_texts()[0].strip() == "3"
    page.locator(".wrong button").first.click()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert barriers(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    changed(page, HOSTILE, "1.9.0")
    changed(page, "tay-nguyen: 75\n", "tay-nguyen: 76\n")
    page.get_by_text("NTM-226").wait_for(timeout=LOADED)
    page.evaluate(
        "() => { const area = document.querySelector('textarea'); area.setSelectionRange(0, 0); area.setRangeText('prov', 0, 0, 'end') }"
    )
    page.dispatch_event("textarea", "click")
    page.locator(".keys").get_by_role("button", name="province").click()
    assert page.locator("textarea").input_value().startswith("province: ")
    changed(page, "province: ", "")
    page.evaluate(
        "() => { const one = document.querySelector('textarea'); one.setRangeText('subject: di\\n', 0, 0); one.setSelectionRange(11, 11) }"
    )
    page.dispatch_event("textarea", "click")
    page.locator(".keys").get_by_role("button", name="district").click()
    assert page.locator("textarea").input_value().startswith("subject: district\n")
    changed(page, "subject: district\n", "")
    table = tmp_path / "xa.csv"
    table.write_text("mã,tên,vùng,khu vực,năm,9.2\nA,Xã A,tay-nguyen,I,2024,75\n", "utf-8")
    page.set_input_files("#p-table", table)
    page.get_by_role("button", name="So với bản đã công bố").click()
    page.get_by_text("1 trong 1 dòng").wait_for(timeout=LOADED)
    assert "76" in page.locator(".answer").inner_text()
    page.get_by_role("button", name="Xem kết quả của ví dụ").click()
    page.locator(".answer .because").wait_for(timeout=LOADED)
    with page.expect_download(timeout=LOADED) as taken:
        page.get_by_role("button", name="Tải thư mục về").click()
    taken.value.save_as(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [FILE]
        assert b"tay-nguyen: 76\n" in archive.read(FILE)
    page.reload()
    page.get_by_role("button", name="Mở để sửa").click()
    page.get_by_text("NTM-226").wait_for(timeout=LOADED)
    assert "tay-nguyen: 76\n" in page.locator("textarea").input_value()
    assert page.evaluate("window.ran") is None
    assert [asked for asked in watch.asked if not asked.startswith((address, "data:", "blob:"))] == []
    assert watch.complaints == []


def test_the_page_of_a_set_opens_it_for_editing(visit: Any, address: str) -> None:
    """Its link names the set after the ``#``: that set is chosen, on a day on which it is in force; a strange name changes nothing."""
    page, watch = visit(address + "vi/bo-tieu-chi/commune-ntm/2016-2020/")
    with page.expect_navigation():
        page.get_by_role("link", name="Soạn thử một thay đổi của bộ này").click()
    assert page.url.endswith("#commune-ntm-2016-2020")
    assert page.locator("#p-set").input_value() == "commune-ntm/2016-2020"
    assert page.get_by_label("Ngày xét").input_value() == "2022-03-07"  # the last day of that set
    strange, _ = visit(address + PLACE + "#%3Cimg%20src=x%20onerror=window.ran=1%3E")
    plain, _ = visit(address + PLACE)
    assert strange.locator("#p-set").input_value() == plain.locator("#p-set").input_value()
    assert strange.evaluate("window.ran") is None
    assert watch.complaints == []


def test_a_decision_of_a_province_is_set_up_without_the_network(browser: Any, serve: Any, tmp_path: Path) -> None:
    """After the first visit the server is gone; a session that somebody broke does no harm; a zip with strange paths is refused."""
    with serve() as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", service_workers="allow")
        page = context.new_page()
        page.goto(address + PLACE, wait_until="networkidle")
        page.get_by_role("button", name="Mở để sửa").click()
        page.get_by_text("Chưa sửa gì.").wait_for(timeout=LOADED)
        asked = "async () => (await (await caches.open('ntm-read')).keys()).map(one => one.url).join(' ')"
        names = (
            "texts.zip",
            "tables.zip",
            "pyodide.asm.wasm",
            "python_stdlib.zip",
            "pyodide.mjs",
            "pyodide.asm.mjs",
            "files.json",
            "made.js",
            PLACE,
        )
        until(page, f"async () => {{ const all = await ({asked})(); return {json.dumps(names)}.every(one => all.includes(one)) }}")
    context.set_offline(True)
    page.evaluate("sessionStorage.setItem('ntm-playground', '{\"files\": {\"<img src=x onerror=window.ran=1>\": 7}}')")
    page.goto(address + PLACE)
    page.get_by_label("Tỉnh", exact=True).select_option("an-giang")
    page.get_by_text("Lập quyết định mới của một tỉnh").click()
    page.get_by_label("Số hiệu").fill("99/QĐ-UBND")
    page.get_by_label("Trích yếu").fill("Về mức do tỉnh quy định")
    page.get_by_label("Ngày ban hành").fill("2023-01-05")
    page.get_by_label("Ngày có hiệu lực").fill("2023-01-10")
    page.get_by_role("button", name="Lập văn bản").click()
    page.get_by_text("Đã lập. Còn để trống: 2.1").wait_for(timeout=LOADED)
    assert page.locator("textarea").input_value().startswith("# yaml-language-server")
    until(page, "document.querySelector('.wrong').textContent.includes('Không có lỗi')")
    odd = tmp_path / "b.zip"
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("../../evil.yaml", json.dumps({}))
    page.set_input_files("input[name=zip]", odd)
    page.get_by_text("NTM-898").wait_for(timeout=LOADED)
    assert page.evaluate("window.ran") is None
    context.close()
