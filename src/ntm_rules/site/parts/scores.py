"""Editions that score: how points become stars."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.labels import AUTHORITIES
from ntm_rules.model.score import MarkMissing, Regulation, ScoreCriterion, Sheet, Star
from ntm_rules.site import phrases
from ntm_rules.site.address import of_set
from ntm_rules.site.library import Edition
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.site.parts.figures import founded, source
from ntm_rules.values import Bilingual, Lang, shown

READINGS = {
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
    return Bilingual(f"Bộ sản phẩm {sheet.sheet}: {sheet.title.vi}", f"Product set {sheet.sheet}: {sheet.title.en}").say(lang)


def stars_sign(stars: int) -> str:
    """A class as stars, and as a number for those who listen."""
    return f'<span class="star" aria-hidden="true">{"★" * stars}</span><span class="sr">{stars} ★</span>'


def granted_by(page: Page, star: Star) -> str:
    """Who may recognise a class."""
    return AUTHORITIES[star.granted_by].say(page.lang) if star.granted_by else page.say("không công nhận", "not recognised")


def scored_criteria(sheet: Sheet) -> Iterator[ScoreCriterion]:
    """Every criterion of a sheet that is scored by itself, in the order of the sheet."""
    pending = [given for part in reversed(sheet.parts) for given in reversed(part.criteria)]
    while pending:
        given = pending.pop()
        pending += reversed(given.of)
        if not given.of:
            yield given


def marked(rules: Scores, sheet: Sheet, stars: int) -> Iterator[tuple[ScoreCriterion, list[int | MarkMissing]]]:
    """Every criterion of which a class asks a level, with the marks that count for it: those of lower classes too, where they count."""
    cumulative = rules.score.readings.marks == "cumulative"
    for given in scored_criteria(sheet):
        counting = [least for star, least in given.marks.items() if int(star) == stars or (cumulative and int(star) < stars)]
        if counting:
            yield given, counting


def score_rules(page: Page, rules: RuleSet, edition: Edition) -> None:
    """How an edition scores."""
    score = rules.scores.score
    page.heading(page.say("Từ điểm đến sao", "From points to stars"), page.say("sao", "stars"))
    rows = []
    for star in score.stars:
        rows.append([th(stars_sign(star.stars)), text(shown(star.start, page.lang)), text(granted_by(page, star))])
    head = [page.say("Hạng", "Class"), page.say("Từ điểm", "From points"), page.say("Ai công nhận", "Recognised by")]
    page.table(page.say("Hạng sao theo tổng điểm", "Classes by total points"), head, rows)
    parts = "; ".join(f"{name} {frame.title.say(page.lang)}: {frame.points}" for name, frame in score.parts.items())
    readings = [READINGS[key, value].say(page.lang) for key, value in score.readings.model_dump().items()]
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


def _validity(page: Page, rules: RuleSet) -> str:
    validity = rules.scores.score.validity
    if validity is None:
        return ""
    months = page.say(f"{validity.months} tháng", f"{validity.months} months")
    return f"{text(months)} ({source(page, founded(None, validity.source, rules.document.instrument))})"


def _council(page: Page, rules: RuleSet) -> str:
    score = rules.scores.score
    given = [] if score.council is None else [(score.council.authority, score.council)]
    return items(text(_regulation(page, level, one)) for level, one in (*given, *score.councils.items()))


def _regulation(page: Page, level: str | None, rule: Regulation) -> str:
    found = [] if level is None else [AUTHORITIES[level].say(page.lang)]
    if rule.max_deviation is not None:
        found.append(
            page.say(
                f"tổng điểm các thành viên chênh nhau không quá {rule.max_deviation}",
                f"members' totals differ by at most {rule.max_deviation}",
            )
        )
    if rule.quorum_share is not None:
        found.append(page.say(f"có mặt ít nhất {rule.quorum_share}% thành viên", f"at least {rule.quorum_share}% of members present"))
    if rule.quorum is not None:
        found.append(page.say(f"có mặt ít nhất {rule.quorum} thành viên", f"at least {rule.quorum} members present"))
    return "; ".join(found)


def _transitions(page: Page, rules: RuleSet) -> Iterator[str]:
    for rule in rules.document.transition:
        rounds = ", ".join(_ROUNDS[name].say(page.lang) for name in rule.rounds if name in _ROUNDS) or page.say("mọi loại", "all rounds")
        day, until = phrases.day(rule.filed_before, page.lang), phrases.day(rule.until, page.lang)
        use = page.link(of_set(page.lang, rule.use), rule.use)
        filed, under, ends = page.say("nộp trước", "filed before"), page.say("theo", "under"), page.say("đến", "until")
        yield f"{text(rounds)}: {filed} {day}, {under} {use} {ends} {until}"
