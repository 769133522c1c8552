"""A scored decision in words: the stars, the points of each part, the marks that hold the product back, what is not scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.scores.extras import points_text
from ntm_rules.decide.engine.scores.scored import Scored
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.decision import Line, law_line, level_line, place_text, presumed_line, who
from ntm_rules.labels import AUTHORITIES, STANDINGS
from ntm_rules.values import Bilingual, Lang, Outcome, Unknown

_MANY = 12
_READINGS = {
    "own_star": Bilingual("chỉ xét dấu của chính hạng đó", "only the marks of that very class count"),
    "each_member": Bilingual("dấu sao xét trên điểm của từng thành viên", "marks are tested on each member's points"),
    "zero": Bilingual("phiếu không in mức 0 thì vẫn nhận 0 điểm", "0 points are taken where no such level is printed"),
}


def outline(decision: Decided, lang: Lang, *, full: bool) -> Iterator[Line]:
    """The explanation of a scored decision, line by line."""
    scored = decision.score
    assert scored is not None

    def say(vi: str, en: str) -> str:
        return vi if lang == "vi" else en

    yield Line("title", f"{who(decision, lang)}: {_verdict(scored, lang)}", outcome=decision.outcome)
    yield Line("text", law_line(decision, lang))
    yield Line("text", _points(scored, lang))
    if decision.reason:
        yield Line("text", f"{decision.reason.say(lang)[:1].upper()}{decision.reason.say(lang)[1:]}.")
    standing = STANDINGS[scored.standing].sentence if scored.standing else None
    if standing is not None:
        yield Line("text", standing.say(lang))
    elif scored.granted_by:
        authority = AUTHORITIES[scored.granted_by].say(lang)
        yield Line("text", say(f"Hạng này do {authority} công nhận.", f"This class is recognised by {authority}."))
    for value in scored.readings.values():
        if value in _READINGS:
            yield Line("text", say("Cách đọc được chọn: ", "Reading chosen: ") + _READINGS[value].say(lang) + ".")
    yield from presumed_line(decision, lang)
    yield from level_line(decision, lang)
    if full:
        yield Line("heading", say("Từng tiêu chí", "Criterion by criterion"))
        for part in decision.root.parts:
            yield from whole(part, lang)
        return
    if scored.held_back_by:
        yield Line("heading", say("Thiếu mức dấu sao", "Marks missed") + f" ({len(scored.held_back_by)})")
        for mark in scored.held_back_by[:_MANY]:
            got = "–" if mark.observed is None else points_text(mark.observed, lang)
            wanted = say("mức có dấu", "the marked level") if mark.required is None else points_text(mark.required, lang)
            title = mark.title.say(lang)
            yield Line(
                "item",
                say(
                    f"{mark.criterion} {title}: được {got} điểm, hạng {mark.stars} sao cần {wanted}",
                    f"{mark.criterion} {title}: {got} points, {mark.stars} stars need {wanted}",
                ),
                outcome=Outcome.NOT_MET,
            )
    unscored = [node for node in decision.indicators if node.observed is None or isinstance(node.observed, Unknown)]
    unscored = [node for node in unscored if node.outcome is Outcome.UNDETERMINED]
    if unscored:
        yield Line("heading", say("Chưa chấm", "Not scored") + f" ({len(unscored)})")
        for node in unscored[:_MANY]:
            yield Line("item", _sentence(node, lang), outcome=node.outcome)
        if len(unscored) > _MANY:
            yield Line("item", say(f"… và {len(unscored) - _MANY} tiêu chí khác", f"… and {len(unscored) - _MANY} more"))


def _verdict(scored: Scored, lang: Lang) -> str:
    if scored.excluded:
        return "KHÔNG ĐƯỢC XẾP HẠNG" if lang == "vi" else "NOT RANKED"
    if scored.stars is not None:
        return f"{scored.stars} SAO" if lang == "vi" else f"{scored.stars} STARS"
    low, high = scored.stars_possible[0], scored.stars_possible[-1]
    if lang == "vi":
        return f"CHƯA XÁC ĐỊNH (từ {low} đến {high} sao)" if low != high else f"CHƯA XÁC ĐỊNH ({low} sao theo phiếu)"
    return f"UNDETERMINED ({low} to {high} stars)" if low != high else f"UNDETERMINED ({low} stars on the sheet)"


def _points(scored: Scored, lang: Lang) -> str:
    low, high = scored.total_range
    parts = ", ".join(f"{part} {'–' if points is None else points_text(points, lang)}" for part, points in scored.parts.items())
    if scored.total is not None:
        total = points_text(scored.total, lang)
        text = f"Tổng {total} điểm ({parts})" if lang == "vi" else f"{total} points ({parts})"
    else:
        span = points_text(low, lang), points_text(high, lang)
        text = f"Tổng từ {span[0]} đến {span[1]} điểm ({parts})" if lang == "vi" else f"{span[0]} to {span[1]} points ({parts})"
    if scored.band is not None and scored.band != scored.stars and not scored.excluded:
        text += (
            f"; riêng tổng điểm ứng với {scored.band} sao" if lang == "vi" else f"; the total alone is in the band of {scored.band} stars"
        )
    return text + "."


def whole(node: Node, lang: Lang, depth: int = 0) -> Iterator[Line]:
    """A scored criterion with all below it, a line each."""
    yield Line("item", _sentence(node, lang), depth, node.outcome)
    for part in node.parts:
        yield from whole(part, lang, depth + 1)


def _sentence(node: Node, lang: Lang) -> str:
    """One criterion in one line: points of the most there are, the marks beside it, the reason, the source."""
    text = f"{node.id} {node.title.say(lang)}"
    if node.face.kind != "score":
        return text
    points = node.observed
    got = points_text(points, lang) if isinstance(points, Decimal) else "–"
    words = "điểm" if lang == "vi" else "points"
    text += f": {got}/{node.face.k} {words}"
    marks = [f"{star}★ ≥ {'?' if least is None else least}" for star, least in node.face.marks]
    details = [", ".join(marks)] if marks else []
    if node.reason:
        details.append(node.reason.say(lang))
    if details:
        text += " — " + "; ".join(details)
    place = place_text(node.source, lang, node.face.level)
    return f"{text} [{place}]" if place else text
