"""Publishing a version: writing its canonical JSON beside it, once and for ever."""

from __future__ import annotations

import os
from pathlib import Path

from ntm_rules.loading.canonical import canonical
from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.problems import Place, Problem, RulesetError


def publish(catalogue: Catalogue, entry: Entry) -> Path | None:
    """Write ``published/<version>.json`` of a document; None when that version already stands there unchanged.

    Raises:
        RulesetError: the file is wrong, or the version was published with other content (raise ``version`` first).
    """
    text = canonical(catalogue.read(entry).plain_data()) + "\n"
    path = entry.published / f"{entry.version}.json"
    if path.exists():
        if path.read_text("utf-8") == text:
            return None
        raise RulesetError([Problem("NTM-225", Place(str(entry.path)), {"version": entry.version})])
    path.parent.mkdir(exist_ok=True)
    scratch = path.with_suffix(".part")
    scratch.write_text(text, "utf-8")
    os.replace(scratch, path)
    return path
