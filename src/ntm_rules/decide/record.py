"""The published form of a decision: JSON of the schema ``ntm-rules/decision/v1``, written and read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from ntm_rules.conditions import COMBINATIONS, OPERATORS
from ntm_rules.decide.engine.compile import Column, Presumption
from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.scores.scored import Mark, Scored
from ntm_rules.decide.engine.tree import SCORE, Face, Node, new_node
from ntm_rules.decide.schema import SCHEMA, DecisionRecord, NodeRecord, ScoreRecord, SourceRecord, WaitRecord
from ntm_rules.loading.identity import Identity, OverlayIdentity
from ntm_rules.model.figures import Source
from ntm_rules.model.subject import Subject, read_value, value_data
from ntm_rules.problems import DecisionError, Place, Problem
from ntm_rules.values import Bilingual, NotApplicable, Unknown, exact, plain

D = TypeVar("D", bound=Decided)


def record_data(decision: Decided) -> dict[str, Any]:
    """A decision as plain data of the schema."""
    identity = decision.ruleset
    return {
        "schema": SCHEMA,
        "ruleset": _slim(
            id=identity.id,
            version=identity.version,
            sha256=identity.sha256,
            title=_words(identity.title),
            instrument=identity.instrument,
            on=identity.on.isoformat() if identity.on else None,
            province=identity.province,
            drafts=list(identity.drafts),
            overlays=[{"id": o.id, "version": o.version, "instrument": o.instrument} for o in identity.overlays],
            sheet=identity.sheet,
            readings=dict(identity.readings) or None,
        ),
        "accept": decision.accept.value,
        "subject": decision.subject.plain_data(),
        "outcome": decision.outcome.value,
        "level": decision.level.value if decision.level else None,
        "counts": dict(decision.counts),
        "instruments": list(decision.instruments),
        "columns": [_column_data(column) for column in decision.columns],
        "presumed": [{"name": p.name, "title": _words(p.title), "value": p.value} for p in decision.presumed],
        "decision": _node_data(decision.root),
        **({} if decision.score is None else {"score": _score_data(decision.score)}),
    }


def _score_data(scored: Scored) -> dict[str, Any]:
    def text(number: Decimal | None) -> str | None:
        return None if number is None else plain(number)

    marks = [
        _slim(criterion=m.criterion, title=_words(m.title), stars=m.stars, required=text(m.required), observed=text(m.observed))
        for m in scored.held_back_by
    ]
    return {
        "total": text(scored.total),
        "total_range": [plain(number) for number in scored.total_range],
        "parts": {part: text(points) for part, points in scored.parts.items()},
        "band": scored.band,
        "stars": scored.stars,
        "stars_possible": list(scored.stars_possible),
        "held_back_by": marks,
        "standing": scored.standing,
        "granted_by": scored.granted_by,
        "excluded": [_words(title) for title in scored.excluded],
        "readings": dict(scored.readings),
        "bands": [[stars, plain(start)] for stars, start in scored.bands],
        "certified_from": scored.certified_from,
    }


def _score(record: ScoreRecord | None) -> Scored | None:
    if record is None:
        return None

    def number(text: str | None) -> Decimal | None:
        return None if text is None else exact(text)

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


def _slim(**data: Any) -> dict[str, Any]:
    """The data without what is empty."""
    return {key: value for key, value in data.items() if value not in (None, "", [], ()) or value is False}


def _words(words: Bilingual | None) -> dict[str, str] | None:
    return None if words is None else {"vi": words.vi, "en": words.en}


def _source_data(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    level = source.level.value if source.level else None
    return _slim(instrument=source.instrument, at=source.at, seen=list(source.seen), level=level, note=_words(source.note))


def _column_data(column: Column) -> dict[str, Any]:
    return _slim(
        dimension=column.dimension,
        title=_words(column.title),
        own=column.own,
        why=[_words(reason) for reason in column.why],
        source=_source_data(column.source),
        waits_for=_waits_data(column.waits_for),
    ) | {"keys": list(column.keys)}


def _waits_data(waits_for: tuple[tuple[str, Bilingual], ...]) -> list[dict[str, Any]]:
    return [{"name": name, "title": _words(title)} for name, title in waits_for]


def _waits(records: tuple[WaitRecord, ...]) -> tuple[tuple[str, Bilingual], ...]:
    return tuple((wait.name, wait.title) for wait in records)


def _node_data(node: Node) -> dict[str, Any]:
    face = node.face
    gap, level = node.gap, node.level
    return {"id": face.id} | _slim(
        kind=face.kind,
        title=_words(face.title),
        outcome=node.outcome.value,
        basis=node.basis,
        reason=_words(node.reason),
        conflict=_words(node.conflict),
        level=level.value if level else None,
        operator=face.operator,
        k=face.k or None,
        observed=value_data(node.observed),
        required=value_data(face.required),
        gap=None if gap is None else value_data(gap),
        unit=face.unit,
        choices=list(face.choices),
        figure_level=face.level.value if face.level else None,
        source=_source_data(face.source),
        columns=list(face.columns),
        waits_for=_waits_data(face.waits_for),
        status=face.status,
        least=face.least or None,
        marks=[list(mark) for mark in face.marks],
        one_case=face.one_case or None,
        possible=value_data(face.possible),
        parts=[_node_data(part) for part in node.parts],
    )


def read_record(text: str | bytes, made: type[D]) -> D:
    """The stored decision of a JSON text, not evaluated again.

    Raises:
        DecisionError: the text is no decision of this schema.
    """
    try:
        stored = text.decode() if isinstance(text, bytes) else text
        record = DecisionRecord.model_validate(json.loads(stored, parse_float=Decimal))
        subject = Subject.read(record.subject.model_dump(mode="json"))
        root = _node(record.decision)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        detail = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise DecisionError([Problem("NTM-601", Place(), {"detail": detail})]) from None
    except (ValueError, TypeError, RecursionError) as error:
        raise DecisionError([Problem("NTM-601", Place(), {"detail": str(error).split("\n")[0]})]) from None
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
    return made(identity, subject, record.accept, root, columns, presumed, stored, _score(record.score))


def _source(record: SourceRecord | None) -> Source | None:
    if record is None:
        return None
    return Source(instrument=record.instrument, at=record.at, seen=record.seen, level=record.level, note=record.note)


def _node(record: NodeRecord) -> Node:
    if record.operator not in (OPERATORS if record.kind in ("indicator", "score") else {*COMBINATIONS, SCORE}):
        raise ValueError(f"operator: {record.operator:.40}")
    required = _required(record.required, record.choices)
    if required is not None and record.operator in OPERATORS and not OPERATORS[record.operator].takes(required):
        raise ValueError("required")
    face = Face(
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
    observed = None if record.observed is None else _observed(read_value(record.observed), record.choices)
    parts = tuple(_node(part) for part in record.parts)
    return new_node(Node, (face, record.outcome, observed, record.basis, record.reason, record.conflict, parts))


def _required(given: Any, choices: tuple[str, ...]) -> Any:
    if isinstance(given, list):
        return tuple(_required(item, choices) for item in given)
    return exact(given) if isinstance(given, str) and not choices else given


def _observed(value: Any, choices: tuple[str, ...]) -> Any:
    if isinstance(value, (bool, Unknown, NotApplicable)):
        return value
    return choices.index(value) if choices else exact(value)
