"""Canonical JSON: one spelling for one content, so that its sha256 is an identity."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

# Plain data as JSON with sorted keys, no blanks, Vietnamese as it is. One encoder, made once: ``json.dumps`` makes one for every call.
canonical: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")).encode

#: A text as canonical JSON, quotes and all.
quoted: Final = json.encoder.encode_basestring


def digest(data: Any) -> str:
    """The sha256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


_FIRST: Final = ("region", "year")  # as the annexes of the nation print them, outermost first


def dimensions_in_order(data: dict[str, Any]) -> dict[str, Any]:
    """A set read from canonical JSON, its dimensions in the order in which decisions list them: sorted keys have lost that of the text."""
    if isinstance(given := data.get("dimensions"), dict):
        first = {name: given[name] for name in _FIRST if name in given}
        return {**data, "dimensions": {**first, **given}}
    return data
