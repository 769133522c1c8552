"""The calculator of a page: the library itself answers in the browser, and nothing typed leaves it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from browser_wait import until

SITE = Path(__file__).parents[2] / "site"
COMMUNE = "vi/bo-tieu-chi/commune-ntm/2021-2025/"

pytestmark = pytest.mark.skipif(
    (SITE / "index.html").is_file() and not (SITE / "assets/engine/pyodide.mjs").is_file(),
    reason="the site was built without what the calculator runs on: npm is needed",
)
LOADED = 60_000


@pytest.fixture
def opened(visit: Any, address: str) -> Any:
    """Opens the calculator of a page: ``page, watch = opened(path)``."""

    def open_(path: str, width: int = 1280, name: str = "Mở công cụ tính") -> tuple[Any, Any]:
        page, watch = visit(address + path, width)
        page.get_by_role("button", name=name).click()
        page.wait_for_selector(".calculator form button[type=submit]", timeout=LOADED)
        return page, watch

    return open_


def test_the_first_decision_costs_less_than_seven_megabytes() -> None:
    """All that a first visit waits for, compressed: the page, its styles and scripts, and what the worker fetches."""
    page = (SITE / COMMUNE / "10/index.html").read_text("utf-8")
    shown = {(SITE / COMMUNE / "10" / path).resolve() for path in re.findall(r'(?:src|href)="([^":]+\.(?:js|css))"', page)}
    named = {(SITE / "assets/engine" / name) for name in json.loads((SITE / "assets/engine/files.json").read_text("utf-8"))}
    asked = {path for path in named if path.name not in ("tables.zip", "texts.zip")} | {SITE / "assets/engine/files.json"}
    scripts = {*(SITE / "assets/engine").glob("*.mjs"), SITE / "assets/engine.js", SITE / "assets/calculator-worker.js"}
    assert len(asked) == 5
    assert len(scripts) == 4
    assert (
        sum(len(gzip.compress(path.read_bytes(), 6)) for path in {SITE / COMMUNE / "10/index.html", *shown, *asked, *scripts}) < 7_000_000
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_income_of_a_class_iii_commune_is_judged_by_the_column_it_reads(opened: Any, barriers: Any, address: str, width: int) -> None:
    """44.5 million in a class III commune of Kon Tum in 2024: not met, 0.5 short of the Northern-mountain figure; no request elsewhere."""
    page, watch = opened(COMMUNE + "10/", width)
    page.get_by_label("Ngày xét").fill("2024-06-30")
    page.get_by_label("Tỉnh", exact=True).select_option("kon-tum")
    until(page, "document.querySelector('[name=\"a:region\"]').value === 'tay-nguyen'")
    page.get_by_label("Khu vực vùng dân tộc").select_option("III")
    page.get_by_role("textbox", name="10.1 Thu nhập bình quân đầu người").fill("44.5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".ntm-decision h2.not_met")
    answer = page.locator(".calculator .answer").inner_text()
    assert "Trung du và miền núi phía Bắc" in answer
    assert "còn thiếu 0,5 triệu đồng" in answer
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    assert barriers(page) == []
    assert [asked for asked in watch.asked if not asked.startswith((address, "data:", "blob:"))] == []
    assert watch.failed == []
    assert watch.complaints == []


def test_what_was_decided_can_be_kept_and_verified(opened: Any, tmp_path: Path) -> None:
    """The file that the page offers is a decision that verifies byte for byte outside the browser."""
    page, _ = opened(COMMUNE + "19/")
    page.locator("[name='v:19.1']").select_option("true")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Tải quyết định").click()
    kept.value.save_as(tmp_path / "decision.json")
    decision = ntm.Decision.from_json((tmp_path / "decision.json").read_bytes())
    assert decision.verify()
    assert decision["19.1"].outcome == "met"


INCOME = "10.1 Thu nhập bình quân đầu người"


def test_calculator_comma_is_read_and_repeated_back(opened: Any) -> None:
    """As a Vietnamese keyboard types it; the field says how it was taken, and what was typed stays."""
    page, _ = opened(COMMUNE + "10/", 390)
    field = page.get_by_role("textbox", name=INCOME)
    assert field.get_attribute("inputmode") == "decimal"
    field.fill("44,5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".ntm-decision h2")
    assert "hiểu là 44,5 triệu đồng" in page.locator(".calculator fieldset .beside").inner_text()
    assert field.input_value() == "44,5"


def test_what_may_be_two_numbers_is_asked_about_beside_its_field(opened: Any, barriers: Any) -> None:
    """The field is marked wrong and tied to the words; a button writes what is meant, and it is judged."""
    page, _ = opened(COMMUNE + "10/")
    field = page.get_by_role("textbox", name=INCOME)
    field.fill("43,250")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".calculator .problems")
    assert field.get_attribute("aria-invalid") == "true"
    assert "NTM-403" in page.locator(f"[id='{field.get_attribute('aria-describedby')}']").inner_text()
    assert barriers(page) == []
    page.get_by_role("button", name="43,25", exact=True).first.click()
    page.wait_for_selector(".ntm-decision h2")
    assert field.input_value() == "43.25"
    assert field.get_attribute("aria-invalid") is None


def test_a_measured_value_beside_an_attestation_decides_and_the_conflict_is_shown(opened: Any) -> None:
    """30 million where 45 are needed stays not met, whatever was attested."""
    page, _ = opened(COMMUNE + "10/")
    page.get_by_label("Ngày xét").fill("2024-06-30")
    page.get_by_label("Tỉnh", exact=True).select_option("kon-tum")
    until(page, "document.querySelector('[name=\"a:region\"]').value === 'tay-nguyen'")
    page.get_by_label("Khu vực vùng dân tộc").select_option("III")
    page.get_by_role("textbox", name=INCOME).fill("30")
    page.get_by_label("Xác nhận của cơ quan: 10.1").select_option("met")
    page.wait_for_selector(".ntm-decision h2.not_met")
    until(page, "document.querySelector('.calculator .answer').textContent.includes('Mâu thuẫn')")


def test_what_was_typed_survives_a_reload_the_other_language_and_a_link(opened: Any, visit: Any, address: str) -> None:
    """It is in the address after the #, which no browser sends, and in the tab; clearing it can be taken back."""
    page, watch = opened(COMMUNE + "10/")
    page.get_by_role("textbox", name=INCOME).fill("44,5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".ntm-decision h2")
    until(page, "location.hash.startsWith('#nhap?')")
    link = page.evaluate("location.href")
    page.reload()
    page.wait_for_selector(".ntm-decision h2", timeout=LOADED)
    assert page.get_by_role("textbox", name=INCOME).input_value() == "44,5"
    page.locator(".switch").click()
    page.wait_for_url("**/en/rulesets/**")
    page.wait_for_selector(".ntm-decision h2", timeout=LOADED)
    assert page.locator("[name='v:10.1']").input_value() == "44,5"
    other, _ = visit(link)
    other.wait_for_selector(".ntm-decision h2", timeout=LOADED)
    assert other.locator("[name='v:10.1']").input_value() == "44,5"
    other.get_by_role("button", name="Xoá hết").click()
    other.get_by_role("button", name="Lấy lại").click()
    other.wait_for_selector(".ntm-decision h2")
    assert other.locator("[name='v:10.1']").input_value() == "44,5"
    assert [asked for asked in watch.asked if "44" in asked.removeprefix(address)] == []


def test_hostile_inputs_in_an_address_are_text(visit: Any, address: str) -> None:
    """Nothing runs, nothing is asked of another host, and the page stays usable."""
    hostile = "%3Cimg%20src%3Dhttps%3A%2F%2Fevil.example%2Fx%20onerror%3Dalert(1)%3E"
    page, watch = visit(f"{address}{COMMUNE}10/#nhap?v%3A10.1={hostile}&a%3Aregion={hostile}&province={hostile}&on={hostile}&__proto__=x")
    page.wait_for_selector(".calculator .problems", timeout=LOADED)
    assert page.locator(".calculator img").count() == 0
    assert [asked for asked in watch.asked if "evil.example" in asked and not asked.startswith(address)] == []


def test_a_download_that_breaks_off_is_told_and_can_be_tried_again(visit: Any, address: str) -> None:
    """A file that does not come never hangs the page: the button says so, and the second time it opens."""
    page, _ = visit(address + COMMUNE + "10/")
    page.route("**/pyodide.asm.wasm", lambda route: route.abort())
    page.get_by_role("button", name="Mở công cụ tính").click()
    page.get_by_role("button", name="Thử lại").wait_for(timeout=LOADED)
    assert "Không tải được" in page.locator(".calculator .inside").inner_text()
    page.unroute("**/pyodide.asm.wasm")
    page.get_by_role("button", name="Thử lại").click()
    page.wait_for_selector(".calculator form button[type=submit]", timeout=LOADED)


def test_a_result_is_printed_alone_with_its_inputs(opened: Any) -> None:
    """Inputs, outcome, reasons, day and version on paper; the rest of the page and the form stay off it."""
    page, _ = opened(COMMUNE + "10/")
    page.get_by_role("textbox", name=INCOME).fill("44,5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".ntm-decision h2")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="In kết quả").click()
    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate("document.querySelector('article').innerText")
    assert "Ngày xét" in seen
    assert "44,5" in seen
    assert "Trích dẫn" not in seen
    assert not page.locator(".calculator form").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.calculator .entered dt')).color") != "rgb(226, 228, 233)"


def test_a_product_is_scored_on_its_sheet_in_english(opened: Any) -> None:
    """All best levels of set 1 of OCOP 2026: five stars by the sheet."""
    page, _ = opened("en/rulesets/ocop/2026/1/", name="Open the calculator")
    best = ntm.load("ocop/2026").scores.best("1")
    page.evaluate(
        """best => { for (const [name, points] of Object.entries(best))
             document.querySelector(`[name="v:${name}"][value="${points}"]`).checked = true }""",
        best,
    )
    page.get_by_role("button", name="Show the outcome").click()
    page.wait_for_selector(".ntm-decision h2.met")
    answer = page.locator(".calculator .answer").inner_text()
    assert "5 STARS" in answer
    assert "100 points" in answer


def test_a_set_is_decided_as_a_whole_and_clearing_empties_it(opened: Any) -> None:
    """One failed criterion fails the set; after clearing, nothing is known and nothing is said."""
    page, _ = opened(COMMUNE)
    page.locator(".calculator summary", has_text="9. ").first.click()
    page.locator("[name='v:9.1']").select_option("false")
    page.wait_for_selector(".ntm-decision h2.not_met")
    page.get_by_role("button", name="Xoá hết").click()
    until(page, "!document.querySelector('.calculator .ntm-decision')")
    assert (
        json.loads(
            page.evaluate(
                "JSON.stringify([...new FormData(document.querySelector('.calculator form'))].filter(([n, v]) => v && n != 'on'))"
            )
        )
        == []
    )


def test_from_a_folder_there_is_no_calculator(visit: Any) -> None:
    """A browser runs no engine from a folder: the place stays hidden, and nothing fails."""
    page, watch = visit((SITE / COMMUNE / "10" / "index.html").as_uri())
    assert not page.locator(".calculator").is_visible()
    assert watch.complaints == []
