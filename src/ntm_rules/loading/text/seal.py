"""The seal of a certificate: a change by hand to what somebody says to have read in a signed text does not pass unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntm_rules.loading.text.canonical import digest


def seal_of(document: Mapping[str, Any]) -> str:
    """The sha256 of everything the plain data of a certificate says, the seal itself left out."""
    return digest({**document, "certifies": {key: value for key, value in document["certifies"].items() if key != "seal"}})
