"""The published JSON Schemas: of the YAML files, for editors, and of what is answered, for other programs."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pydantic import BaseModel

from ntm_rules.decide.stored.schema import DecisionRecord, RefusalRecord, ResultsRecord
from ntm_rules.loading.text.notes import ACCEPTED, NOTED, REVIEW_BY
from ntm_rules.model.examples import Examples
from ntm_rules.model.instrument import Instruments
from ntm_rules.model.mapping import MappingDocument
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.province import ProvincesDocument
from ntm_rules.model.revocation import RevocationDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import SharedCriteria, Sheet
from ntm_rules.model.subject import Subject
from ntm_rules.model.transition import TransitionDocument

_MODELS: dict[str, type[BaseModel]] = {
    "ruleset": RuleSetDocument,
    "overlay": OverlayDocument,
    "examples": Examples,
    "instruments": Instruments,
    "provinces": ProvincesDocument,
    "sheet": Sheet,
    "shared": SharedCriteria,
    "subject": Subject,
    "decision": DecisionRecord,
    "refusal": RefusalRecord,
    "results": ResultsRecord,
    "revocation": RevocationDocument,
    "transition": TransitionDocument,
    "mapping": MappingDocument,
}


def schemas() -> dict[str, str]:
    """Every schema as text, by file name."""
    return {f"{name}.schema.json": _text(name, model) for name, model in _MODELS.items()}


def _text(name: str, model: type[BaseModel]) -> str:
    schema: dict[str, Any] = _described(model.model_json_schema(by_alias=True, mode="validation"))
    if model in NOTED:
        for part in (schema, *schema.get("$defs", {}).values()):
            if "properties" in part and set(part["properties"]) != {"vi", "en"}:
                part["properties"] = {**part["properties"], **_NOTES}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"ntm-rules/{name}/v1", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


_NOTES: Final[dict[str, Any]] = {
    ACCEPTED: {
        "type": "object",
        "description": "Chỗ đáng ngờ được chấp nhận: mã và lý do, như {NTM-237: văn bản in như vậy}.",
        "propertyNames": {"pattern": "^NTM-[0-9]{3}$"},
        "additionalProperties": {"type": "string"},
    },
    REVIEW_BY: {"type": "string", "format": "date", "description": "Ngày phải xem lại; quá ngày thì «ntm-rules check» nhắc."},
}
_EXAMPLES: Final = re.compile(r"\n\nExamples:(\n    [^\n]*)+")


def _described(schema: Any) -> Any:
    """The schema with what a class says of itself, but not its examples in Python: these are for people who write Python."""
    if isinstance(schema, dict):
        return {
            key: _EXAMPLES.sub("", value) if key == "description" and isinstance(value, str) else _described(value)
            for key, value in schema.items()
        }
    return [_described(one) for one in schema] if isinstance(schema, list) else schema
