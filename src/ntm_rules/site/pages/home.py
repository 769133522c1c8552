"""The first page of each language, by question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from ntm_rules.site import phrases
from ntm_rules.site.address import address, of_province, of_set, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import Page, text
from ntm_rules.site.pages.provinces import on_record
from ntm_rules.site.parts.places import province_name
from ntm_rules.values import Bilingual, Lang


class Question(NamedTuple):
    """Whom somebody asks about, and the sets that answer."""

    anchor: Bilingual
    kind: str
    title: Bilingual
    asked: Bilingual


TITLE = Bilingual("Tra cứu bộ tiêu chí", "Look up the criteria")
QUESTIONS = (
    Question(
        Bilingual("xa", "commune"),
        "commune",
        Bilingual("Xã của tôi", "My commune"),
        Bilingual("Chọn bộ tiêu chí theo năm xét và danh hiệu.", "Choose the set by the year assessed and the status."),
    ),
    Question(
        Bilingual("thon", "village"),
        "village",
        Bilingual("Thôn, khu dân cư", "A village"),
        Bilingual("Bộ tiêu chí thôn do từng tỉnh ban hành.", "Criteria for villages are issued by each province."),
    ),
    Question(
        Bilingual("ocop", "ocop"),
        "product",
        Bilingual("Sản phẩm OCOP", "An OCOP product"),
        Bilingual("Chọn bộ tiêu chí theo ngày nộp hồ sơ, rồi chọn bộ sản phẩm.", "Choose by the day of filing, then the product set."),
    ),
    Question(
        Bilingual("huyen", "district"),
        "district",
        Bilingual("Huyện, thị xã, thành phố", "A district, town or city"),
        Bilingual("Cấp huyện không còn từ ngày 01/07/2025.", "There has been no district level since 2025-07-01."),
    ),
    Question(
        Bilingual("tinh", "province"),
        "province",
        Bilingual("Tỉnh", "A province"),
        Bilingual("Hoàn thành nhiệm vụ, mục tiêu, và quy định riêng của tỉnh.", "Completion, targets, and what provinces set themselves."),
    ),
)


def home(below: Sequence[Kind]) -> Kind:
    """The kind of the first page, which leads to the kinds of the others."""
    return Kind(TITLE, Bilingual(""), lambda library, lang: [_home(library, below, lang)])


def _home(library: Library, below: Sequence[Kind], lang: Lang) -> Page:
    told = Bilingual(
        "Bộ tiêu chí nông thôn mới và OCOP: phải đạt những gì, ở đâu, từ ngày nào, theo văn bản nào.",
        "The criteria for new rural development and OCOP: what must be reached, where, from which day, by which document.",
    )
    page = Page(lang, address(lang), address(other(lang)), TITLE.say(lang), told.say(lang))
    page.p(page.words(told), class_="lead")
    page.p(page.link(address(lang, "questions"), page.say("Hỏi và đáp: những câu hay hỏi", "Questions that are asked most")))
    for question in QUESTIONS:
        _question(page, library, question)
    page.heading(page.say("Tra cứu khác", "More"), page.say("khac", "more"))
    page.items(
        [
            page.link(address(lang, "guides"), page.say("Hướng dẫn", "Guides")),
            *(page.link(first.path, kind.card.say(lang)) for kind in below if kind.card for first in islice(kind.pages(library, lang), 1)),
        ],
        class_="cards",
    )
    page.p(
        text(
            page.say(
                "Đạt chuẩn không phải là được công nhận: công nhận là quyết định của cấp có thẩm quyền.",
                "Meeting the criteria is not recognition: that is a decision of the authority.",
            )
        ),
        class_="note",
    )
    return page


def _question(page: Page, library: Library, question: Question) -> None:
    page.heading(question.title.say(page.lang), question.anchor.say(page.lang))
    page.p(page.words(question.asked))
    if question.kind in ("commune", "province"):
        links = (page.link(of_province(page.lang, name), province_name(name, page.lang)) for name in on_record(library))
        page.p(text(page.say("Mức đã tính sẵn theo tỉnh:", "Worked out by province:")), ", ".join(links) + ".")
    found = by_importance(edition for edition in library.editions.values() if edition.document.subject == question.kind)
    page.items((_card(page, one) for one in found), class_="cards")


def _card(page: Page, edition: Edition) -> str:
    document = edition.document
    when = phrases.period(document.in_force, page.lang)
    return (
        f"{page.link(of_set(page.lang, edition.id), document.title.say(page.lang))} "
        f"<small>{text(document.instrument)}, {text(when)}</small>"
    )
