"""Judging: a plan and the facts of a subject to an outcome at every node, in three-valued logic.

What is measured decides; an attestation decides only what measured values leave open; a contradiction between the two is
kept as a conflict. Nor does an attestation decide against a figure whose source is too weak to decide: the node stays open, so that
asking for better sources never turns *not met* into *met*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ntm_rules.conditions import ALL_OF
from ntm_rules.decide.engine.compile import Group, Leaf
from ntm_rules.decide.engine.members import Between, Uncounted
from ntm_rules.decide.engine.tree import Judged
from ntm_rules.values import Bilingual, NotApplicable, Outcome, Unknown

MEASURED: Final = "measured"
ATTESTED: Final = "attested"
DERIVED: Final = "derived"
STATED: Final = "stated"

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Outcome

NOT_GIVEN: Final = Bilingual("chưa có số liệu", "no value was given")
NO_FIGURE: Final = Bilingual("chưa có mức đạt: {}", "no figure to compare with: {}")
OPEN_COLUMN: Final = Bilingual("mức đạt tùy thuộc điều chưa biết: {}", "what is required depends on what is not known: {}")
MUST_APPLY: Final = Bilingual(
    "ghi là không áp dụng ({}), nhưng quyết định không cho phép chỉ tiêu này không áp dụng",
    "given as not applicable ({}), but the decision does not let this indicator fall away",
)
BY_ATTESTATION: Final = Bilingual("theo xác nhận của cơ quan có thẩm quyền", "as attested by the authority")
CONFLICT: Final = Bilingual("xác nhận ghi «{}» nhưng số liệu cho kết quả «{}»", "attested as «{}», but the values give «{}»")
AGAINST_WEAK_FIGURES: Final = Bilingual(
    "xác nhận ghi «{}» nhưng số liệu cho kết quả «{}» theo mức đạt có nguồn yếu hơn mức chấp nhận",
    "attested as «{}», but the values give «{}» by figures whose sources are weaker than accepted",
)
NONE_TO_COUNT: Final = Bilingual("{}; nếu đã kê đủ thì có thể ghi «không áp dụng»", "{}; if all are listed, «not applicable» may be stated")
NOT_CONCERNED: Final = Bilingual("không thuộc diện áp dụng: {}", "does not apply: {}")


def judge(group: Group, values: Sequence[Any], attested: Mapping[str, bool]) -> Judged:
    """The node of a whole and of all of its parts, as plain tuples that :class:`Node` gives a face to."""
    failed = unknown = aside = 0
    nobody_attested = not attested
    parts: list[Judged] = []
    add = parts.append
    for part, face, index, kind, holds, bound in group.rows:
        if kind is not None and (value := values[index]).__class__ is kind and (nobody_attested or part.id not in attested):
            if holds(value, bound):
                add((face, MET, value, MEASURED, None, None, ()))
            else:
                failed += 1
                add((face, NOT_MET, value, MEASURED, None, None, ()))
            continue
        judged = judge(part, values, attested) if index < 0 else judge_leaf(part, values[index], attested.get(part.id))
        add(judged)
        outcome = judged[1]
        if outcome is NOT_MET:
            failed += 1
        elif outcome is UNDETERMINED:
            unknown += 1
        elif outcome is NOT_APPLICABLE:
            aside += 1
    outcome = group.rule.combine(len(parts) - failed - unknown - aside, failed, unknown, group.k)
    if group.missing is None and group.applies is None and (nobody_attested or group.id not in attested):
        return (group.face, outcome, None, DERIVED, None, None, tuple(parts))
    return _judge_odd(group, outcome, parts, values, attested)


def _judge_odd(group: Group, outcome: Outcome, parts: list[Judged], values: Sequence[Any], attested: Mapping[str, bool]) -> Judged:
    """A whole whose content is missing, that may not apply, or that somebody has attested."""
    reason: Bilingual | None = None
    if group.missing is not None:  # content that is not known counts as one more part that is not known
        met, failed, unknown = ([part[1] for part in parts].count(one) for one in (MET, NOT_MET, UNDETERMINED))
        outcome = group.rule.combine(met, failed, unknown + 1, group.k)
        reason = _fill(NO_FIGURE, group.missing)
    if group.applies is not None:
        outcome, reason = _not_applied(group)
    stated, heard = attested.get(group.id), UNDETERMINED
    if stated is not None and group.heard is not None:
        rest = {number: answer for number, answer in attested.items() if number != group.id}
        heard = judge(group.heard, values, rest)[1]
    return _with_attestation(group, (outcome, None, DERIVED, reason), stated, heard, parts)


def judge_leaf(leaf: Leaf, value: Any, attested: bool | None) -> Judged:
    """The node of an indicator, by the long way: absences, missing figures, open columns, attestations."""
    heard = UNDETERMINED
    if attested is not None and leaf.heard is not None:
        heard = _by_value(leaf.heard, value)[0]
    return _with_attestation(leaf, _by_value(leaf, value), attested, heard)


_Found = tuple[Outcome, Any, str | None, Bilingual | None]  # outcome, observed, basis, reason


def _by_value(leaf: Leaf, value: Any) -> _Found:
    """What the value alone says."""
    leave = value.__class__ is NotApplicable and leaf.may_not_apply is not None
    certainly_away = leave and leaf.applies is not None and leaf.applies.outcome is UNDETERMINED  # by the law or by its leave
    if leaf.applies is not None and not certainly_away:
        outcome, reason = _not_applied(leaf)
        return outcome, _observed(value), None, reason
    if value.__class__ is NotApplicable:
        if leave:
            return NOT_APPLICABLE, value, STATED, Bilingual(value.reason)
        return UNDETERMINED, value, None, _fill(MUST_APPLY, Bilingual(value.reason))
    if value is None:
        return UNDETERMINED, None, None, _why_open(leaf) or NOT_GIVEN
    if value.__class__ is Unknown:
        return UNDETERMINED, value, None, Bilingual(value.reason)
    if value.__class__ is Uncounted:
        falls_away = leaf.may_not_apply is not None and value is Uncounted.NONE_IN_BASE
        return UNDETERMINED, None, None, _fill(NONE_TO_COUNT, value.value) if falls_away else value.value
    if value.__class__ is Between and value.low != value.high:
        return _by_range(leaf, value)
    known, basis = (value.low, DERIVED) if value.__class__ is Between else (value, MEASURED)
    outcome = _agreed(None if bound.value is None else leaf.operator.holds(known, bound.value) for bound in leaf.bounds)
    return (outcome, known, None, _why_open(leaf)) if outcome is UNDETERMINED else (outcome, known, basis, None)


def _by_range(leaf: Leaf, value: Between) -> _Found:
    """A share or count over parts: it decides where every value that it can still take says the same."""
    low, high, whole = value.low, value.high, leaf.measure.count_of is not None
    outcome = _agreed(None if bound.value is None else leaf.operator.over(low, high, bound.value, whole=whole) for bound in leaf.bounds)
    if outcome is UNDETERMINED:
        return UNDETERMINED, _observed(value), None, _why_open(leaf) or value.reason
    return outcome, _observed(value), DERIVED, value.reason


def _observed(value: Any) -> Any:
    """What parts came to, as a value: a number, or an absence with its reason."""
    if value.__class__ is Between:
        return value.low if value.low == value.high else Unknown(value.reason.vi)
    return None if value.__class__ is Uncounted else value


def _agreed(found: Iterable[bool | None]) -> Outcome:
    """Met or not met where every bound that may hold says so."""
    answers = set(found)
    if answers == {True}:
        return MET
    return NOT_MET if answers == {False} else UNDETERMINED


def _why_open(leaf: Leaf) -> Bilingual | None:
    """Why a value could not be compared: a figure is missing or too weak, or the column is not known."""
    if len(leaf.bounds) > 1:
        return _fill(OPEN_COLUMN, _titles(leaf))
    absent = leaf.bound.absent
    return None if absent is None else _fill(NO_FIGURE, absent)


def _not_applied(part: Leaf | Group) -> tuple[Outcome, Bilingual]:
    answer = part.applies
    assert answer is not None
    if answer.outcome is UNDETERMINED:
        return UNDETERMINED, _fill(OPEN_COLUMN, _titles(part))
    vi, en = "; ".join(reason.vi for reason in answer.because), "; ".join(reason.en for reason in answer.because)
    return NOT_APPLICABLE, _fill(NOT_CONCERNED, Bilingual(vi, en))


def _with_attestation(part: Leaf | Group, found: _Found, attested: bool | None, heard: Outcome, parts: Sequence[Judged] = ()) -> Judged:
    """The node, with what an authority has stated of it; ``heard`` is what the values give if figures of every source level count."""
    outcome, observed, basis, reason = found
    conflict = None
    stated = None if attested is None else MET if attested else NOT_MET
    if stated is not None and stated is not outcome:
        if outcome is not UNDETERMINED:
            conflict = _contradiction(CONFLICT, stated, outcome)
        elif heard in (UNDETERMINED, stated):
            outcome, basis, reason = stated, ATTESTED, BY_ATTESTATION
        else:
            conflict = _contradiction(AGAINST_WEAK_FIGURES, stated, heard)
    return (part.face, outcome, observed, basis, reason, conflict, tuple(parts))


def _contradiction(words: Bilingual, stated: Outcome, found: Outcome) -> Bilingual:
    return Bilingual(words.vi.format(stated.label.vi, found.label.vi), words.en.format(stated.label.en, found.label.en))


def verdict(group: Group, values: Sequence[Any], attested: Mapping[str, bool]) -> Outcome:
    """The outcome of a whole alone, stopping as soon as it is certain. Equal to that of :func:`judge`."""
    if group.missing is not None or group.applies is not None or group.id in attested:
        outcome: Outcome = judge(group, values, attested)[1]
        return outcome
    failed = unknown = aside = 0
    stops_at_failure = group.rule is ALL_OF
    for part, _, index, kind, holds, bound in group.rows:
        if kind is not None and (value := values[index]).__class__ is kind:
            if not holds(value, bound):
                if stops_at_failure:
                    return NOT_MET
                failed += 1
            continue
        outcome = verdict(part, values, attested) if index < 0 else judge_leaf(part, values[index], attested.get(part.id))[1]
        if outcome is NOT_MET:
            if stops_at_failure:
                return NOT_MET
            failed += 1
        elif outcome is UNDETERMINED:
            unknown += 1
        elif outcome is NOT_APPLICABLE:
            aside += 1
    return group.rule.combine(len(group.rows) - failed - unknown - aside, failed, unknown, group.k)


def _titles(part: Leaf | Group) -> Bilingual:
    titles = [title for _, title in part.face.waits_for]
    return Bilingual(", ".join(title.vi for title in titles), ", ".join(title.en for title in titles))


def _fill(template: Bilingual, words: Bilingual) -> Bilingual:
    return Bilingual(template.vi.format(words.vi), template.en.format(words.en))
