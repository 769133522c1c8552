"""A scored decision in words: the stars, the points of each part, the marks that hold the product back, what is not scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.scores.extras import points_text
from ntm_rules.decide.engine.scores.scored import Mark, Scored
from ntm_rules.decide.engine.tree import Node
from ntm_rules.decide.explain.outline import (
    TITLE,
    Line,
    law_line,
    level_line,
    place_text,
    presumed_line,
    province_line,
    said,
    some,
    unread_line,
    who,
)
from ntm_rules.labels import AUTHORITIES, STANDINGS
from ntm_rules.values import Bilingual, Outcome, Unknown

_READINGS: Final = {
    "own_star": Bilingual("chỉ xét dấu của chính hạng đó", "only the marks of that very class count"),
    "each_member": Bilingual("dấu sao xét trên điểm của từng thành viên", "marks are tested on each member's points"),
    "zero": Bilingual("phiếu không in mức 0 thì vẫn nhận 0 điểm", "0 points are taken where no such level is printed"),
}
_READ_AS: Final = Bilingual("Cách đọc được chọn: {}.", "Reading chosen: {}.")
_GRANTED_BY: Final = Bilingual("Hạng này do {} công nhận.", "This class is recognised by {}.")
_ENDED: Final = Bilingual("{}.")
_ONE_BY_ONE: Final = Bilingual("Từng tiêu chí", "Criterion by criterion")
_MARKS_MISSED: Final = Bilingual("Thiếu mức dấu sao", "Marks missed")
_MARK: Final = Bilingual("{} {}: được {} điểm, hạng {} sao cần {}", "{} {}: {} points, {} stars need {}")
_MARKED_LEVEL: Final = Bilingual("mức có dấu", "the marked level")
_NOT_SCORED: Final = Bilingual("Chưa chấm", "Not scored")
_NOTHING: Final = Bilingual("–")

_NOT_RANKED: Final = Bilingual("KHÔNG ĐƯỢC XẾP HẠNG", "NOT RANKED")
_STARS: Final = Bilingual("{} SAO", "{} STARS")
_OPEN: Final = Bilingual("CHƯA XÁC ĐỊNH ({})", "UNDETERMINED ({})")
_ON_THE_SHEET: Final = Bilingual("{} sao theo phiếu", "{} stars on the sheet")
_FROM_TO: Final = Bilingual("từ {} đến {} sao", "{} to {} stars")
_OR: Final = Bilingual("{} hoặc {} sao", "{} or {} stars")

_PART: Final = Bilingual("{} {}")
_TOTAL: Final = Bilingual("Tổng {} điểm ({})", "{} points ({})")
_TOTAL_BETWEEN: Final = Bilingual("Tổng từ {} đến {} điểm ({})", "{} to {} points ({})")
_ALL_BUT_SCORED: Final = Bilingual("Tổng {} điểm ({}), chưa chấm đủ", "{} points ({}), not all scored")
_BAND: Final = Bilingual("; riêng tổng điểm ứng với {} sao", "; the total alone is in the band of {} stars")

_HEADING: Final = Bilingual("{} {}")
_POINTS: Final = Bilingual("{} {}: {}/{} điểm", "{} {}: {}/{} points")
_WITH_DETAILS: Final = Bilingual("{} — {}")
_WITH_SOURCE: Final = Bilingual("{} [{}]")


def outline(decision: Decided, full: bool) -> Iterator[Line]:
    """The explanation of a scored decision, line by line."""
    scored = decision.score
    assert scored is not None
    yield Line("title", TITLE.fill(who(decision), _verdict(scored)), outcome=decision.outcome)
    yield law_line(decision)
    yield from province_line(decision)
    yield Line("text", _ENDED.fill(_points(scored)))
    if decision.reason:
        yield Line("text", said(lambda lang: _sentence(decision.reason.say(lang) if decision.reason else "")))
    yield from _standing(scored)
    for value in scored.readings.values():
        if value in _READINGS:
            yield Line("text", _READ_AS.fill(_READINGS[value]))
    yield from presumed_line(decision)
    yield from unread_line(decision)
    yield from level_line(decision)
    if full:
        yield Line("heading", _ONE_BY_ONE)
        for part in decision.root.parts:
            yield from whole(part)
        return
    yield from some(_MARKS_MISSED, scored.held_back_by, _mark)
    unscored = [node for node in decision.indicators if node.observed is None or isinstance(node.observed, Unknown)]
    yield from some(_NOT_SCORED, [node for node in unscored if node.outcome is Outcome.UNDETERMINED], _line)


def whole(node: Node, depth: int = 0) -> Iterator[Line]:
    """A scored criterion with all below it, a line each."""
    yield _line(node, depth)
    for part in node.parts:
        yield from whole(part, depth + 1)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _standing(scored: Scored) -> Iterator[Line]:
    """Where the dossier goes, or who recognises the class."""
    standing = STANDINGS.get(scored.standing or "")
    if standing is not None and standing.sentence is not None:
        yield Line("text", standing.sentence)
    elif scored.granted_by:
        yield Line("text", _GRANTED_BY.fill(AUTHORITIES[scored.granted_by]))


def _verdict(scored: Scored) -> Bilingual:
    if scored.excluded:
        return _NOT_RANKED
    if scored.stars is not None:
        return _STARS.fill(scored.stars)
    possible = scored.stars_possible
    if len(possible) == 1:
        return _OPEN.fill(_ON_THE_SHEET.fill(*possible))
    low, high = possible[0], possible[-1]
    if len(possible) == high - low + 1:
        return _OPEN.fill(_FROM_TO.fill(low, high))
    return _OPEN.fill(_OR.fill(", ".join(map(str, possible[:-1])), high))


def _points(scored: Scored) -> Bilingual:
    parts = Bilingual.join(_PART.fill(part, _number(points)) for part, points in scored.parts.items())
    low, high = scored.total_range
    if scored.total is not None:
        text = _TOTAL.fill(_number(scored.total), parts)
    elif low == high:
        text = _ALL_BUT_SCORED.fill(_number(low), parts)
    else:
        text = _TOTAL_BETWEEN.fill(_number(low), _number(high), parts)
    if scored.band is not None and scored.band != scored.stars and not scored.excluded:
        return Bilingual.join([text, _BAND.fill(scored.band)], "")
    return text


def _number(points: Decimal | None) -> Bilingual:
    return _NOTHING if points is None else said(lambda lang: points_text(points, lang))


def _mark(mark: Mark) -> Line:
    wanted = _MARKED_LEVEL if mark.required is None else _number(mark.required)
    text = _MARK.fill(mark.criterion, mark.title, _number(mark.observed), mark.stars, wanted)
    return Line("item", text, outcome=Outcome.NOT_MET)


def _line(node: Node, depth: int = 0) -> Line:
    """One criterion in one line: points of the most there are, the marks beside it, the reason, the source."""
    if node.face.kind != "score":
        return Line("item", _HEADING.fill(node.id, node.title), depth, node.outcome)
    text = _POINTS.fill(node.id, node.title, _number(node.observed if isinstance(node.observed, Decimal) else None), node.face.k)
    marks = ", ".join(f"{star}★ ≥ {'?' if least is None else least}" for star, least in node.face.marks)
    if details := [one for one in (marks, node.reason) if one]:
        text = _WITH_DETAILS.fill(text, Bilingual.join(details, "; "))
    if place := place_text(node.source, node.face.level):
        text = _WITH_SOURCE.fill(text, place)
    return Line("item", text, depth, node.outcome)
