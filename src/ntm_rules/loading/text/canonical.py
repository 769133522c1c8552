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
