"""Attributes that all rows of a table share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntm_rules.decide.engine.inputs import Unreadable
from ntm_rules.decide.written.cells import read_attribute
from ntm_rules.decide.written.headings import Headers
from ntm_rules.problems import Place, Problem, TableError, nearest


def read_constants(constants: Mapping[str, Any], headers: Headers, where: str) -> dict[str, Any]:
    """Attributes that all rows share, read like cells.

    Raises:
        TableError: one is no attribute of the set, or has a value it cannot have.
    """
    read: dict[str, Any] = {}
    problems = []
    for name, value in constants.items():
        attribute = headers.attributes.get(name)
        if attribute is None:
            words = {"got": f"{name}={value}", "allowed": ", ".join(headers.attributes), "guess": nearest(name, headers.attributes)}
            problems.append(Problem("NTM-703", Place(path=where), words))
            continue
        try:
            read[name] = read_attribute(value, name, attribute)
        except Unreadable as error:
            problems.append(Problem(error.code, Place(path=where), error.words))
    if problems:
        raise TableError(problems)
    return read
