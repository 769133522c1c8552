"""A whole table dropped on its page: decided in the browser, without the network, and nothing that it says is ever run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from browser_wait import until

SITE = Path(__file__).parents[2] / "site"
PLACE = "vi/bang-so-lieu/"
HOSTILE = "<img src=x onerror=window.ran=1>"
LOADED = 180_000

pytestmark = pytest.mark.skipif(
    (SITE / "index.html").is_file() and not (SITE / "assets/engine/tables.zip").is_file(),
    reason="the site was built without what the page runs on: npm is needed",
)


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clerk's workbook: a heading that shouts, a commune that fails, one that does not, and cells that are no figures."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["BIỂU SỐ LIỆU CÁC XÃ"])
    sheet.append(["Mã xã", "Tên xã", "Khu vực", "10.1 Thu nhập bình quân đầu người", HOSTILE])
    sheet.append(["A", "Xã Một", "III", "44,5", HOSTILE])
    sheet.append(["B", HOSTILE, "III", 45, ""])
    sheet.append(["C", "Xã Ba", "III", "chừng 45", ""])
    path = tmp_path_factory.mktemp("tables") / "so-lieu.xlsx"
    book.save(path)
    return path


def chosen(page: Any) -> None:
    """The set, the day and the province of all these tests."""
    page.get_by_label("Bộ tiêu chí", exact=True).select_option("commune-ntm/2021-2025")
    page.get_by_label("Ngày xét").fill("2024-06-30")
    page.get_by_label("Tỉnh", exact=True).select_option("kon-tum")


def test_a_clerks_workbook_is_dropped_decided_and_downloaded_without_the_network(
    browser: Any, serve: Any, workbook: Path, tmp_path: Path
) -> None:
    """Everything was loaded once, then the server is gone: the workbook is dropped, read, decided, and both reports come."""
    with serve() as address:
        context = browser.new_context(viewport={"width": 390, "height": 900}, locale="vi-VN", service_workers="allow")
        page = context.new_page()
        page.goto(address + PLACE, wait_until="networkidle")
        page.get_by_role("button", name="Tải sẵn để dùng khi không có mạng").click()
        page.get_by_text("Đã tải đủ: trang này dùng được khi không có mạng.").wait_for(timeout=LOADED)
    context.set_offline(True)
    page.goto(address + PLACE)
    chosen(page)
    held = page.evaluate_handle(
        "bytes => { const held = new DataTransfer(); held.items.add(new File([new Uint8Array(bytes)], 'so-lieu.xlsx')); return held }",
        list(workbook.read_bytes()),
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": held})
    page.get_by_text("Xong: 3 dòng.").wait_for(timeout=LOADED)
    for kind, start in (("XLSX", b"PK"), ("HTML", b"<!")):
        with page.expect_download(timeout=LOADED) as report:
            page.get_by_role("button", name=f"Tải báo cáo {kind}").click()
        path = tmp_path / report.value.suggested_filename
        report.value.save_as(path)
        assert path.name == f"ket-qua.{kind.lower()}"
        assert path.read_bytes()[:2] == start
    assert "Xã Một" in str([*openpyxl.load_workbook(tmp_path / "ket-qua.xlsx")["Theo xã"].values])
    assert "onerror=window" not in (tmp_path / "ket-qua.html").read_text("utf-8").replace("&lt;img src=x onerror=window", "")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_rows_are_filtered_explained_and_mended_and_hostile_text_is_shown(
    visit: Any, barriers: Any, address: str, workbook: Path, width: int
) -> None:
    """What was read is told; the wrong cell is named; a row says why; nothing of the table is run or sent."""
    page, watch = visit(address + PLACE, width)
    chosen(page)
    page.set_input_files("input[type=file]", workbook)
    page.get_by_text("Xong: 3 dòng.").wait_for(timeout=LOADED)
    rows = page.locator(".results tbody tr:visible")
    assert rows.count() == 3
    assert HOSTILE in rows.nth(1).inner_text()
    page.get_by_text("Bảng được đọc như thế nào").click()
    assert "10.1 Thu nhập bình quân đầu người" in page.locator(".answer details").first.inner_text()
    page.get_by_text("chỗ cần sửa").click()
    assert "Sheet!D5" in page.locator(".to-mend").inner_text()
    page.get_by_role("button", name="bỏ qua cột này").click()
    page.get_by_text("Xong: 3 dòng.").wait_for(timeout=LOADED)
    left = page.locator(".to-mend").text_content()
    assert "Sheet!D5" in left
    assert "Sheet!E2" not in left
    page.get_by_label("Lọc theo kết quả").select_option("not_met")
    assert rows.count() == 1
    page.get_by_role("button", name="Vì sao: Xã Một").click()
    page.get_by_text("còn thiếu 0,5 triệu đồng").wait_for()
    assert barriers(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth + 1")
    page.get_by_label("Lọc theo kết quả").select_option("all")
    page.get_by_label("Tìm theo tên, mã").fill("xa BA")
    until(page, "[...document.querySelectorAll('.results tbody tr')].filter(one => one.checkVisibility()).length === 1")
    assert page.evaluate("window.ran") is None
    assert [asked for asked in watch.asked if not asked.startswith((address, "data:", "blob:"))] == []
    assert watch.failed == []
    assert watch.complaints == []


def test_a_table_is_stopped_and_another_begun(visit: Any, address: str, workbook: Path, tmp_path: Path) -> None:
    """The button ends what is going on; a table the page does not read is refused in words; the next is decided, a long one by parts."""
    page, _ = visit(address + "en/table/")
    page.set_input_files("input[type=file]", workbook)
    stop = page.get_by_role("button", name="Stop")
    place = stop.bounding_box()
    page.locator(".status progress").wait_for(timeout=LOADED)
    assert stop.bounding_box() == place  # a button that moves while it is pressed is not pressed
    stop.click()
    page.get_by_text("Stopped.", exact=True).wait_for()
    odd = tmp_path / "communes.docx"
    odd.write_bytes(b"PK")
    page.set_input_files("input[type=file]", odd)
    page.get_by_text("NTM-515").wait_for(timeout=LOADED)
    page.get_by_label("Day (whose law counts)").fill("2024-06-30")
    page.set_input_files("input[type=file]", workbook)
    page.get_by_text("Done: 3 rows.").wait_for(timeout=LOADED)
    long = tmp_path / "communes.csv"
    long.write_text("mã,khu vực,10.1\n" + "".join(f"X{i},III,{i}\n" for i in range(130)), "utf-8")
    page.set_input_files("input[type=file]", long)
    page.get_by_text("Done: 130 rows.").wait_for(timeout=LOADED)
    rows = page.locator(".results tbody tr")
    assert rows.count() == 100
    assert "100 of 130 shown" in page.locator(".counted").inner_text()
    page.get_by_role("button", name="Show 100 more").click()
    assert rows.count() == 130
    page.get_by_label("Find by name or id").fill("x129")
    until(page, "document.querySelectorAll('.results tbody tr').length === 1")
