"""A page on which a set is edited, checked as it is typed, tried and compared with what is published; nothing of it leaves the browser."""

from __future__ import annotations

from typing import Final

from ntm_rules.site.address import SECTIONS, address, of_guide, other, relative
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Library
from ntm_rules.site.page import Page, tag, text
from ntm_rules.site.parts.choices import labelled, provinces, sets
from ntm_rules.site.parts.crumbs import home
from ntm_rules.values import Bilingual, Lang

TITLE: Final = Bilingual("Soạn thử bộ tiêu chí", "Try a change of a set")
_TOLD: Final = Bilingual(
    "Sửa một bộ tiêu chí hoặc lập văn bản của tỉnh: lỗi hiện ở từng dòng, xem kết quả, khác gì bản đã công bố, xã nào bị ảnh hưởng.",
    "Change a set, or enter a province's decision: errors by line, outcomes, what differs from the published text, whom it affects.",
)
_PRIVATE: Final = Bilingual(
    "Mọi thứ chạy trong trình duyệt, không gửi đi đâu; bản đã công bố không đổi. Chữ đang soạn được giữ đến khi đóng thẻ này.",
    "All of it runs in your browser; nothing is sent, and nothing published changes. What you write is kept until this tab is closed.",
)
_WITHOUT: Final = Bilingual(
    "Trình duyệt này, hoặc bản trang này, không chạy được công cụ. Dùng lệnh «ntm-rules check» và «ntm-rules diff» trên máy.",
    "This browser, or this copy of the site, cannot run it. Use the commands «ntm-rules check» and «ntm-rules diff».",
)


def _page(library: Library, lang: Lang) -> Page:
    here, there = (address(each, "playground") for each in (lang, other(lang)))
    page = Page(lang, here, there, TITLE.say(lang), _TOLD.say(lang), crumbs=[home(lang)])
    page.script = "playground"
    page.answers = [page.say("yaml, dự thảo, sửa mức, quyết định của tỉnh", "yaml, draft, change a level, provincial decision")]
    page.p(page.words(_TOLD), class_="lead")
    page.p(page.words(_PRIVATE))
    page.p(page.words(_WITHOUT), class_="no-engine note")
    stop = tag("button", page.say("Dừng", "Stop"), type="button", class_="cancel md-button", hidden="")
    under = tag("p", stop + " " + tag("span", "", class_="status", role="status"), class_="doing")
    inside = _choose(page, library) + _paper(page) + under + tag("div", _editor(page) + _results(page), class_="bench", hidden="")
    errors = relative(address(lang, "errors"), page.path)
    page.html(tag("section", inside, class_="calculator workbench playground", hidden="", data_errors=errors, data_search_exclude=""))
    page.p(page.link(of_guide(lang, "policy-staff"), page.say("Hướng dẫn cho cán bộ chính sách", "Guide for policy staff")))
    return page


def _choose(page: Page, library: Library) -> str:
    fields = [
        (page.say("Bộ tiêu chí", "Set"), "p-set", tag("select", sets(page, library), name="set", id="p-set")),
        (page.say("Ngày xét", "Day"), "p-on", tag("input", None, type="date", name="on", id="p-on")),
        (page.say("Tỉnh", "Province"), "p-province", _provinces(page, library)),
    ]
    open_ = tag("button", page.say("Mở để sửa", "Open"), type="submit", class_="md-button md-button--primary")
    load = tag("input", None, type="file", name="zip", accept=".zip")
    again = tag(
        "label", text(page.say("Mở lại tệp zip đã tải về:", "Or load a zip that was downloaded here:")) + " " + load, class_="again"
    )
    return tag("form", labelled(fields) + tag("p", open_) + tag("p", again), class_="choose", novalidate="")


def _provinces(page: Page, library: Library) -> str:
    return tag("select", provinces(library, page.say("chưa chọn", "not chosen")), name="province", id="p-province")


def _paper(page: Page) -> str:
    fields = [
        (page.say("Số hiệu, như 99/QĐ-UBND", "Number, as 99/QĐ-UBND"), "p-number", "number", "text"),
        (page.say("Trích yếu", "What it is about, in Vietnamese"), "p-title", "title", "text"),
        (page.say("Ngày ban hành", "Day it was signed"), "p-issued", "issued", "date"),
        (page.say("Ngày có hiệu lực", "First day in force"), "p-start", "start", "date"),
    ]
    inputs = labelled(
        (words, name, tag("input", None, type=kind, name=key, id=name, autocomplete="off")) for words, name, key, kind in fields
    )
    make = tag("button", page.say("Lập văn bản", "Set it up"), type="submit", class_="md-button")
    told = tag("p", text(page.say("Cho bộ tiêu chí và tỉnh chọn ở trên.", "For the set and the province chosen above.")))
    summary = page.say("Lập quyết định mới của một tỉnh", "Enter a new decision of a province")
    return tag("details", tag("summary", summary) + tag("form", told + inputs + tag("p", make), class_="paper", novalidate=""))


def _editor(page: Page) -> str:
    which = tag("label", text(page.say("Tệp", "File")), for_="p-file") + tag("select", "", id="p-file")
    numbers = tag("pre", "", class_="numbers", aria_hidden="true")
    area = tag(
        "textarea",
        "",
        aria_label=page.say("Nội dung của tệp", "The text of the file"),
        aria_describedby="p-wrong",
        spellcheck="false",
        autocapitalize="off",
        autocomplete="off",
        wrap="off",
    )
    keys = tag("p", "", class_="keys")
    tools = [
        (page.say("Trả tệp về bản đã công bố", "Put this file back as published"), "back"),
        (page.say("Tải thư mục về (zip)", "Download the folder (zip)"), "take"),
    ]
    buttons = " ".join(tag("button", words, type="button", class_=f"md-button {name}") for words, name in tools)
    wrong = tag("div", "", class_="wrong", id="p-wrong", role="status")
    editor = tag("div", numbers + area, class_="editor")
    return tag("div", which, class_="field") + keys + editor + wrong + tag("p", buttons, class_="tools")


def _results(page: Page) -> str:
    example = tag("label", text(page.say("Ví dụ", "Example")), for_="p-example") + tag("select", "", id="p-example")
    table = tag("input", None, type="file", id="p-table", accept=".csv,.xlsx")
    about = page.say("Bảng mẫu (để trống: các ví dụ của bộ)", "A sample table (left out: the examples of the set)")
    sample = tag("label", text(about), for_="p-table") + table
    tools = [
        (page.say("Xem kết quả của ví dụ", "Decide the example"), "try"),
        (page.say("Chạy mọi ví dụ", "Run every example"), "test"),
        (page.say("So với bản đã công bố", "Compare with what is published"), "compare"),
    ]
    buttons = " ".join(tag("button", words, type="button", class_=f"md-button {name}") for words, name in tools)
    fields = tag("div", tag("div", example, class_="field") + tag("div", sample, class_="field"), class_="fields")
    return fields + tag("p", buttons, class_="tools") + tag("div", "", class_="answer", role="status")


PLAYGROUND: Final = Kind(TITLE, SECTIONS["playground"], lambda library, lang: [_page(library, lang)], TITLE)
