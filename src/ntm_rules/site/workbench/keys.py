"""Which keys may stand where somebody writes, by the published schemas of the YAML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

from pydantic import BaseModel

from ntm_rules.model.examples import Examples
from ntm_rules.model.instrument import Instruments
from ntm_rules.model.mapping import MappingDocument
from ntm_rules.model.overlay import OverlayDocument
from ntm_rules.model.province import ProvincesDocument
from ntm_rules.model.revocation import RevocationDocument
from ntm_rules.model.ruleset import RuleSetDocument
from ntm_rules.model.score import SharedCriteria, Sheet
from ntm_rules.model.transition import TransitionDocument
from ntm_rules.site.workbench.declared import columns_at

_FILES: Final[dict[str, type[BaseModel]]] = {
    "ruleset.yaml": RuleSetDocument,
    "overlay.yaml": OverlayDocument,
    "examples.yaml": Examples,
    "examples-made.yaml": Examples,
    "instruments.yaml": Instruments,
    "provinces.yaml": ProvincesDocument,
    "revocation.yaml": RevocationDocument,
    "transition.yaml": TransitionDocument,
    "map.yaml": MappingDocument,
}
_FOLDERS: Final[dict[str, type[BaseModel]]] = {"sheets": Sheet, "shared": SharedCriteria}
_ADDED: Final = ("Criterion", "Indicator")  # what an overlay may add, and what it may set anew, which is named beside ``set``
_SET: Final = (*_ADDED, "Dimension")
_NONE: Final[Mapping[str, Sequence[str]]] = {}
_LINE: Final = re.compile(r"^( *)((?:- +)*)(?:\"([^\"]*)\"|([^\s:#'\"{\[][^:#]*?)) *:(?: |$)")


def keys_at(path: str, text: str, line: int, named: Mapping[str, Sequence[str]] = _NONE) -> list[str]:
    """The keys that may be written on a line (counted from 1), those left out that stand there already; columns of a table come first.

    ``named`` is what the set declares (:func:`names_of`).

    Examples:
        >>> "title" in keys_at("national/a/2021-2025/ruleset.yaml", "ruleset: a/2021-2025\\n", 2)
        True
    """
    lines = text.splitlines()
    indent = _indent(_at(lines, line))
    schema, nodes = _standing(path, lines, line)
    offered = {key for node in nodes for one in _plain(schema, node) for key in one.get("properties", ())}
    there = set(_beside(lines, line, indent))
    columns = [one for one in columns_at(lines, line, indent, named) if one not in there]
    return [*columns, *sorted(offered - there - set(columns))]


def values_at(path: str, text: str, line: int, named: Mapping[str, Sequence[str]] = _NONE) -> list[str]:
    """The values that the key of a line may have, where there are only so many.

    Examples:
        >>> values_at("national/a/2021-2025/overlay.yaml", "kind: \\n", 1)
        ['amendment', 'certificate', 'draft', 'provincial']
    """
    lines = text.splitlines()
    found = _LINE.match(_at(lines, line))
    if found is None:
        return []
    schema, nodes = _standing(path, lines, line)
    if nodes and (found[3] or found[4]) == "attribute":
        return sorted(named)
    parts = [one for node in nodes for inner in _step(schema, node, found[3] or found[4]) for one in _plain(schema, inner)]
    listed = {str(value) for one in parts for value in (*one.get("enum", ()), *([one["const"]] if "const" in one else ()))}
    return sorted(listed | {word for one in parts if one.get("type") == "boolean" for word in ("true", "false")})


def _at(lines: list[str], line: int) -> str:
    return lines[line - 1] if line <= len(lines) else ""


def _standing(path: str, lines: list[str], line: int) -> tuple[dict[str, Any], list[Any]]:
    """The schema of a file, and the parts of it that say what the mapping of a line may hold; none where the file has no schema."""
    place = PurePosixPath(path)
    model = _FILES.get(place.name) or _FOLDERS.get(place.parent.name)
    if model is None:
        return {}, []
    schema = _schema(model)
    nodes: list[Any] = [schema]
    for part in [*_above(lines[: line - 1], _indent(_at(lines, line)))][::-1]:
        nodes = [inner for node in nodes for inner in _step(schema, node, part)]
    return schema, nodes


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
    """The schema of a kind of file; a change in an overlay has the keys of whatever it names beside its own."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    if model is OverlayDocument:
        whole = _schema(RuleSetDocument)["$defs"]
        change = schema["$defs"]["Change"]
        named = {name: part for kind in _SET for name, part in whole[kind]["properties"].items()}
        added = {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in _ADDED]}
        schema["$defs"] = {**whole, **schema["$defs"], "Change": {**change, "properties": {**named, **change["properties"], "add": added}}}
    return schema


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
