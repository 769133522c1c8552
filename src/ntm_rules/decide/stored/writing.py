"""The published form of a decision, written: canonical JSON of the schema ``ntm-rules/decision/v1``.

The text is put together piece by piece, keys in order, and no data is built first. What a node shows of its ruleset is the same for all
subjects that read the same figures, so it is written once for each :class:`~ntm_rules.decide.engine.tree.Face` and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ntm_rules.conditions import OPERATORS
from ntm_rules.decide.engine.decided import Decided
from ntm_rules.decide.engine.program import Column
from ntm_rules.decide.engine.scores.scored import Scored
from ntm_rules.decide.engine.tree import DERIVED, MEASURED, Face, Judged
from ntm_rules.decide.stored.schema import SCHEMA
from ntm_rules.loading.identity import Identity
from ntm_rules.loading.text.canonical import canonical, quoted
from ntm_rules.model.figures import Source
from ntm_rules.model.given import value_data
from ntm_rules.values import Bilingual, Outcome, SourceLevel, plain


class Kept(NamedTuple):
    """What a face says of its node: runs of keys and values, each named by its first key, between the keys that depend on the subject."""

    face: Face
    choices: str
    figure_level: str
    id: str
    marks: str
    one_case: str
    possible: str
    required: str
    answers: dict[tuple[bool, object], tuple[str, SourceLevel | None]]


MET: Final = Outcome.MET
UNDETERMINED: Final = Outcome.UNDETERMINED
_LEVELS: Final = (*[f'"level":"{level.value}",' for level in SourceLevel], "")  # by rank, and none at all
_BASES: Final = {basis: f'"basis":"{basis}",' for basis in ("measured", "attested", "derived", "stated")} | {None: ""}
_COUNTED: Final = sorted((outcome.value, outcome) for outcome in Outcome)
_MANY_PROGRAMS: Final = 512
_MANY_FACES: Final = 16_384
_alike: dict[tuple[int, ...], Shared] = {}
_pieces: dict[int, Kept] = {}  # by identity: comparing faces would cost more than writing them


def decision_text(decision: Decided) -> str:
    """A decision as canonical JSON. What is not used is left out: ``meaning`` of 1, ``certificates``, ``follows``, ``unread`` if none."""
    judged = decision.judged
    root, level = _node_text(judged, 0)
    shared = _shared(decision)
    outcomes = [judged.outcomes[part] for part in judged.shape.parts[0] if judged.faces[part].kind in ("criterion", "score")]
    counts = ",".join([f'"{name}":{outcomes.count(outcome)}' for name, outcome in _COUNTED])
    certificates = f'"certificates":{canonical(decision.certificates)},' if decision.certificates else ""
    meaning = "" if decision.meaning == 1 else f'"meaning":{decision.meaning},'
    follows = f'"follows":{canonical([_words(title) for title in decision.follows])},' if decision.follows else ""
    score = "" if decision.score is None else f'"score":{canonical(_score_data(decision.score))},'
    unread = f',"unread":{canonical(_waits_data(decision.unread))}' if decision.unread else ""
    return (
        f'{{"accept":{quoted(decision.accept)},{certificates}"columns":{shared.columns},"counts":{{{counts}}},"decision":{root},'
        f'{follows}"instruments":{shared.instruments},"level":{"null" if level is None else quoted(level)},{meaning}'
        f'"outcome":{quoted(decision.outcome)},"presumed":{shared.presumed},"ruleset":{shared.ruleset},"schema":"{SCHEMA}",{score}'
        f'"subject":{canonical(decision.subject.plain_data())}{unread}}}'
    )


class Shared(NamedTuple):
    """What all decisions of one program say alike: written once for the rules and the face of the whole."""

    of: tuple[Any, ...]
    columns: str
    instruments: str
    presumed: str
    ruleset: str


def _shared(decision: Decided) -> Shared:
    of = (decision.judged.faces[0], decision.ruleset, decision.columns, decision.presumed)
    key = tuple(map(id, of))
    found = _alike.get(key)
    if found is None or any(one is not other for one, other in zip(found.of, of, strict=True)):
        if len(_alike) >= _MANY_PROGRAMS:
            _alike.clear()
        found = _alike[key] = Shared(
            of,
            canonical([_column_data(column) for column in decision.columns]),
            canonical(decision.instruments),
            canonical([{"name": p.name, "title": _words(p.title), "value": p.value} for p in decision.presumed]),
            canonical(_identity_data(decision.ruleset)),
        )
    return found


def _node_text(judged: Judged, place: int) -> tuple[str, SourceLevel | None]:
    """The text of a node and all its parts, and its level, which the node above it needs."""
    face, note = judged.faces[place], judged.notes.get(place)
    kept = _pieces.get(id(face))
    if kept is None or kept.face is not face:
        kept = _keep(face)
    basis: str | None
    if note is None:  # what the judged would say of basis and value, without asking it twice for every node
        index = judged.shape.reads[place]
        basis, value = (DERIVED, None) if index < 0 else (MEASURED, judged.values[index])
    else:
        basis, value = note.basis, note.observed
    if parts := judged.shape.parts[place]:
        written = [_node_text(judged, part) for part in parts]
        level = judged.level_from(place, [one[1] for one in written])
        return _text(kept, judged, place, basis, value, level, f'"parts":[{",".join([one[0] for one in written])}],'), level
    if note is not None or value.__class__ is not bool:
        level = judged.level_from(place, ())
        return _text(kept, judged, place, basis, value, level), level
    answers = kept.answers  # a bare yes or no under one figure always reads the same
    key = (judged.outcomes[place] is MET, value)
    found = answers.get(key)
    if found is None:
        level = judged.level_from(place, ())
        found = answers[key] = _text(kept, judged, place, basis, value, level), level
    return found


def _text(kept: Kept, judged: Judged, place: int, basis: str | None, value: Any, level: SourceLevel | None, parts: str = "") -> str:
    face, outcome, note = kept.face, judged.outcomes[place], judged.notes.get(place)
    gap = seen = against = why = ""
    if value.__class__ is Decimal:
        seen = f'"observed":"{plain(value)}",'
        if face.required is not None and outcome is not UNDETERMINED:
            short = OPERATORS[face.operator].short(value, face.required)
            gap = "" if short is None else f'"gap":"{plain(short)}",'
    elif value is not None:
        seen = f'"observed":{canonical(value_data(face.choices[value] if face.choices and value.__class__ is int else value))},'
    if note is not None:
        against = "" if note.conflict is None else f'"conflict":{_bilingual(note.conflict)},'
        why = "" if note.reason is None else f'"reason":{_bilingual(note.reason)},'
    weight = _LEVELS[-1 if level is None else level.rank]
    return (
        f"{{{_BASES[basis]}{kept.choices}{against}{kept.figure_level}{gap}{kept.id}{weight}{kept.marks}{seen}{kept.one_case}"
        f'"outcome":"{outcome}",{parts}{kept.possible}{why}{kept.required}'
    )


def _keep(face: Face) -> Kept:
    """What a face says of its node, as the runs of text between the keys that depend on the subject."""
    data = _slim(
        choices=list(face.choices),
        columns=list(face.columns),
        figure_level=face.level.value if face.level else None,
        k=face.k or None,
        kind=face.kind,
        least=face.least or None,
        marks=[list(mark) for mark in face.marks],
        one_case=face.one_case or None,
        operator=face.operator,
        possible=value_data(face.possible),
        required=value_data(face.required),
        source=_source_data(face.source),
        status=face.status,
        title=_words(face.title),
        unit=face.unit,
        waits_for=_waits_data(face.waits_for),
    ) | {"id": face.id}
    runs = [
        canonical({key: data[key] for key in keys if key in data})[1:-1]
        for keys in (
            ("choices", "columns"),
            ("figure_level",),
            ("id", "k", "kind", "least"),
            ("marks",),
            ("one_case", "operator"),
            ("possible",),
            ("required", "source", "status", "title", "unit", "waits_for"),
        )
    ]
    if len(_pieces) >= _MANY_FACES:
        _pieces.clear()
    choices, figure_level, id_, marks, one_case, possible = [run and f"{run}," for run in runs[:-1]]
    kept = _pieces[id(face)] = Kept(face, choices, figure_level, id_, marks, one_case, possible, runs[-1] + "}", {})
    return kept


def _bilingual(words: Bilingual) -> str:
    return f'{{"en":{quoted(words.en)},"vi":{quoted(words.vi)}}}'


def _slim(**data: Any) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], ()) or value is False}


def _words(words: Bilingual | None) -> dict[str, str] | None:
    return None if words is None else {"vi": words.vi, "en": words.en}


def _source_data(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    level = source.level.value if source.level else None
    return _slim(instrument=source.instrument, at=source.at, seen=list(source.seen), level=level, note=_words(source.note))


def _waits_data(waits_for: Iterable[tuple[str, Bilingual]]) -> list[dict[str, Any]]:
    return [{"name": name, "title": _words(title)} for name, title in waits_for]


def _column_data(column: Column) -> dict[str, Any]:
    return _slim(
        dimension=column.dimension,
        title=_words(column.title),
        own=column.own,
        why=[_words(reason) for reason in column.why],
        source=_source_data(column.source),
        waits_for=_waits_data(column.waits_for),
    ) | {"keys": list(column.keys)}


def _identity_data(identity: Identity) -> dict[str, Any]:
    return _slim(
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
    )


def _score_data(scored: Scored) -> Mapping[str, Any]:
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
