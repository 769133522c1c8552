"""Questions as people ask them: a list that leads to each answer, and pages of their own for what no other page answers in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Final

from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.labels import KINDS
from ntm_rules.model.examples import Example
from ntm_rules.model.revocation import RevocationRule, RevocationText
from ntm_rules.model.score import Star
from ntm_rules.register.law import percent
from ntm_rules.site import phrases
from ntm_rules.site.address import ENOUGH_POINTS, SECTIONS, address, of_criterion, of_guide, of_set, other
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library, by_importance
from ntm_rules.site.page import Page, text, th
from ntm_rules.site.parts.crumbs import home
from ntm_rules.site.parts.figures import founded, legend, mark
from ntm_rules.site.parts.in_force import DAY
from ntm_rules.site.parts.scores import READINGS, marked, scored_criteria, sheet_title, stars_sign
from ntm_rules.values import Bilingual, Lang, shown

TITLE: Final = Bilingual("Hỏi và đáp", "Questions and answers")
_LEAD: Final = Bilingual("Chọn câu gần nhất với câu bạn muốn hỏi.", "Choose the question nearest to yours.")
_NOT_ON_RECORD: Final = Bilingual(
    "Từ {0}: danh mục chưa có văn bản nào về thu hồi, nên chưa xác định.",
    "From {0}: no text on revocation is on record, so it is undetermined.",
)

# --- enough points, too few stars ---------------------------------------------------------------------------------

_STARS_TITLE: Final = Bilingual("Đủ điểm mà không đủ sao", "Enough points, too few stars")
_STARS_WHY: Final = Bilingual(
    "Hạng sao cần hai điều: đủ tổng điểm, và đủ từng mức có dấu sao trên phiếu. Thiếu một mức thì xuống hạng, dù tổng điểm cao; {0}.",
    "A class takes two things: the total, and every level that the sheet marks with a star. Without one of them the class is lower, "
    "however high the total; {0}.",
)
_STARS_CASE: Final = Bilingual(
    "Ví dụ, {0}: được {1} điểm, đủ cho {2} sao (từ {3} điểm), mà chỉ xếp {4} sao, vì thiếu ở {5}.",
    "For example, {0}: {1} points, enough for {2} stars (from {3}), yet only {4} stars, for want of {5}.",
)


def _stars(library: Library, lang: Lang) -> Page | None:
    edition = next((one for one in by_importance(library.editions.values()) if one.scored), None)
    if edition is None or edition.scored is None:
        return None
    rules = edition.scored
    title = edition.document.title.say(lang)
    page = _page(ENOUGH_POINTS, _STARS_TITLE, _STARS_TITLE.say(lang) + f" ({title})", lang)
    page.p(page.words(_STARS_WHY.fill(READINGS["marks", rules.score.readings.marks])), class_="lead")
    found = [case for number in rules.product_sets for case in [_held_back(edition, rules, number)] if case is not None]
    if found:
        number, one, short = min(found, key=_striking)
        page.p(_case(page, edition, rules, number, one, short))
    page.heading(page.say("Mỗi bộ sản phẩm cần bao nhiêu mức", "How many levels each product set asks for"), "muc")
    classes = [star for star in sorted(rules.score.stars, key=lambda one: one.stars) if star.granted_by]
    head = [page.say("Bộ sản phẩm", "Product set"), *(f"{stars_sign(one.stars)} {text(_from(one, page))}" for one in classes)]
    sheets = [rules.sheet(number) for number in rules.product_sets]
    rows = [
        [
            th(page.link(of_criterion(lang, edition.id, one.sheet), sheet_title(one, lang))),
            *(str(sum(1 for _ in marked(rules, one, star.stars))) for star in classes),
        ]
        for one in sheets
        if one.parts
    ]
    page.table(page.say("Số mức có dấu sao phải đạt", "Marked levels to be reached"), head, rows, "figures", told=False)
    page.p(
        page.say("Xem đúng những mức nào trên trang của bộ sản phẩm: ", "Which levels these are stands on the page of the product set: ")
    )
    page.p(page.link(of_set(lang, edition.id), title))
    page.answers = [f"{points} {page.say('điểm', 'points')}" for one in classes for points in _band(rules, one)]
    return page


def _striking(case: tuple[str, Example, Star]) -> tuple[int, Decimal]:
    """First the most classes lost, then the least points."""
    _, one, reached = case
    return (one.stars or 0) - reached.stars, one.total or Decimal(0)


def _from(star: Star, page: Page) -> str:
    return page.say(f"từ {shown(star.start, page.lang)} điểm", f"from {shown(star.start, page.lang)}")


def _band(rules: Scores, star: Star) -> range:
    """The whole totals that give a class."""
    above = [one.start for one in rules.score.stars if one.start > star.start]
    return range(ceil(star.start), ceil(min(above, default=Decimal(101))))


def _held_back(edition: Edition, rules: Scores, number: str) -> tuple[str, Example, Star] | None:
    """The most striking example on a sheet of one that is recognised, but with a lower class than its total gives."""
    lowest = min(star.stars for star in rules.score.stars if star.granted_by)
    found = []
    for one in edition.examples.examples if edition.examples else ():
        if isinstance(one, Example) and one.best_of == number and one.total is not None and one.held_back_by and (one.stars or 0) >= lowest:
            reached = max((star for star in rules.score.stars if star.start <= one.total), key=lambda star: star.stars)
            found.append((number, one, reached))
    return min(found, key=_striking, default=None)


def _named(number: str, title: Bilingual | None) -> Bilingual:
    return Bilingual(f"{number} {title.vi}", f"{number} {title.en}") if title else Bilingual(number)


def _case(page: Page, edition: Edition, rules: Scores, number: str, one: Example, reached: Star) -> str:
    assert one.total is not None
    sheet = rules.sheet(number)
    titles = {given.criterion: given.title for given in scored_criteria(sheet)}
    wanting = Bilingual.join(_named(name, titles.get(name)) for name in dict.fromkeys(one.held_back_by or ()))
    said = _STARS_CASE.fill(
        Bilingual(sheet_title(sheet, "vi"), sheet_title(sheet, "en")),
        shown(one.total, page.lang),
        reached.stars,
        shown(reached.start, page.lang),
        one.stars,
        wanting,
    )
    return f"{page.words(said)} {page.link(of_criterion(page.lang, edition.id, number), page.say('Xem phiếu này', 'See this sheet'))}."


# --- a status once recognised, some criteria failed ----------------------------------------------------------------

LOST: Final = Bilingual("mat-danh-hieu", "losing-a-status")
_STATUS: Final = "ntm"
_RECOGNISED, _FAILED = 2019, 7
_LOST_TITLE: Final = Bilingual(
    f"Xã đạt chuẩn năm {_RECOGNISED}, nay không đạt {_FAILED} tiêu chí: có mất danh hiệu không?",
    f"Recognised in {_RECOGNISED}, now {_FAILED} criteria fail: is the status lost?",
)
_LOST_SHORT: Final = Bilingual(
    "Không mất ngay: chỉ mất khi có quyết định thu hồi. Có căn cứ thu hồi hay không tùy ngày xét và tùy đó là những tiêu chí nào.",
    "Not by itself: only a decision of revocation takes it away. Whether there is ground for one depends on the day and on which they are.",
)
_WITH_KEY: Final = Bilingual(
    "không đạt {0}/{1} là {2} %. Có căn cứ nếu trong đó có tiêu chí then chốt ({3}); không có thì giữ danh hiệu.",
    "{0} of {1} failed are {2} %. There is ground if a key criterion is among them ({3}); otherwise the status is kept.",
)
_OUTRIGHT: Final = Bilingual("không đạt {0}/{1} là {2} %: có căn cứ.", "{0} of {1} failed are {2} %: there is ground.")
_KEPT: Final = Bilingual("không đạt {0}/{1} là {2} %: giữ danh hiệu.", "{0} of {1} failed are {2} %: the status is kept.")
_WHICH_SET: Final = Bilingual(
    "Ở đây, xã được công nhận theo bộ cũ cũng xét theo bộ có hiệu lực ngày xét: {0}. Danh mục chưa có quy định riêng cho các xã ấy.",
    "Here a commune recognised by an earlier set is reviewed by the set in force on the day, too: {0}. No rule of its own is on record.",
)


def _lost(library: Library, lang: Lang) -> Page | None:
    texts = [one for document in library.law.documents for one in document.texts if _speaks(one)]
    if not texts:
        return None
    page = _page(LOST, _LOST_TITLE, _LOST_SHORT.say(lang), lang)
    page.p(page.words(_LOST_SHORT), class_="lead")
    page.items(f"<strong>{text(_when(one, page))}</strong> ({text(one.instrument)}): {_judged(page, library, one)}" for one in texts)
    page.html(legend(page))
    ends = [one.in_force.until for one in texts]
    if all(ends):
        after = max(end for end in ends if end) + timedelta(days=1)
        page.p(page.words(_NOT_ON_RECORD.fill(phrases.both_days(after))))
    tested = dict.fromkeys(edition.id for one in texts if (edition := _tested(library, one)) is not None)
    links = ", ".join(page.link(of_set(lang, name), library.editions[name].document.title.say(lang)) for name in tested)
    if links:
        page.p(page.words(_WHICH_SET).replace("{0}", links))
    page.p(page.link(address(lang, "revocation"), page.say("Mọi danh hiệu, mọi văn bản", "Every status, every text")))
    page.answers = [page.say("thu hồi danh hiệu, giữ danh hiệu, rớt chuẩn, bị tước", "revocation, keep or lose recognition")]
    return page


def _speaks(given: RevocationText) -> bool:
    return _STATUS in given.concerns or _rule(given) is not None


def _rule(given: RevocationText) -> RevocationRule | None:
    return next((rule for rule in given.rules if rule.status == _STATUS), None)


def _tested(library: Library, given: RevocationText) -> Edition | None:
    rule, start = _rule(given), given.in_force.start
    editions = library.families.get(rule.tested_on or "", ()) if rule else ()
    return next((one for one in editions if start is not None and one.document.in_force.covers(start)), None)


def _when(given: RevocationText, page: Page) -> str:
    words = phrases.period(given.in_force, page.lang)
    return words[:1].upper() + words[1:]


def _judged(page: Page, library: Library, given: RevocationText) -> str:
    """What a text says of so many failed criteria, with the level of its figures; that it is not known, where it is not."""
    rule, edition = _rule(given), _tested(library, given)
    why = given.missing or (rule.missing if rule else None)
    if rule is None or edition is None or why is not None:
        return text(page.say("chưa xác định", "undetermined") + (f": {why.say(page.lang)}" if why else "")) + "."
    total = len(edition.document.criteria)
    share = Decimal(100 * _FAILED) / total
    said = [_FAILED, total, shown(round(share, 1), page.lang)]
    keys = ", ".join(rule.key_criteria.numbers) if rule.key_criteria else ""
    with_key, outright = percent(rule.with_key_from), percent(rule.without_key_from)
    if outright is not None and share >= outright:
        words, figure = _OUTRIGHT.fill(*said), rule.without_key_from
    elif with_key is not None and share >= with_key:
        words, figure = _WITH_KEY.fill(*said, keys), rule.with_key_from
    else:
        words, figure = _KEPT.fill(*said), rule.with_key_from
    return f"{page.words(words)} {mark(page, founded(figure, rule.source, '').level)}"


# --- what applies in 2026 ------------------------------------------------------------------------------------------

YEAR: Final = 2026
THIS_YEAR: Final = Bilingual(f"nam-{YEAR}", f"in-{YEAR}")
_YEAR_TITLE: Final = Bilingual(f"Năm {YEAR} áp dụng bộ tiêu chí nào?", f"Which criteria apply in {YEAR}?")
_ENDED: Final = Bilingual("không còn bộ nào có hiệu lực", "no set is in force any more")
_GAP: Final = Bilingual("Từ {0} đến {1} không có bộ nào trong danh mục.", "From {0} to {1} no set is on record.")


def _year(library: Library, lang: Lang) -> Page | None:
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    national = [one for one in by_importance(library.editions.values()) if one.document.province is None]
    found = {kind: [one for one in national if one.document.subject == kind] for kind in KINDS}
    now = {kind: [one for one in of if _holds(one, first, last)] for kind, of in found.items()}
    if not any(now.values()):
        return None
    page = _page(THIS_YEAR, _YEAR_TITLE, _YEAR_TITLE.say(lang), lang)
    for kind, told in KINDS.items():
        if found[kind]:
            page.heading(told.title.say(lang), f"{kind}")
            page.items([_applies(page, library, one) for one in now[kind]] or [page.words(_ENDED).capitalize() + "."])
    return page


def _holds(edition: Edition, first: date, last: date) -> bool:
    given = edition.document.in_force
    return given.start is not None and given.start <= last and (given.until is None or given.until >= first)


def _applies(page: Page, library: Library, edition: Edition) -> str:
    """A set with its days, how much of it is known, and the days before it that nothing covers."""
    document = edition.document
    numbers = phrases.counted(len(document.criteria), "tiêu chí", "criterion/criteria", page.lang) if document.criteria else ""
    known = (
        phrases.counted(document.numbered, "chỉ tiêu đã biết", "known indicator/known indicators", page.lang) if document.numbered else ""
    )
    when = phrases.period(document.in_force, page.lang)
    held = ", ".join(filter(None, (numbers, known)))
    said = f"{page.link(of_set(page.lang, edition.id), document.title.say(page.lang))} <br>{text(document.instrument)}, {text(when)}"
    return said + (f"; {text(held)}" if held else "") + "".join(f"<br>{page.words(one)}" for one in _gap(library, edition))


def _gap(library: Library, edition: Edition) -> Iterator[Bilingual]:
    line = library.line(edition)
    before = line[: line.index(edition)][-1:]
    start = edition.document.in_force.start
    for one in before:
        end = one.document.in_force.until
        if end is not None and start is not None and start - end > timedelta(days=1):
            days = (end + timedelta(days=1), start - timedelta(days=1))
            yield _GAP.fill(*map(phrases.both_days, days))


# --- the list ------------------------------------------------------------------------------------------------------

_COMMUNE: Final = "commune-ntm/2021-2025"
_PRODUCT: Final = "ocop/2026"
_OWN: Final = ((ENOUGH_POINTS, _STARS_TITLE, _stars), (LOST, _LOST_TITLE, _lost), (THIS_YEAR, _YEAR_TITLE, _year))


def _elsewhere(library: Library, lang: Lang) -> Iterator[tuple[str, Bilingual]]:
    """Questions that another page answers at its top, or where the link leads."""
    if _COMMUNE in library.editions:
        income = Bilingual(
            "Xã khu vực III ở Kon Tum năm 2024 cần thu nhập bao nhiêu?", "What income did a class III commune of Kon Tum need?"
        )
        yield of_criterion(lang, _COMMUNE, "10"), income
        changed = Bilingual("Tiêu chí 17 thay đổi thế nào so với giai đoạn 2016-2020?", "How did criterion 17 change since 2016-2020?")
        yield of_criterion(lang, _COMMUNE, "17") + "#" + Bilingual("lich-su", "history").say(lang), changed
    if _PRODUCT in library.editions:
        honey = Bilingual("Mật ong muốn được 4 sao thì cần những gì?", "What does honey need for 4 stars?")
        yield of_criterion(lang, _PRODUCT, "4") + "#" + Bilingual("hang", "classes").say(lang), honey
    yield (
        address(lang, "instruments") + "#" + DAY.say(lang),
        Bilingual("Ngày này văn bản nào có hiệu lực?", "Which documents were in force on a day?"),
    )
    yield address(lang, "unknown"), Bilingual("Trang này có phải của nhà nước không, ai nói?", "Is this official, and who says so?")
    yield of_guide(lang, "communes"), Bilingual("Tôi có bảng tính các xã: chấm thế nào?", "I have a spreadsheet of communes: what now?")
    province = of_guide(lang, "policy-staff") + Bilingual(
        "#quy-inh-cua-mot-tinh-tu-au-en-cuoi", "#a-provincial-text-from-start-to-finish"
    ).say(lang)
    yield province, Bilingual("Đưa quyết định của tỉnh vào thế nào?", "How is a decision of a province entered?")
    yield of_guide(lang, "quick-start"), Bilingual("Gọi từ Python thế nào?", "How is it called from Python?")


def _own(library: Library, lang: Lang) -> Iterator[tuple[Bilingual, Page]]:
    yield from ((title, page) for _, title, make in _OWN if (page := make(library, lang)) is not None)


def _list(library: Library, lang: Lang) -> Iterable[Page]:
    page = Page(lang, address(lang, "questions"), address(other(lang), "questions"), TITLE.say(lang), _LEAD.say(lang), crumbs=[home(lang)])
    page.p(page.words(_LEAD), class_="lead")
    own = [(made.path, title) for title, made in _own(library, lang)]
    page.items((page.link(path, title.say(lang)) for path, title in (*own, *_elsewhere(library, lang))), class_="cards")
    return [page]


def _page(name: Bilingual, title: Bilingual, told: str, lang: Lang) -> Page:
    """A page that answers one question, with nothing on it yet."""
    there = other(lang)
    above = [home(lang), (address(lang, "questions"), TITLE.say(lang))]
    return Page(
        lang, address(lang, "questions", name.say(lang)), address(there, "questions", name.say(there)), title.say(lang), told, crumbs=above
    )


LIST = Kind(TITLE, SECTIONS["questions"], _list, TITLE)
QUESTION = Kind(
    Bilingual("Một câu hỏi", "A question"), SECTIONS["questions"], lambda library, lang: [page for _, page in _own(library, lang)]
)
