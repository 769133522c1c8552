"""Certificates: what an office read in a signed text, as a layer of its own that raises figures to ``official``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ntm_rules.loading.text.seal import seal_of
from ntm_rules.model.certificate import Reading
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.values import Bilingual


def sha256_of(path: Path) -> str:
    """The sha256 of a file, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def certificate_text(
    name: str,
    *,
    edition: str,
    base: str,
    instrument: str,
    document: str,
    by: str,
    day: date,
    readings: Iterable[Reading],
) -> str:
    """A certificate as YAML, sealed.

    Args:
        name: the last part of its name, as ``ubnd-kon-tum``.
        edition: the set whose figures were read, as ``commune-ntm/2021-2025``.
        base: the version of the set that they were compared with.
        instrument: the document that was read, by its key in ``instruments.yaml``.
        document: the sha256 of the file of the signed text.
        by: the office that read it.
        day: when.
        readings: what stands there, figure by figure.
    """
    title = Bilingual(f"{by} đối chiếu {instrument}", f"{instrument} as read by {by}")
    written: dict[str, Any] = {
        "overlay": f"{edition}/{name}",
        "version": "1.0.0",
        "kind": "certificate",
        "amends": edition,
        "title": {"vi": title.vi, "en": title.en},
        "instrument": instrument,
        "in_force": {},
        "certifies": {
            "document": document,
            "by": by,
            "day": day.isoformat(),
            "base": base,
            "readings": [reading.plain_data() for reading in readings],
            "seal": "0" * 64,
        },
    }
    written["certifies"]["seal"] = seal_of(OverlayDocument.model_validate(written).plain_data())
    return _yaml(written)


def _yaml(written: Mapping[str, Any]) -> str:
    """The document with a line a reading, so that a difference of two certificates is a line."""
    head = {key: value for key, value in written["certifies"].items() if key not in ("readings", "seal")}
    lines = [_dumped({key: value for key, value in written.items() if key != "certifies"}), "certifies:\n"]
    lines += [f"  {line}\n" for line in _dumped(head).splitlines()]
    lines.append("  readings:\n")
    for reading in written["certifies"]["readings"]:
        flow = yaml.safe_dump(reading, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip()
        lines.append(f"    - {flow}\n")
    lines.append(f"  seal: {written['certifies']['seal']}\n")
    return "".join(lines)


def _dumped(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=10_000)
