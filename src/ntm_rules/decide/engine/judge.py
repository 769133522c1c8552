"""Judging: a program and the facts of a subject to an outcome at every place, in three-valued logic.

What is measured decides; an attestation decides only what measured values leave open; a contradiction between the two is
kept as a conflict. Nor does an attestation decide against a figure whose source is too weak to decide: the node stays open, so that
asking for better sources never turns *not met* into *met*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ntm_rules.decide.engine.members import Between, Uncounted
from ntm_rules.decide.engine.program import Leaf, Program, Whole
from ntm_rules.decide.engine.tree import ATTESTED, DERIVED, MEASURED, STATED, Judged, Note
from ntm_rules.values import Bilingual, NotApplicable, Outcome, Unknown

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


def judge(program: Program, values: Sequence[Any], attested: Mapping[str, bool]) -> Judged:
    """The outcome of every place of a set, and notes where something is not plain."""
    outcomes: list[Outcome] = [UNDETERMINED]
    notes: dict[int, Note] = {}
    sections: list[Outcome] = []
    add = outcomes.append
    nobody_attested = not attested
    for section in program.sections:
        first = len(outcomes)
        add(UNDETERMINED)
        for leaf, index, kind, holds, bound in section.tests:
            value = values[index]
            if value.__class__ is kind and (nobody_attested or leaf.id not in attested):
                add(MET if holds(value, bound) else NOT_MET)
            else:
                outcome, notes[leaf.place] = _judge_leaf(program, leaf, value, attested)
                add(outcome)
        outcome = _combined(section, outcomes[first + 1 :])
        if not section.is_plain or section.id in attested:
            outcome, notes[first] = _judge_odd(program, section, outcome, outcomes[first + 1 :], values, attested)
        outcomes[first] = outcome
        sections.append(outcome)
    outcomes[0] = _combined(program.root, sections)
    if not program.root.is_plain:
        outcomes[0], notes[0] = _judge_odd(program, program.root, outcomes[0], sections, values, attested)
    return Judged(program.shape, program.faces, outcomes, values, notes)


def _combined(whole: Whole, parts: Sequence[Outcome], unknown: int = 0) -> Outcome:
    """The outcome of a whole from those of its parts, and of so many more that are not known."""
    count = parts.count
    return whole.rule.combine(count(MET), count(NOT_MET), count(UNDETERMINED) + unknown, whole.k)


def _judge_odd(
    program: Program, whole: Whole, outcome: Outcome, parts: Sequence[Outcome], values: Sequence[Any], attested: Mapping[str, bool]
) -> tuple[Outcome, Note]:
    """A whole whose content is missing, that may not apply, or that somebody has attested."""
    note = Note(basis=DERIVED)
    if whole.missing is not None:  # content that is not known counts as one more part that is not known
        outcome, note.reason = _combined(whole, parts, 1), NO_FIGURE.fill(whole.missing)
    if whole.applies is not None:
        outcome, note.reason = _not_applied(whole)
    heard = UNDETERMINED
    if whole.id in attested and program.heard is not None:
        rest = {number: answer for number, answer in attested.items() if number != whole.id}
        heard = judge(program.heard, values, rest).outcomes[whole.place]
    return _with_attestation(outcome, note, attested.get(whole.id), heard)


def _judge_leaf(program: Program, leaf: Leaf, value: Any, attested: Mapping[str, bool]) -> tuple[Outcome, Note]:
    """An indicator by the long way: absences, missing figures, open columns, attestations."""
    stated = attested.get(leaf.id)
    heard = UNDETERMINED
    if stated is not None and program.heard is not None:
        heard, _ = _by_value(program.heard.leaves[leaf.index], value)
    return _with_attestation(*_by_value(leaf, value), stated, heard)


def _by_value(leaf: Leaf, value: Any) -> tuple[Outcome, Note]:
    """What the value alone says."""
    leave = value.__class__ is NotApplicable and leaf.may_not_apply is not None
    certainly_away = leave and leaf.applies is not None and leaf.applies.outcome is UNDETERMINED  # by the law or by its leave
    if leaf.applies is not None and not certainly_away:
        outcome, reason = _not_applied(leaf)
        return outcome, Note(_observed(value), None, reason)
    if value.__class__ is NotApplicable:
        if leave:
            return NOT_APPLICABLE, Note(value, STATED, Bilingual(value.reason))
        return UNDETERMINED, Note(value, None, MUST_APPLY.fill(value.reason))
    if value is None:
        return UNDETERMINED, Note(None, None, _why_open(leaf) or NOT_GIVEN)
    if value.__class__ is Unknown:
        return UNDETERMINED, Note(value, None, Bilingual(value.reason))
    if value.__class__ is Uncounted:
        falls_away = leaf.may_not_apply is not None and value is Uncounted.NONE_IN_BASE
        return UNDETERMINED, Note(None, None, NONE_TO_COUNT.fill(value.value) if falls_away else value.value)
    if value.__class__ is Between and value.low != value.high:
        return _by_range(leaf, value)
    known, basis = (value.low, DERIVED) if value.__class__ is Between else (value, MEASURED)
    outcome = _agreed(None if bound.value is None else leaf.operator.holds(known, bound.value) for bound in leaf.bounds)
    return outcome, Note(known, None, _why_open(leaf)) if outcome is UNDETERMINED else Note(known, basis)


def _by_range(leaf: Leaf, value: Between) -> tuple[Outcome, Note]:
    """A share or count over parts: it decides where every value that it can still take says the same."""
    low, high = value.low, value.high
    outcome = _agreed(None if bound.value is None else leaf.operator.over(low, high, bound.value, steps=value) for bound in leaf.bounds)
    if outcome is UNDETERMINED:
        return UNDETERMINED, Note(_observed(value), None, _why_open(leaf) or value.reason)
    return outcome, Note(_observed(value), DERIVED, value.reason)


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
        return OPEN_COLUMN.fill(_titles(leaf))
    absent = leaf.bound.absent
    return None if absent is None else NO_FIGURE.fill(absent)


def _not_applied(part: Leaf | Whole) -> tuple[Outcome, Bilingual]:
    answer = part.applies
    assert answer is not None
    if answer.outcome is UNDETERMINED:
        return UNDETERMINED, OPEN_COLUMN.fill(_titles(part))
    return NOT_APPLICABLE, NOT_CONCERNED.fill(Bilingual.join(answer.because, "; "))


def _with_attestation(outcome: Outcome, note: Note, attested: bool | None, heard: Outcome) -> tuple[Outcome, Note]:
    """The same with what an authority has stated; ``heard`` is what the values give if figures of every source level count."""
    stated = None if attested is None else MET if attested else NOT_MET
    if stated is not None and stated is not outcome:
        if outcome is not UNDETERMINED:
            note.conflict = CONFLICT.fill(stated.label, outcome.label)
        elif heard in (UNDETERMINED, stated):
            outcome, note.basis, note.reason = stated, ATTESTED, BY_ATTESTATION
        else:
            note.conflict = AGAINST_WEAK_FIGURES.fill(stated.label, heard.label)
    return outcome, note


def _titles(part: Leaf | Whole) -> Bilingual:
    return Bilingual.join(title for _, title in part.face.waits_for)
