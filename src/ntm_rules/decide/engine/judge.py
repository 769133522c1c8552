"""Judging: a plan and the facts of a subject to an outcome at every node, in three-valued logic.

What is measured decides; an attestation decides only what measured values leave open; a contradiction between the two is
kept as a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ntm_rules.conditions import ALL_OF
from ntm_rules.decide.engine.compile import Group, Leaf
from ntm_rules.decide.engine.members import Between
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
    return _judge_odd(group, outcome, parts, attested.get(group.id))


def _judge_odd(group: Group, outcome: Outcome, parts: list[Judged], attested: bool | None) -> Judged:
    """A whole whose content is missing, that may not apply, or that somebody has attested."""
    reason: Bilingual | None = None
    if group.missing is not None:  # content that is not known counts as one more part that is not known
        met, failed, unknown = ([part[1] for part in parts].count(one) for one in (MET, NOT_MET, UNDETERMINED))
        outcome = group.rule.combine(met, failed, unknown + 1, group.k)
        reason = _fill(NO_FIGURE, group.missing)
    if group.applies is not None:
        outcome, reason = _not_applied(group)
    return _with_attestation(group, outcome, None, DERIVED, reason, attested, parts)


def judge_leaf(leaf: Leaf, value: Any, attested: bool | None) -> Judged:
    """The node of an indicator, by the long way: absences, missing figures, open columns, attestations."""
    if leaf.applies is not None:
        outcome, reason = _not_applied(leaf)
        return _with_attestation(leaf, outcome, value, None, reason, attested, ())
    if value.__class__ is NotApplicable:
        if leaf.may_not_apply is not None:
            return _with_attestation(leaf, NOT_APPLICABLE, value, STATED, Bilingual(value.reason), attested, ())
        return _with_attestation(leaf, UNDETERMINED, value, None, _fill(MUST_APPLY, Bilingual(value.reason)), attested, ())
    if value is None:
        return _with_attestation(leaf, UNDETERMINED, None, None, _why_open(leaf) or NOT_GIVEN, attested, ())
    if value.__class__ is Unknown:
        return _with_attestation(leaf, UNDETERMINED, value, None, Bilingual(value.reason), attested, ())
    if value.__class__ is Between:
        return _judge_between(leaf, value, attested)
    outcome = _compare(leaf, value)
    if outcome is UNDETERMINED:
        return _with_attestation(leaf, outcome, value, None, _why_open(leaf), attested, ())
    return _with_attestation(leaf, outcome, value, MEASURED, None, attested, ())


def _judge_between(leaf: Leaf, value: Between, attested: bool | None) -> Judged:
    """A share or count over parts: it decides where every value that it can still take says the same."""
    outcome = _compare(leaf, value.low)
    if value.low == value.high:
        reason = _why_open(leaf) if outcome is UNDETERMINED else None
        return _with_attestation(leaf, outcome, value.low, DERIVED if reason is None else None, reason, attested, ())
    observed = Unknown(value.reason.vi)
    certain = leaf.operator.direction != 0 and outcome is _compare(leaf, value.high)  # in between, only an order can be sure
    if certain and outcome is not UNDETERMINED:
        return _with_attestation(leaf, outcome, observed, DERIVED, value.reason, attested, ())
    reason = _why_open(leaf) or value.reason
    return _with_attestation(leaf, UNDETERMINED, observed, None, reason, attested, ())


def _compare(leaf: Leaf, value: Any) -> Outcome:
    """Met or not met where every bound that may hold says so."""
    found = {None if bound.value is None else leaf.operator.holds(value, bound.value) for bound in leaf.bounds}
    if found == {True}:
        return MET
    return NOT_MET if found == {False} else UNDETERMINED


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


def _with_attestation(
    part: Leaf | Group,
    outcome: Outcome,
    observed: Any,
    basis: str | None,
    reason: Bilingual | None,
    attested: bool | None,
    parts: Sequence[Judged],
) -> Judged:
    if attested is None:
        return (part.face, outcome, observed, basis, reason, None, tuple(parts))
    stated = MET if attested else NOT_MET
    if outcome is UNDETERMINED:
        return (part.face, stated, observed, ATTESTED, BY_ATTESTATION, None, tuple(parts))
    if stated is outcome:
        return (part.face, outcome, observed, basis, reason, None, tuple(parts))
    vi = CONFLICT.vi.format(stated.label.vi, outcome.label.vi)
    en = CONFLICT.en.format(stated.label.en, outcome.label.en)
    return (part.face, outcome, observed, basis, reason, Bilingual(vi, en), tuple(parts))


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
