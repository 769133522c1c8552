"""Which keys may stand where somebody writes, by the published schemas of the YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

from pydantic import BaseModel

from ntm_rules.model.examples import Examples
from ntm_rules.model.instrument import Instruments
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import SharedCriteria, Sheet

_FILES: Final[dict[str, type[BaseModel]]] = {
    "ruleset.yaml": RuleSetDocument,
    "overlay.yaml": OverlayDocument,
    "examples.yaml": Examples,
    "instruments.yaml": Instruments,
}
_FOLDERS: Final[dict[str, type[BaseModel]]] = {"sheets": Sheet, "shared": SharedCriteria}
_LINE: Final = re.compile(r"^( *)((?:- +)*)(?:\"([^\"]*)\"|([^\s:#'\"{\[][^:#]*?)) *:(?: |$)")


def keys_at(path: str, text: str, line: int) -> list[str]:
    """The keys that may be written on a line (counted from 1), those first that stand there already left out.

    Examples:
        >>> "title" in keys_at("national/a/2021-2025/ruleset.yaml", "ruleset: a/2021-2025\\n", 2)
        True
    """
    place = PurePosixPath(path)
    model = _FILES.get(place.name) or _FOLDERS.get(place.parent.name)
    if model is None:
        return []
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    indent = _indent(here)
    schema = _schema(model)
    parts = list(_above(lines[: line - 1], indent))[::-1]
    nodes = [schema]
    for part in parts:
        nodes = [inner for node in nodes for inner in _step(schema, node, part)]
    offered = {key for node in nodes for one in _plain(schema, node) for key in one.get("properties", ())}
    return sorted(offered - set(_beside(lines, line, indent)))


def _indent(line: str) -> int:
    """Where the key of a line begins, or would: after the dashes of a list."""
    return len(line) - len(line.lstrip(" -"))


def _above(lines: list[str], indent: int) -> Iterator[str]:
    """The keys that a place stands under, the nearest first."""
    for line in reversed(lines):
        found = _LINE.match(line)
        if found and _indent(line) < indent:
            indent = _indent(line)
            if len(found[1]) < indent:  # the first key of an item: its dash ends the item, and the list is under a key further left
                yield found[3] or found[4]
                indent = len(found[1]) + 1
            else:
                yield found[3] or found[4]


def _beside(lines: list[str], line: int, indent: int) -> Iterator[str]:
    """The keys that stand in the same mapping already."""
    for step, rest in ((-1, lines[: line - 1][::-1]), (1, lines[line:])):
        for one in rest:
            if not one.strip():
                continue
            starts = one.lstrip().startswith("- ")
            if _indent(one) < indent or (step > 0 and starts and _indent(one) == indent):
                break
            found = _LINE.match(one)
            if found and _indent(one) == indent:
                yield found[3] or found[4]
            if step < 0 and starts and _indent(one) == indent:
                break


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True, mode="validation")


def _plain(schema: dict[str, Any], node: Any) -> Iterator[dict[str, Any]]:
    """What a part of a schema may be, references followed."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        yield from _plain(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    for several in ("anyOf", "oneOf", "allOf"):
        for one in node.get(several, ()):
            yield from _plain(schema, one)
    if "items" in node:
        yield from _plain(schema, node["items"])
    yield node


def _step(schema: dict[str, Any], node: Any, key: str) -> Iterator[Any]:
    """What stands under a key."""
    for one in _plain(schema, node):
        if key in one.get("properties", {}):
            yield one["properties"][key]
        elif isinstance(one.get("additionalProperties"), dict):
            yield one["additionalProperties"]
