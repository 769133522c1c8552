"""What is not known: how far the figures of each set were checked, and every figure that is missing."""

from __future__ import annotations

from ntm_rules.figures.annex import annex
from ntm_rules.labels import KINDS
from ntm_rules.site.address import SECTIONS, address, of_criterion, of_guide, of_indicator, of_set, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.site.parts.crumbs import home
from ntm_rules.site.parts.figures import legend, level_words, mark_alone
from ntm_rules.site.parts.letter import letter
from ntm_rules.values import Bilingual, Lang, SourceLevel

TITLE = Bilingual("Điều chưa biết", "What is not known")
_NOTHING_SENT = Bilingual(
    "Không có máy tính cũng báo được: viết thư, hoặc gửi tệp mẫu. Không có gì tự gửi đi từ trang này.",
    "Without the program: write a letter, or send the form. Nothing is sent by this page itself.",
)
_WHOSE = Bilingual(
    "Trang này do dự án mã nguồn mở ntm_rules viết ra từ các tệp quy tắc của dự án, không phải trang của cơ quan nhà nước. Văn bản đã ký "
    "luôn là căn cứ; con số nào chưa đối chiếu với bản ký thì chưa dùng để lập hồ sơ.",
    "This site is written by the open-source project ntm_rules from its own files of rules; it is no page of an authority. The signed text "
    "always counts; do not file on a figure that was not checked against it.",
)


def _page(library: Library, lang: Lang) -> Page:
    told = Bilingual(
        "Các con số đã được kiểm tra đến đâu, con số nào còn thiếu, và cách báo một con số đã đối chiếu.",
        "How far the figures were checked, which are missing, and how to report a figure that was checked.",
    )
    page = Page(lang, address(lang, "unknown"), address(other(lang), "unknown"), TITLE.say(lang), told.say(lang), crumbs=[home(lang)])
    page.answers = [page.say("chính thức, của nhà nước, ai nói, ai viết", "official, who says so, who wrote it")]
    page.p(page.words(told))
    page.p(page.words(_WHOSE), id="cua-ai")
    page.html(legend(page))
    head = [
        page.say("Bộ tiêu chí", "Set"),
        *(f"{mark_alone(level)} <small>{page.words(level_words(level))}</small>" for level in SourceLevel),
    ]
    rows = []
    editions = [one for kind in KINDS for one in by_importance(library.editions.values()) if one.document.subject == kind]
    for edition in editions:
        counts = edition.levels
        first = th(page.link(of_set(lang, edition.id), edition.document.title.say(lang)))
        cells = [str(counts[level]) for level in SourceLevel]
        if not counts.total():
            cells = [f'<td colspan="{len(cells)}">{page.say("chưa có nội dung nào", "none of its content is available")}</td>']
        rows.append([first, *cells])
    page.table(page.say("Số con số ở mỗi mức", "Figures at each level"), head, rows)
    page.heading(page.say("Báo một con số đã đối chiếu", "Reporting a figure that was checked"), "bao")
    page.items(
        text(one)
        for one in page.say(
            "Lập bảng đối chiếu: «ntm-rules figures checklist».|"
            "Mở bản ký, điền đúng, sai hay không có, và số trang.|"
            "Ghi thành bản đối chiếu: «ntm-rules figures certify».|"
            "Dùng ngay với «--add», hoặc gửi bản đối chiếu về để mọi người cùng dùng.",
            "Make a checklist: «ntm-rules figures checklist».|"
            "Open the signed text; tick right, wrong or none, with the page.|"
            "Write it as a certificate: «ntm-rules figures certify».|"
            "Use it at once with «--add», or send it in for everybody to use.",
        ).split("|")
    )
    form = page.link("assets/bao-so-lieu.txt", page.say("Mẫu điền sẵn (tệp)", "The form as a file"), download="")
    guide = page.link(of_guide(lang, "certify"), page.say("Hướng dẫn đối chiếu từng bước", "The guide, step by step"))
    page.p(" · ".join([guide, letter(page), form]))
    page.p(page.words(_NOTHING_SENT))
    page.heading(page.say("Con số còn thiếu, theo bộ", "Missing figures, by set"), page.say("thieu", "missing"))
    for edition in editions:
        _missing(page, edition)
    return page


def _missing(page: Page, edition: Edition) -> None:
    """Every figure of an edition that is missing, each with why."""
    lines = []
    for row in annex(edition.rules):
        if row.figure is not None:
            continue
        column = ", ".join(key.say(page.lang) for key in row.column)
        if edition.scored is not None or not row.indicator:
            target = of_criterion(page.lang, edition.id, row.criterion)
        else:
            target = of_indicator(page.lang, edition.id, row.criterion, row.indicator)
        number = row.indicator or row.criterion
        words = f"{page.link(target, f'{number} {row.title.say(page.lang)}')}"
        why = row.absent.say(page.lang) if row.absent else level_words(row.level).say(page.lang)
        lines.append(words + (f" ({text(column)})" if column else "") + f": {text(why)}")
    if lines:
        page.heading(edition.document.title.say(page.lang), f"thieu-{edition.id.replace('/', '-')}", 3, searched=False)
        page.html(page.fold(page.say(f"{len(lines)} con số còn thiếu", f"{len(lines)} missing"), items(lines)))


UNKNOWN = Kind(TITLE, SECTIONS["unknown"], lambda library, lang: [_page(library, lang)], TITLE)
