"""Publishing a version: writing its canonical JSON beside it, once and for ever."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ntm_rules.loading.catalogue import Catalogue, Entry
from ntm_rules.loading.sheets import Sheets
from ntm_rules.loading.text.canonical import canonical
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.problems import Place, Problem, RulesetError


def content(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    """Everything a version consists of, as plain data: the document, and its score sheets where it has some.

    Raises:
        RulesetError: a file is wrong; all problems are listed.
    """
    document = catalogue.read(entry)
    data = document.plain_data()
    if isinstance(document, RuleSetDocument) and document.score is not None:
        data["sheets"] = Sheets.beside(entry.path, document, catalogue.instruments).plain_data()
    return data


def publish(catalogue: Catalogue, entry: Entry) -> Path | None:
    """Write ``published/<version>.json`` of a document; None when that version already stands there unchanged.

    Raises:
        RulesetError: the file is wrong, or the version was published with other content (raise ``version`` first).
    """
    text = canonical(content(catalogue, entry)) + "\n"
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
