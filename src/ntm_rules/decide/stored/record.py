"""The published form of a decision: JSON of the schema ``ntm-rules/decision/v1``, read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeVar

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.program import Column, Presumption
from ntm_rules.decide.engine.scores.scored import Mark, Scored
from ntm_rules.decide.engine.tree import SCORE, Face, Judged, Note, Shape
from ntm_rules.decide.stored.schema import DecisionRecord, NodeRecord, ScoreRecord, SourceRecord, WaitRecord
from ntm_rules.labels import AUTHORITIES, STANDINGS
from ntm_rules.loading.identity import Identity, OverlayIdentity
from ntm_rules.messages.causes import of_reading
from ntm_rules.model.figures import Source
from ntm_rules.model.given import read_value
from ntm_rules.model.subject import Subject
from ntm_rules.problems import DecisionError, Place, Problem
from ntm_rules.values import Bilingual, NotApplicable, Outcome, Unknown, exact, json_number

D = TypeVar("D", bound=Decided)


def _score(record: ScoreRecord | None) -> Scored | None:
    if record is None:
        return None

    def number(text: str | None) -> Decimal | None:
        return None if text is None else exact(text)

    for key, given, known in (("standing", record.standing, STANDINGS), ("granted_by", record.granted_by, AUTHORITIES)):
        if given is not None and given not in known:
            raise ValueError(Bilingual(f"{key}: {given:.40}"))
    for key in ("marks", "marks_tested_on"):
        if key not in record.readings:
            raise ValueError(Bilingual(f"readings: {key}"))
    low, high = record.total_range
    return Scored(
        number(record.total),
        (exact(low), exact(high)),
        {part: number(points) for part, points in record.parts.items()},
        record.band,
        record.stars,
        record.stars_possible,
        tuple(Mark(m.criterion, m.title, m.stars, number(m.required), number(m.observed)) for m in record.held_back_by),
        record.standing,
        record.granted_by,
        tuple(record.excluded),
        record.readings,
        tuple((stars, exact(start)) for stars, start in record.bands),
        record.certified_from,
    )


def _waits(records: tuple[WaitRecord, ...]) -> tuple[tuple[str, Bilingual], ...]:
    return tuple((wait.name, wait.title) for wait in records)


def read_record(text: str | bytes, made: type[D]) -> D:
    """The stored decision of a JSON text, not evaluated again.

    Raises:
        DecisionError: the text is no decision of this schema.
    """
    try:
        stored = text.decode() if isinstance(text, bytes) else text
        record = DecisionRecord.model_validate(json.loads(stored, parse_float=json_number))
        subject = Subject.stored(record.subject.model_dump(mode="json"))
        judged = _judged(record.decision)
        score = _score(record.score)
    except (ValueError, TypeError, RecursionError) as error:
        raise DecisionError([Problem("NTM-601", Place(), {"detail": of_reading(error)})]) from None
    given = record.ruleset
    identity = Identity(
        given.id,
        given.version,
        given.sha256,
        given.title,
        given.instrument,
        given.on,
        given.province,
        given.drafts,
        tuple(OverlayIdentity(o.id, o.version, o.instrument) for o in given.overlays),
        given.sheet,
        tuple(sorted(given.readings.items())),
    )
    columns = tuple(
        Column(c.dimension, c.title, c.keys, c.own, tuple(c.why), _source(c.source), _waits(c.waits_for)) for c in record.columns
    )
    presumed = tuple(Presumption(p.name, p.title, p.value) for p in record.presumed)
    return made(
        identity,
        subject,
        record.accept,
        judged,
        columns,
        presumed,
        stored,
        score,
        meaning=record.meaning,
        certificates=record.certificates,
        unread=_waits(record.unread),
        follows=record.follows,
    )


def _source(record: SourceRecord | None) -> Source | None:
    if record is None:
        return None
    return Source(instrument=record.instrument, at=record.at, seen=record.seen, level=record.level, note=record.note)


def _judged(root: NodeRecord) -> Judged:
    """The places of a stored decision, everything that is said of each in a note."""
    parts: list[tuple[int, ...]] = []
    faces: list[Face] = []
    outcomes: list[Outcome] = []
    notes: dict[int, Note] = {}

    def add(record: NodeRecord) -> int:
        place = len(faces)
        face = _face(record)
        observed = None if record.observed is None else _observed(read_value(record.observed), record.choices)
        faces.append(face)
        outcomes.append(record.outcome)
        notes[place] = Note(observed, record.basis, record.reason, record.conflict)
        parts.append(())
        parts[place] = tuple([add(part) for part in record.parts])
        return place

    add(root)
    return Judged(Shape(tuple(parts), (-1,) * len(faces)), faces, outcomes, (), notes)


def _face(record: NodeRecord) -> Face:
    if record.operator not in (OPERATORS if record.kind in ("indicator", "score") else {*COMBINATIONS, SCORE}):
        raise ValueError(Bilingual(f"operator: {record.operator:.40}"))
    required = _required(record.required, record.choices)
    if required is not None and record.operator in OPERATORS and not OPERATORS[record.operator].takes(required):
        raise ValueError(Bilingual("required"))
    return Face(
        record.id,
        record.title,
        record.kind,
        record.operator,
        required,
        record.unit,
        record.choices,
        record.figure_level,
        _source(record.source),
        record.columns,
        record.k,
        _waits(record.waits_for),
        record.status,
        record.least,
        record.marks,
        record.one_case,
        tuple(_required(bound, record.choices) for bound in record.possible),
    )


def _required(given: Any, choices: tuple[str, ...]) -> Any:
    if isinstance(given, list):
        return tuple(_required(item, choices) for item in given)
    if isinstance(given, dict):
        raise ValueError(Bilingual("required"))
    return exact(given) if isinstance(given, str) and not choices else given


def _observed(value: Any, choices: tuple[str, ...]) -> Any:
    if isinstance(value, (bool, Unknown, NotApplicable)):
        return value
    return choices.index(value) if choices else exact(value)
