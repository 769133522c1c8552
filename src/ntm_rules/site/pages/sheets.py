"""The page of a product set: its score sheet with every level, what each class of stars asks for, and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ntm_rules.decide.engine.scores.method import Scores
from ntm_rules.figures.held import Held, of_sheet
from ntm_rules.model.examples import Example
from ntm_rules.model.score import MarkMissing, Option, ScoreCriterion, Sheet
from ntm_rules.site import phrases
from ntm_rules.site.address import ENOUGH_POINTS, SECTIONS, address, anchor, of_criterion, of_set
from ntm_rules.site.calculator import calculator
from ntm_rules.site.kind import Kind
from ntm_rules.site.library import Edition, Library
from ntm_rules.site.page import Page, items, text, th
from ntm_rules.site.parts.cases import shown_value
from ntm_rules.site.parts.checked import standing
from ntm_rules.site.parts.cite import cite
from ntm_rules.site.parts.figures import founded, source
from ntm_rules.site.parts.opening import opening
from ntm_rules.site.parts.scores import READINGS, granted_by, marked, scored_criteria, sheet_title, stars_sign
from ntm_rules.values import Bilingual, Lang, shown

_CASES = 6
_FOR_CLASS = Bilingual("Để được {0} sao: từ {1} điểm và cả {2} mức này", "For {0} stars: {1} points or more and all {2} of these levels")
_FROM_POINTS = Bilingual("từ {0} điểm", "{0} points or more")
_NOT_KNOWN = Bilingual("mức chưa rõ", "level not known")
_ENOUGH_POINTS = Bilingual(
    "Đủ điểm mà không đủ sao: tổng điểm cao không thay được một mức còn thiếu. Thiếu một mức của hạng nào thì chưa được hạng đó.",
    "Enough points, too few stars: a high total makes up for no missing level. Without one of its levels a class is not reached.",
)


def sheet_page(library: Library, edition: Edition, number: str, lang: Lang) -> Page:
    """The score sheet of one product set."""
    rules = edition.scored
    assert rules is not None
    sheet = rules.sheet(number)
    title = sheet_title(sheet, lang)
    set_title = edition.document.title.say(lang)
    about = Bilingual(f"Phiếu chấm điểm OCOP: {title}.", f"OCOP score sheet: {title}.")
    page = opening(library, edition, number, title, about.say(lang), lang)
    others = [one for one in library.line(edition) if one.scored and number in one.scored.product_sets]
    page.p(page.link(of_set(lang, edition.id), set_title) + f": {text(phrases.period(edition.document.in_force, lang))}", class_="lead")
    figures = of_sheet(edition.marked, number)
    standing(page, Counter(one.level for one in figures))
    if sheet.missing is not None:
        page.p(text(page.say("Chưa có phiếu: ", "The sheet is not available: ") + sheet.missing.say(lang)), class_="note")
    if sheet.parts:
        _stars(page, rules, sheet)
    elsewhere = [_elsewhere(page, one, number) for one in others if one is not edition]
    page.facts(
        [
            (page.say("Nguồn", "Source"), source(page, founded(None, sheet.source, edition.document.instrument))),
            (page.say("Đối chiếu bản ký", "Checked against the signed text"), items(map(text, dict.fromkeys(_read_by(edition, figures))))),
            (page.say("Bị loại khi", "Excluded when"), items(page.words(rules.score.exclusions[name].title) for name in sheet.excluded_if)),
            (page.say("Cùng số ở bản khác", "The same number elsewhere"), items(elsewhere)),
        ]
    )
    page.answers = [f"{one.stars} {page.say('sao, điểm', 'stars, points')}" for one in rules.score.stars]
    if sheet.parts:
        calculator.place(page, edition.id, number)
    for part in sheet.parts:
        frame = rules.score.parts.get(part.part)
        words = f": {frame.title.say(lang)}" if frame else ""
        heading = page.say(f"Phần {part.part}{words} ({part.points} điểm)", f"Part {part.part}{words} ({part.points} points)")
        page.heading(heading, page.say(f"phan-{part.part.lower()}", f"part-{part.part.lower()}"))
        head = [
            page.say("Số", "No."),
            page.say("Tiêu chí và các mức", "Criterion and levels"),
            page.say("Tối đa", "At most"),
            page.say("Dấu sao", "Star marks"),
        ]
        rows = [row for given in part.criteria for row in _rows(page, given)]
        page.table(heading, head, rows, "sheet", folded=page.say("Từng tiêu chí và các mức", "Each criterion and its levels"), told=False)
    if sheet.anomalies:
        page.heading(page.say("Chỗ in khác thường, giữ như in", "Printed oddly, kept as printed"), page.say("khac-thuong", "oddities"))
        page.items(f"{text(one.at)}: {page.words(one.what)}" for one in sheet.anomalies)
    _cases(page, edition, number)
    cite(page, edition, f"{set_title}, {title}")
    return page


def _stars(page: Page, rules: Scores, sheet: Sheet) -> None:
    """What each class asks for on this sheet: the total, the marks of single criteria, and who recognises it."""
    marks: dict[int, list[str]] = {}
    for given in scored_criteria(sheet):
        for star, least in given.marks.items():
            number = page.link(f"{page.path}#{anchor(given.criterion)}", given.criterion)
            asked = page.say("mức chưa rõ", "level not known") if isinstance(least, MarkMissing) else f"≥ {least}"
            marks.setdefault(int(star), []).append(f'<span class="nb">{number} {asked}</span>')
    page.heading(page.say("Muốn hạng nào phải đạt", "What each class asks for"), page.say("hang", "classes"))
    classes = [(one, _levels_asked(page, rules, sheet, one.stars)) for one in sorted(rules.score.stars, key=lambda one: -one.stars)]
    if any(levels for _, levels in classes):
        more = page.link(address(page.lang, "questions", ENOUGH_POINTS.say(page.lang)), page.say("Vì sao?", "Why?"))
        page.p(f"{page.words(_ENOUGH_POINTS)} {more}")
    for one, levels in classes:
        if levels:
            words = _FOR_CLASS.fill(one.stars, shown(one.start, page.lang), len(levels))
            page.html(page.fold(words.say(page.lang), items(levels)))
    head = [
        page.say("Hạng", "Class"),
        page.say("Tổng điểm từ", "Total from"),
        page.say("Dấu sao: tiêu chí từ bao nhiêu điểm", "Star marks: least points of a criterion"),
        page.say("Ai công nhận", "Recognised by"),
    ]
    rows = [
        [
            th(stars_sign(star.stars)),
            text(shown(star.start, page.lang)),
            ", ".join(marks.get(star.stars, [])) or "–",
            text(granted_by(page, star)),
        ]
        for star in sorted(rules.score.stars, key=lambda one: -one.stars)
    ]
    page.table(page.say("Tổng điểm và dấu sao của từng hạng", "Total and marks of each class"), head, rows, "figures", told=False)
    page.p(text(READINGS["marks", rules.score.readings.marks].say(page.lang).capitalize() + "."), class_="legend")


def _levels_asked(page: Page, rules: Scores, sheet: Sheet, stars: int) -> list[str]:
    """Every criterion of which a class asks a level: its name, the level in words and its points; of lower classes too where they count."""
    found = []
    for given, counting in marked(rules, sheet, stars):
        known = [least for least in counting if not isinstance(least, MarkMissing)]
        number = page.link(f"{page.path}#{anchor(given.criterion)}", given.criterion)
        title = page.words(given.title) if given.title else ""
        if len(known) < len(counting):
            found.append(f"{number} {title}: {page.words(_NOT_KNOWN)}")
            continue
        least = max(known)
        level = next((one for one in given.options if one.points == least), None)
        words = f" – {text(Bilingual(level.vi, level.en).say(page.lang))}" if level else ""
        found.append(f"{number} {title}: <strong>{page.words(_FROM_POINTS.fill(least))}</strong>{words}")
    return found


def _cases(page: Page, edition: Edition, number: str) -> None:
    """A few of the examples on this sheet: each class once, then in the order they stand."""
    given = [one for one in (edition.examples.examples if edition.examples else ()) if isinstance(one, Example) and one.best_of == number]
    first: dict[int | None, Example] = {}
    for one in given:
        first.setdefault(one.stars, one)
    chosen = sorted(list({id(one): one for one in (*first.values(), *given)}.values())[:_CASES], key=lambda one: -(one.stars or 0))
    if not chosen:
        return
    page.heading(page.say("Ví dụ", "Examples"), page.say("vi-du", "examples"), searched=False)
    best = page.say("cao nhất ở mọi tiêu chí", "the most for every criterion")
    other_than = page.say("cao nhất, trừ: ", "the most, but: ")
    rows = []
    for one in chosen:
        lower = ", ".join(f"{key} = {shown_value(page, value)}" for key, value in one.but.items())
        outcome = stars_sign(one.stars) if one.stars is not None else page.say("chưa xác định", "undetermined")
        held = ", ".join(dict.fromkeys(one.held_back_by or ()))
        if held:
            outcome += f"<br>{page.say('thiếu dấu sao ở', 'held back by')} {text(held)}"
        total = text(shown(one.total, page.lang)) if one.total is not None else "–"
        rows.append([th(page.vi(one.example)), text(other_than + lower if lower else best), total, outcome])
    head = [page.say("Trường hợp", "Case"), page.say("Điểm", "Points"), page.say("Tổng", "Total"), page.say("Hạng", "Class")]
    page.table(page.say("Ví dụ đã chạy thử", "Examples that are run"), head, rows, "figures", told=False)


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


def _read_by(edition: Edition, figures: Iterable[Held]) -> Iterator[str]:
    """Which pages of the signed text an office read, and when."""
    return (place for one in figures if one.certificates for place in one.seen if place in edition.rules.certified)


def _note(page: Page, given: ScoreCriterion) -> str:
    return f"<br><small>{page.words(given.note)}</small>" if given.note else ""


def _option(page: Page, option: Option, given: ScoreCriterion) -> str:
    stars = " ".join(f"{star}★" for star, least in given.marks.items() if least == option.points)
    case = f"<em>{text(option.case)}</em>: " if option.case else ""
    mark = f' <span class="star">{stars}</span>' if stars else ""
    return f"<b>{option.points}</b> {case}{text(page.say(option.vi, option.en))}{mark}"


def _mark(page: Page, star: str, least: int | MarkMissing) -> str:
    if isinstance(least, MarkMissing):
        return f"{star}★: {page.words(least.missing)}"
    return text(page.say(f"{star}★: từ {least} điểm", f"{star}★: from {least}"))


def _pages(library: Library, lang: Lang) -> Iterator[Page]:
    for edition in library.editions.values():
        for number in edition.scored.product_sets if edition.scored else ():
            yield sheet_page(library, edition, number, lang)


SHEET = Kind(Bilingual("Phiếu chấm điểm", "A score sheet"), SECTIONS["rulesets"], _pages)
