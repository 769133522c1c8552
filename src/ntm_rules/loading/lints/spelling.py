"""Vietnamese letters spelt in one way: composed (NFC), as keyboards write them today."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from ntm_rules.loading.lints.lint import Finding, Level, Lint, at
from ntm_rules.loading.text.yaml_text import Path_


def decomposed(data: Any, path: Path_ = ()) -> Iterator[Finding]:
    """Every text and every key of a file that is spelt in decomposed letters."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not unicodedata.is_normalized("NFC", key):
                yield at((*path, key), at_key=True, got=unicodedata.normalize("NFC", key))
            yield from decomposed(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from decomposed(value, (*path, i))
    elif isinstance(data, str) and not unicodedata.is_normalized("NFC", data):
        yield at(path, got=unicodedata.normalize("NFC", data)[:60])


SPELLING = Lint("NTM-236", decomposed, f"title: {{vi: ¦{unicodedata.normalize('NFD', 'Bộ thử')}", "title: {vi: Bộ thử", Level.WARNS)
