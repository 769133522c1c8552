"""Editions that score: how points become stars, and the score sheet of each product set."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.score_set import ScoreSet
from ntm_rules.model.score import MarkMissing, Option, ScoreCriterion, Sheet
from ntm_rules.site import calculator, phrases
from ntm_rules.site.address import anchor, of_criterion, of_set, other
from ntm_rules.site.criterion import crumbs
from ntm_rules.site.figures import founded, source
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.values import Bilingual, Lang, shown

_READINGS = {
    ("marks", "cumulative"): Bilingual(
        "muốn hạng nào thì phải đạt cả dấu sao của các hạng thấp hơn", "a class needs the marks of lower classes too"
    ),
    ("marks", "own_star"): Bilingual("mỗi hạng chỉ cần dấu sao của chính hạng đó", "a class needs only its own marks"),
    ("marks_tested_on", "mean"): Bilingual("dấu sao so với điểm bình quân của hội đồng", "marks are tested on the council's mean"),
    ("marks_tested_on", "each_member"): Bilingual("dấu sao so với điểm của từng thành viên", "marks are tested on each member's points"),
    ("no_level", "refused"): Bilingual("phiếu không in mức 0 thì không nhận 0 điểm", "0 points are refused where no level of 0 is printed"),
    ("no_level", "zero"): Bilingual("phiếu không in mức 0 vẫn nhận 0 điểm", "0 points are taken even where no level of 0 is printed"),
}
_ROUNDS = {
    "first": Bilingual("lần đầu", "first"),
    "upgrade": Bilingual("nâng hạng", "upgrade"),
    "re-assessment": Bilingual("đánh giá lại", "re-assessment"),
}


def sheet_title(sheet: Sheet, lang: Lang) -> str:
    """``Bộ sản phẩm 7: …``."""
    return f"Bộ sản phẩm {sheet.sheet}: {sheet.title.vi}" if lang == "vi" else f"Product set {sheet.sheet}: {sheet.title.en}"


def score_rules(page: Page, rules: ScoreSet, edition: Edition) -> None:
    """How an edition scores, and its sheets."""
    score = rules.score
    page.heading(page.say("Phiếu của từng bộ sản phẩm", "The sheet of each product set"), "phieu" if page.lang == "vi" else "sheets")
    page.items(
        (
            page.link(of_criterion(page.lang, edition.id, number), sheet_title(rules.sheet(number), page.lang))
            for number in rules.product_sets
        ),
        class_="cards",
    )
    page.heading(page.say("Từ điểm đến sao", "From points to stars"), "sao" if page.lang == "vi" else "stars")
    rows = []
    for star in score.stars:
        granted = phrases.AUTHORITY[star.granted_by].say(page.lang) if star.granted_by else page.say("không công nhận", "not recognised")
        rows.append([th("★" * star.stars + f'<span class="sr"> {star.stars}</span>'), text(shown(star.start, page.lang)), text(granted)])
    head = [page.say("Hạng", "Class"), page.say("Từ điểm", "From points"), page.say("Ai công nhận", "Recognised by")]
    page.table(page.say("Hạng sao theo tổng điểm", "Classes by total points"), head, rows)
    parts = "; ".join(f"{name} {frame.title.say(page.lang)}: {frame.points}" for name, frame in score.parts.items())
    readings = [_READINGS[key, value].say(page.lang) for key, value in score.readings.model_dump().items()]
    potential = score.potential_from
    page.facts(
        [
            (page.say("Các phần của phiếu", "Parts of a sheet"), text(parts)),
            (page.say("Cách đọc đang dùng", "Readings in use"), items(map(text, readings))),
            (
                page.say("Tiềm năng 5 sao", "Potential five-star"),
                text(page.say(f"từ {potential} điểm", f"from {potential} points")) if potential is not None else "",
            ),
            (page.say("Bị loại khi", "Excluded when"), items(page.words(one.title) for one in score.exclusions.values())),
            (page.say("Thời hạn chứng nhận", "Certificates run"), _validity(page, rules)),
            (page.say("Hội đồng", "Council"), _council(page, rules)),
            (page.say("Hồ sơ nộp trước", "Filed before"), items(_transitions(page, rules))),
            (page.say("Nguồn", "Source"), source(page, founded(None, score.source, rules.document.instrument))),
        ]
    )


def _validity(page: Page, rules: ScoreSet) -> str:
    validity = rules.score.validity
    if validity is None:
        return ""
    months = page.say(f"{validity.months} tháng", f"{validity.months} months")
    return f"{text(months)} ({source(page, founded(None, validity.source, rules.document.instrument))})"


def _council(page: Page, rules: ScoreSet) -> str:
    council = rules.score.council
    if council is None:
        return ""
    found = []
    if council.max_deviation is not None:
        found.append(
            page.say(
                f"tổng điểm các thành viên chênh nhau không quá {council.max_deviation}",
                f"members' totals differ by at most {council.max_deviation}",
            )
        )
    if council.quorum_share is not None:
        found.append(page.say(f"có mặt ít nhất {council.quorum_share}% thành viên", f"at least {council.quorum_share}% of members present"))
    return text("; ".join(found))


def _transitions(page: Page, rules: ScoreSet) -> Iterator[str]:
    for rule in rules.document.transition:
        rounds = ", ".join(_ROUNDS[name].say(page.lang) for name in rule.rounds if name in _ROUNDS) or page.say("mọi loại", "all rounds")
        day, until = phrases.day(rule.filed_before, page.lang), phrases.day(rule.until, page.lang)
        use = page.link(of_set(page.lang, rule.use), rule.use)
        filed, under, ends = page.say("nộp trước", "filed before"), page.say("theo", "under"), page.say("đến", "until")
        yield f"{text(rounds)}: {filed} {day}, {under} {use} {ends} {until}"


def sheet_page(library: Library, edition: Edition, number: str, lang: Lang) -> Page:
    """The score sheet of one product set."""
    rules = edition.scored
    assert rules is not None
    sheet = rules.sheet(number)
    title = sheet_title(sheet, lang)
    set_title = edition.document.title.say(lang)
    page = Page(
        lang,
        of_criterion(lang, edition.id, number),
        of_criterion(other(lang), edition.id, number),
        f"{title} – {set_title}",
        f"Phiếu chấm điểm OCOP: {title}." if lang == "vi" else f"OCOP score sheet: {title}.",
        crumbs=crumbs(lang, edition),
        shown=title,
    )
    others = [one for one in library.line(edition) if one.scored and number in one.scored.product_sets]
    page.facts(
        [
            (page.say("Bộ tiêu chí", "Criteria set"), page.link(of_set(lang, edition.id), set_title)),
            (page.say("Hiệu lực", "In force"), text(phrases.period(edition.document.in_force, lang))),
            (page.say("Nguồn", "Source"), source(page, founded(None, sheet.source, edition.document.instrument))),
            (page.say("Bị loại khi", "Excluded when"), items(page.words(rules.score.exclusions[name].title) for name in sheet.excluded_if)),
            (
                page.say("Cùng số ở bản khác", "The same number elsewhere"),
                "; ".join(_elsewhere(page, one, number) for one in others if one is not edition),
            ),
        ]
    )
    if sheet.missing is not None:
        page.p(text(page.say("Chưa có phiếu: ", "The sheet is not available: ") + sheet.missing.say(lang)), class_="note")
    else:
        calculator.place(page, edition.id, number)
    for part in sheet.parts:
        frame = rules.score.parts.get(part.part)
        words = f": {frame.title.say(lang)}" if frame else ""
        heading = page.say(f"Phần {part.part}{words} ({part.points} điểm)", f"Part {part.part}{words} ({part.points} points)")
        page.heading(heading, f"phan-{part.part.lower()}" if lang == "vi" else f"part-{part.part.lower()}")
        head = [
            page.say("Số", "No."),
            page.say("Tiêu chí và các mức", "Criterion and levels"),
            page.say("Tối đa", "At most"),
            page.say("Dấu sao", "Star marks"),
        ]
        page.table(heading, head, [row for given in part.criteria for row in _rows(page, given)], "sheet")
    if sheet.anomalies:
        page.heading(
            page.say("Chỗ in khác thường, giữ như in", "Printed oddly, kept as printed"), "khac-thuong" if lang == "vi" else "oddities"
        )
        page.items(f"{text(one.at)}: {page.words(one.what)}" for one in sheet.anomalies)
    return page


def _elsewhere(page: Page, edition: Edition, number: str) -> str:
    assert edition.scored is not None
    title = edition.scored.sheet(number).title.say(page.lang)
    return page.link(of_criterion(page.lang, edition.id, number), f"{edition.id}: {title}")


def _rows(page: Page, given: ScoreCriterion) -> Iterator[list[str]]:
    title = page.words(given.title) if given.title else ""
    number, points = text(given.criterion), "" if given.points is None else str(given.points)
    if given.of:
        only = f" <small>({page.say('chỉ chấm một trong các mục con', 'exactly one of these is scored')})</small>" if given.one_case else ""
        yield [
            th(number, class_="section", id=anchor(given.criterion)),
            f'<td class="section">{title}{only}{_note(page, given)}</td>',
            f'<td class="section">{points}</td>',
            '<td class="section"></td>',
        ]
        for below in given.of:
            yield from _rows(page, below)
        return
    levels = "".join(f"<li>{_option(page, option, given)}</li>" for option in given.options)
    marks = "<br>".join(_mark(page, star, least) for star, least in given.marks.items())
    yield [
        th(number, id=anchor(given.criterion)),
        f'<strong>{title}</strong>{_note(page, given)}<ul class="levels">{levels}</ul>',
        points,
        marks,
    ]


def _note(page: Page, given: ScoreCriterion) -> str:
    return f"<br><small>{page.words(given.note)}</small>" if given.note else ""


def _option(page: Page, option: Option, given: ScoreCriterion) -> str:
    stars = " ".join(f"{star}★" for star, least in given.marks.items() if least == option.points)
    case = f"<em>{text(option.case)}</em>: " if option.case else ""
    mark = f' <span class="star">{stars}</span>' if stars else ""
    return f"<b>{option.points}</b> {case}{text(option.vi if page.lang == 'vi' else option.en)}{mark}"


def _mark(page: Page, star: str, least: int | MarkMissing) -> str:
    if isinstance(least, MarkMissing):
        return f"{star}★: {page.words(least.missing)}"
    return text(page.say(f"{star}★: từ {least} điểm", f"{star}★: from {least}"))
