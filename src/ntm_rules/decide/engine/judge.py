"""Judging: a program and the facts of a subject to an outcome at every place, in three-valued logic.

What is measured decides; an attestation decides only what measured values leave open; a contradiction between the two is
kept as a conflict. Nor does an attestation decide against a figure whose source is too weak to decide: the node stays open, so that
asking for better sources never turns *not met* into *met*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ntm_rules.decide.engine.members import Between, Uncounted
from ntm_rules.decide.engine.program import NO_FIGURE, OPEN_COLUMN, Leaf, Program, Whole
from ntm_rules.decide.engine.tree import ATTESTED, DERIVED, MEASURED, STATED, Judged, Note
from ntm_rules.values import Bilingual, NotApplicable, Outcome, Unknown

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Outcome

_COUNTED: Final = {NOT_MET: 0, UNDETERMINED: 1, NOT_APPLICABLE: 2}

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
    outcomes = program.all_met.copy()  # until something else is found
    notes: dict[int, Note] = {}
    nobody_attested = not attested
    # What is not met, not known and not applicable of the wholes for which that is not plain.
    tally = {section: [0, 0, 0] for section in (program.odd if nobody_attested else program.sections)}
    kinds, *rest = program.tests
    if attested:  # no short cut for what somebody has attested
        kinds = tuple([None if leaf.id in attested else kind for kind, leaf in zip(kinds, program.leaves, strict=True)])
    for value, kind, holds, bound, leaf, section in zip(values, kinds, *rest, strict=True):
        if value.__class__ is kind:
            if holds(value, bound):
                continue
            outcome = NOT_MET
        elif value is None and leaf.applies is None and (nobody_attested or leaf.id not in attested):
            outcome, notes[leaf.place] = UNDETERMINED, leaf.not_given
        elif leaf.stays_open and value.__class__ is leaf.kind and (nobody_attested or leaf.id not in attested):
            outcome, notes[leaf.place] = UNDETERMINED, Note(value, None, leaf.why_open)
        else:
            outcome, notes[leaf.place] = _judge_leaf(program, leaf, value, attested)
            if outcome is MET:
                continue
        outcomes[leaf.place] = outcome
        if section not in tally:
            tally[section] = [0, 0, 0]
        tally[section][_COUNTED[outcome]] += 1
    if tally:
        for section, (failed, unknown, aside) in tally.items():
            outcome = section.rule.combine(section.size - failed - unknown - aside, failed, unknown, section.k)
            if not nobody_attested or section.odd:
                own = slice(section.place + 1, section.place + 1 + section.size)
                outcome = _judge_odd(program, section, outcome, outcomes[own], values, attested, notes)
            outcomes[section.place] = outcome
        outcomes[0] = _combined(program.root, [outcomes[place] for place in program.shape.parts[0]])
    if program.root.odd:
        outcomes[0] = _judge_odd(program, program.root, outcomes[0], [], values, attested, notes)
    return Judged(program.shape, program.faces, outcomes, values, notes)


def verdict(program: Program, values: Sequence[Any], attested: Mapping[str, bool]) -> Outcome:
    """The outcome of the whole alone. Where everything must be met and nothing is attested, one value that misses its bound settles it."""
    if attested or not program.is_strict:
        return judge(program, values, attested).outcomes[0]
    kinds, operators, bounds, _, _ = program.tests
    settled = True
    for value, kind, holds, bound in zip(values, kinds, operators, bounds, strict=True):
        if value.__class__ is not kind:
            settled = False
        elif not holds(value, bound):
            return NOT_MET
    return program.all_met[0] if settled else judge(program, values, attested).outcomes[0]


def _combined(whole: Whole, parts: Sequence[Outcome], unknown: int = 0) -> Outcome:
    """The outcome of a whole from those of its parts, and of so many more that are not known."""
    count = parts.count
    return whole.rule.combine(count(MET), count(NOT_MET), count(UNDETERMINED) + unknown, whole.k)


def _judge_odd(
    program: Program,
    whole: Whole,
    outcome: Outcome,
    parts: Sequence[Outcome],
    values: Sequence[Any],
    attested: Mapping[str, bool],
    notes: dict[int, Note],
) -> Outcome:
    """The outcome of a whole whose content is missing, that may not apply, or that somebody has attested."""
    stated = attested.get(whole.id)
    if stated is None and not whole.odd:
        return outcome
    note = notes[whole.place] = Note(basis=DERIVED)
    if whole.missing is not None:  # content that is not known counts as one more part that is not known
        outcome, note.reason = _combined(whole, parts, 1), NO_FIGURE.fill(whole.missing)
    if whole.applies is not None:
        outcome, note.reason = _not_applied(whole)
    heard = UNDETERMINED
    if stated is not None and program.heard is not None:
        rest = {number: answer for number, answer in attested.items() if number != whole.id}
        heard = judge(program.heard, values, rest).outcomes[whole.place]
    outcome, _ = _with_attestation(outcome, note, stated, heard)
    return outcome


def _judge_leaf(program: Program, leaf: Leaf, value: Any, attested: Mapping[str, bool]) -> tuple[Outcome, Note]:
    """An indicator by the long way: absences, missing figures, open columns, attestations."""
    stated = attested.get(leaf.id)
    heard = UNDETERMINED
    if stated is not None and program.heard is not None:
        heard, _ = by_value(program.heard.leaves[leaf.index], value)
    return _with_attestation(*by_value(leaf, value), stated, heard)


def by_value(leaf: Leaf, value: Any) -> tuple[Outcome, Note]:
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
        return UNDETERMINED, Note(reason=leaf.not_given.reason)
    if value.__class__ is Unknown:
        return UNDETERMINED, Note(value, None, Bilingual(value.reason))
    if value.__class__ is Uncounted:
        falls_away = leaf.may_not_apply is not None and value is Uncounted.NONE_IN_BASE
        return UNDETERMINED, Note(None, None, NONE_TO_COUNT.fill(value.value) if falls_away else value.value)
    if value.__class__ is Between and value.low != value.high:
        return _by_range(leaf, value)
    known, basis = (value.low, DERIVED) if value.__class__ is Between else (value, MEASURED)
    outcome = _agreed(None if bound.value is None else leaf.operator.holds(known, bound.value) for bound in leaf.bounds)
    return outcome, Note(known, None, leaf.why_open) if outcome is UNDETERMINED else Note(known, basis)


def _by_range(leaf: Leaf, value: Between) -> tuple[Outcome, Note]:
    """A share or count over parts: it decides where every value that it can still take says the same."""
    low, high = value.low, value.high
    outcome = _agreed(None if bound.value is None else leaf.operator.over(low, high, bound.value, steps=value) for bound in leaf.bounds)
    if outcome is UNDETERMINED:
        return UNDETERMINED, Note(_observed(value), None, leaf.why_open or value.reason)
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


def _not_applied(part: Leaf | Whole) -> tuple[Outcome, Bilingual]:
    answer = part.applies
    assert answer is not None
    if answer.outcome is UNDETERMINED:
        return UNDETERMINED, OPEN_COLUMN.fill(part.face.waiting)
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
