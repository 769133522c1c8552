"""The calculator of a page: the library itself answers in the browser, and nothing typed leaves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm

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


@pytest.mark.parametrize("width", [390, 1280])
def test_the_income_of_a_class_iii_commune_is_judged_by_the_column_it_reads(opened: Any, barriers: Any, address: str, width: int) -> None:
    """44.5 million in a class III commune of Kon Tum in 2024: not met, 0.5 short of the Northern-mountain figure; no request elsewhere."""
    page, watch = opened(COMMUNE + "10/", width)
    page.get_by_label("Ngày xét").fill("2024-06-30")
    page.get_by_label("Tỉnh", exact=True).select_option("kon-tum")
    page.wait_for_function("document.querySelector('[name=\"a:region\"]').value === 'tay-nguyen'")
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


def test_a_decimal_comma_is_told_with_the_page_that_explains_it(opened: Any) -> None:
    """What cannot be taken is said beside the form, what was typed stays, and the code leads to its page."""
    page, _ = opened(COMMUNE + "10/")
    field = page.get_by_role("textbox", name="10.1 Thu nhập bình quân đầu người")
    field.fill("44,5")
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_selector(".calculator .problems a")
    assert field.input_value() == "44,5"
    page.locator(".calculator .problems a").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").inner_text().startswith("NTM-403")


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
    page.wait_for_function("document.querySelector('.calculator .answer').innerHTML === ''")
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
