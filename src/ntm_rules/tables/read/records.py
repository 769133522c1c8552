"""JSON arrays of whole subjects, in the form of ``schemas/subject.schema.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ntm_rules.decide.ruleset import RuleSet
from ntm_rules.decide.written.rows import Draft
from ntm_rules.model.subject import Subject
from ntm_rules.problems import Place, Problem, SubjectError

_KEYS = frozenset({"id", "kind", "name", "attributes", "values", "attested"})
_NESTED = frozenset({"attributes", "values", "attested"})


def is_record(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a subject, not a flat row."""
    return any(isinstance(data.get(key), dict) for key in _NESTED) and len(data.keys() - _KEYS) < len(data)


def read_records(path: Path, records: Sequence[Mapping[str, Any]], rules: RuleSet, shared: Mapping[str, Any]) -> list[Draft]:
    """Every record as a draft of a row; ``kind`` left out is that of the ruleset."""
    drafts = []
    for index, record in enumerate(records):
        place = Place(str(path), path=f"[{index}]")
        own = record.get("attributes")
        attributes = {**shared, **(own if isinstance(own, dict) else {})}
        draft = Draft(index + 1, place, str(record.get("id") or ""), str(record.get("name") or ""), attributes)
        if not draft.id:
            draft.problems.append(Problem("NTM-513", place))
        for key, constant in shared.items():
            if attributes[key] != constant and str(attributes[key]) != str(constant):
                draft.problems.append(Problem("NTM-520", place, {"got": attributes[key], "key": key, "constant": constant}))
        try:
            given = {"kind": rules.kind, **record}
            draft.subject = Subject.read({**given, "attributes": attributes} if isinstance(own, (dict, type(None))) else given)
            draft.read = rules.method.read(draft.subject)
        except SubjectError as error:
            for problem in error.problems:
                within = problem.place.path.partition(": ")[2] or problem.place.path
                draft.problems.append(Problem(problem.code, Place(str(path), path=f"[{index}].{within}"), problem.words))
        drafts.append(draft)
    return drafts
