"""Publishing a version: writing its canonical JSON beside it, once and for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ntm_rules.loading.catalogue import Catalogue, Entry, published_data
from ntm_rules.loading.sheets import Sheets, number_of
from ntm_rules.loading.text.canonical import canonical
from ntm_rules.loading.text.yaml_text import Path_, read_file
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.problems import Place, Problem, RulesetError, TableError
from ntm_rules.tables.write.safe import atomic
from ntm_rules.verify.versions import first_change, keep


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

    What stands in the way otherwise, :func:`~ntm_rules.verify.release.hindrances` tells.

    Raises:
        RulesetError: the file is wrong, or the version was published with other content (raise ``version`` first).
    """
    data = content(catalogue, entry)
    path = entry.published / f"{entry.version}.json"
    if path.exists():
        if problem := differs(entry, data):
            raise RulesetError([problem])
        keep(path)
        return None
    try:
        with atomic(path, once=True, lasting=True) as scratch:
            scratch.write_text(canonical(data) + "\n", "utf-8", newline="\n")
    except TableError:
        if not path.exists():
            raise
        return publish(catalogue, entry)  # somebody else published it meanwhile: the same, or it is refused
    keep(path)
    return path


def differs(entry: Entry, data: dict[str, Any]) -> Problem | None:
    """That the working file is not what was published under its version, with the first figure that is not, old and new.

    Raises:
        NotFound: that version was never published.
    """
    before = published_data(entry, entry.version)
    after = json.loads(canonical(data))
    if before == after:
        return None
    path, change = first_change(before, after)
    return Problem("NTM-225", _where(entry, path), {"version": entry.version, "change": change})


def _where(entry: Entry, path: Path_) -> Place:
    """Where a part of what is published stands: of a score sheet in the file of that sheet."""
    for file in entry.path.parent.glob("sheets/*.yaml"):
        if path[:2] == ("sheets", number_of(file)):
            return read_file(file).place(path[2:])
    return read_file(entry.path).place(path)
