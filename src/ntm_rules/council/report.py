"""A round of a council as reports: who scored what, the minutes, and the long table that keeps the points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from ntm_rules.council import layout
from ntm_rules.council.joined import MemberSheet, Round
from ntm_rules.council.minutes import Minutes, part_of, two
from ntm_rules.council.proposed import PROPOSALS, proposal_of
from ntm_rules.decide.engine.scores.extras import classes_text
from ntm_rules.labels import AUTHORITIES, STANDINGS
from ntm_rules.model.score import Score
from ntm_rules.problems import Problem
from ntm_rules.tables.write.listing import Report, Section
from ntm_rules.values import Bilingual, Lang, plain

Say = Callable[[Bilingual], str]


def long_table(scored: Round) -> Report:
    """Every point given, a row each, with what says by which text: read again, it gives the same round."""
    rows = []
    for sheet in scored.sheets:
        identity = scored.kit.identity(sheet.product)
        head = [
            identity.id,
            identity.version,
            identity.sha256,
            identity.on.isoformat() if identity.on else "",
            identity.province or "",
            str(sheet.round),
            sheet.product.id,
            sheet.product.name,
            sheet.product.number,
            sheet.member,
            sheet.day,
        ]
        rows += [[*head, number, str(points)] for number, points in sheet.points.items()]
        rows += [[*head, number, ""] for number in sheet.missing]
    return Report("", [Section("", [said[0] for said in layout.COLUMNS.values()], rows)])


def collected_report(scored: Round, lang: Lang, problems: Sequence[Problem]) -> Report:
    """Who has scored what: a row a product, a column a member."""
    kit = scored.kit
    rows, data = [], []
    for product in kit.products:
        sheets, _ = scored.of(product)
        by_member = {sheet.member: sheet for sheet in sheets}
        cells = [_state(by_member.get(member), lang) for member in kit.members]
        rows.append([product.id, product.name, *cells, f"{sum(not sheet.missing for sheet in sheets)}/{len(kit.members)}"])
        missing = {member: None if member not in by_member else list(by_member[member].missing) for member in kit.members}
        data.append({"product": product.id, "missing": missing})
    headings = [_PRODUCT.say(lang), _NAME.say(lang), *kit.members, _DONE.say(lang)]
    return Report(
        _COLLECTED.say(lang), [Section(_COLLECTED.say(lang), headings, rows, [_text(scored).say(lang)])], {"products": data}, "", problems
    )


def minutes_report(scored: Round, found: Sequence[Minutes], lang: Lang, problems: Sequence[Problem]) -> Report:
    """The minutes: a summary, each member's totals, marks missed, earlier rounds, and the lists of what is proposed."""

    def say(words: Bilingual) -> str:
        return words.say(lang)

    parts = list(scored.kit.rules.scores.score.parts)
    sections = [
        Section(say(_SUMMARY), _headings(_SUMMARY_HEADS, parts, say), [_summary(one, parts, lang) for one in found], _notes(scored, lang)),
        Section(
            say(_MEMBERS),
            _headings(_MEMBER_HEADS, parts, say),
            [_member(scored, sheet, parts, lang) for one in found for sheet in one.sheets],
        ),
    ]
    missed = [row for one in found for row in _missed(one, lang)]
    if missed:
        sections.append(Section(say(_MARKS), [say(head) for head in _MARK_HEADS], missed))
    replaced = [_member(scored, sheet, parts, lang) for one in found for sheet in one.replaced]
    if replaced:
        sections.append(Section(say(_EARLIER), _headings(_MEMBER_HEADS, parts, say), replaced, [say(_EARLIER_NOTE)]))
    for key, title in PROPOSALS.items():
        rows = [_listed(one, lang) for one in found if proposal_of(one) == key]
        if rows:
            sections.append(Section(say(title), [say(head) for head in _LIST_HEADS], rows))
    data = {
        "ruleset": {"id": scored.kit.rules.id, "version": scored.kit.rules.version, "sha256": scored.kit.rules.sha256},
        "members": list(scored.kit.members),
        "products": [{**one.as_dict(), "proposal": proposal_of(one)} for one in found],
    }
    return Report(say(_TITLE), sections, data, "", problems)


def _headings(heads: tuple[Bilingual | None, ...], parts: Sequence[str], say: Say) -> list[str]:
    """The headings, with one for each part of the sheets where a gap is left."""
    return [text for head in heads for text in ([say(head)] if head is not None else parts)]


def _state(sheet: MemberSheet | None, lang: Lang) -> str:
    if sheet is None:
        return _NO_SHEET.say(lang)
    return str(sheet.total) if not sheet.missing else _LACKS.fill(len(sheet.missing)).say(lang)


def _text(scored: Round) -> Bilingual:
    rules = scored.kit.rules
    day = Bilingual(f"{rules.on:%d/%m/%Y}", f"{rules.on}") if rules.on else Bilingual("–")
    return _BY.fill(rules.title, rules.id, rules.version, day, rules.sha256[:12])


def _notes(scored: Round, lang: Lang) -> list[str]:
    """By which text, and what the council's own rules are, as far as they are on record."""
    score = scored.kit.rules.scores.score
    notes = [_text(scored)]
    nothing = score.council is None and not score.councils
    levels = {None if nothing else product.attributes.get("council_level") for product in scored.kit.products}
    for level in (None, *AUTHORITIES):
        if level in levels:
            notes += _regulated(score, level)
    notes.append(_EACH if score.readings.marks_tested_on == "each_member" else _MEAN)
    notes.append(_ROUNDED)
    return [note.say(lang) for note in notes]


def _regulated(score: Score, level: str | None) -> list[Bilingual]:
    """What the regulations on record ask of the council of a level, or that there is none."""
    rules = score.regulations(level)
    if not rules:
        return [_NO_RULE if level is None else _NOT_OF.fill(AUTHORITIES[level])]
    notes = [] if level is None else [_OF.fill(AUTHORITIES[level])]
    for rule in rules:
        asked = ((_PRESENT, rule.quorum), (_QUORUM, rule.quorum_share), (_DEVIATION, rule.max_deviation))
        notes += [words.fill(plain(Decimal(figure))) for words, figure in asked if figure is not None]
    return notes


def _summary(one: Minutes, parts: Sequence[str], lang: Lang) -> list[str]:
    totals = [sheet.total for sheet in one.sheets if sheet.total is not None]
    score = None if one.decision is None else one.decision.score
    means = ["–"] * (len(parts) + 1) if score is None else [two(score.total, lang), *(two(score.parts[part], lang) for part in parts)]
    if score is not None and score.total is None:
        means[0] = f"{two(score.total_range[0], lang)}–{two(score.total_range[1], lang)}"
    sheets = len(one.sheets)
    return [
        one.product.id,
        one.product.name,
        one.product.number,
        f"{sheets}/{sheets + len(one.absent)}",
        *means,
        f"{min(totals)}–{max(totals)}" if totals else "–",
        "–" if one.spread is None else str(one.spread),
        _class(one, lang),
        AUTHORITIES[score.granted_by].say(lang) if score is not None and score.granted_by else "–",
        _remark(one, lang),
    ]


def _class(one: Minutes, lang: Lang) -> str:
    if one.decision is None:
        return "–"
    standing = one.decision.standing
    stars = str(one.stars) if one.stars is not None else classes_text(one.decision.stars_possible)
    return f"{stars} ({STANDINGS[standing].word.say(lang)})" if standing else stars


def _remark(one: Minutes, lang: Lang) -> str:
    """Why there is no class, or none that stands: one member alone, exclusions, quorum, deviation, what is not scored."""
    if one.decision is None:
        return _ALONE.say(lang)
    reason = one.decision.reason
    return "" if reason is None else reason.say(lang)


def _member(scored: Round, sheet: MemberSheet, parts: Sequence[str], lang: Lang) -> list[str]:
    points = [part_of(scored, sheet, part) for part in parts]
    texts = ["–" if one is None else str(one) for one in points]
    return [sheet.product.id, sheet.member, str(sheet.round), sheet.day, "–" if sheet.total is None else str(sheet.total), *texts]


def _missed(one: Minutes, lang: Lang) -> list[list[str]]:
    return [
        [
            one.product.id,
            missed.mark.criterion,
            missed.mark.title.say(lang),
            str(missed.mark.stars),
            two(missed.mark.observed, lang),
            "–" if missed.mark.required is None else plain(missed.mark.required),
            "; ".join(f"{who}: {points}" for who, points in missed.by) or "–",
        ]
        for missed in one.missed
    ]


def _listed(one: Minutes, lang: Lang) -> list[str]:
    score: Any = None if one.decision is None else one.decision.score
    granted = AUTHORITIES[score.granted_by].say(lang) if score is not None and score.granted_by else "–"
    total = None if score is None else score.total
    return [one.product.id, one.product.name, one.product.number, two(total, lang), _class(one, lang), granted]


_TITLE: Final = Bilingual("Biên bản chấm điểm sản phẩm OCOP", "Minutes of the scoring of OCOP products")
_COLLECTED: Final = Bilingual("Phiếu đã thu", "Sheets collected")
_SUMMARY: Final = Bilingual("Kết quả từng sản phẩm", "Result of each product")
_MEMBERS: Final = Bilingual("Điểm của từng thành viên", "Points of each member")
_MARKS: Final = Bilingual("Dấu sao chưa đạt", "Star marks missed")
_EARLIER: Final = Bilingual("Vòng chấm trước", "Earlier rounds")
_EARLIER_NOTE: Final = Bilingual("Các phiếu này đã được chấm lại và không còn tính.", "These were scored again and do not count any more.")
_PRODUCT: Final = Bilingual("Mã sản phẩm", "Product")
_NAME: Final = Bilingual("Tên sản phẩm", "Name")
_SET: Final = Bilingual("Bộ", "Set")
_MEAN_HEAD: Final = Bilingual("Điểm bình quân", "Mean")
_CLASS: Final = Bilingual("Hạng sao", "Class")
_GRANTED: Final = Bilingual("Cấp công nhận", "Granted by")
_DONE: Final = Bilingual("Đã chấm đủ", "Complete")
_NO_SHEET: Final = Bilingual("chưa có phiếu", "no sheet")
_LACKS: Final = Bilingual("thiếu {} tiêu chí", "lacks {} criteria")
_SUMMARY_HEADS: Final = (
    _PRODUCT,
    _NAME,
    _SET,
    Bilingual("Số phiếu", "Sheets"),
    _MEAN_HEAD,
    None,
    Bilingual("Thấp nhất – cao nhất", "Lowest – highest"),
    Bilingual("Chênh lệch", "Spread"),
    _CLASS,
    _GRANTED,
    Bilingual("Ghi chú", "Remark"),
)
_MEMBER_HEADS: Final = (
    _PRODUCT,
    Bilingual("Thành viên", "Member"),
    Bilingual("Vòng", "Round"),
    Bilingual("Ngày chấm", "Day"),
    Bilingual("Tổng điểm", "Total"),
    None,
)
_MARK_HEADS: Final = (
    _PRODUCT,
    Bilingual("Tiêu chí", "Criterion"),
    Bilingual("Tên tiêu chí", "Title"),
    Bilingual("Mất hạng sao", "Class lost"),
    _MEAN_HEAD,
    Bilingual("Cần ít nhất", "At least"),
    Bilingual("Người cho thấp hơn", "Who gave less"),
)
_LIST_HEADS: Final = (_PRODUCT, _NAME, _SET, _MEAN_HEAD, _CLASS, _GRANTED)
_BY: Final = Bilingual("{} ({} {}), luật ngày {}, mã kiểm {}.", "{} ({} {}), law of {}, sha256 {}.")
_NO_RULE: Final = Bilingual(
    "Chưa ghi quy chế hội đồng nào cho bộ này, tỉnh này, ngày này: số người chấm và mức chênh lệch chỉ được nêu, không xét.",
    "No regulation of a council is on record for this set (province, day): quorum and spread are stated and not judged.",
)
_OF: Final = Bilingual("Quy chế đã ghi là của hội đồng {}.", "The regulation on record is that of the council of {}.")
_NOT_OF: Final = Bilingual(
    "Chưa ghi quy chế nào của hội đồng {}: số người chấm và mức chênh lệch của hội đồng ấy chỉ nêu, không xét.",
    "No regulation of the council of {} is on record: its quorum and spread are stated and not judged.",
)
_PRESENT: Final = Bilingual("Quy chế hội đồng: ít nhất {} thành viên chấm.", "The council's regulation: at least {} members score.")
_QUORUM: Final = Bilingual("Quy chế hội đồng: ít nhất {}% thành viên chấm.", "The council's regulation: at least {}% of the members score.")
_DEVIATION: Final = Bilingual(
    "Quy chế hội đồng: tổng điểm các thành viên chênh nhau không quá {} điểm.", "The council's regulation: totals at most {} points apart."
)
_MEAN: Final = Bilingual("Dấu sao được so với điểm bình quân của các thành viên.", "Star marks are tested on the members' mean.")
_EACH: Final = Bilingual("Dấu sao được so với điểm của từng thành viên.", "Star marks are tested on each member's points.")
_ROUNDED: Final = Bilingual(
    "Điểm in hai chữ số lẻ; hạng sao xét theo điểm chưa làm tròn.", "Points are printed to two places; classes rest on unrounded points."
)
_ALONE: Final = Bilingual("chưa đủ hai thành viên hoặc điểm không đọc được", "fewer than two members, or points that cannot be read")
