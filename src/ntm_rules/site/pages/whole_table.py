"""A page on which a whole table is dropped, decided and taken home; nothing of it leaves the browser."""

from __future__ import annotations

from typing import Final

from ntm_rules.site.address import SECTIONS, address, of_guide, other, relative
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, tag, text
from ntm_rules.site.parts.choices import labelled, provinces, sets
from ntm_rules.site.parts.crumbs import home
from ntm_rules.values import Bilingual, Lang

TITLE: Final = Bilingual("Xét cả bảng số liệu", "Decide a whole table")
_TOLD: Final = Bilingual(
    "Thả bảng số liệu vào đây: xem bảng được đọc thế nào, kết quả từng dòng và lý do, ô nào cần sửa, rồi tải báo cáo về.",
    "Drop a table here: see how it is read, the outcome of each row with its reasons, which cells to mend, and take the report home.",
)
_PRIVATE: Final = Bilingual(
    "Bảng được tính ngay trong trình duyệt, không gửi đi đâu. Đã tải đủ một lần thì không có mạng vẫn dùng được.",
    "The table is decided in your browser; nothing is sent. Once all is loaded, it works without the network.",
)
_WITHOUT: Final = Bilingual(
    "Trình duyệt này, hoặc bản trang này, không chạy được công cụ. Dùng lệnh «ntm-rules evaluate» trên máy.",
    "This browser, or this copy of the site, cannot run it. Use the command «ntm-rules evaluate».",
)


def _page(library: Library, lang: Lang) -> Page:
    page = Page(lang, address(lang, "table"), address(other(lang), "table"), TITLE.say(lang), _TOLD.say(lang), crumbs=[home(lang)])
    page.script = "table"
    page.answers = [page.say("excel, csv, nhiều xã, tải lên, báo cáo", "excel, csv, many communes, upload, report")]
    page.p(page.words(_TOLD), class_="lead")
    page.p(page.words(_PRIVATE))
    page.p(page.words(_WITHOUT), class_="no-engine note")
    form = tag("form", _fields(page, library) + _drop(page), novalidate="")
    keep = tag(
        "button", page.say("Tải sẵn để dùng khi không có mạng", "Load all now, to use without the network"), type="button", class_="keep"
    )
    stop = tag("button", page.say("Dừng", "Stop"), type="button", class_="cancel md-button", hidden="")
    under = tag("p", stop + " " + tag("span", "", class_="status", role="status"), class_="doing")
    inside = form + under + tag("p", keep, class_="ahead") + tag("div", "", class_="answer")
    errors = relative(address(lang, "errors"), page.path)
    page.html(tag("section", inside, class_="calculator workbench", hidden="", data_errors=errors, data_search_exclude=""))
    page.p(page.link(of_guide(lang, "communes"), page.say("Bảng viết thế nào thì đọc được", "How a table is written so that it is read")))
    return page


def _fields(page: Page, library: Library) -> str:
    fields = [
        (page.say("Bộ tiêu chí", "Set"), "set", tag("select", sets(page, library), name="set", id="t-set")),
        (page.say("Ngày xét (luật của ngày này)", "Day (whose law counts)"), "on", tag("input", None, type="date", name="on", id="t-on")),
        (
            page.say("Tỉnh", "Province"),
            "province",
            tag(
                "select",
                provinces(library, page.say("chưa chọn, hoặc bảng có cột tỉnh", "not chosen, or the table has a column")),
                name="province",
                id="t-province",
            ),
        ),
        (
            page.say("Trang tính (nếu có nhiều bảng)", "Sheet (where several hold tables)"),
            "sheet",
            tag("input", None, type="text", name="sheet", id="t-sheet", autocomplete="off"),
        ),
    ]
    return labelled((words, f"t-{name}", control) for words, name, control in fields)


def _drop(page: Page) -> str:
    kinds = ".csv,.tsv,.txt,.xlsx,.xlsm,.json,.jsonl"
    chosen = tag("input", None, type="file", name="file", accept=kinds)
    words = tag(
        "span", text(page.say("Thả bảng CSV hoặc XLSX vào đây, hoặc chọn tệp:", "Drop a CSV or XLSX table here, or choose a file:"))
    )
    return tag("label", f"{words} {chosen} " + tag("strong", "", class_="name"), class_="drop")


TABLE: Final = Kind(TITLE, SECTIONS["table"], lambda library, lang: [_page(library, lang)], TITLE)
