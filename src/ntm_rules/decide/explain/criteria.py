"""A decision by criteria in words: how many are met, which columns were read, what failed, what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.tree import Node, gap_text, value_text
from ntm_rules.decide.explain.outline import (
    TITLE,
    Line,
    column_line,
    follows_line,
    law_line,
    level_line,
    place_text,
    presumed_line,
    province_line,
    said,
    small_share_line,
    some,
    unread_line,
    who,
)
from ntm_rules.labels import VERDICTS
from ntm_rules.values import LANGS, Bilingual, Lang, NotApplicable, Outcome, Unknown

_TALLY: Final = Bilingual("Đạt {}/{} tiêu chí", "{} of {} criteria met")
_OTHERS: Final = Bilingual("{} {}")
_ENDED: Final = Bilingual("{}.")
_ONE_BY_ONE: Final = Bilingual("Từng tiêu chí", "Criterion by criterion")
_FAILED: Final = Bilingual("Chưa đạt", "Not met")
_OPEN: Final = Bilingual("Chưa xác định", "Undetermined")
_CONFLICTS: Final = Bilingual("Mâu thuẫn giữa xác nhận và số đo (số đo quyết định)", "Attested against measured (the value decides)")
_NODE: Final = Bilingual("{} {}: {}")
_VALUE: Final = Bilingual("giá trị ", "value ")
_REQUIRED: Final = Bilingual("yêu cầu {}", "required {}")
_SOURCE: Final = Bilingual(" [{}]")
_NOTHING: Final = Bilingual("")


def outline(decision: Decided, full: bool) -> Iterator[Line]:
    """The explanation of a decision by criteria, line by line."""
    yield Line("title", TITLE.fill(who(decision), VERDICTS[decision.outcome]), outcome=decision.outcome)
    yield law_line(decision)
    yield from province_line(decision)
    yield Line("text", _tally(decision))
    yield from follows_line(decision)
    if decision.reason:
        yield Line("text", decision.reason)
    for column in decision.columns:
        yield from column_line(column)
    yield from presumed_line(decision)
    yield from unread_line(decision)
    yield from small_share_line(decision)
    yield from level_line(decision)
    if full:
        yield Line("heading", _ONE_BY_ONE)
        for section in decision.root.parts:
            yield from whole(section)
    else:
        leaves = list(_leaves(decision.root))
        yield from some(_FAILED, [node for node in leaves if node.outcome is Outcome.NOT_MET], _line)
        if decision.outcome is not Outcome.MET:
            yield from some(_OPEN, [node for node in leaves if node.outcome is Outcome.UNDETERMINED], _line)
    if decision.conflicts:
        yield Line("heading", _CONFLICTS)
        for node in decision.conflicts:
            assert node.conflict is not None
            yield Line("item", _NODE.fill(node.id, node.title, node.conflict), outcome=node.outcome)


def whole(node: Node, depth: int = 0) -> Iterator[Line]:
    """A node with all below it, a line each."""
    waiting = [(node, depth)]
    while waiting:
        one, deep = waiting.pop()
        yield _line(one, deep)
        waiting += [(part, deep + 1) for part in one.parts[::-1]]


def _tally(decision: Decided) -> Bilingual:
    counted = [(decision.count(outcome), outcome.label) for outcome in Outcome if outcome is not Outcome.MET]
    others = [_OTHERS.fill(number, label) for number, label in counted if number]
    return _ENDED.fill(Bilingual.join([_TALLY.fill(decision.count(Outcome.MET), decision.count()), *others], "; "))


def _leaves(node: Node) -> Iterator[Node]:
    """The nodes that carry an outcome of their own: indicators, and criteria attested, without content or not applicable."""
    if node.parts and node.basis != "attested" and node.outcome is not Outcome.NOT_APPLICABLE:
        for part in node.parts:
            yield from _leaves(part)
    elif node.id:
        yield node


def _line(node: Node, depth: int = 0) -> Line:
    """One node in one line: number, title, outcome, value against requirement, by how much it misses it, reason, source."""
    value, outcome = node.observed, node.outcome
    if (value is not None and value.__class__ is not bool) or node.reason is not None:
        return Line("item", _text(node, value), depth, outcome)
    told, key = node.face.told, (outcome, node.basis, value, depth)  # few lines say the same of many subjects
    line: Line | None = told.get(key)
    if line is None:
        line = told[key] = Line("item", _text(node, value), depth, outcome)
    return line


def _text(node: Node, value: Any) -> Bilingual:
    face, reason = node.face, node.reason
    fixed = face.told.get(node.outcome) or face.told.setdefault(node.outcome, _whatever_the_value(node))
    if isinstance(value, (Unknown, NotApplicable)) and value.reason == reason:
        reason = None
    measures = face.kind == "indicator"
    if not measures and reason is None:
        return Bilingual(*[head for _, head, _, _, _ in fixed])
    given = measures and (value is not None or node.basis == "measured")
    gap, unit = (node.gap, node.unit) if measures else (None, None)
    texts = []
    for lang, head, before, required, source in fixed:  # a page has a hundred lines a subject, so each is put together once
        details = [before + value_text(value, unit, lang)] if given else []
        if measures:
            details.append(required)
        if gap and unit is not None:
            details.append(gap_text(gap, face.operator, unit, lang))
        if reason is not None:
            details.append(reason.say(lang))
        texts.append(f"{head} — {'; '.join(details)}{source}")
    return Bilingual(*texts)


def _whatever_the_value(node: Node) -> list[tuple[Lang, str, str, str, str]]:
    """What a line says of a node with this outcome, in each language: its head; what stands before a value; what an indicator requires;
    the source."""
    head, source = _NODE.fill(node.id, node.title, node.outcome.label), place_text(node.source, node.face.level)
    required = _REQUIRED.fill(said(node.requirement)) if node.face.kind == "indicator" else _NOTHING
    cited = _SOURCE.fill(source) if source else _NOTHING
    return [(lang, head.say(lang), _VALUE.say(lang), required.say(lang), cited.say(lang)) for lang in LANGS]
